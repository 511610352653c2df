"""How this program starts processes that work for it: at once where the system can split them off, and gone with it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

# Not on macOS, whose own libraries may not be split off.
SPLITS = "forkserver" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
_CONTEXT: BaseContext = multiprocessing.get_context("forkserver" if SPLITS else "spawn")


def expect(modules: Sequence[str]) -> None:
    """Has these modules loaded beside this process, once, so that each process started from now on has them: it starts
    in 10 ms instead of a second. Does nothing where processes cannot be split off."""
    if SPLITS:
        forkserver.set_forkserver_preload([*modules])
        forkserver.ensure_running()


def started(work: Callable[..., None], *given: object) -> tuple[BaseProcess, Connection]:
    """A process that does work(its end of a connection, *given), and our end. work must be importable by name."""
    ours, theirs = _CONTEXT.Pipe()
    here = dict(os.environ), _niceness()
    process: BaseProcess = _CONTEXT.Process(target=_begin, args=(*here, work, theirs, *given), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    return process, ours


def settle() -> None:
    """What is loaded by now stays, and what comes is looked through less often for what nothing refers to any more: of
    a process that read 1,500 pages that took .32 s of 9, and takes .12."""
    gc.freeze()
    gc.set_threshold(10_000, 5, 5)


def _begin(environment: Mapping[str, str], niceness: int, work: Callable[..., None], *given: object) -> None:
    """What was set since the process was made ready of which this one is split off."""
    os.environ.clear()
    os.environ.update(environment)
    if niceness > _niceness():
        os.nice(niceness - _niceness())
    settle()
    work(*given)


def _niceness() -> int:
    return os.nice(0) if hasattr(os, "nice") else 0


def end_with_parent() -> None:
    """Ends this process when the one that started it is gone: where that was killed nobody else would."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
