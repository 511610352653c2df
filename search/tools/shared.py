"""共同表述: what a document, a draft or a region says in the same words as others, the longest first, and which of the
documents is the earliest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from search import text
from search.documents import labels
from search.documents.document import Document
from search.engines import Engine, Stored
from search.index.analysis import content_words
from search.query.addresses import document_address, table_of_document, table_of_text
from search.query.clauses import AnyOf, Query, Term
from search.reading.related import key_words
from search.results.tables import as_table
from search.tools.wording import SHORTEST, in_both

# Documents that a text is compared with, those most alike, wordings on a page, and characters of a draft.
MOST_DOCUMENTS, MOST_WORDINGS, MOST_CHARACTERS = 60, 100, 5_000


@dataclass(frozen=True, slots=True)
class Holder:
    """A document that has a wording; url: the passage in which it begins."""

    id: str
    title: str
    date: str | None
    date_label: str
    region_label: str
    paragraph: int
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Wording:
    """text: as it is written here. here: where in the document, None in a draft. first: the earliest of all that have
    it, None where that is not known."""

    text: str
    here: Holder | None
    others: tuple[Holder, ...]
    first: Holder | None
    undated: int  # of all that have it

    @property
    def characters(self) -> int:
        return len(self.text)


@dataclass(frozen=True, slots=True)
class CommonPage:
    title: str
    notes: tuple[str, ...]
    wordings: tuple[Wording, ...]
    documents: int  # compared with
    back_url: str
    csv_url: str

    @property
    def shown(self) -> Sequence[Wording]:
        return self.wordings[:MOST_WORDINGS]


def common(engine: Engine, stored: Stored, other: Stored | None = None) -> CommonPage:
    """With one other document, or with those most alike."""
    document = stored.document
    alike = [] if other else _alike(engine, key_words(engine, stored.content_words), {document.id, *document.near})
    others = [other.document] if other else alike
    offsets = document.offsets  # reckoned anew at each asking
    wordings = _wordings(document.text, others, lambda at: holder(document, offsets, at))
    return CommonPage(
        title=document.metadata.title.value + (f" × {other.document.metadata.title.value}" if other else ""),
        notes=(*notes_of(wordings), *([] if other else [f"{_compared(others)}；相近版本不比。"])),
        wordings=wordings,
        documents=len(others),
        back_url=document_address(document.id),
        csv_url=table_of_document("common", document.id, other.document.id if other else ""),
    )


def common_of_draft(engine: Engine, draft: str) -> CommonPage:
    """What a draft, as far as it is looked at, says in the same words as the documents most alike."""
    shown = draft[:MOST_CHARACTERS]
    words = content_words([text.fold(line) for line in shown.split("\n")])
    others = _alike(engine, key_words(engine, words, fewest=1), set())
    wordings = _wordings(shown, others, lambda at: None)
    notes = [*notes_of(wordings), f"{_compared(others)}。"]
    if len(draft) > MOST_CHARACTERS:
        notes.append(f"草稿共 {len(draft)} 字，只看了前 {MOST_CHARACTERS} 字。")
    return CommonPage("草稿", tuple(notes), wordings, len(others), "", table_of_text("common", draft))


def _compared(others: Sequence[Document]) -> str:
    return f"与用词最接近的 {len(others)} 篇比过，没有与其余的比"


def notes_of(wordings: Sequence[Wording]) -> Iterator[str]:
    yield f"连着 {SHORTEST} 个字以上一字不差才算；固定提法不算。“最早”只就比过的文献说。"
    if not wordings:
        yield "没有找到一字不差的共同表述。"
    if len(wordings) > MOST_WORDINGS:
        yield f"共 {len(wordings)} 处，这里列出最长的 {MOST_WORDINGS} 处，其余在导出的表格里。"


def _alike(engine: Engine, telling: Iterable[str], aside: set[str]) -> list[Document]:
    """The documents that hold most of the words that are telling of a text; aside: itself and its near-duplicates."""
    if not telling:
        return []
    query = Query(raw="", text="", clause=AnyOf(tuple(Term(word, word, quoted=True) for word in telling)))
    (listed,) = engine.first([query], limit=MOST_DOCUMENTS + len(aside))
    ids = [id for id in listed if id not in aside]
    return [one.document for one in engine.fetch(ids[:MOST_DOCUMENTS]).values()]


def _wordings(shown: str, others: Sequence[Document], here: Callable[[int], Holder | None]) -> tuple[Wording, ...]:
    """here: the place of an offset of the text itself."""
    bodies = [text.fold(one) for one in (shown, *(other.text for other in others))]
    holders: dict[str, tuple[int, dict[int, int]]] = {}  # wording -> where here, other -> where there
    for number, runs in enumerate(in_both(bodies[0], bodies[1:]), start=1):
        for start, end in runs:
            _, places = holders.setdefault(bodies[0][start:end], (start, {}))
            places.setdefault(number, bodies[number].find(bodies[0][start:end]))
    offsets = [one.offsets for one in others]
    found = [
        wording(shown[start : start + len(folded)], here(start), [
            holder(others[number - 1], offsets[number - 1], at) for number, at in places.items()
        ])
        for folded, (start, places) in holders.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.characters, one.here.number if one.here else 0)))


def wording(shown: str, here: Holder | None, others: Sequence[Holder]) -> Wording:
    everywhere = (*([here] if here else []), *others)
    dated = [one for one in everywhere if one.date]
    first = min(dated, key=lambda one: _day(one, "-99"), default=None)
    sure = first and all(_day(first, "-99") < _day(one, "-00") for one in dated if one is not first)
    return Wording(shown, here, tuple(others), first if sure else None, len(everywhere) - len(dated))


def _day(one: Holder, unknown: str) -> str:
    """A date to compare by: where month or day is not known, the last (-99) or the first (-00) it can be."""
    date = one.date or ""
    return date + unknown * (2 - date.count("-"))


def holder(document: Document, offsets: Sequence[int], at: int) -> Holder:
    known = document.metadata
    passage = document.passages[bisect_right(offsets, at) - 1]
    return Holder(
        id=document.id,
        title=known.title.value,
        date=str(known.date.value) if known.date else None,
        date_label=labels.date_label(known.date),
        region_label=labels.region_label(document),
        paragraph=passage.paragraph,
        number=passage.number,
        url=document_address(document.id, passage=passage.number),
    )


# --- to take away --------------------------------------------------------------------------------------

COLUMNS = ("共同表述", "字数", "本文段号", "本文地址", "也见于", "日期", "地区", "段号", "地址", "比过的文献中最早")


def as_csv(page: CommonPage) -> bytes:
    return as_table(COLUMNS, _rows(page.wordings))


def _rows(wordings: Sequence[Wording]) -> Iterator[list[str | int]]:
    for one in wordings:
        first = f"{one.first.date_label}，{one.first.title}" if one.first else "分不出先后"
        for other in one.others:
            there = (other.title, other.date_label, other.region_label, other.paragraph, other.url)
            here = (one.here.paragraph, one.here.url) if one.here else ("", "")
            yield [one.text, one.characters, *here, *there, first]


def as_json(page: CommonPage) -> dict[str, object]:
    keys = ("id", "title", "date", "number", "url")

    def told(one: Holder) -> dict[str, object]:
        return {key: getattr(one, key) for key in keys}

    return {
        "title": page.title,
        "notes": list(page.notes),
        "documents": page.documents,
        "total": len(page.wordings),
        "wordings": [
            {
                "text": one.text,
                "here": told(one.here) if one.here else None,
                "others": [told(other) for other in one.others],
                "first": told(one.first) if one.first else None,
                "undated": one.undated,
            }
            for one in page.shown
        ],
    }
