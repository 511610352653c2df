"""A document folded, and where strings stand in it: as words, together in a passage, most of them in a passage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from search import text
from search.documents.document import Document, Span
from search.matching import loosening
from search.matching.spans import BOTH, Ends, disjoint
from search.query.clauses import Query
from search.text import office

# text.cuts() of a title and of a body.
Edges = tuple[bytes, bytes]


class Spans(NamedTuple):
    """Where some strings stand in title and body, and those of them that do."""

    title: list[Span]
    body: list[Span]
    strings: list[str]

    def __bool__(self) -> bool:
        return bool(self.title or self.body)


NOWHERE = Spans([], [], [])


class Page(NamedTuple):
    """A document folded once: its title and its body.

    What else it is made of is asked of the document: few queries ask where the items begin, and a card asks of the few
    passages that it shows.
    """

    title: str
    body: str
    document: Document

    @classmethod
    def of(cls, document: Document) -> Page:
        return cls(text.fold(document.metadata.title.value), document.laid_out.folded, document)

    @property
    def paragraphs(self) -> tuple[int, ...]:
        """Where in the body they begin."""
        return tuple(begin for begin, _ in self.document.laid_out.paragraph_spans)

    @property
    def passages(self) -> tuple[Span, ...]:
        return self.document.laid_out.spans

    def find(self, strings: Sequence[str], edges: Edges | None, *, whole: Ends) -> Spans:
        """Where the strings stand, as words if whole is asked."""
        here = [string for string in strings if string in self.body or string in self.title]
        if not here:
            return NOWHERE
        title, body = _places(self.title, here), _places(self.body, here)
        if whole:
            if title:
                title = _whole(title, whole, edges[0]) if edges else _whole_in([(0, self.title)], title, whole)
            body = _whole(body, whole, edges[1]) if edges else _whole_in(self._pieces(), body, whole)
        if len(here) == 1:
            return Spans(title, body, here if title or body else [])
        return Spans(title, body, met_by(self, title, body, here))

    def together(self, words: Sequence[str]) -> Spans:
        """The words in each passage that holds them all; the title is a passage."""
        if not words or not all(word in self.body or word in self.title for word in words):
            return NOWHERE
        title = _places_of_words(self.title, words) if _has_all(self.title, words) else []
        having = [self.passages[number] for number in self._with_all(words)]
        inside = [(a, piece) for a, b in having if text.holds(piece := self.body[a:b], words)]
        return Spans(
            title, [(begin + a, begin + b) for begin, piece in inside for a, b in _places_of_words(piece, words)], []
        )

    def gathering(self, query: Query) -> Spans:
        """The content words of the query in the title, and in those passages that gather most of them, a figure where
        one is asked."""
        loose = loosening.loosened(query, found=0, met=0)
        if loose is None:
            return NOWHERE
        title = _places_of_words(self.title, [one for word in loose.words for one in _said(self.title, word)])
        strings: dict[int, list[str]] = {}  # by passage those of all content words that it has
        words: dict[int, int] = {}
        for word in loose.words:
            for number, way in self._ways(word).items():
                strings.setdefault(number, []).extend(way)
                words[number] = words.get(number, 0) + 1
        most = max(words.values(), default=0)
        best = [number for number in sorted(words) if words[number] == most]
        spans = {number: self.document.laid_out.span(number) for number in best}
        pieces = {number: self.body[begin:end] for number, (begin, end) in spans.items()}
        if loose.figure and (stated := [number for number in best if loose.figure in text.figures(pieces[number])]):
            best = stated
        body: list[Span] = []
        for number in best:
            begin = spans[number][0]
            body += [(begin + a, begin + b) for a, b in _places_of_words(pieces[number], strings[number])]
        return Spans(title, body, [])

    def _ways(self, word: loosening.Content) -> dict[int, tuple[str, ...]]:
        """By passage the strings by which it says a content word, of those that do."""
        found: dict[int, tuple[str, ...]] = {}
        for way, _ in word.ways:
            for number in self._with_all(way):
                found.setdefault(number, way)
        return found

    def _with_all(self, strings: Sequence[str]) -> list[int]:
        """The passages that have all of the strings."""
        first, *others = sorted(strings, key=len, reverse=True)  # a longer one is rarer, and fewer passages are left
        having = self._holding(first)
        if others and having:
            find, bounds = self.body.find, self._bounds
            having = [at for at in having if all(find(one, bounds[at], bounds[at + 1]) >= 0 for one in others)]
        return having

    def _holding(self, string: str) -> list[int]:
        """The passages that have a string, ascending. A frequent word stands in a hundred of them, so nothing is called
        for each that need not be."""
        found: list[int] = []
        begins, bounds, find, size = self.document.offsets, self._bounds, self.body.find, len(string)
        at = find(string)
        while at >= 0:
            number = bisect_right(begins, at) - 1
            end = bounds[number + 1]
            if at + size <= end:
                found.append(number)
                at = find(string, end)
            else:
                at = find(string, at + 1)
        return found

    @property
    def _bounds(self) -> tuple[int, ...]:
        """Where the passages begin, and the end of the last one. Between two paragraphs stands a line feed, which is in
        none of the strings that are looked for: to the next passage is as good as to the end of one."""
        return (*self.document.offsets, len(self.body))

    def _pieces(self) -> list[tuple[int, str]]:
        return [(begin, self.body[begin:end]) for begin, end in self.passages]


def _whole(spans: Sequence[Span], ends: Ends, cuts: bytes) -> list[Span]:
    if ends == BOTH:
        return [span for span in spans if text.is_whole(cuts, *span)]
    return [span for span in spans if text.is_whole(cuts, *ends.of(*span))]


def _whole_in(pieces: Sequence[tuple[int, str]], spans: Sequence[Span], ends: Ends) -> list[Span]:
    """The spans whose ends that count lie between words, as the index knows it: words are cut a passage at a time."""
    begins = [begin for begin, _ in pieces]

    def between(at: int) -> bool:
        number = bisect_right(begins, at) - 1
        begin, piece = pieces[number] if number >= 0 else (at, "")
        return at - begin >= len(piece) or _is_cut(piece, at - begin)

    return [span for span in spans if all(map(between, ends.of(*span)))]


def _is_cut(piece: str, at: int) -> bool:
    if not text.may_cross(piece, at, at):
        return True
    return text.is_whole(_cuts(piece), at, at)


@office.follows
@lru_cache(maxsize=512)
def _cuts(piece: str) -> bytes:
    """Bounded: a page shows at most 30 passages, and a document is opened after its card was shown."""
    return text.cuts(piece, *text.cut(piece))


def _said(piece: str, word: loosening.Content) -> tuple[str, ...]:
    """The strings by which a passage says a content word; none if it does not."""
    return next((way for way, _ in word.ways if all(part in piece for part in way)), ())


def _has_all(piece: str, words: Sequence[str]) -> bool:
    return all(word in piece for word in words) and text.holds(piece, words)


def _places(folded: str, strings: Sequence[str]) -> list[Span]:
    if len(strings) > 1:
        return disjoint([span for string in strings for span in _spans(folded, string)])
    return _spans(folded, strings[0])


def _places_of_words(folded: str, words: Sequence[str]) -> list[Span]:
    """Where words stand that are looked for one by one: a figure or a Latin word never inside a longer one."""
    return disjoint(
        [
            (start, end)
            for word in words
            for start, end in _spans(folded, word)
            if not (_goes_on(folded[start - 1 : start + 1]) or _goes_on(folded[end - 1 : end + 1]))
        ]
    )


def _goes_on(pair: str) -> bool:
    """Whether two characters beside each other are of one figure or Latin word."""
    return len(pair) == 2 and pair.isascii() and pair.isalnum()


def _spans(folded: str, string: str) -> list[Span]:
    """Where a string stands, as str.count() counts."""
    found: list[Span] = []
    at, length = folded.find(string), len(string)
    while at >= 0:
        found.append((at, at + length))
        at = folded.find(string, at + length)
    return found


def met_by(page: Page, title: Sequence[Span], body: Sequence[Span], strings: Sequence[str]) -> list[str]:
    """Those of the strings that stand in one of the spans."""
    met = {page.title[a:b] for a, b in title} | {page.body[a:b] for a, b in body}
    return [string for string in strings if string in met]
