"""The one table of what an index record holds, for every engine, and how much a title counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from search.documents.document import Document, Evidence
from search.documents.regions import places_of
from search.documents.warnings import DOUBTS, NO_DOUBT
from search.documents.work_lines import lines_of
from search.text import document_numbers

# Raise it when an index written before can no longer be read; the fingerprint carries it.
VERSION = 14

FieldKind = Literal["id", "words", "grams", "facet", "date", "length", "stored"]


@dataclass(frozen=True, slots=True)
class Field:
    """words: title and passages by words. grams: pairs of characters, at every offset. facet: exact values.

    listed: pages list the values of the facet with their counts; where nearly every document has one of its own they
    only narrow by it.
    """

    name: str
    kind: FieldKind
    label: str = ""
    listed: bool = True


FIELDS = (
    Field("id", "id"),
    Field("words", "words"),
    Field("title_grams", "grams"),
    Field("grams", "grams"),
    Field("region", "facet", "地区"),
    Field("place", "facet"),  # below the province, as paths: regions.places_of()
    Field("year", "facet", "年份"),
    Field("speaker", "facet", "讲话人"),
    Field("genre", "facet", "文种"),
    Field("level", "facet", "级别"),
    Field("line", "facet", "业务条线"),
    Field("source", "facet", "来源"),
    Field("number", "facet", "文号", listed=False),
    Field("quality", "facet", "质量"),
    Field("date", "date", "日期"),
    Field("length", "length"),
    Field("record", "stored"),
    Field("content", "stored"),
)
FACETS = tuple(field for field in FIELDS if field.kind == "facet")
LISTED = tuple(field for field in FACETS if field.listed)
LABELS = {field.name: field.label for field in FACETS if field.label}

# A hit in the title counts as this many in the body. 3: the value most full-text engines ship for titles; the
# relevance harness measures it.
TITLE_WEIGHT = 3.0


# Characters of a facet's value; the longest source seen has 25, so more is a sentence taken for a source.
MAX_VALUE = 60


def facet_values(document: Document, field: str) -> tuple[str, ...]:
    """The values of a document in a facet; none where the fact is not known."""
    return tuple(dict.fromkeys(value[:MAX_VALUE] for value in _VALUES[field](document) if value))


def _held(stated: Evidence[str] | None) -> list[str]:
    return [stated.value] if stated else []


def _number(stated: Evidence[str] | None) -> str:
    """In the one form of all brackets; as it is written where that is another (令第5号)."""
    return document_numbers.number_of(stated.value) or stated.value if stated else ""


def source_name(source: str) -> str:
    """The name in a source as it is stated: 据湖北省民政厅消息 → 湖北省民政厅."""
    name = " ".join(source.split())
    return name.removeprefix("据").removesuffix("消息").strip() or name


_VALUES: dict[str, Callable[[Document], Iterable[str | None]]] = {
    "region": lambda document: _held(document.metadata.region),
    "place": places_of,
    "year": lambda document: [f"{document.metadata.date.value.year:04d}"] if document.metadata.date else [],
    "speaker": lambda document: [speaker.name for speaker in document.metadata.speakers],
    "genre": lambda document: _held(document.metadata.genre),
    "level": lambda document: _held(document.metadata.level),
    "line": lambda document: lines_of(f"{document.metadata.title.value}\n{document.text}"),
    "source": lambda document: [source_name(document.metadata.source.value)] if document.metadata.source else [],
    "number": lambda document: [_number(document.metadata.document_number)],
    "quality": lambda document: [DOUBTS[w.code] for w in document.warnings if w.code in DOUBTS] or [NO_DOUBT],
}
