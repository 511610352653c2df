"""One address of the web application, asked as a server asks it."""

from __future__ import annotations

import time
from dataclasses import dataclass

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

_BROWSER = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Answered:
    """CPU milliseconds of the thread, bytes as sent, and the tag a browser keeps."""

    milliseconds: float
    bytes: int
    tag: str


def ask(app: Flask, path: str, typed: str, tag: str = "") -> Answered:
    """As a server asks for it: the address as it came in, the answer to the last byte. Raises RuntimeError on failure,
    and where there is a tag, for any answer but 304."""
    headers = {**_BROWSER, **({"If-None-Match": tag} if tag else {})}
    asked = EnvironBuilder(path, query_string={"q": typed}, headers=[*headers.items()]).get_environ()
    at = time.thread_time_ns()
    chunks, status, answered = run_wsgi_app(app, asked)
    content = b"".join(chunks)
    milliseconds = (time.thread_time_ns() - at) / 1e6
    if not status.startswith("304" if tag else "200"):
        raise RuntimeError(f"{path} {typed}: {status}")
    return Answered(milliseconds, len(content), answered.get("ETag", ""))
