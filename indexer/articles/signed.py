"""What stands straight below headlines and not below headings (who wrote it, or when), and what closes a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.articles.credits import credit
from indexer.articles.headlines import is_byline, is_subtitle
from indexer.articles.label_names import SOURCES
from indexer.articles.labels import is_page_facts
from indexer.articles.lines import Line
from indexer.articles.marks import SALUTATION, is_date_line, is_in_brackets
from indexer.articles.names import is_called, is_name
from indexer.articles.official import is_body
from search.text.patterns import lazy

# □ 康若谷, 文／莫砚秋, ◎本刊记者 甲 乙: who wrote what stands below
_AUTHOR = lazy(
    r"(?:[□■◎○◇◆▲△★☆●][ \u3000]{0,3}|(?:文|作者|撰文|文字)[ \u3000]?[／/|｜丨：:][ \u3000]?)"
    r"(?:[\u4e00-\u9fff]{0,12}(?:记者|通讯员|特约撰稿|评论员)[ \u3000]{1,3})?"
    r"([\u4e00-\u9fff·]{1,8}(?:[ \u3000、]{1,3}[\u4e00-\u9fff·]{1,8}){0,5})"
)
_AUTHOR_BEGINS = frozenset("□■◎○◇◆▲△★☆●文作撰")
_FIGURES = re.compile(r"20\d\d[-/.]\d{1,2}[-/.]\d{1,2}")
_FROM = re.compile(rf"(?:{SOURCES.replace(' ', '|')}|作者|供稿)[^：:]{{0,4}}[：:]")
# 东岭区民政事务服务中心, 石台镇人民政府; 推进社区养老服务中心 names no place
_PLACED = lazy(
    r"(?!.{0,20}(?:推进|打造|召开|举行|举办|开展|建设|走进))[\u4e00-\u9fff]{1,6}[省市县区旗盟州镇乡]"
    r"[\u4e00-\u9fff]{2,14}(?:[局委办处科院站所]|中心|街道|政府|协会)"
)
_DAY_BEHIND = re.compile(r"[ \u3000]{1,20}(?:19|20)\d\d年\d{1,2}月\d{1,2}日$")
_OFFICE = lazy(r"(?![不含见除])[\u4e00-\u9fff]{2,20}(?:[局厅部委处科股室办院站所]|中心|街道|政府|协会|[县市区乡镇])")


def is_author(line: str) -> bool:
    """A line that names who wrote an article, with a sign before it."""
    found = _AUTHOR.fullmatch(line) if len(line) <= 40 and line[:1] in _AUTHOR_BEGINS else None
    if found is None:
        return False
    whole = re.sub(r"[ \u3000]", "", found.group(1))
    return is_name(whole) or all(map(is_name, re.split(r"[ \u3000、]+", found.group(1))))


def names_who(bare: str) -> bool:
    """Whether a line in brackets names an office or persons: （第三师民政局）, （社会事务处 白露）."""
    who = [one for one in re.split(r"[ \u3000、/／]+", bare.strip("（()）[]【】")) if one]
    return bool(who) and all(_OFFICE.fullmatch(one) or is_called(one) for one in who)


def is_signature(lines: Sequence[Line], at: int) -> bool:
    """Whether a body stands at `at` and the day below it: who signs what stands above."""
    return at + 1 < len(lines) and is_date_line(lines[at + 1].bare) and is_body(lines[at].bare)


def opens(bare: str) -> bool:
    """What stands below headlines and not below headings: who wrote or said it, when, whom it greets."""
    # 同志们！ is how a speech closes
    greeted = bare.endswith(("：", ":")) and SALUTATION.match(bare) is not None
    who = is_byline(bare) or names_body(_DAY_BEHIND.sub("", bare)) or is_author(bare)
    who = who or (is_in_brackets(bare) and names_who(bare))
    # ——养老服务：… is an item of a list as often
    when = is_subtitle(bare) and bare[0] not in "—–―－-"
    return greeted or who or when or _states(bare)


def names_body(bare: str) -> bool:
    """安溪县民政局, 东岭区民政事务服务中心: a body or an office of a place alone on its line."""
    return is_body(bare) or _PLACED.fullmatch(bare) is not None


def _states(bare: str) -> bool:
    """Facts of a page, of where it is from or with a day in figures; 时间：5月6日 is one of a notice."""
    return is_page_facts(bare) and (_FIGURES.search(bare) is not None or _FROM.search(bare) is not None)


def closes(bare: str) -> bool:
    """What stands below a text: where it is from, who wrote it."""
    who = names_body(bare) or (is_in_brackets(bare) and names_who(bare))
    return who or _states(bare) or bool(credit(bare))
