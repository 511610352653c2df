"""Passages on the columns: the best one of a document found, and documents met in part by what one passage gathers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt

from search.engines.columns.arrays import Arrays
from search.engines.columns.postings import (
    EMPTY,
    Mask,
    Numbers,
    SpanLists,
    ends_of,
    first_of_each,
    places_in,
    ranges,
    runs,
    sizes_of,
    union,
)
from search.engines.columns.terms import Scores
from search.index.schema import TITLE_WEIGHT
from search.matching import loosening, scoring
from search.matching.gathering import Gathering
from search.matching.matches import BestPassage


class _QuestionScore(Protocol):
    def __call__(self, best_passage: Scores, title: Scores, whole: Scores, *, figure: bool) -> Scores: ...


# The formulas of ranking hold for an array of numbers as for one.
_question_score = cast("_QuestionScore", scoring.question_score)
_partial_score = cast("Callable[[Scores, Scores], Scores]", scoring.partial_score)
_text_norm = cast("Callable[[Scores], Scores]", scoring.text_norm)
_points_of = cast("Callable[[Scores, Scores, float, Scores], Scores]", scoring.points_of)
_saturated = cast("Callable[[npt.NDArray[np.generic], npt.NDArray[np.generic]], Scores]", scoring.saturated)


# --- the best passage of each document -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where one kind of string of a term, of that rarity, stands in some documents: where it starts in their bodies,
    and of each start the place of its document among them; titles: the same place of each start in a title."""

    kind: str
    rarity: float
    starts: Numbers
    rows: Numbers
    titles: Numbers


@dataclass(frozen=True, slots=True)
class BestPassages:
    """What BestPassage says, of each of some documents; of the few that are shown it is written out."""

    number: Numbers
    held: Numbers
    near: Numbers
    headed: Numbers
    points: Scores

    def of(self, rows: Numbers) -> list[BestPassage]:
        columns = (self.number, self.held, self.near, self.headed, self.points)
        return [BestPassage(*facts) for facts in zip(*(one[rows].tolist() for one in columns), strict=True)]


def best_passages(arrays: Arrays, documents: Numbers, terms: Sequence[Sequence[Occurrences]]) -> BestPassages:
    """ranking.best_passage() of each of the documents (ascending, each holds a term); terms: of each the kinds that
    count."""
    spread = _Spread(arrays, documents, terms)
    passages, row = _numbered(spread.passages)
    gathered, held = _sums(row, spread.points), np.bincount(row)
    first = _first_of_the_most(documents.searchsorted(arrays.document_of(passages)), gathered)
    points = scoring.PASSAGE * gathered[first]
    most: Numbers = np.zeros(len(documents), np.int64)
    headed: Numbers = most
    if len(terms) > 1:
        closest, most = _closest(arrays, documents, spread)
        points += scoring.SENTENCE * closest
    if len(spread.headings):
        in_headings, headed = _in_headings(arrays, documents, spread)
        points += scoring.HEADING * in_headings
    return BestPassages(passages[first] - arrays.titles[documents], held[first], most, headed, points)


class _Spread:
    """Terms in some documents. Of each term one after the other: passages that hold it, ascending, and the points it
    brings to each. headings, of_headings: the passages that are headings in which a term begins, and that term.
    """

    def __init__(self, arrays: Arrays, documents: Numbers, terms: Sequence[Sequence[Occurrences]]) -> None:
        self._kinds = [one for of in terms for one in of]
        self._documents = documents
        self._term = np.repeat(np.arange(len(terms)), [len(of) for of in terms])
        self._exact = np.array([one.kind != "scattered" for one in self._kinds])
        self._starts, self._which = _joined([one.starts for one in self._kinds])
        self._titles, self._titled = _joined([one.titles for one in self._kinds])
        self.rarities = np.array([of[0].rarity for of in terms])
        among = int(arrays.titles[-1])
        which, passages = self._items(arrays)
        found, counts = runs(np.sort(which * among + passages, kind="stable"))
        which, passages = np.divmod(found, among)
        times: Scores = np.array([scoring.STRENGTHS[one.kind] for one in self._kinds], np.float64)[which] * counts
        headings = self._exact[which] & arrays.is_heading[passages]
        self.headings, self.of_headings = passages[headings], self._term[which[headings]]
        if len(self._kinds) > len(terms):
            found, row = _numbered(self._term[which] * among + passages)
            times = _sums(row, times)
            which, passages = np.divmod(found, among)
        self.terms, self.passages = which, passages
        self.points = self.rarities[self.terms] * _saturated(times, arrays.passage_lengths[self.passages])

    def _items(self, arrays: Arrays) -> tuple[Numbers, Numbers]:
        """Of each occurrence its kind and the passage it begins in."""
        starts, which = self._starts, self._which
        inside = self._exact[which]
        passages = arrays.passage_of(starts) if inside.all() else starts.copy()
        if not inside.all():
            passages[inside] = arrays.passage_of(starts[inside])
        if not len(self._titles):
            return which, passages
        titles = arrays.titles[self._documents[self._titles]]
        return np.concatenate((which, self._titled)), np.concatenate((passages, titles))

    def sentences(self, arrays: Arrays) -> tuple[Numbers, Numbers, Numbers]:
        """The different sentences that each term begins in, term after term, the terms, and the places of their
        documents."""
        rows, _ = _joined([one.rows for one in self._kinds])
        starts, which, titles, titled = self._starts, self._which, self._titles, self._titled
        if not self._exact.all():
            body, title = self._exact[which], self._exact[titled]
            starts, which, rows, titles, titled = starts[body], which[body], rows[body], titles[title], titled[title]
        found = np.concatenate((arrays.sentence_of(starts), arrays.title_sentence(self._documents[titles])))
        terms, rows = self._term[np.concatenate((which, titled))], np.concatenate((rows, titles))
        keys = terms * arrays.sentences + found
        order = keys.argsort(kind="stable")
        first = order[first_of_each(keys[order])]
        return found[first], terms[first], rows[first]


def _closest(arrays: Arrays, documents: Numbers, spread: _Spread) -> tuple[Scores, Numbers]:
    """Of each document, of the sentence in which the rarest terms begin together, their rarities and how many they are;
    nothing where fewer than two terms count."""
    closest, most = np.zeros(len(documents)), np.zeros(len(documents), np.int64)
    rows = documents.searchsorted(arrays.document_of(spread.passages))
    different = first_of_each(spread.terms * len(documents) + rows)
    alone = np.bincount(rows[different], minlength=len(documents)) < 2
    if alone.all():
        return closest, most
    found, terms, rows = spread.sentences(arrays)
    sentences, place = _numbered(found)
    near, together = _sums(place, spread.rarities[terms]), np.bincount(place)
    at = np.empty(len(sentences), np.int64)
    at[place] = rows
    order = np.lexsort((together, near, at))[::-1]
    last = order[first_of_each(at[order])]
    closest[at[last]], most[at[last]] = near[last], together[last]
    closest[alone], most[alone] = 0, 0
    return closest, most


def _in_headings(arrays: Arrays, documents: Numbers, spread: _Spread) -> tuple[Scores, Numbers]:
    """Of each document the rarities of the terms that begin in a heading, and how many they are."""
    rows = documents.searchsorted(arrays.document_of(spread.headings))
    keys = np.sort(spread.of_headings * len(documents) + rows)
    terms, rows = np.divmod(keys[first_of_each(keys)], len(documents))
    return _sums(rows, spread.rarities[terms], len(documents)), np.bincount(rows, minlength=len(documents))


def _joined(arrays: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """The arrays end to end, and of each item the number of its array."""
    if len(arrays) == 1:
        return arrays[0], np.zeros(len(arrays[0]), np.int64)
    return np.concatenate((EMPTY, *arrays)), np.repeat(np.arange(len(arrays)), [len(one) for one in arrays])


def _sums(row: Numbers, values: Scores, rows: int = 0) -> Scores:
    """Of each row what its values add up to, one after the other."""
    return np.asarray(np.bincount(row, values, rows), np.float64)


def _numbered(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """The different numbers, ascending, and the place among them of each."""
    order = numbers.argsort(kind="stable")
    ascending = numbers[order]
    first = first_of_each(ascending)
    steps = np.zeros(len(numbers), np.int64)
    steps[first[1:]] = 1
    places = np.empty(len(numbers), np.int64)
    places[order] = steps.cumsum()
    return ascending[first], places


def _first_of_the_most(rows: Numbers, values: Scores) -> Numbers:
    """The place of the greatest item of each row, the first of equals; rows are ascending."""
    begins = first_of_each(rows)
    most = np.maximum.reduceat(values, begins).repeat(sizes_of(begins, len(rows)))
    places = (values == most).nonzero()[0]
    found: Numbers = places[first_of_each(rows[places])]
    return found


def gathered(
    arrays: Arrays, documents: Numbers, weights: Mapping[str, float], stand: Sequence[SpanLists]
) -> dict[int, Gathering]:
    """gathering.gathered() of each of the documents (ascending) that holds a string; stand: where each of them stands
    in the bodies."""
    named = list(weights)
    passages, which = arrays.passages_with(named, stand, documents)
    if not len(passages):
        return {}
    begins = np.append(first_of_each(passages), len(passages))
    row = np.arange(len(begins) - 1).repeat(sizes_of(begins[:-1], len(passages)))
    together = _sums(row, np.array([weights[name] for name in named])[which])
    held = arrays.document_of(passages[begins[:-1]])
    best = _first_of_the_most(held, together)
    found = zip(
        held[best].tolist(), begins[best].tolist(), begins[best + 1].tolist(), together[best].tolist(), strict=True
    )
    return {
        document: Gathering(
            int(passages[begin] - arrays.titles[document]), tuple(named[at] for at in which[begin:end].tolist()), weight
        )
        for document, begin, end, weight in found
        if weight > 0
    }


# --- documents met in part -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Partial:
    """Documents, ascending, that hold some of a query, and their scores."""

    documents: Numbers
    scores: Scores


NO_PARTIAL = Partial(np.zeros(0, np.int64), np.zeros(0, np.float64))


def met_in_part(arrays: Arrays, loose: loosening.Loosened, barred: Mask) -> Partial:
    """The documents, but for some that are barred, that hold enough of the content words of a query."""
    said = [_said(arrays, word) for word in loose.scored]
    weights = [scoring.rarity(len(one.held), arrays.live_count) for one in said]
    counted = [*zip(weights, said, strict=True)][: len(loose.words)]
    asked = sum(weight for weight, one in counted if len(one.held) or not loose.question)
    share, rarest = np.zeros((2, arrays.documents))
    lacking = np.full(arrays.documents, len(counted))
    for weight, one in counted:
        share[one.held] += weight * one.best
        lacking[one.held] -= 1
        rarest[one.held] = np.maximum(rarest[one.held], weight)
    fits = (lacking < len(counted)) & (share >= loose.least_share * asked) & (lacking <= loose.may_lack)
    fits &= (rarest >= loose.telling) & ~barred
    documents = fits.nonzero()[0]
    # A common word is said in most passages there are, and few documents fit.
    said = [one.within(documents) for one in said]
    best = _gathered(arrays, said, weights, loose.figure)
    if loose.question:
        title, whole = _titles(arrays, said, weights), _whole(arrays, said, weights, loose.joined)
        scores = _question_score(best[documents], title[documents], whole[documents], figure=bool(loose.figure))
    else:
        scores = _partial_score(best[documents], share[documents])
    if loose.most is not None:
        first = np.sort(np.lexsort((arrays.name_order[documents], -scores))[: loose.most])
        documents, scores = documents[first], scores[first]
    return Partial(documents, scores)


@dataclass(frozen=True, slots=True)
class _Said:
    """A content word: the passages that say it, how well and how often; the documents, and how well each at best. The
    passages of held[i] are those from bounds[i] to bounds[i + 1]."""

    passages: Numbers
    strengths: Scores
    times: Numbers
    held: Numbers
    best: Scores
    bounds: Numbers

    def within(self, documents: Numbers) -> _Said:
        """The same in some of the documents (ascending)."""
        rows = places_in(self.held, documents)
        begins, ends = self.bounds[rows], self.bounds[rows + 1]
        at = ranges(begins, ends)
        passages, strengths, times = self.passages[at], self.strengths[at], self.times[at]
        return _Said(passages, strengths, times, self.held[rows], self.best[rows], ends_of(ends - begins))


def _said(arrays: Arrays, word: loosening.Content) -> _Said:
    ways = [(*arrays.together(words), strength) for words, strength in word.ways]
    passages = np.concatenate([one for one, _, _ in ways])
    times = np.concatenate([times for _, times, _ in ways])
    strengths = np.concatenate([np.full(len(one), strength) for one, _, strength in ways])
    if len(ways) > 1:
        order = np.lexsort((-times, -strengths, passages))
        passages, times, strengths = passages[order], times[order], strengths[order]
        first = first_of_each(passages)
        passages, times, strengths = passages[first], times[first], strengths[first]
    documents = arrays.document_of(passages)
    begins = first_of_each(documents)
    best = np.maximum.reduceat(strengths, begins) if len(ways) > 1 and len(begins) else strengths[begins]
    return _Said(passages, strengths, times, documents[begins], best, np.append(begins, len(passages)))


def _gathered(arrays: Arrays, said: Sequence[_Said], weights: Sequence[float], figure: str) -> Scores:
    """Of each document what its best passage gathers; a long one has to say more."""
    passages = union(one.passages for one in said)
    gathered = np.zeros(len(passages))
    for weight, one in zip(weights, said, strict=True):
        counted = _saturated(one.times, arrays.passage_lengths[one.passages])
        gathered[passages.searchsorted(one.passages)] += weight * one.strengths * counted
    if figure:
        with_figure = np.isin(passages, arrays.together((figure,))[0])
        gathered = gathered * np.where(with_figure, 1.0, scoring.NO_FIGURE)
    best = np.zeros(arrays.documents)
    np.maximum.at(best, arrays.document_of(passages), gathered)
    return best


def _titles(arrays: Arrays, said: Sequence[_Said], weights: Sequence[float]) -> Scores:
    """Of each document what its title gathers."""
    gathered = np.zeros(arrays.documents)
    for weight, one in zip(weights, said, strict=True):
        documents = arrays.document_of(one.passages)
        title = one.passages == arrays.titles[documents]
        counted = _saturated(one.times[title], arrays.passage_lengths[one.passages[title]])
        gathered[documents[title]] += weight * one.strengths[title] * counted
    return gathered


def _whole(arrays: Arrays, said: Sequence[_Said], weights: Sequence[float], joined: Sequence[str]) -> Scores:
    """Of each document BM25 of all its passages together: of the words, and of what stands where two of them join."""
    points = np.zeros(arrays.documents)
    for weight, one in zip(weights, said, strict=True):
        at = arrays.document_of(one.passages)
        often = one.strengths * one.times * np.where(one.passages == arrays.titles[at], TITLE_WEIGHT, 1)
        times = _sums(at, often, arrays.documents)[one.held]
        norm = _text_norm(arrays.lengths[one.held])
        points[one.held] += _points_of(times, times, weight, norm)
    for pair in joined:
        title, body = (arrays.literal(pair, title=side) for side in (True, False))
        held = union((title.held, body.held))
        times = TITLE_WEIGHT * title.times_in(held).astype(np.float64) + body.times_in(held)
        norm = _text_norm(arrays.lengths[held])
        points[held] += _points_of(times, times, scoring.rarity(len(held), arrays.live_count), norm)
    return points
