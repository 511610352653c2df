"""What the processes that read files and write segments need, loaded once for all: the rules of reading, of the formats
those that most folders are made of, and what these make when they first read.

Loads nothing itself, so that they begin with it at once: the seam (search/engines) alone takes .1 s."""

from __future__ import annotations

from search import processes


def expect() -> None:
    """search comes first, as it says how patterns are compiled."""
    processes.expect(["search", "indexer.understand", "indexer.readers.html", "indexer.workers", "indexer.ready"])
