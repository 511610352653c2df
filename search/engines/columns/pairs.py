"""Where pairs of characters stand in the texts of all segments, as the arrays of their files say it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from search.engines.columns.files import Columns, pair_key
from search.engines.columns.postings import EMPTY, Kept, Mask, Numbers, intersection, ranges, wide

# Offsets are looked up in blocks of so many bits: passages and titles of 64 characters, bodies of 256, of which one is
# seldom shorter. As there is a number for each block, this is a sixteenth and less of what the pairs themselves take.
SHORT_BLOCK, LONG_BLOCK = 6, 8
# The second character in the number of a pair (files.pair_key).
_SECOND = np.uint64((1 << 21) - 1)


def array(columns: Columns, name: str) -> Numbers:
    """An array as it lies in the file, of whatever width its numbers are."""
    view = columns.arrays[name]
    found: Numbers = np.frombuffer(view, np.dtype(view.format)) if len(view) else EMPTY
    return found


class Ranges(NamedTuple):
    """Places that are read only if they are asked for. size: how many there are at most."""

    size: int
    begins: Callable[[], Numbers]


@cache
def signs() -> Mask:
    """Of each character of the first plane whether it is no letter and no digit; the last is for all beyond it, which
    may be signs. Made while an index is opened, as it takes eight milliseconds."""
    return np.array([not chr(code).isalnum() for code in range(0xFFFF)] + [True])


class Pairs:
    """Where pairs of characters stand in all bodies, or in all titles."""

    def __init__(
        self, segments: Sequence[Columns], field: str, begins: Numbers, first: Sequence[int], *, block: int
    ) -> None:
        self._segments = [
            tuple(array(columns, name) for name in (f"{field}_keys", f"{field}_ends", field)) for columns in segments
        ]
        self._shifts = [int(begins[number]) for number in first]
        self.begins = begins
        self._document_at, self._block = lookup(begins, block), block
        self._signs = signs()

    def documents_at(self, offsets: Numbers) -> Numbers:
        return looked_up(self._document_at, self._block, self.begins, offsets)

    def ranges(self, pair: str) -> list[tuple[int, int]]:
        """Of each segment, where the offsets lie of one pair, or of all pairs that begin with one character."""
        if len(pair) == 2:
            key = np.uint64(pair_key(pair))
            return [_range_of(keys, ends, key) for keys, ends, _ in self._segments]
        low, high = np.uint64(pair_key(pair + "\0")), np.uint64(pair_key(chr(ord(pair) + 1) + "\0"))
        return [
            (int(ends[keys.searchsorted(low)]), int(ends[keys.searchsorted(high)])) for keys, ends, _ in self._segments
        ]

    def ending(self, char: str) -> Numbers:
        """The offsets of all pairs whose second character is this one, of one pair after the other."""
        found = [EMPTY]
        for (keys, ends, offsets), shift in zip(self._segments, self._shifts, strict=True):
            pairs = (keys.astype(np.uint64) & _SECOND == np.uint64(ord(char))).nonzero()[0]
            begin, end = (ends[pairs + edge].astype(np.int64) for edge in (0, 1))
            found.append(offsets[ranges(begin, end)].astype(np.int64) + shift)
        return np.concatenate(found)

    def starts(self, text: str, documents: Numbers | None = None) -> Numbers:
        """Where a folded string begins, also inside itself (人人人: 人人 twice); in all documents or some."""
        if len(text) > 3 and text.count(text[0]) == len(text):
            return self._of_one_character(text, documents)
        found = {at: self.ranges(text[at : at + 2]) for at in _places(text)}
        rarest, *more = sorted(found, key=lambda at: _sum_of(found[at]))
        starts: Numbers = self.offsets(found[rarest]) - rarest
        if len(text) == 1:
            starts.sort()  # one pair after the other
        if documents is not None:
            starts = starts[ranges(*(starts.searchsorted(self.begins[documents + end]) for end in (0, 1)))]
        for at in more:
            if not len(starts):
                break
            starts = intersection(starts, self.offsets(found[at]) - at)
        return starts

    def places(self, text: str) -> Ranges:
        """Where a folded string begins; no string stands more often than the rarest of its pairs."""
        most = min(_sum_of(self.ranges(text[at : at + 2])) for at in _places(text))
        return Ranges(most, lambda: self.starts(text))

    def places_before(self, char: str, behind: str) -> Ranges:
        """Where a character stands before another one or before a sign; between digits 至 and 到 are signs, too."""
        found = list[tuple[Numbers, Numbers]]()
        for keys, ends, _ in self._segments:
            low, high = (keys.searchsorted(np.uint64(pair_key(chr(ord(char) + step) + "\0"))) for step in (0, 1))
            seconds = (keys[low:high].astype(np.uint64) & _SECOND).astype(np.int64)
            fits = self._signs[np.minimum(seconds, len(self._signs) - 1)] | (seconds == ord(behind))
            if char.isdecimal():
                fits |= np.isin(seconds, [ord("至"), ord("到")])
            pairs = low + fits.nonzero()[0]
            found.append((wide(ends[pairs]), wide(ends[pairs + 1])))
        return Ranges(sum(int((ends - begins).sum()) for begins, ends in found), lambda: self._ascending(found))

    def _ascending(self, found: Sequence[tuple[Numbers, Numbers]]) -> Numbers:
        """The offsets in some ranges of each segment."""
        parts = [
            wide(offsets[ranges(begins, ends)]) + shift
            for (begins, ends), (_, _, offsets), shift in zip(found, self._segments, self._shifts, strict=True)
        ]
        joined = np.concatenate([EMPTY, *parts])
        joined.sort(kind="stable")
        return joined

    def _of_one_character(self, text: str, documents: Numbers | None) -> Numbers:
        """As starts(), of 人人人人人: where one half of it begins and the other half behind it."""
        half = -(-len(text) // 2)
        starts = self.starts(text[:half], documents)
        return intersection(starts, starts - (len(text) - half))

    def offsets(self, ranges: Sequence[tuple[int, int]]) -> Numbers:
        """What lies there, pair after pair."""
        found = [
            offsets[low:high].astype(np.int64) + shift
            for (low, high), (_, _, offsets), shift in zip(ranges, self._segments, self._shifts, strict=True)
            if high > low
        ]
        return found[0] if len(found) == 1 else np.concatenate(found) if found else EMPTY


def _places(text: str) -> tuple[int, ...]:
    """Where the pairs begin that make up a string."""
    return (0,) if len(text) == 1 else (*range(0, len(text) - 2, 2), len(text) - 2)


def _sum_of(ranges: Sequence[tuple[int, int]]) -> int:
    return sum(high - low for low, high in ranges)


def _range_of(keys: Numbers, ends: Numbers, key: np.uint64) -> tuple[int, int]:
    at = int(keys.searchsorted(key))
    return (int(ends[at]), int(ends[at + 1])) if at < len(keys) and keys[at] == key else (0, 0)


def lookup(begins: Kept, bits: int) -> npt.NDArray[np.int32]:
    """Of each block of offsets, the thing laid end to end in which it begins; begins ends with the end of the last."""
    blocks = -(-begins >> bits)  # before each beginning
    return np.arange(-1, len(begins) - 1, dtype=np.int32).repeat(np.diff(blocks, prepend=0))


def looked_up(lookup: npt.NDArray[np.int32], bits: int, begins: Kept, offsets: Numbers) -> Numbers:
    found: Numbers = lookup[offsets >> bits].astype(np.int64)
    behind = (offsets >= begins[found + 1]).nonzero()[0]
    while len(behind):
        found[behind] += 1
        behind = behind[offsets[behind] >= begins[found[behind] + 1]]
    return found
