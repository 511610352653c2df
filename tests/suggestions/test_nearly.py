"""A wording that no document has but for one character: which one, and before what only has some of its words."""

from __future__ import annotations

import time

import pytest
from conftest import document
from memory_engine import MemoryEngine

from search.matching import nearly
from search.query.parsing import parse
from search.results.page import search

TEXT = "要健全困难儿童关爱服务体系，完善探访制度。"


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("健全困境儿童关爱服务体系", "差一字：原文作“难”，不是“境”"),
        ("健全困难儿童赣关爱服务体系", "差一字：原文没有“赣”"),
        ("健全困难儿童爱服务体系", "差一字：原文多“关”"),
    ],
)
def test_the_card_says_which_character_differs(typed: str, label: str) -> None:
    scraps = [document(f"{n}", "儿童关爱。服务体系。困难群众。", "健全制度。") for n in range(3)]
    page = search(MemoryEngine([*scraps, document("近", "开头。", TEXT)]), parse(typed))
    assert (page.hits[0].external_id, page.hits[0].match_label, page.hits[0].occurrences) == ("近", label, 1)
    assert page.hits[0].passages[0].marks


def test_the_wording_but_for_one_character_stands_before_all_its_words_apart() -> None:
    apart = [document(f"{n}", "关爱困难儿童，健全服务体系。" * 3, title="健全服务体系，关爱困难儿童") for n in range(3)]
    page = search(MemoryEngine([*apart, document("近", TEXT)]), parse("健全困难儿童的关爱服务体系"))
    assert [hit.match for hit in page.hits] == ["suspected_typo", "scattered", "scattered", "scattered"]
    assert (page.hits[0].match_label, page.hits[0].occurrences) == ("差一字：原文没有“的”", 1)


def test_another_figure_or_sign_is_no_slip() -> None:
    assert nearly.difference("发放补贴三千万元整数", "发放补贴五千万元整数") is None
    assert nearly.difference("养老服务，社会救助", "养老服务、社会救助") is None
    assert nearly.found_in("二〇二三年全市民政工作", "二〇二四年全市民政工作") == ()


def test_short_wordings_are_left_alone() -> None:
    assert nearly.found_in("社会救助工作", "社会求助工作") == ()
    assert nearly.is_nearly("社会救助工作", "社会求助工作") is False


@pytest.mark.parametrize("text", ["养老服务" * 5_000, "养" * 20_000, "养老服务体系建设" * 2_500])
def test_looking_for_it_is_linear(text: str) -> None:
    def seconds(of: str) -> float:
        begun = time.process_time()
        nearly.found_in("养老服务体系建设养老服务", of)
        return time.process_time() - begun

    assert seconds(text * 4) < 10 * max(seconds(text), 0.01)


@pytest.mark.parametrize("text", ["9" * 40_000, "养老" * 20_000])
def test_what_is_repeated_without_end_is_looked_at_once(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(nearly, "difference", lambda wording, written: looked.append(written))
    assert nearly.found_in(text[:100], text) == ()
    # Of each half the stretches in the middle of the text, and those that its ends cut short.
    assert 0 < len(looked) < 6 * 100
