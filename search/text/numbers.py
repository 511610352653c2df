"""Numbers in running text: what a numeral means and how a number is written, the quantities a passage states, and the
other writings of years, months and days."""

from __future__ import annotations

import re

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
_FIGURE = re.compile(r"\d[\d.,]*(?:%|[万亿]?[元人户个张所家名件次])")


def figures(folded: str) -> tuple[str, ...]:
    """FIGURE where a folded text states a quantity (3245户, 94.6%), MONEY where it states a sum (84.5亿元)."""
    units = {match[0][-1] for match in _FIGURE.finditer(folded)}
    return ((FIGURE,) if units else ()) + ((MONEY,) if "元" in units else ())


# --- other writings of a date -------------------------------------------------------------------------

_ARABIC_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Months and days stand with their year or each other; 一日 or 三月 alone is as often no date (一日三餐, 三月行动).
_ARABIC_DAY = re.compile(r"(?<=[年月])\d{1,2}(?=[月日])|(?<!\d)\d{1,2}(?=月\d{1,2}日)")
_CHINESE_DAY = re.compile(
    r"(?<=[年月])[一二三四五六七八九十]{1,3}(?=[月日])|[一二三四五六七八九十]{1,2}(?=月[一二三四五六七八九十]{1,3}日)"
)
_CHINESE_YEAR = re.compile(r"(?:一九|二[〇零])[〇零一二三四五六七八九]{2}")


def number_forms(folded: str) -> tuple[str, ...]:
    """Other writings of the years, months and days in a query term: 2024年 for 二〇二四年 and 二零二四年, and back."""
    arabic = _CHINESE_YEAR.sub(lambda year: str(read_digits(year[0])), folded)
    arabic = _CHINESE_DAY.sub(lambda day: _in_figures(day[0]), arabic)
    chinese = _ARABIC_YEAR.sub(lambda year: spelled(year[0]), arabic)
    chinese = _ARABIC_DAY.sub(lambda day: written(int(day[0])), chinese)
    forms = (arabic, chinese, chinese.replace("〇", "零"))
    return tuple(dict.fromkeys(form for form in forms if form != folded))


def _in_figures(day: str) -> str:
    """十二 → 12; what is no number of a day stays."""
    value = read(day)
    return day if value is None else str(value)
