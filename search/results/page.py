"""From a query to what the results page prints: every label, count and address ready; templates decide nothing."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable, Iterator
from weakref import WeakKeyDictionary

from search import text
from search.documents.work_lines import LINES, query_for
from search.engines import Engine
from search.errors import NoSuchPage, QueryError
from search.matching import widening
from search.matching.matches import Matches, Tier
from search.query import clauses, forms, parsing, read_back, scanning
from search.query.addresses import Link, export_address, fields_of_form, search_address, written
from search.query.clauses import Query, Sort
from search.query.filters import NAMES
from search.query.parsing import PER_PAGE
from search.results.cards import KINDS, WAYS, bounded, cards_of
from search.results.facets import chip, facets_of, label, undated_in, years_of
from search.results.values import Expansion, Facet, FacetValue, Hit, ResultPage
from search.results.views import views
from search.suggestions import corrections, offers

# Values of a facet beside results; the rest is reached by typing 地区:…, in the detailed form or by narrowing more.
FACET_VALUES = 8
# Values of a facet to browse by and for programs: all regions, years, genres; the speakers who spoke most.
BROWSE_VALUES = 100
# Documents in a table to take away; as many cards cost about two seconds of a processor.
MOST_ROWS = 1_000

_SORTS: tuple[tuple[Sort, str], ...] = (("relevance", "相关度"), ("newest", "时间新→旧"), ("oldest", "时间旧→新"))


def asked(query: Query) -> bool:
    """Whether there is something to look for."""
    return query.clause is not None or bool(query.filters)


def search(engine: Engine, query: Query, *, values: int = FACET_VALUES, size: int = PER_PAGE) -> ResultPage:
    """One page of so many answers with so many values of each facet; raises NoSuchPage beyond the last."""
    begun = time.perf_counter()
    found = corrections.Answered(query, Matches(0, 0, (), {}))
    if asked(query):
        found = answered(engine, query, limit=size, offset=(query.page - 1) * size)
    page = _page(engine, found.query, found.listed, values, size)
    notes = (found.note, *page.notes) if found.note else page.notes
    if query.way and page.documents and query.way not in page.tiers:
        notes = (*notes, f"其中没有“{_way(query.way)}”这一类的，以下是全部。")
    if asked(query) and not page.documents:
        notes = (*notes, *_unknown(engine, query))
    corrected = found.suggestions[0] if found.note and found.suggestions else None
    lines = browse(engine).lines if asked(query) and not page.documents else ()
    return dataclasses.replace(
        page,
        text=query.raw,
        notes=notes,
        suggestions=found.suggestions,
        corrected=corrected,
        lines=lines,
        offers=offers.offers(engine, found.query),
        took_ms=_since(begun),
    )


def answered(engine: Engine, query: Query, *, limit: int, offset: int) -> corrections.Answered:
    """What a query finds, only that found in the way it names where there are others; its query says whether so.

    Raises QueryError for a way there is not.
    """
    if query.way and query.way not in KINDS:
        raise QueryError(f"没有“{query.way[:20]}”这种匹配方式；可用：{'、'.join(KINDS)}")
    whole = dataclasses.replace(query, way="")
    if not query.way:
        return corrections.search_or_correct(engine, whole, limit=limit, offset=offset)
    found = corrections.search_or_correct(engine, whole, limit=0, offset=0)
    several = len(found.listed.tiers) > 1 and query.way in found.listed.tiers
    meant = dataclasses.replace(found.query, way=query.way if several else "")
    return dataclasses.replace(found, query=meant, matches=engine.find(meant, limit=limit, offset=offset))


def cards(engine: Engine, query: Query, *, limit: int) -> tuple[Hit, ...]:
    """The first so many cards of an answer, in the order of its pages, each with its best passage alone."""
    if not asked(query):
        return ()
    found = answered(engine, query, limit=limit, offset=0)
    return tuple(cards_of(engine, found.query, found.listed.ranked, most=1))


# An engine is one generation of the index, and the next one is another object: what is kept for it cannot go stale.
_browsed: WeakKeyDictionary[Engine, ResultPage] = WeakKeyDictionary()


def browse(engine: Engine) -> ResultPage:
    """The newest documents and the facets of all, for a reader who has no query yet; made once for an engine."""
    if engine not in _browsed:
        begun = time.perf_counter()
        query = parsing.parse("", sort="newest")
        page = _page(engine, query, engine.find(query, limit=PER_PAGE, offset=0), BROWSE_VALUES)
        lines = (Facet("line", "业务条线", _lines(engine)),)
        _browsed[engine] = dataclasses.replace(page, lines=lines, took_ms=_since(begun))
    return _browsed[engine]


def _lines(engine: Engine) -> tuple[FacetValue, ...]:
    """The lines of work on which something was said, each with the documents that its query finds."""
    asked = [(line, parsing.parse(query_for(line))) for line in LINES]
    counts = engine.count([query for _, query in asked])
    return tuple(
        FacetValue(line, line, count, False, search_address(query))
        for (line, query), count in zip(asked, counts, strict=True)
        if count
    )


def _since(begun: float) -> float:
    """Milliseconds."""
    return round((time.perf_counter() - begun) * 1000, 1)


def _page(engine: Engine, query: Query, matches: Matches, values: int, size: int = PER_PAGE) -> ResultPage:
    listed = matches.listed(query.way)
    pages = min(-(-listed // size), parsing.MAX_PAGE)
    if query.page > max(1, pages):
        raise NoSuchPage(f"没有第 {query.page} 页：" + (f"结果共 {pages} 页" if pages else "没有找到讲话"))
    expansions = _expansions(query)
    hits = bounded(cards_of(engine, query, matches.ranked))
    return ResultPage(
        text=query.raw,
        read_as=read_back.in_words(query),
        notes=(*query.notes, *read_back.aliases(query), *_notes(query, matches, size), *_slips(hits)),
        tiers=matches.tiers,
        ways=_ways(query, matches) if query.clause else (),
        way=query.way,
        expansions=expansions,
        synonyms_url=search_address(query, synonyms=not query.synonyms, way="", page=1) if _widens(query) else "",
        documents=matches.documents,
        occurrences=matches.occurrences,
        page=query.page,
        pages=pages,
        sort=query.sort,
        generation=engine.generation,
        hits=hits,
        facets=facets_of(query, matches, values),
        chips=(*_term_chips(query), *(chip(query, item) for item in query.filters), *_way_chip(query)),
        clear_url=search_address(query, filters=(), way="", page=1) if query.filters else "",
        sorts=tuple(
            Link(label, search_address(query, sort=name, page=1), name == query.sort, name) for name, label in _SORTS
        ),
        pager=_pager(query, pages),
        help=_help(engine, query) if not matches.documents and query.clause else (),
        suggestions=(),
        years=years_of(query, matches.facets.get("year", ())),
        undated=undated_in(query, matches),
        arguments=fields_of_form(query),
        state=written(query),
        views=tuple(views(query, matches)) if asked(query) else (),
        export=_export(query, listed) if matches.documents else None,
    )


def _ways(query: Query, matches: Matches) -> tuple[Link, ...]:
    """How much was found in each way, where that is several; of documents that hold a part only, no occurrences. Each
    leads to these alone, or to all again."""
    if len(matches.tiers) < 2:
        return ()
    return tuple(
        Link(
            f"{_way(kind)} {tier.documents} 篇" + (f" {tier.occurrences} 处" if tier.occurrences else ""),
            search_address(query, way="" if kind == query.way else kind, page=1),
            current=kind == query.way,
            name=kind,
        )
        for kind, tier in matches.tiers.items()
    )


def _way(kind: str) -> str:
    return WAYS.get(kind, KINDS[kind])


def _way_chip(query: Query) -> tuple[Link, ...]:
    return (Link(f"只看：{_way(query.way)}", search_address(query, way="", page=1), name="way"),) if query.way else ()


def _export(query: Query, listed: int) -> Link:
    rows = f"前 {MOST_ROWS} 篇" if listed > MOST_ROWS else f" {listed} 篇"
    return Link(f"导出{rows}", export_address(query), name="export")


# --- around the cards ----------------------------------------------------------------------------------


def _expansions(query: Query) -> tuple[Expansion, ...]:
    wide = [(term, widening.widened(term, query)) for term in clauses.positive_terms(query.clause)]
    return tuple(Expansion(term.shown, one.synonyms, _offs(query, one.synonyms)) for term, one in wide if one.synonyms)


def _offs(query: Query, synonyms: tuple[str, ...]) -> tuple[Link, ...]:
    """Each synonym with the address of the same search without it."""
    return tuple(
        Link(one, search_address(query, off=(*query.off, one), way="", page=1), name="synonym") for one in synonyms
    )


def _widens(query: Query) -> bool:
    return bool(_expansions(dataclasses.replace(query, synonyms=True, off=())))


# What is listed when nothing holds the terms themselves, by the kind of the best match.
_STEADS = {
    "punctuation": "{none}标点也一样，排在最前的字一样、标点不同",
    "synonym": "{none}原样含有要找的{words}，排在最前的用了同义词{synonym}",
    "scattered": "{none}原样连着写，排在最前的在同一段里含有各个词语",
    "partial": "{none}在同一段里含有全部词语，以下文献只含一部分，或者分散在几段里",
    "suspected_typo": "{none}写得与此完全一样，排在最前的只差一点，标签里写着差在哪里",
    "cross_word": "这几个字在以下文献里只是碰巧跨在别的词里",
}


def _notes(query: Query, matches: Matches, size: int) -> list[str]:
    """What the reader has to know about this answer."""
    notes = []
    best = matches.ranked[0].kind if matches.ranked else ""
    as_typed = matches.tiers.keys() & {"exact", "same_document"}  # another name may stand before it
    first_page = query.page == 1 and query.sort == "relevance" and not query.way
    if best in _STEADS and query.clause and first_page and not as_typed:
        notes.append(_stead(query, best))
    in_part = matches.tiers.get("partial", Tier(0, 0)).documents
    if in_part and best != "partial":
        notes.append(f"其中 {in_part} 篇只含一部分词语，或者分散在几段里，标作“部分词语”，供参考。")
    if matches.left_out:
        terms = "、".join(f"“{term.shown}”" for term in clauses.positive_terms(query.clause))
        notes.append(f"另有 {matches.left_out} 篇只在别的词里碰巧含有{terms}这几个字，未列出；加引号可以查到。")
    if matches.folded:
        notes.append(f"其中 {matches.folded} 篇与列出的文稿内容相近，已折叠在“相近版本”里。")
    if query.sort != "relevance" and not query.way and (undated := undated_in(query, matches)):
        notes.append(f"其中 {undated} 篇日期不详，排在同类的最后。")
    if matches.listed(query.way) > size * parsing.MAX_PAGE:
        notes.append(f"结果较多，只能翻到第 {parsing.MAX_PAGE} 页；请增加检索词或筛选条件。")
    return notes


def _slips(hits: Iterable[Hit]) -> Iterator[str]:
    """That a number of occurrences holds wrong writings, too."""
    if slips := dict.fromkeys(slip for hit in hits for slip in hit.slips):
        yield f"有的文献里另有疑似写错的（{'、'.join(slips)}），一并标出，也算在处数里。"


def _stead(query: Query, best: str) -> str:
    """Which synonym it is can be said where there is only one."""
    synonyms = [synonym for one in _expansions(query) for synonym in one.synonyms]
    return f"{_STEADS[best]}。".format(
        none=read_back.none(query),
        words="词" if len(clauses.positive_terms(query.clause)) == 1 else "全部词语",
        synonym=f"“{synonyms[0]}”" if len(synonyms) == 1 else "",
    )


def _unknown(engine: Engine, query: Query) -> Iterator[str]:
    """The values chosen that no document has, and what there is instead."""
    there = {facet.field: [value.value for value in facet.values] for facet in browse(engine).facets}
    chosen = [item for item in query.filters if not item.excluded]
    alone = [dataclasses.replace(query, clause=None, filters=(item,), page=1) for item in chosen]
    for item, count in zip(chosen, engine.count(alone), strict=True):
        if not count:
            values = there.get(item.field, ())
            others = f"，有的是：{'、'.join(values[:8])}" if values else ""
            yield f"没有{NAMES[item.field]}为“{item.said}”的讲话{others}。"


def _term_chips(query: Query) -> tuple[Link, ...]:
    """Each part of the query that it could do without; none where there is only one."""
    chips = []
    for part in clauses.parts_of(query.clause):
        if rest := forms.without_part(query, part):
            label = read_back.in_words(dataclasses.replace(query, clause=part, filters=()))
            chips.append(Link(label, search_address(rest, way=""), name="term"))
    return tuple(chips)


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
    """What would find something: the search without one of its filters, without all, without quotation marks, each of
    its terms alone."""
    ideas: list[tuple[str, Query]] = []
    for item in query.filters:
        rest = tuple(other for other in query.filters if other != item)
        ideas.append((f"去掉“{label(item)}：{item.said}”", dataclasses.replace(query, filters=rest, page=1)))
    if len(query.filters) > 1:
        ideas.append(("去掉全部筛选", dataclasses.replace(query, filters=(), page=1)))
    terms = clauses.positive_terms(query.clause)
    if any(term.quoted for term in terms):
        bare = parsing.parse(scanning.without_quotes(query.raw))
        ideas.append(("去掉引号", dataclasses.replace(bare, filters=query.filters)))
    if len(terms) > 1:
        ideas += [(f"只找“{term.shown}”", parsing.parse(forms.written(term))) for term in terms]
    elif terms and not terms[0].quoted:
        parts = text.words(terms[0].text)
        ideas += [(f"只找“{part}”", parsing.parse(part)) for part in parts if len(parts) > 1 and len(part) > 1]
    counts = engine.count([idea for _, idea in ideas[:8]])
    counted = zip(ideas, counts, strict=False)
    return tuple(Link(f"{label}（{count} 篇）", search_address(idea)) for (label, idea), count in counted if count)
