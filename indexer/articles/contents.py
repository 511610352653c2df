"""A table of contents: lines that name what stands below once more, with the page it is on. It is no text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from indexer.articles.characters import tidy
from search.text.patterns import lazy

NAME = "目录"

_TITLE = re.compile(
    r"[【\[（(]?\s*(?:目\s*[录錄次]|内\s*容\s*[提目]\s*[要录]"
    r"|本\s*[期版刊辑]\s*(?:要\s*目|目\s*[录錄次]|导\s*[读讀]|内\s*容|看\s*点))\s*[】\]）)]?"
)
# 一、成绩 …… 3: dots before the page; a tab or a blank is one of a table, where nothing else tells
# who wrote it may stand behind the dots: 打造助餐品牌 ……… 云溪县民政局（6）
_WHO = r"(?:[\u4e00-\u9fff·][\u4e00-\u9fff· \u3000]{1,23})?"
_DOTS = lazy(rf"(.*?\S)\s*(?:[.．·。\-—_⋯]{{3,}}|…{{1,30}})[\s.．…·]*{_WHO}[（(]?(\d{{1,4}})[）)]?")
_LEADER = lazy(rf"(.*?\S)\s*(?:(?:[.．…·。\-—_⋯]{{3,}}|…{{1,30}})[\s.．…·]*{_WHO}|\t)[（(]?(\d{{1,4}})[）)]?")
_SPACED = lazy(r"(.*?\S)\s+[（(]?(\d{1,4})[）)]?")
_MARK = lazy(r"(?:第?[一二三四五六七八九十百\d]{1,4}[、.．章节编]|[（(][一二三四五六七八九十\d]{1,3}[）)])\s*")
_BULLETS = "★☆●○◆◇■□▲△►▶•·※◎ \u3000"
_BEHIND = re.compile(r"[（(][^（）()]{2,40}[）)]$")
_PAGE_ENDS = frozenset("0123456789)）")
_LONGEST = 80  # characters of an entry
_FEWEST = 3  # entries, where no title says what they are


def is_title(bare: str) -> bool:
    return _TITLE.fullmatch(bare) is not None


_SIGNED = lazy(r".*[.．…·。\-—_⋯][\u4e00-\u9fff·][\u4e00-\u9fff· \u3000]{1,23}[（(]?\d{1,4}[）)]?")
_OF_ISSUE = re.compile(r"[【\[（(]?\s*本\s*[期版刊辑]")


class Table(NamedTuple):
    """What a table of contents names, by name(), in its order. of_articles: its title (本期要目) or who wrote each says
    that they are articles; another may be of the chapters of one paper."""

    names: tuple[str, ...]
    of_articles: bool


NONE = Table((), of_articles=False)


def table(entries: Sequence[str]) -> Table:
    """The table of contents whose lines these are, its title the first of them where it has one."""
    titled = is_title(entries[0]) if entries else False
    names = dict.fromkeys(map(name, entries[titled:]))
    issue = titled and _OF_ISSUE.match(entries[0]) is not None
    signed = sum(_SIGNED.fullmatch(entry) is not None for entry in entries)
    return Table(tuple(names), issue or 2 * signed > len(names))


def places(texts: Sequence[str]) -> frozenset[int]:
    """Which lines of a file are titles and entries of tables of contents.

    An entry ends with a page, or stands again below, without its number and author, as a line of its own.
    """
    ending = sum(text[-1:] in _PAGE_ENDS for text in texts)
    if ending < _FEWEST and not any(map(is_title, texts)):
        return frozenset()
    names = Counter(entry for text in texts if len(text) <= _LONGEST and (entry := name(text)))
    found: list[int] = []
    at = 0
    while at < len(texts):
        titled = is_title(texts[at])
        end = _end(texts, at + titled, names, titled=titled)
        if titled or end - at >= _FEWEST:
            found += range(at, end)
        at = max(end, at + 1)
    return frozenset(found)


def _end(texts: Sequence[str], start: int, names: Counter[str], *, titled: bool) -> int:
    """Behind the last entry of a run that begins at start; pages go up in it."""
    page = 0
    seen: set[str] = set()
    for at in range(start, len(texts)):
        text = texts[at]
        if len(text) > _LONGEST or (entry := name(text)) in seen:
            return at
        again = names[entry] > 1
        found = _DOTS.fullmatch(text)
        if not found and (titled or again):
            found = _LEADER.fullmatch(text) or _SPACED.fullmatch(text)
        if not (again and titled) and (found is None or int(found.group(2)) < page):
            return at
        page = int(found.group(2)) if found else page
        seen.add(entry)
    return len(texts)


def name(text: str) -> str:
    """What an entry and the headline it names have in common: no number, no author in brackets, no page, no blanks."""
    found = _LEADER.fullmatch(text) or _SPACED.fullmatch(text)
    text = found.group(1) if found else text
    text = _BEHIND.sub("", _MARK.sub("", text.lstrip(_BULLETS), count=1).strip())
    return "".join(tidy(text).split())
