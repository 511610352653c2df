"""A question answered by set algebra over postings, for engines that can list them. Knows no engine."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from search import ranking
from search.model import MATCHES, AllOf, Clause, Filter, Match, Matches, Query, Span, Term, Without
from search.query import positive_terms
from search.schema import FACETS
from search.snippets import disjoint

Documents = frozenset[int]
# document -> where it occurs, ascending, not overlapping
Spots = Mapping[int, Sequence[Span]]


class Postings(Protocol):
    """What an engine lists. Documents are small numbers of its own; offsets count characters of the body."""

    def literal(self, text: str, *, title: bool) -> Mapping[int, Sequence[int]]:
        """document -> the offsets where a folded string begins in its title or body; as str.count() would count."""
        ...

    def together(self, words: tuple[str, ...]) -> Mapping[int, frozenset[int]]:
        """document -> the passages (0: the title) that hold all of these words."""
        ...

    def passages(self, document: int) -> Sequence[int]:
        """The offset at which each passage of the body begins."""
        ...

    def everything(self) -> Documents: ...

    def facet(self, field: str) -> Mapping[str, Documents]: ...

    def dates(self) -> Mapping[int, str]:
        """2024-02-21, 2024-02 or 2024 of the documents that have a date."""
        ...

    def length(self, document: int) -> int: ...

    def mean_length(self) -> float: ...

    def name(self, document: int) -> str:
        """The document's id."""
        ...


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found of one term: per document the offsets of its own strings, synonyms, and passages of its words."""

    literal_title: Spots
    literal: Spots
    synonym_title: Spots
    synonym: Spots
    scattered: Mapping[int, frozenset[int]]

    def within(self, tier: int) -> set[int]:
        found = set(self.literal) | set(self.literal_title)
        if tier >= _SYNONYM:
            found |= set(self.synonym) | set(self.synonym_title)
        if tier >= _SCATTERED:
            found |= set(self.scattered)
        return found

    def shown(self, doc: int, tier: int) -> Sequence[Span]:
        """The places in the body that count as occurrences: of the term itself, else of its synonyms."""
        if doc in self.literal or doc in self.literal_title or tier < _SYNONYM:
            return self.literal.get(doc, ())
        return self.synonym.get(doc, ())

    def evidence(self, doc: int, tier: int) -> ranking.Evidence | None:
        """The strictest kind of string the document holds, if tier allows that kind."""
        title, body = len(self.literal_title.get(doc, ())), len(self.literal.get(doc, ()))
        if title or body:
            return ranking.Evidence("literal", title, body)
        title, body = len(self.synonym_title.get(doc, ())), len(self.synonym.get(doc, ()))
        if tier >= _SYNONYM and (title or body):
            return ranking.Evidence("synonym", title, body)
        passages = self.scattered.get(doc, frozenset()) if tier >= _SCATTERED else frozenset()
        return ranking.Evidence("scattered", int(0 in passages), len(passages - {0})) if passages else None


_EXACT, _SAME, _SYNONYM, _SCATTERED = (MATCHES.index(k) for k in ("exact", "same_document", "synonym", "scattered"))


def find(postings: Postings, query: Query, *, limit: int, offset: int) -> Matches:
    """Tiers, scores, totals, facets and order of a question."""
    terms = positive_terms(query.clause)
    found = {term: _look(postings, ranking.widened(term, query)) for term in terms}
    tiers = _tiers(postings, query.clause, found)
    chosen = _filtered(postings, query.filters)
    kept = {doc: tier for doc, tier in tiers.items() if doc in chosen}
    matches = _scored(postings, found, kept)
    ranked = _ordered(postings, matches, query)
    return Matches(
        documents=len(kept),
        occurrences=sum(match.occurrences for match in matches.values()),
        ranked=tuple(matches[doc] for doc in ranked[offset : offset + limit]),
        facets=_facets(postings, frozenset(tiers), query.filters),
    )


# --- which documents, and how well they fit ------------------------------------------------------------


def _look(postings: Postings, term: ranking.Widened) -> _Found:
    return _Found(
        literal_title=_any_of(postings, term.literals, title=True),
        literal=_any_of(postings, term.literals, title=False),
        synonym_title=_any_of(postings, term.synonyms, title=True),
        synonym=_any_of(postings, term.synonyms, title=False),
        scattered=postings.together(term.words) if term.words else {},
    )


def _any_of(postings: Postings, strings: tuple[str, ...], *, title: bool) -> Spots:
    """The places of several strings, overlapping ones (低保, 农村低保) once."""
    places: dict[int, list[Span]] = {}
    for string in strings:
        for doc, starts in postings.literal(string, title=title).items():
            places.setdefault(doc, []).extend((start, start + len(string)) for start in starts)
    return {doc: disjoint(spans) for doc, spans in places.items()} if len(strings) > 1 else places


def _tiers(postings: Postings, clause: Clause | None, found: Mapping[Term, _Found]) -> dict[int, int]:
    """document -> the strictest tier it fits; a question without a clause fits everything exactly."""
    if clause is None:
        return dict.fromkeys(postings.everything(), _EXACT)
    tiers: dict[int, int] = {}
    for tier in (_SCATTERED, _SYNONYM, _SAME):
        for doc in _fitting(postings, clause, found, tier):
            tiers[doc] = tier
    for doc in _in_one_passage(postings, clause, found, [doc for doc, tier in tiers.items() if tier == _SAME]):
        tiers[doc] = _EXACT
    return tiers


def _fitting(postings: Postings, clause: Clause, found: Mapping[Term, _Found], tier: int) -> set[int]:
    """The documents that fit a clause when its terms may be met as loosely as tier says."""
    if isinstance(clause, Term):
        return found[clause].within(tier)
    if isinstance(clause, Without):
        return set(postings.everything()) - _literally(postings, clause.part)
    parts = [_fitting(postings, part, found, tier) for part in clause.parts]
    return set.intersection(*parts) if isinstance(clause, AllOf) else set.union(*parts)


def _literally(postings: Postings, clause: Clause) -> set[int]:
    """What is excluded is excluded by its own characters only, in title or body."""
    if isinstance(clause, Term):
        return set(postings.literal(clause.text, title=False)) | set(postings.literal(clause.text, title=True))
    if isinstance(clause, Without):
        return set(postings.everything()) - _literally(postings, clause.part)
    parts = [_literally(postings, part) for part in clause.parts]
    return set.intersection(*parts) if isinstance(clause, AllOf) else set.union(*parts)


def _in_one_passage(
    postings: Postings, clause: Clause, found: Mapping[Term, _Found], candidates: list[int]
) -> list[int]:
    """Those candidates of which one passage, or the title, holds the whole clause literally."""
    if isinstance(clause, Term):
        return candidates
    return [doc for doc in candidates if _passages_of(postings, clause, found, doc)]


def _passages_of(postings: Postings, clause: Clause, found: Mapping[Term, _Found], doc: int) -> frozenset[int]:
    """The passages (0: the title) of a document that fit a clause; an exclusion is the whole document's."""
    if isinstance(clause, Term):
        begins = postings.passages(doc)
        inside = {bisect_right(begins, start) for start, _ in found[clause].literal.get(doc, ())}
        return frozenset(inside | ({0} if doc in found[clause].literal_title else set()))
    if isinstance(clause, Without):
        return frozenset(range(len(postings.passages(doc)) + 1))
    parts = [_passages_of(postings, part, found, doc) for part in clause.parts]
    return frozenset.intersection(*parts) if isinstance(clause, AllOf) else frozenset.union(*parts)


# --- scores and order ----------------------------------------------------------------------------------


def _scored(postings: Postings, found: Mapping[Term, _Found], tiers: Mapping[int, int]) -> dict[int, Match]:
    documents = len(postings.everything())
    mean = postings.mean_length()
    weights = {term: ranking.rarity(len(spots.within(_SCATTERED)), documents) for term, spots in found.items()}
    matches = {}
    for doc, tier in tiers.items():
        seen = [(spots.evidence(doc, tier), weights[term]) for term, spots in found.items()]
        evidence = [(one, weight) for one, weight in seen if one]
        matches[doc] = Match(
            id=postings.name(doc),
            kind=MATCHES[tier],
            score=ranking.score(evidence, postings.length(doc), mean),
            occurrences=len(disjoint([span for spots in found.values() for span in spots.shown(doc, tier)])),
        )
    return matches


def _ordered(postings: Postings, matches: Mapping[int, Match], query: Query) -> list[int]:
    """By tier and score, or by date with the undated last; what is equal stands in the order of the ids."""

    def by_relevance(doc: int) -> tuple[int, float, str]:
        match = matches[doc]
        return MATCHES.index(match.kind), -match.score, match.id

    best_first = sorted(matches, key=by_relevance)
    if query.sort == "relevance" and query.clause is not None:
        return best_first
    dates = postings.dates()
    dated = [doc for doc in best_first if doc in dates]
    undated = [doc for doc in best_first if doc not in dates]
    return sorted(dated, key=lambda doc: dates[doc], reverse=query.sort != "oldest") + undated


# --- filters and facets --------------------------------------------------------------------------------


def _filtered(postings: Postings, filters: Sequence[Filter]) -> Documents:
    """Every field chosen must fit, by any one of its chosen values."""
    kept = postings.everything()
    for field in {item.field for item in filters}:
        values = postings.facet(field)
        kept &= frozenset().union(*(values.get(item.value, frozenset()) for item in filters if item.field == field))
    return kept


def _facets(postings: Postings, found: Documents, filters: Sequence[Filter]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Counts a field under the filters of the other fields, most frequent first, zeros left out."""
    facets = {}
    for field in FACETS:
        rest = found & _filtered(postings, [item for item in filters if item.field != field.name])
        counts = ((value, len(docs & rest)) for value, docs in postings.facet(field.name).items())
        facets[field.name] = tuple(sorted((pair for pair in counts if pair[1]), key=lambda pair: (-pair[1], pair[0])))
    return facets
