"""How Whoosh's postings are laid out in a segment: runs of plain numbers in the place of pickled, packed blocks.

A term's postings are 32-bit numbers in the byte order of the machine: (document, occurrences) of each document that
has it, then the positions of all occurrences. What a writer is handed as such numbers goes to the file as it is, and
what a reader takes from there needs no decoding. Everything else of a segment is Whoosh's own format, and everything
is read through Whoosh's own readers.

A news page takes Whoosh's own pool and codec 13 ms of one core, these 1.4; of 11,398 pages its segment has 200 MB, ours
145.
"""

from __future__ import annotations

import mmap
import struct
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo, W3TermsReader
from whoosh.fields import Schema
from whoosh.filedb.filestore import Storage
from whoosh.filedb.filetables import HashWriter, OrderedHashWriter
from whoosh.filedb.structfile import StructFile
from whoosh.formats import Format
from whoosh.index import FileIndex
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import IndexReader, SegmentReader
from whoosh.util.numlists import GrowableArray
from whoosh.writing import SegmentWriter

from search.engines.columns.blocks import Block
from search.engines.columns.files import TermBlock, mapped
from search.engines.whoosh.pool import pool_of
from search.index.analysis import Pairs, Words

# Bytes of memory for postings before they are put on disk: 11,400 news pages are put there once.
LIMIT = 160 << 20
POSTINGS = ".pst"  # the ending of the file that holds a segment's postings
_NUMBER = 4  # bytes
# As W3TermInfo packs it, not inlined: total weight, documents, lengths, greatest weight, first and last document,
# where the postings are.
_INFO = struct.Struct("!BfIBBfIIqi")
# Of a table of terms: the lengths of key and value, and what a slot holds, a checksum and where the key stands.
_LENGTHS, _POINTER = struct.Struct("!ii"), struct.Struct("!Iq")
_NOTHING = bytes(_POINTER.size)
_BY_CRC = 1


class Codec(W3Codec):
    """Whoosh's third codec with another layout of postings."""

    length_stats = False  # no field is scored by Whoosh

    def field_writer(self, storage: Storage, segment: Segment) -> W3FieldWriter:
        return _FieldWriter(self, storage, segment)

    def terms_reader(self, storage: Storage, segment: Segment) -> W3TermsReader:
        name = segment.make_filename(self.TERMS_EXT)
        postings = segment.open_file(storage, self.POSTS_EXT)
        return _TermsReader(self, storage.open_file(name), storage.file_length(name), postings)

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


def counted(reader: IndexReader, field: str) -> Iterator[tuple[str, int]]:
    """(term, documents) of each segment, deleted documents among them."""
    for leaf, _ in reader.leaf_readers():
        if isinstance(leaf, SegmentReader):  # an index without documents has another kind
            yield from ((term, _INFO.unpack(info)[2]) for term, info in leaf._terms.infos(field))


class _TermsReader(W3TermsReader):
    def infos(self, field: str) -> Iterator[tuple[str, bytes]]:
        """What iter_field() tells of a field's terms, ascending, without an object for each: eight times as fast."""
        begin = struct.pack("!H", self._fieldmap.get(field, 0xFFFF))
        at, end = self._tindex.closest_key_pos(begin), self._tindex.endofdata
        with mmap.mmap(self._dbfile.raw_file().fileno(), 0, access=mmap.ACCESS_READ) as file:
            while at is not None and at < end:
                key_length, length = _LENGTHS.unpack_from(file, at)
                at += _LENGTHS.size
                entry = file[at : at + key_length + length]
                if entry[:2] != begin:
                    return
                yield entry[2:key_length].decode("utf-8"), entry[key_length:]
                at += key_length + length


class Writer(SegmentWriter):
    """Whoosh's writer of one segment, which also takes terms with their places as they stand in a text."""

    def __init__(self, index: FileIndex, *, limit: int, many: bool = False) -> None:
        """limit: bytes of memory for postings. many: a large run, for which numpy, if it is there, is worth loading."""
        # A compound file would be copied into memory whole for each reader: 190 MB a thread at 11,398 news pages.
        super().__init__(index, codec=Codec(), compound=False)
        folder = Path(self.temp_storage().folder)
        placed = {name for name, field in self.schema.items() if field.format and field.format.supports("positions")}
        self._pool = partial(pool_of, folder, limit, placed)
        self.pool, self._many = self._pool(many=False), many

    def place(self, document: int, found: Iterable[tuple[str, Words | Pairs]]) -> None:
        """What the document of a number has in its fields; add_document() may come before or after."""
        if self._many and not self._added:  # who only puts side by side what others wrote needs no numpy: .2 s, 12 MB
            self.pool, self._many = self._pool(many=True), False
        for field, terms in found:
            self.pool.extend(field, document, terms)

    def add_postings_to_pool(self, reader: SegmentReader, startdoc: int, docmap: Mapping[int, int] | None) -> None:
        """Whoosh calls this to merge a segment into the one that is written; docmap: of one with deleted documents, the
        new number of each that is left. Read as they lie in the file, 420 news pages take a sixth of the time.
        """
        postings = mapped(Path(reader.storage().folder) / reader.segment().make_filename(POSTINGS))
        for field in sorted(reader.indexed_field_names()):
            for term, info in reader._terms.infos(field):
                _, _, count, *_, begin, size = _INFO.unpack(info)
                documents, times, places = _columns(postings[begin : begin + size], count)
                positions, end = places.tolist(), 0
                for document, often in zip(documents.tolist(), times.tolist(), strict=True):
                    start, end = end, end + often
                    number = startdoc + document if docmap is None else docmap.get(document)
                    if number is not None:
                        self.pool.put(field, term, number, positions[start:end] or (0,))


def _columns(postings: bytes | memoryview, documents: int) -> tuple[memoryview, memoryview, memoryview]:
    """Of the postings of a term in so many documents: the documents, the occurrences in each, the positions of all."""
    numbers = memoryview(postings).cast("I")
    return numbers[0 : 2 * documents : 2], numbers[1 : 2 * documents : 2], numbers[2 * documents :]


class _Terms(OrderedHashWriter):
    """Whoosh's table of terms, written in half the time: by CRC-32 in the place of MD5, and a term at once."""

    def __init__(self, dbfile: StructFile) -> None:
        HashWriter.__init__(self, dbfile, hashtype=_BY_CRC)
        self.index = GrowableArray("I")
        self._write, self._at = dbfile.raw_file().write, dbfile.tell()

    def add(self, key: bytes, value: bytes) -> None:
        self.index.append(self._at)
        mark = crc32(key)
        self.buckets[mark & 255].append((mark, self._at))
        self._write(_LENGTHS.pack(len(key), len(value)) + key + value)
        self._at += _LENGTHS.size + len(key) + len(value)

    def _write_hashes(self) -> None:
        for entries in self.buckets:
            slots = 2 * len(entries)
            table = [_NOTHING] * slots
            for mark, position in entries:
                slot = (mark >> 8) % slots
                while table[slot] is not _NOTHING:
                    slot = (slot + 1) % slots
                table[slot] = _POINTER.pack(mark, position)
            self.directory.append((self._at, slots))
            self._write(b"".join(table))
            self._at += slots * _POINTER.size


class _FieldWriter(W3FieldWriter):
    """Writes the terms and postings of a segment."""

    _tindex: OrderedHashWriter

    def __init__(self, codec: Codec, storage: Storage, segment: Segment) -> None:
        super().__init__(codec, storage, segment)
        self._tindex.dbfile.close()
        self._tindex = _Terms(self._create_file(W3Codec.TERMS_EXT))
        self._tindex.extras["fieldmap"] = self._fieldmap

    def add_postings(self, schema: Schema, lengths: object, items: Iterable[Block]) -> None:
        del schema, lengths
        # What Whoosh puts around a file counts for a fifth of the time.
        write, add, offset = self._postfile.raw_file().write, self._tindex.add, self._postfile.tell()
        for field, terms, facts, written in items:
            number = struct.pack("!H", self._fieldmap.setdefault(field, len(self._fieldmap)))
            write(written)
            for term, (times, documents, most, first, last, begin, size) in zip(terms, facts, strict=True):
                info = _INFO.pack(0, times, documents, 0, 0, most, first, last, offset + begin, size)
                add(number + term.encode("utf-8"), info)
            offset += len(written)


_AT_ONCE = 1 << 20  # numbers of a block: of four times as many writing the columns of 20,000 documents takes 65 MB more


def blocks(reader: IndexReader, field: str, postings: BinaryIO) -> Iterator[TermBlock]:
    """A field of one segment, deleted documents too; postings: the segment's file POSTINGS, which is read piece by
    piece, since what is mapped counts as memory of who reads through it: 145 MB of 11,400 news pages."""
    terms, documents, sizes = list[str](), list[int](), list[int]()
    begin = end = 0

    def block() -> TermBlock:
        postings.seek(begin)
        return TermBlock(terms, documents, sizes, memoryview(postings.read(end - begin)).cast("I"))

    for term, info in reader._terms.infos(field):
        _, _, count, *_, offset, size = _INFO.unpack(info)
        if offset != end or end - begin > _NUMBER * _AT_ONCE:
            if terms:
                yield block()
            terms, documents, sizes = [], [], []
            begin = end = offset
        terms.append(term)
        documents.append(count)
        sizes.append(size // _NUMBER)
        end += size
    if terms:
        yield block()


class _Matcher(LeafMatcher):
    """The postings of one term."""

    def __init__(
        self, data: bytes, documents: int, format_: Format, term: tuple[str, bytes] | None, scorer: object
    ) -> None:
        self._documents, self._times, self._places = _columns(data, documents)
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
