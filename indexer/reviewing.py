"""What a keeper works through: all documents, those with doubts first, as a table that may be edited and read back."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from indexer.correcting import Change, Opened, named
from indexer.extract import Unreadable
from indexer.statements import corrections
from indexer.statements.corrections import Correction
from indexer.statements.fields import checked, value_of
from indexer.statements.files import content
from indexer.statements.sources import decoded
from indexer.telling import told
from search.documents.document import Document
from search.documents.labels import FIELDS
from search.documents.masking import masked
from search.documents.warnings import KINDS
from search.engines import Engine
from search.query.parsing import parse
from search.results.tables import as_table

_FILE, _DOUBTS, _STAMP = "文件", "存疑", "校验（请勿改）"
_AT_ONCE = 500  # documents in memory
# The apostrophe that as_table() puts before what would be a formula.
_GUARDED = re.compile(r"'(?=\s*[=+\-@＝＋－＠])")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document in the list. values: of FIELDS, in their order, as a person would write them."""

    id: str
    name: str
    doubts: tuple[str, ...]
    codes: frozenset[str]
    urgency: tuple[int, int]
    values: tuple[str, ...]
    corrected: bool


def documents(engine: Engine) -> list[Reviewed]:
    """All of an index: first those whose quotations carry a doubt, then those with most that a keeper can settle."""
    ids = iter([match.id for match in engine.find(parse(""), limit=engine.documents, offset=0).ranked])
    found: list[Reviewed] = []
    while some := list(islice(ids, _AT_ONCE)):
        found += [_reviewed(one.document) for one in engine.fetch(some).values()]
    return sorted(found, key=lambda one: ([-number for number in one.urgency], one.name))


def _reviewed(document: Document) -> Reviewed:
    kinds = [KINDS[one.code] for one in document.warnings if one.code in KINDS]
    urgency = (sum(kind.grave for kind in kinds), sum(bool(kind.settled_by) for kind in kinds))
    evidence = (getattr(document.metadata, name) for name in FIELDS)
    return Reviewed(
        document.id,
        document.external_id,
        tuple(one.message for one in document.warnings),
        frozenset(kind.code for kind in kinds),
        urgency,
        _values(document),
        any(getattr(one, "how", "") == "corrected" for one in evidence),
    )


def _values(document: Document) -> tuple[str, ...]:
    return tuple(value_of(document, name) or "" for name in FIELDS)


def doubts(listed: Sequence[Reviewed]) -> Counter[str]:
    """How many documents have each kind of doubt, by what it is called."""
    return Counter(KINDS[code].line for one in listed for code in one.codes)


def table(listed: Sequence[Reviewed]) -> bytes:
    rows = ((one.name, "；".join(one.doubts), *one.values, _stamp(one.values)) for one in listed)
    return as_table((_FILE, _DOUBTS, *FIELDS.values(), _STAMP), rows)


def write(out: Path, made: bytes) -> None:
    """Writes a table where none is; somebody may have worked in one that is. Raises ValueError for another, OSError."""
    try:
        with out.open("xb") as file:
            file.write(made)
    except FileExistsError as error:
        if not out.is_file() or out.read_bytes() != made:
            raise ValueError(
                f"{out} 已经有了，里面可能有改过还没有读回的；没有盖掉它。请先用 --apply 读回，再移走它或换一个名字"
            ) from error


def _stamp(values: Sequence[str]) -> str:
    """Tells whether a row is edited against what still stands; begins with a letter, so that no program computes it."""
    return f"v{hashlib.sha256(chr(31).join(values).encode()).hexdigest()[:10]}"


# --- read back -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Asked:
    """What an edited table asks for: lines for the log of each corpus folder, and what of it cannot be done."""

    lines: dict[Path, list[Correction]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(map(len, self.lines.values()))

    def write(self) -> None:
        """Raises OSError; a folder's lines are all written or none of them."""
        for folder, lines in self.lines.items():
            corrections.append(folder, lines)


def asked(edited: Path, corpora: Sequence[Path], by: str) -> Asked:
    """Compares every row with what stands now. A row that cannot be followed is told and left out as a whole.

    Raises OSError or ValueError for a file that is no such table.
    """
    rows = list(csv.reader(io.StringIO(decoded(content(edited)), newline="")))
    head = [cell.strip() for cell in rows[0]] if rows else []
    if _FILE not in head or _STAMP not in head:
        raise ValueError(f"{edited.name} 不是 indexer review --out 写出的表：缺“{_FILE}”或“{_STAMP}”一列")
    result, opened = Asked(), _Files(corpora)
    for number, cells in enumerate(rows[1:], start=2):
        row = dict(zip(head, cells, strict=False))
        if not row.get(_FILE, "").strip():
            continue
        try:
            folder, lines = _lines(row, opened, by)
            if lines:
                result.lines.setdefault(folder, []).extend(lines)
        except (Unreadable, OSError, ValueError) as error:
            result.problems.append(f"第 {number} 行（{row[_FILE].strip()[:80]}）：{told(error)}")
    return result


class _Files:
    """The files of the rows; the last one is kept, for a file of several documents has its rows one after another."""

    def __init__(self, corpora: Sequence[Path]) -> None:
        self._corpora = corpora
        self._last: tuple[tuple[Path, str], Opened] | None = None

    def open(self, written: str) -> tuple[Path, Opened, int]:
        folder, name, article = named(_plain(written), self._corpora)
        if folder not in self._corpora:  # a table goes from hand to hand, and must write nowhere else
            raise ValueError("不在文档文件夹里")
        if self._last is None or self._last[0] != (folder, name):
            self._last = ((folder, name), Opened.read(folder, name))
        return folder, self._last[1], self._last[1].at(article)


def _lines(row: dict[str, str], files: _Files, by: str) -> tuple[Path, list[Correction]]:
    folder, opened, at = files.open(row[_FILE].strip())
    now = masked(opened.now[at])  # as the table has it
    written = {name: _plain(row[label]).strip() for name, label in FIELDS.items() if label in row}
    held = {line.field for line in corrections.holding(opened.history[at])}
    changes = [change for name, value in written.items() for change in _changes(name, value, now, held)]
    if changes and _stamp(_values(now)) != row.get(_STAMP, "").strip():
        raise ValueError("写出这张表之后，这一篇又有改动；请重新写出再改")
    return folder, opened.lines(at, changes, by)


def _changes(name: str, written: str, now: Document, held: set[str]) -> Iterator[Change]:
    old = value_of(now, name) or ""
    if written == old:
        return
    if not written and name not in held:
        raise ValueError(f"{FIELDS[name]}是空的，没有校正过的不能撤销；不能确定的请写“不详”")
    if not written:
        yield Change(name, None, undo=True)
        return
    yield from (Change(one, value) for one, value in checked(name, written) if value != value_of(now, one))


def _plain(cell: str) -> str:
    return _GUARDED.sub("", cell, count=1)
