"""python -m indexer; others take its commands from here, too."""

from __future__ import annotations

import gc
import sys

from indexer import ahead, priority

if __name__ == "__main__":
    # What is known of 20,000 files are 100,000 objects that stay: to look through them again and again took .3 s.
    gc.set_threshold(50_000, 5, 5)
    priority.step_back()
    if {"build", "watch"} & {*sys.argv} and not {"-h", "--help"} & {*sys.argv}:
        ahead.expect()  # they load what they need while this process does

if __name__ != "__mp_main__":  # a process that reads files has no use for the commands
    from indexer.commands import index

__all__ = ["index"]

if __name__ == "__main__":
    try:
        index(prog_name="python -m indexer")
    finally:
        # All of it goes with the process: to look through it for what nothing refers to took .1 s of 6,000 documents.
        gc.freeze()
