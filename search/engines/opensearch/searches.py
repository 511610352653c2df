"""The searches of the second round: the first documents, the totals, and what is met in part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from search.engines.opensearch import ranking
from search.engines.opensearch.counted import TIERS, Counted, scored_words
from search.engines.opensearch.filtered import fitting
from search.engines.opensearch.functions import MOST_ORDERING, affordable, apart, clauses, first_of, weight
from search.engines.opensearch.loosened import Loose
from search.engines.opensearch.mapping import Json
from search.engines.opensearch.strings import NOTHING, Translation, all_of, any_of
from search.index.schema import FACETS, LISTED
from search.matching import loosening
from search.matching.matches import CALLED, CROSSED, SAME, SCATTERED, SYNONYM, TYPO
from search.matching.postings import LookedFor, Statistics
from search.query.clauses import Query, others_than, quoted_in_all

# Documents taken beyond those that are needed: points are rounded in the cluster.
MORE = 10
# … and beyond those where they come in a coarse order.
_COARSE = 400
# Clauses of what is listed, beside those of its order and of other filters.
_MOST_LISTED = 250
# Values of a facet, groups of near-duplicates; with more the counts would be of the most frequent only.
_MOST_VALUES = 10_000
# The name of what a document also fits.
MET_CROSSED = "crossed"


class Searches:
    """A query of which the first round is known."""

    def __init__(self, query: Query, documents: int, mean_length: float, counted: Counted) -> None:
        self.query = query
        self._counted = counted
        tiers = frozenset(tier for tier, number in counted.tiers.items() if number)
        self.translation = Translation(query, counted.missing, tiers)
        held: dict[LookedFor, int] = {self.translation.wide(term): number for term, number in counted.terms.items()}
        held.update(zip(scored_words(query), counted.words, strict=True))
        self.statistics = Statistics(documents, mean_length, held)
        self._listed = SCATTERED if counted.tiers[SCATTERED] else CROSSED
        self.found = counted.tiers[self._listed]
        met = counted.tiers[SYNONYM] if self._listed == SCATTERED else 0
        how = loosening.loosened(query, found=self.found, met=met)
        if how:
            weights = [self.statistics.rarity(word, 0) for word in how.scored]
            there = [number > 0 for number in counted.words[: len(weights)]]
            joined = [(pair, self.statistics.rarity(pair, 0)) for pair in how.joined if held.get(pair)]
            self.loose: Loose | None = Loose(how, weights, there, joined)
        else:
            self.loose = None

    @cached_property
    def counts(self) -> tuple[list[Json], Json] | None:
        """What counts occurrences, as ranking.occurrences() gives it."""
        return ranking.occurrences(self.translation)

    @cached_property
    def tiers(self) -> dict[str, Json]:
        """kind -> the documents of its tiers, and of none that is stricter; of the tiers that are listed."""
        fits = {
            tier: self.translation.fits(tier) for tier in TIERS if tier <= self._listed and self._counted.tiers[tier]
        }
        return {kind: _of_kind(kind, fits) for kind in dict.fromkeys(CALLED[tier] for tier in fits)}

    @cached_property
    def _strict(self) -> Json:
        """The documents that fit the query, without its filters."""
        fitting_ = self.translation.fits(self._listed)
        return NOTHING if not self.found else fitting_ if clauses(fitting_) <= _MOST_LISTED else apart(fitting_)

    @cached_property
    def _partly(self) -> Json:
        barred = [self._strict, *self.translation.unwanted(self.query.clause)]
        if self.found:  # what is quoted has to be there, but where nothing fits the query
            barred += [all_of([], [self.translation.within(term, SAME)]) for term in quoted_in_all(self.query.clause)]
        return self.loose.enough(barred) if self.loose else NOTHING

    @property
    def few(self) -> int:
        """How many of those met in part may be listed; 0 for all."""
        return (self.loose and self.loose.how.most) or 0

    def searches(self, size: int, *, counted: bool = False) -> dict[str, Json]:
        """name -> search, of so many documents each; counted: only what Matches.documents needs."""
        found = {"totals": self._totals()}
        if counted and self.loose:
            return found | {"in part": self._in_part(self.few + MORE)}
        if (left_out := self._left_out()) != NOTHING:
            found["left out"] = {"size": 0, "query": left_out, "track_total_hits": True}
        if self.query.clause is not None and self.found:
            found["relevance"] = self._by_relevance(size)
        if self._by_date and self.found:
            found |= self._dated(size)
        if self.loose:
            found["in part"] = self._in_part(self.few + MORE if self.few else size)
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
        return self._hits(self._scored(), size + _COARSE * self._order[1])

    def _dated(self, size: int) -> dict[str, Json]:
        """Where there are scraps beside others, each by themselves: they stand last, whatever their dates."""
        counted, fits = self._counted.tiers, self.translation.fits
        slips = counted[TYPO] - counted[SYNONYM]
        if counted[SCATTERED] - slips in (0, self.found):
            return {"dated": self._hits(self._scored(), size, dated=True)}
        slips_between = [weight(fits(SYNONYM)), weight(fits(TYPO), 0.0), weight(fits(SCATTERED))]
        better = first_of(slips_between, min_score=0.5)
        return {
            "dated": self._hits(self._scored([better]), size, dated=True),
            "scraps, dated": self._hits(self._scored([], [better]), size, dated=True),
        }

    def _scored(self, more: Sequence[Json] = (), but: Sequence[Json] = ()) -> Json:
        return all_of([self._strict, fitting(self.query.filters), *more], but, should=self._order[0])

    @cached_property
    def _order(self) -> tuple[list[Json], bool]:
        return affordable(self._orders())

    def _orders(self) -> Iterator[list[Json]]:
        """The exact order, and a coarser one where that would be more clauses than the cluster takes."""
        if self.query.clause is None:
            yield []
            return
        rarities = {term: self.statistics.rarity(self.translation.wide(term), 0) for term in self.translation.terms}
        yield ranking.order(self.translation, rarities, self.statistics.mean_length)
        yield ranking.coarse_order(self.translation, rarities)

    def _in_part(self, size: int, *, dated: bool = False) -> Json:
        """Which of them are the best is decided before the filters where only so many are listed."""
        assert self.loose is not None
        filters = [] if self.few else [fitting(self.query.filters)]
        crossed = {"constant_score": {"filter": self.translation.fits(CROSSED), "boost": 0, "_name": MET_CROSSED}}
        order, is_coarse = self.loose.order
        query = all_of([self._partly, *filters], should=[*order, crossed])
        return self._hits(query, size + _COARSE * is_coarse, dated=dated, facets=True)

    def _left_out(self) -> Json:
        """Documents that hold the characters only across words."""
        query = NOTHING
        if self._listed == SCATTERED and self._counted.tiers[CROSSED] > self._counted.tiers[SCATTERED]:
            listed = [self._strict] if self.few or not self.loose else [any_of([self._strict, self._partly])]
            query = all_of([self.translation.fits(CROSSED), fitting(self.query.filters)], listed)
        return query

    def all(self) -> Json:
        """All that are listed, where that is not only some."""
        query = all_of([any_of([self._strict, self._partly]), fitting(self.query.filters)])
        return {"size": 0, "query": query, "track_total_hits": True}

    def _totals(self) -> Json:
        """Documents, occurrences, groups, facets: under all filters, but a facet under those of the other fields."""
        scores, count = self.counts or ([], None)
        listed = any_of([self._strict, self._partly]) if self.loose and not self.few else self._strict
        tiers: Json = {"filters": {"filters": self.tiers}}
        if count and self.query.clause and not self.loose:
            tiers["aggs"] = {"occurrences": {"sum": count}}
        inside: Json = {"groups": {"terms": {"field": "group", "size": _MOST_VALUES}}}
        if self.tiers:
            inside["tiers"] = tiers
        aggregations = {"all": {"filter": fitting(self.query.filters), "aggs": inside}}
        for field in LISTED:
            values = {"values": {"terms": {"field": field.name, "size": _MOST_VALUES}}}
            others = others_than(self.query.filters, field.name)
            aggregations[f"facet {field.name}"] = {"filter": fitting(others), "aggs": values}
        query = all_of([listed], should=[] if self.loose else scores)
        return {"size": 0, "query": query, "track_total_hits": False, "aggs": aggregations}


def _of_kind(kind: str, fits: Mapping[int, Json]) -> Json:
    """fits: tier -> the documents of it and of all stricter ones, strictest first."""
    stricter = [[], *([one] for one in fits.values())]
    own = [
        all_of([query], but) for (tier, query), but in zip(fits.items(), stricter, strict=False) if CALLED[tier] == kind
    ]
    if clauses(own) <= MOST_ORDERING:
        return any_of(own)
    return first_of([weight(query, float(CALLED[tier] == kind)) for tier, query in fits.items()], min_score=0.5)
