"""One Extract → the articles in it, each with its headline, page facts and body.

Where one article ends and the next begins is told in sections.py, where the format marks it, and in parts.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.articles import contents, page_makers
from indexer.articles.around_headlines import paper_above
from indexer.articles.captions import captions
from indexer.articles.characters import readable, spelt, tidy, tidy_title
from indexer.articles.choosing import IS_FILE, coverage
from indexer.articles.cleaning import joined
from indexer.articles.credits import credit
from indexer.articles.front import front_of
from indexer.articles.furniture import CRUMB, tells_of_picture
from indexer.articles.headlines import is_caption, tells_much
from indexer.articles.label_names import SITE
from indexer.articles.labels import facts_in, is_page_facts, value_follows
from indexer.articles.lines import Line, lines_of
from indexer.articles.marks import SALUTATION, is_dateline
from indexer.articles.official import imprint, is_printed
from indexer.articles.parts import Part, parts_of
from indexer.articles.sections import sections
from indexer.articles.transcripts import turns
from indexer.extract import NO_HINTS, Extract, Hints
from search.documents.document import Evidence, How
from search.text.item_marks import marker
from search.text.patterns import lazy


@dataclass(frozen=True, slots=True)
class Article:
    """lines: the body (bylines and subtitles among it, alone). facts: lines of page facts (来源：…) taken from it,
    official: of the head of an official paper.

    furniture: what was left out of the body, each with its name — nothing goes without being named.
    """

    title: Evidence[str] | None
    lines: tuple[Line, ...]
    wrapped: bool
    hints: Hints = NO_HINTS
    facts: tuple[str, ...] = ()
    official: tuple[str, ...] = ()
    furniture: tuple[tuple[str, str], ...] = ()


def split(extract: Extract) -> tuple[Article, ...]:
    """The articles of an extract in reading order; none where it holds no text."""
    return _with_text([article for section in sections(extract) for article in _articles(section)])


def _with_text(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles that have lines; what was left out of the others, and their headlines, go to the one before."""
    kept: list[Article] = []
    waiting: tuple[tuple[str, str], ...] = ()
    for article in articles:
        if article.lines:
            kept.append(replace(article, furniture=(*waiting, *article.furniture)))
            waiting = ()
            continue
        headline = (
            article.title.value if article.title and article.title.value != tidy_title(article.hints.title) else ""
        )
        left_out = (*article.furniture, *((("栏目", headline),) if headline else ()))
        if kept:
            kept[-1] = replace(kept[-1], furniture=(*kept[-1].furniture, *left_out))
        else:
            waiting += left_out
    return tuple(kept)


def _articles(extract: Extract) -> list[Article]:
    lines, furniture = lines_of(extract)
    left_out = (*extract.left_out, *furniture)
    listed = contents.table([text for name, text in furniture if name == contents.NAME])
    parts = parts_of(lines, tidy_title(extract.hints.title), listed)
    several = len(parts) > 1
    # a page's own title and address belong to the one article it shows
    hints = replace(extract.hints, title="", address="", subject="") if several else extract.hints
    hints = _with_issue(hints, parts[0]) if several else hints
    return [_article(part, extract.wrapped, hints, left_out if i == 0 else ()) for i, part in enumerate(parts)]


def _with_issue(hints: Hints, first: Part) -> Hints:
    """With what stands above the first article of a bulletin or of a paper's page: whose it is, of which day. All of
    its articles are."""
    for line in (*first.labels, *first.lines):
        if line.complete:
            break
        if issue := imprint(line.bare) or paper_above(line.bare):
            whose, day = issue
            return replace(hints, source=hints.source or whose, date=hints.date or day)
    return hints


def _article(part: Part, wrapped: bool, hints: Hints, left_out: tuple[tuple[str, str], ...]) -> Article:
    """Header (teaser, headline, page facts, subtitle, byline) and body of the lines of one article."""
    furniture = [*left_out, *(("栏目", line.bare) for line in part.labels)]
    lines = _without_captions(_without_teaser(list(part.lines), furniture), furniture)
    # a teaser repeats headline and text, so the line it begins with is the headline
    shown_before = lines[:1] != list(part.lines[:1]) and not lines[0].ends_sentence and len(lines[0].bare) <= 90
    known = joined(line.bare for line in part.title) or hints.title
    if known:
        lines = _without_repeats(tidy_title(known), lines, furniture)
    front = front_of(lines, known, certain=part.numbered or shown_before)
    furniture.extend(front.furniture)
    facts, rest = _without_facts(front.rest, furniture, top=not front.title)
    rest = _without_picture_above(rest, furniture)
    title = tidy_title(joined(line.bare for line in (part.title or front.title)) or hints.title or hints.subject)
    if part.numbered and (mark := marker(title)):
        furniture.append(("编号", title[: mark.end]))
        title = title[mark.end :].strip()
    if bullet := _BULLET.match(title):
        furniture.append(("编号", bullet.group().strip()))
        title = title[bullet.end() :]
    header = [replace(line, alone=True, level=0) for line in front.header]
    lines = _without_repeats(title, [*header, *map(_alone_if_marked, rest)], furniture)
    shown = captions(lines, title, {text for name, text in furniture if name == "图片说明"})
    furniture.extend(("图片说明", lines[at].bare) for at in sorted(shown))
    lines = [line for at, line in enumerate(lines) if at not in shown]
    how: How = "after_body" if part.after_body else "stated"
    evidence = Evidence(title, title, how) if title else None
    stated = (*front.facts, *facts, *_whose_site(furniture))
    return Article(evidence, tuple(lines), wrapped, hints, stated, tuple(front.official), tuple(furniture))


# ■ 云溪县召开推进会: before each headline of a digest
_BULLET = re.compile(r"[■□◆◇●○▲△★☆▌►▶※]+[ \u3000]*(?=.{4})")
# 睢宁民政网, 睢宁民政, 睢宁县政务信息: the site or account of a bureau, which is where its pages are from
_OF_BUREAU = lazy(
    r"[\u4e00-\u9fff·]{2,12}(?:民政|政府|政务)[\u4e00-\u9fff]{0,4}网站?|[\u4e00-\u9fff]{2,9}(?:民政|慈善|福彩|发布|政务信息)"
    r"|[\u4e00-\u9fff]{2,6}(?:[市县州旗盟]|(?<![社小园校景])区)[\u4e00-\u9fff]{2,12}(?:馆|院|站|会|中心|局|校)(?:官方[\u4e00-\u9fff]{2,4})?"
)
# 云溪县松台镇人民政府信息公开; 主办：云溪县民政局; Copyright 2024 云溪县民政局: who has the site
_HOST = lazy(
    r"(?:^|(?<=[\s：:©]))([\u4e00-\u9fff·]{2,16}?(?:人民政府|民政[局厅部]))"
    r"(?=\s|办公室|(?:政府|政务)?信息|(?:门户)?网|主[办管]|版权|$)"
)
_HOSTS = lazy(r"主[办管]|版权所有|Copyright|©", re.I)


def _whose_site(furniture: Sequence[tuple[str, str]]) -> list[str]:
    """The site of a bureau, or the body that has the site, among what was left out, as a fact of the page."""
    above = [text for name, text in furniture if name in ("导航", "站名栏目", "位置")]
    below = [text for name, text in furniture if name in ("版权", "文末推荐", "正文以外") and _HOSTS.search(text)]
    # Copyright © 2020 云溪市社会福利院
    parts = (part for text in (*above, *below) for part in re.split(r"[\s>›»＞|｜：:©]+", text))
    sites = [part for part in parts if _OF_BUREAU.fullmatch(part)]
    hosts = (found.group(1) for text in (*above, *below) if len(text) <= _LONGEST_ROW and (found := _HOST.search(text)))
    first = (one for one in sites if one.endswith(("网", "网站")))
    return [f"{SITE}：{one}" for one in (*first, *hosts, *sites)][:1]


_LONGEST_ROW = 200


def _alone_if_marked(line: Line) -> Line:
    return replace(line, alone=True) if line.level or SALUTATION.match(line.bare) else line


# A page's own summary of the text below: 摘要：…, [导读] …
_SUMMARY = re.compile(r"[【\[（(]?(?:内容|本文|核心)?(?:摘要|导读|导语|提要|提示|简介)[】\]）)：:]{1,2}")
_PARAGRAPH = 40
_CUT_OFF = re.compile(r"[ \u3000]*(?:\.{3}|…)+$")
_DOTS = ("...", "…")


def _without_teaser(lines: list[Line], furniture: list[tuple[str, str]]) -> list[Line]:
    """Leave out a line near the top that the text below says again: the first one where it is cut off with dots, and
    one that calls itself a summary, and a paragraph that another one below begins with."""
    for at, line in enumerate(lines[:6]):
        label = _SUMMARY.match(line.bare)
        cut = _CUT_OFF.search(line.bare) if line.bare.endswith(_DOTS) else None
        # 60: no headline is so long that a text begins with all of it
        paragraph = len(line.bare) >= (_PARAGRAPH if line.complete else 60)
        if not (label or paragraph or (cut and not at)):
            continue
        says = line.bare[label.end() if label else 0 :]
        if not (label or (cut and not at)) and not _may_begin_again(says, at, lines):
            continue
        says = spelt(_CUT_OFF.sub("", says) if cut else says)
        if label or (cut and not at):
            below = spelt("".join(below.bare for below in lines[at + 1 : at + 60]))
            again = says in below if label else below.startswith(says)
            above = (spelt(line.bare) for line in lines[:at]) if label and cut else ()
            again = again or any(len(one) >= 8 and says.startswith(one) for one in above)  # headline and text, run on
        else:
            again = _begins_below(says, at, lines)
        if again and len(says) >= (4 if label and cut else 10):
            furniture.append(("摘要", line.bare))
            return [*lines[:at], *lines[at + 1 :]]
    return lines


_LETTER = re.compile(r"\w")


def _may_begin_again(says: str, at: int, lines: Sequence[Line]) -> bool:
    """Whether another line than line `at` has near its beginning the letter that it begins with: of nearly no paragraph
    one has, which is seen in a tenth of the time in which its letters are spelt."""
    first = _LETTER.search(says)
    return first is None or any(first[0] in line.bare[:8] for i, line in enumerate(lines[:100]) if i != at)


def _begins_below(says: str, at: int, lines: Sequence[Line]) -> bool:
    """Whether the text, straight below line `at` or under facts of the page, begins with what that line says, and no
    other line does."""
    below = next((i for i in range(at + 1, len(lines)) if len(lines[i].bare) >= len(says)), None)
    if below is None or (below > at + 1 and not any(is_page_facts(line.bare) for line in lines[at + 1 : below])):
        return False
    begin = [i for i, line in enumerate(lines[:100]) if says[:1] in line.bare[:8] and spelt(line.bare).startswith(says)]
    return begin == [at, below]


def _squeezed(text: str) -> str:
    return "".join(tidy(text).split())


# …，提高服务水平。来源：云溪日报 / …再立新功！某某网版权所有: what a page sets behind the end of a paragraph
_BEHIND = re.compile(
    r"(?<=[。！？）)”])[ \u3000]*((?:来源|稿源|作者|编辑|责编|责任编辑|供稿)[：:][ \u3000]?[^，。；：:（）()]{2,20}"
    r"|[^，。；：:！？（）()“”]{2,12}版权所有"
    # the foot of a site, run on: 某某网 主办：某某 维护：某某 网站地图
    r"|(?=[^。]{0,80}(?:网站地图|ICP|技术支持|标识码))[^，。；：:]{0,20}(?:主办|版权所有)(?:单位)?[ \u3000]?[：:]"
    r"[^。]{2,120})$"
)


def _without_credits(lines: Sequence[Line], facts: list[str], furniture: list[tuple[str, str]]) -> list[Line]:
    kept: list[Line] = []
    for line in lines:
        # none of it is without a colon or these words
        stated = "：" in line.text or ":" in line.text or "版权所有" in line.text
        if stated and (behind := _BEHIND.search(line.text)):
            facts.append(behind.group(1))
            furniture.append(("页面信息", behind.group(1)))
            line = replace(line, text=line.text[: behind.start()])
        kept.append(line)
    return kept


_TAKEN_BY = re.compile(r"[^。]{0,30}$")
_TOOK = re.compile(r"[摄攝](?:影)?[）)]?$")
# Of the pairs of characters of a caption, how many the text says: less is news that stands under the picture alone.
_SAID = 0.9


def _without_captions(lines: list[Line], furniture: list[tuple[str, str]]) -> list[Line]:
    """Leave out captions of several sentences that the text says all of; it stands beside at most a hundred lines."""
    kept = lines
    for line in [line for line in lines if _TOOK.search(line.bare) and tells_much(line.bare)][:8]:
        others = readable("".join(other.bare for other in kept[:100] if other is not line))
        if len(line.bare) <= 160 and coverage(_TAKEN_BY.sub("", line.bare), others) >= _SAID:
            furniture.append(("图片说明", line.bare))
            kept = [other for other in kept if other is not line]
    return kept


_MOST_PICTURES = 6
# 云溪时刻松台5月28日讯（记者 某某）
_DAY_TELLS = re.compile(r"[^，。：；（）()\s]{2,20}\d{1,2}日[讯电][ \u3000]?[（(]")


def _begins_report(bare: str) -> bool:
    return is_dateline(bare) or _DAY_TELLS.match(bare) is not None


def _without_picture_above(lines: list[Line], furniture: list[tuple[str, str]]) -> list[Line]:
    """Leave out short sentences above the dateline that a report begins with, where the report says all of them: what
    pictures show. A dateline opens the text, so nothing above it is of the text."""
    start = next((at for at, line in enumerate(lines[: _MOST_PICTURES + 1]) if _begins_report(line.bare)), 0)
    said = readable("".join(line.bare for line in lines[start : start + 7]))
    if not all(
        len(line.bare) <= _PARAGRAPH
        and line.complete
        and (coverage(line.bare, said) >= _SAID or tells_of_picture(line.bare.rstrip("。")))
        for line in lines[:start]
    ):
        return lines
    furniture.extend(("图片说明", line.bare) for line in lines[:start])
    return lines[start:]


# 活动现场, 推进会现场图, and with who took it: a picture's, wherever it stands
_SHOWN = lazy(
    "[摄攝图圖▲△■●◆]|[左右][一二三四五六]?[）)]|(?:会|会议|活动|仪式|培训|讲座|比赛|演出|集体)(?:现场|合[影照]|剪影|掠影)|.合影$"
)


# 图为…, （某某 摄）: a picture's between any paragraphs
_TELLS_PICTURE = re.compile("^[（(]?[图圖][为為](?!什|何)|(?:[摄攝]|供[图圖])[）)]?$")


def _heads(lines: Sequence[Line], at: int) -> bool:
    """发放现场 above more paragraphs is a heading; below them it is a caption."""
    return not _SHOWN.search(lines[at].bare) and any(line.complete for line in lines[at + 1 :])


def _without_facts(lines: list[Line], furniture: list[tuple[str, str]], *, top: bool) -> tuple[list[str], list[Line]]:
    """Page facts stand in the first dozen lines (top) or the last five; elsewhere such a line is text."""
    facts: list[str] = []
    kept: list[Line] = []
    below = range(max(0, len(lines) - 5), len(lines))
    # a page states its day once; several days without a label are a list of the text's own
    days = [i for i in below if is_page_facts(lines[i].bare) and not facts_in(lines[i].bare).labels]
    own = frozenset(days if len(days) > 1 else ())
    for i, line in enumerate(lines):
        near = (top and i < 12) or (i in below and i not in own)
        if near and not line.level and is_page_facts(line.bare):
            facts.append(line.bare)
            furniture.append(("页面信息", line.bare))
        elif i >= len(lines) - 5 and i and not line.level and (stated := credit(line.bare)):
            facts.append(stated)
            furniture.append(("页面信息", line.bare))
        elif near and facts and i and lines[i - 1].bare == facts[-1] and value_follows(facts[-1], line.bare):
            facts[-1] += line.bare
            furniture.append(("页面信息", line.bare))
        elif i >= len(lines) - 5 and i and page_makers.is_one(line.bare):
            furniture.append(("编辑", line.bare))
        elif CRUMB.fullmatch(line.bare):
            furniture.append(("位置", line.bare))
        elif i >= len(lines) - 5 and is_printed(line.bare):
            furniture.append(("分发", line.bare))
        elif (
            not line.level
            and (i in below or _TELLS_PICTURE.search(line.bare))
            and is_caption(readable(line.bare))
            and not _heads(lines, i)
        ):
            furniture.append(("图片说明", line.bare))
        else:
            kept.append(line)
    return facts, _without_credits(kept, facts, furniture)


def _without_repeats(title: str, lines: list[Line], furniture: list[tuple[str, str]]) -> list[Line]:
    """Leave out the headline where it stands again near the top of the body, whole or over several lines."""
    whole = _squeezed(title)
    # Who speaks again is no headline that stands again.
    above = lines[: min(turns([line.bare for line in lines]), default=len(lines))]
    # 12: above the repeated headline stand at most its number and lines of page facts
    top: list[Line] = []
    start = 0
    while whole and start < min(12, len(above)):
        end = _end_of(whole, above, start)
        if end is None:
            top.append(lines[start])
        furniture.extend(("重复标题", line.bare) for line in lines[start : end or start])
        start = end or start + 1
    return [*top, *lines[start:]]


def _end_of(whole: str, lines: Sequence[Line], start: int) -> int | None:
    """Where the lines from start on that spell `whole` end; None if they don't. At most five lines."""
    text, first = "", lines[start].bare[:1]
    if "\u4e00" <= first <= "\u9fff" and first != whole[0]:  # tidying changes none of these
        return None
    for end in range(start, min(len(lines), start + 5)):
        text += _squeezed(IS_FILE.sub("", lines[end].bare))  # a site of documents names the file: …讲话.doc
        if text == whole:
            return end + 1
        if not whole.startswith(text):
            return None
    return None
