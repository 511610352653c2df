"""Tables of facts beside the documents: sources.csv in a folder says where its files come from.

    文件,标题,日期,地区,发文单位,来源,讲话人
    2024/养老.txt,在全省养老服务会议上的讲话,2024-02-21,湖北,湖北省民政厅,湖北省民政厅网站,杨某某:厅长

Nothing in such a table stops a run: what can't be used is reported.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.statements.fields import UNKNOWN, Statement, checked
from indexer.statements.files import content
from search.documents.filenames import kept, shown
from search.documents.labels import FIELDS

NAME = "sources.csv"
WORDS = f"来源表 {NAME}"

_FILE = ("file", "文件", "文件名", "路径")
_COLUMNS = {
    **{field: field for field in FIELDS},
    **{label: field for field, label in FIELDS.items()},
    "speaker": "speakers",
    "单位": "issuer",
    "发文机关": "issuer",
    "出处": "source",
    "可引用": "quotable",
}
# What can be true of one document only, so that a row for a file of several says nothing about it.
_OF_ONE = ("title", "meeting", "speakers")
_PLACE = re.compile(r"(.+)#(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Row:
    """What a table says of a file. article 0: of all documents in it. cells: (field, value as checked())."""

    file: str
    article: int
    cells: tuple[tuple[str, str | None], ...]

    def statements(self, articles: int) -> tuple[Statement, ...]:
        """The facts for one document of a file of so many."""
        every = self.article == 0 and articles > 1
        return tuple(
            Statement(field, value, WORDS, "stated") for field, value in self.cells if not (every and field in _OF_ONE)
        )


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...] = ()
    problems: tuple[str, ...] = ()


def read(path: Path, corpus: Path) -> Table:
    """The table at path; its files are named from the folder it lies in, and rows name them from corpus, as shown():
    who fills in a table types what can be read."""
    name = shown(kept(path.relative_to(corpus).as_posix()))
    try:
        lines = list(csv.reader(io.StringIO(decoded(content(path)), newline="")))
    except (OSError, ValueError, csv.Error) as error:
        return Table(problems=(f"{name} 无法读取，其中的内容这次没有用上：{error}",))
    if not lines:
        return Table(problems=(f"{name} 是空的",))
    fields, problems = _header(lines[0], name)
    if "file" not in fields:
        return Table(problems=(f"{name} 的第一行没有“文件”（file）这一列，整张表没有用上",))
    folder = shown(kept(path.parent.relative_to(corpus).as_posix()))
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        row, doubts = _row(dict(zip(fields, cells, strict=False)), "" if folder == "." else f"{folder}/")
        rows += [row] if row else []
        problems += [f"{name} 第 {number} 行：{doubt}" for doubt in doubts]
    return Table(tuple(rows), tuple(problems))


def decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, or GB18030, which spreadsheet programs in China save as CSV."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("文字编码不是 UTF-8 也不是 GB18030")


def _header(cells: Sequence[str], name: str) -> tuple[list[str], list[str]]:
    """The field of each column, empty for one that is unknown; and what was wrong."""
    names = [cell.strip().lower() for cell in cells]
    fields = ["file" if one in _FILE else _COLUMNS.get(one, "") for one in names]
    unknown = [one for one, field in zip(names, fields, strict=True) if one and not field]
    return fields, [f"{name} 有不认识的列，已略过：{'、'.join(unknown)}"] if unknown else []


def _row(cells: dict[str, str], folder: str) -> tuple[Row | None, list[str]]:
    file = cells.pop("file", "").strip().replace("\\", "/").removeprefix("./")
    cells.pop("", None)
    doubts: list[str] = []
    values = tuple(pair for field, written in cells.items() for pair in _value(field, written, doubts))
    if not file:
        return None, ["没有写文件名"] if any(cell.strip() for cell in cells.values()) else []
    placed = _PLACE.fullmatch(file)
    return Row(folder + (placed[1] if placed else file), int(placed[2]) if placed else 0, values), doubts


def _value(field: str, written: str, doubts: list[str]) -> Iterator[tuple[str, str | None]]:
    """The facts of a cell; an empty one says nothing. What can't be read is a doubt."""
    if not written.strip() or written.strip() == UNKNOWN:
        return
    try:
        yield from checked(field, written.replace("、", "；") if field == "speakers" else written)
    except ValueError as error:
        doubts.append(str(error))


def statements(rows: Iterable[Row], article: int, articles: int) -> tuple[Statement, ...]:
    """What rows about its file say of the article-th document of so many; the nearest table's word comes last."""
    chosen = [row for row in rows if row.article in (0, article)]
    chosen.sort(key=lambda row: row.article > 0)
    return tuple(said for row in chosen for said in row.statements(articles))
