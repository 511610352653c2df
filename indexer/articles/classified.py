"""Where in a file the marks of secrecy.py count: at the head of it and of each article in it, and beside the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.articles.articles import Article
from indexer.articles.lines import Line
from indexer.articles.official import is_head_line
from indexer.articles.prose import is_prose
from indexer.articles.secrecy import grade, is_internal
from indexer.extract import Extract

# A head has at most so many lines; beyond them, or behind the first line that can only be text, is none.
_HEAD = 20
# Beside the text of a page stand buttons and columns: there a mark counts with its label or its star alone.
_LABELLED = re.compile("密 {0,4}级|[★☆*＊]")


@dataclass(frozen=True, slots=True)
class Marks:
    """secret: the mark, without blanks: 机密★1年; internal: the line that says so; empty where there is none."""

    secret: str = ""
    internal: str = ""


NO_MARKS = Marks()


def marks_of(extract: Extract, articles: Sequence[Article]) -> Marks:
    """What the file says of itself."""
    secret = next(filter(None, map(grade, _heads(extract, articles))), "")
    lines = [*(block.text for block in extract.blocks), *(text for _, text in extract.left_out)]
    return Marks(secret, next((line.strip() for line in lines if is_internal(line)), ""))


def _heads(extract: Extract, articles: Sequence[Article]) -> Iterator[str]:
    """The lines of the head of the file, of its articles and of papers further down, and labelled ones beside."""
    shown = [line for block in extract.blocks for line in block.text.split("\n") if line.strip()]
    for text in shown[:_HEAD]:
        if not grade(text) and is_prose(Line(text)):
            break
        yield text
    for article in articles:
        yield from article.official
    for at, text in enumerate(shown):
        if grade(text) and any(not grade(near) and is_head_line(near) for near in shown[max(0, at - 3) : at + 4]):
            yield text
    yield from (text for _, text in extract.left_out if _LABELLED.search(text[:300]))
