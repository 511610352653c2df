"""A segment of its own of the documents that wait in a folder: written by a process that has nothing else to do.

So a large run is written by as many processes as there are. What one does depends on nothing but what it is told, and
the one that publishes only puts the files side by side.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from whoosh import index
from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader

from search.documents.siblings import Siblings
from search.engines.waiting import Waiting, taken
from search.engines.whoosh import codec, entries, generations
from search.engines.whoosh.beside import write_columns
from search.engines.whoosh.fields import schema
from search.engines.whoosh.segments import leaves
from search.index import packed
from search.text import office

# A search asks each segment: of 17 it takes half as long again as of one, of 4 about the same.
MOST = 8
# Documents that are worth starting a process for, and bytes of waiting ones that are sorted in 500 MB of memory.
_LEAST, _LARGEST = 500, 320 << 20
# Documents that are written again beside each that comes, so that there are no more segments.
_WORTH = 8


@dataclass(frozen=True, slots=True)
class Job:
    """folder: of its own, for the files. shelf: where the documents wait; waiting: where there, a Waiting each, number
    by number. siblings: what is to be said of some of them. own: the office's words in use.
    """

    folder: Path
    shelf: Path
    waiting: array[int]
    siblings: Mapping[str, Siblings]
    own: office.Own

    def documents(self) -> Iterator[bytes]:
        return taken(self.shelf, map(Waiting, self.waiting[0::3], self.waiting[1::3], self.waiting[2::3]))


@dataclass(frozen=True, slots=True)
class Merge:
    """folder: of its own, for the files. segments: of the index that is made in building, of which one is to be made,
    without the documents that are deleted in them."""

    folder: Path
    building: Path
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A segment, whose files lie in the folder, with the sha256 of each; its columns are one of them."""

    folder: Path
    segment: Segment
    hashes: Mapping[str, str]


def processes() -> int:
    return min(MOST, os.cpu_count() or 1)


def to_merge(segments: Sequence[Segment], coming: int) -> tuple[Segment, ...]:
    """The smallest segments of an index, where one more would be too many: two and more, up to as many documents as are
    coming. None where they are more than _WORTH times these: a search rather asks another one than a run takes minutes.
    """
    ordered = sorted((one for one in segments if one.doc_count()), key=lambda one: int(one.doc_count_all()))
    least = len(ordered) + 2 - MOST
    sums = list(accumulate(one.doc_count_all() for one in ordered))
    number = max(least, sum(one <= coming for one in sums))
    return tuple(ordered[:number]) if 2 <= least <= number and sums[number - 1] <= _WORTH * coming else ()


def shares(waiting: array[int], most: int) -> list[array[int]]:
    """What waits, one after the other in runs of much the same size: one for each process, more where they would be
    large, but most at most."""
    sizes = waiting[2::3]
    wanted = max(min(processes(), len(sizes) // _LEAST), -(-sum(sizes) // _LARGEST), 1)
    ends = list(accumulate(sizes, initial=0))
    number, cuts = min(wanted, max(1, most)), [0]
    for at in range(1, len(ends)):
        if ends[at] * number >= ends[-1] * len(cuts):
            cuts.append(at)
    return [waiting[3 * begin : 3 * end] for begin, end in pairwise(dict.fromkeys((*cuts[:number], len(sizes))))]


def made(job: Job | Merge) -> Part:
    """Raises OSError where the disk is full. May be done again where it was ended half-way."""
    with _writing(job.folder, many=isinstance(job, Job)) as writer:
        if isinstance(job, Job):
            _write(job, writer)
        else:
            for segment in job.segments:
                with contextlib.closing(SegmentReader(FileStorage(str(job.building)), schema(), segment)) as reader:
                    writer.add_reader(reader)
    return _finished(job.folder)


@contextlib.contextmanager
def _writing(folder: Path, *, many: bool) -> Iterator[codec.Writer]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    writer = codec.Writer(index.create_in(str(folder), schema()), limit=codec.LIMIT, many=many)
    try:
        yield writer
        writer.commit()
    except BaseException:
        with contextlib.suppress(Exception):  # on a full disk that fails, too
            writer.cancel()
        raise


def _write(job: Job, writer: codec.Writer) -> None:
    office.use(job.own)
    for number, together in enumerate(job.documents()):
        stored, analysis = pickle.loads(together)
        document = packed.loads(stored)
        if document.id in job.siblings:
            document, stored = job.siblings[document.id].told(document), b""
        writer.place(number, entries.terms(analysis))
        writer.add_document(**entries.of_text(analysis), **entries.of_document(document, stored))


def _finished(folder: Path) -> Part:
    with contextlib.closing(index.open_dir(str(folder), schema=schema()).reader()) as reader:
        (leaf,) = leaves(reader)
        segment = leaf.segment()
    hashes = _hashes(folder, segment, {})
    write_columns(folder, hashes)
    return Part(folder, segment, _hashes(folder, segment, hashes))


def _hashes(folder: Path, segment: Segment, known: Mapping[str, str]) -> dict[str, str]:
    names = sorted(file.name for file in folder.glob(f"{segment.segment_id()}.*"))
    return {name: known.get(name) or generations.sha256(folder / name) for name in names}


def joined(parts: Sequence[Part], folder: Path) -> tuple[list[Segment], dict[str, str]]:
    """Puts the files of all into one folder; the segments, and the sha256 of each file."""
    for part in parts:
        for name in part.hashes:
            (part.folder / name).rename(folder / name)
        shutil.rmtree(part.folder)
    return [part.segment for part in parts], {name: one for part in parts for name, one in part.hashes.items()}
