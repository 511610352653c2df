"""Doubts that travel with a text; none where there is no doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.articles.lines import Line
from indexer.articles.passages import passages
from indexer.facts.metadata import Described
from indexer.facts.warnings import Subject, warnings
from search.documents.document import Evidence, Metadata, PartialDate

PLAIN = Described(
    metadata=Metadata(title=Evidence("示例标题"), date=Evidence(PartialDate(2024, 2, 21)), source=Evidence("某报"))
)


def doubts(*paragraphs: str, described: Described = PLAIN) -> list[tuple[str, str]]:
    lines = [Line(text) for text in paragraphs]
    subject = Subject(described, paragraphs, passages(lines))
    return [(warning.code, warning.evidence) for warning in warnings(subject)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年是新中国成立70周年。", [("year_contradiction", "2024年是新中国成立70周年")]),
        ("2024年是新中国成立75周年。", []),
        ("以优异成绩迎接新中国成立70周年。", []),  # no year to contradict
        ("2021年，恰逢中国共产党成立100周年。", []),
        ("2020年要以优异成绩迎接建党100周年。", []),  # of the next year
        ("2020年新中国成立70周年之际。", [("year_contradiction", "2020年新中国成立70周年")]),
        ("2023年是改革开放40周年。", [("year_contradiction", "2023年是改革开放40周年")]),
    ],
)
def test_a_year_that_an_anniversary_contradicts_is_flagged(text: str, expected: list[tuple[str, str]]) -> None:
    assert doubts(text) == expected


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (("要抓好三项工作：一是救助。二是养老。",), [("count_mismatch", "三项工作：")]),
        (("要抓好三项工作：一是救助。二是养老。三是儿童。",), []),
        # one thing is no list
        (("今后一个阶段的重点工作：一是救助。二是养老。",), []),
        (("每一个方面都要管好：一是救助。二是养老。",), []),
        (("今后一个时期的三项任务：一是救助。二是养老。",), [("count_mismatch", "三项任务：")]),
        (("要抓好十一项工作：一是救助。二是养老。",), [("count_mismatch", "十一项工作：")]),
        (
            ("下面，我讲三点意见。", "一、肯定成绩", "好。", "二、抓好落实", "干。"),
            [("count_mismatch", "讲三点意见。")],
        ),
        (("下面，我讲两点意见。", "一、肯定成绩", "一是快。二是好。三是省。", "二、抓好落实", "干。"), []),
        (
            ("二、抓好今年的五项重点任务", "第一，救助。", "第二，养老。", "第三，儿童。"),
            [("count_mismatch", "五项重点任务")],
        ),
        (("推进八项行动，抓好落实。一是救助。二是养老。",), []),  # named, not announced
        (
            ("第二十四条 下列人员免费：", "（一）老人；", "（二）儿童；", "（三）残疾人。"),
            [],
        ),  # the number of an article
    ],
)
def test_items_announced_and_listed_are_counted(paragraphs: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert doubts(*paragraphs) == expected


def test_what_was_claimed_and_what_was_listed_go_with_the_warning() -> None:
    lines = ("要抓好三项工作：一是救助。二是养老。",)
    (warning,) = warnings(Subject(PLAIN, lines, passages([Line(text) for text in lines])))
    assert (warning.message, warning.numbers) == ("列项不符：文中称“三项工作”，实列2项", (3, 2))


@pytest.mark.parametrize(
    ("last", "flagged"),
    [
        ("要建立完善老年人能力综合评估制度、老年人高龄津贴和养老，不断提升", True),
        ("要抓好落实，确保取得实效。", False),
        ("某某省民政厅办公室", False),
        ("（此件公开发布，请认真组织实施，抓好贯彻落实工作）", False),
        ("附件：2026年民办中小学积分入学招生计划，见附表.xlsx", False),
    ],
)
def test_a_text_that_breaks_off_is_flagged(last: str, flagged: bool) -> None:
    assert ("truncated" in [code for code, _ in doubts("会议指出，要实干。", last)]) is flagged


@pytest.mark.parametrize(
    ("paragraphs", "flagged"),
    [
        (("巡视组指出“全市有3245户，比例为30%。针对这个问题，要整改。",), True),
        (("要做到“四个意识”、“四个自信”。",), False),
        (("他说：“第一段引文还没有完。", "“第二段引文完了。”"), False),  # every paragraph of a quotation opens anew
    ],
)
def test_a_quotation_without_its_end_is_flagged(paragraphs: tuple[str, ...], flagged: bool) -> None:
    assert ("unclosed_quote" in [code for code, _ in doubts(*paragraphs)]) is flagged


def test_suspected_typos_are_marked_as_they_are_written() -> None:
    assert doubts("把温暧送到群众心坎上。为民政事业高质量发展才凝聚力量。") == [
        ("suspected_typo", "温暧"),
        ("suspected_typo", "为民政事业高质量发展才凝聚力量"),
    ]
    assert doubts("只有改革才凝聚力量，为民政事业发展提供人才支撑。") == []
    assert doubts("为海外高端英才提供优质服务，为引进人才提供住房。") == []


def test_an_inferred_year_says_which_words_it_was_concluded_from() -> None:
    inferred = replace(PLAIN.metadata, date=Evidence(PartialDate(2024, 1, 19), "1月19日", "inferred"))
    described = Described(metadata=inferred, year_words="部署2024年工作")
    assert doubts("要实干。", described=described) == [("year_inferred", "部署2024年工作")]


def test_a_date_from_the_address_of_a_page_is_not_said_to_be_written_in_the_text() -> None:
    inferred = replace(PLAIN.metadata, date=Evidence(PartialDate(2024, 1, 19), "https://a.cn/20240119/x", "inferred"))
    subject = Subject(Described(metadata=inferred), ("要实干。",), ())
    (warning,) = warnings(subject)
    assert warning.message == "原文没有写日期，由网页地址“https://a.cn/20240119/x”推定为2024-01-19"


def test_a_text_without_date_source_or_title_says_so() -> None:
    bare = Described(metadata=Metadata(title=Evidence("某市会议", "某市召开会议", "derived")))
    assert doubts("日前，某市召开会议。", described=bare) == [
        ("date_unknown", "日前"),
        ("title_derived", "某市召开会议"),
        ("source_unknown", ""),
    ]
