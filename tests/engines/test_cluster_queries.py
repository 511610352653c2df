"""What a cluster is sent and asked, looked at without one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import document

from search.engines.opensearch import asking, mapping
from search.engines.opensearch.strings import NOTHING, Translation, held
from search.index.analysis import analysed
from search.matching.matches import KINDS
from search.matching.spans import BOTH
from search.matching.widening import Widened
from search.query.parsing import parse


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_a_cluster_can_be_asked_for_every_kind_of_evidence(kind: str) -> None:
    wide = Widened(("甲乙",), ("丙丁",), ("甲", "乙"), ("甲己",), BOTH, ("甲、乙",))
    for title_only in (True, False):
        assert held(wide, kind, title_only=title_only) != NOTHING
        assert held(Widened(()), kind, title_only=title_only) == NOTHING


def test_the_first_round_counts_the_kinds_that_a_term_may_be_met_by() -> None:
    plain, signed = parse("三清三建"), replace(parse("三清三建"), signs=("三清、三建",))
    (term,) = Translation(plain).terms
    assert "punctuation" not in Translation(plain).kinds(term)
    assert "kind 0 punctuation" in asking.counting(signed)["aggs"]["counts"]["filters"]["filters"]


def test_a_document_without_passages_can_be_sent() -> None:
    empty = replace(document("空", "字。"), passages=())
    assert mapping.written(empty, analysed(empty))["grams"] == ""
