"""The facts about a document that may be stated from outside its text: how they are written and put.

A person's correction and a row of sources.csv both come this way; which of them wins is decided in statements.py.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from indexer.facts import places
from search.documents.document import EVIDENT, Document, Evidence, How, Metadata, PartialDate, Speaker, Warning
from search.documents.labels import FIELDS, QUOTABLE
from search.documents.warnings import settled

# What is written for a fact that nobody knows; it takes away what the program concluded.
UNKNOWN = "不详"
MAX_CHARS = 200  # the longest title in 141 real files has 72


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact stated from outside. value: as checked() gives it, None for unknown; words: who says so, for Evidence."""

    field: str
    value: str | None
    words: str
    how: How


# --- how values are written ----------------------------------------------------------------------------


def checked(field: str, written: str) -> tuple[tuple[str, str | None], ...]:
    """What a person wrote for a field as (field, value) pairs in their one form; a region may bring its place along.

    Raises ValueError, in Chinese and with what is allowed, for anything else.
    """
    value = " ".join(written.split())
    if field not in FIELDS:
        raise ValueError(f"没有“{field}”这一项；可用：{'、'.join(FIELDS)}")
    if not value:
        raise ValueError(
            f"{FIELDS[field]}（{field}）不能为空；确实不知道的写“{UNKNOWN}”，要恢复程序读出的用 --unset {field}"
        )
    if len(value) > MAX_CHARS:
        raise ValueError(f"{FIELDS[field]}（{field}）太长：{len(value)} 字，上限 {MAX_CHARS} 字")
    if value == UNKNOWN and field == "title":
        raise ValueError("标题不能是“不详”；要恢复程序读出的标题用 --unset title")
    if value == UNKNOWN and field != "quotable":
        return ((field, None),)
    return _CHECKS[field](field, value) if field in _CHECKS else ((field, value),)


Pairs = tuple[tuple[str, str | None], ...]

_YES = {"是": "是", "可": "是", "true": "是", "yes": "是", "1": "是"}
_NO = {"否": "否", "不可": "否", "false": "否", "no": "否", "0": "否"}
_DATE = re.compile(r"(\d{4})(?:年|(?:[-/.年])(\d{1,2})(?:月|(?:[-/.月])(\d{1,2})日?)?)?")


def _date(field: str, value: str) -> Pairs:
    found = _DATE.fullmatch(value.replace(" ", ""))
    year, month, day = (int(part) if part else None for part in found.groups()) if found else (None, None, None)
    try:
        if year is None or not 1900 <= year <= 2100:
            raise ValueError
        datetime.date(year, month or 1, day or 1)
    except ValueError:
        allowed = "2024-02-21、2024-02 或 2024（只写知道的部分）"
        raise ValueError(f"日期“{value}”不成立；应写作 {allowed}") from None
    return ((field, str(PartialDate(year, month, day))),)


def _region(field: str, value: str) -> Pairs:
    """陕西, 陕西省, 全国; also 陕西省延安市 and 延安市, which say the place too."""
    if value == places.NATION:
        return ((field, value),)
    found = places.leading(value)
    if found is not None and found.level == "省级" and value in (found.short, found.name):
        return ((field, found.province),)
    if found is not None and found.level != "省级" and _names(value, found):
        return ((field, found.province), ("place", found.place))
    provinces = "、".join(region.short for region in places.regions() if region.level == "省级")
    raise ValueError(
        f"没有名为“{value}”的省级地区；可用：{places.NATION}、{provinces}（也可写到市县，如 陕西省延安市）"
    )


def _names(value: str, region: places.Region) -> bool:
    """Whether the whole of value is the region's name, with or without what it lies in."""
    rest = value.removesuffix(region.name) if value.endswith(region.name) else value.removesuffix(region.short)
    within = places.leading(rest) if rest else None
    return rest != value and (not rest or (within is not None and rest.endswith((within.name, within.short))))


def _level(field: str, value: str) -> Pairs:
    if value not in places.LEVELS:
        raise ValueError(f"没有“{value}”这一级；可用：{'、'.join(places.LEVELS)}")
    return ((field, value),)


def _quotable(field: str, value: str) -> Pairs:
    answer = _YES.get(value.lower()) or _NO.get(value.lower())
    if answer is None:
        raise ValueError(f"“{value}”看不懂；可作原话引用（quotable）只有 是、否")
    return ((field, answer),)


def _speakers(field: str, value: str) -> Pairs:
    people = [_person(part) for part in re.split(r"[;；]", value) if part.strip()]
    if not people or not all(people):
        raise ValueError(f"讲话人“{value}”看不懂；应写作 姓名:职务:角色，职务和角色可省，几个人之间用；隔开")
    return ((field, "；".join(people)),)


def _person(written: str) -> str:
    """姓名:职务:角色, empty where there is no name."""
    name, post, role, *rest = (part.strip() for part in (*re.split("[:：]", written), "", ""))
    return "" if not name or any(rest) else ":".join((name, post, role or "讲话"))


_CHECKS: dict[str, Callable[[str, str], Pairs]] = {
    "date": _date,
    "region": _region,
    "level": _level,
    "quotable": _quotable,
    "speakers": _speakers,
}


def value_of(document: Document, field: str) -> str | None:
    """What a document has for a field, in the form of checked(); None where it is not known."""
    if field == "quotable":
        return "是" if document.metadata.quotable else "否"
    if field == "speakers":
        return "；".join(f"{s.name}:{s.post or ''}:{s.role}" for s in document.metadata.speakers) or None
    held: object = getattr(document.metadata, field)
    value = held.value if isinstance(held, Evidence) else held
    return None if value is None else str(value)


# --- how they are put on a document --------------------------------------------------------------------


def stated(document: Document, statements: Sequence[Statement]) -> Document:
    """The document with the statements in the place of what was read; a later statement wins over an earlier one."""
    known = document.metadata
    for said in statements:
        known = replace(known, **{said.field: _fact(said)})  # type: ignore[arg-type]
    fields = {statement.field for statement in statements}
    if "place" not in fields and _province(known) != _province(document.metadata):
        known = replace(known, place=None)  # 南昌 does not lie in 陕西
    if "genre" in fields and "quotable" not in fields:
        known = replace(known, quotable=bool(known.genre and known.genre.value in QUOTABLE))
    return replace(document, metadata=known, warnings=_doubts(document.warnings, known, fields))


def _fact(said: Statement) -> object:
    """What is stated, as Metadata holds it."""
    if said.field == "speakers":
        return _people(said.value, said.words)
    if said.field == "quotable":
        return said.value == "是"
    if said.value is None or said.field not in EVIDENT:
        return said.value
    return Evidence(EVIDENT[said.field](said.value), said.words, said.how)


def _people(value: str | None, words: str) -> tuple[Speaker, ...]:
    written = [person.split(":") for person in value.split("；")] if value else []
    return tuple(Speaker(name, post or None, role, words) for name, post, role in written)


def _province(known: Metadata) -> str | None:
    return known.region.value if known.region else None


def _doubts(before: Sequence[Warning], known: Metadata, fields: AbstractSet[str]) -> tuple[Warning, ...]:
    gone = settled(fields)
    kept = [doubt for doubt in before if doubt.code not in gone]
    if "date" in fields and known.date is None:
        kept.append(Warning("date_unknown", "日期不详：查过，不能确定"))
    if "source" in fields and known.source is None:
        kept.append(Warning("source_unknown", "来源不详：查过，不能确定"))
    return tuple(kept)
