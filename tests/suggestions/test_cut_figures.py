"""A copied wording that begins or ends inside a figure: found, marked with the whole of it, and said so."""

from __future__ import annotations

import time

import pytest
from conftest import document
from memory_engine import MemoryEngine

from search.matching import cut_figures
from search.query.parsing import parse
from search.results.page import search

TEXT = "全年下拨救助资金13.6亿元，办结率提高到98.5%，惠及2450人。"


@pytest.mark.parametrize(
    ("typed", "label", "marked"),
    [
        ("6亿元，办结率提高到", "数字不全：原文作“13.6”", "13.6亿元，办结率提高到"),
        ("3.6亿元，办结率提高", "数字不全：原文作“13.6”", "13.6亿元，办结率提高"),
        ("全年下拨救助资金13", "数字不全：原文作“13.6”", "全年下拨救助资金13.6"),
        ("5%，惠及24", "", ""),  # too short not to stand there by chance
        ("8.5%，惠及24", "数字不全：原文作“98.5”“2450”", "98.5%，惠及2450"),
    ],
)
def test_the_card_says_which_figure_is_whole(typed: str, label: str, marked: str) -> None:
    scraps = [document(f"{n}", "办结率提高，全年救助资金下拨6亿元。", "惠及群众24人。") for n in range(3)]
    page = search(MemoryEngine([*scraps, document("长", "开头。", TEXT)]), parse(typed))
    if not label:
        assert all("数字不全" not in hit.match_label for hit in page.hits)
        return
    (first, *_) = page.hits
    assert (first.external_id, first.match, first.match_label, first.occurrences) == ("长", "suspected_typo", label, 1)
    (passage,) = first.passages
    assert [passage.text[slice(*span)] for span in passage.marks] == [marked]


def test_a_figure_that_stands_there_whole_is_no_other() -> None:
    whole, longer = document("整", "办结率提高到8.5%，惠及24人。"), document("长", "办结率提高到98.5%，惠及24人。")
    page = search(MemoryEngine([longer, whole]), parse("8.5%，惠及24人"))
    assert next((hit.external_id, hit.match) for hit in page.hits) == ("整", "exact")
    assert all("数字不全" not in hit.match_label for hit in page.hits)


def test_only_figures_go_on() -> None:
    assert cut_figures.found_in("6亿元用于特困供养", "下拨3.6亿元用于特困供养。") == ("3.6亿元用于特困供养",)
    assert cut_figures.found_in("特困供养资金下拨3", "特困供养资金下拨3,600元，") == ("特困供养资金下拨3,600",)
    assert cut_figures.found_in("特困供养资金下拨3", "特困供养资金下拨3.") == ()
    assert cut_figures.found_in("特困供养资金下拨款", "特困供养资金下拨款3") == ()
    assert cut_figures.found_in("100元以内", "2100元以内") == ()
    assert cut_figures.is_cut("6亿元用于特困供养", "下拨3.6亿元用于特困供养") is False


@pytest.mark.parametrize("text", ["1" * 20_000, "12345678," * 2_500, "1.2345678" * 2_500])
def test_looking_for_it_is_linear(text: str) -> None:
    def seconds(of: str) -> float:
        begun = time.process_time()
        cut_figures.found_in("12345678", of)
        return time.process_time() - begun

    assert seconds(text * 4) < 10 * max(seconds(text), 0.01)
