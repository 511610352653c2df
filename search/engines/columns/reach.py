"""What no document can meet, told from the rarest strings and characters of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import accumulate, pairwise

from search.engines import FEW, Step
from search.engines.columns.arrays import Arrays
from search.engines.columns.pairs import Ranges
from search.engines.columns.postings import EMPTY, Numbers, intersection, met_in
from search.engines.columns.terms import TermCache, TermHits
from search.matching import widening
from search.query.clauses import AllOf, AnyOf, Clause, Term


def may_be_told(clause: Clause | None) -> bool:
    """Whether out_of_reach() has anything to go by in every way of meeting the clause."""
    if isinstance(clause, AnyOf):
        return all(may_be_told(part) for part in clause.parts)
    return isinstance(clause, AllOf) and len(_quoted(clause)) > 1


def out_of_reach(arrays: Arrays, kept: TermCache, clause: Clause | None, wide: Mapping[Term, widening.Widened]) -> bool:
    """True: no document meets the clause; False: some may.

    A wording is looked for in twenty ways of being parted (suggestions/signs.py), of which most are met nowhere. Where
    the rarest of their strings stand in no document together, the most frequent need not be looked up: 国 and 工业 of
    国防工业在哪里 cost twelve milliseconds of twenty in 20,000 documents.
    """
    if isinstance(clause, AnyOf):
        return all(out_of_reach(arrays, kept, part, wide) for part in clause.parts)
    if not isinstance(clause, AllOf):
        return False
    documents = None
    for _, term in sorted(((arrays.most(term.text), term) for term in _quoted(clause)), key=lambda one: one[0]):
        held = kept.get(wide[term], partial(TermHits, arrays, wide[term])).documents
        documents = held if documents is None else intersection(documents, held)
        if not len(documents):
            return True
    return False


def _quoted(clause: AllOf) -> list[Term]:
    """Of a single character every pair that begins with it would be counted, so it is left out."""
    return [part for part in clause.parts if isinstance(part, Term) and part.quoted and len(part.text) > 1]


# Places that are looked at by those below, and where there are more documents one for each of them: seldom a
# millisecond. Where no more than so many are left, to open their documents is cheaper.
_LOOKED_AT, _LEFT = 60_000, 4


def holding_in_order(arrays: Arrays, strings: Sequence[str], steps: Sequence[Step]) -> Numbers | None:
    """The documents that may have these strings in this order, ascending. None: they are many, or too many places would
    have to be looked at.

    steps: of each string but the first, how far behind the beginning of the one before it begins, at least and at most.
    """
    places = [arrays.places(string) for string in strings]
    return _near_the_rarest(arrays, places, steps, strings)


def holding_parted(arrays: Arrays, characters: str, step: Step, *, joined: bool) -> Numbers | None:
    """The same of characters between which nothing but signs stands.

    joined: also those that have them nowhere but joined, without anything between.
    """
    places = [arrays.places_before(char, behind) for char, behind in pairwise(characters)]
    steps = [step] * (len(characters) - 1)
    last = arrays.places(characters[-1])
    return _near_the_rarest(arrays, [*places, last], steps, characters, but="" if joined else characters)


def _near_the_rarest(
    arrays: Arrays, places: Sequence[Sequence[Ranges]], steps: Sequence[Step], strings: Sequence[str], but: str = ""
) -> Numbers | None:
    """From where the rarest of them begins, all others must begin that far before and behind it.

    but: what does not stand there.
    """
    least, most = ([0, *accumulate(step[end] for step in steps)] for end in (0, 1))
    ascending = sorted((sum(side.size for side in sides), at) for at, sides in enumerate(places))
    if not ascending[0][0]:
        return EMPTY
    budget, first = max(_LOOKED_AT, arrays.documents), ascending[0][1]
    standing: list[Numbers] = []
    for times, at in ascending:
        if budget < times or (standing and sum(map(len, standing)) <= _LEFT):
            break
        budget -= times
        begins = [side.begins() for side in places[at]]
        if not standing:
            standing = _without(arrays, but, begins, before=sum(map(len, strings[:at])))
            continue
        near, far = sorted((least[at] - least[first], most[at] - most[first]))
        standing = [
            one[others.searchsorted(one + near) < others.searchsorted(one + far, "right")]
            for one, others in zip(standing, begins, strict=True)
        ]
    found = arrays.documents_of_starts(standing) if standing else None
    return found if found is not None and len(found) <= FEW else None


def _without(arrays: Arrays, but: str, begins: list[Numbers], *, before: int) -> list[Numbers]:
    """The places but those that lie so many characters behind where a string begins."""
    if not but or sum(map(len, begins)) <= _LEFT:
        return begins
    whole = [side.begins() for side in arrays.places(but)]
    return [one[~met_in(there, one - before)[1]] for one, there in zip(begins, whole, strict=True)]
