"""python -m indexer; others take its commands from here, too."""

from __future__ import annotations

import sys

from indexer import ahead, priority

if __name__ == "__main__":
    priority.step_back()
    if {"build", "watch"} & {*sys.argv} and not {"-h", "--help"} & {*sys.argv}:
        ahead.expect()  # they load what they need while this process does

from indexer.commands import index

__all__ = ["index"]

if __name__ == "__main__":
    index(prog_name="python -m indexer")
