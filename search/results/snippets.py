"""Which passages of a document to quote, and how much of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search import text
from search.documents.document import Document, Span
from search.matching.marks import Marked

_CLAUSE_END = "，；：,;、"
# A longer sentence is cut at clauses: about three lines of a card.
_LONG_SENTENCE = 120  # characters
# Sentences quoted of one passage, together; what is left out is behind the link.
_LONG_SNIPPET = 200  # characters
# Characters kept on either side of a mark where a text has neither sentences nor clauses.
_MARGIN = 60


@dataclass(frozen=True, slots=True)
class Quotation:
    """What is quoted of a passage; marks are half-open offsets into text."""

    number: int
    text: str
    marks: tuple[Span, ...]


def quotations(document: Document, marked: Marked, *, limit: int) -> tuple[Quotation, ...]:
    """The best passages first: those that hold most of the different strings, then most hits, then the earliest."""
    found = []
    page = marked.page
    for (begin, end), passage in zip(page.passages, document.passages, strict=True):
        number = passage.paragraph - 1
        if not (spans := marked.paragraphs[number]):
            continue
        first = page.paragraphs[number]
        if inside := [span for span in spans if begin <= span[0] + first < end]:
            different = len({page.body[first + a : first + b] for a, b in inside})
            found.append((-different, -len(inside), passage, number, inside))
    best = sorted(found, key=lambda item: (item[0], item[1], item[2].number))[:limit]
    return tuple(
        Quotation(passage.number, *_window(page.shown[number], page.folded(number), inside))
        for _, _, passage, number, inside in best
    )


def _window(paragraph: str, folded: str, spans: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """The sentences around the marks, … where something of a sentence or between sentences is left out."""
    starts = text.sentences(folded)
    sentences = list(zip(starts, [*starts[1:], len(paragraph)], strict=True))
    windows: list[Span] = []
    for span in spans:
        start, end = _around(paragraph, sentences, span)
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
        elif not windows or sum(b - a for a, b in windows) + end - start <= _LONG_SNIPPET:
            windows.append((start, end))
    begins, ends = {start for start, _ in sentences}, {end for _, end in sentences}
    shown, placed = "", []
    for number, (start, end) in enumerate(windows):
        if (number == 0 and start not in begins) or number > 0:
            shown += "…"
        placed += [(a - start + len(shown), b - start + len(shown)) for a, b in spans if start <= a and b <= end]
        shown += paragraph[start:end]
    return (shown + "…" if windows[-1][1] not in ends else shown), tuple(placed)


def _around(paragraph: str, sentences: list[Span], span: Span) -> Span:
    """The sentence or sentences a mark stands in, or some clauses around it where that is too long."""
    start = next(a for a, b in sentences if b > span[0])
    end = next(b for _, b in sentences if b >= span[1])
    if end - start <= _LONG_SENTENCE:
        return start, end
    cuts = [start, *(at + 1 for at in range(start, end - 1) if paragraph[at] in _CLAUSE_END), end]
    left = max(at for at in cuts if at <= span[0])
    right = min(at for at in cuts if at >= span[1])
    while True:
        wider = [(a, right) for a in cuts if a < left][-1:] + [(left, b) for b in cuts if b > right][:1]
        fitting = [(a, b) for a, b in wider if b - a <= _LONG_SENTENCE * 3 // 4]
        if not fitting:
            break
        left, right = min(fitting, key=lambda pair: pair[1] - pair[0])
    if right - left <= _LONG_SNIPPET:
        return left, right
    return max(left, span[0] - _MARGIN), min(right, span[1] + _MARGIN)
