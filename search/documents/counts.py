"""How many a text says there are and how many it gives: 八个方面 and eight that follow, 7个市（县） and seven names.

A list that falls short of what was announced is a warning, found when the text was indexed (count_mismatch); names may
stop at 等, so fewer of them prove nothing. What agrees is found here, when a document is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from search.documents import announced
from search.documents.announced import NUMERAL
from search.documents.document import Document, Passage, Warning
from search.text import numbers

# 英山、嘉鱼等7个市（县）, 养老服务设施、队伍、监管三项建设: the number stands right behind the last name.
# Two names without 等 may stand before any two (市民政局、市残联出台两项补贴); “两个维护” in quotes is a name.
_UNIT = "[个项大件类种条]"
_COUNTED = re.compile(
    rf"(?<![第“一二两三四五六七八九十百\d])({NUMERAL}|\d{{1,2}}){_UNIT}"
    r"(?:[省市县区州盟旗]+(?:（[^）]{1,4}）)?|[一-鿿]{2,6})"
)
_MAY_COUNT = re.compile(rf"(?:{NUMERAL}|\d){_UNIT}")  # as _COUNTED begins, but for what stands before it
_OTHER_NUMBER = re.compile(rf"\d|{NUMERAL}{_UNIT}")
_LONGEST_NAME = 16  # characters of the last of the names; longer ones are half a sentence
_CLAUSES = re.compile("[，。；：！？]")
_BRACKETED = re.compile("（[^（）]*）")


@dataclass(frozen=True, slots=True)
class Count:
    """What a number in a passage turned out to be; label is ready to print: 宣称六项，实列五项; 八个方面 = 8 ✓."""

    label: str
    kind: Literal["wrong", "right"]


def counts(document: Document) -> Mapping[int, tuple[Count, ...]]:
    """Passage number -> the counts claimed in it, the wrong ones by the document's warnings."""
    found: dict[int, tuple[Count, ...]] = {}
    fallen_short = _wrong(document)
    for at, passage in enumerate(document.passages):
        wrong = fallen_short.get(passage.number, ())
        right = (*_names(passage.text), *(() if wrong else _list(document.passages, at, passage)))
        if wrong or right:
            found[passage.number] = (*wrong, *(Count(f"{claim} ✓", "right") for claim in dict.fromkeys(right)))
    return found


# --- what falls short ----------------------------------------------------------------------------------


def _wrong(document: Document) -> Mapping[int, tuple[Count, ...]]:
    """Passage number -> what was announced in it and is not given."""
    found: dict[int, tuple[Count, ...]] = {}
    for warning in document.warnings:
        if warning.code == "count_mismatch" and (passage := passage_of(document, warning)):
            count = Count(_mismatch(warning, cut=_is_cut(document, passage)), "wrong")
            found[passage.number] = (*found.get(passage.number, ()), count)
    return found


def _is_cut(document: Document, passage: Passage) -> bool:
    """Whether the text breaks off in the part of the speech that a passage opens: the rest of a list may be missing."""
    within = document.passages[-1].outline[: len(passage.outline)] == passage.outline
    return within and any(warning.code == "truncated" for warning in document.warnings)


def passage_of(document: Document, warning: Warning) -> Passage | None:
    """The first passage that holds the words the warning quotes."""
    return next((one for one in document.passages if warning.evidence and warning.evidence in one.text), None)


def _mismatch(warning: Warning, *, cut: bool) -> str:
    claim = announced.claim(warning.evidence)
    if not claim or not warning.numbers:
        return warning.message
    listed = numbers.counted(warning.numbers[1])
    if cut:
        return f"宣称{claim}，正文仅见{listed}{'个' if '个' in claim else '项'}（文末截断）"
    return f"宣称{claim}，实列{listed}项"


# --- what agrees ---------------------------------------------------------------------------------------


def _list(passages: Sequence[Passage], at: int, passage: Passage) -> Iterator[str]:
    """八个方面 = 8, where the passage in a place announces a list and the places that begin after it are as many."""
    claimed = announced.likely(passage)
    if claimed and claimed.number > 1 and claimed.number == announced.given(passages, at):
        yield f"{announced.claim(claimed.words)} = {claimed.number}"


def _names(text: str) -> Iterator[str]:
    """7个市（县） = 7, where a number stands behind as many names; numbers among the names count something else."""
    # Most passages have no such number, or no names, which is sooner seen in the whole of one than in each clause.
    if ("、" not in text and "等" not in text) or not _MAY_COUNT.search(text):
        return
    for clause in _CLAUSES.split(text):
        for found in _COUNTED.finditer(clause):
            names, number = _BRACKETED.sub("", clause[: found.start()]), numbers.read(found.group(1))
            last = names.rpartition("、")[2]
            counted = names.count("、") + 1
            stand = last.endswith("等") or (counted > 2 and len(last) <= _LONGEST_NAME and "《" not in last)
            if number == counted and stand and not _OTHER_NUMBER.search(names):
                yield f"{found.group()} = {number}"
