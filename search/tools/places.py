"""A passage of a document as the tools name it: where it is, and what a reader has to know of the document."""

from __future__ import annotations

from dataclasses import dataclass

from search.documents import labels
from search.documents.document import Document, Passage
from search.query.addresses import document_address
from search.query.clauses import Query


@dataclass(frozen=True, slots=True)
class Place:
    """number: of the passage, its anchor; 0 where the whole document is meant, which has no paragraph either."""

    number: int
    paragraph: int
    url: str
    id: str
    title: str
    date: str | None
    date_label: str
    region_label: str


def place(document: Document, passage: Passage | None = None, query: Query | None = None) -> Place:
    """query: what is marked when the place is opened."""
    known = document.metadata
    number = passage.number if passage else 0
    return Place(
        number=number,
        paragraph=passage.paragraph if passage else 0,
        url=document_address(document.id, query, passage=number),
        id=document.id,
        title=known.title.value,
        date=str(known.date.value) if known.date else None,
        date_label=labels.date_label(known.date),
        region_label=labels.region_label(document),
    )


# --- to take away --------------------------------------------------------------------------------------

COLUMNS = ("标题", "日期", "地区", "段号", "地址")


def cells(one: Place) -> tuple[str | int, ...]:
    return one.title, one.date_label, one.region_label, one.paragraph or "", one.url


def as_json(one: Place) -> dict[str, object]:
    return {key: getattr(one, key) for key in ("id", "title", "date", "number", "url")}
