"""Plain text: one block a line. Lines written as Markdown headings (# …) or as HTML are read as such."""

from __future__ import annotations

import re
from pathlib import Path

from indexer.encoding import Decoded, decode, plausibility
from indexer.extract import Block, Extract, Unreadable
from indexer.readers import html, md

# A control character in one of 200 places is a text with a few accidents; more is another kind of file.
_MAX_CONTROLS = 1 / 200
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HTML = re.compile(r"\s{0,200}<(?:!doctype|html|head|body|div|table|meta)\b", re.IGNORECASE)
_LINE = re.compile("\r\n|[\n\r\x0c\x85\u2028\u2029]")


def read(path: Path, data: bytes) -> Extract:
    """Lines of a text file; raises Unreadable where the bytes are not text."""
    decoded = decode(data)
    text = plain(path, decoded)
    if _HTML.match(text):
        return html.read(path, data)
    if md.HEADING.search(text):
        return md.parse(text, decoded.replaced)
    return Extract(tuple(Block(line) for line in lines(text)), wrapped=True, replaced=decoded.replaced)


def plain(path: Path, decoded: Decoded) -> str:
    """The text without control characters; Unreadable where there are so many that it is no text."""
    text = decoded.text
    controls = len(_CONTROLS.findall(text))
    if controls > max(8, len(text) * _MAX_CONTROLS):
        raise Unreadable(path, "内容不是文字（含大量控制字符）；可能扩展名不对或文件已损坏")
    # below half of its characters everyday ones no text is Chinese; the worst of the material has 0.9
    if decoded.replaced > max(8, len(text) // 20) or plausibility(text) < 0.5:
        raise Unreadable(path, "无法识别文字编码；请另存为 UTF-8 后再放入")
    return _CONTROLS.sub("", text) if controls else text


def lines(text: str) -> list[str]:
    return _LINE.split(text)
