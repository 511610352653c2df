"""From a question to what a page prints: every label, count and address ready, so that templates decide nothing."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar
from urllib.parse import quote, urlencode

from search import query as questions
from search import ranking, snippets, text
from search.engines import Engine
from search.errors import QueryError
from search.model import (
    Document,
    DocumentPage,
    Evidence,
    Expansion,
    Facet,
    FacetValue,
    Fact,
    Filter,
    Hit,
    Link,
    Match,
    Matches,
    OutlineItem,
    ParagraphView,
    PartialDate,
    Passage,
    PassageView,
    Query,
    ResultPage,
    Snippet,
    Sort,
    Span,
)
from search.schema import FACETS, LABELS

PER_PAGE = 10
PASSAGES_PER_HIT = 3
# Values of a facet on the page; the rest is reached by typing 地区:… or by narrowing otherwise.
FACET_VALUES = 12

_SORTS: tuple[tuple[Sort, str], ...] = (("relevance", "相关度"), ("newest", "时间新→旧"), ("oldest", "时间旧→新"))
_KINDS = {
    "exact": "精确",
    "same_document": "同篇不同段",
    "synonym": "同义词",
    "scattered": "词语分散",
    "partial": "部分词语",
    "suspected_typo": "疑似错字",
    "cross_word": "疑似跨词",
}
_UNKNOWN_DATE, _UNKNOWN_REGION, _UNKNOWN_SOURCE = "日期不详", "地区不详", "来源不详"
# Warnings that a card says in words of its own: 来源不详, 日期不详, 拟题, （年份推定）, （推定）.
_SAID = ("source_unknown", "date_unknown", "title_derived", "year_inferred", "region_inferred", "several_articles")
_HOW = {"stated": "", "after_body": "标题在正文之后", "inferred": "推定", "derived": "拟题", "corrected": "人工校正"}


def search(engine: Engine, query: Query) -> ResultPage:
    """One page of answers; raises QueryError for a page beyond the last."""
    begun = time.perf_counter()
    asked = query.clause is not None or bool(query.filters)
    matches = Matches(0, 0, (), {})
    if asked:
        matches = engine.find(query, limit=PER_PAGE, offset=(query.page - 1) * PER_PAGE)
    return _page(engine, query, matches, begun)


def browse(engine: Engine) -> ResultPage:
    """The newest documents and the facets of all, for a reader who has no question yet."""
    begun = time.perf_counter()
    query = questions.parse("", sort="newest")
    return _page(engine, query, engine.find(query, limit=PER_PAGE, offset=0), begun)


def _page(engine: Engine, query: Query, matches: Matches, begun: float) -> ResultPage:
    pages = min(-(-matches.documents // PER_PAGE), questions.MAX_PAGE)
    if query.page > max(1, pages):
        raise QueryError(f"没有第 {query.page} 页：结果共 {pages} 页")
    found = [(engine.get(match.id), match) for match in matches.ranked]
    expansions = _expansions(query)
    return ResultPage(
        text=query.raw,
        read_as=questions.in_words(query),
        notes=(*query.notes, *_notes(query, matches)),
        expansions=expansions,
        synonyms_url=_url(query, synonyms=not query.synonyms, page=1) if _widens(query) else "",
        documents=matches.documents,
        occurrences=matches.occurrences,
        exact=matches.exact,
        page=query.page,
        pages=pages,
        sort=query.sort,
        took_ms=round((time.perf_counter() - begun) * 1000, 1),
        generation=engine.generation,
        hits=tuple(_hit(document, match, query) for document, match in found if document),
        facets=_facets(query, matches),
        chips=tuple(_chip(query, item) for item in query.filters),
        clear_url=_url(query, filters=(), page=1) if query.filters else "",
        sorts=tuple(Link(label, _url(query, sort=name, page=1), name == query.sort, name) for name, label in _SORTS),
        pager=_pager(query, pages),
        help=_help(engine, query) if not matches.documents and query.clause else (),
        suggestions=(),
    )


# --- cards ---------------------------------------------------------------------------------------------


def _hit(document: Document, match: Match, query: Query) -> Hit:
    marked = snippets.mark(document, query)
    quoted = snippets.quotations(document, marked, limit=PASSAGES_PER_HIT)
    if not quoted and document.passages:
        opening = next((p for p in document.passages if not p.heading and len(p.text) > 20), document.passages[0])
        quoted = (snippets.Quotation(opening.number, opening.outline, _opening(opening.text), ()),)
    return Hit(
        id=document.id,
        external_id=document.external_id,
        title=document.title.value,
        title_marks=marked.title,
        title_pieces=snippets.pieces(document.title.value, marked.title),
        title_note=_HOW["derived"] if document.title.inferred else "",
        url=_document_url(document, query, quoted[0].number if quoted else 0),
        date=str(document.date.value) if document.date else None,
        date_precision=document.date.value.precision if document.date else "unknown",
        date_label=_date_label(document.date),
        region=document.region.value if document.region else None,
        region_label=_region_label(document),
        issuer=document.issuer.value if document.issuer else None,
        speakers=tuple(speaker.name for speaker in document.speakers),
        speaker_label="、".join(f"{s.name}（{s.post}）" if s.post else s.name for s in document.speakers),
        genre=document.genre,
        source_label=document.source.value if document.source else _UNKNOWN_SOURCE,
        warnings=document.warnings,
        doubts=tuple(warning for warning in document.warnings if warning.code not in _SAID),
        score=round(match.score, 4),
        match=match.kind,
        match_label=_match_label(match, marked),
        occurrences=match.occurrences,
        near_duplicates=0,
        passages=tuple(_snippet(document, query, quotation) for quotation in quoted),
    )


def _snippet(document: Document, query: Query, quotation: snippets.Quotation) -> Snippet:
    return Snippet(
        number=quotation.number,
        url=_document_url(document, query, quotation.number),
        outline=quotation.outline,
        text=quotation.text,
        marks=quotation.marks,
        pieces=snippets.pieces(quotation.text, quotation.marks),
        paragraph=document.passages[quotation.number - 1].paragraph,
    )


def _opening(shown: str) -> str:
    return shown if len(shown) <= 120 else shown[:120] + "…"


def _match_label(match: Match, marked: snippets.Marked) -> str:
    stead = {"synonym": marked.synonyms, "suspected_typo": marked.typos}.get(match.kind, ())
    return _KINDS[match.kind] + (f"：{'、'.join(stead)}" if stead else "")


def _date_label(stated: Evidence[PartialDate] | None) -> str:
    if stated is None:
        return _UNKNOWN_DATE
    value = stated.value
    label = f"{value.year}年"
    label += f"{value.month}月" if value.month else ""
    label += f"{value.day}日" if value.day else ""
    return f"{label}（{'年份' if value.day else ''}推定）" if stated.inferred else label


def _region_label(document: Document) -> str:
    if document.region is None:
        return _UNKNOWN_REGION
    place = document.place if document.place and document.place != document.region.value else ""
    return document.region.value + place + ("（推定）" if document.region.inferred else "")


# --- around the cards ----------------------------------------------------------------------------------


def _expansions(query: Query) -> tuple[Expansion, ...]:
    wide = [(term, ranking.widened(term, query)) for term in questions.positive_terms(query.clause)]
    return tuple(Expansion(term.shown, one.synonyms) for term, one in wide if one.synonyms)


def _widens(query: Query) -> bool:
    return bool(_expansions(dataclasses.replace(query, synonyms=True)))


def _notes(query: Query, matches: Matches) -> list[str]:
    """What the reader has to know about this answer."""
    notes = []
    kinds = {match.kind for match in matches.ranked}
    if query.clause and matches.ranked and not kinds & {"exact", "same_document"} and query.page == 1:
        if "synonym" in kinds and query.sort == "relevance":
            others = "、".join(f"“{synonym}”" for one in _expansions(query) for synonym in one.synonyms)
            notes.append(f"没有原词命中，以下为同义词{others}的结果。")
        elif query.sort == "relevance":
            notes.append("没有原词命中，以下文献在同一段里含有各个词语，但不连在一起。")
    if matches.left_out:
        terms = "、".join(f"“{term.shown}”" for term in questions.positive_terms(query.clause))
        notes.append(f"另有 {matches.left_out} 篇只在别的词里碰巧含有{terms}这几个字，未列出；加引号可以查到。")
    if query.sort != "relevance" and matches.documents:
        notes.append("日期不详的文献排在最后。")
    if matches.documents > PER_PAGE * questions.MAX_PAGE:
        notes.append(f"结果较多，只能翻到第 {questions.MAX_PAGE} 页；请增加检索词或筛选条件。")
    return notes


def _facets(query: Query, matches: Matches) -> tuple[Facet, ...]:
    facets = []
    for field in FACETS:
        counts = matches.facets.get(field.name, ())
        chosen = {item.value for item in query.filters if item.field == field.name}
        shown = list(counts[:FACET_VALUES])
        shown += [(value, count) for value, count in counts[FACET_VALUES:] if value in chosen]
        shown += [(value, 0) for value in sorted(chosen - {value for value, _ in counts})]
        if field.name == "year":
            shown.sort(reverse=True)
        values = tuple(_facet_value(query, field.name, value, count) for value, count in shown)
        facets.append(Facet(field.name, field.label, values))
    return tuple(facets)


def _facet_value(query: Query, field: str, value: str, count: int) -> FacetValue:
    item = Filter(field, value)
    selected = item in query.filters
    filters = tuple(f for f in query.filters if f != item) if selected else (*query.filters, item)
    label = f"{value}年" if field == "year" else value
    return FacetValue(value, label, count, selected, _url(query, filters=filters, page=1))


def _chip(query: Query, item: Filter) -> Link:
    rest = tuple(other for other in query.filters if other != item)
    return Link(f"{LABELS[item.field]}：{item.value}", _url(query, filters=rest, page=1), name=item.field)


def _pager(query: Query, pages: int) -> tuple[Link, ...]:
    """Previous, the first, those around the current one, the last, next; gaps have no address."""
    if pages < 2:
        return ()
    links = [Link("上一页", _url(query, page=query.page - 1), name="prev")] if query.page > 1 else []
    before = 0
    for number in sorted({1, pages, *range(max(1, query.page - 3), min(pages, query.page + 3) + 1)}):
        if number > before + 1:
            links.append(Link("…", "", name="gap"))
        links.append(Link(str(number), _url(query, page=number), number == query.page, "page"))
        before = number
    if query.page < pages:
        links.append(Link("下一页", _url(query, page=query.page + 1), name="next"))
    return tuple(links)


def _help(engine: Engine, query: Query) -> tuple[Link, ...]:
    """What would find something: the search without one of its filters, without all, each of its terms alone."""
    ideas: list[tuple[str, Query]] = []
    for item in query.filters:
        rest = tuple(other for other in query.filters if other != item)
        ideas.append((f"去掉“{LABELS[item.field]}：{item.value}”", dataclasses.replace(query, filters=rest, page=1)))
    if len(query.filters) > 1:
        ideas.append(("去掉全部筛选", dataclasses.replace(query, filters=(), page=1)))
    terms = questions.positive_terms(query.clause)
    if len(terms) > 1:
        ideas += [(f"只找“{term.shown}”", questions.parse(_typed(term.shown, quoted=term.quoted))) for term in terms]
    elif terms and not terms[0].quoted:
        parts = text.words(terms[0].text)
        ideas += [(f"只找“{part}”", questions.parse(part)) for part in parts if len(parts) > 1 and len(part) > 1]
    counted = [(label, idea, engine.find(idea, limit=0, offset=0).documents) for label, idea in ideas[:8]]
    return tuple(Link(f"{label}（{count} 篇）", _url(idea)) for label, idea, count in counted if count)


def _typed(shown: str, *, quoted: bool) -> str:
    return f"“{shown}”" if quoted else shown


# --- one document --------------------------------------------------------------------------------------


def open_document(document: Document, query: Query, *, link: str = "", today: date | None = None) -> DocumentPage:
    """The whole document with the question's hits marked; link is its address as a citation should give it."""
    marked = snippets.mark(document, query)
    path = f"/doc/{document.id}"
    return DocumentPage(
        id=document.id,
        title=document.title.value,
        title_pieces=snippets.pieces(document.title.value, marked.title),
        title_note=_HOW["derived"] if document.title.inferred else "",
        query=query.raw,
        back_url=_url(query) if query.clause or query.filters else "",
        facts=_facts(document),
        warnings=document.warnings,
        quotable_label=_quotable_label(document),
        paragraphs=_paragraphs(document, marked.paragraphs),
        outline=_outline(document),
        hits=sum(len(spans) for spans in marked.paragraphs),
        original_url=f"{path}/original",
        original_name=document.original.path.rsplit("/", 1)[-1],
        cite=citation(document, link=link or path, today=today or date.today()),
    )


def citation(document: Document, *, link: str, today: date) -> str:
    """GB/T 7714—2015 for electronic resources: what is not known is said or left out, never made up.

    The meeting's date is not a date of publication, so it stands in the note, with every doubt about the text.
    """
    speaker = document.speakers[0].name if document.quotable and document.speakers else None
    author = speaker or (document.issuer.value if document.issuer and not document.quotable else None) or "[作者不详]"
    title = document.title.value + ("（拟题）" if document.title.inferred else "")
    notes = []
    if document.date:
        notes.append(f"会议日期：{document.date.value}{'（年份据正文推定）' if document.date.inferred else ''}")
    else:
        notes.append(_UNKNOWN_DATE)
    notes.append(f"来源：{document.source.value}" if document.source else _UNKNOWN_SOURCE)
    notes.append(_quotable_label(document))
    notes += [w.message for w in document.warnings if w.code in _DOUBTS]
    return f"{author}. {title}[EB/OL]. [{today.isoformat()}]. {link}.\n{'；'.join(notes)}"


# Doubts a reader of the quotation must know of; the others concern this system's own reading.
_DOUBTS = ("year_contradiction", "region_contradiction", "truncated", "encoding_repaired")


def _quotable_label(document: Document) -> str:
    return document.genre or "讲话稿" if document.quotable else f"{document.genre or '报道'}，非讲话原文"


def _facts(document: Document) -> tuple[Fact, ...]:
    dated = document.date
    facts = [
        Fact("日期", _date_label(dated).split("（")[0], _how(dated), dated.text if dated else ""),
        _fact("地区", document.region, document.place),
        Fact("级别", document.level or ""),
        _fact("发文单位", document.issuer),
        _fact("会议", document.meeting),
        *(Fact("讲话人", s.name, "，".join(filter(None, (s.post, s.role))), s.evidence) for s in document.speakers),
        _fact("来源", document.source) if document.source else Fact("来源", _UNKNOWN_SOURCE),
        Fact("文种", document.genre or ""),
        Fact("文件", document.external_id),
    ]
    return tuple(fact for fact in facts if fact.value)


def _fact(label: str, stated: Evidence[str] | None, more: str | None = None) -> Fact:
    if stated is None:
        return Fact(label, "")
    value = stated.value + (f" {more}" if more and more != stated.value else "")
    return Fact(label, value, _how(stated), stated.text)


T = TypeVar("T")


def _how(stated: Evidence[T] | None) -> str:
    return _HOW[stated.how] if stated else ""


def _paragraphs(document: Document, marked: tuple[tuple[Span, ...], ...]) -> tuple[ParagraphView, ...]:
    """The passages of each paragraph with their marks; one that crosses from a passage to the next is cut in two
    pieces of the same number."""
    views: list[ParagraphView] = []
    first = 1
    for number, passages in _by_paragraph(document.passages):
        spans = marked[len(views)]
        shown, begin = [], 0
        for passage in passages:
            end = begin + len(passage.text)
            inside = [(i, a, b) for i, (a, b) in enumerate(spans, first) if a < end and b > begin]
            cut = snippets.pieces(passage.text, [(max(a, begin) - begin, min(b, end) - begin) for _, a, b in inside])
            ordinals = [i for i, _, _ in inside]
            numbered = tuple(dataclasses.replace(p, hit=ordinals[p.hit - 1]) if p.hit else p for p in cut)
            shown.append(PassageView(passage.number, numbered, passage.heading))
            begin = end
        views.append(ParagraphView(number, tuple(shown), passages[0].heading))
        first += len(spans)
    return tuple(views)


def _by_paragraph(passages: Iterable[Passage]) -> list[tuple[int, list[Passage]]]:
    grouped: list[tuple[int, list[Passage]]] = []
    for passage in passages:
        if grouped and grouped[-1][0] == passage.paragraph:
            grouped[-1][1].append(passage)
        else:
            grouped.append((passage.paragraph, [passage]))
    return grouped


def _outline(document: Document) -> tuple[OutlineItem, ...]:
    """Each new place in the speech once, at the passage where it begins."""
    items: list[OutlineItem] = []
    before: tuple[str, ...] = ()
    for passage in document.passages:
        same = 0
        while same < min(len(before), len(passage.outline)) and before[same] == passage.outline[same]:
            same += 1
        items += [OutlineItem(passage.outline[d], f"#p{passage.number}", d) for d in range(same, len(passage.outline))]
        before = passage.outline
    return tuple(items)


# --- addresses -----------------------------------------------------------------------------------------


def _url(query: Query, **changes: object) -> str:
    """The address of the question with these fields of it changed; parameters in one order, defaults left out."""
    arguments = questions.arguments(dataclasses.replace(query, **changes))  # type: ignore[arg-type]
    return "/search?" + urlencode(list(_flat(arguments))) if arguments else "/search"


def _document_url(document: Document, query: Query, passage: int) -> str:
    arguments = {name: values for name, values in questions.arguments(query).items() if name != "page"}
    parameters = urlencode(list(_flat(arguments)))
    anchor = f"#p{passage}" if passage else ""
    return f"/doc/{quote(document.id)}" + (f"?{parameters}" if parameters else "") + anchor


def _flat(arguments: Mapping[str, list[str]]) -> Iterable[tuple[str, str]]:
    return ((name, value) for name, values in arguments.items() for value in values)


# --- as JSON -------------------------------------------------------------------------------------------


def page_as_json(page: ResultPage) -> dict[str, object]:
    """The contract's object for /api/search and `python -m search --json`."""
    return {
        "query": {
            "text": page.text,
            "read_as": page.read_as,
            "notes": list(page.notes),
            "expansions": [{"term": one.term, "synonyms": list(one.synonyms)} for one in page.expansions],
        },
        "total": {"documents": page.documents, "occurrences": page.occurrences, "exact": page.exact},
        "page": page.page,
        "pages": page.pages,
        "sort": page.sort,
        "took_ms": page.took_ms,
        "generation": page.generation,
        "hits": [_hit_as_json(hit) for hit in page.hits],
        "facets": {
            facet.field: [
                {"value": v.value, "count": v.count, "selected": v.selected, "url": v.url} for v in facet.values
            ]
            for facet in page.facets
        },
        "suggestions": [{"text": s.text, "reason": s.reason, "documents": s.documents} for s in page.suggestions],
    }


def _hit_as_json(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.id,
        "external_id": hit.external_id,
        "title": hit.title,
        "title_marks": [list(span) for span in hit.title_marks],
        "url": hit.url,
        "date": hit.date,
        "date_precision": hit.date_precision,
        "region": hit.region,
        "issuer": hit.issuer,
        "speakers": list(hit.speakers),
        "genre": hit.genre,
        "warnings": [warning.code for warning in hit.warnings],
        "score": hit.score,
        "match": hit.match,
        "match_label": hit.match_label,
        "occurrences": hit.occurrences,
        "near_duplicates": hit.near_duplicates,
        "passages": [
            {
                "number": snippet.number,
                "paragraph": snippet.paragraph,
                "url": snippet.url,
                "outline": list(snippet.outline),
                "text": snippet.text,
                "marks": [list(span) for span in snippet.marks],
            }
            for snippet in hit.passages
        ],
    }
