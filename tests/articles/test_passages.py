"""Paragraphs are cut at sentence ends, and every passage knows its place in the outline."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import pytest
from conftest import document
from hypothesis import given
from hypothesis import strategies as st

from indexer.articles.lines import Line
from indexer.articles.passages import MAX_CHARS, READABLE, passages
from search.documents.document import Passage


def cut(*paragraphs: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(p.text, p.outline) for p in passages([Line(text) for text in paragraphs])]


def outlines(*paragraphs: str) -> list[tuple[str, ...]]:
    return [outline for _, outline in cut(*paragraphs)]


LONG = "各级民政部门要提高政治站位，强化责任担当，把各项任务抓实抓细抓到位。"


def test_a_short_paragraph_is_one_passage() -> None:
    assert cut("会议强调，要守住底线。要抓好落实。") == [("会议强调，要守住底线。要抓好落实。", ("会议强调",))]


def test_an_item_begins_a_passage_and_stands_under_who_said_it() -> None:
    assert cut("会议明确，要抓好两项工作：一是兜住底线，做到应保尽保。二是深化改革。") == [
        ("会议明确，要抓好两项工作：", ("会议明确",)),
        ("一是兜住底线，做到应保尽保。", ("会议明确", "一是兜住底线")),
        ("二是深化改革。", ("会议明确", "二是深化改革")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "一方面要抓救助，另一方面要抓养老。",
        "要发挥“三最一专”作用。一体推进三不腐。",
        "三级网络更加健全。二级巡视员参会。",
    ],
)
def test_numbers_that_count_nothing_are_no_items(text: str) -> None:
    assert outlines(text) == [()]


def test_items_that_are_paragraphs_stay_under_the_speaker_before_them() -> None:
    assert outlines("会议强调，要抓落实。", "一要强化引领。", "二要深化改革。", "会议还对安全工作提出要求。") == [
        ("会议强调",),
        ("会议强调", "一要强化引领"),
        ("会议强调", "二要深化改革"),
        (),
    ]


def test_headings_are_levels_and_may_restart() -> None:
    found = passages(
        [
            Line(t)
            for t in (
                "一、肯定成绩",
                "（一）救助有力",
                "去年应保尽保。",
                "二、抓好落实",
                "一要实干。",
                "三、加强领导",
                "一要负责。",
            )
        ]
    )
    assert [(p.text, p.outline, p.heading) for p in found] == [
        ("一、肯定成绩", (), True),
        ("（一）救助有力", ("一、肯定成绩",), True),
        ("去年应保尽保。", ("一、肯定成绩", "（一）救助有力"), False),
        ("二、抓好落实", (), True),
        ("一要实干。", ("二、抓好落实", "一要实干"), False),
        ("三、加强领导", (), True),
        ("一要负责。", ("三、加强领导", "一要负责"), False),
    ]


def test_a_paragraph_between_two_items_belongs_to_the_first_and_one_after_the_last_to_none() -> None:
    assert outlines("一要织密救助网。", "救助是底线。", "二要办好养老。", "以上工作要抓紧。") == [
        ("一要织密救助网",),
        ("一要织密救助网",),
        ("二要办好养老",),
        (),
    ]


def test_a_sentence_that_sums_up_the_items_closes_their_run() -> None:
    assert cut("一年来，一是救助有力。二是养老有方。取得的这些成绩，是大家努力的结果。")[-1] == (
        "取得的这些成绩，是大家努力的结果。",
        (),
    )


def test_a_long_item_is_cut_at_its_topics_and_at_sentence_initial_must() -> None:
    text = f"二要抓重点。{LONG}{LONG}{LONG}养老服务工作，要{LONG}要进一步规范福利彩票发行。社会事务工作，要{LONG}{LONG}"
    assert [(t[:8], outline) for t, outline in cut(text)] == [
        ("二要抓重点。各级", ("二要抓重点",)),
        ("养老服务工作，要", ("二要抓重点", "养老服务工作")),
        ("要进一步规范福利", ("二要抓重点",)),
        ("社会事务工作，要", ("二要抓重点", "社会事务工作")),
    ]


def test_a_quotation_inside_an_item_does_not_end_it() -> None:
    text = f"四要兜牢底线。{LONG}习近平总书记强调，要怀着爱民之心做好工作。{LONG}"
    assert {outline for _, outline in cut(text)} == {("四要兜牢底线",)}


def test_sentences_end_behind_their_closing_marks() -> None:
    sentence = "要回答好“怎样兜底？怎样增效？”的问题，做到“应保尽保！”"
    assert all(text.startswith("要回答") for text, _ in cut(sentence * 12))


TEXT = st.text("一二是要会议强调养老服务工作，。；：！？“”（）、…第1.", min_size=1, max_size=1500)
# A sentence can be longer than any passage may be: a list of names, a text without a full stop.
ENDLESS = st.builds(lambda text, times: text * times, st.text("民政工作；，、", min_size=1), st.integers(1, 3000)).map(
    lambda text: text[:9000]
)


@given(st.lists(TEXT | ENDLESS, min_size=1, max_size=5))
def test_the_passages_of_a_paragraph_joined_are_the_paragraph(texts: list[str]) -> None:
    found = passages([Line(text) for text in texts])
    assert ["".join(p.text for p in group) for _, group in groupby(found, key=lambda p: p.paragraph)] == texts
    assert [p.number for p in found] == list(range(1, len(found) + 1))
    assert all(len(p.text) <= MAX_CHARS for p in found)


def test_a_document_whose_passages_are_not_numbered_in_their_order_is_none() -> None:
    for numbers in ((2,), (1, 3), (1, 1), (2, 1), (0, 1)):
        with pytest.raises(ValueError, match="not numbered"):
            replace(document("甲.txt"), passages=tuple(Passage(n, 1, "养老服务。") for n in numbers))


def test_passages_are_of_a_size_to_read() -> None:
    sizes = [len(text) for text, _ in cut(LONG * 60)]
    assert max(sizes) <= READABLE and min(sizes[:-1]) > READABLE / 2


def test_a_signature_and_its_date_are_no_headings() -> None:
    body = ("工作成效", LONG, "下步打算", LONG, "某市民政局", "2023年12月20日", "（内部资料）")
    found = passages([Line(text) for text in body])
    assert [(p.text, p.heading) for p in found if p.text != LONG] == [
        ("工作成效", True),
        ("下步打算", True),
        ("某市民政局", False),
        ("2023年12月20日", False),
        ("（内部资料）", False),
    ]
