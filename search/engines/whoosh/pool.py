"""Where the terms of the documents of a segment are collected, with their places, until they are written."""

from __future__ import annotations

import contextlib
import heapq
import marshal
import sys
import tempfile
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

from search.engines.columns.blocks import Block, Facts
from search.index.analysis import Pairs, Words

if TYPE_CHECKING:
    from search.engines.columns.sorting import SortedPool

# Where a term stands in a segment, ascending: of each place the document in the upper 32 bits, the position in the
# lower, so that a place is one number of an array and the two come apart without a loop.
Places: TypeAlias = "array[int]"
_DOCUMENT = 32
_LOW, _HIGH = (0, 1) if sys.byteorder == "little" else (1, 0)
# field, term, its places as bytes
PostingRun = tuple[str, str, bytes]

_NUMBER, _PLACE = 4, 8  # bytes
_TERM = 350  # bytes of memory that a term takes beside its places


def pool_of(folder: Path, limit: int, placed: Set[str], *, many: bool) -> Pool | SortedPool:
    """Where terms are collected until they are written; placed: the fields whose postings have positions."""
    if many:
        with contextlib.suppress(ImportError):  # no numpy
            from search.engines.columns.sorting import SortedPool

            return SortedPool(folder, placed)
    return Pool(folder, limit, placed)


class Pool:
    """Places by field and term, in the order of their documents; beyond limit bytes of memory they go to files."""

    def __init__(self, folder: Path, limit: int, placed: Set[str]) -> None:
        self._folder, self._placed = folder, placed
        self._limit = limit
        self._files: list[IO[bytes]] = []
        self._new()

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """What Whoosh's own add_document() gives, of fields without positions."""
        field, term, document, _, _ = item
        self.put(field, term.decode("utf-8"), document, (0,))

    def put(self, field: str, term: str, document: int, positions: Iterable[int]) -> None:
        self._fields[field][term].extend(document << _DOCUMENT | position for position in positions)

    def extend(self, field: str, document: int, found: Words | Pairs) -> None:
        """The terms of one document."""
        held = self._fields[field]
        terms = len(held)
        for place, term in found.placed(document << _DOCUMENT):
            held[term].append(place)
        self._size += _PLACE * len(found) + _TERM * (len(held) - terms)
        if self._size > self._limit:
            self._to_file()

    def iter_postings(self) -> Iterator[Block]:
        """All of them by field and term; to be called once."""
        files = [_loaded(file) for file in self._files]
        merged = heapq.merge(*files, self._sorted(), key=itemgetter(0, 1)) if files else self._sorted()
        for field, term, places in _joined(merged) if files else merged:
            facts, written = _laid_out(places, placed=field in self._placed)
            yield Block(field, (term,), (facts,), written)

    def cleanup(self) -> None:
        for file in self._files:
            file.close()
        self._new()

    def _new(self) -> None:
        self._fields: defaultdict[str, defaultdict[str, Places]] = defaultdict(_no_terms)
        self._size = 0

    def _sorted(self) -> Iterator[PostingRun]:
        # A field is let go as soon as it is written: together they are most of the memory.
        for field in sorted(self._fields):
            held = self._fields.pop(field)
            yield from ((field, term, held[term].tobytes()) for term in sorted(held))

    def _to_file(self) -> None:
        file: IO[bytes] = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - read and closed at the end
        for run in self._sorted():
            marshal.dump(run, file)
        self._files.append(file)
        self._new()


def _no_terms() -> defaultdict[str, Places]:
    return defaultdict(partial(array, "Q"))


def _loaded(file: IO[bytes]) -> Iterator[PostingRun]:
    file.seek(0)
    while True:
        try:
            yield marshal.load(file)
        except EOFError:
            return


def _joined(runs: Iterable[PostingRun]) -> Iterator[PostingRun]:
    """Runs that follow each other made one where they are of the same term."""
    for (field, term), same in groupby(runs, key=itemgetter(0, 1)):
        yield field, term, b"".join(places for _, _, places in same)


_ONCE = array("I", [1]).tobytes()


def _laid_out(places: bytes, *, placed: bool) -> tuple[Facts, bytes]:
    """The facts of a term, which is alone in its block, and its postings."""
    numbers = memoryview(places).cast("I")
    if len(places) == _PLACE:  # of half of all terms
        position, document = (places[_NUMBER * half : _NUMBER * (half + 1)] for half in (_LOW, _HIGH))
        written = document + _ONCE + (position if placed else b"")
        return (1, 1, 1, numbers[_HIGH], numbers[_HIGH], 0, len(written)), written
    documents = Counter(numbers[_HIGH::2].tolist())
    pairs = array("I", chain.from_iterable(documents.items())).tobytes()
    written = pairs + (numbers[_LOW::2].tobytes() if placed else b"")
    first, last = numbers[_HIGH], numbers[len(numbers) - 2 + _HIGH]
    most = max(documents.values())
    return (len(numbers) // 2, len(documents), most, first, last, 0, len(written)), written
