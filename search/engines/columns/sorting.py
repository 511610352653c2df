"""What stands where, collected as plain numbers and sorted at once: the postings of a large run.

A text is kept as its characters, a word as its number; nothing is touched one by one but each different term. Sorting
what 6,000 news pages hold takes .1 ms a page, appending it term by term .9 and writing that .4. Numbers wait in files
and are sorted in blocks, so that memory does not grow with the run.
"""

from __future__ import annotations

import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import ExitStack
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np
import numpy.typing as npt

from search.engines.columns.blocks import Block
from search.index.analysis import Pairs, Words

_Numbers = npt.NDArray[np.integer]

# Numbers that wait in memory before they go to a file, and places that are sorted at once: of four times as many the
# arrays take 170 MB more, and a tenth more time.
_WAITING, _AT_ONCE = 1 << 18, 1 << 20
_LINE_FEED = 10


class SortedPool:
    """Collects the terms of documents, which come in the order of their numbers, a document's of one term in theirs."""

    def __init__(self, folder: Path, placed: Set[str]) -> None:
        """placed: the fields whose postings have positions."""
        self._placed, self._files = placed, _Files(folder)
        self._terms: dict[str, _Terms] = {}
        self._pairs: dict[str, _Texts] = {}

    def extend(self, field: str, document: int, found: Words | Pairs) -> None:
        """What a document has in a field, or some of it."""
        if isinstance(found, Pairs):
            if field not in self._pairs:
                self._pairs[field] = _Texts(self._files)
            self._pairs[field].add(document, found.text)
        else:
            self._put(field, document, found.terms, found.places)

    def put(self, field: str, term: str, document: int, positions: Iterable[int]) -> None:
        places = array("I", positions)
        self._put(field, document, [term] * len(places), places)

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """(field, term, document, weight, value), as Whoosh hands over a term of a field without positions."""
        field, term, document, _, _ = item
        self._put(field, document, (term.decode("utf-8"),), (0,))

    def _put(self, field: str, document: int, terms: Sequence[str], places: Iterable[int]) -> None:
        if field not in self._terms:
            self._terms[field] = _Terms(self._files)
        self._terms[field].add(document, terms, places)

    def iter_postings(self) -> Iterator[Block]:
        """All of them by field and term; to be called once."""
        for field in sorted({*self._terms, *self._pairs}):
            # A field is let go as soon as it is written.
            own, pairs = self._terms.pop(field, None), self._pairs.pop(field, None)
            parts = own.sorted() if own else iter(())
            if pairs:
                parts = _merged(parts, pairs.sorted())
            for part in parts:
                yield _laid_out(field, part, placed=field in self._placed)

    def cleanup(self) -> None:
        self._terms.clear()
        self._pairs.clear()
        self._files.close()


class _Sorted(NamedTuple):
    """Terms, ascending; where in places those of each end; and the places, each its document and its position."""

    terms: list[str]
    ends: npt.NDArray[np.int64]
    documents: _Numbers
    positions: _Numbers


class _Files(ExitStack):
    """Files without a name in a folder, gone when they are closed."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def new(self) -> IO[bytes]:
        return self.enter_context(tempfile.TemporaryFile(dir=self._folder))


class _Spool:
    """32-bit numbers, one after the other; many of them in a file."""

    def __init__(self, files: _Files) -> None:
        self._files = files
        self._waiting = array("I")
        self._file: IO[bytes] | None = None

    def extend(self, numbers: Iterable[int]) -> None:
        self._waiting.extend(numbers)
        self._relieve()

    def extend_bytes(self, numbers: bytes) -> None:
        self._waiting.frombytes(numbers)
        self._relieve()

    def _relieve(self) -> None:
        if len(self._waiting) > _WAITING:
            if self._file is None:
                self._file = self._files.new()
            self._waiting.tofile(self._file)
            del self._waiting[:]

    def numbers(self) -> npt.NDArray[np.uint32]:
        if self._file is None:
            return np.frombuffer(self._waiting, np.uint32)
        self._waiting.tofile(self._file)
        self._file.flush()
        return np.memmap(self._file, np.uint32, "r")


class _Owners:
    """Of things one after the other the document of each."""

    def __init__(self) -> None:
        self._documents, self._ends = array("I"), array("Q", [0])

    def add(self, document: int, things: int) -> None:
        self._documents.append(document)
        self._ends.append(self._ends[-1] + things)

    def of(self, things: npt.NDArray[np.int64]) -> tuple[_Numbers, npt.NDArray[np.int64]]:
        """The document of each of some, and how many of the same came before it."""
        ends = np.frombuffer(self._ends, np.uint64).astype(np.int64)
        which = ends.searchsorted(things, "right") - 1
        return np.frombuffer(self._documents, np.uint32)[which], things - ends[which]


class _Terms:
    """Terms with their places."""

    def __init__(self, files: _Files) -> None:
        self._numbers = _Numbered()
        self._which, self._places, self._owners = _Spool(files), _Spool(files), _Owners()

    def add(self, document: int, terms: Sequence[str], places: Iterable[int]) -> None:
        self._which.extend(map(self._numbers.__getitem__, terms))
        self._places.extend(places)
        self._owners.add(document, len(terms))

    def sorted(self) -> Iterator[_Sorted]:
        terms = sorted(self._numbers)
        order = np.fromiter(map(self._numbers.__getitem__, terms), np.int64, len(terms))
        rank = np.empty(len(terms), np.uint32)
        rank[order] = np.arange(len(terms), dtype=np.uint32)
        which, places = self._which.numbers(), self._places.numbers()
        often = np.bincount(which, minlength=len(terms))[order]
        for low, high in _ranges(often, len(terms)):
            ranks = rank[which]
            found = ((ranks >= low) & (ranks < high)).nonzero()[0] if high - low < len(terms) else np.arange(len(ranks))
            found = found[_order(ranks[found])]
            documents, _ = self._owners.of(found)
            yield _Sorted(terms[low:high], often[low:high].cumsum(), documents, places[found])


class _Numbered(dict[str, int]):
    """Terms, each with its number, given when it is first asked for."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class _Texts:
    """Texts of which each pair of characters is a term, the last one of a line with its line feed."""

    def __init__(self, files: _Files) -> None:
        self._characters, self._owners = _Spool(files), _Owners()

    def add(self, document: int, text: str) -> None:
        # A line feed behind each text, for the last pair of its last line.
        self._characters.extend_bytes(f"{text}\n".encode(_CHARACTERS, "surrogatepass"))
        self._owners.add(document, len(text) + 1)

    def sorted(self) -> Iterator[_Sorted]:
        codes = self._characters.numbers()
        known = np.zeros(0x110000, np.uint32)
        known[codes] = 1
        different = known.nonzero()[0]
        known[different] = np.arange(len(different), dtype=np.uint32)
        often = np.bincount(known[codes[:-1]], minlength=len(different))
        often[different == _LINE_FEED] = 0
        # So few first characters at once that a pair's number fits into 32 bits.
        for low, high in _ranges(often, (1 << 32) // len(different)):
            firsts = codes[:-1]
            wanted = np.zeros(0x110000, np.bool_)
            wanted[different[low:high]] = True
            wanted[_LINE_FEED] = False
            found = wanted[firsts].nonzero()[0]
            if not len(found):
                continue
            pairs = (known[codes[found]] - np.uint32(low)) * np.uint32(len(different)) + known[codes[found + 1]]
            order = _order(pairs)
            found, pairs = found[order], pairs[order]
            begins = _changes(pairs)
            first, second = (codes[found[begins] + at].tolist() for at in (0, 1))
            documents, offsets = self._owners.of(found)
            ends = np.append(begins[1:], len(found))
            yield _Sorted([chr(a) + chr(b) for a, b in zip(first, second, strict=True)], ends, documents, offsets)


_CHARACTERS = "utf-32-le" if np.little_endian else "utf-32-be"


def _ranges(often: npt.NDArray[np.int64], most: int) -> Iterator[tuple[int, int]]:
    """Of things in a row, which stand so often, runs of _AT_ONCE places, or one thing if that has more; and of so many
    things at most."""
    ends, low = often.cumsum(), 0
    while low < len(often):
        before = ends[low - 1] if low else 0
        high = int(ends.searchsorted(before + _AT_ONCE, "right"))
        high = min(max(high, low + 1), low + most)
        yield low, high
        low = high


def _order(keys: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    """keys.argsort(kind="stable"), five times as fast: key and place in one number."""
    both = keys.astype(np.uint64) << np.uint64(32) | np.arange(len(keys), dtype=np.uint64)
    both.sort()
    return (both & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _changes(numbers: npt.NDArray[np.generic]) -> npt.NDArray[np.int64]:
    """Where a number begins that is not the one before it."""
    return np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1]))[: len(numbers)])


def _merged(own: Iterator[_Sorted], others: Iterator[_Sorted]) -> Iterator[_Sorted]:
    """Two orders of different terms as one. own: the few that begin units; they stand before nearly every pair."""
    ahead = next(own, None)
    for part in others:
        while ahead is not None and ahead.terms[-1] < part.terms[0]:
            yield ahead
            ahead = next(own, None)
        while ahead is not None and ahead.terms[0] < part.terms[-1]:
            high = bisect_left(ahead.terms, part.terms[-1])
            part = _interleaved(_cut(ahead, 0, high), part)
            ahead = _cut(ahead, high, len(ahead.terms)) if high < len(ahead.terms) else next(own, None)
        yield part
    if ahead is not None:
        yield ahead
    yield from own


def _cut(part: _Sorted, low: int, high: int) -> _Sorted:
    begin, end = (int(part.ends[at - 1]) if at else 0 for at in (low, high))
    return _Sorted(
        part.terms[low:high], part.ends[low:high] - begin, part.documents[begin:end], part.positions[begin:end]
    )


def _interleaved(one: _Sorted, other: _Sorted) -> _Sorted:
    terms = one.terms + other.terms
    order = np.array(sorted(range(len(terms)), key=terms.__getitem__), np.int64)
    sizes = np.concatenate((np.diff(one.ends, prepend=0), np.diff(other.ends, prepend=0)))
    begins, ends = sizes.cumsum() - sizes, sizes[order].cumsum()
    places = np.arange(int(sizes.sum())) + (begins[order] - (ends - sizes[order])).repeat(sizes[order])
    documents, positions = (
        np.concatenate((getattr(one, name), getattr(other, name)))[places] for name in ("documents", "positions")
    )
    return _Sorted([terms[at] for at in order.tolist()], ends, documents, positions)


def _laid_out(field: str, part: _Sorted, *, placed: bool) -> Block:
    begins = np.concatenate(([0], part.ends[:-1]))
    places = np.diff(part.ends, prepend=0)
    new = np.zeros(len(part.documents), np.bool_)
    new[begins] = True
    new[1:] |= part.documents[1:] != part.documents[:-1]
    held = new.nonzero()[0]  # the first place in each document of each term
    times = np.diff(held, append=len(new))
    before = held.searchsorted(begins)
    documents = np.diff(before, append=len(held))
    sizes = 2 * documents + (places if placed else 0)
    at = sizes.cumsum() - sizes
    written = np.empty(int(sizes.sum()), np.uint32)
    slots = 2 * np.arange(len(held)) + (at - 2 * before).repeat(documents)
    written[slots], written[slots + 1] = part.documents[held], times
    if placed:
        written[np.arange(len(new)) + (at + 2 * documents - begins).repeat(places)] = part.positions
    first, last = part.documents[begins], part.documents[part.ends - 1]
    most = np.maximum.reduceat(times, before)
    facts = (places, documents, most, first, last, 4 * at, 4 * sizes)
    return Block(field, part.terms, zip(*(one.tolist() for one in facts), strict=True), written.tobytes())
