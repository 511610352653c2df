"""Questions answered on arrays: the same documents, scores and order as evaluation.py, many times faster.

evaluation.py says what each step means; here sets of documents are masks and scores are computed for all at once. Both
do the same arithmetic in the same order, so the scores are equal to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from typing import cast

import numpy as np
import numpy.typing as npt

from search import ranking
from search.engines.column_arrays import (
    NOWHERE,
    Arrays,
    Found,
    Mask,
    Numbers,
    Places,
    Spots,
    common,
    disjoint_spots,
    first_of_each,
    runs,
    united,
)
from search.engines.column_files import Columns
from search.engines.evaluation import CROSSED, EXACT, KINDS, PARTIAL, SAME, SYNONYM, Unit
from search.model import (
    MATCHES,
    AllOf,
    AnyOf,
    BestPassage,
    Clause,
    Filter,
    InTitle,
    Match,
    Matches,
    Near,
    Query,
    Reason,
    Term,
    Without,
)
from search.query import as_typed, excluded_terms, positive_terms
from search.schema import FACETS, TITLE_WEIGHT

Scores = npt.NDArray[np.float64]
Tiers = npt.NDArray[np.int8]

# The formulas of ranking hold for an array of numbers as for one.
_length_norm = cast("Callable[[Scores, float], Scores]", ranking.length_norm)
_points_of = cast("Callable[[Scores, Scores, float, Scores], Scores]", ranking.points_of)
_saturated = cast("Callable[[npt.NDArray[np.generic], Numbers], Scores]", ranking.saturated)
_partial_score = cast("Callable[[Scores, Scores], Scores]", ranking.partial_score)

# Not found: looser than every tier.
_NONE = len(MATCHES)


class Answers:
    """The columns of all segments of an index, each with the numbers of its documents that are deleted."""

    def __init__(self, segments: Sequence[tuple[Columns, Sequence[int]]]) -> None:
        self._arrays = Arrays(segments)

    def find(self, query: Query, *, limit: int, offset: int) -> Matches:
        return find(self._arrays, query, limit=limit, offset=offset)

    def number(self, document_id: str) -> int | None:
        """Of a document that is not deleted, its number in the index."""
        return self._arrays.number(document_id)

    def edges(self, number: int) -> tuple[bytes, bytes]:
        """text.cuts() of its title and body."""
        return self._arrays.edges(number)


def find(arrays: Arrays, query: Query, *, limit: int, offset: int) -> Matches:
    """Tiers, scores, totals, facets and order of a question."""
    terms = positive_terms(query.clause)
    named = dict.fromkeys((*terms, *excluded_terms(query.clause)))
    found = {term: _look(arrays, ranking.widened(term, query)) for term in named}
    tiers = _tiers(arrays, query.clause, found)
    crossed = tiers == CROSSED
    if (tiers < CROSSED).any():
        tiers[crossed] = _NONE
    partly = _partial(arrays, query, found, tiers)
    tiers[partly.documents] = PARTIAL
    chosen = _filtered(arrays, query.filters)
    kept = ((tiers < _NONE) & chosen).nonzero()[0]
    wide = [ranking.widened(term, query) for term in terms]
    scored = _Scored(arrays, {term: found[term] for term in terms}, kept, tiers[kept], partly, apart=_apart(wide))
    shown = scored.page(query, limit=limit, offset=offset)
    return Matches(
        documents=len(kept),
        folded=repeated(arrays.groups[kept]),
        occurrences=int(scored.occurrences.sum()),
        ranked=tuple(scored.match(at) for at in shown),
        facets=_facets(arrays, tiers < _NONE, query.filters),
        left_out=int((crossed & chosen & (tiers == _NONE)).sum()),
    )


# --- which documents, and how well they fit ------------------------------------------------------------


def _look(arrays: Arrays, term: ranking.Widened) -> Found:
    return arrays.kept(term, lambda: _looked(arrays, term))


def _looked(arrays: Arrays, term: ranking.Widened) -> Found:
    literal, crossed = _by_words(arrays, term.literals, whole=term.whole)
    synonym, _ = _by_words(arrays, term.synonyms, whole=True)
    typo, _ = _by_words(arrays, term.typos, whole=False)
    scattered = _scattered(arrays, term.words) if term.words else Places()
    return {"literal": literal, "synonym": synonym, "scattered": scattered, "typo": typo, "crossed": crossed}


def _by_words(arrays: Arrays, strings: tuple[str, ...], *, whole: bool) -> tuple[Places, Places]:
    """Where the strings stand as words, and where they only cross words; all are words when whole is not asked."""
    title, body = (_any_of(arrays, strings, title=title) for title in (True, False))
    if not whole:
        return Places(title, body), Places()
    in_title, in_body = arrays.whole(title, title=True), arrays.whole(body, title=False)
    return Places(title.only(in_title), body.only(in_body)), Places(title.only(~in_title), body.only(~in_body))


def _any_of(arrays: Arrays, strings: tuple[str, ...], *, title: bool) -> Spots:
    found = [spots for string in strings if len((spots := arrays.literal(string, title=title)).held)]
    if len(found) < 2:
        return found[0] if found else NOWHERE
    return disjoint_spots(*map(np.concatenate, zip(*(one.stretches for one in found), strict=True)))


def _scattered(arrays: Arrays, words: tuple[str, ...]) -> Places:
    passages, _ = arrays.together(words)
    documents = arrays.document_of[passages]
    title = passages == arrays.titles[documents]
    everywhere = Spots(documents, passages, passages)
    return Places(everywhere.only(title), everywhere.only(~title))


def _tiers(arrays: Arrays, clause: Clause | None, found: Mapping[Term, Found]) -> Tiers:
    """Of each document the strictest tier it fits; a question without a clause fits everything exactly."""
    tiers = np.full(arrays.documents, _NONE, np.int8)
    if clause is None:
        tiers[arrays.live] = EXACT
        return tiers
    for kind, tier in reversed(KINDS):
        if tier == SAME or any(places[kind].anywhere for places in found.values()):
            tiers[_fitting(arrays, clause, found, tier)] = tier
    exact = np.zeros(arrays.documents, np.bool_)
    exact[_in_one_passage(arrays, clause, found)] = True
    tiers[exact & (tiers == SAME)] = EXACT
    return tiers


def _fitting(
    arrays: Arrays, clause: Clause, found: Mapping[Term, Found], tier: int, *, title_only: bool = False
) -> Mask:
    """The documents that fit a clause when its terms may be met as loosely as tier says."""
    if isinstance(clause, Term):
        return within(arrays, found[clause], tier, title_only=title_only)
    if isinstance(clause, Without):
        unwanted = as_typed(clause.part)
        return arrays.live & ~_fitting(arrays, unwanted, found, SAME, title_only=title_only)
    if isinstance(clause, InTitle):
        return _fitting(arrays, clause.part, found, tier, title_only=True)
    if isinstance(clause, Near):
        near = _fitting(arrays, clause.part, found, SAME, title_only=title_only)
        units = _units_of(arrays, clause.part, found, clause.unit)
        return near if units is None else near & mask_of(arrays, [arrays.documents_of(units, clause.unit)])
    parts = [_fitting(arrays, part, found, tier, title_only=title_only) for part in clause.parts]
    mask: Mask = np.logical_and.reduce(parts) if isinstance(clause, AllOf) else np.logical_or.reduce(parts)
    return mask


def within(arrays: Arrays, found: Found, tier: int, *, title_only: bool = False) -> Mask:
    """The documents that hold the term in a way that is good enough for a tier."""
    kinds = [found[kind] for kind, least in KINDS if least <= max(tier, SAME)]
    return mask_of(arrays, [one.title.held for one in kinds] + ([] if title_only else [one.body.held for one in kinds]))


def mask_of(arrays: Arrays, documents: Iterable[Numbers]) -> Mask:
    mask = np.zeros(arrays.documents, np.bool_)
    for numbers in documents:
        mask[numbers] = True
    return mask


def _in_one_passage(arrays: Arrays, clause: Clause, found: Mapping[Term, Found]) -> Numbers:
    """The documents of which one passage, or the title, holds the whole clause literally."""
    everything = np.arange(arrays.documents)
    if isinstance(clause, Term | Near | InTitle):
        return everything
    units = _units_of(arrays, clause, found, "passage")
    return everything if units is None else arrays.documents_of(units, "passage")


def _units_of(arrays: Arrays, clause: Clause, found: Mapping[Term, Found], unit: Unit) -> Numbers | None:
    """The units that fit a clause literally, ascending; None is every unit, for what is the whole document's."""
    if isinstance(clause, Term):
        return arrays.units(found[clause]["literal"], unit)
    if isinstance(clause, Without | Near | InTitle):
        return None
    parts = [_units_of(arrays, part, found, unit) for part in clause.parts]
    narrow = [part for part in parts if part is not None]
    if isinstance(clause, AnyOf):
        return united(narrow) if len(narrow) == len(parts) else None
    return reduce(common, narrow) if narrow else None


# --- questions met in part -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Partial:
    """Documents, ascending, that hold some of a question, and their scores."""

    documents: Numbers
    scores: Scores


_NO_PARTIAL = _Partial(np.zeros(0, np.int64), np.zeros(0, np.float64))


def _partial(arrays: Arrays, query: Query, found: Mapping[Term, Found], tiers: Tiers) -> _Partial:
    """What lies beyond the tiers and holds enough of the content words of the question."""
    listed = tiers < _NONE
    loose = ranking.loosened(query, found=int(listed.sum()), met=int((tiers <= SYNONYM).sum()))
    if loose is None:
        return _NO_PARTIAL
    said = [_said(arrays, word) for word in loose.words]
    weights = [ranking.rarity(len(one.held), arrays.live_count) for one in said]
    asked = sum(weight for weight, one in zip(weights, said, strict=True) if len(one.held) or loose.strange_counts)
    share, rarest = np.zeros((2, arrays.documents))
    lacking = np.full(arrays.documents, len(said))
    for weight, one in zip(weights, said, strict=True):
        share[one.held] += weight * one.best
        lacking[one.held] -= 1
        rarest[one.held] = np.maximum(rarest[one.held], weight)
    fits = (lacking < len(said)) & (share >= loose.least_share * asked) & (lacking <= loose.may_lack)
    fits &= rarest >= loose.telling
    fits &= ~(listed | _unwanted(arrays, query.clause, found))
    documents = fits.nonzero()[0]
    best = _best_passage(arrays, said, weights, loose.figure)
    scores = _partial_score(best[documents], share[documents])
    if loose.most is not None:
        first = np.sort(np.lexsort((arrays.name_order[documents], -scores))[: loose.most])
        documents, scores = documents[first], scores[first]
    return _Partial(documents, scores)


@dataclass(frozen=True, slots=True)
class _Said:
    """A content word: the passages that say it, how well and how often; the documents, and how well each at best."""

    passages: Numbers
    strengths: Scores
    times: Numbers
    held: Numbers
    best: Scores


def _said(arrays: Arrays, word: ranking.Content) -> _Said:
    ways = [(*arrays.together(words), strength) for words, strength in word.ways]
    passages = np.concatenate([one for one, _, _ in ways])
    times = np.concatenate([times for _, times, _ in ways])
    strengths = np.concatenate([np.full(len(one), strength) for one, _, strength in ways])
    order = np.lexsort((-times, -strengths, passages))
    passages, times, strengths = passages[order], times[order], strengths[order]
    first = first_of_each(passages)
    passages, times, strengths = passages[first], times[first], strengths[first]
    documents = arrays.document_of[passages]
    begins = first_of_each(documents)
    best = np.maximum.reduceat(strengths, begins) if len(begins) else strengths
    return _Said(passages, strengths, times, documents[begins], best)


def _best_passage(arrays: Arrays, said: Sequence[_Said], weights: Sequence[float], figure: str) -> Scores:
    """Of each document what its best passage gathers; a long one has to say more."""
    passages = united(one.passages for one in said)
    gathered = np.zeros(len(passages))
    for weight, one in zip(weights, said, strict=True):
        counted = _saturated(one.times, arrays.lengths_of(one.passages))
        gathered[passages.searchsorted(one.passages)] += weight * one.strengths * counted
    if figure:
        with_figure = np.isin(passages, arrays.together((figure,))[0])
        gathered = gathered * np.where(with_figure, 1.0, ranking.NO_FIGURE)
    best = np.zeros(arrays.documents)
    np.maximum.at(best, arrays.document_of[passages], gathered)
    return best


def _unwanted(arrays: Arrays, clause: Clause | None, found: Mapping[Term, Found]) -> Mask:
    """The documents that any exclusion of the question, at any depth, names."""
    if isinstance(clause, Without):
        return _fitting(arrays, as_typed(clause.part), found, SAME)
    mask = np.zeros(arrays.documents, np.bool_)
    for part in clause.parts if isinstance(clause, AllOf | AnyOf) else ():
        mask |= _unwanted(arrays, part, found)
    return mask


# --- scores and order ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Evidence:
    """One kind of string of one term, an item for each document found: whether it counts, whether its places are
    shown as occurrences, how often it stands in title and body, and its points."""

    term: Term
    kind: str
    documents: Numbers
    counts: Mask
    shown: Mask
    title: Numbers
    body: Numbers
    rarity: float
    points: Scores

    def at(self, places: Numbers, found: Places) -> _Standing:
        """The same of some of the documents, with where the strings stand."""
        counts, documents = self.counts[places], self.documents[places]
        return _Standing(
            self.kind, self.rarity, found.title.within(documents[counts]), found.body.within(documents[counts])
        )


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where one kind of string of a term stands in some documents."""

    kind: str
    rarity: float
    title: Spots
    body: Spots

    def passages(self, arrays: Arrays) -> Numbers:
        return arrays.passage_of(self.body, self.kind)


def _apart(terms: Sequence[ranking.Widened]) -> bool:
    """Whether no character stands in strings of two terms, so that their places never overlap."""
    held = [set("".join((*term.literals, *term.synonyms, *term.typos))) for term in terms]
    return len(set().union(*held)) == sum(map(len, held))


class _Scored:
    """The documents found, ascending, with what each scores."""

    def __init__(
        self,
        arrays: Arrays,
        found: Mapping[Term, Found],
        documents: Numbers,
        tiers: Tiers,
        partial: _Partial,
        *,
        apart: bool,
    ) -> None:
        """apart: places of different terms cannot overlap."""
        self._arrays, self._documents, self._tiers = arrays, documents, tiers
        self._evidence = [one for term, places in found.items() for one in self._of(term, places)]
        self._scores = np.zeros(len(documents))
        for one in self._evidence:
            self._scores += one.points
        partly = (tiers == PARTIAL).nonzero()[0]
        self._scores[partly] = partial.scores[partial.documents.searchsorted(documents[partly])]
        self.occurrences = self._occurrences(found, apart=apart)
        self._best = self._with_passages(found)

    def _with_passages(self, found: Mapping[Term, Found]) -> dict[int, BestPassage]:
        """Adds to the first of the documents what their best passage says; place -> that."""
        scored = np.zeros(len(self._documents), np.bool_)
        for one in self._evidence:
            scored |= one.counts
        candidates = np.sort(self._best_first(scored.nonzero()[0], ranking.CANDIDATES)[: ranking.CANDIDATES])
        if not len(candidates):
            return {}
        best = _best_passages(
            self._arrays,
            self._documents[candidates],
            [[one.at(candidates, found[one.term][one.kind]) for one in of] for of in self._by_term()],
        )
        self._scores[candidates] += [one.points for one in best]
        return dict(zip(candidates.tolist(), best, strict=True))

    def _by_term(self) -> list[list[_Evidence]]:
        return [[*of] for _, of in groupby(self._evidence, key=lambda one: one.term)]

    def _best_first(self, places: Numbers, wanted: int, *before: npt.NDArray[np.generic]) -> Numbers:
        """At least the first wanted of these places, in order: by the keys before, tier and score; what is equal in
        the order of the ids."""
        keys = [key[places] for key in (*before, self._tiers, -self._scores)]
        first = _first(keys, wanted)
        names = self._arrays.name_order[self._documents[places[first]]]
        order: Numbers = places[first[np.lexsort((names, *(key[first] for key in keys[::-1])))]]
        return order

    def _of(self, term: Term, found: Found) -> Iterator[_Evidence]:
        """What counts for the score: the strictest kind, and synonyms beside the term itself."""
        rarity = ranking.rarity(int(within(self._arrays, found, CROSSED).sum()), self._arrays.live_count)
        open_ = self._tiers != PARTIAL
        literal = np.zeros(len(self._documents), np.bool_)
        counted: list[tuple[str, Mask, Mask, Numbers, Numbers, Scores]] = []
        for kind, least in KINDS:
            if not found[kind].anywhere:
                continue
            title, body = (side.times_in(self._documents) for side in (found[kind].title, found[kind].body))
            holds = title + body > 0
            best = holds & open_ & (least <= np.maximum(self._tiers, SAME))
            counts = best | (holds & literal) if kind == "synonym" else best
            open_ = open_ & ~best
            literal = best if kind == "literal" else literal
            times = np.where(counts, ranking.STRENGTHS[kind] * (title * TITLE_WEIGHT + body), 0.0)
            counted.append((kind, counts, best, title, body, times))
        total = sum((times for *_, times in counted), np.zeros(len(self._documents)))
        norm = _length_norm(self._arrays.lengths[self._documents], self._arrays.mean_length)
        for kind, counts, best, title, body, times in counted:
            points = _points_of(times, total, rarity, norm)
            yield _Evidence(
                term, kind, self._documents, counts, best & (kind != "scattered"), title, body, rarity, points
            )

    def _occurrences(self, found: Mapping[Term, Found], *, apart: bool) -> Numbers:
        """Of each document the stretches of its body that are shown; those of several terms that overlap count once."""
        if apart:
            return sum(
                (np.where(one.shown, one.body, 0) for one in self._evidence), np.zeros(len(self._documents), int)
            )
        places = [self._shown(found[one.term][one.kind].body, one.shown) for one in self._evidence]
        return disjoint_spots(
            *(np.concatenate(side) for side in zip(NOWHERE.stretches, *places, strict=True))
        ).times_in(self._documents)

    def _shown(self, spots: Spots, shown: Mask) -> tuple[Numbers, Numbers, Numbers]:
        mask = mask_of(self._arrays, [self._documents[shown]])[spots.documents]
        return spots.documents[mask], spots.starts[mask], spots.ends[mask]

    def page(self, query: Query, *, limit: int, offset: int) -> list[int]:
        """The places (in the documents found) of the cards of a page: by tier and score, or by date with the undated
        last; what is equal in the order of the ids, near-duplicates of one before left out."""
        by_date: list[Numbers] = []
        if query.sort != "relevance" or query.clause is None:
            dates = self._arrays.dates[self._documents]
            by_date = [np.where(dates < 0, len(self._arrays.dates), dates if query.sort == "oldest" else -dates)]
        groups = self._arrays.groups[self._documents]
        everything = np.arange(len(self._documents))
        order = self._best_first(everything, offset + limit + repeated(groups), *by_date)
        grouped = groups[order]
        _, earliest = np.unique(grouped, return_index=True)
        cards = grouped < 0
        cards[earliest] = True
        shown: list[int] = order[cards][offset : offset + limit].tolist()
        return shown

    def match(self, at: int) -> Match:
        reasons = tuple(
            Reason(one.term.shown, one.kind, int(one.title[at]), int(one.body[at]), one.rarity, float(one.points[at]))
            for one in self._evidence
            if one.counts[at]
        )
        name = self._arrays.names[self._documents[at]].decode("ascii")
        return Match(
            name,
            MATCHES[self._tiers[at]],
            float(self._scores[at]),
            int(self.occurrences[at]),
            reasons,
            self._best.get(at),
        )


@dataclass(frozen=True, slots=True)
class _Spread:
    """A term in some documents: the passages that hold it with its weighted occurrences, the sentences and the headings
    it begins in; each ascending and named once."""

    rarity: float
    passages: Numbers
    times: Scores
    sentences: Numbers
    headings: Numbers

    @classmethod
    def of(cls, arrays: Arrays, kinds: Sequence[_Standing], *, several: bool) -> _Spread:
        held = [np.sort(np.concatenate((arrays.titles[one.title.documents], one.passages(arrays)))) for one in kinds]
        passages = united(runs(one)[0] for one in held)
        times = np.zeros(len(passages))
        for one, numbers in zip(kinds, held, strict=True):
            named, counts = runs(numbers)
            times[passages.searchsorted(named)] += ranking.STRENGTHS[one.kind] * counts
        exact = [one for one in kinds if one.kind != "scattered"]
        inside = united(runs(one.passages(arrays))[0] for one in exact)
        near = exact if several else []  # of a lone term no sentence is asked
        sentences = united(arrays.units(Places(one.title, one.body), "sentence") for one in near)
        return cls(kinds[0].rarity, passages, times, sentences, inside[arrays.is_heading[inside]])


def _best_passages(arrays: Arrays, documents: Numbers, terms: Sequence[Sequence[_Standing]]) -> list[BestPassage]:
    """ranking.best_passage() of each of the documents (ascending); terms: of each, the kinds that count."""
    spread = [_Spread.of(arrays, kinds, several=len(terms) > 1) for kinds in terms]
    passages, sentences = united(one.passages for one in spread), united(one.sentences for one in spread)
    gathered, held = np.zeros(len(passages)), np.zeros(len(passages), np.int64)
    near, together = np.zeros(len(sentences)), np.zeros(len(sentences), np.int64)
    in_headings, headed, asked = np.zeros(len(documents)), *np.zeros((2, len(documents)), np.int64)
    for one in spread:
        at = passages.searchsorted(one.passages)
        gathered[at] += one.rarity * _saturated(one.times, arrays.lengths_of(one.passages))
        held[at] += 1
        at = sentences.searchsorted(one.sentences)
        near[at] += one.rarity
        together[at] += 1
        at = documents.searchsorted(runs(arrays.document_of[one.headings])[0])
        in_headings[at] += one.rarity
        headed[at] += 1
        asked[documents.searchsorted(runs(arrays.document_of[one.passages])[0])] += 1
    best = _last_of_each(documents.searchsorted(arrays.document_of[passages]), -passages, gathered)
    closest, most = np.zeros(len(documents)), np.zeros(len(documents), np.int64)
    rows = documents.searchsorted(arrays.documents_of(sentences, "sentence"))
    last = _last_of_each(rows, together, near)
    closest[rows[last]], most[rows[last]] = near[last], together[last]
    closest[asked < 2], most[asked < 2] = 0, 0
    points = ranking.PASSAGE * gathered[best] + ranking.SENTENCE * closest + ranking.HEADING * in_headings
    numbers = passages[best] - arrays.titles[documents]
    return [
        BestPassage(*facts)
        for facts in zip(*(side.tolist() for side in (numbers, held[best], most, headed, points)), strict=True)
    ]


def _last_of_each(rows: Numbers, *keys: npt.NDArray[np.generic]) -> Numbers:
    """The place of the greatest item of each row; the last key decides first."""
    order: Numbers = np.lexsort((*keys, rows))[::-1]
    last: Numbers = order[first_of_each(rows[order])][::-1]
    return last


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
    return len(grouped) - len(np.unique(grouped))


# --- filters and facets --------------------------------------------------------------------------------


def _filtered(arrays: Arrays, filters: Sequence[Filter]) -> Mask:
    """Every field chosen must fit, by any one of its chosen values."""
    kept = arrays.live
    for field in {item.field for item in filters}:
        kept = kept & arrays.facet(field).having(item.value for item in filters if item.field == field)
    return kept


def _facets(arrays: Arrays, found: Mask, filters: Sequence[Filter]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Counts a field under the filters of the other fields, most frequent first, zeros left out."""
    fitting = {
        field: (found & _filtered(arrays, [item for item in filters if item.field != field])).nonzero()[0]
        for field in {item.field for item in filters}
    }
    others = (found & _filtered(arrays, filters)).nonzero()[0]
    return {field.name: arrays.facet(field.name).counts(fitting.get(field.name, others)) for field in FACETS}
