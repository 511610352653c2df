"""Mail that was saved (eml): what its body says; attachments are named, not read."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email.header import Header, decode_header
from email.message import Message
from pathlib import Path

from indexer.encoding import decode
from indexer.extract import Extract, Unreadable
from indexer.readers import html, mail_text, txt

_MAX_PARTS = 1_000
_LONGEST_SUBJECT = 2_000  # bytes
# What mail programs put before a subject; it is no part of it.
_FORWARDED = re.compile(r"(?:\s{0,3}(?:re|fwd?|回复|答复|转发)\s?[:：])+", re.IGNORECASE)


def read(path: Path, data: bytes) -> Extract:
    """What is shown as the body, pages and texts in their order; the subject is the title where the body has none."""
    try:
        message = email.message_from_bytes(data)
        parts = list(_parts(message))
    except Exception as damaged:  # RecursionError of a thousand parts in each other; others of damaged heads
        raise Unreadable(path, "eml 文件已损坏，无法读取；请在邮件程序中重新导出，或把正文另存为文本") from damaged
    attached = [name for one, _ in parts if (name := _attachment(one))]
    shown = _shown(path, parts)
    if shown:
        named = tuple(("邮件附件", name) for name in attached)
        lines = any(one.wrapped for one in shown)
        return Extract(
            tuple(
                replace(block, whole=block.whole or (lines and not one.wrapped))
                for one in shown
                for block in one.blocks
            ),
            wrapped=lines,
            hints=replace(shown[0].hints, title="", subject=_subject(message)),
            replaced=sum(one.replaced for one in shown),
            left_out=(*(each for one in shown for each in one.left_out), *named),
        )
    if attached:
        raise Unreadable(path, f"邮件正文没有文字，只有{len(attached)}个附件；请把附件另存出来再放入")
    raise Unreadable(path, "邮件里没有文字；请把正文另存为文本")


def _parts(message: Message) -> Iterator[tuple[Message, int]]:
    """The parts that hold something, in order, each with the number of the choice it is offered in, 0 for none; those
    of a message that is attached belong to that."""
    waiting = [(message, 0)]
    for number in range(1, _MAX_PARTS + 1):
        if not waiting:
            return
        one, choice = waiting.pop()
        kind = one.get_content_type()
        inside = one.get_payload() if one.is_multipart() and kind != "message/rfc822" else None
        if isinstance(inside, list):
            offered = choice or (number if kind == "multipart/alternative" else 0)
            waiting += [(part, offered) for part in reversed(inside) if isinstance(part, Message)]
        else:
            yield one, choice


def _shown(path: Path, parts: Sequence[tuple[Message, int]]) -> list[Extract]:
    """The bodies, without the texts that stand for a page: as its alternative, or word for word."""
    bodies = [
        (kind, choice, extract)
        for one, choice in parts
        if (kind := one.get_content_type()) in ("text/html", "text/plain") and not _attachment(one)
        if (extract := _body(path, one, kind)) and _letters(extract)
    ]
    pages = {choice for kind, choice, _ in bodies if choice and kind == "text/html"}
    said = "\n".join(_letters(extract) for kind, _, extract in bodies if kind == "text/html")
    return [
        extract
        for kind, choice, extract in bodies
        if kind == "text/html" or (choice not in pages and _letters(extract) not in said)
    ]


def _letters(extract: Extract) -> str:
    return "".join("".join(block.text for block in extract.blocks).split())


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
        extract = html.read(path, content, charset) if kind == "text/html" else txt.read(path, content, charset)
    except Unreadable:
        return None
    left_out = list(extract.left_out)
    blocks = mail_text.of_text(extract.blocks, left_out)
    return replace(extract, blocks=blocks, left_out=tuple(left_out))


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
