"""What mail programs put about a text that is passed on goes by name; the text and its own headline stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from formats import mail
from steps import growth

from indexer.articles.articles import split
from indexer.extract import Block
from indexer.readers import read
from indexer.readers.mail_text import of_text

HEADLINE = "临湖县召开助餐推进会"
TEXT = [
    "5月6日，临湖县召开助餐推进会。会议要求，助餐点的账目按月张贴，谁吃了几顿都写得清清楚",
    "楚。送餐的路线由网格员来定。",
]
HEAD = ["发件人：办公室", "发送时间：2023年5月7日 9:02", "收件人：各科", "主题：转发：推进会"]


def cleaned(*lines: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The lines left of a text, and what went by name."""
    left_out: list[tuple[str, str]] = []
    blocks = of_text([Block(line) for line in lines], left_out)
    return [block.text for block in blocks if block.text.strip()], left_out


@pytest.mark.parametrize(
    "parting", ["------------------ 原始邮件 ------------------", "-----邮件原件-----", "____________"]
)
def test_the_head_of_what_is_passed_on_goes_with_the_few_words_above(parting: str) -> None:
    kept, left_out = cleaned("领导好，转给您参考。", "", parting, *HEAD, "", HEADLINE, *TEXT)
    assert kept == [HEADLINE, *TEXT]
    assert left_out == [
        ("转发附言", "领导好，转给您参考。"),
        ("邮件信头", parting),
        *(("邮件信头", line) for line in HEAD),
    ]


def test_more_words_above_than_below_are_the_text() -> None:
    kept, left_out = cleaned(HEADLINE, *TEXT, "", *HEAD, "", "收到。")
    assert kept == [HEADLINE, *TEXT, "收到。"]
    assert left_out == [("邮件信头", line) for line in HEAD]


@pytest.mark.parametrize("mark", [">", "> ", ">> ", "> > "])
def test_lines_that_are_quoted_run_on_without_the_mark(mark: str) -> None:
    lines = [f"{mark}{line}" for line in (HEADLINE, "", *TEXT)]
    assert cleaned(*HEAD, "", *lines)[0] == [HEADLINE, *TEXT]
    (article,) = split(read(Path("a.eml"), mail([*HEAD, "", *lines], subject="FW: 推进会报道")))
    assert article.title and article.title.value == HEADLINE
    assert "".join(line.bare for line in article.lines) == "".join(TEXT)


def test_who_signs_the_mail_goes() -> None:
    kept, left_out = cleaned(*TEXT, "--", "临湖县民政局办公室", "电话：0000-1234567")
    assert kept == TEXT
    assert left_out == [("邮件签名", line) for line in ("--", "临湖县民政局办公室", "电话：0000-1234567")]


@pytest.mark.parametrize(
    "lines",
    [
        ["时间：5月6日", "地点：石桥镇", *TEXT],  # of a notice: two labels are no head
        ["主题：把饭做热", *TEXT],
        ["> 3 摄氏度时加热水袋", *TEXT, *TEXT],
        [*TEXT, "--", *TEXT * 7],
    ],
)
def test_other_lines_stay(lines: list[str]) -> None:
    assert cleaned(*lines) == (lines, [])


@pytest.mark.parametrize(("lines", "title"), [([HEADLINE, *TEXT], HEADLINE), ([TEXT[0] + TEXT[1]] * 2, "推进会报道")])
def test_the_subject_names_a_mail_whose_text_has_no_headline(lines: list[str], title: str) -> None:
    (article,) = split(read(Path("a.eml"), mail(lines, subject="FW: 推进会报道")))
    assert article.title and article.title.value == title


@pytest.mark.parametrize(
    "unit", ["发件人：甲", ">", "> 把饭做热", "------", "--", "发件人：甲\n发件人：乙\n发件人：丙\n好。"]
)
def test_the_work_grows_with_the_lines(unit: str) -> None:
    assert max(growth(lambda size: cleaned(*(unit.split("\n") * size)), 100)) < 4.6
