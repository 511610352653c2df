"""What is answered of a draft: of each part a verdict, where the words stand, and what is to be said beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from search.documents.document import Document, Span
from search.quotations.claims import Judged
from search.quotations.draft import Part

# same, form, punctuation and changed as in comparing.py; absent: nowhere like that. lead, short: not looked up.
VerdictKind = Literal["same", "form", "punctuation", "changed", "absent", "lead", "short"]


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words stand: the numbers of the passages in which they begin and end (0: the title), what stands there,
    the characters of it that differ, how many other documents hold the same, and what else there is of the clauses in
    which the words begin and end: before them (严禁, which is easily left out of a quotation) and behind them."""

    document: Document
    first: int
    last: int
    reading: str
    marks: tuple[Span, ...] = ()
    others: int = 0
    before: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Renamed:
    """An old name at draft[begin:end], what is said today, and since when, where the lexicon says so."""

    old: str
    new: str
    since: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one part of a draft. text: the part without what is left aside; marks: what differs in it.

    found is the nearest where kind is absent, and None where there is none or nothing was looked up.
    """

    part: Part
    kind: VerdictKind
    text: str
    characters: int = 0
    marks: tuple[Span, ...] = ()
    found: Found | None = None
    claims: tuple[Judged, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """All verdicts, in the order of the draft. rest: where begins what was not checked, or the end of the draft."""

    draft: str
    verdicts: tuple[Verdict, ...]
    rest: int
