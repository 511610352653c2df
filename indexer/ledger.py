"""What is known of every file between two runs, so that unchanged ones are not read again.

A line a file, its cells apart by tabs: of 9,000 files it is read and written in 90 ms. As one object of JSON, which is
what older programs wrote, it took 200, and while it was read twice the memory.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any, Literal, NamedTuple, cast

Outcome = Literal["indexed", "duplicate", "refused", "failed"]


# The name under which it is kept beside an index.
NOTE = "files"
# What its first line begins with.
_FORMAT = "files 1"


@dataclass(frozen=True, slots=True)
class Rejected:
    path: str
    reason: str


class Indexed(NamedTuple):
    """One document in the index: its id and names, a hash of its folded text, its size, and what it is alike to.

    sketch: near.dumps(); alike: ids of the documents it was found to be nearly the same as; shown: a hash of what the
    index says of its group, empty where it has none. A tuple, as all of them are made in each run: a frozen dataclass
    takes four times as long.
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


class Repeat(NamedTuple):
    """A document of a file that is in the index already, by its text_hash, from another file or place."""

    external_id: str
    text_hash: str


class Entry(NamedTuple):
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


@dataclass(frozen=True, slots=True)
class Ledger:
    """All files of the last run by key; code is the fingerprint of the reading code that decided."""

    code: str
    entries: Mapping[str, Entry]

    def pieces(self) -> Iterator[str]:
        """As text, a line at a time: of 170,000 files the whole of it is 200 MB."""
        yield _line([_FORMAT, self.code])
        for key, entry in self.entries.items():
            yield _line(_cells(key, entry))

    @classmethod
    def loads(cls, stored: str) -> Ledger:
        """The inverse of pieces(); ValueError, KeyError or TypeError for anything else."""
        if stored.startswith("{"):
            return _of_object(stored)
        lines = _lines(stored)
        name, code = next(lines, ("", ""))
        if name != _FORMAT:
            raise ValueError(f"not a ledger: {stored[:40]!r}")
        return cls(code, dict(map(_entry, lines)))


# --- a line ----------------------------------------------------------------------------------------------

_OF_FILE, _OF_DOCUMENT = 9, 9  # cells
# What would end a cell or a line.
_SIGNS = {"\\": "\\\\", "\t": "\\t", "\n": "\\n"}
_ESCAPES = str.maketrans(_SIGNS)
_ESCAPED = re.compile(r"\\[\\tn]")
_MEANT = {written: sign for sign, written in _SIGNS.items()}


def _line(cells: Sequence[str]) -> str:
    line = "\t".join(cells)
    if "\\" in line or "\n" in line or line.count("\t") >= len(cells):
        line = "\t".join(one.translate(_ESCAPES) for one in cells)
    return line + "\n"


def _lines(stored: str) -> Iterator[list[str]]:
    """The cells of each line. ValueError where the last one has no end."""
    at = 0
    while at < len(stored):
        end = stored.index("\n", at)
        line = stored[at:end]
        cells = line.split("\t")
        yield cells if "\\" not in line else [_ESCAPED.sub(lambda found: _MEANT[found[0]], one) for one in cells]
        at = end + 1


def _cells(key: str, entry: Entry) -> list[str]:
    size, mtime_ns, sha256, outcome, reason, documents, repeats, stated, tools = entry
    cells = [key, str(size), str(mtime_ns), sha256, outcome, reason, stated, tools, str(len(documents))]
    for id, external_id, title, text_hash, passages, characters, sketch, alike, shown in documents:
        written = b2a_base64(sketch, newline=False).decode("ascii")
        others = " ".join(alike) if alike else ""
        cells += (id, external_id, title, text_hash, str(passages), str(characters), written, others, shown)
    for repeat in repeats:
        cells += repeat
    return cells


def _entry(cells: Sequence[str]) -> tuple[str, Entry]:
    key, size, mtime_ns, sha256, outcome, reason, stated, tools, number = cells[:_OF_FILE]
    behind = _OF_FILE + int(number) * _OF_DOCUMENT
    documents = tuple([_document(cells[at : at + _OF_DOCUMENT]) for at in range(_OF_FILE, behind, _OF_DOCUMENT)])
    repeats = tuple([Repeat(*cells[at : at + 2]) for at in range(behind, len(cells), 2)])
    kept = cast("Outcome", intern(outcome))  # one of four words, and not one for each file
    return key, Entry(int(size), int(mtime_ns), sha256, kept, reason, documents, repeats, stated, tools)


def _document(cells: Sequence[str]) -> Indexed:
    id, external_id, title, text_hash, passages, characters, sketch, alike, shown = cells
    others = tuple(alike.split(" ")) if alike else ()
    return Indexed(id, external_id, title, text_hash, int(passages), int(characters), a2b_base64(sketch), others, shown)


def _of_object(stored: str) -> Ledger:
    """What older programs wrote: nothing in it counts as read by this one, but all of it as having been there."""
    raw: dict[str, Any] = json.loads(stored)
    if not isinstance(raw.get("entries"), dict):
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
    return Ledger(raw["code"], entries)
