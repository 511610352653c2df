"""The province a text belongs to, the place below it, and its level: the best of what names them.

In this order: the body that issued it, a national meeting, its own words (headline, byline, source, opening), a post
or a body in its lead, the seat of its own meeting, whose site it is, the one place it names. Never the partner of an
aid programme, a street, or a meeting that was only listened to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from indexer.articles.label_names import SITE
from indexer.articles.names import POST, is_word
from indexer.articles.official import is_body
from indexer.facts import places
from indexer.facts.below import level_of, place_of, unit_below
from indexer.facts.calendar import FULL
from indexer.facts.issuer import NATIONAL, station_issuer
from indexer.facts.level import level_of_place, level_of_posts, level_of_words
from indexer.facts.mentions import PARTNER, PARTNER_AFTER, by_mentions, own_places, speaking_place
from indexer.facts.national import listens, national
from indexer.facts.readable import Reading, around
from indexer.facts.source import find_source, opening
from search.documents.document import Evidence, Speaker
from search.text.patterns import lazy

Found = tuple[Evidence[str] | None, Evidence[str] | None, Evidence[str] | None]
_CITY_COMMITTEE = lazy(r"市委[一二三四五六七八九十]+届|代表市(?:委|政府)|市委市政府|市委、市政府")
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


def find_region(
    read: Reading, issuer: Evidence[str] | None, meeting: Evidence[str] | None, speakers: Sequence[Speaker]
) -> Found:
    """Province-level region, the place below it, and the level of the text."""
    if issuer is not None and re.fullmatch(NATIONAL, issuer.value) and not listens(read):
        return Evidence(places.NATION, issuer.text), None, Evidence("国家", issuer.text)
    if own := national(read, meeting, speakers):
        return own, None, Evidence("国家", own.text)
    station = issuer is not None and station_issuer(read) == issuer
    for words, where in () if station else _own_words(read, issuer):
        if _GUEST.search(words):
            continue
        if where == "own" and issuer is not None and words == issuer.value and (lies := _titled_in(read, words)):
            own = level_of_words(read, lies.province, title_only=True) or Evidence(level_of_place(lies), read.title)
            return Evidence(lies.province, read.title), _place(read, lies, read.title), own
        begins = _region_of(words) or _as_named(words, read)
        if region := begins or (_only_place(words) if words in (read.title, read.hints.source) else None):
            told = None
            if where != "own" or not begins:  # 全省…会议在兰州召开: a seat tells no level
                told = level_of_words(read, region.province, title_only=where == "lead")
                told = None if where == "own" and told and told.value == "国家" else told
            # 来源：北京某某: a site of the capital tells of districts and streets
            named = where != "beside" or region.level != "省级" or _OF_ORGAN.search(words)
            level = told or (Evidence(level_of(region, words), words) if named else None)
            below = _place(read, region, words)
            if not told and level and region.level == "省级" and below and _DISTRICT.match(words, len(region.short)):
                level = Evidence("县级", words)  # 天津河西：…
            if where == "lead" and below and below.value == place_of(region):
                below = Evidence(_own_place(read, region) or below.value, words)
            return Evidence(region.province, words), below, level
    if station:
        return None, None, None  # a national paper or station: the places it names are its subjects
    if (headed := _headed(read)) is not None:
        county, words = headed
        own = level_of_words(read, county.province) or Evidence(level_of_place(county), words)
        return Evidence(county.province, words), Evidence(place_of(county) or county.short, words), own
    found, place = (
        _by_dateline(read)
        or _by_seat(read)
        or _by_day_line(read)
        or _by_office(read)
        or _by_posts(read, speakers)
        or by_mentions(read)
        or (None, None)
    )
    place = place or (speaking_place(read, found.value) if found else None)
    below = Evidence(place, found.text, found.how) if found and place else None
    province = found.value if found else None
    return found, below, level_of_words(read, province) or level_of_posts(speakers, read, province)


# --- own words ----------------------------------------------------------------------------------------------


# Its own words tell the level, too; in the lead they may be a guest's post, and 全区 in the headline tells it better;
# beside the text they tell none.
Where = Literal["own", "lead", "beside"]


def _own_words(read: Reading, issuer: Evidence[str] | None) -> Iterator[tuple[str, Where]]:
    """Where a text names its own region: body, headline, subtitle and byline, source, the opening of the lead."""
    yield from ((issuer.value, "own"),) if issuer else ()
    yield from ((part, "own") for part in re.split(r"——|—", read.title))
    yield from ((line, "own") for line in read.header)
    source = find_source(read)
    yield from ((source.value.removeprefix("据"), "beside"),) if source else ()
    yield from ((words, "beside") for words in _senders(read))
    # in running text only a full name (湖北省, not 湖北) at the start of a clause is the writer's own
    clauses = re.split(r"[，。：；]", opening(read.lead)[:150])[:5]
    # of several provinces none is its own
    yield from (
        (clause, "lead")
        for clause in clauses
        if (region := _region_of(clause))
        and (
            region.name in clause
            or _TOWN.match(clause)
            or (region.level == "市级" and _ZONE.match(clause, len(region.short)))
        )
        and len({short for short, _ in places.provinces(clause)}) <= 1
    )
    yield read.hints.publisher or read.page.get(SITE, ""), "beside"
    yield from ((line, "beside") for line in read.official if _OF_ORGAN.search(line))


_OF_ORGAN = re.compile("政府|民政|人大|政协|委员会|[厅局委]$")

# （云溪县民政局供稿）, 供稿：云溪县民政局, （云溪县民政局）
_SENT_IN = lazy(
    r"[（(]([\u4e00-\u9fff]{4,30}?)[ \u3000]{0,2}(?:供稿|报送|来稿)[）)]$"
    r"|供稿[：:][ \u3000]{0,2}([\u4e00-\u9fff]{4,30})"
)


def _senders(read: Reading) -> Iterator[str]:
    """Who sent a report in, as the page or the note that closes it says."""
    yield read.page.get("供稿", "")
    if read.body and (found := _SENT_IN.search(read.body[-1][-60:])):
        yield found.group(1) or found.group(2)
    elif read.body and is_body(bare := read.body[-1].strip("（）() \u3000")):
        yield bare


def _titled_in(read: Reading, body: str) -> places.Region | None:
    """The county that a headline begins with, where it lies in the city whose body tells of it."""
    whole, part = _region_of(body), _region_of(read.title)
    if whole is None or part is None or whole.level != "市级" or part.level != "县级":
        return None
    return part if (part.province, part.prefecture) == (whole.province, whole.short) else None


_BEFORE_PLACE = re.compile(
    r"(?:[\s—–―－（(-]|在|专?访|中共|政协|共青团|【[^】]{1,20}】|\d{4}年|关于(?:印发|公布)?|\d{1,2}月\d{1,2}日(?:上午|下午)?|日前|近日|现将|据)+"
)


# 甲省民政厅考察团到我市, 乙市某某一行来我县: who comes here is from elsewhere
_GUEST = re.compile(
    r"[^，。；]{2,24}?(?:(?:到|来|莅|赴)(?:我|本)[省市县区州旗]|团(?:一行)?(?:参访|来访|到访|莅临|访问)|一行(?:来|莅)|率[^，。；]{0,16}(?:考察团|代表团|学习团))"
)


def _region_of(words: str) -> places.Region | None:
    """The region that words begin with, 在, a year and the like aside."""
    bare = _BEFORE_PLACE.sub("", words, count=1) if _BEFORE_PLACE.match(words) else words
    town = _TOWN.match(bare) or _DAILY.fullmatch(bare) or _SITE_OF.fullmatch(bare) or _HELD_BY.match(bare)
    medium = None if town else _MEDIUM_OF.fullmatch(bare)
    colon = None if town or medium else _BEFORE_COLON.match(bare)
    called = _county(town.group(1)) if town else _called_alone(medium.group(1)) if medium else None
    called = _county(colon.group(1)) if colon and not is_word(colon.group(1)) else called
    return places.leading(bare) or called


# 晋江紫帽镇: a county called without its unit, before one of its towns
_TOWN = re.compile(r"([\u4e00-\u9fff]{2,3}?)[\u4e00-\u9fff]{2,3}[镇乡](?=组织|召开|举行|举办|开展|党)")


# 邳州召开全市推进会: a county or city called without its unit, of which the meeting is
_HELD_BY = re.compile(r"([\u4e00-\u9fff]{2,3}?)(?:召开|举行|举办|开展|部署|启动)(?=[^，。；]{0,4}全[市县区旗])")


# 今日高邮: the paper of a county, which is called without its unit
_DAILY = re.compile(r"今日([\u4e00-\u9fff]{2,3})")


# 睢宁民政网: the site of a county's bureau, which is called without its unit
_SITE_OF = re.compile(r"(?:中国[·—-]?)?([\u4e00-\u9fff]{2,3}?)(?:民政|政府|政务)(?:信息|公开|门户)?(?:网站?|门户网站)")


_DISTRICT = lazy("[\u4e00-\u9fff]{2,3}[：:]")
# 绥德：推进会召开: of which county a headline tells
_BEFORE_COLON = re.compile(r"([\u4e00-\u9fff]{2,3})[：:](?=.{4})")


# 岱山潮报, 大冶周讯, 岱山发布: a county's paper or account, which is called after it
_MEDIUM_OF = re.compile(
    r"([\u4e00-\u9fff]{2,3}?)(?:[\u4e00-\u9fff]{0,2}[报讯]|新闻网?|传媒网?|融媒体?(?:中心)?|发布|(?:广播)?电视台)"
)


# 青岛西海岸新区: a city called without its unit, before a zone of its own
_ZONE = lazy(r"[\u4e00-\u9fff]{0,6}?(?:[新高]新?|开发|经开|度假|示范|保税)区")


def _as_named(words: str, read: Reading) -> places.Region | None:
    """Of the regions with the name that a body begins with (河东区民政局), the one in whose city or province the text
    is: whose name, and no other one's, it has elsewhere."""
    several = places.alike(words) if _OF_ORGAN.search(words) else ()
    text = f"{read.title}\n{read.text[:_MOST_TEXT]}" if several else ""
    named = [one for one in several if (one.prefecture or one.province) in text or f"{one.province}省" in text]
    return named[0] if len(named) == 1 else None


_MOST_TEXT = 8_000


def _only_place(words: str) -> places.Region | None:
    """The one region of its own a headline or source names in full somewhere: 关于受理天河区人才公寓申请的公告."""
    named = list(dict.fromkeys(region for region, *_ in own_places(words)))
    return named[-1] if len({region.province for region in named}) == 1 else None


def _place(read: Reading, region: places.Region, words: str) -> Evidence[str] | None:
    """The place below the province: of the body (广州天河区), or where the meeting was held."""
    if (own := place_of(region)) or region.level != "省级":
        return Evidence(own, words) if own else None
    rest = re.split("[：:]", words.removeprefix(region.short))[0] if words.startswith(region.short) else ""
    if 2 <= len(rest) <= 5:  # 上海青浦, 天津河西：…: a district without its 区
        parts = [one for one in places.regions() if one.province == region.province and one.name[:-1] == rest]
        if len(parts) == 1 and (place := place_of(parts[0])):
            return Evidence(place, words)
    if below := unit_below(region, words):
        return Evidence(below.group(1), words)
    held = _seat(read)
    place = place_of(held[0]) if held and held[0].province == region.province else None
    if held and place:
        return Evidence(place, held[1])
    # 某省民政厅厅长到某市某院调研
    visited = list(dict.fromkeys(one for one, *_ in own_places(read.title) if one.level != "省级"))
    if len(visited) == 1 and visited[0].province == region.province and (place := place_of(visited[0])):
        return Evidence(place, read.title)
    named = _VISITED.search(read.title)
    guest = places.leading(named.group(1)) if named else None
    if guest and guest.level == "市级" and guest.province == region.province and (place := place_of(guest)):
        return Evidence(place, read.title)
    speaking = speaking_place(read, region.province)
    return Evidence(speaking, words, "inferred") if speaking else None


# 省民政厅来保定调研: a city called without its unit
_VISITED = lazy(r"[来到赴]([\u4e00-\u9fff]{2,4}?)市?(?:调研|检查|考察|督导|督查|慰问|走访)")


# --- offices, seat, mentions ----------------------------------------------------------------------------------

_OFFICE = lazy(
    rf"(?:人民)?(?:政府|民政[厅局]|[省市县区]?委|人大|政协|政府办)?(?:(?!商会|公司|集团|大学|学院)[^，。；、]){{0,8}}?"
    rf"(?:{POST}|民政[厅局]|人民政府|政府|(?:广播|电视)电?台)"
)


def _by_office(read: Reading) -> tuple[Evidence[str], str | None] | None:
    """A region straight before a body or a post in the lead: 岳阳市副市长某某, 迁西县民政局."""
    lead = read.lead[:400]
    rows = "\n".join(one for one in read.body[:6] if not re.search("[，。；]", one))
    if lead and lead in rows and len({region.province for region, *_ in own_places(rows)}) > 1:
        return None  # a list of people from everywhere
    for region, at, end in own_places(lead):
        if _OFFICE.match(lead, end) and not _GUEST.match(lead, at):
            # 长沙、株洲、岳阳市民政局作了发言, but 副市长、岳阳楼区区委书记
            of_several = (
                at > 3
                and lead[at - 1] == "、"
                and any(map(places.is_short, (lead[at - 3 : at - 1], lead[at - 4 : at - 1])))
            )
            return Evidence(region.province, around(lead, at, end)), None if of_several else _own_place(read, region)
    return None


def _own_place(read: Reading, region: places.Region) -> str | None:
    """The place of whoever speaks first or alone; 全市…会议: where a county speaks there, its city's."""
    level = level_of_words(read, region.province, title_only=True) if region.name.endswith("县") else None
    return region.prefecture if level and level.value == "市级" and region.prefecture else place_of(region)


def _by_posts(read: Reading, speakers: Sequence[Speaker]) -> tuple[Evidence[str], str | None] | None:
    """The one place that the posts of who speaks begin with: 岳阳市民政局局长 in a transcript."""
    named = {region: one.evidence for one in speakers if one.post and (region := places.leading(one.post))}
    # 重庆某学院教师 speaks in 渝北区, too
    lowest = [one for one in named if not any(places.holds(one, other) for other in named)]
    if len(lowest) != 1:
        return None
    region, words = lowest[0], named[lowest[0]]
    at = max(0, read.lead.find(region.name))
    guest = PARTNER.search(read.lead[:at][-30:]) or PARTNER_AFTER.match(
        read.lead, at + len(region.name)
    )  # 与来访的四川省某办主任座谈
    return None if guest else (Evidence(region.province, words, "inferred"), _own_place(read, region))


# 本报岳阳讯, 人民网武汉4月1日电, 红网岳阳县分站4月1日讯: where a paper writes from
_PAPER = lazy(
    r"(?:本[报刊网台]|[\u4e00-\u9fff]{1,6}(?:网|日报|晚报|客户端))[ \u3000]?([\u4e00-\u9fff]{2,8}?)(?:分站|频道|站)?"
    r"(?:\d{1,2}月\d{1,2}日)?[ \u3000]?[讯电]"
)


# 宁海新闻网讯: a paper or site is called after its county or city
_LOCAL_MEDIUM = lazy(
    r"(?:云上)?([\u4e00-\u9fff]{2,6}?)(?:新闻网|传媒网|日报|晚报|融媒体?(?:中心)?|(?:广播)?电视台)?"
    r"(?:\d{1,2}月\d{1,2}日)?[ \u3000]?(?:讯|消息|报道)"
)


def _county(name: str) -> places.Region | None:
    """The county of that name without its unit, if one alone has it."""
    found = [one for one in places.regions() if one.level == "县级" and one.name[:-1] == name]
    return found[0] if len(found) == 1 else None


def _called_alone(name: str) -> places.Region | None:
    """_county(), but for the district of a city, whose papers are not called after it alone: 山城日报 is 重庆's."""
    found = _county(name)
    return None if found and found.prefecture and found.name.endswith("区") else found


# 宁海副县长某某: the unit of the county is that of its deputy head
_DEPUTY = lazy(r"([\u4e00-\u9fff]{2,4})(?:常务)?副([县区市旗])长")


def _headed(read: Reading) -> tuple[places.Region, str] | None:
    """The county, called without its unit, whose deputy head a headline or the lead begins with."""
    for text in (read.title, opening(read.lead)):
        if (found := _DEPUTY.match(text)) and (county := _county(found.group(1))):
            return (county, found.group()) if county.name.endswith(found.group(2)) else None
    return None


def _by_dateline(read: Reading) -> tuple[Evidence[str], str | None] | None:
    found = _PAPER.match(read.lead)
    region = places.leading(found.group(1)) if found else None
    own = bool(_OWN_MEETING.search(f"{read.title}，{read.lead[:200]}"))
    if region is None and (found := _LOCAL_MEDIUM.match(read.lead)):
        region = places.leading(found.group(1)) or _called_alone(found.group(1))
        own = level_of_words(read, "") is not None
    if found is None or region is None or not own or "全国" in read.lead[:200]:
        return None
    return Evidence(region.province, found.group()), place_of(region)


_SEAT = lazy(r"在([\u4e00-\u9fff]{2,16}?)(?:隆重|顺利|正式)?(?:召开|举行|举办|开幕|开[班营讲])")
_OWN_MEETING = lazy(
    r"[全我本][省市县区州旗盟镇乡]|自治区|[省市县区]民政|[省市县区][委政]|[镇乡道](?:组织|联合)?(?:召开|举行|举办|开展)"
)


def _seat(read: Reading) -> tuple[places.Region, str] | None:
    """在武汉召开, 在湖南长沙召开: where the meeting was, if the table knows the place, and the words that say so."""
    found = _SEAT.search(read.lead[:400])
    region = places.leading(found.group(1)) if found else None
    return (region, around(read.lead, found.start(), found.end())) if found and region else None


def _by_seat(read: Reading) -> tuple[Evidence[str], str | None] | None:
    """The province in which a meeting of its own province, city or county is held."""
    found, held = _SEAT.search(read.lead[:400]), _seat(read)
    own = _OWN_MEETING.search(f"{read.title}，{read.lead[:200]}")
    if found is None or held is None or own is None or "全国" in read.lead[: found.end()]:
        return None
    return Evidence(held[0].province, held[1]), place_of(held[0])


# （2021年3月16日，安顺）, 2021年3月16日于安顺: where and when words were spoken
_WITH_DAY = lazy(r"[\s\u3000，,、于在·]+|[（()）]")


def _by_day_line(read: Reading) -> tuple[Evidence[str], str | None] | None:
    """The place that stands beside the day under a headline, of words spoken at a meeting of its own unit."""
    if "全国" in read.title or not _OWN_MEETING.search(f"{read.title}，{read.text[:2000]}"):
        return None
    for line in read.header:
        day = FULL.search(line) if len(line) <= 40 else None
        words = _WITH_DAY.sub("", line.replace(day.group(), "", 1)) if day else ""
        region = places.leading(words) if words else None
        if region and words in (region.name, region.short, f"{region.province}{region.short}"):
            return Evidence(region.province, line), place_of(region)
    return None
