"""The province a text belongs to, the place below it, and its level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from indexer.facts import places
from indexer.facts.issuer import NATIONAL, station_issuer
from indexer.facts.readable import Reading
from indexer.facts.source import find_source, opening
from search.documents.document import Evidence
from search.text import known

_LEVEL_WORDS = (
    ("全国", "国家"),
    ("全省", "省级"),
    ("全区", "省级"),
    ("全市", "市级"),
    ("全州", "市级"),
    ("全县", "县级"),
)
_CITY_COMMITTEE = re.compile(r"市委[一二三四五六七八九十]+届|代表市(?:委|政府)|市委市政府|市委、市政府")


# Whoever welcomes or reports at a meeting of the province (全省…现场会上的致辞) may well be a city's.
_GUESTS = ("致辞", "发言稿", "经验交流")


def region_doubt(read: Reading, genre: str | None) -> tuple[str, ...]:
    """Words by which a text of a whole province speaks as a city's: 全省 in the headline, 市委六届四次全会 in the body.

    The four municipalities are provinces with a 市委, so the doubt needs 全省 beside it.
    """
    if "全省" not in read.title or genre in _GUESTS:
        return ()
    city = tuple(dict.fromkeys(found.group() for found in _CITY_COMMITTEE.finditer(read.text)))
    province = "省委" in read.text or "省政府" in read.text
    return (f"全省（{read.title}）", *city[:3]) if len(city) >= 2 and not province else ()


def find_region(read: Reading, issuer: Evidence[str] | None) -> tuple[Evidence[str] | None, str | None, str | None]:
    """Province-level region, the place below it, and the level of the text."""
    if issuer is not None and re.fullmatch(NATIONAL, issuer.value):
        return Evidence(places.NATION, issuer.text), None, "国家"
    station = issuer is not None and station_issuer(read) == issuer
    for words in () if station else _own_words(read, issuer):
        if region := _region_of(words) or (_only_place(words) if words in (read.title, read.hints.source) else None):
            return Evidence(region.province, words), _place(read, region, words), _level_of(region, words)
    if station:
        return None, None, None  # a national paper or station: the places it names are its subjects
    found, place = _by_mentions(read)
    return found, place, _level(read, found)


def _own_words(read: Reading, issuer: Evidence[str] | None) -> Iterator[str]:
    """Where a text names its own region: body, headline, subtitle and byline, source, the opening of the lead."""
    yield from (issuer.value,) if issuer else ()
    yield from re.split(r"——|—", read.title)
    yield from read.header
    source = find_source(read)
    yield from (source.value.removeprefix("据"),) if source else ()
    # in running text only a full name (湖北省, not 湖北) at the start of a clause is the writer's own
    clauses = re.split(r"[，。：；]", opening(read.lead)[:150])[:5]
    yield from (clause for clause in clauses if (region := _region_of(clause)) and region.name in clause)
    yield read.hints.publisher


_BEFORE_PLACE = re.compile(
    r"(?:[\s—–－-]|在|【[^】]{1,20}】|\d{4}年|关于(?:印发|公布)?|\d{1,2}月\d{1,2}日(?:上午|下午)?|日前|近日|现将|据)+"
)


def _region_of(words: str) -> places.Region | None:
    """The region that words begin with, 在, a year and the like aside."""
    return places.leading(_BEFORE_PLACE.sub("", words, count=1) if _BEFORE_PLACE.match(words) else words)


def _only_place(words: str) -> places.Region | None:
    """The one region a headline or source names in full somewhere: 关于受理天河区人才公寓申请的公告."""
    named = list(dict.fromkeys(region for region, _ in places.places(words)))
    return named[-1] if len({region.province for region in named}) == 1 else None


def _place(read: Reading, region: places.Region, words: str) -> str | None:
    """The place below the province: of the body (广州天河区), or where the meeting was held."""
    if region.level == "县级":
        return f"{region.prefecture}{region.short}"
    if region.level == "市级":
        return region.short
    below = _below(region, words)
    return below.group(1) if below else _held_in(read)


def _level_of(region: places.Region, words: str) -> str:
    """The level of the smallest unit named: of a place the table does not know, by its last character."""
    if region.level == "市级" and places.is_municipality(region.province):
        return "省级"
    if region.level == "省级" and (below := _below(region, words)):
        county = below.group(1)[-1] in "县区旗" or places.is_municipality(region.province)
        return "县级" if county else "市级"
    return region.level


_UNIT = re.compile(r"((?![全各本])[\u4e00-\u9fff]{1,6}?(?:市|自治州|州|盟|地区|自治县|县|区|旗))")
# Straight before its organ or its head a unit is one, whatever its name.
_ITS_ORGAN = re.compile(
    r"人民政府|政府|民政|委(?!托|派)|人大|政协|(?<=[市州盟县区旗])长|[^，。；]{2,12}(?:局|委员会|办公室)$"
)


def _below(region: places.Region, words: str) -> re.Match[str] | None:
    """The unit named straight after the province: 湖北省云泽市民政局 → 云泽市; none in 湖北省民政厅城市处.

    Words end as units do, 湖南省社区…, 上海市副市长, 湖南省农村地区 (9 of 16 sentences tried gave such a place): a unit
    the table does not know needs a name that is no word, of two or three characters, or one before an organ.
    """
    at = words.find(region.name)
    found = _UNIT.match(words, at + len(region.name)) if at >= 0 else None
    if found is None or re.search(r"[厅局委府部处召举在]", found.group(1)):
        return None
    stem = re.sub(r"(?:自治[州县]|地区|[市州盟县区旗])$", "", found.group(1))
    if len(stem) < 2 or known(stem) or known(found.group(1)):
        return None
    return (
        found if (len(stem) <= 3 and len(found.group(1)) > len(stem)) or _ITS_ORGAN.match(words, found.end()) else None
    )


def _held_in(read: Reading) -> str | None:
    """在武汉召开: where the meeting was, if the table knows the place."""
    found = re.search(r"在([\u4e00-\u9fff]{2,8}?)(?:召开|举行|举办|开幕)", read.lead)
    region = places.leading(found.group(1)) if found else None
    return region.short if region else None


# A text that speaks of its own province, city or county; without these the places it names are its subjects.
_OWN_UNIT = re.compile(r"[全我本][省市县区州旗盟](?!域)|[省市县区]委|[省市县区]政府")


def _by_mentions(read: Reading) -> tuple[Evidence[str] | None, str | None]:
    """The one province a speech names, else the one its cities and counties lie in."""
    text = f"{read.title}\n{read.text}"
    if not _OWN_UNIT.search(text):
        return None, None
    named = Counter(short for short, _ in places.provinces(text))
    # named twice and twice as often as any other: a speech names other provinces too, its own it names again and again
    if named and (top := named.most_common(2)) and top[0][1] >= 2 and (len(top) == 1 or top[0][1] >= 2 * top[1][1]):
        at = text.index(top[0][0])
        return Evidence(top[0][0], _around(text, at, len(top[0][0]))), None
    found = list(dict.fromkeys(region for region, _ in places.places(text) if region.level != "省级"))
    lying_in = Counter(region.province for region in found)
    if len(lying_in) == 1 and len(found) >= 2 and not named:
        prefectures = {region.prefecture for region in found if region.prefecture}
        words = "、".join(region.name for region in found[:4])
        return Evidence(found[0].province, words, "inferred"), prefectures.pop() if len(prefectures) == 1 else None
    return None, None


def _around(text: str, at: int, length: int) -> str:
    """The clause a word stands in."""
    start = max(text.rfind(mark, 0, at) for mark in "，。；：、\n") + 1
    end = min((i for mark in "，。；：、\n" if (i := text.find(mark, at + length)) >= 0), default=len(text))
    return text[start:end][:40]


def _level(read: Reading, region: Evidence[str] | None) -> str | None:
    """全省民政工作会议 → 省级: by the first such word of the headline, else of the first paragraph."""
    for text in (read.title, read.lead):
        words = _LEVEL_WORDS if text == read.title else _LEVEL_WORDS[1:]
        first = min(((at, level) for word, level in words if (at := text.find(word)) >= 0), default=None)
        if first:
            municipal = region is not None and places.is_municipality(region.value)
            return "省级" if first[1] == "市级" and municipal else first[1]
    return None
