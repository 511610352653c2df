"""One file, several papers; one talk, several speakers: where articles begin, and where none does."""

from __future__ import annotations

from pathlib import Path

import pytest
from steps import growth

from indexer.articles.articles import Article, split
from indexer.articles.collected import series_number
from indexer.articles.lines import in_paragraphs
from indexer.articles.signed import is_author
from indexer.articles.transcripts import turn, turns
from indexer.readers import read

FIRST = "助餐点的账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚。"
SECOND = "送餐的路线由网格员定，遇到落雪落雨要改走大路，宁可晚一刻钟。"


def articles(*lines: str) -> list[tuple[str, list[str]]]:
    """(headline, its lines) of each article of a text file."""
    found: tuple[Article, ...] = split(read(Path("a.txt"), "\n".join(lines).encode()))
    return [(one.title.value if one.title else "", [line.bare for line in one.lines]) for one in found]


# --- collections -----------------------------------------------------------------------------------------------


def test_papers_that_are_counted_are_articles_of_their_own() -> None:
    lines = ["全县助餐工作会议交流材料", "", "材料之一", "把饭做热 把账晒亮", "", FIRST, SECOND]
    found = split(
        read(Path("a.txt"), "\n".join([*lines, "", "材料之二", "风雪路上不误餐", "", SECOND, FIRST]).encode())
    )
    assert [(one.title and one.title.value, [line.bare for line in one.lines]) for one in found] == [
        ("把饭做热 把账晒亮", [FIRST, SECOND]),
        ("风雪路上不误餐", [SECOND, FIRST]),
    ]
    assert found[0].furniture == (("栏目", "全县助餐工作会议交流材料"), ("栏目", "材料之一"))


@pytest.mark.parametrize(
    "below",
    [
        ["一、东乡", "章家村助餐点", "高坡村助餐点", "二、西乡", "石桥村助餐点"],
        ["（一）东乡", "章家村助餐点", "（二）西乡"],
    ],
)
def test_a_list_below_a_signed_paragraph_is_no_article_of_its_own(below: list[str]) -> None:
    signed = f"{SECOND}（记者 鲁平野）"
    lines = ["临湖县公布助餐点名单", "", FIRST, "", signed, *(one for line in below for one in ("", line))]
    assert articles(*lines) == [("临湖县公布助餐点名单", [FIRST, signed, *below])]


def test_headlines_with_their_authors_are_articles_of_a_magazine() -> None:
    lines = ["把饭做热的人", "□ 鲁平野", FIRST, SECOND, "风雪路上不误餐", "文／姜小满", SECOND, FIRST]
    assert articles(*lines) == [
        ("把饭做热的人", ["□ 鲁平野", FIRST, SECOND]),
        ("风雪路上不误餐", ["文／姜小满", SECOND, FIRST]),
    ]


@pytest.mark.parametrize("line", ["□ 鲁平野", "文／姜小满", "◎本刊记者 鲁平野 姜小满", "文丨欧阳野", "作者：鲁 平 野"])
def test_authors_are_known_by_the_sign_before_them(line: str) -> None:
    assert is_author(line)


@pytest.mark.parametrize("line", ["□ 已查", "鲁平野", "□ 灶台每周查一次", "文件：三份", "●助餐点"])
def test_other_lines_name_no_author(line: str) -> None:
    assert not is_author(line)


@pytest.mark.parametrize(
    ("line", "number"),
    [("材料之二", 2), ("【交流发言材料（三）】", 3), ("典型案例1", 1), ("材料要在12日前报送", None), ("第二", None)],
)
def test_the_count_of_papers_is_read(line: str, number: int | None) -> None:
    assert series_number(line) == number


def test_papers_that_are_not_counted_from_one_on_are_no_collection() -> None:
    assert len(articles("关于报送材料的通知", FIRST, "材料2", SECOND, "材料5", FIRST)) == 1


# --- one speech stays one --------------------------------------------------------------------------------------


def test_a_slogan_and_a_greeting_at_the_end_of_a_speech_begin_no_other() -> None:
    lines = [
        "在全县助餐工作会议上的讲话",
        "同志们：",
        FIRST,
        SECOND,
        "让老人吃上热饭，让子女放下心来！",
        "同志们！",
        SECOND,
    ]
    assert articles(*lines) == [("在全县助餐工作会议上的讲话", lines[1:])]


def test_another_speech_with_its_greeting_is_another() -> None:
    lines = ["在全县助餐工作会议上的讲话", "同志们：", FIRST, "在全县送餐工作会议上的讲话", "同志们：", SECOND]
    assert [title for title, _ in articles(*lines)] == ["在全县助餐工作会议上的讲话", "在全县送餐工作会议上的讲话"]


# --- transcripts -----------------------------------------------------------------------------------------------

TALK = [
    "【姜小满】",
    "欢迎来到发布会。",
    "【鲁平野】",
    "各位记者朋友：",
    FIRST,
    "【晚报记者】",
    "补贴怎么领？",
    "【鲁平野】",
    SECOND,
]


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("【鲁平野】", "鲁平野"),
        ("【晚报记者】", "晚报记者"),
        ("主持人（县府办 姜小满）：", "主持人"),
        ("记者：补贴怎么领？", "记者"),
        ("鲁平野：账目按月张贴。", "鲁平野"),
        ("问：补贴怎么领？", "问"),
        ("责任单位：民政局", ""),
        ("【字号 大 中 小】", ""),
        ("一、加强检查", ""),
    ],
)
def test_a_turn_names_who_speaks(line: str, who: str) -> None:
    assert turn(line) == who


def test_a_transcript_is_one_article_and_none_of_its_turns_is_a_headline_again() -> None:
    assert articles("全县助餐工作新闻发布会", "", *TALK) == [("全县助餐工作新闻发布会", TALK)]


def test_who_speaks_is_no_headline_but_may_begin_one() -> None:
    assert articles(*TALK)[0][0] == ""
    assert articles("鲁平野：把热饭送到老人手上", "", FIRST, SECOND) == [
        ("鲁平野：把热饭送到老人手上", [FIRST, SECOND])
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["时间：3月8日", "地点：会议室", "记录：鲁平野"],
        ["鲁平野：局长", "姜小满：副局长", "欧阳野：科长"],  # a list of posts
        ["【要求】", FIRST, "【要求】", SECOND],
        [],
    ],
)
def test_what_is_no_transcript_has_no_turns(lines: list[str]) -> None:
    assert turns(lines) == frozenset()


# --- one line --------------------------------------------------------------------------------------------------


def test_a_file_on_one_line_is_cut_at_its_wide_blanks() -> None:
    pieces = ["在全县助餐工作会议上的讲话", "同志们：", FIRST, "一、把饭做热", SECOND, "谢谢大家！"]
    assert in_paragraphs("　".join(pieces)) == pieces


def test_an_indent_behind_a_sentence_begins_a_paragraph() -> None:
    assert in_paragraphs(f"　　{FIRST}　　{SECOND}") == [FIRST, SECOND]
    assert in_paragraphs(f"同志们：　　{FIRST}    {SECOND}") == ["同志们：", FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [f"{FIRST} {SECOND} {FIRST} {SECOND}", "甲　乙　丙　丁　戊", "把饭　做热，　把账　晒亮。"],
)
def test_other_blanks_cut_nothing(line: str) -> None:
    assert in_paragraphs(line) == [line]


@pytest.mark.parametrize(
    "unit",
    [
        ["【鲁平野】", FIRST],
        ["鲁平野：说。", "问：说？"],
        ["材料之一", FIRST],
        [FIRST, "让我们奋斗！", "同志们！"],
        ["把饭做热的人", "□ 鲁平野", FIRST],
    ],
)
def test_the_work_grows_with_the_text(unit: list[str]) -> None:
    assert max(growth(lambda size: articles("全县助餐工作", *unit * size), 40)) < 4.8
