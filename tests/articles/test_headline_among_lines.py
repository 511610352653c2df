"""Which line is the headline among those that a page sets around it: by what the text says again, not by its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import cpu_seconds
from short_report import REPORT, body

from indexer.articles.articles import Article, split
from indexer.extract import Block, Extract
from indexer.understand import understand
from tests.facts.test_metadata import date, facts

FACTS = "2024-05-16 09:10 来源：云溪网 浏览：12次"


def article(lines: list[str]) -> Article:
    (found,) = split(Extract(tuple(map(Block, lines)), wrapped=False))
    return found


@pytest.mark.parametrize(
    "line",
    ["用微信“扫一扫”上方图案，就能把本页转给好友", "藏文版 English", "热门标签：慈善|志愿者", "废止日期： 有效"],
)
def test_a_line_of_the_page_straight_above_a_headline_is_no_part_of_it(line: str) -> None:
    assert article([line, *REPORT]).title.value == REPORT[0]  # type: ignore[union-attr]
    assert article([line, REPORT[0], FACTS, *REPORT[1:]]).title.value == REPORT[0]  # type: ignore[union-attr]


def test_a_shoulder_of_which_the_text_says_nothing_stays_with_the_headline() -> None:
    for shoulder in ("聚焦一老一小", "情暖偏远山乡", "把助餐办进老区"):
        assert article([shoulder, *REPORT]).title.value == f"{shoulder}{REPORT[0]}"  # type: ignore[union-attr]
    for place in ("云溪县", "云溪县青禾镇"):
        assert article([place, *REPORT]).title.value == REPORT[0]  # type: ignore[union-attr]


def test_what_the_text_says_again_is_the_headline_before_what_stands_above_the_facts() -> None:
    lines = ["版面图  PDF版", "2024年5月16日　放大 + 缩小 - 默认 o", *REPORT]
    assert body(lines)[0] == REPORT[0]
    assert date("\n".join(lines)) == ("2024-05-15", "inferred")
    # where it says nothing of any other, the line above the facts stays the headline
    assert body(["一张彩票的旅程", FACTS, *REPORT[1:]])[0] == "一张彩票的旅程"


def test_what_is_told_of_who_came_below_the_headline_and_above_the_facts_is_no_headline() -> None:
    lines = [REPORT[0], "各乡镇民政所负责人在分会场参会", FACTS, *REPORT[1:]]
    assert body(lines)[0].startswith(REPORT[0])


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["云溪县助餐领导小组召开", "2024年第一次全体会议"], "云溪县助餐领导小组召开2024年第一次全体会议"),
        (["全县助餐点运营管理", "暨冬季安全会议召开"], "全县助餐点运营管理暨冬季安全会议召开"),
    ],
)
def test_lines_that_the_text_says_in_one_are_one_headline(lines: list[str], title: str) -> None:
    text = f"5月15日，{title.removesuffix('召开')}。会议要求，让老人吃上热饭，不许把老人挡在门外。"
    assert body([*lines, FACTS, text, *REPORT[1:]])[0] == title


def test_the_head_of_a_table_and_the_last_rule_of_a_paper_are_the_texts() -> None:
    table = ["姓名 | 职务 | 单位", "章明 | 局长 | 民政局", "彭远 | 科长 | 民政局"]
    assert "姓名 | 职务 | 单位" in body([*REPORT, *table])[1]
    assert "姓名" in "".join([*body(table)[1], body(table)[0]])
    rule = "未经民政部门许可，不得改变养老机构的用途。"
    assert body([*REPORT, rule])[1][-1] == rule
    step = "打开客户端查询办理进度"
    assert body([*REPORT, step, "把身份证放好。"])[1][-2] == step


def test_the_name_of_an_account_is_no_headline() -> None:
    # by the button to follow it, by its number, and by standing twice above the day
    assert body(["青禾之友", "+ 关注", "2024-05-16 21:07", *REPORT])[0] == REPORT[0]
    assert body(["青禾之友", "微信号 qinghe2016", *REPORT])[0] == REPORT[0]
    speech = ["在志愿者日活动上的致辞", "云溪县民政局局长　章明", "各位青禾里的朋友：", "青禾里的朋友们，大家好。"]
    assert body(["青禾里", "青禾里", "2024-05-16 19:00", *speech])[0] == speech[0]


def test_an_account_that_a_headline_begins_with_and_a_column_of_a_bureau_are_no_headlines() -> None:
    headline = "青禾助餐：我市召开助餐推进会，要办这几件事！"
    assert body([headline, "青禾助餐", "2024-05-16 17:30", *REPORT[1:]])[0] == headline
    assert body(["云溪市民政局 - 党的建设", FACTS, *REPORT])[0] == REPORT[0]
    assert body([f"{REPORT[0]} [复制链接]", FACTS, *REPORT[1:]])[0] == REPORT[0]


def test_of_a_headline_and_what_is_told_below_it_above_the_facts_the_one_with_the_form_is_the_headline() -> None:
    lines = ["云溪市慈善总会会员代表大会隆重举行", "章明远当选会长", FACTS, "5月15日，云溪市慈善总会会员代表大会举行。"]
    assert body([*lines, "章明远当选会长。", *REPORT[2:]])[0].startswith(lines[0])


def test_a_document_named_by_its_file_and_by_itself_is_one(tmp_path: Path) -> None:
    note = "《在全市助餐推进会上的讲话.docx》由会员分享，可在线阅读，更多相关请在好文库上搜索。"
    named = ["在全市助餐推进会上的讲话.docx", note, "", "在全市助餐推进会上的讲话", "", "（2024年5月15日）", ""]
    (tmp_path / "a.txt").write_text("\n".join([*named, "同志们：", "", *REPORT[1:]]), encoding="utf-8")
    (document,) = understand(tmp_path / "a.txt", "a.txt")
    assert document.metadata.title.value.startswith("在全市助餐推进会上的讲话")
    assert str(document.metadata.date.value) == "2024-05-15"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "line",
    [
        "云溪民政在线 2024年05月16日 11:46 陕西",
        "青禾观察记者 白露  2024-05-16 07:05  已有 2.6 万人阅读",
        "2024-05-16 作者：小编 来源：网络整理 围观：1063",
        "沂溪晨报 2024年5月16日",
    ],
)
def test_a_day_with_a_time_of_day_beside_short_names_is_the_pages(line: str) -> None:
    lines = [REPORT[0], line, *REPORT[1:]]
    assert body(lines) == (REPORT[0], REPORT[1:])
    assert date("\n".join(lines)) == ("2024-05-15", "inferred")


def test_whose_site_it_is_and_a_trail_that_goes_on_are_no_headlines() -> None:
    assert body(["云溪市社会福利院", *REPORT])[0] == REPORT[0]
    assert body(["局内要闻 >", *REPORT])[0] == REPORT[0]
    assert body([REPORT[0], "云溪民政", FACTS, *REPORT[1:]])[0] == REPORT[0]
    assert body(["查看完整版本： " + REPORT[0], *REPORT])[0] == REPORT[0]


def test_an_issue_of_a_paper_has_its_day_and_an_editors_row_its_time() -> None:
    for line in ("2024年5月16日 第12期 总第688期", "编辑：院办 | 2024-05-16 15:28:44 | 人气：219"):
        assert date("\n".join([line, *REPORT])) == ("2024-05-15", "inferred")


def test_a_headline_may_end_as_what_has_been_done() -> None:
    assert body(["云溪撤并方案的座谈会昨天开过了", FACTS, *REPORT[1:]])[0] == "云溪撤并方案的座谈会昨天开过了"
    assert body(["云溪县各乡镇都来人看了", *REPORT])[0].endswith(REPORT[0])


def test_what_a_forum_says_to_be_of_a_board_is_the_headline() -> None:
    row = "发表于 2024-5-16 09:20:15 | 只看该作者 |倒序浏览"
    for headline in ("[转帖] 局长点了这些问题", "咱县开会了，登记要提档升级 [复制链接]"):
        found = article(
            ["云溪论坛 › 民生", "查看: 1523|回复: 3", headline, "沭河边的老槐", "论坛元老", row, *REPORT[1:]]
        )
        assert found.title is not None
        assert found.title.value == headline.removeprefix("[转帖] ").removesuffix(" [复制链接]")


def test_the_source_by_the_facts_of_a_page_is_no_headline() -> None:
    assert body(["渠江观察", "2024-05-16 09:10 来源：渠江观察 浏览：12次", *REPORT[1:]])[0] == ""
    assert body(["青禾时报网", "首页>要闻", REPORT[0], "把饭做热", "2024-05-16 来源：青禾时报网", *REPORT[1:]])[
        0
    ].startswith(REPORT[0])


def test_a_headline_that_a_label_names_and_the_body_that_heads_a_paper_stay() -> None:
    assert body(["助餐办法", "名称：助餐办法 来源：云溪网 日期：2024-05-16", *REPORT[1:]])[0] == "助餐办法"
    paper = ["云溪县民政局", "关于助餐的通知", "来源：云溪县民政局 日期：2024-05-16", "各乡镇：", *REPORT[1:]]
    assert body(paper)[0] == "云溪县民政局关于助餐的通知"


def test_labels_in_brackets_may_have_blanks_inside() -> None:
    row = "[ 索引号 ] 000014000/2024-01122  [ 发布机构 ] 云溪县民政局  [ 发布日期 ] 2024-05-16"
    assert body([REPORT[0], row, *REPORT[1:]]) == (REPORT[0], REPORT[1:])


def test_a_day_before_a_headline_is_none_of_it() -> None:
    assert body([f"16.05.2024 {REPORT[0]}", *REPORT[1:]])[0] == REPORT[0]


def test_a_page_of_one_line_without_a_lead_has_its_headline_and_its_facts() -> None:
    facts_of = "作者：白露 来源：云溪县民政局 时间：2024-05-18 10:02 点击：96"
    text = f"在全国助残日到来之际，5月15日，云溪县副县长章明看望了老人。{'老人说，饭菜要热。' * 30}"
    found = article([f"当前位置：首页>>要闻>>正文 云溪县副县长章明看望老人 {facts_of} {text}"])
    assert found.title is not None
    assert (found.title.value, [line.bare for line in found.lines]) == ("云溪县副县长章明看望老人", [text])


def test_what_is_called_out_may_be_a_headline_though_it_begins_as_a_report_does() -> None:
    assert body(["今天，云溪的志愿者们开了个会！", FACTS, *REPORT[1:]])[0] == "今天，云溪的志愿者们开了个会！"
    assert body(["今天，云溪的志愿者们开了个会。", *REPORT[1:]])[0] == ""


def test_a_page_without_a_headline_is_named_by_a_label_where_the_text_says_that_again() -> None:
    labels = ["索引号：", "014319207/2024-00386", "发布机构：", "云溪县民政局", "内容概述："]
    found = article([*labels, REPORT[0], "发布日期：2024-05-16 来源：云溪网 浏览：12次", *REPORT[1:]])
    assert found.title is not None
    assert found.title.value == REPORT[0]
    other = article([*labels, "其他有关内容与说明事项", "发布日期：2024-05-16 来源：云溪网 浏览：12次", *REPORT[1:]])
    assert other.title is None


@pytest.mark.parametrize("trail", ["资讯 / 培训", "云溪慈善 | 善行新闻 | 领导讲话"])
def test_a_row_of_columns_is_a_trail(trail: str) -> None:
    found = article([trail, REPORT[0], FACTS, *REPORT[1:]])
    assert found.title is not None
    assert found.title.value == REPORT[0]
    assert ("位置", trail) in found.furniture


# --- around the text ----------------------------------------------------------------------------------------------


def test_what_a_page_sets_behind_a_line_of_the_text_goes_by_name() -> None:
    jammed, clock = "3 k8 Q' w1 ~! Z#", "[15:00:12]"
    lines = [REPORT[0], f"{REPORT[1]}{jammed}", f"{REPORT[2]}{clock}"]
    found = article(lines)
    assert [line.bare for line in found.lines] == REPORT[1:]
    assert {("乱码", jammed), ("页面信息", clock)} <= set(found.furniture)
    # letters alone are a text's
    own = "参加的小组有：A B C D E"
    assert body([*REPORT, own])[1] == [*REPORT[1:], own]


def test_a_pager_behind_the_text_of_a_page_of_one_line_is_the_pages() -> None:
    text = f"{REPORT[1]}{'老人说，饭菜要热。' * 30}（云溪县民政局）"
    assert facts(f"{text}[ 2024-05-16 ] [打印] [关闭] 上一篇：助餐点开张 下一篇：无").date.value.year == 2024  # type: ignore[union-attr]
    found = article([f"{text}[ 2024-05-16 ] [打印] [关闭] 上一篇：助餐点开张 下一篇：无"])
    assert "".join(line.bare for line in found.lines) == text


def test_a_hint_over_two_lines_is_the_pages() -> None:
    hint = ["微信里点“发现”，扫一下", "二维码便可将本文分享至朋友圈。"]
    found = article([*hint, *REPORT])
    assert found.title is not None
    assert (found.title.value, [line.bare for line in found.lines]) == (REPORT[0], REPORT[1:])
    assert {("提示", line) for line in hint} <= set(found.furniture)


@pytest.mark.parametrize(
    "unit",
    [
        "。a1 #b ",
        "。[1:2:3]",
        "甲：乙 丙，",
        "2024-05-16 10:10 甲乙 ",
        "[ 甲 乙 ]：",
        "【甲：乙】 ",
        "。[甲] 上一篇：",
        "甲 / 乙 ",
    ],
)
def test_four_times_the_lines_of_a_page_are_four_times_the_work(unit: str) -> None:
    def seconds(times: int) -> float:
        return cpu_seconds(lambda: article([unit * times, REPORT[0], f"{REPORT[1]}{unit * times}", *REPORT[2:]]))

    seconds(20)
    assert seconds(4_000) < 8 * seconds(1_000) + 0.2
