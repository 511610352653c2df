"""How hard the proofs try: a little with every run of the tests, much more by `make torture`, which keeps figures."""

from __future__ import annotations

import json
import os
from pathlib import Path

# 0 with every run of the tests; by `make torture` how many times as much.
TIMES = int(os.environ.get("SPEECHES_TORTURE") or 0)
_FIGURES = os.environ.get("SPEECHES_TORTURE_FIGURES")


def many(little: int, much: int) -> int:
    """How often something is tried."""
    return much * TIMES or little


def told(proof: str, **figures: float | str) -> None:
    """Figures of a proof, for docs/reliability.md."""
    if _FIGURES:
        with Path(_FIGURES).open("a", encoding="utf-8") as out:
            out.write(json.dumps({"proof": proof, **figures}, ensure_ascii=False) + "\n")
