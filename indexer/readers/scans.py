"""Pictures of text: the lines that a program recognises on the pages of a PDF (rapidocr, an extra)."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from indexer.extract import Unreadable
from indexer.patience import still_reading
from indexer.readers.printed import MIN_PER_PAGE

MAX_PAGES = 300  # a page takes 5 to 8 s of one core
_DPI = 200  # what offices scan with; at 300 nothing more is recognised and it takes twice as long
_MOST_PIXELS = 3_000  # of a side, whatever size a page says it has: A4 at 200 dots an inch has 2,339
_INDENT = "　　"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of print in one line, where it was found. Pixels from the upper left corner of the page."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def height(self) -> float:
        return self.bottom - self.top


def recognised(path: Path, data: bytes, texts: Sequence[str]) -> list[str]:
    """The text of each page: what it has, or where that is next to nothing what is recognised if that is more.

    A line of print is a line, indented, and blank lines stand between them, as on the page. Raises Unreadable for more
    than MAX_PAGES to recognise.
    """
    import pypdfium2

    missing = sum(_is_missing(text) for text in texts)
    if missing > MAX_PAGES:
        raise Unreadable(path, f"扫描件有{missing}页，一次最多识别{MAX_PAGES}页；请拆分后再放入")
    with pypdfium2.PdfDocument(io.BytesIO(data)) as pages:
        return [
            max(text, _page(pages[number]), key=_characters) if _is_missing(text) else text
            for number, text in enumerate(texts)
        ]


def _is_missing(text: str) -> bool:
    return _characters(text) < MIN_PER_PAGE


def _characters(text: str) -> int:
    return len("".join(text.split()))


def _page(page: Any) -> str:
    """page: of pypdfium2."""
    scale = min(_DPI / 72, _MOST_PIXELS / max(1.0, *page.get_size()))
    picture = page.render(scale=scale, grayscale=True).to_numpy()
    found = _reader()(picture)
    still_reading()
    if found.boxes is None:
        return ""
    pieces = [
        Piece(min(x), min(y), max(x), max(y), text)
        for (x, y), text in zip((zip(*box, strict=True) for box in found.boxes), found.txts, strict=True)
    ]
    return "\n".join(lines_of(pieces))


def lines_of(pieces: Sequence[Piece]) -> Iterator[str]:
    """The lines of a page from its pieces in any order: from top to bottom, each from left to right."""
    rows = _rows(pieces)
    if not rows:
        return
    height = median(piece.height for piece in pieces)
    edge = min(row[0].left for row in rows)
    pitch = median([below[0].top - row[0].top for row, below in pairwise(rows)] or [0])
    above = rows[0][0].top
    for row in rows:
        if row[0].top - above > 1.6 * pitch:
            yield ""
        above = row[0].top
        indent = _INDENT if row[0].left - edge > 1.2 * height else ""
        yield indent + "".join(
            _gap(one, other, height) + other.text for one, other in zip([None, *row], row, strict=False)
        )


def _gap(before: Piece | None, piece: Piece, height: float) -> str:
    """What stands between two pieces of a line: blanks where they are further apart than characters are."""
    return "  " if before and piece.left - before.right > height else ""


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of each line. Of one line are those half of whose height lies beside the first of them."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: (one.top + one.bottom, one.left)):
        first = rows[-1][0] if rows else None
        if first and min(first.bottom, piece.bottom) - max(first.top, piece.top) > min(first.height, piece.height) / 2:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda one: one.left) for row in rows]


@cache
def _reader() -> Any:
    """One core: as many processes read as there are. The lines of a page stand upright, or all of them do not."""
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(
        params={
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Rec.rec_batch_num": 1,  # of six the longest line decides what all of them take
        }
    )
