"""A few documents as postings, read from what the cluster keeps of each: what queries are scored on."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from search import text
from search.matching.postings import Documents, Unit

_UNITS: tuple[Unit, ...] = ("passage", "sentence", "heading")


class _Packed(NamedTuple):
    """What mapping.written() puts in, in its order; cuts are those of the title and of the body."""

    title: str
    body: str
    cuts: list[str]
    begins: list[list[int]]
    words: list[tuple[int, list[str]]]


@dataclass(frozen=True)
class Candidate:
    """One document; packed as mapping.written() makes it."""

    id: str
    date: str
    group: str
    facets: Mapping[str, Sequence[str]]
    packed: str

    @cached_property
    def _read(self) -> _Packed:
        return _Packed(*json.loads(zlib.decompress(unpacked(self.packed))))

    def folded(self, *, title: bool) -> str:
        return self._read.title if title else self._read.body

    @cached_property
    def _cuts(self) -> tuple[bytes, ...]:
        """Of the body, of the title."""
        return tuple(unpacked(cuts) for cuts in reversed(self._read.cuts))

    def cuts(self, *, title: bool) -> bytes:
        return self._cuts[title]

    def begins(self, unit: Unit) -> Sequence[int]:
        return self._read.begins[_UNITS.index(unit)]

    @cached_property
    def words(self) -> Mapping[int, Counter[str]]:
        return {passage: Counter(words) for passage, words in self._read.words}


def unpacked(packed: str) -> bytes:
    """Of base64 that may lack its padding, as the cluster gives doc values."""
    return b64decode(packed + "=" * (-len(packed) % 4))


class CandidatePostings:
    """matching.postings.Postings over some documents, numbered as they come."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = candidates

    def literal(self, string: str, *, title: bool) -> dict[int, list[int]]:
        found = {doc: _places(one.folded(title=title), string) for doc, one in enumerate(self._candidates)}
        return {doc: places for doc, places in found.items() if places}

    def is_whole(self, document: int, start: int, end: int, *, title: bool) -> bool:
        return text.is_whole(self._candidates[document].cuts(title=title), start, end)

    def together(self, words: tuple[str, ...]) -> dict[int, dict[int, int]]:
        found = {
            doc: {n: least for n, held in one.words.items() if (least := min(held[word] for word in words))}
            for doc, one in enumerate(self._candidates)
        }
        return {doc: passages for doc, passages in found.items() if passages}

    def begins(self, documents: Iterable[int], unit: Unit) -> dict[int, Sequence[int]]:
        return {doc: self._candidates[doc].begins(unit) for doc in documents}

    def everything(self) -> Documents:
        return frozenset(range(len(self._candidates)))

    def facet(self, field: str) -> dict[str, Documents]:
        found: dict[str, set[int]] = {}
        for doc, one in enumerate(self._candidates):
            for value in one.facets.get(field, ()):
                found.setdefault(value, set()).add(doc)
        return {value: frozenset(docs) for value, docs in found.items()}

    def dates(self) -> dict[int, str]:
        return {doc: one.date for doc, one in enumerate(self._candidates) if one.date}

    def group(self, document: int) -> str:
        return self._candidates[document].group

    def length(self, document: int) -> int:
        return len(self._candidates[document].folded(title=False))

    def mean_length(self) -> float:
        return sum(map(self.length, self.everything())) / max(1, len(self._candidates))

    def name(self, document: int) -> str:
        return self._candidates[document].id


def _places(folded: str, string: str) -> list[int]:
    """As str.count() counts."""
    found, at = [], folded.find(string)
    while at >= 0:
        found.append(at)
        at = folded.find(string, at + len(string))
    return found
