"""A place in the queue: how many searches run at once and how many wait."""

from __future__ import annotations

import threading

from flask import (
    current_app,
    g,
    request,
)

from search.errors import Busy

# Searches that run at once and that wait: a search holds the interpreter, so more of them only make each other slower.
# Those that come within a second in which the machine stands still wait, too: of eight, three of 200 were turned away.
RUNNING, WAITING = 2, 24
PATIENCE = 10.0  # seconds a search waits for its turn; behind slow ones the last are told to come again
RETRY_AFTER = "3"  # seconds


class Turns:
    """Lets some searches run and some wait; raises Busy for one more, at once, instead of making all of them slow."""

    def __init__(self, running: int = RUNNING, waiting: int = WAITING, patience: float = PATIENCE) -> None:
        self._running = threading.Semaphore(running)
        self._places = threading.Semaphore(running + waiting)
        self._patience = patience

    def take(self) -> None:
        """Returns when it is this thread's turn; give() must follow."""
        if not self._places.acquire(blocking=False):
            raise Busy("同时检索的人太多，请等几秒再试")
        if not self._running.acquire(timeout=self._patience):
            self._places.release()
            raise Busy("前面的检索还没有完成，请等几秒再试")

    def give(self) -> None:
        self._running.release()
        self._places.release()


# Addresses that cost no search, so they wait for no turn and have no tag of their own.
LIGHT_PAGES: set[str] = set()


def take_turn() -> None:
    if request.endpoint not in LIGHT_PAGES:
        current_app.extensions["turns"].take()
        g.turn = True


def give_turn(_: BaseException | None) -> None:
    if g.pop("turn", False):
        current_app.extensions["turns"].give()
