"""Files to take away: what kind they are, what they are called, and what the addresses in them begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from urllib.parse import quote

from flask import Response, request, send_file, stream_with_context

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


def streamed(pieces: Iterator[bytes], form: str, *names: str) -> Response:
    """A file of one of KINDS that is sent while it is made, named for what it is about.

    Its name goes as UTF-8 beside one of ASCII, as RFC 6266 has it: a header holds nothing else, and a server that is
    given one sends none of the file.
    """
    answer = Response(stream_with_context(pieces), mimetype=KINDS[form])
    said = {"filename": f"export.{form}", "filename*": f"UTF-8''{quote(f'{named(*names)}.{form}', safe='')}"}
    answer.headers.set("Content-Disposition", "attachment", **said)
    return answer


def table(content: bytes, *names: str) -> Response:
    """A CSV file, named for what it is about."""
    return download(content, "csv", *names)


def in_word(title: str, about: str, blocks: Iterable[exports.Block], notes: Sequence[str]) -> Response:
    """A Word file, named for what it is about."""
    from search.excerpts import word

    return download(b"".join(word.in_word(blocks, "", f"{title}：{about}"[:80], notes)), "docx", title, about)


def host() -> str:
    """What the addresses of a file lack that is read elsewhere; nothing where the site's own address is known."""
    return "" if settings().url else request.host_url.rstrip("/")


def named(*names: str) -> str:
    """What a file is called that is about these."""
    return " ".join(["民政讲话", *re.findall(r"\w+", " ".join(names))])[:60]
