"""Formats that are pages with places (pdf, ofd): what is common to them, once their lines and sizes are known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

from indexer.articles.pages import printed_address
from indexer.encoding import PLAUSIBLE, plausibility
from indexer.extract import Block, Extract, Hints, Unreadable, times_usual
from indexer.readers import plain
from search.text import fold, radicals

# A page of a speech has 500 characters and more; fewer than this on the average page means pictures of text.
MIN_PER_PAGE = 20
# Headlines are set two sizes or more above the text: 22 points over 16 in official documents, 16 over 12 in print-outs.
_LARGER = 1.15
_LONGEST_HEADLINE = 90  # characters; three lines of 22 points


_WHAT_TO_DO = "请先做文字识别（OCR），或另存为有文字的文件"


class OnlyPictures(Unreadable):
    """Pages that show text and hold none. texts: of each page what it holds all the same."""

    def __init__(self, path: Path, reason: str, texts: list[str]) -> None:
        super().__init__(path, reason)
        self.texts = texts


def printed(
    path: Path, kind: str, pages: Sequence[str], sizes: Sequence[Sequence[float]], *, recognised: bool = False
) -> Extract:
    """The lines of all pages; raises OnlyPictures for pictures of text and for characters that are no text.

    kind: how people call the format. sizes: of the largest letters in each line of each page; empty for a page of which
    they are not known.
    recognised: the text of some pages was recognised in a picture.
    """
    signs = _signs(pages)
    texts = [page.translate(signs) for page in pages]
    if not recognised:
        _check(path, kind, texts)
    elif not any(map(str.strip, texts)):
        raise Unreadable(
            path, f"{kind} 的图片里没有识别出文字；请核对扫描是否清楚，或用别的软件做文字识别（OCR）后再放入"
        )
    on_pages = [[line.rstrip() for line in plain.lines(page)] for page in texts]
    lines = [line for page in on_pages for line in page]
    begins = [not n for page in on_pages for n in range(len(page))]
    larger = _times_usual(on_pages, sizes)
    headline = _headline(lines, list(sizes[0]) if sizes else [])
    title = [Block("".join(map(str.strip, lines[:headline])), level=1, size=larger[0])] if headline else []
    rest = (
        Block(line, page=first, size=size)
        for line, first, size in zip(lines[headline:], begins[headline:], larger[headline:], strict=True)
    )
    hints = Hints(address=printed_address(lines))
    return Extract((*title, *rest), wrapped=True, hints=hints, recognised=recognised)


def _times_usual(pages: Sequence[Sequence[str]], sizes: Sequence[Sequence[float]]) -> list[float]:
    """Block.size of each line of all pages."""
    known = (
        sizes[n] if n < len(sizes) and len(sizes[n]) == len(page) else [0.0] * len(page) for n, page in enumerate(pages)
    )
    return times_usual([size for page in known for size in page], [line for page in pages for line in page])


def _check(path: Path, kind: str, texts: Sequence[str]) -> None:
    whole = "\n".join(texts)
    if len(whole.strip()) < MIN_PER_PAGE * len(texts):
        raise OnlyPictures(path, f"{kind} 里没有文字，像是扫描件；{_WHAT_TO_DO}", list(texts))
    # fonts with a wrong character table give rare characters and (cid:12)
    if plausibility(whole) < PLAUSIBLE - 0.25 or whole.count("(cid:") > len(whole) // 50:
        raise OnlyPictures(path, f"{kind} 里的文字编码有误（多半是字体的缘故）；{_WHAT_TO_DO}", [""] * len(texts))


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
