"""Saved web pages (mht, mhtml): of the HTML parts of the message the one with the most prose, read as HTML."""

from __future__ import annotations

import email
import re
from dataclasses import replace
from email import policy
from pathlib import Path

from indexer.extract import Extract, Unreadable
from indexer.readers import html

_RUNNING = re.compile("[，。；]")


def read(path: Path, data: bytes) -> Extract:
    """A page of frames is saved as several parts; the first of them holds no text."""
    message = email.message_from_bytes(data, policy=policy.default)
    found: list[Extract] = []
    refused = Unreadable(path, "mht 文件里没有网页正文；请在浏览器中另存为“网页，仅 HTML”")
    for part in message.walk():
        content = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(content, bytes):
            try:
                found.append(html.read(path, content, part.get_content_charset() or ""))
            except Unreadable as empty:
                refused = empty
    if not found:
        raise refused
    best = max(found, key=_prose)
    address = str(message.get("Snapshot-Content-Location") or message.get("Content-Location") or "")
    hints = best.hints if best.hints.address else replace(best.hints, address=" ".join(address.split())[:2000])
    return replace(best, hints=hints)


def _prose(extract: Extract) -> int:
    return sum(len(block.text) for block in extract.blocks if _RUNNING.search(block.text))
