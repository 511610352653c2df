"""How Whoosh's postings are laid out in a segment: runs of plain numbers in the place of pickled, packed blocks.

A term's postings are 32-bit numbers in the byte order of the machine: (document, occurrences) of each document that
has it, then the positions of all occurrences. What a writer is handed as such numbers goes to the file as it is, and
what a reader takes from there needs no decoding. Everything else of a segment is Whoosh's own format, and everything
is read through Whoosh's own readers.

Of 11,398 news pages Whoosh's own pool and codec take 13 ms of one core each and 200 MB of disk; these 0.7 ms and
98 MB.
"""

from __future__ import annotations

import heapq
import marshal
import struct
import tempfile
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from operator import itemgetter
from pathlib import Path
from typing import IO

from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo
from whoosh.fields import Schema
from whoosh.filedb.filestore import Storage
from whoosh.filedb.structfile import StructFile
from whoosh.formats import Format
from whoosh.index import FileIndex
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import IndexReader
from whoosh.writing import SegmentWriter

from search.analysis import Postings

# field, term, (document, occurrences) of each of its documents, positions
Run = tuple[str, str, bytes, bytes]

POSTINGS = ".pst"  # the ending of the file that holds a segment's postings
_NUMBER = 4  # bytes
# As W3TermInfo packs it, not inlined: total weight, documents, lengths, greatest weight, first and last document,
# where the postings are.
_INFO = struct.Struct("!BfIBBfIIqi")


class Codec(W3Codec):
    """Whoosh's third codec with another layout of postings."""

    length_stats = False  # no field is scored by Whoosh

    def field_writer(self, storage: Storage, segment: Segment) -> W3FieldWriter:
        return _FieldWriter(self, storage, segment)

    def postings_reader(
        self,
        dbfile: StructFile,
        terminfo: W3TermInfo,
        format_: Format,
        term: tuple[str, bytes] | None = None,
        scorer: object = None,
    ) -> LeafMatcher:
        data = dbfile.get(*_extent(terminfo))
        return _Matcher(data, terminfo.doc_frequency(), format_, term, scorer)


def _extent(info: W3TermInfo) -> tuple[int, int]:
    """Where a term's postings begin, and how many bytes they are."""
    offset, length = info.extent()
    # Whoosh 2.7.4 keeps a length that it read as a tuple of one.
    return offset, length[0] if isinstance(length, tuple) else length


class Writer(SegmentWriter):
    """Whoosh's writer of one segment, which also takes postings that are ready made."""

    def __init__(self, index: FileIndex, *, limit: int) -> None:
        # A compound file would be copied into memory whole for each reader: 190 MB a thread at 11,398 news pages.
        super().__init__(index, codec=Codec(), compound=False)
        self.pool = _Pool(Path(self.temp_storage().folder), limit)

    def add(self, postings: Mapping[str, Postings], fields: Mapping[str, object]) -> None:
        """One document: its fields as Whoosh takes them, and postings by field."""
        for field, found in postings.items():
            self.pool.extend(field, self.docnum, found)
        self.add_document(**fields)

    def add_postings_to_pool(self, reader: IndexReader, startdoc: int, docmap: Mapping[int, int] | None) -> None:
        """Whoosh calls this to merge a small segment into the one that is written."""
        for field, term in reader.all_terms():
            matcher = reader.postings(field, term)
            while matcher.is_active():
                document = matcher.id()
                places = matcher.value_as("positions") if matcher.supports("positions") else ()
                self.pool.put(field, term.decode("utf-8"), docmap[document] if docmap else startdoc + document, places)
                matcher.next()


class _Pool:
    """Postings in the order of their documents, by field and term; beyond limit bytes sorted ones go to files."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        self._files: list[IO[bytes]] = []
        self._new()

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """What Whoosh's own add_document() gives, of fields without positions."""
        field, term, document, _, _ = item
        self.put(field, term.decode("utf-8"), document, ())

    def put(self, field: str, term: str, document: int, places: Sequence[int]) -> None:
        pairs, positions = self._fields[field][term]
        pairs += struct.pack("=II", document, max(1, len(places)))
        positions += struct.pack(f"={len(places)}I", *places)
        self._size += (2 + len(places)) * _NUMBER

    def extend(self, field: str, document: int, found: Postings) -> None:
        """The postings of one document."""
        held, places, at = self._fields[field], found.places.tobytes(), 0
        pair = [struct.pack("=II", document, count) for count in range(max(found.counts, default=0) + 1)]
        for term, count in zip(found.terms, found.counts, strict=True):
            pairs, positions = held[term]
            end = at + count * _NUMBER
            pairs += pair[count]
            positions += places[at:end]
            at = end
        self._size += len(places) + 2 * _NUMBER * len(found.terms)
        if self._size > self._limit:
            self._to_file()

    def iter_postings(self) -> Iterator[Run]:
        """All of them by field and term; to be called once."""
        runs = [_loaded(file) for file in self._files]
        merged = heapq.merge(*runs, self._sorted(), key=itemgetter(0, 1)) if runs else self._sorted()
        return _joined(merged) if runs else merged

    def cleanup(self) -> None:
        for file in self._files:
            file.close()
        self._new()

    def _new(self) -> None:
        self._fields: defaultdict[str, defaultdict[str, tuple[bytearray, bytearray]]] = defaultdict(_terms)
        self._size = 0

    def _sorted(self) -> Iterator[Run]:
        # A field is let go as soon as it is written: together they are most of the memory.
        for field in sorted(self._fields):
            held = self._fields.pop(field)
            yield from ((field, term, bytes(held[term][0]), bytes(held[term][1])) for term in sorted(held))

    def _to_file(self) -> None:
        file: IO[bytes] = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - read and closed at the end
        for run in self._sorted():
            marshal.dump(run, file)
        self._files.append(file)
        self._new()


def _terms() -> defaultdict[str, tuple[bytearray, bytearray]]:
    return defaultdict(lambda: (bytearray(), bytearray()))


def _loaded(file: IO[bytes]) -> Iterator[Run]:
    file.seek(0)
    while True:
        try:
            yield marshal.load(file)
        except EOFError:
            return


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs that follow each other made one where they are of the same term."""
    for (field, term), same in groupby(runs, key=itemgetter(0, 1)):
        _, _, pairs, positions = zip(*same, strict=True)
        yield field, term, b"".join(pairs), b"".join(positions)


class _FieldWriter(W3FieldWriter):
    """Writes the terms and postings of a segment."""

    def add_postings(self, schema: Schema, lengths: object, items: Iterable[Run]) -> None:
        del schema, lengths
        write, add, offset = self._postfile.write, self._tindex.add, self._postfile.tell()
        for field, terms in groupby(items, key=itemgetter(0)):
            number = struct.pack("!H", self._fieldmap.setdefault(field, len(self._fieldmap)))
            for _, term, pairs, positions in terms:
                numbers = memoryview(pairs).cast("I")
                documents, times = numbers[0::2], numbers[1::2]
                weight, length = sum(times), len(pairs) + len(positions)
                add(
                    number + term.encode("utf-8"),
                    _INFO.pack(
                        0, weight, len(documents), 0, 0, max(times), documents[0], documents[-1], offset, length
                    ),
                )
                write(pairs)
                write(positions)
                offset += length


def runs(
    reader: IndexReader, field: str, postings: memoryview
) -> Iterator[tuple[str, list[int], list[int], list[int]]]:
    """Of a field of one segment each term, ascending, its documents, deleted ones too, how often each has it,
    and all positions; postings: the bytes of the segment's file POSTINGS."""
    for term, info in reader.iter_field(field):
        offset, size = _extent(info)
        numbers = postings[offset : offset + size].cast("I").tolist()
        end = 2 * info.doc_frequency()
        yield term.decode("utf-8"), numbers[0:end:2], numbers[1:end:2], numbers[end:]


class _Matcher(LeafMatcher):
    """The postings of one term."""

    def __init__(
        self, data: bytes, documents: int, format_: Format, term: tuple[str, bytes] | None, scorer: object
    ) -> None:
        numbers = memoryview(data).cast("I")
        self._documents = numbers[0 : 2 * documents : 2]
        self._times = numbers[1 : 2 * documents : 2]
        self._places = numbers[2 * documents :]
        self.format = format_
        self.scorer = scorer
        self._term = term
        self.reset()

    def reset(self) -> None:
        self._at = 0
        self._ends: list[int] = []

    def is_active(self) -> bool:
        return self._at < len(self._documents)

    def id(self) -> int:
        return self._documents[self._at]

    def all_ids(self) -> Iterator[int]:
        yield from self._documents[self._at :]

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return True

    def skip_to(self, id: int) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._documents, id, self._at)
        return True

    def weight(self) -> float:
        return float(self._times[self._at])

    def value_as(self, astype: str) -> object:
        return self._positions() if astype == "positions" else super().value_as(astype)

    def value(self) -> bytes:
        encoded: bytes = self.format.encode(self._positions()) if self.supports("positions") else b""
        return encoded

    def supports_block_quality(self) -> bool:
        return False

    def _positions(self) -> list[int]:
        if not self._ends:
            self._ends = list(accumulate(self._times))
        end = self._ends[self._at]
        return self._places[end - self._times[self._at] : end].tolist()
