"""逐句: every place where the words of a query stand, one a line, the words in the middle: how a phrase is used.

A keyword in context (KWIC) as dictionaries are made from, to be ordered by what stands beside the word, by date or by
place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate, groupby

from search import text
from search.documents import labels
from search.documents.document import Passage
from search.engines import Engine, Stored
from search.errors import NoSuchPage
from search.matching import marks
from search.matching.matches import Match, Matches
from search.query import read_back
from search.query.addresses import Link, document_address, lines_address, written
from search.query.clauses import Query
from search.results import tables
from search.results.views import views
from search.suggestions import corrections

# Documents whose text is looked through, the most relevant first: 200 of them take about 0.3 s. Lines of them, and of
# a page.
MOST_DOCUMENTS, MOST_LINES, PER_PAGE = 200, 2_000, 50
# parameter → characters shown on either side of the words.
WIDTHS = {"16": 16, "": 32, "80": 80}

COLUMNS = ("序号", "前文", "词", "后文", "标题", "地区", "日期", "来源", "段号", "地址")


@dataclass(frozen=True, slots=True)
class Line:
    """One place: the words as they stand there, what is before and after them in their paragraph, and where it is."""

    before: str
    word: str
    after: str
    id: str
    passage: int
    paragraph: int
    url: str
    title: str
    region_label: str
    date_label: str
    source_label: str
    date: str  # 2024-02-21 for ordering; empty where it is not known


@dataclass(frozen=True, slots=True)
class LinesPage:
    text: str
    read_as: str
    total: int
    documents: int
    page: int
    pages: int
    by: str
    around: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    orders: tuple[Link, ...]
    widths: tuple[Link, ...]
    pager: tuple[Link, ...]
    csv_url: str
    views: tuple[Link, ...]
    state: str


# parameter → its label and what lines are ordered by; lines that are alike in it keep the order of the results.
_ORDERS: dict[str, tuple[str, Callable[[Line], tuple[object, ...]] | None]] = {
    "": ("相关度", None),
    "after": ("后面的字", lambda line: (text.fold(line.after), line.before[::-1])),
    "before": ("前面的字", lambda line: (text.fold(line.before)[::-1], line.after)),
    "date": ("日期新→旧", lambda line: (not line.date, *(-int(part) for part in line.date.split("-") if part))),
    "place": ("地区", lambda line: (line.region_label == labels.UNKNOWN_REGION, line.region_label)),
}


def order_of(asked: str) -> str:
    """The order that an address asks for; by relevance where it names none there is."""
    return asked if asked in _ORDERS else ""


def width_of(asked: str) -> str:
    """The width that an address asks for; the usual one where it names none there is."""
    return asked if asked in WIDTHS else ""


def concordance(engine: Engine, query: Query, by: str, around: str = "") -> LinesPage:
    """One page of the lines; raises NoSuchPage beyond the last."""
    meant, matches, lines, documents, notes = _found(engine, query, by, WIDTHS[around])
    pages = max(1, -(-len(lines) // PER_PAGE))
    if query.page > pages:
        raise NoSuchPage(f"没有第 {query.page} 页：结果共 {pages} 页")
    first = (query.page - 1) * PER_PAGE
    return LinesPage(
        text=query.raw,
        read_as=read_back.in_words(meant),
        total=len(lines),
        documents=documents,
        page=query.page,
        pages=pages,
        by=by,
        around=around,
        lines=tuple(lines[first : first + PER_PAGE]),
        notes=tuple(notes),
        orders=tuple(
            Link(label, lines_address(meant, by=name, around=around), name == by, name or "relevance")
            for name, (label, _) in _ORDERS.items()
        ),
        widths=tuple(
            Link(f"{width} 字", lines_address(meant, by=by, around=name), name == around, str(width))
            for name, width in WIDTHS.items()
        ),
        pager=tuple(_pager(meant, by, around, query.page, pages)),
        csv_url=lines_address(meant, by=by, around=around, table=True) if lines else "",
        views=tuple(views(meant, matches, "lines")) if meant.clause else (),
        state=written(meant),
    )


def as_csv(engine: Engine, query: Query, by: str, around: str = "") -> bytes:
    """All lines in that order, the words in a column of their own."""
    _, _, lines, _, _ = _found(engine, query, by, WIDTHS[around])
    rows = (
        (n, one.before, one.word, one.after, one.title, one.region_label, one.date_label, one.source_label,
         one.paragraph, one.url)
        for n, one in enumerate(lines, 1)
    )  # fmt: skip
    return tables.as_table(COLUMNS, rows)


def as_json(page: LinesPage) -> dict[str, object]:
    return {
        "query": {"text": page.text, "read_as": page.read_as, "notes": list(page.notes)},
        "total": page.total,
        "documents": page.documents,
        "page": page.page,
        "pages": page.pages,
        "by": page.by or "relevance",
        "lines": [asdict(line) for line in page.lines],
    }


def _found(engine: Engine, query: Query, by: str, around: int) -> tuple[Query, Matches, list[Line], int, list[str]]:
    """The query as it was meant, what it finds, all lines in order, the documents they stand in, what the reader has
    to know."""
    if query.clause is None:
        return query, Matches(0, 0, (), {}), [], 0, ["逐句要有检索词：请在上面的框里输入要看的提法。"]
    found = corrections.search_or_correct(engine, query, limit=MOST_DOCUMENTS, offset=0)
    holding = [match for match in found.matches.ranked if match.occurrences]
    lines = [line for match, one in _stored(engine, holding) for line in _lines(one, match, found.query, around)]
    notes = [found.note] if found.note else []
    if found.matches.documents - found.matches.folded > MOST_DOCUMENTS:
        notes.append(f"只列出最相关的 {MOST_DOCUMENTS} 篇里的；要看其余的，请加上筛选条件。")
    if len(lines) > MOST_LINES:
        notes.append(f"只列出前 {MOST_LINES} 处，共有 {len(lines)} 处。")
    if found.matches.folded:
        notes.append("内容相近的文稿只列出一篇的。")
    lines = lines[:MOST_LINES]
    key = _ORDERS[by][1]
    documents = len({line.id for line in lines})
    return found.query, found.matches, sorted(lines, key=key) if key else lines, documents, notes


def _stored(engine: Engine, matches: list[Match]) -> Iterator[tuple[Match, Stored]]:
    """Fifty at a time, so that only they are held."""
    for begin in range(0, len(matches), 50):
        some = matches[begin : begin + 50]
        fetched = engine.fetch([match.id for match in some])
        yield from ((match, fetched[match.id]) for match in some if match.id in fetched)


def _lines(stored: Stored, match: Match, query: Query, around: int) -> Iterator[Line]:
    document = stored.document
    marked = marks.mark(document, query, stored.edges)
    known = document.metadata
    parts = [list(part) for _, part in groupby(document.passages, key=lambda one: one.paragraph)]
    for part, spans in zip(parts, marked.paragraphs, strict=True):
        paragraph = "".join(one.text for one in part)
        for begin, end in spans:
            at = _passage(part, begin)
            before, after = paragraph[max(0, begin - around - 1) : begin], paragraph[end : end + around + 1]
            yield Line(
                before=("…" if len(before) > around else "") + before[-around:],
                word=paragraph[begin:end],
                after=after[:around] + ("…" if len(after) > around else ""),
                id=match.id,
                passage=at,
                paragraph=document.passages[at - 1].paragraph,
                url=document_address(match.id, query, passage=at),
                title=known.title.value,
                region_label=labels.region_label(document),
                date_label=labels.date_label(known.date),
                source_label=labels.source_label(document),
                date=str(known.date.value) if known.date else "",
            )


def _passage(part: Sequence[Passage], at: int) -> int:
    """The number of the passage of a paragraph in which its character at that offset stands."""
    ends = accumulate(len(one.text) for one in part)
    return next(one.number for one, end in zip(part, ends, strict=True) if at < end)


def _pager(query: Query, by: str, around: str, page: int, pages: int) -> Iterator[Link]:
    if pages < 2:
        return
    if page > 1:
        yield Link("上一页", lines_address(query, by=by, around=around, page=page - 1), name="prev")
    for number in range(1, pages + 1):
        yield Link(str(number), lines_address(query, by=by, around=around, page=number), number == page, "page")
    if page < pages:
        yield Link("下一页", lines_address(query, by=by, around=around, page=page + 1), name="next")
