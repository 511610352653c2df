"""Which passages to quote and which characters to mark. Engine-neutral: it reads the document and the question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search import ranking, text
from search.model import Document, Piece, Query, Span
from search.query import positive_terms

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
class Marked:
    """What of a document answers a question: spans of the title and of each paragraph, disjoint and ascending.

    synonyms and typos: the strings found in the stead of what was typed.
    """

    title: tuple[Span, ...]
    paragraphs: tuple[tuple[Span, ...], ...]
    synonyms: tuple[str, ...] = ()
    typos: tuple[str, ...] = ()


def mark(document: Document, query: Query) -> Marked:
    """For each term the strictest kind of string the document holds, as the engines judge it: the term as a word, its
    synonyms, its words in one passage, its known slips, its characters across words."""
    page = _Page.of(document)
    title: list[Span] = []
    paragraphs: list[list[Span]] = [[] for _ in page.paragraphs]
    synonyms: list[str] = []
    typos: list[str] = []
    for term in positive_terms(query.clause):
        wide = ranking.widened(term, query)
        found = page.find(wide.literals, whole=wide.whole)
        if not found and (found := page.find(wide.synonyms, whole=True)):
            synonyms += found.strings
        found = found or page.together(wide.words)
        if not found and (found := page.find(wide.typos, whole=False)):
            typos += found.strings
        found = found or page.find(wide.literals, whole=False) or page.gathering(query)
        title += found.title
        for spans, more in zip(paragraphs, found.paragraphs, strict=True):
            spans += more
    return Marked(
        title=tuple(disjoint(title)),
        paragraphs=tuple(tuple(disjoint(spans)) for spans in paragraphs),
        synonyms=tuple(dict.fromkeys(synonyms)),
        typos=tuple(dict.fromkeys(typos)),
    )


@dataclass(frozen=True, slots=True)
class _Spans:
    title: list[Span]
    paragraphs: list[list[Span]]
    strings: list[str]

    def __bool__(self) -> bool:
        return bool(self.title) or any(self.paragraphs)


@dataclass(frozen=True, slots=True)
class _Page:
    """A document folded once: its title, its paragraphs, and for each of its passages (paragraph, offset, text)."""

    title: str
    paragraphs: tuple[str, ...]
    passages: tuple[tuple[int, int, str], ...]

    @classmethod
    def of(cls, document: Document) -> _Page:
        placed = tuple((number, begin, text.fold(shown)) for number, begin, shown in _placed(document))
        return cls(text.fold(document.title.value), tuple(text.fold(one) for one in document.paragraphs), placed)

    def find(self, strings: Sequence[str], *, whole: bool) -> _Spans:
        """Where the strings stand, as words if whole is asked."""
        here = [string for string in strings if string in self.title or any(string in p for p in self.paragraphs)]
        title = _places(self.title, here)
        paragraphs = [_places(paragraph, here) for paragraph in self.paragraphs]
        if whole:
            title = [span for span in title if self._is_whole(span, [(0, self.title)])]
            paragraphs = [
                [span for span in spans if self._is_whole(span, self._pieces(number))] if spans else []
                for number, spans in enumerate(paragraphs)
            ]
        met = {self.title[a:b] for a, b in title}
        met |= {self.paragraphs[n][a:b] for n, spans in enumerate(paragraphs) for a, b in spans}
        return _Spans(title, paragraphs, [string for string in here if string in met])

    def together(self, words: Sequence[str]) -> _Spans:
        """The words in each passage that holds them all; the title is a passage."""
        title: list[Span] = []
        paragraphs: list[list[Span]] = [[] for _ in self.paragraphs]
        for number, begin, piece in ((-1, 0, self.title), *self.passages):
            if words and all(word in piece for word in words) and _has_all(piece, words):
                spans = [(begin + a, begin + b) for a, b in _places(piece, words)]
                (title if number < 0 else paragraphs[number]).extend(spans)
        return _Spans(title, paragraphs, [])

    def gathering(self, query: Query) -> _Spans:
        """The content words of the question in those passages that gather most of them, a figure where one is asked."""
        loose = ranking.loosened(query, found=0, met=0)
        paragraphs: list[list[Span]] = [[] for _ in self.paragraphs]
        if loose is None:
            return _Spans([], paragraphs, [])
        said = [[_said(piece, word) for word in loose.words] for _, _, piece in self.passages]
        values = [
            (sum(map(bool, words)), loose.figure in text.figures(piece))
            for (_, _, piece), words in zip(self.passages, said, strict=True)
        ]
        most = max(values, default=(0, False))
        for (number, begin, piece), words, value in zip(self.passages, said, values, strict=True):
            if most[0] and value == most:
                strings = [string for way in words for string in way]
                paragraphs[number] += [(begin + a, begin + b) for a, b in _places(piece, strings)]
        return _Spans([], paragraphs, [])

    def _pieces(self, paragraph: int) -> list[tuple[int, str]]:
        return [(begin, piece) for number, begin, piece in self.passages if number == paragraph]

    def _is_whole(self, span: Span, pieces: list[tuple[int, str]]) -> bool:
        """As the index knows it: words are cut a passage at a time, and both edges lie between words."""
        return all(_is_cut(piece, at - begin) for begin, piece in pieces for at in span if 0 <= at - begin < len(piece))


def _is_cut(piece: str, at: int) -> bool:
    if not text.may_cross(piece, at, at):
        return True
    return text.is_whole(_cuts(piece), at, at)


@lru_cache(maxsize=512)
def _cuts(piece: str) -> bytes:
    """Bounded: a page shows at most 30 passages, and a document is opened after its card was shown."""
    return text.cuts(len(piece), [(at, word) for word, at in text.segmented(piece)])


def _said(piece: str, word: ranking.Content) -> tuple[str, ...]:
    """The strings by which a passage says a content word; none if it does not."""
    return next((way for way, _ in word.ways if all(part in piece for part in way)), ())


def _has_all(piece: str, words: Sequence[str]) -> bool:
    return {token.text for token in text.tokens(piece, fine=True)}.issuperset(words)


def disjoint(spans: list[Span]) -> list[Span]:
    """The spans without overlaps: from the left, the longest first."""
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def quotations(document: Document, marked: Marked, *, limit: int) -> tuple[Quotation, ...]:
    """The best passages first: those that hold most of the different strings, then most hits, then the earliest."""
    found = []
    paragraphs = document.paragraphs
    for (paragraph, begin, shown), passage in zip(_placed(document), document.passages, strict=True):
        inside = [span for span in marked.paragraphs[paragraph] if begin <= span[0] < begin + len(shown)]
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


def _places(folded: str, strings: Iterable[str]) -> list[Span]:
    return disjoint([m.span() for string in strings for m in re.finditer(re.escape(string), folded)])


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
    starts = text.sentences(text.fold(paragraph))
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
