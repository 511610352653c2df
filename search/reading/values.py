"""What the document page prints: every label, count and address ready."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from search.documents.document import Warning
from search.matching.marks import Piece


@dataclass(frozen=True, slots=True)
class FactLine:
    """A line of a document's metadata: 地区 湖北, note 推定, evidence “湖北省民政厅”."""

    label: str
    value: str
    note: str = ""
    evidence: str = ""


class QuotedRun(NamedTuple):
    """A stretch of a passage that is the speaker's own, or that he cites (search/documents/second_hand.py);
    opens: what is cited begins here. doubtful: a warning is about it."""

    pieces: tuple[Piece, ...]
    cited: bool = False
    opens: bool = False
    doubtful: bool = False


class PassageView(NamedTuple):
    """anchors, changed: under an address of before (before.py) the places it was, and the id of what was changed."""

    number: int
    runs: tuple[QuotedRun, ...]
    heading: bool
    anchors: tuple[str, ...] = ()
    changed: str = ""


class ParagraphView(NamedTuple):
    """One paragraph of the open document: its passages run on in one line of text. notes: what is doubtful in it, for
    the margin."""

    number: int
    passages: tuple[PassageView, ...]
    heading: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlineItem:
    label: str
    url: str  # #p12
    depth: int  # 0 outermost
    check: Literal["", "wrong", "right"] = ""  # not a place but a count: 宣称六项，实列五项; 八个方面 = 8 ✓


@dataclass(frozen=True, slots=True)
class Doubt:
    """A warning as the open document shows it: what was seen, what that means (once for each code), where (#p12)."""

    code: str
    message: str
    evidence: str  # empty where the message quotes it already
    means: str
    url: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another document beside the open one: a version of it (compare_url: how they differ) or one on its subject."""

    title: str
    url: str
    about: str  # 湖北 · 2024年2月21日 · 会议报道
    words: tuple[str, ...] = ()  # what both speak of
    compare_url: str = ""
    copies: tuple[str, ...] = ()  # paths of the files with the same words


@dataclass(frozen=True, slots=True)
class Contrast:
    """A sentence that two versions do not share, ready to print side by side; the marks are what differs in it."""

    one: tuple[Piece, ...]
    other: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence as it was and as it is, either of them nothing where it was added or taken out.

    passage: the number of the passage it stands in; 0 where it was taken out. url: the way to it, #p12.
    """

    id: str
    one: tuple[Piece, ...]
    other: tuple[Piece, ...]
    passage: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """What was changed since; more: changes that are not shown; gone: anchors of passages of which nothing is left."""

    changes: tuple[Change, ...]
    more: int
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Switch:
    """The ways to see a document: arranged, as the file's own text (empty where it is none), the file itself."""

    url: str
    text_url: str
    original_url: str
    original_name: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Everything the document page prints. hits: the marks in the body, in reading order, as #hit-1, #hit-2 …"""

    id: str
    title: str
    title_pieces: tuple[Piece, ...]
    title_note: str
    query: str
    back_url: str  # the results it was opened from; empty without a query
    facts: tuple[FactLine, ...]
    warnings: tuple[Warning, ...]
    quotable_label: str  # 讲话稿 / 会议报道转述，非讲话原文
    paragraphs: tuple[ParagraphView, ...]
    outline: tuple[OutlineItem, ...]
    hits: int
    switch: Switch
    cite: str
    doubts: tuple[Doubt, ...] = ()
    source_words: str = ""  # （会议，2024年2月18日，据…）: what a quotation is followed by
    versions: tuple[Neighbour, ...] = ()  # nearly the same text
    copies: tuple[str, ...] = ()  # paths of the files with the same words
    about: tuple[str, ...] = ()  # region, date, speakers: what stands in the bar beside the title
    doubt_names: tuple[str, ...] = ()  # 年份存疑, 疑似错字 3 处, …: all doubts on one line
    find: str = ""  # what is looked for inside this text, in the place of the query
    related: tuple[Neighbour, ...] = ()  # the same subject
    before: Before | None = None  # under an address that it had before it was corrected
