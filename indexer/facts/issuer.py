"""The body that issued a text, or speaks in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.articles.marks import SOURCE_NOTE, is_date_line
from indexer.articles.official import is_body, red_head_body
from indexer.facts import places
from indexer.facts.readable import Reading
from indexer.facts.source import find_source
from search.documents.document import Evidence, Speaker
from search.text.patterns import lazy

_ORGAN = (
    r"(?:人民政府办公[厅室]|政府办公[厅室]|人民政府|政府|民政厅|民政局|省委|市委|区委|县委|党委"
    r"|[\u4e00-\u9fff]{2,10}?(?:厅|局|委员会|(?<!媒体)中心|[院馆]|(?<!网)站|办公室|办公厅|联合会|协会|基金会|总工会))"
)
NATIONAL = (
    r"(?:民政部|国务院办公厅|国务院|中共中央办公厅|中共中央|全国老龄办|全国老龄工作委员会办公室|中国残联"
    # 国家卫生健康委, but 国家税务总局|岳阳市税务局 is a city's
    r"|国家(?!级)[\u4e00-\u9fff]{2,8}?(?:委员会|委(?!员)|总局|局|署)(?![^，。；：]{2,8}[局署])"
    r"|[\u4e00-\u9fff]{2,10}部(?=召开|举行|印发|部署|办公厅|党组))"
)
_BODY = re.compile(
    rf"({NATIONAL}|(?:[\u4e00-\u9fff]{{2,14}}?|[\u4e00-\u9fff](?=县))(?:省|自治区|市|县|区|州|盟|旗)"
    rf"(?:{_ORGAN}|[\u4e00-\u9fff]{{2,6}}(?:[镇乡](?:人民)?政府|街道(?:办事处|党工委))))"
)
# 、国家某某委 and 、市某某局: those who act together with the first
_TOGETHER = r"(?:[、和与][^，。；、]{2,20}?(?:[部委局厅办会院署]|办公室|政府|中心)(?![员议长])){0,5}"
_ACTS = lazy(
    rf"{_TOGETHER}"
    r"(?:党组|党委|机关|办公厅)?(?:（[^（）]{1,20}）)?(?:\d{1,2}日)?(?:在[^，。；]{1,20}?|日前|近日)?"
    r"(?:组织|联合)?(?:召开|举行|举办|印发|发布(?!的|数据)|开展|部署|发出|下发|制定|出台|联合)"
)
_TITLE_ACTS = lazy(
    rf"{_TOGETHER}(?:联合)?" r"(?:[：:]|关于|召开|举行|印发|发布|部署|20\d\d年|政府工作报告|办公[厅室]|[ 　])"
)
_REPRESENT = re.compile(
    r"我(?:谨)?代表((?:[\u4e00-\u9fff]{2,8}?)?(?:省|市|县|区|州|自治区)(?:人民)?(?:政府|委)"
    r"|[\u4e00-\u9fff]{2,20}?(?:厅|局|(?<!干)部)(?:党组|机关)?)"
)
_GOV_REPORT = re.compile(r"(?:20\d\d年)?([\u4e00-\u9fff]{2,12}?(?:省|自治区|市|县|区|州))(?:人民)?政府工作报告")
_STATION = re.compile(r"^([^，。：（）\s]{2,12}?)(?:消息|讯)[ 　]*(（[^（）]{1,20}）)?[ 　]*：")
_AGENCY = re.compile(r"^(新华社|中新社|本报|本刊|本网)")


def find_issuer(read: Reading) -> Evidence[str] | None:
    """The body that speaks or publishes; where several are named, the first of this order."""
    finders = (
        _red_head_issuer,
        _report_issuer,
        _title_issuer,
        _page_issuer,
        _lead_issuer,
        _byline_issuer,
        _note_issuer,
        _signed_issuer,
        _source_issuer,
        _represented,
        station_issuer,
    )
    return next((found for finder in finders if (found := finder(read)) is not None), None)


def _page_issuer(read: Reading) -> Evidence[str] | None:
    labels = ("发文机关", "发布机构", "发布单位", "发布者", "信息提供")
    stated = next((value for label in labels if (value := read.page.get(label))), read.hints.issuer)
    return Evidence(stated, stated) if stated else None


def _red_head_issuer(read: Reading) -> Evidence[str] | None:
    """云溪市人民政府令, 云溪市民政局文件: whose paper it is."""
    for line in read.official:
        body = red_head_body(line) or (line if is_body(line) else "")
        if (found := _BODY.fullmatch(body)) and _is_body(found.group(1)):
            return Evidence(found.group(1), line)
    return None


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


_UNNAMED_PAPER = re.compile(
    r"((?:省|自治区|市|州|盟|县|区|旗)(?:民政[厅局]|人民政府|政府)(?:办公[厅室])?)关于[^，。]{2,60}(?:通知|意见|公告|通告|批复|函|报告|决定|通报)$"
)


def _title_issuer(read: Reading) -> Evidence[str] | None:
    if own := _UNNAMED_PAPER.match(read.title):
        return Evidence(own.group(1), own.group(1))  # 省民政厅关于…的通知
    found = _BODY.match(read.title)
    if found and _TITLE_ACTS.match(read.title, found.end()) and _is_body(found.group(1)):
        return Evidence(found.group(1), found.group(1))
    return None


def _lead_issuer(read: Reading) -> Evidence[str] | None:
    """The subject of 召开 in the first two sentences."""
    head = "。".join(read.lead[:400].split("。")[:2])
    for clause in re.split(r"[，。：；]", head):
        if clause.endswith(("后", "以来")):
            continue  # 民政部印发《通知》后: another's act
        bare = re.sub(r"^(?:\d{1,2}月\d{1,2}日(?:上午|下午|晚)?|日前|近日|今天)", "", clause)
        found = _BODY.match(bare)
        if found and _ACTS.match(bare, found.end()) and _is_body(found.group(1)):
            return Evidence(found.group(1), clause)
    return None


def _note_issuer(read: Reading) -> Evidence[str] | None:
    """（据湖北省民政厅）, （秭归县民政局办公室　2022年1月10日）: the body whose text it is, unless it is a paper or an
    agency; the office within that wrote it down is no other."""
    last = read.body[-1][-60:] if read.body else ""
    note = SOURCE_NOTE.search(last) or _SENT_IN.search(last)
    body = _WITHIN.sub("", note.group(1).removeprefix("据")) if note else ""
    if note and (found := _BODY.fullmatch(body)) and _is_body(found.group(1)):
        return Evidence(found.group(1), note.group())
    return None


_WITHIN = lazy("(?<=民政[厅局])[\u4e00-\u9fff]{0,6}(?:办公室|[科处股室])$")
_SENT_IN = lazy(r"[（(]([\u4e00-\u9fff]{4,24})(?:[ \u3000]{0,4}(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)?[）)]$")


_BESIDE = re.compile(r"（[^（）]{1,16}）$")  # （办公室代章）
_OF_BODY = lazy(r"(?<=[厅局委部])[\u4e00-\u9fff]{2,8}[科处股室]$")  # 某市民政局|养老服务科
_UNNAMED = lazy("(?:省|自治区|市|州|盟|县|区|旗)(?:民政|人民政府|政府|委)")  # 省民政厅办公室, under its own paper


def _signed_issuer(read: Reading) -> Evidence[str] | None:
    """The body above the date that closes a document; of several lines with one each the first."""
    for at, line in enumerate(read.body):
        if not at or not is_date_line(line):
            continue
        first = at - 1
        while first and is_body(read.body[first]) and is_body(read.body[first - 1]):
            first -= 1
        above = read.body[first]
        body = _BESIDE.sub("", above)
        several = body.split()
        if len(several) > 1 and is_body(several[0]):
            body = several[0]  # 某市民政局　某市财政局
        body = body if is_body(body) else _OF_BODY.sub("", body)
        if (_BODY.fullmatch(body) and _is_body(body)) or (_UNNAMED.match(body) and is_body(body)):
            return Evidence(body, above)
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


def station_issuer(read: Reading) -> Evidence[str] | None:
    """央视网消息（新闻联播）：— a news item is issued by its station."""
    if (found := _STATION.match(read.lead)) and re.search(r"[网台报社刊]$", found.group(1)):
        return Evidence(found.group(1) + (found.group(2) or ""), found.group())
    if (found := _AGENCY.match(read.lead)) and read.is_news and found.group(1).endswith("社"):
        return Evidence(found.group(1), found.group())
    return None


# 会议在省民政厅召开 names a seat, no body; a city has no 厅 but a hall (市行政中心惠民厅).
_NO_BODY = lazy(r"[在于由]|会议|(?:座谈|推进|现场|培训|大)会")


def _is_body(name: str) -> bool:
    """A body with a region in front that the table knows, a national one, or one of civil affairs."""
    if _NO_BODY.search(name) or (name.endswith("厅") and not re.search(r"省|自治区|办公厅", name)):
        return False
    # 泾县民政局, but no 各县民政局
    known = places.leading(name) is not None or (name[1:2] != "县" and name.endswith(("民政局", "民政厅")))
    return bool(re.fullmatch(NATIONAL, name)) or known


def inferred_issuer(read: Reading, region: Evidence[str] | None, speakers: Sequence[Speaker]) -> Evidence[str] | None:
    """The head of a department speaks at a meeting of the province's civil affairs: its department of civil affairs."""
    if region is None or region.value == places.NATION or not re.search(r"全[省区]民政", read.text):
        return None
    head = next(
        (
            s
            for s in speakers
            if s.post
            and not s.role.startswith("作")
            and re.fullmatch(r"(?:省民政厅|厅)?(?:党组书记|厅党组书记)、厅长|厅长", s.post)
        ),
        None,
    )
    return Evidence(f"{places.full_name(region.value)}民政厅", head.evidence, "inferred") if head else None


_UNQUALIFIED = re.compile(r"(省|自治区|市|州|县|区)((?:人民)?政府|委|民政[厅局])")


def qualified(issuer: Evidence[str] | None, region: Evidence[str] | None, place: str | None) -> Evidence[str] | None:
    """省人民政府 with the name of its province, where that is stated: five provinces are no one body.

    Where the region is itself a guess nothing is built on it, and the body stays as the text has it.
    """
    found = _UNQUALIFIED.fullmatch(issuer.value) if issuer else None
    if issuer is None or found is None or region is None or region.how != "stated" or region.value == places.NATION:
        return issuer
    name = places.full_name(region.value)
    if found.group(1) in ("省", "自治区") or (found.group(1) == "市" and places.is_municipality(region.value)):
        whole = name if name.endswith(found.group(1)) else ""
    else:
        units = (one for one in places.regions() if place and (one.province, one.place) == (region.value, place))
        whole = next((one.name for one in units if one.name.endswith(found.group(1))), "")
    return Evidence(f"{whole}{found.group(2)}", issuer.text, "inferred") if whole else issuer
