"""Cards as plain as they can be made: the passages that hold most of what was asked, their sentences, the marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from search import text
from search.documents.document import Span
from search.matching.spans import Ends, disjoint

PASSAGES = 5  # as on a card of the results page: three, and two folded away
_LONGEST, _AROUND = 200, 60  # characters of what is quoted, and on either side of a mark in a longer sentence

# The ways in which a term may stand in a text, strictest first: strings, and the ends at which words must end there.
Ways = Sequence[tuple[Sequence[str], Ends]]


@dataclass(frozen=True, slots=True)
class Text:
    """What marks are looked for in: as it is shown, as it is compared, and where words may end (text.cuts())."""

    shown: str
    folded: str
    cuts: bytes


@dataclass(frozen=True, slots=True)
class Quoted:
    """What is quoted of a passage, counted from 1; marks are half-open offsets into text."""

    number: int
    text: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    title: str
    title_marks: tuple[Span, ...]
    facts: Mapping[str, str]
    way: str  # in which it was found
    passages: tuple[Quoted, ...]


def marked(title: Text, body: Text, terms: Sequence[Ways]) -> tuple[tuple[Span, ...], tuple[Quoted, ...]]:
    """The marks of the title, and the passages (lines of the body) with most of the terms; its beginning where none is
    in any."""
    of_title, of_body = list[Span](), list[Span]()
    for ways in terms:
        for strings, whole in ways:
            one, other = _spans(title, strings, whole), _spans(body, strings, whole)
            if one or other:
                of_title += one
                of_body += other
                break
    found = _by_passage(body.folded, disjoint(of_body))
    best = sorted(found, key=lambda one: (-len({body.folded[a:b] for a, b in one[1]}), -len(one[1]), one[0]))
    quoted = [_quoted(body, within, spans) for within, spans in best[:PASSAGES]]
    if not quoted:
        end = body.shown.find("\n")
        quoted = [Quoted(1, body.shown[: min(_LONGEST, end if end >= 0 else _LONGEST)], ())]
    return tuple(disjoint(of_title)), tuple(quoted)


def _spans(one: Text, strings: Sequence[str], whole: Ends) -> list[Span]:
    spans = [(at, at + len(string)) for string in strings for at in _starts(one.folded, string)]
    return [span for span in spans if text.is_whole(one.cuts, *whole.of(*span))] if whole and spans else spans


def _starts(folded: str, string: str) -> Iterator[int]:
    at = folded.find(string)
    while at >= 0:
        yield at
        at = folded.find(string, at + len(string))


def _by_passage(folded: str, spans: Sequence[Span]) -> list[tuple[Span, list[Span]]]:
    """The passages that hold any of the spans (ascending), each with its own."""
    found: list[tuple[Span, list[Span]]] = []
    end = -1
    for span in spans:
        if span[0] >= end:
            begin, end = folded.rfind("\n", 0, span[0]) + 1, folded.find("\n", span[0])
            end = end if end >= 0 else len(folded)
            found.append(((begin, end), []))
        found[-1][1].append(span)
    return found


def _quoted(body: Text, within: Span, spans: Sequence[Span]) -> Quoted:
    """The sentences from the first mark to the last, or what of them is around the first where that is too long."""
    first, last = spans[0][0], spans[-1][1]
    begin = body.folded.rfind("。", within[0], first) + 1 or within[0]
    end = body.folded.find("。", last, within[1]) + 1 or within[1]
    if end - begin > _LONGEST:
        begin = max(begin, first - _AROUND)
        end = min(end, begin + _LONGEST)
    before, after = "…" if begin > within[0] else "", "…" if end < within[1] else ""
    shift = len(before) - begin
    marks = tuple((a + shift, b + shift) for a, b in spans if b <= end)
    number = body.shown.count("\n", 0, within[0]) + 1
    return Quoted(number, f"{before}{body.shown[begin:end]}{after}", marks)
