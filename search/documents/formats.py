"""The formats of files that are read: the one table of their suffixes, and how readers of the pages know them.

A new format is a row here and its reader (indexer/readers/__init__.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from search.documents.document import Document


@dataclass(frozen=True, slots=True)
class Format:
    """suffixes: what the names of such files end with, the usual one first; the reader of a file goes by it.

    name: how people call it. is_text: the file is text itself, so that 原文 can show what stands in it; the others can
    only be downloaded. needs: a program that must be installed to read it, so that nobody is advised to use it.
    """

    suffixes: tuple[str, ...]
    name: str
    is_text: bool = False
    needs: str = ""

    @property
    def suffix(self) -> str:
        return self.suffixes[0]


FORMATS = (
    Format((".txt", ".text"), "文本", is_text=True),
    Format((".md", ".markdown"), "文本", is_text=True),
    Format((".html", ".htm", ".shtml", ".xhtml"), "网页", is_text=True),
    Format((".mht", ".mhtml"), "网页"),
    Format((".docx", ".docm"), "Word"),
    Format((".pdf",), "PDF"),
    Format((".ofd",), "OFD"),
    Format((".odt",), "OpenDocument"),
    Format((".eml",), "邮件"),
    Format((".rtf",), "Word"),
    Format((".doc",), "Word", needs="LibreOffice"),
    Format((".wps",), "WPS", needs="LibreOffice"),
)
BY_SUFFIX = {suffix: one for one in FORMATS for suffix in one.suffixes}
# What is said to whoever comes with another: txt、md、html …
ADVISED = "、".join(one.suffix.removeprefix(".") for one in FORMATS if not one.needs)


def format_label(document: Document) -> str:
    """网页, Word, PDF …: what a click on 下载原文件 will open; empty where the name does not tell."""
    found = _format(document)
    return found.name if found else ""


def is_text(document: Document) -> bool:
    found = _format(document)
    return found is not None and found.is_text


def _format(document: Document) -> Format | None:
    name = document.original.path.rpartition("/")[2]
    dot = name.rfind(".")
    return BY_SUFFIX.get(name[dot:].lower()) if dot > 0 else None
