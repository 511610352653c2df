"""Classes of characters in regular expressions, each worked out once for all patterns that have it.

CPython marks the characters of a range one at a time, and again for each class of each pattern: of the 20,992 of
[一-鿿] that takes .65 ms. It was two thirds of what compiling the 490 patterns takes that ten documents need, of whose
3,000 classes 800 differ.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module

_COMPILER = "re._compiler" if sys.version_info >= (3, 11) else "sre_compile"
_OPTIMIZES = "_optimize_charset"  # has this name and is a function of its arguments from 3.10 to 3.13
_MOST = 4_000  # classes; what readers type goes into patterns, too


def work_out_once() -> None:
    """Does nothing where the compiler of this Python has no such step. What is compiled stays the same."""
    compiler = import_module(_COMPILER)
    optimizes = getattr(compiler, _OPTIMIZES, None)
    if optimizes is not None and not hasattr(optimizes, "__wrapped__"):
        setattr(compiler, _OPTIMIZES, _remembered(optimizes))


def _remembered(optimizes: Callable[..., object]) -> Callable[..., object]:
    known: dict[object, object] = {}

    def optimized(members: list[object], *case: object, **named: object) -> object:
        """members: what stands in a class. case: how letters of either case are made one, of which all parts live as
        long as the compiler. named: what a compiler of another shape may give."""
        key = (tuple(members), *map(id, case))
        try:
            if not named and key in known:
                return known[key]
        except TypeError:  # members of another shape, too
            return optimizes(members, *case, **named)
        found = optimizes(members, *case, **named)
        if not named and len(known) < _MOST:
            known[key] = found
        return found

    optimized.__wrapped__ = optimizes  # type: ignore[attr-defined]
    return optimized
