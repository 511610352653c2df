"""The lines of one file → the lines of each article in it, and the headline that goes with them.

Where an article ends is told by the genre: a source note （据…）, a headline before a dateline. A headline in the gap
between two articles goes to the one whose first words it shares.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from indexer.articles import collected, contents, repeated
from indexer.articles.characters import tidy_title
from indexer.articles.choosing import coverage, opening_of
from indexer.articles.cleaning import joined
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
from indexer.articles.labels import facts_in, is_page_facts
from indexer.articles.lines import Line
from indexer.articles.marks import (
    DATELINE,
    SALUTATION,
    ends_sentence,
    is_end_note,
    is_in_brackets,
    is_lead,
    remark,
)
from indexer.articles.official import is_imprint, is_issue
from indexer.articles.signed import is_author, is_signature, names_body, names_who
from indexer.articles.transcripts import turns
from search.text.item_marks import ARABIC, BRACKET, ROMAN
from search.text.patterns import lazy


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of an article, and the headline found after its body or in the gap before it."""

    lines: tuple[Line, ...]
    title: tuple[Line, ...] = ()
    after_body: bool = False
    labels: tuple[Line, ...] = ()
    numbered: bool = False


def parts_of(lines: list[Line], known: str = "", listed: contents.Table = contents.NONE) -> list[Part]:
    """Cut at the gaps after source notes and at headlines before datelines. known: the title of their page; listed:
    what the table of contents names."""
    counted = collected.starts(lines, listed)
    spoken = turns([line.bare for line in lines])
    inside = range(min(spoken) + 1, max(spoken) + 1) if spoken else range(0)  # of a transcript nothing is cut off
    items = counted or _numbered(lines) or ({} if spoken else repeated.starts(lines))
    cuts = _apart(_gaps(lines, items, inside, all_counted=bool(counted)))
    parts: list[Part] = []
    start = 0
    for gap_start, gap_end in (*cuts, (len(lines), len(lines))):
        if gap_start > start:
            parts.append(_part(lines[start:gap_start], items.get(start)))
        start = gap_end
    if len(parts) > 1 and cuts[0][1] in items and _is_above(parts[0].lines, lines[cuts[0][1]]):
        # the name of the digest and its table of contents stand before the first item
        above = (*parts[0].labels, *parts[0].lines, *lines[cuts[0][0] : cuts[0][1]])
        parts[:2] = [replace(parts[1], labels=(*above, *parts[1].labels))]
        cuts = cuts[1:]
    return _with_headlines(parts, [lines[a:b] for a, b in cuts], known)


_INTRODUCTION = 200  # characters


def _is_above(above: Sequence[Line], first: Line) -> bool:
    """Whether what stands above the first item is no article: the name of the digest, or a few words on the models of a
    page (以下是小编整理的…)."""
    said = [line for line in above if line.complete]
    introduced = len(said) == 1 and len(said[0].bare) <= _INTRODUCTION and collected.counted(first.bare) is not None
    return introduced or not said


def _apart(cuts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The cuts, those without a line between them as one."""
    merged: list[tuple[int, int]] = []
    for start, end in cuts:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _part(lines: Sequence[Line], labels: int | None) -> Part:
    """材料之二 above a paper is no line of it; 篇二：… has its headline.

    labels: how many lines there are labels, None unless the file counts or lists its articles.
    """
    one = collected.counted(lines[0].bare) if labels is not None else None
    if one is not None and one.headline:
        whole = one.headline == lines[0].bare
        words = () if whole else (replace(lines[0], text=one.words),)
        return Part(tuple(lines[1:]), (replace(lines[0], text=one.headline),), labels=words)
    if labels == 0 and len(lines) > 2 and names_body(lines[0].bare):  # whose paper it is stands above its headline
        return Part((lines[0], *lines[2:]), (lines[1],))
    return Part(tuple(lines[labels:]), labels=tuple(lines[: labels or 0]), numbered=labels is not None)


def _numbered(lines: list[Line]) -> dict[int, int]:
    """Where the items of a digest begin: numbered headlines (1. … 一、…), most of which stand before a report's lead.

    0.6: a speech has numbered headings too, but no lead under them; a digest has a few unusual leads.
    """
    marked = [(at, line.marker.level) for at, line in enumerate(lines[:-1]) if line.marker is not None]
    for level in (ROMAN, ARABIC, BRACKET):
        starts = [at for at, of in marked if of == level and could_be_headline(_unmarked(lines[at]))]
        leads = sum(is_lead(lines[i + 1].bare) for i in starts)
        digest = len(starts) >= 3 and _names_digest(lines[: starts[0]])
        if digest or (leads >= 2 and leads >= 0.6 * len(starts)):
            return dict.fromkeys(starts, 0)
    return {}


def _unmarked(line: Line) -> Line:
    """A line without a number in brackets before it: （一）云溪县：… can be a headline."""
    bracketed = line.marker is not None and line.bare[0] in "（("
    return replace(line, text=line.bare[line.marker.end :].strip() or line.text) if bracketed and line.marker else line


def _names_digest(front: list[Line]) -> bool:
    """The first line names a digest, and nothing but a table of contents stands before its first item: a speech on a
    page of the column 要闻 has prose and a salutation before its first numbered heading."""
    named = bool(front) and bool(_DIGEST.search(front[0].bare)) and len(front[0].bare) <= 40
    return named and not any(line.complete or SALUTATION.match(line.bare) for line in front[1:])


def _gaps(lines: list[Line], items: Container[int], inside: range, *, all_counted: bool) -> list[tuple[int, int]]:
    """Half-open runs of lines between two articles: headlines and column labels; empty runs are plain cuts.

    inside: a transcript. all_counted: the file counts or lists its articles, so another headline begins none.
    """
    gaps: list[tuple[int, int]] = []
    signs = signs_of(lines)
    papers: frozenset[str] | None = None
    greeted = next((at for at, line in enumerate(lines) if SALUTATION.match(line.bare)), len(lines))
    begun = next((at for at, line in enumerate(lines) if line.complete), len(lines))
    said = max((at for at, line in enumerate(lines) if line.complete), default=-1)  # no article without a sentence
    # 云溪民政信息 / 第12期: a bulletin has several articles, so that less will do
    enough = _ENOUGH - any(is_issue(line.bare) or is_imprint(line.bare) for line in lines[:_HEAD_OF_ISSUE])
    noted = any(is_end_note(line.bare) for line in lines[-2:])  # each article may end with such a note
    at = 0
    while at < len(lines):
        after = at + 1
        if after in items:
            gaps.append((after, after))
        elif after in inside or (all_counted and not is_end_note(lines[at].bare)):
            pass
        elif is_end_note(lines[at].bare) and (at >= begun or not facts_in(lines[at].bare).labels):
            end = _gap_end(lines, after)
            headed = end > after or (
                end < len(lines) and (is_lead(lines[end].bare) or (noted and repeated.is_head(lines, end)))
            )
            if end == len(lines) or (end <= said and headed):
                if after < len(lines):
                    gaps.append((after, end))
                at = max(end, after)
                continue
        else:
            begins = after + repeated.columns_at(lines, after)
            if begins < len(lines) - 1 and _new_article(
                lines, begins, signs, above=at, greeted=greeted < after, enough=enough
            ):
                papers = repeated.named(lines) if papers is None else papers
                if lines[begins].bare not in papers:
                    gaps.append((after, begins))
                    after = begins
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
    text = ends_sentence(bare) or "。" in bare or is_lead(bare) or SALUTATION.match(bare) or line.marker
    return len(bare) <= 90 and not text and not line.level


# A headline between two articles must have signs worth this much; a subheading of one speech has fewer.
_ENOUGH = 3
_HEAD_OF_ISSUE = 6  # lines


# 摘编, 简报: the file calls itself a digest, so its numbered lines are headlines
_DIGEST = lazy(r"(?:摘编|摘要|摘登|要闻|动态|简报|汇编|集锦|快讯|综述|周报|月报|信息|剪报|选编)(?:[（(第\d].{0,20})?$")


def _new_article(lines: list[Line], at: int, signs: Signs, *, above: int, greeted: bool, enough: int) -> bool:
    """A headline at `at`, after a finished sentence, with enough signs that another article begins there.

    above: the last line above it, and above the names of columns there. greeted: a salutation stands above.
    """
    if not _finished(lines, above) or is_signature(lines, at) or not is_headline(lines, at, signs):
        return False
    opening = _after_headline(lines, at)
    if opening is None or _closes_above(lines, at, signs):
        return False
    if DATELINE.match(opening.bare):
        return True
    if SALUTATION.match(opening.bare):
        # 同志们！ behind a slogan is how a speech closes; who begins one says 同志们：
        return opening.bare.endswith(("：", ":")) or not greeted
    if signs.speech or signs.column is not None:
        return False
    signed = 2 * (names_who(remark(lines[above].bare)) or _ends_signed(lines, above))
    return _weight(lines[at], opening, signs) + signed >= enough


def _finished(lines: list[Line], at: int) -> bool:
    """Whether a text has come to its end with line `at`: with a sentence, or below that with a remark on who wrote it
    or with who signs it, and when."""
    line = lines[at]
    remarked = at > 0 and lines[at - 1].complete and is_in_brackets(line.bare)
    return line.complete or remarked or _ends_signed(lines, at)


def _ends_signed(lines: Sequence[Line], at: int) -> bool:
    return at > 0 and is_signature(lines, at - 1)


def _closes_above(lines: list[Line], at: int, signs: Signs) -> bool:
    """最后，祝活动圆满成功！ straight above a headline: the last words of what stands above, no first line of it."""
    return lines[at].complete and at + 2 < len(lines) and is_headline(lines, at + 1, signs)


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


def _with_headlines(parts: list[Part], gaps: list[list[Line]], known: str) -> list[Part]:
    """Give each headline of a gap to the neighbour whose first words share more of it; the other lines are labels.

    known: the title of the page. A line below the end of a page (附件：1.任务清单) takes its place only where that says
    nothing of the text (工作动态) and the line is mostly in it.
    """
    alone = -1.0
    if known and len(parts) == 1:
        alone = 1.0 if coverage(known, opening_of(parts[0].lines)) else 0.5
    given = list(parts)
    for at, gap in enumerate(gaps):
        for group in _groups(gap):
            text = tidy_title(joined(line.bare for line in group))
            if _is_label(text):
                whose = at + 1 if repeated.is_column(text) and at + 1 < len(given) else at
                given[whose] = replace(given[whose], labels=(*given[whose].labels, *group))
                continue
            if is_page_facts(text):  # 作者：白露 编辑：青禾, below （完）
                given[at] = replace(given[at], lines=(*given[at].lines, *group))
                continue
            before = coverage(text, opening_of(given[at].lines))
            behind = coverage(text, opening_of(given[at + 1].lines)) if at + 1 < len(given) else alone
            owner = at if before > behind and not given[at].title and not has_headline(given[at].lines) else at + 1
            if owner < len(given):
                labels = (*given[owner].labels, *given[owner].title)  # one line above another: the lower is nearer
                given[owner] = replace(given[owner], title=tuple(group), after_body=owner == at, labels=labels)
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
    """The name of a column of the paper: TOPIC, 要闻, 【领导讲话】. Five characters or fewer, or capitals alone; no
    author."""
    few = len(text) <= 5 and not is_author(text)
    return few or (text.isascii() and len(text) <= 20) or repeated.is_column(text)
