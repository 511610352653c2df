"""One query as one or two rounds of searches: what is counted first, what is asked then, what is answered.

A generator: it yields the bodies of the searches of a round and is sent their answers, so that several queries share
their rounds. The first round counts, of all documents, whatever filters there are: how many hold each term and fit each
tier. With that known, the second asks for the first documents, the totals, and what is met in part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from search.engines.opensearch import ranking
from search.engines.opensearch.candidates import Candidate, CandidatePostings
from search.engines.opensearch.loosened import Loose, said
from search.engines.opensearch.mapping import Json
from search.engines.opensearch.strings import NOTHING, Translation, all_of, any_of, held
from search.index.schema import FACETS, LISTED
from search.matching import evaluation, loosening, partial, scoring, widening
from search.matching.matches import CROSSED, KINDS, MATCHES, PARTIAL, SCATTERED, SYNONYM, TYPO, Matches, Tier
from search.matching.postings import Statistics
from search.query.clauses import LATE, RANGE, RANGED, Filter, Query, Term

_T = TypeVar("_T")
Rounds = Generator[list[Json], list[Json], _T]

# Documents taken beyond those that are needed: points are rounded in the cluster.
_MORE = 10
# Values of a facet, groups of near-duplicates; with more the counts would be of the most frequent only.
_MOST_VALUES = 10_000
# Documents that one search may ask for (index.max_result_window).
_MOST_HITS = 100_000
# The searches for documents that fit a query whole.
_OF_STRICT = ("relevance", "dated", "scraps, dated")
# The name of what a document also fits.
_CROSSED = "crossed"


@dataclass(frozen=True, slots=True)
class Counted:
    """What the first round says of a query without its filters: documents by tier, by term and by content word, and the
    kinds of terms that no document holds."""

    tiers: Mapping[int, int]
    terms: Mapping[Term, int]
    words: Sequence[int]
    missing: frozenset[tuple[Term, str]]


def matches(
    query: Query, documents: int, mean_length: float, known: dict[Query, Counted], *, limit: int, offset: int
) -> Rounds[Matches]:
    """known: what first rounds have said, by query without filters, order and page; what is said now is added."""
    counted = yield from _first(query, known)
    return (yield from _Asked(query, documents, mean_length, counted).rounds(limit, offset))


def total(query: Query, documents: int, mean_length: float, known: dict[Query, Counted]) -> Rounds[int]:
    """Matches.documents alone: no document is looked at, but where only the best of those met in part are listed."""
    counted = yield from _first(query, known)
    asked = _Asked(query, documents, mean_length, counted)
    if asked.few:
        return (yield from asked.rounds(0, 0)).documents
    if not (asked.loose or query.filters):
        return asked.found
    (answer,) = yield [asked.all()]
    return int(answer["hits"]["total"]["value"])


def _first(query: Query, known: dict[Query, Counted]) -> Rounds[Counted]:
    bare = replace(query, raw="", text="", filters=(), sort="relevance", page=1, notes=())
    if bare not in known:
        (answer,) = yield [counting(query)]
        known[bare] = read(query, answer)
    return known[bare]


# --- the first round -----------------------------------------------------------------------------------


def content_words(query: Query) -> tuple[loosening.Content, ...]:
    loose = loosening.loosened(query, found=0, met=0)
    return loose.words if loose else ()


def counting(query: Query) -> Json:
    asked = Translation(query)
    filters = {f"tier {tier}": asked.fits(tier) for tier in _TIERS}
    for number, term in enumerate(asked.named):
        filters[f"term {number}"] = asked.within(term, CROSSED)
        filters |= {f"kind {number} {kind}": held(asked.wide(term), kind) for kind in asked.kinds(term)}
    filters |= {f"word {number}": said(word) for number, word in enumerate(content_words(query))}
    return {"size": 0, "track_total_hits": False, "aggs": {"counts": {"filters": {"filters": filters}}}}


_TIERS = tuple(dict.fromkeys((0, *(tier for _, tier in KINDS))))


def read(query: Query, answer: Json) -> Counted:
    found = {name: one["doc_count"] for name, one in answer["aggregations"]["counts"]["buckets"].items()}
    asked = Translation(query)
    return Counted(
        tiers={tier: found[f"tier {tier}"] for tier in _TIERS},
        terms={term: found[f"term {number}"] for number, term in enumerate(asked.named)},
        words=[found[f"word {number}"] for number in range(len(content_words(query)))],
        missing=frozenset(
            (term, kind)
            for number, term in enumerate(asked.named)
            for kind in asked.kinds(term)
            if not found[f"kind {number} {kind}"]
        ),
    )


# --- the second round ----------------------------------------------------------------------------------


class _Asked:
    """A query of which the first round is known."""

    def __init__(self, query: Query, documents: int, mean_length: float, counted: Counted) -> None:
        self.query = query
        self._counted = counted
        there = frozenset(tier for tier, number in counted.tiers.items() if number)
        self.translation = Translation(query, counted.missing, there)
        held: dict[widening.Widened | loosening.Content, int] = {
            self.translation.wide(term): number for term, number in counted.terms.items()
        }
        held.update(zip(content_words(query), counted.words, strict=True))
        self.statistics = Statistics(documents, mean_length, held)
        self._listed = TYPO if counted.tiers[TYPO] else CROSSED
        self.found = counted.tiers[self._listed]
        met = counted.tiers[SYNONYM] if self._listed == TYPO else 0
        how = loosening.loosened(query, found=self.found, met=met)
        if how:
            weights = [self.statistics.rarity(word, 0) for word in how.words]
            self.loose: Loose | None = Loose(how, weights, [number > 0 for number in counted.words], mean_length)
        else:
            self.loose = None

    def rounds(self, limit: int, offset: int) -> Rounds[Matches]:
        wanted = offset + limit
        size = max(scoring.CANDIDATES, wanted) + _MORE
        # Where the cluster cannot count occurrences they are counted here, of all.
        size = size if self.counts else max(size, self.found)
        while True:
            names, bodies = zip(*self._searches(size).items(), strict=True)
            answers = yield [*bodies]
            page = _Page(self, dict(zip(names, answers, strict=True)), size)
            if page.complete or len(page.cards) >= wanted or size >= _MOST_HITS:
                return page.matches(limit, offset)
            size = min(_MOST_HITS, 2 * size)

    @cached_property
    def counts(self) -> tuple[list[Json], Json] | None:
        """What counts occurrences, as ranking.occurrences() gives it."""
        return ranking.occurrences(self.translation)

    @cached_property
    def tiers(self) -> dict[int, Json]:
        """The documents of each tier that are listed, and of none that is stricter."""
        fits = {
            tier: self.translation.fits(tier) for tier in _TIERS if tier <= self._listed and self._counted.tiers[tier]
        }
        stricter = [None, *fits.values()]
        return {
            tier: all_of([query], [before] if before else [])
            for (tier, query), before in zip(fits.items(), stricter, strict=False)
        }

    @cached_property
    def _strict(self) -> Json:
        """The documents that fit the query, without its filters."""
        return self.translation.fits(self._listed) if self.found else NOTHING

    @cached_property
    def _partly(self) -> Json:
        unwanted = self.translation.unwanted(self.query.clause)
        return self.loose.enough([self._strict, *unwanted]) if self.loose else NOTHING

    @property
    def few(self) -> int:
        """How many of those met in part may be listed; 0 for all."""
        return (self.loose and self.loose.how.most) or 0

    def _searches(self, size: int) -> dict[str, Json]:
        found = {"totals": self._totals()}
        if (left_out := self._left_out()) != NOTHING:
            found["left out"] = {"size": 0, "query": left_out, "track_total_hits": True}
        if self.query.clause is not None and self.found:
            found["relevance"] = self._by_relevance(size)
        if self._by_date and self.found:
            found |= self._dated(size)
        if self.loose:
            found["in part"] = self._in_part(self.few + _MORE if self.few else size)
            if self._by_date and not self.few:
                found["in part, dated"] = self._in_part(size, dated=True)
        return found

    @property
    def _by_date(self) -> bool:
        return self.query.sort != "relevance" or self.query.clause is None

    @cached_property
    def _scored_with(self) -> tuple[str, ...]:
        """The words of a document are half of what is sent, and asked for only where words may stand apart."""
        apart = any("scattered" in self.translation.kinds(term) for term in self.translation.terms)
        return ("candidate", "candidate_words") if apart or self.loose else ("candidate",)

    def _hits(self, query: Json, size: int, *, dated: bool = False, facets: bool = False) -> Json:
        sort: list[Json] = [{"_score": "desc"}, {"id": "asc"}]
        if dated:
            order = "asc" if self.query.sort == "oldest" else "desc"
            sort.insert(0, {"date": {"order": order, "missing": "_last"}})
        fields = ["id", "date", "group", *self._scored_with, *(field.name for field in FACETS if facets)]
        return {
            "size": size,
            "query": query,
            "sort": sort,
            "track_total_hits": True,
            "_source": False,
            "docvalue_fields": fields,
        }

    def _by_relevance(self, size: int) -> Json:
        return self._hits(self._scored(), size)

    def _dated(self, size: int) -> dict[str, Json]:
        """Where there are scraps beside others, each by themselves: they stand last, whatever their dates."""
        if self._counted.tiers[SCATTERED] in (0, self.found):
            return {"dated": self._hits(self._scored(), size, dated=True)}
        better = self.translation.fits(SCATTERED)
        return {
            "dated": self._hits(self._scored([better]), size, dated=True),
            "scraps, dated": self._hits(self._scored([], [better]), size, dated=True),
        }

    def _scored(self, more: Sequence[Json] = (), but: Sequence[Json] = ()) -> Json:
        rarities = {term: self.statistics.rarity(self.translation.wide(term), 0) for term in self.translation.terms}
        order = ranking.order(self.translation, rarities, self.statistics.mean_length) if self.query.clause else []
        return all_of([self._strict, _fitting(self.query.filters), *more], but, should=order)

    def _in_part(self, size: int, *, dated: bool = False) -> Json:
        """Which of them are the best is decided before the filters where only so many are listed."""
        assert self.loose is not None
        filters = [] if self.few else [_fitting(self.query.filters)]
        crossed = {"constant_score": {"filter": self.translation.fits(CROSSED), "boost": 0, "_name": _CROSSED}}
        order = [*self.loose.order(), crossed]
        return self._hits(all_of([self._partly, *filters], should=order), size, dated=dated, facets=True)

    def _left_out(self) -> Json:
        """Documents that hold the characters only across words."""
        query = NOTHING
        if self._listed == TYPO and self._counted.tiers[CROSSED] > self._counted.tiers[TYPO]:
            listed = [self._strict] if self.few or not self.loose else [any_of([self._strict, self._partly])]
            query = all_of([self.translation.fits(CROSSED), _fitting(self.query.filters)], listed)
        return query

    def all(self) -> Json:
        """All that are listed, where that is not only some."""
        query = all_of([any_of([self._strict, self._partly]), _fitting(self.query.filters)])
        return {"size": 0, "query": query, "track_total_hits": True}

    def _totals(self) -> Json:
        """Documents, occurrences, groups, facets: under all filters, but a facet under those of the other fields."""
        scores, count = self.counts or ([], None)
        listed = any_of([self._strict, self._partly]) if self.loose and not self.few else self._strict
        tiers: Json = {"filters": {"filters": {MATCHES[tier]: query for tier, query in self.tiers.items()}}}
        if count and self.query.clause and not self.loose:
            tiers["aggs"] = {"occurrences": {"sum": count}}
        inside: Json = {"groups": {"terms": {"field": "group", "size": _MOST_VALUES}}}
        if self.tiers:
            inside["tiers"] = tiers
        aggregations = {"all": {"filter": _fitting(self.query.filters), "aggs": inside}}
        for field in LISTED:
            values = {"values": {"terms": {"field": field.name, "size": _MOST_VALUES}}}
            others = _others(self.query.filters, field.name)
            aggregations[f"facet {field.name}"] = {"filter": _fitting(others), "aggs": values}
        query = all_of([listed], should=[] if self.loose else scores)
        return {"size": 0, "query": query, "track_total_hits": False, "aggs": aggregations}


def _fitting(filters: Sequence[Filter]) -> Json:
    """Every field chosen must fit, by any one of its chosen values, and by none of those excluded."""
    chosen = dict.fromkeys(one.field for one in filters if not one.excluded)
    wanted = [any_of(_having(one) for one in filters if one.field == name and not one.excluded) for name in chosen]
    return all_of(wanted, [_having(one) for one in filters if one.excluded])


def _having(one: Filter) -> Json:
    """The documents of a value, or of a range: Filter.fits() of each."""
    if one.field not in RANGED:
        return {"term": {one.field: one.value}}
    first, _, last = one.value.partition(RANGE)
    last = last or first
    inside = {"range": {one.field: {"gte": first, "lte": last + LATE}}}
    # Not all of 2024 lies before the end of 2024-06.
    return all_of([inside], [{"terms": {one.field: [last[:at] for at in range(4, len(last))]}}])


def _others(filters: Sequence[Filter], field: str) -> list[Filter]:
    """The filters under which the values of a field are counted."""
    return [one for one in filters if one.field != field or one.excluded]


# --- what is answered ----------------------------------------------------------------------------------


class _Page:
    """The answers of the second round; size: the documents that each order was asked for."""

    def __init__(self, asked: _Asked, answers: Mapping[str, Json], size: int) -> None:
        self._asked = asked
        self._answers = answers
        strict = {one.id: one for name in _OF_STRICT for one in self._hits(name)}
        self._listed_in_part = self._in_part()
        held = {one.id for one in self._listed_in_part}
        candidates = [*(one for one in strict.values() if one.id not in held), *self._listed_in_part]
        postings = CandidatePostings(candidates)
        partly = {doc: self._scores[one.id] for doc, one in enumerate(candidates) if one.id in held}
        order, found = evaluation.rank(postings, asked.query, asked.statistics, partly)
        self._found = {doc: found[doc] for doc in order}
        sure = order if self.complete else order[: size - _MORE]
        self.cards = [found[doc] for doc in evaluation.folded(postings, sure)]

    def matches(self, limit: int, offset: int) -> Matches:
        totals = self._answers["totals"]["aggregations"]
        tiers = self._tiers(totals["all"])
        groups = Counter(_values(totals["all"]["groups"]))
        if self._asked.few:
            groups.update(one.group for one in self._listed_in_part if one.group)
        return Matches(
            documents=sum(tier.documents for tier in tiers.values()),
            occurrences=sum(tier.occurrences for tier in tiers.values()),
            ranked=tuple(self.cards[offset : offset + limit]),
            facets={field.name: self._facet(field.name, totals[f"facet {field.name}"]["values"]) for field in LISTED},
            tiers=tiers,
            folded=sum(groups.values()) - len(groups),
            left_out=self._total("left out") - self._crossed_in_part(),
        )

    @property
    def complete(self) -> bool:
        """Whether every document is among the candidates."""
        names = [name for name in self._answers if name not in ("totals", "left out")]
        limited = [name for name in names if not (name == "in part" and self._asked.few)]
        return all(self._total(name) == self._there(name) for name in limited)

    def _tiers(self, counted: Json) -> dict[str, Tier]:
        """Occurrences are counted here where all documents are candidates."""
        strict = [match for match in self._found.values() if match.kind != MATCHES[PARTIAL]]
        in_hand = self._total("relevance") == self._there("relevance")
        tiers = {}
        for kind, one in counted.get("tiers", {"buckets": {}})["buckets"].items():
            times = one["occurrences"]["value"] if "occurrences" in one else 0
            if in_hand:
                times = sum(match.occurrences for match in strict if match.kind == kind)
            tiers[kind] = Tier(one["doc_count"], round(times))
        in_part = len(self._listed_in_part) if self._asked.few else self._total("in part")
        tiers[MATCHES[PARTIAL]] = Tier(in_part, 0)
        return {kind: tiers[kind] for kind in MATCHES if kind in tiers and tiers[kind].documents}

    def _facet(self, field: str, counted: Json) -> tuple[tuple[str, int], ...]:
        counts = Counter(_values(counted))
        others = _others(self._asked.query.filters, field)
        for one in self._best_in_part if self._asked.few else []:
            counts.update(one.facets.get(field, ()) if _fits(one, others) else ())
        return tuple(sorted(((value, n) for value, n in counts.items() if n), key=lambda pair: (-pair[1], pair[0])))

    # --- documents met in part

    def _in_part(self) -> list[Candidate]:
        """Those that are listed; of a limited number the best are chosen whatever the filters say."""
        found = list({one.id: one for name in ("in part", "in part, dated") for one in self._hits(name)}.values())
        loose = self._asked.loose
        everything = set(range(len(found)))
        scores = (
            partial.scores(CandidatePostings(found), loose.how, self._asked.statistics, set(), everything)
            if loose and found
            else {}
        )
        self._scores = {found[doc].id: score for doc, score in scores.items()}
        self._best_in_part = [found[doc] for doc in scores]
        return [one for one in self._best_in_part if _fits(one, self._asked.query.filters)]

    def _crossed_in_part(self) -> int:
        if not self._asked.few or not self._total("left out"):
            return 0
        listed = {one.id for one in self._listed_in_part}
        hits = self._answers["in part"]["hits"]["hits"]
        return sum(_CROSSED in one.get("matched_queries", ()) for one in hits if one["fields"]["id"][0] in listed)

    # --- reading

    def _total(self, name: str) -> int:
        return int(self._answers[name]["hits"]["total"]["value"]) if name in self._answers else 0

    def _there(self, name: str) -> int:
        return len(self._answers[name]["hits"]["hits"]) if name in self._answers else 0

    def _hits(self, name: str) -> list[Candidate]:
        hits = self._answers[name]["hits"]["hits"] if name in self._answers else []
        return [_candidate(one["fields"]) for one in hits]


def _candidate(fields: Json) -> Candidate:
    id, date, group, packed, words = (
        fields.get(name, [""])[0] for name in ("id", "date", "group", "candidate", "candidate_words")
    )
    return Candidate(id, date, group, packed, words, {field.name: fields.get(field.name, []) for field in FACETS})


def _values(counted: Json) -> dict[str, int]:
    return {one["key"]: one["doc_count"] for one in counted["buckets"]}


def _fits(one: Candidate, filters: Sequence[Filter]) -> bool:
    """As _fitting() asks it of the cluster."""
    met = {item: any(map(item.fits, _held(one, item.field))) for item in filters}
    chosen = {item.field for item in filters if not item.excluded}
    return not any(met[item] for item in filters if item.excluded) and all(
        any(met[item] for item in filters if item.field == field and not item.excluded) for field in chosen
    )


def _held(one: Candidate, field: str) -> Sequence[str]:
    if field == "date":
        return [one.date] if one.date else []
    return one.facets.get(field, ())
