"""What the results page and /api/search print: every label, count and address ready."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from search.documents.document import Span, Warning
from search.matching.matches import Tier
from search.query.addresses import Link
from search.suggestions.corrections import Suggestion


class Snippet(NamedTuple):
    """What is quoted of a passage: whole sentences or clauses, … where something was left out.

    marks are half-open character offsets into text. number is the passage's (its anchor), paragraph the one a reader
    counts on paper. A named tuple, as Hit is: a page makes dozens, each in a third of the time of a frozen dataclass.
    """

    number: int
    url: str
    outline: tuple[str, ...]
    text: str
    marks: tuple[Span, ...]
    paragraph: int
    cited: bool = False  # a mark stands in words that the speaker cites


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool
    url: str
    inner: tuple[FacetValue, ...] = ()  # the places that lie in it

    @property
    def opened(self) -> bool:
        """Whether one of those in it is chosen."""
        return any(one.selected or one.opened for one in self.inner)


@dataclass(frozen=True, slots=True)
class Facet:
    """The most frequent values of a field; rest: how many others there are."""

    field: str
    label: str
    values: tuple[FacetValue, ...]
    rest: int = 0

    @property
    def is_open(self) -> bool:
        """Whether its list is shown at once: one in which every value has one document tells nothing by its order."""
        return any(value.count > 1 or value.selected or value.inner for value in self.values)


@dataclass(frozen=True, slots=True)
class Expansion:
    """A term that was widened, and by what; each of links is the same search without that synonym."""

    term: str
    synonyms: tuple[str, ...]
    links: tuple[Link, ...] = ()


class Hit(NamedTuple):
    """One card of the results, ready to print. An absent fact is None and its label an honest phrase (日期不详)."""

    id: str
    external_id: str
    title: str
    title_marks: tuple[Span, ...]
    title_note: str  # 拟题 where the title was derived, else empty
    url: str
    date: str | None
    date_precision: str
    date_label: str  # 2024年2月21日（年份推定）, 2024年, 日期不详
    date_note: str  # 年份推定, 推定, 人工校正, 日期不详 or empty
    region: str | None
    region_label: str  # 湖北, 陕西（推定）, 地区不详
    issuer: str | None
    document_number: str | None
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
    slips: tuple[str, ...] = ()  # of the words found, counted beside them

    @property
    def label(self) -> str:
        """match_label where it has something to say; empty where all is found as it was typed."""
        return self.match_label if self.match != "exact" or self.slips else ""


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

    text: str  # the query as typed
    read_as: str  # the query read back in words
    notes: tuple[str, ...]
    tiers: Mapping[str, Tier]  # kind of match -> what was found so
    ways: tuple[Link, ...]  # the same in words, each with what lists it alone: 原话 24 篇 442 处, 同义词 3 篇 5 处
    way: str  # the kind of match that is listed alone; empty where all are
    expansions: tuple[Expansion, ...]
    synonyms_url: str  # the same search with synonyms off (or on again); empty when there are none
    documents: int
    occurrences: int
    page: int
    pages: int
    sort: str
    generation: str
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    chips: tuple[Link, ...]  # each active filter; the address is the search without it
    clear_url: str  # the search without any filter; empty when there is none
    sorts: tuple[Link, ...]
    pager: tuple[Link, ...]  # name: prev, page, next, gap (no address)
    help: tuple[Link, ...]  # only when nothing was found: what would help, with the resulting count in the label
    suggestions: tuple[Suggestion, ...]
    took_ms: float = 0.0  # from the question to its cards
    years: tuple[YearBar, ...] = ()  # ascending, without gaps; none where there are fewer than two
    undated: int = 0  # documents found that no year bar counts
    arguments: tuple[tuple[str, str], ...] = ()  # the query as the fields of a form, from its first page on
    state: str = ""  # the query as the part of an address after the ?, for a search within these results
    views: tuple[Link, ...] = ()  # the tabs: 按篇, 逐句, 按地区 … (search/results/views.py)
    corrected: Suggestion | None = None  # the one of the suggestions whose results are shown; the first note says so
    lines: tuple[Facet, ...] = ()  # the lines of work: without a query, or where it finds nothing
    offers: tuple[Link, ...] = ()  # filters by what terms of the query name: 只看讲话人李丽（1 篇）
    export: Link | None = None  # all that was found as a table; None where nothing was

    @property
    def entries(self) -> tuple[Facet, ...]:
        """The ways to browse: a line of work as its query, which marks what is said on it, not as a mere filter."""
        queries = {facet.field for facet in self.lines}
        return (*self.lines, *(facet for facet in self.facets if facet.label and facet.field not in queries))

    @property
    def narrowing(self) -> tuple[Facet, ...]:
        """The facets beside the results: those with a value that was chosen, or that not all documents have. Places
        have no label: they stand in the tree of the regions."""
        return tuple(
            facet
            for facet in self.facets
            if facet.label
            and any(value.selected or value.inner or value.count != self.documents for value in facet.values)
        )

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
    """What a query finds, put together by region or by speaker: who says what on one subject."""

    text: str
    read_as: str
    title: str  # 按地区归并
    column: str  # 地区
    documents: int
    groups: tuple[Group, ...]
    notes: tuple[str, ...]
    views: tuple[Link, ...]
    state: str
