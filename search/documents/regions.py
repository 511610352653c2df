"""Places below the provinces as paths of the table of regions: 湖北/武汉, 湖北/武汉/江岸区, 北京/朝阳区."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from search import text
from search.documents.document import Document

BELOW = "/"  # between a place and what lies in it
_SIGNS = str.maketrans("", "", " /›>·-")


@dataclass(frozen=True, slots=True)
class Region:
    """A row of the table. prefecture: of a prefecture itself; empty of provinces and of counties directly under one."""

    code: str
    name: str
    short: str
    level: str
    province: str
    prefecture: str

    @property
    def place(self) -> str | None:
        """The place below the province: 延安, 天河区; None for a province."""
        return None if self.level == "省级" else self.short

    @property
    def above(self) -> str:
        """The prefecture that it lies in; empty where that has its name."""
        return self.prefecture if self.prefecture != self.short else ""

    @property
    def path(self) -> str:
        return BELOW.join(filter(None, (self.province, self.above, self.short)))


@cache
def regions() -> tuple[Region, ...]:
    return tuple(Region(c, n, s, level, p, "" if f == "-" else f) for c, n, s, level, p, f in text.rows("regions.tsv"))


@cache
def former() -> Mapping[str, Region]:
    """Names that units had before they were renamed, raised or joined to others: 邹平县. Each with the unit of today
    under that name, which is what stands in a text."""
    return {
        old: replace(one, name=old)
        for old, name, within in text.rows("former_regions.tsv")
        for one in _by_name().get(name, ())
        if within in (one.prefecture, one.province)
    }


@cache
def _by_name() -> Mapping[str, tuple[Region, ...]]:
    named: dict[str, list[Region]] = {}
    for one in regions():
        named.setdefault(one.name, []).append(one)
    return {name: tuple(found) for name, found in named.items()}


def province(typed: str) -> str:
    """湖北 for 湖北, 湖北省, 鄂 and 荆楚; empty for what names no province. 吉林市 and 海南州 are none."""
    folded = text.fold(typed)
    return _provinces().get(folded) or text.province_aliases().get(folded, "")


@lru_cache(maxsize=1 << 12)  # of what anybody may type
def paths(typed: str) -> tuple[str, ...]:
    """The places below the provinces that a name may mean: 武汉, 武汉市, 湖北武汉, 湖北/武汉/江岸区; several where it
    is not unique (朝阳区), none for what is no such name."""
    bare = text.fold(typed).translate(_SIGNS)
    for at in range(len(bare) - 1):  # the longest name first
        found = [one for one in _named().get(bare[at:], ()) if _leads_to(bare[:at], one)]
        if found:
            cities = [one for one in found if one.level == "市级"]
            return tuple(dict.fromkeys(one.path for one in cities or found))
    return ()


def places_of(document: Document) -> list[str]:
    """The paths of where a document is from, without the province: 湖北/武汉, 湖北/武汉/江岸区."""
    known = document.metadata
    if not known.region or not known.place or known.place.value == known.region.value:
        return []
    within = known.region.value + BELOW
    found = [path for path in paths(known.region.value + known.place.value) if path.startswith(within)]
    path = found[0] if len(found) == 1 else within + known.place.value
    names = path.split(BELOW)
    return [BELOW.join(names[:end]) for end in range(2, len(names) + 1)]


def lies_in(place: str, other: str) -> bool:
    """Whether a province or path is another one or lies in it: 湖北/武汉 in 湖北."""
    return f"{place}{BELOW}".startswith(f"{other}{BELOW}")


def shown(value: str) -> str:
    """湖北/武汉 as it is written on a card: 湖北武汉."""
    return value.replace(BELOW, "")


def _leads_to(before: str, unit: Region) -> bool:
    """Whether what stands before the name of a unit names what it lies in: nothing, 湖北, 湖北省武汉市."""
    for province in ("", *_forms(unit.province, "省级", unit.province)):
        for prefecture in ("", *(_forms(unit.above, "市级", unit.province) if unit.above else ())):
            if before == province + prefecture:
                return True
    return False


@cache
def _provinces() -> Mapping[str, str]:
    provinces = [one for one in regions() if one.level == "省级"]
    return {written: one.short for one in provinces for written in map(text.fold, (one.name, one.short))}


@cache
def _named() -> Mapping[str, tuple[Region, ...]]:
    """Name, short name, another name of a city or a former name -> the units below the provinces."""
    named: dict[str, list[Region]] = {}
    for one in regions():
        for written in dict.fromkeys(map(text.fold, (one.name, one.short))) if one.level != "省级" else ():
            named.setdefault(written, []).append(one)
    for alias, short, kind in text.rows("region_aliases.tsv"):
        cities = [one for one in named.get(text.fold(short), ()) if one.level == "市级"]
        if kind in ("city", "prefecture") and text.fold(alias) not in named:
            named[text.fold(alias)] = cities
    for old, one in former().items():
        named.setdefault(text.fold(old), [one])
    return {written: tuple(found) for written, found in named.items()}


@cache
def _forms(short: str, level: str, province: str) -> tuple[str, ...]:
    names = [
        text.fold(one.name) for one in regions() if (one.short, one.level, one.province) == (short, level, province)
    ]
    return tuple(dict.fromkeys((text.fold(short), *names)))
