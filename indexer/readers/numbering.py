"""Numbers that Word shows before a paragraph and keeps out of its text: 一、 （一） 1. by the paragraph's list.

A paragraph is in a list by itself or by its style, whose ancestors count; that is how headings are numbered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from search.text import numbers

_W = {"w": qn("w:p")[1:].partition("}")[0]}
_LEVELS = 9  # of a list in Word
# Characters of a pattern like （%1）. Who repeats %1 a thousand times means to fill the memory: it is written again
# before each paragraph.
_LONGEST = 60


def _sign(signs: str, number: int) -> str:
    """The number-th of signs; in figures where there are fewer."""
    return signs[number - 1] if 0 < number <= len(signs) else str(number)


def _letters(first: str, number: int) -> str:
    """a … z, then aa, bb, as Word goes on."""
    times, place = divmod(number - 1, 26)
    return chr(ord(first) + place) * (times + 1) if 0 < number <= 780 else str(number)


def _roman(number: int) -> str:
    signs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, sign in signs if 0 < number < 400 else ():
        written += sign * (number // value)
        number %= value
    return written or str(number)


_CIRCLED = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))
# What Word calls a kind of figures → how it writes a number. What is not here is written 1, 2, 3.
_WRITTEN: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting"),
        numbers.written,
    ),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), partial(_sign, _CIRCLED)),
    "ideographEnclosedCircle": partial(_sign, "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "ideographTraditional": partial(_sign, "甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": partial(_sign, "子丑寅卯辰巳午未申酉戌亥"),
    "chineseLegalSimplified": partial(_sign, "壹贰叁肆伍陆柒捌玖拾"),
    "decimalEnclosedParen": partial(_sign, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": partial(_sign, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "decimalFullWidth": lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "decimalZero": "{:02d}".format,
    "upperLetter": partial(_letters, "A"),
    "lowerLetter": partial(_letters, "a"),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}


def figure(style: str, number: int) -> str:
    """A number as a list writes it; style: what Word calls the kind of figures."""
    return _WRITTEN.get(style, str)(number)


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list is numbered: 一, 二 or 1, 2; pattern like （%1）; the first number; its style."""

    style: str
    pattern: str
    start: int
    paragraphs: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands: numId of the list, ilvl; empty where it does not say."""

    number: str = ""
    depth: str = ""


@dataclass(slots=True)
class Numbering:
    """Counts through a document; ask for each paragraph in reading order.

    levels: of (abstractNumId, depth). lists: numId → abstractNumId. restarts: (numId, depth) → where that list starts
    anew, once. styles: style → its place in a list.
    """

    levels: dict[tuple[str, int], Level]
    lists: dict[str, str]
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    styles: dict[str, Place] = field(default_factory=dict)
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def label(self, paragraph: etree._Element) -> str:
        """What Word shows before the paragraph; empty for none and for bullets."""
        place = self._place(paragraph)
        kind = self.lists.get(place.number, "")
        at = _number(place.depth, 0)
        level = self.levels.get((kind, at))
        if level is None or level.style in ("bullet", "none") or len(level.pattern) > _LONGEST:
            return ""
        restart = self.restarts.pop((place.number, at), None)
        self._counts[kind, at] = restart or self._counts.get((kind, at), level.start - 1) + 1
        for deeper in range(at + 1, _LEVELS):
            self._counts.pop((kind, deeper), None)
        label = self._filled(kind, level)
        # behind a number without a mark of its own Word leaves the blank that parts it from the text
        return f"{label}\t" if label[-1:].isalnum() and label[-1:].isascii() else label

    def _place(self, paragraph: etree._Element) -> Place:
        """What the paragraph says itself comes before what its style says."""
        style = paragraph.find("w:pPr/w:pStyle", _W)
        styled = self.styles.get(_value(style), Place())
        own = _place_in(paragraph.find("w:pPr/w:numPr", _W))
        return Place(own.number or styled.number, own.depth or styled.depth)

    def _filled(self, kind: str, level: Level) -> str:
        text = level.pattern
        for at in range(_LEVELS):
            outer = self.levels.get((kind, at))
            if outer and f"%{at + 1}" in text:
                count = self._counts.get((kind, at), outer.start)
                text = text.replace(f"%{at + 1}", figure(outer.style, count))
        return text


def numbering(document: Document) -> Numbering:
    """The lists a document defines; none where it has no numbering part."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):  # no numbering part
        return Numbering({}, {})
    levels = {
        (_attribute(kind, "abstractNumId"), _number(_attribute(level, "ilvl"), 0)): _level(level)
        for kind in root.findall("w:abstractNum", _W)
        for level in kind.findall("w:lvl", _W)
    }
    lists = {_attribute(one, "numId"): _value(one.find("w:abstractNumId", _W)) for one in root.findall("w:num", _W)}
    restarts = {
        (_attribute(one, "numId"), _number(_attribute(over, "ilvl"), 0)): _number(_value(start), 1)
        for one in root.findall("w:num", _W)
        for over in one.findall("w:lvlOverride", _W)
        if (start := over.find("w:startOverride", _W)) is not None
    }
    places = _places_of_styles(document)
    # a list that is defined by a style: the list that the style names stands for it
    linked = {
        _attribute(kind, "abstractNumId"): lists[number]
        for kind in root.findall("w:abstractNum", _W)
        if (number := places.get(_value(kind.find("w:numStyleLink", _W)), Place()).number) in lists
    }
    lists = {number: linked.get(kind, kind) for number, kind in lists.items()}
    by_style = {(kind, level.paragraphs): str(at) for (kind, at), level in levels.items() if level.paragraphs}
    styles = {
        style: Place(place.number, by_style.get((lists.get(place.number, ""), style), place.depth))
        for style, place in places.items()
    }
    return Numbering(levels, lists, restarts, styles)


def _level(level: etree._Element) -> Level:
    return Level(
        _value(level.find("w:numFmt", _W)),
        _value(level.find("w:lvlText", _W)),
        _number(_value(level.find("w:start", _W)), 1),
        _value(level.find("w:pStyle", _W)),
    )


def _places_of_styles(document: Document) -> dict[str, Place]:
    """Of each style its place in a list, its own or that of the nearest style it is based on."""
    own: dict[str, Place] = {}
    based: dict[str, str] = {}
    for style in document.styles.element.findall("w:style", _W):
        name = _attribute(style, "styleId")
        own[name] = _place_in(style.find("w:pPr/w:numPr", _W))
        based[name] = _value(style.find("w:basedOn", _W))
    return {name: _inherited(name, own, based) for name in own}


def _inherited(style: str, own: dict[str, Place], based: dict[str, str]) -> Place:
    place = Place()
    for _ in range(_LEVELS):  # Word allows no more generations, and a circle would have no end
        found = own.get(style, Place())
        place = Place(place.number or found.number, place.depth or found.depth)
        style = based.get(style, "")
    return place


def _place_in(place: etree._Element | None) -> Place:
    if place is None:
        return Place()
    return Place(_value(place.find("w:numId", _W)), _value(place.find("w:ilvl", _W)))


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) <= 9 else otherwise


def _value(element: etree._Element | None) -> str:
    return _attribute(element, "val") if element is not None else ""


def _attribute(element: etree._Element, name: str) -> str:
    return str(element.get(qn(f"w:{name}")) or "")
