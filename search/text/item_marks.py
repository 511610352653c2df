"""The marks that items and headings begin with, in the order of official documents and speeches."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = "一二三四五六七八九十百"


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark at the start of a sentence. level: place in the usual order of marks, 1 outermost. end: its length."""

    level: int
    number: str
    end: int


# The order of official documents (GB/T 9704—2012: 一、（一）1.（1）), then the marks of reports and run-in lists.
PART, CHAPTER, ROMAN, BRACKET, ARABIC, SMALL, MEETING, ITEM, TOPIC = range(9)


NUMERAL = rf"[{_DIGITS}]{{1,3}}"


_MARKERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (PART, re.compile(rf"第({NUMERAL})(?:部分|编)(?=[ 　：:、]|[^，。；]{{0,30}}$)")),
    (CHAPTER, re.compile(rf"第({NUMERAL})[章节](?=[ 　]|[^，。；]{{0,30}}$)")),
    (ROMAN, re.compile(rf"({NUMERAL})、(?!{NUMERAL}、)")),
    (BRACKET, re.compile(rf"[（(]({NUMERAL})[）)]")),
    (ARABIC, re.compile(r"(\d{1,2})(?:[.．](?!\d)|、)")),
    (SMALL, re.compile(r"(?:[（(](\d{1,2})[）)]|([①-⑳]))")),
    # 一是 / 一要; not 一方面, 一体, 二级巡视员, 三最一专: only the copula or 要 makes an item of a number.
    (ITEM, re.compile(rf"({NUMERAL})(?:是|要(?!求|点|素|件))")),
    # 首先 … 其次 … 最后; 第一，… 第二，…
    (ITEM, re.compile(rf"(?:第({NUMERAL})(?=[，,、：:是])|(首先|其次|再次|最后)(?=[，,是要]))")),
)


# 养老服务工作，要…: a topic named before its 要
TOPIC_OPENER = re.compile(r"([^，。；：、“”（）]{2,14}(?:工作|方面|领域|问题上|上))，(?=要|必须|应|坚持|重点)")

# The characters a mark can begin with: most lines are told from one by their first.
_FIRST = frozenset(f"第首其再最（({_DIGITS}0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")


def marker(text: str) -> Marker | None:
    """The mark text begins with, or None. text is taken from the start of a paragraph or sentence."""
    if text[:1] not in _FIRST:
        return None
    for level, pattern in _MARKERS:
        if found := pattern.match(text):
            number = next((group for group in found.groups() if group), "")
            return Marker(level, number, found.end())
    return None
