"""A document as JSON for programs (`indexer show --json`, /api/documents/<id>), and as the index stores it.

The keys for programs are a contract: those of Document in static/openapi.json, in that order. What is known of a
document is written by going through the fields of Metadata, so that a new one is in both by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import Any

from search.documents.document import (
    EVIDENT,
    Copy,
    Document,
    Evidence,
    Metadata,
    Original,
    PartialDate,
    Passage,
    Speaker,
    Warning,
)
from search.documents.passages import Passages

Record = dict[str, Any]

_FIELDS = tuple(field.name for field in fields(Metadata))


def as_json(document: Document) -> Record:
    """Everything that is known of a document; an absent fact is None."""
    return {
        "id": document.id,
        "external_id": document.external_id,
        **_known(document.metadata),
        "warnings": [asdict(warning) | {"numbers": list(warning.numbers)} for warning in document.warnings],
        "near": list(document.near),
        "copies": [asdict(copy) for copy in document.copies],
        "paragraphs": len(document.paragraphs),
        "passages": [_passage(passage) for passage in document.passages],
        "text": document.text,
        "original": document.original.path,
        "sha256": document.original.sha256,
        "evidence": _evidence(document.metadata),
    }


def _passage(passage: Passage) -> Record:
    return {
        "number": passage.number,
        "paragraph": passage.paragraph,
        "outline": list(passage.outline),
        "heading": passage.heading,
        "text": passage.text,
    }


# --- what is known of it -------------------------------------------------------------------------------


def _known(known: Metadata) -> Record:
    """Every field, each followed by the other keys that tell of it."""
    record: Record = {}
    for name in _FIELDS:
        record[name] = _plain(getattr(known, name))
        if name in _BESIDE:
            record |= _BESIDE[name](known)
    return record


def _plain(held: object) -> object:
    if isinstance(held, Evidence):
        return str(held.value)
    return [asdict(one) for one in held] if isinstance(held, tuple) else held


def _dated(date: Evidence[PartialDate] | None) -> Record:
    return {
        "date_precision": date.value.precision if date else "unknown",
        "date_inferred": bool(date and date.inferred),
        "date_evidence": (date.text or None) if date else None,
    }


# Field → its other keys. They were there before `evidence`, which says the same of every field that has any.
_BESIDE: Mapping[str, Callable[[Metadata], Record]] = {
    "title": lambda known: {"title_source": known.title.how if known.title.how != "inferred" else "derived"},
    "date": lambda known: _dated(known.date),
    "region": lambda known: {"region_inferred": bool(known.region and known.region.inferred)},
}


def _evidence(known: Metadata) -> Record:
    """Field → the value with the words it was read from, for the fields that are known."""
    held: dict[str, Evidence[object] | None] = {name: getattr(known, name) for name in EVIDENT}
    return {name: {"value": str(e.value), "text": e.text, "how": e.how} for name, e in held.items() if e}


# --- as it is stored -----------------------------------------------------------------------------------


def dumps(document: Document) -> str:
    """The stored form of engines that keep strings (packed.py is that of others): a line of JSON with all but the text,
    then the text as it is, of which nothing is unpacked."""
    placed = document.laid_out
    of_passages: Record = {
        "begins": placed.begins,
        "paragraphs": placed.numbers_of_paragraphs,
        "outlines": placed.outlines,
        "outline_of": placed.outline_of,
        "headings": sorted(placed.headings),
    }
    known = facts(document) | {key: value for key, value in of_passages.items() if value}
    return f"{json.dumps(known, ensure_ascii=False, separators=(',', ':'))}\n{placed.text}"


def loads(stored: str) -> Document:
    """The document of dumps()."""
    known, _, text = stored.partition("\n")
    record: Record = json.loads(known)
    return document_of(
        record,
        Passages(
            text,
            record.get("begins", ()),
            record.get("paragraphs", ()),
            map(tuple, record.get("outlines", ())),
            record.get("outline_of", ()),
            record.get("headings", ()),
        ),
    )


def facts(document: Document) -> Record:
    """All but the passages, for JSON.

    A page opens ten of them, so what is not known is left out and what has several parts is a list of them: of a piece
    of news that is read in three quarters of the time that a key for each of them takes.
    """
    known = document.metadata
    always: Record = {
        "id": document.id,
        "external_id": document.external_id,
        "original": (document.original.path, document.original.sha256),
        "known": _stated(known),
    }
    others: Record = {
        "plain": {name: value for name in _PLAIN if (value := getattr(known, name))},
        "speakers": [(one.name, one.post, one.role, one.evidence) for one in known.speakers],
        "warnings": [(one.code, one.message, one.evidence, one.numbers) for one in document.warnings],
        "near": document.near,
        "copies": [(one.path, one.of) for one in document.copies],
    }
    return always | {key: value for key, value in others.items() if value}


def document_of(record: Record, passages: Passages) -> Document:
    """The document of facts(), and of what it does not tell."""
    return Document(
        record["id"],
        record["external_id"],
        _metadata(record),
        passages,
        Original(*record["original"]),
        tuple(Warning(code, said, seen, tuple(numbers)) for code, said, seen, numbers in record.get("warnings", ())),
        tuple(record.get("near", ())),
        tuple(Copy(*copy) for copy in record.get("copies", ())),
    )


# The fields of Metadata that are neither Evidence nor speakers.
_PLAIN = tuple(name for name in _FIELDS if name not in EVIDENT and name != "speakers")


def _stated(known: Metadata) -> Record:
    """Field → its value, the words it was read from, how; the last two left out where they are the usual ones."""
    held: dict[str, Evidence[object] | None] = {name: getattr(known, name) for name in EVIDENT}
    return {name: _short(one) for name, one in held.items() if one}


def _short(stated: Evidence[object]) -> list[str]:
    said = [str(stated.value), stated.text, stated.how]
    return said if stated.how != "stated" else said[:2] if stated.text else said[:1]


def _metadata(record: Record) -> Metadata:
    """A field that there was not yet when the record was made is not known."""
    evident = {name: Evidence(EVIDENT[name](value), *said) for name, (value, *said) in record["known"].items()}
    speakers = tuple(Speaker(*one) for one in record.get("speakers", ()))
    return Metadata(**evident, **record.get("plain", {}), speakers=speakers)  # type: ignore[arg-type]
