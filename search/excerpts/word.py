"""Excerpts as a Word document, set as official papers are.

In a file of its own, as python-docx takes ten megabytes of each process and a fifteenth of a second: loaded where
somebody takes a document away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.run import Run
from lxml import etree

from search.excerpts.basket import Basket, Excerpt
from search.excerpts.exports import Block, Told, beside, said

# GB/T 9704 (official papers): A4, these margins, text in 仿宋 of size three on 28 points, indented two characters.
_MARGINS = {"top_margin": 3.7, "bottom_margin": 3.5, "left_margin": 2.8, "right_margin": 2.6}
_TEXT, _TITLE, _SMALL = Pt(16), Pt(22), Pt(10.5)
# What no XML may hold: a document that was read from a damaged file can.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_docx(basket: Basket, host: str) -> bytes:
    return b"".join(in_word(basket.excerpts, host, "摘录"))


def in_word(blocks: Iterable[Block], host: str, title: str, notes: Iterable[str] = ()) -> Iterator[bytes]:
    """A Word document in pieces, of which one excerpt at a time is held."""
    pipe, (parts, before, after) = _Pipe(), _empty()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as packed:
        for name, content in parts:
            packed.writestr(name, content)
        about = ZipInfo(_BODY)
        about.compress_type = ZIP_DEFLATED  # a part of its own is stored as it is, unless it says otherwise
        with packed.open(about, "w", force_zip64=True) as body:
            body.write(before)
            for paragraphs in _paragraphs(blocks, host, title, notes):
                body.write(paragraphs)
                if made := pipe.taken():
                    yield made
            body.write(after)
    yield pipe.taken()


_BODY = "word/document.xml"


class _Pipe:
    """A file that is written from its beginning to its end, and read meanwhile."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, content: bytes) -> int:
        self._waiting.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Nothing is kept back."""

    def close(self) -> None:
        """What was written is still to be taken."""

    def taken(self) -> bytes:
        waiting, self._waiting = self._waiting, []
        return b"".join(waiting)


def _empty() -> tuple[list[tuple[str, bytes]], bytes, bytes]:
    """The parts of a document on A4 without text, but for its body; the body before and behind its paragraphs."""
    document, content = docx.Document(), BytesIO()
    document.core_properties.author = document.core_properties.comments = ""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for name, centimetres in _MARGINS.items():
        setattr(section, name, Cm(centimetres))
    document.save(content)
    with ZipFile(content) as packed:
        parts = [(name, packed.read(name)) for name in packed.namelist()]
    body = next(part for name, part in parts if name == _BODY)
    at = body.rindex(b"<w:sectPr")
    return [(name, part) for name, part in parts if name != _BODY], body[:at], body[at:]


def _paragraphs(blocks: Iterable[Block], host: str, title: str, notes: Iterable[str]) -> Iterator[bytes]:
    """The paragraphs of the title and of each block, as Word writes them."""
    document = docx.Document()
    first = document.add_paragraph()
    first.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _set(first.add_run(_CONTROL.sub("", title)), "方正小标宋简体", _TITLE)
    for note in notes:
        _line(document, note, "楷体_GB2312", _SMALL)
    yield _written(document)
    for one in blocks:
        if isinstance(one, str):
            _line(document, one, "黑体", _TEXT)
        else:
            _in_word(document, one, host)
        yield _written(document)


def _written(document: WordDocument) -> bytes:
    """The paragraphs that stand in a document, which is empty afterwards."""
    found = list(document.element.body.iterchildren(qn("w:p")))
    content = b"".join(etree.tostring(one, with_tail=False) for one in found)
    for one in found:
        document.element.body.remove(one)
    return content


def _in_word(document: WordDocument, one: Excerpt | Told, host: str) -> None:
    for line in said(one).split("\n"):
        _line(document, line, "仿宋_GB2312", _TEXT)
    for small in beside(one, host):
        _line(document, small, "楷体_GB2312", _SMALL)


def _line(document: WordDocument, text: str, font: str, size: Pt) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = size * 2
    paragraph.paragraph_format.line_spacing = Pt(28) if size == _TEXT else Pt(16)
    paragraph.paragraph_format.space_after = Pt(0)
    _set(paragraph.add_run(_CONTROL.sub("", text)), font, size)


def _set(run: Run, font: str, size: Pt) -> None:
    """Word takes the font of Chinese characters from an attribute of its own."""
    run.font.name, run.font.size = font, size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
