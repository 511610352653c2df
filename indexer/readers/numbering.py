"""Numbers that Word shows before a paragraph and keeps out of its text: 一、 （一） 1. by the paragraph's list."""

from __future__ import annotations

from dataclasses import dataclass, field

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from search.text import numbers

_W = {"w": qn("w:p")[1:].partition("}")[0]}
_CHINESE = frozenset(
    ("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting")
)


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list is numbered: 一, 二 or 1, 2; pattern like （%1）; the first number."""

    style: str
    pattern: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts through a document; ask for each paragraph in reading order."""

    levels: dict[tuple[str, int], Level]
    lists: dict[str, str]  # numId → abstractNumId
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def label(self, paragraph: etree._Element) -> str:
        """What Word shows before the paragraph; empty for none and for bullets."""
        place = paragraph.find("w:pPr/w:numPr", _W)
        if place is None:
            return ""
        number, depth = (_value(place.find(f"w:{name}", _W)) for name in ("numId", "ilvl"))
        kind = self.lists.get(number, "")
        at = int(depth) if depth.isdecimal() else 0
        level = self.levels.get((kind, at))
        if level is None or level.style in ("bullet", "none"):
            return ""
        self._counts[kind, at] = self._counts.get((kind, at), level.start - 1) + 1
        for deeper in range(at + 1, 9):
            self._counts.pop((kind, deeper), None)
        return self._filled(kind, level)

    def _filled(self, kind: str, level: Level) -> str:
        text = level.pattern
        for at in range(9):
            outer = self.levels.get((kind, at))
            if outer and f"%{at + 1}" in text:
                count = self._counts.get((kind, at), outer.start)
                text = text.replace(f"%{at + 1}", numbers.written(count) if outer.style in _CHINESE else str(count))
        return text


def numbering(document: Document) -> Numbering:
    """The lists a document defines; none where it has no numbering part."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):  # no numbering part
        return Numbering({}, {})
    levels = {
        (_attribute(kind, "abstractNumId"), int(_attribute(level, "ilvl") or 0)): Level(
            _value(level.find("w:numFmt", _W)),
            _value(level.find("w:lvlText", _W)),
            int(_value(level.find("w:start", _W)) or 1),
        )
        for kind in root.findall("w:abstractNum", _W)
        for level in kind.findall("w:lvl", _W)
    }
    lists = {_attribute(one, "numId"): _value(one.find("w:abstractNumId", _W)) for one in root.findall("w:num", _W)}
    return Numbering(levels, lists)


def _value(element: etree._Element | None) -> str:
    return _attribute(element, "val") if element is not None else ""


def _attribute(element: etree._Element, name: str) -> str:
    return str(element.get(qn(f"w:{name}")) or "")
