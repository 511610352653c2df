"""From one passage to those of other documents that say the same, each with the reasons: words, and what is word for
word alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search import text
from search.documents.document import Passage
from search.engines import Engine, Stored
from search.query.addresses import document_address, root, table_of_document
from search.reading import related
from search.results.tables import as_table
from search.tools import places
from search.tools.places import Place, place
from search.tools.wording import in_both

MOST = 10
_OPENING = 60  # characters of a passage where its document is listed


@dataclass(frozen=True, slots=True)
class Alike:
    """A passage of another document. words: that both have, the most telling first; wordings: word for word alike."""

    text: str
    words: tuple[str, ...]
    wordings: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Own:
    """A passage of the document itself, to be chosen."""

    text: str
    paragraph: int
    url: str


@dataclass(frozen=True, slots=True)
class SimilarPage:
    """asked: the passage that others are alike to; None where none is chosen: passages are those to choose from."""

    title: str
    notes: tuple[str, ...]
    asked: Own | None
    passages: tuple[Own, ...]
    alike: tuple[Alike, ...]
    back_url: str
    csv_url: str


def similar(engine: Engine, stored: Stored, number: int = 0) -> SimilarPage:
    """number: of the passage; 0 or one that is not there: none is chosen."""
    document = stored.document
    chosen = next((one for one in document.passages if one.number == number), None)
    found = tuple(_alike(engine, stored, chosen)) if chosen else ()
    notes = []
    if number and chosen is None:
        notes.append(f"这篇没有第 {number} 个段落编号，请从下面选一段。")
    elif chosen and not engine.vocabulary().texts:
        notes.append("索引附带的词表读不出来，现在找不了相近的段落；请管理员运行 python -m indexer build --full。")
    elif chosen and not found:
        notes.append("没有找到说同一件事的段落：这一段的词别处很少同时出现。")
    elif chosen:
        notes.append("按共有的词有多少见排列，固定提法不算；每篇只取最接近的一段，相近版本不列。")
    table = table_of_document("similar", document.id)
    return SimilarPage(
        title=document.metadata.title.value,
        notes=tuple(notes),
        asked=_own(document.id, chosen, whole=True) if chosen else None,
        passages=() if chosen else tuple(_own(document.id, one) for one in document.passages if not one.heading),
        alike=found,
        back_url=document_address(document.id, passage=chosen.number if chosen else 0),
        csv_url=f"{table}&p={number}" if found else "",
    )


def similar_address(id: str, number: int = 0) -> str:
    return f"{root.get()}/tools/similar?doc={id}" + (f"&p={number}" if number else "")


def _own(id: str, passage: Passage, *, whole: bool = False) -> Own:
    shown = passage.text if whole or len(passage.text) <= _OPENING else f"{passage.text[:_OPENING]}…"
    return Own(shown, passage.paragraph, similar_address(id, passage.number))


def _alike(engine: Engine, stored: Stored, chosen: Passage) -> Iterator[Alike]:
    document = stored.document
    others = related.related(engine, stored, chosen.number, limit=MOST + len(document.near))
    kept = [one for one in others if one.document.id not in document.near][:MOST]
    body = text.fold(chosen.text)
    runs = in_both(body, [text.fold(one.passage.text) for one in kept])
    for one, spans in zip(kept, runs, strict=True):
        same = dict.fromkeys(chosen.text[start:end] for start, end in spans)
        wordings = tuple(sorted(same, key=len, reverse=True))
        yield Alike(one.passage.text, one.words, wordings, place(one.document, one.passage))


# --- to take away --------------------------------------------------------------------------------------

COLUMNS = ("相近的段落", "都讲到", "一字不差的话", *places.COLUMNS)


def as_csv(page: SimilarPage) -> bytes:
    return as_table(COLUMNS, map(_row, page.alike))


def _row(one: Alike) -> Sequence[str | int]:
    return [one.text, "、".join(one.words), "；".join(one.wordings), *places.cells(one.place)]


def as_json(page: SimilarPage) -> dict[str, object]:
    return {
        "title": page.title,
        "notes": list(page.notes),
        "text": page.asked.text if page.asked else "",
        "alike": [
            {"text": one.text, "words": list(one.words), "wordings": list(one.wordings), **places.as_json(one.place)}
            for one in page.alike
        ],
    }
