"""Captions that no word shows to be one: short lines between paragraphs, by what stands around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from indexer.articles.characters import has_chinese, readable
from indexer.articles.choosing import coverage
from indexer.articles.furniture import shown_in, tells_of_picture
from indexer.articles.headlines import TITLE_FORM, is_caption
from indexer.articles.lines import Line
from indexer.articles.names import POST
from indexer.articles.official import is_official_line
from search.text.patterns import lazy

_SHORTEST, _LONGEST = 4, 40
_MOST = 3  # lines in a row: more may be a list
_PARAGRAPH = 40
# Of a caption's pairs of characters the headline has more, and the caption of the headline's.
_SAME = 0.6
_MARKS = re.compile("[，。；：！？,;:!?…]")
# The text's own: an annex, a day, a number, a note.
_OWN = re.compile(r"附|\d|[（(].*[）)]$")
_BEGIN = frozenset("▲△（(")
_LISTS, _ENDS = frozenset("、“《："), frozenset("，。；,;")
_ITEM = lazy("([一二三四五六七八九])(?:是|要|、)")
_WITH_MARK = lazy("[▲△][^。；：▲△]{4,60}。?")
_BRACKETED = lazy(r"[（(](?![一二三四五六七八九十\d]{1,3}[）)])[^（）()。：:；]{6,60}[）)]")
_POSTED = lazy(rf"{POST}[ \u3000]?[\u4e00-\u9fff]{{2,3}}$")
_NUMERALS = "一二三四五六七八九"


def captions(lines: Sequence[Line], title: str, known: Collection[str]) -> frozenset[int]:
    """Which lines are captions: short ones without a mark, in a row below a paragraph, that head nothing.

    They head nothing where one of the form of a caption (发放现场) stands twice, or is known to be one elsewhere on
    the page; where the paragraph below goes on with what was counted (一是…, 二是…); where they say the headline again,
    or a clause of the paragraph above; where two of them, or one at the end of the text, show a person whom the text
    names. Where one is found, others of the form of captions are, too."""
    runs = _runs([at for at, line in enumerate(lines) if _is_short(line)])
    runs = [run for run in runs if run.start and _is_paragraph(lines[run.start - 1])]
    if not runs and not any(line.bare[:1] in _BEGIN for line in lines):
        return frozenset()
    times = Counter(lines[at].bare for run in runs if len(run) <= _MOST for at in run)
    headline = title + "".join(line.bare for line in lines[:4] if line.alone)
    found = set(_sentences_with_marks(lines))
    for run in runs:
        own = [lines[at] for at in run]
        below = lines[run.stop] if run.stop < len(lines) else None
        if len(own) <= _MOST:
            found.update(at for at in run if lines[at].bare in known or _shown_twice(lines[at].bare, times))
            if below and (_goes_on(lines[run.start - 1], below) or _says_headline(own, headline, len(runs), below)):
                found.update(run)
            found.update(at for at in run if _says_again(lines[run.start - 1].bare, lines[at].bare))
        if len(own) > 1 and _show_people(own, lines, many=1 + (below is not None)):
            found.update(run)
    found.update(_in_brackets(lines))
    if found:  # one page shows its pictures everywhere
        found.update(at for run in runs for at in run if _tells(lines[at].bare) or _is_told_of(lines[at].bare, lines))
    return frozenset(found)


def _is_told_of(bare: str, lines: Sequence[Line]) -> bool:
    """A post and a name that a paragraph has."""
    return _POSTED.search(bare) is not None and any(bare in line.bare for line in lines if _is_paragraph(line))


def _in_brackets(lines: Sequence[Line]) -> list[int]:
    """Lines in brackets below a paragraph, three or more in a row: pictures, and what each shows."""
    found: list[int] = []
    bracketed = [at for at, line in enumerate(lines) if line.bare[:1] in "（(" and _BRACKETED.fullmatch(line.bare)]
    for run in _runs(bracketed):
        if len(run) > _MOST - 1 and run.start and _is_paragraph(lines[run.start - 1]):
            found += run
    return found


def _tells(bare: str) -> bool:
    return is_caption(readable(bare)) or tells_of_picture(bare)


def _says_again(paragraph: str, bare: str) -> bool:
    """Whether a line is a whole clause of the paragraph above it, to its end: 白露为活动致辞."""
    at = paragraph.find(bare) if len(bare) >= 6 else -1
    behind = paragraph[at + len(bare) : at + len(bare) + 1]
    return at >= 0 and paragraph[max(0, at - 1) : at] not in _LISTS and behind in _ENDS


def _sentences_with_marks(lines: Sequence[Line]) -> list[int]:
    """▲老人在食堂用餐。: such sentences between paragraphs of which none has the mark; a list has it on each, and
    headings with it are no sentences."""
    marked = [at for at, line in enumerate(lines) if line.bare[:1] in "▲△" and _WITH_MARK.fullmatch(line.bare)]
    if not all(lines[at].complete or _tells(bare := lines[at].bare[1:]) or _is_told_of(bare, lines) for at in marked):
        return []
    apart = all(at and lines[at - 1].complete for at in marked)
    return marked if apart and len(marked) * 2 < len(lines) else []


def _shown_twice(bare: str, times: Mapping[str, int]) -> bool:
    """小贴士 may head a part of each section."""
    return times[bare] > 1 and is_caption(readable(bare))


def _is_short(line: Line) -> bool:
    bare = line.bare
    if not _SHORTEST <= len(bare) <= _LONGEST or _MARKS.search(bare) or line.level or line.alone:
        return False
    own = line.is_heading or line.marker or _OWN.match(bare) or is_official_line(bare)
    return has_chinese(bare) and not own


def _runs(places: Sequence[int]) -> list[range]:
    runs: list[range] = []
    for at in places:
        if runs and runs[-1].stop == at:
            runs[-1] = range(runs[-1].start, at + 1)
        else:
            runs.append(range(at, at + 1))
    return runs


def _is_paragraph(line: Line) -> bool:
    return line.complete and len(line.bare) >= _PARAGRAPH


def _goes_on(above: Line, below: Line) -> bool:
    first, second = _ITEM.match(above.bare), _ITEM.match(below.bare)
    return bool(first and second) and _NUMERALS.index(second[1]) == _NUMERALS.index(first[1]) + 1  # type: ignore[index]


def _says_headline(run: Sequence[Line], headline: str, runs: int, below: Line) -> bool:
    """All of it, or a piece where no other short line stands in the text, as headings of its parts would. An annex has
    a headline of its own, 云溪县助餐办法, which that of the paper names."""
    if not _is_paragraph(below) or any(TITLE_FORM.search(line.bare) for line in run):
        return False
    if runs == len(run) == 1:
        return coverage(run[0].bare, headline) >= _SAME
    return any(min(coverage(line.bare, headline), coverage(headline, line.bare)) >= _SAME for line in run)


def _show_people(run: Sequence[Line], lines: Sequence[Line], *, many: int) -> bool:
    """Whether so many lines of the run show somebody, and one of them somebody whom the text names."""
    shown = [names for line in run if (names := shown_in(line.bare))]
    said = "".join(line.bare for line in lines if line not in run) if shown else ""
    named = sum(any(name in said for name in names) for names in shown)
    return named > 0 and max(named, sum(tells_of_picture(line.bare) for line in run)) >= many
