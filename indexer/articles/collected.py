"""Where the articles of a collection begin: 材料之一 … 材料之二, 篇一 … 篇二, and headlines with the author below."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.articles import contents
from indexer.articles.headlines import could_be_headline
from indexer.articles.lines import Line
from indexer.articles.repeated import is_column
from indexer.articles.signed import is_author, opens
from search.text import numbers
from search.text.item_marks import NUMERAL
from search.text.patterns import lazy

# 材料之一, 【交流发言材料二】, 典型案例3: the count of the papers of a meeting
_SERIES = re.compile(
    rf"[【（(\[]?(?:[\u4e00-\u9fff]{{0,12}}(?:材料|发言|经验|案例|典型|简报|讲稿|文稿))(?:之)?[（(]?({NUMERAL}|\d{{1,3}})[）)]?[】）)\]]?[：:]?"
)
# 篇一：…, 【第2篇】…, …致辞 篇3, 范文一: the count of the models of a page, and the headline behind or before it
_COUNT = rf"(?:第(?P<first>{NUMERAL}|\d{{1,2}})篇|(?:篇|范文|例文)[ \u3000]?(?P<second>{NUMERAL}|\d{{1,2}}))"
_COUNTED = lazy(
    rf"(?P<before>[^。；]{{0,60}}?)[ \u3000]{{0,4}}(?P<count>[【（(\[]?{_COUNT}[】）)\]]?[ \u3000]{{0,2}}[：:]?)"
    r"(?:(?<=[：: \u3000】）)\]])[ \u3000]{0,4}(?P<behind>[^。；]{1,60}))?"
)

# What such lines end with: most others are told by that.
_NUMBER_ENDS = frozenset("一二三四五六七八九十百0123456789）)】]：:")


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


def _listed(lines: Sequence[Line], listed: contents.Table) -> list[int]:
    """Where what a table of contents names stands again, in its order, on a line or broken over two; [] unless all of
    it does."""
    found: list[int] = []
    for at, line in enumerate(lines):
        if len(found) == len(listed.names):
            break
        below = lines[at + 1].bare if at + 1 < len(lines) else ""
        if listed.names[len(found)] in (contents.name(line.bare), contents.name(line.bare + below)):
            found.append(at)
    return found if len(found) == len(listed.names) else []


def _of_table(lines: Sequence[Line], listed: contents.Table) -> dict[int, int]:
    """What a table of contents names, where that is articles and no chapters: below each stands what stands below
    headlines alone, and none has a number. 一、领导讲话 straight above a headline is a column of the collection."""
    named = _listed(lines, listed)
    columns = {at for at, below in pairwise(named) if below == at + 1}
    headlines = [at for at in named if at not in columns]
    if not (listed.of_articles or all(_opens_article(lines, at) for at in headlines)):
        return {}
    above = {at: _labels_above(lines, at, columns) for at in headlines}
    return {at - labels: labels for at, labels in above.items()}


def _labels_above(lines: Sequence[Line], at: int, columns: Container[int]) -> int:
    """How many lines straight above a headline are none of an article: 材料之二, 【典型材料】, a column."""
    start = at
    while start and (start - 1 in columns or series_number(lines[start - 1].bare) or is_column(lines[start - 1].bare)):
        start -= 1
    return at - start


def _opens_article(lines: Sequence[Line], at: int) -> bool:
    """Whether below a line, which has no number, stands who wrote or said it, or when."""
    return not lines[at].marker and any(opens(line.bare) for line in lines[at + 1 : at + 3])


def starts(lines: Sequence[Line], listed: contents.Table) -> dict[int, int]:
    """The first lines of articles, each with how many lines there are labels of it and not its own (材料之二); none
    unless there are two of a kind. Papers are counted from one on."""
    named = _of_table(lines, listed)
    if len(named) > 1:
        return named
    series = [(at, number) for at, line in enumerate(lines) if (number := series_number(line.bare)) is not None]
    if len(series) > 1 and [number for _, number in series] == list(range(1, len(series) + 1)):
        return {at: 1 for at, _ in series}
    models = [(at, one) for at, line in enumerate(lines) if (one := counted(line.bare)) is not None]
    # the table of contents above them counts them, too
    models = models[max((i for i, (_, one) in enumerate(models) if one.number == 1), default=0) :]
    if len(models) > 1 and [one.number for _, one in models] == list(range(1, len(models) + 1)):
        return {at: int(not one.headline) for at, one in models}
    headlines = [
        at - 1 for at, line in enumerate(lines) if at and is_author(line.bare) and could_be_headline(lines[at - 1])
    ]
    # a headline of two lines is wholly the next article's
    first = [at - 1 if at and not lines[at].gap and could_be_headline(lines[at - 1]) else at for at in headlines]
    return dict.fromkeys(first, 0) if len(first) > 1 else {}
