"""Where articles begin in a file that neither counts nor lists them: what stands about one headline stands about all.

Below a headline stands who wrote it, or when; below a text where it is from; between two texts a rule. One paper has
each of them once, and its chapters have none: what is there twice and more parts articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise

from indexer.articles.cleaning import differ
from indexer.articles.headlines import could_be_headline
from indexer.articles.lines import Line
from indexer.articles.marks import SALUTATION
from indexer.articles.prose import is_broken, is_prose
from indexer.articles.signed import closes, is_signature, names_body, opens
from search.text.patterns import lazy

_HEADER = 4  # lines between a headline and its text: subtitle, who, when
_USUAL = Line("")
_SHORTEST = 8  # characters of a headline that has no other sign than its place

_COLUMN = lazy(r"【[\u4e00-\u9fff]{2,8}】|https?[：:]//[!-~]{4,300}")
_COLUMN_BEGINS = frozenset("【h")


def starts(lines: Sequence[Line]) -> dict[int, int]:
    """The first line of each article, with how many lines there are labels and not its own; none unless there are two
    of a kind."""
    for found in (_opened, _closed, _headed, _ruled, _levelled, _larger):
        heads = found(lines)
        if len(heads) > 1 and not _text_above(lines, heads[0]):
            heads[0] = _top(lines, heads[0])
            return {head - (above := _columns_above(lines, head)): above for head in heads}
    return {}


def is_column(bare: str) -> bool:
    """【领导讲话】, the address of a page: a label alone on its line above a headline."""
    if bare[:1] not in _COLUMN_BEGINS:
        return False
    return _COLUMN.fullmatch(bare) is not None or (bare[-1] == "】" and names_body(bare.strip("【】")))


def _opened(lines: Sequence[Line]) -> list[int]:
    """Headlines with who wrote it or when below."""
    begun = _begun(lines)
    heads: list[int] = []
    for at, (line, below) in enumerate(pairwise(lines)):
        # most lines of a text are told by how they end
        opened = not (line.complete or below.complete) and opens(below.bare) and not is_signature(lines, at)
        if opened and is_head(lines, at) and (head := _first_line(lines, at, begun)) is not None:
            heads.append(head)
    return heads


def _closed(lines: Sequence[Line]) -> list[int]:
    """Headlines below where the text above is from: after each such line but the last there is one, and the file ends
    with such a line."""
    closing = [
        at
        for at, (above, line) in enumerate(pairwise(lines), start=1)
        if above.complete and not line.complete and closes(line.bare)
    ]
    if len(closing) < 2 or any(line.complete for line in lines[closing[-1] + 1 :]):
        return []
    heads = [_first(lines), *(at + 1 + columns_at(lines, at + 1) for at in closing[:-1])]
    return heads if all(at < len(lines) and is_head(lines, at) for at in heads) else []


def _headed(lines: Sequence[Line]) -> list[int]:
    """Headlines with a column above; bodies above the headline of what they wrote."""
    begun = _begun(lines)
    found: list[int] = []
    for at, (line, below) in enumerate(pairwise(lines)):
        if line.complete or below.complete or not (at <= begun or lines[at - 1].complete):
            continue
        column = is_column(line.bare)
        if (column or names_body(line.bare)) and is_head(lines, at + 1):
            found.append(at + column)
    return found


def _ruled(lines: Sequence[Line]) -> list[int]:
    """Headlines below rules."""
    ruled = [at for at, line in enumerate(lines) if line.ruled]
    if not ruled:
        return []
    first = _first(lines)
    heads = [first, *(at + columns_at(lines, at) for at in ruled if at > first)]
    plain = all(at < len(lines) and is_head(lines, at) and len(lines[at].bare) >= _SHORTEST for at in heads)
    return heads if plain and all(lines[at - 1].ends_sentence for at in heads[1:]) else []


def _levelled(lines: Sequence[Line]) -> list[int]:
    """Headings of the format of the level that the first line of the file has: the chapters of one paper stand below
    its headline, so that each of them begins another."""
    level = lines[0].level if lines else 0
    heads = [at for at, line in enumerate(lines) if line.level == level] if level else []
    plain = len(heads) > 1 and all(is_head(lines, at) for at in heads)
    return heads if plain and _are_papers(lines, {at: lines[at].bare for at in heads}) else []


def _larger(lines: Sequence[Line]) -> list[int]:
    """Headlines in letters as large as those of the first and larger than those of the text, where that has ended."""
    if not any(differ(line, _USUAL) for line in lines):
        return []
    first = _first(lines)
    if not differ(lines[first], _USUAL):
        return []
    top = _top(lines, first)
    heads = {top: _whole(lines, range(top, first + 1))}
    large = (at for at in range(first + 1, len(lines)) if not differ(lines[at], lines[first]))
    # a headline may have several lines: they follow each other
    for _, run in groupby(enumerate(large), lambda counted: counted[1] - counted[0]):
        places = [at for _, at in run]
        if is_head(lines, places[-1]) and _ended(lines, places[0] - 1):
            heads[places[0]] = _whole(lines, places)
    return list(heads) if len(heads) > 1 and _are_papers(lines, heads) else []


def _whole(lines: Sequence[Line], places: Iterable[int]) -> str:
    return "".join(lines[at].bare for at in places)


_ANNEX = lazy(r"附[ \u3000]{0,4}(?:件|表|录|图|：).{0,12}")


def _are_papers(lines: Sequence[Line], heads: Mapping[int, str]) -> bool:
    """Whether none of the headings is the chapter of a paper, as its number or its few characters tell, or goes with
    one: what the text above names, or 附件 stands over.

    heads: the first line of each -> all of it.
    """
    papers = named(lines)
    numbered = lines[min(heads)].marker is not None
    return all(
        len(whole) >= _SHORTEST
        and (lines[at].marker is not None) == numbered
        and whole not in papers
        and not (at and _ANNEX.match(lines[at - 1].bare))
        for at, whole in heads.items()
    )


_TITLE = re.compile("《([^《》]{4,90})》")


def named(lines: Sequence[Line]) -> frozenset[str]:
    """What the text names as a paper of its own: 印发《云溪县助餐办法》, 附件：1.任务清单. It comes with the text."""
    titles = (title for line in lines for title in _TITLE.findall(line.bare))
    annexes = (line.bare for line in lines if _LISTED.match(line.bare))
    return frozenset((*titles, *(_NUMBER.sub("", _LISTED.sub("", one)) for one in annexes)))


_LISTED = re.compile(r"附[ \u3000]{0,4}件[ \u3000]{0,2}\d{0,2}[：:.．、 \u3000]{1,3}")
_NUMBER = re.compile(r"\d{1,2}[.．、][ \u3000]{0,2}")


def _first(lines: Sequence[Line]) -> int:
    """The last line of the headline of the first article, below the name of what they are of; 0 where there is none."""
    return next((at for at in range(_begun(lines)) if is_head(lines, at)), 0)


def is_head(lines: Sequence[Line], at: int) -> bool:
    """Whether a line can be a headline, and text stands below it, under at most a few lines of its header."""
    line = lines[at]
    if not could_be_headline(line) or opens(line.bare) or is_column(line.bare):
        return False
    below = next((i for i in range(at + 1, min(at + 1 + _HEADER, len(lines))) if not _is_header(lines[i])), None)
    return below is not None and not lines[below].level and _is_text(lines, below)


def _is_header(line: Line) -> bool:
    return opens(line.bare) and not SALUTATION.match(line.bare)


def _is_text(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    numbered = line.is_heading and not line.level
    return is_prose(line) or numbered or is_broken(line, lines[at + 1 : at + 2]) or _wraps(lines, at)


_MOST_WRAPPED = 4  # lines until a sentence has ended


def _wraps(lines: Sequence[Line], at: int) -> bool:
    """Whether what begins on a line goes on with a pause, or its sentence ends on one of the next, with nothing between
    them; a line that may be the first of a headline has a pause or an indent."""
    first = lines[at]
    if "，" not in first.bare and not first.indented and could_be_headline(first):
        return False
    for below in lines[at + 1 : at + _MOST_WRAPPED]:
        if below.gap or below.level:
            return False
        if "。" in below.bare or ("，" in first.bare and "，" in below.bare):
            return True
    return False


def _first_line(lines: Sequence[Line], at: int, begun: int) -> int | None:
    """Where the headline begins whose last line is `at`, of one line or two; None where no text has ended above it.

    begun: where the first text of the file is.
    """
    for head in (at, at - 1):
        if head < at and (head < 0 or not could_be_headline(lines[head]) or lines[at].gap or opens(lines[head].bare)):
            return None
        above = head - _columns_above(lines, head) - 1
        if above < begun or _ended(lines, above):
            return head
    return None


def _top(lines: Sequence[Line], at: int) -> int:
    """The first line of the headline of the first article, of which `at` is the last."""
    two = at > 0 and not (lines[at].gap or lines[at].level or lines[at - 1].level or differ(lines[at - 1], lines[at]))
    above = lines[at - 1]
    return at - 1 if two and could_be_headline(above) and not (opens(above.bare) or is_column(above.bare)) else at


def _ended(lines: Sequence[Line], at: int) -> bool:
    """Whether a text ends with line `at`, or above who wrote or signed it."""
    signed = at > 0 and (is_signature(lines, at - 1) or (lines[at - 1].complete and closes(lines[at].bare)))
    return lines[at].complete or signed


def _begun(lines: Sequence[Line]) -> int:
    """The first line that ends as a sentence does."""
    return next((at for at, line in enumerate(lines) if line.complete), len(lines))


def _text_above(lines: Sequence[Line], at: int) -> bool:
    return _begun(lines[:at]) < at


def _columns_above(lines: Sequence[Line], at: int) -> int:
    start = at
    while start and is_column(lines[start - 1].bare):
        start -= 1
    return at - start


def columns_at(lines: Sequence[Line], at: int) -> int:
    """How many lines from `at` on are labels above a headline."""
    end = at
    while end < len(lines) and is_column(lines[end].bare):
        end += 1
    return end - at
