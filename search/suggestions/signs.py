"""Documents that have the wording of a query with other signs in it, looked for where none has it as it was typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import isqrt

from search import text
from search.engines import FEW, Engine
from search.matching import signs
from search.query import clauses
from search.query.clauses import AllOf, AnyOf, Clause, Query, Term

# Documents that are read for it, of what was found by words and of what holds both parts of the wording.
_READ = FEW
# Places at which a wording is parted; one longer than that is found by its words.
_PARTINGS = 24
# Characters by which documents are told that may have a wording.
_BEGINNING = 40
# Characters of the longest wording that is parted in three (崇老、爱老、护老); 36 ways.
_SHORT = 10


def with_other_signs(engine: Engine, query: Query, *, any_found: bool) -> Query | None:
    """The query with the ways in which documents write its terms; None where they have none.

    any_found: whether the query finds anything itself, only in another way; else nobody has to look at that again.
    """
    terms = [term for term in clauses.positive_terms(query.clause) if _may_differ(term)]
    if not terms or _nowhere(engine, terms):
        return None
    first = replace(query, sort="relevance", page=1)
    strings = replace(first, raw="", text="", off=())  # a question is met in part, too, which is not what is looked for
    parted = [replace(strings, clause=clause) for clause in _parted(engine, strings, terms)]
    if not (asked := [first, *parted] if any_found else parted):
        return None
    ids = dict.fromkeys(id for found in engine.first(asked, limit=_READ) for id in found)
    ways = dict.fromkeys(_ways(engine, list(ids), terms)) if ids else {}
    return replace(query, signs=tuple(ways)) if ways else None


def _nowhere(engine: Engine, terms: Sequence[Term]) -> bool:
    """Whether the few documents that have all characters of a wording near each other, where they are known, have it
    with no other signs. Of most questions in words of everyday nothing else has to be looked for then: 60 of them with
    rare words took 12.6 ms each in 20,000 documents, 4.9 of them for this."""
    ids = dict[str, None]()
    for term in terms:
        held = _held_near(engine, term.text)
        ids |= dict.fromkeys(held or ())
        if held is None or len(ids) > FEW:
            return False
    return not any(_ways(engine, list(ids), terms))


def _held_near(engine: Engine, wording: str) -> tuple[str, ...] | None:
    """The documents that may have it with other signs; joined it is another writing of one that has signs itself."""
    bare = signs.bare(wording)
    # Where a long one begins joined, signs may come later.
    joined = bare != wording or len(bare) > _BEGINNING
    return engine.holding_parted(bare[:_BEGINNING], signs.APART, joined=joined)


def _may_differ(term: Term) -> bool:
    return not term.quoted and len(signs.bare(term.text)) >= signs.SHORTEST


def _ways(engine: Engine, ids: Sequence[str], terms: Sequence[Term]) -> Iterator[str]:
    for one in engine.fetch(ids, whole=True).values():
        for folded in (text.fold(one.document.metadata.title.value), text.fold(one.document.text)):
            for term in terms:
                yield from signs.found_in(term.text, folded)


def _parted(engine: Engine, query: Query, terms: Sequence[Term]) -> list[Clause]:
    """Both parts of each wording, wherever it may be parted; of a short one also all three. Not where no document has
    how it begins or ends then: mostly one word of a question stands nowhere, and there is nothing to look for. Nor
    where a part has two characters that stand nowhere beside each other."""
    wordings = [signs.bare(term.text) for term in terms]
    steps = [max(1, len(bare) // _PARTINGS) for bare in wordings]
    begins = [[bare[:at] for at in range(1, len(bare), step)] for bare, step in zip(wordings, steps, strict=True)]
    ends = [[bare[at:] for at in range(1, len(bare), step)][::-1] for bare, step in zip(wordings, steps, strict=True)]
    pairs = {bare[at : at + 2] for bare in wordings if len(bare) <= _SHORT for at in range(1, len(bare) - 2)}
    held, lacking = _held(engine, query, [*begins, *ends], sorted(pairs))
    found: list[Clause] = []
    for bare, step, first, last in zip(wordings, steps, held[: len(terms)], held[len(terms) :], strict=True):
        places = range(1, len(bare), step)
        opening, closing = places[:first], places[len(places) - last :]
        ways: list[tuple[str, ...]] = [(bare[:at], bare[at:]) for at in opening if at in closing]
        if len(bare) <= _SHORT:
            inner = ((a, b) for a in opening for b in closing if a < b)
            ways += [
                (bare[:a], bare[a:b], bare[b:])
                for a, b in inner
                if not any(bare[at : at + 2] in lacking for at in range(a, b - 1))
            ]
        if ways:
            found.append(AnyOf(tuple(AllOf(tuple(map(_quoted, way))) for way in ways)))
    return found


def _quoted(string: str) -> Term:
    return Term(string, string, quoted=True)


def _held(
    engine: Engine, query: Query, chains: Sequence[Sequence[str]], others: Sequence[str]
) -> tuple[list[int], set[str]]:
    """Of each chain of strings, each of which is part of the next, how many some document holds; and those of the
    others that none holds. All are looked for together, in steps of the root of a chain's length and then one by one:
    in a cluster each round is a trip."""
    low, high = [0] * len(chains), [*map(len, chains)]
    lacking, rest = set[str](), others
    while asked := [*_between(low, high)]:
        strings = [*(chains[which][number - 1] for which, number in asked), *rest]
        counts = engine.count([replace(query, clause=_quoted(one)) for one in strings])
        for (which, number), count in zip(asked, counts, strict=False):
            if count:
                low[which] = max(low[which], number)
            else:
                high[which] = min(high[which], number - 1)
        lacking |= {one for one, count in zip(rest, counts[len(asked) :], strict=True) if not count}
        rest = ()
    return low, lacking


def _between(low: Sequence[int], high: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(which, number) of what is looked for next, where so many at least and at most are there."""
    for which, (least, most) in enumerate(zip(low, high, strict=True)):
        step = max(1, isqrt(most - least))
        yield from ((which, number) for number in range(least + step, most + 1, step))
