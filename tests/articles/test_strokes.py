"""What strokes around and between words show: a site's rows of links, the rest of a table that laid out a page."""

from __future__ import annotations

import pytest
from short_report import REPORT, body

from indexer.articles.articles import split
from indexer.articles.furniture import furniture
from indexer.articles.labels import is_page_facts
from indexer.articles.page_words import is_publishers_note
from indexer.extract import Block, Extract


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("- 上一篇：某地召开助餐会", "翻页"),
        ("丨 网站无障碍 丨 关怀版 丨  关爱版", "按钮"),
        ("【我要纠错】责任编辑：白露", "编辑"),
        ("法律声明 | 关于我们 | 网站地图 | 使用帮助", "导航"),
        ("本网简介｜广告服务｜联系我们｜手机版", "导航"),
        ("首页 | 助餐 | 低保", "导航"),
        ("08版 封面报道", "版面"),
        ("![]()", "图片"),
        ("图片", "图片"),
        ("|||", "按钮"),
        ("---|---|---", "分隔线"),
    ],
)
def test_strokes_around_words_of_a_page_change_nothing(line: str, name: str) -> None:
    assert furniture(line) == name
    assert body([*REPORT, line]) == (REPORT[0], REPORT[1:])
    assert body([line, *REPORT]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize(
    "line",
    [
        "姓名 | 性别 | 职务",
        "单位 | 下载 | 次数",  # a table's head: 下载 alone may be one of its words
        "助餐 | 助浴 | 助医",
        "- 热饭送到楼上",
        "【回复】白露：要让老人吃上热饭",
        "社区食堂 | 打印 | 老人们，",
    ],
)
def test_rows_without_a_word_that_only_pages_have_stay(line: str) -> None:
    assert furniture(line) == ""
    assert line in body([*REPORT, line])[1]


def test_empty_cells_behind_a_line_go_by_name() -> None:
    lines = [f"{REPORT[0]} |", "|||", f"{REPORT[1]} |", f"{REPORT[2]} | |||"]
    (article,) = split(Extract(tuple(map(Block, lines)), wrapped=False))
    assert (article.title and article.title.value, [line.bare for line in article.lines]) == (REPORT[0], REPORT[1:])
    assert article.furniture == (("分隔线", " |"), ("按钮", "|||"), ("分隔线", " |"), ("分隔线", " | |||"))


@pytest.mark.parametrize("row", ["白露 | 科长 |", "| 白露 |", "助餐 | 三十家"])
def test_a_row_with_words_in_several_cells_stays_as_it_is(row: str) -> None:
    assert row in body([*REPORT, row])[1]


@pytest.mark.parametrize(
    "line",
    ["http://www.example.cn 2024年05月16日06:26 云溪网-云溪日报", "2024-05-16 09:12 云溪网——《云溪日报》"],
)
def test_a_paper_may_be_named_with_the_site_that_took_from_it(line: str) -> None:
    assert is_page_facts(line)
    assert body([REPORT[0], line, *REPORT[1:]]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("您访问的链接即将离开“云溪市民政局”网站，是否继续？", True),
        ("您即将跳转到其他网站，请确认。", True),
        ("您是否满意，请在网站上告诉我们。", False),
        ("即将离开的同志，感谢您多年的工作。", False),
    ],
)
def test_a_page_asks_before_it_is_left(line: str, note: bool) -> None:
    assert is_publishers_note(line) is note
    assert (line in body([*REPORT, line])[1]) is not note
