"""Numbers in running text: what a numeral means and how a number is written, the quantities a passage states, and the
other writings of years, months and days."""

from __future__ import annotations

import re
from functools import partial

from search.text.patterns import lazy

# --- numerals ------------------------------------------------------------------------------------------

_DIGITS = "零一二三四五六七八九"
# 〇 is the zero of years; ○ is typed for it.
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)} | {"〇": 0, "○": 0, "两": 2}


def read(numeral: str) -> int | None:
    """七 → 7, 两 → 2, 十二 → 12, 二十 → 20, 12 → 12; None for anything else: 首先, 二三, 一百."""
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    how_many, more = _VALUES.get(tens or "一"), _VALUES.get(ones or "零")
    if not numeral or how_many is None or more is None:
        return None
    return how_many * 10 + more if ten else more


def read_digits(digits: str) -> int | None:
    """二〇二四 → 2024, 一二 → 12: digit by digit, as years are written; None where another character stands."""
    values = [_VALUES.get(digit) for digit in digits]
    return int("".join(map(str, values))) if values and None not in values else None


def written(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十; in figures what is not from 1 to 99."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return lead + (_DIGITS[ones] if ones else "")


def counted(number: int) -> str:
    """As written(), but two things are 两: 两项, 两个."""
    return "两" if number == 2 else written(number)


def spelled(figures: str) -> str:
    """2024 → 二〇二四."""
    return "".join(_DIGITS[int(digit)] for digit in figures).replace("零", "〇")


# --- quantities ----------------------------------------------------------------------------------------

# Stand in the index for any number with a unit and for a sum of money, in each passage that has one; no word is
# written so.
FIGURE, MONEY = "#", "¥"
# From its last digit: from the first, a run of digits without a unit would be read again from each of them.
_FIGURE = re.compile(r"\d[.,]*(?:%|[万亿]?[元人户个张所家名件次])")


def figures(folded: str) -> tuple[str, ...]:
    """FIGURE where a folded text states a quantity (3245户, 94.6%), MONEY where it states a sum (84.5亿元)."""
    units = {match[0][-1] for match in _FIGURE.finditer(folded)}
    return ((FIGURE,) if units else ()) + ((MONEY,) if "元" in units else ())


# --- other writings of a date -------------------------------------------------------------------------

_ARABIC_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Months and days stand with their year or each other; 一日 or 三月 alone is as often no date (一日三餐, 三月行动).
_ARABIC_DAY = lazy(r"(?<=[年月])\d{1,2}(?=[月日])|(?<!\d)\d{1,2}(?=月\d{1,2}日)")
_CHINESE_DAY = lazy(
    r"(?<=[年月])[一二三四五六七八九十]{1,3}(?=[月日])|[一二三四五六七八九十]{1,2}(?=月[一二三四五六七八九十]{1,3}日)"
)
_CHINESE_YEAR = lazy(r"(?:一九|二[〇零])[〇零一二三四五六七八九]{2}")


# 2024-02-21, 2024.2.21, 2024/2/21 and 20240221 as they are typed; 2024.2 alone may be an amount.
_DAY = lazy(r"(?<![\d.,])((?:19|20)\d\d)(?:([-./])(\d{1,2})\2(\d{1,2})|(0[1-9]|1[0-2])([0-3]\d))(?![\d.,])")
_MONTH = lazy(r"(?<![\d.,])((?:19|20)\d\d)[-/](0?[1-9]|1[0-2])(?![\d.,/-])")
_WRITTEN_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)年(\d{1,2})月(?:(\d{1,2})日)?")
_WRITTEN_AS = ("{}-{:02}-{:02}", "{}-{}-{}", "{}.{:02}.{:02}", "{}.{}.{}", "{}/{:02}/{:02}", "{}/{}/{}")
# What is counted or numbered: 8个 and 八个 are one, 一体 and 1体 are not.
_COUNTED = "(?=个|号|条|届|次|周年|项|件|名|户|岁|章)"
_ARABIC_COUNT = lazy(rf"(?<![\d.,百千万亿])[1-9]\d?{_COUNTED}")
_CHINESE_COUNT = lazy(rf"(?<![{_DIGITS}〇两十百千万亿点])[一二三四五六七八九十两]{{1,3}}{_COUNTED}")
_PERCENT = re.compile(r"(?<![\d.])(\d{1,2})(?:\.(\d+))?%")
_SAID_PERCENT = lazy(rf"百分之([{_DIGITS}十]+)(?:点([{_DIGITS}〇]+))?")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
# A year is never written 2,024.
_UNGROUPED = re.compile(r"(?<![\d.,])(?!(?:19|20)\d\d(?!\d))\d{4,9}(?![\d,])")


def number_forms(folded: str) -> tuple[str, ...]:
    """Other writings of the numbers in a query term: 2024年 for 二〇二四年 and 二零二四年, and back; 2024-02-21 for
    2024年2月21日, 95% for 百分之九十五, 1,234 for 1234, 8个 for 八个."""
    arabic = _arabic(folded)
    chinese = _ARABIC_YEAR.sub(lambda year: spelled(year[0]), arabic)
    chinese = _ARABIC_DAY.sub(lambda day: written(int(day[0])), chinese)
    chinese = _ARABIC_COUNT.sub(_count_in_words, chinese)
    chinese = _PERCENT.sub(lambda share: _said_percent(share[1], share[2] or ""), chinese)
    days = [_WRITTEN_DAY.sub(partial(_written_day, way), arabic) for way in _WRITTEN_AS]
    grouped = _UNGROUPED.sub(lambda number: f"{int(number[0]):,}", arabic)
    forms = (arabic, chinese, chinese.replace("〇", "零"), *days, grouped)
    return tuple(dict.fromkeys(form for form in forms if form != folded))


def _arabic(folded: str) -> str:
    """The term with its numbers in figures, its dates as 2024年2月21日."""
    said = _CHINESE_YEAR.sub(lambda year: str(read_digits(year[0])), folded)
    said = _CHINESE_DAY.sub(lambda day: _in_figures(day[0]), said)
    said = _DAY.sub(lambda day: f"{day[1]}年{int(day[3] or day[5])}月{int(day[4] or day[6])}日", said)
    said = _MONTH.sub(lambda month: f"{month[1]}年{int(month[2])}月", said)
    said = _SAID_PERCENT.sub(lambda share: _percent(share[0], share[1], share[2] or ""), said)
    said = _CHINESE_COUNT.sub(lambda one: _in_figures(one[0]), said)
    return _GROUPED.sub(lambda number: number[0].replace(",", ""), said)


def _percent(said: str, whole: str, more: str) -> str:
    """95.5% for 百分之九十五点五; what is no number stays as it was said."""
    value, digits = read(whole), "".join(str(_VALUES[digit]) for digit in more)
    return said if value is None else f"{value}.{digits}%" if digits else f"{value}%"


def _said_percent(whole: str, more: str) -> str:
    value = int(whole)
    said = written(value) if value else "零"
    return f"百分之{said}" + ("点" + "".join(_DIGITS[int(digit)] for digit in more) if more else "")


def _count_in_words(one: re.Match[str]) -> str:
    """Two things are 两个, but the second of something is 二号, 二届, 二条 or 二章, and 第二 whatever follows."""
    behind, before = one.string[one.end() : one.end() + 1], one.string[: one.start()]
    is_ordinal = behind in "号届条章" or before.endswith("第")
    return written(int(one[0])) if is_ordinal else counted(int(one[0]))


def _written_day(way: str, day: re.Match[str]) -> str:
    """A day in figures; a month alone is written so only as 2024-02."""
    if day[3]:
        return way.format(day[1], int(day[2]), int(day[3]))
    return f"{day[1]}-{int(day[2]):02}" if way == _WRITTEN_AS[0] else day[0]


def _in_figures(day: str) -> str:
    """十二 → 12; what is no number of a day stays."""
    value = read(day)
    return day if value is None else str(value)
