"""The smallest engine that keeps the contract: it reads every document for every question. What a replacement has to
do is on this page; it shares no evaluation with the real ones, so that agreement is proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from search import ranking, text
from search.model import MATCHES, AllOf, Clause, Document, Match, Matches, Query, Term, Without
from search.query import positive_terms
from search.schema import FACETS, facet_values


class MemoryEngine:
    generation = "memory"

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.id: document for document in documents}
        self.documents = len(self._documents)

    def get(self, document_id: str) -> Document | None:
        return self._documents.get(document_id)

    def find(self, query: Query, *, limit: int, offset: int) -> Matches:
        kinds = {id: kind for id, one in self._documents.items() if (kind := _kind(one, query))}
        wanted = {name: {f.value for f in query.filters if f.field == name} for name in (f.name for f in FACETS)}

        def fits(id: str, but: str = "") -> bool:
            return all(
                not values or name == but or values & set(facet_values(self._documents[id], name))
                for name, values in wanted.items()
            )

        matches = [self._match(id, kind, query) for id, kind in kinds.items() if fits(id)]
        facets = {
            name: Counter(v for id in kinds if fits(id, name) for v in facet_values(self._documents[id], name))
            for name in wanted
        }
        return Matches(
            documents=len(matches),
            occurrences=sum(match.occurrences for match in matches),
            ranked=tuple(sorted(matches, key=lambda match: self._place(match, query))[offset : offset + limit]),
            facets={name: tuple(sorted(c.items(), key=lambda pair: (-pair[1], pair[0]))) for name, c in facets.items()},
        )

    def _place(self, match: Match, query: Query) -> tuple[object, ...]:
        relevance = (MATCHES.index(match.kind), -match.score, match.id)
        if query.sort == "relevance" and query.clause is not None:
            return relevance
        date = self._documents[match.id].date
        day = [int(part) for part in str(date.value).split("-")] if date else []
        return (date is None, day if query.sort == "oldest" else [-part for part in day] + [1], relevance)

    def _match(self, id: str, kind: str, query: Query) -> Match:
        one = self._documents[id]
        terms = positive_terms(query.clause)
        found = [(ev, self._rarity(term, query)) for term in terms if (ev := _evidence(one, term, query, kind))]
        mean = sum(len(other.text) for other in self._documents.values()) / len(self._documents)
        covered: set[int] = set()
        times = 0
        for start, end in sorted(_spans(one, terms, query, kind), key=lambda span: (span[0], -span[1])):
            if not covered & set(range(start, end)):
                covered |= set(range(start, end))
                times += 1
        return Match(id, kind, ranking.score(found, len(one.text), mean), times)

    def _rarity(self, term: Term, query: Query) -> float:
        return ranking.rarity(sum(bool(_how(one, term, query)) for one in self._documents.values()), self.documents)


def _kind(one: Document, query: Query) -> str | None:
    if query.clause is None:
        return "exact"
    if any(_fits(query.clause, query, one, passage) for passage in [one.title.value, *_passages(one)]) and _fits(
        query.clause, query, one, None, ("literal",)
    ):
        return "exact"
    for kind, allowed in (
        ("same_document", ("literal",)),
        ("synonym", ("literal", "synonym")),
        ("scattered", ("literal", "synonym", "scattered")),
    ):
        if _fits(query.clause, query, one, None, allowed):
            return kind
    return None


def _fits(
    clause: Clause, query: Query, one: Document, passage: str | None, allowed: tuple[str, ...] = ("literal",)
) -> bool:
    """Whether a document (passage None) or one passage of it fits; exclusions always look at the whole document."""
    if isinstance(clause, Term):
        if passage is None:
            return _how(one, clause, query) in allowed
        return _begins_in(one, passage, ranking.widened(clause, query).literals)
    if isinstance(clause, Without):
        return not _excluded(clause.part, one)
    parts = (_fits(part, query, one, passage, allowed) for part in clause.parts)
    return all(parts) if isinstance(clause, AllOf) else any(parts)


def _excluded(clause: Clause, one: Document) -> bool:
    if isinstance(clause, Term):
        return clause.text in _title(one) or clause.text in _body(one)
    if isinstance(clause, Without):
        return not _excluded(clause.part, one)
    parts = (_excluded(part, one) for part in clause.parts)
    return all(parts) if isinstance(clause, AllOf) else any(parts)


def _how(one: Document, term: Term, query: Query) -> str:
    wide = ranking.widened(term, query)
    for name, strings in (("literal", wide.literals), ("synonym", wide.synonyms)):
        if any(string in _title(one) or string in _body(one) for string in strings):
            return name
    return "scattered" if wide.words and _together(one, wide.words) else ""


def _evidence(one: Document, term: Term, query: Query, kind: str) -> ranking.Evidence | None:
    how = _how(one, term, query)
    wide = ranking.widened(term, query)
    if how == "scattered" and kind == "scattered":
        places = _together(one, wide.words)
        return ranking.Evidence(how, int(0 in places), len(places - {0}))
    if how == "literal" or (how == "synonym" and kind in ("synonym", "scattered")):
        strings = wide.literals if how == "literal" else wide.synonyms
        return ranking.Evidence(how, len(_all(_title(one), strings)), len(_all(_body(one), strings)))
    return None


def _spans(one: Document, terms: Iterable[Term], query: Query, kind: str) -> list[tuple[int, int]]:
    spans = []
    for term in terms:
        wide, how = ranking.widened(term, query), _how(one, term, query)
        loose = kind in ("synonym", "scattered")
        strings = wide.literals if how == "literal" else wide.synonyms if how == "synonym" and loose else ()
        spans += _all(_body(one), strings)
    return spans


def _all(where: str, strings: Iterable[str]) -> list[tuple[int, int]]:
    """The places of all strings: from the left, the longest first, none overlapping."""
    spans, at = [], 0
    while at < len(where):
        longest = max((len(string) for string in strings if where.startswith(string, at)), default=0)
        if longest:
            spans.append((at, at + longest))
        at += longest or 1
    return spans


def _together(one: Document, words: tuple[str, ...]) -> set[int]:
    pieces = [_title(one), *(text.fold(passage.text) for passage in one.passages)]
    return {n for n, piece in enumerate(pieces) if {t.text for t in text.tokens(piece, fine=True)}.issuperset(words)}


def _begins_in(one: Document, passage: str, strings: tuple[str, ...]) -> bool:
    """Whether one of the strings begins in this passage; it may run on into the next one of the paragraph."""
    if passage is one.title.value:
        return any(string in _title(one) for string in strings)
    body, at = _body(one), 0
    for other, following in zip(one.passages, (*one.passages[1:], None), strict=True):
        end = at + len(other.text)
        if other.text is passage and any(at <= start < end for start, _ in _all(body, strings)):
            return True
        at = end + (following is not None and following.paragraph != other.paragraph)
    return False


def _passages(one: Document) -> list[str]:
    return [passage.text for passage in one.passages]


def _title(one: Document) -> str:
    return text.fold(one.title.value)


def _body(one: Document) -> str:
    return text.fold(one.text)
