"""Chinese words by jieba with the project's lexicon; by rjieba, where it is installed, with the same words.

jieba is the reference, and the only one whose dictionary is asked. rjieba has the same dictionary, the same model and
the same arithmetic, and cuts 8 to 15 times as fast; where it would cut otherwise, jieba does it. So an index made with
the one is searched with the other.
"""

from __future__ import annotations

import logging
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

import jieba

try:
    import rjieba
except ImportError:
    rjieba = None

VERSION: str = jieba.__version__
Entry = tuple[str, int, str]  # a word of the lexicon as it is looked up, its frequency, its kind

# In jieba a block is a run of these and of Han characters: letters are cut together with the Han beside them.
_LETTERS = re.compile(r"([a-zA-Z0-9+#&._%\-]+)")
# What jieba makes of letters in a block. rjieba takes any sign for the point of a number: 3-5 stays whole.
_NUMBERS = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
# Stands for each of the letters while rjieba cuts: one character that no word of the dictionary has.
_LETTER = "0"
# Rare Han characters, which jieba does not know for such, and halves of characters, which rjieba does not take.
_STRANGE = "[\u3400-\u4dbf\u9fd6-\u9fff\ud800-\udfff\uf900-\ufaff\U00020000-\U0010ffff]"


class Segmenter(Protocol):
    def cut(self, piece: str) -> Iterable[str]:
        """The words, signs and blanks that a text is made of, in order."""
        ...


@cache
def reference(entries: tuple[Entry, ...]) -> jieba.Tokenizer:
    """jieba with these words, loaded once; its cache lies in a folder that only this user can write."""
    jieba.setLogLevel(logging.WARNING)
    segmenter = jieba.Tokenizer()
    segmenter.tmp_dir = str(private_folder())
    segmenter.initialize()
    for word, frequency, kind in entries:
        # Or what a word counted before stays in the total: jieba would count it twice, rjieba does not.
        segmenter.total -= segmenter.FREQ.get(word, 0)
        segmenter.add_word(word, frequency, kind)
    return segmenter


def frequencies(entries: tuple[Entry, ...]) -> Mapping[str, int]:
    """word -> how often it was seen; 0 for what only begins a word."""
    known: Mapping[str, int] = reference(entries).FREQ
    return known


def total(entries: tuple[Entry, ...]) -> int:
    """How often all words together were seen."""
    seen: int = reference(entries).total
    return seen


@cache
def fastest(entries: tuple[Entry, ...]) -> Segmenter:
    """The fastest there is."""
    return Rapid(entries) if rjieba else reference(entries)


class Rapid:
    """rjieba, which cuts as jieba does. Raises ImportError where it is not installed."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        if rjieba is None:
            raise ImportError("rjieba")
        self._reference = reference(entries)
        self._rapid = rjieba.Jieba()
        for entry in entries:
            self._rapid.add_word(*entry)
        mixed = sorted(word for word, seen in frequencies(entries).items() if seen and _LETTERS.search(word))
        self._otherwise = re.compile("|".join([_STRANGE, *map(re.escape, mixed)]))

    def cut(self, piece: str) -> Iterable[str]:
        if self._otherwise.search(piece):
            cut: Iterable[str] = self._reference.cut(piece)
            return cut
        parts = _LETTERS.split(piece)
        runs = parts[1::2]
        if not runs:
            return self._words(piece)
        parts[1::2] = [_LETTER * len(run) for run in runs]
        return self._with(runs, "".join(parts))

    def _words(self, piece: str) -> list[str]:
        words: list[str] = self._rapid.cut(piece)
        return words

    def _with(self, runs: list[str], masked: str) -> list[str]:
        """The words of a piece whose runs of letters are masked, with the letters again."""
        following, found = iter(runs), list[str]()
        for word in self._words(masked):
            if word[0] == _LETTER:
                found += filter(None, _NUMBERS.split(next(following)))
            else:
                found.append(word)
        return found


def private_folder() -> Path:
    """A wrong jieba.cache silently ruins segmentation, so never the shared /tmp; a fresh folder if home is closed."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "minzheng-search"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        trusted = not hasattr(os, "getuid") or (
            home.stat().st_uid == os.getuid() and not home.stat().st_mode & 0o022 and os.access(home, os.W_OK)
        )
    except (OSError, RuntimeError):
        trusted = False
    return home if trusted else Path(tempfile.mkdtemp(prefix="minzheng-search-"))
