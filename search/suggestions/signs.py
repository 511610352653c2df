"""Documents that have the wording of a query with other signs in it, looked for where none has it as it was typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from search import text
from search.engines import Engine
from search.matching import signs
from search.query import clauses
from search.query.clauses import AllOf, AnyOf, Clause, Query, Term

# Documents that are read for it, of what was found by words and of what holds both parts of the wording.
_READ = 30
# Places at which a wording is parted; one longer than that is found by its words.
_PARTINGS = 24
# Characters of the longest wording that is parted in three (崇老、爱老、护老); 36 ways.
_SHORT = 10


def with_other_signs(engine: Engine, query: Query, *, any_found: bool) -> Query | None:
    """The query with the ways in which documents write its terms; None where they have none.

    any_found: whether the query finds anything itself, only in another way; else nobody has to look at that again.
    """
    terms = [term for term in clauses.positive_terms(query.clause) if _may_differ(term)]
    if not terms:
        return None
    first = replace(query, sort="relevance", page=1)
    parted = [replace(first, clause=_parted(term.text), off=()) for term in terms]
    found = engine.find_each([first, *parted] if any_found else parted, limit=_READ)
    ids = dict.fromkeys(match.id for matches in found for match in matches.ranked)
    ways = dict.fromkeys(_ways(engine, list(ids), terms)) if ids else {}
    return replace(query, signs=tuple(ways)) if ways else None


def _may_differ(term: Term) -> bool:
    return not term.quoted and len(signs.bare(term.text)) >= signs.SHORTEST


def _ways(engine: Engine, ids: Sequence[str], terms: Sequence[Term]) -> Iterator[str]:
    for one in engine.fetch(ids, whole=True).values():
        for folded in (text.fold(one.document.metadata.title.value), text.fold(one.document.text)):
            for term in terms:
                yield from signs.found_in(term.text, folded)


def _parted(wording: str) -> Clause:
    """Both parts of the wording, wherever it is parted; of a short one also all three."""
    bare = signs.bare(wording)
    step = max(1, len(bare) // _PARTINGS)
    ways: list[tuple[str, ...]] = [(bare[:at], bare[at:]) for at in range(1, len(bare), step)]
    if len(bare) <= _SHORT:
        ways += [(bare[:a], bare[a:b], bare[b:]) for a, b in combinations(range(1, len(bare)), 2)]
    return AnyOf(tuple(AllOf(tuple(Term(one, one, quoted=True) for one in way)) for way in ways))
