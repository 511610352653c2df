"""One Extract → the articles in it, each with its headline, whatever the order of headlines and bodies.

Where an article ends is told by the genre: a source note （据…）, a headline before a dateline, headings of one level
that each open a report. A headline in the gap between two articles goes to the one whose first words it shares.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.articles.characters import tidy, tidy_title
from indexer.articles.cleaning import joined
from indexer.articles.furniture import furniture as furniture_of
from indexer.articles.furniture import is_page_facts
from indexer.articles.headlines import (
    TITLE_FORM,
    Signs,
    could_be_headline,
    has_headline,
    is_byline,
    is_headline,
    is_subtitle,
    signs_of,
)
from indexer.articles.lines import Line, lines_of
from indexer.articles.marks import (
    ARABIC,
    BRACKET,
    DATELINE,
    ROMAN,
    SALUTATION,
    ends_sentence,
    is_end_note,
    is_lead,
    marker,
)
from indexer.extract import NO_HINTS, Block, Extract, Hints
from search.documents.document import Evidence, How


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
    for at in range(heading + 1, len(blocks)):
        block = blocks[at]
        if block.level:
            return ""
        if block.text.strip() and not furniture_of(block.text) and not is_page_facts(block.text):
            return tidy(block.text)
    return ""


_COMPACT_DATE = re.compile(r"(?<!\d)(20\d\d)[-./年]?(0[1-9]|1[0-2])[-./月]?(0[1-9]|[12]\d|3[01])日?(?!\d)")


def _date_of(blocks: Sequence[Block]) -> str:
    """The date in a heading above the collection: 《…》 (20230521)."""
    return next((found.group() for block in blocks if block.level and (found := _COMPACT_DATE.search(block.text))), "")


# --- boundaries ------------------------------------------------------------------------------------------------


def _articles(extract: Extract) -> list[Article]:
    lines, left_out = lines_of(extract)
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
    numbered: bool = False


def _parts(lines: list[Line]) -> list[_Part]:
    """Cut at the gaps after source notes and at headlines before datelines."""
    cuts = _gaps(lines)
    items = _numbered(lines)
    parts: list[_Part] = []
    start = 0
    for gap_start, gap_end in (*cuts, (len(lines), len(lines))):
        if gap_start > start:
            parts.append(_Part(tuple(lines[start:gap_start]), numbered=start in items))
        start = gap_end
    if len(parts) > 1 and parts[1].numbered and not any(line.complete for line in parts[0].lines):
        # the name of the digest and its table of contents stand before the first item
        parts[:2] = [replace(parts[1], labels=parts[0].lines)]
        cuts = cuts[1:]
    return _with_headlines(parts, [lines[a:b] for a, b in cuts])


def _numbered(lines: list[Line]) -> frozenset[int]:
    """Where the items of a digest begin: numbered headlines (1. … 一、…), most of which stand before a report's lead.

    0.6: a speech has numbered headings too, but no lead under them; a digest has a few unusual leads.
    """
    for level in (ROMAN, ARABIC, BRACKET):
        starts = [i for i, line in enumerate(lines[:-1]) if _level(line.bare) == level and could_be_headline(line)]
        leads = sum(is_lead(lines[i + 1].bare) for i in starts)
        digest = len(starts) >= 3 and bool(_DIGEST.search(lines[0].bare)) and len(lines[0].bare) <= 40
        if digest or (leads >= 2 and leads >= 0.6 * len(starts)):
            return frozenset(starts)
    return frozenset()


def _level(text: str) -> int | None:
    found = marker(text)
    return found.level if found else None


def _gaps(lines: list[Line]) -> list[tuple[int, int]]:
    """Half-open runs of lines between two articles: headlines and column labels; empty runs are plain cuts."""
    gaps: list[tuple[int, int]] = []
    items = _numbered(lines)
    signs = signs_of(lines)
    at = 0
    while at < len(lines):
        after = at + 1
        if after in items:
            gaps.append((after, after))
        elif is_end_note(lines[at].bare):
            end = _gap_end(lines, after)
            if end == len(lines) or end > after or is_lead(lines[end].bare):
                if after < len(lines):
                    gaps.append((after, end))
                at = max(end, after)
                continue
        elif after < len(lines) - 1 and _new_article(lines, after, signs):
            gaps.append((after, after))
        at = after
    return gaps


def _gap_end(lines: list[Line], start: int) -> int:
    """Where the lines after a source note stop being headlines and labels: with a report's lead, or where no headline
    can be. One headline and any labels, and a second headline where it stands out from the column."""
    if start >= len(lines) or not _in_gap(lines[start]):
        return start
    signs = signs_of(lines[start : start + 100])  # of the article that follows; its column may be another
    at = start
    headlines = 0
    for group in _groups(lines[start : start + 12]):
        if not all(_in_gap(line) for line in group):
            break
        if not (len(group) == 1 and _is_label(group[0].bare)):
            headlines += 1
            if headlines > 1 and not _stands_out(group, signs):
                break
        at += len(group)
    return at


def _stands_out(group: Sequence[Line], signs: Signs) -> bool:
    """Wider than the column, or several lines together where every line of text is followed by a blank one."""
    if signs.column is None:
        return True
    # 1.25: see is_headline
    return any(signs.width(line.bare) > 1.25 * signs.column for line in group) or (not signs.gaps and len(group) > 1)


def _in_gap(line: Line) -> bool:
    # 90: see could_be_headline
    bare = line.bare
    text = ends_sentence(bare) or "。" in bare or is_lead(bare) or SALUTATION.match(bare)
    return len(bare) <= 90 and not text and not line.level


# A headline between two articles must have signs worth this much; a subheading of one speech has fewer.
_ENOUGH = 3
# 摘编, 简报: the file calls itself a digest, so its numbered lines are headlines
_DIGEST = re.compile(
    r"(?:摘编|摘要|摘登|要闻|动态|简报|汇编|集锦|快讯|综述|周报|月报|信息|剪报|选编)(?:[（(第\d].{0,20})?$"
)


def _new_article(lines: list[Line], at: int, signs: Signs) -> bool:
    """A headline at `at`, after a finished sentence, with enough signs that another article begins there."""
    if not lines[at - 1].complete or not is_headline(lines, at, signs):
        return False
    opening = _after_headline(lines, at)
    if opening is None:
        return False
    if DATELINE.match(opening.bare) or SALUTATION.match(opening.bare):
        return True
    if signs.speech or signs.column is not None:
        return False
    return _weight(lines[at], opening, signs) >= _ENOUGH


def _weight(headline: Line, opening: Line, signs: Signs) -> int:
    """How much speaks for a new article: where the gaps are, a dated lead, the length and form of the headline."""
    dated = is_lead(opening.bare) or re.search(r"\d{1,2}日|近日|日前|今天", re.split("[。]", opening.bare)[0])
    two_parts = re.search(r"[^\x00-\x7f][ \u3000]+[^\x00-\x7f]", headline.bare) or headline.bare.startswith("【")
    return (
        2 * (headline.gap and signs.gaps_part_articles)
        + (1 if dated else 0)
        + (1 if len(headline.bare) >= 14 or two_parts else 0)
        + (1 if headline.gap and TITLE_FORM.search(headline.bare) else 0)
        - (1 if len(headline.bare) <= 10 else 0)
    )


def _after_headline(lines: list[Line], at: int) -> Line | None:
    """The first line of text under a headline of one or two lines, its page facts and subtitle."""
    second = 0
    for line in lines[at + 1 : at + 6]:
        if is_page_facts(line.bare) or is_subtitle(line.bare) or is_byline(line.bare):
            continue
        if DATELINE.match(line.bare) or SALUTATION.match(line.bare) or len(line.bare) > 40 or line.ends_sentence:
            return line
        second += 1
        if second > 1:
            return None
    return None


def _with_headlines(parts: list[_Part], gaps: list[list[Line]]) -> list[_Part]:
    """Give each headline of a gap to the neighbour whose first words share more of it; the other lines are labels."""
    given = list(parts)
    for at, gap in enumerate(gaps):
        for group in _groups(gap):
            text = tidy_title(joined(line.bare for line in group))
            if _is_label(text):
                given[at] = replace(given[at], labels=(*given[at].labels, *group))
                continue
            before = _coverage(text, given[at].lines)
            behind = _coverage(text, given[at + 1].lines) if at + 1 < len(given) else -1.0
            owner = at if before > behind and not given[at].title and not has_headline(given[at].lines) else at + 1
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
    head = joined(line.bare for line in lines[:80])[:600]
    return sum(pair in head for pair in pairs) / max(1, len(pairs))


# --- one article -----------------------------------------------------------------------------------------------


def _article(part: _Part, wrapped: bool, hints: Hints, left_out: tuple[tuple[str, str], ...]) -> Article:
    """Header (teaser, headline, page facts, subtitle, byline) and body of the lines of one article."""
    furniture = [*left_out, *(("栏目", line.bare) for line in part.labels)]
    lines = _without_teaser(list(part.lines), furniture)
    # a teaser repeats headline and text, so the line it begins with is the headline
    shown_before = len(lines) < len(part.lines) and not lines[0].ends_sentence and len(lines[0].bare) <= 90
    facts, lines = _without_facts(lines, furniture)
    title_lines = list(part.title)
    if not title_lines and not hints.title:
        title_lines, lines = _headline(lines, certain=part.numbered or shown_before)
    title = tidy_title(_run_on(title_lines) or hints.title)
    if part.numbered and (mark := marker(title)):
        furniture.append(("编号", title[: mark.end]))
        title = title[mark.end :].strip()
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
    return joined(line.bare for line in lines)


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
    return "".join(tidy(text).split())


def _without_facts(lines: list[Line], furniture: list[tuple[str, str]]) -> tuple[list[str], list[Line]]:
    """Page facts stand in the first dozen lines or the last five; elsewhere such a line is text."""
    facts: list[str] = []
    kept: list[Line] = []
    for i, line in enumerate(lines):
        if (i < 12 or i >= len(lines) - 5) and not line.level and is_page_facts(line.bare):
            facts.append(line.bare)
            furniture.append(("页面信息", line.bare))
        else:
            kept.append(line)
    return facts, kept


def _headline(lines: list[Line], *, certain: bool) -> tuple[list[Line], list[Line]]:
    """The lines of the headline at the top, and the rest. certain: the first line is known to be one."""
    if not lines or not (certain or is_headline(lines, 0, signs_of(lines))):
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
    if line.gap or line.level or not could_be_headline(line) or line.is_heading or is_byline(line.bare):
        return False
    if TITLE_FORM.search(lines[at - 1].bare) and not TITLE_FORM.search(line.bare):
        return False
    bare = following.bare
    return (
        following.gap
        or bool(DATELINE.match(bare) or SALUTATION.match(bare))
        or is_subtitle(bare)
        or is_byline(bare)
        or is_lead(bare)
        or (bare.endswith(("：", ":")) and len(bare) <= 80)  # 各乡镇人民政府：
    )


def _without_repeats(title: str, lines: list[Line], furniture: list[tuple[str, str]]) -> list[Line]:
    """Leave out the headline where it stands again near the top of the body, whole or over several lines."""
    whole = _squeezed(title)
    # 12: above the repeated headline stand at most its number and lines of page facts
    top: list[Line] = []
    start = 0
    while whole and start < min(12, len(lines)):
        end = _end_of(whole, lines, start)
        if end is None:
            top.append(lines[start])
        furniture.extend(("重复标题", line.bare) for line in lines[start : end or start])
        start = end or start + 1
    return [*top, *lines[start:]]


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
    while end < min(4, len(lines)) and (is_subtitle(lines[end].bare) or is_byline(lines[end].bare)):
        end += 1
    return end
