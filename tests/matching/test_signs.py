"""The same wording with other signs: what counts as it, and how it is found, shown and counted."""

from __future__ import annotations

import pytest
from conftest import document
from memory_engine import MemoryEngine

from search.matching.signs import found_in
from search.query.parsing import parse
from search.results import search


@pytest.mark.parametrize(
    ("wording", "text", "found"),
    [
        ("村改居社区治理", "推进“村改居”社区治理", ("村改居”社区治理",)),
        ("三清三建", "抓好三清、三建两件事", ("三清、三建",)),
        ("民养发[2022]7号", "依据民养发〔2022〕7号", ("民养发〔2022〕7号",)),
        ("2021-2025年", "2021—2025年和2021至2025年", ("2021—2025年", "2021至2025年")),
        ("甲乙丙。丁戊", "甲乙丙。\n丁戊", ("甲乙丙。\n丁戊",)),
        ("甲乙丙丁戊", "甲乙丙。丁戊", ()),  # two sentences
        ("补贴15元", "补贴1.5元", ()),
        ("补贴1.5元", "补贴1，5元", ()),
        ("增长3.5%以上", "增长 3.5%以上", ("增长 3.5%以上",)),
        ("甲乙丙", "甲、乙丙", ()),
        ("甲乙丙丁", "甲乙丙丁", ()),
    ],
)
def test_what_is_the_same_wording(wording: str, text: str, found: tuple[str, ...]) -> None:
    assert found_in(wording, text) == found


ENGINE = MemoryEngine(
    [
        document("甲", "要推进三清、三建，再抓三清三查三建。"),
        document("乙", "三清要快。三建要稳。"),
        document("丙", "买买提·艾山获表彰。"),
    ]
)


def test_the_same_wording_is_one_run_above_words_apart_and_says_so() -> None:
    page = search(ENGINE, parse("三清三建"))
    first = page.hits[0]
    assert (first.external_id, first.match_label, first.occurrences) == ("甲", "标点不同", 1)
    (passage,) = first.passages
    assert [passage.text[a:b] for a, b in passage.marks] == ["三清、三建"]
    assert page.tiers["punctuation"].documents == 1


def test_a_word_of_the_dictionary_is_marked_with_its_signs_too() -> None:
    page = search(MemoryEngine([document("甲", "落实两不愁、三保障。")]), parse("两不愁三保障"))
    (passage,) = page.hits[0].passages
    assert [passage.text[a:b] for a, b in passage.marks] == ["两不愁、三保障"]


@pytest.mark.parametrize("typed", ["买买提•艾山", "买买提・艾山"])
def test_the_dot_of_a_name_is_one_in_all_its_writings(typed: str) -> None:
    assert [hit.match for hit in search(ENGINE, parse(typed)).hits] == ["exact"]


def test_quotes_ask_for_the_signs_too() -> None:
    assert search(ENGINE, parse("“三清三建”")).documents == 0
