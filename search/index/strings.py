"""Many short strings in one, and sorted columns that change in a few places."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TypeAlias, TypeVar

Numbers: TypeAlias = "array[int]"
WIDTH = "I"  # an entry's number and an offset of a byte fit into 32 bits for 16 million entries

_T = TypeVar("_T")


def packed(numbers: Iterable[int]) -> Numbers:
    """A list of numbers in an eighth of the room."""
    return array(WIDTH, numbers)


@dataclass(frozen=True, slots=True)
class Strings(Sequence[str]):
    """Many short strings in one: a list of 100,000 words takes ten times the memory."""

    joined: str
    ends: Numbers  # one more than there are strings; the first is 0

    @classmethod
    def of(cls, strings: Iterable[str]) -> Strings:
        found = list(strings)
        return cls("".join(found), array(WIDTH, accumulate(map(len, found), initial=0)))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __iter__(self) -> Iterator[str]:
        return (self.joined[begin:end] for begin, end in pairwise(self.ends))

    def __getitem__(self, at: int) -> str:  # type: ignore[override]
        if not 0 <= at < len(self.ends) - 1:
            raise IndexError(at)
        return self.joined[self.ends[at] : self.ends[at + 1]]

    def changed(self, change: Change, coming: Sequence[str]) -> Strings:
        """coming: the string of each place at which one comes."""
        pieces, ends, length = list[str](), array(WIDTH, [0]), 0
        for begin, end, which in change.steps(len(self)):
            if begin < end:
                first, shift = self.ends[begin], length - self.ends[begin]
                stay = self.ends[begin + 1 : end + 1]
                pieces.append(self.joined[first : stay[-1]])
                ends.extend(array(WIDTH, [one + shift for one in stay]) if shift else stay)
                length = ends[-1]
            if which is not None:
                pieces.append(coming[which])
                length += len(coming[which])
                ends.append(length)
        return Strings("".join(pieces), ends)


@dataclass(frozen=True, slots=True)
class Change:
    """What goes from a sequence and what comes into it: places of the sequence as it was, ascending.

    comes: before which place each comes, after those that come before the same.
    """

    goes: Sequence[int]
    comes: Sequence[int]

    def steps(self, length: int) -> Iterator[tuple[int, int, int | None]]:
        """(begin, end, which) of a sequence of a length: the stretch that stays, and the number of what comes behind
        it. As many steps as there are changes, and one."""
        at, coming = 0, 0
        for gone in (*self.goes, length):
            while coming < len(self.comes) and self.comes[coming] <= gone:
                yield at, self.comes[coming], coming
                at, coming = self.comes[coming], coming + 1
            yield at, gone, None
            at = gone + 1

    def applied(self, items: Sequence[_T], coming: Sequence[_T]) -> list[_T]:
        found: list[_T] = []
        for begin, end, which in self.steps(len(items)):
            found += items[begin:end]
            if which is not None:
                found.append(coming[which])
        return found

    def moved(self, length: int) -> tuple[list[int], list[int]]:
        """The new place of each that was there, -1 for what goes; and that of each that comes."""
        moved, come, at = [GONE] * length, list[int](), 0
        for begin, end, which in self.steps(length):
            moved[begin:end] = range(at, at + end - begin)
            at += end - begin
            if which is not None:
                come.append(at)
                at += 1
        return moved, come


# The place of what is no longer there.
GONE = -1
