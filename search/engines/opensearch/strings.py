"""Strings, the ways a term is met, and clauses, as queries of the cluster.

Whether something is found is asked with filters; how often with queries whose score is a number of occurrences, made by
the similarity `often` of mapping.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from search.engines.opensearch import tokens
from search.engines.opensearch.functions import MOST_ORDERING, at_least, clauses, weight
from search.engines.opensearch.mapping import Json
from search.matching import widening
from search.matching.matches import CALLED, CROSSED, EXACT, KINDS, SAME
from search.matching.spans import NEITHER, Ends
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
    excluded_terms,
    positive_terms,
)

EVERYTHING: Json = {"match_all": {}}
NOTHING: Json = {"match_none": {}}
# Of the 1,024 clauses that the cluster takes in a query.
_MOST_PAIRS = 240
TITLE, BODY = "title_grams", "grams"
_MARKS = {"passage": tokens.PASSAGE, "sentence": tokens.SENTENCE, "item": tokens.ITEM}


def all_of(queries: Iterable[Json], but: Iterable[Json] = (), should: Iterable[Json] = ()) -> Json:
    """A filter: all of the queries, none of the others; `should` gives it a score."""
    parts = {"filter": [*queries], "must_not": [*but], "should": [*should]}
    return {"bool": {name: found for name, found in parts.items() if found}} if any(parts.values()) else EVERYTHING


def any_of(queries: Iterable[Json]) -> Json:
    found = list(queries)
    return found[0] if len(found) == 1 else {"bool": {"should": found}} if found else NOTHING


def _both(query: Json, other: Json) -> Json:
    """The documents of two queries; counted by themselves where they are many clauses."""
    found = all_of([query, other])
    return found if clauses(found) <= MOST_ORDERING else at_least(query, [weight(other)], 0.5)


def _either(query: Json, other: Json) -> Json:
    """The documents of any of two queries; counted by themselves where they are many clauses."""
    found = any_of([query, other])
    return found if clauses(found) <= MOST_ORDERING else at_least(EVERYTHING, map(weight, (query, other)), 0.5)


def constant(query: Json, boost: float = 1.0) -> Json:
    return {"constant_score": {"filter": query, "boost": boost}}


# --- strings -------------------------------------------------------------------------------------------


def string(text: str, ends: Ends, field: str, boost: float = 1.0) -> Json:
    """Where a folded string stands; scores boost for each place, those that overlap too."""
    found = _tokens(text, ends)
    if len(text) < 3:
        return {"term": {field if len(text) == 2 else f"{field}_single": {"value": found[0], "boost": boost}}}
    # The terms of a phrase add up.
    return {"match_phrase": {field: {"query": " ".join(found), "boost": boost / len(found)}}}


def _tokens(text: str, ends: Ends) -> list[str]:
    """The pairs of a string, or its one character, with the edges that have to be edges of words."""
    chars = tokens.plain(text)
    found = [chars[at : at + 2] for at in range(len(chars) - 1)] or [chars]
    found[0] = (tokens.BEGINS if ends.begin else "") + found[0]
    found[-1] += tokens.ENDS if ends.end else ""
    return found


def _start(text: str, ends: Ends, reach: int) -> Json:
    """The offsets at which a string begins, as an interval source. Of one of more pairs than reach the first and the
    last are looked for, so far apart as they are in it."""
    found = _tokens(text, ends)
    if len(text) == 1:
        return {"match": {"query": found[0], "use_field": f"{BODY}_single"}}
    first: Json = {"query": found[0]}
    if len(found) > 1:
        left_out = max(0, len(found) - reach)
        at = (reach + 1) // 2
        told = " ".join([*found[:at], *found[at + left_out :]])
        whole = {"match": {"query": told, "max_gaps": left_out, "mode": "ordered"}}
        first["filter"] = {"contained_by": whole}
    return {"match": first}


# --- the ways a term is met ----------------------------------------------------------------------------


def words_together(words: Sequence[str], more: Sequence[Json] = ()) -> Json:
    """The passages that hold all of these words."""
    return all_of([*({"term": {"passages.words": tokens.plain(word)}} for word in words), *more])


def in_passage(query: Json, score: str = "none") -> Json:
    return {"nested": {"path": "passages", "query": query, "score_mode": score}}


IN_TITLE: Json = {"term": {"passages.n": 0}}


def strings_of(wide: widening.Widened, kind: str) -> tuple[tuple[str, ...], Ends]:
    """The strings of a kind, and the ends that have to be edges of words. Crossed are the literals wherever they are:
    asked for where no stricter kind is met."""
    return (wide.literals if wide.whole else (), NEITHER) if kind == "crossed" else wide.strings[kind]


def _may_be_met(wide: widening.Widened, kind: str) -> bool:
    return bool(wide.words if kind == "scattered" else strings_of(wide, kind)[0])


def held(wide: widening.Widened, kind: str, *, title_only: bool = False) -> Json:
    if kind == "scattered":
        return in_passage(words_together(wide.words, [IN_TITLE] if title_only else [])) if wide.words else NOTHING
    strings, ends = strings_of(wide, kind)
    return any_of(string(one, ends, field) for field in (TITLE, BODY)[: 2 - title_only] for one in strings)


def times(wide: widening.Widened, kind: str, in_title: float, in_body: float) -> list[Json]:
    """Queries whose scores add up to the occurrences in title and body, each weighted."""
    weights = [(TITLE, in_title), (BODY, in_body)]
    if kind == "scattered":
        titled = constant(words_together(wide.words, [IN_TITLE]), in_title)
        others = constant(all_of([words_together(wide.words)], [IN_TITLE]), in_body)
        return [in_passage(titled, "sum"), in_passage(others, "sum")] if wide.words else []
    strings, ends = strings_of(wide, kind)
    return [string(one, ends, field, weight) for field, weight in weights if weight for one in strings]


# --- clauses -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Translation:
    """The clauses of a query; missing: the (term, kind) that no document holds, which need not be asked for again."""

    query: Query
    missing: frozenset[tuple[Term, str]] = frozenset()
    tiers: frozenset[int] = frozenset(range(len(CALLED)))  # those that some document fits, or all

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        return positive_terms(self.query.clause)

    @cached_property
    def named(self) -> tuple[Term, ...]:
        return tuple(dict.fromkeys((*self.terms, *excluded_terms(self.query.clause))))

    @cached_property
    def _reach(self) -> int:
        """Pairs of a string that are looked for where its place matters: all, but where there are very many."""
        return max(2, _MOST_PAIRS // max(1, sum(len(self.wide(term).literals) for term in self.named)))

    def wide(self, term: Term) -> widening.Widened:
        return self._wide[term]

    @cached_property
    def _wide(self) -> dict[Term, widening.Widened]:
        return {term: widening.widened(term, self.query) for term in self.named}

    def kinds(self, term: Term, tier: int = CROSSED) -> list[str]:
        """The kinds that are good enough for a tier, strictest first."""
        return [kind for kind, least in self._kinds[term] if least <= max(tier, SAME)]

    @cached_property
    def _kinds(self) -> dict[Term, list[tuple[str, int]]]:
        """term -> the kinds that some document may hold, with the tier from which on each is good enough."""
        return {
            term: [one for one in KINDS if _may_be_met(wide, one[0]) and (term, one[0]) not in self.missing]
            for term, wide in self._wide.items()
        }

    def held(self, term: Term, kind: str, *, title_only: bool = False) -> Json:
        """held() of a term; it stands in the queries of each tier, and is written once."""
        key = (term, kind, title_only)
        if key not in self._held:
            self._held[key] = held(self.wide(term), kind, title_only=title_only)
        return self._held[key]

    @cached_property
    def _held(self) -> dict[tuple[Term, str, bool], Json]:
        return {}

    def within(self, term: Term, tier: int, *, title_only: bool = False) -> Json:
        return any_of(self.held(term, kind, title_only=title_only) for kind in self.kinds(term, tier))

    def fits(self, tier: int) -> Json:
        """The documents of a tier and of all stricter ones."""
        if tier not in self._fitting:
            self._fitting[tier] = self._fits(tier)
        return self._fitting[tier]

    @cached_property
    def _fitting(self) -> dict[int, Json]:
        """What fits() has said: of alternatives each is asked for each tier."""
        return {}

    def _fits(self, tier: int) -> Json:
        clause = self.query.clause
        if clause is None:
            return EVERYTHING
        if tier > EXACT:
            return self.fitting(clause, tier)
        exact = isinstance(clause, Term | Near | InTitle)
        literally = self.fitting(clause, SAME)
        return literally if exact else _both(literally, self._in_one(clause, "passage"))

    def unwanted(self, clause: Clause | None) -> list[Json]:
        """What any exclusion of the query, at any depth, names."""
        if isinstance(clause, Without):
            return [self.fitting(as_typed(clause.part), SAME)]
        if isinstance(clause, AllOf | AnyOf):
            return [one for part in clause.parts for one in self.unwanted(part)]
        return []

    def fitting(self, clause: Clause, tier: int, *, title_only: bool = False) -> Json:
        if isinstance(clause, Term):
            return self.within(clause, tier, title_only=title_only)
        if isinstance(clause, Without):
            return all_of([], [self.fitting(as_typed(clause.part), SAME, title_only=title_only)])
        if isinstance(clause, InTitle):
            return self.fitting(clause.part, tier, title_only=True)
        if isinstance(clause, Near):
            near = self.fitting(clause.part, SAME, title_only=title_only)
            return _both(near, self._in_one(clause.part, clause.unit))
        parts = [self.fitting(part, tier, title_only=title_only) for part in clause.parts]
        return all_of(parts) if isinstance(clause, AllOf) else any_of(parts)

    def _in_one(self, clause: Clause, unit: str) -> Json:
        """The documents of which one unit, or the title, holds a clause literally."""
        source = self._source(clause)
        if source is None:
            return EVERYTHING
        first, last, single = _MARKS[unit]
        ordered = {"mode": "ordered", "intervals": [{"match": {"query": first}}, {"match": {"query": last}}]}
        one = {"any_of": {"intervals": [{"all_of": ordered}, {"match": {"query": single}}]}}
        inside = {"mode": "unordered", "intervals": [source], "filter": {"contained_by": one}}
        found: Json = {"intervals": {BODY: {"all_of": inside}}}
        return found if unit == "item" else _either(found, self._in_title(clause))

    def _source(self, clause: Clause) -> Json | None:
        """Where the terms of a clause begin; None where it is fitted everywhere."""
        if isinstance(clause, Term):
            wide = self.wide(clause)
            return {"any_of": {"intervals": [_start(one, wide.whole, self._reach) for one in wide.literals]}}
        if isinstance(clause, AllOf | AnyOf):
            found = [self._source(part) for part in clause.parts]
            # The same one twice would have to be there twice.
            sources = [one for at, one in enumerate(found) if one is not None and one not in found[:at]]
            if isinstance(clause, AnyOf):
                return {"any_of": {"intervals": sources}} if None not in found else None
            return {"all_of": {"mode": "unordered", "intervals": sources}} if sources else None
        return None

    def _in_title(self, clause: Clause) -> Json:
        if isinstance(clause, Term):
            return self.held(clause, "literal", title_only=True)
        if isinstance(clause, AllOf | AnyOf):
            parts = [self._in_title(part) for part in clause.parts]
            return all_of(parts) if isinstance(clause, AllOf) else any_of(parts)
        return EVERYTHING
