"""Figures with a unit in running text, and what stands beside them; dates, numbers of papers and ordinals are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search import text

# Units behind which the thing counted stands (380个农村互助幸福院); longer ones first, so that 人次 is not 人.
COUNTERS = (
    "人次|户次|件次|台次|场次|架次|平方米|平方公里|立方米|公里|公顷|千克|公斤|小时|分钟|周岁|"
    "[个家所张件次名项批场处座套期台辆支份篇条类种间栋幢村户人岁天亩吨米层片块本部册宗起例组队桶盒床位]"
)
# Units before which it stands (救助资金84.5亿元).
_MEASURES = "万元|亿元|元|个百分点|[%‰]|倍|成"
# A number of itself (159万困难群众) counts with 万 or 亿 alone; 3815 or 2024 has no unit and is none.
_FIGURE = re.compile(
    r"(?<![\d.,:/〔\[第前-])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?P<unit>[余多]?(?:{_MEASURES}|[万亿千百]{{1,2}}[余多]?(?:元|{COUNTERS})?|{COUNTERS})[余多]?)"
)
_CLAUSE_END = "，。；：！？,;:!?\n"
_AFTER = re.compile(r"[一-鿿“”‘’《》]{1,20}")
_COUNTER_ENDS = re.compile(rf"(?:[余多万亿千百]|{COUNTERS})$")
_MOST_BEFORE = 20  # characters


@dataclass(frozen=True, slots=True)
class Quantity:
    """text[start:end] is the number with its unit; the clause is text[clause_start:clause_end].

    about: the words behind it, or before it where the unit is one of money or share: a guess at what is counted.
    """

    start: int
    end: int
    unit: str
    clause_start: int
    clause_end: int
    about: str


def quantities(shown: str) -> Iterator[Quantity]:
    """Those of a passage, in reading order; width makes no difference."""
    folded = text.fold(shown)
    for found in _FIGURE.finditer(folded):
        begin = max(folded.rfind(mark, 0, found.start()) for mark in _CLAUSE_END) + 1
        end = min((at for mark in _CLAUSE_END if (at := folded.find(mark, found.end())) >= 0), default=len(folded))
        about = _about(shown, folded, found, begin)
        yield Quantity(*found.span(), shown[found.start("unit") : found.end()], begin, end, about)


def _about(shown: str, folded: str, found: re.Match[str], begin: int) -> str:
    after = _AFTER.match(folded, found.end())
    before = re.sub(r".*[\d%]\S?", "", shown[max(begin, found.start() - _MOST_BEFORE) : found.start()])
    if _COUNTER_ENDS.search(found["unit"]) and after:
        return shown[after.start() : after.end()]
    return before.strip("“”‘’《》、 ") or (shown[after.start() : after.end()] if after else "")
