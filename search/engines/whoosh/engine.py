"""One published generation of a Whoosh index, answered on the columns beside it where they are to be had.

Whoosh's query parser, highlighter, scorer and grouping are not used. A reader is one thread's at a time: a shared one
gave wrong answers under load.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Protocol

from whoosh import index
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.reading import IndexReader

from search.engines import Entry, Step, Stored
from search.engines.columns import files as column_files
from search.engines.whoosh import generations, soundness
from search.engines.whoosh.fields import schema
from search.engines.whoosh.postings import DocumentFacts, WhooshPostings, catalogue, numbers_of
from search.engines.whoosh.segments import column_file, deleted_in, identity_of, leaves
from search.errors import Busy, IndexUnusable, QueryError, TooLong
from search.index import packed, vocabulary
from search.index.vocabulary import Vocabulary
from search.matching import evaluation
from search.matching.gathering import Gathering, gathered
from search.matching.matches import Matches
from search.query.clauses import Query

log = logging.getLogger(__name__)


# Seconds for which an index that was found sound is not read again: a defect of the program must not cost that each
# time it is met.
_TRUSTED = 60.0

_CUTS = ((True, "title_cuts"), (False, "cuts"))
_KEPT = ("record", "content")


class WhooshEngine:
    """One published generation; holds its files open until nobody uses it.

    Questions are answered on the columns beside the index where they are to be had, otherwise on Whoosh's postings.
    """

    def __init__(self, generation: generations.Generation, *, columns: bool) -> None:
        self.generation = generation.path.name
        self.documents = generation.manifest["documents"]
        self._folder = generation.path
        try:
            self._index = _Mapped(str(generation.path), readonly=True).open_index(schema=schema())
            self._idle = [_Reading(self._index.reader())]
        except TooLong:
            raise
        except Exception as error:  # Whoosh raises eight kinds for a damaged index, pickle's among them
            log.exception("索引无法打开")
            raise IndexUnusable(f"索引无法打开。{generations.BUILD} --full 重建。") from error
        weakref.finalize(self, _close, self._idle)
        self._generation = generation
        self._with_columns = columns
        self._loading = threading.Lock()
        self._trusted = 0.0  # the time until which it is
        self.is_damaged = False
        self.is_fallback = False  # open_published() says each time what was published meanwhile

    @property
    def is_asked(self) -> bool:
        """Whether anybody looks for something in it; whoever builds opens an index, too, and asks nothing."""
        return "_loaded_columns" in self.__dict__

    def prepare(self) -> None:
        """Reads what the first question would wait for; what is wrong with it is told to who asks."""
        with contextlib.suppress(IndexUnusable), self._readable():
            _ = self._columns, self._vocabulary

    def is_sound(self) -> bool:
        """Reads all of it that was not read before."""
        self.is_damaged = not soundness.is_sound(self._generation)
        return not self.is_damaged

    @contextlib.contextmanager
    def _readable(self) -> Iterator[None]:
        """Whatever is wrong with the files of an index is told as IndexUnusable, of whatever kind the error was: bytes
        that are not those written lead anywhere. Where they are, it is a defect of the program and told as such."""
        try:
            yield
        except (IndexUnusable, QueryError, Busy, TooLong):
            raise
        except Exception as error:
            if damage := _damage(error) if isinstance(error, OSError) else self.damage_behind(error):
                raise damage from error
            raise

    def damage_behind(self, error: Exception) -> IndexUnusable | None:
        return None if self._as_written() else _damage(error)

    def _as_written(self) -> bool:
        if self.is_damaged or time.monotonic() < self._trusted:
            return not self.is_damaged
        try:
            self.is_damaged = not soundness.is_sound(self._generation, again=True)
        except OSError:
            return False
        self._trusted = time.monotonic() + _TRUSTED
        return not self.is_damaged

    @property
    def published(self) -> datetime | None:
        return generations.made_at(self._folder)

    def find(self, query: Query, *, limit: int, offset: int) -> Matches:
        with self._readable():
            return self._find(query, limit=limit, offset=offset)

    def _find(self, query: Query, *, limit: int, offset: int) -> Matches:
        if self._columns:
            return self._columns.find(query, limit=limit, offset=offset)
        with self._reading() as reading:
            postings = WhooshPostings(reading.reader, self._facts, reading.cuts)
            return evaluation.find(postings, query, limit=limit, offset=offset)

    def find_each(self, queries: Sequence[Query], *, limit: int) -> list[Matches]:
        if not self._columns:
            return [self.find(query, limit=limit, offset=0) for query in queries]
        with self._readable():
            return self._columns.find_each(queries, limit=limit)

    def first(self, queries: Sequence[Query], *, limit: int) -> list[list[str]]:
        if not self._columns:
            return [[match.id for match in found.ranked] for found in self.find_each(queries, limit=limit)]
        with self._readable():
            return self._columns.first(queries, limit=limit)

    def count(self, queries: Sequence[Query]) -> list[int]:
        if not self._columns:
            return [found.documents for found in self.find_each(queries, limit=0)]
        with self._readable():
            return [self._columns.count(query) for query in queries]

    def fetch(self, ids: Sequence[str], *, whole: bool = False) -> dict[str, Stored]:
        with self._readable(), self._reading() as reading:
            columns = self._columns
            number, edges = (columns.number, columns.edges) if columns else (reading.number, reading.edges)
            numbers = {id: one for id in ids if (one := number(id)) is not None}
            # A step of all documents after the other, as the processor keeps what a step needs at hand.
            records = [reading.kept["record"][one] for one in numbers.values()]
            documents = [packed.loads(one) for one in records]
            cuts = [edges(one) for one in numbers.values()]
            contents = [reading.kept["content"][one] for one in numbers.values()]
            each = zip(numbers, documents, cuts, contents, strict=True)
            return {id: Stored(one, cut, content).shown(whole=whole) for id, one, cut, content in each}

    def gather(self, ids: Sequence[str], weights: Mapping[str, float]) -> dict[str, Gathering]:
        with self._readable():
            return self._gather(ids, weights)

    def _gather(self, ids: Sequence[str], weights: Mapping[str, float]) -> dict[str, Gathering]:
        if self._columns:
            return self._columns.gather(ids, weights)
        found = {id: gathered(one.document, weights) for id, one in self.fetch(ids, whole=True).items()}
        return {id: one for id, one in found.items() if one.words}

    def holding_in_order(self, strings: Sequence[str], steps: Sequence[Step]) -> tuple[str, ...] | None:
        with self._readable():
            return self._columns.holding_in_order(strings, steps) if self._columns else None

    def holding_parted(self, characters: str, step: Step, *, joined: bool) -> tuple[str, ...] | None:
        with self._readable():
            return self._columns.holding_parted(characters, step, joined=joined) if self._columns else None

    def catalogue(self) -> Mapping[str, Entry]:
        with self._readable():
            return self._catalogue

    @cached_property
    def _catalogue(self) -> Mapping[str, Entry]:
        if self._columns:
            return self._columns.catalogue()
        with self._reading() as reading:
            return catalogue(reading.reader, self._facts)

    def note(self, name: str) -> str | None:
        return generations.note_in(self._folder, name)

    @property
    def _columns(self) -> _Columns | None:
        """Mapped with the first query (is_asked)."""
        with self._loading:
            return self._loaded_columns

    @cached_property
    def _loaded_columns(self) -> _Columns | None:
        return _columns(self._generation, self._index) if self._with_columns else None

    @cached_property
    def _facts(self) -> DocumentFacts:
        with self._reading() as reading:
            return DocumentFacts(reading.reader)

    def vocabulary(self) -> Vocabulary:
        return self._vocabulary

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return vocabulary.loads(generations.note_in(self._folder, vocabulary.NOTE) or "")

    @contextlib.contextmanager
    def _reading(self) -> Iterator[_Reading]:
        """A reader that no other thread uses meanwhile; there are as many as were ever in use at once."""
        try:
            reading = self._idle.pop()
        except IndexError:
            reading = _Reading(self._index.reader())
        try:
            yield reading
        finally:
            self._idle.append(reading)


class _Mapped(FileStorage):
    """Reads files where they lie in memory: a document's record takes 5 us so, and 27 by asking the system."""

    def open_file(self, name: str, **options: object) -> StructFile:
        path = Path(self.folder, name)
        if not path.stat().st_size:  # cannot be mapped
            return super().open_file(name, **options)
        with path.open("rb") as file:
            return StructFile(mmap(file.fileno(), 0, access=ACCESS_READ), name=name, **options)


class _Reading:
    """A reader with what is slow to open; for one thread at a time."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader

    def number(self, document_id: str) -> int | None:
        return next(numbers_of(self.reader, "id", document_id), None)

    def edges(self, number: int) -> tuple[bytes, bytes]:
        return self.cuts[True][number], self.cuts[False][number]

    @cached_property
    def cuts(self) -> Mapping[bool, Sequence[bytes]]:
        """Of titles (True) and bodies."""
        return {title: self._column(name) for title, name in _CUTS}

    @cached_property
    def kept(self) -> Mapping[str, Sequence[bytes]]:
        return {name: self._column(name) for name in _KEPT}

    def _column(self, name: str) -> Sequence[bytes]:
        """Whoosh reads where every document's lies when it opens one; without documents there is none."""
        column: Sequence[bytes] = self.reader.column_reader(name) if self.reader.doc_count_all() else ()
        return column


def _close(idle: Iterable[_Reading]) -> None:
    for reading in idle:
        reading.reader.close()


class _Columns(Protocol):
    """columns.ColumnIndex, which is not imported here, since it needs numpy."""

    def find(self, query: Query, *, limit: int, offset: int) -> Matches: ...

    def find_each(self, queries: Sequence[Query], *, limit: int) -> list[Matches]: ...

    def first(self, queries: Sequence[Query], *, limit: int) -> list[list[str]]: ...
    def count(self, query: Query) -> int: ...

    def number(self, document_id: str) -> int | None: ...

    def edges(self, number: int) -> tuple[bytes, bytes]: ...

    def gather(self, ids: Sequence[str], weights: Mapping[str, float]) -> dict[str, Gathering]: ...

    def holding_in_order(self, strings: Sequence[str], steps: Sequence[Step]) -> tuple[str, ...] | None: ...

    def holding_parted(self, characters: str, step: Step, *, joined: bool) -> tuple[str, ...] | None: ...

    def catalogue(self) -> Mapping[str, Entry]: ...


def _columns(generation: generations.Generation, whoosh: index.Index) -> _Columns | None:
    """What answers queries on the columns of every segment; None, said once in the log, where that can't be."""
    try:
        columns = importlib.import_module("search.engines.columns.answers")
        with contextlib.closing(whoosh.reader()) as reader:
            segments = [
                (
                    column_files.read(
                        generation.path / column_file(leaf),
                        identity_of(
                            leaf, {name: facts["sha256"] for name, facts in generation.manifest["files"].items()}
                        ),
                    ),
                    deleted_in(leaf),
                )
                for leaf in leaves(reader)
            ]
    except ImportError:
        log.warning("没有安装 numpy，改用 Whoosh 自己的检索，结果相同但较慢；pip install numpy 后重新启动。")
        return None
    except (OSError, ValueError, KeyError, TypeError) as problem:
        log.warning(
            "检索加速用的列文件不可用（%s），改用 Whoosh 自己的检索，结果相同但较慢；%s 即重建。",
            problem,
            generations.BUILD,
        )
        return None
    found: _Columns = columns.ColumnIndex(segments)
    return found


def _damage(error: Exception) -> IndexUnusable:
    log.error("索引已损坏", exc_info=error)
    return IndexUnusable(f"索引已损坏。{generations.BUILD} --full 重建。")


# With each what CURRENT said then, which need not be what was opened: of a damaged generation the one before is.
_open: dict[tuple[Path, bool], tuple[str, WhooshEngine]] = {}
_MOST_OPEN = 4  # indexes; a server has one, and each keeps a dozen files open for a segment
_opening = threading.Lock()


def open_published(location: Path, *, columns: bool = True) -> WhooshEngine:
    """The engine on what is published; the same object until something else is.

    What was published meanwhile is opened by whoever sees it first. Others who come until then go on with the engine
    they had, unless it is known to be damaged: a queue of them all would be longer than there are places in it.
    """
    place, current = (location, columns), generations.current_name(location)
    known, before = _open.get(place, ("", None))
    if before and current and known == current and not before.is_damaged:
        return before
    goes_on = before and current and not before.is_damaged and (location / before.generation).exists()
    if not _opening.acquire(blocking=not goes_on):
        assert before is not None
        return before
    try:
        return _opened(place)
    finally:
        _opening.release()


def _opened(place: tuple[Path, bool]) -> WhooshEngine:
    """The engine that is open for a place from now on; the one before stays open until this one is."""
    location, columns = place
    current = generations.current_name(location)
    generation = _sound(location)
    _, engine = _open.get(place, ("", None))
    if not engine or engine.is_damaged or engine.generation != generation.path.name:
        before, engine = engine, WhooshEngine(generation, columns=columns)
        if before and before.is_asked:
            engine.prepare()
        if not soundness.is_small(generation):
            in_background(engine.is_sound)
    engine.is_fallback = engine.generation != current
    _open.pop(place, None)  # the newest is the last
    _open[place] = (current, engine)
    while len(_open) > _MOST_OPEN:
        del _open[next(iter(_open))]
    return engine


def in_background(what: Callable[[], object]) -> None:
    threading.Thread(target=what, daemon=True).start()


def _sound(location: Path) -> generations.Generation:
    """The generation to read: one whose every byte is right, but for a large one that nothing speaks against yet."""
    while True:
        generation = generations.published(location)
        unsuspected = generation.path.name == generations.current_name(location)
        if (unsuspected and not soundness.is_small(generation)) or soundness.is_sound(generation):
            return generation
