"""The values that pass between the stages: what a document is, what a question is, what an answer is.

All of them are frozen. Offsets are character offsets into the text they stand beside, half-open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

# How a value came about. stated: the text says it. after_body: a headline that stands after its article.
# inferred: concluded from other words. derived: made up from the first sentence (a title). corrected: by a person.
How = Literal["stated", "after_body", "inferred", "derived", "corrected"]


@dataclass(frozen=True, slots=True)
class Evidence(Generic[T]):
    """A value, the words of the document it was read from, and how sure it is."""

    value: T
    text: str = ""
    how: How = "stated"

    @property
    def inferred(self) -> bool:
        return self.how in ("inferred", "derived")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date with only the digits that are known; str() gives 2024-02-21, 2024-02 or 2024."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        known = (part for part in (self.month, self.day) if part is not None)
        return "-".join([f"{self.year:04d}", *(f"{part:02d}" for part in known)])

    @property
    def precision(self) -> str:
        if self.day is not None:
            return "day"
        return "month" if self.month is not None else "year"

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """The inverse of str(); ValueError when it is not such a date."""
        return cls(*(int(part) for part in text.split("-")))


@dataclass(frozen=True, slots=True)
class Speaker:
    name: str
    post: str | None
    role: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Warning:
    """A doubt that travels with the text; code is one of the contract's, message is Chinese, evidence quotes."""

    code: str
    message: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a paragraph, cut at sentence ends. The passages of a paragraph joined are the paragraph.

    number and paragraph count from 1 through the whole document; the anchor of a passage is #p<number>.
    outline is the place in the speech, outermost first: ("会议明确", "三是"). heading: the passage is a heading.
    """

    number: int
    paragraph: int
    text: str
    outline: tuple[str, ...] = ()
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Original:
    """The file a document came from: path as the corpus folder names it (with /), sha256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A file with the same words as a document, which is therefore none of its own: its path, the document's id."""

    path: str
    of: str


@dataclass(frozen=True, slots=True)
class Document:
    """One speech or report: what readers search, open and quote.

    Raises ValueError where the passages are not numbered 1, 2 … n: pages, anchors and engines find them by number.
    """

    id: str  # 16 hex digits from the file's content and the place in it; never from a row number
    external_id: str  # path in the corpus folder, with #1, #2 … only where one file holds several
    title: Evidence[str]
    passages: tuple[Passage, ...]
    original: Original
    date: Evidence[PartialDate] | None = None
    region: Evidence[str] | None = None  # province-level short name: 湖北, 内蒙古, 全国
    place: str | None = None
    level: str | None = None  # 国家 省级 市级 县级
    issuer: Evidence[str] | None = None
    meeting: Evidence[str] | None = None
    speakers: tuple[Speaker, ...] = ()
    source: Evidence[str] | None = None
    genre: str | None = None
    quotable: bool = False  # True: a person's own words (讲话稿); False: a report about them
    warnings: tuple[Warning, ...] = ()
    # Ids of the documents with nearly the same text, itself among them, the best to show first (the longest, then the
    # earliest path); empty where there is no other. All of a group have the same, so near[0] names the group.
    near: tuple[str, ...] = ()
    # The exact copies of itself and of those in near, in the order of their paths; all of a group have the same.
    copies: tuple[Copy, ...] = ()

    def __post_init__(self) -> None:
        if any(passage.number != at for at, passage in enumerate(self.passages, start=1)):
            raise ValueError(f"passages of {self.external_id} are not numbered from 1 in their order")

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The clean text, a string a paragraph; one empty paragraph never occurs."""
        grouped = groupby(self.passages, key=lambda passage: passage.paragraph)
        return tuple("".join(passage.text for passage in passages) for _, passages in grouped)

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


# --- what is asked ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """A run of characters looked for as it stands: folded as the index folds, shown as the person typed it.

    quoted: exactly these characters and nothing in their stead.
    """

    text: str
    shown: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Without:
    part: Clause


@dataclass(frozen=True, slots=True)
class Near:
    """part must be met inside one unit of the body (the title is a unit): 同句:(…), 同段:(…)."""

    part: Clause
    unit: Literal["sentence", "passage"]


@dataclass(frozen=True, slots=True)
class InTitle:
    part: Clause


Clause = Term | AllOf | AnyOf | Without | Near | InTitle

Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Filter:
    """field is a facet's name in the schema (region, year, …); several values of one field are alternatives."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Query:
    """What a person asks. clause None: nothing to look for but the filters (browse)."""

    raw: str
    text: str  # raw without the filters that were typed into it
    clause: Clause | None
    filters: tuple[Filter, ...] = ()
    sort: Sort = "relevance"
    page: int = 1
    synonyms: bool = True
    off: tuple[str, ...] = ()  # synonyms the reader switched off, folded
    notes: tuple[str, ...] = ()  # sentences for the reader: what was left out of the question and why


# --- what is answered ------------------------------------------------------------------------------

# The order of this tuple is the order of the results (the contract's names).
MATCHES = ("exact", "same_document", "synonym", "scattered", "partial", "suspected_typo", "cross_word")


@dataclass(frozen=True, slots=True)
class Reason:
    """What one term added to a score: how it was met, how often in title and body, how rare it is, points."""

    term: str
    kind: str  # literal, synonym, scattered, typo, crossed
    title: int
    body: int
    rarity: float
    points: float


@dataclass(frozen=True, slots=True)
class BestPassage:
    """What the best passage of a document added to its score, and why.

    number is the passage's, 0 the title; held: how many of the terms stand in it; near: how many at most in one
    sentence (0 when only one is asked for); headed: how many in a heading.
    """

    number: int
    held: int
    near: int
    headed: int
    points: float


@dataclass(frozen=True, slots=True)
class Match:
    """A document found: kind is one of MATCHES; occurrences counts in the body, titles aside.

    The points of the reasons and of the best passage add up to the score, but for a partial match, which has neither.
    best is None beyond the first candidates, too.
    """

    id: str
    kind: str
    score: float
    occurrences: int
    reasons: tuple[Reason, ...] = ()
    best: BestPassage | None = None


@dataclass(frozen=True, slots=True)
class Matches:
    """One page of what an engine found. facets: field -> ((value, documents), …), most frequent first.

    facets count the documents that fit the question and all *other* fields' filters, so that choosing a second
    value of the same field can be judged before the click.
    """

    documents: int
    occurrences: int
    ranked: tuple[Match, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    exact: bool = True
    folded: int = 0  # documents counted but not listed, a near-duplicate of theirs standing before them
    left_out: int = 0  # documents that hold the characters only across words (民政 in 人民政府) and are not listed


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is marked or not; hit counts the marks of a page from 1, 0 where nothing is marked."""

    text: str
    hit: int = 0


@dataclass(frozen=True, slots=True)
class Snippet:
    """What is quoted of a passage: whole sentences or clauses, … where something was left out.

    marks are half-open character offsets into text; pieces is the same, ready to print. number is the passage's (its
    anchor), paragraph the one a reader counts on paper.
    """

    number: int
    url: str
    outline: tuple[str, ...]
    text: str
    marks: tuple[Span, ...]
    pieces: tuple[Piece, ...]
    paragraph: int
    cited: bool = False  # a mark stands in words that the speaker cites


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go: label and address ready to print; current: it is where the reader stands."""

    label: str
    url: str
    current: bool = False
    name: str = ""  # for tests and styles: newest, oldest, next …


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """The most frequent values of a field; rest: how many others there are."""

    field: str
    label: str
    values: tuple[FacetValue, ...]
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Expansion:
    """A term that was widened, and by what; each of links is the same search without that synonym."""

    term: str
    synonyms: tuple[str, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    reason: str  # spelling, pinyin, traditional
    documents: int
    url: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One card of the results, ready to print. An absent fact is None and its label an honest phrase (日期不详)."""

    id: str
    external_id: str
    title: str
    title_marks: tuple[Span, ...]
    title_pieces: tuple[Piece, ...]
    title_note: str  # 拟题 where the title was derived, else empty
    url: str
    date: str | None
    date_precision: str
    date_label: str  # 2024年2月21日（年份推定）, 2024年, 日期不详
    date_note: str  # 年份推定, 推定, 人工校正, 日期不详 or empty
    region: str | None
    region_label: str  # 湖北, 陕西（推定）, 地区不详
    issuer: str | None
    speakers: tuple[str, ...]  # names
    speaker_label: str  # 杨泽发（厅党组书记）、李丽（厅长）, or empty
    level: str | None
    genre: str | None
    genre_label: str  # 讲话稿, 会议报道（转述）, or empty
    quotation_label: str  # 讲话稿 / 会议报道转述，非讲话原文
    source_label: str  # 据湖北省民政厅, 来源不详
    format_label: str  # 网页, Word, PDF, 文本, or empty
    warnings: tuple[Warning, ...]
    doubts: tuple[Warning, ...]  # those of the warnings that the card does not say already in its other words
    score: float
    why: tuple[str, ...]  # the numbers that made the score, a sentence a term
    match: str
    match_label: str  # 精确, 同义词：福彩, 词语分散 …
    occurrences: int
    near_duplicates: int
    passages: tuple[Snippet, ...]
    more: tuple[Snippet, ...] = ()  # further passages, folded away on the card


@dataclass(frozen=True, slots=True)
class YearBar:
    """How many of the documents found are of a year; the address narrows to it. height: 0–100 of the highest."""

    year: str
    count: int
    height: int
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Everything the results page and /api/search print."""

    text: str  # the question as typed
    read_as: str  # the question read back in words
    notes: tuple[str, ...]
    expansions: tuple[Expansion, ...]
    synonyms_url: str  # the same search with synonyms off (or on again); empty when there are none
    documents: int
    occurrences: int
    exact: bool
    page: int
    pages: int
    sort: str
    took_ms: float
    generation: str
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    chips: tuple[Link, ...]  # each active filter; the address is the search without it
    clear_url: str  # the search without any filter; empty when there is none
    sorts: tuple[Link, ...]
    pager: tuple[Link, ...]  # name: first, prev, page, next, last, gap (no address)
    help: tuple[Link, ...]  # only when nothing was found: what would help, with the resulting count in the label
    suggestions: tuple[Suggestion, ...]
    years: tuple[YearBar, ...] = ()  # ascending, without gaps; none where there are fewer than two
    undated: int = 0  # documents found that no year bar counts
    state: str = ""  # the question as the part of an address after the ?, for a search within these results
    together: tuple[Link, ...] = ()  # the same documents put together by region or by speaker
    corrected: Suggestion | None = None  # the one of the suggestions whose results are shown; the first note says so
    lines: tuple[Facet, ...] = ()  # the lines of work: without a question, or where it finds nothing
    export: Link | None = None  # all that was found as a table; None where nothing was

    @property
    def entries(self) -> tuple[Facet, ...]:
        """The ways to browse: a line of work as its question, which marks what is said on it, not as a mere filter."""
        questions = {facet.field for facet in self.lines}
        return (*self.lines, *(facet for facet in self.facets if facet.field not in questions))

    @property
    def offered(self) -> tuple[Suggestion, ...]:
        """The suggestions that are still only that."""
        return tuple(one for one in self.suggestions if one != self.corrected)


@dataclass(frozen=True, slots=True)
class Group:
    """The documents found that have one value of a field, the best of them as cards."""

    value: str  # 湖北, 卞知秋
    count: int
    url: str  # all of them
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class GroupPage:
    """What a question finds, put together by region or by speaker: who says what on one subject."""

    text: str
    read_as: str
    title: str  # 按地区归并
    documents: int
    groups: tuple[Group, ...]
    notes: tuple[str, ...]
    back_url: str  # the same documents one after the other
    others: tuple[Link, ...]  # by the other field
    state: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a document's metadata: 地区 湖北, note 推定, evidence “湖北省民政厅”."""

    label: str
    value: str
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a passage that is the speaker's own, or that he cites (search/cited.py)."""

    pieces: tuple[Piece, ...]
    cited: bool = False


@dataclass(frozen=True, slots=True)
class PassageView:
    number: int
    runs: tuple[Run, ...]
    heading: bool


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """One paragraph of the open document: its passages run on in one line of text."""

    number: int
    passages: tuple[PassageView, ...]
    heading: bool


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
class DocumentPage:
    """Everything the document page prints. hits: the marks in the body, in reading order, as #hit-1, #hit-2 …"""

    id: str
    title: str
    title_pieces: tuple[Piece, ...]
    title_note: str
    query: str
    back_url: str  # the results it was opened from; empty without a question
    facts: tuple[Fact, ...]
    warnings: tuple[Warning, ...]
    quotable_label: str  # 讲话稿 / 会议报道转述，非讲话原文
    paragraphs: tuple[ParagraphView, ...]
    outline: tuple[OutlineItem, ...]
    hits: int
    original_url: str
    original_name: str
    cite: str
    doubts: tuple[Doubt, ...] = ()
    url: str = ""  # its own address, with the question
    text_url: str = ""  # the file's own text as it came; empty where the file is not text
    source_words: str = ""  # （会议，2024年2月18日，据…）: what a quotation is followed by
    versions: tuple[Neighbour, ...] = ()  # nearly the same text
    copies: tuple[str, ...] = ()  # paths of the files with the same words
    related: tuple[Neighbour, ...] = ()  # the same subject
