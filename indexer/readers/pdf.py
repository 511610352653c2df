"""PDF through pypdf: lines as they stand on the pages; of a scan, where it can be had, what scans.py recognises."""

from __future__ import annotations

import io
import logging
from math import hypot
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError

from indexer.extract import Extract, Unreadable
from indexer.readers import scans
from indexer.readers.printed import OnlyPictures, printed
from indexer.readers.tools import reads_scans

MAX_PAGES = 2_000  # a year of a gazette has 1,200 pages

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it reports every odd object of a PDF as a warning


def read(path: Path, data: bytes) -> Extract:
    """Lines of all pages; raises Unreadable for scans that nothing recognises, encrypted and damaged files."""
    try:
        pages, sizes = _pages(path, data)
    except (Unreadable, MemoryError):
        raise
    except (DependencyError, NotImplementedError) as unknown:  # AES, certificates, rare filters
        raise Unreadable(
            path, "PDF 加了密，或用了这里读不了的压缩方式；请用阅读器另存（打印）为不加密的 PDF 后再放入"
        ) from unknown
    except Exception as damaged:  # PyPdfError, and others where a damaged object is taken for what it is not
        raise Unreadable(
            path, f"PDF 文件已损坏，无法读取（{type(damaged).__name__}）；请重新下载或导出后再放入"
        ) from damaged
    try:
        return printed(path, "PDF", pages, sizes)
    except OnlyPictures as scan:
        if not reads_scans():
            raise
        texts = _recognised(path, data, scan.texts)
        if any(texts) and texts == scan.texts:
            raise  # a page of a few words
        return printed(path, "PDF", texts, [], recognised=True)


def _recognised(path: Path, data: bytes, texts: list[str]) -> list[str]:
    try:
        return scans.recognised(path, data, texts)
    except (Unreadable, MemoryError):
        raise
    except Exception as damaged:  # of pdfium, and of the models where a picture is none
        raise Unreadable(
            path, f"扫描件的图片无法识别（{type(damaged).__name__}）；请重新扫描，或先做文字识别（OCR）"
        ) from damaged


def _pages(path: Path, data: bytes) -> tuple[list[str], list[list[float]]]:
    """The text of each page, and the size of the letters in each line of it; none where they are not known."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable(path, "PDF 有密码保护；请去掉密码后再放入")
    if len(reader.pages) > MAX_PAGES:
        raise Unreadable(path, f"PDF 有{len(reader.pages)}页，超过上限{MAX_PAGES}页；请拆分后再放入")
    letters: list[tuple[str, float]] = []

    def sized(text: str, page: list[float], line: list[float], _: object, size: float) -> None:
        letters.append((text, size * hypot(page[2], page[3]) * hypot(line[2], line[3])))

    pages: list[str] = []
    sizes: list[list[float]] = []
    for page in reader.pages:
        letters.clear()
        pages.append(page.extract_text(visitor_text=sized))
        sizes.append(_sizes(letters) if "".join(text for text, _ in letters) == pages[-1] else [])
    return pages, sizes


def _sizes(letters: list[tuple[str, float]]) -> list[float]:
    """The size of the largest letters of each line; 0 for a blank one."""
    sizes = [0.0]
    for text, size in letters:
        for n, part in enumerate(text.split("\n")):
            sizes += [0.0] if n else []
            sizes[-1] = max(sizes[-1], size if part.strip() else 0.0)
    return sizes
