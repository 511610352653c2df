"""Chinese words by jieba with the project's lexicon; by rjieba, where it is installed, with the same words.

jieba is the reference, and the only one whose dictionary is asked. rjieba has the same dictionary, the same model and
the same arithmetic, and cuts 16 to 20 times as fast; where it would cut otherwise, it is put right. So an index made
with the one is searched with the other.
"""

from __future__ import annotations

import logging
import re
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from mmap import ACCESS_READ, mmap
from operator import add
from pathlib import Path
from typing import Protocol

# jieba asks setuptools where its own files lie: 60 ms of each start. Without it, it looks beside its code.
_setuptools = sys.modules.setdefault("pkg_resources", None)  # type: ignore[arg-type]  # an import of it fails
import jieba  # noqa: E402

if _setuptools is None:
    del sys.modules["pkg_resources"]

try:
    import rjieba
except ImportError:
    rjieba = None

VERSION: str = jieba.__version__
Entry = tuple[str, int, str]  # a word of the lexicon as it is looked up, its frequency, its kind

# The lines of jieba's dictionary that stand together and begin with the same character.
_RUN = re.compile(rb"^([\x00-\x7f]|[\xc0-\xff][\x80-\xbf]+).*\n?(?:\1.*\n?)*", re.MULTILINE)
# How often all words of a dictionary were seen together, by its checksum: adding it up takes 80 ms of each start.
_COUNTED = {0x1394096D: 60_101_967}
# What begins with a character is read at once when that is less than so many bytes (a tenth of a millisecond) …
_SHORT = 1_000
# … or after so many pairs of it (15 us each): a text that goes on has most of them, and then asks no more.
_OFTEN = 4
# What jieba makes of letters: 3.5%, PM2.5.
_NUMBERS = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
# What rjieba keeps whole, and jieba only where it is a number with a point: 3-5, COVID-19, 1.2.3.
_JOINED = re.compile(r"[a-zA-Z0-9][-._][a-zA-Z0-9]")
# Rare Han characters, which jieba does not know for such, and halves of characters, which rjieba does not take.
_STRANGE = re.compile("[\u3400-\u4dbf\u9fd6-\u9fff\ud800-\udfff\uf900-\ufaff\U00020000-\U0010ffff]")


class Segmenter(Protocol):
    def cut(self, piece: str) -> Iterable[str]:
        """The words, signs and blanks that a text is made of, in order."""
        ...


class Reference:
    """jieba with these words. Its dictionary is read where it lies, and of that what a text may need when it comes.

    jieba itself reads all 349,000 lines at once, which takes 0.6 s and 58 MB; a question needs a hundred of them and a
    tenth of a millisecond. Nothing is kept in a file, so there is none to be poisoned: a wrong jieba.cache ruins
    segmentation silently.
    """

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        jieba.setLogLevel(logging.WARNING)
        with Path(jieba.__file__).with_name(jieba.DEFAULT_DICT_NAME).open("rb") as file:
            self._lines = mmap(file.fileno(), 0, access=ACCESS_READ)
        runs = [(run.start(), run[1]) for run in _RUN.finditer(self._lines)]
        self._firsts = b"".join(first for _, first in runs).decode()
        self._begins = array("I", [*(begin for begin, _ in runs), len(self._lines)])
        self._own: dict[str, dict[str, int]] = {}
        for word, frequency, _ in entries:
            self._own.setdefault(word[0], {})[word] = frequency
        self._known: dict[str, int] = {}
        self._pairs: set[str] = set()  # what is known begins with one of these pairs of characters
        self._met: set[str] = set()  # or with one of these characters
        self._asked: Counter[str] = Counter()  # how many pairs of a character were read
        self.total = self._counted()
        self._jieba = jieba.Tokenizer()
        self._jieba.FREQ, self._jieba.total, self._jieba.initialized = self._known, self.total, True

    def cut(self, piece: str) -> Iterable[str]:
        self._meet(piece)
        cut: Iterable[str] = self._jieba.cut(piece)
        return cut

    def frequencies(self, text: str) -> Mapping[str, int]:
        """word -> how often it was seen; 0 for what only begins a word. For what stands in the text."""
        self._meet(text)
        return self._known

    def _meet(self, text: str) -> None:
        """Makes known what may be looked up in a text. Threads may do it twice, with the same result."""
        if not self._met.issuperset(text):
            new = set(text) - self._met
            pairs = {pair for pair in map(add, text, text[1:] + "\n") if pair[0] in new}
            for pair in pairs - self._pairs:
                self._read(pair)

    def _read(self, pair: str) -> None:
        """Makes known what begins with a pair of characters, or with its first one when that costs little or is due."""
        first, second = pair[0], pair[1]
        lines, own = b"\n" + self._lines_of(first), self._own.get(first, {})
        self._asked[first] += 1
        if len(lines) < _SHORT or self._asked[first] > _OFTEN:
            self._known |= _beginnings(lines, own)
            self._met.add(first)
        else:
            alone = _between(lines, f"\n{first} ")
            own = {word: seen for word, seen in own.items() if word[1:2] in ("", second)}
            self._known |= {first: 0} | _beginnings(alone + _between(lines, f"\n{pair}"), own)
            self._pairs.add(pair)

    def _lines_of(self, first: str) -> bytes:
        """The lines of a character, a word, its frequency and its kind in each; a few have them in two places."""
        lines, at = b"", self._firsts.find(first)
        while at >= 0:
            lines += self._lines[self._begins[at] : self._begins[at + 1]]
            at = self._firsts.find(first, at + 1)
        return lines

    def _counted(self) -> int:
        """How often all words were seen. What the lexicon says of a word of jieba's counts instead, as in rjieba."""
        seen = _COUNTED.get(zlib.crc32(self._lines)) or sum(map(int, re.findall(rb" (\d+)", self._lines)))
        for first, own in self._own.items():
            lines = b"\n" + self._lines_of(first)
            for word, frequency in own.items():
                _, found, rest = lines.rpartition(b"\n%b " % word.encode())
                seen += frequency - (int(rest.split(b" ", 1)[0]) if found else 0)
        return seen


def _between(lines: bytes, beginning: str) -> bytes:
    """From the first line that begins so to the last; the line feed before a line belongs to it."""
    sought = beginning.encode("utf-8", "surrogatepass")
    begin = lines.find(sought)
    return lines[begin : lines.find(b"\n", lines.rfind(sought) + 1)] if begin >= 0 else b""


def _beginnings(lines: bytes, own: Mapping[str, int]) -> dict[str, int]:
    """What jieba keeps of the words in these lines, with our own: the words, and what they begin with."""
    cells = lines.decode().split()
    words = {**dict(zip(cells[::3], map(int, cells[1::3]), strict=True)), **own}
    beginnings = (word[:end] for word in words for end in range(1, len(word)))
    return {**dict.fromkeys(beginnings, 0), **words}


@cache
def reference(entries: tuple[Entry, ...]) -> Reference:
    return Reference(entries)


@cache
def fastest(entries: tuple[Entry, ...]) -> Segmenter:
    """The fastest there is."""
    return Rapid(entries) if rjieba else reference(entries)


class Rapid:
    """rjieba, which cuts as jieba does. Raises ImportError where it is not installed.

    All share the one that rjieba makes when it is imported, words added to it and all: another takes 24 MB.
    """

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        if rjieba is None:
            raise ImportError("rjieba")
        self._reference = reference(entries)
        for entry in entries:
            rjieba.add_word(*entry)

    def cut(self, piece: str) -> Iterable[str]:
        if _STRANGE.search(piece):
            return self._reference.cut(piece)
        words: list[str] = rjieba.cut(piece)
        return _apart(words) if _JOINED.search(piece) else words


def _apart(words: Iterable[str]) -> list[str]:
    """The words with what jieba would have cut into numbers, letters and signs."""
    return list(chain.from_iterable(_numbers(word) if _JOINED.search(word) else (word,) for word in words))


def _numbers(word: str) -> Iterable[str]:
    return (word,) if rjieba.has_word(word) else filter(None, _NUMBERS.split(word))
