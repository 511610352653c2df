"""The ways to see what was found: document by document, line by line, put together by a field."""

from __future__ import annotations

from collections.abc import Iterator

from search.index.schema import LABELS
from search.matching.matches import Matches
from search.query.addresses import Link, group_address, lines_address, search_address
from search.query.clauses import Query

# Fields by which documents are put beside each other.
GROUPED = ("region", "speaker", "year")


def views(query: Query, matches: Matches, shown: str = "") -> Iterator[Link]:
    """The tabs of a page of these matches; shown is the one the reader is at: "" for 按篇, "lines" or one of GROUPED.

    None leads to a page without lines or with one group alone, but where the reader is stands in any case.
    """
    yield Link("按篇", search_address(query, page=1), not shown, "apart")
    if matches.occurrences or shown == "lines":
        yield Link(f"逐句 {matches.occurrences}", lines_address(query), shown == "lines", "lines")
    for field in GROUPED:
        values = len(matches.facets.get(field, ()))
        if values > 1 or shown == field:
            yield Link(f"按{LABELS[field]} {values}", group_address(query, field), shown == field, f"together-{field}")
