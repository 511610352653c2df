"""The whole of indexing in reading order: scan → read and understand each new file → add → publish.

What becomes of one file is told in understand.py. Here: which files, in what order, what is written, and the report.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from indexer.ledger import Entry, Indexed, Ledger
from indexer.readers import MAX_BYTES
from indexer.understand import understand
from indexer.workers import Outcome, read_all
from search import text
from search.engines import Writer, open_engine, open_writer, read_note
from search.errors import IndexUnusable
from search.model import Document

# done, of how many, the file at hand
Progress = Callable[[int, int, str], None]

_NOTE = "files"
# What office programs and systems leave beside documents.
_LITTER = ("~$", ".~", "._", "Thumbs.db", "desktop.ini")
# By an old custom files about a folder have names in capitals (README, LICENSE, CHANGELOG, NOTES); quoting one as a
# speech would be worse than leaving it out with a reason.
_ABOUT = re.compile(r"[A-Z][A-Z_-]{3,}(?:\.[A-Za-z-]{2,5})?\.(?:md|txt)")


@dataclass(frozen=True, slots=True)
class Rejected:
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. Always: files_seen = files_indexed + unchanged + len(duplicates) + len(refused) + len(failed).

    indexed counts documents read anew, documents those now in the index; characters is the length of their text.
    """

    files_seen: int
    files_indexed: int
    indexed: int
    unchanged: int
    duplicates: tuple[Rejected, ...]
    refused: tuple[Rejected, ...]
    failed: tuple[Rejected, ...]
    removed: int
    documents: int
    passages: int
    characters: int
    seconds: float
    generation: str
    engine: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _File:
    """A file found: key is unique among all folders, name is its path in its own folder."""

    path: Path
    key: str
    name: str
    size: int
    mtime_ns: int
    refused: str = ""  # why it is not even opened


def build(
    corpora: Sequence[Path],
    index: Path,
    *,
    engine: str = "whoosh",
    full: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Brings the index up to date with the folders; publishes only when something changed.

    Raises FileNotFoundError for a folder that is not there, Busy while another run writes.
    """
    begun = time.perf_counter()
    files = [file for corpus in corpora for file in _scan(corpus)]
    ledger = Ledger(_code(), {}) if full else _ledger(engine, index)
    fresh = not ledger.entries
    kept = _unchanged(files, ledger)
    changed = [file for file in files if file.key not in kept]
    gone = {one.id for key, entry in ledger.entries.items() if key not in kept for one in entry.documents}
    if not fresh and not changed and not gone:
        generation = open_engine(engine, index).generation
        return _report(files, kept, {}, removed=0, generation=generation, engine=engine, begun=begun)
    with open_writer(engine, index, fresh=fresh) as writer:
        entries = _read(changed, kept, writer, progress)
        added = {one.id for entry in entries.values() for one in entry.documents}
        for document_id in gone - added:
            writer.remove(document_id)
        generation = writer.publish({_NOTE: Ledger(_code(), {**kept, **entries}).dumps()})
    return _report(files, kept, entries, removed=len(gone - added), generation=generation, engine=engine, begun=begun)


# --- which files ---------------------------------------------------------------------------------------


def _scan(corpus: Path) -> Iterator[_File]:
    """The files of a folder in the order of their names; hidden ones, links and office litter are left out."""
    if not corpus.is_dir():
        raise FileNotFoundError(f"找不到文档文件夹 {corpus}。请用 --corpus 指明，或设置 SPEECHES_CORPUS。")
    for folder, folders, names in os.walk(corpus):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if name.startswith((".", *_LITTER)) or path.is_symlink():
                continue
            facts = path.lstat()
            relative = path.relative_to(corpus).as_posix()
            key = f"{corpus.as_posix()}/{relative}"
            yield _File(path, key, relative, facts.st_size, facts.st_mtime_ns, _refusal(name, facts))


def _refusal(name: str, facts: os.stat_result) -> str:
    """Why a file is not opened at all; empty when it is."""
    if not stat.S_ISREG(facts.st_mode):
        return "不是普通文件（管道或设备）"
    if facts.st_size > MAX_BYTES:
        return f"文件太大（{facts.st_size >> 20} MB，上限 {MAX_BYTES >> 20} MB）；请拆分后再放入"
    if _ABOUT.fullmatch(name):
        return "文件名全是大写字母，应是这个文件夹的说明（如 README），不作文稿收录；确是文稿请改名"
    return ""


def _unchanged(files: Sequence[_File], ledger: Ledger) -> dict[str, Entry]:
    """The entries that still hold. A duplicate holds only as long as the file that it repeats does."""
    same = {}
    for file in files:
        entry = ledger.entries.get(file.key)
        if entry and entry.size == file.size and (entry.mtime_ns == file.mtime_ns or _sha256(file) == entry.sha256):
            same[file.key] = entry
    return {key: entry for key, entry in same.items() if entry.outcome != "duplicate" or _holds(entry.reason, same)}


def _holds(key: str, same: Mapping[str, Entry]) -> bool:
    return key in same and same[key].outcome == "indexed"


def _ledger(engine: str, index: Path) -> Ledger:
    """What the last run noted, or an empty ledger where its index or its reading code was another."""
    nothing = Ledger(_code(), {})
    try:
        open_engine(engine, index)
        ledger = Ledger.loads(read_note(engine, index, _NOTE) or "")
    except (IndexUnusable, ValueError, KeyError, TypeError):
        return nothing
    return ledger if ledger.code == nothing.code else nothing


@cache
def _code() -> str:
    """Changes when the code that reads files does, so that every file is read again by the new code."""
    digest = hashlib.sha256(text.fingerprint().encode())
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def _sha256(file: _File) -> str:
    """Of the file's bytes; empty for what is not opened or can't be."""
    try:
        return "" if file.refused else hashlib.sha256(file.path.read_bytes()).hexdigest()
    except OSError:
        return ""


# --- what becomes of them ------------------------------------------------------------------------------


def _read(
    files: Sequence[_File], kept: Mapping[str, Entry], writer: Writer, progress: Progress | None
) -> dict[str, Entry]:
    """Reads the files in processes of their own and adds what is new in them, in the order of the files."""
    known = {one.text_hash: key for key, entry in kept.items() for one in entry.documents}
    entries = {file.key: Entry(file.size, file.mtime_ns, _sha256(file), "refused", file.refused) for file in files}
    readable = [file for file in files if not file.refused]
    outcomes = read_all(((file.path, file.name) for file in readable), understand, workers=_workers(len(readable)))
    for done, (file, outcome) in enumerate(zip(readable, outcomes, strict=True)):
        if progress:
            progress(done, len(readable), file.name)
        entries[file.key] = _entry(entries[file.key], file.key, outcome, known, writer)
    if progress:
        progress(len(readable), len(readable), "")
    return entries


def _entry(
    read: Entry, key: str, outcome: Outcome[tuple[Document, ...]], known: dict[str, str], writer: Writer
) -> Entry:
    """Adds what is new in a file; whatever was wrong with it becomes a line of the report."""
    if outcome.value is None:
        return replace(read, outcome="failed" if outcome.problem == "failed" else "refused", reason=outcome.reason)
    fresh = [document for document in outcome.value if known.setdefault(_text_hash(document), key) == key]
    unique = list({_text_hash(document): document for document in reversed(fresh)}.values())[::-1]
    if not unique:
        return replace(read, outcome="duplicate", reason=known[_text_hash(outcome.value[0])])
    for document in unique:
        writer.add(document)
    return replace(read, outcome="indexed", reason="", documents=tuple(_indexed(document) for document in unique))


def _workers(files: int) -> int:
    """One a core, but not more than the files are worth: starting one takes as long as reading thirty files."""
    return max(1, min(os.cpu_count() or 1, -(-files // 30)))


def _indexed(document: Document) -> Indexed:
    return Indexed(document.id, _text_hash(document), len(document.passages), len(document.text))


def _text_hash(document: Document) -> str:
    """Equal for the same words, whatever the encoding, width and line breaks they came in."""
    words = "".join(text.fold(document.title.value + document.text).split())
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _report(
    files: Sequence[_File],
    kept: Mapping[str, Entry],
    entries: Mapping[str, Entry],
    *,
    removed: int,
    generation: str,
    engine: str,
    begun: float,
) -> Report:
    names = {file.key: file.name for file in files}
    everything = {**kept, **entries}

    def rejected(outcome: str) -> tuple[Rejected, ...]:
        chosen = [(key, entry) for key, entry in everything.items() if entry.outcome == outcome]
        return tuple(Rejected(names[key], names.get(entry.reason, entry.reason)) for key, entry in chosen)

    documents = [one for entry in everything.values() for one in entry.documents]
    new = [entry for entry in entries.values() if entry.outcome == "indexed"]
    return Report(
        files_seen=len(files),
        files_indexed=len(new),
        indexed=sum(len(entry.documents) for entry in new),
        unchanged=sum(entry.outcome == "indexed" for entry in kept.values()),
        duplicates=rejected("duplicate"),
        refused=rejected("refused"),
        failed=rejected("failed"),
        removed=removed,
        documents=len(documents),
        passages=sum(one.passages for one in documents),
        characters=sum(one.characters for one in documents),
        seconds=round(time.perf_counter() - begun, 2),
        generation=generation,
        engine=engine,
        fingerprint=text.fingerprint(),
    )
