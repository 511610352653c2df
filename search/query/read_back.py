"""A query said back to whoever typed it: 含“养老服务”，地区为湖北，不含“福彩”."""

from __future__ import annotations

from collections.abc import Iterator

from search.documents import regions
from search.query.clauses import AnyOf, Clause, InTitle, Near, Query, Term, Without
from search.query.filters import NAMES


def in_words(query: Query) -> str:
    """The query read back: 含“养老服务”，地区为湖北，不含“福彩”."""
    wanted, unwanted = _say(query.clause)
    chosen: dict[tuple[str, bool], list[str]] = {}
    for item in query.filters:
        chosen.setdefault((item.field, item.excluded), []).append(item.said)
    parts = [f"含{wanted}"] if wanted else []
    for (field, excluded), values in chosen.items():
        parts.append(f"{NAMES[field]}{'不是' if excluded else '为'}{'或'.join(values)}")
    parts += [f"不含{part}" for part in unwanted]
    return "，".join(parts)


def aliases(query: Query) -> Iterator[str]:
    """Where a value was typed by another of its names (地区“鄂”按“湖北”检索。), and regions to leave out that no table
    has: where one is wanted, the empty answer says so."""
    for item in query.filters:
        if item.typed:
            yield f"{NAMES[item.field]}“{item.typed}”按“{item.said}”检索。"
        if item.excluded and item.facet == "region" and item.value != "全国" and not regions.province(item.value):
            yield f"行政区划表里没有“{item.value}”，按字面与各篇的地区比较。"


def none(query: Query) -> str:
    """How a sentence begins that says what no document has: others than those chosen may have it."""
    return "所选范围内没有一篇" if query.filters else "没有一篇"


def _say(clause: Clause | None) -> tuple[str, list[str]]:
    """What is looked for and what is not, in words."""
    if clause is None:
        return "", []
    if isinstance(clause, Term):
        return f"“{clause.shown}”", []
    if isinstance(clause, Without):
        return "", [_joined(_say(clause.part))]
    if isinstance(clause, Near | InTitle):
        place = "标题" if isinstance(clause, InTitle) else _UNITS[clause.unit]
        return f"{place}里的{_joined(_say(clause.part))}", []
    said = [_say(part) for part in clause.parts]
    if isinstance(clause, AnyOf):
        return "或".join(_joined(part) for part in said), []
    several = sum(bool(said_part) for said_part, _ in said) > 1
    wanted = [
        f"（{said_part}）" if isinstance(part, AnyOf) or (several and isinstance(part, Near | InTitle)) else said_part
        for part, (said_part, _) in zip(clause.parts, said, strict=True)
        if said_part
    ]
    return "和".join(wanted), [term for _, unwanted in said for term in unwanted]


_UNITS = {"sentence": "同一句", "passage": "同一段", "item": "提纲"}


def _joined(said: tuple[str, list[str]]) -> str:
    wanted, unwanted = said
    return wanted + "".join(f"而不含{part}" for part in unwanted)
