"""HTML: the article of a page (page.py), and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path

from indexer.articles.choosing import ends_as_site
from indexer.articles.furniture import furniture
from indexer.articles.headlines import TITLE_FORM
from indexer.articles.label_names import ISSUERS, OTHER_DAYS, PUBLISHED, SIGNED, SOURCES
from indexer.articles.labels import facts_in, is_page_facts
from indexer.articles.marks import SALUTATION, complete
from indexer.articles.official import is_head_line
from indexer.articles.transcripts import turns
from indexer.encoding import decode
from indexer.extract import Block, Extract, Hints, Unreadable
from indexer.readers import plain
from indexer.readers.page import CELLS, Page, TextRun, in_header, laid_out, layout_cells
from indexer.readers.tree import Node, parsed
from search.text.patterns import lazy

_DECLARED = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.\-]{1,40})", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[A-Za-z!/?]")


def read(path: Path, data: bytes, charset: str = "") -> Extract:
    """Paragraphs of the main content, with the page's own title, date and source as hints.

    charset: what the transport declared, if anything; the page's own declaration comes first.
    """
    declared = _DECLARED.search(data[:4096])
    decoded = decode(data, declared.group(1).decode("ascii") if declared else charset)
    text = plain.plain(path, decoded)
    if not _ANY_TAG.search(text):  # a text file with the wrong suffix: its lines are all the structure there is
        return Extract(tuple(map(Block, plain.lines(text))), wrapped=True, replaced=decoded.replaced)
    tree = parsed(plain.with_ends_of_tags(text))
    elements = list(tree.elements())
    body = tree.body
    layout = layout_cells(body) if any(one.name in CELLS for one in elements) else frozenset()
    page = laid_out(body, layout)
    if not any(run.prose for run in page.runs) and any(one.name in ("frame", "frameset") for one in elements):
        raise Unreadable(path, "这是框架页，正文在另一个文件里；请在浏览器中单独打开正文，再另存为网页")
    saved = _SAVED_FROM.search(text[:4096])
    hints = _hints(_head(elements, layout), page, saved.group(1) if saved else "")
    # a page of links (a list of headlines) has no text of its own
    links = sum(len(run.text) for run in page.article if run.linked > 0.5)
    runs = page.article if links < 0.7 * sum(len(run.text) for run in page.article) else []
    beside = page.beside if runs else page.runs
    runs, menus = _without_menus(runs)
    left_out = tuple((name, run.text.strip()) for name, of in (("正文以外", beside), ("导航", menus)) for run in of)
    wrapped = sum(len(run.text) for run in runs if run.line) > 0.5 * sum(len(run.text) for run in runs)
    blocks = tuple(block for run in runs for block in _blocks(run, wrapped=wrapped))
    return Extract(blocks, wrapped, hints, decoded.replaced, left_out)


def _without_menus(runs: Sequence[TextRun]) -> tuple[list[TextRun], list[TextRun]]:
    """The runs of an article, and those of them that are links of the page: in an element named for it, or a row of
    them above the text."""
    above = next((at for at, run in enumerate(runs) if complete(run.text) or SALUTATION.match(run.text.strip())), 0)
    kept, menus = list[TextRun](), list[TextRun]()
    for at, run in enumerate(runs):
        row = run.named or (at < above and len(run.text.split()) > 3)
        (menus if run.linked > 0.5 and not run.level and row else kept).append(run)
    return kept, menus


def _blocks(run: TextRun, *, wrapped: bool) -> list[Block]:
    block = Block(run.text, run.level, whole=wrapped and not run.line)
    return [Block(""), block] if run.gap and wrapped else [block]


def fragment(markup: str) -> list[Block]:
    """Paragraphs of a piece of HTML as it stands inside a Markdown line."""
    body = parsed(markup).body
    return [Block(run.text, run.level, whole=True) for run in laid_out(body, layout_cells(body)).runs]


# --- what the page says of itself ------------------------------------------------------------------------------

_META = {
    "title": ("articletitle", "og:title"),
    "date": ("pubdate", "publishdate", "article:published_time", "og:release_date"),
    "source": ("contentsource", "source"),
    "address": ("url", "og:url"),
    "publisher": ("sitename", "og:site_name"),
}
_SITE = re.compile(r"[ \u3000]*(?:[-_|—–]+|>>?|_)[ \u3000]*")
_DATED = re.compile(r"[\s\u3000\xa0]{0,8}(20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)(?=[^，。；]{0,60}$)")
# 襄阳日报 > 2019年06月12日 星期三 > 第A02版：要闻: the day of a paper, where its page is told; another is today's
_OF_PAGE = lazy(r"(20\d\d年\d{1,2}月\d{1,2}日)[^，。；]{0,20}第? ?[A-Z]{0,2}\d{1,3}版")
# Browsers write where a saved page came from into its first lines.
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{1,6}\)(https?://\S{1,2000}) -->")
_OFFICIAL = "索引号|主题分类|发文机关|发文机构|发布机构|成文日期|标题|发文字号|文号|发布日期|名称|生成日期|公开日期"
_LABEL = lazy(
    rf"^[【\[]?(?:{_OFFICIAL})[】\]]?[：:]$"
    # of letters to an office and its answers, whose labels often have no colon
    r"|^(?:来信|信件|留言|咨询|问题)(?:标题|主题)[：:]?$|^(?:回复|答复|办理|处理)(?:单位|部门|机构)[：:]?$"
)
_LABEL_ALONE = lazy(rf"[【\[]?(?:{_OFFICIAL})[】\]]?")
_FEWEST_LABELS = 3  # without a colon a word may be any cell's


@dataclass(frozen=True, slots=True)
class _Head:
    """What <head> states: <title>, and meta tags by their lower-case names."""

    title: str
    meta: dict[str, str]
    table: dict[str, str]  # label → value of a table of document facts (索引号：, 成文日期：)
    account: str = ""  # whose account published it, on pages of WeChat,
    posted: str = ""  # and when


def _head(elements: Sequence[Node], layout: frozenset[int]) -> _Head:
    """elements: all of the page, in their order; layout: as layout_cells() says."""
    meta: dict[str, str] = {}
    for one in elements:
        if one.name == "meta":
            name = (one.attributes.get("name") or one.attributes.get("property", "")).lower()
            content = one.attributes.get("content", "").strip()
            if name and content:
                meta.setdefault(name, content)
    title = next((" ".join(one.text().split()) for one in elements if one.name == "title"), "")
    account, posted = (
        next((" ".join(one.text().split())[:40] for one in elements if one.attributes.get("id") == name), "")
        for name in ("js_name", "publish_time")
    )
    table = _table([one for one in elements if one.name in CELLS and id(one) not in layout])
    return _Head(title, meta, table, account, posted)


def _table(cells: Sequence[Node]) -> dict[str, str]:
    """Label → value. Labels without a colon count where there are several, each with another cell that answers it."""
    facts: dict[str, str] = {}
    alone: dict[str, str] = {}
    for label, value in pairwise(cells):
        name = re.sub(r"[\s\u3000\xa0]", "", label.text())[:20]
        said = " ".join(value.text().split())[:200]
        if _LABEL.match(name):
            facts.setdefault(name.strip("【】[]：:"), said)
        elif _LABEL_ALONE.fullmatch(name) and said and not _LABEL_ALONE.fullmatch(said):
            alone.setdefault(name.strip("【】[]"), said)
    return alone | facts if len(alone) >= _FEWEST_LABELS else facts


def _hints(head: _Head, page: Page, saved_from: str) -> Hints:
    """What is seen beside the text (来源：…, 发布时间：…), then the table of document facts, then meta tags: a page
    that a program made anew has the new day in its meta tags."""
    named = {field: next((head.meta[n] for n in names if n in head.meta), "") for field, names in _META.items()}
    seen = {**head.table, **_seen(page)}
    top = page.runs[max(0, page.start - 6) : page.start + 4]
    days = (_DATED.match(run.text) or _OF_PAGE.search(run.text) for run in top)
    bare = next((found.group(1) for found in days if found), "")
    return Hints(
        title=named["title"] or _of_table(head.table, "标题 名称 主题") or _title(head.title, page),
        date=_first(seen, PUBLISHED, "20") or named["date"] or head.posted or bare or _own_day(seen),
        signed=_first(seen, SIGNED, "20") or _first(seen, SIGNED, "二"),
        source=_unlabelled(named["source"]) or _first(seen, SOURCES) or head.account,
        issuer=_first(seen, ISSUERS) or _of_table(head.table, "单位 部门 机构"),
        number=_first(seen, "发文字号 文号"),
        address=named["address"] or saved_from,
        publisher=named["publisher"] or _publisher(head.title, page.runs),
    )


def _of_table(table: dict[str, str], labels: str) -> str:
    """The value of the first label that is one of these or ends so: 来信标题."""
    return next((table[name] for one in labels.split() for name in table if name.endswith(one)), "")


def _seen(page: Page) -> dict[str, str]:
    """Label → value of the lines of page facts around the article, each label's first."""
    around = [*page.runs[: page.start + 6], *page.runs[max(page.start + 6, page.end - 2) : page.end + 6]]
    seen: dict[str, str] = {}
    for run in around:
        text = run.text.replace("\t", " ").strip()
        if "：" in text or ":" in text or "引" in text:
            text = _SPACED_LABEL.sub(lambda label: re.sub(r"\s", "", label.group()), text)
        if len(text) <= 200 and is_page_facts(text):
            for label, value in facts_in(text).values.items():
                seen.setdefault(label, value)
    return seen


def _own_day(seen: dict[str, str]) -> str:
    """The day by a label that no table has (播出时间, 录入日期), which is not that of an event."""
    own = re.compile(rf"(?!{OTHER_DAYS}).*(?:时间|日期)")
    return next((day for label, day in seen.items() if own.fullmatch(label) and label not in SIGNED.split()), "")


_SPACED_LABEL = re.compile(
    r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff][ \u3000]{1,4}){2,5}[：:]|索[ \u3000]+引[ \u3000]+号"
)


def _first(seen: dict[str, str], labels: str, begins: str = "") -> str:
    """The value of the first of these labels that is stated; begins: as dates do."""
    return next((seen[one] for one in labels.split() if seen.get(one, "").startswith(begins) and seen.get(one)), "")


def _unlabelled(source: str) -> str:
    """A meta tag may hold the label as well: 来源：某某网."""
    return re.sub(r"^(?:信息|文章|稿件)?来源[：:]\s*", "", source)


_OWNER = re.compile(r"(?:主办单位|主办|版权所有|网站主办)[ \u3000]{0,4}[：:][ \u3000]{0,4}([^\s\u3000：:]{4,40})")


def _publisher(window: str, runs: Sequence[TextRun]) -> str:
    """Whose site it is: the last part of <title> (…-某县民政局门户网站), else the line at the foot."""
    last = [part for part in _SITE.split(window) if part][-1:]
    if last and re.search(r"(?:政府|[厅局委部]|网站|门户网|网)$", last[0]) and last[0] != window:
        return last[0]
    return next((m.group(1) for run in reversed(runs[-12:]) if (m := _OWNER.search(run.text))), "")


# --- the headline ----------------------------------------------------------------------------------------------

# The name of a site, a column or a body, which stands alone at the top of each of its pages.
_SITE_NAME = re.compile(r"(?:[厅局委部府院会室]|网站?|平台|频道|栏目|门户|中心|在线|首页)$")
# Somebody does something: no site is called 某县民政局召开约谈会.
_TELLS = re.compile(r"[厅局委部府镇市县区省]\S{0,8}(?:召开|举行|举办|开展)")
_ENOUGH = 3  # a headline has one strong sign, or two


def _title(window: str, page: Page) -> str:
    """The headline: of the short lines above the text and at its top the one with the most signs; else the first part
    of <title>, where that is more than a site. Lines of one heading element are one."""
    parts = _site_last([part for part in _SITE.split(window) if part])
    if whole := _named_by_window(parts, page):
        return whole
    text = "".join(run.text for run in page.article)[:800]
    groups = groupby(page.runs[: page.start + 4], key=lambda run: id(run.element))
    candidates = [one for _, runs in groups for one in _headlines(list(runs))]
    spoken = turns([run.text.strip() for run in page.article])
    said = {page.article[at].text.strip() for at in spoken}
    stated = _above_facts(page)
    named, others = _squeezed(window), frozenset(map(_squeezed, parts[1:]))
    scored = [
        (_score(run, named, others, text) + 2 * (run.text == stated), at, run)
        for at, run in enumerate(candidates)
        if run.text.strip() not in said
    ]
    best = max(scored, default=None, key=lambda one: one[:2])
    if best and best[0] >= _ENOUGH:
        return best[2].text.strip()
    return parts[0] if len(parts) > 1 and len(parts[0]) >= 6 and not _SITE_NAME.search(parts[0]) else ""


def _site_last(parts: list[str]) -> list[str]:
    """The parts of <title>, the headline first: 云溪日报数字报-… has the site before it."""
    first = len(parts) > 1 and len(parts[1]) >= 8 and ends_as_site(parts[0])
    return [*parts[1:], parts[0]] if first else parts


def _named_by_window(parts: Sequence[str], page: Page) -> str:
    """The first part of <title> where it stands above the text broken into two or three lines, or on one line with the
    facts of the page behind it; "" where neither is so."""
    first = parts[0] if parts else ""
    named = _squeezed(first)
    if len(named) < 8 or _SITE_NAME.search(first):
        return ""
    top = page.runs[: page.start + 4]
    for at, run in enumerate(top):
        bare = run.text.strip()
        if bare.startswith(first) and bare != first and is_page_facts(bare[len(first) :].strip()):
            return first
        if named.startswith(_squeezed(bare)) and any(
            "".join(_squeezed(one.text) for one in top[at : at + many]) == named for many in (2, 3)
        ):
            return first
    return ""


def _above_facts(page: Page) -> str:
    """The line straight above the first facts of the page (发布时间：… 来源：…), where a headline stands; who speaks
    and where may stand between."""
    top = page.runs[: page.start + 4]
    facts = next((at for at, run in enumerate(top) if is_page_facts(run.text.strip())), 0)
    return next((run.text for run in reversed(top[:facts]) if not in_header(run.text.strip())), "")


def _headlines(runs: list[TextRun]) -> list[TextRun]:
    """Those runs of one element that could be a headline; several short ones of a title's element are one."""
    joined = " ".join(run.text.strip() for run in runs)
    if len(runs) > 1 and runs[0].element.is_title and len(joined) <= 120:
        runs = [replace(runs[0], text=joined)]
    return [run for run in runs if 4 <= len(run.text.strip()) <= 120 and not run.named and run.linked < 0.5]


_NUMBER_ALONE = lazy(
    r"[〔\[（(【]?(?:19|20)\d\d[〕\]）)】]?第?\d{1,5}号"
)  # the rest of 云溪市人民政府会议纪要〔2019〕17号


def _score(run: TextRun, named: str, others: frozenset[str], text: str) -> float:
    """How much speaks for a headline: <title> repeats it, its element, its form, its words in the text. named, others:
    <title> without blanks, and its parts behind the first."""
    bare = _squeezed(run.text)
    # a full stop inside: sentences, as of who speaks first in a transcript
    if "。" in bare or bare.endswith(("：", "；", "，")) or is_page_facts(run.text.strip()) or furniture(bare):
        return 0
    if is_head_line(bare) or _NUMBER_ALONE.fullmatch(bare):  # <title> is 云溪市民政局 云民函〔2024〕7号 on some sites
        return 0
    form = bool(TITLE_FORM.search(bare) or bare.startswith("关于") or _TELLS.search(bare))
    alone = not form and bool(_SITE_NAME.search(bare)) and not re.search("[《》“”：:！，]", bare)
    element = 2 * run.element.is_title + (3 if run.level else 0)
    pairs = {bare[at : at + 2] for at in range(len(bare) - 1)}
    return (
        4 * (len(bare) >= 6 and bare in named and bare not in others)
        + element
        + 3 * form
        + 3 * sum(pair in text for pair in pairs) / len(pairs)
        - 5 * alone
        - 2 * (len(bare) <= 6)
    )


def _squeezed(text: str) -> str:
    return "".join(text.split())
