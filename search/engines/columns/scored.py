"""What the documents found score, which of them come first, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

from search.engines.columns.arrays import Arrays
from search.engines.columns.passages import BestPassages, Occurrences, Partial, best_passages
from search.engines.columns.postings import EMPTY, NOWHERE, Mask, Numbers, disjoint_spans, met_in
from search.engines.columns.terms import NONE, TermHits, Tiers
from search.engines.columns.tiers import Counting, Hits, answering, mask_of
from search.matching import scoring, widening
from search.matching.answering import is_selective
from search.matching.matches import (
    CALLED,
    EXACT,
    LEVELS,
    MATCHES,
    PARTIAL,
    SCRAPS,
    SHOWN,
    BestPassage,
    Match,
    Reason,
    Tier,
)
from search.query.clauses import Clause, Query, Term, positive_terms

_LEVELS = np.array(LEVELS, np.int8)
_TIERS_OF = {kind: [tier for tier, name in enumerate(CALLED) if name == kind] for kind in MATCHES}
_ARE_CALLED = {kind: np.array([name == kind for name in (*CALLED, "")]) for kind in MATCHES}
# Of so many places all are put in order; of more, the first are picked out before.
_FEW = 256
# Where a term stands in so many times as many documents as were found, these are looked up among its own.
_RARE = 8


def overlapping(terms: Sequence[widening.Widened]) -> bool:
    """Whether an occurrence of one term may overlap one of another term, or one of it that is shown beside it.

    They can only where a string of one ends as a string of the other begins, or holds it whole.
    """
    strings = [[one for held, _ in term.strings.values() for one in held] for term in terms]
    return any(map(_overlaps_itself, terms)) or _any_overlap(strings)


@lru_cache(maxsize=1024)
def _overlaps_itself(term: widening.Widened) -> bool:
    """Whether what is shown of a term together (matches.SHOWN) may overlap; kept, as most terms are asked for again."""
    strings = {kind: held for kind, (held, _) in term.strings.items()}
    return any(_any_overlap([strings[kind] for kind in kinds]) for kinds in SHOWN.values() if len(kinds) > 1)


def _any_overlap(strings: Sequence[Sequence[str]]) -> bool:
    """Whether strings of two of these may stand in one place."""
    letters = [set("".join(held)) for held in strings]
    return any(
        not letters[one].isdisjoint(letters[other])
        and any(_may_overlap(a, b) for a in strings[one] for b in strings[other])
        for one, other in combinations(range(len(strings)), 2)
    )


def called(tiers: Tiers, kinds: Sequence[str]) -> Mask:
    """Which of the tiers are called by one of the kinds of matches.MATCHES."""
    of_them: Mask = np.logical_or.reduce([_ARE_CALLED[kind] for kind in kinds])
    return of_them[tiers]


def _may_overlap(one: str, other: str) -> bool:
    if one in other or other in one:
        return True
    shorter = min(len(one), len(other))
    return any(one.endswith(other[:n]) or other.endswith(one[:n]) for n in range(1, shorter))


class Scored:
    """The documents found, ascending, with what each scores."""

    def __init__(
        self,
        arrays: Arrays,
        clause: Clause | None,
        found: Hits,
        documents: Numbers,
        tiers: Tiers,
        partial: Partial,
        wide: Mapping[Term, widening.Widened],
    ) -> None:
        """found: all that was looked for, by the terms of wide; tiers: of all documents."""
        self._arrays, self._documents, self._partial = arrays, documents, partial
        self._clause, self._found, self._wide = clause, found, wide
        self._tiers = tiers[documents]
        # SAME where it is stricter; np.maximum() takes three times as long
        limits = tiers + (tiers == EXACT)
        limits[partial.documents] = -1  # there no term counts
        self._limits = limits if is_selective(clause) else None
        self._overlaps: dict[int, int] | None = None  # overlaps(), once it was asked for
        scores = np.zeros(arrays.documents)
        # Each term with the documents (among its own) in which it counts.
        self._terms = list[tuple[Term, TermHits, Mask]]()
        self._rows = list[tuple[Numbers, Numbers]]()  # _looked_up() of each
        for term, one in ((term, found[term]) for term in positive_terms(clause)):
            held = one.documents
            good = one.levels <= limits[held]
            every = np.count_nonzero(good) == len(good)  # mostly, and then half of the work is left
            at, rows = self._looked_up(one)
            for kind in one.kinds:
                if len(rows):
                    scores[documents[at]] += kind.points[rows] * good[rows]
                else:
                    scores[held] += kind.points if every else kind.points * good
            self._terms.append((term, one, good))
            self._rows.append((at, rows))
        scores[partial.documents] = partial.scores
        self._scores = scores[documents]
        counting = ((self._scores > 0) & (self._tiers != PARTIAL)).nonzero()[0]
        self._all_count = len(counting) == len(documents)
        self._candidates = self._best_first(counting, scoring.CANDIDATES)[: scoring.CANDIDATES]
        self._bested = np.sort(self._candidates)
        self._best = self._with_passages(self._bested)

    def _looked_up(self, one: TermHits) -> tuple[Numbers, Numbers]:
        """The places of the documents found that hold a term, and their rows among its own; none of them where it is
        sooner to go through all that hold it, and where none was found."""
        if len(self._documents) * _RARE > len(one.held):
            return EMPTY, EMPTY
        rows, met = met_in(one.held, self._documents)
        at = met.nonzero()[0]
        return at, rows[at]

    def tiers(self) -> dict[str, Tier]:
        """How many documents there are of each kind, and stretches of their bodies that are shown."""
        tier_of = np.full(self._arrays.documents, NONE, np.int8)
        tier_of[self._documents] = self._tiers
        times = np.zeros(NONE + 1)
        for (_, one, good), (at, rows) in zip(self._terms, self._rows, strict=True):
            of = self._tiers[at] if len(rows) else tier_of[one.documents]
            for kind in one.kinds:
                shown = kind.shown[rows] * good[rows] if len(rows) else kind.shown * good
                times += np.bincount(of, shown, NONE + 1)
        for document, more in self.overlaps().items():
            times[tier_of[document]] -= more
        documents = np.bincount(self._tiers, minlength=NONE).tolist()
        there = {CALLED[tier] for tier, count in enumerate(documents) if count}
        return {
            kind: Tier(sum(documents[tier] for tier in of), int(sum(times[tier] for tier in of)))
            for kind, of in _TIERS_OF.items()
            if kind in there
        }

    def overlaps(self) -> dict[int, int]:
        """What _overlapping() says; found out where something is counted or shown."""
        if self._overlaps is not None:
            return self._overlaps
        if self._limits is not None:
            assert self._clause is not None
            found = self._overlapping(answering(self._arrays, self._clause, self._found, self._limits))
        else:
            terms = [self._wide[term] for term in positive_terms(self._clause)]
            found = self._overlapping() if overlapping(terms) else {}
        self._overlaps = found
        return found

    def _overlapping(self, counting: Sequence[Counting] | None = None) -> dict[int, int]:
        """document -> occurrences that were counted twice because two terms overlap there, or that do not meet the
        condition; counting: those that do, where not all of them do."""
        terms = np.zeros(self._arrays.documents, np.int64)
        shown = np.zeros(self._arrays.documents, np.int64)
        for _, one, good in self._terms:
            held = one.documents
            for kind in one.kinds:
                terms[held] += (kind.shown > 0) & good
                shown[held] += kind.shown * good
        documents = self._documents[terms[self._documents] > (counting is None)]
        mask = mask_of(self._arrays, documents)
        counted = [Counting(term, mask) for term, _, _ in self._terms] if counting is None else counting
        places = [places for each in counted for places in self._places(each, mask & each.documents)]
        apart = disjoint_spans(*map(np.concatenate, zip(NOWHERE.stretches, *places, strict=True)))
        more = shown[documents] - apart.times_in(documents)
        return dict(zip(documents[more > 0].tolist(), more[more > 0].tolist(), strict=True))

    def _places(self, counting: Counting, mask: Mask) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
        """The stretches of a term that count, in the documents of the mask."""
        one, good = next((one, good) for term, one, good in self._terms if term == counting.term)
        documents = one.documents
        for kind in one.kinds:
            held = documents[(kind.shown > 0) & good & mask[documents]]
            spots = one.places[kind.name].body.within(held)
            if counting.units is not None:
                arrays = self._arrays
                unit_of = arrays.passage_of if counting.unit == "passage" else arrays.sentence_of
                spots = spots.only(met_in(counting.units, unit_of(spots.starts))[1])
            yield spots.stretches

    def _with_passages(self, candidates: Numbers) -> BestPassages | None:
        """Adds to some of the documents (places, ascending) what their best passage says."""
        documents = self._documents[candidates]
        standing = [held for _, one, good in self._terms if (held := _standing(one, good, documents))]
        if not standing:
            return None
        best = best_passages(self._arrays, documents, standing)
        self._scores[candidates] += best.points
        return best

    def _best_of(self, places: Numbers) -> list[BestPassage | None]:
        """Of each of these documents; none of one beyond the candidates."""
        if self._best is None:
            return [None] * len(places)
        rows, met = met_in(self._bested, places)
        found = iter(self._best.of(rows[met]))
        return [next(found) if there else None for there in met.tolist()]

    def _best_first(self, places: Numbers, wanted: int, *before: npt.NDArray[np.generic]) -> Numbers:
        """At least the first wanted of these places, in order: by the keys before, level and score; what is equal in
        the order of the ids."""
        of = slice(None) if len(places) == len(self._documents) > _FEW else places  # all, in their order
        keys = [*(key[of] for key in before), _LEVELS[self._tiers[of]], -self._scores[of]]
        first = _first(keys, wanted) if len(places) > _FEW else np.arange(len(places))
        names = self._arrays.name_order[self._documents[places[first]]]
        order: Numbers = places[first[np.lexsort((names, *(key[first] for key in keys[::-1])))]]
        return order

    def page(
        self, query: Query, groups: Numbers, folded: int, *, within: Numbers | None = None, limit: int, offset: int
    ) -> list[int]:
        """The places (in the documents found) of the cards of a page, only of those within: by level and score, or by
        date with the undated last and scraps behind the rest; what is equal in the order of the ids, near-duplicates
        left out."""
        wanted = offset + limit + folded
        everything = np.arange(len(self._documents)) if within is None else within
        if query.sort != "relevance" or query.clause is None:
            dates = self._arrays.dates[self._documents]
            undated = len(self._arrays.dates)
            by_date = np.where(dates < 0, undated, dates if query.sort == "oldest" else -dates)
            scraps = called(self._tiers, SCRAPS)
            order = self._best_first(everything, wanted, scraps, by_date)
        else:
            # What a best passage adds makes no later document an earlier one than the candidates.
            few = within is None and self._all_count and wanted <= len(self._candidates)
            first = self._candidates if few else everything
            order = self._best_first(first, wanted)
        if folded:
            grouped = groups[order]
            _, earliest = np.unique(grouped, return_index=True)
            cards = grouped < 0
            cards[earliest] = True
            order = order[cards]
        shown: list[int] = order[offset : offset + limit].tolist()
        return shown

    def names(self, places: Sequence[int]) -> list[str]:
        """The ids of the documents in these places."""
        return [name.decode("ascii") for name in self._arrays.names[self._documents[places]].tolist()]

    def matches(self, places: Sequence[int]) -> list[Match]:
        documents = self._documents[places]
        reasons: list[list[Reason]] = [[] for _ in places]
        overlaps = self.overlaps()
        shown = [-overlaps.get(document, 0) for document in documents.tolist()]
        for term, one, good in self._terms:
            rows, met = met_in(one.held, documents)
            at = met.nonzero()[0]
            at = at[good[rows[at]]]
            rows = rows[at]
            for kind in one.kinds:
                columns = (kind.counts, kind.title, kind.body, kind.points, kind.shown)
                facts = zip(at.tolist(), *(column[rows].tolist() for column in columns), strict=True)
                for place, counts, in_title, in_body, points, times in facts:
                    if counts:
                        reasons[place].append(Reason(term.shown, kind.name, in_title, in_body, one.rarity, points))
                    shown[place] += times
        return [
            Match(
                name,
                CALLED[self._tiers[place]],
                float(self._scores[place]),
                occurrences,
                LEVELS[self._tiers[place]],
                tuple(why),
                best,
            )
            for name, place, occurrences, why, best in zip(
                self.names(places), places, shown, reasons, self._best_of(np.array(places, np.int64)), strict=True
            )
        ]


def _standing(one: TermHits, good: Mask, documents: Numbers) -> list[Occurrences]:
    """Where a term counts in some documents (ascending), by kind; good: in which of its own it counts at all."""
    rows, met = met_in(one.held, documents)
    places = met.nonzero()[0]
    places = places[good[rows[places]]]
    rows = rows[places]
    standing: list[Occurrences] = []
    for kind in one.kinds:
        counts = kind.counts[rows]
        if not counts.any():
            continue
        at, held = (places, rows) if counts.all() else (places[counts], rows[counts])
        starts = one.places[kind.name].body.starts_in(documents[at])
        bodies, titles = at.repeat(kind.body[held]), at.repeat(kind.title[held])
        standing.append(Occurrences(kind.name, one.rarity, starts, bodies, titles))
    return standing


def _first(keys: Sequence[npt.NDArray[np.generic]], wanted: int) -> Numbers:
    """The places of at least as many of the smallest items as wanted (all equals of the last among them), unordered;
    the keys in the order in which they decide."""
    places = np.arange(len(keys[0]))
    certain = []
    for key in keys:
        if len(places) <= wanted or wanted <= 0:
            break
        values = key[places]
        if (values == values[0]).all():  # as levels mostly are
            continue
        edge = np.partition(values, wanted - 1)[wanted - 1]
        certain.append(places[values < edge])
        wanted -= len(certain[-1])
        places = places[values == edge]
    return np.concatenate((*certain, places))


def repeated(groups: Numbers) -> int:
    """How many documents have another one of their group among them before them."""
    grouped = groups[groups >= 0]
    return len(grouped) - len(np.unique(grouped)) if len(grouped) else 0
