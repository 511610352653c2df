"""Questions answered on arrays: the same documents, scores and order as matching/evaluation.py, many times faster.

evaluation.py says what each step means; here sets of documents are masks and scores are computed for all at once. Both
do the same arithmetic in the same order, so the scores are equal to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np

from search.engines import Entry, Step
from search.engines.columns.arrays import Arrays
from search.engines.columns.catalogue import catalogue
from search.engines.columns.files import Columns
from search.engines.columns.passages import NO_PARTIAL, Partial, gathered, met_in_part
from search.engines.columns.postings import Mask, Numbers
from search.engines.columns.reach import holding_in_order, holding_parted, may_be_told, out_of_reach
from search.engines.columns.scored import Scored, called, repeated
from search.engines.columns.terms import NONE, TermCache, TermHits, Tiers, term_cache
from search.engines.columns.tiers import Hits, tiers_of, unwanted
from search.matching import loosening, widening
from search.matching.gathering import Gathering
from search.matching.matches import CROSSED, PARTIAL, SYNONYM, Matches
from search.query.clauses import Clause, Filter, Query, Term, excluded_terms, others_than, positive_terms, quoted_in_all


class ColumnIndex:
    """The columns of all segments of an index, each with the numbers of its documents that are deleted."""

    def __init__(self, segments: Sequence[tuple[Columns, Sequence[int]]]) -> None:
        self._arrays = Arrays(segments)
        self._kept = term_cache(self._arrays.documents)

    def find(self, query: Query, *, limit: int, offset: int) -> Matches:
        return find(self._arrays, self._kept, query, limit=limit, offset=offset)

    def find_each(self, queries: Sequence[Query], *, limit: int) -> list[Matches]:
        each = _met_each(self._arrays, self._kept, queries)
        return [_answered(self._arrays, query, met, limit=limit, offset=0, has_facets=False) for query, met in each]

    def first(self, queries: Sequence[Query], *, limit: int) -> list[list[str]]:
        each = _met_each(self._arrays, self._kept, queries)
        return [_first(self._arrays, query, met, limit=limit) for query, met in each]

    def count(self, query: Query) -> int:
        return count(self._arrays, self._kept, query)

    def catalogue(self) -> dict[str, Entry]:
        return catalogue(self._arrays)

    def number(self, document_id: str) -> int | None:
        """Of a document that is not deleted, its number in the index."""
        return self._arrays.number(document_id)

    def edges(self, number: int) -> tuple[bytes, bytes]:
        """text.cuts() of its title and body."""
        return self._arrays.edges(number)

    def gather(self, ids: Sequence[str], weights: Mapping[str, float]) -> dict[str, Gathering]:
        """gathering.gathered() of several documents, from where the strings stand: mostly they were just asked for."""
        numbers = {number: id for id in ids if (number := self.number(id)) is not None}
        asked = [widening.Widened((text,)) for text in weights]
        stand = [self._kept.get(one, partial(TermHits, self._arrays, one)).places["literal"].body for one in asked]
        found = gathered(self._arrays, np.array(sorted(numbers), np.int64), weights, stand)
        return {numbers[number]: one for number, one in found.items()}

    def holding_in_order(self, strings: Sequence[str], steps: Sequence[Step]) -> tuple[str, ...] | None:
        """The documents that may have some folded strings in this order, where they are few and soon told."""
        return self._names(holding_in_order(self._arrays, strings, steps))

    def holding_parted(self, characters: str, step: Step, *, joined: bool) -> tuple[str, ...] | None:
        """The same of folded characters between which nothing but signs stands."""
        return self._names(holding_parted(self._arrays, characters, step, joined=joined))

    def _names(self, documents: Numbers | None) -> tuple[str, ...] | None:
        names = None if documents is None else self._arrays.names[documents].tolist()
        return None if names is None else tuple(name.decode("ascii") for name in names)


def find(arrays: Arrays, kept: TermCache, query: Query, *, limit: int, offset: int) -> Matches:
    """Tiers, scores, totals, facets and order of a query."""
    return _answered(arrays, query, _met(arrays, kept, query), limit=limit, offset=offset, has_facets=True)


def _answered(arrays: Arrays, query: Query, met: _Met, *, limit: int, offset: int, has_facets: bool) -> Matches:
    chosen = _filtered(arrays, query.filters)
    listed = met.tiers < NONE
    documents = _documents(query.clause, met, listed & chosen)
    facets = _facets(arrays, listed, documents, query.filters) if has_facets else {}
    left_out = int(np.count_nonzero(met.crossed & chosen & ~listed))
    if not len(documents):
        return Matches(documents=0, folded=0, occurrences=0, ranked=(), facets=facets, tiers={}, left_out=left_out)
    scored = Scored(arrays, query.clause, met.found, documents, met.tiers, met.partly, met.wide)
    shown, folded = _page(arrays, query, scored, documents, met.tiers, limit=limit, offset=offset)
    of_each = scored.tiers()
    return Matches(
        documents=len(documents),
        folded=folded,
        occurrences=sum(tier.occurrences for tier in of_each.values()),
        ranked=tuple(scored.matches(shown)),
        facets=facets,
        tiers=of_each,
        left_out=left_out,
    )


def _first(arrays: Arrays, query: Query, met: _Met, *, limit: int) -> list[str]:
    """The ids of find().ranked: nothing is counted, and nothing is said of how each was met."""
    documents = _documents(query.clause, met, (met.tiers < NONE) & _filtered(arrays, query.filters))
    if not len(documents):
        return []
    scored = Scored(arrays, query.clause, met.found, documents, met.tiers, met.partly, met.wide)
    return scored.names(_page(arrays, query, scored, documents, met.tiers, limit=limit, offset=0)[0])


def _page(
    arrays: Arrays, query: Query, scored: Scored, documents: Numbers, tiers: Tiers, *, limit: int, offset: int
) -> tuple[list[int], int]:
    """The places of the cards of a page among the documents, and how many are folded away of all."""
    groups = arrays.groups[documents]
    listed_so = np.flatnonzero(called(tiers[documents], [query.way])) if query.way else None
    folded = repeated(groups if listed_so is None else groups[listed_so])
    return scored.page(query, groups, folded, within=listed_so, limit=limit, offset=offset), folded


def _documents(clause: Clause | None, met: _Met, mask: Mask) -> Numbers:
    """The documents of a mask, ascending. Of a single word those that hold it are known, and looking through all of
    them takes a twelfth of its time in a million passages."""
    if not isinstance(clause, Term) or len(met.partly.documents):
        return mask.nonzero()[0]
    held = met.found[clause].documents
    kept = mask[held]
    return held if np.count_nonzero(kept) == len(held) else held[kept]


def count(arrays: Arrays, kept: TermCache, query: Query) -> int:
    """find().documents: nothing is scored, ordered or counted by value."""
    if isinstance(query.clause, Term) and query.clause.quoted and not query.filters and not _may_be_met_in_part(query):
        (one,) = _wide(query).values()  # is met by itself alone
        return int(np.count_nonzero(arrays.live[kept.get(one, partial(TermHits, arrays, one)).documents]))
    return int(np.count_nonzero((_met(arrays, kept, query).tiers < NONE) & _filtered(arrays, query.filters)))


def _may_be_met_in_part(query: Query) -> bool:
    return loosening.loosened(query, found=0, met=0) is not None


def _wide(query: Query) -> dict[Term, widening.Widened]:
    terms = (*positive_terms(query.clause), *excluded_terms(query.clause))
    return {term: widening.widened(term, query) for term in terms}


class _Met(NamedTuple):
    """What a query asks for and what there is of it, filters aside: each term with what stands for it, what is found of
    it, the tier of each document, what is met in part, and which documents hold the characters only across words."""

    wide: Mapping[Term, widening.Widened]
    found: Hits
    tiers: Tiers
    partly: Partial
    crossed: Mask


def _met(arrays: Arrays, kept: TermCache, query: Query) -> _Met:
    wide = _wide(query)
    told = may_be_told(query.clause) and not _may_be_met_in_part(query)
    if told and out_of_reach(arrays, kept, query.clause, wide):
        nothing = np.full(arrays.documents, NONE, np.int8), NO_PARTIAL, np.zeros(arrays.documents, np.bool_)
        return _Met(wide, {}, *nothing)
    found = {term: kept.get(one, partial(TermHits, arrays, one)) for term, one in wide.items()}
    tiers = tiers_of(arrays, query.clause, found)
    crossed = tiers == CROSSED
    if (tiers < CROSSED).any():
        tiers[crossed] = NONE
    partly = _partial(arrays, query, found, tiers)
    tiers[partly.documents] = PARTIAL
    return _Met(wide, found, tiers, partly, crossed)


def _met_each(arrays: Arrays, kept: TermCache, queries: Sequence[Query]) -> Iterator[tuple[Query, _Met]]:
    """Each query with what it meets; of queries that differ from the one before in their filters alone, as those for
    twenty regions do, that is looked for once."""
    before, met = None, None
    for query in queries:
        unfiltered = replace(query, filters=())
        if met is None or unfiltered != before:
            before, met = unfiltered, _met(arrays, kept, query)
        yield query, met


def _partial(arrays: Arrays, query: Query, found: Hits, tiers: Tiers) -> Partial:
    """What lies beyond the tiers and holds enough of the content words of the query."""
    listed = tiers < NONE
    loose = loosening.loosened(query, found=np.count_nonzero(listed), met=np.count_nonzero(tiers <= SYNONYM))
    if not loose:
        return NO_PARTIAL
    barred = listed | unwanted(arrays, query.clause, found)
    # What is quoted has to be there, but where nothing fits the query.
    for term in quoted_in_all(query.clause) if listed.any() else ():
        lacking = arrays.live.copy()
        lacking[found[term].documents] = False
        barred |= lacking
    return met_in_part(arrays, loose, barred)


def _filtered(arrays: Arrays, filters: Sequence[Filter]) -> Mask:
    """Every field chosen must fit, by any one of its chosen values, and by none of those excluded."""
    kept = arrays.live
    for field, excluded in {(item.field, item.excluded) for item in filters}:
        alike = [one for one in filters if (one.field, one.excluded) == (field, excluded)]
        having = arrays.dated(alike) if field == "date" else arrays.facets.having(alike)
        kept = kept & (~having if excluded else having)
    return kept


def _facets(
    arrays: Arrays, listed: Mask, documents: Numbers, filters: Sequence[Filter]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Counts a field under all filters but those that choose its values, most frequent first, zeros left out.

    listed: what was found without filters; documents: with all of them.
    """
    counts = arrays.facets.counts(documents)
    for field in counts:
        if len(others := others_than(filters, field)) < len(filters):
            counts[field] = arrays.facets.count(field, (listed & _filtered(arrays, others)).nonzero()[0])
    return counts
