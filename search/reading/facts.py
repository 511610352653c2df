"""What is known of a document as lines to print, each with the words that say so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace

from search.documents import labels
from search.documents.document import Document, Evidence, Metadata
from search.reading.values import FactLine

_FIELDS = tuple(field.name for field in fields(Metadata))


def fact_lines(document: Document) -> tuple[FactLine, ...]:
    """Every field that is known in the order of Metadata, and the file; a date or source that is not is said to be."""
    lines = [line for field in _FIELDS for line in _lines(document.metadata, field)]
    return (*(line for line in lines if line.value), FactLine("文件", document.external_id))


def _lines(known: Metadata, field: str) -> list[FactLine]:
    return _OTHERWISE[field](known) if field in _OTHERWISE else [_line(known, field)]


def _line(known: Metadata, field: str) -> FactLine:
    """地区 湖北, with 推定 and the evidence where the field has any."""
    label, held = labels.FIELDS[field], getattr(known, field)
    if isinstance(held, Evidence):
        return FactLine(label, str(held.value), labels.how(held), held.text)
    return FactLine(label, held or "")


def _date(known: Metadata) -> list[FactLine]:
    day = labels.plain_date(known.date.value) if known.date else labels.UNKNOWN_DATE
    return [replace(_line(known, "date"), value=day)]


def _region(known: Metadata) -> list[FactLine]:
    """陕西 延安; the place on a line of its own where it was read elsewhere."""
    line, place = _line(known, "region"), known.place
    if known.region is None or place is None or place.value == known.region.value:
        return [line]
    if (place.text, place.how) == (known.region.text, known.region.how):
        return [replace(line, value=f"{line.value} {place.value}")]
    return [line, _line(known, "place")]


def _speakers(known: Metadata) -> list[FactLine]:
    label = labels.FIELDS["speakers"]
    return [FactLine(label, s.name, "，".join(filter(None, (s.post, s.role))), s.evidence) for s in known.speakers]


def _source(known: Metadata) -> list[FactLine]:
    line = _line(known, "source")
    return [line if line.value else replace(line, value=labels.UNKNOWN_SOURCE)]


def _elsewhere(_known: Metadata) -> list[FactLine]:
    """The title is the headline, the place stands beside its region, whose words they are above the text."""
    return []


_OTHERWISE: Mapping[str, Callable[[Metadata], list[FactLine]]] = {
    "title": _elsewhere,
    "date": _date,
    "region": _region,
    "place": _elsewhere,
    "speakers": _speakers,
    "source": _source,
    "quotable": _elsewhere,
}
