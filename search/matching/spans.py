"""Spans of text as sets of characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from search.documents.document import Span


def disjoint(spans: list[Span]) -> list[Span]:
    """The spans without overlaps: from the left, the longest first."""
    kept: list[Span] = []
    begin = end = -1
    for span in sorted(spans):
        if span[0] >= end:
            kept.append(span)
        elif span[0] == begin:  # the longer one comes behind
            kept[-1] = span
        else:
            continue
        begin, end = span
    return kept


Offset = TypeVar("Offset")  # a number, or an array of them


@dataclass(frozen=True, slots=True)
class Ends:
    """Which ends of a string have to be ends of words for it to count."""

    begin: bool
    end: bool

    def __bool__(self) -> bool:
        return self.begin or self.end

    def of(self, start: Offset, end: Offset) -> tuple[Offset, Offset]:
        """The two offsets to be asked about where the string stands at start:end; one of them twice if one counts."""
        return (start if self.begin else end, end if self.end else start)


NEITHER, BOTH = Ends(begin=False, end=False), Ends(begin=True, end=True)
