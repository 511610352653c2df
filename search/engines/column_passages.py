"""Passages on the columns: the best one of a document found, and documents met in part by what one passage gathers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from search import ranking
from search.engines.column_arrays import EMPTY, Arrays, Mask, Numbers, Places, first_of_each, runs, united
from search.engines.column_terms import Scores
from search.model import BestPassage

# The formulas of ranking hold for an array of numbers as for one.
_partial_score = cast("Callable[[Scores, Scores], Scores]", ranking.partial_score)
_saturated = cast("Callable[[npt.NDArray[np.generic], npt.NDArray[np.generic]], Scores]", ranking.saturated)


# --- the best passage of each document -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one kind of string of a term, of that rarity, stands in some documents."""

    kind: str
    rarity: float
    places: Places


def best_passages(arrays: Arrays, documents: Numbers, terms: Sequence[Sequence[Standing]]) -> list[BestPassage]:
    """ranking.best_passage() of each of the documents (ascending, each holds a term); terms: of each the kinds that
    count."""
    several = len(terms) > 1
    spread = [_Spread(arrays, kinds, several=several) for kinds in terms]
    passages, row = _numbered([one.passages for one in spread])
    gathered = _sums(row, np.concatenate([one.points for one in spread]))
    held = np.bincount(row)
    at = documents.searchsorted(arrays.document_of[passages])  # ascending
    first = _first_of_the_most(at, gathered)
    points = ranking.PASSAGE * gathered[first]
    most: Numbers = np.zeros(len(documents), np.int64)
    if several:
        closest, most = _closest(arrays, documents, spread)
        points += ranking.SENTENCE * closest
    headed = np.zeros(len(documents), np.int64)
    if any(len(one.headings) for one in spread):
        in_headings = np.zeros(len(documents))
        for one in spread:
            places = documents.searchsorted(runs(arrays.document_of[one.headings])[0])
            in_headings[places] += one.rarity
            headed[places] += 1
        points += ranking.HEADING * in_headings
    numbers = passages[first] - arrays.titles[documents]
    return [
        BestPassage(*facts)
        for facts in zip(*(side.tolist() for side in (numbers, held[first], most, headed, points)), strict=True)
    ]


class _Spread:
    """A term in some documents: the passages that hold it and what it brings to each, the headings and, where they are
    asked for, the sentences it begins in; each ascending and named once."""

    def __init__(self, arrays: Arrays, kinds: Sequence[Standing], *, several: bool) -> None:
        inside = [arrays.passage_of(one.places.body, one.kind) for one in kinds]
        counted = [
            (*runs(_merged(arrays.titles[one.places.title.documents], body)), ranking.STRENGTHS[one.kind])
            for one, body in zip(kinds, inside, strict=True)
        ]
        self.rarity = kinds[0].rarity
        self.passages = united(passages for passages, _, _ in counted)
        times = np.zeros(len(self.passages))
        for passages, counts, strength in counted:
            times[self.passages.searchsorted(passages)] += strength * counts
        self.points = self.rarity * _saturated(times, arrays.passage_lengths[self.passages])
        exact = [(one, body) for one, body in zip(kinds, inside, strict=True) if one.kind != "scattered"]
        self.headings = united(runs(body[arrays.is_heading[body]])[0] for _, body in exact)
        self.sentences = united(arrays.units(one.places, "sentence") for one, _ in exact) if several else EMPTY


def _merged(one: Numbers, other: Numbers) -> Numbers:
    """Two ascending arrays as one."""
    return np.sort(np.concatenate((one, other)), kind="stable") if len(one) else other


def _closest(arrays: Arrays, documents: Numbers, terms: Sequence[_Spread]) -> tuple[Scores, Numbers]:
    """Of each document, of the sentence in which the rarest terms begin together, their rarities and how many they are;
    nothing where fewer than two terms count."""
    sentences, row = _numbered([one.sentences for one in terms])
    near = _sums(row, np.concatenate([np.full(len(one.sentences), one.rarity) for one in terms]))
    together = np.bincount(row)
    at = documents.searchsorted(arrays.documents_of(sentences, "sentence"))
    order = np.lexsort((together, near, at))[::-1]
    last = order[first_of_each(at[order])]
    closest, most = np.zeros(len(documents)), np.zeros(len(documents), np.int64)
    closest[at[last]], most[at[last]] = near[last], together[last]
    asked = np.zeros(len(documents), np.int64)
    for one in terms:
        asked[documents.searchsorted(runs(arrays.document_of[one.passages])[0])] += 1
    closest[asked < 2], most[asked < 2] = 0, 0
    return closest, most


def _sums(row: Numbers, values: Scores) -> Scores:
    """Of each row what its values add up to, one after the other."""
    return np.asarray(np.bincount(row, values), np.float64)


def _numbered(arrays: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """The different numbers of all arrays, ascending, and the place among them of each item, the arrays end to end."""
    if len(arrays) == 1:
        return arrays[0], np.arange(len(arrays[0]))
    joined = np.concatenate(arrays)
    order = joined.argsort(kind="stable")
    ascending = joined[order]
    first = first_of_each(ascending)
    row = np.zeros(len(joined), np.int64)
    row[first[1:]] = 1
    at = np.empty(len(joined), np.int64)
    at[order] = row.cumsum()
    return ascending[first], at


def _first_of_the_most(rows: Numbers, values: Scores) -> Numbers:
    """The place of the greatest item of each row, the first of equals; rows are ascending."""
    begins = first_of_each(rows)
    most = np.maximum.reduceat(values, begins).repeat(np.diff(begins, append=len(rows)))
    places = (values == most).nonzero()[0]
    found: Numbers = places[first_of_each(rows[places])]
    return found


# --- documents met in part -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Partial:
    """Documents, ascending, that hold some of a question, and their scores."""

    documents: Numbers
    scores: Scores


NO_PARTIAL = Partial(np.zeros(0, np.int64), np.zeros(0, np.float64))


def met_in_part(arrays: Arrays, loose: ranking.Loosened, barred: Mask) -> Partial:
    """The documents, but for some that are barred, that hold enough of the content words of a question."""
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
    fits &= (rarest >= loose.telling) & ~barred
    documents = fits.nonzero()[0]
    best = _gathered(arrays, said, weights, loose.figure)
    scores = _partial_score(best[documents], share[documents])
    if loose.most is not None:
        first = np.sort(np.lexsort((arrays.name_order[documents], -scores))[: loose.most])
        documents, scores = documents[first], scores[first]
    return Partial(documents, scores)


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


def _gathered(arrays: Arrays, said: Sequence[_Said], weights: Sequence[float], figure: str) -> Scores:
    """Of each document what its best passage gathers; a long one has to say more."""
    passages = united(one.passages for one in said)
    gathered = np.zeros(len(passages))
    for weight, one in zip(weights, said, strict=True):
        counted = _saturated(one.times, arrays.passage_lengths[one.passages])
        gathered[passages.searchsorted(one.passages)] += weight * one.strengths * counted
    if figure:
        with_figure = np.isin(passages, arrays.together((figure,))[0])
        gathered = gathered * np.where(with_figure, 1.0, ranking.NO_FIGURE)
    best = np.zeros(arrays.documents)
    np.maximum.at(best, arrays.document_of[passages], gathered)
    return best
