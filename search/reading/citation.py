"""How a document is cited: GB/T 7714 for a list of references, and in brackets behind a quotation."""

from __future__ import annotations

from datetime import date

from search.documents import labels
from search.documents.document import Document, Metadata
from search.documents.warnings import GRAVE

_MEETINGS = ("会议报道", "学习会报道", "讲话稿", "发言稿", "致辞")
# A person's words: the body that held the meeting is not their author. 工作报告 and 经验交流 are a body's own.
_SPOKEN = (None, "讲话稿", "发言稿", "致辞")


def citation(document: Document, *, link: str, today: date) -> str:
    """GB/T 7714—2025 for electronic resources: what is not known is said or left out, never made up.

    The meeting's date is not a date of publication, so it stands in the note, with the name of every doubt about the
    text. The form is that of published tools for the standard, whose own text is not free to read: . and [ ] in half
    width, other signs of it (of which there is none here) in full width, then the day it was read and the address.
    """
    known = document.metadata
    author = _author(known) or "[作者不详]"
    title = known.title.value + ("（拟题）" if known.title.inferred else "")
    notes = [f"发文字号：{known.document_number.value}"] if known.document_number else []
    notes += [_dated(known), f"来源：{known.source.value}" if known.source else labels.UNKNOWN_SOURCE]
    notes.append(labels.quotation_label(document).replace("转述", ""))
    notes += [doubts] if (doubts := _doubts(document)) else []
    return f"{author}. {title}[EB/OL]. [{today.isoformat()}]. {link}.\n{'；'.join(notes)}"


def _author(known: Metadata) -> str:
    """Who answers for the words: the speaker of a speech, the body that issued anything else; empty if not known."""
    if known.quotable and known.speakers:
        return known.speakers[0].name
    is_spoken = known.quotable and _genre(known) in _SPOKEN
    return known.issuer.value if known.issuer and not is_spoken else ""


def _genre(known: Metadata) -> str | None:
    return known.genre.value if known.genre else None


def _dated(known: Metadata) -> str:
    if known.date is None:
        return labels.UNKNOWN_DATE
    kind = "会议日期" if known.meeting or _genre(known) in _MEETINGS else "日期"
    return f"{kind}：{known.date.value}{'（年份据正文推定）' if known.date.inferred else ''}"


def source_words(document: Document) -> str:
    """What official papers put behind a quotation: （会议，日期，据来源）. static/reading.js puts the two together.

    A report is cited by its meeting, for it is not the speaker who wrote it.
    """
    known = document.metadata
    day = labels.plain_date(known.date.value) if known.date else labels.UNKNOWN_DATE
    source = known.source.value if known.source else labels.UNKNOWN_SOURCE
    origin = source if not known.source or source.startswith("据") else f"据{source}"
    doubts = _doubts(document)
    return f"（{_occasion(known)}，{day}，{origin}{f'；{doubts}' if doubts else ''}）"


def _doubts(document: Document) -> str:
    """The names of its grave doubts, each once, and what to do about them; empty where there are none."""
    names = dict.fromkeys(GRAVE[one.code] for one in document.warnings if one.code in GRAVE)
    return f"{'、'.join(names)}，引用前请核对原件" if names else ""


def _occasion(known: Metadata) -> str:
    """Where the words were spoken or written: a report's meeting by who held it; else the title, by whom."""
    title = f"《{known.title.value}》" + ("（拟题）" if known.title.inferred else "")
    title += f"（{known.document_number.value}）" if known.document_number else ""
    if known.quotable:
        author = _author(known)
        return title if author in known.title.value else author + title
    if known.meeting is None:
        return title
    meeting, issuer = known.meeting.value, known.issuer.value if known.issuer else ""
    return meeting if issuer in meeting else issuer + meeting
