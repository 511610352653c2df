"""What a run did, as numbers and as lines for the person who ran it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.files import Unseen, key_of
from indexer.ledger import Entry, Rejected
from indexer.planning import Plan
from indexer.statements.statements import Statements
from search.documents.filenames import kept, shown
from search.index import fingerprint


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. Always: files_seen = files_indexed + unchanged + len(duplicates) + len(refused) + len(failed).

    indexed counts documents read anew, documents those now in the index; characters is the length of their text.
    kept are files that could not be read now, though they were before: they count as what they were, and their
    documents stay. A folder that cannot be listed counts as one that failed, and what is known of its files likewise
    stays. notes are sentences for whoever keeps the corrections and tables beside the documents.
    """

    files_seen: int
    files_indexed: int
    indexed: int
    unchanged: int
    duplicates: tuple[Rejected, ...]
    refused: tuple[Rejected, ...]
    failed: tuple[Rejected, ...]
    kept: tuple[Rejected, ...]
    removed: int
    documents: int
    passages: int
    characters: int
    seconds: float
    generation: str
    engine: str
    fingerprint: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    entries: Mapping[str, Entry]  # of the files that were read
    removed: int
    generation: str


def report_of(plan: Plan, done: Done, said: Mapping[Path, Statements], *, engine: str, begun: float) -> Report:
    everything = {**plan.kept, **done.entries}
    folders = [one for one in plan.unseen if one.key not in everything]

    def rejected(outcome: str) -> tuple[Rejected, ...]:
        chosen = [(key, entry) for key, entry in everything.items() if entry.outcome == outcome]
        names = {key: name_of(key, said) for one in chosen for key in (one[0], one[1].reason)}
        return tuple(Rejected(names[key], names[entry.reason]) for key, entry in chosen)

    documents = [one for entry in everything.values() for one in entry.documents]
    new = [entry for entry in done.entries.values() if entry.outcome == "indexed"]
    return Report(
        files_seen=len(everything) + len(folders),
        files_indexed=len(new),
        indexed=sum(len(entry.documents) for entry in new),
        unchanged=sum(entry.outcome == "indexed" for entry in plan.kept.values()),
        duplicates=rejected("duplicate"),
        refused=rejected("refused"),
        failed=(*rejected("failed"), *(Rejected(name_of(one.key, said), _unlisted(one, plan.kept)) for one in folders)),
        kept=tuple(
            Rejected(name_of(one.key, said), f"{one.reason}；索引里仍是上次读到的")
            for one in plan.unseen
            if one.key in everything
        ),
        removed=done.removed,
        documents=len(documents),
        passages=sum(one.passages for one in documents),
        characters=sum(one.characters for one in documents),
        seconds=round(time.perf_counter() - begun, 2),
        generation=done.generation,
        engine=engine,
        fingerprint=fingerprint.fingerprint(),
        notes=tuple(note for corpus in said for note in _notes(corpus, said[corpus], everything, plan.unseen)),
    )


def name_of(key: str, corpora: Iterable[Path]) -> str:
    """What people read for a key: the path in its corpus folder; what is no key, or such a folder, as it is."""
    wholes = [whole for corpus in corpora if key.startswith(whole := key_of(corpus, ""))]
    return shown(key.removeprefix(wholes[0]) if wholes else key)


def _unlisted(one: Unseen, kept: Mapping[str, Entry]) -> str:
    held = sum(one.holds(key) for key in kept)
    return one.reason + (f"；里面已知的 {held} 个文件照旧保留" if held else "")


def _notes(corpus: Path, said: Statements, entries: Mapping[str, Entry], unseen: Iterable[Unseen]) -> tuple[str, ...]:
    whole = key_of(corpus, "")
    contents = {key.removeprefix(whole): entry.sha256 for key, entry in entries.items() if key.startswith(whole)}
    there = contents or any(f"{one.key}/".startswith(whole) for one in unseen)
    empty = f"文档文件夹 {shown(kept(str(corpus)))} 里没有文稿；请放入后再运行"
    return (*(() if there else (empty,)), *said.problems, *said.unused(contents))
