"""Which passages to quote and which characters to mark. Engine-neutral: it reads the document and the question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search import ranking, text
from search.model import Document, Piece, Query, Span
from search.query import positive_terms

# A sentence with what closes it. Linear: the two classes are complements.
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]*[”’」』）)]*|[。！？!?]+[”’」』）)]*")
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
    outline: tuple[str, ...]
    text: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark in one document: strings wherever they stand, words only in a passage that holds a whole set."""

    strings: tuple[str, ...]
    word_sets: tuple[tuple[str, ...], ...] = ()
    synonyms: tuple[str, ...] = ()  # those among strings that are not what was typed


def wanted(document: Document, query: Query) -> Wanted:
    """For each term the strictest kind of string the document holds: the term, else its synonyms, else its words."""
    body, title = text.fold(document.text), text.fold(document.title.value)
    strings: list[str] = []
    synonyms: list[str] = []
    word_sets: list[tuple[str, ...]] = []
    for term in positive_terms(query.clause):
        wide = ranking.widened(term, query)
        if own := [string for string in wide.literals if string in body or string in title]:
            strings += own
        elif others := [string for string in wide.synonyms if string in body or string in title]:
            synonyms += others
        elif wide.words:
            word_sets.append(wide.words)
    return Wanted(tuple(dict.fromkeys(strings + synonyms)), tuple(word_sets), tuple(dict.fromkeys(synonyms)))


def marks(shown: str, strings: Iterable[str]) -> tuple[Span, ...]:
    """Where the folded strings stand in a displayed text; disjoint, ascending, half-open, the longest from the left."""
    folded = text.fold(shown)
    return tuple(disjoint([span for string in strings for span in _places(folded, string)]))


def disjoint(spans: list[Span]) -> list[Span]:
    """The spans without overlaps: from the left, the longest first."""
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def paragraph_marks(document: Document, chosen: Wanted) -> tuple[tuple[Span, ...], ...]:
    """The marks of each paragraph, in the order of document.paragraphs."""
    found = [list(marks(paragraph, chosen.strings)) for paragraph in document.paragraphs]
    for paragraph, begin, passage in _placed(document):
        for words in chosen.word_sets:
            folded = text.fold(passage)
            if all(word in folded for word in words):
                spans = [(begin + a, begin + b) for word in words for a, b in _places(folded, word)]
                found[paragraph] = disjoint(found[paragraph] + spans)
    return tuple(tuple(spans) for spans in found)


def quotations(document: Document, chosen: Wanted, *, limit: int) -> tuple[Quotation, ...]:
    """The best passages first: those that hold most of the different strings, then most hits, then the earliest."""
    all_marks = paragraph_marks(document, chosen)
    found = []
    paragraphs = document.paragraphs
    for (paragraph, begin, shown), passage in zip(_placed(document), document.passages, strict=True):
        inside = [span for span in all_marks[paragraph] if begin <= span[0] < begin + len(shown)]
        if inside:
            different = len({text.fold(paragraphs[paragraph][a:b]) for a, b in inside})
            found.append((-different, -len(inside), passage, paragraph, inside))
    best = sorted(found, key=lambda item: (item[0], item[1], item[2].number))[:limit]
    return tuple(
        Quotation(passage.number, passage.outline, *_window(paragraphs[paragraph], inside))
        for _, _, passage, paragraph, inside in best
    )


def pieces(shown: str, spans: Sequence[Span], *, first: int = 1) -> tuple[Piece, ...]:
    """The text cut at its marks; the marks are numbered from first on."""
    cut: list[Piece] = []
    at = 0
    for number, (start, end) in enumerate(spans, first):
        cut += [Piece(shown[at:start])] if start > at else []
        cut.append(Piece(shown[start:end], number))
        at = end
    return (*cut, Piece(shown[at:])) if at < len(shown) else tuple(cut)


def _places(folded: str, string: str) -> list[Span]:
    return [(match.start(), match.end()) for match in re.finditer(re.escape(string), folded)] if string else []


def _placed(document: Document) -> list[tuple[int, int, str]]:
    """For each passage: the index of its paragraph, its offset there, its text."""
    placed: list[tuple[int, int, str]] = []
    number, paragraph, at = 0, -1, 0
    for passage in document.passages:
        if passage.paragraph != number:
            number, paragraph, at = passage.paragraph, paragraph + 1, 0
        placed.append((paragraph, at, passage.text))
        at += len(passage.text)
    return placed


def _window(paragraph: str, spans: list[Span]) -> tuple[str, tuple[Span, ...]]:
    """The sentences around the marks, … where something of a sentence or between sentences is left out."""
    sentences = [(match.start(), match.end()) for match in _SENTENCE.finditer(paragraph)]
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
