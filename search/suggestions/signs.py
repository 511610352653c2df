"""Documents that have the wording of a query with other signs in it, looked for where none has it as it was typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from search import text
from search.engines import Engine
from search.matching import signs
from search.matching.matches import Matches
from search.query import clauses
from search.query.clauses import AllOf, AnyOf, Clause, Query, Term

# Documents that are read for it, of what was found by words and of what holds both parts of the wording.
_READ = 30
# Places at which a wording is parted; one longer than that is found by its words.
_PARTINGS = 24
# Characters of the longest wording that is parted in three (崇老、爱老、护老); 36 ways.
_SHORT = 10


def with_other_signs(engine: Engine, query: Query, found: Matches) -> Query | None:
    """The query with the ways in which documents write its terms, found being what it finds itself; None for none."""
    terms = [term for term in clauses.positive_terms(query.clause) if _may_differ(term)]
    if not terms:
        return None
    parted = [replace(query, clause=_parted(term.text), sort="relevance", page=1, off=()) for term in terms]
    more = engine.find_each(parted, limit=_READ)
    ids = [match.id for matches in (found, *more) for match in matches.ranked[:_READ]]
    ways = dict.fromkeys(way for term in terms for way in _ways(engine, ids, term))
    return replace(query, signs=tuple(ways)) if ways else None


def _may_differ(term: Term) -> bool:
    return not term.quoted and len(signs.bare(term.text)) >= signs.SHORTEST


def _ways(engine: Engine, ids: Iterable[str], term: Term) -> Iterable[str]:
    for one in engine.fetch(list(dict.fromkeys(ids))).values():
        title, body = text.fold(one.document.metadata.title.value), text.fold(one.document.text)
        yield from signs.found_in(term.text, title)
        yield from signs.found_in(term.text, body)


def _parted(wording: str) -> Clause:
    """Both parts of the wording, wherever it is parted; of a short one also all three."""
    bare = signs.bare(wording)
    step = max(1, len(bare) // _PARTINGS)
    ways: list[tuple[str, ...]] = [(bare[:at], bare[at:]) for at in range(1, len(bare), step)]
    if len(bare) <= _SHORT:
        ways += [(bare[:a], bare[a:b], bare[b:]) for a, b in combinations(range(1, len(bare)), 2)]
    return AnyOf(tuple(AllOf(tuple(Term(one, one, quoted=True) for one in way)) for way in ways))
