"""The values by which a result may be narrowed, with their counts and addresses; a bar for each year."""

from __future__ import annotations

from collections.abc import Sequence

from search.index.schema import LISTED
from search.matching.matches import Matches
from search.query.addresses import (
    Link,
    narrowed_address,
    search_address,
)
from search.query.clauses import Filter, Query
from search.query.filters import NAMES
from search.results.values import Facet, FacetValue, YearBar

# Beyond that many years from first to last, those without a document are left out of the bars.
MOST_YEARS = 40


def facets_of(query: Query, matches: Matches, most: int) -> tuple[Facet, ...]:
    facets = []
    for field in LISTED:
        counts = matches.facets.get(field.name, ())
        chosen = {item.value for item in query.filters if item.facet == field.name and not item.excluded}
        shown = list(counts[:most])
        shown += [(value, count) for value, count in counts[most:] if value in chosen]
        known = {value for value, _ in counts}
        shown += [(value, _in_range(field.name, value, counts)) for value in sorted(chosen - known)]
        if field.name == "year":
            shown.sort(reverse=True)
        values = facet_values(query, field.name, shown)
        rest = len(counts) - sum(count > 0 for _, count in shown)
        facets.append(Facet(field.name, field.label, values, rest))
    return tuple(facets)


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


def facet_values(query: Query, field: str, counts: Sequence[tuple[str, int]]) -> tuple[FacetValue, ...]:
    """The values with the addresses that choose them, or choose them no longer."""
    chosen = {item.value: item for item in query.filters if item.field == field and not item.excluded}
    unit = "年" if field == "year" else ""
    return tuple(
        FacetValue(
            value,
            Filter(field, value).said + unit,
            count,
            value in chosen,
            _without(query, chosen[value]) if value in chosen else narrowed_address(query, Filter(field, value)),
        )
        for value, count in counts
    )


def _without(query: Query, item: Filter) -> str:
    return search_address(query, filters=tuple(other for other in query.filters if other != item), page=1)


def chip(query: Query, item: Filter) -> Link:
    return Link(f"{label(item)}：{item.said}", _without(query, item), name=item.field)


def label(item: Filter) -> str:
    """The name of its field: 地区, and 不要地区 where it is excluded."""
    return f"{'不要' if item.excluded else ''}{NAMES[item.field]}"
