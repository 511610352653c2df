"""The one table of what an index record holds, for every engine, and how much a title counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from search.model import Document

# Raise it when an index written before can no longer be read; the fingerprint carries it.
VERSION = 4

Kind = Literal["id", "words", "grams", "facet", "date", "length", "stored"]


@dataclass(frozen=True, slots=True)
class Field:
    """words: title and passages by words. grams: pairs of characters, at every offset. facet: exact values."""

    name: str
    kind: Kind
    label: str = ""


FIELDS = (
    Field("id", "id"),
    Field("words", "words"),
    Field("title_grams", "grams"),
    Field("grams", "grams"),
    Field("region", "facet", "地区"),
    Field("year", "facet", "年份"),
    Field("speaker", "facet", "讲话人"),
    Field("genre", "facet", "文种"),
    Field("level", "facet", "级别"),
    Field("date", "date", "日期"),
    Field("length", "length"),
    Field("record", "stored"),
)
FACETS = tuple(field for field in FIELDS if field.kind == "facet")
LABELS = {field.name: field.label for field in FACETS}

# A hit in the title counts as this many in the body. 3: the value most full-text engines ship for titles; the
# relevance harness measures it.
TITLE_WEIGHT = 3.0

# The words field numbers its positions passage * PASSAGE_STRIDE + word, so that two words are in one passage when
# position // PASSAGE_STRIDE is equal; a passage has at most 2,000 characters. The title is passage 0.
PASSAGE_STRIDE = 2048


def facet_values(document: Document, field: str) -> tuple[str, ...]:
    """The values of a document in a facet; none where the fact is not known."""
    values: dict[str, tuple[str | None, ...]] = {
        "region": (document.region.value if document.region else None,),
        "year": (f"{document.date.value.year:04d}" if document.date else None,),
        "speaker": tuple(speaker.name for speaker in document.speakers),
        "genre": (document.genre,),
        "level": (document.level,),
    }
    return tuple(dict.fromkeys(value for value in values[field] if value))
