"""What answers.py searches, on disk: a segment's postings as plain arrays in one file that is mapped, not read.

Offsets are global to the segment. The body of a document begins at the sum of the padded lengths before it (padded():
so that the bit map of word edges of all documents is one bit map), its title likewise among the titles; its passages
are numbered on from those of the documents before it, each document's title being its passage 0. Of a pair of
characters the offsets at which it stands, of a word the passages and how often it stands there, are thus one
ascending array.

A file ends with a table of its arrays, the identity of the segment it belongs to, and a checksum of every byte before.
No numpy is needed here, so that an index can be written where there is none; of many documents spread.py writes the
same.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise, repeat
from operator import add
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple, Protocol, TypedDict, cast

from search.index.analysis import PASSAGE_STRIDE
from search.index.schema import FACETS
from search.matching.postings import Unit

_MAGIC = b"minzheng columns 1\n"
_TAIL = struct.Struct("<QI")  # where the table begins, checksum of what stands before this tail
# Offsets are 32 bits wide; a segment of more characters than that (a shelf of 4,000 books) goes without columns.
_MOST_CHARACTERS = (1 << 32) - 1
_BLOCK = 1 << 20
_GATHERED = _BLOCK // 4  # numbers
# In the grams field these terms' positions are where units begin; no pair begins with a line feed.
BEGINS: dict[Unit, str] = {"passage": "\n", "sentence": "\n.", "heading": "\n#", "item": "\n>"}

# Documents whose columns are worth loading numpy for.
_MANY = 300

# A term, its documents, how often each has it, and the positions in them one document after the other; all ascending.
TermRun = tuple[str, Sequence[int], Sequence[int], Sequence[int]]


class TermBlock(NamedTuple):
    """Some terms of a field, ascending. documents, sizes: how many documents and how many numbers are each one's.

    numbers: 32 bits wide, of each term (document, how often it has it) of each document, then the positions in them.
    """

    terms: Sequence[str]
    documents: Sequence[int]
    sizes: Sequence[int]
    numbers: memoryview


class Segment(Protocol):
    """What is written down: one segment, its documents numbered from 0, the deleted ones among them."""

    @property
    def identity(self) -> str:
        """Changes with every byte of the segment."""
        ...

    def column(self, name: str) -> Iterable[bytes]:
        """Of each document name, date, near, cuts, title_cuts: as the engine keeps them."""
        ...

    def lengths(self) -> Iterable[int]:
        """Of each document the characters of its body."""
        ...

    def blocks(self, field: str) -> Iterable[TermBlock]:
        """Of a field the terms, ascending, some at a time; a facet's have no positions."""
        ...


_Type = Literal["B", "H", "I", "Q"]


class _Section(TypedDict):
    at: int
    bytes: int
    type: _Type


class _Table(TypedDict):
    identity: str
    byteorder: str
    documents: int
    widths: dict[str, int]  # of the columns of short strings, padded with zero bytes
    facets: dict[str, list[str]]
    arrays: dict[str, _Section]


@dataclass(frozen=True, slots=True)
class Columns:
    """One segment's arrays as bytes; of the short strings (name, date, near) the width of each."""

    documents: int
    widths: Mapping[str, int]
    facets: Mapping[str, list[str]]
    arrays: Mapping[str, memoryview]


def padded(length: int) -> int:
    """Offsets a text of so many characters takes up: the bits of its text.cuts()."""
    return (length // 8 + 1) * 8


# --- reading -------------------------------------------------------------------------------------------


def read(path: Path, identity: str) -> Columns:
    """Maps a file; raises ValueError, with what is wrong, for one that is cut short, changed or another segment's, and
    OSError for one that can't be opened."""
    found = mapped(path)
    if len(found) < len(_MAGIC) + _TAIL.size or found[: len(_MAGIC)] != _MAGIC:
        raise ValueError("不是列文件或不完整")
    begin, checksum = _TAIL.unpack(found[-_TAIL.size :])
    # Over a gigabyte a second; it brings the file into memory, where the first queries need it anyway.
    if zlib.crc32(found[: -_TAIL.size]) != checksum:
        raise ValueError("内容不完整或已改变")
    table: _Table = json.loads(bytes(found[begin : -_TAIL.size]))
    if table["identity"] != identity or table["byteorder"] != sys.byteorder:
        raise ValueError("属于另一个索引段")
    arrays = {
        name: found[one["at"] : one["at"] + one["bytes"]].cast(one["type"]) for name, one in table["arrays"].items()
    }
    return Columns(table["documents"], table["widths"], table["facets"], arrays)


def mapped(path: Path) -> memoryview:
    """A file's bytes, kept in reach as long as they are looked at; raises ValueError for an empty one."""
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


# --- writing -------------------------------------------------------------------------------------------


class Out:
    """A file under way: arrays one after the other, each written in as many pieces as it comes in."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._checksum = zlib.crc32(_MAGIC)
        self.arrays: dict[str, _Section] = {}
        file.write(_MAGIC)
        self._pad()

    def write(self, name: str, pieces: Iterable[array[int]]) -> None:
        at, kind = self._file.tell(), "B"
        for piece in pieces:
            kind = piece.typecode
            self._put(piece.tobytes())
        self._end(name, at, cast("_Type", kind))

    def put(self, name: str, kind: _Type, pieces: Iterable[bytes]) -> None:
        """The same of bytes that are numbers of this kind."""
        at = self._file.tell()
        for piece in pieces:
            self._put(piece)
        self._end(name, at, kind)

    def _end(self, name: str, at: int, kind: _Type) -> None:
        self.arrays[name] = _Section(at=at, bytes=self._file.tell() - at, type=kind)
        self._pad()

    def close(self, table: _Table) -> None:
        begin = self._file.tell()
        self._put(json.dumps(table, ensure_ascii=False).encode("utf-8"))
        self._file.write(_TAIL.pack(begin, self._checksum))

    def _pad(self) -> None:
        self._put(b"\0" * (-self._file.tell() % 8))

    def _put(self, data: bytes) -> None:
        self._checksum = zlib.crc32(data, self._checksum)
        self._file.write(data)


def write(path: Path, segment: Segment) -> None:
    """Writes a segment's columns; raises ValueError where they can't hold it. Memory: a table of the terms."""
    temporary = path.with_name(path.name + ".new")
    try:
        with temporary.open("wb", buffering=_BLOCK) as file:
            out = Out(file)
            out.close(_written(out, segment))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _written(out: Out, segment: Segment) -> _Table:
    lengths = array("I", segment.lengths())
    begins = _begins(padded(length) for length in lengths)
    title_begins = _begins(8 * len(cuts) for cuts in segment.column("title_cuts"))
    if max(begins[-1], title_begins[-1]) > _MOST_CHARACTERS:
        raise ValueError("索引段过大")
    out.write("lengths", [lengths])
    out.write("title_lengths", [array("I", (8 * len(cuts) for cuts in segment.column("title_cuts")))])
    widths = {name: _short(out, name, list(segment.column(name))) for name in ("name", "date", "near")}
    for name in ("cuts", "title_cuts"):
        out.write(name, (array("B", cuts) for cuts in segment.column(name)))
    pairs, words, values = _ways(len(lengths))
    passages = _units(out, pairs(out, segment, "grams", begins, tuple(BEGINS.values())), begins)
    pairs(out, segment, "title_grams", title_begins, ())
    words(out, segment, _begins(count + 1 for count in passages))
    facets = {field.name: values(out, segment, field.name) for field in FACETS}
    return _Table(
        identity=segment.identity,
        byteorder=sys.byteorder,
        documents=len(lengths),
        widths=widths,
        facets=facets,
        arrays=out.arrays,
    )


def _begins(sizes: Iterable[int]) -> list[int]:
    """Where each of things laid end to end begins, and where the last one ends."""
    return list(accumulate(sizes, initial=0))


def _short(out: Out, name: str, strings: list[bytes]) -> int:
    width = max(1, *map(len, strings), 1)
    out.write(name, (array("B", string.ljust(width, b"\0")) for string in strings))
    return width


_Pairs = Callable[[Out, Segment, str, Sequence[int], Sequence[str]], Mapping[str, bytes]]
_Words = Callable[[Out, Segment, Sequence[int]], None]
_Values = Callable[[Out, Segment, str], list[str]]


def _ways(documents: int) -> tuple[_Pairs, _Words, _Values]:
    """What writes the pairs, the words and the values of so many documents."""
    if documents >= _MANY:
        with contextlib.suppress(ImportError):  # no numpy
            from search.engines.columns import spread

            return spread.pairs, spread.words, spread.values
    return _pairs, _words, _values


def _units(out: Out, found: Mapping[str, bytes], begins: Sequence[int]) -> array[int]:
    """Writes where units begin; returns how many passages each document has. found: by term, 32-bit offsets."""
    offsets = {unit: array("I", found.get(term, b"")) for unit, term in BEGINS.items()}
    ends = [bisect_left(offsets["passage"], begin) for begin in begins]
    passages = array("I", (end - begin for begin, end in pairwise(ends)))
    out.write("passages", [passages])
    for unit, held in offsets.items():
        out.write(f"{unit}_begins", [held])
    return passages


def _runs(segment: Segment, field: str) -> Iterator[TermRun]:
    for terms, documents, sizes, numbers in segment.blocks(field):
        begins = accumulate(sizes, initial=0)
        for term, count, size, begin in zip(terms, documents, sizes, begins, strict=False):
            own = numbers[begin : begin + size].tolist()
            yield term, own[0 : 2 * count : 2], own[1 : 2 * count : 2], own[2 * count :]


def _pairs(out: Out, segment: Segment, field: str, begins: Sequence[int], units: Sequence[str]) -> dict[str, bytes]:
    """Writes a field of pairs of characters; returns what stands of the units among them."""
    keys, ends, apart = array("Q"), array("Q", [0]), dict[str, bytes]()

    def positions() -> Iterator[Iterable[int]]:
        for term, documents, times, places in _runs(segment, field):
            found = map(add, _spread(begins, documents, times, len(places)), places)
            if term in units:
                apart[term] = array("I", found).tobytes()
            else:
                keys.append(pair_key(term))
                ends.append(ends[-1] + len(places))
                yield found

    out.write(field, _gathered(positions()))
    out.write(f"{field}_keys", [keys])
    out.write(f"{field}_ends", [ends])
    return apart


def _gathered(found: Iterable[Iterable[int]]) -> Iterator[array[int]]:
    """Small runs of numbers as large ones: half of all terms stand in one place."""
    held = array("I")
    for numbers in found:
        held.extend(numbers)
        if len(held) > _GATHERED:
            yield held
            held = array("I")
    yield held


def _spread(begins: Sequence[int], documents: Sequence[int], times: Sequence[int], places: int) -> Iterable[int]:
    """The beginning of its document for each of so many places."""
    each = map(begins.__getitem__, documents)
    return each if len(documents) == places else chain.from_iterable(map(repeat, each, times))


def pair_key(pair: str) -> int:
    """A number for two characters that keeps their order."""
    return ord(pair[0]) << 21 | ord(pair[1])


def _words(out: Out, segment: Segment, begins: Sequence[int]) -> None:
    """Writes of each word the passages that hold it, and how often."""
    letters, letter_ends, ends, times = bytearray(), array("Q", [0]), array("Q", [0]), array("H")

    def passages() -> Iterator[Iterable[int]]:
        for term, documents, counts, places in _runs(segment, "words"):
            begin = _spread(begins, documents, counts, len(places))
            found = Counter([title + place // PASSAGE_STRIDE for title, place in zip(begin, places, strict=True)])
            times.extend(found.values())
            letters.extend(term.encode("utf-8"))
            letter_ends.append(len(letters))
            ends.append(ends[-1] + len(found))
            yield found

    out.write("words", _gathered(passages()))
    out.write("words_times", [times])
    out.write("words_letters", [array("B", letters)])
    out.write("words_letter_ends", [letter_ends])
    out.write("words_ends", [ends])


def _values(out: Out, segment: Segment, field: str) -> list[str]:
    """Writes of each value of a facet its documents; returns the values."""
    values, ends = [], array("Q", [0])

    def documents() -> Iterator[Iterable[int]]:
        for value, numbers, _, _ in _runs(segment, field):
            values.append(value)
            ends.append(ends[-1] + len(numbers))
            yield numbers

    out.write(f"facet_{field}", _gathered(documents()))
    out.write(f"facet_{field}_ends", [ends])
    return values
