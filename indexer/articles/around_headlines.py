"""What a page sets around a headline, by its form: its own title, the day of a paper, a column, a row of buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from indexer.articles.characters import readable
from indexer.articles.choosing import coverage, ends_as_site, is_medium, opening_of
from indexer.articles.furniture import CRUMB
from indexer.articles.headlines import TITLE_FORM, TITLE_OPENS
from indexer.articles.labels import BULLETS, facts_in, is_page_facts
from indexer.articles.lines import Line
from indexer.articles.marks import is_lead
from indexer.articles.names import POST, is_called, is_word
from indexer.articles.official import is_body
from indexer.articles.page_words import PICTOGRAPH, is_of_page
from search.text.patterns import lazy

# 云溪市召开助餐推进会_助餐动态_云溪网
_SITES_BEHIND = re.compile(r"[ \u3000]*[_|｜–—-](?P<sites>.{2,60})")
_SITE_AND_ADDRESS = r"(?:[ \u3000]*[【（(\[]?[\w.-]{1,40}\.[a-z]{2,4}[】）)\]]?)?"


def page_title(lines: Sequence[Line]) -> tuple[str, frozenset[int]]:
    """The headline that stands below a page's title, which repeats it; and the lines that are that title or the name of
    a site or column behind the headline there."""
    bares = [line.bare for line in lines]
    for at, bare in enumerate(bares[:3]):
        headline = next((other for other in bares[at + 1 :] if len(other) >= 8 and bare.startswith(other)), bare)
        behind = _SITES_BEHIND.fullmatch(bare[len(headline) :])
        if behind:
            names = "|".join(map(re.escape, re.split(r"[ \u3000]*[_|｜–—-][ \u3000]*", behind["sites"].strip())))
            named = re.compile(f"(?:{names}){_SITE_AND_ADDRESS}", re.I)
            return headline, frozenset((at, *(i for i, other in enumerate(bares) if named.fullmatch(other))))
    return "", frozenset()


# 云溪县召开助餐推进会 - 助餐动态 - 云溪网, where no line repeats the headline
_PARTS_BEHIND = lazy(
    r"(?P<headline>.{8,80}?)"
    r"(?P<sites>(?:(?:[ \u3000]+[-–—|｜][ \u3000]+|[_|｜]|(?<!-)--(?!-))[^，。；：_|｜]{2,20}){1,3})"
)
_BETWEEN_PARTS = lazy(r"[ \u3000]+[-–—|｜][ \u3000]+|[_|｜]|--")


def sites_behind(bare: str) -> str:
    """What a page's title has behind its headline, the last of it the name of a site; "" where it has none."""
    found = _PARTS_BEHIND.fullmatch(bare)
    last = _BETWEEN_PARTS.split(found["sites"])[-1].strip() if found else ""
    return found["sites"] if found and last and ends_as_site(last) else ""


def menu_before(bare: str, text: Sequence[Line]) -> str:
    """What is run together with a headline before it, 云溪网首页资讯助餐|云溪县召开推进会: the name of a site and the
    entries of its menu, up to where what the text says again begins; "" where there is none."""
    home = bare.find("首页")
    if home < 0:
        return ""
    said = opening_of(text)
    best = weight = 0
    begins = len(bare)
    for at in range(len(bare) - 2, home + 1, -1):
        weight += 1 if readable(bare[at : at + 2]) in said else -1
        if weight > best:
            best, begins = weight, at
    before, headline = bare[:begins], bare[begins:]
    known = len(headline) >= 8 and coverage(headline, said) >= _FOREIGN and not re.search("[，。；]", before)
    return before if known and coverage(before, said) < _FOREIGN / 2 else ""


# 2024年3月5日 星期二; 《云溪日报》（2024年3月5日 02版）: a day as papers and lists give it
_OF_PAPER = lazy(
    r"(?:(?P<dated>20\d\d年\d{1,2}月\d{1,2}日)|20\d\d年\d{1,2}月\d{1,2})[ \u3000]*星期[一二三四五六日天]?"
    r"|(?P<numbered>20\d\d年\d{1,2}月\d{1,2}日)[ \u3000]{1,4}(?:总?第\d{1,5}期[ \u3000]{0,4}){1,3}"
    r"|《(?P<paper>[^》]{2,12}[报刊])》[ \u3000]?[（(](?P<printed>20\d\d年\d{1,2}月\d{1,2}日)[^（）()]{0,12}[）)]"
    r"|(?P<daily>[\u4e00-\u9fff]{2,6}(?:[日晚早晨]报|[晨晚周快]讯))[ \u3000]{1,4}(?P<out>20\d\d年\d{1,2}月\d{1,2}日)"
)


# 管理员2024-03-05【助餐】人已围观: a day in figures on a line without a mark
_POSTED = lazy(r"[^，。；！？“《]{0,40}?(?<!\d)(?P<posted>20\d\d[-/]\d{1,2}[-/]\d{1,2})(?!\d)[^，。；！？“《]{0,60}")
_AROUND_DAY = lazy(rf"{POST}|至|[-—~～] ?(?:20)?\d\d")
# A column or a button, beside a day or a pictograph, is shorter.
_LONG_NAME = lazy("[\u4e00-\u9fff]{8}")
_LABELS = {
    "dated": "日期",
    "numbered": "日期",
    "posted": "发布日期",
    "paper": "来源",
    "printed": "发布时间",
    "daily": "来源",
    "out": "发布时间",
}


# 云溪晚刊 2024年05月16日 星期四 今日8版 下载PDF: a day with its weekday, and nothing that is said
_WITH_WEEKDAY = lazy(
    r"(?:[^，。；：！？“]{0,24}[ \u3000|｜])?(?P<dated>20\d\d年\d{1,2}月\d{1,2}日)[ \u3000]{0,4}"
    r"(?:星期|周)[一二三四五六日天](?![上下]午|晚)(?:[ \u3000|｜][^，。；！？“]{0,40})?"
)


# 云溪民政在线 2024年5月16日 11:46 陕西: a day with a time of day, and nothing but short names and counters beside it
_CLOCKED = lazy(
    r"(?:[^\s，。；！？“”《》：:]{1,12}[\s|｜·]{1,4}){0,4}(?P<posted>20\d\d(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}))"
    r"[ \u3000T]{1,3}\d{1,2}:\d{2}(?::\d{2})?(?:[\s|｜·]{1,4}[^\s，。；！？“”《》：:]{1,12}){0,6}"
)


def paper_above(bare: str) -> tuple[str, str] | None:
    """The name, "" where it has none, and the day of the line above a paper's page (A05 2024年3月5日 星期二), which are
    those of all articles below; None for other lines."""
    found = _OF_PAPER.fullmatch(bare) or _WITH_WEEKDAY.fullmatch(bare)
    stated = found.groupdict() if found else {}
    day = next((stated[name] for name in ("dated", "numbered", "printed", "out") if stated.get(name)), None)
    return (stated.get("paper") or stated.get("daily") or "", day) if day else None


def day_of_paper(bare: str) -> Sequence[str] | None:
    """Such a line's facts, each with its label (日期：…), none where the day is incomplete; None for other lines."""
    if clocked := _CLOCKED.fullmatch(bare):
        return [f"{_LABELS['posted']}：{clocked['posted']}"]
    found = _OF_PAPER.fullmatch(bare) or _WITH_WEEKDAY.fullmatch(bare) or _POSTED.fullmatch(bare)
    if found and "posted" in found.groupdict() and not _is_posted(bare, found["posted"]):
        return None
    return [f"{_LABELS[name]}：{value}" for name, value in found.groupdict().items() if value] if found else None


def _is_posted(bare: str, day: str) -> bool:
    """Whether what stands beside a day speaks for no person, for no other day and is no headline (2024-03-05全市养老
    服务工作会议记录). 2024-03-05白露 has the writer."""
    beside = bare.replace(day, " ")
    if not beside.strip() or _AROUND_DAY.search(beside):
        return False
    if _LONG_NAME.search(beside) or TITLE_OPENS.match(bare) or TITLE_FORM.search(beside.rstrip(" （()）")):
        return False
    glued = re.match(rf"{day}[\u4e00-\u9fff]", bare)
    parts = re.split(r"[\s\u3000|｜]+", beside)
    return bool(glued) or any(map(is_of_page, parts)) or not any(map(is_called, parts))


# 助餐动态 10-13: a column and a day without its year
_COLUMN_DAY = re.compile(r"(?:[\u4e00-\u9fff]{2,8}[ \u3000]{1,4}|(?:发布)?日期[：:])\d{1,2}[-/]\d{1,2}")


def is_decorated(bare: str) -> bool:
    """🚈云溪资讯🚇: a button or a column with pictographs, which a headline may have as well."""
    return PICTOGRAPH.search(bare) is not None and "。" not in bare and not _LONG_NAME.search(bare)


def is_column_day(bare: str) -> bool:
    return _COLUMN_DAY.fullmatch(bare) is not None


def is_column_in_brackets(bare: str) -> bool:
    """【时政】: a column rather than who speaks."""
    return bare[0] == "【" and is_word(bare.strip("【】"))


_TRAIL_SIGN = lazy("[>›»＞][ \u3000]*$")
TITLE_LABEL = r"(?:文件|信息)?(?:名[ \u3000]{0,4}称|标[ \u3000]{0,4}题|题[ \u3000]{0,4}名)"
_TITLE_LABEL = lazy(rf"查看完整版本[：: ]{{1,3}}|{TITLE_LABEL}[：:\s]{{1,6}}")

_DAY_BEFORE = re.compile(r"[\d./-]{4,10}[ \u3000]+", re.A)


def headline_behind(lines: Sequence[str], at: int) -> str:
    """The headline that a line ends with behind a trail, a label or the names of sites, and that stands by itself, too
    (云溪文库 > 云溪县召开推进会, 文件名称 云溪县助餐办法), or that it lists among others; "" for other lines."""
    line = lines[at]
    parts = line.split()
    if len(parts) > 3 and (listed := next((part for part in parts if len(part) >= 8 and part in lines), "")):
        return listed
    for headline in lines:
        before = line[: -len(headline)] if len(headline) >= 8 and line.endswith(headline) else ""
        if before.strip() and _leads_to_headline(before):
            return headline
    return ""


def _leads_to_headline(before: str) -> bool:
    if _TRAIL_SIGN.search(before) or _TITLE_LABEL.fullmatch(before) or _DAY_BEFORE.fullmatch(before):
        return True
    return before[-1].isspace() and not re.search("[，。；！？]", before) and any(map(ends_as_site, before.split()))


_SHORT = 40
# Of the pairs of characters of a shoulder or a headline, the text says more.
_FOREIGN = 0.5


def is_foreign(bare: str, text: Sequence[Line]) -> bool:
    """Whether the text says little of a short line that a page's own lines part from the headline: a shoulder stands
    straight above it."""
    return len(bare) <= _SHORT and not re.search("[，。；！？《]", bare) and coverage(bare, opening_of(text)) < _FOREIGN


def bulleted(lines: Sequence[str]) -> frozenset[int]:
    """Which lines are a list of facts of the page: the same bullet before each, two of them facts by their form."""
    found: set[int] = set()
    for bullet, run in groupby(range(len(lines)), key=lambda at: lines[at][:1] if lines[at][:1] in BULLETS else ""):
        places = list(run)
        if bullet and sum(is_page_facts(lines[at]) for at in places) >= 2:
            found.update(at for at in places if len(lines[at]) <= _SHORT and not is_page_facts(lines[at]))
    return frozenset(found)


# 团结报: a paper; 简报 is none
_PAPER = lazy("[\u4e00-\u9fff]{1,6}(?<![简通喜捷情汇])报")


def stands_for_source(lines: Sequence[str], at: int) -> bool:
    """A medium's name below the headline and above the day; a paper's also straight above the text."""
    if at + 1 == len(lines):
        return _PAPER.fullmatch(lines[at]) is not None
    named = is_medium(lines[at]) or _PAPER.fullmatch(lines[at]) is not None
    return named and is_page_facts(lines[at + 1])


_TOP = 16  # lines in which a headline is looked for


def closed(lines: list[Line]) -> list[Line]:
    """A headline broken inside a title that it names is one line: 转发《…关于做好 / 助餐工作的意见》的通知."""
    for at, line in enumerate(lines[:_TOP]):
        if line.bare.count("《") <= line.bare.count("》") or len(line.bare) > 60 or "。" in line.bare:
            continue
        for end in range(at + 2, min(at + 4, len(lines) + 1)):
            whole = "".join(one.bare for one in lines[at:end])
            if whole.count("《") == whole.count("》") and len(whole) <= 90:
                if not re.search(r"》的(?:通知|通告|公告|函|批复|决定)$", whole):
                    return lines
                return [*lines[:at], replace(line, text=whole), *lines[end:]]
    return lines


# the first words of a text that has no lead: a clause, and no label
_BEGINS = lazy("[^：:，。\\s]{4,60}[，。]")


def _behind_facts(line: str, blanks: Sequence[int]) -> int:
    """Where the text begins behind the facts of the page; 0 where it has none."""
    begins = [at for at in blanks if _BEGINS.match(line, at)]
    rows = ((line[at:text].strip(), text) for text in begins for at in blanks if at < text and text - at <= _RUN_ON)
    labelled = ((row, text) for row, text in rows if row.count("：") + row.count(":") > 1)
    return max((text for row, text in labelled if len(facts_in(row).labels) > 1 and is_page_facts(row)), default=0)


_RUN_ON = 200  # characters of a page that has its headline, facts and text on one line
_ABOVE_TEXT = 300
_BLANK = re.compile(r"[ \u3000]+")


def run_on(line: str) -> Sequence[str]:
    """The parts of a page that stands on one line, 云溪网 要闻 云溪县召开推进会 2024-05-16 来源：云溪 5月15日，…: menu
    and headline by the blanks between them, the facts, the text from its lead on; none of another line.
    """
    blanks = [found.end() for found in _BLANK.finditer(line[:_ABOVE_TEXT])] if len(line) > _RUN_ON else []
    text = next((at for at in blanks if is_lead(line[at : at + _RUN_ON])), 0) or _behind_facts(line, blanks)
    for at in (at for at in blanks if at < text):
        parts = line[:at].split()
        # the names of bodies, sites and columns stand before the headline, and those of columns are shorter
        long = (i for i, part in enumerate(parts) if len(part) >= 8 and not ends_as_site(part) and not is_body(part))
        begins = next(long, None)
        if begins is not None and is_page_facts(line[at:text].strip()):
            menu = parts[:begins]
            trail = [" ".join(menu)] if any(CRUMB.fullmatch(part) for part in menu) else menu
            return (*trail, " ".join(dict.fromkeys(parts[begins:])), line[at:text].strip(), line[text:])
    return ()
