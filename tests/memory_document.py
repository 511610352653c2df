"""What one document holds of a query, and where: read from its text for each query, with no index."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from search import text
from search.documents.document import Document
from search.documents.outline import item_begins
from search.engines import written_content
from search.index.analysis import content_words
from search.matching import loosening, scoring, widening
from search.matching.spans import BOTH
from search.query.clauses import (
    AllOf,
    AnyOf,
    Clause,
    InTitle,
    Near,
    Query,
    Term,
    Without,
    as_typed,
    quoted_in_all,
)


def kind_of(one: Document, query: Query) -> str | None:
    if query.clause is None:
        return "exact"
    for kind, allowed in (
        ("same_document", _ALLOWED[:1]),
        (NAMED, _ALLOWED[:2]),
        ("punctuation", _ALLOWED[:3]),
        ("synonym", _ALLOWED[:4]),
        ("suspected_typo", _ALLOWED[:5]),
        ("scattered", _ALLOWED[:6]),
        ("cross_word", _ALLOWED),
    ):
        if _fits(query.clause, query, one, allowed):
            if kind == "same_document" and (
                isinstance(query.clause, Term | Near | InTitle)
                or any(_unit_fits(query.clause, query, one, "passage", n) for n in _units(one, "passage"))
            ):
                return "exact"
            return kind
    return None


# A synonym that is another name of the same thing: level with what is exact.
NAMED = "synonym, named"
_ALLOWED = ("literal", "name", "punctuation", "synonym", "typo", "scattered", "crossed")
# Where they stand in the order: a name of the same thing with the thing itself.
LEVEL_OF = {
    "exact": 0,
    NAMED: 0,
    "same_document": 1,
    "punctuation": 3,
    "synonym": 4,
    "suspected_typo": 5,
    "scattered": 6,
    "partial": 7,
    "cross_word": 8,
}
_LOOSEST = dict(
    zip(
        ("exact", "same_document", NAMED, "punctuation", "synonym", "suspected_typo", "scattered", "cross_word"),
        (1, 1, 2, 3, 4, 5, 6, 7),
        strict=True,
    )
)


def _fits(clause: Clause, query: Query, one: Document, allowed: Sequence[str], title_only: bool = False) -> bool:
    """Whether a document fits when its terms may be met in the allowed ways."""
    if isinstance(clause, Term):
        wide = widening.widened(clause, query)
        found = [_where(one, wide, kind) for kind in allowed]
        return any(title or (body and not title_only) for title, body in found)
    if isinstance(clause, Without):
        return not _fits(as_typed(clause.part), query, one, _ALLOWED[:1], title_only)
    if isinstance(clause, InTitle):
        return _fits(clause.part, query, one, allowed, title_only=True)
    if isinstance(clause, Near):
        near = _fits(clause.part, query, one, _ALLOWED[:1], title_only)
        return near and any(_unit_fits(clause.part, query, one, clause.unit, n) for n in _units(one, clause.unit))
    parts = (_fits(part, query, one, allowed, title_only) for part in clause.parts)
    return all(parts) if isinstance(clause, AllOf) else any(parts)


def _unit_fits(clause: Clause, query: Query, one: Document, unit: str, number: int) -> bool:
    """Whether a passage or sentence (0: the title) holds a clause literally; it may run on into the next one."""
    if isinstance(clause, Term):
        title, body = _where(one, widening.widened(clause, query), "literal")
        begin, end = _units(one, unit)[number]
        return bool(title) if number == 0 else any(begin <= start < end for start, _ in body)
    if isinstance(clause, Without | Near | InTitle):
        return True
    parts = (_unit_fits(part, query, one, unit, number) for part in clause.parts)
    return all(parts) if isinstance(clause, AllOf) else any(parts)


def _units(one: Document, unit: str) -> dict[int, tuple[int, int]]:
    """number -> where the unit begins and the next one does; 0 is the title."""
    begins = [at for at, _ in passages_placed(one)] if unit == "passage" else text.sentences(body_of(one))
    ends = [*begins[1:], len(body_of(one)) + 1]
    spans = list(zip(begins, ends, strict=True))
    if unit == "item":
        items = set(item_begins(one))
        return {n: (begin, end) for n, (begin, end) in enumerate(spans, 1) if items & {*range(begin, end)}}
    return {0: (0, 0)} | dict(enumerate(spans, 1))


def any_excluded(clause: Clause | None, query: Query, one: Document) -> bool:
    if isinstance(clause, Without):
        return _fits(as_typed(clause.part), query, one, _ALLOWED[:1])
    return isinstance(clause, AllOf | AnyOf) and any(any_excluded(part, query, one) for part in clause.parts)


def lacks_quoted(clause: Clause | None, one: Document) -> bool:
    """Whether a document lacks what every alternative quotes."""
    return any(term.text not in f"{title_of(one)}\0{body_of(one)}" for term in quoted_in_all(clause))


def said_by(one: Document, word: loosening.Content) -> dict[int, tuple[float, int]]:
    """passage -> how well it says the word, and how often."""
    found: dict[int, tuple[float, int]] = {}
    for words, strength in word.ways:
        for number, times in passages_with(one, words).items():
            found[number] = max(found.get(number, (0.0, 0)), (strength, times))
    return found


def lengths_of(one: Document) -> list[int]:
    """Characters of the title, which counts as none, and of each passage with the line feed that may follow it."""
    begins = [*(at for at, _ in passages_placed(one)), len(body_of(one))]
    return [0, *(after - at for at, after in pairwise(begins))]


def way_met(one: Document, term: Term, query: Query) -> str:
    wide = widening.widened(term, query)
    return next((kind for kind in _ALLOWED if any(_where(one, wide, kind))), "")


def _where(one: Document, wide: widening.Widened, kind: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The places of a kind in title and body; of words apart, their passages."""
    if kind == "scattered":
        places = set(passages_with(one, wide.words)) if wide.words else set()
        return [(0, 0)] * (0 in places), [(n, n) for n in places if n]
    others = tuple(one for one in wide.synonyms if one not in wide.names)
    strings = {"name": wide.names, "punctuation": wide.signs, "synonym": others, "typo": wide.typos}.get(
        kind, wide.literals
    )
    title, body = _all(title_of(one), strings), _all(body_of(one), strings)
    if kind == "typo" or not (wide.whole or kind in ("name", "synonym")):
        return ([], []) if kind == "crossed" else (title, body)
    ends = BOTH if kind in ("name", "synonym") else wide.whole
    title_cuts, body_cuts = title_edges(one), body_edges(one)
    crossed = kind == "crossed"
    return (
        [(a, b) for a, b in title if text.is_whole(title_cuts, *ends.of(a, b)) != crossed],
        [(a, b) for a, b in body if text.is_whole(body_cuts, *ends.of(a, b)) != crossed],
    )


def content_of(one: Document) -> str:
    return written_content(content_words([title_of(one), *(text.fold(passage.text) for passage in one.passages)]))


def title_edges(one: Document) -> bytes:
    return _edges(title_of(one), ((0, title_of(one)),))


def body_edges(one: Document) -> bytes:
    return _edges(body_of(one), tuple(passages_placed(one)))


# The same texts are asked for with each term of each query: cut once, half the tests' time is saved.
_kept = lru_cache(maxsize=1 << 12)


@_kept
def _edges(whole: str, placed: tuple[tuple[int, str], ...]) -> bytes:
    found = [(token.text, at + token.start) for at, piece in placed for token in text.tokens(piece, fine=False)]
    return text.cuts(whole, [word for word, _ in found], [offset for _, offset in found])


def passages_placed(one: Document) -> list[tuple[int, str]]:
    """Each passage, folded, with its offset in the body."""
    placed, at, paragraph = [], 0, 1
    for passage in one.passages:
        at += passage.paragraph != paragraph
        paragraph = passage.paragraph
        placed.append((at, text.fold(passage.text)))
        at += len(passage.text)
    return placed


def standing_of(one: Document, term: Term, query: Query, kind: str) -> list[scoring.Occurrences]:
    how = way_met(one, term, query)
    if how not in _ALLOWED[: _LOOSEST[kind]]:
        return []
    wide = widening.widened(term, query)
    kinds = {"literal": [how, "name", "synonym"], "name": [how, "synonym"]}.get(how, [how])
    places = [(each, *_where(one, wide, each)) for each in kinds]
    return [scoring.Occurrences(each, len(title), body) for each, title, body in places if title or body]


_SHOWN = {"literal": ("literal", "typo"), "name": ("name", "synonym")}


def spans_of(one: Document, terms: Iterable[Term], query: Query, kind: str) -> list[tuple[int, int]]:
    """The places in the body that are shown as occurrences: of what meets the condition."""
    allowed = _ALLOWED[: _LOOSEST[kind]]
    kinds = [(term, way_met(one, term, query)) for term in terms]
    met = [(t, how) for t, how in kinds if how in allowed and how != "scattered"]
    shown = [(t, each) for t, how in met for each in _SHOWN.get(how, (how,))]
    return [
        span
        for term, how in shown
        for span in _where(one, widening.widened(term, query), how)[1]
        if query.clause and _counts(query.clause, term, span[0], query, one, allowed)
    ]


def _counts(clause: Clause, term: Term, at: int, query: Query, one: Document, allowed: Sequence[str]) -> bool:
    """Whether the term counts where it begins at an offset."""
    if isinstance(clause, AllOf | AnyOf):
        choice = isinstance(clause, AnyOf)
        parts = [part for part in clause.parts if not choice or _fits(part, query, one, allowed)]
        return any(_counts(part, term, at, query, one, allowed) for part in parts)
    if isinstance(clause, InTitle):
        return _counts(clause.part, term, at, query, one, allowed)
    if isinstance(clause, Near):
        units = _units(one, clause.unit)
        return any(_counts_inside(clause.part, term, at, query, one, clause.unit, number) for number in units)
    return clause == term


def _counts_inside(clause: Clause, term: Term, at: int, query: Query, one: Document, unit: str, number: int) -> bool:
    """The same in a unit that has to fit the clause; a clause with a place of its own counts wherever that is."""
    if isinstance(clause, AllOf | AnyOf):
        return _unit_fits(clause, query, one, unit, number) and any(
            _counts_inside(part, term, at, query, one, unit, number) for part in clause.parts
        )
    if isinstance(clause, Near | InTitle):
        return _counts(clause, term, at, query, one, _ALLOWED[:1])
    begin, end = _units(one, unit)[number]
    return clause == term and number > 0 and begin <= at < end


def _all(where: str, strings: Iterable[str]) -> list[tuple[int, int]]:
    """The places of all strings: from the left, the longest first, none overlapping."""
    any_of = "|".join(map(re.escape, sorted(filter(None, strings), key=len, reverse=True)))
    return [found.span() for found in re.finditer(any_of, where)] if any_of else []


def passages_with(one: Document, words: tuple[str, ...]) -> dict[int, int]:
    """passage (0: the title) that holds all of the words -> how often the rarest of them."""
    pieces = [_words(piece) for piece in (title_of(one), *(text.fold(passage.text) for passage in one.passages))]
    return {n: least for n, counts in enumerate(pieces) if (least := min(counts[word] for word in words))}


@_kept
def _words(piece: str) -> Counter[str]:
    return Counter(token.text for token in text.tokens(piece, fine=True)) + Counter(text.figures(piece))


def title_of(one: Document) -> str:
    return text.fold(one.metadata.title.value)


def body_of(one: Document) -> str:
    return text.fold(one.text)
