"""Processes that work beside this one, on jobs that they are given, and end with it, whatever becomes of it."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TypeVar

from search import processes

Job = TypeVar("Job")
Done = TypeVar("Done")


class Team:
    """So many processes, started when they are needed and killed on leaving; with 0 this process works."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._idle: list[Connection] = []
        self._processes: dict[Connection, BaseProcess] = {}

    def __enter__(self) -> Team:
        return self

    def __exit__(self, *_: object) -> None:
        for connection in [*self._processes]:
            self._end(connection)

    def done(self, work: Callable[[Job], Done], jobs: Sequence[Job]) -> Iterator[tuple[int, Done]]:
        """(number of the job, what came of it), as they are finished. work must be importable by name.

        A job whose process is killed is done in this one: so it has to be one that can be done again. Raises what the
        work raises.
        """
        if not self._most:
            yield from ((number, work(job)) for number, job in enumerate(jobs))
            return
        ahead, busy = list(enumerate(jobs))[::-1], dict[Connection, int]()
        while ahead or busy:
            while ahead and len(busy) < self._most:
                number, job = ahead.pop()
                connection = self._idle.pop() if self._idle else self._started()
                busy[connection] = number
                with contextlib.suppress(OSError):  # one that died is noticed when its answer is taken
                    connection.send((work, job))
            ready = wait([*busy])
            for connection in [one for one in busy if one in ready]:
                number = busy.pop(connection)
                yield number, self._answer(connection, work, jobs[number])

    def _answer(self, connection: Connection, work: Callable[[Job], Done], job: Job) -> Done:
        try:
            found, problem = connection.recv()
        except (EOFError, OSError):
            self._end(connection)
            return work(job)
        if problem:
            raise problem
        self._idle.append(connection)
        done: Done = found
        return done

    def _started(self) -> Connection:
        process, connection = processes.started(_serve)
        self._processes[connection] = process
        return connection

    def _end(self, connection: Connection) -> None:
        process = self._processes.pop(connection)
        connection.close()
        process.kill()
        process.join()


def _serve(connection: Connection) -> None:
    """What a process of the team does until it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one that started it
    threading.Thread(target=processes.end_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        while True:
            work, job = connection.recv()
            try:
                connection.send((work(job), None))
            except Exception as problem:
                connection.send((None, problem))
