"""Lines → paragraphs without loss: hard wraps joined, each paragraph tidied, nothing rewritten."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from indexer.articles.characters import cells, tidy
from indexer.articles.lines import Line
from indexer.articles.marks import (
    PAUSES,
    ends_sentence,
    is_date_line,
    is_end_note,
    is_heading,
    is_in_brackets,
    opens_paragraph,
)
from indexer.articles.official import is_body
from indexer.articles.transcripts import is_turn_alone
from search.text.patterns import lazy


class Column(NamedTuple):
    """What the lines of an article that end inside a sentence are set in.

    width: how they were measured. full: the width from which on a line fills the column, None where there is none.
    widest: of the lines that fill it, 0 without a column.
    """

    width: Callable[[str], float]
    full: float | None
    widest: float


class Layout(NamedTuple):
    """How the lines of an article were laid out.

    width: how its lines were measured, in cells of a page or in characters of a program that counts them.
    full: width from which on a line filled its column, None where there is no column. widest: of its lines; without a
    column, of all lines.
    indents / blanks: an indent / a blank line marks a paragraph. broken: some lines end inside a sentence.
    """

    width: Callable[[str], float]
    full: float | None
    widest: float
    indents: bool
    blanks: bool
    broken: bool


# Openers strong enough to end a heading that fills its line: the body begins with a date, an item, an office.
_STRONG_OPENER = lazy(r"(?:\d{4}年|当前|近年来|今年|去年|习近平|各级|各地|我们|[一二三四五六七八九十]{1,3}(?:是|要))")


def layout(lines: Sequence[Line]) -> Layout:
    body, open_ended = _paragraphs(lines)
    width, full, widest = _column(body, open_ended)
    pairs = list(pairwise(body))
    after_sentence = [b for a, b in pairs if a.complete]
    indented = sum(line.indented for line in body)
    indents = indented >= 2 and sum(b.indented for b in after_sentence) >= 0.6 * len(after_sentence)
    before_gap = [a for a, b in pairs if b.gap]
    finished = sum(a.ends_sentence or a.is_heading for a in before_gap)
    blanks = bool(before_gap) and finished >= 0.8 * len(before_gap)
    # 60 cells: no heading is so long, so a longer line without an end mark was broken inside a sentence
    broken = full is not None or any(cells(text) > 60 for text in open_ended) or _some_broken(pairs, body)
    widest = widest or max((width(line.bare) for line in body), default=0.0)
    return Layout(width, full, widest, indents, blanks, broken)


def _paragraphs(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """The lines that may be part of a paragraph, and those of them that end inside a sentence."""
    body = [line for line in lines if not line.alone and not line.whole]
    # 【某某】 is who speaks, （第三师民政局） who wrote: no line of a column
    open_ended = (line.bare for line in body if not line.ends_sentence and not line.is_heading)
    return body, [bare for bare in open_ended if not is_in_brackets(bare)]


def column_of(lines: Sequence[Line]) -> Column:
    return _column(*_paragraphs(lines))


_WRAPPED = 0.7  # of the widest lines: a line that a program broke is about as wide as they are


def _some_broken(pairs: Sequence[tuple[Line, Line]], body: Sequence[Line]) -> bool:
    """Whether a line without an end mark above another was broken: about as wide as all but the widest tenth."""
    open_pairs = [line for line, following in pairs if _both_open(line, following)]
    if not open_pairs:
        return False
    widths = sorted(cells(line.bare) for line in body)
    column = _WRAPPED * widths[-1 - len(widths) // 10]
    return any(cells(line.bare) >= column for line in open_pairs)


# attachments, numbered lines, items of a list: they have no end mark and yet end
_LISTED = re.compile(r"附件|附：|\d|[●◆■▪★※·]|.*\.(?:docx?|xlsx?|pdf|wps|zip|rar)$")


def _both_open(line: Line, following: Line) -> bool:
    """Two lines in a row without an end mark: the first was broken. 15: below that they may be a list of names."""
    texts = (line.bare, following.bare)
    is_open = all(not ends_sentence(text) and not is_heading(text) and not _LISTED.match(text) for text in texts)
    return is_open and cells(line.bare) >= 15


_FEWEST = 3  # lines that show a column


def _column(body: Sequence[Line], open_ended: Sequence[str]) -> Column:
    """Of the lines that end inside a sentence the narrowest and the widest tenth left aside. None where lines of one
    width are no rule, or where half the text stands in lines that no such column holds."""
    measured = _measure(open_ended)
    if len(open_ended) < _FEWEST or len(open_ended) < 0.4 * len(body):
        return Column(measured, None, 0.0)
    tenth, usual, most = _tenths([measured(text) for text in open_ended])
    widths = [measured(line.bare) for line in body]
    wider = sum(width for width in widths if width > 2 * most)
    if tenth >= 0.6 * usual and most <= 1.4 * usual and wider <= 0.5 * sum(widths):
        return Column(measured, tenth, most)
    return Column(measured, None, 0.0)


def _tenths(widths: Sequence[float]) -> tuple[float, float, float]:
    """What a tenth, a half and nine tenths of the widths do not exceed."""
    ordered = sorted(widths)
    tenth, usual, most = (ordered[int(q * (len(ordered) - 1))] for q in (0.1, 0.5, 0.9))
    return tenth, usual, most


def _measure(texts: Sequence[str]) -> Callable[[str], float]:
    """A printer fills the width of a page, a naive program counts characters: figures tell which, they are narrow.

    Half the spread and eight lines: less is chance.
    """
    if len(texts) < 8:
        return cells
    counted = _spread([len(text) for text in texts]) < 0.5 * _spread([cells(text) for text in texts])
    return len if counted else cells


def _spread(widths: Sequence[float]) -> float:
    if not widths:
        return 0.0
    tenth, usual, most = _tenths(widths)
    return (most - tenth) / max(1.0, usual)


def unwrapped(lines: Sequence[Line]) -> tuple[Line, ...]:
    """One Line a paragraph, its text tidied. Characters other than blanks are those of the lines, in order."""
    how = layout(lines)
    paragraphs: list[Line] = []
    parts: list[str] = []
    for line, following in zip(lines, (*lines[1:], None), strict=True):
        parts.append(line.text)
        begins = len(parts) == 1
        if following is None or _ends_paragraph(line, following, how, begins=begins) or _heading_over_lines(parts, how):
            text = tidy(joined(parts, counted=how.width is len))
            if text:
                paragraphs.append(replace(line, text=text))
            parts = []
    return tuple(paragraphs)


def _heading_over_lines(parts: list[str], how: Layout) -> bool:
    """A heading broken by its column: it ends with a line that does not fill the column. At most four lines."""
    if how.full is None or not 1 < len(parts) <= 4 or how.width(parts[-1].strip()) >= how.full:
        return False
    return is_heading(tidy(joined(parts)))


def in_columns(lines: Sequence[Line]) -> bool:
    """Whether the paragraphs of a page or document are in truth lines of a column, pasted one by one.

    18 cells: narrower ones are the cells and entries of lists, which have one width, too.
    """
    full = column_of(lines).full
    return full is not None and full >= 18


def tidied(lines: Sequence[Line]) -> tuple[Line, ...]:
    """One Line a paragraph where the format already gives paragraphs; one that a page number parts is whole again."""
    paragraphs: list[Line] = []
    for line in lines:
        text = tidy(line.bare)
        above = paragraphs[-1] if paragraphs and line.page else None
        if above is not None and not (above.alone or line.alone or above.ends_sentence or above.is_heading):
            paragraphs[-1] = replace(above, text=tidy(joined((above.text, text))))
        elif text:
            paragraphs.append(replace(line, text=text))
    return tuple(paragraphs)


def joined(parts: Iterable[str], *, counted: bool = False) -> str:
    """Lines run on; a blank only between two Latin words: a number, Chinese or an abbreviation (RC|EP) has none.

    counted: a program cut the lines after so many characters, also inside words; the blanks it met are still there.
    """
    pieces: list[str] = []
    for part in parts:
        if pieces and not counted and _LATIN_WORDS.match(pieces[-1].rstrip()[-1:] + part.lstrip()[:1]):
            pieces.append(" ")
        pieces.append(part)
    return "".join(pieces)


_LATIN_WORDS = re.compile(r"(?![A-Z]{2})[A-Za-z]{2}")


def _ends_paragraph(line: Line, following: Line, how: Layout, *, begins: bool) -> bool:
    """Whether a paragraph ends with this line; begins: it is the paragraph's first, so it may be a heading."""
    if line.alone or following.alone or line.whole or following.whole or line.is_row or following.is_row:
        return True
    if differ(line, following):
        return True  # no paragraph is set in two sizes
    if following.bare[0] == "【" and is_turn_alone(following.bare):
        return True
    if is_end_note(following.bare) and line.complete and following.bare[0] in "（(":
        return False  # （据湖北省民政厅） belongs to the sentence before it, also on a line of its own
    if begins and is_in_brackets(line.bare):
        return True
    if begins and line.is_heading and not following.indented:
        return _heading_ends(line, following, how)
    if not line.ends_sentence:
        return _open_line_ends(line, following, how)
    if following.text.lstrip()[:1] in "，。、；：”’）》":
        return False
    if how.indents:
        return following.indented or _begins_flush(line, following, how)
    if how.blanks and (following.gap or not following.page):
        return following.gap or how.full is None
    if how.full is None:
        return True
    # after a semicolon a list goes on: only a much shorter line ends a paragraph there, or a mark that follows
    short = 0.6 * how.full if line.bare[-1] in PAUSES else how.full
    return how.width(line.bare) < short or opens_paragraph(following.bare)


_LARGER = 1.15  # a headline has 22 points over a text of 16, or 16 over 12


def differ(one: Line, other: Line) -> bool:
    """Whether the letters of two lines are of sizes that a reader sees to be two."""
    return max(one.size, other.size) > _LARGER * min(one.size, other.size)


def _begins_flush(line: Line, following: Line, how: Layout) -> bool:
    """In a text of indented paragraphs: whether one begins that is not, behind a finished sentence. Headings are set to
    the margin or in the middle, and so is the signature; a wrapped line stands there as well."""
    if following.is_heading or (line.complete and following.gap):
        return True
    if how.full is None:
        return line.complete and not how.broken
    return line.complete and how.width(line.bare) < how.full


def _heading_ends(line: Line, following: Line, how: Layout) -> bool:
    """一、… without an end mark. Where it fills its column it may go on, unless the next line begins a text."""
    if how.full is None or how.width(line.bare) < how.full:
        return True
    return bool(_STRONG_OPENER.match(following.bare)) or following.marker is not None


def _open_line_ends(line: Line, following: Line, how: Layout) -> bool:
    """A line without an end mark goes on, unless layout says that a paragraph begins or it is a heading by itself."""
    if is_date_line(line.bare) or is_date_line(following.bare):
        return True  # the signature of a document: a body and, below it, the date
    if is_body(line.bare) and is_body(following.bare):
        return True  # or several bodies
    if how.indents:
        return following.indented or (not line.indented and _is_short(line, how))
    if how.blanks and following.gap:
        return True
    if how.full is not None:
        return False
    return _is_short(line, how)


def _is_short(line: Line, how: Layout) -> bool:
    """A subheading without a number or an entry of a list, in a text none of whose lines is broken: much narrower than
    the lines of text."""
    narrow = how.width(line.bare) < min(40, 0.6 * how.widest)
    return not how.broken and narrow and line.bare[-1] not in "，,、的了和与及" + PAUSES
