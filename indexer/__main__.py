"""python -m indexer; others take its commands from here, too."""

from __future__ import annotations

import sys

from indexer import ahead, priority

if __name__ == "__main__":
    priority.step_back()
    if {"build", "watch"} & {*sys.argv} and not {"-h", "--help"} & {*sys.argv}:
        ahead.expect()  # they load what they need while this process does

if __name__ != "__mp_main__":  # a process that reads files has no use for the commands
    from indexer.commands import index

__all__ = ["index"]

if __name__ == "__main__":
    index(prog_name="python -m indexer")
