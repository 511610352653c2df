"""What an index holds that a person may want to type: words, titles, names, regions, years, and how they sound.

Made when an index is published and kept beside it, so that nothing is worked out while somebody types. All columns are
sorted lists, all lookups bisections.
"""

from __future__ import annotations

import json
import logging
import sys
from array import array
from base64 import b64decode, b64encode
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from sys import intern
from typing import Literal, TypeVar

from search import text
from search.index import sieve
from search.index.strings import WIDTH, Numbers, Strings, packed

log = logging.getLogger(__name__)

# term: of the civil-affairs lexicon. word: any other word of the documents.
EntryKind = Literal["term", "word", "title", "speaker", "region", "year"]

FILTERS: tuple[EntryKind, ...] = ("region", "speaker", "year")
# Folded by who found them; the other kinds are kept as they are written.
FOLDED: tuple[EntryKind, ...] = ("word", "term")
# The name under which it is kept beside an index.
NOTE = "vocabulary"
# Words whose documents are kept, of 150 bytes each: a report asks for forty, and the next one has many of them, too.
_KEPT = 4096
_LAST = "\U0010ffff"

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Entries in the order of their folded texts, and other orders of them for each way to look one up.

    An order has the key at each place and the entry it belongs to. Of endings, only words, in the order of their texts
    read backwards. Of inner, entry * 256 + offset: the places inside titles where a word begins, by what follows.
    """

    texts: Strings
    kinds: Sequence[EntryKind]
    documents: Numbers
    sounds: Strings
    sounds_of: Numbers
    initials: Strings
    initials_of: Numbers
    endings: Numbers
    inner: Numbers
    characters: Mapping[str, str]  # character -> its readings
    texts_marked: Numbers  # sieve.marked() of the folded texts, and of the sounds
    sounds_marked: Numbers
    folded: Strings = field(init=False, repr=False)  # the texts, which fold all at once in the time of some look-ups
    _counts: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", Strings(text.fold(self.texts.joined), self.texts.ends))

    def exactly(self, folded: str) -> range:
        """The entries of this text, each of another kind."""
        if not sieve.may_have(self.texts_marked, folded):
            return range(0)
        end = begin = self._place(folded)
        # One step for each kind, where looking for the end would be as dear as looking for the beginning.
        while end < len(self.folded) and self.folded[end] == folded:
            end += 1
        return range(begin, end)

    def documents_with(self, folded: str) -> int:
        """How many documents have this text, as the kind of entry that most have; 0 where it is no entry."""
        if known := self._counts.get(folded):
            return known
        counted = max((self.documents[entry] for entry in self.exactly(folded)), default=0)
        if counted:  # what is no entry is told soon, and may be as long as somebody typed
            if len(self._counts) >= _KEPT:
                self._counts.clear()
            self._counts[folded] = counted
        return counted

    def beginning(self, folded: str) -> range:
        return range(self._place(folded), self._place(folded + _LAST))

    def ending(self, folded: str) -> Sequence[int]:
        """The words that end so."""
        backwards = folded[::-1]
        return _between(self.endings, backwards, backwards + _LAST, lambda entry: self.texts[entry][::-1])

    def inside_titles(self, folded: str) -> Sequence[int]:
        """The titles in which a word begins so, not at their beginning."""
        found = _between(self.inner, folded, folded + _LAST, self._rest)
        return [place >> 8 for place in found]

    def sounding(self, key: str) -> Sequence[int]:
        if not sieve.may_have(self.sounds_marked, key):
            return ()
        return _of(self.sounds, self.sounds_of, key, key + "\0")

    def may_sound(self, keys: Iterable[tuple[str, _T]]) -> Iterator[tuple[str, _T]]:
        """Of keys with something beside them those that an entry may sound like."""
        return sieve.that_may_be(self.sounds_marked, keys)

    def sounding_from(self, key: str) -> Sequence[int]:
        return _of(self.sounds, self.sounds_of, key, key + "{")

    def abbreviated(self, key: str) -> Sequence[int]:
        return _of(self.initials, self.initials_of, key, key + "\0")

    def abbreviated_from(self, key: str) -> Sequence[int]:
        return _of(self.initials, self.initials_of, key, key + "{")

    def pieces(self) -> Iterator[str]:
        """What is kept, a column at a time: of 40,000 documents all of it is 8 MB."""
        before = "{"
        for one in fields(self):
            if one.init:
                yield f"{before}{_json(one.name)}:"
                yield from _written(getattr(self, one.name))
                before = ","
        yield "}"

    def _place(self, folded: str) -> int:
        return bisect_left(self.folded, folded)

    def _rest(self, place: int) -> str:
        return self.folded[place >> 8][place & 255 :]


_STRINGS = ("texts", "sounds", "initials")
_NUMBERS = ("documents", "sounds_of", "initials_of", "endings", "inner", "texts_marked", "sounds_marked")


def _written(column: object) -> Iterator[str]:
    """As JSON; numbers as their bytes, so that no list of them is ever made."""
    if isinstance(column, Strings):
        yield from ("[", _json(column.joined), ",", *_written(column.ends), "]")
    else:
        yield _json(b64encode(_little(column).tobytes()).decode("ascii") if isinstance(column, array) else column)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _read(written: str) -> Numbers:
    return _little(array(WIDTH, b64decode(written)))


def _little(numbers: Numbers) -> Numbers:
    """The numbers with their bytes in the order of the file, or back."""
    if sys.byteorder == "little":
        return numbers
    turned = array(WIDTH, numbers)
    turned.byteswap()
    return turned


_NONE, _NO_NUMBERS, _NO_MARKS = Strings.of(()), packed(()), sieve.marked(())
EMPTY = Vocabulary(
    texts=_NONE,
    kinds=[],
    documents=_NO_NUMBERS,
    sounds=_NONE,
    sounds_of=_NO_NUMBERS,
    initials=_NONE,
    initials_of=_NO_NUMBERS,
    endings=_NO_NUMBERS,
    inner=_NO_NUMBERS,
    characters={},
    texts_marked=_NO_MARKS,
    sounds_marked=_NO_MARKS,
)


def loads(written: str) -> Vocabulary:
    """What pieces() wrote; an empty vocabulary where there is none, or something else."""
    if not written:
        return EMPTY
    try:
        columns = json.loads(written)
        columns |= {name: _read(columns[name]) for name in _NUMBERS}
        columns |= {name: Strings(columns[name][0], _read(columns[name][1])) for name in _STRINGS}
        return Vocabulary(**columns | {"kinds": [intern(kind) for kind in columns["kinds"]]})
    except (ValueError, TypeError, KeyError, IndexError) as problem:
        log.warning("输入建议的词表已损坏（%s），当作没有，下次更新索引时重写。", problem)
        return EMPTY


def _between(order: Sequence[int], low: str, high: str, key: Callable[[int], str]) -> Sequence[int]:
    return order[bisect_left(order, low, key=key) : bisect_left(order, high, key=key)]


def _of(keys: Sequence[str], entries: Sequence[int], low: str, high: str) -> Sequence[int]:
    return entries[bisect_left(keys, low) : bisect_left(keys, high)]
