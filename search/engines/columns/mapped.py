"""What the segments have for each sentence and each character, end to end without joining it: the arrays stay where the
files are mapped, which all processes have in common. Joined they would be 18 MB of a million passages in each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from search.engines.columns.files import Columns
from search.engines.columns.pairs import array
from search.engines.columns.postings import Numbers, ends_of, wide


class _EndToEnd:
    """Arrays whose items are numbered on. begins: the number of each one's first item, and behind the last of all."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.begins = ends_of(np.array(sizes, np.int64))

    def __len__(self) -> int:
        return int(self.begins[-1])

    def parts(self, numbers: Numbers) -> Iterator[tuple[int, Numbers]]:
        """The arrays in which some of the numbers lie, and which of the numbers lie there."""
        of = self.begins[1:-1].searchsorted(numbers, "right")
        for one in np.unique(of).tolist():
            yield one, (of == one).nonzero()[0]


class Edges:
    """Where words begin and end in all bodies, or in all titles: a bit for each offset."""

    def __init__(self, segments: Sequence[Columns], name: str) -> None:
        self._bits = [np.frombuffer(one.arrays[name], np.uint8) for one in segments]
        self._bytes = _EndToEnd([len(one) for one in self._bits])
        self._firsts: list[int] = self._bytes.begins[:-1].tolist()

    def at(self, offsets: Numbers) -> npt.NDArray[np.uint8]:
        """The bit of each of these offsets."""
        places = offsets >> 3
        if len(self._bits) == 1:
            return np.asarray(self._bits[0][places] >> (offsets & 7).astype(np.uint8) & 1, np.uint8)
        found = np.zeros(len(offsets), np.uint8)
        for one, of in self._bytes.parts(places):
            found[of] = self._bits[one][places[of] - self._bytes.begins[one]]
        return np.asarray(found >> (offsets & 7).astype(np.uint8) & 1, np.uint8)

    def between(self, begin: int, end: int) -> bytes:
        """The bits of a text that begins and ends at these offsets, which are whole bytes."""
        one = bisect_right(self._firsts, begin >> 3) - 1
        first = self._firsts[one]
        return self._bits[one][(begin >> 3) - first : (end >> 3) - first].tobytes()


class Begins:
    """Where units (sentences) begin in all bodies, ascending."""

    def __init__(self, segments: Sequence[Columns], name: str, bodies: Sequence[int]) -> None:
        """bodies: where the first body of each segment begins, and behind the last where all of them end."""
        self._offsets = [array(one, name) for one in segments]
        self._units = _EndToEnd([len(one) for one in self._offsets])
        self._characters = _EndToEnd(np.diff(bodies).tolist())

    def __len__(self) -> int:
        return len(self._units)

    def at(self, units: Numbers) -> Numbers:
        """Where each of these begins."""
        found = np.zeros(len(units), np.int64)
        for one, of in self._units.parts(units):
            found[of] = wide(self._offsets[one][units[of] - self._units.begins[one]]) + self._characters.begins[one]
        return found

    def of(self, offsets: Numbers) -> Numbers:
        """The unit in which each of these offsets lies."""
        if len(self._offsets) == 1:
            return _unit_of(self._offsets[0], offsets)
        found = np.zeros(len(offsets), np.int64)
        for one, of in self._characters.parts(offsets):
            inside = offsets[of] - self._characters.begins[one]
            found[of] = _unit_of(self._offsets[one], inside) + self._units.begins[one]
        return found


def _unit_of(begins: Numbers, offsets: Numbers) -> Numbers:
    # As wide as what they are looked for in, which would be widened else.
    return begins.searchsorted(offsets.astype(begins.dtype), "right") - 1
