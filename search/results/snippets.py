"""Which passages of a document to quote, and how much of each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from search import text
from search.documents.document import Document, Span
from search.matching.marks import Marked

_CLAUSE_END = re.compile("[，；：,;、]")
# A longer sentence is cut at clauses: about three lines of a card.
_LONG_SENTENCE = 120  # characters
# Sentences quoted of one passage, together; what is left out is behind the link.
_LONG_SNIPPET = 200  # characters
# Characters kept on either side of a mark where a text has neither sentences nor clauses.
_MARGIN = 60


class Quotation(NamedTuple):
    """What is quoted of a passage; marks are half-open offsets into text."""

    number: int
    text: str
    marks: tuple[Span, ...]


def quotations(document: Document, marked: Marked, *, limit: int) -> tuple[Quotation, ...]:
    """The best passages first: those that hold most of the different strings, then most hits, then the earliest."""
    body = marked.page.body
    found = [(-len({body[a:b] for a, b in spans}), -len(spans), at) for at, spans in marked.by_passage.items()]
    return tuple(_quotation(document, marked, at) for _, _, at in sorted(found)[:limit])


def _quotation(document: Document, marked: Marked, at: int) -> Quotation:
    """Of the passage in this place; its sentences are those of its paragraph."""
    placed = document.laid_out
    begin, end = placed.paragraph_span(placed.numbers_of_paragraphs[at])
    inside = [(a - begin, b - begin) for a, b in marked.by_passage[at]]
    return Quotation(at + 1, *_window(placed.cut(begin, end), marked.page.body[begin:end], inside))


def _window(paragraph: str, folded: str, spans: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """The sentences around the marks, … where something of a sentence or between sentences is left out."""
    rhythm = _Rhythm(paragraph, folded)
    windows: list[Span] = []
    for span in spans:
        start, end = rhythm.around(span)
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
        elif not windows or sum(b - a for a, b in windows) + end - start <= _LONG_SNIPPET:
            windows.append((start, end))
    placed: list[Span] = []
    shown = ""
    for number, (start, end) in enumerate(windows):
        if (number == 0 and start not in rhythm.begins) or number > 0:
            shown += "…"
        placed += [(a - start + len(shown), b - start + len(shown)) for a, b in spans if start <= a and b <= end]
        shown += paragraph[start:end]
    return (shown + "…" if windows[-1][1] not in rhythm.ends else shown), tuple(placed)


class _Rhythm:
    """Where a paragraph may be cut: its sentences, and the ends of its clauses where one is long. Found once, looked up
    for each mark: a paragraph of 4,000 marks took 33 s when its clauses were found again for each.
    """

    def __init__(self, paragraph: str, folded: str) -> None:
        self._paragraph = paragraph
        self.begins: Sequence[int] = text.sentences(folded)
        self.ends: Sequence[int] = [*self.begins[1:], len(paragraph)]

    @cached_property
    def clauses(self) -> Sequence[int]:
        return [found.end() for found in _CLAUSE_END.finditer(self._paragraph)]

    def around(self, span: Span) -> Span:
        """The sentence or sentences a mark stands in, or some clauses around it where that is too long."""
        start = self.begins[bisect_right(self.ends, span[0])]
        end = self.ends[bisect_left(self.ends, span[1])]
        if end - start <= _LONG_SENTENCE:
            return start, end
        left, right = self._before(span[0] + 1, start), self._after(span[1] - 1, end)
        while True:
            wider = [(self._before(left, start), right)] if left > start else []
            wider += [(left, self._after(right, end))] if right < end else []
            fitting = [(a, b) for a, b in wider if b - a <= _LONG_SENTENCE * 3 // 4]
            if not fitting:
                break
            left, right = min(fitting, key=lambda pair: pair[1] - pair[0])
        if right - left <= _LONG_SNIPPET:
            return left, right
        return max(left, span[0] - _MARGIN), min(right, span[1] + _MARGIN)

    def _before(self, at: int, start: int) -> int:
        """The last cut before a place, in what begins at start."""
        found = bisect_left(self.clauses, at)
        return max(start, self.clauses[found - 1]) if found else start

    def _after(self, at: int, end: int) -> int:
        """The first cut after a place, in what ends at end."""
        found = bisect_right(self.clauses, at)
        return min(end, self.clauses[found]) if found < len(self.clauses) else end
