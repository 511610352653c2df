"""A draft that somebody is writing: its text out of a file, and the doubts about it that documents get, too."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

from indexer.articles.lines import Line
from indexer.articles.passages import passages
from indexer.extract import Unreadable
from indexer.facts import warnings
from indexer.readers import read
from search.documents.document import Warning

# What is read while a reader waits, in the process that answers: nothing that starts a program or takes seconds.
SUFFIXES = (".docx", ".txt", ".md")
# A Word document of 40 pages unpacks to 2 MB; what unpacks to more is pictures, or made to do harm.
_MAX_UNPACKED = 40_000_000


def text_of(name: str, data: bytes) -> str:
    """The text of a file by its name; raises Unreadable with a reason in Chinese."""
    path = Path(name)
    if path.suffix.lower() not in SUFFIXES:
        raise Unreadable(
            path, f"这里只读 {'、'.join(SUFFIXES)} 文件；请在 Word 或 WPS 中另存为 docx，或复制文字粘贴到框里"
        )
    if path.suffix.lower() == ".docx" and _unpacked(data) > _MAX_UNPACKED:
        raise Unreadable(path, "文件里的图片等太大；请复制文字粘贴到框里")
    extract = read(path, data)
    text = "\n".join(block.text for block in extract.blocks).strip("\n")
    if not text.strip():
        raise Unreadable(path, "文件里没有文字；若是扫描的图片，请先做文字识别（OCR）")
    return text


def _unpacked(data: bytes) -> int:
    """Bytes of what a package says it holds; 0 for what is none, of which the reader says the reason."""
    try:
        return sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(data)).infolist())
    except Exception:  # BadZipFile, and others where bits of the directory are flipped
        return 0


def doubts(text: str) -> tuple[Warning, ...]:
    """Years against each other, items announced and listed, quotation marks left open, slips."""
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    found = warnings.of_text(paragraphs, passages([Line(paragraph) for paragraph in paragraphs]))
    return tuple(replace(one, message=one.message.removesuffix(warnings.AS_WRITTEN)) for one in found)
