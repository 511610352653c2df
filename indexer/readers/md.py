"""Markdown: headings keep their level, marks of emphasis and links go, HTML inside is read as HTML."""

from __future__ import annotations

import re
from pathlib import Path

from indexer.encoding import decode
from indexer.extract import Block, Extract, Hints
from indexer.readers import html, plain

HEADING = re.compile(r"^(#{1,6})[ \t]+(\S.*)$", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A\s{0,9}---[ \t]*\n(.{0,5000}?)\n---[ \t]*\n", re.DOTALL)
_FACT = re.compile(r"^([A-Za-z_\u4e00-\u9fff]{1,12})[ \t]*[:：][ \t]*(\S.*)$", re.MULTILINE)
_FACTS = {
    "title": ("title", "标题"),
    "date": ("date", "日期", "时间", "发布日期", "讲话日期"),
    "source": ("source", "来源"),
    "issuer": ("issuer", "发文机关", "单位", "机关"),
    "address": ("url", "网址", "链接"),
}
_COMMENT = re.compile(r"<!--.{0,5000}?-->", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\(([^()\s]{0,500})(?:[ ]\"[^\"\n]{0,200}\")?\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,400})\1")
_TAG = re.compile(r"<(?:p|br|div|strong|b|span|table|h[1-6]|section|article)\b[^<>]{0,500}/?>", re.IGNORECASE)
_RULE = re.compile(r"\s{0,3}(?:[-*_]\s?){3,80}")
_QUOTE = re.compile(r"^\s{0,3}>\s?")


def read(path: Path, data: bytes) -> Extract:
    decoded = decode(data)
    return parse(plain.plain(path, decoded), decoded.replaced)


def parse(text: str, replaced: int = 0) -> Extract:
    """Blocks of a Markdown text; wrapped, because a Markdown line may end inside a sentence."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    front = _FRONT_MATTER.match(text)
    body = _COMMENT.sub("", text[front.end() :] if front else text)
    blocks = tuple(block for line in plain.lines(body) for block in _blocks(line))
    return Extract(blocks, wrapped=True, hints=_hints(front.group(1) if front else ""), replaced=replaced)


def _hints(front: str) -> Hints:
    facts = {key.lower(): value.strip("\"' ") for key, value in _FACT.findall(front)}
    named = {field: next((facts[n] for n in names if n in facts), "") for field, names in _FACTS.items()}
    return Hints(**named)


def _blocks(line: str) -> list[Block]:
    if _TAG.search(line):
        return [*html.fragment(_LINK.sub(r"\1", line)), Block("")]
    if found := HEADING.match(line):
        return [Block(_plain(found.group(2)).rstrip("# "), len(found.group(1)))]
    if _RULE.fullmatch(line):
        return [Block("")]
    return [Block(_plain(_QUOTE.sub("", line)).rstrip())]


def _plain(line: str) -> str:
    """A line without the marks of emphasis and links; what a link says stays, its address goes."""
    line = plain.without_entities(line)
    return _STRONG.sub(r"\2", _LINK.sub(r"\1", line)) if "[" in line or "*" in line or "__" in line else line
