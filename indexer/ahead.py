"""What the processes that read files and write segments need, loaded once for all of them."""

from __future__ import annotations

from search.engines import processes


def expect() -> None:
    processes.expect(["indexer.prepare", "search.engines.whoosh.parts", "indexer.commands"])
