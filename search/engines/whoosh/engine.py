"""The default engine: Whoosh holds the postings, the stored documents and the facets. The only file that knows Whoosh
beside whoosh_codec.py, which says how postings lie on disk.

Whoosh's query parser, highlighter, scorer and grouping are not used; its postings are, through the public reader and
matcher interfaces. A reader is one thread's at a time: a shared one gave wrong answers under load.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import multiprocessing
import shutil
import threading
import weakref
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Protocol

from whoosh import columns, fields, formats, index
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.matching import Matcher
from whoosh.reading import IndexReader, TermNotFound
from whoosh.util.text import utf8encode

from search import text
from search.documents.document import Document
from search.engines.columns import files as column_files
from search.engines.whoosh import codec, generations
from search.engines.whoosh.codec import Writer, counted
from search.errors import IndexUnusable
from search.index import fingerprint, record, vocabulary
from search.index.analysis import PASSAGE_STRIDE, Analysis, Numbers, Standing, Words, analysed
from search.index.schema import FIELDS, facet_values
from search.index.vocabulary import Vocabulary
from search.matching import evaluation
from search.matching.matches import Matches
from search.query.clauses import Query

log = logging.getLogger(__name__)

NAME = "whoosh"

# In the grams field these terms' positions are where passages, sentences and headings begin; no gram begins with a
# line feed.
_BEGINS: dict[evaluation.Unit, str] = column_files.BEGINS
_CUTS = ((True, "title_cuts"), (False, "cuts"))
# Bytes of memory for postings before they are put on disk: 11,400 news pages are put there once.
_LIMIT = 160 << 20
# Documents whose columns are worth a process: it takes as long to start as to write those of a thousand.
_MANY = 2000


class _Places(fields.FieldType):
    """A field of terms with their positions, which the writer is handed ready made."""

    def __init__(self) -> None:
        self.format = formats.Positions()
        self.analyzer = None
        self.scorable = False


class _Values(fields.FieldType):
    """A field of whole values: those a document has in a facet."""

    def __init__(self, *, unique: bool = False) -> None:
        self.format = formats.Existence()
        self.analyzer = None
        self.unique = unique

    def index(self, value: Iterable[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term in value:
            yield utf8encode(term)[0], 1, 1.0, b""


_KINDS = {
    "id": lambda: _Values(unique=True),
    "words": _Places,
    "grams": _Places,
    "facet": _Values,
    "date": lambda: fields.COLUMN(columns.VarBytesColumn()),
    "length": lambda: fields.COLUMN(columns.NumericColumn("i")),
    "stored": fields.STORED,
}


def _schema() -> fields.Schema:
    schema = fields.Schema(**{field.name: _KINDS[field.kind]() for field in FIELDS})
    for name in ("name", "near", "title", "cuts", "title_cuts"):
        schema.add(name, fields.COLUMN(columns.VarBytesColumn()))
    schema.add("terms", _Values())  # those of the lexicon that stand in title or body
    return schema


# --- reading -------------------------------------------------------------------------------------------


class WhooshEngine:
    """One published generation; holds its files open until nobody uses it.

    Questions are answered on the columns beside the index where they are to be had, otherwise on Whoosh's postings.
    """

    def __init__(self, generation: generations.Generation, *, columns: bool) -> None:
        self.generation = generation.manifest["generation"]
        self.documents = generation.manifest["documents"]
        self._folder = generation.path
        try:
            self._index = _Mapped(str(generation.path), readonly=True).open_index(schema=_schema())
            self._idle = [_Reading(self._index.reader())]
        except Exception as error:  # Whoosh raises eight kinds for a damaged index, pickle's among them
            raise IndexUnusable(f"索引无法打开（{error}）。{generations.BUILD} --full 重建。") from error
        weakref.finalize(self, _close, self._idle)
        self._columns = _columns(generation, self._index) if columns else None

    def find(self, query: Query, *, limit: int, offset: int) -> Matches:
        if self._columns:
            return self._columns.find(query, limit=limit, offset=offset)
        with self._reading() as reading:
            postings = _Postings(reading.reader, self._facts, reading.cuts)
            return evaluation.find(postings, query, limit=limit, offset=offset)

    @cached_property
    def _facts(self) -> _Facts:
        with self._reading() as reading:
            return _Facts(reading.reader)

    def get(self, document_id: str) -> Document | None:
        with self._reading() as reading:
            number = self._number(reading.reader, document_id)
            return None if number is None else record.loads(reading.reader.stored_fields(number)["record"])

    def edges(self, document_id: str) -> tuple[bytes, bytes]:
        with self._reading() as reading:
            number = self._number(reading.reader, document_id)
            if number is None:
                return b"", b""
            return (
                self._columns.edges(number)
                if self._columns
                else (reading.cuts[True][number], reading.cuts[False][number])
            )

    def _number(self, reader: IndexReader, document_id: str) -> int | None:
        if self._columns:
            return self._columns.number(document_id)
        return next(_numbers(reader, "id", document_id), None)

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

    @cached_property
    def cuts(self) -> Mapping[bool, Sequence[bytes]]:
        """Of titles (True) and bodies; Whoosh reads where every document's lies when it opens one."""
        empty = not self.reader.doc_count_all()
        return {title: () if empty else self.reader.column_reader(name) for title, name in _CUTS}


def _close(idle: Iterable[_Reading]) -> None:
    for reading in idle:
        reading.reader.close()


class _Columns(Protocol):
    """columns.Answers, which is not imported here, since it needs numpy."""

    def find(self, query: Query, *, limit: int, offset: int) -> Matches: ...

    def number(self, document_id: str) -> int | None: ...

    def edges(self, number: int) -> tuple[bytes, bytes]: ...


def _columns(generation: generations.Generation, whoosh: index.Index) -> _Columns | None:
    """What answers questions on the columns of every segment; None, said once in the log, where that can't be."""
    try:
        columns = importlib.import_module("search.engines.columns.answers")
        with contextlib.closing(whoosh.reader()) as reader:
            segments = [
                (
                    column_files.read(
                        generation.path / _column_file(leaf),
                        _identity(
                            leaf, {name: facts["sha256"] for name, facts in generation.manifest["files"].items()}
                        ),
                    ),
                    _deleted(leaf),
                )
                for leaf in _leaves(reader)
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
    found: _Columns = columns.Answers(segments)
    return found


def _leaves(reader: IndexReader) -> list[IndexReader]:
    """The readers of the segments; an index without documents has none."""
    return [leaf for leaf, _ in reader.leaf_readers()] if reader.doc_count_all() else []


def _column_file(leaf: IndexReader) -> str:
    return f"{leaf.segment().segment_id()}{generations.SPARE}"


def _identity(leaf: IndexReader, hashes: Mapping[str, str]) -> str:
    """What columns carry so that they are never taken for those of another segment; hashes: file -> sha256."""
    own = f"{leaf.segment().segment_id()}."
    files = (name for name in sorted(hashes) if name.startswith(own) and not name.endswith(generations.SPARE))
    return "\n".join(f"{name} {hashes[name]}" for name in files)


def _deleted(leaf: IndexReader) -> list[int]:
    return [number for number in range(leaf.doc_count_all()) if leaf.is_deleted(number)] if leaf.has_deletions() else []


class _Facts:
    """What is small and asked for by every question, read once a generation: names, dates, lengths, facets."""

    def __init__(self, reader: IndexReader) -> None:
        self.everything = frozenset(reader.all_doc_ids())
        # An index without documents has no columns.
        names, dates, lengths = (
            reader.column_reader(name) if self.everything else () for name in ("name", "date", "length")
        )
        self.names = {doc: names[doc].decode("ascii") for doc in self.everything}
        near = reader.column_reader("near") if self.everything else ()
        self.groups = {doc: near[doc].decode("ascii") for doc in self.everything if near[doc]}
        self.dates = {doc: dates[doc].decode("ascii") for doc in self.everything if dates[doc]}
        self.lengths = array("i", lengths)
        self.mean = sum(self.lengths[doc] for doc in self.everything) / max(1, len(self.everything))
        self.facets = {
            field.name: {
                value.decode("utf-8"): frozenset(_numbers(reader, field.name, value.decode("utf-8")))
                for value in reader.lexicon(field.name)
            }
            for field in FIELDS
            if field.kind == "facet"
        }


class _Postings:
    """evaluation.Postings over one Whoosh reader."""

    def __init__(self, reader: IndexReader, facts: _Facts, cuts: Mapping[bool, Sequence[bytes]]) -> None:
        self._reader = reader
        self._facts = facts
        self._cuts = cuts

    def literal(self, text: str, *, title: bool) -> dict[int, list[int]]:
        field = "title_grams" if title else "grams"
        if len(text) == 1:
            return self._single(field, text)
        pairs = sorted({*range(0, len(text) - 1, 2), len(text) - 2})
        found = self._adjacent(field, [(text[at : at + 2], at) for at in pairs])
        return {doc: _apart(starts, len(text)) for doc, starts in found.items()}

    def is_whole(self, document: int, start: int, end: int, *, title: bool) -> bool:
        return text.is_whole(self._cuts[title][document], start, end)

    def together(self, words: tuple[str, ...]) -> dict[int, dict[int, int]]:
        held: dict[int, dict[int, int]] | None = None
        for word in words:
            places = _places(self._reader, "words", word, held)
            inside = {doc: dict(Counter(at // PASSAGE_STRIDE for at in spots)) for doc, spots in places.items()}
            held = inside if held is None else _least(held, inside)
        return held or {}

    def begins(self, documents: Iterable[int], unit: evaluation.Unit) -> Mapping[int, Sequence[int]]:
        return _places(self._reader, "grams", _BEGINS[unit], documents)

    def everything(self) -> frozenset[int]:
        return self._facts.everything

    def facet(self, field: str) -> Mapping[str, frozenset[int]]:
        return self._facts.facets[field]

    def dates(self) -> Mapping[int, str]:
        return self._facts.dates

    def group(self, document: int) -> str:
        return self._facts.groups.get(document, "")

    def length(self, document: int) -> int:
        return self._facts.lengths[document]

    def mean_length(self) -> float:
        return self._facts.mean

    def name(self, document: int) -> str:
        return self._facts.names[document]

    def _single(self, field: str, char: str) -> dict[int, list[int]]:
        """One character: every pair that begins with it, the last character of a paragraph being paired too."""
        found: dict[int, list[int]] = {}
        for term in self._reader.expand_prefix(field, char):
            for doc, places in _places(self._reader, field, term.decode("utf-8")).items():
                found.setdefault(doc, []).extend(places)
        return {doc: sorted(places) for doc, places in found.items()}

    def _adjacent(self, field: str, pairs: list[tuple[str, int]]) -> dict[int, list[int]]:
        """Where all pairs stand at their distances from one start; the rarest is read first."""
        rarest_first = sorted(pairs, key=lambda pair: self._reader.doc_frequency(field, pair[0]))
        found: dict[int, list[int]] | None = None
        for pair, distance in rarest_first:
            places = _places(self._reader, field, pair, found)
            starts = {doc: [at - distance for at in spots] for doc, spots in places.items()}
            if found is not None:
                met = {doc: sorted(set(found[doc]).intersection(at)) for doc, at in starts.items()}
                starts = {doc: at for doc, at in met.items() if at}
            found = starts
            if not found:
                break
        return found or {}


def _places(reader: IndexReader, field: str, term: str, only: Iterable[int] | None = None) -> dict[int, list[int]]:
    """document -> positions of a term, of all documents or of those asked for."""
    try:
        matcher = reader.postings(field, term)
    except TermNotFound:
        return {}
    found = {}
    for doc in _walk(matcher) if only is None else _leap(matcher, sorted(only)):
        found[doc] = matcher.value_as("positions")
    return found


def _walk(matcher: Matcher) -> Iterator[int]:
    while matcher.is_active():
        yield matcher.id()
        matcher.next()


def _leap(matcher: Matcher, wanted: list[int]) -> Iterator[int]:
    for doc in wanted:
        if not matcher.is_active():
            return
        if matcher.id() < doc:
            matcher.skip_to(doc)
        if matcher.is_active() and matcher.id() == doc:
            yield doc


def _least(held: dict[int, dict[int, int]], more: dict[int, dict[int, int]]) -> dict[int, dict[int, int]]:
    """document -> passage -> the smaller count, where both have the passage."""
    met = {doc: {p: min(n, held[doc][p]) for p, n in counts.items() if p in held[doc]} for doc, counts in more.items()}
    return {doc: counts for doc, counts in met.items() if counts}


def _numbers(reader: IndexReader, field: str, term: str) -> Iterator[int]:
    try:
        matcher = reader.postings(field, term)
    except TermNotFound:
        return
    yield from matcher.all_ids()


def _apart(starts: list[int], length: int) -> list[int]:
    """The starts that don't overlap one before, as str.count() counts."""
    kept: list[int] = []
    for start in starts:
        if not kept or start >= kept[-1] + length:
            kept.append(start)
    return kept


_open: dict[tuple[Path, bool], WhooshEngine] = {}
_MOST_OPEN = 4  # indexes; a server has one, and each keeps a dozen files open for a segment
_opening = threading.Lock()


def open_published(location: Path, *, columns: bool = True) -> WhooshEngine:
    """The engine on what is published; the same object until something else is."""
    engine = _open.get((location, columns))
    if engine and engine.generation == generations.current_name(location):
        return engine
    with _opening:
        generation = generations.published(location, fingerprint.fingerprint())
        engine = _open.get((location, columns))
        if not engine or engine.generation != generation.manifest["generation"]:
            engine = WhooshEngine(generation, columns=columns)
            _open.pop((location, columns), None)
            _open[location, columns] = engine
            while len(_open) > _MOST_OPEN:
                del _open[next(iter(_open))]
        return engine


# --- writing -------------------------------------------------------------------------------------------


class WhooshWriter:
    """Changes to a copy of the published generation."""

    def __init__(self, building: Path, *, fresh: bool) -> None:
        self._building = building
        self._index = (
            index.create_in(str(building), _schema())
            if fresh or not index.exists_in(str(building))
            else index.open_dir(str(building), schema=_schema())
        )
        self._before = self._index.reader()
        self._writer = Writer(self._index, limit=_LIMIT)
        self._placed = 0
        self._added: set[str] = set()

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(_Facts(self._before).names.values())

    def documents(self) -> Iterator[Document]:
        for number in self._before.all_doc_ids():
            yield record.loads(self._before.stored_fields(number)["record"])

    def place(self, standing: Standing) -> None:
        self._writer.place(self._placed, _terms(standing))
        self._placed += 1

    def add(self, document: Document, found: Analysis | None = None) -> None:
        if document.id in self._added:
            # Whoosh would keep both: a unique key is unique only against what was committed before.
            raise ValueError(f"document {document.id} added twice in one batch ({document.external_id})")
        self._added.add(document.id)
        self.remove(document.id)
        if found is None:
            standing, found = analysed(document)
            self.place(standing)
        self._writer.add_document(**_fields(document, found))

    def remove(self, document_id: str) -> None:
        for number in _numbers(self._before, "id", document_id):
            self._writer.delete_document(number)

    def publish(self, notes: dict[str, str]) -> str:
        if self._placed != self._writer.docnum:
            raise ValueError(f"{self._placed} documents placed, {self._writer.docnum} added")
        self._writer.commit()
        with contextlib.closing(self._index.reader()) as reader:
            count = reader.doc_count()
            # What Whoosh wrote stays as it is from here on; columns and notes may be replaced.
            found = generations.hashes(self._building, {})
            hashes = {name: one for name, one in found.items() if not name.endswith((generations.SPARE, ".note"))}
            with _columns_meanwhile(self._building, hashes, self._placed):
                before = vocabulary.loads(generations.note_in(self._building, vocabulary.NOTE) or "")
                notes = {**notes, vocabulary.NOTE: vocabulary.made(_held(reader), before).dumps()}
        self._index.close()
        _write_columns(self._building, hashes)
        for lock in self._building.glob("*LOCK"):
            lock.unlink()
        return generations.seal(
            self._building,
            engine=NAME,
            fingerprint=fingerprint.fingerprint(),
            documents=count,
            notes=notes,
            known=hashes,
        )

    def cancel(self) -> None:
        if not self._writer.is_closed:
            self._writer.cancel()
        self._before.close()
        self._index.close()


@contextlib.contextmanager
def writing(location: Path, *, fresh: bool) -> Iterator[WhooshWriter]:
    """A writer under the lock; what is not published is thrown away."""
    with generations.locked(location):
        building = generations.begin(location, fresh=fresh)
        writer = WhooshWriter(building, fresh=fresh)
        try:
            yield writer
        finally:
            writer.cancel()
            shutil.rmtree(building, ignore_errors=True)


@contextlib.contextmanager
def _columns_meanwhile(building: Path, hashes: Mapping[str, str], documents: int) -> Iterator[None]:
    """Writes columns in another process as long as this one has other things to do; whatever becomes of it."""
    if documents < _MANY:
        yield
        return
    process = multiprocessing.get_context("spawn").Process(target=_write_columns, args=(building, hashes), daemon=True)
    process.start()
    try:
        yield
    finally:
        process.join()


def _write_columns(building: Path, hashes: Mapping[str, str]) -> None:
    """Writes the columns of the segments that have none, and removes those of segments that are gone."""
    with contextlib.closing(index.open_dir(str(building), schema=_schema()).reader()) as reader:
        _write_columns_of(_leaves(reader), building, hashes)


def _write_columns_of(leaves: Sequence[IndexReader], building: Path, hashes: Mapping[str, str]) -> None:
    wanted = {_column_file(leaf) for leaf in leaves}
    for file in building.glob(f"*{generations.SPARE}"):
        if file.name not in wanted:
            file.unlink()
    for leaf in leaves:
        file = building / _column_file(leaf)
        identity = _identity(leaf, hashes)
        try:
            column_files.read(file, identity)
        except (OSError, ValueError, KeyError, TypeError):
            with contextlib.suppress(ValueError):  # too large for columns: Whoosh answers
                postings = column_files.mapped(building / f"{file.stem}{codec.POSTINGS}")
                column_files.write(file, _Segment(leaf, identity, postings))


class _Segment:
    """column_files.Segment over the reader of one Whoosh segment."""

    def __init__(self, reader: IndexReader, identity: str, postings: memoryview) -> None:
        self.identity = identity
        self._reader = reader
        self._postings = postings

    def column(self, name: str) -> Iterator[bytes]:
        return iter(self._reader.column_reader(name))

    def lengths(self) -> Iterator[int]:
        return iter(self._reader.column_reader("length"))

    def runs(self, field: str) -> Iterator[column_files.Run]:
        return codec.runs(self._reader, field, self._postings)


def _held(reader: IndexReader) -> dict[vocabulary.Kind, Counter[str]]:
    """What the live documents hold, and how many of them each."""
    words, terms = _counted(reader, "words"), _counted(reader, "terms")
    # Whoosh counts deleted documents until it merges their segment.
    for number in range(reader.doc_count_all()):
        if reader.is_deleted(number):
            gone = record.loads(reader.stored_fields(number)["record"])
            standing, found = analysed(gone)
            words.subtract(set(standing.words.terms))
            terms.subtract(found.terms)
    values = {kind: [one.decode("utf-8") for one in reader.lexicon(kind)] for kind in vocabulary.FILTERS}
    facets = {
        kind: Counter({one: sum(1 for _ in _numbers(reader, kind, one)) for one in found})
        for kind, found in values.items()
    }
    return {"word": words, "term": terms, "title": Counter(_titles(reader)), **facets}


def _titles(reader: IndexReader) -> Iterator[str]:
    """Of the live documents; by segment, which is twice as fast as by the numbers of all."""
    for leaf, _ in reader.leaf_readers():
        titles = leaf.column_reader("title") if leaf.doc_count_all() else ()
        yield from (titles[at].decode("utf-8") for at in range(leaf.doc_count_all()) if not leaf.is_deleted(at))


def _counted(reader: IndexReader, field: str) -> Counter[str]:
    """term -> documents, deleted ones among them."""
    found: Counter[str] = Counter()
    for term, documents in counted(reader, field):
        found[term] += documents
    return found


def _terms(standing: Standing) -> Iterator[tuple[str, codec.Terms]]:
    """By field; the beginnings of units are terms among the grams."""
    yield from (("words", standing.words), ("title_grams", standing.title_grams), ("grams", standing.grams))
    units: dict[evaluation.Unit, Numbers] = {
        "passage": standing.passages,
        "sentence": standing.sentences,
        "heading": standing.headings,
    }
    yield from (("grams", Words([_BEGINS[unit]] * len(offsets), offsets)) for unit, offsets in units.items())


def _fields(document: Document, found: Analysis) -> dict[str, object]:
    """What else the index holds of a document."""
    return {
        "id": [document.id],
        "name": document.id.encode("ascii"),
        "near": document.near[0].encode("ascii") if document.near else b"",
        "title": document.title.value.encode("utf-8"),
        "terms": found.terms,
        "title_cuts": found.title_cuts,
        "cuts": found.cuts,
        "date": str(document.date.value).encode("ascii") if document.date else b"",
        "length": found.length,
        "record": record.dumps(document),
    } | {field.name: facet_values(document, field.name) for field in FIELDS if field.kind == "facet"}
