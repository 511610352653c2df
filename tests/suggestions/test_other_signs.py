"""Where the wording of a query may be parted by signs is told from what of it is there; nothing is missed by that."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest
from conftest import document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines import Engine, Step, store_of
from search.matching import signs as same_wording
from search.query.clauses import AnyOf, Query, Term, positive_terms
from search.query.parsing import parse
from search.suggestions import signs

TEXTS = ("尊老、敬老、助老成为风尚。", "助餐，助浴两项服务。", "把“热饭”送到家，送到心。", "老敬尊助老。")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    store = store_of("whoosh", tmp_path_factory.mktemp("signs"))
    with store.writer(fresh=True) as writer:
        for number, text in enumerate(TEXTS):
            writer.add(document(f"{number}.txt", text))
        writer.publish({})
    return store.open()


@pytest.mark.parametrize(
    ("typed", "ways"),
    [
        ("尊老敬老助老", ("尊老、敬老、助老",)),
        ("助餐助浴", ("助餐,助浴",)),
        ("送到家送到心", ("送到家,送到心",)),
        ("把热饭送到家", ("把“热饭”送到家",)),
        ("火星的服务", None),
        ("助餐助浴火", None),
    ],
)
def test_the_ways_in_which_documents_write_a_wording(engine: Engine, typed: str, ways: tuple[str, ...] | None) -> None:
    found = signs.with_other_signs(engine, parse(typed), any_found=False)
    assert (found and tuple(one.replace("，", ",") for one in found.signs)) == ways


def test_a_wording_of_which_a_word_stands_nowhere_is_not_looked_for_in_parts(engine: Engine) -> None:
    class Asked:
        def __init__(self) -> None:
            self.questions: list[int] = []

        def count(self, queries: Sequence[Query]) -> list[int]:
            self.questions.append(len(queries))
            return engine.count(queries)

        def first(self, queries: Sequence[Query], *, limit: int) -> list[object]:
            raise AssertionError("nothing is left to look for")

        def holding_in_order(self, strings: Sequence[str], steps: Sequence[Step]) -> None:
            return None

        def holding_parted(self, characters: str, step: Step, *, joined: bool) -> None:
            return None

    asked = Asked()
    assert signs.with_other_signs(asked, parse("火星助餐助浴的服务项目"), any_found=False) is None  # type: ignore[arg-type]
    assert len(asked.questions) <= 2 and sum(asked.questions) <= 16


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len("".join(TEXTS)) - 4), st.integers(4, 30))
def test_what_is_left_out_finds_nothing(engine: Engine, at: int, length: int) -> None:
    """All partings that some document has are asked for, whatever the wording: against asking for each."""
    wording = "".join(TEXTS)[at : at + length]
    term = Term(wording, wording)
    bare = same_wording.bare(term.text)
    strings = Query(raw="", text="", clause=term)
    asked = signs._parted(engine, strings, [term])
    ways = {tuple(part.text for part in way.parts) for clause in asked for way in clause.parts}  # type: ignore[union-attr]
    step = max(1, len(bare) // 24)
    every = [(bare[:at], bare[at:]) for at in range(1, len(bare), step)]
    if len(bare) <= 10:
        every += [(bare[:a], bare[a:b], bare[b:]) for a, b in combinations(range(1, len(bare)), 2)]  # type: ignore[misc]
    there = {way for way in every if all(engine.count([parse(f"“{part}”")])[0] for part in way)}
    assert there <= ways


def test_no_part_is_looked_for_whose_characters_stand_nowhere_beside_each_other(engine: Engine) -> None:
    class Asked:
        def __init__(self) -> None:
            self.parts: set[tuple[str, ...]] = set()

        def count(self, queries: Sequence[Query]) -> list[int]:
            return engine.count(queries)

        def first(self, queries: Sequence[Query], *, limit: int) -> list[list[str]]:
            for query in queries:
                assert isinstance(query.clause, AnyOf)
                self.parts |= {tuple(one.text for one in positive_terms(way)) for way in query.clause.parts}
            return engine.first(queries, limit=limit)

        def fetch(self, ids: Sequence[str], *, whole: bool = False) -> object:
            return engine.fetch(ids, whole=whole)

        def holding_in_order(self, strings: Sequence[str], steps: Sequence[Step]) -> None:
            return None

        def holding_parted(self, characters: str, step: Step, *, joined: bool) -> None:
            return None

    asked = Asked()
    query = signs.with_other_signs(asked, parse("尊老敬老助老"), any_found=False)  # type: ignore[arg-type]
    assert query is not None and query.signs == ("尊老、敬老、助老",)
    # 老敬 and 敬尊 are in no text but the last; 老助 is in none.
    assert {way for way in asked.parts if any("老助" in part for part in way)} == set()
    assert ("尊老", "敬老", "助老") in asked.parts


def test_the_documents_of_a_quoted_string_are_counted_as_they_are_found(engine: Engine) -> None:
    typed = ("“敬”", "“敬老”", "“助老成为风尚”", "“火星”", "“送到”", "“老敬尊”", "敬老", "“敬老” “助老”", "“敬老”？")
    queries = [parse(one) for one in typed]
    queries += [parse(one, filters=[("year", "2024")]) for one in typed]
    assert engine.count(queries) == [engine.find(one, limit=0, offset=0).documents for one in queries]
