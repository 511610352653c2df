"""Searches that failed: what was typed, the day, how often and what was found instead, for whoever keeps the words.

Off unless a setting turns it on. Nothing of who asked is kept: no address, no name, no hour. What was typed and looks
like the number of a person is not kept at all. Written by a thread of its own, so that no search waits for a disk; what
cannot be written is left out, and the page says so.
"""

from __future__ import annotations

import queue
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from flask import current_app, g

from search import text
from search.query.clauses import Query
from search.results import ResultPage
from search.text import personal

MOST_ROWS = 5_000  # a row is a wording on a day; some 60 bytes each, 100 characters at most: below 2 MB in all
DAYS = 180  # after which a row goes
LISTED = 200  # wordings on the page
MAX_CHARACTERS = 60  # of a wording; a longer one is a passage, and no word is missing
_WAITING = 200  # searches that wait to be written; more of them are left out
_PATIENCE = 1.0  # seconds the thread waits for a file that another process holds
_TRIMMED_EVERY = 100  # rows written between two looks at how many there are
# Ways of finding that are no answer to what was asked.
_WEAK = frozenset(("partial", "cross_word"))
# A landline, a number with a wrong check digit, an address of mail: in doubt it is one, and nothing is lost.
_PRIVATE = re.compile(r"\d(?:[ -]?\d){6}|@")

_TABLE = """
CREATE TABLE IF NOT EXISTS failed (
    wording TEXT NOT NULL, day TEXT NOT NULL, times INTEGER NOT NULL, documents INTEGER NOT NULL,
    PRIMARY KEY (wording, day)
) WITHOUT ROWID
"""
_NOTE = """
INSERT INTO failed VALUES (?, ?, 1, ?)
ON CONFLICT (wording, day) DO UPDATE SET times = times + 1, documents = excluded.documents
"""
_OLD = "DELETE FROM failed WHERE day < ?"
_MANY = """
DELETE FROM failed WHERE (wording, day) IN
(SELECT wording, day FROM failed ORDER BY day DESC, times DESC LIMIT -1 OFFSET ?)
"""
_LIST = """
SELECT wording, SUM(times), MAX(day), documents FROM failed
GROUP BY wording ORDER BY SUM(times) DESC, MAX(day) DESC, wording LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Failed:
    """wording: folded. day: the last, 2026-11-28. documents: shown instead on that day, found by parts of it."""

    wording: str
    times: int
    day: str
    documents: int


def failed(query: Query, page: ResultPage) -> bool:
    """Whether nothing was found for all of what was typed. Under a filter nobody knows which of the two failed."""
    asked = bool(query.clause) and not query.filters and query.page == 1
    return asked and (page.corrected is not None or set(page.tiers) <= _WEAK)


def kept(typed: str) -> str:
    """As it is kept; empty for what is not."""
    wording = " ".join(text.fold_query(typed).split())
    private = _PRIVATE.search(wording) or personal.numbers(typed)
    return "" if private or len(wording) > MAX_CHARACTERS or not text.has_word(wording) else wording


class FailedSearches:
    """The file of one index. Safe for threads; the thread that writes is started with the first search that failed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: queue.Queue[tuple[str, int]] = queue.Queue(_WAITING)
        self._started = threading.Lock()
        self._thread: threading.Thread | None = None
        self._written = 0
        self.problem = ""  # why the last one could not be written, in Chinese

    def note(self, wording: str, documents: int) -> None:
        """Returns at once, whatever becomes of it."""
        with self._started:
            if self._thread is None:
                self._thread = threading.Thread(target=self._write_all, name="searches", daemon=True)
                self._thread.start()
        try:
            self._waiting.put_nowait((wording, documents))
        except queue.Full:
            self.problem = "同时没查到的检索太多，有的没有记下"

    def written(self) -> None:
        """Returns when all that was noted is written or given up; for tests and for those who stop."""
        self._waiting.join()

    def listed(self, most: int = LISTED) -> tuple[Failed, ...]:
        """Those asked most often first. Raises OSError or sqlite3.Error."""
        if not self._path.exists():
            return ()
        with self._opened() as file:
            return tuple(Failed(*row) for row in file.execute(_LIST, (most,)))

    def _write_all(self) -> None:
        while True:
            wording, documents = self._waiting.get()
            try:
                self._write(wording, documents)
                self.problem = ""
            except (OSError, sqlite3.Error) as error:
                self.problem = f"有的没有记下（{why(error)}）"
            finally:
                self._waiting.task_done()

    def _write(self, wording: str, documents: int) -> None:
        with self._opened() as file, file:
            file.execute(_TABLE)
            file.execute(_NOTE, (wording, f"{date.today()}", documents))
            if self._written % _TRIMMED_EVERY == 0:
                file.execute(_OLD, (f"{date.today() - timedelta(DAYS)}",))
                file.execute(_MANY, (MOST_ROWS,))
        self._written += 1

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as file:
            yield file


def why(error: Exception) -> str:
    """In Chinese, what to look at."""
    said = str(error).lower()
    if "locked" in said or "busy" in said:
        return "另一个程序正占用这个文件"
    if "full" in said or getattr(error, "errno", 0) == 28:
        return "磁盘已满"
    if "malformed" in said or "not a database" in said:
        return "文件已损坏；移走它，会另建一个"
    return "这个文件不能读写；请核对磁盘空间和权限"


def searches() -> FailedSearches:
    """Those of this application."""
    found: FailedSearches = current_app.extensions["searches"]
    return found


def noted(query: Query, page: ResultPage) -> ResultPage:
    """The page; where it is one of a failed search, that is noted, and the answer not kept: the next is counted too."""
    if current_app.config["SPEECHES"].searches and failed(query, page):
        g.pop("asked", None)
        if wording := kept(query.raw):
            searches().note(wording, page.documents)
    return page


def found() -> tuple[Failed, ...]:
    """Those of the page. Raises NotNoted where none are noted or they cannot be read."""
    if not current_app.config["SPEECHES"].searches:
        raise NotNoted("没有查到的检索这里不记；要记，请管理员在设置文件 speeches.toml 里写 searches = 1，再重新启动。")
    try:
        return searches().listed()
    except (OSError, sqlite3.Error) as error:
        raise NotNoted(f"现在读不出记下的检索：{why(error)}。") from error


class NotNoted(Exception):
    """There is no such list now; the message is Chinese and says why (HTTP 404)."""
