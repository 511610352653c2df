"""Two readings of one sentence held against each other, character by character. Pure: strings in, values out.

What is left aside is said here and on the page, and nothing else is: blanks and line ends (but for those between two
letters or figures), invisible characters. Other width, case, script or variant characters (裡 for 里) are a
difference of form, which is told as such and never called word for word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from search import text
from search.documents.document import Span
from search.text.folding import INVISIBLE

# same: word for word. form: the same words and signs in another width or script. punctuation: the same words.
Likeness = Literal["same", "form", "punctuation", "changed"]

_DROPPED = re.compile(rf"[{INVISIBLE}]+|(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z])")
# Signs that say something: 3.5% is not 35, 5—10 not 510. Between two figures every sign is one of the words.
_TELLING = frozenset("%‰％℃°+＋=＝<>＜＞$￥¥€£@#&×÷±~～/／")
# Before a figure: 下降-5% is not 下降5%.
_MINUS = frozenset("-－")
_INNER = str.maketrans("‘’", "“”")


@dataclass(frozen=True, slots=True)
class Compact:
    """A text without what is left aside. begins: where in text each run that was kept begins; places: where that run
    begins in what was written; ascending, of the same length."""

    text: str
    begins: tuple[int, ...]
    places: tuple[int, ...]

    @classmethod
    def of(cls, written: str) -> Compact:
        kept, begins, places, at, length = list[str](), list[int](), list[int](), 0, 0
        for found in (*_DROPPED.finditer(written), None):
            end = found.start() if found else len(written)
            if end > at:
                kept.append(written[at:end])
                begins.append(length)
                places.append(at)
                length += end - at
            at = found.end() if found else at
        return cls("".join(kept), tuple(begins), tuple(places))

    def span(self, begin: int, end: int) -> Span:
        """Where text[begin:end] stands in what was written, with what was left aside inside it."""
        return (self._place(begin), self._place(end - 1) + 1) if begin < end else (0, 0)

    def _place(self, at: int) -> int:
        run = bisect_right(self.begins, at) - 1
        return self.places[run] + at - self.begins[run]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one reading differs from the other: how many words' characters, and where in each (half-open, ascending).

    inner: only the quotation marks inside a quotation were made single, as GB/T 15834 asks.
    """

    likeness: Likeness
    characters: int = 0
    marks: tuple[Span, ...] = ()
    other_marks: tuple[Span, ...] = ()
    inner: bool = False


def compared(one: str, other: str, *, quoted: bool = False) -> Comparison:
    """Two texts without what is left aside. quoted: one stands in quotation marks, so that those in it are single."""
    if one == other:
        return Comparison("same")
    if quoted and one.translate(_INNER) == other.translate(_INNER) and "“" not in one and "”" not in one:
        return Comparison("same", inner=True)
    here, there = text.fold(one), text.fold(other)
    if here == there:
        signs = sum(a != b and _is_sign(a, b) for a, b in zip(one, other, strict=True))
        marks = tuple((at, at + 1) for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
        return Comparison("changed" if signs else "form", signs, marks, marks)
    codes = [code for code in _opcodes(here, there) if code[0] != "equal"]
    words, other_words = is_word(here), is_word(there)
    count = sum(max(sum(words[a:b]), sum(other_words[c:d])) for _, a, b, c, d in codes)
    same_words = _only(here, words) == _only(there, other_words)
    return Comparison(
        "punctuation" if same_words else "changed",
        0 if same_words else max(1, count),
        tuple((a, b) for _, a, b, _, _ in codes if b > a),
        tuple((c, d) for _, _, _, c, d in codes if d > c),
    )


def is_word(written: str) -> list[bool]:
    """Of each character whether it says something: letters, figures and their signs, not punctuation."""
    found = [char in _TELLING or not _is_empty(unicodedata.category(char)) for char in written]
    for at, char in enumerate(written[:-1]):
        if written[at + 1].isdigit() and (char in _MINUS or (at and written[at - 1].isdigit())):
            found[at] = True
    return found


def _is_empty(category: str) -> bool:
    """Punctuation, blanks, control; rare characters of names have no category yet (Cn), or are a font's own (Co)."""
    return category[0] in "PZ" or category in ("Cc", "Cf")


def _is_sign(one: str, other: str) -> bool:
    """Whether one of two characters that fold alike is a number of a kind of its own: 10² is not 102, ① not 1."""
    return "No" in (unicodedata.category(one), unicodedata.category(other))


def words_in(written: str) -> int:
    """How many characters of it say something."""
    return sum(is_word(written))


def _only(written: str, kept: list[bool]) -> str:
    return "".join(char for char, keep in zip(written, kept, strict=True) if keep)


def _opcodes(one: str, other: str) -> Iterator[tuple[str, int, int, int, int]]:
    """difflib's, of what lies between the common beginning and end: that alone is nearly always a few characters."""
    shorter = min(len(one), len(other))
    begin = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    rest = shorter - begin
    end = next((at for at in range(rest) if one[-1 - at] != other[-1 - at]), rest)
    matcher = SequenceMatcher(None, one[begin : len(one) - end], other[begin : len(other) - end], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        yield kind, a + begin, b + begin, c + begin, d + begin
