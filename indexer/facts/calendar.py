"""Dates as they are written in Chinese texts, and what a calendar has."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from search.documents.document import Evidence, PartialDate
from search.text import numbers

# Beside 〇 stand what people type for it: zero, the letter O of three alphabets, a circle.
_D = "〇零○一二三四五六七八九0oOоОοΟ"
_CHINESE_YEAR = rf"[一二][{_D}]{{3}}"
FULL = re.compile(
    rf"(?<!\d)((?:19|20)\d\d|{_CHINESE_YEAR})\s?(?:年|[./-]|[—–－]{{1,2}})\s?(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})"
    rf"\s?(?:月|[./-]|[—–－]{{1,2}})\s?(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})(?:\s?日|(?!\d|\s?月))"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
MONTH = re.compile(
    rf"((?:19|20)\d\d|{_CHINESE_YEAR})\s?年\s?(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?月(?!\s?[\d一二三四五六七八九十]{{1,3}}\s?日)"
)
# 3月5日, 3月5日至7日, 3月5至7日, 3月5-7日, 3月5号, 三月五日
OF_DAY = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
MONTH_DAY = re.compile(
    rf"(?<![年\d一二三四五六七八九十]){OF_DAY}月{OF_DAY}(?:日|号(?![文楼令线院馆厅])|(?=[至—－~～、-]\d{{1,2}}日))"
    r"(?:[至—－~～、-](?:\d{1,2}月)?\d{1,2}日)?(?:上午|下午|晚上?|凌晨|中午|夜)?"
)
_ZEROS = str.maketrans(dict.fromkeys("○0oOоОοΟ", "〇"))


def full_date(text: str) -> PartialDate | None:
    """The first complete date (2024年2月18日, 2024-02-18, 二〇二四年二月十八日); None if no calendar has it."""
    for pattern in (FULL, _COMPACT):
        if found := pattern.search(text):
            year, month, of_month = (number(group) for group in found.groups())
            return PartialDate(year, month, of_month) if exists(year, month, of_month) else None
    return None


def first_date(texts: Iterable[str]) -> Evidence[PartialDate] | None:
    """The first complete date of these texts, with the text it stands in."""
    return next((Evidence(date, text) for text in texts if (date := full_date(text))), None)


def month_of(texts: Iterable[str]) -> Evidence[PartialDate] | None:
    """（2022年11月） under a headline or under a body."""
    for text in texts:
        if (found := MONTH.search(text)) and 1 <= number(found.group(2)) <= 12:
            return Evidence(PartialDate(number(found.group(1)), number(found.group(2))), text)
    return None


def exists(year: int, month: int, of_month: int) -> bool:
    try:
        return 1949 <= datetime.date(year, month, of_month).year <= 2100
    except ValueError:
        return False


def number(written: str) -> int:
    """Of what is no number, as 十十月, 0 is made, which no calendar has."""
    if written.isdecimal() and written.isascii():
        return int(written)
    spoken = written.translate(_ZEROS)
    return (numbers.read_digits(spoken) if len(spoken) == 4 else numbers.read(spoken)) or 0
