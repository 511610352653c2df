"""Mail that was saved (eml): what its body says; attachments are named, not read."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import replace
from email.header import Header, decode_header
from email.message import Message
from pathlib import Path

from indexer.encoding import decode
from indexer.extract import Extract, Unreadable
from indexer.readers import html, txt

_MAX_PARTS = 1_000
_LONGEST_SUBJECT = 2_000  # bytes
# What mail programs put before a subject; it is no part of it.
_FORWARDED = re.compile(r"(?:\s{0,3}(?:re|fwd?|回复|答复|转发)\s?[:：])+", re.IGNORECASE)


def read(path: Path, data: bytes) -> Extract:
    """The body, as a page where there is one, else as text; the subject is the title where the body has none."""
    try:
        message = email.message_from_bytes(data)
        parts = list(_parts(message))
    except Exception as damaged:  # RecursionError of a thousand parts in each other; others of damaged heads
        raise Unreadable(path, "eml 文件已损坏，无法读取；请在邮件程序中重新导出，或把正文另存为文本") from damaged
    attached = [name for one in parts if (name := _attachment(one))]
    bodies = {one.get_content_type(): one for one in reversed(parts) if not _attachment(one)}
    for kind in ("text/html", "text/plain"):
        extract = _body(path, bodies[kind], kind) if kind in bodies else None
        if extract and any(block.text.strip() for block in extract.blocks):
            named = tuple(("邮件附件", name) for name in attached)
            hints = replace(extract.hints, title=_subject(message))
            return replace(extract, hints=hints, left_out=(*extract.left_out, *named))
    if attached:
        raise Unreadable(path, f"邮件正文没有文字，只有{len(attached)}个附件；请把附件另存出来再放入")
    raise Unreadable(path, "邮件里没有文字；请把正文另存为文本")


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold something, in order; those of a message that is attached belong to that."""
    waiting = [message]
    for _ in range(_MAX_PARTS):
        if not waiting:
            return
        one = waiting.pop()
        inside = one.get_payload() if one.is_multipart() and one.get_content_type() != "message/rfc822" else None
        if isinstance(inside, list):
            waiting += [part for part in reversed(inside) if isinstance(part, Message)]
        else:
            yield one


def _attachment(part: Message) -> str:
    """Its name, or its kind where it has none; empty for a part that is shown as the body."""
    if part.get_content_disposition() != "attachment" and part.get_content_type() in ("text/plain", "text/html"):
        return ""
    return _words(part.get_filename() or "") or part.get_content_type()


def _body(path: Path, part: Message, kind: str) -> Extract | None:
    """None for a part without text."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        return None
    try:
        charset = part.get_content_charset() or ""
        return html.read(path, content, charset) if kind == "text/html" else txt.read(path, content, charset)
    except Unreadable:
        return None


def _subject(message: Message) -> str:
    return _FORWARDED.sub("", _words(message.get("Subject") or ""), count=1).strip()


def _words(written: str | Header) -> str:
    """=?gb2312?B?…?= in a head, as the words it stands for. A Header is one whose bytes nobody declared."""
    try:
        pieces = decode_header(written if isinstance(written, Header) else written[:_LONGEST_SUBJECT])
    except Exception:  # base64 that is none
        return ""
    found = (
        piece if isinstance(piece, str) else decode(piece, "" if charset == "unknown-8bit" else charset or "").text
        for piece, charset in pieces
    )
    return " ".join("".join(found).split())
