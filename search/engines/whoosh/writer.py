"""Writes a generation: postings, stored records, columns, notes."""

from __future__ import annotations

import contextlib
import marshal
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from whoosh import index
from whoosh.reading import IndexReader

from search.documents.document import Document
from search.documents.siblings import Siblings
from search.engines import Progress, written_content
from search.engines.columns import files as column_files
from search.engines.whoosh import codec, deleted, generations
from search.engines.whoosh.codec import Writer, counted
from search.engines.whoosh.fields import BEGINS, schema
from search.engines.whoosh.postings import numbers_of
from search.engines.whoosh.segments import column_file, identity_of, leaves
from search.index import fingerprint, record, vocabulary
from search.index.analysis import Analysis, Numbers, Pairs, Words, analysed
from search.index.schema import FIELDS, facet_values
from search.matching.postings import Unit

# Bytes of memory for postings before they are put on disk: 11,400 news pages are put there once.
_LIMIT = 160 << 20


class WhooshWriter:
    """Changes to a copy of the published generation.

    Postings go to Whoosh as they come. Records wait on disk until what is to be said of siblings is known,
    because Whoosh writes them once and in order.
    """

    def __init__(self, building: Path, *, fresh: bool) -> None:
        self._building = building
        self._index = (
            index.create_in(str(building), schema())
            if fresh or not index.exists_in(str(building))
            else index.open_dir(str(building), schema=schema())
        )
        self._before = self._index.reader()
        self._writer = Writer(self._index, limit=_LIMIT, many=fresh)
        self._spool = tempfile.TemporaryFile()  # noqa: SIM115 - closed by cancel()
        self._added: set[str] = set()
        self._removed = set[str]()

    def add(self, document: Document, analysis: Analysis | None = None) -> None:
        if document.id in self._added:
            # Whoosh would keep both: a unique key is unique only against what was committed before.
            raise ValueError(f"document {document.id} added twice in one batch ({document.external_id})")
        analysis = analysis or analysed(document)
        self._writer.place(len(self._added), _terms(analysis))
        self._added.add(document.id)
        self._delete(document.id)
        marshal.dump((document.id, _of_text(analysis), _of_document(document)), self._spool)

    def remove(self, document_id: str) -> None:
        self._removed.add(document_id)
        self._delete(document_id)

    def _delete(self, document_id: str) -> None:
        for number in numbers_of(self._before, "id", document_id):
            self._writer.delete_document(number)

    def publish(
        self,
        notes: Mapping[str, str],
        siblings: Mapping[str, Siblings] | None = None,
        progress: Progress | None = None,
        *,
        keep: bool = False,
    ) -> str:
        self._add_again(siblings or {})
        self._write(siblings or {}, progress)
        self._writer.commit()
        with contextlib.closing(self._index.reader()) as reader:
            count = reader.doc_count()
            # What Whoosh wrote stays as it is from here on; columns and notes may be replaced.
            found = generations.hashes(self._building, {})
            hashes = {
                name: one for name, one in found.items() if not name.endswith((generations.SPARE, generations.NOTE))
            }
            before = vocabulary.loads(generations.note_in(self._building, vocabulary.NOTE) or "")
            gone = deleted.counted(reader, deleted.loads(generations.note_in(self._building, deleted.NOTE)))
            made = vocabulary.made(_held(reader, gone), before)
            notes = {**notes, vocabulary.NOTE: made.dumps(), deleted.NOTE: deleted.dumps(gone)}
        self._index.close()
        _write_columns(self._building, hashes)
        for lock in self._building.glob("*LOCK"):
            lock.unlink()
        return generations.seal(
            self._building,
            fingerprint=fingerprint.fingerprint(),
            documents=count,
            notes=notes,
            known=hashes,
            keep=keep,
        )

    def _add_again(self, siblings: Mapping[str, Siblings]) -> None:
        """The published documents of which something else is to be said now."""
        for document_id in sorted(siblings.keys() - self._added - self._removed):
            for number in numbers_of(self._before, "id", document_id):
                self.add(record.loads(self._before.column_reader("record")[number].decode("utf-8")))

    def _write(self, siblings: Mapping[str, Siblings], progress: Progress | None) -> None:
        """The stored records, in the order in which their postings came."""
        self._spool.seek(0)
        for done in range(len(self._added)):
            document_id, of_text, of_document = marshal.load(self._spool)
            if document_id in siblings:
                told = siblings[document_id].told(record.loads(of_document["record"].decode("utf-8")))
                of_document = _of_document(told)
            self._writer.add_document(**of_text, **of_document)
            if progress:
                progress(done + 1, len(self._added))

    def cancel(self) -> None:
        """Lets go of everything, each thing whatever becomes of the others; raises what the last of them raised."""
        with contextlib.ExitStack() as closing:
            closing.callback(self._index.close)
            closing.callback(self._before.close)
            if not self._writer.is_closed:
                closing.callback(self._writer.cancel)
            closing.callback(self._spool.close)


@contextlib.contextmanager
def writing(location: Path, *, fresh: bool) -> Iterator[WhooshWriter]:
    """A writer under the lock; what is not published is thrown away."""
    with generations.locked(location):
        building = generations.begin(location, fresh=fresh)
        try:
            writer = WhooshWriter(building, fresh=fresh)
            try:
                yield writer
            finally:
                # On a full disk undoing fails, too; it must not hide what failed, nor keep the disk full.
                with contextlib.suppress(Exception):
                    writer.cancel()
        finally:
            shutil.rmtree(building, ignore_errors=True)


def _write_columns(building: Path, hashes: Mapping[str, str]) -> None:
    """Writes the columns of the segments that have none, and removes those of segments that are gone."""
    with contextlib.closing(index.open_dir(str(building), schema=schema()).reader()) as reader:
        _write_columns_of(leaves(reader), building, hashes)


def _write_columns_of(leaves: Sequence[IndexReader], building: Path, hashes: Mapping[str, str]) -> None:
    wanted = {column_file(leaf) for leaf in leaves}
    for file in building.glob(f"*{generations.SPARE}"):
        if file.name not in wanted:
            file.unlink()
    for leaf in leaves:
        file = building / column_file(leaf)
        identity = identity_of(leaf, hashes)
        try:
            column_files.read(file, identity)
        except (OSError, ValueError, KeyError, TypeError):
            with contextlib.suppress(ValueError):  # too large for columns: Whoosh answers
                postings = column_files.mapped(building / f"{file.stem}{codec.POSTINGS}")
                column_files.write(file, Segment(leaf, identity, postings))


class Segment:
    """column_files.Segment over the reader of one Whoosh segment."""

    def __init__(self, reader: IndexReader, identity: str, postings: memoryview) -> None:
        self.identity = identity
        self._reader = reader
        self._postings = postings

    def column(self, name: str) -> Iterator[bytes]:
        return iter(self._reader.column_reader(name))

    def lengths(self) -> Iterator[int]:
        return iter(self._reader.column_reader("length"))

    def blocks(self, field: str) -> Iterator[column_files.TermBlock]:
        return codec.blocks(self._reader, field, self._postings)


def _held(reader: IndexReader, gone: Mapping[str, deleted.Gone]) -> dict[vocabulary.EntryKind, Counter[str]]:
    """What the live documents hold, and how many of them each."""
    words, terms = _counted(reader, "words"), _counted(reader, "terms")
    # Whoosh counts deleted documents until it merges their segment.
    for one in gone.values():
        words.subtract(one.words)
        terms.subtract(one.terms)
    values = {kind: [one.decode("utf-8") for one in reader.lexicon(kind)] for kind in vocabulary.FILTERS}
    facets = {
        kind: Counter({one: sum(1 for _ in numbers_of(reader, kind, one)) for one in found})
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


def _terms(analysis: Analysis) -> Iterator[tuple[str, Words | Pairs]]:
    """By field; the beginnings of units are terms among the grams."""
    yield from (("words", analysis.words), ("title_grams", analysis.title_grams), ("grams", analysis.grams))
    units: dict[Unit, Numbers] = {
        "passage": analysis.passages,
        "sentence": analysis.sentences,
        "heading": analysis.headings,
        "item": analysis.items,
    }
    yield from (("grams", Words([BEGINS[unit]] * len(offsets), offsets)) for unit, offsets in units.items())


def _of_text(analysis: Analysis) -> dict[str, object]:
    """What else the index holds of a document's text."""
    return {
        "terms": analysis.terms,
        "title_cuts": analysis.title_cuts,
        "cuts": analysis.cuts,
        "length": analysis.length,
        "content": written_content(analysis.content).encode("utf-8"),
    }


def _of_document(document: Document) -> dict[str, object]:
    """What the index holds of what is said of a document."""
    return {
        "id": [document.id],
        "name": document.id.encode("ascii"),
        "near": document.near[0].encode("ascii") if document.near else b"",
        "title": document.metadata.title.value.encode("utf-8"),
        "date": str(document.metadata.date.value).encode("ascii") if document.metadata.date else b"",
        "record": record.dumps(document).encode("utf-8"),
        **{field.name: facet_values(document, field.name) for field in FIELDS if field.kind == "facet"},
    }
