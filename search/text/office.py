"""The office's own words and synonyms, beside those of search/lexicon/.

They are read from files beside the documents by whoever builds an index (indexer/statements/words.py), kept in it under
NOTE, and taken into use from there by whoever asks it: an index is always searched with the words it was cut with, and
a file that is being edited disturbs no reader. One set is in use in a process at a time, for segmenters are large.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

NOTE = "office"
# Kinds of synonyms as people write them -> as search/lexicon/synonyms.tsv does.
KINDS = {
    "简称": "abbreviation",
    "旧称": "old_name",
    "正式名称": "official_name",
    "日常说法": "everyday",
    "近义说法": "variant",
}

Read = TypeVar("Read")
Kept = TypeVar("Kept", bound=Callable[..., Any])
_kept: list[Any] = []


@dataclass(frozen=True, slots=True)
class Synonym:
    """As a line of synonyms.tsv. kind: one of KINDS' values; both: whether the term is found by the synonym, too."""

    term: str
    synonym: str
    kind: str = "variant"
    both: bool = True


@dataclass(frozen=True, slots=True)
class Own:
    words: tuple[str, ...] = ()
    synonyms: tuple[Synonym, ...] = ()

    def dumps(self) -> str:
        pairs = [[one.term, one.synonym, one.kind, one.both] for one in self.synonyms]
        return json.dumps({"words": self.words, "synonyms": pairs}, ensure_ascii=False) if self != NOTHING else ""


NOTHING = Own()
_now = NOTHING


def loads(stored: str | None) -> Own:
    """The inverse of dumps(); NOTHING where nothing was kept, or something else."""
    try:
        said = json.loads(stored or "{}")
        return Own(tuple(map(str, said.get("words", ()))), tuple(Synonym(*pair) for pair in said.get("synonyms", ())))
    except (ValueError, TypeError, AttributeError):
        return NOTHING


def now() -> Own:
    """Those in use."""
    return _now


def use(own: Own) -> None:
    """From now on these; what was made with others is forgotten."""
    global _now
    if own != _now:
        _now = own
        for one in _kept:
            one.cache_clear()


def with_words(own: Own, read: Callable[[Path, str], Read], path: Path, name: str) -> Read:
    """What reading a file gives with these in use, in a process of its own, too."""
    use(own)
    return read(path, name)


def follows(cached: Kept) -> Kept:
    """A cached function whose values change with the words in use: use() clears it."""
    _kept.append(cached)
    return cached
