"""The card of a document found, ready to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from search import text
from search.documents import formats, labels
from search.documents.document import Document, Passage
from search.documents.passages import Passages
from search.documents.second_hand import cited
from search.documents.warnings import DOUBTS
from search.engines import Engine, Stored
from search.matching import cut_figures, marks, nearly
from search.matching.folded import Edges
from search.matching.matches import CALLED, LEVELS, BestPassage, Match
from search.query.addresses import document_address, passage_address
from search.query.clauses import Query, positive_terms
from search.results import snippets
from search.results.values import Hit, Snippet

PASSAGES_PER_HIT = 3
# Folded away on a card, and characters of them on a page: with 300 a page of the longest passages is less than 60 KB.
MORE_PER_HIT, MORE_CHARACTERS = 2, 300
MOST_PASSAGES = PASSAGES_PER_HIT + MORE_PER_HIT
KINDS = {
    "exact": "精确",
    "same_document": "同篇不同段",
    "punctuation": "标点不同",
    "synonym": "同义词",
    "suspected_typo": "疑似错字",
    "scattered": "词语分散",
    "partial": "部分词语",
    "cross_word": "疑似跨词",
}
# What a way of finding is called where it is counted: 原话 24 篇; others as on a card.
WAYS = {"exact": "原话", "synonym": "同义", "scattered": "分散", "partial": "部分"}


def card(document: Document, match: Match, query: Query, edges: Edges, *, most: int = MOST_PASSAGES) -> Hit:
    """A document found, ready to print, with so many passages at most; edges: where words begin and end in it
    (Engine.edges)."""
    marked = marks.mark(document, query, edges)
    return _hit(document, match, query, marked, snippets.quotations(document, marked, limit=most))


def _hit(
    document: Document, match: Match, query: Query, marked: marks.Marked, quoted: Sequence[snippets.Quotation]
) -> Hit:
    known = document.metadata
    if not quoted and document.passages:
        each = (document.passages[at] for at in range(len(document.passages)))
        opening = next((p for p in each if not p.heading and len(p.text) > 20), document.passages[0])
        quoted = (snippets.Quotation(opening.number, _opening(opening.text), ()),)
    address = document_address(document.id, query)
    shown = tuple(_snippet(document, address, marked, quotation) for quotation in quoted)
    return Hit(
        id=document.id,
        external_id=document.external_id,
        title=known.title.value,
        title_marks=marked.title,
        title_note=labels.title_note(document),
        url=passage_address(address, quoted[0].number) if quoted else address,
        date=str(known.date.value) if known.date else None,
        date_precision=known.date.value.precision if known.date else "unknown",
        date_label=labels.date_label(known.date),
        date_note=labels.date_note(known.date),
        region=known.region.value if known.region else None,
        region_label=labels.region_label(document),
        issuer=known.issuer.value if known.issuer else None,
        document_number=known.document_number.value if known.document_number else None,
        speakers=tuple(speaker.name for speaker in known.speakers),
        speaker_label="、".join(f"{s.name}（{s.post}）" if s.post else s.name for s in known.speakers),
        level=known.level.value if known.level else None,
        genre=known.genre.value if known.genre else None,
        genre_label=labels.genre_label(document),
        quotation_label=labels.quotation_label(document),
        source_label=labels.source_label(document),
        format_label=formats.format_label(document),
        warnings=document.warnings,
        doubts=tuple(warning for warning in document.warnings if warning.code in DOUBTS),
        score=round(match.score, 4),
        why=_why(match, document),
        match=match.kind,
        match_label=_match_label(match, marked, query),
        slips=marked.typos if match.kind != "suspected_typo" else (),
        occurrences=match.occurrences,
        near_duplicates=max(0, len(document.near) - 1) + len(document.copies),
        passages=shown[:PASSAGES_PER_HIT],
        more=shown[PASSAGES_PER_HIT:],
    )


def cards_of(engine: Engine, query: Query, ranked: Sequence[Match], *, most: int = MOST_PASSAGES) -> list[Hit]:
    """The cards of documents found, all fetched at once; a document that is gone has none."""
    return cards_from(engine.fetch([match.id for match in ranked]), query, ranked, most=most)


def cards_from(
    stored: Mapping[str, Stored], query: Query, ranked: Sequence[Match], *, most: int = MOST_PASSAGES
) -> list[Hit]:
    found = [(stored[match.id], match) for match in ranked if match.id in stored]
    # A step of all cards after the other: ten documents are marked, quoted and put together so in a tenth less of time
    # than one after the other, as the processor keeps what a step needs at hand.
    marked = [marks.mark(one.document, query, one.edges) for one, _ in found]
    quoted = [snippets.quotations(where.page.document, where, limit=most) for where in marked]
    each = zip(found, marked, quoted, strict=True)
    return [_hit(one.document, match, query, where, cut) for (one, match), where, cut in each]


def bounded(hits: list[Hit]) -> tuple[Hit, ...]:
    """The cards, the last of them without what is folded away when that would be too much for one page."""
    kept: list[Hit] = []
    left = MORE_CHARACTERS
    for hit in hits:
        left -= sum(len(quoted.text) for quoted in hit.more)
        kept.append(hit if left >= 0 else hit._replace(more=()))
    return tuple(kept)


def _snippet(document: Document, address: str, marked: marks.Marked, quotation: snippets.Quotation) -> Snippet:
    return Snippet(
        number=quotation.number,
        url=passage_address(address, quotation.number),
        outline=_place(document.laid_out, quotation.number - 1),
        text=quotation.text,
        marks=quotation.marks,
        paragraph=document.laid_out.numbers_of_paragraphs[quotation.number - 1],
        cited=document.metadata.quotable and _is_cited(document, marked, document.passages[quotation.number - 1]),
    )


def _place(placed: Passages, at: int) -> tuple[str, ...]:
    """The place in the outline; what follows an item of its paragraph without being in it says so: 慈善工作（其后）."""
    paragraph, outline = placed.numbers_of_paragraphs[at], placed.outlines[placed.outline_of[at]]
    while at and placed.numbers_of_paragraphs[at - 1] == paragraph:
        at -= 1
        before = placed.outlines[placed.outline_of[at]]
        if before[: len(outline)] != outline:
            break
        if len(before) > len(outline):
            return (*outline, f"{before[len(outline)]}（其后）")
    return outline


def _is_cited(document: Document, marked: marks.Marked, passage: Passage) -> bool:
    """Whether anything found in a passage stands in words that the speaker cites: some of it is enough to warn of."""
    if not (spans := cited(document, passage.text)):
        return False
    at = document.offsets[passage.number - 1]
    first, last = document.laid_out.paragraph_span(passage.paragraph)
    found = [span for span in marked.body if first <= span[0] <= last]
    return any(start - at < end and begin < stop - at for start, stop in found for begin, end in spans)


def _opening(shown: str) -> str:
    return shown if len(shown) <= 120 else shown[:120] + "…"


_EVIDENCE = {
    "literal": "原词",
    "name": "另一名称",
    "punctuation": "标点不同",
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
    level = LEVELS.index(match.level)
    tier = f"排在“{KINDS[CALLED[level]]}”一档；同档之内按得分排，合计 {match.score:.2f} 分"
    return (*said, tier)


def _named(synonym: str, query: Query) -> str:
    """五保（旧称，今称特困人员）; the synonym alone where its kind is not known, or says nothing new."""
    said = (text.relation(term.text, synonym) for term in positive_terms(query.clause))
    return next((f"{synonym}（{one}）" for one in said if one), synonym)


def _best_passage(best: BestPassage, document: Document) -> str:
    place = f"第 {document.laid_out.numbers_of_paragraphs[best.number - 1]} 段" if best.number else "标题"
    near = f"，最多 {best.near} 个同在一句" if best.near > 1 else ""
    headed = f"，{best.headed} 个在小标题里" if best.headed else ""
    return f"最好的一段（{place}）：含 {best.held} 个检索词{near}{headed}，加 {best.points:.2f} 分"


# Ways of finding a long wording in which a document may have it but for one character.
_LOOSE = ("scattered", "suspected_typo", "partial")


def _differing(marked: marks.Marked, query: Query) -> str:
    """Which character of a long wording is another one in the document; empty where it does not have it so."""
    here = [one for one in query.signs if one in marked.page.body or one in marked.page.title]
    terms = [term.text for term in positive_terms(query.clause)] if here else []
    found = (nearly.difference(term, one) for one in here for term in terms if nearly.is_nearly(term, one))
    wanted, there = next(filter(None, found), ("", ""))
    if not wanted:
        return f"原文多“{there}”" if there else ""
    return f"原文作“{there}”，不是“{wanted}”" if there else f"原文没有“{wanted}”"


def _figures(marked: marks.Marked, query: Query) -> tuple[str, ...]:
    """The figures of the document of which the query has a part, at the beginning or end of a long wording."""
    texts = [term.text for term in positive_terms(query.clause)]
    found = (cut_figures.whole_figures(t, one) for one in marked.typos for t in texts if cut_figures.is_cut(t, one))
    return next(found, ())


def _match_label(match: Match, marked: marks.Marked, query: Query) -> str:
    differing = _differing(marked, query) if match.kind in _LOOSE else ""
    if match.kind == "suspected_typo" and (figures := _figures(marked, query)):
        return f"数字不全：原文作“{'”“'.join(figures)}”"
    if differing:
        return f"差一字：{differing}" if match.kind == "suspected_typo" else f"{KINDS[match.kind]}，差一字：{differing}"
    named = tuple(_named(one, query) for one in marked.synonyms)
    stead = {"synonym": named, "suspected_typo": marked.typos}.get(match.kind, ())
    also = f"，{KINDS['synonym']}：{'、'.join(named)}" if named and match.kind == "punctuation" else ""
    if marked.typos and match.kind != "suspected_typo":
        also += f"，另有疑似错字：{'、'.join(marked.typos)}"
    return KINDS[match.kind] + (f"：{'、'.join(stead)}" if stead else "") + also
