"""A page that lxml reads without mending it is the page that BeautifulSoup reads; all others BeautifulSoup reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.readers import html, tree
from indexer.readers.tree import Node

# BeautifulSoup says so of <?xml?> in a page
pytestmark = pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning")

LINE = "助餐点的账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚。"
BLANK = " \t\n\f\r"
READ = ("id", "class", "style", "name", "property", "content")  # of attributes

_NAMES = """
    p div span a b br hr h1 td th tr table tbody ul li pre textarea script style template rt ruby title meta body html
    head form select option iframe frameset noscript svg o:p
"""
NAMES = _NAMES.split()
ATTRIBUTES = ("", " id='a'", ' class="x y"', " style='display: none'", " hidden", " {x}id=q", " name=source content=甲")
_MARKS = """
    <!---->|<!-- a -->|<!doctype html>|<?xml?>|<![CDATA[甲]]>|<!|</|&nbsp;|&lt;p&gt;|&bogus;|&#12;|&#xC;|&#8212;|<|&
"""
MARKS = _MARKS.strip().split("|")

texts = st.one_of(
    st.sampled_from([LINE, "甲", "甲 ", " 乙", " ", "\n \n", "\f", " \f\n"]), st.text(max_size=4, alphabet="甲, <>&;/=")
)
names, attributes = st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES)
pieces = st.one_of(
    texts, st.builds("<{}{}>".format, names, attributes), st.builds("</{}>".format, names), st.sampled_from(MARKS)
)
elements = st.builds("<{0}{1}>{2}</{0}>".format, names, attributes, texts)
nested = st.recursive(
    elements, lambda inner: st.builds("<div>{}</div><table><tr><td>{}</td></tr></table>".format, inner, inner)
)
begins = st.sampled_from(["", "<!DOCTYPE html><html><head><title>题</title></head><body>"])
ends = st.sampled_from(["", "</body></html>", "</body></html>\n<!-- 3 ms -->"])
pages = st.builds("{}{}{}".format, begins, st.lists(st.one_of(pieces, nested), max_size=12).map("".join), ends)


def shape(node: Node) -> list[object]:
    """All of a tree that is read, each with its depth; a text of blanks alone is one blank to BeautifulSoup."""
    found: list[object] = []
    stack: list[tuple[Node | str, int]] = [(node, 0)]
    while stack:
        one, depth = stack.pop()
        if isinstance(one, Node):
            found.append((depth, one.name, {name: one.attributes[name] for name in READ if name in one.attributes}))
            stack.extend((child, depth + 1) for child in reversed(one.children))
        elif depth > 1 or one.strip(BLANK):  # no blanks outside of <html>
            found.append((depth, one if one.strip(BLANK) else " "))
    return found


@given(pages)
@example("<p>甲</p></html><p>乙</p>")
@example("<p>甲 <!doctype html> 乙</p>")
@example("<b>甲</b>\f<b>乙</b>")
@example("<p {x}id=js_name>甲</p>")
@example("<p>甲</p><p id=a></p><p id=a>乙</p>")
def test_what_lxml_need_not_mend_is_the_page_of_beautifulsoup(page: str) -> None:
    whole = tree.whole(page)
    if whole is not None:
        assert shape(whole) == shape(tree.mended(page))


@given(pages)
@example("<script id=js_name>甲<b>乙</b></script><td><style>丙</style>丁<ruby>戊<rt>己</rt></ruby></td>")
@example("<template><title>甲</title></template>")
@example("<?xml?><p>甲</p>")
def test_a_node_has_the_text_and_place_that_beautifulsoup_gives_it(page: str) -> None:
    soup = BeautifulSoup(page, "lxml", multi_valued_attributes=None)
    told = [(one.name, one.get_text()) for one in soup.descendants if isinstance(one, Tag)]
    mended = tree.mended(page)
    assert [(one.name, one.text()) for one in mended.elements()] == told
    assert mended.body.text() == (soup.body or soup).get_text()


@given(pages)
def test_both_give_the_same_text_of_a_file(page: str) -> None:
    def read() -> object:
        try:
            return html.read(Path("a.html"), page.encode())
        except html.Unreadable as refused:
            return refused.reason

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tree, "whole", lambda _: None)
        by_beautifulsoup = read()
    assert read() == by_beautifulsoup


@pytest.mark.parametrize(
    "page",
    [
        f"<!DOCTYPE html>\n<html><head><meta charset=utf-8><title>题</title></head><body><p>{LINE}</p></body></html>\n",
        f"<!DOCTYPE html><!-- saved from url=(0023)http://a.cn/b --><p id=a>{LINE}<p id=a>&nbsp;&#8212;<br/>{LINE}",
        f"\ufeff<div><nav>首页</nav><table><tr><td>甲<td>{LINE}</table><script>if (a < b) {{}}</script></div>",
    ],
)
def test_an_ordinary_page_is_read_by_lxml_alone(page: str) -> None:
    assert tree.whole(page) is not None


@pytest.mark.parametrize(
    "page",
    [
        f"<div><p>{LINE}</div></p>",
        f"<p>{LINE}</p></html><html><p>{LINE}</p></html>",
        f"<p>{LINE} <!DOCTYPE html> {LINE}</p>",
        f"<b>{LINE}</b>&#12;<b>{LINE}</b>",
        f"<p {{x}}id='js_name'>{LINE}</p>",
        f"{'<div>' * 300}{LINE}{'</div>' * 300}",
        "<!-- nothing -->",
    ],
)
def test_a_page_to_be_mended_is_read_by_beautifulsoup(page: str) -> None:
    assert tree.whole(page) is None
    assert shape(tree.parsed(page)) == shape(tree.mended(page))
