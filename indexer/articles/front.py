"""The front of an article: what each line before its first prose is — site, facts, caption, headline, byline, prose.

A headline is the best of those lines, not the first: by its form, by how much of it the text below says again, by
standing twice, by what follows it. What stands above it and is no part of the text goes by name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indexer.articles.boundaries import parted
from indexer.articles.characters import readable, tidy
from indexer.articles.cleaning import joined
from indexer.articles.furniture import CRUMB
from indexer.articles.headlines import (
    TITLE_FORM,
    TITLE_OPENS,
    could_be_headline,
    is_byline,
    is_caption,
    is_headline,
    is_subtitle,
    signs_of,
    tells_who_came,
)
from indexer.articles.labels import facts_in, is_page_facts, value_follows
from indexer.articles.lines import Line
from indexer.articles.marks import ADDRESS, DATELINE, SALUTATION, complete, is_date_line, is_lead
from indexer.articles.official import NUMBER, is_body, is_head_line, is_imprint, is_minutes_head, is_official_line
from indexer.articles.transcripts import is_role, is_turn_alone, turn

# Lines before the first prose of an article: longer fronts are tables of contents and lists.
_WINDOW = 16
_SITE = re.compile(
    r"(?:网|网站|门户|频道|客户端|中心|在线|首页|专栏|文档库|日报|晚报|要闻|动态|新闻|头条|公告栏|信息公开|站内|文库"
    r"|下载)$"
)
_ORIGINAL = re.compile(r"(?:原标题|原题|文章标题|标题)[ \u3000]{0,3}[：:][ \u3000]{0,3}")
_BRACKETS = re.compile(r"[\s【】\[\]（）()|｜]{1,6}")
_RULE = re.compile(r"[─━═—–_＿=*＊-]{6,200}")
_GREETS = r"(?:尊敬的|亲爱的)?(?:同志们|各位[^，。]{1,8}|女士们|先生们|朋友们|大家好)[，,：:！!]"
# …上的讲话同志们，…: headline and text on one line, and between them at most who speaks and when
_GLUED = re.compile(
    r"(.{4,60}?(?:讲话|致辞|发言|主持词|报告))(?P<beside>[ \u3000（(][^，。：:！]{0,40}?)?"
    rf"[ \u3000]{{0,4}}(?={_GREETS})"
)
_DAY_BESIDE = re.compile(r"[（(]?(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日[）)]?")


@dataclass(slots=True)
class Front:
    """title and header: lines that stand alone above the text; facts: lines of page facts, official: of a
    paper's head; rest: the text."""

    title: list[Line] = field(default_factory=list)
    header: list[Line] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    official: list[str] = field(default_factory=list)
    furniture: list[tuple[str, str]] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)


def front_of(lines: Sequence[Line], known: str, *, certain: bool) -> Front:
    """The front of an article. known: its headline where the format or the gap before it gave one; certain: the first
    line is known to be one."""
    front = Front()
    lines = _apart(lines)
    end = max(_prose_at(lines), int(certain and bool(lines)))
    kept, stated = _without_furniture(lines[:end], front)
    text = lines[end:]
    if known:
        front.header, front.rest = _header(kept, text)
        return front
    best = _best(kept, text, stated, certain=certain)
    if best is None:
        _named_by_head(lines[:end], front)
        front.header, front.rest = _header(kept, text) if front.title else ([], [*kept, *text])
        return front
    start, stop = best
    front.title = kept[start:stop]
    above, below = kept[:start], kept[stop:]
    shoulders = []
    for line in above:
        if is_body(line.bare):
            front.official.append(line.bare)
            front.furniture.append(("公文版头", line.bare))
        elif _is_site(line.bare, text, kept) and not certain:
            front.official += [part for part in line.bare.split() if is_body(part)]
            front.furniture.append(("站名栏目", line.bare))
        else:
            shoulders.append(line)
    # what stands between the headline and the facts of the page is no text yet
    header, rest = _header(below, text, above_facts=stated + 1 - stop)
    front.header, front.rest = [*shoulders, *header], rest
    return front


def _named_by_head(lines: Sequence[Line], front: Front) -> None:
    """Minutes without a headline of their own are named by their head: 云溪市民政局党组会议纪要."""
    head = next((line for line in lines if is_minutes_head(line.bare) and line.bare in front.official), None)
    if head is not None:
        front.title = [head]
        front.furniture.remove(("公文版头", head.bare))


# --- lines ----------------------------------------------------------------------------------------------------


def _apart(lines: Sequence[Line]) -> list[Line]:
    """Headline and page facts, or headline and greeting, on one line: two lines."""
    if not lines:
        return []
    first, others = lines[0], list(lines[1:])
    if glued := _GLUED.match(first.text):
        title, beside, text = glued.group(1), (glued.group("beside") or "").strip(), first.text[glued.end() :]
        if beside == title.strip():
            halves = [title, beside]
        else:
            day = _DAY_BESIDE.search(beside)
            around = (beside[: day.start()], day.group(), beside[day.end() :]) if day else (beside,)
            halves = [*_once(title), *(one.strip() for one in around if one.strip())]
        return [*(replace(first, text=half, gap=True) for half in halves), replace(first, text=text, gap=True), *others]
    for at, line in enumerate(lines[:6]):
        facts = facts_in(line.bare) if len(line.bare) <= 200 else None
        if facts and len(facts.labels) >= 2 and facts.start >= 6 and is_page_facts(line.bare[facts.start :]):
            title, stated = line.bare[: facts.start], line.bare[facts.start :]
            apart = (replace(line, text=title), replace(line, text=stated, gap=False))
            return [*lines[:at], *apart, *lines[at + 1 :]]
    return [first, *others]


def _once(title: str) -> list[str]:
    """A headline that stands twice on its line is two lines."""
    halves = title.split()
    return halves if len(halves) > 1 and len(set(halves)) == 1 else [title]


def _prose_at(lines: Sequence[Line]) -> int:
    """Where the text begins: the first line that can only be text, among the first lines."""
    for at, line in enumerate(lines[:_WINDOW]):
        if not line.level and is_prose(line):
            return at
    return min(len(lines), _WINDOW)


def is_prose(line: Line) -> bool:
    """A salutation, an address, a report's lead, a sentence, an item: nothing that stands above a text."""
    bare = tidy(line.bare)
    if is_page_facts(line.bare) or is_caption(bare) or is_official_line(bare):
        return False
    if SALUTATION.match(bare) or DATELINE.match(bare) or is_lead(bare) or (ADDRESS.match(bare) and len(bare) > 6):
        return not is_subtitle(bare)
    # 甲：要把热饭送到 may be a headline; who asks, or who stands alone on the line, begins to speak.
    if (is_turn_alone(bare) or is_role(turn(bare))) and not is_byline(line.bare) and not _ORIGINAL.match(bare):
        return True
    ended = complete(bare) and not bare.endswith(("！", "!", "？", "?", "…", "”"))
    return line.is_heading or "。" in bare[:-1] or (ended and len(bare) >= 8) or bare.endswith(("，", "；"))


def _without_furniture(lines: Sequence[Line], front: Front) -> tuple[list[Line], int]:
    """What is left when facts, crumbs, captions and pictures are taken out by name; and which line of it stood straight
    above the first facts of the page, -1 where none did."""
    kept: list[Line] = []
    stated = -1
    opened = False
    for at, line in enumerate(lines):
        bare = line.bare
        name = _furniture(lines, at)
        if opened and not name and not is_page_facts(bare) and value_follows(front.facts[-1], bare):
            front.facts[-1] += bare
            front.furniture.append(("页面信息", bare))
            opened = False
        elif not line.level and is_page_facts(bare):
            front.facts.append(bare)
            front.furniture.append(("页面信息", bare))
            stated = len(kept) - 1 if stated < 0 else stated
            # a value on the next line belongs to the label: 来源： / 云溪日报; above a headline the headline may follow
            opened = bool(kept)
        elif is_head_line(bare):
            front.official.append(bare)
            number = NUMBER.search(bare)
            rest = bare.replace(number.group(), "", 1).strip() if number else bare
            if number:
                kept.append(replace(line, text=number.group()))  # searched for and cited by it
            if rest:
                front.furniture.append(("公文版头", rest))
            opened = False
        elif name:
            front.furniture.append((name, bare))
        elif original := _ORIGINAL.match(bare):
            front.furniture.append(("题标", original.group()))
            kept.append(replace(line, text=bare[original.end() :]))
            opened = False
        else:
            kept.append(line)
            opened = False
    return kept, stated


def _furniture(lines: Sequence[Line], at: int) -> str:
    bare = lines[at].bare
    if is_caption(bare):
        return "图片说明"
    if _BRACKETS.fullmatch(bare):
        return "页面信息"
    if _RULE.fullmatch(bare):
        return "分隔线"
    beside = (lines[at - 1].bare if at else "", lines[at + 1].bare if at + 1 < len(lines) else "")
    # 眉山新闻网 / > / 新闻: a breadcrumb over several lines
    crumb = CRUMB.fullmatch(bare) or (len(bare) <= 12 and any(one and CRUMB.fullmatch(one) for one in beside))
    return "位置" if crumb else ""


# --- headline ---------------------------------------------------------------------------------------------------

# Signs worth this much make a headline of a line that is not the first.
_ENOUGH = 3.0


def _best(kept: Sequence[Line], text: Sequence[Line], stated: int, *, certain: bool) -> tuple[int, int] | None:
    """Half-open: the lines of the headline among those kept; None where nothing is one."""
    if not kept:
        return None
    whole = [*kept, *text[:60]]
    if certain:
        return 0, _end(whole, 0, len(kept))
    begins = opening_of(text)
    while stated > 0 and (
        is_byline(kept[stated].bare) or is_subtitle(kept[stated].bare) or _is_column(kept, stated, begins)
    ):
        stated -= 1
    scores = {
        at: _score(kept, at, text, begins) + 5.0 * (at == stated)
        for at, line in enumerate(kept)
        if (line.level or (could_be_headline(line) and len(parted(line.bare)) <= 2))
        and not line.is_heading
        and not is_official_line(line.bare)
        and not is_byline(line.bare)
        and not (at and tells_who_came(kept[at - 1].bare, line.bare))
    }
    best_first = sorted(scores, key=lambda at: (-scores[at], at))
    for best in (*best_first[:1], *sorted(scores)[:1]):
        run = _run_before(kept, best, text)
        if (
            run != best
            or scores[best] >= _ENOUGH
            or kept[best].level
            or is_headline(whole, best, signs_of([*kept, *text]))
        ):
            return run, (_end(whole, best, len(kept)) if not kept[best].level else best + 1)
    if not scores and is_headline(whole, 0, signs_of([*kept, *text])) and not is_official_line(kept[0].bare):
        return 0, 1
    return None


def _is_column(kept: Sequence[Line], at: int, begins: str) -> bool:
    """两会现场 under a headline: a few characters, under a long line that the text says again."""
    above, bare = kept[at - 1].bare, kept[at].bare
    return len(bare) <= 6 and len(above) >= 12 and coverage(above, begins) >= max(0.4, coverage(bare, begins))


def _score(kept: Sequence[Line], at: int, text: Sequence[Line], begins: str) -> float:
    bare = kept[at].bare
    following = kept[at + 1].bare if at + 1 < len(kept) else (text[0].bare if text else "")
    opens = is_subtitle(following) or is_byline(following) or is_lead(following) or is_imprint(following)
    opens = opens or bool(SALUTATION.match(following) or ADDRESS.match(tidy(following)))
    return (
        2.0 * bool(TITLE_FORM.search(bare) or TITLE_OPENS.match(bare))
        + 2.0 * (kept[at].level > 0)
        + 3.0 * coverage(bare, begins)
        + 1.5 * (sum(line.bare == bare for line in kept) > 1 and not _SITE.search(readable(bare)))
        + 1.0 * opens
        + (1.0 if len(bare) >= 8 else -2.0 if len(bare) <= 4 else 0.0)
        - 3.0 * bool(_SITE.search(readable(bare)))
    )


def opening_of(lines: Sequence[Line]) -> str:
    """The first 600 characters of a text, folded, as coverage() wants them."""
    return readable(joined(line.bare for line in lines[:80])[:600])


def coverage(title: str, opening: str) -> float:
    """Share of a headline's pairs of characters that the first characters of a text hold."""
    bare = re.sub(r"\s", "", readable(title))
    pairs = {bare[i : i + 2] for i in range(len(bare) - 1)}
    return sum(pair in opening for pair in pairs) / max(1, len(pairs))


def _run_before(kept: Sequence[Line], best: int, text: Sequence[Line]) -> int:
    """Where a headline begins that is broken over lines: at most three, straight above a lead, or one paper's
    (某某局 / 关于做好…的通知; 某某局关于做好 / 2023年…的通知)."""
    above_text = best + 1 == len(kept) and bool(text) and is_lead(tidy(text[0].bare))
    start = best
    while start > 0 and best - start < 2:
        line, here = kept[start - 1], kept[start]
        row = len(line.bare.split()) > 2  # names of the page's buttons, no line of a headline
        if here.gap or line.level or here.level or len(line.bare) > 40 or line.is_heading or row:
            break
        if here.bare.startswith("关于") and is_body(line.bare):
            return start - 1
        paper = "关于" in line.bare and TITLE_FORM.search(kept[best].bare)
        if TITLE_FORM.search(line.bare) or _SITE.search(readable(line.bare)) or is_official_line(line.bare):
            break
        if not paper and not (
            above_text and could_be_headline(line) and max(len(line.bare), len(kept[best].bare)) <= 30
        ):
            break
        start -= 1
    return start


def _end(lines: Sequence[Line], start: int, limit: int) -> int:
    """Behind the last line of a headline that begins at `start`: at most three lines, all among the first `limit`."""
    if lines[start].level:
        return start + 1
    end = start + 1
    while end < min(start + 3, limit, len(lines) - 1) and _continues(lines, end, limit):
        end += 1
    return end


def _continues(lines: Sequence[Line], at: int, limit: int) -> bool:
    line, following = lines[at], lines[at + 1]
    if (
        tells_who_came(lines[at - 1].bare, line.bare)
        or line.gap
        or line.level
        or not could_be_headline(line)
        or line.is_heading
        or is_byline(line.bare)
    ):
        return False
    if is_official_line(line.bare) or (TITLE_FORM.search(lines[at - 1].bare) and not TITLE_FORM.search(line.bare)):
        return False
    bare = following.bare
    return (
        following.gap
        or bool(DATELINE.match(bare) or SALUTATION.match(bare))
        or is_subtitle(bare)
        or is_byline(bare)
        or is_lead(tidy(bare))
        or (bare.endswith(("：", ":")) and len(bare) <= 80)  # 各乡镇人民政府：
        # one more short line, and then the lead
        or (at + 2 == limit and at + 2 < len(lines) and len(bare) <= 30 and could_be_headline(following)
            and is_lead(tidy(lines[at + 2].bare)))
    )  # fmt: skip


_BUTTON = re.compile(r"[\u4e00-\u9fff]{2,14}")  # 某市人民政府 无障碍浏览 长者模式


def _is_site(bare: str, text: Sequence[Line], kept: Sequence[Line]) -> bool:
    """The name of a site or column above a headline: as such names end, or short and foreign to the text."""
    if is_official_line(bare) or is_subtitle(bare) or is_byline(bare):
        return False
    parts = bare.split()
    if len(parts) > 2 and all(_BUTTON.fullmatch(part) for part in parts):
        return True
    return len(bare) <= 24 and bool(
        _SITE.search(readable(bare)) or (len(bare) <= 12 and coverage(bare, opening_of(text)) < 0.2)
    )


# --- header -----------------------------------------------------------------------------------------------------

# At most so many lines stand between a headline and the text, none longer than this unless its form shows it.
_MOST_HEADER = 8
_SHORT = 40


def _header(kept: Sequence[Line], text: Sequence[Line], above_facts: int = 0) -> tuple[list[Line], list[Line]]:
    """Lines between headline and text: dates, bylines, bodies, shoulders. Where the text begins for certain all short
    lines above it, else up to the last whose form shows it, and the first `above_facts`."""
    lines = list(kept)
    shown = [_in_header(line.bare) for line in lines]
    short = [len(line.bare) <= _SHORT and not re.search(r"[，。；,;]", line.bare) and not line.level for line in lines]
    opens = bool(text) and _opens_text(text[0])
    end = 0
    for at in range(min(len(lines), _MOST_HEADER)):
        if not (shown[at] or short[at]) or lines[at].is_heading or lines[at].level:
            break
        if (
            shown[at]
            or at < above_facts
            or (opens and at + 1 <= len(lines) and all(short[at:]) and len(lines) <= _MOST_HEADER)
        ):
            end = at + 1
    return lines[:end], [*lines[end:], *text]


def _in_header(bare: str) -> bool:
    tidied = tidy(bare)
    return (
        is_subtitle(bare)
        or is_byline(bare)
        or is_official_line(bare)
        or is_official_line(tidied)
        or is_date_line(tidied.replace(" ", ""))
    )


def _opens_text(line: Line) -> bool:
    bare = tidy(line.bare)
    return bool(SALUTATION.match(bare) or is_lead(bare)) or line.gap or line.indented or len(bare) > 60
