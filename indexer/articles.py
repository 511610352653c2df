"""One Extract → the articles in it, each with its headline, whatever the order of headlines and bodies.

Where an article ends is told by the genre: a source note （据…）, a headline before a dateline, headings of one level
that each open a report. A headline in the gap between two articles goes to the one whose first words it shares.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer import cleaning
from indexer.cleaning import Line
from indexer.extract import NO_HINTS, Block, Extract, Hints
from indexer.marks import (
    DATELINE,
    SALUTATION,
    complete,
    ends_sentence,
    is_end_note,
    is_heading,
    is_lead,
)
from search.model import Evidence, How


@dataclass(frozen=True, slots=True)
class Article:
    """lines: the body (bylines and subtitles among it, alone). facts: lines of page facts (来源：…) taken from it.

    furniture: what was left out of the body, each with its name — nothing goes without being named.
    """

    title: Evidence[str] | None
    lines: tuple[Line, ...]
    wrapped: bool
    hints: Hints = NO_HINTS
    facts: tuple[str, ...] = ()
    furniture: tuple[tuple[str, str], ...] = ()


def split(extract: Extract) -> tuple[Article, ...]:
    """The articles of an extract in reading order; none where it holds no text."""
    sections = _sections(extract)
    articles = [article for section in sections for article in _articles(section)]
    return tuple(article for article in articles if article.lines)


# --- sections that the format marks ----------------------------------------------------------------------------


def _sections(extract: Extract) -> list[Extract]:
    """The parts of a collection: headings of one level, most of which open a report; else the extract itself.

    The part before the first of them (a table of contents, 本期节目主要内容) is no article; its heading's date is
    the date of all.
    """
    level = _collection_level(extract.blocks)
    if level is None:
        return [extract]
    starts = [i for i, block in enumerate(extract.blocks) if block.level == level]
    shared = replace(extract.hints, date=extract.hints.date or _date_of(extract.blocks[: starts[0]]))
    pieces = [extract.blocks[a:b] for a, b in pairwise((*starts, len(extract.blocks)))]
    return [replace(extract, blocks=_until_higher(piece, level), hints=shared) for piece in pieces]


def _until_higher(blocks: tuple[Block, ...], level: int) -> tuple[Block, ...]:
    """A section ends where a heading of a higher level begins."""
    end = next((i for i, block in enumerate(blocks) if 0 < block.level < level), len(blocks))
    return blocks[:end]


def _collection_level(blocks: Sequence[Block]) -> int | None:
    """The level whose headings are headlines: two or more, half of those with text begin as reports do."""
    for level in range(1, 7):
        starts = [i for i, block in enumerate(blocks) if block.level == level]
        texts = {blocks[i].text for i in starts}
        bodies = [_first_text(blocks, i) for i in starts]
        reports = sum(bool(DATELINE.match(body)) or bool(SALUTATION.match(body)) for body in bodies)
        if len(texts) >= 2 and reports >= 2 and reports >= 0.5 * sum(bool(body) for body in bodies):
            return level
    return None


def _first_text(blocks: Sequence[Block], heading: int) -> str:
    """The first line under a heading; empty where the next heading comes first."""
    for block in blocks[heading + 1 :]:
        if block.level:
            return ""
        if block.text.strip() and not cleaning.furniture(block.text) and not cleaning.is_page_facts(block.text):
            return cleaning.tidy(block.text)
    return ""


_COMPACT_DATE = re.compile(r"(?<!\d)(20\d\d)[-./年]?(0[1-9]|1[0-2])[-./月]?(0[1-9]|[12]\d|3[01])日?(?!\d)")


def _date_of(blocks: Sequence[Block]) -> str:
    """The date in a heading above the collection: 《…》 (20230521)."""
    return next((found.group() for block in blocks if block.level and (found := _COMPACT_DATE.search(block.text))), "")


# --- lines -----------------------------------------------------------------------------------------------------


def _lines(extract: Extract) -> tuple[list[Line], list[tuple[str, str]]]:
    """The lines that are not blank, and what was left out as furniture with its name."""
    lines: list[Line] = []
    left_out: list[tuple[str, str]] = []
    gap = False
    running = _running_heads(extract.blocks)
    for block in extract.blocks:
        for piece in cleaning.exploded(block.text) if extract.wrapped and not block.level else [block.text]:
            bare = piece.strip("\u200b\ufeff \t\u3000\xa0")
            name = "" if block.level else cleaning.furniture(bare) or ("书眉" if bare in running else "")
            if not bare:
                gap = True
            elif name:
                left_out.append((name, bare))
                gap = gap and name != "页码"
            else:
                lines.append(Line(piece, block.level, gap and extract.wrapped))
                gap = False
        # the blank after a page number belongs to the page, not to the text
        if left_out and lines and left_out[-1][0] in ("页码", "书眉") and left_out[-1][1] == block.text.strip():
            gap = False
    return lines, left_out


def _running_heads(blocks: Sequence[Block]) -> frozenset[str]:
    """Short lines that stand three times or more beside a page number: the head or foot of every page."""
    bare = [block.text.strip() for block in blocks if block.text.strip()]
    pages = {i for i, text in enumerate(bare) if cleaning.furniture(text) == "页码"}
    beside = Counter(bare[j] for i in pages for j in (i - 1, i + 1) if 0 <= j < len(bare) and j not in pages)
    return frozenset(text for text, times in beside.items() if times >= 3 and len(text) <= 40)


# --- boundaries ------------------------------------------------------------------------------------------------


def _articles(extract: Extract) -> list[Article]:
    lines, left_out = _lines(extract)
    parts = _parts(lines)
    several = len(parts) > 1
    # a page's own title and address belong to the one article it shows
    hints = replace(extract.hints, title="", address="") if several else extract.hints
    return [_article(part, extract.wrapped, hints, tuple(left_out) if i == 0 else ()) for i, part in enumerate(parts)]


@dataclass(frozen=True, slots=True)
class _Part:
    """The lines of an article, and the headline found after its body or in the gap before it."""

    lines: tuple[Line, ...]
    title: tuple[Line, ...] = ()
    after_body: bool = False
    labels: tuple[Line, ...] = ()


def _parts(lines: list[Line]) -> list[_Part]:
    """Cut at the gaps after source notes and at headlines before datelines."""
    cuts = _gaps(lines)
    parts: list[_Part] = []
    start = 0
    for gap_start, gap_end in (*cuts, (len(lines), len(lines))):
        if gap_start > start:
            parts.append(_Part(tuple(lines[start:gap_start])))
        start = gap_end
    return _with_headlines(parts, [lines[a:b] for a, b in cuts])


def _gaps(lines: list[Line]) -> list[tuple[int, int]]:
    """Half-open runs of lines between two articles: headlines and column labels; empty runs are plain cuts."""
    gaps: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        after = at + 1
        if is_end_note(lines[at].bare):
            end = _gap_end(lines, after)
            if end == len(lines) or end > after or is_lead(lines[end].bare):
                if after < len(lines):
                    gaps.append((after, end))
                at = max(end, after)
                continue
        elif after < len(lines) - 1 and _new_article(lines, after):
            gaps.append((after, after))
        at = after
    return gaps


def _gap_end(lines: list[Line], start: int) -> int:
    """Where the lines after a source note stop being headlines and labels.

    Where eight lines pass without the lead of a report (a body in narrow columns that opens unusually), the gap ends
    with the first line that has the form of a headline.
    """
    at = start
    while at < len(lines) and at < start + 8 and _in_gap(lines[at]):
        at += 1
    if at < start + 8:
        return at
    formed = (i + 1 for i in range(start, at) if TITLE_FORM.search(lines[i].bare))
    return next(formed, start)


def _in_gap(line: Line) -> bool:
    # 90: see _could_be_headline
    bare = line.bare
    text = ends_sentence(bare) or "。" in bare or is_lead(bare) or SALUTATION.match(bare)
    return len(bare) <= 90 and not text and not line.level


def _new_article(lines: list[Line], at: int) -> bool:
    """A headline at `at`, after a finished sentence and before the lead of a report or the salutation of a speech."""
    if not complete(lines[at - 1].bare) or not _is_headline(lines, at):
        return False
    opening = _after_headline(lines, at)
    if opening is None:
        return False
    bare = opening.bare
    if DATELINE.match(bare) or SALUTATION.match(bare):
        return True
    return lines[at].gap and is_lead(bare) and bool(TITLE_FORM.search(lines[at].bare))


def _after_headline(lines: list[Line], at: int) -> Line | None:
    """The first line of text under a headline of one or two lines with its page facts and subtitle."""
    for line in lines[at + 1 : at + 6]:
        if cleaning.is_page_facts(line.bare) or _is_subtitle(line.bare) or _is_byline(line.bare):
            continue
        if DATELINE.match(line.bare) or SALUTATION.match(line.bare) or len(line.bare) > 40 or ends_sentence(line.bare):
            return line
    return None


def _with_headlines(parts: list[_Part], gaps: list[list[Line]]) -> list[_Part]:
    """Give each headline of a gap to the neighbour whose first words share more of it; the other lines are labels."""
    given = list(parts)
    for at, gap in enumerate(gaps):
        for group in _groups(gap):
            text = cleaning.tidy_title(cleaning.joined(line.bare for line in group))
            if _is_label(text):
                given[at] = replace(given[at], labels=(*given[at].labels, *group))
                continue
            before = _coverage(text, given[at].lines)
            behind = _coverage(text, given[at + 1].lines) if at + 1 < len(given) else -1.0
            owner = at if before > behind and not given[at].title and not _has_headline(given[at].lines) else at + 1
            if owner < len(given):
                given[owner] = replace(given[owner], title=tuple(group), after_body=owner == at)
            else:
                given[at] = replace(given[at], lines=(*given[at].lines, *group))
    return given


def _groups(gap: list[Line]) -> list[list[Line]]:
    """Runs of gap lines without a blank line or a label between them."""
    groups: list[list[Line]] = []
    for line in gap:
        if groups and not line.gap and not _is_label(line.bare) and not _is_label(groups[-1][-1].bare):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _is_label(text: str) -> bool:
    """The name of a column of the paper: TOPIC, 要闻. Five characters or fewer, or capitals alone."""
    return len(text) <= 5 or (text.isascii() and len(text) <= 20)


def _coverage(title: str, lines: Sequence[Line]) -> float:
    """Share of the headline's pairs of characters that the first 600 characters of an article hold."""
    bare = re.sub(r"\s", "", title)
    pairs = {bare[i : i + 2] for i in range(len(bare) - 1)}
    head = cleaning.joined(line.bare for line in lines[:80])[:600]
    return sum(pair in head for pair in pairs) / max(1, len(pairs))


# --- headlines -------------------------------------------------------------------------------------------------

TITLE_FORM = re.compile(
    r"(?:讲话|致辞|发言|报告|通知|通告|公告|意见|办法|条例|规定|方案|细则|决定|公报|批复|复函|函|纪要|倡议书|公开信|指引|简介|摘要|要点|总结|"
    r"召开|举行|举办|印发|出台|启动|开幕|闭幕|部署|调研|会见|强调|批示|贺信|出席|会议|大会|座谈会|推进会|发布|[?？!！])[）)》”]?$"
)
_TITLE_OPENS = re.compile(r"[【《“]|在.{4,60}上的|关于")
_NOT_TITLE = re.compile(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日[，,上下晚至 ]|日前[，,]|近日[，,]|今天|昨日|昨天|会议|会上|同志们|各位|尊敬的"
    r"|一年来|近年来|根据|按照|为了|为贯彻|[（(]"
)
_SUBTITLE = re.compile(
    r"[—–－-]{1,4}\S|[（(]?\d{4}年\d{1,2}月\d{1,2}日[）)]?$|[（(].{2,60}[）)]$|[（(]\d{4}年\d{1,2}月(?:\d{1,2}日)?"
)
_NAME_LINE = re.compile(r"[\u4e00-\u9fff](?:[ \u3000]{0,3}[\u4e00-\u9fff]){1,2}$")
_POST_LINE = re.compile(
    r".{0,40}(?:省长|市长|主席|州长|县长|区长|部长|厅长|局长|书记|主任|会长|院长)"
    r"[ \u3000]{0,4}[\u4e00-\u9fff](?:[ \u3000]{0,3}[\u4e00-\u9fff·]){1,9}$"
)


def _is_subtitle(bare: str) -> bool:
    return len(bare) <= 80 and bool(_SUBTITLE.match(bare)) and not complete(bare.rstrip("）)"))


def _is_byline(bare: str) -> bool:
    """湖北省人民政府省长 李殿勋, 毛伟明: a post and a name, or a name alone."""
    return len(bare) <= 50 and bool(
        _NAME_LINE.fullmatch(bare) or ((" " in bare or "\u3000" in bare) and _POST_LINE.match(bare))
    )


def _could_be_headline(line: Line) -> bool:
    bare = line.bare
    # 90: the longest headline in the material, of three parts, has 78 characters
    return (
        4 <= len(bare) <= 90
        and not _NOT_TITLE.match(bare)
        and "。" not in bare
        and bare[-1] not in "，,、；;：:的了和与及等"
        and not is_end_note(bare)
        and not is_lead(bare)
        and not _is_subtitle(bare)
        and not cleaning.is_page_facts(bare)
    )


def _is_headline(lines: Sequence[Line], at: int) -> bool:
    """A line that can be a headline and has one more sign of it: its form, its place, or what follows."""
    line = lines[at]
    if line.level:
        return True
    if not _could_be_headline(line) or is_heading(line.bare):
        return False
    following = lines[at + 1] if at + 1 < len(lines) else None
    if TITLE_FORM.search(line.bare) or _TITLE_OPENS.match(line.bare):
        return True
    if following is None:
        return False
    bare = following.bare
    return (
        following.gap
        or bool(DATELINE.match(bare) or SALUTATION.match(bare))
        or is_lead(bare)
        or _is_subtitle(bare)
        or cleaning.is_page_facts(bare)
        or (following.indented and len(line.text) - len(line.text.lstrip()) != len(bare) - len(bare.lstrip()))
    )


def _has_headline(lines: Sequence[Line]) -> bool:
    kept = [line for line in lines[:4] if not cleaning.is_page_facts(line.bare)]
    return bool(kept) and _is_headline(kept, 0)


# --- one article -----------------------------------------------------------------------------------------------


def _article(part: _Part, wrapped: bool, hints: Hints, left_out: tuple[tuple[str, str], ...]) -> Article:
    """Header (teaser, headline, page facts, subtitle, byline) and body of the lines of one article."""
    furniture = [*left_out, *(("栏目", line.bare) for line in part.labels)]
    lines = _without_teaser(list(part.lines), furniture)
    facts, lines = _without_facts(lines, furniture)
    title_lines = list(part.title)
    if not title_lines and not hints.title:
        title_lines, lines = _headline(lines)
    title = cleaning.tidy_title(_run_on(title_lines) or hints.title)
    lines = _without_repeats(title, lines, furniture)
    header = _header_end(lines) if title else 0
    body = (*(replace(line, alone=True) for line in lines[:header]), *map(_alone_if_marked, lines[header:]))
    how: How = "after_body" if part.after_body else "stated"
    evidence = Evidence(title, title, how) if title else None
    return Article(evidence, body, wrapped, hints, tuple(facts), tuple(furniture))


def _alone_if_marked(line: Line) -> Line:
    return replace(line, alone=True) if line.level or SALUTATION.match(line.bare) else line


def _run_on(lines: Sequence[Line]) -> str:
    """The lines of a headline; marked headings apart by a blank."""
    return cleaning.joined(line.bare for line in lines)


def _without_teaser(lines: list[Line], furniture: list[tuple[str, str]]) -> list[Line]:
    """Leave out a first line that is cut off with dots and repeats how the text below it begins."""
    first = lines[0].bare if lines else ""
    if not re.search(r"(?:\.{3}|…)$", first):
        return lines
    begins = _squeezed(first.rstrip(".…"))
    below = _squeezed("".join(line.bare for line in lines[1:60]))
    if len(begins) >= 10 and below.startswith(begins):
        furniture.append(("摘要", first))
        return lines[1:]
    return lines


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", cleaning.tidy(text))


def _without_facts(lines: list[Line], furniture: list[tuple[str, str]]) -> tuple[list[str], list[Line]]:
    """Page facts stand in the first dozen lines or the last five; elsewhere such a line is text."""
    facts: list[str] = []
    kept: list[Line] = []
    for i, line in enumerate(lines):
        if (i < 12 or i >= len(lines) - 5) and not line.level and cleaning.is_page_facts(line.bare):
            facts.append(line.bare)
            furniture.append(("页面信息", line.bare))
        else:
            kept.append(line)
    return facts, kept


def _headline(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the headline at the top, and the rest."""
    if not lines or not _is_headline(lines, 0):
        return [], lines
    if lines[0].level:
        return lines[:1], lines[1:]
    end = 1
    # A second or third line of the headline: short as it, and something that only follows headlines comes next.
    while end < min(3, len(lines) - 1) and _continues_headline(lines, end):
        end += 1
    return lines[:end], lines[end:]


def _continues_headline(lines: list[Line], at: int) -> bool:
    line, following = lines[at], lines[at + 1]
    if line.gap or line.level or not _could_be_headline(line) or is_heading(line.bare) or _is_byline(line.bare):
        return False
    if TITLE_FORM.search(lines[at - 1].bare) and not TITLE_FORM.search(line.bare):
        return False
    bare = following.bare
    return (
        following.gap
        or bool(DATELINE.match(bare) or SALUTATION.match(bare))
        or _is_subtitle(bare)
        or _is_byline(bare)
        or is_lead(bare)
    )


def _without_repeats(title: str, lines: list[Line], furniture: list[tuple[str, str]]) -> list[Line]:
    """Leave out the headline where it stands again near the top of the body, whole or over several lines."""
    whole = _squeezed(title)
    kept = list(lines)
    # 6: above the repeated headline stand at most its number and the line of page facts
    start = 0
    while whole and start < min(6, len(kept)):
        end = _end_of(whole, kept, start)
        if end is None:
            start += 1
            continue
        furniture.extend(("重复标题", line.bare) for line in kept[start:end])
        kept = kept[:start] + kept[end:]
    return kept


def _end_of(whole: str, lines: Sequence[Line], start: int) -> int | None:
    """Where the lines from start on that spell `whole` end; None if they don't. At most five lines."""
    text = ""
    for end in range(start, min(len(lines), start + 5)):
        text += _squeezed(lines[end].bare)
        if text == whole:
            return end + 1
        if not whole.startswith(text):
            return None
    return None


def _header_end(lines: Sequence[Line]) -> int:
    """How many lines under the headline are subtitles, dates and bylines: at most four."""
    end = 0
    while end < min(4, len(lines)) and (_is_subtitle(lines[end].bare) or _is_byline(lines[end].bare)):
        end += 1
    return end
