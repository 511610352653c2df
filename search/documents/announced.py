"""What announces a list of so many items: 要抓好六项重点工作：, 我讲三点意见。, the heading 今年的五项重点任务.

Two readers ask. The indexer, which warns where fewer or more items follow (indexer/facts/warnings.py), and counts.py,
which ticks where as many follow. A wrong warning slanders a text, so it needs sure(); where the items are as many as
announced they are proof by themselves, so likely() takes more for an announcement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.documents.document import Passage
from search.text import numbers
from search.text.item_marks import marker
from search.text.patterns import lazy

NUMERAL = "[一二两三四五六七八九十]{1,3}"
# The whole of a number, and no 第三个; one thing is no list: 今后一个时期的主要任务：.
_NUMBER = rf"(?<![第每一二两三四五六七八九十百])(?!一[^一二两三四五六七八九十])({NUMERAL})"
# 救助、养老等三项工作: three are named before it, so it is these that are counted.
_OF_WHAT_FOLLOWS = "(?<!等)"
_REST = "[^。；：，“”、]{0,12}"  # 六项［重点工作］：

# 二、抓好今年的五项重点任务 — a heading, the same for both; the items follow under it
_HEADED = re.compile(rf"{_OF_WHAT_FOLLOWS}{_NUMBER}[项个大件](?:重点)?(?:任务|工作|行动|举措|措施|实事)$")
_SURE = (
    # 要抓好六项重点工作： — they follow in the next sentence; 八项行动： and 三个体系： are names
    re.compile(rf"{_OF_WHAT_FOLLOWS}{_NUMBER}(?:个方面|方面|个重点|项|点|件|条|个)(?!行动|体系){_REST}[：:]$"),
    # 下面，我讲三点意见。 — they follow as headings or paragraphs
    re.compile(
        rf"(?:讲|谈|提|强调|说|提出)(?:以下)?({NUMERAL})(?:个方面|方面|点|个问题|条)(?:的)?(?:具体)?"
        r"(?:意见|要求|问题|体会|建议|想法|希望|看法)?[。：:]?$"
    ),
)
_UNIT = "个方面|方面|个重点|个问题|[项点件条个大类种]"
# Any unit, and any sentence that ends so: 就此提出的三条建议。
_LIKELY = (re.compile(rf"{_NUMBER}(?:{_UNIT}){_REST}(?:[：:]|(?<=意见|要求|希望|建议|工作)。)$"),)
# Passages in which items are looked for, so that a text of announcements is read in a time that grows with it.
_FARTHEST = 500
# What announces a list ends its passage, and has fewer characters.
_LONGEST = 40
_CLAIM = lazy(f"{NUMERAL}(?:{_UNIT})?")


@dataclass(frozen=True, slots=True)
class Announcement:
    """words: from the passage, to its end: 六项重点工作：, 讲三点意见。"""

    words: str
    number: int


def sure(passage: Passage) -> Announcement | None:
    """What a passage announces so that it can be blamed for not giving it."""
    return _announced(passage, _SURE)


def likely(passage: Passage) -> Announcement | None:
    """What a passage announces if as many items follow."""
    return _announced(passage, _LIKELY)


def given(passages: Sequence[Passage], at: int) -> int:
    """How many items 1, 2, 3 … of one level follow a passage, up to a heading of the level above or a new 1."""
    above = _level(passages[at])
    level: int | None = None
    listed = 0
    for passage in passages[at + 1 : at + 1 + _FARTHEST]:
        mark = marker(passage.text)
        if mark is None:
            continue
        if passage.heading and mark.level <= above:
            break
        if level is None and numbers.read(mark.number) == 1:
            level = mark.level
        if mark.level != level:
            continue
        if numbers.read(mark.number) != listed + 1:
            break
        listed += 1
    return listed


def _level(passage: Passage) -> int:
    """The level of a heading's mark; -1 for a passage of text, under which any mark may follow."""
    mark = marker(passage.text) if passage.heading else None
    return mark.level if mark else -1


def claim(words: str) -> str:
    """The number with its unit in what announces a list: 六项; empty where there is none."""
    found = _CLAIM.search(words)
    return found.group() if found else ""


def _announced(passage: Passage, patterns: tuple[re.Pattern[str], ...]) -> Announcement | None:
    tried = (_HEADED,) if passage.heading else patterns
    begin = max(0, len(passage.text) - _LONGEST)
    found = next((match for pattern in tried if (match := pattern.search(passage.text, begin))), None)
    number = numbers.read(found.group(1)) if found else None
    return Announcement(found.group(), number) if found and number is not None else None
