"""Which provinces, cities and counties a text names, by the table of regions in search/lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from search.documents.regions import Region as Region
from search.documents.regions import former
from search.documents.regions import regions as regions
from search.text import rows
from search.text.patterns import lazy

NATION = "全国"
LEVELS = ("国家", "省级", "市级", "县级")


@cache
def _named() -> dict[str, tuple[Region, ...]]:
    """Full names, former ones too, and the shorts of provinces and prefectures; several regions where a name is not
    unique."""
    named: dict[str, list[Region]] = {}
    for region in regions():
        short = region.level != "县级" or region.short.endswith(("区", "县", "市", "旗"))
        for name in {region.name, *((region.short,) if short and len(region.short) >= 2 else ())}:
            named.setdefault(name, []).append(region)
    by_name = {region.name: region for region in regions()}
    prefectures = {region.short: region for region in reversed(regions()) if region.level == "市级"}
    for alias, name, kind in rows("region_aliases.tsv"):  # 文山州, 迪庆州
        if kind == "prefecture" and alias not in named:
            found = by_name.get(name) or prefectures.get(name)
            named[alias] = [found] if found else []
    for region in regions():
        for bare in _without_nationality(region):
            named.setdefault(bare, [region])
    for old, region in former().items():
        named.setdefault(old, [region])
    return {name: tuple(found) for name, found in named.items() if found}


_NATIONALITIES = (
    "满回藏苗壮彝侗瑶白傣黎佤畲水土羌怒京 蒙古 土家 哈尼 哈萨克 傈僳 高山 拉祜 东乡 纳西 景颇 柯尔克孜 达斡尔 仫佬 "
    "布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 "
    "基诺 朝鲜 布依 维吾尔 各"
)
_AUTONOMOUS = "自治"
_ONE, *_LONGER = _NATIONALITIES.split()
_OF_NATIONALITIES = lazy(rf"([\u4e00-\u9fff]{{2,}}?)(?:(?:[{_ONE}]|{'|'.join(_LONGER)})族?)+{_AUTONOMOUS}([县旗])")


@cache
def _of_provinces() -> frozenset[str]:
    return frozenset(one.short for one in regions() if one.level == "省级")


def _without_nationality(region: Region) -> tuple[str, ...]:
    """景宁县 and 景宁自治县 for 景宁畲族自治县, as everybody calls it; not 河南县, which has the name of a province."""
    found = _OF_NATIONALITIES.fullmatch(region.name) if _AUTONOMOUS in region.name else None
    if not found or found.group(1) in _of_provinces():
        return ()
    return f"{found.group(1)}{found.group(2)}", f"{found.group(1)}自治{found.group(2)}"


# 江苏路街道, 云南大学, 上海银行, 澳门新村: what is only named after a place.
_NAMED_AFTER = (
    r"(?:[东南西北中]{0,2}(?:路|大道|大街|街道|街|巷|里弄)|大学|学院|银行|商会|饭店|宾馆|大厦|会馆"
    r"|新村|花园|家园|公寓|牌|门[内外]?)"
)
_ONLY_NAMED_AFTER = re.compile(_NAMED_AFTER)


@cache
def _provinces() -> re.Pattern[str]:
    """The short names of provinces. 吉林市, 海南州: a prefecture of the same name is no province."""
    shorts = sorted((r.short for r in regions() if r.level == "省级"), key=len, reverse=True)
    return re.compile(
        f"({'|'.join(shorts)})(?!(?:藏族|蒙古族)?(?:自治州|州))(?!{_NAMED_AFTER})(?<!吉林(?=市))(?<!海南(?=州))"
    )


def provinces(text: str) -> Iterator[tuple[str, int]]:
    """(short name, offset) of every province named in text."""
    for found in _provinces().finditer(text):
        yield found.group(1), found.start()


_SUFFIX = re.compile(r"(?:自治[区州县旗]|[市县区州盟旗省])")
_LONGEST = 15


def places(text: str) -> Iterator[tuple[Region, int]]:
    """Every region whose full name (延安市, 宝塔区, 湖北省) stands in text, with its offset, if the name is unique."""
    named = _named()
    for found in _SUFFIX.finditer(text):
        end = found.end()
        for start in range(max(0, end - _LONGEST), end - 1):
            match = named.get(text[start:end])
            if match and len(match) == 1:
                if not _cut_out(text, start, match[0]) and not _is_head(text, start, end):
                    yield match[0], start
                break


def _is_head(text: str, start: int, end: int) -> bool:
    """代县|长, 易县|长: behind one character a county's head, acting or called by the surname, rather than 代县."""
    return end - start == 2 and text[end - 1] in "县市区" and text[end : end + 1] == "长"


_HAN = lazy("[\u4e00-\u9fff]")


def _cut_out(text: str, start: int, region: Region) -> bool:
    """Whether a name is only the end of another: 东区 of 湖东区, 海城区 of 上海城区.

    Names of one character (东区, 郊区) are so in most texts; behind a character they need the name they lie in.
    """
    if not start or not _HAN.match(text[start - 1]):
        return False
    if text[start - 1 : start + 1] in _named():
        return True
    above = (region.prefecture, region.province)
    return len(region.name) == 2 and not any(one and one in text[max(0, start - 6) : start] for one in above)


def leading(text: str) -> Region | None:
    """The region a name of a body begins with, the most local where several follow: 广州市天河区教育局 → 天河区."""
    found: Region | None = None
    at = 0
    while (step := _longest_at(text, at, found)) is not None:
        found, at = step
    return found


def _longest_at(text: str, at: int, within: Region | None) -> tuple[Region, int] | None:
    named = _named()
    for end in range(min(len(text), at + _LONGEST), at + 1, -1):
        for region in named.get(text[at:end], ()):
            unique = len(named[text[at:end]]) == 1
            inside = (
                within is not None and region.province == within.province and within.place in (None, region.prefecture)
            )
            if (text[at:end] == region.short and _ONLY_NAMED_AFTER.match(text, end)) or _is_head(text, at, end):
                continue
            if (unique and within is None) or (inside and region != within):
                return region, end
    return None


def alike(text: str) -> tuple[Region, ...]:
    """The regions that share the name a text begins with, where that is no single one's: 河东区, 鼓楼区."""
    named = _named()
    ends = range(min(len(text), _LONGEST), 2, -1)
    return next((found for end in ends if len(found := named.get(text[:end], ())) > 1), ())


@cache
def _shorts() -> frozenset[str]:
    return frozenset(name for region in regions() for name in (region.short, region.name[:-1]))


def is_short(name: str) -> bool:
    """Whether a region is called so without its unit: 武进, 江夏."""
    return name in _shorts()


def is_place(text: str, at: int, end: int) -> bool:
    """Whether text[at:end] is a place, with its unit or right before it: 宁海|县委, 宁海县|妇联."""
    ends = (end, end + 1)
    return any(text[stop - 1 : stop] in _UNITS and leading(text[at:stop]) is not None for stop in ends)


_UNITS = frozenset("省市州县区旗")


def full_name(province: str) -> str:
    """云南 → 云南省."""
    return next((r.name for r in regions() if r.level == "省级" and r.short == province), province)


def is_municipality(province: str) -> bool:
    """北京, 天津, 上海, 重庆: 全市 there is the whole province-level unit."""
    return full_name(province).endswith("市")


def holds(region: Region, other: Region) -> bool:
    """Whether another region lies in a province or in a prefecture."""
    if region.level == "省级":
        return other.level != "省级" and other.province == region.province
    return (
        region.level == "市级"
        and other.level == "县级"
        and (other.province, other.prefecture) == (region.province, region.short)
    )
