"""The date of a text, with only the digits that are known and the words they were read from.

Every date has a role: the day of the event, of signing, of publication. A report is dated by its event, a paper by its
signature, a speech by the day under its headline; each of them else by its publication.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.articles.label_names import OTHER_DAYS, PUBLISHED, SIGNED
from indexer.articles.marks import complete
from indexer.facts.calendar import FULL, MONTH_DAY, OF_DAY, exists, first_date, full_date, month_of, number
from indexer.facts.genre import PAPERS, is_speech
from indexer.facts.readable import Reading
from indexer.facts.signed import OTHER_ACT, day_signed
from indexer.facts.source import opening
from indexer.facts.years import TITLE_YEAR, year_ahead, year_of_event
from search.documents.document import Evidence, PartialDate
from search.documents.labels import QUOTABLE
from search.text.patterns import lazy

Dated = tuple[Evidence[PartialDate] | None, str]
_NOTHING: Dated = (None, "")


def find_date(read: Reading, meeting: Evidence[str] | None, genre: str | None) -> Dated:
    """(date, words a year was concluded from). Never a year that neither page nor text gives."""
    published, under, signed = _published(read), first_date(read.header), day_signed(read)
    speech = is_speech(read) or genre in QUOTABLE
    if genre in PAPERS or (signed and not speech and _event_day(read) is None):
        own = signed or under
    elif speech:
        own = under or _full_event(read) or signed
    else:
        # a bare date under the headline of a report is its publication
        event = _event(_below_heads(read), published or under or signed)
        if event[0]:
            return event
        own = under or (None if read.is_news else signed)
    if own := own or (None if read.is_news else month_of(read.header)):
        return own, ""
    if published:
        return published, ""
    if (event := _event(read, None))[0]:
        return event
    # 在2024年全省民政工作会议上的讲话; but 2023年中小企业运行良好 is the headline of next year's news
    named = (read.title if genre in QUOTABLE else "", meeting.value if meeting and not read.is_news else "")
    for text in named:
        if year := TITLE_YEAR.search(text):
            return Evidence(PartialDate(int(year.group(1))), text), ""
    return year_ahead(read.text) if genre in QUOTABLE else _wire_dated(read)


# --- published --------------------------------------------------------------------------------------------------

# A month alone (/202411/) is no day: single figures count only between separators.
_ADDRESS = lazy(
    r"/t((?:19|20)\d\d)(\d\d)(\d\d)_|/((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)/"
    r"|/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})/"
)


_OWN_DAY = re.compile(rf"(?!{OTHER_DAYS}).*(?:时间|日期)")


def _published(read: Reading) -> Evidence[PartialDate] | None:
    """The day of publication: what is seen beside the text, else what the page says, else the page's address."""
    stated = (read.page[label] for label in PUBLISHED.split() if label in read.page)
    # 加入时间, 录入日期: a label that no table has says when the page was made, too
    named = (value for label, value in read.page.items() if _OWN_DAY.fullmatch(label) and label not in SIGNED.split())
    beside = (*stated, read.hints.date, *named)
    if day := first_date(beside) or _noted(read):
        return day
    if found := _ADDRESS.search(read.hints.address):
        year, month, of_month = (int(group) for group in found.groups() if group)
        if exists(year, month, of_month):
            return Evidence(PartialDate(year, month, of_month), read.hints.address, "inferred")
    return None


# （云溪市民政局 2024-06-13）: who sent the report in, and when
_NOTE = lazy(
    r"[（(][\u4e00-\u9fff、：: \u3000]{2,30}[ \u3000，,]{0,3}"
    r"((?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)[ \u3000]{0,4}[）)]"
)


def _noted(read: Reading) -> Evidence[PartialDate] | None:
    """The day in a note in brackets that closes a report."""
    last = read.body[-1] if read.body and not is_speech(read) else ""
    found = next((one for one in _NOTE.finditer(last) if one.end() == len(last)), None)
    return first_date((found.group(1),)) if found else None


# --- event ------------------------------------------------------------------------------------------------------

_SHORT_LINE = 60
_SUMMARY = re.compile(r"[\[【（(]?(?:导读|摘要|核心提示|内容提要|编者按)[\]】）)：: \u3000]")
_MOST_HEADS = 5


def _below_heads(read: Reading) -> Reading:
    """A report without the lines above its first sentence that are none: 参会领导, a headline in three lines."""
    heads = 0
    for line in read.body[:_MOST_HEADS]:
        if not _SUMMARY.match(line) and (complete(line) or len(line) > _SHORT_LINE or re.search(r"\d日", line)):
            break
        heads += 1
    below = read.body[heads:]
    return replace(read, body=below) if heads and below and complete(below[0]) else read


# What is told of another act than the one reported: 2023年5月1日起施行的《条例》.
_LASTING = lazy(r"[^，。；]{0,12}?(?:起|施行|生效|以来|至今)")
_GATHERS = re.compile(
    r"召开|举行|举办|开幕|开[班营课讲]|讲话|[会议](?![事项])|座谈|调研|学习|检查|走访|慰问|看望|启动|来到|出席|部署|培训|开展"
)
_BROADCAST = lazy(r"[^，。：；（）\s]{2,12}消息[ \u3000]*(?:（[^（）]{1,20}）)?[ \u3000]*：")
_HEAD = 400


def _clauses(read: Reading) -> Iterator[tuple[str, str]]:
    """(text from the beginning of a clause on to the end of its sentence, the sentence) of the first two sentences."""
    begins = opening(read.lead)
    for text in dict.fromkeys((_QUOTED.sub("", begins[:_HEAD]), begins[:_HEAD], read.lead[:_HEAD])):
        for sentence in re.split(r"[。！？]", text)[:2]:
            parts = re.split(r"(?<=[，；：:）)])", sentence)
            for at in range(min(_CLAUSES, len(parts))):
                yield "".join(parts[at:]).lstrip(), sentence


_CLAUSES = 4
# “饭菜热不热？”3月5日，…: what somebody says before it is told when
_QUOTED = re.compile(r"^(?:“[^“”]{1,160}”)+")
_AGAIN = lazy(r"[、和及]\d{1,2}月")  # 9月26日、11月22日: on several days, of which none is the text's
_NOW = re.compile(r"^(?:今年|本月(?=\d{1,2}月))")
# 3月10日，…将举行: what is still to come is not what is told
_TO_COME = re.compile(r"[^。；]{0,40}?将(?=[于在]|举[行办]|召开|迎来|开幕)")
_LATE = re.compile(
    r"，((?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日)(?:上午|下午|晚上?)?[，,](?!我)"
    # 由某市民政局主办，某协会承办的…启动
    r"(?:由[^。；]{2,200}?(?:[主承协]办|指导)[^。；]{0,120}?|[^，。；]{2,40})(?:召开|举行|举办|开展|启动)"
)


# a whole date, whatever was done on it
_LATE_WHOLE = re.compile(rf"，({FULL.pattern})(?:上午|下午|晚上?)?[，,]")


def _late(read: Reading) -> list[re.Match[str]]:
    """为…，宣传…，推动…，3月5日，某市民政局组织开展了…: behind more clauses of what for only the day and who did it."""
    sentence = read.lead[:_HEAD].split("。")[0]
    whole = _LATE_WHOLE.findall(sentence)
    held = _LATE.search(sentence) or (_LATE_WHOLE.search(sentence) if len(whole) == 1 else None)
    day = held and (FULL.match(held.string, held.start(1)) or MONTH_DAY.match(held.string, held.start(1)))
    return [day] if day else []


def _event_day(read: Reading) -> re.Match[str] | None:
    """The date or the month and day a report opens with; in its first clauses or those of its second sentence."""
    if is_speech(read):
        return None
    found = [one for words, _ in _clauses(read) if (one := FULL.match(words) or MONTH_DAY.match(_NOW.sub("", words)))]
    found = [one for one in found if not _LASTING.match(_told(one)) and not _TO_COME.match(_told(one))]
    found = [one for one in found if not _AGAIN.match(one.string, one.end())]
    found += [one for one in _late(read) if not found]
    own = [one for one in found if not OTHER_ACT.search(_told(one))]
    if len({one.group(1) for one in own if one.re is FULL}) > 1:
        return None  # sentences that open with days of several years tell history
    meets = [one for one in own if _GATHERS.search(_told(one))]
    # a station's news is dated by its broadcast, an agency's by its publication where it tells of no meeting
    news = read.is_news and (not meets or _BROADCAST.match(read.lead))
    if news:
        wired = _wired(read)  # 民政部26日召开…: a day alone that is the dateline's
        return wired if wired and _GATHERS.search(_told(wired)) else None
    first = next(iter(meets or own), None) or _wired(read) or _held_on(read) or next(iter(found), None)
    return first or _held_later(read)


# 在…之际，2016年3月21日某市殡仪馆召开了…: behind a first paragraph of history a whole date right before the verb
_HELD_LATER = lazy(rf"(?:^|[，。])({FULL.pattern})(?:上午|下午|晚上?)?[，,]?[^，。；]{{2,30}}(?:召开|举行|举办)")


def _held_later(read: Reading) -> re.Match[str] | None:
    """The day of the second to fourth paragraph: a whole date, or the one month and day that a sentence opens with
    which tells of a gathering."""
    found = next((one for text in read.body[1:4] if (one := _HELD_LATER.search(text[:_HEAD]))), None)
    if found:
        return FULL.match(found.string, found.start(1))
    opening_days = (
        one
        for text in read.body[1:4]
        for sentence in re.split(r"[。！？]", text[:_HEAD])[:3]
        if (one := MONTH_DAY.match(_NOW.sub("", sentence.lstrip()))) and not _TO_COME.match(_told(one))
    )
    days = [one for one in opening_days if _GATHERS.search(_told(one)) and not _LASTING.match(_told(one))]
    return days[0] if len({one.group(1, 2) for one in days}) == 1 else None


def _held_on(read: Reading) -> re.Match[str] | None:
    patterns = (_HELD_ON, _HELD) if not read.title or _OF_GATHERING.search(read.title) else (_HELD_ON,)
    held = next((one for pattern in patterns if (one := pattern.search(read.lead[:_HEAD]))), None)
    if held is None:
        return None
    return FULL.search(read.lead, held.start(1), held.end(1)) or MONTH_DAY.search(read.lead, held.start(1))


def _told(found: re.Match[str]) -> str:
    """What is told of a date: up to the next date or the full stop, at most 80 characters."""
    told = found.string[found.end() : found.end() + 80].split("。")[0]
    following = MONTH_DAY.search(told)
    return told[: following.start()] if following else told


# 云溪社3月4日电　市民政局今天…, …4日召开: the day of the dateline, where the text says that it is the event's
_WIRED = re.compile(rf"[^，。；（）\d]{{0,20}}?(?<![一二三四五六七八九十]){OF_DAY}月{OF_DAY}日(?:电|讯|报道|消息)")


def _wired(read: Reading) -> re.Match[str] | None:
    found = _WIRED.match(read.lead)
    told = read.lead[found.end() : found.end() + 120] if found else ""
    same = found and re.search(rf"今[天日]|(?<![\d月]){number(found.group(2))}日", told)
    return found if same and not _BROADCAST.match(read.lead) else None


_UNTIL = r"(?:[至—－~～、-](?:\d{1,2}月)?\d{1,2}日)?"  # 9月19日|至21日
# 市民政局于2024年3月4日召开…: in the middle of a clause only a whole date, right before the verb
_HELD_ON = lazy(
    rf"(?:于|在)((?:(?:19|20)\d\d年)?\d{{1,2}}月\d{{1,2}}日){_UNTIL}(?:上午|下午|晚上?)?"
    r"[^，。；]{0,30}?(?:召开|举行|举办|组织(?:开展|了)|[开闭]幕|开[班营课讲]|结业|落幕|落下帷幕)"
)


# 全县助餐座谈会3月5日在云溪召开: without 于 the verb follows at once, and what was held is told, not passed on
_HELD = lazy(
    r"(?:^|[。，])(?![^，。；]{0,12}(?:学习|传达|贯彻|落实|根据|按照))(?:20\d\d年)?[^，。；\d]{2,40}"
    rf"((?:(?:19|20)\d\d年)?\d{{1,2}}月\d{{1,2}}日){_UNTIL}(?:上午|下午|晚上?)?"
    r"(?:在[^，。；]{2,30}?)?(?:隆重|正式|顺利)?(?:召开|举行|举办|开幕)(?!的)"
)

# a headline that tells of what the first sentence says was held
_OF_GATHERING = re.compile("会|[举召][行办开]|活动|仪式|论坛|开幕|启动|培训|讲堂")


def _full_event(read: Reading) -> Evidence[PartialDate] | None:
    lead = opening(read.lead)
    found = FULL.match(lead)
    return first_date((found.group(),)) if found and _GATHERS.search(lead.split("。")[0]) else None


_SPOKEN_DAY = re.compile(r"([前昨今][日天])(?:上午|下午|晚上?|早)?[，,]?")
# 已走过百年的市红十字会，昨天召开…
_SPOKEN_LATER = re.compile(
    r"^[^。；]{4,60}?，([前昨今][日天])(?:上午|下午|晚上?)?[，,]?[^，。；]{0,24}?(?:召开|举行|举办|启动|开幕)"
)


# 金秋送爽。昨天，培训班开班; 云溪县昨日上午召开座谈会
_SPOKEN_HELD = re.compile(
    r"[^“”]{0,60}?(?:^|[，。]|(?<=[县市区州旗局厅会]))(昨[日天])(?:上午|下午|晚上?)?[，,]?[^。；“”]{0,40}?"
    r"(?:召开|举行|举办|启动|开幕|开[班营课讲])"
)


def _spoken_day(read: Reading, published: Evidence[PartialDate] | None) -> Dated:
    """昨日上午，…召开: the day before that of publication, with 前日 the one before that."""
    lead = opening(read.lead)
    told = _SPOKEN_DAY.match(lead) or _SPOKEN_LATER.match(lead) or _SPOKEN_HELD.match(lead)
    if is_speech(read) or not told or not published or published.value.month is None or published.value.day is None:
        return _NOTHING
    day = datetime.date(published.value.year, published.value.month, published.value.day)
    day -= datetime.timedelta(days="今昨前".index(told.group(1)[0]))
    return Evidence(PartialDate(day.year, day.month, day.day), told.group(1), "inferred"), published.text


# 18日，全省…召开: the day alone, of the month of publication or the one before
_DAY_ALONE = re.compile(r"(?:本月)?(\d{1,2})日(?:上午|下午|晚上?|一?大?早上?|清晨|中午|傍晚)?[，,]")


# 全省民政工作会议3日在云溪召开
_DAY_HELD = lazy(
    r"(?<=[会议式班坛])(\d{1,2})日(?:上午|下午|晚上?)?(?:在[^，。；]{2,24}?)?(?:隆重|正式|顺利)?(?:召开|举行|举办|开幕|开班)(?!的)"
)


def _day_alone(read: Reading, published: Evidence[PartialDate] | None) -> Dated:
    lead = opening(read.lead)
    found = _DAY_ALONE.match(lead) or (None if read.is_news else _DAY_HELD.search(lead.split("。")[0]))
    if found is None or is_speech(read) or not _GATHERS.search(read.lead[:_HEAD].split("。")[0]):
        return _NOTHING
    known, words = (published.value, published.text) if published else _wire_day(read)
    if known is None or known.month is None or known.day is None:
        return _NOTHING
    year, month, of_month = known.year, known.month, int(found.group(1))
    if of_month > known.day:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    if not exists(year, month, of_month):
        return _NOTHING
    return Evidence(PartialDate(year, month, of_month), found.group().rstrip("，,"), "inferred"), words


def _wire_day(read: Reading) -> tuple[PartialDate | None, str]:
    """The day of a dateline (某某日报6月12日讯) in the year that the text tells, and the words that tell the year."""
    wired = _WIRED.match(read.lead)
    if wired is None:
        return None, ""
    month, of_month = number(wired.group(1)), number(wired.group(2))
    year, words = year_of_event(read, month)
    return (PartialDate(year, month, of_month), words) if year and exists(year, month, of_month) else (None, "")


def _wire_dated(read: Reading) -> Dated:
    """An agency's news without a day of publication: the day of its dateline, where the text tells the year."""
    wired = _WIRED.match(read.lead) if read.is_news else None
    day, words = _wire_day(read) if wired else (None, "")
    return (Evidence(day, wired.group(), "inferred"), words) if wired and day else _NOTHING


def _day_before(read: Reading, found: re.Match[str]) -> Evidence[PartialDate] | None:
    """The first whole date of the lead where it stands before the day found: 2024年1月8日…印发…。3月5日，…召开."""
    first = FULL.search(read.lead[:_HEAD])
    if first is None or first.end() > read.lead.find(found.group()):
        return None
    return first_date((first.group(),))


def _after(day: PartialDate, published: PartialDate) -> bool:
    return (day.year, day.month or 0, day.day or 0) > (published.year, published.month or 12, published.day or 31)


_LONG = 3  # months


def _long_before(published: PartialDate, year: int, month: int) -> bool:
    return (published.year - year) * 12 + (published.month or 12) - month > _LONG


def _event(read: Reading, published: Evidence[PartialDate] | None) -> Dated:
    """The day of the first words with the year that stands with it, of publication, or that the text tells."""
    found = _event_day(read)
    if found is None:
        spoken = _spoken_day(read, published)
        return spoken if spoken[0] else _day_alone(read, published)
    if date := full_date(found.group()):
        # 2026年9月，…将举行: what is still to come when it is told is not what is told
        return _NOTHING if published and _after(date, published.value) else (Evidence(date, found.group()), "")
    if found.re is FULL:
        return _NOTHING  # a day no calendar has
    month, of_month = number(found.group(1)), number(found.group(2))
    if published:
        # a report of 30 December published on 2 January is of the year before
        later = (month, of_month) > (published.value.month or 12, published.value.day or 31)
        year, words = published.value.year - later, published.text
        told, named = year_of_event(read, month)
        long = _long_before(published.value, year, month)
        if told is not None and told < year and long:
            year, words = told, named  # a page that was put up again years later
        elif later and long and told != year:
            return _NOTHING  # 7月10日 on a page of 13 May: of which year nothing tells
    elif (before := _day_before(read, found)) and (before.value.month, before.value.day) <= (month, of_month):
        year, words = before.value.year, before.text
    else:
        told, words = year_of_event(read, month)
        if told is None:
            return _NOTHING
        year = told
    if not exists(year, month, of_month):
        return _NOTHING
    return Evidence(PartialDate(year, month, of_month), found.group(), "inferred"), words
