"""Where the articles of a collection begin: 材料之一 … 材料之二, 篇一 … 篇二, and headlines with the author below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from indexer.articles import contents
from indexer.articles.headlines import could_be_headline
from indexer.articles.lines import Line
from indexer.articles.names import is_name
from search.text import numbers
from search.text.item_marks import NUMERAL
from search.text.patterns import lazy

# 材料之一, 【交流发言材料二】, 典型案例3: the count of the papers of a meeting
_SERIES = re.compile(
    rf"[【（(\[]?(?:[\u4e00-\u9fff]{{0,12}}(?:材料|发言|经验|案例|典型|简报|讲稿|文稿))(?:之)?[（(]?({NUMERAL}|\d{{1,3}})[）)]?[】）)\]]?[：:]?"
)
# □ 康若谷, 文／莫砚秋, ◎本刊记者 甲 乙: who wrote what stands below
_AUTHOR = lazy(
    r"(?:[□■◎○◇◆▲△★☆●][ \u3000]{0,3}|(?:文|作者|撰文|文字)[ \u3000]?[／/|｜丨：:][ \u3000]?)"
    r"(?:[\u4e00-\u9fff]{0,12}(?:记者|通讯员|特约撰稿|评论员)[ \u3000]{1,3})?"
    r"([\u4e00-\u9fff·]{1,8}(?:[ \u3000、]{1,3}[\u4e00-\u9fff·]{1,8}){0,5})"
)

# 篇一：…, 【第2篇】…, …致辞 篇3, 范文一: the count of the models of a page, and the headline behind or before it
_COUNT = rf"(?:第(?P<first>{NUMERAL}|\d{{1,2}})篇|(?:篇|范文|例文)[ \u3000]?(?P<second>{NUMERAL}|\d{{1,2}}))"
_COUNTED = lazy(
    rf"(?P<before>[^。；]{{0,60}}?)[ \u3000]{{0,4}}(?P<count>[【（(\[]?{_COUNT}[】）)\]]?[ \u3000]{{0,2}}[：:]?)"
    r"(?:(?<=[：: \u3000】）)\]])[ \u3000]{0,4}(?P<behind>[^。；]{1,60}))?"
)

# What such lines end and begin with: most others are told by that.
_NUMBER_ENDS = frozenset("一二三四五六七八九十百0123456789）)】]：:")
_AUTHOR_BEGINS = frozenset("□■◎○◇◆▲△★☆●文作撰")


def series_number(line: str) -> int | None:
    """The number of 材料之二; None for any other line."""
    found = _SERIES.fullmatch(line) if len(line) <= 24 and line[-1:] in _NUMBER_ENDS else None
    return numbers.read(found.group(1)) if found else None


class Counted(NamedTuple):
    """A line that counts an article and may have its headline: number, the words that count it, the headline."""

    number: int
    words: str
    headline: str


def counted(line: str) -> Counted | None:
    """篇二：在会上的讲话 is (2, 篇二：, 在会上的讲话); of …致辞 篇2 all is the headline. None for any other line."""
    found = _COUNTED.fullmatch(line) if len(line) <= 90 and ("篇" in line or "文" in line) else None
    number = numbers.read(found["first"] or found["second"]) if found else None
    if found is None or number is None or (found["before"] and found["behind"]):
        return None
    return Counted(number, found["count"], line if found["before"] else found["behind"])


def is_author(line: str) -> bool:
    """A line that names who wrote an article, with a sign before it."""
    found = _AUTHOR.fullmatch(line) if len(line) <= 40 and line[:1] in _AUTHOR_BEGINS else None
    if found is None:
        return False
    whole = re.sub(r"[ \u3000]", "", found.group(1))
    return is_name(whole) or all(map(is_name, re.split(r"[ \u3000、]+", found.group(1))))


def starts(lines: Sequence[Line], listed: frozenset[str]) -> frozenset[int]:
    """The first lines of articles; none unless there are two of a kind. Papers are counted from one on.

    listed: what the table of contents of an issue names, as contents.name() has it.
    """
    named = [at for at, line in enumerate(lines) if listed and contents.name(line.bare) in listed]
    if len(named) > 1 and len(named) == len(listed):
        return frozenset(named)
    series = [(at, number) for at, line in enumerate(lines) if (number := series_number(line.bare)) is not None]
    if len(series) > 1 and [number for _, number in series] == list(range(1, len(series) + 1)):
        return frozenset(at for at, _ in series)
    models = [(at, one.number) for at, line in enumerate(lines) if (one := counted(line.bare)) is not None]
    # the table of contents above them counts them, too
    models = models[max((i for i, (_, number) in enumerate(models) if number == 1), default=0) :]
    if len(models) > 1 and [number for _, number in models] == list(range(1, len(models) + 1)):
        return frozenset(at for at, _ in models)
    headlines = [
        at - 1 for at, line in enumerate(lines) if at and is_author(line.bare) and could_be_headline(lines[at - 1])
    ]
    # a headline of two lines is wholly the next article's
    first = [at - 1 if at and not lines[at].gap and could_be_headline(lines[at - 1]) else at for at in headlines]
    return frozenset(first) if len(first) > 1 else frozenset()
