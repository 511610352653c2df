"""What the collection has, by region and year: the ground on which silence is told from absence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from search import text
from search.engines import Engine, Entry
from search.matching.matches import Matches
from search.query.clauses import Filter, Query

# The ways of being met that make a document one on a subject; others hold some of the words by chance.
ON_SUBJECT = ("exact", "same_document", "synonym", "scattered", "suspected_typo")
NATION = "全国"
Key = tuple[str, str]  # region, year; empty where it is not known


def collected(engine: Engine, filters: Sequence[Filter] = ()) -> Mapping[str, Entry]:
    """id -> entry of the documents that fit filters, and of their near-duplicates, which no answer lists."""
    entries = engine.catalogue()
    if not filters:
        return entries
    query = Query(raw="", text="", clause=None, filters=tuple(filters))
    (listed,) = map(set, engine.first([query], limit=engine.documents))
    groups = {entries[id].group for id in listed if id in entries} - {""}
    return {id: entry for id, entry in entries.items() if id in listed or entry.group in groups}


def unasked(query: Query, hint: str) -> tuple[str, ...]:
    """What a page says that has nothing to look for: why what was typed is nothing, or what to type."""
    return query.notes or (hint,)


def is_unreadable(query: Query) -> bool:
    """Whether something was typed of which nothing can be looked for: that asks for nothing, not for everything."""
    return query.clause is None and bool(query.text.strip())


def not_looked_at(found: Matches, which: str = "最相关的") -> list[str]:
    """What a page says that looked at the first of what was found; near-duplicates, which nothing lists, are none."""
    listed, looked = found.documents - found.folded, len(found.ranked)
    return [f"共 {listed} 篇，只看了{which} {looked} 篇，另有 {listed - looked} 篇没有看。"] if listed > looked else []


def by_cell(entries: Mapping[str, Entry]) -> Mapping[Key, Sequence[str]]:
    """(region, year) -> the ids of its documents; no key where there is none."""
    cells: dict[Key, list[str]] = {}
    for id, entry in entries.items():
        cells.setdefault(entry.key, []).append(id)
    return cells


@cache
def provinces() -> tuple[str, ...]:
    """The regions of the first level, in the order of their codes."""
    return tuple(short for _, _, short, level, *_ in text.rows("regions.tsv") if level == "省级")


def by_region(regions: Iterable[str]) -> list[str]:
    """The nation first, the provinces in the order of their codes, then what else there is; the unknown last."""
    order = {name: number for number, name in enumerate((NATION, *provinces()))}
    return sorted(regions, key=lambda name: (not name, order.get(name, len(order)), name))
