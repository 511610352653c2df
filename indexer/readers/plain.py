"""What of decoded bytes is text, and its lines: what every reader of text begins with."""

from __future__ import annotations

import html
import re
from pathlib import Path

from indexer.encoding import Decoded, plausibility
from indexer.extract import Unreadable
from search.text.patterns import lazy

# A control character in one of 200 places is a text with a few accidents; more is another kind of file.
_MAX_CONTROLS = 1 / 200
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_LINE = lazy("\r\n|[\n\r\x0c\x85\u2028\u2029]")


def plain(path: Path, decoded: Decoded) -> str:
    """The text without control characters; Unreadable where there are so many that it is no text."""
    text = decoded.text
    controls = len(_CONTROLS.findall(text))
    if controls > max(8, len(text) * _MAX_CONTROLS):
        raise Unreadable(path, "内容不是文字（含大量控制字符）；可能扩展名不对或文件已损坏，请核对")
    # below half of its characters everyday ones no text is Chinese; the worst of the material has 0.9
    if decoded.replaced > max(8, len(text) // 20) or plausibility(text) < 0.5:
        raise Unreadable(path, "无法识别文字编码；请另存为 UTF-8 后再放入")
    return _CONTROLS.sub("", text) if controls else text


# &nbsp; &ldquo; &#8212;: what is left where the text of a page was kept without its markup
_ENTITY = lazy(r"&(?:[a-zA-Z]{2,8}|#\d{2,7}|#[xX][0-9a-fA-F]{2,6});")


def without_entities(text: str) -> str:
    """The characters that a page's names for them stand for; a name that HTML does not know stays."""
    return _ENTITY.sub(lambda name: html.unescape(name[0]), text) if "&" in text else text


# …情况?/p>: a byte of the last sign was lost, and took the < behind it along
_TAG_END = re.compile(r"/(?<=[?？\ufffd]/)(p|div|li|td|tr|h[1-6])>", re.I)


def with_ends_of_tags(text: str, end: str = r"</\1>") -> str:
    """The ends of paragraphs that lost their first character made whole; end: what ends one in another format."""
    return _TAG_END.sub(end, text) if ">" in text else text


def lines(text: str) -> list[str]:
    return _LINE.split(text)
