"""Whether the items of a list, or names in a row, are as many as the text says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import document

from indexer.articles.lines import Line
from indexer.articles.passages import passages
from search.documents import announced
from search.documents.counts import counts
from search.documents.document import Passage, Warning


def labels(*paragraphs: str) -> list[str]:
    """What is counted in a document of these paragraphs, cut into passages as the indexer does."""
    one = replace(document("甲.txt", "正文。"), passages=passages([Line(text) for text in paragraphs]))
    return [count.label for found in counts(one).values() for count in found]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (("要抓好三项工作：一是救助。二是养老。三是儿童。",), ["三项 = 3 ✓"]),
        (("要抓好三项工作：一是救助。二是养老。",), []),  # a warning of the indexer's
        (("要抓好三项工作：", "一是救助。", "二是养老。", "三是儿童。"), ["三项 = 3 ✓"]),
        (
            ("下面，我讲两点意见。", "一、肯定成绩", "一是快。二是好。三是省。", "二、抓好落实", "干。"),
            ["两点 = 2 ✓"],
        ),
        (("二、抓好今年的两项重点任务", "第一，救助。", "第二，养老。"), ["两项 = 2 ✓"]),
        (("推进两项行动，抓好落实。一是救助。二是养老。",), []),  # named, not announced
        (("我讲两点意见。", "先说情况。", "一是救助。二是养老。"), ["两点 = 2 ✓"]),
        (("要抓好十二项工作：" + "".join(f"{n}是好。" for n in "一二三四五六七八九十"),), []),
        (
            ("要抓好十一项工作：" + "".join(f"{n}是好。" for n in (*"一二三四五六七八九十", "十一")),),
            ["十一项 = 11 ✓"],
        ),
        # headings with nothing under them, and ordinals that are no outline
        (("三、抓好三项重点任务", "（一）救助", "（二）养老", "（三）儿童"), ["三项 = 3 ✓"]),
        (("下面，我讲三点意见。", "第一是快。", "第二是好。", "第三是省。"), ["三点 = 3 ✓"]),
        # the next part of the speech is none of them
        (("二、抓好今年的三项重点任务", "（一）救助", "好。", "（二）养老", "好。", "三、加强领导", "好。"), []),
    ],
)
def test_a_list_of_as_many_items_as_were_announced_is_ticked(paragraphs: tuple[str, ...], expected: list[str]) -> None:
    assert labels(*paragraphs) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("武汉、襄阳、宜昌等3个市（县）民政局作了发言。", ["3个市（县） = 3 ✓"]),
        ("武汉、襄阳等7个市民政局作了发言。", []),  # the others are not named
        ("盯住资金发放、项目采购、机构管理三个环节。", ["三个环节 = 3 ✓"]),
        ("盯住资金发放（含补贴、津贴）、项目采购、机构管理三个环节。", ["三个环节 = 3 ✓"]),
        ("“扶老、助残、救孤、济困”八个字。", []),
        ("坚定拥护“两个确立”、坚决做到“两个维护”。", []),
        ("市民政局、市残联出台两项补贴办法。", []),
        ("建设5个社区、2个中心。", []),
        ("民政局、残联、团委联合出台《关于完善残疾人三项补贴的意见》。", []),
        ("参加第一、第二、第三次会议。", []),
    ],
)
def test_names_in_a_row_are_counted_where_the_number_stands_behind_them(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("listed", "words"), [(1, "一"), (2, "两"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (120, "120")]
)
def test_the_number_of_items_is_written_as_the_claim_is(listed: int, words: str) -> None:
    warning = Warning(
        "count_mismatch", f"列项不符：文中称“六项重点工作”，实列{listed}项", "六项重点工作：", (6, listed)
    )
    one = replace(document("甲.txt", "今年要抓好六项重点工作："), warnings=(warning,))
    assert [count.label for count in counts(one)[1]] == [f"宣称六项，实列{words}项"]


def test_the_numbers_come_with_the_warning_whatever_it_says() -> None:
    warning = Warning("count_mismatch", "请核对", "六项重点工作：", (6, 5))
    without = replace(warning, numbers=())  # of an index made before there were any
    one = replace(document("甲.txt", "今年要抓好六项重点工作："), warnings=(warning,))
    assert [count.label for count in counts(one)[1]] == ["宣称六项，实列五项"]
    assert [count.label for count in counts(replace(one, warnings=(without,)))[1]] == ["请核对"]


@pytest.mark.parametrize(
    ("text", "is_sure", "is_likely"),
    [
        ("要抓好六项重点工作：", True, True),
        ("下面，我讲三点意见。", True, True),
        ("开展三项行动：", False, True),  # the name of them; three that follow are those
        ("抓好四类工作：", False, True),
        ("就此提出的三条建议。", False, True),
        ("养老、救助等三项工作：", False, True),  # counts the names before it
        ("第三点意见。", False, False),
    ],
)
def test_less_is_needed_to_tick_a_list_than_to_blame_a_text(text: str, is_sure: bool, is_likely: bool) -> None:
    one = Passage(1, 1, text)
    assert (announced.sure(one) is not None, announced.likely(one) is not None) == (is_sure, is_likely)


def test_a_list_in_a_text_that_breaks_off_is_not_called_a_short_one() -> None:
    one = replace(
        document("甲.txt", "正文。"),
        passages=(
            Passage(1, 1, "我讲三个方面意见。"),
            Passage(2, 2, "要抓好两项工作：", ("一、抓重点",)),
            Passage(3, 3, "还要不断提升", ("二、抓落实",)),
        ),
        warnings=(
            Warning("count_mismatch", "列项不符：文中称“讲三个方面意见”，实列2项", "讲三个方面意见。", (3, 2)),
            Warning("count_mismatch", "列项不符：文中称“两项工作”，实列1项", "两项工作：", (2, 1)),
            Warning("truncated", "文末截断：原文到此中断，没有句末标点", "还要不断提升"),
        ),
    )
    assert {number: [count.label for count in found] for number, found in counts(one).items()} == {
        1: ["宣称三个方面，正文仅见两个（文末截断）"],
        2: ["宣称两项，实列一项"],
    }
