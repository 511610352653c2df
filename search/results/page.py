"""From a question to what a page prints: every label, count and address ready, so that templates decide nothing."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

from search import results_snippets, text
from search.documents import formats, labels
from search.documents.document import Document, Passage
from search.documents.second_hand import cited
from search.documents.warnings import DOUBTS
from search.documents.work_lines import LINES, question
from search.engines import Engine
from search.errors import NoSuchPage
from search.index.schema import FACETS, LABELS
from search.matching import marks, widening
from search.matching.matches import BestPassage, Match, Matches
from search.query import clauses, forms, parsing, read_back
from search.query.addresses import (
    Link,
    document_address,
    export_address,
    group_address,
    narrowing,
    search_address,
    written,
)
from search.query.clauses import Filter, Query, Sort
from search.results_values import Expansion, Facet, FacetValue, Hit, ResultPage, Snippet, YearBar
from search.suggestions import corrections

PER_PAGE = 10
PASSAGES_PER_HIT = 3
# Folded away on a card, and characters of them on a page: with 300 a page of the longest passages is less than 60 KB.
MORE_PER_HIT, MORE_CHARACTERS = 2, 300
# Values of a facet beside results; the rest is reached by typing 地区:…, in the detailed form or by narrowing more.
FACET_VALUES = 8
# Values of a facet to browse by and for programs: all regions, years, genres; the speakers who spoke most.
BROWSE_VALUES = 100
# The fields by which documents may be put together: who says what on one subject.
GROUPED = ("region", "speaker")
# Documents in a table to take away; as many cards cost about two seconds of a processor.
MOST_ROWS = 1_000
# Beyond that many years from first to last, those without a document are left out of the bars.
MOST_YEARS = 40

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


def asked(query: Query) -> bool:
    """Whether there is something to look for."""
    return query.clause is not None or bool(query.filters)


def search(engine: Engine, query: Query, *, values: int = FACET_VALUES) -> ResultPage:
    """One page of answers with so many values of each facet; raises NoSuchPage beyond the last."""
    begun = time.perf_counter()
    found = corrections.Found(query, Matches(0, 0, (), {}))
    if asked(query):
        found = corrections.answer(engine, query, limit=PER_PAGE, offset=(query.page - 1) * PER_PAGE)
    page = _page(engine, found.query, found.matches, begun, values)
    notes = (found.note, *page.notes) if found.note else page.notes
    if asked(query) and not page.documents:
        notes = (*notes, *_unknown(engine, query))
    corrected = found.suggestions[0] if found.note else None
    lines = browse(engine).lines if asked(query) and not page.documents else ()
    return dataclasses.replace(
        page, text=query.raw, notes=notes, suggestions=found.suggestions, corrected=corrected, lines=lines
    )


def cards(engine: Engine, query: Query, *, limit: int) -> tuple[Hit, ...]:
    """The first so many cards of an answer, as its pages would show them one after the other."""
    if not asked(query):
        return ()
    found = corrections.answer(engine, query, limit=limit, offset=0)
    documents = ((engine.get(match.id), match) for match in found.matches.ranked)
    return tuple(
        card(document, match, found.query, engine.edges(document.id)) for document, match in documents if document
    )


# An engine is one generation of the index, and the next one is another object: what is kept for it cannot go stale.
_browsed: WeakKeyDictionary[Engine, ResultPage] = WeakKeyDictionary()


def browse(engine: Engine) -> ResultPage:
    """The newest documents and the facets of all, for a reader who has no question yet; made once for an engine."""
    if engine not in _browsed:
        begun = time.perf_counter()
        query = parsing.parse("", sort="newest")
        page = _page(engine, query, engine.find(query, limit=PER_PAGE, offset=0), begun, BROWSE_VALUES)
        _browsed[engine] = dataclasses.replace(page, lines=(Facet("line", "业务条线", _lines(engine)),))
    return _browsed[engine]


def _lines(engine: Engine) -> tuple[FacetValue, ...]:
    """The lines of work on which something was said, each with the documents that its question finds."""
    asked = [(line, parsing.parse(question(line))) for line in LINES]
    counted = [(line, query, engine.find(query, limit=0, offset=0).documents) for line, query in asked]
    return tuple(FacetValue(line, line, count, False, search_address(query)) for line, query, count in counted if count)


def _page(engine: Engine, query: Query, matches: Matches, begun: float, values: int) -> ResultPage:
    pages = min(-(-(matches.documents - matches.folded) // PER_PAGE), parsing.MAX_PAGE)
    if query.page > max(1, pages):
        raise NoSuchPage(f"没有第 {query.page} 页：结果共 {pages} 页")
    found = [(engine.get(match.id), match) for match in matches.ranked]
    expansions = _expansions(query)
    return ResultPage(
        text=query.raw,
        read_as=read_back.in_words(query),
        notes=(*query.notes, *_notes(query, matches)),
        expansions=expansions,
        synonyms_url=search_address(query, synonyms=not query.synonyms, page=1) if _widens(query) else "",
        documents=matches.documents,
        occurrences=matches.occurrences,
        exact=matches.exact,
        page=query.page,
        pages=pages,
        sort=query.sort,
        took_ms=round((time.perf_counter() - begun) * 1000, 1),
        generation=engine.generation,
        hits=_bounded(
            [card(document, match, query, engine.edges(document.id)) for document, match in found if document]
        ),
        facets=_facets(query, matches, values),
        chips=(*_term_chips(query), *(_chip(query, item) for item in query.filters)),
        clear_url=search_address(query, filters=(), page=1) if query.filters else "",
        sorts=tuple(
            Link(label, search_address(query, sort=name, page=1), name == query.sort, name) for name, label in _SORTS
        ),
        pager=_pager(query, pages),
        help=_help(engine, query) if not matches.documents and query.clause else (),
        suggestions=(),
        years=_years(query, matches.facets.get("year", ())),
        undated=_undated(query, matches),
        state=written(query),
        together=_together(query, matches) if asked(query) else (),
        export=_export(query, matches.documents - matches.folded) if matches.documents else None,
    )


def _together(query: Query, matches: Matches) -> tuple[Link, ...]:
    """The ways to see the same documents beside each other, where there are two or more values to do it by."""
    several = [field for field in GROUPED if len(matches.facets.get(field, ())) > 1]
    return tuple(Link(f"按{LABELS[field]}", group_address(query, field), name=field) for field in several)


def _export(query: Query, listed: int) -> Link:
    rows = f"前 {MOST_ROWS} 篇" if listed > MOST_ROWS else f" {listed} 篇"
    return Link(f"导出{rows}", export_address(query), name="export")


# --- cards ---------------------------------------------------------------------------------------------


def card(document: Document, match: Match, query: Query, edges: marks.Edges) -> Hit:
    """A document found, ready to print; edges: where words begin and end in it (Engine.edges)."""
    marked = marks.mark(document, query, edges)
    quoted = results_snippets.quotations(document, marked, limit=PASSAGES_PER_HIT + MORE_PER_HIT)
    if not quoted and document.passages:
        opening = next((p for p in document.passages if not p.heading and len(p.text) > 20), document.passages[0])
        quoted = (results_snippets.Quotation(opening.number, _opening(opening.text), ()),)
    shown = tuple(_snippet(document, query, marked, quotation) for quotation in quoted)
    return Hit(
        id=document.id,
        external_id=document.external_id,
        title=document.title.value,
        title_marks=marked.title,
        title_pieces=marks.pieces(document.title.value, marked.title),
        title_note=labels.title_note(document),
        url=document_address(document.id, query, passage=quoted[0].number if quoted else 0),
        date=str(document.date.value) if document.date else None,
        date_precision=document.date.value.precision if document.date else "unknown",
        date_label=labels.date_label(document.date),
        date_note=labels.date_note(document.date),
        region=document.region.value if document.region else None,
        region_label=labels.region_label(document),
        issuer=document.issuer.value if document.issuer else None,
        speakers=tuple(speaker.name for speaker in document.speakers),
        speaker_label="、".join(f"{s.name}（{s.post}）" if s.post else s.name for s in document.speakers),
        level=document.level,
        genre=document.genre,
        genre_label=labels.genre_label(document),
        quotation_label=labels.quotation_label(document),
        source_label=labels.source_label(document),
        format_label=formats.format_label(document),
        warnings=document.warnings,
        doubts=tuple(warning for warning in document.warnings if warning.code in DOUBTS),
        score=round(match.score, 4),
        why=_why(match, document),
        match=match.kind,
        match_label=_match_label(match, marked),
        occurrences=match.occurrences,
        near_duplicates=max(0, len(document.near) - 1) + len(document.copies),
        passages=shown[:PASSAGES_PER_HIT],
        more=shown[PASSAGES_PER_HIT:],
    )


def _bounded(hits: list[Hit]) -> tuple[Hit, ...]:
    """The cards, the last of them without what is folded away when that would be too much for one page."""
    kept: list[Hit] = []
    left = MORE_CHARACTERS
    for hit in hits:
        left -= sum(len(quoted.text) for quoted in hit.more)
        kept.append(hit if left >= 0 else dataclasses.replace(hit, more=()))
    return tuple(kept)


def _snippet(document: Document, query: Query, marked: marks.Marked, quotation: results_snippets.Quotation) -> Snippet:
    passage = document.passages[quotation.number - 1]
    return Snippet(
        number=quotation.number,
        url=document_address(document.id, query, passage=quotation.number),
        outline=_place(document, passage),
        text=quotation.text,
        marks=quotation.marks,
        pieces=marks.pieces(quotation.text, quotation.marks),
        paragraph=passage.paragraph,
        cited=_is_cited(document, marked, passage),
    )


def _place(document: Document, passage: Passage) -> tuple[str, ...]:
    """The place in the outline; what follows an item of its paragraph without being in it says so: 慈善工作（其后）."""
    inner = len(passage.outline)
    for before in reversed(document.passages[: passage.number - 1]):
        if before.paragraph != passage.paragraph or before.outline[:inner] != passage.outline:
            break
        if len(before.outline) > inner:
            return (*passage.outline, f"{before.outline[inner]}（其后）")
    return passage.outline


def _is_cited(document: Document, marked: marks.Marked, passage: Passage) -> bool:
    """Whether anything found in a passage stands in words that the speaker cites: some of it is enough to warn of."""
    if not (spans := cited(document, passage.text)):
        return False
    before = document.passages[: passage.number - 1]
    at = sum(len(other.text) for other in before if other.paragraph == passage.paragraph)
    found = marked.paragraphs[passage.paragraph - 1]
    return any(start - at < end and begin < stop - at for start, stop in found for begin, end in spans)


def _opening(shown: str) -> str:
    return shown if len(shown) <= 120 else shown[:120] + "…"


_EVIDENCE = {
    "literal": "原词",
    "synonym": "同义词",
    "scattered": "词语在同一段但不相连",
    "typo": "疑似错字",
    "crossed": "只在别的词里碰巧出现",
}


def _why(match: Match, document: Document) -> tuple[str, ...]:
    """The numbers that were used, as sentences."""
    said = [
        f"“{r.term}”（{_EVIDENCE[r.kind]}）：标题 {r.title} 次，正文 {r.body} 次，"
        f"稀有度 {r.rarity:.2f}，得 {r.points:.2f} 分"
        for r in match.reasons
    ]
    if match.best:
        said.append(_best_passage(match.best, document))
    tier = f"排在“{_KINDS[match.kind]}”一档；同档之内按得分排，合计 {match.score:.2f} 分"
    return (*said, tier)


def _best_passage(best: BestPassage, document: Document) -> str:
    place = f"第 {document.passages[best.number - 1].paragraph} 段" if best.number else "标题"
    near = f"，最多 {best.near} 个同在一句" if best.near > 1 else ""
    headed = f"，{best.headed} 个在小标题里" if best.headed else ""
    return f"最好的一段（{place}）：含 {best.held} 个检索词{near}{headed}，加 {best.points:.2f} 分"


def _match_label(match: Match, marked: marks.Marked) -> str:
    stead = {"synonym": marked.synonyms, "suspected_typo": marked.typos}.get(match.kind, ())
    return _KINDS[match.kind] + (f"：{'、'.join(stead)}" if stead else "")


# --- around the cards ----------------------------------------------------------------------------------


def _expansions(query: Query) -> tuple[Expansion, ...]:
    wide = [(term, widening.widened(term, query)) for term in clauses.positive_terms(query.clause)]
    return tuple(Expansion(term.shown, one.synonyms, _offs(query, one.synonyms)) for term, one in wide if one.synonyms)


def _offs(query: Query, synonyms: tuple[str, ...]) -> tuple[Link, ...]:
    """Each synonym with the address of the same search without it."""
    return tuple(Link(one, search_address(query, off=(*query.off, one), page=1), name="synonym") for one in synonyms)


def _widens(query: Query) -> bool:
    return bool(_expansions(dataclasses.replace(query, synonyms=True, off=())))


# What is listed when nothing holds the terms themselves, by the kind of the best match.
_STEADS = {
    "synonym": "以下为同义词{}的结果",
    "scattered": "以下文献在同一段里含有各个词语，但不连在一起",
    "partial": "以下文献含有其中的部分词语",
    "suspected_typo": "以下文献里可能写错了字",
    "cross_word": "以下文献只在别的词里碰巧含有这几个字",
}


def _notes(query: Query, matches: Matches) -> list[str]:
    """What the reader has to know about this answer."""
    notes = []
    best = matches.ranked[0].kind if matches.ranked else ""
    if best in _STEADS and query.clause and query.page == 1 and query.sort == "relevance":
        others = "、".join(f"“{synonym}”" for one in _expansions(query) for synonym in one.synonyms)
        notes.append(f"没有原词命中，{_STEADS[best].format(others)}。")
    in_part = sum(match.kind == "partial" for match in matches.ranked)
    if in_part and best != "partial" and len(matches.ranked) + matches.folded == matches.documents:
        notes.append(f"其中 {in_part} 篇只含一部分词语，标作“部分词语”，供参考。")
    if matches.left_out:
        terms = "、".join(f"“{term.shown}”" for term in clauses.positive_terms(query.clause))
        notes.append(f"另有 {matches.left_out} 篇只在别的词里碰巧含有{terms}这几个字，未列出；加引号可以查到。")
    if matches.folded:
        notes.append(f"其中 {matches.folded} 篇与列出的文稿内容相近，已折叠在“相近版本”里。")
    if query.sort != "relevance" and matches.documents:
        notes.append("日期不详的文献排在最后。")
    if matches.documents > PER_PAGE * parsing.MAX_PAGE:
        notes.append(f"结果较多，只能翻到第 {parsing.MAX_PAGE} 页；请增加检索词或筛选条件。")
    return notes


def _unknown(engine: Engine, query: Query) -> Iterator[str]:
    """The values chosen that no document has, and what there is instead."""
    there = {facet.field: [value.value for value in facet.values] for facet in browse(engine).facets}
    for item in query.filters:
        alone = parsing.parse("", filters=[(item.field, item.value)])
        if not engine.find(alone, limit=0, offset=0).documents:
            others = f"，有的是：{'、'.join(there[item.field][:8])}" if there[item.field] else ""
            yield f"没有{LABELS[item.field]}为“{item.value}”的讲话{others}。"


def _facets(query: Query, matches: Matches, most: int) -> tuple[Facet, ...]:
    facets = []
    for field in FACETS:
        counts = matches.facets.get(field.name, ())
        chosen = {item.value for item in query.filters if item.field == field.name}
        shown = list(counts[:most])
        shown += [(value, count) for value, count in counts[most:] if value in chosen]
        shown += [(value, 0) for value in sorted(chosen - {value for value, _ in counts})]
        if field.name == "year":
            shown.sort(reverse=True)
        values = _facet_values(query, field.name, shown)
        rest = len(counts) - sum(count > 0 for _, count in shown)
        facets.append(Facet(field.name, field.label, values, rest))
    return tuple(facets)


def _years(query: Query, counts: Sequence[tuple[str, int]]) -> tuple[YearBar, ...]:
    """A bar for each year from the first to the last, so that a gap is seen as one."""
    if len(counts) < 2:
        return ()
    known = {int(year): count for year, count in counts}
    first, last, highest = min(known), max(known), max(known.values())
    years = range(first, last + 1) if last - first < MOST_YEARS else sorted(known)
    values = _facet_values(query, "year", [(str(year), known.get(year, 0)) for year in years])
    return tuple(_year(value, highest) for value in values)


def _year(one: FacetValue, highest: int) -> YearBar:
    height = max(5, round(100 * one.count / highest)) if one.count else 0
    return YearBar(one.value, one.count, height, one.selected, one.url)


def _undated(query: Query, matches: Matches) -> int:
    """With a year chosen, the bars count more than what was found, and what has no date is not among it."""
    if any(item.field == "year" for item in query.filters):
        return 0
    return matches.documents - sum(count for _, count in matches.facets.get("year", ()))


def _facet_values(query: Query, field: str, counts: Sequence[tuple[str, int]]) -> tuple[FacetValue, ...]:
    """The values with the addresses that choose them, or choose them no longer."""
    chosen = {item.value: item for item in query.filters if item.field == field}
    address, unit = narrowing(query, field), "年" if field == "year" else ""
    return tuple(
        FacetValue(
            value,
            value + unit,
            count,
            value in chosen,
            _without(query, chosen[value]) if value in chosen else address(value),
        )
        for value, count in counts
    )


def _without(query: Query, item: Filter) -> str:
    return search_address(query, filters=tuple(other for other in query.filters if other != item), page=1)


def _chip(query: Query, item: Filter) -> Link:
    return Link(f"{LABELS[item.field]}：{item.value}", _without(query, item), name=item.field)


def _term_chips(query: Query) -> tuple[Link, ...]:
    """Each part of the question that it could do without; none where there is only one."""
    chips = []
    for part in forms.parts_of(query.clause):
        if rest := forms.without_part(query, part):
            label = read_back.in_words(dataclasses.replace(query, clause=part, filters=()))
            chips.append(Link(label, search_address(rest), name="term"))
    return tuple(chips)


def _sort(query: Query, name: Sort, label: str) -> Link:
    return Link(label, search_address(query, sort=name, page=1), name == query.sort, name)


def _pager(query: Query, pages: int) -> tuple[Link, ...]:
    """Previous, the first, those around the current one, the last, next; gaps have no address."""
    if pages < 2:
        return ()
    links = [Link("上一页", search_address(query, page=query.page - 1), name="prev")] if query.page > 1 else []
    before = 0
    for number in sorted({1, pages, *range(max(1, query.page - 3), min(pages, query.page + 3) + 1)}):
        if number > before + 1:
            links.append(Link("…", "", name="gap"))
        links.append(Link(str(number), search_address(query, page=number), number == query.page, "page"))
        before = number
    if query.page < pages:
        links.append(Link("下一页", search_address(query, page=query.page + 1), name="next"))
    return tuple(links)


def _help(engine: Engine, query: Query) -> tuple[Link, ...]:
    """What would find something: the search without one of its filters, without all, each of its terms alone."""
    ideas: list[tuple[str, Query]] = []
    for item in query.filters:
        rest = tuple(other for other in query.filters if other != item)
        ideas.append((f"去掉“{LABELS[item.field]}：{item.value}”", dataclasses.replace(query, filters=rest, page=1)))
    if len(query.filters) > 1:
        ideas.append(("去掉全部筛选", dataclasses.replace(query, filters=(), page=1)))
    terms = clauses.positive_terms(query.clause)
    if len(terms) > 1:
        ideas += [(f"只找“{term.shown}”", parsing.parse(_typed(term.shown, quoted=term.quoted))) for term in terms]
    elif terms and not terms[0].quoted:
        parts = text.words(terms[0].text)
        ideas += [(f"只找“{part}”", parsing.parse(part)) for part in parts if len(parts) > 1 and len(part) > 1]
    counted = [(label, idea, engine.find(idea, limit=0, offset=0).documents) for label, idea in ideas[:8]]
    return tuple(Link(f"{label}（{count} 篇）", search_address(idea)) for label, idea, count in counted if count)


def _typed(shown: str, *, quoted: bool) -> str:
    return f"“{shown}”" if quoted else shown


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
        "format": hit.format_label or None,
        "warnings": [warning.code for warning in hit.warnings],
        "score": hit.score,
        "match": hit.match,
        "match_label": hit.match_label,
        "why": list(hit.why),
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
                "cited": snippet.cited,
            }
            for snippet in (*hit.passages, *hit.more)
        ],
    }
