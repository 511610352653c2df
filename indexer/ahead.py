"""What the processes that read files and write segments need, loaded once for all: the rules of reading, and of the
formats those that most folders are made of."""

from __future__ import annotations

from search.engines import processes


def expect() -> None:
    rules = ["indexer.understand", "indexer.readers.html", "indexer.readers.txt"]
    processes.expect([*rules, "indexer.prepare", "search.engines.whoosh.parts", "indexer.commands"])
