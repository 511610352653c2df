"""Blanks that part one thing from the next: cells of a row, names of a list, a name and a post.

Other blanks beside Chinese characters say nothing: they are left from layout, from wraps, from spacing out letters
(局　长), and cleaning takes them away. In a line of prose only a tab parts, for readers put one between cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from search.text.item_marks import marker
from search.text.patterns import lazy

SEPARATOR = "\u3000"  # what such a blank is shown as

_BLANKS = re.compile(r"\s+")
# What may part: a tab, an ideographic blank, several blanks, the blanks of a row of three words, or one behind a body.
_MAY_PART = re.compile(r"\S(?:\t|\u3000|\s{2}|\s+\S+\s+\S)|[局厅部委府会室]\s")
_PROSE = lazy("[，。；！？]")
_OPEN = "，。；：:、！？（(“‘《〈【〔—…·"  # a blank behind these parts nothing,
_CLOSED = "，。；：:、！？）)”’》〉】〕—…·"  # nor does one before these
_HAN = lazy(r"[\u3400-\u9fff]")
_SHORT = lazy(r"[\u3400-\u9fff·]{2,4}")
_NUMBER = lazy(r"[-+]?\d[\d,.]*[%％‰]?")
_WIDE = 4  # cells of a page: two characters or more; a blank of one may be a slip
_WIDE_AT_NUMBER = 2


@dataclass(slots=True)
class _Gap:
    """A run of blanks: its width in cells, whether a tab or an ideographic blank is in it."""

    width: int
    tab: bool
    ideographic: bool


def parted(text: str) -> list[str]:
    """The pieces of a line between blanks that part; [text] where none does. Blanks that do not part stay."""
    if len(text.split(maxsplit=1)) < 2 or not _MAY_PART.search(text):
        return [text]
    text = text.strip()
    words = _BLANKS.split(text)
    gaps = [_gap(blanks) for blanks in _BLANKS.findall(text)]
    prose = _PROSE.search(text) is not None
    if prose and not any(gap.tab for gap in gaps):
        return [text]
    words, gaps = _names_closed(words, gaps)
    every = not prose and (_is_list(words) or _is_row(words) or all(map(_BODY.fullmatch, words)))
    pieces = [words[0]]
    for at, gap in enumerate(gaps):
        left, right = words[at], words[at + 1]
        mark = at == 0 and _is_mark(left)
        if not mark and left[-1] not in _OPEN and right[0] not in _CLOSED and _parts(left, gap, right, prose, every):
            pieces.append(right)
        else:
            pieces[-1] += f" {right}"
    return pieces


def is_row(text: str) -> bool:
    """Several things on one line, and no sentence: it is a paragraph by itself."""
    return len(parted(text)) > 1 and not _PROSE.search(text)


_ARTICLE = lazy(r"第[一二三四五六七八九十百零〇\d]{1,6}[条章节编款]")


def _is_mark(word: str) -> bool:
    """（一）, 第八条: a number before a text, that a blank or a tab stands behind."""
    found = marker(f"{word} ")
    return (found is not None and found.end >= len(word)) or _ARTICLE.fullmatch(word) is not None


def _gap(blanks: str) -> _Gap:
    width = sum(2 if blank in "\u2003\u3000" else 1 for blank in blanks)
    return _Gap(width, "\t" in blanks, "\u3000" in blanks)


def _parts(left: str, gap: _Gap, right: str, prose: bool, every: bool) -> bool:
    if gap.tab or prose:
        return gap.tab
    label = right[1:2] in ("：", ":")  # 局　　长：
    singles = [len(word) == 1 and bool(_HAN.match(word)) for word in (left, right[:1] if label else right)]
    if all(singles):
        return False
    number = _NUMBER.fullmatch(left) or _NUMBER.fullmatch(right)
    if gap.width >= (_WIDE_AT_NUMBER if number else _WIDE) or every:
        return True
    return gap.ideographic and not any(singles)


def _names_closed(words: list[str], gaps: list[_Gap]) -> tuple[list[str], list[_Gap]]:
    """李　明　王建国: a name of two characters that is spaced out to the width of three is one word again."""
    single = [len(word) == 1 and bool(_HAN.match(word)) for word in words]
    if all(single):
        return words, gaps
    closed, between = [words[0]], list[_Gap]()
    half = single[0]  # whether the last word is the first character of a pair
    for word, gap, alone in zip(words[1:], gaps, single[1:], strict=True):
        if half and alone and not gap.tab:
            closed[-1] += word
            half = False
        else:
            closed.append(word)
            between.append(gap)
            half = alone
    return closed, between


def _is_list(words: list[str]) -> bool:
    """Three words or more of the length of names."""
    return len(words) >= 3 and all(_SHORT.fullmatch(word) for word in words)


def _is_row(words: list[str]) -> bool:
    """Words and two numbers in a row: 望江县 1200 850. With 个 or 年 between them it is a phrase."""
    numbers = [_NUMBER.fullmatch(word) is not None for word in words]
    return any(map(all, pairwise(numbers))) and all(map(_is_cell, words))


# 某市民政局 某市财政局: who signs together
_BODY = lazy(r"[\u4e00-\u9fff]{2,30}(?:政府|委员会|办公[厅室]|党[委组]|[省市县区]委|[部厅局])")


def _is_cell(word: str) -> bool:
    return len(word) >= 2 or word.isdecimal()
