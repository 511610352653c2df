"""The year of a text that gives only month and day, from the words that tell it."""

from __future__ import annotations

import re

from indexer.facts.readable import Reading
from search.documents.document import Evidence, PartialDate
from search.text.patterns import lazy

TITLE_YEAR = lazy(r"(?<![\d—–~～至到-])(20\d\d)年(?!以来|至|以前|版|度?规划)")

# What tells the year a text was written in: a year ahead or just begun, the year of the meeting's name, the year that
# is over. In November and December the year ahead is the next one.
_AHEAD = lazy(
    r"(?:部署|安排|谋划|做好|落实|抓好)[^，。；\d]{0,10}(?<![\d—–~～至到-])(20\d\d)年(?![^，。；]{0,8}(?:规划|目标))"
    r"(?=[^，。；\d]{0,12}(?:工作|任务|重点)|[，。；])"
    # 今年是2024年，…; 2024年，各地要…; but 2023年是…的开局之年 opens as often the review of the year before
    r"|(?:^|[。；，\n])(?:今年是(20\d\d)年|(20\d\d)年，[^，。；\d]{0,16}要(?!求)"
    # 会议强调，2023年是关键之年，全市要…
    r"|(20\d\d)年是[^，。；\d]{2,40}，[^，。；\d]{0,10}要(?!求))"
    r"|(20\d\d)年(?:要(?!求)|元旦|春节|重点工作|工作任务|的?主要任务)|把(20\d\d)年[^，。；\d]{0,12}任务"
)
_PERIOD = r"(?<![\d—–~～至到-])(20\d\d)年"
# the last year of a plan is none the meeting is held in
_NO_GOAL = r"(?![^，。；]{0,16}(?:规划|目标|远景|建成))"
_NAMED = lazy(
    rf"{_PERIOD}{_NO_GOAL}(?:全国|全省|全市|全区|全县|第[一二三四五六七八九十\d]+次)[^，。；\d]{{0,30}}?(?:会议|大会|会)"
    rf"|{_PERIOD}{_NO_GOAL}[^，。；\d]{{2,60}}(?:会议|大会|推进会|现场会|启动会|座谈会|培训会|活动|仪式|培训班)"
    r"(?:\d{1,2}月\d{1,2}日)?(?:在[^，。；]{2,20}?)?(?:召开|举行|举办|开展)?$"
    # 2024云溪助餐论坛: a name may leave 年 out
    r"|(?<!\d)(20\d\d)(?=(?:[\u4e00-\u9fff]|（[\u4e00-\u9fff]{2,8}）){2,30}?(?:会议|大会|座谈会|论坛|年会|博览会|活动|仪式)”?(?:在|召开|举行|开幕|$))(?!年)"
    r"|(?<=[会坛])(20\d\d)年会(?![员议])"  # 某某论坛2021年会
    r"|(?:召开|举行|举办)[^，。；\d]{0,24}(?<!\d)(20\d\d)(?=[\u4e00-\u9fff]{2,16}(?:会|节|仪式|活动|论坛)$)"
    rf"|(?:召开|举行|举办|开展|启动)(?:了)?[“《]?{_PERIOD}{_NO_GOAL}|{_PERIOD}(?:上半年|第?[一二三四]季度|前三季度)"
)
# 2025年第二次联席会议, 2025年第四季度…: in November, too, it is that year's
_COUNTED = lazy(rf"{_PERIOD}(?:第[二三四五六七八九十]+次|第?[三四]季度|下半年)[^，。；\d]{{0,30}}会")
_BEHIND = lazy(r"(?:总结|回顾)(?:了)?[^，。；\d]{0,6}(20\d\d)年(?![^，。；]{0,20}以来)")
# A meeting of January to March that carries the year that is over: last quarter, annual summary, honours, reports.
_CLOSES_YEAR = lazy(
    r"(20\d\d)年(?:度)?[^，。；]{0,20}?(?:第?四季度|全年|年终|年度?[^，。；]{0,6}(?:总结|考核|述职)|总结|表彰|述职|考核|盘点)"
)


def year_ahead(text: str) -> tuple[Evidence[PartialDate] | None, str]:
    """A speech without a day: the one year it looks ahead to, as inferred."""
    ahead = {int(next(filter(None, f.groups()))): f.group() for f in _AHEAD.finditer(text[:3000])}
    if len(ahead) != 1:
        return None, ""
    year, words = next(iter(ahead.items()))
    return Evidence(PartialDate(year), words, "inferred"), words


def year_of_event(read: Reading, month: int) -> tuple[int | None, str]:
    """The year the text was written in, if all words that tell it agree; and the first of those words."""
    text = f"{read.title}\n{read.text[:8000]}"
    behind = {int(f.group(1)): f.group() for f in _BEHIND.finditer(text)}
    ahead = {int(next(filter(None, f.groups()))): f.group() for f in _AHEAD.finditer(text)}
    named, closed = _named(read, month)
    if month >= 11:
        # 总结2024年、部署2025年 in December is 2024; a meeting that carries its year then may be of either
        years = set(behind) & {year - 1 for year in ahead} if ahead else set(behind)
        counted = {int(f.group(1)): f.group() for f in _COUNTED.finditer(f"{read.title}，{read.lead[:300]}")}
        years, words = years | set(counted), behind | counted
    else:
        years = {year + 1 for year in (*behind, *closed)} | set(ahead) | set(named)
        words = {**{year + 1: w for year, w in (*behind.items(), *closed.items())}, **ahead, **named}
    return (year := next(iter(years)), words[year]) if len(years) == 1 else (None, "")


def _named(read: Reading, month: int) -> tuple[dict[int, str], dict[int, str]]:
    """Years that the reported meeting carries in its name: its own; and those that it closes, in January to March."""
    named: dict[int, str] = {}
    closed: dict[int, str] = {}
    for words in (read.title, *re.split(r"[，。；]", read.lead[:1000])):
        for found in _NAMED.finditer(words):
            if words.startswith("以来", found.end()):
                continue  # 2002年全省第十八次会议以来: since another one
            year = int(next(filter(None, found.groups())))
            over = month <= 3 and any(int(one.group(1)) == year for one in _CLOSES_YEAR.finditer(words))
            if month == 1 and not over and f"{year}年度" in words:
                continue  # 2025年度会员大会 of January is as often held when that year is over
            (closed if over else named)[year] = found.group()
    return named, closed
