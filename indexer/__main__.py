"""python -m indexer"""

from __future__ import annotations

from indexer import priority

if __name__ == "__main__":
    from indexer.commands import index

    priority.step_back()
    index(prog_name="python -m indexer")
