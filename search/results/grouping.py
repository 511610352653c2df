"""What a query finds, put together by region, speaker or year: who says what on one subject."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from search.engines import Engine
from search.index.schema import LABELS
from search.query import read_back
from search.query.addresses import search_address, written
from search.query.clauses import Filter, Query
from search.results import cards
from search.results.values import Group, GroupPage
from search.results.views import views
from search.suggestions import corrections

# Groups on a page and cards in each; one passage a card, so that the regions can be compared at a glance.
MOST_GROUPS, CARDS, PASSAGES = 20, 3, 1


def grouped(engine: Engine, query: Query, field: str) -> GroupPage:
    """The groups with most documents first, years from the newest; field is one of views.GROUPED. Counts are of all
    documents found."""
    rest = tuple(item for item in query.filters if item.field != field or item.excluded)
    found = corrections.search_or_correct(engine, dataclasses.replace(query, filters=rest), limit=1, offset=0)
    meant = found.query
    counts = found.matches.facets.get(field, ())
    if field == "year":
        counts = tuple(sorted(counts, reverse=True))
    notes = [*([found.note] if found.note else []), *meant.notes, *read_back.aliases(meant)]
    if len(counts) > MOST_GROUPS:
        first = "最近" if field == "year" else "篇数最多"
        notes.append(f"只列出{first}的 {MOST_GROUPS} 个{LABELS[field]}，共有 {len(counts)} 个。")
    if field == "speaker":
        notes.append("没有写明讲话人的不在其中；有几位讲话人的，每位下面都有。")
    elif unknown := found.matches.documents - sum(count for _, count in counts):
        notes.append(f"另有 {unknown} 篇没有写明{LABELS[field]}，不在其中。")
    return GroupPage(
        text=query.raw,
        read_as=read_back.in_words(meant),
        title=f"按{LABELS[field]}归并",
        column=LABELS[field],
        documents=found.matches.documents,
        groups=_groups(engine, found, field, counts[:MOST_GROUPS]),
        notes=tuple(notes),
        views=tuple(views(meant, found.matches, field)),
        state=written(meant),
    )


def _groups(
    engine: Engine, answered: corrections.Answered, field: str, counts: Sequence[tuple[str, int]]
) -> tuple[Group, ...]:
    """One group a value; the index is asked twice, however many there are."""
    query = answered.query
    narrow = [
        dataclasses.replace(query, filters=(*query.filters, Filter(field, value)), page=1, sort="relevance")
        for value, _ in counts
    ]
    each = engine.find_each(narrow, limit=CARDS)
    ranked = [dataclasses.replace(answered, matches=found).listed.ranked for found in each]
    stored = engine.fetch(list(dict.fromkeys(match.id for matches in ranked for match in matches)))
    return tuple(
        Group(value, count, search_address(one), tuple(cards.cards_from(stored, query, matches, most=PASSAGES)))
        for (value, count), one, matches in zip(counts, narrow, ranked, strict=True)
    )
