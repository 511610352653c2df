"""An HTML page as runs of text in a tree of elements, and which of them are the article.

The article is found by an own rule: prose gathers in one element, so go down from <body> as long as one child holds
nearly all of it; what stands right beside that element and reads as text belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from indexer.articles.furniture import furniture
from indexer.articles.headlines import is_byline, is_stated, is_subtitle
from indexer.articles.labels import is_page_facts
from indexer.articles.marks import ADDRESS, SALUTATION, complete, is_date_line
from indexer.readers.tree import Node

_GONE_TAGS = "script style noscript noframes template iframe svg select button textarea input nav footer rt rp"
_GONE = frozenset(_GONE_TAGS.split())
_PARAGRAPH_TAGS = """
    p div section article main header aside table tbody thead tr ul ol li dl dt dd h1 h2 h3 h4 h5 h6
    blockquote pre center form fieldset figure figcaption hr body html address title caption
"""
_PARAGRAPHS = frozenset(_PARAGRAPH_TAGS.split())
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
# Elements named for what they hold. A name counts only where the element holds less than half of the page's prose:
# wz is 位置 on one site and 文章 on another.
_NAMED_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|breadcrumb|crumbs?|position|location|share|bdshare|toolbar|tools?|sidebar|side|aside|foot(?:er)?"
    r"|copyright|relat(?:ed|ion)|recommend|hot|rank|comment|pagination|pager|search|login|qrcode|ewm|dqwz|wz)(?:$|[\s_\d-])",
    re.IGNORECASE,
)
_NAMED_TITLE = re.compile(r"(?:^|[\s_-])(?:\w{0,12}title|tit|bt|biaoti|headline)(?:$|[\s_\d-])", re.IGNORECASE)
CELLS = ("td", "th")
CELL = "\t"  # stands between the cells of a row; cleaning makes of it a blank that stays


@dataclass(slots=True)
class Element:
    """An element that makes paragraphs. first, end: its half-open range of runs."""

    name: str
    first: int
    names: str = ""  # its id and classes
    end: int = 0
    children: list[Element] = field(default_factory=list)
    parent: Element | None = None

    @property
    def is_title(self) -> bool:
        return bool(_NAMED_TITLE.search(self.names))


@dataclass(frozen=True, slots=True)
class TextRun:
    """A paragraph of the page, a line between <br>, or a row of table cells.

    linked: its share of link text. prose: its characters of running text: with a comma or full stop, not mostly links,
    not in what is named furniture. line: of text whose line ends are the author's (<pre>). gap: a blank line before.
    """

    text: str
    level: int
    element: Element
    linked: float
    prose: int
    named: bool = False
    line: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """runs: all text of the page in reading order. start, end: the half-open range of those that are the article."""

    runs: list[TextRun]
    start: int
    end: int

    @property
    def article(self) -> list[TextRun]:
        return self.runs[self.start : self.end]

    @property
    def beside(self) -> list[TextRun]:
        return [*self.runs[: self.start], *self.runs[self.end :]]


def laid_out(body: Node, layout: frozenset[int]) -> Page:
    """layout: as layout_cells() says. A loop with its own stack: 100,000 nested elements must not end in a
    RecursionError."""
    builder = _Builder(layout)
    for node, opens in _walk(body):
        if isinstance(node, Node):
            builder.element(node, opens=opens)
        else:
            builder.text(node)
    builder.close()
    builder.root.end = len(builder.runs)
    runs = _without_named(builder.runs, builder.named)
    return Page(runs, *_main(runs, builder.root))


def _walk(root: Node) -> Iterator[tuple[Node | str, bool]]:
    """Elements twice, opening and closing, and the text between them."""
    stack: list[tuple[Node | str, bool]] = [(root, True)]
    while stack:
        node, opens = stack.pop()
        if isinstance(node, Node):
            if node.name in _GONE or _hidden(node):
                continue
            yield node, opens
            if opens:
                stack.append((node, False))
                stack.extend((child, True) for child in reversed(node.children))
        else:
            yield node, True


def _hidden(node: Node) -> bool:
    style = node.attributes.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


# --- cells -----------------------------------------------------------------------------------------------------

_LAYS_OUT = frozenset(("table", "ul", "ol", "h1", "h2", "h3", "center"))
_BREAKS = frozenset(("p", "div", "br"))
_LONGEST_CELL = 100  # characters; what is longer and in paragraphs is text


@dataclass(slots=True)
class _Cell:
    node: Node
    breaks: int = 0
    characters: int = 0
    running: bool = False
    lays_out: bool = False


def layout_cells(body: Node) -> frozenset[int]:
    """The ids of the table cells that lay out a page: they hold tables, lists or running paragraphs, not one value.

    A value may be in a paragraph of its own, as word processors write it.
    """
    open_cells: list[_Cell] = []
    layout: set[int] = set()
    for node, opens in _walk(body):
        if isinstance(node, Node) and node.name in CELLS:
            if opens:
                open_cells.append(_Cell(node))
                continue
            cell = open_cells.pop()
            long = cell.characters > _LONGEST_CELL or (cell.breaks > 1 and cell.running)
            if cell.lays_out or (cell.breaks and (long or _alone_in_row(cell.node))):
                layout.add(id(cell.node))
        elif open_cells and isinstance(node, Node) and opens:
            open_cells[-1].lays_out |= node.name in _LAYS_OUT
            open_cells[-1].breaks += node.name in _BREAKS
        elif open_cells and isinstance(node, str):
            open_cells[-1].characters += len(node.strip())
            open_cells[-1].running |= bool(_RUNNING.search(node))
    return frozenset(layout)


def _alone_in_row(cell: Node) -> bool:
    """Whether a cell is the only one of a row: it holds lines and no value (a body and, below it, the day)."""
    row = cell.parent
    return (
        row is not None
        and row.name == "tr"
        and not any(isinstance(one, Node) and one.name in CELLS and one is not cell for one in row.children)
    )


# --- runs ------------------------------------------------------------------------------------------------------

_WHITE = re.compile(r"[\r\n\t ]+")
_RUNNING = re.compile("[，。；]")
_BETWEEN_CELLS = re.compile(r"(?<![ \t])[ \t]*\t[ \t]*")


class _Builder:
    """Gathers text into runs while the page is walked. named: the elements whose name says that they are furniture."""

    def __init__(self, layout_cells: frozenset[int]) -> None:
        self._layout_cells = layout_cells
        self.runs: list[TextRun] = []
        self.root = Element("html", 0)
        self.named: list[Element] = []
        self._here = self.root
        self._parts: list[str] = []
        self._linked = 0
        self._in_link = 0
        self._in_cell = 0
        self._in_pre = 0
        self._gap = False

    def text(self, text: str) -> None:
        if self._in_pre and not self._in_cell:
            lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            for n, line in enumerate(lines):
                if n:
                    self.close()
                self._piece(line)
        else:
            # one blank for any run of white space; &nbsp; stays, it may be an indent
            self._piece(_WHITE.sub(" ", text))

    def _piece(self, text: str) -> None:
        self._parts.append(text)
        if self._in_link:
            self._linked += len(text.strip())

    def element(self, node: Node, *, opens: bool) -> None:
        name = node.name
        if name == "a":
            self._in_link += 1 if opens else -1
        elif name in CELLS and id(node) not in self._layout_cells:
            self._in_cell += 1 if opens else -1
            self._parts.append(CELL if opens else "")  # a row of a table of data reads as one line
        elif self._in_cell and (name == "br" or name in _PARAGRAPHS):
            self._parts.append(CELL if opens else "")  # what stands on two lines of a cell are two things
        elif name == "br":
            if self._here.name in _HEADINGS:
                self._parts.append(" " if opens else "")  # a headline over two lines is one
            else:
                self.close()
        elif name in _PARAGRAPHS or name in CELLS:
            self.close()
            self._in_pre += (1 if opens else -1) if name == "pre" else 0
            self._step(node, opens=opens)

    def _step(self, node: Node, *, opens: bool) -> None:
        if not opens:
            self._here.end = len(self.runs)
            self._here = self._here.parent or self.root
            return
        inner = Element(node.name, len(self.runs), _names(node), parent=self._here)
        self._here.children.append(inner)
        self._here = inner
        if inner.names and node.name not in ("body", "html") and _NAMED_FURNITURE.search(inner.names):
            self.named.append(inner)

    def close(self) -> None:
        text = "".join(self._parts)
        bare = text.strip()
        if bare:
            text = _BETWEEN_CELLS.sub(CELL, text) if CELL in text else text
            shown = text.strip(" \t")
            share = self._linked / len(shown.strip())
            prose = 0 if share > 0.5 else len(shown) if _RUNNING.search(shown) else len(shown) // 10
            level = _HEADINGS.get(self._here.name, 0)
            line = self._in_pre > 0
            text = text.rstrip() if line else shown
            self.runs.append(TextRun(text, level, self._here, share, prose, line=line, gap=line and self._gap))
        self._gap = self._in_pre > 0 and not bare
        self._parts.clear()
        self._linked = 0


def _names(node: Node) -> str:
    return f"{node.attributes.get('id', '')} {node.attributes.get('class', '')}".strip()


def _without_named(runs: list[TextRun], named: Sequence[Element]) -> list[TextRun]:
    """In elements that are named furniture there is no prose; one that holds half of the page's is none."""
    prose = _sums(runs)
    changes = [0] * (len(runs) + 1)
    for one in named:
        if prose(one.first, one.end) <= 0.5 * prose(0, len(runs)):
            changes[one.first] += 1
            changes[one.end] -= 1
    inside = accumulate(changes[:-1])
    return [replace(run, prose=0, named=True) if depth else run for run, depth in zip(runs, inside, strict=True)]


def _sums(runs: Sequence[TextRun]) -> Callable[[int, int], int]:
    """prose(first, end): the running text of a range, without adding it up each time."""
    sums = list(accumulate((run.prose for run in runs), initial=0))
    return lambda first, end: sums[end] - sums[first]


# --- the article -----------------------------------------------------------------------------------------------

# 0.75: an article holds 80–100 % of the prose of its page in 40 saved government pages; lists beside it the rest.
_NEARLY_ALL = 0.75


def _main(runs: list[TextRun], root: Element) -> tuple[int, int]:
    """The half-open range of the element that holds nearly all prose and none of whose children does, with the text
    that stands right beside it."""
    prose = _sums(runs)
    here = root
    while True:
        total = prose(here.first, here.end)
        best = max(here.children, key=lambda one: prose(one.first, one.end), default=None)
        if best is None or total == 0 or prose(best.first, best.end) < _NEARLY_ALL * total:
            break
        # a single paragraph holds it all, whole or in lines: its container is the article
        if best.end - best.first <= 1 or best.name == "p":
            break
        here = best
    return _with_neighbours(runs, here)


def _with_neighbours(runs: list[TextRun], article: Element) -> tuple[int, int]:
    """The range of the element and of the text right before and behind it: whole sentences, the addressees above, who
    speaks and when under the headline, the body and the day that sign below; and any plain paragraph that has the same
    parent."""
    start, end = article.first, article.end
    while start > 0 and _is_text(runs[start - 1], article) and not runs[start - 1].level:
        start -= 1
    start = _header_from(runs, start)
    while end < len(runs) and (_is_text(runs[end], article) or _signs(runs, end)):
        end += 1
    return start, end


_MOST_HEADER = 8  # lines


def _header_from(runs: list[TextRun], start: int) -> int:
    """Where the lines between headline and text begin that say who speaks, when and where (访谈嘉宾：…, 某局局长 某某),
    with facts of the page among them; `start` where there are none."""
    first = start
    for at in range(start - 1, max(-1, start - 1 - _MOST_HEADER), -1):
        run, bare = runs[at], runs[at].text.strip()
        if run.named or run.linked > 0.5 or furniture(bare) or is_page_facts(bare):
            continue
        # <h2>（2011年4月20日）</h2>: some pages set the day and who speaks as headings
        if run.linked > 0 or not in_header(bare):
            break
        first = at
    return first


def in_header(bare: str) -> bool:
    """Who speaks, when and where, as it stands between a headline and its text."""
    return is_byline(bare) or is_subtitle(bare) or is_date_line(bare) or is_stated(bare)


def _is_text(run: TextRun, article: Element) -> bool:
    bare = run.text.strip()
    if run.named or run.linked > 0 or furniture(bare) or is_page_facts(bare):
        return False
    beside = run.element.name == "p" and run.element.parent is article.parent
    return beside or complete(bare) or bool(ADDRESS.match(bare) or SALUTATION.match(bare))


def _signs(runs: list[TextRun], at: int) -> bool:
    """A day, or a short line above one: 某县民政局, 2023年11月6日."""
    day = next((n for n in (at, at + 1) if n < len(runs) and is_date_line(runs[n].text.strip())), None)
    return (
        day is not None and not any(run.named or run.linked for run in runs[at : day + 1]) and len(runs[at].text) <= 40
    )
