"""Blocks → lines that are not blank, without page furniture, running heads, contents and what a site puts below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

from indexer.articles import boundaries, contents, marks, pages
from indexer.articles.characters import cells, without_pinyin
from indexer.articles.forum import without_head
from indexer.articles.furniture import RULE, furniture, shown_in, site_foot, tells_of_picture
from indexer.articles.marks import complete
from indexer.articles.tail import without_tail
from indexer.extract import Block, Extract
from search.text import item_marks
from search.text.patterns import lazy


@dataclass(frozen=True)
class Line:
    """A line that is not blank. gap: a blank line stood before it. alone: a paragraph by itself (heading, byline).

    page: a page number stood before it; trail: the trail of its page did (首页 > 要闻), apart: a button, a menu or
    another line of the page's own, ruled: a rule (=====). whole: the format says that it is a paragraph. size: see
    Block.
    What it looks like by itself (marks.py) is recognised once, with the first stage that asks; without slots, because
    that is where it is remembered.
    """

    text: str
    level: int = 0
    gap: bool = False
    alone: bool = False
    page: bool = False
    whole: bool = False
    trail: bool = False
    apart: bool = False
    ruled: bool = False
    size: float = 1.0

    @cached_property
    def bare(self) -> str:
        """Without the blanks around it."""
        return self.text.strip()

    @cached_property
    def marker(self) -> item_marks.Marker | None:
        """The mark it begins with."""
        return item_marks.marker(self.bare)

    @cached_property
    def is_heading(self) -> bool:
        return marks.is_heading(self.bare)

    @cached_property
    def ends_sentence(self) -> bool:
        return marks.ends_sentence(self.bare)

    @cached_property
    def complete(self) -> bool:
        return marks.complete(self.bare)

    @cached_property
    def is_row(self) -> bool:
        """Cells of a table, a list of names, a name and a post: several things with blanks between them."""
        return boundaries.is_row(self.bare)

    @property
    def indented(self) -> bool:
        return self.text.startswith(("\u3000", "  ", "\t", "\xa0\xa0"))


def exploded(line: str) -> list[str]:
    """A long line that holds the blanks of former line ends (one every 30–45 characters), at those blanks.

    Only when seven of ten pieces have the same width within 15 %, last lines of paragraphs aside: then the blanks are
    wraps, not the author's.
    """
    pieces = re.split(r"(?<![A-Za-z0-9]) +| +(?![A-Za-z0-9])", line) if len(line) >= 200 else [line]
    if len(pieces) < 6:
        return [line]
    widths = [cells(piece) for piece in pieces]
    usual = sorted(widths)[int(0.7 * len(widths))]
    full = [0.85 * usual <= width <= 1.15 * usual for width in widths]
    alike = sum(
        even or (complete(piece) and width < usual) for piece, width, even in zip(pieces, widths, full, strict=True)
    )
    return (
        [piece for piece in pieces if piece]
        if alike >= 0.7 * len(pieces) and sum(full) >= 5 and 8 <= usual <= 60
        else [line]
    )


_WIDE_BLANK = re.compile(r"[ \xa0]*(?:[\u3000\t]|[ \xa0]{2})[\u3000\t \xa0]*")
_INDENT = lazy(r"(?<=[。！？…”：])[ \xa0]*(?:[\u3000\u2003]{2}|[ \xa0]{4})[\u3000\u2003 \xa0]*")
_FEWEST_PARAGRAPHS = 4


def in_paragraphs(line: str) -> list[str]:
    """A line that holds several paragraphs with blanks between them, at those blanks.

    An indent behind the end of a sentence begins one, where each that ends before it is a paragraph. Other wide blanks
    do where all pieces are paragraphs, headings or salutations, two of a headline at the top aside.
    """
    bare = line.strip()
    if len(bare.split(maxsplit=1)) < 2 or _WIDE_BLANK.search(bare) is None:
        return [line]
    pieces = [piece for piece in _INDENT.split(bare) if piece]
    if len(pieces) > 1 and all(map(_is_whole, pieces[:-1])):
        return pieces
    pieces = [piece for piece in _WIDE_BLANK.split(bare) if piece]
    if len(pieces) < _FEWEST_PARAGRAPHS:
        return [line]
    return pieces if all(map(_is_whole, pieces[2:])) and sum(map(complete, pieces)) >= 2 else [line]


def _is_whole(text: str) -> bool:
    return complete(text) or marks.is_heading(text) or bool(marks.SALUTATION.match(text))


# 云溪市召开助餐推进会 | |||: a cell of a table that laid out the page, and the empty ones behind it
# or behind a label and its value: 名称： | 云溪县助餐办法 |
_EMPTY_CELLS = lazy(
    r"^(?:[^|｜]{0,5000}|[^|｜：:]{1,8}[：:]\s{0,4}[|｜].{0,500})(?<=[^|｜\s])(\s{0,40}[|｜][|｜\s]{0,80})$"
)
_STROKES = ("|", "｜")
_BEHIND = {
    # …每天送餐。[15:00:12]: when somebody said so in an interview that was shown live
    "页面信息": re.compile(r"(?<=[。！？”）])[ \u3000]{0,2}(\[\d{1,2}:\d{2}:\d{2}\])\s*$"),
    # …每天送餐。3 k8 Q' w1 ~! Z#: letters, figures and signs that a forum strews about so that nobody copies its text
    "乱码": re.compile(
        r"(?<=[\u4e00-\u9fff。！？；，：”）])(?=.{0,60}?[^\w\s.:/-])(?=.{0,60}?[A-Za-z])(?=.{0,60}?\d)"
        r"((?:[\x21-\x7e]{1,2} ){3,19}[\x21-\x7e]{1,2})\s*$",
        re.A,
    ),
}
_BLANK = "\u200b\ufeff \t\u3000\xa0"


def _pieces(block: Block, *, wrapped: bool) -> list[str]:
    if block.level:
        return [block.text]
    pieces = in_paragraphs(block.text)
    return [part for piece in pieces for part in exploded(piece)] if wrapped else pieces


def lines_of(extract: Extract) -> tuple[list[Line], list[tuple[str, str]]]:
    """The lines that are not blank, and what was left out as furniture with its name."""
    lines: list[Line] = []
    left_out: list[tuple[str, str]] = []
    gap = page = trail = apart = ruled = False
    last = ("", "")  # what was left out straight above
    named = dict.fromkeys(site_foot([block.text.strip(_BLANK) for block in extract.blocks]), "版权")
    blocks = without_head(without_tail(extract.blocks, left_out), left_out)
    named |= pages.page_marks(blocks) if extract.wrapped else {}
    for at, block in enumerate(blocks):
        for piece in _pieces(block, wrapped=extract.wrapped):
            shown, pinyin = without_pinyin(piece)
            left_out.extend(("注音", syllables) for syllables in pinyin)
            if shown.rstrip().endswith(_STROKES) and (cells_behind := _EMPTY_CELLS.search(shown)):
                left_out.append(("分隔线", cells_behind.group(1)))
                shown = shown[: cells_behind.start(1)]
            # most lines end with a Chinese sign
            for name, pattern in _BEHIND.items() if shown.rstrip()[-1:].isascii() else ():
                if behind := pattern.search(shown):
                    left_out.append((name, behind.group(1)))
                    shown = shown[: behind.start(1)]
            bare = shown.strip(_BLANK)
            name = "" if block.level or contents.is_title(bare) else named.get(at) or furniture(bare)
            if (
                not name
                and bare
                and left_out
                and last == left_out[-1]
                and last[0] in ("图片", "图片说明")
                and (tells_of_picture(bare) or shown_in(bare))
            ):
                name = "图片说明"
            if not bare:
                gap = not page  # the blanks around a page number belong to the page, not to the text
            elif name:
                if _OF_ACCOUNT.fullmatch(bare) and len(lines) == 1 and _ACCOUNT.fullmatch(lines[0].bare):
                    left_out.append(("站名栏目", lines.pop().bare))
                left_out.append((name, bare))
                last = left_out[-1]
                if name == "位置" and not any(map(_is_said, lines)):
                    lines, trail = without_menus(lines, left_out), True
                apart = apart or name in OF_PAGE
                ruled = ruled or (name == RULE and extract.wrapped)
                gap, page = gap and name != pages.NUMBER, page or name == pages.NUMBER
            else:
                last = ("", "")
                above = gap and extract.wrapped
                lines.append(Line(shown, block.level, above, False, page, block.whole, trail, apart, ruled, block.size))
                gap = page = trail = apart = ruled = False
    lines = _without_heads(lines, left_out) if extract.wrapped else lines
    listed = contents.places([line.bare for line in lines])
    left_out += [(contents.NAME, lines[at].bare) for at in sorted(listed)]
    return [line for at, line in enumerate(lines) if at not in listed], left_out


# 云溪民政 above a button to follow it, or its number
_ACCOUNT = re.compile(r"\w{2,8}")
_OF_ACCOUNT = lazy(r"[+＋ ]{0,3}关注|微信号[：: \u3000]{0,3}[\w-]{4,30}|\d[\d.]{0,5}万?粉丝")


def _is_said(line: Line) -> bool:
    """A sentence of a text; 欢迎您！ is called out by a site."""
    return line.complete and (len(line.bare) > 40 or line.bare[-1] not in "!！")


# Kinds of lines that stand between a site's head and a headline, or below that, but in no text.
OF_PAGE = frozenset(["按钮", "导航", "版面", "翻页", "位置", "提示"])
# Above the trail (当前位置：首页 > 要闻) stand a site's menus; a headline there stands below it again.
_MENU = lazy(r"[^，。；！？]{1,12}(?:[：:\s][^，。；！？]{0,40})?")


def without_menus(lines: list[Line], left_out: list[tuple[str, str]]) -> list[Line]:
    """Leave out menus of two words and more above a trail: 专业版 English, 热词：低保 养老; and where to write to."""
    menus = [
        line
        for line in lines
        if not line.level and (len(line.bare.split()) > 1 or "@" in line.bare) and _MENU.fullmatch(line.bare)
    ]
    left_out += [("导航", line.bare) for line in menus]
    return [line for line in lines if line not in menus]


def _without_heads(lines: list[Line], left_out: list[tuple[str, str]]) -> list[Line]:
    """Leave out running heads and feet: short lines beside a page number that stand in the middle of a sentence,
    or that stand beside three page numbers or more."""
    if not any(line.page for line in lines):
        return lines
    usual = median(cells(line.bare) for line in lines)
    beside = Counter(line.bare for at, line in enumerate(lines) if _beside_page(lines, at) and not line.complete)
    kept: list[Line] = []
    page = False
    for at, line in enumerate(lines):
        # 0.6: a line of a column that breaks off inside a sentence is full; a head is not, nor is a cell of a table
        inside = bool(kept) and not kept[-1].ends_sentence and not kept[-1].is_heading
        inside = inside and cells(kept[-1].bare) >= 0.6 * usual
        short = cells(line.bare) < 0.6 * usual and not re.search(r"[，。；：、！？]", line.bare)
        if _beside_page(lines, at) and ((inside and short and kept[-1].bare != line.bare) or beside[line.bare] >= 3):
            left_out.append(("书眉", line.bare))
            page = page or line.page
            continue
        kept.append(replace(line, page=line.page or page, gap=line.gap and not page))
        page = False
    return kept


def _beside_page(lines: Sequence[Line], at: int) -> bool:
    """First line of a page or last one before a page number; the very first and last of a file are no heads."""
    last = at + 1 < len(lines) and lines[at + 1].page
    return not lines[at].level and (lines[at].page or last) and len(lines[at].bare) <= 40
