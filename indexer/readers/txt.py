"""Plain text: one block a line. Lines written as Markdown headings (# …) or as HTML are read as such."""

from __future__ import annotations

import re
from pathlib import Path

from indexer.encoding import decode
from indexer.extract import Block, Extract
from indexer.readers import html, md
from indexer.readers.plain import lines, plain, with_ends_of_tags, without_entities

_HTML = re.compile(r"\s{0,200}<(?:!doctype|html|head|body|div|table|meta)\b", re.IGNORECASE)


def read(path: Path, data: bytes, charset: str = "") -> Extract:
    """Lines of a text file; raises Unreadable where the bytes are not text. charset: what was declared, if anything."""
    decoded = decode(data, charset)
    text = plain(path, decoded)
    if _HTML.match(text):
        return html.read(path, data, charset)
    text = with_ends_of_tags(without_entities(text), "\n")
    if md.HEADING.search(text):
        return md.parse(text, decoded.replaced)
    return Extract(tuple(Block(line) for line in lines(text)), wrapped=True, replaced=decoded.replaced)
