"""Writes a generation: postings, stored records, columns, notes."""

from __future__ import annotations

import contextlib
import marshal
import shutil
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from itertools import chain
from pathlib import Path

from whoosh import index

from search import text
from search.documents.document import Document
from search.documents.siblings import Siblings
from search.engines import Progress
from search.engines.notes import Notes
from search.engines.team import Team
from search.engines.waiting import Waiting
from search.engines.whoosh import codec, deleted, entries, generations, parts
from search.engines.whoosh.beside import hashes_of, write_columns
from search.engines.whoosh.codec import Writer
from search.engines.whoosh.fields import schema
from search.engines.whoosh.held import NOTHING, Terms, counts_expected, expected, vocabulary_of
from search.engines.whoosh.postings import numbers_of
from search.index import fingerprint, packed, vocabulary
from search.index.aloud import HERE, Aloud, Reading, aloud
from search.index.analysis import Analysis, analysed
from search.text import office, pinyin

# The folder, in that of a generation under way, where documents wait.
_SHELF = "waiting"
# Entries of the vocabulary that a process reads aloud at a time: a tenth of a second.
_READ_AT_ONCE = 2_000


class WhooshWriter:
    """Changes to a copy of the published generation.

    Postings go to Whoosh as they come. Records wait on disk until what is to be said of siblings is known,
    because Whoosh writes them once and in order. What waits already becomes segments of its own (parts.py).
    """

    def __init__(self, building: Path, *, fresh: bool) -> None:
        self._building = building
        self._index = (
            index.create_in(str(building), schema())
            if fresh or not index.exists_in(str(building))
            else index.open_dir(str(building), schema=schema())
        )
        self._known = None if self._index.is_empty() else expected(building)
        self._counts: Future[dict[str, Terms]] | None = None
        self._before = self._index.reader()
        self._writer = Writer(self._index, limit=codec.LIMIT, many=fresh)
        self._spool = tempfile.TemporaryFile()  # noqa: SIM115 - closed by cancel()
        self._added: set[str] = set()
        self._removed = set[str]()
        self._own = 0  # of those added, how many this process writes itself
        self._waiting = array("Q")  # Waiting, number by number: 24 bytes a document

    def add(self, document: Document, analysis: Analysis | None = None) -> None:
        self._take(document.id)
        analysis = analysis or analysed(document)
        self._writer.place(self._own, entries.terms(analysis))
        self._own += 1
        marshal.dump((document.id, entries.of_text(analysis), entries.of_document(document)), self._spool)

    def shelf(self) -> Path:
        folder = self._building / _SHELF
        folder.mkdir(exist_ok=True)
        return folder

    def add_waiting(self, document_id: str, waiting: Waiting) -> None:
        self._take(document_id)
        self._waiting.extend(waiting)

    def _take(self, document_id: str) -> None:
        if document_id in self._added:
            # Whoosh would keep both: a unique key is unique only against what was committed before.
            raise ValueError(f"document {document_id} added twice in one batch")
        self._added.add(document_id)
        self._delete(document_id)

    def remove(self, document_id: str) -> None:
        self._removed.add(document_id)
        self._delete(document_id)

    def _delete(self, document_id: str) -> None:
        for number in numbers_of(self._before, "id", document_id):
            self._writer.delete_document(number)
            # Then what all hold is counted again: of 9,000 documents .11 s.
            self._counts = self._counts or counts_expected(self._building)

    def publish(
        self,
        notes: Notes,
        siblings: Mapping[str, Siblings] | None = None,
        progress: Progress | None = None,
        *,
        keep: bool = False,
    ) -> str:
        self._add_again(siblings or {})
        # From here on files of the generation before go.
        before = self._known.result() if self._known else NOTHING
        counts = self._counts.result() if self._counts else {}
        with Team(parts.processes()) as team:
            known = self._write_parts(siblings or {}, progress, team)
            if (shelf := self._building / _SHELF).exists():
                shutil.rmtree(shelf)
            self._write(siblings or {}, progress)
            self._writer.commit()
            with contextlib.closing(self._index.reader()) as reader:
                count = reader.doc_count()
                hashes = hashes_of(generations.hashes(self._building, known))
                gone = deleted.counted(reader, deleted.loads(generations.note_in(self._building, deleted.NOTE)))
                reading = _beside(team) if self._waiting else HERE
                made = vocabulary_of(reader, gone, before, counts, reading)
                notes = {**notes, vocabulary.NOTE: made.pieces(), deleted.NOTE: deleted.dumps(gone)}
        self._index.close()
        write_columns(self._building, hashes, {*known, *before.columns})
        for lock in self._building.glob("*LOCK"):
            lock.unlink()
        return generations.seal(
            self._building,
            fingerprint=fingerprint.fingerprint(),
            documents=count,
            notes=notes,
            known={**known, **hashes},
            keep=keep,
        )

    def _add_again(self, siblings: Mapping[str, Siblings]) -> None:
        """The published documents of which something else is to be said now."""
        for document_id in sorted(siblings.keys() - self._added - self._removed):
            for number in numbers_of(self._before, "id", document_id):
                self.add(packed.loads(self._before.column_reader("record")[number]))

    def _write_parts(
        self, siblings: Mapping[str, Siblings], progress: Progress | None, team: Team
    ) -> Mapping[str, str]:
        """Has segments made of what waits, and takes them for its own; the sha256 of their files. Beside them one is
        made of the smallest that are there, where there would be too many."""
        if not self._waiting:
            return {}
        shelf, there = self.shelf(), [one for one in self._writer.segments if one.doc_count()]
        merged = parts.to_merge(there, len(self._added) - self._own)
        room = parts.MOST - len(there) + max(0, len(merged) - 1)
        jobs: list[parts.Job | parts.Merge] = [
            parts.Job(shelf / f"part{number}", shelf, share, siblings, office.now())
            for number, share in enumerate(parts.shares(self._waiting, room))
        ]
        if merged:
            jobs.insert(0, parts.Merge(shelf / "merged", self._building, merged))
        made, done = dict[int, parts.Part](), 0
        for number, part in team.done(parts.made, jobs):
            made[number] = part
            done += part.segment.doc_count_all() if isinstance(jobs[number], parts.Job) else 0
            if progress:
                progress(done, len(self._added))
        segments, hashes = parts.joined([made[number] for number in sorted(made)], self._building)
        self._writer.segments = [*(one for one in there if one not in merged), *segments]
        return hashes

    def _write(self, siblings: Mapping[str, Siblings], progress: Progress | None) -> None:
        """The stored records, in the order in which their postings came."""
        self._spool.seek(0)
        for done in range(len(self._added) - self._own, len(self._added)):
            document_id, of_text, of_document = marshal.load(self._spool)
            if document_id in siblings:
                told = siblings[document_id].told(packed.loads(of_document["record"]))
                of_document = entries.of_document(told)
            self._writer.add_document(**of_text, **of_document)
            if progress:
                progress(done + 1, len(self._added))

    def cancel(self) -> None:
        """Lets go of everything, each thing whatever becomes of the others; raises what the last of them raised."""
        with contextlib.ExitStack() as closing:
            closing.callback(self._index.close)
            closing.callback(self._before.close)
            for reading in (self._known, self._counts):
                if reading:  # whoever reads the folder has read it
                    closing.callback(reading.exception)
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


def _aloud_of_many(asked: Sequence[tuple[str, vocabulary.EntryKind]]) -> list[Aloud]:
    """Of a large run: a process that reads aloud cuts some thousand titles, for which the dictionary of who cuts few
    would be read almost whole, .6 s of 5,000 titles."""
    text.expect_many()
    return aloud(asked)


def _beside(team: Team) -> Reading:
    """Reads by the processes that have written segments, which are done."""

    def entries(asked: Sequence[tuple[str, vocabulary.EntryKind]], _: Mapping[str, str]) -> Iterator[Aloud]:
        pieces = [asked[at : at + _READ_AT_ONCE] for at in range(0, len(asked), _READ_AT_ONCE)]
        found = dict(team.done(_aloud_of_many, pieces))
        return chain.from_iterable(found[number] for number in range(len(pieces)))

    def characters(asked: Iterable[str]) -> dict[str, str]:
        ((_, found),) = team.done(pinyin.by_character, ["".join(asked)])
        return found

    return Reading(entries, characters)
