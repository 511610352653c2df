"""The log as a terminal shows it: a line a message, without what could steer the terminal.

Apart from the rest of what is told: the processes that read files need it and nothing of the commands, whose click took
each .014 s before its first file.
"""

from __future__ import annotations

import logging
import os
import re

# Read by the processes that read files, too.
_VERBOSE = "SPEECHES_VERBOSE"
# What could steer the terminal or turn the reading order round: control characters and direction marks.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def configure(*, verbose: bool) -> None:
    """How the log is told on a terminal, by this process and by those it starts."""
    os.environ[_VERBOSE] = "1" if verbose else ""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines("%(levelname)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


def as_configured() -> None:
    """The same in a process that another one started."""
    configure(verbose=is_verbose())


class Lines(logging.Formatter):
    """A line a message; where in the program something failed only where that was asked for."""

    def format(self, record: logging.LogRecord) -> str:
        if is_verbose():
            return super().format(record)
        record = logging.makeLogRecord({**record.__dict__, "exc_info": None, "exc_text": None, "stack_info": None})
        return safe(super().format(record))


def is_verbose() -> bool:
    """Whether somebody asked to be shown where in the program something failed."""
    return bool(os.environ.get(_VERBOSE))


def safe(text: str) -> str:
    """Text as it may stand on a terminal."""
    return _UNSAFE.sub("�", text)
