"""Facts of a page known by their form: lists with bullets, rows of labels nobody listed, values on the next line."""

from __future__ import annotations

import pytest

from indexer.articles.articles import Article, split
from indexer.articles.labels import is_page_facts, page_facts
from indexer.extract import Block, Extract

REPORT = [
    "我市召开助餐推进会",
    "5月15日，我市召开助餐推进会。副市长卓一帆出席会议并讲话。",
    "会议要求，让老人吃上热饭。",
]


def article(lines: list[str]) -> Article:
    (found,) = split(Extract(tuple(map(Block, lines)), wrapped=False))
    return found


def body(lines: list[str]) -> list[str]:
    return [line.bare for line in article(lines).lines]


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("• 稿源：云溪市民政局", {"稿源": "云溪市民政局"}),
        ("■ 2024-05-16 09:12", {"日期": "2024-05-16"}),
        ("信息索引：A12 组配方式：动态 发布机构：云溪市民政局", {"发布机构": "云溪市民政局"}),
        ("发布机构： | 云溪市民政局 | 信息体裁： | 动态 |", {"发布机构": "云溪市民政局"}),
        ("24-5-16 09:12| 发布者：blbl| 围观：8| 回复：0|原作者：白露 青禾|转自：云溪日报", {"发布者": "blbl"}),
        ("2024-5-16 09:12:00刊登35次查看", {"日期": "2024-5-16"}),
        ("记者 白露 文/摄　云溪日报　2024年5月16日", {"日期": "2024年5月16日", "来源": "云溪日报"}),
        ("2024-05-16 10:12:46 云溪市福彩中心", {"日期": "2024-05-16", "来源": "云溪市福彩中心"}),
        ("2024-05-16 | 云溪民政", {"日期": "2024-05-16", "来源": "云溪民政"}),
        ("云溪新闻 2024-05-16 19:33 四川 阅读 1.2万+", {"日期": "2024-05-16"}),
        ("发布时间::2024-05-16 来源：市民政局", {"发布时间": "2024-05-16", "来源": "市民政局"}),
        ("时间：2024- 05- 16 09: 12 来源：市民政局", {"时间": "2024- 05- 16 09: 12", "来源": "市民政局"}),
    ],
)
def test_a_row_of_labels_and_short_values_is_the_pages(line: str, values: dict[str, str]) -> None:
    assert is_page_facts(line)
    assert values.items() <= dict(page_facts(line)).items()
    assert body([REPORT[0], line, *REPORT[1:]]) == REPORT[1:]


@pytest.mark.parametrize(
    "line",
    [
        "姓名：白露 性别：女 职务：科长",
        "联系人：白露 电话：1234567 传真：1234568",
        "时间：5月16日 地点：云溪饭店 主持人：白露",
        "来源：财政拨款 用途：助餐 对象：老人",
        "一是来源：多方筹集；二是用途：专款专用。",
    ],
)
def test_a_row_that_no_page_has_stays(line: str) -> None:
    assert not is_page_facts(line)
    assert line in body([*REPORT, line])


def test_labels_above_a_text_have_their_values_on_the_next_line_or_none() -> None:
    listed = ["• 索引号：", "12340/2024-00017", "• 信息分类：", "• 发文机构：", "云溪市民政局", "• 概述："]
    found = article([*listed, *REPORT])
    assert [line.bare for line in found.lines] == REPORT[1:]
    assert found.title and found.title.value == REPORT[0]
    assert found.facts == ("索引号：12340/2024-00017", "发文机构：云溪市民政局")
    assert found.furniture == tuple(("页面信息", line) for line in listed)


def test_what_stands_below_the_label_of_a_headline_is_the_headline() -> None:
    listed = ["索引号：", "12340/2024-00017", "标　题：", REPORT[0], "公开日期：", "2024-05-16"]
    found = article([*listed, *REPORT[1:]])
    assert found.title and found.title.value == REPORT[0]
    assert [line.bare for line in found.lines] == REPORT[1:]


@pytest.mark.parametrize(
    "lines",
    [
        ["会议时间：", "5月16日上午", "会议地点：", "云溪饭店", "参会人员：", "各县民政局局长", "请准时参加。"],
        ["同志们：", "来源：", "有三个方面。"],
    ],
)
def test_a_notices_own_list_stays(lines: list[str]) -> None:
    kept = body([REPORT[0], *lines])
    assert [line for line in lines if line not in kept and line != "来源："] == []


@pytest.mark.parametrize("line", ["一校（审）：白露", "二校：青禾", "审稿人：白露　青禾", "值班主编：白露"])
def test_names_behind_a_label_of_editors_work_are_no_text(line: str) -> None:
    found = article([*REPORT, line, "某地新车上市"])
    assert [one.bare for one in found.lines] == REPORT[1:]
    assert ("编辑", line) in found.furniture


@pytest.mark.parametrize("line", ["责任人：白露", "编制单位：云溪市民政局", "审批：白露同意后办理", "记录人：白露"])
def test_other_labels_with_a_name_are_text(line: str) -> None:
    assert line in body([*REPORT, line])


def test_numbered_captions_and_dashes_below_a_text_go() -> None:
    found = article([*REPORT, "图一：老人在用餐", "图二：志愿者在送餐、洗碗", "", "—"])
    assert [one.bare for one in found.lines] == REPORT[1:]


def test_the_pages_facts_below_a_text_are_read_even_under_the_name_of_a_box() -> None:
    found = article([*REPORT, "实时资讯", "来源：云溪晨报"])
    assert [one.bare for one in found.lines] == REPORT[1:]
    assert found.facts == ("来源：云溪晨报",)


def test_a_note_goes_from_below_a_text_of_one_line_without_an_end() -> None:
    text = "5月15日，我市召开助餐推进会，副市长卓一帆出席会议并讲话，要求各县区让老人吃上热饭、吃得起热饭（白露 文）"
    assert body([text, "版权归作者所有，若侵权请告知，我们立即删除"]) == [text]


@pytest.mark.parametrize("label", ["摘要：", "[导读]", "【内容提要】", "核心提示："])
def test_a_summary_that_the_text_says_again_goes(label: str) -> None:
    cut = "5月15日，我市召开助餐推进会。副市长卓一帆出席 ..."
    whole = "让老人吃上热饭。会议要求"[:8]
    assert body([REPORT[0], label + cut, *REPORT[1:]]) == REPORT[1:]
    assert label + whole in body([REPORT[0], label + whole, *REPORT[1:]])
    own = label + "全市助餐点今年要增加到一千个，服务十万老人。"
    assert own in body([REPORT[0], own, *REPORT[1:]])


def test_a_credit_behind_the_end_of_a_paragraph_is_read_and_goes() -> None:
    found = article([*REPORT[:2], f"{REPORT[2]}（白露） 来源：云溪县融媒体中心"])
    assert [one.bare for one in found.lines] == [REPORT[1], f"{REPORT[2]}（白露）"]
    assert found.facts == ("来源：云溪县融媒体中心",)
    marked = article([*REPORT[:2], f"{REPORT[2]}文秘之窗版权所有"])
    assert [one.bare for one in marked.lines] == REPORT[1:]


def test_what_belongs_to_a_sentence_is_no_credit() -> None:
    text = "会议要求，弄清资金来源：财政、福彩、捐赠"
    assert body([*REPORT, text]) == [*REPORT[1:], text]


def test_a_foreign_line_above_the_headline_is_the_sites() -> None:
    found = article(["NOTICE BOARD OF YUNXI", *REPORT])
    assert found.title and found.title.value == REPORT[0]
    assert [one.bare for one in found.lines] == REPORT[1:]


def test_rows_of_a_table_of_facts_without_colons_are_facts() -> None:
    rows = ["索引号 12340/2024-00017 文号 生成日期 2024-05-16", "发布机构 云溪市民政局 有效性 有效"]
    found = article([*rows, *REPORT])
    assert [line.bare for line in found.lines] == REPORT[1:]
    assert found.title and found.title.value == REPORT[0]
    assert "发布机构：云溪市民政局" in " ".join(found.facts)
    own = ["来源 社区食堂 价钱 十元", "审核 三十家 2024年 验收 八家"]
    assert own[1] in body([REPORT[0], own[0], *REPORT[1:], own[1]])


def test_keywords_in_a_row_and_the_number_of_characters_are_facts() -> None:
    rows = ["关键词：助餐 低保 热饭", "本文字数：1200"]
    assert body([REPORT[0], *rows, *REPORT[1:]]) == REPORT[1:]
