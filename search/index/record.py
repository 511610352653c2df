"""A document as JSON: the record the index stores, `indexer show --json`, and /api/documents/<id>."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypedDict

from search.documents.document import (
    Copy,
    Document,
    Evidence,
    How,
    Metadata,
    Original,
    PartialDate,
    Passage,
    Speaker,
    Warning,
)


class Stated(TypedDict):
    value: str
    text: str
    how: How


class SpeakerRecord(TypedDict):
    name: str
    post: str | None
    role: str
    evidence: str


class WarningRecord(TypedDict):
    code: str
    message: str
    evidence: str


class CopyRecord(TypedDict):
    path: str
    of: str


class PassageRecord(TypedDict):
    number: int
    paragraph: int
    outline: list[str]
    heading: bool
    text: str


class Record(TypedDict):
    """The contract's keys, and `evidence`: field -> the value with the words it was read from."""

    id: str
    external_id: str
    title: str
    title_source: str
    date: str | None
    date_precision: str
    date_inferred: bool
    date_evidence: str | None
    region: str | None
    region_inferred: bool
    place: str | None
    level: str | None
    issuer: str | None
    meeting: str | None
    speakers: list[SpeakerRecord]
    source: str | None
    genre: str | None
    quotable: bool
    warnings: list[WarningRecord]
    near: list[str]
    copies: list[CopyRecord]
    paragraphs: int
    passages: list[PassageRecord]
    text: str
    original: str
    sha256: str
    evidence: dict[str, Stated]


_EVIDENT = ("title", "date", "region", "issuer", "meeting", "source")


def as_json(document: Document) -> Record:
    """Everything that is known of a document; an absent fact is None."""
    known = document.metadata
    evidence = {name: stated for name in _EVIDENT if (stated := _stated(known, name))}
    title_source = known.title.how if known.title.how != "inferred" else "derived"
    return Record(
        id=document.id,
        external_id=document.external_id,
        title=known.title.value,
        title_source=title_source,
        date=str(known.date.value) if known.date else None,
        date_precision=known.date.value.precision if known.date else "unknown",
        date_inferred=bool(known.date and known.date.inferred),
        date_evidence=(known.date.text or None) if known.date else None,
        region=known.region.value if known.region else None,
        region_inferred=bool(known.region and known.region.inferred),
        place=known.place,
        level=known.level,
        issuer=known.issuer.value if known.issuer else None,
        meeting=known.meeting.value if known.meeting else None,
        speakers=[SpeakerRecord(name=s.name, post=s.post, role=s.role, evidence=s.evidence) for s in known.speakers],
        source=known.source.value if known.source else None,
        genre=known.genre,
        quotable=known.quotable,
        warnings=[WarningRecord(code=w.code, message=w.message, evidence=w.evidence) for w in document.warnings],
        near=list(document.near),
        copies=[CopyRecord(path=copy.path, of=copy.of) for copy in document.copies],
        paragraphs=len(document.paragraphs),
        passages=[
            PassageRecord(
                number=p.number, paragraph=p.paragraph, outline=list(p.outline), heading=p.heading, text=p.text
            )
            for p in document.passages
        ],
        text=document.text,
        original=document.original.path,
        sha256=document.original.sha256,
        evidence=evidence,
    )


def dumps(document: Document) -> str:
    """The stored form: as_json() without the text that the passages hold already."""
    record = {name: value for name, value in as_json(document).items() if name not in ("text", "paragraphs")}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def loads(stored: str) -> Document:
    """The document of dumps()."""
    record: Record = json.loads(stored)
    return Document(
        id=record["id"],
        external_id=record["external_id"],
        metadata=_metadata(record),
        passages=tuple(
            Passage(p["number"], p["paragraph"], p["text"], tuple(p["outline"]), p["heading"])
            for p in record["passages"]
        ),
        original=Original(record["original"], record["sha256"]),
        warnings=tuple(Warning(w["code"], w["message"], w["evidence"]) for w in record["warnings"]),
        near=tuple(record.get("near", ())),  # an index made before there was this key
        copies=tuple(Copy(copy["path"], copy["of"]) for copy in record.get("copies", ())),  # nor this one
    )


def _metadata(record: Record) -> Metadata:
    evidence = record["evidence"]
    date = evidence.get("date")
    return Metadata(
        title=_evidence(evidence, "title") or Evidence(record["title"]),
        date=Evidence(PartialDate.parse(date["value"]), date["text"], date["how"]) if date else None,
        region=_evidence(evidence, "region"),
        place=record["place"],
        level=record["level"],
        issuer=_evidence(evidence, "issuer"),
        meeting=_evidence(evidence, "meeting"),
        speakers=tuple(Speaker(s["name"], s["post"], s["role"], s["evidence"]) for s in record["speakers"]),
        source=_evidence(evidence, "source"),
        genre=record["genre"],
        quotable=record["quotable"],
    )


def _stated(known: Metadata, name: str) -> Stated | None:
    evidence: Evidence[str] | Evidence[PartialDate] | None = getattr(known, name)
    return Stated(value=str(evidence.value), text=evidence.text, how=evidence.how) if evidence else None


def _evidence(evidence: Mapping[str, Stated], name: str) -> Evidence[str] | None:
    stated = evidence.get(name)
    return Evidence(stated["value"], stated["text"], stated["how"]) if stated else None
