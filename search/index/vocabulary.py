"""What an index holds that a person may want to type: words, titles, names, regions, years, and how they sound.

Made when an index is published and kept beside it, so that nothing is worked out while somebody types. All columns are
sorted lists, all lookups bisections.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from array import array
from base64 import b64decode, b64encode
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import accumulate, pairwise
from sys import intern
from typing import Literal, NamedTuple, TypeAlias
from zlib import crc32

from search import text
from search.text import pinyin

log = logging.getLogger(__name__)

# term: of the civil-affairs lexicon. word: any other word of the documents.
EntryKind = Literal["term", "word", "title", "speaker", "region", "year"]

FILTERS: tuple[EntryKind, ...] = ("region", "speaker", "year")
Numbers: TypeAlias = "array[int]"
# The name under which it is kept beside an index.
NOTE = "vocabulary"
# Words kept, the most frequent: 20,000 documents have more, but those beyond occur once and are mostly slips.
MAX_WORDS = 100_000
# Characters of a title that are read aloud: nobody types more pinyin before choosing.
_READ_OF_TITLE = 10
# Longer titles are paragraphs that were taken for one; an offset has to fit into a byte.
_LONGEST_TITLE = 200
_CHINESE = re.compile(r"[㐀-䶿一-鿿]{2,}")
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Strings(Sequence[str]):
    """Many short strings in one: a list of 100,000 words takes ten times the memory."""

    joined: str
    ends: Numbers  # one more than there are strings; the first is 0

    @classmethod
    def of(cls, strings: Iterable[str]) -> Strings:
        found = list(strings)
        return cls("".join(found), array(_WIDTH, accumulate(map(len, found), initial=0)))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __iter__(self) -> Iterator[str]:
        return (self.joined[begin:end] for begin, end in pairwise(self.ends))

    def __getitem__(self, at: int) -> str:  # type: ignore[override]
        if not 0 <= at < len(self.ends) - 1:
            raise IndexError(at)
        return self.joined[self.ends[at] : self.ends[at + 1]]


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
    texts_marked: Numbers  # _marked() of the folded texts, and of the sounds
    sounds_marked: Numbers
    folded: Strings = field(init=False, repr=False)  # the texts, which fold all at once in the time of some look-ups

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", Strings(text.fold(self.texts.joined), self.texts.ends))

    def exactly(self, folded: str) -> range:
        """The entries of this text, each of another kind."""
        if not _may_have(self.texts_marked, folded):
            return range(0)
        end = begin = self._place(folded)
        # One step for each kind, where looking for the end would be as dear as looking for the beginning.
        while end < len(self.folded) and self.folded[end] == folded:
            end += 1
        return range(begin, end)

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
        if not _may_have(self.sounds_marked, key):
            return ()
        return _of(self.sounds, self.sounds_of, key, key + "\0")

    def sounding_from(self, key: str) -> Sequence[int]:
        return _of(self.sounds, self.sounds_of, key, key + "{")

    def abbreviated(self, key: str) -> Sequence[int]:
        return _of(self.initials, self.initials_of, key, key + "\0")

    def abbreviated_from(self, key: str) -> Sequence[int]:
        return _of(self.initials, self.initials_of, key, key + "{")

    def dumps(self) -> str:
        columns = {one.name: _written(getattr(self, one.name)) for one in fields(self) if one.init}
        return json.dumps(columns, ensure_ascii=False, separators=(",", ":"))

    def _place(self, folded: str) -> int:
        return bisect_left(self.folded, folded)

    def _rest(self, place: int) -> str:
        return self.folded[place >> 8][place & 255 :]


_STRINGS = ("texts", "sounds", "initials")
_NUMBERS = ("documents", "sounds_of", "initials_of", "endings", "inner", "texts_marked", "sounds_marked")
_WIDTH = "I"  # an entry's number and an offset of a byte fit into 32 bits for 16 million entries


def _packed(numbers: Iterable[int]) -> Numbers:
    """A list of numbers in an eighth of the room."""
    return array(_WIDTH, numbers)


def _written(column: object) -> object:
    """As JSON takes it; numbers as their bytes, so that no list of them is ever made."""
    if isinstance(column, Strings):
        return [column.joined, _written(column.ends)]
    return b64encode(_little(column).tobytes()).decode("ascii") if isinstance(column, array) else column


def _read(written: str) -> Numbers:
    return _little(array(_WIDTH, b64decode(written)))


def _little(numbers: Numbers) -> Numbers:
    """The numbers with their bytes in the order of the file, or back."""
    if sys.byteorder == "little":
        return numbers
    turned = array(_WIDTH, numbers)
    turned.byteswap()
    return turned


def _marked(keys: Sequence[str]) -> Numbers:
    """Bits, 32 for each key or more, of which those are set that keys fall on by their checksum.

    What a slip may have been is looked for under hundreds of keys of which nearly none is there: such a bit says so in
    .3 us for 97 of 100, where two bisections take 40.
    """
    bits = _packed([0]) * (1 << max(0, len(keys) - 1).bit_length())
    last = len(bits) - 1
    for key in keys:  # of 100,000; _bit() written out takes half the time
        mark = crc32(key.encode("utf-8", "replace"))
        bits[mark >> 5 & last] |= 1 << (mark & 31)
    return bits


def _may_have(bits: Numbers, key: str) -> bool:
    """False: the key is none of those that were marked."""
    place, bit = _bit(bits, key)
    return bool(bits[place] & bit)


def _bit(bits: Numbers, key: str) -> tuple[int, int]:
    mark = crc32(key.encode("utf-8", "replace"))
    return mark >> 5 & len(bits) - 1, 1 << (mark & 31)


_NONE, _NO_NUMBERS, _NO_MARKS = Strings.of(()), _packed(()), _marked(())
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
    """The inverse of dumps(); an empty vocabulary where there is none, or something else."""
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


class Aloud(NamedTuple):
    """How an entry is read: the ways it sounds, in full and by initials; of a title also where its words begin."""

    sounds: tuple[str, ...]
    initials: tuple[str, ...]
    starts: tuple[int, ...]


Reading: TypeAlias = Callable[[Sequence[tuple[str, EntryKind]]], Iterable[Aloud]]


def aloud(entries: Sequence[tuple[str, EntryKind]]) -> list[Aloud]:
    """Of each entry; half of the time that a vocabulary takes, and no entry needs another."""
    return [_aloud(shown, kind) for shown, kind in entries]


def made(
    counts: Mapping[EntryKind, Mapping[str, int]], known: Vocabulary = EMPTY, reading: Reading = aloud
) -> Vocabulary:
    """The vocabulary of an index: for each kind, text -> documents that hold it. reading: aloud(), wherever it is done.

    What is known is not read aloud again and keeps its order, so that what is new is merged in: of 120,000 entries in
    0.9 s, where making all takes 13 (bench/typing_speed.py).
    """
    entries = sorted(_entries(counts), key=_folded)
    texts = [shown for shown, _, _ in entries]
    kinds: list[EntryKind] = [kind for _, kind, _ in entries]
    places = {(shown, kind): place for place, (shown, kind, _) in enumerate(entries)}
    moved = [places.pop(pair, _GONE) for pair in zip(known.texts, known.kinds, strict=True)]
    fresh = sorted(places.values())
    read = dict(zip(fresh, reading([(texts[place], kinds[place]) for place in fresh]), strict=True))
    sounds = _merged(
        known.sounds, known.sounds_of, moved, [(key, at) for at, one in read.items() for key in one.sounds]
    )
    initials = _merged(
        known.initials, known.initials_of, moved, [(key, at) for at, one in read.items() for key in one.initials]
    )
    starts = [at * 256 + start for at, one in read.items() for start in one.starts]
    strange = {*"".join(texts[place] for place in fresh)} - known.characters.keys()
    return Vocabulary(
        texts=Strings.of(texts),
        kinds=kinds,
        documents=_packed(documents for _, _, documents in entries),
        sounds=Strings.of(key for key, _ in sounds),
        sounds_of=_packed(place for _, place in sounds),
        initials=Strings.of(key for key, _ in initials),
        initials_of=_packed(place for _, place in initials),
        endings=_packed(_endings(texts, known.endings, moved, [at for at in fresh if kinds[at] in ("term", "word")])),
        inner=_packed(_inner(texts, known.inner, moved, starts)),
        characters={
            **(known.characters or pinyin.by_character(pinyin.common_characters())),
            **pinyin.by_character(strange),
        },
        texts_marked=_marked([_folded(entry)[0] for entry in entries]),
        sounds_marked=_marked([key for key, _ in sounds]),
    )


def _entries(counts: Mapping[EntryKind, Mapping[str, int]]) -> Iterator[tuple[str, EntryKind, int]]:
    """What is worth keeping: (text, kind, documents); a word that is a term of the lexicon is that only."""
    terms = counts.get("term", {})
    held = counts.get("word", {})
    words = [word for word, number in held.items() if number and word not in terms and _CHINESE.fullmatch(word)]
    if len(words) > MAX_WORDS:
        words = sorted(words, key=lambda word: (-held[word], word))[:MAX_WORDS]
    yield from ((word, "word", held[word]) for word in words)
    for kind, found in counts.items():
        if kind != "word":
            yield from ((shown, kind, number) for shown, number in found.items() if number and len(shown) > 1)


def _folded(entry: tuple[str, EntryKind, int]) -> tuple[str, str]:
    shown, kind, _ = entry
    return shown if kind in ("word", "term") else text.fold(shown), kind


# Where an entry went that is no longer held.
_GONE = -1
# Places of a merged order; sorted() merges two sorted runs in linear time.
_Keyed = list[tuple[str, int]]


def _aloud(shown: str, kind: EntryKind) -> Aloud:
    if kind == "year":
        return Aloud((), (), ())
    title = kind == "title"
    found = pinyin.readings(text.fold(shown[:_READ_OF_TITLE] if title else shown))
    if title:
        found = found[:1]
    sounds = dict.fromkeys("".join(way) for way in found)
    initials = dict.fromkeys("".join(syllable[0] for syllable in way) for way in found)
    return Aloud(tuple(sounds), tuple(initials), _word_starts(text.fold(shown)) if title else ())


def _merged(keys: Sequence[str], owners: Sequence[int], moved: Sequence[int], new: _Keyed) -> _Keyed:
    kept = [(key, moved[owner]) for key, owner in zip(keys, owners, strict=True) if moved[owner] != _GONE]
    return sorted(kept + sorted(new))


def _endings(texts: Sequence[str], known: Sequence[int], moved: Sequence[int], new: list[int]) -> list[int]:
    kept = [moved[place] for place in known if moved[place] != _GONE]
    return sorted([*kept, *new], key=lambda place: texts[place][::-1])


def _inner(texts: Sequence[str], known: Sequence[int], moved: Sequence[int], new: Sequence[int]) -> list[int]:
    kept = [moved[at >> 8] * 256 + (at & 255) for at in known if moved[at >> 8] != _GONE]
    folded = {place: text.fold(texts[place]) for place in {at >> 8 for at in (*kept, *new)}}
    return sorted([*kept, *new], key=lambda at: (folded[at >> 8][at & 255 :], at))


def _word_starts(folded: str) -> tuple[int, ...]:
    """Where words begin, but for the first one."""
    return tuple([token.start for token in text.tokens(folded[:_LONGEST_TITLE], fine=False) if token.start])


def _between(order: Sequence[int], low: str, high: str, key: Callable[[int], str]) -> Sequence[int]:
    return order[bisect_left(order, low, key=key) : bisect_left(order, high, key=key)]


def _of(keys: Sequence[str], entries: Sequence[int], low: str, high: str) -> Sequence[int]:
    return entries[bisect_left(keys, low) : bisect_left(keys, high)]
