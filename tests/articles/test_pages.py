"""What was printed around a text goes by name; a figure of a table is never taken for a page's number."""

from __future__ import annotations

import pytest
from steps import growth

from indexer.articles.lines import lines_of
from indexer.articles.pages import is_print_head, page_marks, printed_address
from indexer.extract import Block, Extract

SENTENCE = "助餐点的账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚。"
PAGE = [SENTENCE] * 8


def read(*lines: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The lines that stay, and what was left out with its name."""
    lines_kept, left_out = lines_of(Extract(tuple(map(Block, lines)), wrapped=True))
    return [line.text for line in lines_kept], left_out


def printed(*pages: list[str]) -> tuple[list[str], list[tuple[str, str]]]:
    blocks = tuple(Block(line, page=not n) for page in pages for n, line in enumerate(page))
    lines_kept, left_out = lines_of(Extract(blocks, wrapped=True))
    return [line.text for line in lines_kept], left_out


def test_numbers_of_a_table_stay_with_the_words_beside_them() -> None:
    rows = ["临湖镇", "340", "高桥镇", "96", "石桥镇", "2021", "合计", "2457"]
    lines = ["各镇用餐人次如下：", *rows, SENTENCE]
    assert read(*lines) == (lines, [])


@pytest.mark.parametrize("rows", [["1", "临湖镇", "2", "高桥镇", "3", "石桥镇"], ["-3", "+4", "3/4"], ["2021", "2022"]])
def test_serial_numbers_and_years_and_changes_stay(rows: list[str]) -> None:
    assert read(*rows, SENTENCE) == ([*rows, SENTENCE], [])


def test_numbers_that_count_pages_go() -> None:
    assert read(*PAGE, "7", *PAGE, "8", *PAGE, "9") == (PAGE * 3, [("页码", n) for n in "789"])


def test_a_number_in_the_middle_of_running_text_goes() -> None:
    assert read(SENTENCE, "3", SENTENCE) == ([SENTENCE] * 2, [("页码", "3")])


def test_of_printed_pages_the_numbers_at_the_edges_go_and_others_stay() -> None:
    first, second = [*PAGE, "12", "临湖镇", "3"], [*PAGE, "15", "4"]
    assert printed(first, second) == ([*PAGE, "12", "临湖镇", *PAGE, "15"], [("页码", "3"), ("页码", "4")])


def test_heads_that_stand_on_every_page_go() -> None:
    pages = [[f"助餐简报 2022年第{n}期", *PAGE] for n in (3, 4, 5)]
    assert printed(*pages) == (PAGE * 3, [("书眉", page[0]) for page in pages])


@pytest.mark.parametrize(
    "line",
    [
        "2022/3/8 10:22 全县助餐工作会议召开",
        "3/8/22, 10:22 AM 全县助餐工作会议召开 - 临湖县民政局",
        "2022/3/8 上午10:22",
        "1/2 2022-03-08 10:22",
        "http://mz.example.gov.cn/art/2022/3/8/art_12.html 1/2",
        "全县助餐工作会议召开 https://mz.example.gov.cn/art_12.html",
    ],
)
def test_what_a_browser_prints_above_and_below_is_known(line: str) -> None:
    assert is_print_head(line)
    assert printed([line, *PAGE]) == (PAGE, [("打印页眉", line)])


@pytest.mark.parametrize("line", ["2022年3月8日", "网址 http://example.cn 可以报名，也可以到窗口报。", "12/35"])
def test_other_lines_are_none(line: str) -> None:
    assert not is_print_head(line)


def test_the_foot_tells_the_address() -> None:
    assert printed_address(["标题", "https://a.example.cn/t20220308_1.html 1/2"]) == (
        "https://a.example.cn/t20220308_1.html"
    )
    assert printed_address(["file:///C:/a.html 1/2"]) == ""


@pytest.mark.parametrize("unit", [["1"], [SENTENCE, "3"], ["a://b "], ["2022/3/8 10:22"]])
def test_the_work_grows_with_the_lines(unit: list[str]) -> None:
    def marks(size: int) -> object:
        return page_marks([Block(line, page=not n % 40) for n, line in enumerate(unit * size)])

    assert max(growth(marks, 100)) < 4.6
