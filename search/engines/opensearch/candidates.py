"""A few documents as postings, read from what the cluster keeps of each: what queries are scored on."""

from __future__ import annotations

import json
import zlib
from binascii import a2b_base64
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec

from search import text
from search.engines.lately import Lately
from search.engines.opensearch.mapping import PASSAGE_SIGN, WORD_SIGN, Json
from search.index.schema import FACETS
from search.matching.postings import Documents, Unit

_UNITS: tuple[Unit, ...] = ("passage", "sentence", "heading", "item")
# Bytes of unpacked documents that are kept: those of 5,000 news items, 1,000 long reports. Unpacking is a fifth of what
# a question costs the client, and what one reader finds is often found again.
_KEPT = 32 << 20


class _Packed(NamedTuple):
    """What mapping.written() puts in, in its order; cuts are those of the title and of the body."""

    title: str
    body: str
    cuts: list[bytes]
    begins: list[list[int]]

    @property
    def size(self) -> int:
        """Bytes in memory, about: four a character, eight an offset, and what holds them."""
        offsets = sum(map(len, self.begins))
        return 1000 + 4 * (len(self.title) + len(self.body)) + sum(map(len, self.cuts)) + 36 * offsets


_lately = Lately[str, _Packed](_KEPT, lambda one: one.size)


class Candidate:
    """One document, as the cluster gives its doc values; candidate and candidate_words as mapping.written() makes them,
    the latter left out where not needed."""

    def __init__(self, fields: Json) -> None:
        self._fields = fields
        self.id: str = fields["id"][0]
        self.date = _first(fields, "date")
        self.group = _first(fields, "group")
        self._packed: _Packed | None = None

    @property
    def facets(self) -> Mapping[str, Sequence[str]]:
        return {field.name: self._fields.get(field.name, []) for field in FACETS}

    def _read(self) -> _Packed:
        if self._packed is None:
            packed = _first(self._fields, "candidate")
            self._packed = _lately.get(packed, lambda: _of_packed(packed))
        return self._packed

    def folded(self, *, title: bool) -> str:
        return self._read().title if title else self._read().body

    def cuts(self, *, title: bool) -> bytes:
        return self._read().cuts[0 if title else 1]

    def begins(self, unit: Unit) -> Sequence[int]:
        return self._read().begins[_UNITS.index(unit)]

    @cached_property
    def _words(self) -> tuple[str, list[int], list[int]]:
        """The words of all passages, where those of each begin, and its number."""
        packed = _first(self._fields, "candidate_words")
        held = _inflated(packed).decode("utf-8", "surrogatepass") if packed else ""
        starts = list(_places(held, PASSAGE_SIGN))
        return held, starts, [int(held[at + 1 : held.index(WORD_SIGN, at)]) for at in starts]

    def passages_with(self, word: str) -> Counter[int]:
        """passage (0: the title) -> how often the word stands there."""
        held, starts, numbers = self._words
        return Counter(numbers[bisect_right(starts, at) - 1] for at in _places(held, f"{WORD_SIGN}{word}{WORD_SIGN}"))

    def together(self, words: Sequence[str]) -> dict[int, int]:
        """passage -> how often the rarest of the words, where all stand."""
        first, *others = (self.passages_with(word) for word in words)
        return {
            n: min([times, *(one[n] for one in others)]) for n, times in first.items() if all(n in o for o in others)
        }


def _first(fields: Json, name: str) -> str:
    value: str = fields.get(name, ("",))[0]
    return value


def _inflated(packed: str) -> bytes:
    return zlib.decompress(unpacked(packed))


_read_packed: Callable[[bytes], _Packed] = msgspec.json.Decoder(_Packed).decode


def _of_packed(packed: str) -> _Packed:
    held = _inflated(packed)
    try:
        return _read_packed(held)
    except (UnicodeDecodeError, msgspec.DecodeError):
        # One half of a character of two: no text of Unicode, but of files there are.
        title, body, cuts, begins = json.loads(held.decode("utf-8", "surrogatepass"))
        return _Packed(title, body, [unpacked(one) for one in cuts], begins)


def unpacked(packed: str) -> bytes:
    """Of base64 that may lack its padding, as the cluster gives doc values."""
    return a2b_base64(packed + "=" * (-len(packed) % 4))


class CandidatePostings:
    """matching.postings.Postings over some documents, numbered as they come."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = candidates

    @cached_property
    def _folded(self) -> Mapping[bool, Sequence[str]]:
        """The titles (True) and bodies (False) of all."""
        return {title: [one.folded(title=title) for one in self._candidates] for title in (True, False)}

    def literal(self, string: str, *, title: bool) -> dict[int, list[int]]:
        return {doc: _places(folded, string) for doc, folded in enumerate(self._folded[title]) if string in folded}

    def is_whole(self, document: int, start: int, end: int, *, title: bool) -> bool:
        return text.is_whole(self._candidates[document].cuts(title=title), start, end)

    def together(self, words: tuple[str, ...]) -> dict[int, dict[int, int]]:
        found = {doc: one.together(words) for doc, one in enumerate(self._candidates)}
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
        return len(self._folded[False][document])

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
