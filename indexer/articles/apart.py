"""Lines above a text that hold two things of a page: a headline with its facts, its day, a greeting behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.articles.around_headlines import run_on
from indexer.articles.headlines import could_be_headline
from indexer.articles.labels import facts_before, facts_in, is_page_facts
from indexer.articles.lines import Line
from search.text.patterns import lazy

_GREETS = r"(?:尊敬的|亲爱的)?(?:同志们|各位[^，。]{1,8}|女士们|先生们|朋友们|大家好)[，,：:！!]"
# …上的讲话同志们，…: headline and text on one line, and between them at most who speaks and when
_GLUED = re.compile(
    r"(.{4,60}?(?:讲话|致辞|发言|主持词|报告))(?P<beside>[ \u3000（(][^，。：:！]{0,40}?)?"
    rf"[ \u3000]{{0,4}}(?={_GREETS})"
)
_ADDRESS_BEHIND = lazy(r"(?<=[\u4e00-\u9fff]{4})(?=https?://[\w./-]{4,60}[ \u3000]{1,4}20\d\d[年-])", re.A)
# 21.04.2017 云溪市召开推进会
_DAY_BEFORE = re.compile(
    r"(?:\d{1,2}[./-]\d{1,2}[./-]20\d\d|20\d\d[./-]\d{1,2}[./-]\d{1,2})[ \u3000]{1,3}(?=[\u4e00-\u9fff]{8})"
)
_DAY_BESIDE = lazy(r"[（(]?(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日[）)]?")


def apart(lines: Sequence[Line]) -> list[Line]:
    """Headline and page facts, headline and greeting, or a whole page on one line: lines of their own."""
    if not lines:
        return []
    first, others = lines[0], list(lines[1:])
    if parts := run_on(first.text.strip()):
        return [*(replace(first, text=part, gap=True) for part in parts), *others]
    if glued := _GLUED.match(first.text):
        title, beside, text = glued.group(1), (glued.group("beside") or "").strip(), first.text[glued.end() :]
        if beside == title.strip():
            halves = [title, beside]
        else:
            day = _DAY_BESIDE.search(beside)
            around = (beside[: day.start()], day.group(), beside[day.end() :]) if day else (beside,)
            halves = [*_once(title), *(one.strip() for one in around if one.strip())]
        return [*(replace(first, text=half, gap=True) for half in halves), replace(first, text=text, gap=True), *others]
    for at, line in enumerate(lines[:6]):
        if (dated := _DAY_BEFORE.match(line.bare)) and could_be_headline(replace(line, text=line.bare[dated.end() :])):
            halves = [line.bare[: dated.end()].strip(), line.bare[dated.end() :]]
            return [*lines[:at], *(replace(line, text=half, gap=False) for half in halves), *lines[at + 1 :]]
        address = (
            _ADDRESS_BEHIND.search(line.bare) if "http" in line.bare else None
        )  # …升至三级http://www.….com 2024年3月5日 21:46
        if cut := address.start() if address else facts_before(line.bare):
            halves = [line.bare[:cut].strip(), line.bare[cut:]]
            return [*lines[:at], *(replace(line, text=half, gap=False) for half in halves), *lines[at + 1 :]]
        facts = facts_in(line.bare) if len(line.bare) <= 200 and not is_page_facts(line.bare) else None
        if facts and len(facts.labels) >= 2 and facts.start >= 6 and is_page_facts(line.bare[facts.start :]):
            ends = len(line.bare[: facts.start].rstrip(" \u3000|｜"))
            title, stated = line.bare[:ends], line.bare[ends:]
            apart = (replace(line, text=title), replace(line, text=stated, gap=False))
            return [*lines[:at], *apart, *lines[at + 1 :]]
    return [first, *others]


def _once(title: str) -> list[str]:
    """A headline that stands twice on its line is two lines."""
    halves = title.split()
    return halves if len(halves) > 1 and len(set(halves)) == 1 else [title]
