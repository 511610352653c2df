"""A filter offered where a term of a query names what documents may be narrowed by: 只看讲话人李丽（1 篇）."""

from __future__ import annotations

import dataclasses
from itertools import islice

from search.engines import Engine
from search.query import clauses, forms
from search.query.addresses import Link, search_address
from search.query.clauses import AllOf, Filter, Query, Term
from search.query.filters import NAMES
from search.suggestions.readings import facts_of

# Offers of one page: each is a question to the index, all in one trip.
_MOST = 3


def offers(engine: Engine, query: Query) -> tuple[Link, ...]:
    """The query with a term of it taken for a speaker, a region or a place, where that finds something; the label says
    how many documents. Asks the engine once, and only where a term is such a name."""
    if not isinstance(query.clause, Term | AllOf):
        return ()
    parts = clauses.parts_of(query.clause)
    named = ((part, facts_of(engine, part)) for part in parts if isinstance(part, Term) and not part.quoted)
    found = [*islice(((term, facts) for term, facts in named if facts), _MOST)]
    others = [_narrowed(query, term, facts) for term, facts in found]
    counts = engine.count(others) if others else []
    return tuple(
        Link(f"只看{_said(facts)}（{count} 篇）", search_address(other), name="offer")
        for (_, facts), other, count in zip(found, others, counts, strict=True)
        if count
    )


def _narrowed(query: Query, term: Term, facts: tuple[Filter, ...]) -> Query:
    clause = clauses.replaced(query.clause, {term: None}) if query.clause else None
    if clause is not None and not clauses.positive_terms(clause):
        clause = None  # exclusions alone find nothing
    text = forms.written(clause) if clause else ""
    filters = tuple(dict.fromkeys((*query.filters, *facts)))
    return dataclasses.replace(query, raw=text, text=text, clause=clause, filters=filters, page=1)


def _said(facts: tuple[Filter, ...]) -> str:
    """讲话人李丽; 地区北京朝阳区或吉林长春朝阳区."""
    return NAMES[facts[0].field] + "或".join(one.said for one in facts)
