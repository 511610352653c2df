"""Word documents (docx): paragraphs, tables, notes, text boxes, tracked insertions in reading order, without headers.

python-docx opens the package; its own .paragraphs leaves out tables, text boxes and insertions, so the body is walked.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree

from indexer.extract import Block, Extract, Unreadable, times_usual
from indexer.readers.numbering import numbering
from indexer.readers.package import opened, xml

_P, _T, _R, _TR, _TC, _TBL = (qn(f"w:{name}") for name in ("p", "t", "r", "tr", "tc", "tbl"))
_SYM, _VANISH, _FOOTNOTE, _ENDNOTE = (
    qn(f"w:{name}") for name in ("sym", "vanish", "footnoteReference", "endnoteReference")
)
# Text that was deleted or moved away, and the second copy of a text box for old programs.
_GONE = frozenset(
    (qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
)
# Word keeps the hyphen that may not end a line as an element; without it 2-3亿元 is read as 23亿元.
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# Symbols that Word names by font and place; the frequent ones of the two fonts that every machine has.
_SYMBOLS = {
    "wingdings": {0x6C: "●", 0x6E: "■", 0x75: "◆", 0xA8: "□", 0xA3: "□", 0x6F: "□", 0x52: "☑", 0xFE: "☑", 0xFC: "✓"},
    "symbol": {0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xA3: "≤", 0xB3: "≥", 0xB7: "•", 0xA5: "∞", 0xBB: "≈"},
}
_UNKNOWN = "\ufffd"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FORMULA = f"{_MATH}oMath"
_HEADING = re.compile(r"(?:heading|标题)\s{0,3}([1-6])$", re.IGNORECASE)
_LONGEST_CELL = 100  # characters; a cell of several paragraphs that is longer is text, not a value


def read(path: Path, data: bytes) -> Extract:
    """Paragraphs and table rows of a Word document; raises Unreadable for what is none or is protected."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(path, "文件有密码保护，或是旧版 doc 文件改了扩展名；请在 Word 或 WPS 中另存为不加密的 docx")
    opened(path, data, "docx", "Word 或 WPS")
    try:
        return _extract(docx.Document(io.BytesIO(data)))
    except MemoryError:
        raise
    except Exception as damaged:  # python-docx and lxml raise KeyError, ValueError, AttributeError and others
        raise Unreadable(
            path, f"docx 文件已损坏，无法读取（{type(damaged).__name__}）；请用 Word 或 WPS 修复后再放入"
        ) from damaged


def _extract(document: WordDocument) -> Extract:
    reading = _Reading(document)
    blocks = tuple(reading.blocks())
    larger = times_usual(reading.sizes, [block.text for block in blocks])
    blocks = tuple(
        block if size == 1 else replace(block, size=size) for block, size in zip(blocks, larger, strict=True)
    )
    replaced = sum(block.text.count(_UNKNOWN) for block in blocks)
    return Extract(blocks, wrapped=False, replaced=replaced, left_out=(*reading.left_out, *_page_heads(document)))


class _Reading:
    """Walks through the body once: numbers count on, hidden text is put aside."""

    def __init__(self, document: WordDocument) -> None:
        self._body = document.element.body
        self._numbers = numbering(document)
        self._levels = {style.style_id: level for style in document.styles if (level := _level(style.name or ""))}
        self._notes = {_FOOTNOTE: _notes(document, "footnotes"), _ENDNOTE: _notes(document, "endnotes")}
        self._sizes = _StyleSizes(document.styles.element)
        self.left_out: list[tuple[str, str]] = []
        self.sizes: list[float] = []  # of each block, 0 where it is not known

    def blocks(self) -> Iterator[Block]:
        """Paragraphs and rows; a footnote behind the paragraph that refers to it, endnotes at the end."""
        at_the_end: list[Block] = []
        for element in _in_order(self._body):
            size = 0.0
            if element.tag == _TR:
                found = [Block(self._row(element))]
            else:
                size = self._sizes.of(element)
                found = [Block(line, self._level(element)) for line in self._paragraph(element).split("\n")]
            notes = list(self._notes_of(element, _FOOTNOTE))
            self.sizes += [size] * len(found) + [0.0] * len(notes)
            yield from (*found, *notes)
            at_the_end += self._notes_of(element, _ENDNOTE)
        self.sizes += [0.0] * len(at_the_end)
        yield from at_the_end

    def _level(self, paragraph: etree._Element) -> int:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self._levels.get(style.get(qn("w:val"), ""), 0) if style is not None else 0

    def _row(self, row: etree._Element) -> str:
        cells = ("\t".join(map(self._paragraph, _inside(cell, _P))) for cell in _inside(row, _TC))
        return "\t".join(cells).replace("\n", "\t").strip()

    def _paragraph(self, paragraph: etree._Element) -> str:
        return self._numbers.label(paragraph) + self._text(paragraph)

    def _text(self, paragraph: etree._Element) -> str:
        """The text of a paragraph without that of paragraphs inside it (text boxes come on their own)."""
        parts: list[str] = []
        stack = [child for child in reversed(paragraph) if isinstance(child.tag, str)]
        while stack:
            element = stack.pop()
            if element.tag in _GONE or element.tag in (_P, _TBL):
                continue
            if element.tag == _R and _is_hidden(element):
                hidden = "".join(text.text or "" for text in element.iter(_T))
                self.left_out += [("隐藏文字", hidden)] if hidden.strip() else []
                continue
            if element.tag == _FORMULA:
                parts.append(_formula(element))
                continue
            if element.tag == _T:
                parts.append(element.text or "")
            elif element.tag in _SIGNS:
                parts.append(_SIGNS[element.tag])
            elif element.tag == _SYM:
                parts.append(_symbol(element))
            stack.extend(child for child in reversed(element) if isinstance(child.tag, str))
        return "".join(parts)

    def _notes_of(self, element: etree._Element, kind: str) -> Iterator[Block]:
        for reference in _inside(element, kind):
            place, note = self._notes[kind].pop(reference.get(qn("w:id"), ""), (0, None))
            texts = [text for one in (note.iter(_P) if note is not None else ()) if (text := self._text(one)).strip()]
            yield from (Block(text if n else f"[{place}]{text.lstrip()}") for n, text in enumerate(texts))


class _StyleSizes:
    """How large letters are, in half points: as their run says, or the style of the paragraph, or the file for all."""

    def __init__(self, styles: etree._Element) -> None:
        self._styles = {style.get(qn("w:styleId"), ""): style for style in styles.iter(qn("w:style"))}
        usual = [style for style in self._styles.values() if style.get(qn("w:default")) in ("1", "true", "on")]
        default = next((style for style in usual if style.get(qn("w:type")) == "paragraph"), None)
        self._default = default.get(qn("w:styleId"), "") if default is not None else ""
        self._for_all = _half_points(styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}"))
        self._known: dict[str, float] = {}

    def of(self, paragraph: etree._Element) -> float:
        """The largest of a paragraph that has text; 0 where nothing says how large they are."""
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = style.get(qn("w:val"), "") if style is not None else self._default
        runs = (run for run in _inside(paragraph, _R) if any((text.text or "").strip() for text in run.iter(_T)))
        return max((_half_points(run) or self._of_style(name) for run in runs), default=0.0)

    def _of_style(self, name: str) -> float:
        if name not in self._known:
            self._known[name] = self._for_all  # of a style that is based on itself
            style = self._styles.get(name)
            based = style.find(qn("w:basedOn")) if style is not None else None
            own = _half_points(style)
            self._known[name] = own or (
                self._of_style(based.get(qn("w:val"), "")) if based is not None else self._for_all
            )
        return self._known[name]


def _half_points(holder: etree._Element | None) -> float:
    """What the run, the style or the defaults say of the size of letters; 0 where they say nothing."""
    size = holder.find(f"{qn('w:rPr')}/{qn('w:sz')}") if holder is not None else None
    value = size.get(qn("w:val"), "") if size is not None else ""
    return float(value) if value.isascii() and value.isdecimal() and len(value) <= 4 else 0.0


def _level(style: str) -> int:
    """Title → 1, heading 2 → 2; 0 for any other style."""
    if style.lower() in ("title", "标题"):
        return 1
    found = _HEADING.match(style)
    return int(found.group(1)) if found else 0


def _in_order(body: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs, and rows of tables whose cells hold one value each; longer cells are paragraphs."""
    stack = [body]
    while stack:
        element = stack.pop()
        if element.tag in _GONE:
            continue
        if element.tag == _TR and all(map(_is_value, element.iter(_TC))):
            yield element
            continue
        if element.tag == _P:
            yield element
        stack.extend(reversed([child for child in element if isinstance(child.tag, str)]))


def _inside(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Elements of a tag below element, in reading order, without what is gone."""
    stack = [element]
    while stack:
        one = stack.pop()
        if one.tag in _GONE:
            continue
        if one.tag == tag and one is not element:
            yield one
        stack.extend(child for child in reversed(one) if isinstance(child.tag, str))


def _is_value(cell: etree._Element) -> bool:
    if cell.find(f".//{_TBL}") is not None:
        return False
    paragraphs = sum(1 for _ in _inside(cell, _P))
    return paragraphs <= 1 or sum(len(text.text or "") for text in _inside(cell, _T)) <= _LONGEST_CELL


def _is_hidden(run: etree._Element) -> bool:
    hidden = run.find(f"{qn('w:rPr')}/{_VANISH}")
    return hidden is not None and hidden.get(qn("w:val"), "1") not in ("0", "false", "off")


# What stands between the parts of a formula that is written on one line: over a stroke, raised, lowered.
_BETWEEN = {f"{_MATH}f": "/", f"{_MATH}sSup": "^", f"{_MATH}sSub": "_"}


def _formula(element: etree._Element) -> str:
    """A formula on one line, (a-b)/b: its signs in order, brackets about what a stroke or a place held together."""
    if element.tag == f"{_MATH}t":
        return element.text or ""
    parts = [part for child in element if isinstance(child.tag, str) and (part := _formula(child))]
    between = _BETWEEN.get(str(element.tag))
    if between is None:
        return "".join(parts)
    return between.join(part if len(part) == 1 or part.isalnum() else f"({part})" for part in parts)


def _symbol(element: etree._Element) -> str:
    """A sign of a symbol font; U+FFFD for one whose look is not known."""
    try:
        code = int(element.get(qn("w:char"), ""), 16)
    except ValueError:
        return _UNKNOWN
    if 0x20 <= code < 0xE000 and not 0xD800 <= code < 0xE000:
        return chr(code)
    return _SYMBOLS.get(element.get(qn("w:font"), "").lower(), {}).get(code - 0xF000, _UNKNOWN)


def _notes(document: WordDocument, kind: str) -> dict[str, tuple[int, etree._Element]]:
    """id → (its number, the note) of the notes that hold text."""
    notes: dict[str, tuple[int, etree._Element]] = {}
    for root in _parts(document, kind):
        shown = [note for note in root if isinstance(note.tag, str) and note.get(qn("w:type")) is None]
        notes |= {note.get(qn("w:id"), ""): (place, note) for place, note in enumerate(shown, start=1)}
    return notes


def _parts(document: WordDocument, kind: str) -> Iterator[etree._Element]:
    """The parts beside the body that are notes, heads or feet; damaged ones are left aside."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
            with suppress(etree.XMLSyntaxError):
                yield xml(relation.target_part.blob)


def _page_heads(document: WordDocument) -> Iterator[tuple[str, str]]:
    """What stands at the head and foot of each page: it is no text, and named."""
    for kind in ("header", "footer"):
        for root in _parts(document, kind):
            text = "".join(one.text or "" for one in root.iter(_T))
            if text.strip():
                yield "页眉页脚", text
