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
from search.matching import nearly, signs, widening
from search.matching.answering import NONE, Answering, answering, level
from search.matching.folded import NOWHERE, Edges, Page, Spans, met_by
from search.matching.matches import CROSSED, NAMED, PUNCTUATION, SAME, SCATTERED, SYNONYM, TYPO
from search.matching.postings import Unit
from search.matching.spans import BOTH, NEITHER, disjoint
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
        typos=tuple(dict.fromkeys(met_by(page, title, body, slips))) if slips else (),
        page=page,
    )


_OTHERWISE = (NAMED, SYNONYM)


class _Met(NamedTuple):
    """The strictest way in which a document holds a term, as the tier of which it is good enough, and where; beside:
    known slips of it, where the term itself is found."""

    level: int
    found: Spans
    beside: Spans

    @property
    def shown(self) -> tuple[Spans, Spans]:
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
        return _Met(SAME, found, page.find(wide.typos, edges, whole=NEITHER) if wide.typos else NOWHERE)
    otherwise = _otherwise(page, term, wide, asked, edges)
    level, found = next(((level, found) for level, found in otherwise if found), (NONE, NOWHERE))
    return _Met(level, found, NOWHERE)


def _otherwise(
    page: Page, term: Term, wide: widening.Widened, asked: _Asked, edges: Edges | None
) -> Iterator[tuple[int, Spans]]:
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


def pieces(shown: str, spans: Sequence[Span], *, first: int = 1) -> tuple[Piece, ...]:
    """The text cut at its marks; the marks are numbered from first on."""
    cut: list[Piece] = []
    at = 0
    for number, (start, end) in enumerate(spans, first):
        cut += [Piece(shown[at:start])] if start > at else []
        cut.append(Piece(shown[start:end], number))
        at = end
    return (*cut, Piece(shown[at:])) if at < len(shown) else tuple(cut)


class Piece(NamedTuple):
    """A run of text that is marked or not; hit counts the marks of a page from 1, 0 where nothing is marked.

    A named tuple, as is what an opened document is put together of: hundreds are made, each in a third of the time.
    """

    text: str
    hit: int = 0
