"""Rows as a file that Excel and WPS open: CSV with a byte order mark, no cell a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

# Excel takes a file without it for one in GBK.
_BYTE_ORDER_MARK = "\ufeff"
# What a table program would compute instead of show (OWASP, CSV injection), full-width signs too: WPS folds them.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")

Row = Sequence[str | int | float]


def as_table(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """The whole file, UTF-8."""
    return b"".join(in_pieces(columns, rows))


def in_pieces(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """The same file row by row, for one that nobody wants to hold whole."""
    file = StringIO(newline="")
    table = csv.writer(file)
    file.write(_BYTE_ORDER_MARK)
    table.writerow(columns)
    for row in rows:
        yield _taken(file)
        table.writerow([_shown(cell) if isinstance(cell, str) else cell for cell in row])
    yield _taken(file)


def _taken(file: StringIO) -> bytes:
    """What was written since it was last asked for."""
    written = file.getvalue().encode("utf-8", "replace")
    file.seek(0)
    file.truncate()
    return written


def _shown(cell: str) -> str:
    """The text as text: with an apostrophe before what would be a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
