"""A forum's page: what stands above its first post is the forum's, but for the headline and the day."""

from __future__ import annotations

import pytest
from short_report import REPORT, body

from indexer.articles.articles import split
from indexer.extract import Block, Extract

ROW = "发表于 2024-5-16 10:16:25 | 只看该作者 回帖奖励 |倒序浏览 |阅读模式"
ABOVE = [
    "云溪在线官方账号",
    "二、扫描左侧二维码",
    "焦点热门杂谈 秀场大杂烩",
    f"主题：{REPORT[0]}",
    "目前等级0",
    "楼主",
    "跳转到指定楼层",
]


def test_headline_and_day_stay_of_what_stands_above_a_post() -> None:
    (found,) = split(Extract(tuple(map(Block, [*ABOVE, ROW, "", *REPORT[1:]])), wrapped=False))
    assert found.title and found.title.value == REPORT[0]
    assert [line.bare for line in found.lines] == REPORT[1:]
    assert found.facts == ("发表于 2024-5-16 10:16:25",)
    assert {text for name, text in found.furniture if name == "论坛"} >= {*ABOVE[:3], "楼主"}


def test_a_note_right_below_the_row_goes_and_a_short_first_line_stays() -> None:
    assert body([*ABOVE, ROW, "贴子已被锁定", *REPORT[1:]]) == (REPORT[0], REPORT[1:])
    assert body([*ABOVE, ROW, "同志们：", *REPORT[1:]])[1] == ["同志们：", *REPORT[1:]]


def test_where_prose_stands_above_the_row_a_further_post_begins_below_it() -> None:
    first = "5月15日，我市召开助餐推进会。副市长卓一帆出席会议并讲话，要求把食堂开到楼下，让老人吃上热饭，送餐准时。"
    assert first in body([REPORT[0], first, ROW, REPORT[2]])[1]


def test_a_line_without_a_day_is_no_such_row() -> None:
    assert body([REPORT[0], *REPORT[1:], "帖子可以只看该作者，也可以倒序浏览。"])[1][-1].endswith("浏览。")


THREAD = "云溪三十家食堂都开张了"  # as no headline of a report ends
HEAD = [
    "云溪论坛 - 溪边人家",
    " 找回密码",
    "查看: 1846|回复: 3",
    f"[民生] {THREAD}",
    "[复制链接]",
    "",
    "溪边人家",
    "中级会员",
]
FIRST = "发表于 2024-5-16 22:15:07 | 显示全部楼层 |阅读模式"
BELOW = ["本帖最后由 溪边人家 于 2024-5-16 22:31 编辑", "", "点评 评分 收藏2 分享 支持5 反对0"]


def test_what_may_be_copied_as_a_link_is_the_headline_without_the_boards_label() -> None:
    (found,) = split(Extract(tuple(map(Block, [*HEAD, FIRST, "楼主", *REPORT[1:], *BELOW])), wrapped=True))
    assert (found.title and found.title.value, [line.bare for line in found.lines]) == (THREAD, REPORT[1:])


@pytest.mark.parametrize(
    "answer",
    [
        ["青禾 发表于 2024-5-17 08:44:57 沙发", "早该开了"],
        ["青禾", "发表于 2024-5-17 08:44:57 | 只看该作者", "沙发", "早该开了"],
    ],
)
def test_who_answers_below_is_the_forums(answer: list[str]) -> None:
    lines = [*HEAD, FIRST, *REPORT[1:], *BELOW, *answer, "高级模式"]
    (found,) = split(Extract(tuple(map(Block, lines)), wrapped=False))
    assert [line.bare for line in found.lines] == REPORT[1:]
    assert {text for _, text in found.furniture} >= set(answer)


def test_a_text_that_goes_on_in_a_further_post_is_whole() -> None:
    further = "三要把饭菜送到楼上，" * 10 + "让老人不出门也吃上热饭。"
    row = "青禾 发表于 2024-5-16 22:20:57"
    answer = ["白露 发表于 2024-5-17 08:44:57 沙发", "早该开了！"]
    assert body([*HEAD, FIRST, *REPORT[1:], row, further, *answer])[1] == [*REPORT[1:], row, further]
