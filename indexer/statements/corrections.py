"""What people corrected: corrections.jsonl at the top of a corpus folder, one JSON object a line, only ever added to.

It lies beside the documents so that it travels with them and outlives the index. Undoing adds a line as well, so the
file is the history: what was said, by whom, when, and what stood there before.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from indexer.statements.fields import UNKNOWN, Statement, checked, value_of
from indexer.statements.files import content
from search.documents.document import Document, Warning
from search.documents.labels import FIELDS

NAME = "corrections.jsonl"


@dataclass(frozen=True, slots=True)
class Correction:
    """One line. file: path in the corpus folder; article: which of the file's documents, from 1; title: the one found.

    value None: nobody knows. undo: the field is again what is found. found is what reading gave at the time, before
    what stood there, perhaps by an earlier correction.
    """

    file: str
    article: int
    title: str
    sha256: str
    field: str
    value: str | None
    undo: bool
    before: str | None
    found: str | None
    by: str
    at: str  # ISO 8601 with the offset from UTC

    @property
    def words(self) -> str:
        """Who said it and when, as Evidence shows it."""
        return f"人工校正：{self.by}，{self.at[:10]}"


_NAMES = tuple(field.name for field in fields(Correction))


@dataclass(frozen=True, slots=True)
class Log:
    """All lines in their order, and what was wrong with the others."""

    lines: tuple[Correction, ...] = ()
    problems: tuple[str, ...] = ()

    def about(self, file: str, sha256: str) -> tuple[Correction, ...]:
        """The lines about a file, by its path, or by its content where it was moved."""
        return tuple(line for line in self.lines if line.file == file or (sha256 and line.sha256 == sha256))


def read(folder: Path) -> Log:
    """The log of a corpus folder. A line that can't be used is a problem in Chinese, never an error."""
    try:
        written = content(folder / NAME).decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return Log()
    except (OSError, UnicodeDecodeError) as error:
        return Log(problems=(f"{NAME} 无法读取，其中的人工校正这次没有用上：{error}",))
    lines, problems = [], []
    for number, line in enumerate(written.split("\n"), start=1):
        try:
            lines += [_line(line)] if line.strip() else []
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            problems.append(f"{NAME} 第 {number} 行看不懂，已略过：{error}")
    return Log(tuple(lines), tuple(problems))


def _line(written: str) -> Correction:
    raw = json.loads(written)
    if not isinstance(raw, dict):
        raise ValueError("不是一个 JSON 对象")
    absent = {"title": "", "sha256": "", "undo": False, "before": None, "found": None, "by": "", "at": ""}
    line = Correction(**{name: {**absent, **raw}[name] for name in _NAMES})
    texts = (line.file, line.title, line.sha256, line.field, line.by, line.at)
    maybe = (line.value, line.before, line.found)
    if not all(isinstance(one, str) for one in texts) or not all(one is None or isinstance(one, str) for one in maybe):
        raise ValueError("有一项不是文字")
    if re.search("[\ud800-\udfff]", "".join((*texts, *(one or "" for one in maybe)))):
        raise ValueError("有一项含有不成字的编码")
    if not isinstance(line.article, int) or not isinstance(line.undo, bool) or line.field not in FIELDS:
        raise ValueError(f"article、undo 或 field 不对；field 可用：{'、'.join(FIELDS)}")
    return line if line.undo else replace(line, value=dict(checked(line.field, line.value or UNKNOWN))[line.field])


def append(folder: Path, lines: Sequence[Correction]) -> None:
    """Adds lines to the log of a folder in one write, all or none of them, and on the disk when it returns.

    Raises OSError, the log as before, where they can't be written.
    """
    path = folder / NAME
    written = "".join(json.dumps(asdict(line), ensure_ascii=False) + "\n" for line in lines)
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o666)
    try:
        if (size := os.fstat(handle).st_size) and _last_byte(handle, size) != b"\n":
            written = "\n" + written  # the line before was cut off by a crash or left open by an editor
        if os.write(handle, written.encode()) != len(written.encode()):
            os.ftruncate(handle, size)
            raise OSError(f"{path} 没有写全，可能是磁盘已满；没有记下任何校正")
        os.fsync(handle)
    finally:
        os.close(handle)
    if not size and os.name != "nt":
        _sync_folder(folder)


def _last_byte(handle: int, size: int) -> bytes:
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1)


def _sync_folder(folder: Path) -> None:
    """Makes the new file's name survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# --- what a log says of the documents in a file --------------------------------------------------------


def placed(lines: Sequence[Correction], found: Sequence[Document]) -> tuple[tuple[Correction, ...], ...]:
    """For each document of a file the lines about it, in their order. found: the documents before any correction."""
    places = [(_place(line, found), line) for line in lines]
    return tuple(tuple(line for at, line in places if at == place) for place in range(len(found)))


def holding(lines: Sequence[Correction]) -> tuple[Correction, ...]:
    """Those of a document's lines that still hold: the last one about a field, unless it undoes."""
    last = {line.field: line for line in lines}
    return tuple(line for line in last.values() if not line.undo)


def _place(line: Correction, found: Sequence[Document]) -> int | None:
    """Index of the document a line is about: the one of that title if there is just one, else by its place."""
    titled = [at for at, document in enumerate(found) if document.metadata.title.value == line.title]
    if len(titled) == 1:
        return titled[0]
    return line.article - 1 if 1 <= line.article <= len(found) else None


def statements(lines: Sequence[Correction]) -> tuple[Statement, ...]:
    """The corrections of one document as facts to put."""
    return tuple(Statement(line.field, line.value, line.words, "corrected") for line in lines)


def outdated(line: Correction, found: Document) -> Warning | None:
    """The doubt that a correction carries when what it replaced is no longer what is found."""
    now = value_of(found, line.field)
    if now in (line.found, line.value):
        return None
    label = FIELDS[line.field]
    return Warning(
        "correction_outdated",
        f"人工校正待复核：{line.by}于{line.at[:10]}把{label}“{line.found or '不详'}”改为“{line.value or '不详'}”，"
        f"而现在文件里读出的是“{now or '不详'}”",
        now or "",
    )
