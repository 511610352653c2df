"""How Chinese sounds when it is typed: toneless pinyin, and what is easily typed in its stead.

The only file that knows pypinyin, which takes 0.2 s and 56 MB to load: publishing an index does, serving one does not.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import combinations, product
from string import ascii_lowercase
from types import MappingProxyType
from typing import NamedTuple

# Readings kept of a word: the one its context gives, then those of single characters the context leaves open.
_WORD_READINGS = 6
# Words that must have a reading for it to be in use; 1 would keep what stands in a classical idiom only.
_FEWEST_WORDS = 2

# What speakers of different regions and fast fingers confuse; ü is typed v or u.
_CONFUSED = {
    "zh": ("z",),
    "ch": ("c",),
    "sh": ("s",),
    "z": ("zh",),
    "c": ("ch",),
    "s": ("sh",),
    "ing": ("in",),
    "in": ("ing",),
    "eng": ("en",),
    "en": ("eng",),
    "ang": ("an",),
    "an": ("ang",),
    "lv": ("lu", "nv"),
    "nv": ("nu", "lv"),
    "lu": ("lv", "nu"),
    "nu": ("nv", "lu"),
    "l": ("n",),
    "n": ("l",),
}
# An n is the beginning of a syllable only before a vowel.
_SITE = re.compile(r"zh|ch|sh|[zcs]|ing|in|eng|en|ang|an|lv|nv|lu|nu|l|n(?=[aeiouv])")
_TYPED = re.compile(r"[a-zA-ZüÜ][a-zA-ZüÜ'’ ]*")
_NONE_KNOWN: Mapping[str, str] = MappingProxyType({})


class _Tables(NamedTuple):
    """Of pypinyin: a word's syllables, each in all its ways; a character's ways; the words of a text; a syllable
    without its tone."""

    phrases: Mapping[str, list[list[str]]]
    characters: Mapping[int, str]
    cut: Callable[[str], Iterable[str]]
    to_normal: Callable[[str], str]


_LOADING = threading.Lock()


def _tables() -> _Tables:
    """By one thread at a time: modules of pypinyin import each other, and two threads that begin at different ends
    stop each other for good."""
    with _LOADING:
        return _loaded()


@cache
def _loaded() -> _Tables:
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.seg.mmseg import seg

    return _Tables(PHRASES_DICT, PINYIN_DICT, seg.cut, to_normal)


def readings(text: str, known: Mapping[str, str] = _NONE_KNOWN) -> tuple[tuple[str, ...], ...]:
    """The ways to read a word, each a syllable a character, the likeliest first: 重庆 → (chong, qing).

    Words that pypinyin knows are read as it says; in others each character may be read another way. What is not
    Chinese stands for itself. known: what by_character() gave of some; to find it out again takes a tenth of a second.
    """
    tables = _tables()
    if text in tables.phrases:
        pieces: Iterable[str] = (text,)
    else:  # of two characters, as half of the words of documents have, no piece is longer than one
        pieces = text if len(text) == 2 else tables.cut(text)
    choices = [syllables for piece in pieces for syllables in _syllables(piece)]
    usual = tuple([syllables[0].lower() for syllables in choices])
    others = [
        (*usual[:at], other, *usual[at + 1 :])
        for at, syllables in enumerate(choices)
        if len(syllables) > 1  # of a twentieth of the characters
        for other in (known[text[at]].split(" ") if text[at] in known else _in_use(text[at]))
        if other in syllables
    ]
    return tuple(dict.fromkeys([usual, *others]))[:_WORD_READINGS] if others else (usual,)


@lru_cache(maxsize=1 << 16)
def _syllables(piece: str) -> list[list[str]]:
    """What pypinyin.pinyin() gives of a piece that it does not take apart, straight from its tables: four times as
    fast, and the vocabulary of 10,000 documents reads 76,000 texts aloud."""
    tables = _tables()
    known = tables.phrases.get(piece) or [tables.characters.get(ord(char), "").split(",") for char in piece]
    return [
        list(dict.fromkeys(map(_toneless, ways))) if ways != [""] else [char]
        for char, ways in zip(piece, known, strict=False)
    ]


@cache
def _toneless(syllable: str) -> str:
    return _tables().to_normal(syllable)


def warm(*, characters: bool) -> None:
    """Loads the tables now: a quarter of a second, which somebody may have who waits for something else.

    characters: also what tells which readings of characters are in use, for who knows of none.
    """
    readings("民政")
    if characters:
        _modern()


def by_character(characters: Iterable[str]) -> dict[str, str]:
    """Character -> its readings with blanks between, the usual one first; those without any are left out."""
    found = {char: " ".join(_in_use(char)) for char in sorted(set(characters))}
    return {char: ways for char, ways in found.items() if ways}


@cache
def _in_use(char: str) -> tuple[str, ...]:
    """The readings of a character that modern words have; its first one, where none is known to."""
    ways = [] if char.isascii() else [way for way in _syllables(char)[0] if way != char]
    return tuple(way for number, way in enumerate(ways) if not number or (char, way) in _modern())


@cache
def _modern() -> frozenset[tuple[str, str]]:
    """(character, reading) pairs that several of pypinyin's 47,000 words have: 藏 zang, but not 积 zhi or 方 wang."""
    seen = Counter(
        (char, _toneless(ways[0]))
        for word, syllables in _tables().phrases.items()
        for char, ways in zip(word, syllables, strict=False)
    )
    return frozenset(pair for pair, words in seen.items() if words >= _FEWEST_WORDS)


def common_characters() -> Iterator[str]:
    """The 6,763 characters of GB 2312: what an input method offers first, whether an index has it or not."""
    for high, low in product(range(0xB0, 0xF8), range(0xA1, 0xFF)):
        yield from bytes((high, low)).decode("gb2312", errors="ignore")


def letters(typed: str) -> str:
    """The pinyin a person typed, as the index writes it: FuLi Cai'piao → fulicaipiao. Empty if it is something else."""
    return re.sub(r"[^a-z]", "", typed.lower().replace("ü", "v")) if _TYPED.fullmatch(typed) else ""


def near(key: str, *, most: int = 2) -> Iterator[tuple[str, int]]:
    """What sounds nearly like a key, with how many sounds were exchanged, one before two. most: one or two.

    Two in one word are common (s/sh and in/ing by the same speaker), three are another word.
    """
    sites = [(found.start(), found.end(), _CONFUSED[found[0]]) for found in _SITE.finditer(key)]
    for start, end, sounds in sites:
        before, behind = key[:start], key[end:]
        for sound in sounds:
            yield before + sound + behind, 1
    # Written out, as a question has hundreds of these.
    for (start, end, sounds), (other_start, other_end, others) in combinations(sites, 2) if most > 1 else ():
        before, between, behind = key[:start], key[end:other_start], key[other_end:]
        for sound in sounds:
            for other in others:
                yield before + sound + between + other + behind, 2


def mistyped(key: str) -> Iterator[str]:
    """Every string that is one letter away: one missing, one too many, one wrong, two exchanged."""
    for at in range(len(key) + 1):
        before, after = key[:at], key[at:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after[1:]
            yield before + letter + after
