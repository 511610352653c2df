"""Documents that have the wording of a query but for one character, or for a part of the figure at its end, looked for
where none has it as it was typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from search import text
from search.engines import FEW, Engine
from search.matching import cut_figures, nearly
from search.query import clauses
from search.query.clauses import AllOf, AnyOf, Clause, Query, Term

# Documents that are read for it.
_READ = FEW
# Terms that are looked for so: a query of more has other ways to find something.
_TERMS = 4


def nearly_as_typed(engine: Engine, query: Query) -> Query | None:
    """The query with the ways in which documents write its terms so; None where they have none."""
    long = [t for t in clauses.positive_terms(query.clause) if not t.quoted and len(t.text) >= nearly.SHORTEST]
    if not long or _nowhere(engine, long):
        return None
    first = replace(query, sort="relevance", page=1, off=(), signs=())
    asked = [replace(first, clause=_halves(term.text)) for term in long[:_TERMS]]
    ids = dict.fromkeys(id for found in engine.first(asked, limit=_READ) for id in found)
    ways = dict.fromkeys(_ways(engine, list(ids), long))
    return replace(query, signs=(*query.signs, *ways)) if ways else None


def _nowhere(engine: Engine, terms: Sequence[Term]) -> bool:
    """Whether the few documents that have a half of a wording beside a quarter, where they are known, have none of the
    wordings but for one character."""
    ids = dict[str, None]()
    for term in terms:
        half, (first, second) = len(term.text) // 2, _quarters(term.text)
        whole = term.text
        for strings, step in (
            ((whole[:half], whole[half:second]), (half, half)),
            ((whole[:half], whole[second:]), (second - 1, second + 1)),
            ((whole[first:half], whole[half:]), (half - first, half - first)),
            ((whole[:first], whole[half:]), (half - 1, half + 1)),
        ):
            held = engine.holding_in_order(strings, [step])
            ids |= dict.fromkeys(held or ())
            if held is None or len(ids) > FEW:
                return False
    return not any(_ways(engine, list(ids), terms))


def _ways(engine: Engine, ids: Sequence[str], terms: Sequence[Term]) -> Iterator[str]:
    for one in engine.fetch(ids, whole=True).values() if ids else ():
        for folded in (text.fold(one.document.metadata.title.value), text.fold(one.document.text)):
            for term in terms:
                yield from nearly.found_in(term.text, folded)
                yield from cut_figures.found_in(term.text, folded)


def _halves(wording: str) -> Clause:
    """One half of the wording as it is, and of the other its first or its last part: one character spoils no more."""
    half, quarters = len(wording) // 2, _quarters(wording)
    first = AnyOf((_string(wording[: quarters[0]]), _string(wording[quarters[0] : half])))
    second = AnyOf((_string(wording[half : quarters[1]]), _string(wording[quarters[1] :])))
    return AnyOf((AllOf((_string(wording[:half]), second)), AllOf((first, _string(wording[half:])))))


def _quarters(wording: str) -> tuple[int, int]:
    """Where the second parts of both halves begin."""
    half = len(wording) // 2
    return half // 2, half + (len(wording) - half) // 2


def _string(characters: str) -> Term:
    return Term(characters, characters, quoted=True)
