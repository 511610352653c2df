"""Who may come in. Off unless a setting turns it on; then with the key from a file, or from this very machine only.

A session is a random name in a cookie that no script reads and no other site sends; it is kept in memory and is gone
when the program stops. Each form carries a word of its own of the session, so that no other page can send it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import wraps
from hmac import compare_digest
from pathlib import Path
from secrets import token_urlsafe
from typing import TypeVar, cast
from urllib.parse import urlsplit

from flask import Response, abort, current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as WerkzeugResponse

from search.settings import LOOPBACK, Settings
from web.keeper.received import MOST_BYTES, MOST_FILES
from web.pasted import InMemory
from web.responses import Problem

COOKIE = "keeper"
HOURS = 12  # after which a session ends
MOST = 50  # sessions at once; the oldest gives way
SHORTEST = 16  # characters of a key
_MOST_KEY = 1_000  # bytes of the file that holds it
_TRIES = 10  # wrong keys in a minute, of everybody together; then nobody is let in until it is over
# What a proxy adds: then the request comes from elsewhere, though the proxy is on this machine.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via")

TOO_MUCH = Problem(
    413,
    "too_much",
    "一次放入的文件太多或太大，一个也没有收下",
    f"一次最多 {MOST_FILES} 个文件，合计 {MOST_BYTES // 1_000_000} MB。请分几次放；成千上万个文件，"
    "请直接拷进文档文件夹，再从管理页更新索引。",
)

NO_ROOM = Problem(
    507,
    "no_room",
    "存临时文件的磁盘不能写，文件一个也没有收下",
    "多半是磁盘已满，或超过了限额；请腾出空间后再放一次。",
)
NOT_IN = Problem(413, "not_in", "还没有进入管理页，或者时间已过，文件没有收下", "请从管理页进入后再放一次。")

View = TypeVar("View", bound=Callable[..., object])


@dataclass(slots=True)
class Session:
    """told: what became of what was sent last, shown once on the page that is opened next: so one can go back to it."""

    name: str  # of the person, as typed
    word: str  # that each form carries
    until: float  # time.monotonic()
    told: tuple[object, ...] = ()

    def heard(self) -> tuple[object, ...]:
        said, self.told = self.told, ()
        return said


@dataclass(slots=True)
class Sessions:
    """Safe for threads."""

    _held: dict[str, Session] = field(default_factory=dict)
    _wrong: list[float] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, name: str) -> str:
        token = token_urlsafe(32)
        with self._lock:
            self._held[token] = Session(name, token_urlsafe(32), time.monotonic() + HOURS * 3600)
            while len(self._held) > MOST:
                del self._held[next(iter(self._held))]
        return token

    def of(self, token: str) -> Session | None:
        """None for one that is over or never was."""
        with self._lock:
            found = self._held.get(token)
            return found if found and found.until > time.monotonic() else None

    def end(self, token: str) -> None:
        with self._lock:
            self._held.pop(token, None)

    def may_try(self) -> bool:
        with self._lock:
            self._wrong = [at for at in self._wrong if at > time.monotonic() - 60]
            return len(self._wrong) < _TRIES

    def failed(self) -> None:
        with self._lock:
            self._wrong.append(time.monotonic())


def sessions() -> Sessions:
    found: Sessions = current_app.extensions["sessions"]
    return found


def settings() -> Settings:
    chosen: Settings = current_app.config["SPEECHES"]
    return chosen


def key_of(path: str) -> str:
    """Raises ValueError, in Chinese, for a file that holds none."""
    try:
        with Path(path).open("rb") as file:
            key = file.read(_MOST_KEY + 1).decode("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"读不了管理页的钥匙文件 {path}；请核对路径和权限，内容应是一行文字") from error
    if not SHORTEST <= len(key) <= _MOST_KEY or not key.isprintable():
        raise ValueError(f"管理页的钥匙应是一行至少 {SHORTEST} 个字符的文字；请改写 {path}")
    return key


def is_local() -> bool:
    """Whether a request comes from this machine and from no proxy on it, to a service that only it can reach."""
    chosen = settings()
    asked = urlsplit(f"//{request.host}").hostname or ""
    return (
        chosen.host in LOOPBACK
        and not chosen.url
        and not chosen.hosts
        and request.remote_addr in LOOPBACK
        and asked in LOOPBACK
        and not any(name in request.headers for name in _FORWARDED)
    )


def is_open() -> bool:
    """Whether there is such a page for whoever asks; a person without the key gets its form and no more."""
    return settings().keeper and (bool(settings().key) or is_local())


def session() -> Session | None:
    return sessions().of(request.cookies.get(COOKIE, "")) if is_open() else None


def guarded(view: View) -> View:
    """A view for keepers only: 404 where there is no such page, the form for those who are not in yet.

    What is posted must carry the session's word; the session is g.keeper in the view.
    """

    @wraps(view)
    def watched(*given: object, **named: object) -> Response:
        if not is_open():
            abort(404)
        found = session()
        if found is None:
            if request.method == "POST":
                abort(403, "还没有进入管理页，或者时间已过；请从管理页进入后再做一次。")
            return kept_to_oneself(make_response(render_template("keeper_enter.html", problem=""), 401))
        try:
            sent = _form_word()
        except RequestEntityTooLarge:
            return _refused(TOO_MUCH)
        except OSError as error:  # what comes lies on the disk until it is taken
            current_app.logger.error("files: %s", error)
            return _refused(NO_ROOM)
        if request.method == "POST" and not compare_digest(sent.encode("utf-8", "replace"), found.word.encode()):
            abort(403, "这张表单不是从管理页打开的，或者已经过期；请从管理页重新打开。没有做任何改动。")
        g.keeper = found
        return kept_to_oneself(make_response(cast("Response", view(*given, **named))))

    return cast("View", watched)


def _refused(problem: Problem) -> Response:
    for one in cast("InMemory", request).taken:
        with suppress(OSError):  # of what has no room on the disk
            one.close()
    return kept_to_oneself(make_response(render_template("error.html", problem=problem, number=""), problem.status))


def _form_word() -> str:
    """What the form says; files that come with it go to the disk. Raises RequestEntityTooLarge or OSError."""
    if request.endpoint == "pages.keeper_files":
        taking = cast("InMemory", request)
        taking.on_disk, taking.max_content_length = True, MOST_BYTES
        taking.max_form_parts = MOST_FILES + 10
    return request.form.get("word", "")


def kept_to_oneself(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def enter() -> Response | WerkzeugResponse:
    """What the form sends: a name, and the key where one is asked for."""
    if not is_open():
        abort(404)
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):  # another page's form
        abort(403, "请从管理页进入。")
    name = " ".join(request.form.get("name", "").split())[:40]
    problem = _wrong(name, request.form.get("key", ""))
    if problem:
        return kept_to_oneself(make_response(render_template("keeper_enter.html", problem=problem), 403))
    answer = redirect(url_for("pages.keeper"), 303)
    answer.set_cookie(
        COOKIE,
        sessions().begin(name),
        httponly=True,
        samesite="Strict",
        secure=request.is_secure or settings().url.startswith("https:"),
        path=request.script_root + "/",
    )
    return answer


def _wrong(name: str, given: str) -> str:
    """Why somebody is not let in; empty for who is."""
    if not name.isprintable() or not name:
        return "请写姓名：每处改动都记着是谁做的。"
    if not settings().key:
        return ""
    if not sessions().may_try():
        return "试错的次数太多，请一分钟后再试。"
    try:
        key = key_of(settings().key)
    except ValueError as error:
        current_app.logger.error("%s", error)
        return "钥匙文件现在不能用，谁也进不去；请管理员看服务的日志。"
    if not compare_digest(given.strip().encode("utf-8", "replace"), key.encode()):
        sessions().failed()
        return "钥匙不对。"
    return ""
