"""What a run has to do: which files are as they were, which to read, which documents go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from indexer.files import File, Unseen, closed, sha256
from indexer.ledger import Entry, Ledger
from indexer.readers.tools import tools
from indexer.statements.statements import Statements

# A file changed so shortly before it was seen may be changed again and bear the same time: ext3 and FAT count seconds.
_RACY = 2_000_000_000  # ns


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do.

    kept: ledger entries of files that need not be read. changed: the files to read. known: ledger entries of all files
    whose bytes are unchanged; some of these files are read again. onto: the generation that these entries describe;
    empty when the index is built from nothing. before: all of them. unseen: what could not be looked into; kept holds
    what is known of its files. scanned: when the files were looked for, in ns.
    """

    kept: Mapping[str, Entry]
    changed: tuple[File, ...]
    unseen: tuple[Unseen, ...]
    known: Mapping[str, Entry]
    onto: str
    before: Mapping[str, Entry]
    scanned: int


def planned(
    seen: Sequence[File | Unseen], ledger: Ledger, said: Mapping[Path, Statements], onto: str, scanned: int
) -> Plan:
    files, unseen = _seen(seen, ledger)
    there = {file.key for file in files}
    held = {
        key: entry
        for key, entry in (ledger.entries.items() if unseen else ())
        if key not in there and any(one.holds(key) for one in unseen)
    }
    same = held | _unchanged(files, ledger, scanned)
    texts = {one.text_hash for entry in same.values() for one in entry.documents}
    standing = [file for file in files if file.key in same and _stands(same[file.key], texts)]
    kept = held | {
        file.key: same[file.key]
        for file in standing
        if same[file.key].stated == stated(said, file, same[file.key].sha256)
    }
    changed = tuple(file for file in files if file.key not in kept)
    return Plan(kept, changed, unseen, same, onto, ledger.entries, scanned)


def _seen(found: Sequence[File | Unseen], ledger: Ledger) -> tuple[list[File], tuple[Unseen, ...]]:
    """The files to go by, and what cannot be looked into: also a known file that is another now and does not open."""
    files, unseen = list[File](), list[Unseen]()
    for one in found:
        shut = one if isinstance(one, Unseen) else _shut(one, ledger.entries.get(one.key))
        if shut:
            unseen.append(shut)
        elif isinstance(one, File):
            files.append(one)
    return files, tuple(unseen)


def _shut(file: File, entry: Entry | None) -> Unseen | None:
    if file.refused or entry is None or entry.outcome not in ("indexed", "duplicate"):
        return None
    same = (entry.size, entry.mtime_ns) == (file.size, file.mtime_ns)
    return None if same else closed(file)


def settled(file: File, scanned: int) -> int:
    """When a file was changed, to know it by; 0, so that the next run reads its bytes, where that was just now."""
    return file.mtime_ns if file.mtime_ns < scanned - _RACY else 0


def _unchanged(files: Sequence[File], ledger: Ledger, scanned: int) -> dict[str, Entry]:
    """The entries whose files are as they were, but for those that may come out otherwise now."""
    same, now = {}, tools()
    for file in files:
        entry = ledger.entries.get(file.key)
        if entry is None or entry.outcome == "failed" or (entry.outcome == "refused" and entry.tools != now):
            continue
        if entry.size != file.size:
            continue
        if entry.mtime_ns == file.mtime_ns:
            same[file.key] = entry
        elif sha256(file) == entry.sha256:
            same[file.key] = entry._replace(mtime_ns=settled(file, scanned))
    return same


def _stands(entry: Entry, texts: Set[str]) -> bool:
    """What repeats others is left out only as long as a file has them. texts: the text_hash of all documents."""
    return not entry.repeats or all(one.text_hash in texts for one in entry.repeats)


def stated(said: Mapping[Path, Statements], file: File, content: str) -> str:
    return said[file.corpus].digest(file.name, content)
