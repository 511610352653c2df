"""数字式提法: sayings that begin with a number (五大体系), and what each text lists under them, if anything."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search import text
from search.documents.document import Document, Passage
from search.engines import Engine
from search.query import read_back
from search.query.addresses import search_address, table_address, written
from search.query.clauses import Query, positive_terms
from search.query.parsing import parse
from search.results.tables import as_table
from search.suggestions import corrections
from search.text import formulas
from search.tools import places
from search.tools.collection import ON_SUBJECT, is_unreadable, not_looked_at
from search.tools.places import Place, place
from search.tools.sayings import Listed, listed, number_of, sayings

# Documents that are opened, the best first; sayings and documents of one on a page, a table holds all.
MOST_DOCUMENTS, MOST_SAYINGS, MOST_TEXTS = 300, 60, 8
_NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Said:
    """A saying in one document. items: what the text lists under it, as written; note: 文中未展开, or how it lists."""

    items: tuple[str, ...]
    note: str
    place: Place


@dataclass(frozen=True, slots=True)
class Saying:
    text: str
    said: tuple[Said, ...]  # those that list something first
    url: str

    @property
    def shown(self) -> Sequence[Said]:
        return self.said[:MOST_TEXTS]


@dataclass(frozen=True, slots=True)
class NumberedPage:
    text: str
    read_as: str
    notes: tuple[str, ...]
    sayings: tuple[Saying, ...]
    documents: int  # opened
    back_url: str
    csv_url: str
    state: str

    @property
    def shown(self) -> Sequence[Saying]:
        return self.sayings[:MOST_SAYINGS]


def numbered(engine: Engine, query: Query) -> NumberedPage:
    """The sayings of the documents that the query finds, of the newest where it asks for nothing."""
    asked = dataclasses.replace(query, page=1, sort="relevance" if query.clause else "newest")
    found = corrections.search_or_correct(engine, asked, limit=MOST_DOCUMENTS, offset=0)
    unreadable = is_unreadable(found.query)
    matches = [match for match in found.matches.ranked if match.kind in ON_SUBJECT and not unreadable]
    documents = [one.document for one in engine.fetch([match.id for match in matches]).values()]
    wanted = [term.text for term in positive_terms(found.query.clause)]
    held = _sayings(documents, wanted)
    notes = [*([found.note] if found.note else []), *query.notes, *read_back.aliases(query)]
    notes += not_looked_at(found.matches, "最相关的" if query.clause else "最近的")
    if unreadable:
        notes = [*query.notes]
    elif not documents:
        notes.append("没有找到文献。")
    elif not held:
        notes.append("这些文献里没有数字式提法。")
    return NumberedPage(
        text=query.raw,
        read_as="没有可查的词" if unreadable else read_back.in_words(found.query) or "全部文献",
        notes=tuple(notes),
        sayings=held,
        documents=len(documents),
        back_url=search_address(found.query, page=1),
        csv_url=table_address("numbered", query) if held else "",
        state=written(query),
    )


def _sayings(documents: Sequence[Document], wanted: Sequence[str]) -> tuple[Saying, ...]:
    """Those asked for first, then those under which something is listed, then those that most documents have."""
    folded = [[text.fold(one.text) for one in document.passages] for document in documents]
    names = dict.fromkeys(one for passages in folded for passage in passages for one in _free(passage, wanted))
    names |= dict.fromkeys(one for one in wanted if next(sayings(f"“{one}”"), "") == one)
    held: dict[str, list[Said]] = {}
    for document, passages in zip(documents, folded, strict=True):
        whole = "\n".join(passages)
        for name in names:
            if name in whole:
                held.setdefault(name, []).append(_said(document, passages, name))
    for said in held.values():
        said.sort(key=lambda one: not one.items)

    def order(name: str) -> tuple[bool, bool, int, str]:
        return not any(one in name for one in wanted), not held[name][0].items, -len(held[name]), name

    ordered = sorted(held, key=order)
    return tuple(Saying(name, tuple(held[name]), search_address(parse(f"“{name}”"))) for name in ordered)


def _free(passage: str, wanted: Sequence[str]) -> Iterator[str]:
    """The sayings of a passage that are not of a formula (“四个意识”), but for those that are asked for."""
    rest = formulas.pattern().sub("。", passage)
    yield from sayings(rest)
    if rest != passage:
        yield from (one for one in sayings(passage) if one in wanted)


def _said(document: Document, passages: Sequence[str], name: str) -> Said:
    """The first passage that lists something under the saying, or else the first that has it."""
    first: Passage | None = None
    for passage, folded in zip(document.passages, passages, strict=True):
        if name not in folded:
            continue
        first = first or passage
        if found := listed(folded, name):
            return Said(_as_written(passage, folded, found), _note(found, name), place(document, passage))
    return Said((), "文中未展开", place(document, first))


def _as_written(passage: Passage, folded: str, found: Listed) -> tuple[str, ...]:
    """The items in the characters of the text: folding keeps lengths."""
    begins, at = [], found.start
    for item in found.items:
        at = folded.index(item, at)
        begins.append((at, at + len(item)))
        at += len(item)
    return tuple(passage.text[start:end] for start, end in begins)


def _note(found: Listed, name: str) -> str:
    items = len(found.items)
    counted = _NUMERALS[items] if items <= 10 else str(items)
    return f"列出{counted}项，原文有“等”" if found.open else f"列出{counted}项"


# --- to take away --------------------------------------------------------------------------------------

COLUMNS = ("提法", "数", "篇数", "列出的内容（照原文）", "说明", *places.COLUMNS)


def as_csv(page: NumberedPage) -> bytes:
    """A row a document of a saying."""
    return as_table(COLUMNS, _rows(page))


def _rows(page: NumberedPage) -> Iterator[list[str | int]]:
    for one in page.sayings:
        for said in one.said:
            items = "；".join(said.items)
            yield [one.text, number_of(one.text), len(one.said), items, said.note, *places.cells(said.place)]


def as_json(page: NumberedPage) -> dict[str, object]:
    return {
        "query": {"text": page.text, "read_as": page.read_as, "notes": list(page.notes)},
        "documents": page.documents,
        "total": len(page.sayings),
        "sayings": [
            {
                "text": one.text,
                "documents": len(one.said),
                "said": [
                    {"items": list(said.items), "note": said.note, **places.as_json(said.place)} for said in one.shown
                ],
            }
            for one in page.shown
        ],
    }
