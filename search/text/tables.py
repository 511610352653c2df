"""The files of search/lexicon/ as rows of cells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

LEXICON = Path(__file__).parent.parent / "lexicon"


def rows(name: str) -> Iterator[list[str]]:
    """The cells of each line of a lexicon file; comments, blank lines and a header line are left out."""
    header = name.endswith(".tsv")
    for line in (LEXICON / name).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if header:
            header = False
            continue
        yield line.split("\t")
