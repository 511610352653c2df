"""Papers and meetings that a text names: 《…》, 中央经济工作会议. What may be something else is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Inside the marks a title may have others of its own: 《关于印发〈…〉的通知》.
_PAPER = re.compile(r"《([^《》\n]{2,80})》")
_COUNT = "[一二三四五六七八九十]{1,3}"
_YEAR = r"(?:20\d\d|二[〇零○][〇零○一二三四五六七八九]{2})年(?:度)?"
# Who holds a meeting, or whom it is for; its name begins there, and another one of them inside begins another name.
_BODY = (
    "中央纪委|中纪委|中央|全国|国务院|国家|中共|民政部|省委|省政府|市委|市政府|县委|县政府|区委|区政府|"
    "自治区党委|自治区纪委|自治区|全省|全市|全区|全县|全州"
)
_HEAD = rf"(?:{_YEAR})?(?:党的)?(?:{_COUNT}届)?(?:{_BODY})"
_KIND = "(?:电视电话|视频|座谈|推进|现场|动员|总结|表彰|交流|工作|代表|团拜|经济|全体|扩大)?(?:会议|大会|全会)"
_SHORT = "团拜会|座谈会|推进会|现场会|动员会|总结会|表彰会|交流会|观摩会|现场观摩推进会"
_PLENARY = rf"(?:党的)?{_COUNT}届{_COUNT}[中次]全会"
# What is done with meetings, or by them, and what joins two of them: no part of a name.
_DONE = "贯彻|落实|学习|传达|召开|举行|部署|强调|指出|出席|主持|参加|列席|精神|会议|全会"
_INSIDE = rf"(?!{_BODY}|{_DONE})[^，。、；：！？“”《》（）()\s在和与及的上]"
_MEETING = re.compile(
    rf"{_HEAD}(?:{_COUNT}届)?(?:{_INSIDE}){{0,24}}?(?:{_KIND}|{_SHORT})(?![堂常室场代纪])"
    rf"|{_PLENARY}|(?:{_YEAR})(?:{_INSIDE}){{1,8}}(?:{_SHORT})"
)
# An assembly that is an institution, and 会议 with nothing that says which.
_NO_MEETING = re.compile(rf"全国人民代表大会|(?:{_BODY})(?:会议|大会)")


def papers(folded: str) -> Iterator[tuple[int, int]]:
    """Half-open offsets of the names of papers, without their marks."""
    return (found.span(1) for found in _PAPER.finditer(folded))


def meetings(folded: str) -> Iterator[tuple[int, int]]:
    """Half-open offsets of the names of meetings."""
    return (found.span() for found in _MEETING.finditer(folded) if not _NO_MEETING.fullmatch(found[0]))
