"""The header of an article: what stands between its headline and its text, dates, bylines, bodies, shoulders."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.articles.characters import tidy
from indexer.articles.headlines import is_byline, is_subtitle
from indexer.articles.lines import Line
from indexer.articles.marks import SALUTATION, is_date_line, is_lead
from indexer.articles.official import is_official_line

# At most so many lines stand between a headline and the text, none longer than this unless its form shows it.
_MOST_HEADER = 8
SHORT = 40


def header_of(kept: Sequence[Line], text: Sequence[Line], above_facts: int = 0) -> tuple[list[Line], list[Line]]:
    """Lines between headline and text: dates, bylines, bodies, shoulders. Where the text begins for certain all short
    lines above it, else up to the last whose form shows it, and the first `above_facts`."""
    lines = list(kept)
    shown = [in_header(line.bare) for line in lines]
    short = [len(line.bare) <= SHORT and not re.search(r"[，。；,;]", line.bare) and not line.level for line in lines]
    opens = bool(text) and _opens_text(text[0])
    end = 0
    for at in range(min(len(lines), _MOST_HEADER)):
        # <h4>厅长　某某</h4> is set as a heading and heads nothing
        if not (shown[at] or short[at]) or lines[at].is_heading or (lines[at].level and not shown[at]):
            break
        if (
            shown[at]
            or at < above_facts
            or (opens and at + 1 <= len(lines) and all(short[at:]) and len(lines) <= _MOST_HEADER)
        ):
            end = at + 1
    return lines[:end], [*lines[end:], *text]


def in_header(bare: str) -> bool:
    tidied = tidy(bare)
    return (
        is_subtitle(bare)
        or is_byline(bare)
        or is_official_line(bare)
        or is_official_line(tidied)
        or is_date_line(tidied.replace(" ", ""))
    )


def _opens_text(line: Line) -> bool:
    bare = tidy(line.bare)
    return bool(SALUTATION.match(bare) or is_lead(bare)) or line.gap or line.indented or len(bare) > 60
