"""The documents under filters: asked of the cluster, and of a candidate."""

from __future__ import annotations

from collections.abc import Sequence

from search.engines.opensearch.candidates import Candidate
from search.engines.opensearch.mapping import Json
from search.engines.opensearch.strings import all_of, any_of
from search.query.clauses import LATE, RANGE, RANGED, Filter


def fitting(filters: Sequence[Filter]) -> Json:
    """Every field chosen must fit, by any one of its chosen values, and by none of those excluded."""
    chosen = dict.fromkeys(one.field for one in filters if not one.excluded)
    wanted = [any_of(_having(one) for one in filters if one.field == name and not one.excluded) for name in chosen]
    return all_of(wanted, [_having(one) for one in filters if one.excluded])


def _having(one: Filter) -> Json:
    """The documents of a value, or of a range: Filter.fits() of each."""
    if one.field not in RANGED:
        return {"term": {one.facet: one.value}}
    first, _, last = one.value.partition(RANGE)
    last = last or first
    inside = {"range": {one.field: {"gte": first, "lte": last + LATE}}}
    # Not all of 2024 lies before the end of 2024-06.
    return all_of([inside], [{"terms": {one.field: [last[:at] for at in range(4, len(last))]}}])


def fits(one: Candidate, filters: Sequence[Filter]) -> bool:
    """As fitting() asks it of the cluster."""
    met = {item: any(map(item.fits, _held(one, item.facet))) for item in filters}
    chosen = {item.field for item in filters if not item.excluded}
    return not any(met[item] for item in filters if item.excluded) and all(
        any(met[item] for item in filters if item.field == field and not item.excluded) for field in chosen
    )


def _held(one: Candidate, field: str) -> Sequence[str]:
    if field == "date":
        return [one.date] if one.date else []
    return one.facets.get(field, ())
