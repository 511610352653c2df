"""Reads files in processes of their own, so that a hanging, huge or crashing one costs a line of the report.

Knows nothing of what is read: it calls a function with a path and a name and hands back what came of it, in order.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Generic, Literal, TypeVar

from indexer import log_lines, patience
from indexer.extract import Unreadable, why
from search import processes

log = logging.getLogger(__name__)

T = TypeVar("T")
Task = tuple[Path, str]
Read = Callable[[Path, str], T]

SECONDS = 60  # the longest honest file seen took 1.3 s (a 10,000-page list); beyond a minute nobody waits
MEGABYTES = 1500  # of address space: a worker starts at about 200, a 20 MB page takes 600
MEGABYTES_FOR_SCANS = 3000  # to recognise a page of A4 takes 1,700, 900 of them in use
# How far reading may run ahead of what has been taken, in files a worker: bounds what waits in memory.
_AHEAD = 8
# Files a worker knows of, so that it goes on while the parent writes; it gets more when half of them are read.
_KNOWN = 4


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """value, or why there is none: refused (the file can't be read by design) or failed (something broke)."""

    value: T | None
    problem: Literal["", "refused", "failed"] = ""
    reason: str = ""


def read_all(
    tasks: Iterable[Task],
    read: Read[T],
    *,
    workers: int,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> Generator[Outcome[T], None, None]:
    """The outcome of each task, in the order of the tasks. read must be importable by name (spawned processes).

    workers 0: in this process, without a limit of time or memory; for a few files known to be harmless.
    """
    if not workers:
        yield from (_outcome(read, path, name) for path, name in tasks)
        return
    with contextlib.ExitStack() as stack:
        team = [stack.enter_context(_Worker(read, megabytes, seconds)) for _ in range(workers)]
        yield from _in_order(iter(tasks), team, seconds)


def workers_for(files: int) -> int:
    """One a core, but not more than the files are worth: starting one takes as long as reading thirty files."""
    return max(1, min(os.cpu_count() or 1, -(-files // 30)))


def _in_order(tasks: Iterator[Task], team: list[_Worker[T]], seconds: float) -> Iterator[Outcome[T]]:
    done: dict[int, Outcome[T]] = {}
    numbered, taken = enumerate(tasks), 0
    known, more = 0, True  # tasks that were given
    while more or taken < known:
        for worker in sorted(team, key=lambda one: one.known):  # who has least to do comes first
            room = min(_KNOWN - worker.known if worker.known <= _KNOWN // 2 else 0, taken + _AHEAD * len(team) - known)
            given = list(islice(numbered, max(0, room)))
            more = more and len(given) == max(0, room)
            known += len(given)
            worker.give(given, seconds)
        for worker, answered in _ready(team):
            if (outcome := worker.take(seconds, answered=answered)) is not None:
                done[outcome[0]] = outcome[1]
        while taken in done:
            yield done.pop(taken)
            taken += 1


def _ready(team: list[_Worker[T]]) -> list[tuple[_Worker[T], bool]]:
    """The workers that have answered or died (True), and those that ran out of time; waits for the first of them."""
    busy = [worker for worker in team if worker.known]
    if not busy:
        return []
    pause = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
    answered = wait([worker.connection for worker in busy], timeout=pause)
    now = time.monotonic()
    found = [(worker, worker.connection in answered) for worker in busy]
    return [(worker, there) for worker, there in found if there or worker.deadline <= now]


class _Worker(Generic[T]):
    """One process and the tasks it has, which it does one after the other; started again after it had to be stopped.

    deadline: until when it has to have done the first of them.
    """

    def __init__(self, read: Read[T], megabytes: int, seconds: float) -> None:
        self._read = read
        self._limits = megabytes, seconds
        self._tasks: deque[tuple[int, Task]] = deque()
        self.deadline = 0.0

    def __enter__(self) -> _Worker[T]:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    @property
    def known(self) -> int:
        return len(self._tasks)

    def give(self, tasks: Sequence[tuple[int, Task]], seconds: float) -> None:
        """Tasks with their numbers, behind those it has."""
        if not tasks:
            return
        if not self._tasks:
            self.deadline = time.monotonic() + seconds
        self._tasks.extend(tasks)
        self._send(tasks)

    def take(self, seconds: float, *, answered: bool) -> tuple[int, Outcome[T]] | None:
        """The outcome of its first task, None where it only says that it is still at it (indexer/patience.py).

        Of a task that was its end, the others are given to the process after it.
        """
        self.deadline = time.monotonic() + seconds
        number, _ = self._tasks[0]
        try:
            if answered:
                outcome: Outcome[T] | None = self.connection.recv()
                if outcome is None:
                    return None
                self._tasks.popleft()
                return number, outcome
            reason = f"读取超过 {seconds:g} 秒，已停止；请检查文件是否损坏或过大"
        except (EOFError, OSError):
            reason = "读取时进程意外终止，可能是内存不足或文件损坏；请拆分或另存后再试"
        self._tasks.popleft()
        self._stop()
        self._start()
        self._send(self._tasks)
        return number, Outcome(None, "failed", reason)

    def _send(self, tasks: Iterable[tuple[int, Task]]) -> None:
        with contextlib.suppress(OSError):  # a worker that died is noticed when its answer is taken
            self.connection.send([task for _, task in tasks])

    def _start(self) -> None:
        self._process, self.connection = processes.started(_serve, self._read, *self._limits)

    def _stop(self) -> None:
        self.connection.close()
        self._process.kill()
        self._process.join()


def _serve(connection: Connection, read: Read[T], megabytes: int, seconds: float) -> None:
    """What a worker does until it is killed: tasks in, an outcome out for each as soon as it is there."""
    log_lines.as_configured()
    _limit(megabytes)

    def still_reading() -> None:
        _limit_time(seconds)
        connection.send(None)

    patience.tell(still_reading)
    threading.Thread(target=processes.end_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, KeyboardInterrupt, OSError):
        while True:
            for path, name in connection.recv():
                _limit_time(seconds)
                connection.send(_outcome(read, path, name))


def _limit_time(seconds: float) -> None:
    """The same for code that lets no other thread run: the system ends this process when one task takes much longer
    than the parent would let it."""
    used = os.times()
    _lower("RLIMIT_CPU", int(used.user + used.system + seconds + 10))


def _limit(megabytes: int) -> None:
    """A ceiling for this process's memory."""
    _lower("RLIMIT_AS", megabytes << 20)


def _lower(limit: str, most: int) -> None:
    """Sets a limit of this process, where the system has it; one that is lower already, as on shared machines, stays
    what it is, for nothing can raise it."""
    if os.name == "nt":
        return
    import resource

    kind = getattr(resource, limit)
    _, highest = resource.getrlimit(kind)
    resource.setrlimit(kind, (most if highest == resource.RLIM_INFINITY else min(most, highest), highest))


def _outcome(read: Read[T], path: Path, name: str) -> Outcome[T]:
    try:
        return Outcome(read(path, name))
    except Unreadable as error:
        return Outcome(None, "failed" if error.again else "refused", error.reason)
    except OSError as error:
        return Outcome(None, "failed", why(error))
    except MemoryError:
        return Outcome(None, "failed", "读取所需内存超过上限；文件过大或结构异常，请拆分或另存后再试")
    except Exception as error:  # one bad file never stops a run; the log has the whole story
        log.exception("%s", path)
        # It may quote what is no character, or many lines.
        what = " ".join(str(error)[:200].encode("utf-8", "backslashreplace").decode().split())
        return Outcome(None, "failed", f"读取时出错（{type(error).__name__}: {what}）；请另存后再试")
