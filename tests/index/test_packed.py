"""A document as an index in files keeps it: all of it, of which what is shown is read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import document
from hypothesis import given
from hypothesis import strategies as st

from search import text
from search.documents.document import Copy, Passage, Warning
from search.documents.masking import masked
from search.documents.siblings import Siblings
from search.index import packed, record
from search.index.analysis import analysed
from search.matching import marks
from search.matching.matches import Match
from search.query.parsing import parse
from search.results import cards
from search.text.kept import KeptText

# With what is folded, what takes two units of 16 bits, and what is no text of two bytes a character otherwise.
LINES = st.lists(st.text("民政養老１Ａ，。é𠮷😀 ", min_size=1, max_size=12), min_size=1, max_size=5)


@given(LINES)
def test_all_of_a_text_and_of_its_folding_comes_back(lines: list[str]) -> None:
    one = document("甲.txt", *lines)
    again = packed.loads(packed.dumps(one))
    assert again == one
    assert (again.text, again.laid_out.folded) == (one.text, text.fold(one.text))
    assert again.laid_out.spans == one.laid_out.spans
    assert again.laid_out.paragraph_spans == one.laid_out.paragraph_spans
    assert packed.dumps(again) == packed.dumps(one)
    assert analysed(again) == analysed(one)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_a_piece_is_cut_as_it_is_from_the_whole(written: str, begin: int, end: int) -> None:
    kept = KeptText.of(written)
    assert (kept.cut(begin, end), len(kept), kept.whole) == (written[begin:end], len(written), written)


def test_outlines_headings_doubts_versions_and_copies_come_back() -> None:
    passages = (
        Passage(1, 1, "一、养老", heading=True),
        Passage(2, 2, "办好助餐。", ("一、养老",)),
        Passage(3, 2, "办好助浴。", ("一、养老", "（一）助浴")),
    )
    doubt = Warning("count_mismatch", "说三点，列两点", "三点", (3, 2))
    one = replace(document("甲.txt", "正文。"), passages=passages, warnings=(doubt,))
    told = replace(one, near=("0" * 16, one.id), copies=(Copy("乙.txt", one.id),))
    for there in (one, told):
        assert packed.loads(packed.dumps(there)) == record.loads(record.dumps(there)) == there


def test_of_a_long_text_a_card_reads_what_it_shows() -> None:
    one = document("甲.txt", *("各地办好养老服務。" if not number % 100 else "天氣晴朗。" for number in range(500)))
    again = packed.loads(packed.dumps(one))
    query = parse("养老服务")
    analysis = analysed(one)
    edges = (analysis.title_cuts, analysis.cuts)
    match = Match(one.id, "exact", 1.0, 5)
    assert cards.card(again, match, query, edges) == cards.card(one, match, query, edges)
    assert "whole" not in vars(again.laid_out.kept[0])
    assert marks.mark(again, query).page.body == text.fold(one.text)


def test_what_is_said_of_its_group_changes_nothing_of_the_text_that_is_kept() -> None:
    again = packed.loads(packed.dumps(document("甲.txt", "办好养老服務。")))
    told = Siblings(near=(again.id, "0" * 16)).told(again)
    assert told.laid_out.kept == again.laid_out.kept
    assert packed.loads(packed.dumps(told)) == told


def test_what_is_masked_is_masked_where_it_is_searched() -> None:
    doubt = Warning("personal", "有身份证号", "11010519491231002X")
    one = replace(document("甲.txt", "张某，身份證號11010519491231002X。"), warnings=(doubt,))
    hidden = masked(packed.loads(packed.dumps(one)))
    assert "19491231" in one.text and "19491231" not in hidden.text
    assert hidden.laid_out.folded == text.fold(hidden.text)


def test_what_is_longer_or_shorter_than_it_says_is_refused() -> None:
    stored = packed.dumps(document("甲.txt", "正文。"))
    for changed in (stored[:-1], stored + b"0"):
        with pytest.raises(ValueError, match="bytes that says it has"):
            packed.loads(changed)
