"""数字摘录: the figures that stand beside what is looked for, or all of a document, each with clause and place."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from search import text
from search.documents import labels
from search.documents.document import Document, Passage, Span
from search.documents.warnings import DOUBTS
from search.engines import Engine, Stored
from search.matching import marks
from search.matching.marks import Piece
from search.query import read_back
from search.query.addresses import document_address, search_address, table_address, table_of_document, written
from search.query.clauses import Query
from search.results.tables import as_table
from search.suggestions import corrections
from search.tools.collection import ON_SUBJECT, not_looked_at, unasked
from search.tools.quantities import Quantity, quantities

# Documents that are opened, the best first, and figures on a page: opening one takes 1 ms.
MOST_DOCUMENTS, MOST_ROWS = 500, 200
Near = Literal["clause", "sentence", "passage", "document"]
_NEAR: dict[Near, str] = {"clause": "同一分句", "sentence": "同一句", "passage": "同一段", "document": ""}
_ORDER = list(_NEAR)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, the clause it stands in (mark 1 is the figure) and where that is.

    about: the words beside it, a guess at what it counts. near: how close it stands to what was looked for.
    """

    figure: str
    unit: str
    about: str
    clause: str
    pieces: tuple[Piece, ...]
    near: Near
    near_label: str
    number: int
    paragraph: int
    url: str
    id: str
    title: str
    date: str | None
    date_label: str
    region_label: str
    quotation_label: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """figures: all that were found, those nearest to the words first; shown: of them on the page."""

    text: str
    read_as: str
    notes: tuple[str, ...]
    figures: tuple[Figure, ...]
    documents: int  # opened
    back_url: str
    csv_url: str
    state: str

    @property
    def shown(self) -> Sequence[Figure]:
        return self.figures[:MOST_ROWS]


def figures(engine: Engine, query: Query) -> FiguresPage:
    """The figures in the passages that hold what is looked for; asks the engine a few times."""
    if query.clause is None:
        hint = "请输入数字说的是什么，例如“救助资金”；一篇的全部数字，从那一篇的页面进来。"
        return _page(query, unasked(query, hint), (), 0)
    asked = dataclasses.replace(query, page=1, sort="relevance")
    found = corrections.search_or_correct(engine, asked, limit=MOST_DOCUMENTS, offset=0)
    matches = [match for match in found.matches.ranked if match.kind in ON_SUBJECT]
    stored = engine.fetch([match.id for match in matches])
    rows = [figure for one in stored.values() for figure in _beside(one, found.query)]
    rows.sort(key=lambda figure: _ORDER.index(figure.near))
    notes = [*([found.note] if found.note else []), *query.notes, *read_back.aliases(query)]
    notes += not_looked_at(found.matches)
    if not rows:
        notes.append("说到它的段落里没有带单位的数字。" if stored else "没有文献说到它。")
    return _page(found.query, tuple(notes), tuple(rows), len(stored))


def figures_of(document: Document) -> FiguresPage:
    """All figures of one document, in reading order."""
    rows = [_figure(document, passage, one, "document", None) for passage, one in _all(document)]
    notes = () if rows else ("这一篇里没有带单位的数字。",)
    query = Query(raw="", text="", clause=None)
    page = _page(query, notes, tuple(rows), 1)
    return dataclasses.replace(
        page,
        read_as=f"《{document.metadata.title.value}》全文",
        back_url=document_address(document.id),
        csv_url=table_of_document("figures", document.id),
        state=f"doc={document.id}",
    )


def _page(query: Query, notes: tuple[str, ...], rows: tuple[Figure, ...], documents: int) -> FiguresPage:
    more = (f"共 {len(rows)} 个数字，这里列出前 {MOST_ROWS} 个，其余在导出的表格里。",) if rows[MOST_ROWS:] else ()
    return FiguresPage(
        text=query.raw,
        read_as=read_back.in_words(query),
        notes=(*notes, *more),
        figures=rows,
        documents=documents,
        back_url=search_address(query, page=1) if query.clause else "",
        csv_url=table_address("figures", query) if rows else "",
        state=written(query),
    )


# --- which figures -------------------------------------------------------------------------------------


def _all(document: Document) -> Iterator[tuple[Passage, Quantity]]:
    return ((passage, one) for passage in document.passages for one in quantities(passage.text))


def _beside(stored: Stored, query: Query) -> Iterator[Figure]:
    """The figures in the passages of a document that hold what is looked for."""
    document = stored.document
    marked = marks.mark(document, query, stored.edges)
    page = marked.page
    for (begin, end), passage in zip(page.passages, document.passages, strict=True):
        first, inside = page.paragraphs[passage.paragraph - 1], marked.paragraphs[passage.paragraph - 1]
        here = slice(*(bisect_left(inside, (edge - first,)) for edge in (begin, end)))
        spans = [(a + first - begin, b + first - begin) for a, b in inside[here]]
        for one in quantities(passage.text) if spans else ():
            yield _figure(document, passage, one, _near(passage.text, one, spans), query)


def _near(shown: str, one: Quantity, spans: Sequence[Span]) -> Near:
    if any(start < one.clause_end and end > one.clause_start for start, end in spans):
        return "clause"
    begins = [*text.sentences(text.fold(shown)), len(shown)]
    start = max(at for at in begins if at <= one.start)
    end = min(at for at in begins if at >= one.end)
    return "sentence" if any(a < end and b > start for a, b in spans) else "passage"


def _figure(document: Document, passage: Passage, one: Quantity, near: Near, query: Query | None) -> Figure:
    known = document.metadata
    clause = passage.text[one.clause_start : one.clause_end]
    place = (one.start - one.clause_start, one.end - one.clause_start)
    return Figure(
        figure=passage.text[one.start : one.end],
        unit=one.unit,
        about=one.about,
        clause=clause,
        pieces=marks.pieces(clause, [place]),
        near=near,
        near_label=_NEAR[near],
        number=passage.number,
        paragraph=passage.paragraph,
        url=document_address(document.id, query, passage=passage.number),
        id=document.id,
        title=known.title.value,
        date=str(known.date.value) if known.date else None,
        date_label=labels.date_label(known.date),
        region_label=labels.region_label(document),
        quotation_label=labels.quotation_label(document),
        doubts=tuple(warning.message for warning in document.warnings if warning.code in DOUBTS),
    )


# --- to take away --------------------------------------------------------------------------------------

_SOURCE = ("标题", "日期", "地区", "段号", "引用提示", "存疑", "地址")
COLUMNS = ("数字", "单位", "数的是（据前后文字）", "所在分句", "与检索词", *_SOURCE)


def as_csv(page: FiguresPage) -> bytes:
    return as_table(COLUMNS, (_row(one) for one in page.figures))


def _row(one: Figure) -> list[str | int]:
    place = (one.title, one.date_label, one.region_label, one.paragraph, one.quotation_label, "；".join(one.doubts))
    return [one.figure, one.unit, one.about, one.clause, one.near_label, *place, one.url]


def as_json(page: FiguresPage) -> dict[str, object]:
    keys = ("figure", "unit", "about", "clause", "near", "id", "title", "date", "number", "url")
    return {
        "query": {"text": page.text, "read_as": page.read_as, "notes": list(page.notes)},
        "documents": page.documents,
        "total": len(page.figures),
        "figures": [{key: getattr(one, key) for key in keys} for one in page.shown],
    }
