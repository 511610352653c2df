"""The addresses of pages: one query has one address, parameters in one order, defaults left out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache, partial
from urllib.parse import quote, quote_plus

from search.query.clauses import Query
from search.query.filters import PARAMETERS

# What stands before every address: nothing, the path under which a proxy has the pages, or all from https:// on.
root: ContextVar[str] = ContextVar("root", default="")


def search_address(query: Query, **changes: object) -> str:
    """The address of the query with these fields of it changed."""
    parameters = written(dataclasses.replace(query, **changes))  # type: ignore[arg-type]
    return f"{root.get()}/search?{parameters}" if parameters else f"{root.get()}/search"


def narrowed_addresses(query: Query, parameter: str) -> Callable[[str], str]:
    """The address of the query narrowed by one more value of a parameter, for each of many values: all of them differ
    in that value alone."""
    found = arguments(query)
    ahead = {"q", *PARAMETERS[: PARAMETERS.index(parameter) + 1]}
    before = _joined({name: values for name, values in found.items() if name in ahead})
    behind = _joined({name: values for name, values in found.items() if name not in ahead and name != "page"})
    begin = f"{root.get()}/search?{before}{'&' if before else ''}{parameter}="
    end = f"&{behind}" if behind else ""
    return lambda value: f"{begin}{_encoded(value)}{end}"


def export_address(query: Query) -> str:
    """What the query finds as a table (search/results/export.py)."""
    return f"{root.get()}/search.csv?{written(dataclasses.replace(query, page=1))}"


def group_address(query: Query, field: str) -> str:
    """What the query finds, put together by a field (search/results/grouping.py)."""
    return f"{root.get()}/search/{field}?{_of_all(query)}"


def lines_address(query: Query, *, by: str = "", around: str = "", page: int = 1, table: bool = False) -> str:
    """Every place where the words of the query stand, one a line (search/results/concordance.py)."""
    parameters = [_of_all(query, page)]
    parameters += [f"by={by}"] if by else []
    parameters += [f"around={around}"] if around else []
    return f"{root.get()}/search/lines{'.csv' if table else ''}?{'&'.join(filter(None, parameters))}"


def tool_address(name: str, query: Query) -> str:
    """A page of search/tools/ on what the query finds."""
    parameters = _of_all(query)
    return f"{root.get()}/tools/{name}" + (f"?{parameters}" if parameters else "")


def table_address(name: str, query: Query) -> str:
    """The same page as a table."""
    return f"{root.get()}/tools/{name}.csv?{_of_all(query)}"


def table_of_document(name: str, id: str, other: str = "") -> str:
    """The table of a tool on one document, or on it and another."""
    return f"{root.get()}/tools/{name}.csv?doc={quote(id)}" + (f"&other={quote(other)}" if other else "")


def table_of_text(name: str, text: str) -> str:
    """The table of a tool on a text that is handed over."""
    return f"{root.get()}/tools/{name}.csv?text={quote_plus(text)}"


def document_address(id: str, query: Query | None = None, *, passage: int = 0, part: str = "") -> str:
    """The document with the question's hits marked, at a passage; part is one of its other pages, as /original."""
    parameters = _asked(query) if query else ""
    name = id if id.isalnum() and id.isascii() else quote(id)
    address = f"{root.get()}/doc/{name}{part}" + (f"?{parameters}" if parameters else "")
    return passage_address(address, passage) if passage else address


def passage_address(address: str, passage: int) -> str:
    """The address of a document, at a passage."""
    return f"{address}#p{passage}"


def _of_all(query: Query, page: int = 1) -> str:
    """The question for pages that have an order of their own and look at all that is found, in whatever way."""
    return written(dataclasses.replace(query, page=page, sort="relevance", way=""))


def written(query: Query) -> str:
    """The question as the part of an address after the question mark."""
    return _joined(arguments(query))


def _joined(found: Mapping[str, list[str]]) -> str:
    return "&".join([f"{name}={_encoded(value)}" for name, values in found.items() for value in values])


@lru_cache(maxsize=64)
def _asked(query: Query) -> str:
    """The query as each card and passage of a page repeats it, thirty times; with its page, to which 返回结果 leads."""
    return written(query)


# A pure function of words that come again and again: the values of facets, the query itself. Half a surrogate pair,
# which a command line may hold, stands in no document and is a question mark.
_encoded = lru_cache(maxsize=4096)(partial(quote_plus, errors="replace"))


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go: label and address ready to print; current: it is where the reader stands."""

    label: str
    url: str
    current: bool = False
    name: str = ""  # for tests and styles: newest, oldest, next …


def fields_of_form(query: Query) -> tuple[tuple[str, str], ...]:
    """The parameters of the address of a query's first page, one by one, for a form that adds another."""
    found = arguments(dataclasses.replace(query, page=1))
    return tuple((name, value) for name, values in found.items() for value in values)


def arguments(query: Query) -> Mapping[str, list[str]]:
    """The parameters of the address of a query, in canonical order, without what is the default."""
    found: dict[str, list[str]] = {"q": [query.text]} if query.text else {}
    chosen: dict[str, list[str]] = {}
    for item in query.filters:
        chosen.setdefault(item.parameter, []).append(item.value)
    if chosen:
        found |= {name: chosen[name] for name in PARAMETERS if name in chosen}
    if query.sort != "relevance":
        found["sort"] = [query.sort]
    if not query.synonyms:
        found["synonyms"] = ["off"]
    if query.off:
        found["off"] = list(query.off)
    if query.way:
        found["way"] = [query.way]
    if query.page > 1:
        found["page"] = [str(query.page)]
    return found
