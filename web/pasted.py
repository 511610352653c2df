"""A text that a reader hands over: in the address, pasted into a form, as a file, or as JSON.

Never kept: it is read into memory, answered, and gone; nothing of it is logged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from flask import Request, abort, request

from indexer.extract import Unreadable
from search.errors import QueryError

# Bytes of what is handed over, all of it held in memory: a draft of 1 MB, or a Word document with some pictures.
MOST_BYTES = 4_000_000


class InMemory(Request):
    """Werkzeug puts files of more than 500 KB on disk; here nothing that is handed over is written anywhere, but for
    the files that a keeper puts in (on_disk)."""

    on_disk = False
    taken: Sequence[IO[bytes]] = ()  # what goes to the disk; closed it is gone

    max_content_length = MOST_BYTES
    max_form_memory_size = MOST_BYTES

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if not self.on_disk:
            return BytesIO()
        taken = super()._get_file_stream(total_content_length, content_type, filename, content_length)
        self.taken = [*self.taken, taken]
        return taken


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A text with \n as line ends, the name of the file it came in, and what the reader has to know of it."""

    text: str
    file: str = ""
    notes: tuple[str, ...] = ()


def handed_over() -> HandedOver:
    """Raises QueryError where a file gives no text; answers 413 where there is too much."""
    if request.method != "POST":
        return HandedOver(_lines(request.args.get("text", "")))
    if request.is_json:
        given = request.get_json()
        if not isinstance(given, dict) or not isinstance(given.get("text"), str):
            abort(400, '请给出 {"text": "要核对的文字"}。')
        return HandedOver(_lines(given["text"]))
    pasted, file = request.form.get("text", ""), request.files.get("file")
    if file is None or not file.filename:
        return HandedOver(_lines(pasted))
    # Loaded with the first file: the rules of reading take half a second and 4 MB of every server.
    from indexer.drafts import text_of

    name = file.filename.replace("\\", "/").rpartition("/")[2][:100]
    try:
        text = text_of(name, file.read())
    except Unreadable as refused:
        raise QueryError(f"“{name}”没有核对：{refused.reason}。") from refused
    notes = ["框里原来的文字没有核对；要核对它，请另外粘贴。"] if pasted.strip() else []
    return HandedOver(_lines(text), name, (f"核对的是文件“{name}”里的文字。", *notes))


# Half a character, as JSON may hold one: it cannot be sent back.
_HALF = re.compile("[\ud800-\udfff]")


def _lines(text: str) -> str:
    return _HALF.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
