"""A limit to how long one request is worked at, so that one that nobody foresaw does not hold a place for ever.

What a question may cost is bounded where it is answered (search/query, search/matching); this is for what is not known
yet. A thread cannot be stopped from outside, but an exception can be raised in it: at its next step in Python. A step
outside Python, as one of numpy's, ends first.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import TypeVar, cast

from search.errors import TooLong

View = TypeVar("View", bound=Callable[..., object])

SECONDS = 20.0  # the slowest question of the benchmarks takes half of one
_LOOK = 0.25  # seconds between two looks at who is late
_STEPS = 1000  # what was sent arrives at the next turn of a loop; it is none of these where it has arrived before


class Watch:
    """Raises TooLong in threads that are late; one thread looks after all others, from the first request on."""

    def __init__(self) -> None:
        self._late_at: dict[int, float] = {}  # by thread
        self._changed = threading.Condition()
        self._watching = False

    def begin(self, seconds: float) -> None:
        """From now on the calling thread may take so long, until it calls forget()."""
        with self._changed:
            self._late_at[threading.get_ident()] = time.monotonic() + seconds
            if not self._watching:
                threading.Thread(target=self._watch, name="deadline", daemon=True).start()
                self._watching = True
            self._changed.notify()

    def forget(self) -> None:
        """The calling thread is done; what was about to be raised in it is raised here, and heard by nobody.

        Taking it back (PyThreadState_SetAsyncExc with no exception) would leave CPython 3.11 looking for it at every
        step from then on, and hang whoever traces the thread.
        """
        while True:  # it may be raised while the lock is waited for, once
            try:
                with self._changed:
                    is_late = self._late_at.pop(threading.get_ident(), None) is None
                for _ in range(_STEPS if is_late else 0):
                    pass
                return
            except TooLong:
                continue

    def _watch(self) -> None:
        while True:
            with self._changed:
                while not self._late_at:
                    self._changed.wait()
                now = time.monotonic()
                for thread in [one for one, late_at in self._late_at.items() if late_at <= now]:
                    del self._late_at[thread]
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TooLong))
            time.sleep(_LOOK)


_watch = Watch()


def in_time(view: View) -> View:
    """The view, which raises TooLong when it takes longer than SECONDS."""

    @wraps(view)
    def watched(*given: object, **named: object) -> object:
        _watch.begin(SECONDS)
        try:
            return view(*given, **named)
        finally:
            with suppress(TooLong):  # at its very first step (seen on 3.14); nothing else is on its way then
                _watch.forget()

    return cast("View", watched)
