"""The formats of files as readers of the pages know them."""

from __future__ import annotations

from pathlib import PurePosixPath

from search.documents.document import Document

# How readers call the formats of files; by the suffix, because that is what the reader of a file goes by.
FORMATS = {
    **dict.fromkeys((".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"), "网页"),
    **dict.fromkeys((".docx", ".docm", ".doc", ".rtf"), "Word"),
    ".wps": "WPS",
    ".pdf": "PDF",
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), "文本"),
}


def format_label(document: Document) -> str:
    """网页, Word, PDF …: what a click on 下载原文件 will open; empty where the name does not tell."""
    return FORMATS.get(PurePosixPath(document.original.path).suffix.lower(), "")


# Files that are text themselves, so that 原文 can show what stands in them; the others can only be downloaded.
TEXT_FILES = (".txt", ".md", ".html", ".htm")


def is_text(document: Document) -> bool:
    return document.original.path.lower().endswith(TEXT_FILES)
