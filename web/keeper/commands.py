"""The commands of `python -m indexer`, run in processes of their own: what they read can neither hold nor end the
service. One update of the index at a time; what it says goes to a file beside the index."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from search.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
_SECONDS = 15  # for what a keeper waits for; an update is not waited for
_SHOWN = 20_000  # bytes of what an update said
_UNASKED = "--allow-removals"  # stands in what a run says that would take out very much


@dataclass(frozen=True, slots=True)
class Said:
    """lines: what a command printed, in Chinese, without the address of a folder. going: it is not at its end yet."""

    done: bool
    lines: tuple[str, ...]
    going: bool = False


def run(chosen: Settings, *arguments: str) -> Said:
    """Runs a command to its end; one that takes long goes on by itself, for it may have half of it done."""
    try:
        process = subprocess.Popen(
            _command(chosen, arguments),
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
            env=_told(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    except (OSError, ValueError):
        return Said(False, ("现在运行不了，没有做任何改动；请稍后再试。",))
    try:
        said, _ = process.communicate(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        threading.Thread(target=process.communicate, daemon=True).start()
        return Said(True, ("还没有做完，正在接着做；请过一会儿重新打开这一页看结果。",), going=True)
    return Said(process.returncode == 0, _lines(said))


@dataclass(frozen=True, slots=True)
class State:
    """lines: what the update said so far. many: it stopped because it would take out very much."""

    running: bool
    done: bool
    lines: tuple[str, ...]

    @property
    def many(self) -> bool:
        return not self.running and not self.done and any(_UNASKED in line for line in self.lines)


class Updates:
    """Of one index. Safe for threads."""

    def __init__(self, chosen: Settings) -> None:
        self._chosen = chosen
        self._log = chosen.beside("keeper-build.log")
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self, *options: str) -> bool:
        """Starts one; False where one runs. Raises OSError."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return False
            command = _command(self._chosen, ("build", "--progress", *options))
            with self._log.open("wb") as log:
                self._process = subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=ROOT, env=_told()
                )
            return True

    def state(self) -> State | None:
        """None where none was started since the service was."""
        with self._lock:
            if self._process is None:
                return None
            code = self._process.poll()
        try:
            with self._log.open("rb") as log:
                size = log.seek(0, os.SEEK_END)
                log.seek(max(0, size - _SHOWN))
                said = log.read(_SHOWN)
        except OSError:
            said = b""
        return State(code is None, code == 0, _lines(said))


def _command(chosen: Settings, arguments: Sequence[str]) -> list[str]:
    name, *rest = arguments
    place = [f"--index={chosen.index if '://' in str(chosen.index) else Path(chosen.index).absolute()}"]
    place += [f"--corpus={folder.absolute()}" for folder in chosen.corpus]
    place += [f"--engine={chosen.engine}"] if name == "build" else []
    return [sys.executable, "-m", "indexer", name, *place, *rest]


def _told() -> dict[str, str]:
    return {**os.environ, "PYTHONIOENCODING": "utf-8"}


def _lines(said: bytes) -> tuple[str, ...]:
    """Without the folders in which things lie: whoever looks needs the names in them."""
    text = said.decode("utf-8", "replace")
    return tuple(re.sub(r"(?<![^\s：“])/\S*/(?=\S)", "", line) for line in text.splitlines() if line.strip())
