"""Which of the lines above a text is its headline.

The best of them, not the first: by its form, by how much of it the text below says again, by standing twice, by what
follows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.articles.boundaries import parted
from indexer.articles.characters import has_chinese, readable, tidy
from indexer.articles.cleaning import joined
from indexer.articles.headlines import (
    TITLE_FORM,
    TITLE_OPENS,
    could_be_headline,
    has_address,
    is_byline,
    is_headline,
    is_subtitle,
    signs_of,
    tells_who_came,
)
from indexer.articles.labels import is_page_facts
from indexer.articles.lines import Line
from indexer.articles.marks import ADDRESS, DATELINE, SALUTATION, is_dateline, is_lead
from indexer.articles.official import is_body, is_imprint, is_official_line
from indexer.articles.page_words import mostly_of_page
from search.text import doing, says_what_is_done
from search.text.patterns import lazy

_SITE = lazy(
    r"(?:之[窗声]|媒体|融媒|网|网站|门户|频道|客户端|中心|在线|首页|专栏|文档库|日报|晚报|要闻|动态|新闻|头条|公告栏|信息公开|站内|文库"
    r"|下载|正文|平台|公开目录|通知公告|数字报|晨报|[晨晚周]刊)$"
)
_NAMES_SITE = lazy(r"^[\u4e00-\u9fff]{2,14}(?:网|网站|日报|晚报|客户端|门户|频道)$")
_NUMBER_BEHIND = re.compile(r"[ \u3000]\d[\d -]{5,16}$")  # 某某资讯网 0000-1234567
_BETWEEN = lazy(r"[\s|｜丨]+")
# Signs worth this much make a headline of a line that is not the first.
_ENOUGH = 3.0


def best_headline(kept: Sequence[Line], text: Sequence[Line], stated: int, *, certain: bool) -> tuple[int, int] | None:
    """Half-open: the lines of the headline among those kept; None where nothing is one."""
    if not kept:
        return None
    whole = [*kept, *text[:60]]
    if certain:
        return 0, _end(whole, 0, len(kept))
    # 来源：云溪网 says nothing of the matter
    begins = opening_of([line for line in text[:_OPENING] if not is_page_facts(line.bare)])
    above_facts = stated + 1
    while stated > 0 and (
        is_byline(kept[stated].bare)
        or has_address(kept[stated].bare)
        or is_subtitle(kept[stated].bare)
        or _is_column(kept, stated, begins)
        or is_account(kept, stated, text)
    ):
        stated -= 1
    said = [coverage(line.bare, begins) for line in kept]
    above = _above_facts(kept, stated, said)
    scores = {
        at: _score(kept, at, text, begins)
        + 5.0
        * (
            at in above
            and not any(
                (_is_of_site(line.bare), is_of_account(line.bare), _names_account(kept, at), IS_FILE.search(line.bare))
            )
        )
        + 6.0 * _stands_again(kept, at, above_facts)
        for at, line in enumerate(kept)
        if (line.level or (could_be_headline(line) and len(parted(line.bare)) <= 2))
        and not line.is_heading
        and not is_official_line(line.bare)
        and not is_byline(line.bare)
        and (line.level or not _is_column_name(line.bare, begins))
        and not (at and tells_who_came(kept[at - 1].bare, line.bare))
    }
    best_first = sorted(scores, key=lambda at: (-scores[at], at))
    for best in (*best_first[:1], *sorted(scores)[:1]):
        run = _run_before(kept, best, text)
        run = max(run, above_facts) if best >= above_facts else run  # none goes on across the facts of the page
        if (
            run != best
            or scores[best] >= _ENOUGH
            or kept[best].level
            or (kept[best].gap and bool(text) and is_dateline(tidy(text[0].bare)))
            or is_headline(whole, best, signs_of([*kept, *text]))
        ):
            # what stands under the facts of the page belongs to no headline above them
            limit = above_facts if best < above_facts else len(kept)
            end = _end(whole, best, limit) if not kept[best].level else best + 1
            while end - 1 > best and end <= len(kept) and _is_of_page(kept[end - 1].bare, said[end - 1], said[best]):
                end -= 1
            return run, end - (end - best > 1 and end == above_facts and is_account(kept, end - 1, text))
    first = kept[0].bare
    if (
        not scores
        and is_headline(whole, 0, signs_of([*kept, *text]))
        and not is_official_line(first)
        and not _is_column_name(first, begins)
    ):
        return 0, 1
    return (0, 1) if len(kept) == 1 and 0 in scores and _alone_without_end(kept[0], text) else None


# 云溪市社会福利院: whose site it is
_INSTITUTION = lazy("[\u4e00-\u9fff]{2,6}[市县区州旗盟省][\u4e00-\u9fff]{2,12}(?:馆|院|站|协会|总会|中心)")
# 云溪县领导的讲话.doc: what a site of documents offers; the document names itself below
IS_FILE = re.compile(r"\.(?:docx?|pdf|wps|pptx?|xlsx?|txt)$", re.I)
_SHORT = 6  # characters: whose page it is as often as a headline
_SAID, _UNSAID = 0.4, 0.15  # of the pairs of characters, that the text says, and that it hardly does


def _above_facts(kept: Sequence[Line], stated: int, said: Sequence[float]) -> frozenset[int]:
    """Which lines may be a headline by standing above the facts of the page: the last there, and one straight above it
    of which the text says much more, or that has the form of one; none where the text says nothing of it and much of
    another line.

    said: coverage() of each line."""
    if stated < 0 or (said[stated] < _UNSAID and max(said) >= _SAID):
        return frozenset()
    bare, before = kept[stated].bare, kept[stated - 1].bare if stated and not kept[stated].gap else ""
    formed = len(before) >= _LONGEST_SITE and TITLE_FORM.search(before) and not TITLE_FORM.search(bare)
    above = before and (said[stated - 1] >= said[stated] + _SAID or (formed and said[stated - 1] >= _SAID))
    return frozenset((stated - 1, stated)) if above else frozenset((stated,))


def _names_account(kept: Sequence[Line], at: int) -> bool:
    """北新桥里 / 北新桥里: an account and its sign, or the headline that begins with its name (云溪福彩：全市…); a
    headline that stands twice says more."""
    bare = kept[at].bare
    begun = any(readable(line.bare).startswith(f"{readable(bare)}：") for line in kept)
    return len(bare) <= _SHORT and (begun or sum(line.bare == bare for line in kept) > 1)


def _is_of_page(bare: str, said: float, headline: float) -> bool:
    """Whether a line beside a headline that the text says again is the page's: the text says nothing of it, and it has
    a page's words (藏文版 English) or a label (废止日期：有效). 聚焦一老一小 is a shoulder.

    said, headline: coverage() of the line and of the headline."""
    return headline >= _SAID and said < _UNSAID and ("：" in readable(bare) or mostly_of_page(bare))


def is_account(kept: Sequence[Line], at: int, text: Sequence[Line]) -> bool:
    """Whether a line between a headline and the facts of the page is whose page it is, an account: a few characters
    without a mark, no pair of which the text says, below a longer line of which it does."""
    above, bare = kept[at - 1].bare, kept[at].bare
    few = 4 <= len(bare) <= _LONGEST_ACCOUNT < len(above) and re.fullmatch(r"\w+", bare) is not None
    if len(bare) == 4 and (bare[:2] in doing() or bare[2:] in doing()):
        return False  # 圆满落幕
    named = few and not TITLE_FORM.search(bare) and not is_byline(bare) and not kept[at].level
    if not named:
        return False
    begins = opening_of(text)
    return not coverage(bare, begins) and coverage(above, begins) >= 0.2


_LONGEST_ACCOUNT = 10


def _stands_again(kept: Sequence[Line], at: int, facts: int) -> bool:
    """Whether a line below the facts of a page stands above them, too, in a list of headlines."""
    bare = kept[at].bare
    return at >= facts > 1 and not re.search("[：:]", bare) and any(line.bare == bare for line in kept[: facts - 1])


def _alone_without_end(line: Line, text: Sequence[Line]) -> bool:
    """The only line without an end mark, above lines that all have one: the name of what they tell."""
    below = text[:6]
    finished = len(below) > 1 and all(one.ends_sentence for one in below) and len(below[0].bare) > 60
    return finished and len(line.bare) >= 8 and not ends_as_site(line.bare)


def _is_of_site(bare: str) -> bool:
    """云溪在线 straight above the facts of a page is whose page it is; its reports begin with it, too."""
    first, *others = bare.split()
    if len(others) == 1 and is_of_account(first) and len(bare) <= 2 * _LONGEST_SITE:
        return True  # 云溪新闻发布 发布会实录
    if re.fullmatch("中国[·•—–-][\u4e00-\u9fff]{2,6}", bare):
        return True  # 中国·云溪
    named = len(bare) <= _LONGEST_SITE or (
        len(others) == 1 and (is_body(first) or _INSTITUTION.fullmatch(first) is not None)
    )  # 某县人民政府 信息公开平台
    return named and ends_as_site(bare)


_LONGEST_SITE = 12
_FEWEST_DOING = 4  # characters: 打印正文 is a button


def _is_column_name(bare: str, begins: str) -> bool:
    """云溪网首页, 工作动态: a few characters that end as the names of sites do, of which the text says nothing."""
    return _is_of_site(bare) and coverage(bare, begins) < 0.4


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
        + 1.5 * (sum(line.bare == bare for line in kept) > 1 and not (_names_account(kept, at) or ends_as_site(bare)))
        + 1.0 * opens
        + 1.0 * (at > 0 and is_imprint(kept[at - 1].bare))
        + (1.0 if len(bare) >= 8 else -2.0 if len(bare) <= 4 else 0.0)
        - 3.0 * bool(ends_as_site(bare) or IS_FILE.search(bare) or _INSTITUTION.fullmatch(bare))
    )


_COLUMN, _LABEL = 8, 4
_OPENING = 80  # lines


def opening_of(lines: Sequence[Line]) -> str:
    """The first 600 characters of a text, folded, as coverage() wants them."""
    return readable(joined(line.bare for line in lines[:_OPENING])[:600])


def coverage(title: str, opening: str) -> float:
    """Share of a headline's pairs of characters that the first characters of a text hold."""
    bare = re.sub(r"\s", "", readable(title))
    pairs = {bare[i : i + 2] for i in range(len(bare) - 1)}
    return sum(pair in opening for pair in pairs) / max(1, len(pairs))


def _run_before(kept: Sequence[Line], best: int, text: Sequence[Line]) -> int:
    """Where a headline begins that is broken over lines: at most three, straight above a lead, or one paper's
    (某某局 / 关于做好…的通知; 某某局关于做好 / 2023年…的通知)."""
    # 某某出席并讲话 below it is its subtitle
    between = [line for line in kept[best + 1 :] if not tells_who_came(kept[best].bare, line.bare)]
    above_text = not between and bool(text) and is_lead(tidy(text[0].bare))
    begins = opening_of(text)
    start = best
    while start > 0 and best - start < 2:
        line, here = kept[start - 1], kept[start]
        row = len(_BETWEEN.split(line.bare.strip("|｜丨"))) > 2  # names of the page's buttons, no line of a headline
        if here.gap or here.apart or line.level or here.level or len(line.bare) > 40 or line.is_heading or row:
            break
        if here.bare.startswith(("关于", "转发", "印发", "批转")) and all(map(is_body, line.bare.split())):
            return start - 1
        if _said_in_one(line.bare, here.bare, begins):
            start -= 1
            continue
        paper = "关于" in line.bare and TITLE_FORM.search(kept[best].bare)
        if TITLE_FORM.search(line.bare) or ends_as_site(line.bare) or is_official_line(line.bare):
            break
        if any(map(is_medium, line.bare.split())) or is_of_account(line.bare):
            break
        if _PLACE_ALONE.fullmatch(line.bare) or _INSTITUTION.fullmatch(line.bare):
            break
        if not paper and _is_of_page(line.bare, coverage(line.bare, begins), coverage(kept[best].bare, begins)):
            break
        beside = start > 1 and len(line.bare) <= _COLUMN and len(kept[start - 2].bare) <= _LONGEST_ACCOUNT
        if (
            (beside or len(line.bare) <= _LABEL)
            and not coverage(line.bare, begins)
            and coverage(kept[best].bare, begins) >= 0.4
        ):
            break  # 助餐园地 below the name of a site, 内容概述: the text says nothing of them
        if not paper and not (
            above_text and could_be_headline(line) and max(len(line.bare), len(kept[best].bare)) <= 30
        ):
            break
        start -= 1
    return start


# 云溪县青禾镇 above a headline is whose page it is
_PLACE_ALONE = lazy("[\u4e00-\u9fff]{1,6}(?:[县市区旗][\u4e00-\u9fff]{1,4}[镇乡]|[县市旗州])")


def _said_in_one(above: str, bare: str, begins: str) -> bool:
    """Whether a headline is broken between two lines: the text has the characters on both sides of the break in one,
    …小组召开 / 2024年第一次会议; and nothing else begins with 暨."""
    joint = readable(f"{above[-2:]}{bare[:2]}")
    return bare.startswith("暨") or (len(above) >= 6 and len(joint) == 4 and joint in begins)


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
    goes_on = line.bare.startswith(("和", "及", "与", "暨"))  # …2022年工作总结 / 和2023年工作安排
    if (
        tells_who_came(lines[at - 1].bare, line.bare)
        or line.gap
        or line.apart
        or line.level
        or not could_be_headline(line)
        or line.is_heading
        or is_byline(line.bare)
    ):
        return False
    if (
        is_medium(line.bare)
        or is_of_account(line.bare)
        or is_official_line(line.bare)
        or (TITLE_FORM.search(lines[at - 1].bare) and not TITLE_FORM.search(line.bare) and not goes_on)
    ):
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


_BUTTON = lazy(r"(?=.{2,14}$)[\u4e00-\u9fffA-Za-z]+\d?[A-Za-z]?")  # 某市人民政府 无障碍浏览 长者模式

_LONGEST_ENTRY = 16
_LABELLED = lazy(r"[\u4e00-\u9fff]{2,6}[：:][ \u3000]")  # 热门关键词： 助餐 低保 请输入关键词


def is_menu(lines: Sequence[Line], text: Sequence[Line]) -> bool:
    """A run of short lines above a headline, half of which are names of columns: the menu of a site, an entry to a
    line. A shoulder has two lines at most."""
    entries = [line.bare for line in lines if len(line.bare) <= 8 and re.fullmatch(r"\w+", line.bare)]
    return len(entries) >= 4 and 2 * sum(is_site(entry, text) for entry in entries) >= len(entries)


def is_site(bare: str, text: Sequence[Line]) -> bool:
    """The name of a site or column above a headline: as such names end, or short and foreign to the text."""
    if is_official_line(bare) or is_subtitle(bare) or is_byline(bare):
        return False
    parts = [part for part in _BETWEEN.split(re.sub(r"首[ \u3000]+页", "首页", bare)) if part]
    if len(parts) > 2 and all(_BUTTON.fullmatch(part) for part in parts):
        return True
    between = bare.strip("|｜丨").replace("｜", "|").replace("丨", "|").split("|")
    if len(between) > 3 and all(len(part) <= _LONGEST_ENTRY for part in between):
        return True
    if len(parts) == 2 and any(map(is_medium, parts)):
        return True  # 云溪网 云溪县助餐协会
    if len(parts) > 3 and _LABELLED.match(bare) and not re.search("[，。；]", bare):
        return True
    if len(bare) <= 30 and not has_chinese(bare) and not re.search(r"\d", bare):
        return True  # NOTICE BOARD above a text that is Chinese
    return len(bare) <= 24 and bool(
        ends_as_site(bare) or is_of_account(bare) or (len(bare) <= 12 and coverage(bare, opening_of(text)) < 0.2)
    )


def is_of_account(bare: str) -> bool:
    """云溪民政, 云溪发布: an account of a bureau."""
    return re.fullmatch(r"[\u4e00-\u9fff]{2,6}(?:民政|发布|福彩)", bare) is not None


def is_medium(bare: str) -> bool:
    """云溪市民政局网站, 云溪日报: the name of a site or a paper and nothing else."""
    return _NAMES_SITE.match(bare) is not None


def ends_as_site(bare: str) -> bool:
    """As the names of sites and columns end, a number to call aside; 织密困境儿童保护网 ends so, too, and does
    something."""
    return _SITE.search(_NUMBER_BEHIND.sub("", readable(bare))) is not None and not _does(bare)


def _does(bare: str) -> bool:
    """Whether the last words of a line say what is done."""
    last = _BETWEEN.split(bare.strip())[-1]
    return len(last) > _FEWEST_DOING and says_what_is_done(last)
