"""OpenDocument texts (odt): paragraphs, headings, lists with their numbers, rows and notes in reading order."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from indexer.extract import Block, Extract, Unreadable
from indexer.readers.numbering import figure
from indexer.readers.package import opened, part

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}


def _name(short: str) -> str:
    """{urn:…}p of text:p."""
    space, _, name = short.partition(":")
    return f"{{{_SPACES[space]}}}{name}"


_P, _H, _LIST, _ITEM, _HEAD = map(_name, ("text:p", "text:h", "text:list", "text:list-item", "text:list-header"))
_ROW, _CELL, _TABLE, _NOTE = map(_name, ("table:table-row", "table:table-cell", "table:table", "text:note"))
# What was deleted, and what stands beside the text; comments are told as left out.
_GONE = frozenset(map(_name, ("text:tracked-changes", "text:note", "office:annotation", "office:forms")))
_SIGNS = {_name("text:tab"): "\t", _name("text:line-break"): "\n"}
_BLANKS = re.compile(r"[ \t\r\n]+")  # one blank in this format, however many
_MOST_BLANKS = 100  # of one text:s; it may claim any number
_LONGEST_CELL = 100  # characters; a cell of several paragraphs that is longer is text, not a value
# How the format writes a kind of figures, by its first sign → what Word calls the same.
_FIGURES = {
    "一": "chineseCounting",
    "壹": "chineseLegalSimplified",
    "甲": "ideographTraditional",
    "子": "ideographZodiac",
    "①": "decimalEnclosedCircle",
    "１": "decimalFullWidth",
    "0": "decimalZero",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}


def read(path: Path, data: bytes) -> Extract:
    """Paragraphs and rows; raises Unreadable for what is none or is protected."""
    package = opened(path, data, "odt", "WPS 或 LibreOffice")
    if _protected(package):
        raise Unreadable(path, "odt 文件有密码保护；请去掉密码后再放入")
    try:
        return _extract(package)
    except MemoryError:
        raise
    except Exception as damaged:  # KeyError where a part is missing, XMLSyntaxError, BadZipFile, zlib.error
        raise Unreadable(
            path, f"odt 文件已损坏，无法读取（{type(damaged).__name__}）；请用 WPS 或 LibreOffice 修复后再放入"
        ) from damaged


def _protected(package: zipfile.ZipFile) -> bool:
    try:
        return part(package, "META-INF/manifest.xml").find(f".//{_name('manifest:encryption-data')}") is not None
    except Exception:  # a manifest that is missing or damaged protects nothing
        return False


def _extract(package: zipfile.ZipFile) -> Extract:
    content = part(package, "content.xml")
    styles = part(package, "styles.xml") if "styles.xml" in package.namelist() else None
    roots = [content, *([styles] if styles is not None else [])]
    body = content.find(f"{_name('office:body')}/{_name('office:text')}")
    if body is None:
        raise KeyError("office:text")
    reading = _Reading(roots)
    blocks = (*reading.blocks(body, _Place()), *reading.at_the_end)
    heads = tuple(("页眉页脚", text) for text in _page_heads(styles)) if styles is not None else ()
    return Extract(blocks, wrapped=False, left_out=(*_left_out(body), *heads))


@dataclass(frozen=True, slots=True)
class _Level:
    """figures: what Word calls them; how many outer levels are shown with it, itself included."""

    figures: str
    before: str
    behind: str
    start: int
    shown: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the lists an element stands: the style of the list and how deep, from 1; 0 outside."""

    style: str = ""
    depth: int = 0


@dataclass(slots=True)
class _Numbers:
    """Counts the items of lists through a document. levels: of (style of the list, depth)."""

    levels: dict[tuple[str, int], _Level]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)  # style → depth → the last number

    def begin(self, style: str) -> None:
        """A list that does not continue another of its style."""
        self.counts.pop(style, None)

    def label(self, place: _Place, start: str) -> str:
        """What stands before the next item; empty for bullets. start: where it says to begin anew, or empty."""
        level = self.levels.get((place.style, place.depth))
        if level is None or not level.figures:
            return ""
        counts = self.counts.setdefault(place.style, {})
        counts[place.depth] = _number(start, counts.get(place.depth, level.start - 1) + 1)
        for deeper in [depth for depth in counts if depth > place.depth]:
            del counts[deeper]
        outer = range(max(1, place.depth - level.shown + 1), place.depth + 1)
        label = level.before + ".".join(filter(None, (self._figure(place.style, at) for at in outer))) + level.behind
        # behind a number without a mark of its own the blank stays that parts it from the text
        return f"{label}\t" if label[-1:].isalnum() and label[-1:].isascii() else label

    def _figure(self, style: str, depth: int) -> str:
        level = self.levels.get((style, depth))
        counted = self.counts.get(style, {}).get(depth, level.start if level else 1)
        return figure(level.figures, counted) if level and level.figures else ""


class _Reading:
    """Walks through the body once. lxml lets no element lie deeper than 256, so that the walk may call itself."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._numbers = _Numbers(_levels(roots))
        self.at_the_end: list[Block] = []

    def blocks(self, parent: etree._Element, place: _Place) -> Iterator[Block]:
        """Paragraphs and rows below an element; a footnote behind the paragraph that refers to it."""
        for element in _elements(parent):
            if element.tag == _LIST:
                yield from self._list(element, place)
            elif element.tag == _ROW and all(map(_is_value, element.iter(_CELL))):
                yield Block(_row(element))
                yield from self._notes(element)
            elif element.tag in (_P, _H):
                yield from self._paragraph(element, self._heading(element))
            else:
                yield from self.blocks(element, place)

    def _heading(self, element: etree._Element) -> str:
        """The number that the outline of the document puts before a heading."""
        if element.tag != _H or element.get(_name("text:is-list-header")) == "true":
            return ""
        place = _Place(_OUTLINE, _number(element.get(_name("text:outline-level")), 1))
        return self._numbers.label(place, element.get(_name("text:start-value")) or "")

    def _list(self, element: etree._Element, outer: _Place) -> Iterator[Block]:
        place = _Place(element.get(_name("text:style-name")) or outer.style, outer.depth + 1)
        goes_on = element.get(_name("text:continue-numbering")) == "true" or element.get(_name("text:continue-list"))
        if not outer.depth and not goes_on:
            self._numbers.begin(place.style)
        for item in _elements(element):
            label = self._numbers.label(place, item.get(_name("text:start-value")) or "") if _counts(item) else ""
            for inside in _elements(item):
                if inside.tag == _LIST:
                    yield from self._list(inside, place)
                elif inside.tag in (_P, _H):
                    yield from self._paragraph(inside, label)
                    label = ""

    def _paragraph(self, element: etree._Element, label: str) -> Iterator[Block]:
        level = min(6, _number(element.get(_name("text:outline-level")), 1)) if element.tag == _H else 0
        yield from (Block(line, level) for line in (label + _text(element)).split("\n"))
        yield from self._boxes(element)
        yield from self._notes(element)

    def _boxes(self, element: etree._Element) -> Iterator[Block]:
        """Paragraphs of text boxes that hang on a paragraph."""
        for inside in _elements(element):
            yield from self.blocks(inside, _Place()) if inside.find(f".//{_P}") is not None else ()

    def _notes(self, element: etree._Element) -> Iterator[Block]:
        for note in element.iter(_NOTE):
            lines = [text for one in note.iter(_P) if (text := _text(one)).strip()]
            sign = "".join(note.itertext(_name("text:note-citation")))
            found = [Block(line if n else f"[{sign}]{line.lstrip()}") for n, line in enumerate(lines)]
            if note.get(_name("text:note-class")) == "endnote":
                self.at_the_end += found
            else:
                yield from found


def _counts(item: etree._Element) -> bool:
    """An item whose first paragraph stands in it, and not only a deeper list."""
    first = next(_elements(item), None)
    return item.tag == _ITEM and first is not None and first.tag in (_P, _H)


def _elements(parent: etree._Element) -> Iterator[etree._Element]:
    return (one for one in parent if isinstance(one.tag, str) and one.tag not in _GONE)


def _text(paragraph: etree._Element) -> str:
    """The text of a paragraph without that of notes, comments and text boxes in it."""
    parts = [_blank(paragraph.text)]
    for child in paragraph:
        if isinstance(child.tag, str) and child.tag not in _GONE | {_P, _H, _LIST, _TABLE}:
            if child.tag == _name("text:s"):
                parts.append(" " * min(_MOST_BLANKS, _number(child.get(_name("text:c")), 1)))
            else:
                parts.append(_SIGNS.get(child.tag) or _text(child))
        parts.append(_blank(child.tail))
    return "".join(parts)


def _blank(text: str | None) -> str:
    return _BLANKS.sub(" ", text or "")


def _row(row: etree._Element) -> str:
    cells = ("\t".join(map(_text, _paragraphs(cell))) for cell in row.iter(_CELL))
    return "\t".join(cells).replace("\n", "\t").strip()


def _paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    """Those of a cell, also in its lists and boxes, but not in its notes and comments."""
    for one in _elements(cell):
        if one.tag in (_P, _H):
            yield one
        yield from _paragraphs(one)


def _is_value(cell: etree._Element) -> bool:
    if cell.find(f".//{_TABLE}") is not None:
        return False
    paragraphs = list(_paragraphs(cell))
    return len(paragraphs) <= 1 or sum(len(_text(one)) for one in paragraphs) <= _LONGEST_CELL


# --- styles ----------------------------------------------------------------------------------------------------

_OUTLINE = "\0outline"  # no name of a list can be this


def _levels(roots: list[etree._Element]) -> dict[tuple[str, int], _Level]:
    """The levels of all lists, and of the outline of headings."""
    found: dict[tuple[str, int], _Level] = {}
    for root in roots:
        for style in root.iter(_name("text:list-style"), _name("text:outline-style")):
            name = _OUTLINE if style.tag == _name("text:outline-style") else style.get(_name("style:name")) or ""
            for level in style.iter(_name("text:list-level-style-number"), _name("text:outline-level-style")):
                found.setdefault((name, _number(level.get(_name("text:level")), 1)), _level(level))
    return found


def _level(level: etree._Element) -> _Level:
    written = level.get(_name("style:num-format")) or ""
    before, behind = (level.get(_name(f"style:num-{side}")) or "" for side in ("prefix", "suffix"))
    return _Level(
        _FIGURES.get(written[:1], "decimal") if written else "",
        before[:20],
        behind[:20],
        _number(level.get(_name("text:start-value")), 1),
        min(10, _number(level.get(_name("text:display-levels")), 1)),
    )


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= 9 else otherwise


# --- what is no text -------------------------------------------------------------------------------------------


def _left_out(body: etree._Element) -> Iterator[tuple[str, str]]:
    for comment in body.iter(_name("office:annotation")):
        text = "".join("".join(one.itertext()) for one in comment.iter(_P))
        if text.strip():
            yield "批注", text


def _page_heads(styles: etree._Element) -> Iterator[str]:
    for head in styles.iter(_name("style:header"), _name("style:footer")):
        text = "".join(head.itertext())
        if text.strip():
            yield text
