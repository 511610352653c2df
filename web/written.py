"""How templates write what they are given: marked text, addresses, what stands in XML, times."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import markupsafe
from jinja2 import Template
from markupsafe import Markup, escape

from search.documents.document import Span
from search.matching.marks import Piece

# What markupsafe's escape() does to a text before it makes a Markup of it; the whole where there is no such step.
_signs: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


class PageTemplate(Template):
    """A template that joins what it writes as plain text: Jinja makes a Markup of each of the five hundred values of a
    page, only to join them."""

    @classmethod
    def from_code(cls, *compiled: Any, **more: Any) -> Template:
        made = super().from_code(*compiled, **more)
        made.root_render_func.__globals__["escape"] = escaped  # the name by which the compiled code calls it
        return made


def escaped(value: object) -> str:
    """The characters that escape() gives for a value."""
    if type(value) is str:
        return _signs(value)
    return value if type(value) is Markup else escape(value)


def marked(text: str, marks: Iterable[Span]) -> Markup:
    """A text with the found words marked; no blank is added, so that copied text is the text."""
    safe = escape if len(escape(text)) > len(text) else str  # a card has ten runs of text, few with a sign to escape
    written, at = list[str](), 0
    for start, end in marks:
        written += safe(text[at:start]), "<mark>", safe(text[start:end]), "</mark>"
        at = end
    return Markup("".join((*written, safe(text[at:]))))


def anchored(pieces: Iterable[Piece], seen: list[int]) -> Markup:
    """The same in the open document, where every mark can be gone to. Of two pieces of one mark (a passage ends inside
    it) only the first has the anchor. seen: the numbers that were given out, to which it adds."""
    written = list[str]()
    for one in pieces:
        is_new = one.hit > (seen[-1] if seen else 0)
        if is_new:
            seen.append(one.hit)
        anchor = f' id="hit-{one.hit}"' if is_new else ""
        written.append(f"<mark{anchor}>{escape(one.text)}</mark>" if one.hit else escape(one.text))
    return Markup("".join(written))


def here(address: str, path: str) -> str:
    """An address of the page at this path, from its question mark on: a hundred of them are a KB of a page."""
    return address.removeprefix(path) if address.startswith(f"{path}?") else address


def in_xml(shown: str) -> str:
    """Without the characters that no XML may hold."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", shown)


def seconds(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.3f}"
