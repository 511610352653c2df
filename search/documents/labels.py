"""How facts about a document are said on pages, the same on a card, in the open document and in a citation."""

from __future__ import annotations

from typing import TypeVar

from search.documents.document import Document, Evidence, PartialDate

# Field of Metadata → what people call it, in the order in which a person is told of them.
FIELDS = {
    "title": "标题",
    "date": "日期",
    "region": "地区",
    "place": "地点",
    "level": "级别",
    "issuer": "发文单位",
    "meeting": "会议",
    "document_number": "发文字号",
    "source": "来源",
    "genre": "文种",
    "speakers": "讲话人",
    "quotable": "可作原话引用",
}
UNKNOWN_DATE, UNKNOWN_REGION, UNKNOWN_SOURCE = "日期不详", "地区不详", "来源不详"

T = TypeVar("T")

_HOW = {"stated": "", "after_body": "标题在正文之后", "inferred": "推定", "derived": "拟题", "corrected": "人工校正"}
# Genres that are a person's or a body's own words, and those that tell of what somebody else said.
QUOTABLE = frozenset(("政府工作报告", "讲话稿", "致辞", "发言稿", "工作报告", "经验交流"))
_REPORTS = ("会议报道", "学习会报道", "新闻报道", "报道")


def how(stated: Evidence[T] | None) -> str:
    """推定, 拟题, 人工校正 … or nothing where the document says it itself."""
    return _HOW[stated.how] if stated else ""


def title_note(document: Document) -> str:
    return _HOW["derived"] if document.metadata.title.inferred else ""


def date_label(stated: Evidence[PartialDate] | None) -> str:
    """2024年2月21日（年份推定）, 2024年, 日期不详."""
    if stated is None:
        return UNKNOWN_DATE
    note = date_note(stated)
    return plain_date(stated.value) + (f"（{note}）" if stated.inferred else "")


def date_note(stated: Evidence[PartialDate] | None) -> str:
    """年份推定, 推定, 人工校正, 日期不详; nothing where the document says it itself."""
    if stated is None:
        return UNKNOWN_DATE
    return f"{'年份' if stated.value.day else ''}推定" if stated.inferred else how(stated)


def plain_date(value: PartialDate) -> str:
    label = f"{value.year}年"
    label += f"{value.month}月" if value.month else ""
    return label + (f"{value.day}日" if value.day else "")


def region_label(document: Document) -> str:
    known = document.metadata
    if known.region is None:
        return UNKNOWN_REGION
    place = known.place.value if known.place and known.place.value != known.region.value else ""
    return known.region.value + place + ("（推定）" if known.region.inferred else "")


def source_label(document: Document) -> str:
    source = document.metadata.source
    return source.value if source else UNKNOWN_SOURCE


def genre(document: Document) -> str:
    """讲话稿; empty where it is not known."""
    return document.metadata.genre.value if document.metadata.genre else ""


def genre_label(document: Document) -> str:
    """讲话稿, 会议报道（转述）: whoever quotes from a card must see that a report is not the speaker's own words."""
    said = genre(document)
    return f"{said}（转述）" if said in _REPORTS and not document.metadata.quotable else said


def quotation_label(document: Document) -> str:
    """Whose words they are: 讲话稿, or 会议报道转述，非讲话原文."""
    said = genre(document)
    if document.metadata.quotable:
        return said or "讲话稿"
    return f"{said}，非讲话原文" if said and said not in _REPORTS else f"{said or '报道'}转述，非讲话原文"
