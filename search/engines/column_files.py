"""What columns.py searches, on disk: a segment's postings as plain arrays in one file that is mapped, not read.

Offsets are global to the segment. The body of a document begins at the sum of the padded lengths before it (padded():
so that the bit map of word edges of all documents is one bit map), its title likewise among the titles; its passages
are numbered on from those of the documents before it, each document's title being its passage 0. Of a pair of
characters the offsets at which it stands, of a word the passages and how often it stands there, are thus one
ascending array.

A file ends with a table of its arrays, the identity of the segment it belongs to, and a checksum of every byte before.
No numpy is needed here, so that an index can be written where there is none.
"""

from __future__ import annotations

import json
import mmap
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, Literal, Protocol, TypedDict, cast

from search.engines.evaluation import Unit
from search.schema import FACETS, PASSAGE_STRIDE

_MAGIC = b"minzheng columns 1\n"
_TAIL = struct.Struct("<QI")  # where the table begins, checksum of what stands before this tail
# Offsets are 32 bits wide; a segment of more characters than that (a shelf of 4,000 books) goes without columns.
_MOST_CHARACTERS = (1 << 32) - 1
_BLOCK = 1 << 20
# In the grams field these terms' positions are where units begin; no pair begins with a line feed.
BEGINS: dict[Unit, str] = {"passage": "\n", "sentence": "\n.", "heading": "\n#"}
PLACES = ("grams", "title_grams", "words")

Posting = tuple[int, list[int]]  # a document and the positions in it, both ascending


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

    def places(self, field: str) -> Iterable[tuple[str, Iterable[Posting]]]:
        """Of a field of PLACES each term, ascending, with its postings."""
        ...

    def values(self, field: str) -> Iterable[tuple[str, Iterable[int]]]:
        """Of a facet each value with its documents."""
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
    with path.open("rb") as file:
        mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    if len(mapped) < len(_MAGIC) + _TAIL.size or mapped[: len(_MAGIC)] != _MAGIC:
        raise ValueError("不是列文件或不完整")
    begin, checksum = _TAIL.unpack(mapped[-_TAIL.size :])
    # Over a gigabyte a second; it brings the file into memory, where the first questions need it anyway.
    if zlib.crc32(mapped[: -_TAIL.size]) != checksum:
        raise ValueError("内容不完整或已改变")
    table: _Table = json.loads(bytes(mapped[begin : -_TAIL.size]))
    if table["identity"] != identity or table["byteorder"] != sys.byteorder:
        raise ValueError("属于另一个索引段")
    arrays = {
        name: mapped[one["at"] : one["at"] + one["bytes"]].cast(one["type"]) for name, one in table["arrays"].items()
    }
    return Columns(table["documents"], table["widths"], table["facets"], arrays)


# --- writing -------------------------------------------------------------------------------------------


class _Out:
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
        self.arrays[name] = _Section(at=at, bytes=self._file.tell() - at, type=cast("_Type", kind))
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
            out = _Out(file)
            out.close(_written(out, segment))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _written(out: _Out, segment: Segment) -> _Table:
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
    passages = _pairs(out, segment, "grams", begins)
    _pairs(out, segment, "title_grams", title_begins)
    _words(out, segment, _begins(count + 1 for count in passages))
    facets = {field.name: _values(out, segment, field.name) for field in FACETS}
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


def _short(out: _Out, name: str, strings: list[bytes]) -> int:
    width = max(1, *map(len, strings), 1)
    out.write(name, (array("B", string.ljust(width, b"\0")) for string in strings))
    return width


def _pairs(out: _Out, segment: Segment, field: str, begins: list[int]) -> array[int]:
    """Writes a field of pairs of characters; returns how many passages each document has."""
    keys, ends = array("Q"), array("Q", [0])
    special = {term: array("I") for term in BEGINS.values()}
    passages = array("I", bytes(4 * (len(begins) - 1)))

    def positions() -> Iterator[array[int]]:
        for term, postings in segment.places(field):
            found = special[term] if term in special else array("I")
            for document, places in postings:
                begin = begins[document]
                found.extend([begin + place for place in places])
                if term == BEGINS["passage"]:
                    passages[document] = len(places)
            if term not in special:
                keys.append(pair_key(term))
                ends.append(ends[-1] + len(found))
                yield found

    out.write(field, positions())
    out.write(f"{field}_keys", [keys])
    out.write(f"{field}_ends", [ends])
    if field == "grams":
        out.write("passages", [passages])
        for unit, term in BEGINS.items():
            out.write(f"{unit}_begins", [special[term]])
    return passages


def pair_key(pair: str) -> int:
    """A number for two characters that keeps their order."""
    return ord(pair[0]) << 21 | ord(pair[1])


def _words(out: _Out, segment: Segment, begins: list[int]) -> None:
    """Writes of each word the passages that hold it, and how often."""
    letters, letter_ends, ends, times = bytearray(), array("Q", [0]), array("Q", [0]), array("H")

    def passages() -> Iterator[array[int]]:
        for term, postings in segment.places("words"):
            found = array("I")
            for document, places in postings:
                begin, last = begins[document], -1
                for place in places:
                    passage = begin + place // PASSAGE_STRIDE
                    if passage == last:
                        times[-1] += 1
                    else:
                        found.append(passage)
                        times.append(1)
                        last = passage
            letters.extend(term.encode("utf-8"))
            letter_ends.append(len(letters))
            ends.append(ends[-1] + len(found))
            yield found

    out.write("words", passages())
    out.write("words_times", [times])
    out.write("words_letters", [array("B", letters)])
    out.write("words_letter_ends", [letter_ends])
    out.write("words_ends", [ends])


def _values(out: _Out, segment: Segment, field: str) -> list[str]:
    """Writes of each value of a facet its documents; returns the values."""
    values, ends = [], array("Q", [0])

    def documents() -> Iterator[array[int]]:
        for value, numbers in segment.values(field):
            found = array("I", numbers)
            values.append(value)
            ends.append(ends[-1] + len(found))
            yield found

    out.write(f"facet_{field}", documents())
    out.write(f"facet_{field}_ends", [ends])
    return values
