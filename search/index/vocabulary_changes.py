"""How a vocabulary is made, and made anew when what an index holds has changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search import text
from search.index import sieve
from search.index.aloud import HERE, Aloud, Reading
from search.index.strings import GONE, Change, Numbers, Strings, packed
from search.index.vocabulary import EMPTY, FOLDED, EntryKind, Vocabulary
from search.text import pinyin
from search.text.patterns import lazy

# Words kept, the most frequent: 20,000 documents have more, but those beyond occur once and are mostly slips.
MAX_WORDS = 100_000
_CHINESE = lazy(r"[㐀-䶿一-鿿]{2,}")


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
        documents=packed(change.applied(documents, [*map(coming.__getitem__, fresh)])),
        sounds=sounds.keys,
        sounds_of=sounds.owners,
        initials=initials.keys,
        initials_of=initials.owners,
        endings=packed(_merged(endings, words, lambda place: texts[place][::-1])),
        inner=packed(_merged(inner, heard.starts, lambda at: folded[at >> 8][at & 255 :])),
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
    found = _Heard([], [], packed(()))
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
    return shown if kind in FOLDED else text.fold(shown), kind, shown


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
            packed(change.applied(owners, [owner for _, owner in coming])),
        )

    def _place_for(self, owners: Sequence[int], key: str, owner: int) -> int:
        place = bisect_left(self.keys, key)
        while place < len(owners) and self.keys[place] == key and owners[place] < owner:
            place += 1
        return place


def _merged(places: Sequence[int], new: Iterable[int], key: Callable[[int], str]) -> Sequence[int]:
    """Places in the order of their keys, equal ones in that of their numbers, and new ones put in between."""

    def both(place: int) -> tuple[str, int]:
        return key(place), place

    # By the first character, so that the keys of few are held at a time: of a million places they take 250 MB.
    parts: dict[str, Numbers] = {}
    for place in new:
        parts.setdefault(key(place)[:1], packed(())).append(place)
    coming = packed(())
    for first in sorted(parts):
        coming.extend(sorted(parts[first], key=both))
    if not places:
        return coming
    return Change((), [bisect_left(places, both(one), key=both) for one in coming]).applied(places, coming)
