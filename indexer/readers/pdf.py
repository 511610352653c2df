"""PDF with text, through pypdf: lines as they stand on the pages. A scan is refused: it needs OCR."""

from __future__ import annotations

import io
import logging
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from indexer.encoding import PLAUSIBLE, plausibility
from indexer.extract import Block, Extract, Unreadable
from indexer.readers import txt

MAX_PAGES = 2_000  # a year of a gazette has 1,200 pages
# A page of a speech has 500 characters and more; fewer than this on the average page means pictures of text.
_MIN_PER_PAGE = 20

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it reports every odd object of a PDF as a warning


def read(path: Path, data: bytes) -> Extract:
    """Lines of all pages; raises Unreadable for scans, encrypted and damaged files."""
    try:
        pages = _pages(path, data)
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        RecursionError,
    ) as damaged:
        raise Unreadable(path, f"PDF 文件已损坏，无法读取（{type(damaged).__name__}）") from damaged
    text = "\n".join(pages)
    if len(text.strip()) < _MIN_PER_PAGE * len(pages):
        raise Unreadable(path, "PDF 里没有文字，像是扫描件，需要先做文字识别（OCR）")
    # fonts with a wrong character table give rare characters and (cid:12)
    if plausibility(text) < PLAUSIBLE - 0.25 or text.count("(cid:") > len(text) // 50:
        raise Unreadable(path, "PDF 里的文字编码有误（多半是字体的缘故），需要先做文字识别（OCR）")
    return Extract(tuple(Block(line.rstrip()) for line in txt.lines(text)), wrapped=True)


def _pages(path: Path, data: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable(path, "PDF 有密码保护；请去掉密码后再放入")
    if len(reader.pages) > MAX_PAGES:
        raise Unreadable(path, f"PDF 有{len(reader.pages)}页，超过上限{MAX_PAGES}页；请拆分后再放入")
    return [page.extract_text() for page in reader.pages]
