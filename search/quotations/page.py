"""What the page of a checked draft prints, and its JSON: every label, count and address ready."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.documents import labels
from search.documents.document import Document, Warning
from search.documents.warnings import GRAVE
from search.matching.marks import Piece, pieces
from search.query.addresses import document_address
from search.quotations.claims import Judged
from search.quotations.draft import FEWEST
from search.quotations.values import Checked, Found, Verdict, VerdictKind

# In the order in which somebody puts a draft right.
LABELS: dict[VerdictKind, str] = {
    "changed": "字有出入",
    "punctuation": "标点不同",
    "form": "只字形不同",
    "absent": "未见原文",
    "same": "逐字一致",
    "lead": "出处",
    "short": "太短，未核对",
}
# Those that are verdicts; the others are the rest of the draft, which is shown so that nothing is missing.
JUDGED: tuple[VerdictKind, ...] = ("changed", "punctuation", "form", "absent", "same")
MAX_DOUBTS = 100
MAX_BESIDE = 20  # characters of what is left out of a clause


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: title, address, whose and when, paragraph, the reading there, doubts a citation carries."""

    title: str
    url: str
    about: str
    paragraph: str
    reading: tuple[Piece, ...]
    others: int
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    kind: VerdictKind
    label: str
    quoted: bool
    text: tuple[Piece, ...]
    place: Place | None
    claims: tuple[Judged, ...]
    notes: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Count:
    kind: VerdictKind
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class CheckPage:
    """text: what was handed over, whole. unchecked: how the part that was not checked begins; empty if all was."""

    text: str
    rows: tuple[Row, ...]
    counts: tuple[Count, ...]
    wrong_sources: int
    doubts: tuple[Warning, ...]
    notes: tuple[str, ...]


def page_of(checked: Checked, doubts: Sequence[Warning]) -> CheckPage:
    rows = tuple(map(_row, checked.verdicts))
    numbers = {kind: sum(row.kind == kind for row in rows) for kind in JUDGED}
    return CheckPage(
        text=checked.draft,
        rows=rows,
        counts=tuple(Count(kind, LABELS[kind], number) for kind, number in numbers.items()),
        wrong_sources=sum(any(claim.standing == "other" for claim in row.claims) for row in rows),
        doubts=tuple(doubts[:MAX_DOUBTS]),
        notes=tuple(_notes(checked, rows, len(doubts))),
    )


def _notes(checked: Checked, rows: Sequence[Row], doubts: int) -> Iterator[str]:
    if checked.draft.strip() and not any(row.kind in JUDGED for row in rows):
        yield f"没有可核对的句子：一句至少要有 {FEWEST} 个字。"
    if checked.rest < len(checked.draft):
        rest = checked.draft[checked.rest :].strip()
        yield (
            f"文稿共 {len(checked.draft)} 字，一次核对不完：从“{rest[:20]}”起的 {len(rest)} 字没有核对。"
            "请把这一部分另行粘贴再核对；框里的文字都还在。"
        )
    if doubts > MAX_DOUBTS:
        yield f"文稿自查有 {doubts} 处，只列出前 {MAX_DOUBTS} 处。"


def _row(verdict: Verdict) -> Row:
    label = f"差 {verdict.characters} 字" if verdict.kind == "changed" else LABELS[verdict.kind]
    return Row(
        kind=verdict.kind,
        label=label,
        quoted=verdict.part.kind == "quote",
        text=pieces(verdict.text, verdict.marks),
        place=_place(verdict.found) if verdict.found else None,
        claims=verdict.claims,
        notes=tuple(_said_beside(verdict)),
        verdict=verdict,
    )


def _said_beside(verdict: Verdict) -> Iterator[str]:
    if verdict.kind != "absent" and verdict.found and (verdict.found.before or verdict.found.behind):
        yield f"引的是半句：原文{'，'.join(_rest_of_clause(verdict.found))}"
    if verdict.inner:
        yield "引号里面的引号写成单引号，是国家标准的写法，不算不同"
    if verdict.kind == "form":
        yield "字和标点都对得上，只有全角半角、大小写、繁体简体或异体字不同"
    for one in dict.fromkeys((one.old, one.new, one.since) for one in verdict.renamed):
        yield f"“{one[0]}”是旧称，今称“{one[1]}”" + (f"（{one[2]}）" if one[2] else "")


def _rest_of_clause(found: Found) -> Iterator[str]:
    """What a quotation that begins or ends inside a clause leaves out; the nearest of it, where that is long."""
    cut = len(found.before) > MAX_BESIDE, len(found.behind) > MAX_BESIDE
    if found.before:
        yield f"前面紧接着“{'…' * cut[0]}{found.before[-MAX_BESIDE:]}”"
    if found.behind:
        yield f"后面还有“{found.behind[:MAX_BESIDE]}{'…' * cut[1]}”"


def _place(found: Found) -> Place:
    document = found.document
    grave = dict.fromkeys(GRAVE[one.code] for one in document.warnings if one.code in GRAVE)
    return Place(
        title=document.metadata.title.value + ("（拟题）" if document.metadata.title.inferred else ""),
        url=document_address(document.id, passage=found.first),
        about=" · ".join(filter(None, _about(document))),
        paragraph=_paragraph(found),
        reading=pieces(found.reading, found.marks),
        others=found.others,
        doubts=tuple(grave),
    )


def _about(document: Document) -> Iterator[str]:
    known = document.metadata
    yield "、".join(speaker.name for speaker in known.speakers[:3]) or (known.issuer.value if known.issuer else "")
    yield known.meeting.value if known.meeting and known.meeting.value not in known.title.value else ""
    yield labels.date_label(known.date)
    yield labels.region_label(document)
    yield labels.quotation_label(document)


def _paragraph(found: Found) -> str:
    numbers = [found.document.passages[at - 1].paragraph if at else 0 for at in (found.first, found.last)]
    first, last = ("标题" if not one else f"第 {one} 段" for one in numbers)
    return first if first == last else f"{first}至{last}"


# --- as JSON -------------------------------------------------------------------------------------------


def page_as_json(page: CheckPage) -> dict[str, object]:
    """The object of /api/check. Offsets count characters of the text handed over."""
    return {
        "characters": len(page.text),
        "notes": list(page.notes),
        "counts": {count.kind: count.number for count in page.counts},
        "parts": [_as_json(row) for row in page.rows],
        "doubts": [{"code": one.code, "message": one.message, "evidence": one.evidence} for one in page.doubts],
    }


def _as_json(row: Row) -> dict[str, object]:
    verdict, place = row.verdict, row.place
    return {
        "begin": verdict.part.begin,
        "end": verdict.part.end,
        "quoted": row.quoted,
        "verdict": row.kind,
        "label": row.label,
        "text": verdict.text,
        "marks": [list(span) for span in verdict.marks],
        "characters": verdict.characters,
        "found": _found_as_json(verdict.found, place) if verdict.found and place else None,
        "claims": [
            {"kind": one.claim.kind, "value": one.claim.value, "standing": one.standing, "message": one.message}
            for one in row.claims
        ],
        "notes": list(row.notes),
    }


def _found_as_json(found: Found, place: Place) -> dict[str, object]:
    return {
        "id": found.document.id,
        "title": found.document.metadata.title.value,
        "url": place.url,
        "about": place.about,
        "passages": [found.first, found.last],
        "paragraph": place.paragraph,
        "text": found.reading,
        "marks": [list(span) for span in found.marks],
        "others": found.others,
        "warnings": [one.code for one in found.document.warnings],
    }
