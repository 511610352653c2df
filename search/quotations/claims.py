"""Whose words a draft says it quotes, and whether they stand where it says.

A claim is read from what stands before a quotation (卞某厅长在全省会议上指出：) and from the bracket behind it
(《…》，2024年3月5日，据湖北省民政厅). It is right only where the document itself states the same;
what the document does not say is not known, and never wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from search import text
from search.documents import labels
from search.documents.document import Document, PartialDate

ClaimKind = Literal["title", "speaker", "source", "meeting", "date"]
# right: the document says so. reported: another's report or speech names the person there. other: the document says
# otherwise. unknown: it does not say.
Standing = Literal["right", "reported", "other", "unknown"]

_TITLE = re.compile(r"《([^《》]{2,80})》")
_NAMED = re.compile("[《〈]([^《》〈〉]+)[》〉]")
_SOURCE = re.compile(r"据([^，。；：《》“”（）\s]{2,24}?)(?:消息|介绍|通报|报道|发布|统计|官网|网站|[，；）)]|$)")
_MEETING = re.compile(r"[一-鿿]{2,24}(?:会议|座谈会|推进会|大会|全会|培训班|论坛|现场会|动员会)")
_DATE = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(?:(\d{1,2})日)?")
_POST = "(?:副?(?:主席|总理|书记|部长|省长|市长|县长|区长|厅长|局长|处长|主任)|总书记|委员长|同志|先生|女士)"
_SAYS = "(?:强调|指出|要求|明确|提出|认为|谈到|讲到|说过|表示|介绍|说|讲)"
# Characters of a title that tell it from others when the rest of it is left out: not 意见, 实施办法.
_TELLING = 6
# Characters before the words in which somebody is said to say them.
_LEAD = 200
# What does not belong to the name of a meeting or a source: 在, 出席, 召开的.
_BEFORE_NAME = re.compile(r"^.*(?:在|出席|召开|举行|参加|于)(?:的)?")


@dataclass(frozen=True, slots=True)
class Claim:
    kind: ClaimKind
    value: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim held against the document in which the words stand; message is ready to print."""

    claim: Claim
    standing: Standing
    message: str


def claims_in(context: str) -> tuple[Claim, ...]:
    """What the words around a quotation claim, each kind once, the nearest to it."""
    found: dict[ClaimKind, Claim] = {}
    for claim in _claims(context):
        found[claim.kind] = claim
    return tuple(found.values())


def _claims(context: str) -> Iterator[Claim]:
    for title in _TITLE.findall(context):
        yield Claim("title", title)
    bare = _TITLE.sub("", context)
    for speaker in _speaker().findall(bare):
        yield Claim("speaker", speaker)
    for source in _SOURCE.findall(bare):
        yield Claim("source", source)
    for meeting in _MEETING.finditer(bare):
        if len(name := _BEFORE_NAME.sub("", meeting.group())) > 2:
            yield Claim("meeting", name)
    for date in _DATE.finditer(bare):
        yield Claim("date", "-".join(f"{int(part):02d}" for part in date.groups() if part))


@cache
def _speaker() -> re.Pattern[str]:
    """A surname with one or two characters, and behind it a post or that he says something."""
    surnames = sorted((*text.surnames("frequent"), *text.surnames("other"), *text.surnames("compound")), key=len)[::-1]
    where = "(?:[，,]?(?:在|于|就|对)[^，。；：]{2,30}?)?[，,]?(?:还|再次|多次|反复|深刻|特别)?"
    said = f"(?:{_POST}|{where}{_SAYS}[，：:,]?$)"
    begins = r"(?:^|(?<=[，。；：、\s（(长任记席理员部])|(?<=同志))"
    return re.compile(f"{begins}((?:{'|'.join(map(re.escape, surnames))})[一-鿿]{{1,2}}?){said}")


def judged(claim: Claim, document: Document, place: str) -> Judged:
    """place: what stands before the words in the document, from the beginning of the paragraph before theirs."""
    standing, there = _JUDGES[claim.kind](claim.value, document, place)
    return Judged(
        claim, standing, _MESSAGES[standing].format(label=_LABELS[claim.kind], value=_said(claim), there=there)
    )


_LABELS: dict[ClaimKind, str] = {
    "title": "题名",
    "speaker": "讲话人",
    "source": "来源",
    "meeting": "会议",
    "date": "日期",
}
_MESSAGES: dict[Standing, str] = {
    "right": "{label}相符：{there}",
    "reported": "{label}：这里是转述{value}，不是出自其本身",
    "other": "{label}不符：您写{value}，这句话见于{there}",
    "unknown": "{label}未能核对：您写{value}，{there}",
}


def _said(claim: Claim) -> str:
    if claim.kind == "date":
        return labels.plain_date(PartialDate.parse(claim.value))
    return f"《{claim.value}》" if claim.kind == "title" else f"“{claim.value}”"


def _title(value: str, document: Document, place: str) -> tuple[Standing, str]:
    title = document.metadata.title
    one, other = _plain(value), _plain(title.value)
    if one == other or (_holds(value, title.value) and len(min(one, other, key=len)) >= _TELLING):
        if title.inferred:
            return "unknown", f"原文没有标题，《{title.value}》是代拟的"
        if any(_holds(value, paper) for paper in _NAMED.findall(title.value)):  # 解读《…》, 关于印发《…》的通知
            return "unknown", f"这句话见于《{title.value}》，是不是其中的话请看原文"
        return "right", f"《{title.value}》" + ("" if one == other else "（您写的是其中一部分）")
    return _mentioned(value, place) or ("other", f"《{title.value}》")


def _speaker_of(value: str, document: Document, place: str) -> tuple[Standing, str]:
    names = [speaker.name for speaker in document.metadata.speakers]
    if value in names:
        return ("right", value) if document.metadata.quotable else ("reported", value)
    if mentioned := _mentioned(value, place):
        return mentioned
    if names:
        return "other", f"{'、'.join(names)}的讲话"
    return "unknown", "原文没有写明讲话人"


def _mentioned(value: str, place: str) -> tuple[Standing, str] | None:
    """At second hand where the sentence itself says that it is his (沈某指出，…); a name near it says nothing."""
    if value not in place:
        return None
    if re.search(rf"{re.escape(value)}[》〉]?[^。！？；]{{0,40}}?{_SAYS}[^。！？；]*$", place[-_LEAD:]):
        return "reported", value
    return "unknown", "原文在这句话前面提到，是不是其本身的话请看原文"


def _source_of(value: str, document: Document, place: str) -> tuple[Standing, str]:
    known = document.metadata
    named = [one.value for one in (known.source, known.issuer) if one]
    if not named:
        return "unknown", labels.UNKNOWN_SOURCE
    right = any(_holds(value, name) for name in named)
    return ("right" if right else "other"), "、".join(dict.fromkeys(named))


def _meeting_of(value: str, document: Document, place: str) -> tuple[Standing, str]:
    known = document.metadata
    named = [one.value for one in (known.meeting, known.title) if one]
    if held := next((name for name in named if _holds(value, name)), ""):
        return "right", held
    if known.meeting is None:
        return "unknown", f"原文没有写明会议（题名是《{known.title.value}》）"
    return "other", known.meeting.value


def _date_of(value: str, document: Document, place: str) -> tuple[Standing, str]:
    date = document.metadata.date
    if date is None:
        return "unknown", labels.UNKNOWN_DATE
    there, known = labels.date_label(date), str(date.value)
    if date.inferred or (value.startswith(known) and value != known):
        return "unknown", f"原文的日期是{there}"
    return ("right" if known.startswith(value) else "other"), f"{there}的文稿"


_JUDGES = {"title": _title, "speaker": _speaker_of, "source": _source_of, "meeting": _meeting_of, "date": _date_of}


def _holds(one: str, other: str) -> bool:
    """Whether two names are one, the shorter inside the longer."""
    short, long = sorted((_plain(one), _plain(other)), key=len)
    return len(short) > 1 and short in long


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", text.fold(name)).removeprefix("据")
