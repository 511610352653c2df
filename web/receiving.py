"""Requests as they come over the network, before they are the application's: how much of them is held, and what is
answered to those that never reach it, in Chinese too."""

from __future__ import annotations

import json
import re
import threading
from contextlib import suppress
from copy import copy
from dataclasses import replace
from html import escape
from typing import Any

from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser  # type: ignore[import-untyped]
from waitress.task import ErrorTask  # type: ignore[import-untyped]
from waitress.utilities import Error, RequestEntityTooLarge  # type: ignore[import-untyped]

from web.keeper.gate import NO_ROOM, NOT_IN, TOO_MUCH, Sessions
from web.keeper.received import MOST_BYTES as MOST_BYTES_OF_FILES
from web.pasted import MOST_BYTES
from web.responses import PROBLEMS, SECURITY_HEADERS, Problem
from web.turns import RETRY_AFTER

# Bytes of a body that are taken in, a little more than may be handed over, so that the answer to more is ours; waitress
# alone would take a gigabyte. All of it in memory: what a reader pastes is not written on a disk.
MAX_BODY = MOST_BYTES + 1_000_000
# Bytes of all bodies that are held at once, those that are still coming too: a thousand connections could bring 5 GB.
MAX_HELD = 64_000_000
# Bytes of a body that is refused which are read, and not kept, so that its sender gets to read why: a Word document
# with photographs. A larger one is cut off.
MOST_LET_BY = 50_000_000
# Bytes taken from a connection at a time. By waitress's 8192 three hundred bodies of 500 kB that come at once keep
# /healthz waiting for .5-.9 s, so for .06-.45.
AT_A_TIME = 1 << 18

# The same of the files that a keeper puts in, which go to the disk: a little more than the application takes.
MOST_FROM_KEEPER = MOST_BYTES_OF_FILES + 5_000_000
MOST_LET_BY_FROM_KEEPER = 5_000_000_000
_FILES = re.compile(rb"POST [^ ?]*/keeper/files[ ?]")
_COOKIE = re.compile(rb"(?im)^cookie:[^\r\n]*?\bkeeper=([\w-]{20,60})")


class Held:
    """How many bytes of bodies are held. Safe for threads."""

    def __init__(self, most: int = MAX_HELD) -> None:
        self.bytes, self._most, self._lock = 0, most, threading.Lock()

    def take(self, more: int) -> bool:
        """Whether there is room for so many more; they are held where there is."""
        with self._lock:
            fits = self.bytes + more <= self._most
            self.bytes += more if fits else 0
            return fits

    def give(self, fewer: int) -> None:
        with self._lock:
            self.bytes -= fewer


class TooMuchAtOnce(Error):  # type: ignore[misc]
    code, reason = 503, "Service Unavailable"


class NoRoom(Error):  # type: ignore[misc]
    code, reason = 507, "Insufficient Storage"


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Takes an address with its Chinese characters as they are, as curl and scripts send it; browsers encode them.

    A body that is too large is let go by, as far as MOST_LET_BY, before it is refused: a browser reads no answer before
    it has sent everything, and says “the connection was reset” where it cannot.
    """

    held = Held()
    error: Error | None
    expect_continue: bool
    own = 0  # bytes of held that are this request's
    let_by = 0  # bytes still to come of a body that is refused
    is_closed = False
    adj: Any
    on_disk = False  # files that a keeper puts in
    keepers: Sessions | None = None  # where there is a page for keepers

    def parse_header(self, header_plus: bytes) -> None:
        if _FILES.match(header_plus) and self._by_keeper(header_plus):
            self.on_disk, self.adj = True, copy(self.adj)
            self.adj.max_request_body_size, self.adj.inbuf_overflow = MOST_FROM_KEEPER, 1_000_000
        asked, end, rest = header_plus.partition(b"\r\n")
        encoded = re.sub(rb"[\x80-\xff]", lambda byte: b"%%%02X" % byte[0][0], asked)
        super().parse_header(encoded + end + rest)

    def received(self, data: bytes) -> int:
        if self.is_closed:
            return len(data)
        if self.let_by:
            passed = min(len(data), self.let_by)
            self.let_by -= passed
            self.completed = not self.let_by
            return passed
        if self.on_disk:
            try:
                taken: int = super().received(data)
            except OSError:
                self.error = NoRoom("")
                self._refuse()
                return self.received(data) if self.let_by else len(data)
            if isinstance(self.error, RequestEntityTooLarge):
                self._refuse()
            return taken
        before = self.body_bytes_received
        consumed: int = super().received(data)
        if more := self.body_bytes_received - before:
            if self.held.take(more):
                self.own += more
            elif self.error is None:
                self.error = TooMuchAtOnce("")
        if isinstance(self.error, (RequestEntityTooLarge, TooMuchAtOnce)):
            self._refuse()
        return consumed

    def _by_keeper(self, header_plus: bytes) -> bool:
        """Whether somebody sends it who came in: nobody else fills the disk."""
        cookie = _COOKIE.search(header_plus)
        return bool(cookie and self.keepers and self.keepers.of(cookie[1].decode()))

    def _refuse(self) -> None:
        if self.body_rcv is not None:
            with suppress(OSError):  # of what has no room on the disk
                self.body_rcv.getbuf().close()
        self._give_back()
        coming = self.content_length - self.body_bytes_received
        most = MOST_LET_BY_FROM_KEEPER if self.on_disk else MOST_LET_BY
        # Who asks whether to send it has sent nothing yet.
        self.let_by = coming if 0 < coming <= most and not self.expect_continue else 0
        self.expect_continue, self.completed = False, not self.let_by

    def _give_back(self) -> None:
        self.held.give(self.own)
        self.own = 0

    def close(self) -> None:
        self.is_closed = True
        self._give_back()
        super().close()


class Refusal(ErrorTask):  # type: ignore[misc]
    """What is answered to a request that does not reach the application: as a page, or as JSON."""

    def execute(self) -> None:
        error = self.request.error
        problem = refused_files(self.request) if error.code == 413 else NO_ROOM if error.code == NoRoom.code else None
        problem = problem or refused(error.code)
        self.status = f"{error.code} {error.reason}"
        is_api = "/api/" in getattr(self.request, "path", "")
        told = {"error": {"code": problem.code, "message": problem.title, "hint": problem.hint}}
        body = (json.dumps(told, ensure_ascii=False) if is_api else page_of(problem)).encode()
        kind = "application/json" if is_api else "text/html; charset=utf-8"
        self.response_headers += [("Content-Type", kind), ("Cache-Control", "no-store"), *SECURITY_HEADERS.items()]
        self.response_headers += [("Retry-After", RETRY_AFTER)] if error.code == TooMuchAtOnce.code else []
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


def refused_files(request: Parser) -> Problem | None:
    """Of files for keepers that are too large or come from somebody who is not in; None for anything else."""
    if getattr(request, "on_disk", False):
        return TOO_MUCH
    to_keepers = request.keepers and getattr(request, "path", "").endswith("/keeper/files")
    return NOT_IN if to_keepers else None


def refused(status: int) -> Problem:
    if status == TooMuchAtOnce.code:
        hint = "请等几秒再交一次；按浏览器的“后退”，框里的文字还在。"
        return replace(PROBLEMS[503], code="busy", title="同时交来核对的文稿太多", hint=hint)
    return PROBLEMS.get(414 if status == 431 else status, PROBLEMS[400])


def page_of(problem: Problem) -> str:
    return (
        f'<!doctype html>\n<html lang="zh-CN"><meta charset="utf-8"><title>{escape(problem.title)}</title>'
        f"<h1>{escape(problem.title)}</h1><p>{escape(problem.hint)}</p></html>\n"
    )


class Channel(HTTPChannel):  # type: ignore[misc]
    parser_class, error_task_class = Parser, Refusal
    request: Parser | None

    def recv(self, size: int) -> bytes:
        data: bytes = super().recv(max(size, AT_A_TIME))
        return data

    def handle_close(self) -> None:
        """What was still coming comes no more. Without the lock on requests: it is held where this is called while
        100 Continue is sent."""
        if coming := self.request:
            coming.close()
        super().handle_close()
