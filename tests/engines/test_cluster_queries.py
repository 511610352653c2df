"""What a cluster is sent and asked, looked at without one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import document

from search.index.analysis import analysed
from search.matching.matches import CROSSED, EXACT, KINDS, NAMED, SAME
from search.matching.spans import BOTH
from search.matching.widening import Widened
from search.query.clauses import Query, positive_terms
from search.query.parsing import parse

pytest.importorskip("msgspec", reason="没有装 msgspec（requirements-opensearch.txt）")

from search.engines.opensearch import asking, mapping, ranking
from search.engines.opensearch.counted import TIERS, Counted, foreseen
from search.engines.opensearch.searches import Searches
from search.engines.opensearch.strings import NOTHING, Translation, held


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_a_cluster_can_be_asked_for_every_kind_of_evidence(kind: str) -> None:
    wide = Widened(("甲乙",), ("丙丁", "戊己"), ("甲", "乙"), ("甲己",), BOTH, ("甲、乙",), names=("戊己",))
    for title_only in (True, False):
        assert held(wide, kind, title_only=title_only) != NOTHING
        assert held(Widened(()), kind, title_only=title_only) == NOTHING


def test_the_first_round_counts_the_kinds_that_a_term_may_be_met_by() -> None:
    plain, signed = parse("三清三建"), replace(parse("三清三建"), signs=("三清、三建",))
    (term,) = Translation(plain).terms
    assert "punctuation" not in Translation(plain).kinds(term)
    assert "kind 0 punctuation" in asking.counting(Translation(signed))["aggs"]["counts"]["filters"]["filters"]


def test_a_cluster_puts_first_what_is_of_the_first_level_but_no_tier_of_a_later_one_between() -> None:
    asked = Translation(parse("长护险 医养结合"))
    level, *_ = ranking.order(asked, dict.fromkeys(asked.terms, 1.0), 100.0)
    told = level["function_score"]
    assert told["score_mode"] == "first"
    filters, weights = zip(*((one["filter"], one["weight"]) for one in told["functions"][:3]), strict=True)
    assert filters == tuple(map(asked.fits, (EXACT, SAME, NAMED)))
    assert weights[0] == weights[2] > weights[1]


def test_a_document_without_passages_can_be_sent() -> None:
    empty = replace(document("空", "字。"), passages=())
    assert mapping.written(empty, analysed(empty))["grams"] == ""


@pytest.mark.parametrize("sort", ["relevance", "newest"])
@pytest.mark.parametrize("typed", ["“养老服务”", "“老”", "“2024年”", "“养老、助残”"])
def test_what_is_asked_ahead_of_one_quoted_string_depends_on_no_count(typed: str, sort: str) -> None:
    query = parse(typed, sort=sort, filters=[("region", "广东")])
    likely = foreseen(query)
    assert likely is not None and query.clause is not None
    ahead = Searches(query, 20_000, 500.0, likely).searches(60)
    for number in (1, 7, 19_999, 20_000):
        counted = replace(likely, tiers=dict.fromkeys(TIERS, number), terms=dict.fromkeys(likely.terms, number))
        assert Searches(query, 20_000, 500.0, counted).searches(60) == ahead
    nowhere = replace(likely, tiers=dict.fromkeys(TIERS, 0), terms=dict.fromkeys(likely.terms, 0))
    assert Searches(query, 20_000, 500.0, nowhere).searches(60) != ahead


@pytest.mark.parametrize("crossed", [1, 2, 5])
def test_what_is_asked_ahead_of_a_word_is_all_that_its_counts_can_ask_for(crossed: int) -> None:
    query = parse("干部")
    likely = foreseen(query)
    assert likely is not None
    ahead = Searches(query, 20_000, 500.0, likely).searches(60)
    said = replace(likely, tiers=dict.fromkeys(TIERS, 1) | {CROSSED: crossed})
    asked = Searches(query, 20_000, 500.0, said).searches(60)
    assert asked == {name: one for name, one in ahead.items() if name != "left out" or crossed > 1}
    assert "left out" in ahead


@pytest.mark.parametrize("typed", ["养老服务", "低保", "“养老” “服务”", "“养老” -火星", "标题：“养老”", ""])
def test_nothing_is_asked_ahead_where_a_count_decides_what_is_asked(typed: str) -> None:
    assert foreseen(parse(typed)) is None


def test_what_a_first_round_said_may_be_forgotten_while_it_is_used() -> None:
    class Forgetful(dict[Query, Counted]):
        """Another thread clears it after each look."""

        def __contains__(self, key: object) -> bool:
            found = super().__contains__(key)
            self.clear()
            return found

        def get(self, key: Query, default: Counted | None = None) -> Counted | None:  # type: ignore[override]
            found = super().get(key, default)
            self.clear()
            return found

    query = replace(parse("养老"), raw="", text="", notes=())
    counted = Counted(dict.fromkeys(TIERS, 3), dict.fromkeys(positive_terms(query.clause), 3), (), frozenset())
    rounds = asking.total(query, 9, 100.0, Forgetful({query: counted}))
    with pytest.raises(StopIteration) as end:
        rounds.send(None)  # type: ignore[arg-type]  # None begins
    assert end.value.value == 3
