"""Which characters of a document answer a query. Engine-neutral: it reads the document and the query."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from search import text
from search.documents.document import Document, Span
from search.documents.outline import item_begins
from search.matching import loosening, nearly, signs, widening
from search.matching.answering import NONE, Answering, answering, level
from search.matching.matches import CROSSED, NAMED, PUNCTUATION, SAME, SCATTERED, SYNONYM, TYPO
from search.matching.postings import Unit
from search.matching.spans import BOTH, NEITHER, Ends, disjoint
from search.query.clauses import AllOf, Clause, Query, Term, Without, positive_terms
from search.text import office


@dataclass(frozen=True)
class Marked:
    """What of a document answers a query: spans of the title and of the body, disjoint and ascending.

    synonyms and typos: the strings found in the stead of what was typed, slips beside it, too; page: the document as it
    was searched.
    """

    title: tuple[Span, ...]
    body: tuple[Span, ...]
    synonyms: tuple[str, ...]
    typos: tuple[str, ...]
    page: Page

    @cached_property
    def paragraphs(self) -> tuple[tuple[Span, ...], ...]:
        """The spans of the body as spans of each paragraph."""
        begins = self.page.paragraphs
        found: list[list[Span]] = [[] for _ in begins]
        for start, end in self.body:
            number = bisect_right(begins, start) - 1
            found[number].append((start - begins[number], end - begins[number]))
        return tuple(map(tuple, found))

    @cached_property
    def by_passage(self) -> dict[int, list[Span]]:
        """The spans of the body by the passage they begin in, counted from 0, ascending; only those that have any."""
        found: dict[int, list[Span]] = {}
        begins, at, end = self.page.document.offsets, 0, 0
        for span in self.body:
            if span[0] >= end:
                behind = bisect_right(begins, span[0])
                at, end = behind - 1, begins[behind] if behind < len(begins) else span[0] + len(self.page.body)
                found[at] = []
            found[at].append(span)
        return found


# text.cuts() of a title and of a body.
Edges = tuple[bytes, bytes]


def mark(document: Document, query: Query, edges: Edges | None = None) -> Marked:
    """For each term the strictest kind of string the document holds, as the engines judge it: the term as a word, its
    synonyms, its words in one passage, its known slips, its characters across words.

    edges: where words begin and end, as the index keeps it (Engine.edges); without it the passages are cut again.
    """
    page, asked = Page.of(document), _asked(query)
    met = {term: _met(page, term, wide, asked, edges) for term, wide in asked.terms}
    # Where each term has only to be met, all that is found of it counts.
    counting = None if asked.wants_terms_alone else _counting(page, query, edges, met)
    if counting is None:
        title = [span for one in met.values() for found in one.shown for span in found.title]
        body = [span for one in met.values() for found in one.shown for span in found.body]
    else:
        placed = [(found, place) for term, places in counting.items() for place in places for found in met[term].shown]
        title = [span for found, place in placed if place.title for span in found.title]
        body = [span for found, place in placed for span in place.of(found.body)]
    if counting is None and not all(one.found for one in met.values()):
        gathered = page.gathering(query)
        title += gathered.title
        body += gathered.body
    shown = [one for term, one in met.items() if counting is None or term in counting]
    synonyms = [string for one in shown if one.level in _OTHERWISE for string in one.found.strings]
    slips = [string for one in shown for string in one.slips]
    return Marked(
        title=tuple(disjoint(title) if len(title) > 1 else title),
        body=tuple(disjoint(body) if len(body) > 1 else body),
        synonyms=tuple(dict.fromkeys(synonyms)),
        typos=tuple(dict.fromkeys(_met_by(page, title, body, slips))) if slips else (),
        page=page,
    )


def _met_by(page: Page, title: Sequence[Span], body: Sequence[Span], strings: Sequence[str]) -> list[str]:
    """Those of the strings that stand in one of the spans."""
    met = {page.title[a:b] for a, b in title} | {page.body[a:b] for a, b in body}
    return [string for string in strings if string in met]


_OTHERWISE = (NAMED, SYNONYM)


class _Met(NamedTuple):
    """The strictest way in which a document holds a term, as the tier of which it is good enough, and where; beside:
    known slips of it, where the term itself is found."""

    level: int
    found: _Spans
    beside: _Spans

    @property
    def shown(self) -> tuple[_Spans, _Spans]:
        return self.found, self.beside

    @property
    def slips(self) -> list[str]:
        return self.found.strings if self.level == TYPO else self.beside.strings


@dataclass(frozen=True, slots=True)
class _Asked:
    """What marking reads of a query, which is the same for each document.

    terms: those that are wanted, and what may stand for them. is_plain: all of them have to be met, wherever they are.
    wants_terms_alone: and that is all that is asked.
    """

    terms: tuple[tuple[Term, widening.Widened], ...]
    is_plain: bool
    wants_terms_alone: bool


@office.follows
@lru_cache(maxsize=64)
def _asked(query: Query) -> _Asked:
    """Kept, as each card of a page asks again."""
    terms = tuple((term, widening.widened(term, query)) for term in positive_terms(query.clause))
    return _Asked(terms, _is_plain(query.clause), query.clause is not None and _is_of_terms(query.clause))


def _is_plain(clause: Clause | None) -> bool:
    return isinstance(clause, Term | Without | None) or (
        isinstance(clause, AllOf) and all(map(_is_plain, clause.parts))
    )


def _is_of_terms(clause: Clause) -> bool:
    return isinstance(clause, Term) or (isinstance(clause, AllOf) and all(map(_is_of_terms, clause.parts)))


def _met(page: Page, term: Term, wide: widening.Widened, asked: _Asked, edges: Edges | None) -> _Met:
    """The ways are looked for one after the other, as the stricter ones are cheaper."""
    if found := page.find(wide.literals, edges, whole=wide.whole):
        return _Met(SAME, found, page.find(wide.typos, edges, whole=NEITHER) if wide.typos else _NOWHERE)
    otherwise = _otherwise(page, term, wide, asked, edges)
    level, found = next(((level, found) for level, found in otherwise if found), (NONE, _NOWHERE))
    return _Met(level, found, _NOWHERE)


def _otherwise(
    page: Page, term: Term, wide: widening.Widened, asked: _Asked, edges: Edges | None
) -> Iterator[tuple[int, _Spans]]:
    """The ways in which a document may have a term that it has not literally."""

    def with_signs() -> Sequence[str]:
        # Where there is a choice, what other documents do not have with other signs must not be the way this one fits.
        if asked.is_plain:
            return (*signs.found_in(wide.wording, page.title), *signs.found_in(wide.wording, page.body))
        return wide.signs

    def slips() -> Sequence[str]:
        # The engines know those of the documents that were read for them.
        if asked.is_plain and not term.quoted:
            return (*nearly.found_in(term.text, page.title), *nearly.found_in(term.text, page.body))
        return ()

    if page.find(wide.names, edges, whole=BOTH):
        yield NAMED, page.find(wide.synonyms, edges, whole=BOTH)
    yield PUNCTUATION, page.find(with_signs() if wide.wording else (), edges, whole=wide.whole)
    yield SYNONYM, page.find(wide.synonyms, edges, whole=BOTH)
    yield TYPO, page.find(wide.typos, edges, whole=NEITHER)
    yield SCATTERED, page.together(wide.words)
    yield TYPO, page.find(slips(), edges, whole=NEITHER)
    yield CROSSED, page.find(wide.literals, edges, whole=NEITHER)


def _counting(page: Page, query: Query, edges: Edges | None, met: Mapping[Term, _Met]) -> Answering | None:
    """The places that meet the condition; None where the document does not, and what it has of it is marked."""
    if query.clause is None:
        return None
    held = _Held(page, query, edges, met)
    tier = level(query.clause, held)
    return answering(query.clause, held, tier) if tier < NONE else None


@dataclass(frozen=True, slots=True)
class _Held:
    """answering.Held of a page."""

    page: Page
    query: Query
    edges: Edges | None
    met: Mapping[Term, _Met]

    def level(self, term: Term, *, title_only: bool) -> int:
        one = self.met[term] if term in self.met else self._met(term)
        return one.level if one.found.title or not title_only else NONE

    def _met(self, term: Term) -> _Met:
        """Of a term that is not wanted."""
        return _met(self.page, term, widening.widened(term, self.query), _asked(self.query), self.edges)

    def literally(self, term: Term) -> tuple[bool, Sequence[Span]]:
        one = self.met[term]
        return (bool(one.found.title), one.found.body) if one.level == SAME else (False, ())

    def begins(self, unit: Unit) -> Sequence[int]:
        if unit == "item":
            return tuple(item_begins(self.page.document))
        return text.sentences(self.page.body) if unit == "sentence" else self.page.document.offsets


class _Spans(NamedTuple):
    title: list[Span]
    body: list[Span]
    strings: list[str]

    def __bool__(self) -> bool:
        return bool(self.title or self.body)


_NOWHERE = _Spans([], [], [])


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
        title = document.metadata.title.value
        folded = text.fold(f"{title}\n{document.text}")  # at once: to begin costs as much as 150 characters
        return cls(folded[: len(title)], folded[len(title) + 1 :], document)

    @property
    def paragraphs(self) -> tuple[int, ...]:
        """Where in the body they begin."""
        return tuple(begin for begin, _ in self.document.laid_out.paragraph_spans)

    @property
    def passages(self) -> tuple[Span, ...]:
        return self.document.laid_out.spans

    def find(self, strings: Sequence[str], edges: Edges | None, *, whole: Ends) -> _Spans:
        """Where the strings stand, as words if whole is asked."""
        here = [string for string in strings if string in self.body or string in self.title]
        if not here:
            return _NOWHERE
        title, body = _places(self.title, here), _places(self.body, here)
        if whole:
            if title:
                title = _whole(title, whole, edges[0]) if edges else _whole_in([(0, self.title)], title, whole)
            body = _whole(body, whole, edges[1]) if edges else _whole_in(self._pieces(), body, whole)
        if len(here) == 1:
            return _Spans(title, body, here if title or body else [])
        return _Spans(title, body, _met_by(self, title, body, here))

    def together(self, words: Sequence[str]) -> _Spans:
        """The words in each passage that holds them all; the title is a passage."""
        if not words or not all(word in self.body or word in self.title for word in words):
            return _NOWHERE
        title = _places_of_words(self.title, words) if _has_all(self.title, words) else []
        inside = [(begin, piece) for begin, piece in self._pieces() if _has_all(piece, words)]
        return _Spans(
            title, [(begin + a, begin + b) for begin, piece in inside for a, b in _places_of_words(piece, words)], []
        )

    def gathering(self, query: Query) -> _Spans:
        """The content words of the query in the title, and in those passages that gather most of them, a figure where
        one is asked."""
        loose = loosening.loosened(query, found=0, met=0)
        if loose is None:
            return _NOWHERE
        title = _places_of_words(self.title, [one for word in loose.words for one in _said(self.title, word)])
        strings: dict[int, list[str]] = {}  # by passage those of all content words that it has
        words: dict[int, int] = {}
        for word in loose.words:
            for number, way in self._ways(word).items():
                strings.setdefault(number, []).extend(way)
                words[number] = words.get(number, 0) + 1
        most = max(words.values(), default=0)
        best = [number for number in sorted(words) if words[number] == most]
        pieces = {number: self.body[slice(*self.passages[number])] for number in best}
        if loose.figure and (stated := [number for number in best if loose.figure in text.figures(pieces[number])]):
            best = stated
        places = {number: _places_of_words(pieces[number], strings[number]) for number in best}
        begins = {number: self.passages[number][0] for number in best}
        return _Spans(title, [(begins[at] + a, begins[at] + b) for at, spans in places.items() for a, b in spans], [])

    def _ways(self, word: loosening.Content) -> dict[int, tuple[str, ...]]:
        """By passage the strings by which it says a content word, of those that do."""
        found: dict[int, tuple[str, ...]] = {}
        for way, _ in word.ways:
            for number in set.intersection(*map(self._holding, way)):
                found.setdefault(number, way)
        return found

    def _holding(self, part: str) -> set[int]:
        """The passages that have a string."""
        found = set[int]()
        begins = self.document.offsets
        at = self.body.find(part)
        while at >= 0:
            number = bisect_right(begins, at) - 1
            end = self.document.laid_out.span(number)[1]
            is_inside = at + len(part) <= end
            if is_inside:
                found.add(number)
            at = self.body.find(part, end if is_inside else at + 1)
        return found

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


def pieces(shown: str, spans: Sequence[Span], *, first: int = 1) -> tuple[Piece, ...]:
    """The text cut at its marks; the marks are numbered from first on."""
    cut: list[Piece] = []
    at = 0
    for number, (start, end) in enumerate(spans, first):
        cut += [Piece(shown[at:start])] if start > at else []
        cut.append(Piece(shown[start:end], number))
        at = end
    return (*cut, Piece(shown[at:])) if at < len(shown) else tuple(cut)


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


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is marked or not; hit counts the marks of a page from 1, 0 where nothing is marked."""

    text: str
    hit: int = 0
