"""One document as a reader opens it: the text with the question's hits, the facts with their evidence, the outline,
the doubts explained, and the words to cite it by."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter

from search.documents import counts, labels, warnings
from search.documents.differences import differences
from search.documents.document import Document, Passage, Span, Warning
from search.documents.filenames import shown
from search.documents.formats import is_text
from search.documents.outline import begun
from search.documents.second_hand import cited
from search.engines import Engine, Stored
from search.matching import marks
from search.matching.folded import Edges
from search.matching.marks import Piece
from search.query.addresses import document_address, search_address
from search.query.clauses import Query
from search.query.scanning import term
from search.reading import related
from search.reading.citation import citation, source_words
from search.reading.facts import fact_lines
from search.reading.values import (
    Contrast,
    DocumentPage,
    Doubt,
    Neighbour,
    OutlineItem,
    ParagraphView,
    PassageView,
    QuotedRun,
    Switch,
)

MOST_RELATED = 4
MOST_FIND = 100  # characters looked for inside a text


def open_document(
    document: Document,
    query: Query,
    *,
    edges: Edges | None = None,
    link: str = "",
    today: date | None = None,
    find: str = "",
) -> DocumentPage:
    """The whole document with the query's hits marked; link is its address as a citation should give it.

    edges: where words begin and end, as the index keeps it; without it the passages are cut again. find: words that
    are marked letter by letter in the place of the query's, whose results stay the way back.
    """
    find = " ".join(find.split())[:MOST_FIND]
    wanted = Query(raw=find, text=find, clause=term(find, quoted=True)) if find else query
    marked = marks.mark(document, wanted, edges)
    placed = [(warning, counts.passage_of(document, warning)) for warning in document.warnings]
    known, path = document.metadata, document_address(document.id)
    speakers = [speaker.name for speaker in known.speakers[:2]]
    return DocumentPage(
        id=document.id,
        title=document.metadata.title.value,
        title_pieces=marks.pieces(document.metadata.title.value, marked.title),
        title_note=labels.title_note(document),
        query=query.raw,
        back_url=f"{search_address(query)}#d-{document.id}" if query.clause or query.filters else "",
        facts=fact_lines(document),
        warnings=document.warnings,
        quotable_label=labels.quotation_label(document),
        paragraphs=_paragraphs(document, marked.paragraphs, placed),
        outline=_outline(document),
        hits=sum(len(spans) for spans in marked.paragraphs),
        switch=switch(document, query),
        cite=citation(document, link=link or path, today=today or date.today()),
        doubts=_doubts(placed),
        about=tuple(filter(None, (labels.region_label(document), labels.date_label(known.date), *speakers))),
        doubt_names=_names(document),
        find=find,
        source_words=source_words(document),
    )


def switch(document: Document, query: Query) -> Switch:
    """The ways to see the document; it costs none of its text."""
    return Switch(
        url=document_address(document.id, query),
        text_url=document_address(document.id, query, part="/text") if is_text(document) else "",
        original_url=f"{document_address(document.id)}/original",
        original_name=shown(document.original.path).rpartition("/")[2],
    )


def beside(engine: Engine, stored: Stored, page: DocumentPage) -> DocumentPage:
    """The page with the other versions of its text and what else there is on its subject."""
    document = stored.document
    others = [one.document for one in engine.fetch([id for id in document.near if id != document.id]).values()]
    alike = related.related(engine, stored, limit=MOST_RELATED + len(others))
    return dataclasses.replace(
        page,
        versions=tuple(_version(document, other) for other in others),
        copies=_copies(document, document.id),
        related=tuple(_related(one) for one in alike if one.document.id not in document.near)[:MOST_RELATED],
    )


def _version(document: Document, other: Document) -> Neighbour:
    compare = document_address(document.id, part=f"/compare/{other.id}")
    return Neighbour(
        title=other.metadata.title.value,
        url=document_address(other.id),
        about=other.external_id,
        compare_url=compare,
        copies=_copies(document, other.id),
    )


def _copies(document: Document, of: str) -> tuple[str, ...]:
    return tuple(copy.path for copy in document.copies if copy.of == of)


def _related(one: related.Related) -> Neighbour:
    other = one.document
    about = " · ".join(
        filter(None, (labels.region_label(other), labels.date_label(other.metadata.date), labels.genre(other)))
    )
    return Neighbour(
        other.metadata.title.value, document_address(other.id, passage=one.passage.number), about, one.words[:5]
    )


def about(document: Document) -> str:
    """What tells one text from another of the same title: 湖北 · 2024年2月21日 · 据… · file."""
    known = document.metadata
    said = (labels.region_label(document), labels.date_label(known.date), labels.source_label(document))
    return " · ".join((*said, document.external_id))


def contrasts(one: Document, other: Document) -> tuple[Contrast, ...]:
    """The sentences that the two do not share, in reading order."""
    return tuple(
        Contrast(marks.pieces(found.one, found.one_marks), marks.pieces(found.other, found.other_marks))
        for found in differences(one, other)
        if found.kind != "same"
    )


# --- doubts --------------------------------------------------------------------------------------------


def _doubts(placed: Iterable[tuple[Warning, Passage | None]]) -> tuple[Doubt, ...]:
    """Each warning, with what its kind means said once and the way to the words it is about."""
    explained: set[str] = set()
    doubts = []
    for warning, at in placed:
        means = "" if warning.code in explained else warnings.MEANINGS.get(warning.code, "")
        explained.add(warning.code)
        evidence = "" if warning.evidence in warning.message else warning.evidence
        doubts.append(Doubt(warning.code, warning.message, evidence, means, f"#p{at.number}" if at else ""))
    return tuple(doubts)


def _names(document: Document) -> tuple[str, ...]:
    """The kinds of doubts on one line, the gravest first: 年份存疑, 疑似错字 3 处, 日期不详."""
    many = Counter(warning.code for warning in document.warnings)
    return tuple(
        kind.line + (f" {many[code]} 处" if many[code] > 1 else "")
        for code, kind in warnings.KINDS.items()
        if many[code]
    )


# --- the text ------------------------------------------------------------------------------------------


def _paragraphs(
    document: Document, marked: tuple[tuple[Span, ...], ...], placed: Iterable[tuple[Warning, Passage | None]]
) -> tuple[ParagraphView, ...]:
    """The passages of each paragraph with their marks; one that crosses from a passage to the next is cut in two
    pieces of the same number."""
    views: list[ParagraphView] = []
    doubted: dict[int, list[Warning]] = {}
    for warning, at in placed:
        if at:
            doubted.setdefault(at.number, []).append(warning)
    first = 1
    for number, passages in _by_paragraph(document.passages):
        spans = marked[len(views)]
        shown, begin = [], 0
        for passage in passages:
            end = begin + len(passage.text)
            met = bisect_right(spans, begin, key=itemgetter(1)), bisect_left(spans, end, key=itemgetter(0))
            inside = [(i, a, b) for i, (a, b) in enumerate(spans[slice(*met)], first + met[0])]
            cut = marks.pieces(passage.text, [(max(a, begin) - begin, min(b, end) - begin) for _, a, b in inside])
            ordinals = [i for i, _, _ in inside]
            numbered = tuple(Piece(p.text, ordinals[p.hit - 1]) if p.hit else p for p in cut)
            doubtful = [_place(passage.text, warning) for warning in doubted.get(passage.number, ())]
            runs = _runs(numbered, cited(document, passage.text), doubtful)
            shown.append(PassageView(passage.number, runs, passage.heading))
            begin = end
        notes = [warning.message for one in passages for warning in doubted.get(one.number, ())]
        views.append(ParagraphView(number, tuple(shown), passages[0].heading, tuple(dict.fromkeys(notes))))
        first += len(spans)
    return tuple(views)


def _place(said: str, warning: Warning) -> Span:
    begin = said.index(warning.evidence)
    return begin, begin + len(warning.evidence)


def _runs(pieces: Sequence[Piece], spans: Sequence[Span], doubtful: Sequence[Span]) -> tuple[QuotedRun, ...]:
    """The pieces of a passage, cut again where what is cited or in doubt begins and ends; of a mark both parts keep the
    number."""
    if not spans and not doubtful:
        return (QuotedRun(tuple(pieces)),)
    edges = {0, sum(len(piece.text) for piece in pieces)}
    edges.update(edge for span in (*spans, *doubtful) for edge in span)

    def within(start: int, among: Sequence[Span]) -> bool:
        return any(begin <= start < end for begin, end in among)

    opened = {begin for begin, _ in spans}
    return tuple(
        QuotedRun(tuple(_between(pieces, start, end)), within(start, spans), start in opened, within(start, doubtful))
        for start, end in pairwise(sorted(edges))
    )


def _between(pieces: Iterable[Piece], start: int, end: int) -> Iterator[Piece]:
    at = 0
    for piece in pieces:
        if inside := piece.text[max(0, start - at) : max(0, end - at)]:
            yield Piece(inside, piece.hit)
        at += len(piece.text)


def _by_paragraph(passages: Iterable[Passage]) -> list[tuple[int, list[Passage]]]:
    return [(number, list(one)) for number, one in groupby(passages, attrgetter("paragraph"))]


# --- the outline ---------------------------------------------------------------------------------------


def _outline(document: Document) -> tuple[OutlineItem, ...]:
    """Each new place in the speech once, at the passage where it begins; what was counted, where it is claimed."""
    counted = counts.counts(document)
    items: list[OutlineItem] = []
    before: tuple[str, ...] = ()
    for passage in document.passages:
        at = f"#p{passage.number}"
        here = passage.outline
        if passage.heading and passage.text not in here:  # a heading stands under its parents, and begins what is below
            here = (*here, passage.text)
        items += (OutlineItem(label, at, depth) for depth, label in begun(before, here))
        found = counted.get(passage.number, ())
        items += (OutlineItem(count.label, at, len(here), count.kind) for count in found)
        before = here
    return tuple(items)
