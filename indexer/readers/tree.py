"""The tree of an HTML page: of lxml where its markup is whole, of BeautifulSoup where there is something to mend.

Both are what libxml2 reads, told in two ways: lxml gives the tree that it built, BeautifulSoup builds one of the tags
and texts as they come. That takes .25 ms a page of news, against .04, and so does it where lxml's tree is not all that
was read: deeper than 256 elements, behind a second <html>.

Not html.parser: 100,000 opened tags took it over 90 s, libxml2 0.2 s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from indexer.readers.soup import BeautifulSoup, NavigableString, PreformattedString, Tag

# What stands in these is no text of the elements around them.
_APART = frozenset(("script", "style", "template", "rt", "rp"))


@dataclass(slots=True, eq=False)
class Node:
    """An element, or the page, which has no name. children: its elements and texts in order, without comments and
    declarations."""

    name: str
    attributes: Mapping[str, str]
    parent: Node | None = None
    children: list[Node | str] = field(default_factory=list)

    def elements(self) -> Iterator[Node]:
        """All elements in it, in the order in which they begin."""
        stack = [one for one in reversed(self.children) if isinstance(one, Node)]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(one for one in reversed(node.children) if isinstance(one, Node))

    @property
    def body(self) -> Node:
        """<body>, else itself."""
        return next((one for one in self.elements() if one.name == "body"), self)

    def text(self) -> str:
        """All text in it but scripts, styles, templates and readings of characters; of one of those its own."""
        around: Node | None = self
        while around and around.name not in _APART:
            around = around.parent
        kind = self.name if self.name in _APART else ""
        texts: list[str] = []
        stack: list[tuple[Node | str, str]] = [(self, around.name if around else "")]
        while stack:
            node, within = stack.pop()
            if isinstance(node, Node):
                within = node.name if node.name in _APART else within
                stack.extend((child, within) for child in reversed(node.children))
            elif within == kind:
                texts.append(node)
        return "".join(texts)


def parsed(markup: str) -> Node:
    """The page, in which is <html>."""
    return whole(markup) or mended(markup)


# An id that stands twice is the one complaint of libxml2 at which it mends nothing; a seventh of saved pages has one.
_REPEATED_ID = etree.ErrorTypes.DTD_ID_REDEFINED


def whole(markup: str) -> Node | None:
    """The tree of lxml; None where mended() may give another one.

    That is where libxml2 complained; where it says nothing of a second <html> or of a doctype inside of the page; and
    where BeautifulSoup has ways of its own: blanks with a form feed are one blank to it, and {…}id is an id.
    """
    begin = len(markup) - len(markup.lstrip())
    if markup.find("<!d", begin + 1) >= 0 or markup.find("<!D", begin + 1) >= 0:
        return None
    parser = etree.HTMLParser()
    try:
        parser.feed(markup.removeprefix("\ufeff"))
        root = parser.close()
    except etree.LxmlError:
        return None
    if root is None or any(complaint.type != _REPEATED_ID for complaint in parser.feed_error_log):
        return None
    if any(isinstance(other.tag, str) for other in root.itersiblings()):
        return None
    page = here = Node("", {})
    for event, one in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            inner = Node(str(one.tag), dict(one.items()), here)
            if "{" in "".join(inner.attributes):
                return None
            here.children.append(inner)
            here = inner
            text = one.text
        else:
            here = here.parent or page if event == "end" else here
            text = one.tail
        if text:
            if "\f" in text:
                return None
            here.children.append(text)
    return page


def mended(markup: str) -> Node:
    """The tree of BeautifulSoup; classes of an element as they are written, as to part them takes a twelfth of its
    time."""
    page = Node("", {})
    open_tags: list[tuple[Tag, Node]] = [(BeautifulSoup(markup, "lxml", multi_valued_attributes=None), page)]
    while open_tags:
        tag, node = open_tags.pop()
        for child in tag.contents:
            if isinstance(child, Tag):
                inner = Node(child.name, child.attrs, node)
                node.children.append(inner)
                open_tags.append((child, inner))
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                node.children.append(str(child))
    return page
