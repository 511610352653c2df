"""How the entries of a vocabulary are read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from search import text
from search.index.vocabulary import FOLDED, EntryKind
from search.text import pinyin

# Characters of a title that are read aloud: nobody types more pinyin before choosing.
_READ_OF_TITLE = 10
# Longer titles are paragraphs that were taken for one; an offset has to fit into a byte.
_LONGEST_TITLE = 200


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


def _aloud(shown: str, kind: EntryKind, characters: Mapping[str, str]) -> Aloud:
    if kind == "year":
        return Aloud((), (), ())
    title = kind == "title"
    # Words and terms are folded by who found them.
    folded = shown if kind in FOLDED else text.fold(shown)
    found = pinyin.readings(folded[:_READ_OF_TITLE] if title else folded, characters)
    if title:
        found = found[:1]
    sounds = dict.fromkeys("".join(way) for way in found)
    initials = dict.fromkeys("".join(syllable[0] for syllable in way) for way in found)
    return Aloud(tuple(sounds), tuple(initials), _word_starts(folded) if title else ())


def _word_starts(folded: str) -> tuple[int, ...]:
    """Where words begin, but for the first one."""
    return tuple([token.start for token in text.tokens(folded[:_LONGEST_TITLE], fine=False) if token.start])
