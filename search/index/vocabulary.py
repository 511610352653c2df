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
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from sys import intern
from typing import Literal, NamedTuple, TypeVar

from search import text
from search.index import sieve
from search.index.strings import GONE, WIDTH, Change, Numbers, Strings
from search.text import pinyin
from search.text.patterns import lazy

log = logging.getLogger(__name__)

# term: of the civil-affairs lexicon. word: any other word of the documents.
EntryKind = Literal["term", "word", "title", "speaker", "region", "year"]

FILTERS: tuple[EntryKind, ...] = ("region", "speaker", "year")
_FOLDED: tuple[EntryKind, ...] = ("word", "term")
# The name under which it is kept beside an index.
NOTE = "vocabulary"
# Words kept, the most frequent: 20,000 documents have more, but those beyond occur once and are mostly slips.
MAX_WORDS = 100_000
# Characters of a title that are read aloud: nobody types more pinyin before choosing.
_READ_OF_TITLE = 10
# Words whose documents are kept, of 150 bytes each: a report asks for forty, and the next one has many of them, too.
_KEPT = 4096
# Longer titles are paragraphs that were taken for one; an offset has to fit into a byte.
_LONGEST_TITLE = 200
_CHINESE = lazy(r"[㐀-䶿一-鿿]{2,}")
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


def _packed(numbers: Iterable[int]) -> Numbers:
    """A list of numbers in an eighth of the room."""
    return array(WIDTH, numbers)


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


_NONE, _NO_NUMBERS, _NO_MARKS = Strings.of(()), _packed(()), sieve.marked(())
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


class Aloud(NamedTuple):
    """How an entry is read: the ways it sounds, in full and by initials; of a title also where its words begin."""

    sounds: tuple[str, ...]
    initials: tuple[str, ...]
    starts: tuple[int, ...]


def aloud(entries: Sequence[tuple[str, EntryKind]], characters: Mapping[str, str] | None = None) -> list[Aloud]:
    """Of each entry; half of the time that a vocabulary takes, and no entry needs another. characters: as a vocabulary
    has them, if there is one."""
    return [_aloud(shown, kind, characters or {}) for shown, kind in entries]


class Reading(NamedTuple):
    """aloud() and pinyin.by_character(), wherever it is done: the tables of pinyin take 52 MB and half a second."""

    entries: Callable[[Sequence[tuple[str, EntryKind]], Mapping[str, str]], Iterable[Aloud]]
    characters: Callable[[Iterable[str]], dict[str, str]]


HERE = Reading(aloud, pinyin.by_character)


def made(
    counts: Mapping[EntryKind, Mapping[str, int]], known: Vocabulary = EMPTY, reading: Reading = HERE
) -> Vocabulary:
    """The vocabulary of an index: for each kind, text -> documents that hold it.

    What is known is not read aloud again and keeps its order: what is new is put in between. Where documents have only
    come, grown.py makes the same with a look at what they hold.
    """
    wanted = {(shown, kind): number for shown, kind, number in _entries(counts)}
    documents = [wanted.pop(pair, 0) for pair in zip(known.texts, known.kinds, strict=True)]
    return changed(known, documents, wanted, reading)


def changed(
    known: Vocabulary, documents: Sequence[int], coming: Mapping[tuple[str, EntryKind], int], reading: Reading
) -> Vocabulary:
    """A vocabulary with other numbers of documents, 0 for an entry that goes, and the entries that come with theirs."""
    fresh = sorted(coming, key=folded_of)
    change = Change(
        goes=[place for place, number in enumerate(documents) if not number],
        comes=[_place_for(known, one) for one in fresh],
    )
    moved, come = change.moved(len(documents))
    texts = known.texts.changed(change, [shown for shown, _ in fresh])
    folded = Strings(text.fold(texts.joined), texts.ends)
    heard = _heard(zip(come, reading.entries(fresh, known.characters), strict=True))
    sounds = _Keyed(known.sounds, known.sounds_of).changed(moved, heard.sounds)
    initials = _Keyed(known.initials, known.initials_of).changed(moved, heard.initials)
    words = [at for at, (_, kind) in zip(come, fresh, strict=True) if kind in ("term", "word")]
    endings = [moved[place] for place in known.endings if moved[place] != GONE]
    inner = [moved[at >> 8] * 256 + (at & 255) for at in known.inner if moved[at >> 8] != GONE]
    strange = {*"".join(shown for shown, _ in fresh)} - known.characters.keys()
    return Vocabulary(
        texts=texts,
        kinds=change.applied(known.kinds, [kind for _, kind in fresh]),
        documents=_packed(change.applied(documents, [*map(coming.__getitem__, fresh)])),
        sounds=sounds.keys,
        sounds_of=sounds.owners,
        initials=initials.keys,
        initials_of=initials.owners,
        endings=_packed(_merged(endings, words, lambda place: texts[place][::-1])),
        inner=_packed(_merged(inner, heard.starts, lambda at: folded[at >> 8][at & 255 :])),
        characters={
            **(known.characters or reading.characters(pinyin.common_characters())),
            **(reading.characters(strange) if strange else {}),
        },
        texts_marked=sieve.marked_too(known.texts_marked, folded, None if change.goes else [folded[at] for at in come]),
        sounds_marked=sieve.marked_too(
            known.sounds_marked, sounds.keys, None if change.goes else [key for key, _ in heard.sounds]
        ),
    )


class _Heard(NamedTuple):
    """What Aloud says of all entries: keys with the entry each belongs to; starts as Vocabulary.inner has them."""

    sounds: list[tuple[str, int]]
    initials: list[tuple[str, int]]
    starts: Numbers


def _heard(read: Iterable[tuple[int, Aloud]]) -> _Heard:
    found = _Heard([], [], _packed(()))
    for at, one in read:
        found.sounds.extend([(key, at) for key in one.sounds])
        found.initials.extend([(key, at) for key in one.initials])
        found.starts.extend([at * 256 + start for start in one.starts])
    return found


def _entries(counts: Mapping[EntryKind, Mapping[str, int]]) -> Iterator[tuple[str, EntryKind, int]]:
    """What is worth keeping: (text, kind, documents)."""
    held = counts.get("word", {})
    words = [*words_among(held, counts.get("term", {}))]
    if len(words) > MAX_WORDS:
        words = sorted(words, key=lambda word: (-held[word], word))[:MAX_WORDS]
    yield from ((word, "word", held[word]) for word in words)
    yield from others_among(counts)


def words_among(held: Mapping[str, int], terms: Container[str]) -> Iterator[str]:
    """Those that are entries of their own; one that is a term of the lexicon is that only."""
    return (word for word, number in held.items() if number and word not in terms and _CHINESE.fullmatch(word))


def others_among(counts: Mapping[EntryKind, Mapping[str, int]]) -> Iterator[tuple[str, EntryKind, int]]:
    """(text, kind, documents) of all that are no words."""
    for kind, found in counts.items():
        if kind != "word":
            yield from ((shown, kind, number) for shown, number in found.items() if number and len(shown) > 1)


def folded_of(entry: tuple[str, EntryKind]) -> tuple[str, str, str]:
    shown, kind = entry
    return shown if kind in _FOLDED else text.fold(shown), kind, shown


def _place_for(known: Vocabulary, entry: tuple[str, EntryKind]) -> int:
    """Before which entry one comes that is not there."""
    key = folded, *_ = folded_of(entry)
    place = bisect_left(known.folded, folded)
    while place < len(known.folded) and (known.folded[place], known.kinds[place], known.texts[place]) < key:
        place += 1
    return place


@dataclass(frozen=True, slots=True)
class _Keyed:
    """Keys in their order, each with the entry it belongs to; equal ones in the order of these."""

    keys: Strings
    owners: Numbers

    def changed(self, moved: Sequence[int], new: Iterable[tuple[str, int]]) -> _Keyed:
        """moved: the new place of each entry, GONE where it goes."""
        owners, coming = [moved[owner] for owner in self.owners], sorted(new)
        change = Change(
            goes=[place for place, owner in enumerate(owners) if owner == GONE] if GONE in owners else (),
            comes=[self._place_for(owners, *one) for one in coming],
        )
        return _Keyed(
            self.keys.changed(change, [key for key, _ in coming]),
            _packed(change.applied(owners, [owner for _, owner in coming])),
        )

    def _place_for(self, owners: Sequence[int], key: str, owner: int) -> int:
        place = bisect_left(self.keys, key)
        while place < len(owners) and self.keys[place] == key and owners[place] < owner:
            place += 1
        return place


def _aloud(shown: str, kind: EntryKind, characters: Mapping[str, str]) -> Aloud:
    if kind == "year":
        return Aloud((), (), ())
    title = kind == "title"
    # Words and terms are folded by who found them.
    folded = shown if kind in _FOLDED else text.fold(shown)
    found = pinyin.readings(folded[:_READ_OF_TITLE] if title else folded, characters)
    if title:
        found = found[:1]
    sounds = dict.fromkeys("".join(way) for way in found)
    initials = dict.fromkeys("".join(syllable[0] for syllable in way) for way in found)
    return Aloud(tuple(sounds), tuple(initials), _word_starts(folded) if title else ())


def _merged(places: Sequence[int], new: Iterable[int], key: Callable[[int], str]) -> Sequence[int]:
    """Places in the order of their keys, equal ones in that of their numbers, and new ones put in between."""

    def both(place: int) -> tuple[str, int]:
        return key(place), place

    # By the first character, so that the keys of few are held at a time: of a million places they take 250 MB.
    parts: dict[str, Numbers] = {}
    for place in new:
        parts.setdefault(key(place)[:1], _packed(())).append(place)
    coming = _packed(())
    for first in sorted(parts):
        coming.extend(sorted(parts[first], key=both))
    if not places:
        return coming
    return Change((), [bisect_left(places, both(one), key=both) for one in coming]).applied(places, coming)


def _word_starts(folded: str) -> tuple[int, ...]:
    """Where words begin, but for the first one."""
    return tuple([token.start for token in text.tokens(folded[:_LONGEST_TITLE], fine=False) if token.start])


def _between(order: Sequence[int], low: str, high: str, key: Callable[[int], str]) -> Sequence[int]:
    return order[bisect_left(order, low, key=key) : bisect_left(order, high, key=key)]


def _of(keys: Sequence[str], entries: Sequence[int], low: str, high: str) -> Sequence[int]:
    return entries[bisect_left(keys, low) : bisect_left(keys, high)]
