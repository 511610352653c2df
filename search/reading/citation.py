"""How a document is cited: GB/T 7714 for a list of references, and in brackets behind a quotation."""

from __future__ import annotations

from datetime import date

from search.documents import labels
from search.documents.document import Document
from search.documents.warnings import DOUBTS

# Doubts a reader of a quotation must know of, as a citation in brackets says them; the others concern our own reading.
_DOUBTS = {
    code: DOUBTS[code] for code in ("year_contradiction", "region_contradiction", "truncated", "encoding_repaired")
}
_MEETINGS = ("会议报道", "学习会报道", "讲话稿", "发言稿", "致辞")
# A person's words: the body that held the meeting is not their author. 工作报告 and 经验交流 are a body's own.
_SPOKEN = (None, "讲话稿", "发言稿", "致辞")


def citation(document: Document, *, link: str, today: date) -> str:
    """GB/T 7714—2015 for electronic resources: what is not known is said or left out, never made up.

    The meeting's date is not a date of publication, so it stands in the note, with every doubt about the text.
    """
    author = _author(document) or "[作者不详]"
    title = document.title.value + ("（拟题）" if document.title.inferred else "")
    notes = [_dated(document), f"来源：{document.source.value}" if document.source else labels.UNKNOWN_SOURCE]
    notes.append(labels.quotation_label(document).replace("转述", ""))
    notes += [warning.message for warning in document.warnings if warning.code in _DOUBTS]
    return f"{author}. {title}[EB/OL]. [{today.isoformat()}]. {link}.\n{'；'.join(notes)}"


def _author(document: Document) -> str:
    """Who answers for the words: the speaker of a speech, the body that issued anything else; empty if not known."""
    if document.quotable and document.speakers:
        return document.speakers[0].name
    is_spoken = document.quotable and document.genre in _SPOKEN
    return document.issuer.value if document.issuer and not is_spoken else ""


def _dated(document: Document) -> str:
    if document.date is None:
        return labels.UNKNOWN_DATE
    kind = "会议日期" if document.meeting or document.genre in _MEETINGS else "日期"
    return f"{kind}：{document.date.value}{'（年份据正文推定）' if document.date.inferred else ''}"


def quotation(document: Document, words: str) -> str:
    """The words with their source, as official papers put it: “…”（会议，2024年2月18日，据…）.

    Quotation marks inside become single ones (GB/T 15834—2011, 4.8.3.3); nothing else of the words is touched.
    """
    return f"“{words.translate(_INNER_QUOTES)}”{source_words(document)}"


_INNER_QUOTES = str.maketrans("“”", "‘’")


def source_words(document: Document) -> str:
    """（会议，日期，据来源）: a report is cited by its meeting, for it is not the speaker who wrote it."""
    day = labels.plain_date(document.date.value) if document.date else labels.UNKNOWN_DATE
    source = document.source.value if document.source else labels.UNKNOWN_SOURCE
    origin = source if not document.source or source.startswith("据") else f"据{source}"
    doubts = "、".join(dict.fromkeys(_DOUBTS[w.code] for w in document.warnings if w.code in _DOUBTS))
    return f"（{_occasion(document)}，{day}，{origin}{f'；{doubts}，引用前请核对原件' if doubts else ''}）"


def _occasion(document: Document) -> str:
    """Where the words were spoken or written: a report's meeting by who held it; else the title, by whom."""
    title = f"《{document.title.value}》" + ("（拟题）" if document.title.inferred else "")
    if document.quotable:
        author = _author(document)
        return title if author in document.title.value else author + title
    if document.meeting is None:
        return title
    meeting, issuer = document.meeting.value, document.issuer.value if document.issuer else ""
    return meeting if issuer in meeting else issuer + meeting
