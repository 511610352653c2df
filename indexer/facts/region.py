"""Where a text comes from: the body that issued it, its region and level, the source it was taken from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer import places
from indexer.articles.marks import DATELINE, SOURCE_NOTE, is_date_line
from indexer.reading import Reading
from search.documents.document import Evidence, Speaker

# --- issuing body ----------------------------------------------------------------------------------------------

_ORGAN = (
    r"(?:人民政府办公[厅室]|政府办公[厅室]|人民政府|政府|民政厅|民政局|省委|市委|区委|县委|党委"
    r"|[\u4e00-\u9fff]{2,10}?(?:厅|局|委员会|管理中心|办公室|办公厅|联合会|协会|基金会|总工会))"
)
_NATIONAL = (
    r"(?:民政部|国务院办公厅|国务院|中共中央办公厅|中共中央|全国老龄办|全国老龄工作委员会办公室|中国残联"
    r"|[\u4e00-\u9fff]{2,10}部(?=召开|举行|印发|部署|办公厅|党组))"
)
_BODY = re.compile(rf"({_NATIONAL}|[\u4e00-\u9fff]{{2,14}}?(?:省|自治区|市|县|区|州|盟|旗){_ORGAN})")
_ACTS = re.compile(
    r"(?:党组|党委|机关|办公厅)?(?:（[^（）]{1,20}）)?(?:\d{1,2}日)?(?:在[^，。；]{1,20}?|日前|近日)?"
    r"(?:组织)?(?:召开|举行|举办|印发|发布|开展|部署|发出|下发|制定|出台|联合)"
)
_TITLE_ACTS = re.compile(r"[：:]|关于|召开|举行|印发|发布|部署|20\d\d年|政府工作报告|办公[厅室]|[ 　]")
_REPRESENT = re.compile(
    r"我(?:谨)?代表((?:[\u4e00-\u9fff]{2,8}?)?(?:省|市|县|区|州|自治区)(?:人民)?(?:政府|委)"
    r"|[\u4e00-\u9fff]{2,20}?(?:厅|局|部)(?:党组|机关)?)"
)
_GOV_REPORT = re.compile(r"(?:20\d\d年)?([\u4e00-\u9fff]{2,12}?(?:省|自治区|市|县|区|州))(?:人民)?政府工作报告")
_STATION = re.compile(r"^([^，。：（）\s]{2,12}?)(?:消息|讯)[ 　]*(（[^（）]{1,20}）)?[ 　]*：")
_AGENCY = re.compile(r"^(新华社|中新社|本报|本刊|本网)")


def find_issuer(read: Reading) -> Evidence[str] | None:
    """The body that speaks or publishes; where several are named, the first of this order."""
    finders = (
        _report_issuer,
        _title_issuer,
        _page_issuer,
        _lead_issuer,
        _byline_issuer,
        _note_issuer,
        _signed_issuer,
        _source_issuer,
        _represented,
        _station,
    )
    return next((found for finder in finders if (found := finder(read)) is not None), None)


def _page_issuer(read: Reading) -> Evidence[str] | None:
    labels = ("发文机关", "发布机构", "发布单位", "发布者", "信息提供")
    stated = next((value for label in labels if (value := read.page.get(label))), read.hints.issuer)
    return Evidence(stated, stated) if stated else None


def _byline_issuer(read: Reading) -> Evidence[str] | None:
    """湖北省某市民政局党组书记、局长 …: the body whose head speaks."""
    for line in read.header:
        if (found := _BODY.match(line)) and _is_body(found.group(1)):
            return Evidence(found.group(1), line)
    return None


def _report_issuer(read: Reading) -> Evidence[str] | None:
    if found := _GOV_REPORT.match(read.title):
        return Evidence(f"{found.group(1)}人民政府", found.group())
    return None


def _title_issuer(read: Reading) -> Evidence[str] | None:
    found = _BODY.match(read.title)
    if found and _TITLE_ACTS.match(read.title, found.end()) and _is_body(found.group(1)):
        return Evidence(found.group(1), found.group(1))
    return None


def _lead_issuer(read: Reading) -> Evidence[str] | None:
    """The subject of 召开 in the first two sentences."""
    head = "。".join(read.lead[:400].split("。")[:2])
    for clause in re.split(r"[，。：；]", head):
        bare = re.sub(r"^(?:\d{1,2}月\d{1,2}日(?:上午|下午|晚)?|日前|近日|今天)", "", clause)
        found = _BODY.match(bare)
        if found and _ACTS.match(bare, found.end()) and _is_body(found.group(1)):
            return Evidence(found.group(1), clause)
    return None


def _note_issuer(read: Reading) -> Evidence[str] | None:
    """（据湖北省民政厅）: the body whose text it is, unless it is a paper or an agency."""
    note = SOURCE_NOTE.search(read.body[-1][-60:]) if read.body else None
    if note and (found := _BODY.fullmatch(note.group(1)[1:])) and _is_body(found.group(1)):
        return Evidence(found.group(1), note.group())
    return None


def _signed_issuer(read: Reading) -> Evidence[str] | None:
    """The body above the date that closes a document."""
    for above, line in pairwise(read.body):
        found = _BODY.fullmatch(above) if is_date_line(line) else None
        if found and _is_body(above):
            return Evidence(above, above)
    return None


def _source_issuer(read: Reading) -> Evidence[str] | None:
    """来源：广州市民政局 — a source that is a body, not a paper or a site."""
    source = find_source(read)
    if source and (found := _BODY.fullmatch(source.value)) and _is_body(found.group(1)):
        return Evidence(found.group(1), source.text)
    return None


def _represented(read: Reading) -> Evidence[str] | None:
    """我代表市政府: the government a leader speaks for."""
    found = _REPRESENT.search(read.text[:6000])
    return Evidence(found.group(1), found.group()) if found else None


def _station(read: Reading) -> Evidence[str] | None:
    """央视网消息（新闻联播）：— a news item is issued by its station."""
    if (found := _STATION.match(read.lead)) and re.search(r"[网台报社刊]$", found.group(1)):
        return Evidence(found.group(1) + (found.group(2) or ""), found.group())
    if (found := _AGENCY.match(read.lead)) and read.is_news and found.group(1).endswith("社"):
        return Evidence(found.group(1), found.group())
    return None


def _is_body(name: str) -> bool:
    """A body with a region in front that the table knows, a national one, or one of civil affairs."""
    known = places.leading(name) is not None or name.endswith(("民政局", "民政厅"))
    return bool(re.fullmatch(_NATIONAL, name)) or known


def inferred_issuer(read: Reading, region: Evidence[str] | None, speakers: Sequence[Speaker]) -> Evidence[str] | None:
    """The head of a department speaks at a meeting of the province's civil affairs: its department of civil affairs."""
    if region is None or region.value == places.NATION or not re.search(r"全[省区]民政", read.text):
        return None
    head = next(
        (s for s in speakers if s.post and re.fullmatch(r"(?:省民政厅|厅)?(?:党组书记|厅党组书记)、厅长|厅长", s.post)),
        None,
    )
    return Evidence(f"{places.full_name(region.value)}民政厅", head.evidence, "inferred") if head else None


# --- region ----------------------------------------------------------------------------------------------------

_LEVEL_WORDS = (
    ("全国", "国家"),
    ("全省", "省级"),
    ("全区", "省级"),
    ("全市", "市级"),
    ("全州", "市级"),
    ("全县", "县级"),
)
# A province named as the writer's own: 中国式现代化的云南篇章, 现代化新江西, 考察云南时
_CITY_COMMITTEE = re.compile(r"市委[一二三四五六七八九十]+届|代表市(?:委|政府)|市委市政府|市委、市政府")


def region_doubt(read: Reading) -> tuple[str, ...]:
    """Words by which a text of a whole province speaks as a city's: 全省 in the headline, 市委六届四次全会 in the body.

    The four municipalities are provinces with a 市委, so the doubt needs 全省 beside it.
    """
    if "全省" not in read.title:
        return ()
    city = tuple(dict.fromkeys(found.group() for found in _CITY_COMMITTEE.finditer(read.text)))
    province = "省委" in read.text or "省政府" in read.text
    return (f"全省（{read.title}）", *city[:3]) if len(city) >= 2 and not province else ()


def find_region(read: Reading, issuer: Evidence[str] | None) -> tuple[Evidence[str] | None, str | None, str | None]:
    """Province-level region, the place below it, and the level of the text."""
    if issuer is not None and re.fullmatch(_NATIONAL, issuer.value):
        return Evidence(places.NATION, issuer.text), None, "国家"
    station = issuer is not None and _station(read) == issuer
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


def _below(region: places.Region, words: str) -> re.Match[str] | None:
    """The unit named straight after the province: 湖北省云泽市民政局 → 云泽市; none in 湖北省民政厅城市处."""
    at = words.find(region.name)
    found = _UNIT.match(words, at + len(region.name)) if at >= 0 else None
    return found if found and not re.search(r"[厅局委府部处召举在]", found.group(1)) else None


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


# --- source ----------------------------------------------------------------------------------------------------

_SOURCE_LEAD = re.compile(r"^([^，。：；（）]{2,14}(?:官网|网站|网|报|社|公众号|客户端)消息)，")
_SOURCE_LABEL = re.compile(r"[（(](?:来源|稿源|资料来源|原载|摘自|转自)[：:]?([^（）()]{2,30})[）)]")


def find_source(read: Reading) -> Evidence[str] | None:
    """Where the text comes from, in the words of the page or the text."""
    for label in ("信息来源", "文章来源", "稿件来源", "来源", "稿源"):
        if value := read.page.get(label):
            return Evidence(value, f"{label}：{value}")
    if read.hints.source:
        return Evidence(read.hints.source, read.hints.source)
    last = read.body[-1][-80:] if read.body else ""
    if found := SOURCE_NOTE.search(last) or _SOURCE_LABEL.search(last):
        return Evidence(found.group(1), found.group())
    if found := _SOURCE_LEAD.match(read.lead):
        return Evidence(found.group(1), found.group(1))
    if found := DATELINE.match(read.lead):
        return Evidence(found.group().rstrip("：: 　，,（(0123456789"), found.group())
    return None


def opening(lead: str) -> str:
    """The lead without its dateline or 某某网消息，."""
    if found := DATELINE.match(lead):
        return (
            lead[found.end() :].lstrip("（(）)：: 　")
            if not lead[found.end() - 1].isdigit()
            else lead[found.end() - 1 :]
        )
    if found := _SOURCE_LEAD.match(lead):
        return lead[found.end() :]
    return lead
