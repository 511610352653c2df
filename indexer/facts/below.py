"""The unit below a province that words name, whether the table of places knows it or not, and its level."""

from __future__ import annotations

import re

from indexer.facts import places
from indexer.facts.level import level_of_place
from search.text import known
from search.text.patterns import lazy


def place_of(region: places.Region) -> str | None:
    if region.level == "县级":
        return f"{region.prefecture}{region.short}"
    return region.short if region.level == "市级" else None


def level_of(region: places.Region, words: str) -> str:
    """The level of the smallest unit named: of a place the table does not know, by its last character."""
    if region.level == "省级" and (below := unit_below(region, words)):
        county = below.group(1)[-1] in "县区旗" or places.is_municipality(region.province)
        return "县级" if county else "市级"
    return level_of_place(region)


_UNIT = lazy(r"((?![全各本])[\u4e00-\u9fff]{1,6}?(?:市|自治州|州|盟|地区|自治县|县|区|旗))")
# Straight before its organ or its head a unit is one, whatever its name.
_ITS_ORGAN = lazy(
    r"人民政府|政府|民政|委(?!托|派)|人大|政协|(?<=[市州盟县区旗])长|[^，。；]{2,12}(?:局|委员会|办公室)$"
)


def unit_below(region: places.Region, words: str) -> re.Match[str] | None:
    """The unit named straight after the province: 湖北省云泽市民政局 → 云泽市; none in 湖北省民政厅城市处.

    Words end as units do, 湖南省社区…, 上海市副市长, 湖南省农村地区 (9 of 16 sentences tried gave such a place): a unit
    the table does not know needs a name that is no word, of two or three characters, or one before an organ.
    """
    at = words.find(region.name)
    found = _UNIT.match(words, at + len(region.name)) if at >= 0 else None
    if found is None or re.search("[厅局委府部处召举在]|[社小校园景]区$", found.group(1)):
        return None
    stem = re.sub(r"(?:自治[州县]|地区|[市州盟县区旗])$", "", found.group(1))
    if len(stem) < 2 or known(stem) or known(found.group(1)):
        return None
    return (
        found if (len(stem) <= 3 and len(found.group(1)) > len(stem)) or _ITS_ORGAN.match(words, found.end()) else None
    )
