"""Files to take away: what kind they are, what they are called, and what the addresses in them begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import BytesIO

from flask import Response, request, send_file

from search.excerpts import exports
from web.served import settings

# Form of a file to take away -> its kind.
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown",
    "csv": "text/csv",
}


def download(content: bytes, form: str, *names: str) -> Response:
    """A file of one of KINDS, named for what it is about.

    Never a part of one: by the next request it may be another.
    """
    return send_file(
        BytesIO(content),
        mimetype=KINDS[form],
        as_attachment=True,
        download_name=f"{named(*names)}.{form}",
        max_age=0,
        conditional=False,
    )


def table(content: bytes, *names: str) -> Response:
    """A CSV file, named for what it is about."""
    return download(content, "csv", *names)


def in_word(title: str, about: str, blocks: Iterable[exports.Block], notes: Sequence[str]) -> Response:
    """A Word file, named for what it is about."""
    return download(b"".join(exports.in_word(blocks, "", f"{title}：{about}"[:80], notes)), "docx", title, about)


def host() -> str:
    """What the addresses of a file lack that is read elsewhere; nothing where the site's own address is known."""
    return "" if settings().url else request.host_url.rstrip("/")


def named(*names: str) -> str:
    """What a file is called that is about these."""
    return " ".join(["民政讲话", *re.findall(r"\w+", " ".join(names))])[:60]
