"""Ascending arrays of numbers, and the places of strings in the texts of many documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
# Numbers as they are kept: in 32 bits where they fit (narrow()); what is taken of them is computed with in 64.
Kept = npt.NDArray[np.int64] | npt.NDArray[np.int32]

# More than the characters of any string that is looked for.
_LONGEST = 1 << 20
EMPTY: Numbers = np.zeros(0, np.int64)


class SpanLists:
    """Spans of text, a list for each document that has any; CSR layout, everything ascending.

    held: the documents, each once. bounds: the spans of held[i] are those from bounds[i] to bounds[i + 1]. starts,
    ends: offsets of each span. For words apart a span is a passage, and its start is the number of the passage.
    """

    __slots__ = ("_bounds", "_ends", "_held", "_starts")

    def __init__(self, held: Kept, bounds: Kept, starts: Kept, ends: Kept | int) -> None:
        """ends: where each stretch ends, or how long all of them are."""
        self._held, self._bounds, self._starts, self._ends = held, bounds, starts, ends

    @classmethod
    def of(cls, documents: Numbers, starts: Numbers, ends: Numbers | int) -> SpanLists:
        """documents: of each stretch the one that holds it."""
        begins = first_of_each(documents)
        bounds = np.empty(len(begins) + 1, np.int64)
        bounds[:-1], bounds[-1] = begins, len(documents)
        return cls(documents[begins], bounds, starts, ends)

    @property
    def anywhere(self) -> bool:
        return len(self._held) > 0

    @property
    def held(self) -> Numbers:
        return wide(self._held)

    @property
    def starts(self) -> Numbers:
        return wide(self._starts)

    @property
    def ends(self) -> Numbers:
        return self.starts + self._ends if isinstance(self._ends, int) else wide(self._ends)

    @property
    def times(self) -> Numbers:
        """How many stretches each of the documents in held has."""
        return wide(self._bounds[1:] - self._bounds[:-1])

    @property
    def documents(self) -> Numbers:
        """Of each stretch the document that holds it."""
        return self.held.repeat(self.times)

    @property
    def size(self) -> int:
        """Bytes."""
        ends = 0 if isinstance(self._ends, int) else self._ends.nbytes
        return self._held.nbytes + self._bounds.nbytes + self._starts.nbytes + ends

    @property
    def stretches(self) -> tuple[Numbers, Numbers, Numbers]:
        return self.documents, self.starts, self.ends

    def narrow(self) -> SpanLists:
        """The same, to be kept."""
        ends = self._ends if isinstance(self._ends, int) else narrow(self._ends)
        return SpanLists(narrow(self._held), narrow(self._bounds), narrow(self._starts), ends)

    def only(self, kept: Mask) -> SpanLists:
        return SpanLists.of(self.documents[kept], self.starts[kept], self._ends_at(kept))

    def within(self, documents: Numbers) -> SpanLists:
        """Those in some of the documents (ascending)."""
        if not len(self._held):
            return self
        rows = places_in(self._held, documents)
        begins, ends = wide(self._bounds[rows]), wide(self._bounds[rows + 1])
        at = ranges(begins, ends)
        return SpanLists(wide(self._held[rows]), ends_of(ends - begins), wide(self._starts[at]), self._ends_at(at))

    def starts_in(self, documents: Numbers) -> Numbers:
        """Where those in some of the documents (ascending) start."""
        rows = places_in(self._held, documents)
        if not len(rows):
            return EMPTY
        return wide(self._starts[ranges(wide(self._bounds[rows]), wide(self._bounds[rows + 1]))])

    def times_in(self, documents: Numbers) -> Numbers:
        """How many each of these documents (ascending) holds."""
        if not len(self._held):
            return np.zeros(len(documents), np.int64)
        rows, met = met_in(self._held, documents)
        return np.where(met, wide(self._bounds[rows + 1] - self._bounds[rows]), 0)

    def _ends_at(self, at: Mask | Numbers) -> Numbers | int:
        return self._ends if isinstance(self._ends, int) else wide(self._ends[at])


def narrow(numbers: Kept) -> Kept:
    """Ascending numbers in half of the room, where they fit."""
    return numbers.astype(np.int32) if not len(numbers) or numbers[-1] <= _MOST_NARROW else numbers


def wide(numbers: Kept) -> Numbers:
    return numbers.astype(np.int64, copy=False)


_MOST_NARROW = np.iinfo(np.int32).max
NOWHERE = SpanLists(EMPTY, np.zeros(1, np.int64), EMPTY, 0)


@dataclass(frozen=True, slots=True)
class TermPostings:
    title: SpanLists = NOWHERE
    body: SpanLists = NOWHERE

    @property
    def anywhere(self) -> bool:
        return self.title.anywhere or self.body.anywhere

    @property
    def held(self) -> Numbers:
        """Each document that has any, once, ascending."""
        return union((self.title.held, self.body.held))

    @property
    def size(self) -> int:
        """Bytes."""
        return self.title.size + self.body.size

    def narrow(self) -> TermPostings:
        return TermPostings(self.title.narrow(), self.body.narrow())

    def within(self, documents: Numbers) -> TermPostings:
        """Those in some of the documents (ascending)."""
        return TermPostings(self.title.within(documents), self.body.within(documents))


def runs(ascending: Numbers) -> tuple[Numbers, Numbers]:
    """The different numbers of an ascending array and how often each stands there."""
    if not len(ascending):
        return EMPTY, EMPTY
    begins = first_of_each(ascending)
    return ascending[begins], sizes_of(begins, len(ascending))


def sizes_of(begins: Numbers, end: int) -> Numbers:
    """How large things are that begin there, each up to the next and the last up to the end."""
    sizes = np.empty(len(begins), np.int64)
    sizes[:-1] = begins[1:] - begins[:-1]
    sizes[-1:] = end - begins[-1:]
    return sizes


def ranges(begins: Numbers, ends: Numbers) -> Numbers:
    """The numbers from each beginning up to its end, one range after the other."""
    sizes = ends - begins
    before = sizes.cumsum()
    found: Numbers = (begins - before + sizes).repeat(sizes)
    found += np.arange(len(found))
    return found


def first_of_each(ascending: Numbers) -> Numbers:
    """The place of the first of every run of equal numbers."""
    first = np.empty(len(ascending), np.bool_)
    first[:1] = True
    np.not_equal(ascending[1:], ascending[:-1], out=first[1:])
    return first.nonzero()[0]


def met_in(ascending: Kept, wanted: Numbers) -> tuple[Numbers, Mask]:
    """The place of each wanted number in an ascending array, and whether it stands there."""
    if not len(ascending):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
    at = ascending.searchsorted(wanted.astype(ascending.dtype, copy=False))  # else all of ascending would be widened
    at[at == len(ascending)] = 0
    return at, ascending[at] == wanted


def places_in(ascending: Kept, wanted: Numbers) -> Numbers:
    """The places, in an ascending array without repetitions, of those wanted numbers that stand in it."""
    at, met = met_in(ascending, wanted)
    return at if np.count_nonzero(met) == len(met) else at[met]


def intersection(one: Numbers, other: Numbers) -> Numbers:
    """What stands in both of two ascending arrays without repetitions."""
    few, many = sorted((one, other), key=len)
    if not len(few):
        return EMPTY
    if len(few) * 8 < len(many):
        at = np.minimum(many.searchsorted(few), len(many) - 1)
        met: Numbers = few[many[at] == few]
        return met
    both = np.concatenate((few, many))
    both.sort(kind="stable")  # merges the two runs, which is faster than looking up each
    twice: Numbers = both[1:][both[1:] == both[:-1]]
    return twice


def union(arrays: Iterable[Numbers]) -> Numbers:
    """What stands in any of these ascending arrays, once."""
    found = [array for array in arrays if len(array)]
    if len(found) < 2:
        return found[0] if found else EMPTY
    joined = np.concatenate(found)
    joined.sort(kind="stable")  # merges ascending runs
    return joined[first_of_each(joined)]


def apart(starts: Numbers, length: int) -> Numbers:
    """The starts that don't overlap one before, as str.count() counts."""
    if not (starts[1:] - starts[:-1] < length).any():
        return starts
    kept: list[int] = []
    for start in starts.tolist():
        if not kept or start >= kept[-1] + length:
            kept.append(start)
    return np.array(kept, np.int64)


def overlaps_itself(text: str) -> bool:
    """Whether it may begin again before it has ended: 人人 in 人人人."""
    return any(text.startswith(text[at:]) for at in range(1, len(text)))


def disjoint_spans(documents: Numbers, starts: Numbers, ends: Numbers) -> SpanLists:
    """snippets.disjoint() of many documents at once: from the left, the longest first."""
    # The longest first where they start together; one key, so that the sort merges ascending runs.
    order = (starts * _LONGEST - (ends - starts)).argsort(kind="stable")
    documents, starts, ends = documents[order], starts[order], ends[order]
    # What reaches over nothing before it, and over which nothing reaches, stays; the others are gone through.
    fresh = np.concatenate(([True], starts[1:] >= np.maximum.accumulate(ends)[:-1]))[: len(starts)]
    kept = fresh & np.append(fresh[1:], [True])[: len(starts)]
    crowded = (~kept).nonzero()[0]
    kept[crowded[_from_the_left(starts[crowded], ends[crowded])]] = True
    return SpanLists.of(documents[kept], starts[kept], ends[kept])


def _from_the_left(starts: Numbers, ends: Numbers) -> list[int]:
    """The places of those that are kept: the first, and of those behind one the first that begins where it has ended.

    A step for each that is kept: signs repeated without end overlap each other all through a document.
    """
    following, kept, at = starts.searchsorted(ends).tolist(), list[int](), 0
    while at < len(following):
        kept.append(at)
        at = following[at]
    return kept


def ends_of(sizes: Numbers) -> Numbers:
    """Where things of these sizes end that are laid end to end, and 0 before."""
    ends = np.zeros(len(sizes) + 1, np.int64)
    sizes.cumsum(out=ends[1:])
    return ends
