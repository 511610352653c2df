"""The front of an article: what each line before its first prose is — site, facts, caption, headline, byline, prose.

What stands above the headline (choosing.py) and is no part of the text goes by name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indexer.articles.apart import apart
from indexer.articles.around_headlines import (
    TITLE_LABEL,
    bulleted,
    closed,
    day_of_paper,
    headline_behind,
    is_foreign,
    menu_before,
    page_title,
    sites_behind,
    stands_for_source,
)
from indexer.articles.characters import spelt, tidy
from indexer.articles.choosing import best_headline, coverage, ends_as_site, is_account, is_menu, is_site, opening_of
from indexer.articles.credits import reporter
from indexer.articles.header import SHORT, header_of, in_header
from indexer.articles.headlines import (
    could_be_headline,
    has_address,
    is_byline,
    is_labelled,
)
from indexer.articles.label_blocks import label_block
from indexer.articles.label_names import SITE, SOURCES
from indexer.articles.labels import facts_in, is_page_facts, value_follows
from indexer.articles.lines import OF_PAGE, Line, without_menus
from indexer.articles.marks import is_date_line
from indexer.articles.official import NUMBER, is_body, is_head_line, is_issue, is_minutes_head
from indexer.articles.page_lines import beside_facts, kind_of_line
from indexer.articles.page_words import is_of_page
from indexer.articles.prose import ORIGINAL_LABEL, is_broken, is_prose
from search.text.patterns import lazy

# Lines before the first prose of an article: longer fronts are tables of contents and lists.
_WINDOW = 16
_MOST = 60  # with the facts of a page between them
_IS_BODY = lazy("(?:人大|人大常委会|政协|委员会|街道|街道办事处)$")


@dataclass(slots=True)
class Front:
    """title and header: lines that stand alone above the text; facts: lines of page facts, official: of a
    paper's head; trail: how many of the lines left stood above the last trail (首页 > 要闻), apart: above the last
    button or menu of the page; named: the headline that the page's title repeats; rest: the text."""

    title: list[Line] = field(default_factory=list)
    header: list[Line] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    official: list[str] = field(default_factory=list)
    furniture: list[tuple[str, str]] = field(default_factory=list)
    trail: int = 0
    apart: int = 0
    named: str = ""
    rest: list[Line] = field(default_factory=list)


def front_of(lines: Sequence[Line], known: str, *, certain: bool) -> Front:
    """The front of an article. known: its headline where the format or the gap before it gave one; certain: the first
    line is known to be one."""
    front = Front()
    lines = closed(apart(lines))
    end = max(_prose_at(lines), int(certain and bool(lines)))
    kept, stated = _without_source(*_without_furniture(lines[:end], front), front)
    text = lines[end:]
    front.trail = len(kept) if text and text[0].trail else front.trail
    front.apart = len(kept) if text and text[0].apart else front.apart
    if known:
        front.header, front.rest = header_of(kept, text)
        return front
    at = next((i for i, line in enumerate(kept) if line.bare == front.named), -1)
    best = (at, at + 1) if at >= 0 else best_headline(kept, text, stated, certain=certain)
    if best is None or _is_all_menu(kept, text, front) or _is_of_site(kept, best, text, front):
        _named_by_head(lines[:end], front)
        _named_by_label(lines[:end], text, front)
        kept = _without_sites(kept, text, front)
        front.header, front.rest = header_of(kept, text) if front.title else ([], [*kept, *text])
        return front
    start, stop = best
    start = front.trail if start < front.trail < stop else start  # no headline goes on across a trail
    start, stop = _whole(kept, start, stop)
    front.title = _without_page(kept[start:stop], text, front)
    above, below = kept[:start], kept[stop:]
    if below and stop == stated and is_account(kept, stop, text):
        front.furniture.append(("站名栏目", below[0].bare))
        below = below[1:]
    shoulders = []
    menu = is_menu(above, text)
    begins = opening_of(text)
    for at, line in enumerate(above):
        if is_date_line(tidy(line.bare)):  # a paper's page is dated above its headline
            front.facts.append(f"日期：{line.bare}")
            front.furniture.append(("页面信息", line.bare))
        elif len(line.bare) >= 8 and spelt(front.title[0].bare).startswith(spelt(line.bare)):
            front.furniture.append(("重复标题", line.bare))  # cut off above its whole
        elif is_labelled(line.bare):
            front.furniture.append(("页面信息", line.bare))
        elif is_body(line.bare) and at < front.trail:
            # above 首页 > 要闻 it is whose site the page is on, and issues nothing
            front.facts.append(f"{SITE}：{line.bare}")
            front.furniture.append(("站名栏目", line.bare))
        elif is_body(line.bare):
            front.official.append(line.bare)
            front.furniture.append(("公文版头", line.bare))
        elif is_site(line.bare, text) and not certain:
            # 云溪县人大常委会_新闻中心: a body that no paper is headed by
            front.official += [
                part for part in re.split(r"[\s_|｜-]+", line.bare) if is_body(part) or _IS_BODY.search(part)
            ]
            front.furniture.append(("站名栏目", line.bare))
        elif (
            (menu and len(line.bare) <= _ENTRY)
            or (not (certain or line.level) and _COLUMN_NAME.fullmatch(line.bare) and not is_byline(line.bare))
            or (
                kept[start].gap
                and not line.level
                and len(line.bare) <= _SLOGAN
                and coverage(line.bare, begins) < _NOTHING
            )
            or (at < front.trail and len(line.bare) <= _MENU and "。" not in line.bare)
            or ((at < front.apart or (line.apart and len(line.bare) <= _COLUMN)) and is_foreign(line.bare, text))
        ):
            front.furniture.append(("导航", line.bare))
        else:
            shoulders.append(line)
    # what stands between the headline and the facts of the page is no text yet
    below = _without_foreign(below, text, max(stated + 1, front.apart) - stop, front)
    header, rest = header_of(below, text, above_facts=stated + 1 - stop)
    front.header, front.rest = [*shoulders, *header], rest
    return front


def _without_source(kept: list[Line], stated: int, front: Front) -> tuple[list[Line], int]:
    """Leave out a line that is the source by the facts of the page, which is no headline; and `stated` without it. A
    body may head a paper."""
    facts = [facts_in(fact).values for fact in front.facts]
    sources = {values[label] for values in facts for label in SOURCES.split() if label in values}
    gone = [at for at, line in enumerate(kept) if line.bare in sources and not (line.level or is_body(line.bare))]
    front.furniture += [("站名栏目", kept[at].bare) for at in gone]
    left = [line for at, line in enumerate(kept) if at not in gone]
    front.trail -= sum(at < front.trail for at in gone)
    front.apart -= sum(at < front.apart for at in gone)
    return left, stated - sum(at <= stated for at in gone)


def _without_page(title: Sequence[Line], text: Sequence[Line], front: Front) -> list[Line]:
    """The lines of a headline without a menu run together with it and the names of sites behind it."""
    first, *others = title
    if not others and (button := _BUTTON_BEHIND.search(first.bare)) and is_of_page(button.group(1)):
        front.furniture.append(("按钮", button.group().strip()))
        first = replace(first, text=first.bare[: button.start()])
    if not first.level:
        before = menu_before(first.bare, text)
        behind = "" if others else sites_behind(first.bare)
        named = (("导航", before), ("站名栏目", behind))
        front.furniture += [(kind, words) for kind, words in named if words]
        first = (
            replace(first, text=first.bare[len(before) : len(first.bare) - len(behind)]) if before or behind else first
        )
    return [first, *others]


_BUTTON_BEHIND = lazy(r"[ \u3000]*[\[【]([^\[\]【】]{2,8})[\]】]$")  # …召开推进会 [复制链接]


def _stands_again(title: Sequence[Line], below: Sequence[Line], text: Sequence[Line]) -> int:
    """How many lines below the headline stand above the headline that stands there again, on one line or several."""
    whole = spelt("".join(line.bare for line in title))
    lines = [*below, *text[:3]]
    for start in range(1, min(6, len(below) + 1)):
        if in_header(lines[start - 1].bare) or len(lines[start - 1].bare) > SHORT or lines[start - 1].complete:
            break
        if any(spelt("".join(line.bare for line in lines[start : start + many])) == whole for many in (1, 2, 3)):
            return start
    return 0


_MENU = 120  # characters of what a site has above a trail
# 详情 straight below a button of the page
_COLUMN = 4
# 领导讲话: a shoulder is longer
_COLUMN_NAME = lazy("(?![附第])[\u4e00-\u9fff]{2,4}|【[\u4e00-\u9fff]{2,4}】")
_SLOGAN = 24
_NOTHING = 0.2  # of the pairs of characters: the text says nothing of a line
_ENTRY = 8  # characters of an entry of a menu
_SHORT_ENTRY = 4  # two such lines in a row are no front: a menu may have many
_FEWEST_FOREIGN = 3


def _without_foreign(below: list[Line], text: Sequence[Line], end: int, front: Front) -> list[Line]:
    """Leave out lines between the headline and a page's own lines of which the text says nothing, three and more of
    them (楼主, 签到天数: 2122 天), or the names of columns (松台头条)."""
    foreign = [
        at for at, line in enumerate(below[: max(0, end)]) if not in_header(line.bare) and is_foreign(line.bare, text)
    ]
    if len(foreign) < _FEWEST_FOREIGN:
        foreign = [at for at in foreign if ends_as_site(below[at].bare) or has_address(below[at].bare)]
    foreign = [*foreign, *(at for at in range(_stands_again(front.title, below, text)) if at not in foreign)]
    if any(below[at].level for at in foreign):
        return below
    front.furniture += [("导航", below[at].bare) for at in foreign]
    return [line for at, line in enumerate(below) if at not in foreign]


def _whole(kept: Sequence[Line], start: int, stop: int) -> tuple[int, int]:
    """The lines of a headline, or the one below that begins with all of it and says more: a page's list had cut it."""
    cut = spelt("".join(line.bare for line in kept[start:stop]))
    longer = (at for at in range(stop, min(stop + 4, len(kept))) if len(cut) >= 8 and could_be_headline(kept[at]))
    # 4: …作出重要指示, and below …作出重要指示强调, are two headlines
    whole = next(
        (at for at in longer if (bare := spelt(kept[at].bare)).startswith(cut) and len(bare) >= len(cut) + 4), None
    )
    return (start, stop) if whole is None else (whole, whole + 1)


def _is_all_menu(kept: Sequence[Line], text: Sequence[Line], front: Front) -> bool:
    """Whether nothing but a menu stands above a button and the text below that."""
    return front.apart == len(kept) and all(len(line.bare) <= _ENTRY for line in kept) and is_menu(kept, text)


def _is_of_site(kept: Sequence[Line], best: tuple[int, int], text: Sequence[Line], front: Front) -> bool:
    """Whether a line above a trail, of which the text says nothing, was taken for a headline."""
    start, stop = best
    above = stop <= front.trail and not kept[start].level and kept[start].bare != front.named
    return above and coverage(kept[start].bare, opening_of(text)) < _NOTHING


def _without_sites(kept: list[Line], text: Sequence[Line], front: Front) -> list[Line]:
    """Leave out the names of sites and columns above a text that has no headline, and what stands there above a trail
    or, of a few characters, above a button, and is foreign to the text."""
    rest: list[Line] = []
    menu = is_menu(kept, text)
    for at, line in enumerate(kept):
        entry = (at < front.apart and len(line.bare) <= _ENTRY) or (line.apart and len(line.bare) <= _COLUMN)
        if len(line.bare) <= 16 and ends_as_site(line.bare) and not is_body(line.bare):
            front.furniture.append(("站名栏目", line.bare))
        elif (
            (entry and menu)
            or ((entry or at < front.trail) and is_foreign(line.bare, text))
            or (
                at < front.trail
                and len(line.bare) <= _MENU
                and "。" not in line.bare
                and coverage(line.bare, opening_of(text)) < _NOTHING
            )
        ):
            front.furniture.append(("导航", line.bare))
        else:
            rest.append(line)
    return rest


_MOST_SAID = 0.6
# 内容概述：云溪县召开推进会
_NAMED = lazy(rf"(?:{TITLE_LABEL}|(?:内容)?概述)[ \u3000]{{0,2}}[：:](.{{8,60}})")


def _named_by_label(lines: Sequence[Line], text: Sequence[Line], front: Front) -> None:
    """A page without a headline of its own is named by a label, where the text says that again."""
    begins = opening_of(text)
    found = (named.group(1).strip() for fact in front.facts if (named := _NAMED.fullmatch(fact)))
    value = next((one for one in found if not front.title and coverage(one, begins) >= _MOST_SAID), "")
    front.title = [line for line in lines if value and line.bare == value][:1] or front.title


def _named_by_head(lines: Sequence[Line], front: Front) -> None:
    """Minutes without a headline of their own are named by their head: 云溪市民政局党组会议纪要."""
    head = next((line for line in lines if is_minutes_head(line.bare) and line.bare in front.official), None)
    if head is not None:
        front.title = [head]
        front.furniture.remove(("公文版头", head.bare))


# --- lines ----------------------------------------------------------------------------------------------------


def _prose_at(lines: Sequence[Line]) -> int:
    """Where the text begins: the first line that can only be text, among the first lines that state no facts."""
    first = lines[:_MOST]
    listed = label_block([line.bare for line in first])
    counted = 0
    for at, line in enumerate(first):
        if at in listed or is_page_facts(line.bare):
            continue
        if counted == _WINDOW or (not line.level and (is_prose(line) or is_broken(line, first[at + 1 : at + 2]))):
            return at
        counted += not (at and max(len(line.bare), len(first[at - 1].bare)) <= _SHORT_ENTRY)
    return len(first)


def _without_furniture(lines: Sequence[Line], front: Front) -> tuple[list[Line], int]:
    """What is left when facts, crumbs, captions and pictures are taken out by name; and which line of it stood straight
    above the first facts of the page, -1 where none did."""
    kept: list[Line] = []
    stated = -1
    opened = False
    bares = [line.bare for line in lines]
    listed = {**dict.fromkeys(bulleted(bares), ""), **label_block(bares)}
    front.named, sites = page_title(lines)
    below = False
    for at, line in enumerate(lines):
        line, below = (replace(line, apart=True) if below else line), False
        bare = line.bare
        front.trail = len(kept) if line.trail else front.trail
        front.apart = len(kept) if line.apart else front.apart
        if at in sites:
            front.furniture.append(("站名栏目", bare))
            continue
        if at in listed:
            front.facts += [listed[at]] if listed[at] else []
            front.furniture.append(("页面信息", bare))
            opened = False
            continue
        named = headline_behind(bares, at)
        front.named = front.named or named
        name = "位置" if named else kind_of_line(bares, at)
        if opened and not name and not is_page_facts(bare) and value_follows(front.facts[-1], bare):
            front.facts[-1] += bare
            front.furniture.append(("页面信息", bare))
            opened = False
        elif not line.level and (is_page_facts(bare) or beside_facts(bares, at, above=not kept)):
            front.facts.append(bare)
            front.furniture.append(("页面信息", bare))
            stated = len(kept) - 1 if stated < 0 else stated
            # a value on the next line belongs to the label: 来源： / 云溪日报; above a headline the headline may follow
            opened = bool(kept)
        elif (days := day_of_paper(bare)) is not None:
            front.facts += days
            front.furniture.append(("页面信息", bare))
            opened, below = False, True
        elif is_head_line(bare):
            front.official.append(bare)
            if is_issue(bare) and len(kept) == 1 and len(kept[0].bare) <= 30:  # 云溪民政信息 / 第12期
                front.furniture.append(("公文版头", kept.pop().bare))
            number = NUMBER.search(bare)
            rest = bare.replace(number.group(), "", 1).strip() if number else bare
            if number:
                kept.append(replace(line, text=number.group()))  # searched for and cited by it
            if rest:
                front.furniture.append(("公文版头", rest))
            opened = False
        elif written := reporter(bare):
            front.facts.append(written)
            front.furniture.append(("页面信息", bare))
        elif kept and stands_for_source(bares, at):
            front.facts.append(f"来源：{bare}")  # below the headline and above the day
            front.furniture.append(("页面信息", bare))
        elif name:
            front.furniture.append((name, bare))
            below = name in OF_PAGE
            if name == "位置":
                kept = without_menus(kept, front.furniture)
                front.trail = len(kept)
                stated = min(stated, len(kept) - 1)
        elif original := ORIGINAL_LABEL.match(bare):
            front.furniture.append(("题标", original.group()))
            kept.append(replace(line, text=bare[original.end() :]))
            opened = False
        else:
            kept.append(line)
            opened = False
    front.apart = len(kept) if below else front.apart
    return kept, stated
