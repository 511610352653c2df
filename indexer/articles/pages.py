"""What belongs to the pages a text was printed on: their numbers, and the head and foot that browsers print.

A number alone on its line may as well be a figure of a table. It is a page's where it counts pages: one more with every
page, or, where the format does not say where pages begin, with every few hundred characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from indexer.articles.marks import complete, is_date_line
from indexer.extract import Block
from search.text.patterns import lazy

NUMBER = "页码"
PRINT_HEAD = "打印页眉"
RUNNING_HEAD = "书眉"

_EDGE = 3  # lines at either end of a page; browsers print two, a running head makes three
_NUMBER_LINE = lazy(r"(\d{1,4})(?:\s{0,3}[/／]\s{0,3}\d{1,4})?")
# The least text on a page; a serial number in a table has less before the next.
_LEAST_PAGE = 200
_MOST_MISSING = 3  # pages without a number in a row: a title page, a page of pictures
_DAY = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
_TIME = r"(?:[上下]午\s?|[AP]M\s?)?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?"
_PRINTED = lazy(
    rf"{_DAY}[,，]?\s{{1,3}}{_TIME}(?:\s.{{0,120}})?|(?:\d{{1,4}}/\d{{1,4}}\s{{1,9}})?{_DAY}[,，]?\s{{1,3}}{_TIME}"
)
_ADDRESS = lazy(r"(?:.{0,100}\s)?((?:https?|[fﬁ]i?le)://\S{1,500})(?:\s{1,9}\d{1,4}(?:/\d{1,4})?)?")


def page_marks(blocks: Sequence[Block]) -> dict[int, str]:
    """Which lines of a text made of lines are page numbers and print heads: place among the blocks → name."""
    texts = {at: bare for at, block in enumerate(blocks) if (bare := block.text.strip())}
    if not any(block.page for block in blocks):
        if not any(map(_NUMBER_LINE.fullmatch, texts.values())):
            return {}
        return dict.fromkeys((*_counting(texts), *_between_prose(texts)), NUMBER)
    pages = _pages(blocks, texts)
    heads = {at: PRINT_HEAD for page in pages for at in _edges(page) if is_print_head(texts[at])}
    heads |= dict.fromkeys(_repeated(pages, texts), RUNNING_HEAD)
    pages = [[at for at in page if at not in heads] for page in pages]
    left = {at: text for at, text in texts.items() if at not in heads}
    return {**heads, **dict.fromkeys((*_counting_pages(pages, left), *_between_prose(left)), NUMBER)}


def is_print_head(line: str) -> bool:
    """2022/3/8 10:22 and the title, or the address and 1/2: what a browser prints above and below."""
    return bool(_PRINTED.fullmatch(line) or _ADDRESS.fullmatch(line))


def printed_address(lines: Sequence[str]) -> str:
    """Where a page was published that a browser printed; empty where no line says it."""
    found = filter(None, (_ADDRESS.fullmatch(line.strip()) for line in lines if "://" in line))
    return next((one.group(1) for one in found if one.group(1).startswith("http")), "")


def _pages(blocks: Sequence[Block], texts: Mapping[int, str]) -> list[list[int]]:
    """The places of the lines of each page."""
    pages: list[list[int]] = [[]]
    for at, block in enumerate(blocks):
        if block.page and pages[-1]:
            pages.append([])
        if at in texts:
            pages[-1].append(at)
    return pages


def _edges(page: Sequence[int]) -> list[int]:
    return [*page[:_EDGE], *page[max(_EDGE, len(page) - _EDGE) :]]


def _repeated(pages: Sequence[Sequence[int]], texts: Mapping[int, str]) -> list[int]:
    """Short lines that stand at the edge of three pages and of half of them, whatever their figures."""
    edges = [at for page in pages for at in _edges(page) if len(texts[at]) <= 40 and not complete(texts[at])]
    masked = {at: re.sub(r"\d+", "#", texts[at]) for at in edges if _number(texts[at]) is None}
    times = Counter(masked.values())
    return [at for at, text in masked.items() if times[text] >= max(3, len(pages) / 2)]


def _number(line: str) -> int | None:
    found = _NUMBER_LINE.fullmatch(line)
    return int(found.group(1)) if found else None


def _counting_pages(pages: Sequence[Sequence[int]], texts: Mapping[int, str]) -> list[int]:
    """Numbers at the edges of pages that are as far from the page's own place as most others: two pages or more."""
    found = [
        (number - place, at)
        for place, page in enumerate(pages)
        for at in _edges(page)
        if (number := _number(texts[at])) is not None
    ]
    usual, times = next(iter(Counter(shift for shift, _ in found).most_common(1)), (0, 0))
    return [at for shift, at in found if shift == usual and times > 1]


def _counting(texts: Mapping[int, str]) -> list[int]:
    """Numbers that go up by one, each a page's length of text behind the last."""
    behind: dict[int, tuple[int, int]] = {}  # number → its place, and the characters before it
    confirmed: list[int] = []
    characters = 0
    for at, text in texts.items():
        number = _number(text)
        if number is None or 1949 <= number <= 2100:
            characters += len(text)
            continue
        before = next((behind[n] for n in range(number - 1, number - 1 - _MOST_MISSING, -1) if n in behind), None)
        if before and characters - before[1] >= _LEAST_PAGE:
            confirmed += [before[0], at]
        behind[number] = (at, characters)
    return confirmed


def _between_prose(texts: Mapping[int, str]) -> list[int]:
    """A number in the middle of running text, or alone below its end: no table stands there."""
    lines = [("", -1), *((text, at) for at, text in texts.items()), ("", -1)]
    return [
        at
        for (before, _), (text, at), (after, _) in zip(lines, lines[1:], lines[2:], strict=False)
        if _NUMBER_LINE.fullmatch(text)
        and len(text) <= 3
        and (_is_running(before) or (is_date_line(before) and not after))
        and (_is_running(after) or not after)
    ]


def _is_running(line: str) -> bool:
    return len(line) >= 15 and (complete(line) or "，" in line)
