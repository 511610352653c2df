"""HTML through BeautifulSoup on lxml: the main content of a page, without navigation, share bars and footers.

lxml, not html.parser: 100,000 opened tags took html.parser over 90 s, lxml 0.2 s. The main content is found by an own
rule: prose gathers in one element, so go down from <body> as long as one child holds nearly all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

from indexer.encoding import decode
from indexer.extract import Block, Extract, Hints
from indexer.readers import plain

_DECLARED = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.\-]{1,40})", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[A-Za-z!/?]")
_GONE_TAGS = "script style noscript template iframe svg select button textarea input nav footer rt rp"
_GONE = frozenset(_GONE_TAGS.split())
_PARAGRAPH_TAGS = """
    p div section article main header aside table tbody thead tr ul ol li dl dt dd h1 h2 h3 h4 h5 h6
    blockquote pre center form fieldset figure figcaption hr body html address title caption
"""
_PARAGRAPHS = frozenset(_PARAGRAPH_TAGS.split())
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
# Elements named for what they hold. Only taken out where they hold little of the page's prose (see _prune).
_NAMED_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|breadcrumb|crumbs?|position|location|share|bdshare|toolbar|tools?|sidebar|side|aside|foot(?:er)?"
    r"|copyright|relat(?:ed|ion)|recommend|hot|rank|comment|pagination|pager|search|login|qrcode|ewm|dqwz|wz)(?:$|[\s_\d-])",
    re.IGNORECASE,
)


def read(path: Path, data: bytes, charset: str = "") -> Extract:
    """Paragraphs of the main content, with the page's own title, date and source as hints.

    charset: what the transport declared, if anything; the page's own declaration comes first.
    """
    declared = _DECLARED.search(data[:4096])
    decoded = decode(data, declared.group(1).decode("ascii") if declared else charset)
    text = plain.plain(path, decoded)
    if not _ANY_TAG.search(text):  # a text file with the wrong suffix: its lines are all the structure there is
        return Extract(tuple(map(Block, plain.lines(text))), wrapped=True, replaced=decoded.replaced)
    soup = BeautifulSoup(text, "lxml")
    elements = [node for node in soup.descendants if isinstance(node, Tag)]
    layout = _layout_cells(soup) if any(one.name in _CELLS for one in elements) else frozenset()
    head = _head(elements, layout)
    page = _laid_out(soup, layout)
    main = _main(page)
    runs = page[main[0] : main[1]]
    # a page of links (a list of headlines) has no text of its own
    links = sum(len(run.text) for run in runs if run.linked > 0.5)
    blocks = [Block(run.text, run.level) for run in runs] if links < 0.7 * sum(len(run.text) for run in runs) else []
    return Extract(tuple(blocks), wrapped=False, hints=_hints(head, page, main), replaced=decoded.replaced)


def fragment(markup: str) -> list[Block]:
    """Paragraphs of a piece of HTML as it stands inside a Markdown line."""
    soup = BeautifulSoup(markup, "lxml")
    return [Block(run.text, run.level, whole=True) for run in _laid_out(soup, _layout_cells(soup))]


# --- the page as runs of text ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TextRun:
    """A paragraph of the page: path are the positions of its elements from <body> down, linked its share of link text.

    prose: its characters of running text: with a comma or full stop, not mostly links, not in what is named furniture.
    """

    text: str
    level: int
    path: tuple[int, ...]
    linked: float
    prose: int


def _laid_out(soup: BeautifulSoup, layout: frozenset[int]) -> list[TextRun]:
    """Runs in reading order: a paragraph element, a line between <br>, or a row of table cells.

    layout: as _layout_cells() says. A loop with its own stack: 100,000 nested elements must not end in a
    RecursionError.
    """
    builder = _Builder(layout)
    for node, opens in _walk(soup.body or soup):
        if isinstance(node, Tag):
            builder.element(node, opens=opens)
        else:
            builder.text(str(node))
    builder.close()
    return builder.runs


def _walk(root: Tag) -> Iterator[tuple[Tag | NavigableString, bool]]:
    """Elements twice, opening and closing, and the text between them."""
    stack: list[tuple[Tag | NavigableString, bool]] = [(root, True)]
    while stack:
        node, opens = stack.pop()
        if isinstance(node, Tag):
            if node.name in _GONE or _hidden(node):
                continue
            yield node, opens
            if opens:
                stack.append((node, False))
                stack.extend(
                    (child, True) for child in reversed(node.contents) if isinstance(child, (Tag, NavigableString))
                )
        elif not isinstance(node, PreformattedString):  # comments, declarations, processing instructions
            yield node, True


def _hidden(tag: Tag) -> bool:
    style = tag.attrs.get("style")
    return style is not None and "display:none" in str(style).replace(" ", "").lower()


_BLOCKS = frozenset(("p", "div", "table", "ul", "ol", "br", "h1", "h2", "h3", "center"))


_CELLS = ("td", "th")


def _layout_cells(soup: BeautifulSoup) -> frozenset[int]:
    """The ids of the table cells that lay out a page: they hold paragraphs or tables, not one value."""
    open_cells: list[Tag] = []
    layout: set[int] = set()
    for node, opens in _walk(soup.body or soup):
        if not isinstance(node, Tag):
            continue
        if node.name in _CELLS:
            open_cells.append(node) if opens else open_cells.pop()
        elif opens and open_cells and node.name in _BLOCKS:
            layout.add(id(open_cells[-1]))
    return frozenset(layout)


_WHITE = re.compile(r"[\r\n\t ]+")
_RUNNING = re.compile("[，。；]")


class _Builder:
    """Gathers text into runs while the page is walked."""

    def __init__(self, layout_cells: frozenset[int]) -> None:
        self._layout_cells = layout_cells
        self.runs: list[TextRun] = []
        self._path: list[int] = []
        self._children: list[int] = [0]
        self._parts: list[str] = []
        self._level = 0
        self._linked = 0
        self._in_link = 0
        self._named = 0

    def text(self, text: str) -> None:
        # one blank for any run of white space; &nbsp; stays, it may be an indent
        text = _WHITE.sub(" ", text)
        self._parts.append(text)
        if self._in_link:
            self._linked += len(text.strip())

    def element(self, tag: Tag, *, opens: bool) -> None:
        if tag.name == "a":
            self._in_link += 1 if opens else -1
        elif tag.name == "br":
            self.close()
        elif tag.name in _CELLS and id(tag) not in self._layout_cells:
            self._parts.append(" " if opens else "")  # a row of a table of data reads as one line
        elif tag.name in _PARAGRAPHS or tag.name in _CELLS:
            self.close()
            self._step(tag, opens=opens)

    def _step(self, tag: Tag, *, opens: bool) -> None:
        named = tag.name not in ("body", "html") and _is_named_furniture(tag)
        self._named += (1 if opens else -1) if named else 0
        if opens:
            self._path.append(self._children[-1])
            self._children[-1] += 1
            self._children.append(0)
            self._level = _HEADINGS.get(tag.name, 0)
        else:
            self._path.pop()
            self._children.pop()

    def close(self) -> None:
        text = "".join(self._parts).strip(" ")
        if text.strip():
            share = self._linked / max(1, len(text.strip()))
            running = 0 if share > 0.5 or self._named > 0 else len(text) if _RUNNING.search(text) else len(text) // 10
            self.runs.append(TextRun(text, self._level, tuple(self._path), share, running))
        self._parts.clear()
        self._linked = 0
        self._level = 0


def _is_named_furniture(tag: Tag) -> bool:
    classes = tag.get("class") or []
    names = " ".join([str(tag.get("id") or ""), *(classes if isinstance(classes, list) else [str(classes)])])
    return bool(names.strip()) and bool(_NAMED_FURNITURE.search(names))


# --- the main content ------------------------------------------------------------------------------------------

# 0.75: an article holds 80–100 % of the prose of its page in 40 saved government pages; lists beside it the rest.
_NEARLY_ALL = 0.75


def _main(page: list[TextRun]) -> tuple[int, int]:
    """The half-open range of runs of the element that holds nearly all prose and none of whose children does."""
    start, end, depth = 0, len(page), 0
    while True:
        total = sum(run.prose for run in page[start:end])
        best = max(
            _children(page, start, end, depth), key=lambda c: sum(run.prose for run in page[c[0] : c[1]]), default=None
        )
        if best is None or total == 0 or sum(run.prose for run in page[best[0] : best[1]]) < _NEARLY_ALL * total:
            return start, end
        if best[1] - best[0] <= 1:  # a single paragraph holds it all: its container is the article
            return start, end
        start, end, depth = *best, depth + 1


def _children(page: list[TextRun], start: int, end: int, depth: int) -> list[tuple[int, int]]:
    """Half-open ranges of runs that share their element at a depth."""
    ranges: list[tuple[int, int]] = []
    at = start
    while at < end:
        stop = at + 1
        if len(page[at].path) > depth:
            while stop < end and page[stop].path[: depth + 1] == page[at].path[: depth + 1]:
                stop += 1
            ranges.append((at, stop))
        at = stop
    return ranges


# --- what the page says of itself ------------------------------------------------------------------------------

_META = {
    "title": ("articletitle", "og:title"),
    "date": ("pubdate", "publishdate", "article:published_time", "og:release_date"),
    "source": ("contentsource", "source"),
    "address": ("url", "og:url"),
    "publisher": ("sitename", "og:site_name"),
}
_SITE = re.compile(r"[ \u3000]*(?:[-_|—–]+|>>?|_)[ \u3000]*")
_STATED = re.compile(
    r"(发布时间|发布日期|更新时间|发表时间|时间|日期|信息来源|文章来源|稿件来源|来源)[ \u3000\xa0]*[：:][ \u3000\xa0]*"
    r"([^\s\u3000\xa0：:|｜】\]]{1,40})"
)
_DATED = re.compile(r"[\s\u3000\xa0]{0,8}(20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)(?=[^，。；]{0,60}$)")
_LABEL = re.compile(
    r"^[【\[]?(?:索引号|主题分类|发文机关|发文机构|发布机构|成文日期|标题|发文字号|文号|发布日期|名称|生成日期|公开日期)[】\]]?[：:]$"
)


@dataclass(frozen=True, slots=True)
class _Head:
    """What <head> states: <title>, and meta tags by their lower-case names."""

    title: str
    meta: dict[str, str]
    table: dict[str, str]  # label → value of a table of document facts (索引号：, 成文日期：)


def _head(elements: Sequence[Tag], layout: frozenset[int]) -> _Head:
    """elements: all of the page, in their order; layout: as _layout_cells() says."""
    meta: dict[str, str] = {}
    for tag in elements:
        if tag.name == "meta":
            name = str(tag.get("name") or tag.get("property") or "").lower()
            content = str(tag.get("content") or "").strip()
            if name and content:
                meta.setdefault(name, content)
    title = next((" ".join(tag.get_text().split()) for tag in elements if tag.name == "title"), "")
    return _Head(title, meta, _table([tag for tag in elements if tag.name in _CELLS and id(tag) not in layout]))


def _table(cells: Sequence[Tag]) -> dict[str, str]:
    facts: dict[str, str] = {}
    for label, value in pairwise(cells):
        name = re.sub(r"[\s\u3000\xa0]", "", label.get_text())[:20]
        if _LABEL.match(name):
            facts.setdefault(name.strip("【】[]：:"), " ".join(value.get_text().split())[:200])
    return facts


def _hints(head: _Head, page: list[TextRun], main: tuple[int, int]) -> Hints:
    """Meta tags, then the table of document facts, then the line under the headline (来源：… 时间：…)."""
    named = {field: next((head.meta[n] for n in names if n in head.meta), "") for field, names in _META.items()}
    pairs = [pair for run in page[: main[0] + 6] if len(run.text) <= 200 for pair in _STATED.findall(run.text)]
    beside = dict(reversed(pairs))
    date = next(
        (beside[k] for k in ("发布时间", "发布日期", "发表时间", "更新时间", "时间", "日期") if k in beside), ""
    )
    date = date or next(
        (m.group(1) for run in page[max(0, main[0] - 6) : main[0] + 4] if (m := _DATED.match(run.text))), ""
    )
    source = next((beside[k] for k in ("信息来源", "文章来源", "稿件来源", "来源") if k in beside), "")
    return Hints(
        title=_title(
            named["title"] or head.table.get("标题", "") or head.table.get("名称", ""), head.title, page, main
        ),
        date=head.table.get("成文日期", "") or named["date"] or date or head.table.get("发布日期", ""),
        source=named["source"] or source,
        issuer=head.table.get("发文机关", "") or head.table.get("发文机构", "") or head.table.get("发布机构", ""),
        address=named["address"],
        publisher=named["publisher"] or _publisher(head.title, page),
    )


_OWNER = re.compile(r"(?:主办单位|主办|版权所有|网站主办)[ \u3000]{0,4}[：:][ \u3000]{0,4}([^\s\u3000：:]{4,40})")


def _publisher(window: str, page: list[TextRun]) -> str:
    """Whose site it is: the last part of <title> (…-某县民政局门户网站), else the line at the foot."""
    last = [part for part in _SITE.split(window) if part][-1:]
    if last and re.search(r"(?:政府|[厅局委部]|网站|门户网|网)$", last[0]) and last[0] != window:
        return last[0]
    return next((m.group(1) for run in reversed(page[-12:]) if (m := _OWNER.search(run.text))), "")


def _title(stated: str, window: str, page: list[TextRun], main: tuple[int, int]) -> str:
    """The headline: a meta tag, else the heading that <title> repeats, else the last heading above, else <title>."""
    if stated:
        return stated
    above = [run for run in page[: main[0] + 4] if 4 <= len(run.text.strip()) <= 120]
    bare = _squeezed(window)
    repeated = [run for run in above if len(_squeezed(run.text)) >= 6 and _squeezed(run.text) in bare]
    if repeated:
        return max(repeated, key=lambda run: (run.level > 0, len(run.text))).text.strip()
    headings = [run for run in above if run.level and run.linked < 0.5]
    if headings:
        return min(reversed(headings), key=lambda run: run.level).text.strip()
    parts = [part for part in _SITE.split(window) if part]
    return parts[0] if len(parts) > 1 and len(parts[0]) >= 6 else ""


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u3000\xa0]", "", text)
