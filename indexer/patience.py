"""A file that takes long says that it is still being read, so that nobody gives it up."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def still_reading() -> None:
    """Said by a reader after each part of a file that takes seconds: the time of the file begins anew.

    A reader says it a bounded number of times.
    """
    for told in _listeners:
        told()


def tell(listener: Callable[[], None]) -> None:
    """From now on the listener is told; in the process that reads, once."""
    _listeners.append(listener)
