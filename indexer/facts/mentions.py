"""The regions that a text names of its own: its partners, its guests and rows of others' left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from indexer.facts import places
from indexer.facts.below import place_of
from indexer.facts.level import level_of_place, level_of_words
from indexer.facts.readable import Reading, around
from search.documents.document import Evidence
from search.text.patterns import lazy

# Whom a text only visits, helps or quotes: the partner of an aid programme, the goal of a journey, a guest's home.
PARTNER = lazy(
    r"(?:赴|援|对口|帮扶|协作|结对|支援|来自|考察|前往|走进|学习借鉴|借鉴|参观|接待|邀请|等地|与|和|同)[^，。；]{0,12}$"
)
PARTNER_AFTER = lazy(
    r"[^，。；]{0,8}(?:考察|来访|对口|协作|结对|帮扶|支援|等地|一行|代表团|客商|援建|籍)|[^，。；]{0,30}?一行(?:来|莅)"
)


def own_places(text: str) -> Iterator[tuple[places.Region, int, int]]:
    """Regions named in full (文山州 is one, too) that are no partner's and no guest's, and where they stand."""
    for region, at in places.places(text):
        end = at + len(region.name if text.startswith(region.name, at) else region.short)
        if not PARTNER.search(text, max(0, at - 30), at) and not PARTNER_AFTER.match(text, end):
            yield region, at, end


def _is_city(prefecture: str) -> bool:
    return any(one.short == prefecture and one.name.endswith("市") for one in places.regions() if one.level == "市级")


# A text that speaks of its own province, city or county; without these the places it names are its subjects.
OWN_UNIT = lazy(r"[全我本][省市县区州旗盟](?!域)|[省市县区]委|[省市县区]政府|[省市县区]民政[厅局]")
_MOST_TEXT = 60_000


def _among_others(text: str, start: int, end: int) -> bool:
    """吉林、北京、江苏等6省: a province in a row of provinces, which are all others."""
    following = text[end : end + 9] if text[end : end + 1] == "、" else ""
    before = text[max(0, start - 9) : start] if text[start - 1 : start] == "、" else ""
    return any(at == 1 for _, at in places.provinces(following)) or any(
        at + len(short) == len(before) - 1 for short, at in places.provinces(before)
    )


def by_mentions(read: Reading) -> tuple[Evidence[str], str | None] | None:
    """The one province a speech names, else the one its cities and counties lie in."""
    text = f"{read.title}\n{read.text[:_MOST_TEXT]}"
    if not OWN_UNIT.search(text):
        return None
    mentions = [
        (short, at)
        for short, at in places.provinces(text)
        if not PARTNER.search(text, max(0, at - 30), at)
        and not PARTNER_AFTER.match(text, at + len(short))
        and not _among_others(text, at, at + len(short))
    ]
    named = Counter(short for short, _ in mentions)
    # named twice and twice as often as any other: a speech names other provinces too, its own it names again and again
    if named and (top := named.most_common(2)) and top[0][1] >= 2 and (len(top) == 1 or top[0][1] >= 2 * top[1][1]):
        province, at = top[0][0], next(at for short, at in mentions if short == top[0][0])
        return Evidence(province, around(text, at, at + len(province))), None
    prose, found = _named_in_prose(read)
    lying_in = Counter(region.province for region in found)
    if len(lying_in) == 1 and not set(named) - set(lying_in):
        prefectures = {region.prefecture for region in found if region.prefecture}
        words = "、".join(region.name for region in found[:4])
        level = level_of_words(read, found[0].province)
        place = _speaking(found, level, prose)
        if place is None and len(prefectures) == 1 and len(found) >= 2 and not (level and level.value == "省级"):
            place = next(iter(prefectures))
        if place is None and len(prefectures) == 1 and level and level.value == "市级":
            above = next(iter(prefectures))
            own = [one for one in found if one.level == "县级" and one.name.endswith("市")]
            # a city that tells of one of its counties; 市委 in a 盟 or 州 is that of a city below it
            its = len(own) == 1 and "市" in level.text and (not _is_city(above) or _titled(own[0], read.title))
            place = place_of(own[0]) if its else above
        return Evidence(found[0].province, words, "inferred"), place
    return None


def _titled(city: places.Region, title: str) -> bool:
    """Whether a headline, or a part of it, begins with the city's name alone: 桐城严查山头用火."""
    return re.search(rf"(?:^|[\s，：]){re.escape(city.name[:-1])}(?!市)", title) is not None


def _named_in_prose(read: Reading) -> tuple[str, list[places.Region]]:
    """The text without rows of a table and lists of names, which hold others' places, and the regions below provinces
    that it names in full."""
    prose = "\n".join((read.title, *(one for one in read.body if "。" in one)))[:_MOST_TEXT]
    return prose, list(dict.fromkeys(region for region, *_ in own_places(prose) if region.level != "省级"))


def speaking_place(read: Reading, province: str) -> str | None:
    """The place of a text of that province that speaks as one of its cities or counties."""
    level = level_of_words(read, province)
    if level is None or level.value not in ("市级", "县级"):
        return None
    prose, found = _named_in_prose(read)
    return _speaking([region for region in found if region.province == province], level, prose)


def _speaking(found: Sequence[places.Region], level: Evidence[str] | None, prose: str) -> str | None:
    """The one place among those found that is of the text's own level, where it is named again or its body acts; of a
    county's text the places above it count for nothing, of a city's those below it. 某市民政局随即召开续会: of a
    province's text it is one of those that report."""
    own = [one for one in found if level and level.value == level_of_place(one)]
    others = {one.prefecture for one in found} - {one.prefecture for one in own}
    if len(own) != 1 or others - {""}:
        return None
    again = prose.count(own[0].name) > 1 or prose.count(own[0].short) > 2
    acts = re.search(rf"(?<!、){own[0].name}(?:人民政府|民政局)|(?:我们|咱们){own[0].name}", prose)
    return place_of(own[0]) if again or acts else None
