"""A document as JSON: the record the index stores, `indexer show --json`, and /api/documents/<id>.

The keys are a contract: those of Document in static/openapi.json, in that order. What is known of a document is written
by going through the fields of Metadata, so that a new one is in the record by itself.
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
    return _record(
        document,
        paragraphs=len(document.paragraphs),
        passages=[_passage(passage) for passage in document.passages],
        text=document.text,
    )


def dumps(document: Document) -> str:
    """The stored form: a line of JSON with all but the text, then the text as it is, of which nothing is unpacked."""
    placed = document.laid_out
    passages = {
        "begins": placed.begins,
        "paragraphs": placed.numbers_of_paragraphs,
        "outlines": placed.outlines,
        "outline_of": placed.outline_of,
        "headings": sorted(placed.headings),
    }
    known = json.dumps(_record(document, passages=passages), ensure_ascii=False, separators=(",", ":"))
    return f"{known}\n{placed.text}"


def _record(document: Document, **of_text: object) -> Record:
    return {
        "id": document.id,
        "external_id": document.external_id,
        **_known(document.metadata),
        "warnings": [asdict(warning) | {"numbers": list(warning.numbers)} for warning in document.warnings],
        "near": list(document.near),
        "copies": [asdict(copy) for copy in document.copies],
        **of_text,
        "original": document.original.path,
        "sha256": document.original.sha256,
        "evidence": _evidence(document.metadata),
    }


def loads(stored: str) -> Document:
    """The document of dumps()."""
    known, _, text = stored.partition("\n")
    record: Record = json.loads(known)
    placed: Record = record["passages"]
    return Document(
        id=record["id"],
        external_id=record["external_id"],
        metadata=_metadata(record),
        passages=Passages(text, **placed | {"outlines": map(tuple, placed["outlines"])}),
        original=Original(record["original"], record["sha256"]),
        warnings=tuple(
            Warning(w["code"], w["message"], w["evidence"], tuple(w.get("numbers", ()))) for w in record["warnings"]
        ),
        near=tuple(record.get("near", ())),  # an index made before there was this key
        copies=tuple(Copy(copy["path"], copy["of"]) for copy in record.get("copies", ())),  # nor this one
    )


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


def _metadata(record: Record) -> Metadata:
    """The inverse of _known() and _evidence(). A field that there was not yet when the record was made is absent."""
    stated: Record = record["evidence"]
    evident = {
        name: Evidence(read(one["value"]), one["text"], one["how"])
        for name, read in EVIDENT.items()
        if (one := stated.get(name))
    }
    plain = {name: record[name] for name in _FIELDS if name in record and name not in EVIDENT}
    speakers = tuple(Speaker(s["name"], s["post"], s["role"], s["evidence"]) for s in record["speakers"])
    return Metadata(**{**evident, **plain, "speakers": speakers})
