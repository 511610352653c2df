"""The date of a text, with only the digits that are known and the words they were read from."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from indexer.facts.genre import QUOTABLE, is_speech
from indexer.facts.readable import Reading
from indexer.facts.source import opening
from search.documents.document import Evidence, PartialDate
from search.text import numbers

_D = "〇零○一二三四五六七八九"
_FULL = re.compile(
    rf"(?<!\d)((?:19|20)\d\d|[一二][{_D}]{{3}})\s?[年./-]\s?(\d{{1,2}}|[{_D}十]{{1,3}})\s?[月./-]\s?(\d{{1,2}}|[{_D}十]{{1,3}})(?:\s?日|(?!\d))"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日(?:至(?:\d{1,2}月)?\d{1,2}日)?(?:上午|下午|晚上?|凌晨|中午)?")
_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)[/-]?(0?[1-9]|1[0-2])[/-]?(0?[1-9]|[12]\d|3[01])/|/t((?:19|20)\d\d)(\d\d)(\d\d)_"
)
_TITLE_YEAR = re.compile(r"(?<![\d—–-])(20\d\d)年(?!以来|至|以前|版)")
_YEAR_FACTS = ("成文日期", "发布时间", "发布日期", "更新时间", "时间", "日期", "生成日期")

# What tells the year a text was written in: a year ahead or just begun, the year of the meeting's name, the year that
# is over. In November and December the year ahead is the next one.
_AHEAD = re.compile(
    r"(?:部署|安排|谋划|做好|落实|抓好)[^，。；\d]{0,10}(20\d\d)年(?=[^，。；\d]{0,12}(?:工作|任务|重点)|[，。；])"
    r"|(20\d\d)年(?:要(?!求)|元旦|春节|重点工作|工作任务|的?主要任务)|把(20\d\d)年[^，。；\d]{0,12}任务"
)
_NAMED = re.compile(
    r"(20\d\d)年(?:全国|全省|全市|全区|全县|第[一二三四五六七八九十\d]+次)[^，。；\d]{0,30}?(?:会议|大会|会)"
    r"|(20\d\d)年[^，。；\d]{2,40}(?:会议|大会|推进会|现场会)$|(20\d\d)年(?:上半年|第?[一二三四]季度|前三季度)"
)
_BEHIND = re.compile(r"(?:总结|回顾)(?:了)?[^，。；\d]{0,6}(20\d\d)年(?!以来)")

Dated = tuple[Evidence[PartialDate] | None, str]


def find_date(read: Reading, meeting: Evidence[str] | None, genre: str | None) -> Dated:
    """(date, words a year was concluded from). Never a year that neither page nor text gives.

    A speech is dated by the day under its headline, a report by its first words, a document by its signature, and
    each of them else by the day of publication; a station's or agency's news is dated by its publication.
    """
    published = _published(read)
    if own := _own_date(read):
        return own, ""
    if not read.is_news and (found := _day_in_lead(read)):
        return _dated_by_lead(read, found, published)
    if published:
        return published, ""
    if found := _day_in_lead(read):
        return _dated_by_lead(read, found, None)
    # 在2024年全省民政工作会议上的讲话; but 2023年中小企业运行良好 is the headline of next year's news
    named = (read.title if genre in QUOTABLE else "", meeting.value if meeting and not read.is_news else "")
    for text in named:
        if year := _TITLE_YEAR.search(text):
            return Evidence(PartialDate(int(year.group(1))), text), ""
    return _year_of_speech(read) if genre in QUOTABLE else (None, "")


def _own_date(read: Reading) -> Evidence[PartialDate] | None:
    """Under the headline; and where no station reports, in the first words or as a signature."""
    under = _first_date((read.page.get("成文日期", ""), *read.header))
    if under or read.is_news:
        return under
    return _lead_date(read) or _signature(read) or _month_in(read.header)


def _first_date(texts: Sequence[str]) -> Evidence[PartialDate] | None:
    return next((Evidence(date, text) for text in texts if (date := full_date(text))), None)


_MONTH = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(?!\d{1,2}日)")


def _month_in(texts: Sequence[str]) -> Evidence[PartialDate] | None:
    """（2022年11月） under a headline."""
    for text in texts:
        if (found := _MONTH.search(text)) and 1 <= int(found.group(2)) <= 12:
            return Evidence(PartialDate(int(found.group(1)), int(found.group(2))), text)
    return None


_SIGNED = re.compile(r"(?:厅|局|委|部|府|会|室|院|处|中心|公司|组|办)$")


def _signature(read: Reading) -> Evidence[PartialDate] | None:
    """A line that is a date, alone or after a body's name, under a body's name or at the end: when it was signed."""
    for at in range(len(read.body)):  # the first: attachments below it have signatures of their own
        line = read.body[at]
        if len(line) > 60 or not (found := _FULL.search(line)) or line[found.end() :].strip("）) 　"):
            continue
        above = read.body[at - 1] if at else ""
        signed = (len(above) <= 60 and _SIGNED.search(above)) or at >= len(read.body) - 3
        if signed and not re.search(r"[，。；：]", line[: found.start()]):
            return _first_date((line,))
    return None


def _published(read: Reading) -> Evidence[PartialDate] | None:
    """The day of publication: what the page says beside its text, else the page's address."""
    beside = (read.hints.date, *(read.page[label] for label in _YEAR_FACTS if label in read.page))
    if stated := _first_date(beside):
        return stated
    if found := _ADDRESS.search(read.hints.address):
        year, month, day = (int(group) for group in found.groups() if group)
        if _exists(year, month, day):
            return Evidence(PartialDate(year, month, day), read.hints.address, "inferred")
    return None


def _dated_by_lead(read: Reading, found: re.Match[str], published: Evidence[PartialDate] | None) -> Dated:
    """The day of the first words with the year of publication, else with the year that the text tells."""
    month, day = int(found.group(1)), int(found.group(2))
    if published:
        # a report of 30 December published on 2 January is of the year before
        later = (month, day) > (published.value.month or 12, published.value.day or 31)
        year, words = published.value.year - later, published.text
    else:
        told, words = _year(read, month)
        if told is None:
            return None, ""
        year = told
    if not _exists(year, month, day):
        return None, ""
    return Evidence(PartialDate(year, month, day), found.group(), "inferred"), words


def _year_of_speech(read: Reading) -> Dated:
    """A speech without a day: the one year it looks ahead to, as inferred."""
    ahead = {int(next(filter(None, f.groups()))): f.group() for f in _AHEAD.finditer(read.text[:3000])}
    if len(ahead) != 1:
        return None, ""
    year, words = next(iter(ahead.items()))
    return Evidence(PartialDate(year), words, "inferred"), words


_EVENT = re.compile(r"召开|举行|举办|开幕|讲话|会议|调研|印发|发布")


def _lead_date(read: Reading) -> Evidence[PartialDate] | None:
    """2024年2月18日，…召开…: the full date a report opens with, when its sentence tells of the event."""
    lead = opening(read.lead)
    found = _FULL.match(lead)
    if found and _EVENT.search(lead.split("。")[0]) and (date := full_date(found.group())):
        return Evidence(date, found.group())
    return None


def full_date(text: str) -> PartialDate | None:
    """The first complete date (2024年2月18日, 2024-02-18, 二〇二四年二月十八日); None if no calendar has it."""
    for pattern in (_FULL, _COMPACT):
        if found := pattern.search(text):
            # of what is no number, as 十十月, 0 is made, which no calendar has
            year, month, day = (numbers.read(group) or numbers.read_digits(group) or 0 for group in found.groups())
            return PartialDate(year, month, day) if _exists(year, month, day) else None
    return None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return 1949 <= datetime.date(year, month, day).year <= 2100
    except ValueError:
        return False


def _day_in_lead(read: Reading) -> re.Match[str] | None:
    """The month and day a report opens with: 2月21日，…; in the first clause, or the second after a named place."""
    if is_speech(read):
        return None
    return _MONTH_DAY.match(opening(read.lead)) or _MONTH_DAY.match(read.lead)


def _year(read: Reading, month: int) -> tuple[int | None, str]:
    """The year the text was written in, if all words that tell it agree; and the first of those words."""
    text = f"{read.title}\n{read.text[:8000]}"
    late = month >= 11
    behind = {int(f.group(1)): f.group() for f in _BEHIND.finditer(text)}
    ahead = {int(next(filter(None, f.groups()))): f.group() for f in _AHEAD.finditer(text)}
    own = (read.title, *re.split(r"[，。；]", read.lead))
    named = {int(next(filter(None, f.groups()))): f.group() for words in own for f in _NAMED.finditer(words)}
    if late:
        # 总结2024年、部署2025年 in December is 2024; a meeting that carries its year then may be of either
        years = set(behind) & {year - 1 for year in ahead} if ahead else set(behind)
        words = behind
    else:
        years = {year + 1 for year in behind} | set(ahead) | set(named)
        words = {**{year + 1: w for year, w in behind.items()}, **ahead, **named}
    return (year := next(iter(years)), words[year]) if len(years) == 1 else (None, "")
