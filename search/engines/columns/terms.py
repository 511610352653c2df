"""A term of a query on the columns: the documents that hold it, how, and what of their score it brings.

That depends on the term alone, so it is kept from query to query.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

from search.engines.columns.arrays import Arrays
from search.engines.columns.postings import (
    NOWHERE,
    Kept,
    Mask,
    Numbers,
    SpanLists,
    TermPostings,
    disjoint_spans,
    narrow,
    union,
    wide,
)
from search.engines.lately import Lately
from search.index.schema import TITLE_WEIGHT
from search.matching import scoring, widening
from search.matching.matches import BESIDE, CALLED, KINDS, SHOWN
from search.matching.spans import Ends

Scores = npt.NDArray[np.float64]
# How often something stands in a document; in eight bits, as they are kept for many, but where it is more often.
Times = npt.NDArray[np.uint8] | npt.NDArray[np.int32]
_MOST_SHORT = 255
Tiers = npt.NDArray[np.int8]
Array = TypeVar("Array", bound=npt.NDArray[np.generic])

# The formulas of ranking hold for an array of numbers as for one.
_length_norm = cast("Callable[[Scores, float], Scores]", scoring.length_norm)
_points_of = cast("Callable[[Scores, Scores, float, Scores], Scores]", scoring.points_of)

# Looser than every tier: not found.
NONE = len(CALLED)


def _tiers_with(beside: Mapping[str, Sequence[str]]) -> Mapping[str, Mask]:
    """kind -> of each tier, whether it is that of a kind beside which this one counts."""
    return {
        kind: np.array(
            [any(least == tier and kind in beside.get(one, ()) for one, least in KINDS) for tier in range(NONE + 1)]
        )
        for kind, _ in KINDS
    }


_COUNTS, _SHOWS = _tiers_with({kind: (kind, *BESIDE.get(kind, ())) for kind, _ in KINDS}), _tiers_with(SHOWN)
# Bytes of what is kept of terms, per generation, and more for each document, as a frequent word stands in many: the 133
# words of 80 questions of all kinds take 6.2 MB in 20,000 documents and 41 in 171,300. Where they do not all fit,
# questions that come in turns are all asked as if for the first time, which takes two to three times as long.
_CACHE_BYTES, _CACHE_BYTES_A_DOCUMENT = 4 << 20, 240


# Bytes. Of fewer places to narrow them takes longer than it saves.
_WORTH_NARROWING = 4096


@dataclass(frozen=True, slots=True)
class KindCounts:
    """One kind of string of a term, an item for each document that holds the term in any way: whether it counts for
    the score, how often it stands in title and body, how many of its places are shown, and its points."""

    name: str
    counts: Mask
    title: Times
    body: Times
    shown: Times
    points: Scores


class TermHits:
    """Where one term was found.

    documents: those that hold it in any way, ascending; held: the same as they are kept. levels: for each of them, the
    strictest tier that it fits.
    """

    def __init__(self, arrays: Arrays, term: widening.Widened) -> None:
        self._arrays = arrays
        places = _places_of(arrays, term)
        there = [kind for kind, one in places.items() if one.anywhere]
        self.kinds_found = tuple((kind, least) for kind, least in KINDS if kind in there)
        held = [(places[kind].held, least) for kind, least in self.kinds_found]
        sizes = {kind: places[kind].size for kind in there}
        self.places = places | {kind: places[kind].narrow() for kind in there if sizes[kind] > _WORTH_NARROWING}
        documents = union(some for some, _ in held)
        self.held: Kept = narrow(documents) if documents.nbytes > _WORTH_NARROWING else documents
        levels: Tiers = np.full(len(documents), NONE, np.int8)
        for some, least in reversed(held):
            levels[_among(documents, some)] = least
        self.levels = _alike(levels)
        self.rarity = scoring.rarity(len(documents), arrays.live_count)
        spots = sum(size // (2 if size > _WORTH_NARROWING else 1) for size in sizes.values())
        # And of each document its number and tier, and for each kind what counts for the score; of one kind alone the
        # tier is the same in all, it counts in all, and what is shown of it is what there is.
        beside = 10 if len(self.kinds_found) < 2 else 1 + 12 * len(self.kinds_found)
        self.size = 2000 + spots + self.held.nbytes + beside * len(documents)

    @property
    def documents(self) -> Numbers:
        return wide(self.held)

    def title_levels(self) -> tuple[Numbers, Tiers]:
        """documents and levels, of the title alone."""
        documents = self.documents
        levels = np.full(len(documents), NONE, np.int8)
        for kind, least in reversed(self.kinds_found):
            levels[documents.searchsorted(self.places[kind].title.held)] = least
        met = levels < NONE
        return documents[met], levels[met]

    @cached_property
    def kinds(self) -> tuple[KindCounts, ...]:
        """What counts for the score: of each document the strictest kind, and what counts beside it."""
        documents, counted = self.documents, list[tuple[str, Mask, Times, Times, Times, Scores]]()
        for kind, _ in self.kinds_found:
            title, body = (_times(documents, side) for side in (self.places[kind].title, self.places[kind].body))
            counts = (title + body > 0) & _COUNTS[kind][self.levels]
            shown = body * _SHOWS[kind][self.levels]
            times = np.where(counts, scoring.STRENGTHS[kind] * (title * TITLE_WEIGHT + body), 0.0)
            kept = _short(body)
            kept_shown = kept if (shown == body).all() else _alike(_short(shown))
            counted.append((kind, _alike(counts), _short(title), kept, kept_shown, times))
        total = sum((times for *_, times in counted), np.zeros(len(documents)))
        norm = _length_norm(self._arrays.lengths[documents], self._arrays.mean_length)
        return tuple(
            KindCounts(kind, counts, title, body, shown, _points_of(times, total, self.rarity, norm))
            for kind, counts, title, body, shown, times in counted
        )


def _times(documents: Numbers, spots: SpanLists) -> npt.NDArray[np.int32]:
    """How often the places stand in each of the documents."""
    times = np.zeros(len(documents), np.int32)
    times[_among(documents, spots.held)] = spots.times
    return times


def _short(times: npt.NDArray[np.int32]) -> Times:
    return times if times.max() > _MOST_SHORT else times.astype(np.uint8)


def _alike(values: Array) -> Array:
    """The same without taking room, where all are one value; not to be written to."""
    if not len(values) or (values != values[0]).any():
        return values
    # As np.broadcast_to() does, in less than half of the time.
    one: npt.NDArray[Any] = np.ndarray(values.shape, values.dtype, values[:1].copy(), strides=(0,))
    one.flags.writeable = False
    return cast("Array", one)


TermCache = Lately[widening.Widened, TermHits]


def term_cache(documents: int) -> TermCache:
    """What was looked for of late in an index of so many documents."""
    return TermCache(_CACHE_BYTES + _CACHE_BYTES_A_DOCUMENT * documents, lambda one: one.size)


_NOTHING = (TermPostings(), TermPostings())


def _among(documents: Numbers, some: Numbers) -> Numbers | slice:
    """The places of some of the documents among them; both ascending."""
    return slice(None) if len(some) == len(documents) else documents.searchsorted(some)


def _places_of(arrays: Arrays, term: widening.Widened) -> dict[str, TermPostings]:
    """kind (matches.KINDS) -> where its strings stand."""
    met = {kind: _by_words(arrays, strings, whole=ends) for kind, (strings, ends) in term.strings.items()}
    scattered = _scattered(arrays, term.words) if term.words else TermPostings()
    _, crossed = met["literal"]
    return {kind: kept for kind, (kept, _) in met.items()} | {"scattered": scattered, "crossed": crossed}


def _by_words(arrays: Arrays, strings: tuple[str, ...], *, whole: Ends) -> tuple[TermPostings, TermPostings]:
    """Where the strings stand as words, and where they only cross words; all are words when whole is not asked."""
    if not strings:
        return _NOTHING
    (title, crossed_title), (body, crossed_body) = (
        _side(arrays, strings, title=side, whole=whole) for side in (True, False)
    )
    return TermPostings(title, body), TermPostings(crossed_title, crossed_body)


def _side(arrays: Arrays, strings: tuple[str, ...], *, title: bool, whole: Ends) -> tuple[SpanLists, SpanLists]:
    spots = _any_of(arrays, strings, title=title)
    if not whole or not len(spots.starts):
        return spots, NOWHERE
    kept = arrays.whole(spots, whole, title=title)
    return (spots, NOWHERE) if kept.all() else (spots.only(kept), spots.only(~kept))


def _any_of(arrays: Arrays, strings: tuple[str, ...], *, title: bool) -> SpanLists:
    found = [spots for string in strings if len((spots := arrays.literal(string, title=title)).starts)]
    if len(found) < 2:
        return found[0] if found else NOWHERE
    return disjoint_spans(*map(np.concatenate, zip(*(one.stretches for one in found), strict=True)))


def _scattered(arrays: Arrays, words: tuple[str, ...]) -> TermPostings:
    passages, _ = arrays.together(words)
    documents = arrays.document_of(passages)
    title = passages == arrays.titles[documents]
    everywhere = SpanLists.of(documents, passages, passages)
    return TermPostings(everywhere.only(title), everywhere.only(~title))
