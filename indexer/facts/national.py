"""Whether a text is the nation's: a national meeting that it reports, or a leader of the state who speaks in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.facts import places
from indexer.facts.mentions import OWN_UNIT
from indexer.facts.readable import Reading
from indexer.facts.source import opening
from search.documents.document import Evidence, Speaker
from search.text.patterns import lazy

_NATIONAL_MEETING = re.compile(
    r"(?:^|[，。；：）日午])(?:20\d\d年)?(?:中国[\u4e00-\u9fff]{2,8})?(?:第[一二三四五六七八九十\d]{1,3}次)?全国[^，。；：]{2,40}?(?:会议(?!室)|大会|座谈会|推进会|现场会|[大竞决比]赛|论坛)"
    r"[^，。；：]{0,24}?(?:召开|举行|[开闭]幕)"
)
_NATIONAL_POST = re.compile(
    r"国务院(?:副?总理|秘书长)|国务委员|民政部(?:党组书记、)?副?部长|中共中央[^，。；]{0,20}(?:总书记|常委|书记)"
)
# 记者29日从民政部获悉
_FROM_MINISTRY = re.compile(
    r"(?:记者)?(?:(?:20\d\d年)?(?:\d{1,2}月)?\d{1,2}日|近日|日前|今天|昨[日天])?从(?:民政部|国务院|全国老龄(?:办|委))"
    r"(?:[办新](?:公室|闻办)?)?(?:官网|网站)?(?:获悉|了解到)"
)
# 民政部部署开展…培训: who held it is the headline's first word
_MINISTRY_HOLDS = re.compile(
    r"(?:国家)?民政部(?:办公厅)?(?!门|[^，。；]{0,12}[到赴])[^，。；]{0,24}?(?:召开|举办|举行|部署|启动|印发|发布|开展)"
)
# 民政部、中国残联联合召开
_HELD_WITH = re.compile(
    r"(?:^|[，。；])(?:[\u4e00-\u9fff]{2,8}、){0,2}民政部(?:[、和][\u4e00-\u9fff]{2,8}){0,3}(?:在[^，。；]{2,8})?联合(?:召开|举办|举行)"
)
_LOCAL_POST = re.compile(r"[省市县区州旗盟](?:委|政府|人民政府|长|民政)|自治区")
_LISTENS = re.compile(
    r"收听|收看|分会场|[我本]?[省市县区]设|随后[^。]{0,20}(?:我[省市县区]|全[省市县区])|[我本][省市县区]|全[省市县区](?!会)"
)


# 各省、自治区、直辖市民政厅（局）: of whom none is the text's own
_OF_ALL = lazy("各省[^，。；]{0,30}")


def _own_unit(text: str) -> bool:
    """Whether a text speaks of its own province, city or county."""
    return OWN_UNIT.search(_OF_ALL.sub("", text)) is not None


def listens(read: Reading) -> bool:
    """Whether a national meeting is told of as it was followed elsewhere: 我省设分会场."""
    return _LISTENS.search(f"{read.title}\n{read.lead[:600]}") is not None


def national(read: Reading, meeting: Evidence[str] | None, speakers: Sequence[Speaker]) -> Evidence[str] | None:
    """A national meeting that the text itself reports, or a leader of the state who speaks in it."""
    if (held := _MINISTRY_HOLDS.match(read.title)) and not _own_unit(f"{read.title}，{read.lead}"):
        return Evidence(places.NATION, held.group())
    if listens(read):
        return None
    if found := _NATIONAL_MEETING.search(opening(read.lead)[:300]) or _NATIONAL_MEETING.search(read.title):
        return Evidence(places.NATION, found.group().lstrip("，。；：）日午"))
    if "在全国" in read.title and (found := _NATIONAL_POST.match(read.title)):
        return Evidence(places.NATION, found.group())  # 民政部部长在全国…会议上的讲话
    # of a unit of its own the news only comes from there
    if (told := _FROM_MINISTRY.match(opening(read.lead))) and not _own_unit(f"{read.title}，{read.lead}"):
        return Evidence(places.NATION, told.group())
    if (held := _HELD_WITH.search(opening(read.lead)[:200])) and not _own_unit(f"{read.title}，{read.lead[:300]}"):
        return Evidence(places.NATION, held.group())
    local = any(speaker.post and _LOCAL_POST.search(speaker.post) for speaker in speakers)
    for speaker in () if local else speakers:
        if speaker.post and _NATIONAL_POST.search(speaker.post):
            return Evidence(places.NATION, speaker.evidence)
    return None
