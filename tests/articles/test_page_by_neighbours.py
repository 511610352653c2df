"""Lines above a text that are the page's because of what stands beside them: a trail, a button, facts, the headline."""

from __future__ import annotations

from pathlib import Path

import pytest
from short_report import REPORT, body

from indexer.articles.articles import Article, split
from indexer.extract import Block, Extract
from indexer.understand import understand

TITLE, *TEXT = REPORT
TRAIL = "当前位置：首页 > 要闻"
DAY = "2024-05-16 09:12 来源：云溪网"


def article(lines: list[str], *, wrapped: bool = False) -> Article:
    (found,) = split(Extract(tuple(map(Block, lines)), wrapped=wrapped))
    return found


# --- without a headline -------------------------------------------------------------------------------------------


def test_above_a_trail_and_a_text_without_a_headline_stands_the_site() -> None:
    assert body(["移动端应用", "政务微博", TRAIL, *TEXT]) == ("", TEXT)
    assert body(["欢迎来到云溪！", "云溪之窗", TRAIL, *REPORT]) == (TITLE, TEXT)  # nobody says this in a text


def test_a_long_menu_above_a_button_is_none_of_a_text_without_a_headline() -> None:
    menu = [
        f"{what}{act}" for what in ("助餐", "助浴", "助医", "助行") for act in ("简介", "章程", "机构", "领导", "动态")
    ]
    assert body([*menu, "大 中 小", *TEXT]) == ("", TEXT)
    assert body(["老人点赞", "大 中 小", *TEXT])[1][-2:] == TEXT


def test_what_the_text_says_nothing_of_is_no_headline_above_a_trail() -> None:
    assert body(["上传功能暂未开放", TRAIL, "视频简介", *TEXT])[0] == ""


# --- the headline again -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        f"云溪市人民政府门户网站 云溪市民政局 助餐 {TITLE}",
        f"名 称： {TITLE}",
        f"05.16 {TITLE}",
        f"云溪日报要闻 两会开幕 {TITLE} 旧车换新补贴多少",
    ],
)
def test_a_line_that_ends_with_the_headline_or_lists_it_is_the_pages(line: str) -> None:
    found = article([line, TITLE, DAY, *TEXT])
    assert (found.title.value if found.title else "", [one.bare for one in found.lines]) == (TITLE, TEXT)
    assert ("位置", line) in found.furniture


def test_a_headline_of_two_parts_is_no_trail_to_its_second_part() -> None:
    lines = [f"把热饭送上楼 {TITLE}", TITLE, *TEXT]
    assert "把热饭送上楼" in "".join([body(lines)[0], *body(lines)[1]])


def test_between_a_headline_and_the_same_again_stands_the_page() -> None:
    assert body([TITLE, DAY, "详细信息", "公开具体内容", TITLE, *TEXT]) == (TITLE, TEXT)
    halves = [TITLE[:5], TITLE[5:]]
    assert body([TITLE, "详细信息", *halves, *TEXT]) == (TITLE, TEXT)


def test_a_few_characters_above_a_headline_are_a_column() -> None:
    assert body(["推进", TITLE, *TEXT]) == (TITLE, TEXT)
    found = body(["老人吃上热饭", TITLE, *TEXT])
    assert "老人吃上热饭" in "".join([found[0], *found[1]])


def test_a_line_of_which_the_text_says_nothing_above_a_blank_and_the_headline_is_the_sites() -> None:
    lines = ["汇聚八方信息 传播时代声音", "", TITLE, *TEXT]
    assert [line.bare for line in article(lines, wrapped=True).lines] == TEXT
    shoulder = ["老人吃上热饭", "", TITLE, *TEXT]
    assert shoulder[0] in [line.bare for line in article(shoulder, wrapped=True).lines]


def test_a_heading_of_markdown_is_the_writers_whatever_the_text_says(tmp_path: Path) -> None:
    file = tmp_path / "说明.md"
    file.write_text("# 安全\n\n## 报告问题\n\n请不要公开提交，直接发给维护人员。\n", encoding="utf-8")
    (found,) = understand(file, file.name)
    lines = [found.metadata.title.value, *(passage.text for passage in found.passages)]
    assert {"安全", "报告问题"} <= set(lines)


# --- beside facts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "4874268",
        "日期：",
        "0 浏览 评论0 我来说两句",
        "2024 年 05 月 16 日 星期四 阅读：39",
        "云溪日报 2024年5月16日",
        "2024年05月16日11:40 | 云溪门户网 www.yunxi.example.com | 给编辑写信 字号:T|T",
        "云溪养老网助餐动态 → 助餐动态",
        "位置:当前位置:首页 >> 助餐",
        "版面:第A09版:养老       上一篇    下一篇",
    ],
)
def test_it_is_left_out_beside_the_facts_of_a_page(line: str) -> None:
    assert body([TITLE, DAY, line, *TEXT]) == (TITLE, TEXT)


def test_cells_with_labels_alone_are_the_pages_below_its_facts_where_no_headline_stands_above() -> None:
    assert body([DAY, "体 裁 | 生效日期 | 废止日期 |", *TEXT]) == ("", TEXT)
    table = "姓名 | 出生日期 | 报名日期 |"
    assert table in body([*REPORT, table, "白露 | 1950年 | 5月 |"])[1]


def test_a_number_that_no_facts_stand_beside_is_the_texts() -> None:
    assert body([TITLE, "30", *TEXT])[1] == ["30", *TEXT]


@pytest.mark.parametrize(
    "line", ["□记者 白露", "云溪融媒体记者白露", "通讯员 白露 青禾", "本报记者 白露报道", "\U00100d01见习记者 白露"]
)
def test_who_reports_is_a_fact_of_the_page(line: str) -> None:
    found = article([TITLE, line, *TEXT])
    assert [one.bare for one in found.lines] == TEXT
    assert [fact.partition("：")[2] for fact in found.facts] == ["白露"]


@pytest.mark.parametrize("line", ["记者问题", "记者：请问怎样报名", "优秀通讯员名单"])
def test_a_line_that_names_no_reporter_stays(line: str) -> None:
    assert line in "".join([body([TITLE, line, *TEXT])[0], *body([TITLE, line, *TEXT])[1]])


# --- menus --------------------------------------------------------------------------------------------------------


def test_six_words_of_four_characters_between_strokes_are_a_menu() -> None:
    menu = "首 页 | 时政要闻 | 政治建设 | 经济建设 | 文化建设 | 社会建设 | 生态建设 |"
    assert body([menu, *TEXT]) == ("", TEXT)
    columns = "姓名 | 性别 | 出生年月 | 籍贯 | 学历 | 工作单位 | 职务"
    assert columns in body([*REPORT, columns, "白露 | 女"])[1]


def test_the_summary_of_a_page_may_lack_quotation_marks() -> None:
    said = "5月16日，我市启动“热饭上楼”活动，拟用一年左右时间，让高龄老人、独居老人、残疾老人、大病老人都能吃上热饭，"
    cut = f"{said.replace('“', '').replace('”', '')}并请送餐的人认路"
    said += "并请送餐的人认路。"
    found = article([TITLE, DAY, cut, said, TEXT[1]])
    assert [line.bare for line in found.lines] == [said, TEXT[1]]
    assert ("摘要", cut) in found.furniture


# --- by form ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["← 点击大图左右可翻页 →", "（相关资料图）", "（視頻）", "记 者 白露"])
def test_between_a_headline_and_its_text_stands_what_a_page_says(line: str) -> None:
    assert body([TITLE, DAY, line, *TEXT]) == (TITLE, TEXT)


def test_the_name_of_an_empty_box_begins_no_report() -> None:
    assert body(["滚动资讯:", "", TITLE, DAY, *TEXT]) == (TITLE, TEXT)
