"""The cache of answers, and the tag by which a browser knows that nothing has changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import date

from flask import (
    Response,
    current_app,
    g,
    request,
)

from web.served import engine
from web.turns import LIGHT_PAGES

MAX_ANSWERS = 500  # answers, most of some 8 KB compressed; none longer than …
MAX_ANSWER_BYTES = 50_000  # bytes, so that all of them never take more than 25 MB


class AnswerCache:
    """The last answers as they went out, by what was asked; the least lately asked give way. Safe for threads."""

    def __init__(self, most: int = MAX_ANSWERS) -> None:
        self._most = most
        self._answers: OrderedDict[tuple[str, ...], tuple[bytes, list[tuple[str, str]]]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, asked: tuple[str, ...]) -> Response | None:
        with self._lock:
            if asked not in self._answers:
                return None
            self._answers.move_to_end(asked)
            body, headers = self._answers[asked]
        return Response(body, headers=headers)

    def put(self, asked: tuple[str, ...], response: Response) -> None:
        body = response.get_data()
        if len(body) > MAX_ANSWER_BYTES:
            return
        with self._lock:
            self._answers[asked] = (body, list(response.headers))
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)


def keep(response: Response) -> Response:
    """The last of what is done to an answer: it is kept, where g.asked names what it answers."""
    if "asked" in g and response.status_code == 200 and not response.direct_passthrough:
        current_app.extensions["answers"].put(g.asked, response)
    return response


# Addresses whose answers are kept for the next reader who asks the same.
CACHED_PAGES: set[str] = set()
MAX_ADDRESS_CHARS = 1_000  # of an address; a longer one is not asked twice


def unchanged() -> Response | None:
    """304 without a search where the browser holds this very page: same index, same program, same day."""
    held = request.if_none_match
    # “*” is whatever there is; whether there is anything at this address is not known yet.
    if request.method == "POST" or request.endpoint in LIGHT_PAGES or held.star_tag or not held.contains_weak(tag()):
        return None
    return Response(status=304)


def cached() -> Response | None:
    """The same answer as before, without a search, to the same query of the same index, program and day."""
    is_asked_again = len(request.full_path) <= MAX_ADDRESS_CHARS and "text" not in request.args  # a draft is not kept
    if request.endpoint not in CACHED_PAGES or not is_asked_again:
        return None
    asked = (tag(), request.host, request.full_path, str(bool(request.accept_encodings["gzip"])))
    found: Response | None = current_app.extensions["answers"].get(asked)
    if found is None:
        g.asked = asked
    return found


def tagged(response: Response) -> Response:
    """What was posted is answered for whoever posted it: no browser and nobody between keeps it."""
    if request.method == "POST":
        response.headers["Cache-Control"] = "no-store"
    elif request.endpoint not in LIGHT_PAGES and response.status_code in (200, 304):
        response.set_etag(tag(), weak=True)
    return response


def tag() -> str:
    """Another one whenever a page may look different: the citation on it names the day."""
    if "tag" not in g:
        index = engine()
        g.tag = f"{current_app.extensions['tag']}-{index.generation}-{index.documents}-{date.today():%m%d}"
    said: str = g.tag
    return said
