"""How facts about a document are said on pages, the same on a card, in the open document and in a citation."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TypeVar

from search.model import Document, Evidence, PartialDate

UNKNOWN_DATE, UNKNOWN_REGION, UNKNOWN_SOURCE = "日期不详", "地区不详", "来源不详"

T = TypeVar("T")

_HOW = {"stated": "", "after_body": "标题在正文之后", "inferred": "推定", "derived": "拟题", "corrected": "人工校正"}
# Genres that tell of what somebody else said.
_REPORTS = ("会议报道", "学习会报道", "新闻报道", "报道")

# What each code of a warning means for someone about to quote; the warning's own message says what was seen.
MEANINGS = {
    "year_contradiction": "文中的年份互相矛盾，可能是旧稿改写。引用数字和提法之前，请核对是哪一年的。",
    "year_inferred": "原文没有写年份，由上下文推出。需要准确日期时，请核对原件。",
    "date_unknown": "不知道准确的日期；按时间排序时，只知道年份的排在那一年，连年份也不知道的排在最后。",
    "region_inferred": "原文没有写明是哪个地方的，由文中的地名推出。",
    "region_contradiction": "文中的地方互相矛盾，可能由几篇拼成。请勿据此说是某地的提法。",
    "title_derived": "标题不是原文的，由正文代拟；引用时请注明拟题，或改用会议名称。",
    "source_unknown": "不知道文稿从哪里来，正式引用前请找到可靠的出处。",
    "truncated": "文稿没有完，后面的内容这里查不到。",
    "count_mismatch": "文中宣称的项数与列出的不一样，可能有删节。",
    "suspected_typo": "可能是原文的错字。显示和复制的都是原样，没有改动，引用时请斟酌。",
    "unclosed_quote": "引号只有一半，看不出引的话到哪里为止。",
    "several_articles": "原文件里不止一篇，核对时请找对篇目。",
    "near_duplicate": "另有内容相近的版本，文字可能略有出入。",
    "encoding_repaired": "原文件有残损的字，以�代替。",
    "correction_outdated": "校正之后原文件又改过，请重新核对这项校正是否还成立。",
}


# How readers call the formats of files; by the suffix, because that is what the reader of a file goes by.
FORMATS = {
    **dict.fromkeys((".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"), "网页"),
    **dict.fromkeys((".docx", ".docm", ".doc", ".rtf"), "Word"),
    ".wps": "WPS",
    ".pdf": "PDF",
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), "文本"),
}


def how(stated: Evidence[T] | None) -> str:
    """推定, 拟题, 人工校正 … or nothing where the document says it itself."""
    return _HOW[stated.how] if stated else ""


def title_note(document: Document) -> str:
    return _HOW["derived"] if document.title.inferred else ""


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
    if document.region is None:
        return UNKNOWN_REGION
    place = document.place if document.place and document.place != document.region.value else ""
    return document.region.value + place + ("（推定）" if document.region.inferred else "")


def source_label(document: Document) -> str:
    return document.source.value if document.source else UNKNOWN_SOURCE


def genre_label(document: Document) -> str:
    """讲话稿, 会议报道（转述）: whoever quotes from a card must see that a report is not the speaker's own words."""
    genre = document.genre or ""
    return f"{genre}（转述）" if genre in _REPORTS and not document.quotable else genre


def format_label(document: Document) -> str:
    """网页, Word, PDF …: what a click on 下载原文件 will open; empty where the name does not tell."""
    return FORMATS.get(PurePosixPath(document.original.path).suffix.lower(), "")


def quotation_label(document: Document) -> str:
    """Whose words they are: 讲话稿, or 会议报道转述，非讲话原文."""
    if document.quotable:
        return document.genre or "讲话稿"
    if document.genre is None or document.genre in _REPORTS:
        return f"{document.genre or '报道'}转述，非讲话原文"
    return f"{document.genre}，非讲话原文"
