"""Numbers in running text: the quantities a passage states, and the other writings of years, months and days."""

from __future__ import annotations

import re

# Stand in the index for any number with a unit and for a sum of money, in each passage that has one; no word is
# written so.
FIGURE, MONEY = "#", "¥"
_FIGURE = re.compile(r"\d[\d.,]*(?:%|[万亿]?[元人户个张所家名件次])")


def figures(folded: str) -> tuple[str, ...]:
    """FIGURE where a folded text states a quantity (3245户, 94.6%), MONEY where it states a sum (84.5亿元)."""
    units = {match[0][-1] for match in _FIGURE.finditer(folded)}
    return ((FIGURE,) if units else ()) + ((MONEY,) if "元" in units else ())


_DIGITS = "〇一二三四五六七八九"
_ARABIC_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Months and days stand with their year or each other; 一日 or 三月 alone is as often no date (一日三餐, 三月行动).
_ARABIC_DAY = re.compile(r"(?<=[年月])\d{1,2}(?=[月日])|(?<!\d)\d{1,2}(?=月\d{1,2}日)")
_CHINESE_DAY = re.compile(
    r"(?<=[年月])[一二三四五六七八九十]{1,3}(?=[月日])|[一二三四五六七八九十]{1,2}(?=月[一二三四五六七八九十]{1,3}日)"
)
_CHINESE_YEAR = re.compile(r"(?:一九|二[〇零])[〇零一二三四五六七八九]{2}")


def number_forms(folded: str) -> tuple[str, ...]:
    """Other writings of the years, months and days in a query term: 2024年 for 二〇二四年 and 二零二四年, and back."""
    arabic = _CHINESE_DAY.sub(
        lambda day: _as_number(day[0]), _CHINESE_YEAR.sub(lambda year: _as_arabic(year[0]), folded)
    )
    chinese = _ARABIC_YEAR.sub(lambda year: "".join(_DIGITS[int(digit)] for digit in year[0]), arabic)
    chinese = _ARABIC_DAY.sub(lambda day: _as_chinese(int(day[0])), chinese)
    forms = (arabic, chinese, chinese.replace("〇", "零"))
    return tuple(dict.fromkeys(form for form in forms if form != folded))


def _as_number(day: str) -> str:
    """十二 → 12, 二十 → 20, 三十一 → 31; what is no number of a day stays."""
    tens, ten, ones = day.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or (not ten and len(day) > 1):
        return day
    value = (_DIGITS.index(tens or "一") * 10 if ten else 0) + (_DIGITS.index(ones) if ones else 0)
    return str(value)


def _as_chinese(day: int) -> str:
    tens, ones = divmod(day, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _as_arabic(year: str) -> str:
    return "".join("0" if char == "零" else str(_DIGITS.index(char)) for char in year)
