"""Scores made of filters, as functions of a query.

The cluster counts the clauses of a query, those of clauses in it as well, and takes no more than 1,024. A filter of a
function is counted by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from search.engines.opensearch.mapping import Json

# Clauses of an order, so that there is room for filters and what is listed.
MOST_ORDERING = 600
_NEARLY_NONE = 1e-9
# Queries that are one clause whatever they hold.
_SINGLE = frozenset(("term", "terms", "range", "match_phrase", "match_all"))


def weight(query: Json, more: float = 1.0) -> Json:
    """A function: so much for the documents of a query."""
    return {"filter": query, "weight": more}


def sum_of(functions: Iterable[Json], query: Json | None = None, **more: Any) -> Json:
    """The documents of a query, or all; scores the functions that fit, and nothing of the query's own."""
    # A document for which the weights come to 0 has the neutral 1 otherwise.
    every = [*functions, {"weight": _NEARLY_NONE}]
    given = {"query": query or {"match_all": {}}, "functions": every}
    return {"function_score": given | {"score_mode": "sum", "boost_mode": "replace"} | more}


def at_least(query: Json, functions: Iterable[Json], least: float) -> Json:
    """The documents of a query for which the functions come to so much."""
    return sum_of(functions, query, min_score=least)


def plus(query: Json, more: float) -> Json:
    """A query that scores so much more."""
    return sum_of([{"weight": more}], query, boost_mode="sum") if more else query


def unless(query: Json, others: Sequence[Json]) -> Json:
    """A query that scores nothing for the documents of any of the others."""
    if not others:
        return query
    functions = [weight(other, 0.0) for other in others]
    return {"function_score": {"query": query, "functions": functions, "boost_mode": "multiply"}}


def first_of(functions: Iterable[Json], **more: Any) -> Json:
    """Scores the first of the functions that fits; nothing where none does."""
    return sum_of(functions, score_mode="first", **more)


def apart(query: Json) -> Json:
    """A filter that is counted by itself."""
    return at_least({"match_all": {}}, [weight(query)], 0.5)


def clauses(query: object) -> int:
    """How many clauses of a query the cluster counts, or a few more."""
    count = 0
    if isinstance(query, list):
        for one in query:
            count += clauses(one)
    elif isinstance(query, dict):
        for kind, inside in query.items():
            count += 1 if kind in _SINGLE else _clauses(kind, inside)
    return count


def affordable(orders: Iterable[list[Json]]) -> tuple[list[Json], bool]:
    """The first of some orders, exact to coarse, that is not too many clauses; and whether it is a coarse one."""
    return next((order, number > 0) for number, order in enumerate(orders) if clauses(order) <= MOST_ORDERING)


def _clauses(kind: str, inside: Json) -> int:
    if kind == "functions":
        return 0
    if kind == "match":  # of intervals
        return len(inside["query"].split()) + clauses(inside.get("filter"))
    # What has to lie in one of two things is rewritten to two.
    return (kind == "script_score") + clauses(inside) * (2 if kind == "intervals" and "grams" in inside else 1)
