"""The level of a text: 国家, 省级, 市级 or 县级, by the unit it is of or by the words it has for its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.articles.names import is_word
from indexer.facts import places
from indexer.facts.readable import Reading, around
from indexer.facts.source import find_source
from search.documents.document import Evidence, Speaker
from search.text.patterns import lazy

# Words for one's own unit: 全市, 我县, 本省; a body or a post without the name of its unit (市民政局, 副县长).
_ORGAN = (
    r"(?:民政|局(?![限部面势])|委(?!员|托|派|会)|政府|人民政府|人大|政协|直机关|直有关|级?领导(?![下小班])"
    r"|[\u4e00-\u9fff]{2,6}(?:局|中心)(?:党组书记|党委书记|副?局长|副?主任))"
)
# 市教育局, 县妇联: any body of a unit, where unit and body make no word (市民中心, 区域…局)
_BODY = (
    r"(?:[\u4e00-\u9fff]{2,12}?(?:局(?![限部面势])|委(?!员|托|派|会)|联合会|中心)"
    r"|(?:总工会|妇联|残联|侨联|文联|科协|红十字会|慈善总?会|法院|检察院))"
)
_OWN = lazy(
    rf"(?P<of>[全我本])(?P<unit>国|省|自治区|市|州|盟|县|区|旗)(?![域内外]|政府办公厅|[长委])"
    rf"|(?:(?<![\u4e00-\u9fff])|(?<=^在))(?P<organ>省|自治区|市|州|盟|县|区|旗)(?={_ORGAN})"
    rf"|(?<=[，。；、日午晚])(?P<beside>省|自治区|市|州|盟|县|区|旗)(?={_ORGAN})"
    rf"|(?:(?<![\u4e00-\u9fff])|(?<=[，。；、日午晚由的在]))(?P<body>省|自治区|市|州|盟|县|区|旗)(?={_BODY})"
    r"|(?<![\u4e00-\u9fff])(?P<whole>自治区)(?!域)"
    r"|(?<=在)(?P<term>省|自治区|市|州|盟|县|区|旗)(?=第?[一二三四五六七八九十\d]{1,3}届)"
    r"|(?<![\u4e00-\u9fff])副?(?P<head>省|市|州|盟|县|区|旗)长"
    r"|(?<![\u4e00-\u9fff])(?P<hall>民政厅|厅(?=党组|机关|领导))|(?<![大客餐展议歌舞安])(?P<chief>厅长)"
)
# A meeting that was only listened to, or whose spirit is carried out, is another's.
_OF_ANOTHER = lazy(
    r"(?:收听|收看|参加|出席|传达|学习|贯彻|落实|按照|根据|参会|列席|赴|上级|介绍)(?:了)?[^，。；]{0,20}$"
)
# 省发改委调研组到某区: who comes to see it is another's
_VISITS = lazy(
    r"[^，。；]{2,30}?(?:调研|督导|检查|考察|督查|评估|视察|验收|慰问)[组团](?:一行)?(?:到|来|赴|莅|深入|在)"
)
# 创建全国文明城市工作推进会: what a city or a county strives for
_STRIVES = re.compile("(?:创建?|争创|争当|申报|迎接)$")
_HOST = lazy("我[市县区州旗]")
_LISTENS = re.compile(r"(?:收听|收看|参加|组织参加)(?:了)?[^，。；]{2,60}会")
_FOLLOWED = lazy(r"我[省市县区州旗]|[省市县区]分会场")
_UNITS = {
    **dict.fromkeys(("省", "自治区"), "省级"),
    **dict.fromkeys(("市", "州", "盟"), "市级"),
    **dict.fromkeys(("县", "旗"), "县级"),
    "国": "国家",
}
_AUTONOMOUS = frozenset(("内蒙古", "广西", "西藏", "宁夏", "新疆"))
_DISTRICT = lazy(
    rf"(?:(?<![\u4e00-\u9fff治])|(?<=[，。、]))区{_BODY}"
    r"|(?<![\u4e00-\u9fff治])(?:区委|区政府|区民政局|区长|副区长)|(?<=[，。、])区(?:委|政府|民政局)|街道"
)


def level_of_words(read: Reading, region: str | None, *, title_only: bool = False) -> Evidence[str] | None:
    """By the first word of the headline for its own unit, else of a subtitle or a byline, else of the first paragraph;
    None without one. title_only: by 全区, 我市 and the like in the headline and by nothing else."""
    source = find_source(read)
    beside = (source.value,) if source else ()
    texts = (read.title, *(() if title_only else (*read.header, read.lead[:1000], *beside)))
    found_in = [
        (text, found) for text in texts for found in _OWN.finditer(text) if found.group("unit") or not title_only
    ]
    listens = _LISTENS.search(read.title)
    # 我市 and 全市 are one's own; 省民政厅 in the same text may be a guest's, but 市民政局 that listens to it is not
    found_in.sort(key=lambda one: 0 if listens and one[0] is read.title else 1 if one[1].group("unit") else 2)
    for text, found in found_in:
        if _OF_ANOTHER.search(text, max(0, found.start() - 40), found.start()):
            continue
        if not found.group("unit") and _VISITS.match(text, found.start()) and _HOST.search(read.text[:1000]):
            continue
        if found.group("body") and is_word(text[found.start() : found.end() + 1]):
            continue  # 市民中心
        if region is None and _STRIVES.search(text, max(0, found.start() - 2), found.start()):
            continue
        unit = next(
            filter(
                None,
                (
                    found.group(name)
                    for name in ("unit", "organ", "beside", "body", "whole", "term", "head", "hall", "chief")
                ),
            )
        )
        if unit == "国" and (text is not read.title or _FOLLOWED.search(f"{read.title}\n{read.lead[:300]}")):
            continue  # 全国… in running text is what others hold, and so it is where 我省 only follows it
        if level := _level(unit, read, region):
            return Evidence(level, around(text, found.start(), found.end()))
    return None


def level_of_posts(speakers: Sequence[Speaker], read: Reading, region: str | None) -> Evidence[str] | None:
    """By the bodies in the posts of who speaks (省民政厅副厅长), where all are of one level: a guest may not be."""
    found: dict[str, str] = {}
    for speaker in speakers:
        if place := places.leading(speaker.post or ""):
            found.setdefault(level_of_place(place), speaker.evidence)
        for unit in _OWN.finditer(speaker.post or ""):
            if (word := unit.group("organ") or unit.group("beside")) and (level := _level(word, read, region)):
                found.setdefault(level, speaker.evidence)
    return next((Evidence(level, words, "inferred") for level, words in found.items() if len(found) == 1), None)


def _level(unit: str, read: Reading, region: str | None) -> str | None:
    if unit == "区":
        # 全区 is an autonomous region's or a district's own word
        if region in _AUTONOMOUS or "自治区" in read.text[:3000]:
            return "省级"
        return "县级" if region or _DISTRICT.search(f"{read.title}，{read.text[:3000]}") else None
    if unit == "市" and region is not None and places.is_municipality(region):
        return "省级"
    return _UNITS.get(unit, "省级")  # only provinces have a 厅


def level_of_place(region: places.Region) -> str:
    """A district of a municipality is a county-level unit, the municipality a province-level one."""
    if region.level == "市级" and places.is_municipality(region.province):
        return "省级"
    return region.level
