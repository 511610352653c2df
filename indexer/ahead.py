"""What the processes that read files and write segments need, loaded once for all: the rules of reading, and of the
formats those that most folders are made of.

Loads nothing itself, so that they begin with it at once: the seam (search/engines) alone takes .1 s."""

from __future__ import annotations

from search import processes


def expect() -> None:
    processes.expect(["indexer.understand", "indexer.readers.html", "indexer.prepare", "indexer.workers"])
