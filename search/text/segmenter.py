"""Chinese words as jieba cuts them, with the project's lexicon; by rjieba, where it is installed, the same words.

jieba's dictionary, its model of unknown words and its arithmetic, gone through twice as fast as jieba does. rjieba has
the same and cuts 16 to 20 times as fast as jieba; where it would cut otherwise, it is put right. So an index made with
the one is searched with the other: rjieba is loaded where many texts are cut, and takes 30 MB and a tenth of a second.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from functools import cache, lru_cache
from itertools import chain
from math import inf, log
from pathlib import Path
from threading import Lock
from typing import Protocol

from search.text.dictionary import Dictionary

# jieba asks setuptools where its own files lie: 60 ms of each start. Without it, it looks beside its code.
_setuptools = sys.modules.setdefault("pkg_resources", None)  # type: ignore[arg-type]  # an import of it fails
import jieba  # noqa: E402

if _setuptools is None:
    del sys.modules["pkg_resources"]

VERSION: str = jieba.__version__
Entry = tuple[str, int, str]  # a word of the lexicon as it is looked up, its frequency, its kind

# What begins with a character is read at once when that is less than so many bytes (a tenth of a millisecond) …
_SHORT = 1_000
# … or after so many pairs of it (15 us each): a text that goes on has most of them, and then asks no more.
_OFTEN = 8
# What jieba makes of all that is no Chinese character, letter or digit.
_SIGN = re.compile(r"\r\n|.", re.DOTALL)
# Characters in a row whose words are kept: nine in ten have no more, and come again.
_KEPT = 8
# What jieba makes of letters: 3.5%, PM2.5.
_NUMBERS = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
# What rjieba keeps whole and jieba does not: 3-5, COVID-19, 1.2.3; both keep a number with a point.
_JOINED = re.compile(r"[a-zA-Z0-9](?:[-_][a-zA-Z0-9]|\.(?:[a-zA-Z]|\d+[.a-zA-Z]))")
# Rare Han characters, which jieba does not know for such, and halves of characters, which rjieba does not take.
_STRANGE = re.compile("[\u3400-\u4dbf\u9fd6-\u9fff\ud800-\udfff\uf900-\ufaff\U00020000-\U0010ffff]")
# 七七七七 is 七 and 七七七 or 七七七 and 七, as likely one way as the other: jieba takes the longer one first, rjieba
# what comes out greater when the sum is rounded. Which character it is is asked of the second: of the first it takes
# half as long again.
_REPEATED = re.compile(r"(.)\1(?<=[\u4e00-\u9fff])\1")


class Segmenter(Protocol):
    def cut(self, piece: str) -> Iterable[str]:
        """The words, signs and blanks that a text is made of, in order."""
        ...


class Reference:
    """Cuts as jieba does with these words. Its dictionary is read where it lies, and of that what a text may need.

    jieba itself reads all 349,000 lines at once, which takes 0.6 s and 58 MB; a question needs a hundred of them and a
    tenth of a millisecond. Nothing is kept in a file, so there is none to be poisoned: a wrong jieba.cache ruins
    segmentation silently. The words of the entries were seen at least once.
    """

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._dictionary = _dictionary()
        self._own: dict[str, dict[str, int]] = {}
        for word, frequency, _ in entries:
            self._own.setdefault(word[0], {})[word] = frequency
        self._known: dict[str, float] = {}
        self._pairs: set[str] = set()  # what is known begins with one of these pairs of characters
        self._met: set[str] = set()  # or with one of these characters
        self._asked: Counter[str] = Counter()  # how many pairs of a character were read
        self._total = log(self._counted())
        self.rarest = 0.0 - self._total  # the likelihood of what was seen once

    def cut(self, piece: str) -> list[str]:
        self._meet(piece)
        found: list[str] = []
        for number, part in enumerate(apart(piece)):
            if number % 2:
                self._cut(part, found)
            else:
                found += _SIGN.findall(part)
        return found

    def likelihoods(self, text: str) -> Mapping[str, float]:
        """word -> the logarithm of its share of all words, for what stands in the text; 0 for what only begins one."""
        self._meet(text)
        return self._known

    def _cut(self, block: str, found: list[str]) -> None:
        """Adds the words of a run of Chinese characters and letters. Single characters in a row may be an unknown word.

        begin: the first of the single characters before the place reached.
        """
        begin = at = 0
        ends = self._ends(block)
        while at < len(block):
            end = ends[at]
            if end - at > 1:
                if begin < at:
                    self._add(block[begin:at], found)
                found.append(block[at:end])
                begin = end
            at = end
        self._add(block[begin:], found)

    def _ends(self, block: str) -> list[int]:
        """For each place, where the first word ends of the likeliest way to cut what follows; the longer of equals."""
        known, size = self._known.get, len(block)
        closed = block + "\n"  # which no word has
        likeliest, ends = [0.0] * (size + 1), list(range(1, size + 1))
        for at in range(size - 1, -1, -1):
            best, end = -inf, at + 1
            word = known(closed[at])
            while word is not None:
                if word:
                    word += likeliest[end]
                    if word >= best:
                        best, ends[at] = word, end
                end += 1
                word = known(closed[at:end])
            likeliest[at] = best if best > -inf else self.rarest + likeliest[at + 1]
        return ends

    def _add(self, run: str, found: list[str]) -> None:
        if len(run) < 2 or self._known.get(run):
            found += run
        else:
            found += _guessed(run) if len(run) <= _KEPT else jieba.finalseg.cut(run)

    def _meet(self, text: str) -> None:
        """Makes known what may be looked up in a text. Threads may do it twice, with the same result."""
        if not self._met.issuperset(text):
            for first in set(text) - self._met:
                # What stands last, or before itself, is taken for doubled.
                pairs = {first + (after[:1] or first) for after in text.split(first)[1:]} - self._pairs
                if pairs:
                    self._read(first, pairs)

    def _read(self, first: str, pairs: set[str]) -> None:
        """Makes known what begins with these pairs, or with their first character when that costs little or is due."""
        lines, own = b"\n" + self._dictionary.lines_of(first), self._own.get(first, {})
        self._asked[first] += len(pairs)
        if len(lines) < _SHORT or self._asked[first] > _OFTEN:
            self._known |= self._beginnings(first, lines, own)
            self._met.add(first)
            return
        parts = [_between(lines, f"\n{first} "), *(_between(lines, f"\n{pair}") for pair in pairs)]
        own = {word: seen for word, seen in own.items() if word == first or word[:2] in pairs}
        self._known |= {first: 0.0} | self._beginnings(first, b"".join(parts), own)
        self._pairs |= pairs

    def _beginnings(self, first: str, lines: bytes, own: Mapping[str, int]) -> dict[str, float]:
        """The words of these lines and our own, and what they begin with, all of them with this character: most words
        have two, and no other beginning. Ten texts have 120,000 words read."""
        cells, total = lines.decode().split(), self._total
        seen = {**dict(zip(cells[::3], map(int, cells[1::3]), strict=True)), **own}
        found = dict.fromkeys([word[:end] for word in seen if len(word) > 2 for end in range(2, len(word))], 0.0)
        if seen:
            found[first] = 0.0
        found.update(zip(seen, [one - total for one in map(log, seen.values())], strict=True))
        return found

    def _counted(self) -> int:
        """How often all words were seen. What the lexicon says of a word of jieba's counts instead, as in rjieba."""
        seen = self._dictionary.seen
        for first, own in self._own.items():
            lines = b"\n" + self._dictionary.lines_of(first)
            for word, frequency in own.items():
                _, found, rest = lines.rpartition(b"\n%b " % word.encode())
                seen += frequency - (int(rest.split(b" ", 1)[0]) if found else 0)
        return seen


def _between(lines: bytes, beginning: str) -> bytes:
    """From the first line that begins so to the last; the line feed before a line belongs to it."""
    sought = beginning.encode("utf-8", "surrogatepass")
    begin = lines.find(sought)
    return lines[begin : lines.find(b"\n", lines.rfind(sought) + 1)] if begin >= 0 else b""


def apart(text: str) -> list[str]:
    """The runs of Chinese characters and letters in a text, and what is between them, in order: no word goes from one
    into the next, and none is cut otherwise for what stands around its run."""
    runs: list[str] = jieba.re_han_default.split(text)
    return runs


@lru_cache(maxsize=1 << 16)
def _guessed(run: str) -> tuple[str, ...]:
    """The words that jieba's model makes of characters in a row that are no word."""
    return tuple(jieba.finalseg.cut(run))


@cache
def reference(entries: tuple[Entry, ...]) -> Reference:
    return Reference(entries)


def fastest(entries: tuple[Entry, ...]) -> Segmenter:
    """The fastest there is: rjieba forgets no word, so it is left aside where it was given others before."""
    if _given <= {word for word, *_ in entries}:
        try:
            return Rapid(entries)
        except ImportError:
            pass
    return reference(entries)


_given: set[str] = set()  # words that were added to rjieba
# rjieba raises an error where one thread adds a word while another cuts or adds; small builds read files in threads.
_turn = Lock()


class Rapid:
    """rjieba, which cuts as jieba does. Raises ImportError where it is not installed.

    All share the one that rjieba makes when it is imported, words added to it and all: another takes 24 MB.
    """

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        import rjieba

        self._reference = reference(entries)
        self._cut, self._has_word = rjieba.cut, rjieba.has_word
        with _turn:
            for entry in entries:
                if entry[0] not in _given:
                    rjieba.add_word(*entry)
                    _given.add(entry[0])

    def cut(self, piece: str) -> Iterable[str]:
        if _STRANGE.search(piece) or _REPEATED.search(piece):
            return self._reference.cut(piece)
        with _turn:
            words: list[str] = self._cut(piece)
            return self._apart(words) if _JOINED.search(piece) else words

    def _apart(self, words: Iterable[str]) -> list[str]:
        """The words with what jieba would have cut into numbers, letters and signs."""
        return list(chain.from_iterable(self._numbers(word) if _JOINED.search(word) else (word,) for word in words))

    def _numbers(self, word: str) -> Iterable[str]:
        return (word,) if self._has_word(word) else filter(None, _NUMBERS.split(word))


@cache
def _dictionary() -> Dictionary:
    return Dictionary(Path(jieba.__file__).with_name(jieba.DEFAULT_DICT_NAME))


# --- kinds of words ------------------------------------------------------------------------------------


class Words(Container[object]):
    """The words of two and three characters of which jieba's dictionary gives the kind so; asked one at a time, as the
    100,000 of them would take each process that reads 0.1 s and 10 MB."""

    def __init__(self, kind: str) -> None:
        self._kind = re.compile(kind)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and 2 <= len(word) <= 3 and self._kind.match(_kind(word)) is not None


# What is asked of a page is asked again of the next one.
@lru_cache(maxsize=1 << 14)
def _kind(word: str) -> str:
    return _dictionary().kind(word)


@cache
def grammatical() -> Words:
    """Adverbs, prepositions, pronouns, conjunctions, words of time and number of jieba's dictionary (马上, 曾经)."""
    return Words("[dcprftmq]")


@cache
def proper() -> Words:
    """Names of persons and places of jieba's dictionary (顿珠, 米尔)."""
    return Words("n[rs]")


def says_what_is_done(words: str) -> bool:
    """Whether words begin with a verb of jieba's dictionary that is no noun as well (打造), or with a verb of one
    character and how well it was done, two characters that the dictionary does not have as a word (织密, 筑牢)."""
    first = words[:2]
    kinds = _kind(first), _kind(first[:1]), _kind(first[1:])
    return bool(_VERB.match(kinds[0])) or (not kinds[0] and bool(_VERB.match(kinds[1]) and _HOW.match(kinds[2])))


_VERB = re.compile("v(?!n)")
_HOW = re.compile("[av](?!n)")


@cache
def doing() -> Words:
    """Verbs and adjectives of jieba's dictionary that are not nouns as well (推进, 坚决; but not 建设)."""
    return Words("[av](?!n)")
