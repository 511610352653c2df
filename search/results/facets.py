"""The values by which a result may be narrowed, with their counts and addresses; a bar for each year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from search.documents.regions import BELOW, lies_in
from search.index.schema import LISTED
from search.matching.matches import Matches
from search.query.addresses import (
    Link,
    narrowed_addresses,
    search_address,
)
from search.query.clauses import ASKED_BY, Filter, Query, said
from search.query.filters import NAMES
from search.results.values import Facet, FacetValue, YearBar

# Places below a province in the tree of a page, those of most documents: ten are 3 KB of it.
MOST_PLACES = 10
# Beyond that many years from first to last, those without a document are left out of the bars.
MOST_YEARS = 40


def facets_of(query: Query, matches: Matches, most: int) -> tuple[Facet, ...]:
    facets = []
    for field in LISTED:
        counts = matches.facets.get(field.name, ())
        chosen = {item.value for item in query.filters if item.facet == field.name and not item.excluded}
        first = max(most, MOST_PLACES) if field.name == "place" else most
        shown = list(counts[:first])
        shown += [(value, count) for value, count in counts[first:] if value in chosen]
        if chosen:
            known = {value for value, _ in counts}
            shown += [(value, _in_range(field.name, value, counts)) for value in sorted(chosen - known)]
        if field.name == "year":
            shown.sort(reverse=True)
        values = facet_values(query, field.name, shown)
        if field.name == "region":
            values = _with_places(query, values, matches.facets.get("place", ()))
        rest = len(counts) - sum(count > 0 for _, count in shown)
        facets.append(Facet(field.name, field.label, values, rest))
    return tuple(facets)


def _with_places(
    query: Query, regions: Sequence[FacetValue], counts: Sequence[tuple[str, int]]
) -> tuple[FacetValue, ...]:
    """The regions with the tree of what lies in each. Every document of 广东/广州/天河区 is of 广东/广州, too, which so
    stands before it in counts, the most first."""
    if not counts:
        return tuple(regions)
    chosen = {item.value for item in query.filters if item.facet == "place" and not item.excluded}
    meant = [pair for pair in counts if any(lies_in(one, pair[0]) for one in chosen)]
    shown = facet_values(query, "place", dict.fromkeys([*counts[:MOST_PLACES], *meant]))
    return tuple(_tree(one, shown) for one in regions)


def _tree(one: FacetValue, places: Sequence[FacetValue]) -> FacetValue:
    inside = [place for place in places if place.value != one.value and lies_in(place.value, one.value)]
    if not inside:
        return one
    direct = [
        place for place in inside if not any(lies_in(place.value, other.value) for other in inside if other != place)
    ]
    inner = tuple(replace(_tree(place, inside), label=place.value.rpartition(BELOW)[2]) for place in direct)
    return replace(one, inner=inner)


def _in_range(field: str, value: str, counts: Sequence[tuple[str, int]]) -> int:
    """The documents of a value chosen that none has as it stands: of all years of a range, else none."""
    chosen = Filter(field, value)
    return sum(count for value, count in counts if chosen.fits(value))


def years_of(query: Query, counts: Sequence[tuple[str, int]]) -> tuple[YearBar, ...]:
    """A bar for each year from the first to the last, so that a gap is seen as one."""
    if len(counts) < 2:
        return ()
    known = {int(year): count for year, count in counts}
    first, last, highest = min(known), max(known), max(known.values())
    years = range(first, last + 1) if last - first < MOST_YEARS else sorted(known)
    values = facet_values(query, "year", [(str(year), known.get(year, 0)) for year in years])
    return tuple(_year(value, highest) for value in values)


def _year(one: FacetValue, highest: int) -> YearBar:
    height = max(5, round(100 * one.count / highest)) if one.count else 0
    return YearBar(one.value, one.count, height, one.selected, one.url)


def undated_in(query: Query, matches: Matches) -> int:
    """With a year chosen, the bars count more than what was found, and what has no date is not among it."""
    if any(item.field == "year" and not item.excluded for item in query.filters):
        return 0
    return matches.documents - sum(count for _, count in matches.facets.get("year", ()))


def facet_values(query: Query, field: str, counts: Iterable[tuple[str, int]]) -> tuple[FacetValue, ...]:
    """The values with the addresses that choose them, or choose them no longer."""
    asked = ASKED_BY.get(field, field)
    chosen = {item.value: item for item in query.filters if item.field == asked and not item.excluded}
    unit = "年" if field == "year" else ""
    places = chosen if asked == "region" else {}
    narrowed = narrowed_addresses(query, asked)

    def url(value: str) -> str:
        if value in chosen:
            return _without(query, chosen[value])
        related = [item for other, item in places.items() if lies_in(other, value) or lies_in(value, other)]
        return _in_stead(query, related, asked)(value) if related else narrowed(value)

    return tuple(
        FacetValue(value, said(asked, value) + unit, count, value in chosen, url(value)) for value, count in counts
    )


def _in_stead(query: Query, others: Sequence[Filter], asked: str) -> Callable[[str], str]:
    """With a value chosen in the stead of what it lies in or what lies in it: 湖北 or 武汉 would be all 湖北."""
    kept = tuple(item for item in query.filters if item not in others)
    return narrowed_addresses(replace(query, filters=kept), asked)


def _without(query: Query, item: Filter) -> str:
    return search_address(query, filters=tuple(other for other in query.filters if other != item), page=1)


def chip(query: Query, item: Filter) -> Link:
    return Link(f"{label(item)}：{item.said}", _without(query, item), name=item.field)


def label(item: Filter) -> str:
    """The name of its field: 地区, and 不要地区 where it is excluded."""
    return f"{'不要' if item.excluded else ''}{NAMES[item.field]}"
