"""Paragraphs → passages of a size to read, cut at sentence ends, each with its place in the outline.

The passages of a paragraph joined are the paragraph, character for character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.articles.credits import reporter
from indexer.articles.headlines import is_byline, is_stated
from indexer.articles.lines import Line
from indexer.articles.marks import (
    CLOSES_RUN,
    MEETING_SAYS,
    MUST_OPENER,
    complete,
    is_date_line,
    is_heading,
    is_in_brackets,
    sentence_ends,
)
from indexer.articles.official import is_body, is_head_line
from search.documents.document import Passage
from search.text import numbers, sentence_rules
from search.text.item_marks import BRACKET, ITEM, MEETING, PART, ROMAN, TOPIC, TOPIC_OPENER, marker
from search.text.patterns import lazy

READABLE = 220  # characters; about six lines of a page, what a reader takes in at a glance
STUB = 40  # an item's first sentence up to this length reads as the heading of what follows and stays with it
MAX_CHARS = 2_000  # the segmenter is quadratic beyond this; real sentences end long before
_MAX_LABEL = 30


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an outline: level as in marks, smaller is outer; number where the mark has one."""

    level: int
    label: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a paragraph that stays together, and the outline it stands under."""

    text: str
    outline: tuple[Step, ...]


def passages(paragraphs: Sequence[Line]) -> tuple[Passage, ...]:
    """Passages in reading order; number and paragraph count from 1."""
    found = (
        (at, text, tuple(place.label for place in piece.outline), heading)
        for at, (pieces, heading) in enumerate(_outlined(paragraphs), start=1)
        for piece in pieces
        for text in _capped(piece.text)
    )
    return tuple(Passage(number, *facts) for number, facts in enumerate(found, start=1))


# --- outline ---------------------------------------------------------------------------------------------------


def _outlined(paragraphs: Sequence[Line]) -> Iterator[tuple[list[Piece], bool]]:
    """Each paragraph with its pieces; a heading stands under its parents and opens its own level."""
    heads = _are_headings(paragraphs)
    opens = _next_items(paragraphs, heads)
    path: tuple[Step, ...] = ()
    for at, line in enumerate(paragraphs):
        if heads[at]:
            place = Step(_heading_level(line, path), line.text, None)
            path = (*_above(path, place.level), place)
            yield [Piece(line.text, path[:-1])], True
            continue
        path = _entering(line.text, path, opens[at])
        pieces = list(_pieces(line.text, path))
        yield pieces, False
        path = _leaving(line.text, path, pieces)


def _are_headings(paragraphs: Sequence[Line]) -> list[bool]:
    """Which paragraphs are headings: marked by the format, numbered and alone, or a short line without an end mark
    that stands alone above running text. Below the last of it there are signatures and dates."""
    running = [at for at, line in enumerate(paragraphs) if complete(line.text) and line.text[0] not in "（("]
    last = running[-1] if running else 0
    # 地点：…, 主持人：… below one another: what is stated of a meeting heads nothing
    stated = [is_stated(line.text) for line in paragraphs]
    pairs = list(pairwise((False, *stated, False)))
    among = [one and (pairs[at][0] or pairs[at + 1][1]) for at, one in enumerate(stated)]
    annexes = _annexes(paragraphs)
    return [
        at not in annexes
        and (
            _is_marked(line)
            or (at < last and _is_bare(line) and not (among[at] or _is_of_paper(line, paragraphs[at + 1])))
        )
        for at, line in enumerate(paragraphs)
    ]


def _annexes(paragraphs: Sequence[Line]) -> frozenset[int]:
    """The places of 附件：1.先进集体名单 and 2.先进个人名单 below it: names of what is added to a paper."""
    found: set[int] = set()
    for at, line in enumerate(paragraphs):
        if _FIRST_ANNEX.match(line.text) or (at - 1 in found and marker(line.text) is not None and not line.level):
            found.add(at)
    return frozenset(found)


_FIRST_ANNEX = lazy(r"附件?[ \u3000]?[：:]\s?1[.．、]")


def _is_marked(line: Line) -> bool:
    return bool(line.level) or is_heading(line.text)


def _is_bare(line: Line) -> bool:
    bare = not line.alone and len(line.text) <= STUB and not complete(line.text)
    return (
        bare and line.text[-1] not in "，、；：:;,）)" and not re.search(r"[，。；]|\d$|^\d{4}年\d{1,2}月", line.text)
    )


def _is_of_paper(line: Line, below: Line) -> bool:
    """Whether a short line heads nothing: the number of a paper, who reports, a remark, a body that signs above its
    day."""
    text = line.text
    if all(map(is_body, text.split())):  # several sign together
        return is_date_line(below.text) or is_body(below.text)
    return is_head_line(text) or is_byline(text) or bool(reporter(text)) or is_in_brackets(text)


def _heading_level(line: Line, path: tuple[Step, ...]) -> int:
    found = marker(line.text)
    if found is not None:
        return found.level
    if line.level:
        return line.level - 10  # headings of the format are outside all marks of the text
    if path and path[-1].level in (PART, BRACKET) and marker(path[-1].label) is None:
        return path[-1].level  # below another without a mark: its equal
    return BRACKET if any(place.level <= ROMAN for place in path) else PART


def _above(path: tuple[Step, ...], level: int) -> tuple[Step, ...]:
    return tuple(place for place in path if place.level < level)


def _next_items(paragraphs: Sequence[Line], heads: Sequence[bool]) -> list[int | None]:
    """For each paragraph the number of the next one that begins with an item, None where a heading comes first."""
    following: list[int | None] = []
    number_ahead: int | None = None
    for line, head in zip(reversed(paragraphs), reversed(heads), strict=True):
        following.append(number_ahead)
        found = marker(line.text)
        if head or MEETING_SAYS.match(line.text):
            number_ahead = None
        elif found is not None:
            number_ahead = numbers.read(found.number) if found.level == ITEM else None
    return following[::-1]


def _entering(text: str, path: tuple[Step, ...], next_item: int | None) -> tuple[Step, ...]:
    """The outline a paragraph begins under. One without a mark stays under an item only between two of its run."""
    if (found := marker(text)) is not None:
        return (*_above(path, found.level), Step(found.level, _label(text, found.end), numbers.read(found.number)))
    if MEETING_SAYS.match(text):
        return _above(path, MEETING)
    last = path[-1] if path else None
    if last and last.level == ITEM and last.number is not None and next_item == last.number + 1:
        return path
    return _above(path, MEETING)


def _leaving(text: str, path: tuple[Step, ...], pieces: list[Piece]) -> tuple[Step, ...]:
    """The outline behind a paragraph: items run on inside it end with it, who spoke last goes on."""
    spoken = [place for piece in pieces for place in piece.outline if place.level == MEETING]
    if marker(text) is not None:
        return path
    return (*_above(path, MEETING), *spoken[-1:])


def _label(text: str, after: int) -> str:
    """The clause after a mark: 三是以推进构建老龄工作大格局为重点."""
    cut = re.compile(r"[，。；：！？,;:]").search(text, after)
    clause = text[: cut.start() if cut else len(text)]
    return clause if len(clause) <= _MAX_LABEL else clause[: _MAX_LABEL - 1] + "…"


# --- pieces ----------------------------------------------------------------------------------------------------


def _pieces(text: str, path: tuple[Step, ...]) -> Iterator[Piece]:
    """Runs of a paragraph under one outline, each cut to a readable size."""
    start = 0
    here = path
    said = MEETING_SAYS.match(text)
    if said:
        here = (*_above(path, MEETING), Step(MEETING, said.group(1)))
    for cut, outline in _turns(text, here):
        yield from _readable(text[start:cut], here)
        start, here = cut, outline
    yield from _readable(text[start:], here)


def _turns(text: str, path: tuple[Step, ...]) -> Iterator[tuple[int, tuple[Step, ...]]]:
    """Where a new item, speaker or the close of a run begins inside the paragraph, with the outline from there on."""
    here = path
    for found in sentence_rules.ITEM.finditer(text):
        at = found.end()
        rest = text[at : at + 60]
        mark = marker(rest)
        sentence = found.group()[0] in "。！？"
        if mark is not None and (mark.level == ITEM or (mark.level > ROMAN and sentence)):
            here = (*_above(here, mark.level), Step(mark.level, _label(rest, mark.end), numbers.read(mark.number)))
            yield at, here
        elif sentence and not _in_item(here) and (said := MEETING_SAYS.match(rest)):
            here = (*_above(here, MEETING), Step(MEETING, said.group(1)))
            yield at, here
        elif sentence and here and here[-1].level == ITEM and here != path and CLOSES_RUN.match(rest):
            here = _above(here, ITEM)
            yield at, here


def _in_item(path: tuple[Step, ...]) -> bool:
    """Inside an item a sentence that reports (会议强调，…) is a quotation, not a new part."""
    return any(place.level == ITEM for place in path)


def _readable(text: str, outline: tuple[Step, ...]) -> Iterator[Piece]:
    """A run as one piece when it is short, else cut at topics and 要…, then at sentences."""
    if len(text) <= READABLE:
        if text:
            yield Piece(text, outline)
        return
    ends = sentence_ends(text)
    sentences = [text[a:b] for a, b in pairwise((0, *ends))]
    groups = _grouped(sentences)
    for group in groups:
        topic = TOPIC_OPENER.match(group[0])
        # 养老服务工作，要…: the topic is the place of these sentences alone
        under = (*outline, Step(TOPIC, topic.group(1))) if topic and len(groups) > 1 else outline
        for packed in _packed(group):
            yield Piece(packed, under)


def _grouped(sentences: list[str]) -> list[list[str]]:
    """Sentences from one opener (要…, a topic) to the next; without two openers all of them together."""
    opens = [bool(MUST_OPENER.match(s) or TOPIC_OPENER.match(s)) for s in sentences]
    if sum(opens[1:]) < 2:
        return [sentences]
    groups = [[sentences[0]]]
    for sentence, opener in zip(sentences[1:], opens[1:], strict=True):
        stub = len(groups) == 1 and sum(map(len, groups[0])) <= STUB
        if opener and not stub:
            groups.append([sentence])
        else:
            groups[-1].append(sentence)
    return groups


def _packed(sentences: list[str]) -> list[str]:
    """Sentences joined up to a readable size; one longer than that stays whole."""
    packed: list[str] = []
    for sentence in sentences:
        if packed and len(packed[-1]) + len(sentence) <= READABLE:
            packed[-1] += sentence
        else:
            packed.append(sentence)
    return packed


def _capped(text: str) -> Iterator[str]:
    """Pieces of at most MAX_CHARS: at a pause where there is one in the last half, else anywhere."""
    while len(text) > MAX_CHARS:
        pause = max(text.rfind(mark, MAX_CHARS // 2, MAX_CHARS) for mark in "；，、 ")
        cut = pause + 1 if pause > 0 else MAX_CHARS
        yield text[:cut]
        text = text[cut:]
    if text:
        yield text
