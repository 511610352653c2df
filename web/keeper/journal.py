"""Files of lines beside the index: what keepers did, what readers reported. One JSON object a line, bounded."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

_lock = threading.Lock()  # of all such files: they are small, and written a few times a day

Line = dict[str, Any]


def now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def read(path: Path, most_bytes: int) -> list[Line]:
    """The lines in their order, of a larger file the last ones; what is no line is passed over. Raises OSError."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - most_bytes))
            written = file.read(most_bytes).split(b"\n")
    except FileNotFoundError:
        return []
    found = []
    for one in written[1 if size > most_bytes else 0 :]:
        with suppress(ValueError):
            line = json.loads(one)
            if isinstance(line, dict):
                found.append(line)
    return found


def append(path: Path, line: Line, most_bytes: int) -> None:
    """On the disk when it returns. A file that has become too large is put aside as .1, in the place of the one before.

    Raises OSError.
    """
    with _lock:
        with suppress(FileNotFoundError):
            if path.stat().st_size > most_bytes:
                path.replace(path.with_name(f"{path.name}.1"))
        with path.open("ab") as file:
            file.write(_written(line))
            file.flush()
            os.fsync(file.fileno())


def rewrite(path: Path, most_bytes: int, change: Callable[[list[Line]], Iterable[Line]]) -> None:
    """Puts what change makes of the lines in their place, whole or not at all, after a cut of power, too.

    Raises OSError.
    """
    with _lock:
        made = b"".join(map(_written, change(read(path, most_bytes))))
        beside = path.with_name(f"{path.name}.new")
        with beside.open("wb") as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)


def _written(line: Line) -> bytes:
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
