"""Counts what work a function does, so that growth is measured in steps and not in seconds of a busy machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

ROOMS = ("/indexer/", "/search/")


def steps(work: Callable[[], object]) -> int:
    """How many lines of the program's own files are executed. Inside a library or one call of a pattern is no line."""
    counted = 0

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal counted
        counted += event == "line"
        return line

    def called(frame: FrameType, event: str, argument: Any) -> Any:
        return line if any(room in frame.f_code.co_filename for room in ROOMS) else None

    before = sys.gettrace()
    sys.settrace(called)
    try:
        work()
    finally:
        sys.settrace(before)
    return counted


def growth(work: Callable[[int], object], size: int) -> tuple[float, float]:
    """How many times the steps for size, those for twice and for four times as much are: 2 and 4 where it is linear."""
    work(size)  # what is loaded once
    first, second, third = (steps(lambda n=n: work(n)) for n in (size, 2 * size, 4 * size))  # type: ignore[misc]
    return second / first, third / first
