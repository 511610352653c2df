"""The parts of a collection whose format marks them: headings of one level that each open a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.articles.characters import tidy
from indexer.articles.furniture import furniture as furniture_of
from indexer.articles.labels import is_page_facts
from indexer.articles.marks import (
    DATELINE,
    SALUTATION,
)
from indexer.extract import Block, Extract
from search.text.patterns import lazy


def sections(extract: Extract) -> list[Extract]:
    """The parts of a collection: headings of one level, most of which open a report; else the extract itself.

    The part before the first of them (a table of contents, 本期节目主要内容) is no article; its heading's date is
    the date of all.
    """
    level = _collection_level(extract.blocks)
    if level is None:
        return [extract]
    starts = [i for i, block in enumerate(extract.blocks) if block.level == level]
    shared = replace(extract.hints, date=extract.hints.date or _date_of(extract.blocks[: starts[0]]))
    first, *others = (
        _section(extract.blocks[a:b], level, extract) for a, b in pairwise((*starts, len(extract.blocks)))
    )
    before = (*extract.left_out, *_named(extract.blocks[: starts[0]]))
    found = [replace(first, left_out=(*before, *first.left_out)), *others]
    # the page's own title and address are of all of them
    return [replace(section, hints=replace(shared, title="", address="")) for section in found]


def _section(blocks: tuple[Block, ...], level: int, extract: Extract) -> Extract:
    """A section ends where a heading of a higher level begins."""
    end = next((i for i, block in enumerate(blocks) if 0 < block.level < level), len(blocks))
    return replace(extract, blocks=blocks[:end], left_out=_named(blocks[end:]))


def _named(blocks: Sequence[Block]) -> tuple[tuple[str, str], ...]:
    """What stands between the parts of a collection: its name, its table of contents, an announcement."""
    return tuple(("栏目", text) for block in blocks if (text := block.text.strip()))


def _collection_level(blocks: Sequence[Block]) -> int | None:
    """The level whose headings are headlines: two or more, half of those with text begin as reports do, or have facts
    of the page below them (来源：云溪日报　2024-03-05)."""
    for level in range(1, 7):
        starts = [i for i, block in enumerate(blocks) if block.level == level]
        texts = {blocks[i].text for i in starts}
        bodies = [_first_text(blocks, i) for i in starts]
        reports = sum(
            bool(DATELINE.match(body) or SALUTATION.match(body)) or (bool(body) and _has_facts(blocks, i))
            for i, body in zip(starts, bodies, strict=True)
        )
        if len(texts) >= 2 and reports >= 2 and reports >= 0.5 * sum(bool(body) for body in bodies):
            return level
    return None


def _has_facts(blocks: Sequence[Block], heading: int) -> bool:
    """Whether the line straight below a heading tells what is known of a page."""
    below = next((block for block in blocks[heading + 1 :] if block.text.strip()), None)
    return below is not None and not below.level and is_page_facts(below.text.strip())


def _first_text(blocks: Sequence[Block], heading: int) -> str:
    """The first line under a heading; empty where the next heading comes first."""
    for at in range(heading + 1, len(blocks)):
        block = blocks[at]
        if block.level:
            return ""
        if block.text.strip() and not furniture_of(block.text) and not is_page_facts(block.text):
            return tidy(block.text)
    return ""


_COMPACT_DATE = lazy(r"(?<!\d)(20\d\d)[-./年]?(0[1-9]|1[0-2])[-./月]?(0[1-9]|[12]\d|3[01])日?(?!\d)")


def _date_of(blocks: Sequence[Block]) -> str:
    """The date in a heading above the collection: 《…》 (20230521)."""
    return next((found.group() for block in blocks if block.level and (found := _COMPACT_DATE.search(block.text))), "")
