"""Documents that have the wording of a query but for one character, or for a part of the figure at its end, looked for
where none has it as it was typed."""

from __future__ import annotations

from dataclasses import replace

from search import text
from search.engines import Engine
from search.matching import cut_figures, nearly
from search.query import clauses
from search.query.clauses import AllOf, AnyOf, Clause, Query, Term

# Documents that are read for it.
_READ = 30
# Terms that are looked for so: a query of more has other ways to find something.
_TERMS = 4


def nearly_as_typed(engine: Engine, query: Query) -> Query | None:
    """The query with the ways in which documents write its terms so; None where they have none."""
    long = [t for t in clauses.positive_terms(query.clause) if not t.quoted and len(t.text) >= nearly.SHORTEST]
    if not long:
        return None
    first = replace(query, sort="relevance", page=1, off=(), signs=())
    asked = [replace(first, clause=_halves(term.text)) for term in long[:_TERMS]]
    ids = dict.fromkeys(match.id for found in engine.find_each(asked, limit=_READ) for match in found.ranked)
    held = [one.document for one in engine.fetch(list(ids), whole=True).values()] if ids else []
    texts = [text.fold(part) for one in held for part in (one.metadata.title.value, one.text)]
    ways = dict.fromkeys(way for folded in texts for term in long for way in _ways(term.text, folded))
    return replace(query, signs=(*query.signs, *ways)) if ways else None


def _ways(wording: str, folded: str) -> tuple[str, ...]:
    return (*nearly.found_in(wording, folded), *cut_figures.found_in(wording, folded))


def _halves(wording: str) -> Clause:
    """One half of the wording as it is, and of the other its first or its last part: one character spoils no more."""
    half, whole = len(wording) // 2, len(wording)
    quarters = (half // 2, half + (whole - half) // 2)
    first = AnyOf((_string(wording[: quarters[0]]), _string(wording[quarters[0] : half])))
    second = AnyOf((_string(wording[half : quarters[1]]), _string(wording[quarters[1] :])))
    return AnyOf((AllOf((_string(wording[:half]), second)), AllOf((first, _string(wording[half:])))))


def _string(characters: str) -> Term:
    return Term(characters, characters, quoted=True)
