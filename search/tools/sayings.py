"""Sayings that begin with a number (五大体系) and what a text lists under them. A list that does not agree with the
number is none, so that nothing is put under a saying that its text does not put there.

All texts are folded; offsets are half-open, into the text that was given. Linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = "一二两三四五六七八九"
_NUMBER = rf"(?:[{_DIGITS}]?十[{_DIGITS}]?|[{_DIGITS}])"
_HAN = "一-鿿"
# In quotation marks it is one whatever follows the number; 十四五, 二十届 and 三年 count something else.
_QUOTED = re.compile(rf"“({_NUMBER}(?![{_DIGITS}十届年月日号时点周级次天岁中])[{_HAN}]{{2,9}})”")
# Without marks it is one behind a list in marks (“为民、创新”两型民政), or where its measure is 大 or 型.
_COUNTED = rf"{_NUMBER}[大型项件个种条类][{_HAN}]{{2,4}}?(?=[^{_HAN}]|[的是和等]|$)"
_BEHIND = re.compile(rf"(?<=”)({_COUNTED})")
_GREAT = re.compile(rf"(?<![{_DIGITS}十第])((?:十|[{_DIGITS}])[大型][{_HAN}]{{2,4}}?)(?=[^{_HAN}]|[的是和等]|$)")
_VALUES = {char: value for value, char in enumerate(_DIGITS.replace("两", ""), 1)} | {"两": 2}
# What a text says between a saying and its list.
_NAMELY = re.compile(r"”?[,，]?(?:即|就是|也就是|分别是|分别为|包括|具体是|具体为|指的是|是指)?[:：,，]?|”?——")
_SENTENCE = "。！？!?\n"
_MARKED = re.compile(rf"^(?:[{_DIGITS}十]+(?:是|要)|[（(][{_DIGITS}十]+[)）]|\d+[.、)])")
# What a first item begins with that the others do not have: 着力构建A体系、B体系.
_VERB = re.compile(
    "构建|建设|推进|推动|实施|聚焦|打造|形成|健全|完善|抓好|做好|加快|围绕|坚持|突出|落实|开展|建立|办好|"
    "抓实|包括|实现|强化|提升|深化|发挥|履行|培育|争创|坚决|做到|树牢|坚定|拥护|增强|践行|贯彻"
)
_LONGEST, _MOST = 400, 60  # characters of a list, and of an item of it


@dataclass(frozen=True, slots=True)
class Listed:
    """What stands under a saying. open: fewer than its number, and the text says so (等). start: where it is told."""

    items: tuple[str, ...]
    open: bool
    start: int
    end: int


def number_of(saying: str) -> int:
    """What the saying counts: 五大体系 5, 三最一专 3 + 1; 三个一工程 3."""
    total = 0
    for found in re.finditer(_NUMBER, saying):
        if found.start() and saying[found.start() - 1] == "个":
            continue
        total += _value(found[0])
    return total


def _value(number: str) -> int:
    tens, ten, ones = number.partition("十")
    if not ten:
        return _VALUES[number]
    return 10 * (_VALUES[tens] if tens else 1) + (_VALUES[ones] if ones else 0)


def sayings(folded: str) -> Iterator[str]:
    """Those that a text has, each once."""
    found = (one[1] for pattern in (_QUOTED, _BEHIND, _GREAT) for one in pattern.finditer(folded))
    return (one for one in dict.fromkeys(found) if number_of(one) > 1)


def listed(folded: str, saying: str) -> Listed | None:
    """The first list under a saying in a paragraph; None where none agrees with its number."""
    number = number_of(saying)
    at = folded.find(saying)
    while at >= 0:
        if found := _behind(folded, at + len(saying), number) or _before(folded, at, saying, number):
            return found
        at = folded.find(saying, at + len(saying))
    return None


def _behind(folded: str, at: int, number: int) -> Listed | None:
    """五大体系（A、B…）, 五大体系，即A、B…, 五大体系：一是A；二是B…"""
    rest = folded[at : at + _LONGEST]
    if (opened := re.match(r"”?[(（]", rest)) and (closed := re.search("[)）]", rest[opened.end() :])):
        return _agreeing(folded, at + opened.end(), at + opened.end() + closed.start(), number)
    between = _NAMELY.match(rest)
    if between is None or not between[0].strip("”，,"):
        return None
    end = next((place for place, char in enumerate(rest) if char in _SENTENCE and place > between.end()), len(rest))
    return _agreeing(folded, at + between.end(), at + end, number)


def _before(folded: str, at: int, saying: str, number: int) -> Listed | None:
    """“A、B”两型民政, A、B等八项行动, and a sentence that ends in a list before one that begins with the saying."""
    end = at - 1 if folded[at - 1 : at] == "“" else at
    lowest = max(0, at - _LONGEST)
    if folded[end - 1 : end] == "”" and end == at:
        opened = folded.rfind("“", lowest, end - 1)
        return _agreeing(folded, opened + 1, end - 1, number) if opened >= 0 else None
    is_open = folded[end - 1 : end] == "等"
    end -= is_open
    is_next = folded[end - 1 : end] == "。"
    end -= is_next
    begin = max((folded.rfind(mark, lowest, end) for mark in "，,；;：:。！？\n"), default=-1) + 1
    found = _agreeing(folded, begin, end, number, is_open=is_open, led=True)
    # What stands right before the mark may be said of the saying alone: 坚定拥护“两个确立”、做到“两个维护”.
    if found and folded[at - 1 : at] == "“" and not (is_open or is_next) and (number < 3 or _does(found.items[-1])):
        return None
    # Of two sentences the second is on the list only where its items are of the kind that the saying counts.
    if found and is_next and not all(item.endswith(saying[-2:]) for item in found.items):
        return None
    return found


def _does(item: str) -> bool:
    """Whether it ends in what is done with a saying, and so is none of its list."""
    return any(item.endswith(verb) for verb in _VERB.pattern.split("|"))


def _agreeing(
    folded: str, start: int, end: int, number: int, *, is_open: bool = False, led: bool = False
) -> Listed | None:
    """The items between two places, where they are as many as the saying counts, or fewer and the text says 等.

    led: words that are none of the first item may stand before it.
    """
    whole = folded[start:end]
    inner = whole.removesuffix("等")
    is_open = is_open or inner != whole
    parts = [one for one in re.split("[;；]" if re.search("[;；]", inner) else "、", inner) if one]
    items = [_MARKED.sub("", one.strip(" ，,")) for one in parts]
    if len(items) == number - 1 and items:
        items = [*items[:-1], *re.split("以及|和|及|与", items[-1], maxsplit=1)]
    if led and items:
        items[0] = _led(items[0], items[1:])
    fits = len(items) == number or (is_open and 1 < len(items) < number)
    if not fits or number < 2 or not all(1 < len(one) <= _MOST for one in items):
        return None
    return Listed(tuple(items), len(items) < number, start, end)


def _led(first: str, others: list[str]) -> str:
    """The first item without the words that lead to the list, where it is longer than the others for them."""
    rest = first[max((verb.end() for verb in _VERB.finditer(first)), default=0) :]
    if not rest or not others:
        return first
    quoted = rest.startswith("“") and all("“" in one[:1] for one in others)
    return rest if quoted or len(first) > max(map(len, others)) else first
