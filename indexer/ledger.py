"""What is known of every file between two runs, so that unchanged ones are not read again."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal

Outcome = Literal["indexed", "duplicate", "refused", "failed"]


# The name under which it is kept beside an index.
NOTE = "files"


@dataclass(frozen=True, slots=True)
class Rejected:
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Indexed:
    """One document in the index: its id and names, a hash of its folded text, its size, and what it is alike to.

    sketch: near.dumps(); alike: ids of the documents it was found to be nearly the same as; shown: a hash of what the
    index says of its group, empty where it has none.
    """

    id: str
    external_id: str
    title: str
    text_hash: str
    passages: int
    characters: int
    sketch: bytes
    alike: tuple[str, ...] = ()
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A document of a file that is in the index already, by its text_hash, from another file or place."""

    external_id: str
    text_hash: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: as it was when last read, and what came of it. reason: why not, or of which file a duplicate.

    stated: a digest of what was said about it beside its text, empty where nothing was. tools: of one that was refused,
    what could read files then (readers/tools.py). One that failed keeps the documents of the time before.
    """

    size: int
    mtime_ns: int
    sha256: str
    outcome: Outcome
    reason: str = ""
    documents: tuple[Indexed, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    stated: str = ""
    tools: str = ""


_INDEXED, _REPEAT, _ENTRY = (tuple(field.name for field in fields(kind)) for kind in (Indexed, Repeat, Entry))


def _values(one: Indexed | Repeat | Entry, names: Sequence[str]) -> dict[str, object]:
    return {name: getattr(one, name) for name in names}


def _plain(entry: Entry) -> dict[str, object]:
    """asdict() copies every value: of 11,400 entries 1.3 s, so 0.1."""
    return {
        **_values(entry, _ENTRY),
        "documents": [
            {**_values(one, _INDEXED), "sketch": b64encode(one.sketch).decode("ascii")} for one in entry.documents
        ],
        "repeats": [_values(one, _REPEAT) for one in entry.repeats],
    }


_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Ledger:
    """All files of the last run by key; code is the fingerprint of the reading code that decided."""

    code: str
    entries: Mapping[str, Entry]

    def pieces(self) -> Iterator[str]:
        """As text, an entry at a time: of 170,000 files the whole of it is 260 MB."""
        yield f'{{"code":{_written(self.code)},"entries":{{'
        for number, (key, entry) in enumerate(self.entries.items()):
            yield f"{',' if number else ''}{_written(key)}:{_written(_plain(entry))}"
        yield "}}"

    @classmethod
    def loads(cls, stored: str) -> Ledger:
        """The inverse of pieces(); ValueError, KeyError or TypeError for anything else."""
        raw = json.loads(stored)
        if not isinstance(raw, dict) or not isinstance(raw.get("entries"), dict):
            raise ValueError(f"not a ledger: {stored[:40]!r}")
        entries = {
            key: Entry(
                **{
                    **entry,
                    "documents": tuple(
                        Indexed(**{**one, "alike": tuple(one["alike"]), "sketch": b64decode(one["sketch"])})
                        for one in entry["documents"]
                    ),
                    "repeats": tuple(Repeat(**one) for one in entry["repeats"]),
                }
            )
            for key, entry in raw["entries"].items()
        }
        return cls(raw["code"], entries)
