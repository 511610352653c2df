"""The values of a filter as they are typed: another name of a region, a range of years, a list."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

from search import text
from search.documents import regions
from search.errors import QueryError
from search.index.schema import LABELS, MAX_VALUE, source_name
from search.query.clauses import RANGE, Filter
from search.text import document_numbers, numbers

# What documents can be narrowed by: the facets, and the day, of which ranges are asked and not single values.
NAMES = {**LABELS, "date": "日期"}
# The parameters of an address: region, and -region for what is excluded.
PARAMETERS = tuple(parameter for name in NAMES for parameter in (name, f"-{name}"))
# 地区 and region -> region
FIELDS = {**{label: name for name, label in NAMES.items()}, **{name: name for name in NAMES}}
FIELDS["发文字号"] = "number"

LIST = re.compile(r"[,，、;；]+(?!\d{3}(?!\d))")  # not the comma of 1,234
_REGION_ENDS = re.compile(r"(壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$")
_BETWEEN = re.compile(r"\.\.|[至到~—–]+|(?<=年)-|(?<=^\d{4})-(?=\d{4})")
_SINCE = re.compile(r"(?:以来|以后|至今|起)$")
_DATE = re.compile(r"((?:19|20)\d\d)(?:[-./年](\d{1,2}))?(?:[-./月](\d{1,2}))?[年月日]?")
_RECENT = re.compile(r"(?:最?近|过去)(\d{1,2}|[一二两三四五六七八九十]{1,3})年")
_AGO = {"今年": 0, "本年": 0, "去年": 1, "前年": 2}


def filters(
    name: str, value: str, *, excluded: bool = False, whole: bool = False, today: date | None = None
) -> tuple[Filter, ...]:
    """What a field with a list of values asks for: 湖北、云南, 2022-2024; raises QueryError for an unknown field.

    whole: it is one value, whatever signs are in it, as a source always is. today: 今年 and 近三年 are counted from it.
    """
    pieces = [value] if whole or name == "source" else LIST.split(value)
    meant = (one for piece in pieces if piece.strip() for one in _values(name, piece, today))
    return tuple(dataclasses.replace(one, excluded=excluded) for one in meant)


def _values(name: str, value: str, today: date | None) -> tuple[Filter, ...]:
    """One value, or every place of that name: 朝阳区."""
    return regions_of(value) if name == "region" else (filter_of(name, value, today=today),)


def filter_of(name: str, value: str, *, today: date | None = None) -> Filter:
    """One value; raises QueryError for an unknown field."""
    if name not in NAMES:
        raise QueryError(f"没有“{name[:20]}”这个筛选项；可用：{'、'.join(NAMES.values())}")
    value = " ".join(value.split())
    if name == "region":
        return regions_of(value)[0]
    if name in ("year", "date"):
        return _time(name, value, today or date.today())
    if name == "source":
        value = source_name(value)
    if name == "number":
        value = document_numbers.number_of(value) or value
    return Filter(name, value[:MAX_VALUE])


def regions_of(typed: str) -> tuple[Filter, ...]:
    """湖北 for 湖北省 too, and for its other names (鄂, 荆楚); a city or county as its path; of each the reader is told
    where it was typed otherwise. What no table knows stays as it is."""
    typed = " ".join(typed.split())[:MAX_VALUE]
    short = _REGION_ENDS.sub("", typed) or typed
    found = (regions.province(typed),) if regions.province(typed) else regions.paths(typed)
    if not found and regions.province(short):
        found = (regions.province(short),)
    if not found:  # a path comes from the tree of what there is, with the name that documents have
        return (Filter("region", typed if regions.BELOW in typed else short),)
    return tuple(Filter("region", one, "" if {typed, short} & {one, regions.shown(one)} else typed) for one in found)


def _time(name: str, typed: str, today: date) -> Filter:
    """A year or date, or a range of them; what is none of these stays as it is and fits nothing."""
    meant = _range(name, text.fold(typed), today)
    if meant is None:
        return Filter(name, typed[:MAX_VALUE])
    value = meant[0] if meant[0] == meant[1] else RANGE.join(meant)
    relative = _RECENT.fullmatch(typed) or typed in _AGO or _SINCE.search(typed)
    return Filter(name, value, typed if relative else "")


def _range(name: str, folded: str, today: date) -> tuple[str, str] | None:
    """The first and the last year or date of what is typed: 近三年, 2022-2024, 2023年以来; None for anything else."""
    if folded in _AGO:
        return (str(today.year - _AGO[folded]),) * 2
    if (recent := _RECENT.fullmatch(folded)) and (many := numbers.read(recent[1])):
        return str(today.year - many + 1), str(today.year)
    if since := _SINCE.search(folded):
        first = _date(name, folded[: since.start()])
        return (first, str(today.year)) if first else None
    ends = [_date(name, end.strip()) for end in _BETWEEN.split(folded)]
    if len(ends) > 2 or None in ends:
        return None
    first, last = sorted(filter(None, (ends[0], ends[-1])))
    return first, last


def _date(name: str, folded: str) -> str | None:
    """2024-02-21, 2024-02 or 2024 for what says so in any writing; of a year the year alone."""
    ascii_ = next((form for form in (folded, *text.number_forms(folded)) if form.isascii()), folded)
    found = _DATE.fullmatch(ascii_) or _DATE.fullmatch(folded)
    if not found:
        return None
    year, *rest = found.groups()
    if name == "year" and not any(rest):
        return year
    known = [int(part) for part in rest if part]
    if name == "year" or not all(1 <= part <= most for part, most in zip(known, (12, 31), strict=False)):
        return None
    return "-".join([year, *(f"{part:02}" for part in known)])
