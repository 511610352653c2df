"""The page of results, the same results put together or as a table, and what they print."""

from search.query.parsing import PER_PAGE
from search.results.as_json import page_as_json
from search.results.export import COLUMNS, as_csv
from search.results.grouping import grouped
from search.results.page import BROWSE_VALUES, asked, browse, search
from search.results.values import ResultPage, YearBar
from search.results.views import GROUPED

__all__ = [
    "BROWSE_VALUES",
    "COLUMNS",
    "GROUPED",
    "PER_PAGE",
    "ResultPage",
    "YearBar",
    "as_csv",
    "asked",
    "browse",
    "grouped",
    "page_as_json",
    "search",
]
