"""Whether any document can meet what is quoted together in a query, told from its rarest strings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from search.engines.columns.arrays import Arrays
from search.engines.columns.postings import intersection
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
