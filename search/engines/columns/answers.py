"""Questions answered on arrays: the same documents, scores and order as matching/evaluation.py, many times faster.

evaluation.py says what each step means; here sets of documents are masks and scores are computed for all at once. Both
do the same arithmetic in the same order, so the scores are equal to the last bit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import combinations

import numpy as np
import numpy.typing as npt

from search.engines import Entry
from search.engines.columns.arrays import Arrays
from search.engines.columns.catalogue import catalogue
from search.engines.columns.files import Columns
from search.engines.columns.passages import NO_PARTIAL, Occurrences, Partial, best_passages, met_in_part
from search.engines.columns.postings import (
    NOWHERE,
    Mask,
    Numbers,
    disjoint_spans,
    intersection,
    met_in,
    places_in,
    union,
)
from search.engines.columns.terms import NONE, KindCounts, TermCache, TermHits, Tiers
from search.matching import loosening, scoring, widening
from search.matching.gathering import NOTHING, Gathering
from search.matching.matches import (
    CROSSED,
    EXACT,
    MATCHES,
    PARTIAL,
    SAME,
    SCRAPS,
    SYNONYM,
    BestPassage,
    Match,
    Matches,
    Reason,
    Tier,
)
from search.matching.postings import Unit
from search.query.clauses import (
    AllOf,
    AnyOf,
    Clause,
    Filter,
    InTitle,
    Near,
    Query,
    Term,
    Without,
    as_typed,
    excluded_terms,
    positive_terms,
)

# Of so many places all are put in order; of more, the first are picked out before.
_FEW = 256

Hits = Mapping[Term, TermHits]


class ColumnIndex:
    """The columns of all segments of an index, each with the numbers of its documents that are deleted."""

    def __init__(self, segments: Sequence[tuple[Columns, Sequence[int]]]) -> None:
        self._arrays = Arrays(segments)
        self._kept = TermCache(self._arrays.documents)

    def find(self, query: Query, *, limit: int, offset: int) -> Matches:
        return find(self._arrays, self._kept, query, limit=limit, offset=offset)

    def catalogue(self) -> dict[str, Entry]:
        return catalogue(self._arrays)

    def number(self, document_id: str) -> int | None:
        """Of a document that is not deleted, its number in the index."""
        return self._arrays.number(document_id)

    def edges(self, number: int) -> tuple[bytes, bytes]:
        """text.cuts() of its title and body."""
        return self._arrays.edges(number)

    def gather(self, ids: Sequence[str], weights: Mapping[str, float]) -> dict[str, Gathering]:
        """gathering.gathered() of several documents, from where the strings stand."""
        numbers = {number: id for id in ids if (number := self.number(id)) is not None}
        named = list(weights)
        words: dict[int, list[str]] = {}
        for passage, at in self._arrays.passages_with(named, np.array(sorted(numbers), np.int64)):
            words.setdefault(passage, []).append(named[at])
        best: dict[str, Gathering] = {}
        for passage in words:
            document = int(self._arrays.document_of[passage])
            weight = sum(weights[word] for word in words[passage])
            if weight > best.get(numbers[document], NOTHING).weight:
                number = passage - int(self._arrays.titles[document])
                best[numbers[document]] = Gathering(number, tuple(words[passage]), weight)
        return best


def find(arrays: Arrays, kept: TermCache, query: Query, *, limit: int, offset: int) -> Matches:
    """Tiers, scores, totals, facets and order of a query."""
    terms = positive_terms(query.clause)
    wide = {term: widening.widened(term, query) for term in (*terms, *excluded_terms(query.clause))}
    found = {term: kept.look(arrays, one) for term, one in wide.items()}
    tiers = _tiers(arrays, query.clause, found)
    crossed = tiers == CROSSED
    if (tiers < CROSSED).any():
        tiers[crossed] = NONE
    partly = _partial(arrays, query, found, tiers)
    tiers[partly.documents] = PARTIAL
    chosen = _filtered(arrays, query.filters)
    listed = tiers < NONE
    documents = (listed & chosen).nonzero()[0]
    groups = arrays.groups[documents]
    folded = repeated(groups)
    asked = {term: found[term] for term in terms}
    scored = _Scored(arrays, asked, documents, tiers, partly, may_overlap=_overlapping([wide[term] for term in terms]))
    shown = scored.page(query, groups, folded, limit=limit, offset=offset)
    of_each = scored.tiers()
    return Matches(
        documents=len(documents),
        folded=folded,
        occurrences=sum(tier.occurrences for tier in of_each.values()),
        ranked=tuple(scored.matches(shown)),
        facets=_facets(arrays, listed, documents, query.filters),
        tiers=of_each,
        left_out=int((crossed & chosen & ~listed).sum()),
    )


# --- which documents, and how well they fit ------------------------------------------------------------


def _tiers(arrays: Arrays, clause: Clause | None, found: Hits) -> Tiers:
    """Of each document the strictest tier it fits; a query without a clause fits everything exactly."""
    if clause is None:
        return np.where(arrays.live, EXACT, NONE).astype(np.int8)
    tiers = _levels(arrays, clause, found)
    same = (tiers == SAME).nonzero()[0]
    inside = _in_one_passage(arrays, clause, found, same)
    tiers[same if inside is None else inside] = EXACT
    return tiers


def _levels(arrays: Arrays, clause: Clause, found: Hits, *, title_only: bool = False) -> Tiers:
    """Of each document the strictest tier as which it fits a clause, SAME or looser; NONE where it does not.

    All parts fit as well as the one that fits worst, any part as the one that fits best.
    """
    if isinstance(clause, AllOf | AnyOf):
        parts = [_levels(arrays, part, found, title_only=title_only) for part in clause.parts]
        levels: Tiers = reduce(np.maximum if isinstance(clause, AllOf) else np.minimum, parts)
        return levels
    if isinstance(clause, InTitle):
        return _levels(arrays, clause.part, found, title_only=True)
    if isinstance(clause, Without):
        unwanted = _levels(arrays, as_typed(clause.part), found, title_only=title_only) <= SAME
        return np.where(arrays.live & ~unwanted, SAME, NONE).astype(np.int8)
    if isinstance(clause, Near):
        near = _levels(arrays, clause.part, found, title_only=title_only) <= SAME
        units = _units_of(arrays, clause.part, found, clause.unit, near.nonzero()[0])
        if units is not None:
            near &= _mask(arrays, arrays.documents_of(units, clause.unit))
        return np.where(near, SAME, NONE).astype(np.int8)
    levels = np.full(arrays.documents, NONE, np.int8)
    one = found[clause]
    documents, held = one.title_levels() if title_only else (one.documents, one.levels)
    levels[documents] = held
    return levels


def _mask(arrays: Arrays, documents: Numbers) -> Mask:
    mask = np.zeros(arrays.documents, np.bool_)
    mask[documents] = True
    return mask


def _in_one_passage(arrays: Arrays, clause: Clause, found: Hits, documents: Numbers) -> Numbers | None:
    """Those of some documents that fit a clause of which one passage, or the title, holds the whole of it literally;
    None is all of them."""
    if not isinstance(clause, AllOf | AnyOf):
        return None
    narrow = [part for part in clause.parts if not isinstance(part, Without | Near | InTitle)]
    if isinstance(clause, AnyOf) and (len(narrow) < len(clause.parts) or all(isinstance(one, Term) for one in narrow)):
        return None
    if len(narrow) < 2:
        return _in_one_passage(arrays, narrow[0], found, documents) if narrow else None
    units = _units_of(arrays, clause, found, "passage", documents)
    return None if units is None else arrays.documents_of(units, "passage")


def _units_of(arrays: Arrays, clause: Clause, found: Hits, unit: Unit, documents: Numbers) -> Numbers | None:
    """The units of some documents that fit a clause literally, ascending; None is every unit, for what is the whole
    document's."""
    if isinstance(clause, Term):
        return arrays.units(found[clause].places["literal"].within(documents), unit)
    if isinstance(clause, Without | Near | InTitle):
        return None
    parts = [_units_of(arrays, part, found, unit, documents) for part in clause.parts]
    narrow = [part for part in parts if part is not None]
    if isinstance(clause, AnyOf):
        return union(narrow) if len(narrow) == len(parts) else None
    return reduce(intersection, narrow) if narrow else None


def _partial(arrays: Arrays, query: Query, found: Hits, tiers: Tiers) -> Partial:
    """What lies beyond the tiers and holds enough of the content words of the query."""
    listed = tiers < NONE
    loose = loosening.loosened(query, found=np.count_nonzero(listed), met=np.count_nonzero(tiers <= SYNONYM))
    return met_in_part(arrays, loose, listed | _unwanted(arrays, query.clause, found)) if loose else NO_PARTIAL


def _unwanted(arrays: Arrays, clause: Clause | None, found: Hits) -> Mask:
    """The documents that any exclusion of the query, at any depth, names."""
    if isinstance(clause, Without):
        return _levels(arrays, as_typed(clause.part), found) <= SAME
    mask = np.zeros(arrays.documents, np.bool_)
    for part in clause.parts if isinstance(clause, AllOf | AnyOf) else ():
        mask |= _unwanted(arrays, part, found)
    return mask


# --- scores and order ----------------------------------------------------------------------------------


def _overlapping(terms: Sequence[widening.Widened]) -> bool:
    """Whether an occurrence of one term may overlap one of another term.

    They can only where a string of one ends as a string of the other begins, or holds it whole.
    """
    strings = [[one for held, _ in term.strings.values() for one in held] for term in terms]
    letters = [set("".join(held)) for held in strings]
    return any(
        not letters[one].isdisjoint(letters[other])
        and any(_may_overlap(a, b) for a in strings[one] for b in strings[other])
        for one, other in combinations(range(len(terms)), 2)
    )


def _may_overlap(one: str, other: str) -> bool:
    if one in other or other in one:
        return True
    shorter = min(len(one), len(other))
    return any(one.endswith(other[:n]) or other.endswith(one[:n]) for n in range(1, shorter))


class _Scored:
    """The documents found, ascending, with what each scores."""

    def __init__(
        self, arrays: Arrays, found: Hits, documents: Numbers, tiers: Tiers, partial: Partial, *, may_overlap: bool
    ) -> None:
        """tiers: of all documents; may_overlap: whether places of different terms can."""
        self._arrays, self._documents, self._partial = arrays, documents, partial
        self._tiers = tiers[documents]
        limits = np.maximum(tiers, SAME)
        limits[partial.documents] = -1  # there no term counts
        scores = np.zeros(arrays.documents)
        # Each term with the documents (among its own) in which it counts.
        self._terms = [(term, one, one.levels <= limits[one.documents]) for term, one in found.items()]
        for _, one, good in self._terms:
            for kind in one.kinds:
                scores[one.documents] += kind.points * good
        scores[partial.documents] = partial.scores
        self._scores = scores[documents]
        self._overlaps = self._overlapping() if may_overlap else {}
        counting = ((self._scores > 0) & (self._tiers != PARTIAL)).nonzero()[0]
        self._all_count = len(counting) == len(documents)
        self._candidates = self._best_first(counting, scoring.CANDIDATES)[: scoring.CANDIDATES]
        self._best = self._with_passages(np.sort(self._candidates))

    def tiers(self) -> dict[str, Tier]:
        """How many documents there are of each kind, and stretches of their bodies that are shown."""
        tier_of = np.full(self._arrays.documents, NONE, np.int8)
        tier_of[self._documents] = self._tiers
        times = np.zeros(NONE + 1)
        for _, one, good in self._terms:
            of = tier_of[one.documents]
            for kind in one.kinds:
                times += np.bincount(of, kind.shown * good, NONE + 1)
        for document, more in self._overlaps.items():
            times[tier_of[document]] -= more
        documents = np.bincount(self._tiers, minlength=NONE).tolist()
        return {
            kind: Tier(count, int(shown))
            for kind, count, shown in zip(MATCHES, documents, times, strict=False)
            if count
        }

    def _overlapping(self) -> dict[int, int]:
        """document -> occurrences that were counted twice because two terms overlap there."""
        terms = np.zeros(self._arrays.documents, np.int64)
        shown = np.zeros(self._arrays.documents, np.int64)
        for _, one, good in self._terms:
            for kind in one.kinds:
                terms[one.documents] += (kind.shown > 0) & good
                shown[one.documents] += kind.shown * good
        documents = self._documents[terms[self._documents] > 1]
        mask = _mask(self._arrays, documents)
        places = [
            one.places[kind.name].body.within(one.documents[(kind.shown > 0) & good & mask[one.documents]]).stretches
            for _, one, good in self._terms
            for kind in one.kinds
        ]
        apart = disjoint_spans(*map(np.concatenate, zip(NOWHERE.stretches, *places, strict=True)))
        more = shown[documents] - apart.times_in(documents)
        return dict(zip(documents[more > 0].tolist(), more[more > 0].tolist(), strict=True))

    def _with_passages(self, candidates: Numbers) -> dict[int, BestPassage]:
        """Adds to some of the documents what their best passage says; place -> that."""
        documents = self._documents[candidates]
        standing = [held for _, one, good in self._terms if (held := _standing(one, good, documents))]
        if not standing:
            return {}
        best = best_passages(self._arrays, documents, standing)
        self._scores[candidates] += [one.points for one in best]
        return dict(zip(candidates.tolist(), best, strict=True))

    def _best_first(self, places: Numbers, wanted: int, *before: npt.NDArray[np.generic]) -> Numbers:
        """At least the first wanted of these places, in order: by the keys before, tier and score; what is equal in
        the order of the ids."""
        keys = [key[places] for key in (*before, self._tiers, -self._scores)]
        first = _first(keys, wanted) if len(places) > _FEW else np.arange(len(places))
        names = self._arrays.name_order[self._documents[places[first]]]
        order: Numbers = places[first[np.lexsort((names, *(key[first] for key in keys[::-1])))]]
        return order

    def page(self, query: Query, groups: Numbers, folded: int, *, limit: int, offset: int) -> list[int]:
        """The places (in the documents found) of the cards of a page: by tier and score, or by date with the
        undated last and scraps behind the rest; what is equal in the order of the ids, near-duplicates left out."""
        wanted = offset + limit + folded
        everything = np.arange(len(self._documents))
        if query.sort != "relevance" or query.clause is None:
            dates = self._arrays.dates[self._documents]
            undated = len(self._arrays.dates)
            by_date = np.where(dates < 0, undated, dates if query.sort == "oldest" else -dates)
            scraps = np.isin(self._tiers, [MATCHES.index(kind) for kind in SCRAPS])
            order = self._best_first(everything, wanted, scraps, by_date)
        else:
            # What a best passage adds makes no later document an earlier one than the candidates.
            first = self._candidates if self._all_count and wanted <= len(self._candidates) else everything
            order = self._best_first(first, wanted)
        if folded:
            grouped = groups[order]
            _, earliest = np.unique(grouped, return_index=True)
            cards = grouped < 0
            cards[earliest] = True
            order = order[cards]
        shown: list[int] = order[offset : offset + limit].tolist()
        return shown

    def matches(self, places: Sequence[int]) -> list[Match]:
        documents = self._documents[places]
        reasons: list[list[Reason]] = [[] for _ in places]
        shown = [-self._overlaps.get(document, 0) for document in documents.tolist()]
        for term, one, good in self._terms:
            rows, met = met_in(one.documents, documents)
            for at, row in zip(met.nonzero()[0].tolist(), rows[met].tolist(), strict=True):
                if good[row]:
                    counting = [kind for kind in one.kinds if kind.counts[row]]
                    reasons[at] += [_reason(term, one, kind, row) for kind in counting]
                    shown[at] += sum(int(kind.shown[row]) for kind in counting)
        names = self._arrays.names[documents].tolist()
        return [
            Match(
                name.decode("ascii"),
                MATCHES[self._tiers[place]],
                float(self._scores[place]),
                occurrences,
                tuple(why),
                self._best.get(place),
            )
            for name, place, occurrences, why in zip(names, places, shown, reasons, strict=True)
        ]


def _standing(one: TermHits, good: Mask, documents: Numbers) -> list[Occurrences]:
    """Where a term counts in some documents (ascending), by kind; good: in which of its own it counts at all."""
    rows = places_in(one.documents, documents)
    rows = rows[good[rows]]
    counting = [(kind, one.documents[rows[kind.counts[rows]]]) for kind in one.kinds]
    return [
        Occurrences(kind.name, one.rarity, one.places[kind.name].within(held)) for kind, held in counting if len(held)
    ]


def _reason(term: Term, one: TermHits, kind: KindCounts, row: int) -> Reason:
    title, body, points = int(kind.title[row]), int(kind.body[row]), float(kind.points[row])
    return Reason(term.shown, kind.name, title, body, one.rarity, points)


def _first(keys: Sequence[npt.NDArray[np.generic]], wanted: int) -> Numbers:
    """The places of at least as many of the smallest items as wanted (all equals of the last among them), unordered;
    the keys in the order in which they decide."""
    places = np.arange(len(keys[0]))
    certain = []
    for key in keys:
        if len(places) <= wanted or wanted <= 0:
            break
        values = key[places]
        edge = np.partition(values, wanted - 1)[wanted - 1]
        certain.append(places[values < edge])
        wanted -= len(certain[-1])
        places = places[values == edge]
    return np.concatenate((*certain, places))


def repeated(groups: Numbers) -> int:
    """How many documents have another one of their group among them before them."""
    grouped = groups[groups >= 0]
    return len(grouped) - len(np.unique(grouped)) if len(grouped) else 0


# --- filters and facets --------------------------------------------------------------------------------


def _filtered(arrays: Arrays, filters: Sequence[Filter]) -> Mask:
    """Every field chosen must fit, by any one of its chosen values, and by none of those excluded."""
    kept = arrays.live
    for field, excluded in {(item.field, item.excluded) for item in filters}:
        alike = [one for one in filters if (one.field, one.excluded) == (field, excluded)]
        having = arrays.dated(alike) if field == "date" else arrays.facets.having(field, alike)
        kept = kept & (~having if excluded else having)
    return kept


def _facets(
    arrays: Arrays, listed: Mask, documents: Numbers, filters: Sequence[Filter]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Counts a field under all filters but those that choose its values, most frequent first, zeros left out.

    listed: what was found without filters; documents: with all of them.
    """
    counts = arrays.facets.counts(documents)
    for field in counts.keys() & {item.field for item in filters if not item.excluded}:
        others = listed & _filtered(arrays, [item for item in filters if item.field != field or item.excluded])
        counts[field] = arrays.facets.counts(others.nonzero()[0])[field]
    return counts
