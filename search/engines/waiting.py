"""Documents that wait on disk to be written into an index, put there by the processes that read them.

A process only ever writes behind what it has written, to a file of its own. What was named stays as it is: a process
that is ended while it writes leaves some bytes behind that nobody asks for.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, NamedTuple


class Waiting(NamedTuple):
    """Where a document waits: the process that put it there, and which bytes of that process's file it is."""

    process: int
    at: int
    size: int


def put(folder: Path, packed: bytes) -> Waiting | None:
    """None where the disk does not take it."""
    process = os.getpid()
    try:
        with (folder / str(process)).open("ab") as file:
            at = file.seek(0, os.SEEK_END)
            file.write(packed)
    except OSError:
        return None
    return Waiting(process, at, len(packed))


def taken(folder: Path, waiting: Iterable[Waiting]) -> Iterator[bytes]:
    """What waits, one after the other. Raises OSError."""
    files: dict[int, IO[bytes]] = {}
    with ExitStack() as stack:
        for process, at, size in waiting:
            if process not in files:
                files[process] = stack.enter_context((folder / str(process)).open("rb"))
            files[process].seek(at)
            yield files[process].read(size)
