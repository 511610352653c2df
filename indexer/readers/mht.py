"""Saved web pages (mht, mhtml): the HTML part of the message, read as HTML."""

from __future__ import annotations

import email
from email import policy
from pathlib import Path

from indexer.extract import Extract, Unreadable
from indexer.readers import html


def read(path: Path, data: bytes) -> Extract:
    message = email.message_from_bytes(data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return html.read(path, content, part.get_content_charset() or "")
    raise Unreadable(path, "mht 文件里没有网页正文；请在浏览器中另存为“网页，仅 HTML”")
