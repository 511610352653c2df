"""Which documents hold a number, for very many numbers, in four bytes for each that is kept."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain

# Bits by which a number is looked up first, at most: with the same ones there are some twenty of 1.5 million.
_FIRST = 16


class Holders:
    """number -> the documents that hold it, themselves numbered; of each number so many at most."""

    def __init__(self, numbers: Sequence[int], times: Iterable[int]) -> None:
        """numbers: ascending, of 32 bits. times: how many documents there may be of each."""
        self._numbers = array("I", numbers)
        self._begins = array("Q", accumulate(times, initial=0))
        self._taken = array("I", bytes(4 * len(self._numbers)))
        self._documents = array("I", bytes(4 * self._begins[-1]))
        self._rest = 32 - min(_FIRST, len(self._numbers).bit_length())
        firsts = (bisect_left(self._numbers, first << self._rest) for first in range(1 << 32 - self._rest))
        self._firsts = array("I", [*firsts, len(self._numbers)])

    def places(self, numbers: Iterable[int]) -> list[int]:
        """Of those of the numbers that are known, where each is."""
        known, firsts, rest, found = self._numbers, self._firsts, self._rest, list[int]()
        for number in numbers:  # written out: of each document 64, of which a seventh is known
            first = number >> rest
            if (begin := firsts[first]) < (end := firsts[first + 1]):
                place = bisect_left(known, number, begin, end)
                if place < end and known[place] == number:
                    found.append(place)
        return found

    def of(self, places: Iterable[int]) -> Iterator[int]:
        """The documents that were put at the places, each as often as it was."""
        begins, taken, documents = self._begins, self._taken, self._documents
        return chain.from_iterable([documents[begins[one] : begins[one] + taken[one]] for one in places])

    def put(self, document: int, places: Iterable[int]) -> None:
        """Where there are as many as there may be already, no more are taken."""
        for place in places:
            at = self._begins[place] + self._taken[place]
            if at < self._begins[place + 1]:
                self._documents[at] = document
                self._taken[place] += 1
