"""PDF with text, through pypdf: lines as they stand on the pages. A scan is refused: it needs OCR."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Sequence
from itertools import takewhile
from math import hypot
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError

from indexer.articles.pages import printed_address
from indexer.encoding import PLAUSIBLE, plausibility
from indexer.extract import Block, Extract, Hints, Unreadable
from indexer.readers import plain
from search.text import fold, radicals

MAX_PAGES = 2_000  # a year of a gazette has 1,200 pages
# A page of a speech has 500 characters and more; fewer than this on the average page means pictures of text.
_MIN_PER_PAGE = 20
# Headlines are set two sizes or more above the text: 22 points over 16 in official documents, 16 over 12 in print-outs.
_LARGER = 1.15
_LONGEST_HEADLINE = 90  # characters; three lines of 22 points

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it reports every odd object of a PDF as a warning


def read(path: Path, data: bytes) -> Extract:
    """Lines of all pages; raises Unreadable for scans, encrypted and damaged files."""
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
    signs = _signs(pages)
    texts = [page.translate(signs) for page in pages]
    whole = "\n".join(texts)
    if len(whole.strip()) < _MIN_PER_PAGE * len(pages):
        raise Unreadable(path, "PDF 里没有文字，像是扫描件；请先做文字识别（OCR）")
    # fonts with a wrong character table give rare characters and (cid:12)
    if plausibility(whole) < PLAUSIBLE - 0.25 or whole.count("(cid:") > len(whole) // 50:
        raise Unreadable(path, "PDF 里的文字编码有误（多半是字体的缘故）；请先做文字识别（OCR）")
    lines = [(line.rstrip(), not n) for page in texts for n, line in enumerate(plain.lines(page))]
    headline = _headline([line for line, _ in lines], sizes)
    title = [Block("".join(line.strip() for line, _ in lines[:headline]), level=1)] if headline else []
    rest = (Block(line, page=begins) for line, begins in lines[headline:])
    return Extract((*title, *rest), wrapped=True, hints=Hints(address=printed_address([line for line, _ in lines])))


# Signs of vertical setting, to those that stand for them in a line.
_VERTICAL = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄︰︱",
        "，、。：；！？〖〗（）｛｝〔〕【】《》〈〉「」『』：—",
        strict=True,
    )
)
# The one radical whose character differs: in fonts for simplified text ⼾ looks like 户.
_TRADITIONAL_DOOR = {0x2F3E: "戶"}
_MOSTLY_TRADITIONAL = 0.1  # of the Chinese characters; 0.2–0.4 in such texts, below 0.01 in others


def _signs(pages: Sequence[str]) -> dict[int, str]:
    """For str.translate(): what fonts give in the place of the character that looks the same, and that nobody wrote:
    radicals (⺠, ⽇), compatibility characters, signs of vertical setting."""
    sample = "".join(pages)[:20_000]
    chinese = [char for char in sample if "\u4e00" <= char <= "\u9fff"]
    changed = sum(one != other for one, other in zip(chinese, fold("".join(chinese)), strict=True))
    traditional = changed > _MOSTLY_TRADITIONAL * len(chinese)
    return {
        **radicals(),
        **{code: unicodedata.normalize("NFC", chr(code)) for code in range(0xF900, 0xFADA)},
        **{ord(sign): flat for sign, flat in _VERTICAL.items()},
        **(_TRADITIONAL_DOOR if traditional else {}),
    }


def _headline(lines: list[str], sizes: list[float]) -> int:
    """How many lines at the top are one headline: of one size, larger than most of the page, no sentence among them."""
    counted = sorted(size for line, size in zip(lines, sizes, strict=False) for _ in line)
    if not counted or not lines[0].strip():
        return 0
    larger = sizes[0] >= counted[len(counted) // 2] * _LARGER
    same = takewhile(lambda n: lines[n].strip() and abs(sizes[n] - sizes[0]) < 0.1, range(min(len(lines), len(sizes))))
    number = len(list(same)) if larger else 0
    joined = "".join(lines[:number])
    return number if len(joined) <= _LONGEST_HEADLINE and not re.search("[。；！？]", joined) else 0


def _pages(path: Path, data: bytes) -> tuple[list[str], list[float]]:
    """The text of each page, and the size of the letters in each line of the first."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable(path, "PDF 有密码保护；请去掉密码后再放入")
    if len(reader.pages) > MAX_PAGES:
        raise Unreadable(path, f"PDF 有{len(reader.pages)}页，超过上限{MAX_PAGES}页；请拆分后再放入")
    letters: list[tuple[str, float]] = []

    def sized(text: str, page: list[float], line: list[float], _: object, size: float) -> None:
        letters.append((text, size * hypot(page[2], page[3]) * hypot(line[2], line[3])))

    pages = [page.extract_text(visitor_text=None if n else sized) for n, page in enumerate(reader.pages)]
    return pages, _sizes(letters) if pages and "".join(text for text, _ in letters) == pages[0] else []


def _sizes(letters: list[tuple[str, float]]) -> list[float]:
    """The size of the largest letters of each line; 0 for a blank one."""
    sizes = [0.0]
    for text, size in letters:
        for n, part in enumerate(text.split("\n")):
            sizes += [0.0] if n else []
            sizes[-1] = max(sizes[-1], size if part.strip() else 0.0)
    return sizes
