"""The words of a folded text, cut the same for documents and queries, and where words may begin and end in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import accumulate, islice
from math import exp
from typing import NamedTuple, TypeVar

from search.text import office, segmenter, sentence_rules
from search.text.folding import fold
from search.text.lexicon import question_words, stopwords, synonyms, synonyms_of, typos
from search.text.tables import rows

# Characters of the longest words in the lexicon; jieba's own are shorter but for a few names.
_LONGEST_WORD = 16
# jieba's time grows with the square of a run of one character (民×16,000: 2.7 s), so runs are not segmented …
# (the second character by itself: a place without it is left in half of the time)
_RUN = re.compile(r"(.)\1\1{19,}")
# … and no piece is longer than this many characters.
_PIECE = 2000
# A figure or a Latin word, with 万 or 亿 behind a figure. A point or comma belongs to a figure where it parts digits,
# but not in 2024.2.21, whose year is one.
# Its first character stands before what else it may be, so that re skips to one: three times as fast.
_LETTERS = re.compile(
    r"([0-9a-z](?:(?<![0-9a-z.].)(?:(?<=1)9|(?<=2)0)\d\d(?=\.\d{1,2}\.\d)"
    r"|[0-9a-z]*(?:,\d{3}(?!\d))*(?:(?<=\d)\.\d+[a-z]*)?))"
    r"(?:(?<=\d)[万亿]+)?"
)
_WORD = re.compile(r"[0-9a-z\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


Found = TypeVar("Found")


class Token(NamedTuple):
    """A word at text[start:end]; position counts long words, and words inside a long word share its position.

    A tuple: a text has one of two characters or less, and a frozen dataclass takes twice as long to make.
    """

    text: str
    start: int
    end: int
    position: int


# What was found of each word, which is asked several times for every word of a text.
def _kept(found: Callable[[str], Found]) -> Callable[[str], Found]:
    return office.follows(lru_cache(maxsize=1 << 16)(found))


def warm() -> None:
    """Loads lexicon and folding table now, so that the first question does not wait for them (a tenth of a second)."""
    words(fold("民政"))
    synonyms()
    typos()
    question_words()


def tokens(folded: str, *, fine: bool) -> Iterator[Token]:
    """Words of a folded text in reading order; start and end are half-open character offsets into it.

    fine=True (indexing) also gives the words inside a long word. Punctuation and blanks give no token, nor does
    a run of more than 20 equal characters, which is found literally only.
    """
    position = 0
    for word, at in segmented(folded):
        # Most words begin with a Chinese character, which is sooner seen than found.
        if "\u4e00" <= word[0] <= "\u9fff" or _WORD.search(word):
            for start, end in _within(word).parts if fine else ():
                yield Token(word[start:end], at + start, at + end, position)
            yield Token(word, at, at + len(word), position)
            position += 1


def segmented(folded: str) -> Iterator[tuple[str, int]]:
    """All words, signs and blanks of a folded text in order, with their offsets; long runs are left out."""
    return zip(*cut(folded), strict=True)


def cut(folded: str) -> tuple[list[str], list[int]]:
    """segmented() as two lists, the words and their offsets."""
    words, offsets, of_piece = list[str](), list[int](), _segmenter().cut
    for piece, at in _pieces(folded):
        found = list(of_piece(piece))
        words += found
        offsets += islice(accumulate(map(len, found), initial=at), len(found))
    return words, offsets


def holds(folded: str, words: Iterable[str]) -> bool:
    """Whether each of these words is among those that tokens(fine=True) gives; only the runs are cut that may have one,
    mostly a clause of a passage."""
    missing = set(words)
    for run in segmenter.apart(folded) if len(folded) <= _PIECE else (folded,):
        if any(word in run for word in missing):
            missing.difference_update([token.text for token in tokens(run, fine=True)])
            if not missing:
                break
    return not missing


class CutWord(NamedTuple):
    """A word as it was cut, in one look-up, which takes a tenth of a microsecond and was made three times.

    held: what tokens(fine=True) gives of it, the words inside it and itself; of a sign nothing. inside: the offsets in
    it at which no word of it begins or ends. content: whether it counts where likeness is judged: not a sign, a single
    character or a function word.
    """

    held: tuple[str, ...]
    inside: tuple[int, ...]
    content: bool


@_kept
def cut_word(word: str) -> CutWord:
    within, is_word = _within(word), has_word(word)
    held = (*(word[start:end] for start, end in within.parts), word) if is_word else ()
    return CutWord(held, within.inside, len(word) > 1 and is_word and word not in stopwords())


def words(folded: str) -> tuple[str, ...]:
    """The content words of a query term, in order, none twice: function words and lone punctuation left out."""
    found = (token.text for token in tokens(folded, fine=False) if token.text not in stopwords())
    return tuple(dict.fromkeys(found))


def sentences(folded: str) -> list[int]:
    """The offsets at which sentences begin: at the start, after a line feed, and after 。！？ with what closes them."""
    return [match.start() for match in sentence_rules.FOLDED.finditer(folded)]


def has_word(folded: str) -> bool:
    """Whether there is anything in it that can be looked for: a letter, a digit or a Chinese character."""
    return _WORD.search(folded) is not None


def renamed(folded: str) -> tuple[str, ...]:
    """The term with one word of it under another of its names: 福彩公益金 → 福利彩票公益金. Abbreviations and official
    names only, which mean the same in any surroundings."""
    names = synonyms_of(frozenset({"abbreviation", "official_name"}))
    words_ = dict.fromkeys(token.text for token in tokens(folded, fine=True) if token.text != folded)
    return tuple(folded.replace(word, name) for word in words_ for name in names.get(word, ()) if name not in folded)


def known(word: str) -> bool:
    """Whether a folded word stands in the dictionary, jieba's or our lexicon."""
    return bool(_likelihoods(word).get(word))


def parts(word: str) -> tuple[str, ...]:
    """The shortest words a dictionary word is made of: 养老服务体系 → 养老, 服务, 体系; none of a simple word."""
    known = _likelihoods(word)
    split = _split(word, known) if len(word) > 2 and known.get(word) else []
    return tuple(piece for start, end in split for piece in parts(word[start:end]) or (word[start:end],))


_LONGEST_WORD = 5


def likelihood(run: str) -> float:
    """How likely the words of a short run of Chinese characters are, as a sum of logarithms: of the likeliest way to
    cut it by the dictionary. A character that begins no word there, or two of them, count as a rare word."""
    known, rarest = _likelihoods(run), _reference().rarest
    best = [0.0]
    for end in range(1, len(run) + 1):
        begins = range(max(0, end - _LONGEST_WORD), end)
        likely = [(begin, known.get(run[begin:end])) for begin in begins]
        unknown = ((begin, rarest - (end - begin - 1)) for begin, one in likely if not one and end - begin < 3)
        cuts = (*((begin, one) for begin, one in likely if one), *unknown)
        best.append(max(best[begin] + one for begin, one in cuts))
    return best[-1]


class _Within(NamedTuple):
    """parts: the words inside a long dictionary word, and inside those: 人民政府 → 人民, 政府, never 民政 across them.
    inside: the offsets in a dictionary word at which no word of it begins or ends."""

    parts: tuple[tuple[int, int], ...]
    inside: tuple[int, ...]


@_kept
def _within(word: str) -> _Within:
    """jieba's search mode gives every pair that is a word, 民政 in 人民政府 too; a split that covers the word does
    not."""
    if len(word) < 2 or not (known := _likelihoods(word)).get(word):
        return _Within((), ())
    split = _split(word, known) if len(word) > 2 else []
    inner = [(start, end) for start, end in split if end - start > 1]
    deeper = [(start + a, start + b) for start, end in inner for a, b in _within(word[start:end]).parts]
    ends = {end for span in (*split, *deeper) for end in span}
    inside = () if word.isascii() else tuple(offset for offset in range(1, len(word)) if offset not in ends)
    return _Within((*inner, *deeper), inside)


def _split(word: str, known: Mapping[str, float]) -> list[tuple[int, int]]:
    """The likeliest way to cut a dictionary word of three characters or more into two or more shorter words."""
    rarest = _reference().rarest
    best: list[tuple[float, int]] = [(0.0, 0)]  # for each end: how likely, and where its last part begins
    for end in range(1, len(word) + 1):
        parts = [(start, known.get(word[start:end])) for start in range(end) if end - start < len(word)]
        options = [
            (best[start][0] + (likely or rarest), start) for start, likely in parts if likely or end - start == 1
        ]
        best.append(max(options))
    spans: list[tuple[int, int]] = []
    end = len(word)
    while end:
        spans.insert(0, (best[end][1], end))
        end = best[end][1]
    return spans


def cuts(folded: str, words: Iterable[str], offsets: Iterable[int]) -> bytes:
    """A bit for each offset from 0 to the length of a text: set where a word may begin or end, at any level.

    words: of the text, each at its offset. What is not in the dictionary is guesswork, so a word may begin
    anywhere in it; but a figure or a Latin word is one (20 is not in 120, it not in reits), and one with 万 or 亿 is
    one whatever unit follows: 3.6亿 in 3.6亿元.
    """
    return cuts_of(folded, [cut_word(word).inside for word in words], offsets)


def cuts_of(folded: str, inside: Iterable[Iterable[int]], offsets: Iterable[int]) -> bytes:
    """cuts() of words of which CutWord.inside is known."""
    size = len(folded) // 8 + 1
    digits = bytearray(b"1" * (8 * size))  # of one number, written from its end
    for begin, within in zip(offsets, inside, strict=True):
        for offset in within:
            digits[begin + offset] = _ZERO
    for run in _LETTERS.finditer(folded):
        begin, end = run.span(1)
        digits[begin + 1 : end] = b"0" * (end - begin - 1)
        if run.end() > end:
            digits[run.end()] = _ONE
    return int(digits[::-1], 2).to_bytes(size, "little")


_ZERO, _ONE = b"01"


def may_cross(folded: str, start: int, end: int) -> bool:
    """Whether some word, figures and Latin ones too, may reach across either edge: only segmenting tells."""
    if any(folded[max(0, edge - 1) : edge + 1].isascii() for edge in (start, end)):
        return True
    return any(_reaches(folded, a, edge) for edge in (start, end) for a in range(max(0, edge - _LONGEST_WORD), edge))


def _reaches(folded: str, start: int, edge: int) -> bool:
    """Whether a dictionary word that begins at start ends beyond edge; jieba lists also what words begin with."""
    known = _likelihoods(folded[start : edge + 1])
    end = edge
    while known.get(folded[start:end]) is not None and end < len(folded):
        end += 1
        if known.get(folded[start:end]):
            return True
    return False


def is_whole(cuts_: bytes, start: int, end: int) -> bool:
    """Whether folded[start:end] begins and ends where words do, so that 民政 is not met in 人民政府."""
    return bool(cuts_[start >> 3] >> (start & 7) & cuts_[end >> 3] >> (end & 7) & 1)


def _pieces(folded: str) -> Iterator[tuple[str, int]]:
    """What may be segmented, with its offset: no long runs, no piece over _PIECE, cut after a sentence if it can."""
    at = 0
    for run in [*_RUN.finditer(folded), None]:
        end = run.start() if run else len(folded)
        while end - at > _PIECE:
            stop = folded.rfind("。", at, at + _PIECE) + 1
            cut = stop if stop > at else at + _PIECE
            yield folded[at:cut], at
            at = cut
        if end > at:
            yield folded[at:end], at
        at = run.end() if run else end


@office.follows
@cache
def dictionary_entries() -> tuple[segmenter.Entry, ...]:
    """The words of lexicon/civil_affairs.txt and the office's own, as documents and questions are compared."""
    entries = (row[0].split() for row in rows("civil_affairs.txt"))
    ours = tuple((fold(word), int(frequency), kind) for word, frequency, kind in entries)
    return (*ours, *_own_entries(ours)) if office.now().words else ours


def _own_entries(ours: tuple[segmenter.Entry, ...]) -> Iterator[segmenter.Entry]:
    """Three times as frequent as their likeliest parts in a row, as the lexicon has it: then they stay whole."""
    plain = segmenter.reference(ours)
    for word in dict.fromkeys(map(fold, office.now().words)):
        known = plain.likelihoods(word)
        if not known.get(word):
            parts = sum(known.get(part) or plain.rarest for part in plain.cut(word))
            yield word, max(20 if len(word) > 2 else 100, int(3 * exp(parts - plain.rarest)) + 1), "n"


_expected = {"many": False}  # texts in this process


def expect_many() -> None:
    """From now on many texts are cut in this process, by the fastest segmenter there is; into the same words."""
    if not _expected["many"]:
        _expected["many"] = True
        _segmenter.cache_clear()
        _segmenter()


@office.follows
@cache
def _segmenter() -> segmenter.Segmenter:
    return segmenter.fastest(dictionary_entries()) if _expected["many"] else _reference()


@office.follows
@cache
def _reference() -> segmenter.Reference:
    return segmenter.reference(dictionary_entries())


def _likelihoods(folded: str) -> Mapping[str, float]:
    """word -> the logarithm of its share of all words, for whatever stands in a folded text; 0 for what begins one."""
    return _reference().likelihoods(folded)


def is_wording(folded: str) -> bool:
    """Whether a term is made of dictionary words only, so that it was probably meant as it stands."""
    return all(len(token.text) > 1 and known(token.text) for token in tokens(folded, fine=False))
