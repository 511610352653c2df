"""Numbers that belong to one person: of identity cards (GB 11643) and of mobile telephones, found and masked.

In doubt a number is none: a figure that is masked is lost to whoever quotes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from search.text.folding import fold
from search.text.patterns import lazy

Kind = Literal["身份证号", "手机号"]

_GAP = "[ \u3000\xa0-]?"
# No letter, digit or sign of a longer number, a file name or an address stands beside. A comma is none: no figure of
# eleven digits in a row has one. A slash is none between two numbers of one list: 13912345678/0911-2345678.
_OTHER = r"(?:0\d{2,3}-?)?\d{7}|1[3-9]\d[ -]\d{4}"
_BEFORE, _BEHIND = r"(?<![0-9a-z_=%#@/-])(?<!\d\.)", rf"(?![0-9a-z_=%@-]|/(?!{_OTHER})|\.[0-9])"
_LISTED = r"(?<=1[3-9]\d{9}/)|(?<=1[3-9]\d[ -]\d{4}[ -]\d{4}/)|(?<=\d-\d{7}/)|(?<=\d-\d{8}/)|(?<=\d{17}[\dx]/)"
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123])"
_CARD = lazy(rf"{_BEFORE}({_PROVINCE}\d{{4}}){_GAP}((?:19|20)\d\d)(\d\d)(\d\d){_GAP}(\d{{3}}[\dx]){_BEHIND}", re.ASCII)
_OLD_CARD = lazy(rf"{_BEFORE}({_PROVINCE}\d{{4}})(\d\d)(\d\d)(\d\d)\d{{3}}{_BEHIND}", re.ASCII)
_MOBILE = lazy(
    rf"(?:(?<![0-9a-z_=%#@/])(?<!\d[.-])|{_LISTED})"
    rf"(?:(?:\+|00)?86{_GAP})?(1[3-9]\d){_GAP}\d{{4}}{_GAP}\d{{4}}{_BEHIND}",
    re.ASCII,
)
_CARD_NAMED = re.compile("身份证|身份号码|证件号|证号")
_NAMED_WITHIN = 40  # characters before an old number in which it is named, with names and other numbers between
# 13912345678元 is a figure, 第13912345678号 a number of a paper.
_UNIT = lazy(r"[ \u3000]?(?:[万亿千百]|元|人[次民]|户|吨|公里|平方|立方|%|美元|个|件|份|项|号文)")
_COUNTED = lazy(r"(?:第|编号|单号|文号|批号|学号|账号|帐号|卡号|户号|代码|流水号|订单)[为是:(第 ]{0,3}$")
_DIGIT = re.compile(r"[0-9a-z]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# Of a card nothing tells who it is, of a telephone what lets its owner know it again stays.
_KEPT: dict[Kind, tuple[int, int]] = {"身份证号": (3, 2), "手机号": (3, 4)}


@dataclass(frozen=True, slots=True)
class Number:
    kind: Kind
    begin: int
    end: int


def numbers(text: str) -> tuple[Number, ...]:
    """Every such number in reading order; none lies in another."""
    if not _MAY.search(text):
        return ()
    folded = fold(text)
    found = sorted((*_cards(folded), *_mobiles(folded)), key=lambda one: (one.begin, -one.end))
    apart: list[Number] = []
    for one in found:
        if not apart or one.begin >= apart[-1].end:
            apart.append(one)
    return tuple(apart)


# Eleven digits with at most three gaps: what most texts do not hold. \d is wide digits, too.
_MAY = re.compile(r"\d{3}[ \u3000\xa0-]?\d{4}[ \u3000\xa0-]?\d{4}")


def masked(text: str) -> str:
    """The same with stars for most digits of such numbers, as long as it was: offsets stay."""
    found = numbers(text)
    if not found:
        return text
    signs = list(text)
    folded = fold(text)
    for one in found:
        digits = [at for at in range(one.begin, one.end) if _DIGIT.match(folded[at])]
        front, back = _KEPT[one.kind]
        surplus = len(digits) - 11 if one.kind == "手机号" else 0  # of the 86 before it
        for at in digits[surplus + front : len(digits) - back]:
            signs[at] = "*"
    return "".join(signs)


def _cards(folded: str) -> Iterator[Number]:
    for found in _CARD.finditer(folded):
        digits = "".join(found.groups())
        if _is_day(*map(int, found.group(2, 3, 4))) and _check(digits) == digits[-1]:
            yield Number("身份证号", *found.span())
    for found in _OLD_CARD.finditer(folded):
        year, month, day = map(int, found.group(2, 3, 4))
        named = _CARD_NAMED.search(folded, max(0, found.start() - _NAMED_WITHIN), found.start())
        if named and _is_day(1900 + year, month, day):
            yield Number("身份证号", *found.span())


def _mobiles(folded: str) -> Iterator[Number]:
    for found in _MOBILE.finditer(folded):
        counted = _COUNTED.search(folded[max(0, found.start() - 8) : found.start()])
        if not counted and not _UNIT.match(folded, found.end()):
            yield Number("手机号", *found.span())


def _check(digits: str) -> str:
    """The last sign that the first seventeen ask for."""
    return "10x98765432"[sum(int(one) * weight for one, weight in zip(digits, _WEIGHTS, strict=False)) % 11]


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return date(1900, 1, 1) <= date(year, month, day) <= date.today()
    except ValueError:
        return False
