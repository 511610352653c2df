"""The one analysis of Chinese text, for indexing and for queries: fold, words, grams, fingerprint.

fold() is made of one-to-one replacements of single characters and knows no context. So fold(a + b) ==
fold(a) + fold(b) and offsets into the folded text are offsets into the displayed text: whatever stands in a
document is found when it is typed, and marks need no map.
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from opencc import OpenCC

from search import segmenter

LEXICON = Path(__file__).parent / "lexicon"

# Where characters stand that are compared as another: capitals, signs, Chinese characters, forms of other widths.
_FOLDABLE = ((0x41, 0x5B), (0x80, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0xFE00, 0x10000))
# Signs typed or scanned in the place of 〇 in years.
_ZEROS = {"○": "〇", "◯": "〇"}
# Signs that fold and stand in nearly every text: more than 99 in 100 of all characters that do.
_FREQUENT = "，；：（）！？"
# Invisible characters that copying leaves behind; cleaning removes them from documents, searching from queries.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")

# Characters of the longest words in the lexicon; jieba's own are shorter but for a few names.
_LONGEST_WORD = 16
# jieba's time grows with the square of a run of one character (民×16,000: 2.7 s), so runs are not segmented …
_RUN = re.compile(r"(.)\1{20,}")
# … and no piece is longer than this many characters.
_PIECE = 2000
_WORD = re.compile(r"[0-9a-z\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


# Stand in the index for any number with a unit and for a sum of money, in each passage that has one; no word is
# written so.
FIGURE, MONEY = "#", "¥"
_FIGURE = re.compile(r"\d[\d.,]*(?:%|[万亿]?[元人户个张所家名件次])")


# A sentence with its end and the quotes and brackets that close after it. Linear: the classes are complements.
_SENTENCE = re.compile(r"[^\n。!?！？]+[。!?！？]*[”’」』)）]*|[。!?！？]+[”’」』)）]*")


class Token(NamedTuple):
    """A word at text[start:end]; position counts long words, and words inside a long word share its position.

    A tuple: a text has one of two characters or less, and a frozen dataclass takes twice as long to make.
    """

    text: str
    start: int
    end: int
    position: int


T = TypeVar("T")


class _Kept(dict[str, T]):
    """What was found of each word; all is forgotten when that are too many words."""

    MOST = 1 << 16

    def __init__(self, find: Callable[[str], T]) -> None:
        self._find = find

    def __missing__(self, word: str) -> T:
        found = self._find(word)
        if len(self) >= self.MOST:
            self.clear()
        self[word] = found
        return found


def _kept(find: Callable[[str], T]) -> Callable[[str], T]:
    """What lru_cache does, for words, in a third of its time: it is asked several times for every word of a text."""
    return _Kept(find).__getitem__


def warm() -> None:
    """Loads lexicon and folding table now, so that the first question does not wait for them (a tenth of a second)."""
    words(fold("民政"))
    synonyms()
    typos()
    question_words()


def fold(text: str) -> str:
    """Text as the index compares it: width, case, traditional, variant and radical characters made one.

    Same length as text; never for display.
    """
    frequent, others = _folding()
    for char, folded in frequent:
        text = text.replace(char, folded)
    folds = _folds()
    return others.sub(lambda one: folds[one[0]], text)


def fold_query(text: str) -> str:
    """fold() for what a person typed: invisible characters dropped, so the length may change."""
    return fold(_INVISIBLE.sub("", text))


def tokens(folded: str, *, fine: bool) -> Iterator[Token]:
    """Words of a folded text in reading order; start and end are half-open character offsets into it.

    fine=True (indexing) also gives the words inside a long word. Punctuation and blanks give no token, nor does
    a run of more than 20 equal characters, which is found literally only.
    """
    position = 0
    for word, at in segmented(folded):
        # Most words begin with a Chinese character, which is sooner seen than found.
        if "\u4e00" <= word[0] <= "\u9fff" or _WORD.search(word):
            for start, end in _parts(word) if fine else ():
                yield Token(word[start:end], at + start, at + end, position)
            yield Token(word, at, at + len(word), position)
            position += 1


def segmented(folded: str) -> Iterator[tuple[str, int]]:
    """All words, signs and blanks of a folded text in order, with their offsets; long runs are left out."""
    cut = _segmenter().cut
    for piece, at in _pieces(folded):
        for word in cut(piece):
            yield word, at
            at += len(word)


@_kept
def held(word: str) -> tuple[str, ...]:
    """What tokens(fine=True) gives of a word as it was cut: the words inside it, and itself; of a sign nothing."""
    return (*(word[start:end] for start, end in _parts(word)), word) if _WORD.search(word) else ()


def words(folded: str) -> tuple[str, ...]:
    """The content words of a query term, in order, none twice: function words and lone punctuation left out."""
    found = (token.text for token in tokens(folded, fine=False) if token.text not in stopwords())
    return tuple(dict.fromkeys(found))


def grams(folded: str) -> Iterator[str]:
    """The pair of characters that begins at each offset; the last one is paired with a line feed."""
    for start in range(len(folded)):
        yield folded[start : start + 2] if start + 1 < len(folded) else folded[start] + "\n"


def sentences(folded: str) -> list[int]:
    """The offsets at which sentences begin: at the start, after a line feed, and after 。！？ with what closes them."""
    return [match.start() for match in _SENTENCE.finditer(folded)]


def figures(folded: str) -> tuple[str, ...]:
    """FIGURE where a folded text states a quantity (3245户, 94.6%), MONEY where it states a sum (84.5亿元)."""
    units = {match[0][-1] for match in _FIGURE.finditer(folded)}
    return ((FIGURE,) if units else ()) + ((MONEY,) if "元" in units else ())


def has_word(folded: str) -> bool:
    """Whether there is anything in it that can be looked for: a letter, a digit or a Chinese character."""
    return _WORD.search(folded) is not None


_DIGITS = "〇一二三四五六七八九"
_ARABIC_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Months and days stand with their year or each other; 一日 or 三月 alone is as often no date (一日三餐, 三月行动).
_ARABIC_DAY = re.compile(r"(?<=[年月])\d{1,2}(?=[月日])|(?<!\d)\d{1,2}(?=月\d{1,2}日)")
_CHINESE_DAY = re.compile(
    r"(?<=[年月])[一二三四五六七八九十]{1,3}(?=[月日])|[一二三四五六七八九十]{1,2}(?=月[一二三四五六七八九十]{1,3}日)"
)
_CHINESE_YEAR = re.compile(r"(?:一九|二[〇零])[〇零一二三四五六七八九]{2}")


def number_forms(folded: str) -> tuple[str, ...]:
    """Other writings of the years, months and days in a query term: 2024年 for 二〇二四年 and 二零二四年, and back."""
    arabic = _CHINESE_DAY.sub(
        lambda day: _as_number(day[0]), _CHINESE_YEAR.sub(lambda year: _as_arabic(year[0]), folded)
    )
    chinese = _ARABIC_YEAR.sub(lambda year: "".join(_DIGITS[int(digit)] for digit in year[0]), arabic)
    chinese = _ARABIC_DAY.sub(lambda day: _as_chinese(int(day[0])), chinese)
    forms = (arabic, chinese, chinese.replace("〇", "零"))
    return tuple(dict.fromkeys(form for form in forms if form != folded))


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Folded term -> what else is looked for, from lexicon/synonyms.tsv, in the order of the file."""
    return _synonyms(frozenset({"abbreviation", "old_name", "official_name", "everyday", "variant"}))


def renamed(folded: str) -> tuple[str, ...]:
    """The term with one word of it under another of its names: 福彩公益金 → 福利彩票公益金. Abbreviations and official
    names only, which mean the same in any surroundings."""
    names = _synonyms(frozenset({"abbreviation", "official_name"}))
    words_ = dict.fromkeys(token.text for token in tokens(folded, fine=True) if token.text != folded)
    return tuple(folded.replace(word, name) for word in words_ for name in names.get(word, ()) if name not in folded)


@cache
def _synonyms(kinds: frozenset[str]) -> dict[str, tuple[str, ...]]:
    widened: dict[str, list[str]] = {}
    for term, synonym, direction, kind, *_ in rows("synonyms.tsv"):
        pairs = [(term, synonym), (synonym, term)] if direction == "<->" else [(term, synonym)]
        for one, other in pairs if kind in kinds else []:
            widened.setdefault(fold(one), []).append(fold(other))
    return {term: tuple(dict.fromkeys(others)) for term, others in widened.items()}


@cache
def radicals() -> dict[int, str]:
    """For str.translate(): each radical sign of Unicode to the character it looks like, ⺠ to 民."""
    return {ord(radical): character for radical, character, *_ in rows("radicals.tsv")}


@cache
def typos() -> tuple[tuple[str, str], ...]:
    """Folded (right, wrong): writings that are practically always slips, from lexicon/typos.tsv."""
    pairs = ((fold(right), fold(wrong)) for wrong, right, *_ in rows("typos.tsv"))
    return tuple((right, wrong) for right, wrong in pairs if right != wrong)


@cache
def question_words() -> re.Pattern[str]:
    """What can be left out of a question in everyday words: 怎么, 多少钱, 哪些人 …; the longest first."""
    phrases = sorted((fold(row[0]) for row in rows("question_words.txt")), key=len, reverse=True)
    # A single character (吗, 呢, 谁) asks only at the end of a question or before a blank.
    return re.compile("|".join(re.escape(one) + ("" if len(one) > 1 else r"(?=[\s?]|$)") for one in phrases))


@cache
def stopwords() -> frozenset[str]:
    """Folded function words, which carry no meaning of their own in a query."""
    return frozenset(fold(row[0]) for row in rows("stopwords.txt"))


def rows(name: str) -> Iterator[list[str]]:
    """The cells of each line of a lexicon file; comments, blank lines and a header line are left out."""
    header = name.endswith(".tsv")
    for line in (LEXICON / name).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if header:
            header = False
            continue
        yield line.split("\t")


@cache
def fingerprint() -> str:
    """Changes when an index made before would no longer fit what queries are turned into."""
    digest = hashlib.sha256(f"jieba {segmenter.VERSION} {sys.byteorder}\n".encode())
    code = [
        Path(__file__).with_name(name) for name in ("analysis.py", "lines.py", "schema.py", "segmenter.py", "text.py")
    ]
    for file in sorted([*code, *LEXICON.iterdir()]):
        digest.update(file.name.encode() + b"\n" + file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def known(word: str) -> bool:
    """Whether a folded word stands in the dictionary, jieba's or our lexicon."""
    return bool(_likelihoods(word).get(word))


def parts(word: str) -> tuple[str, ...]:
    """The shortest words a dictionary word is made of: 养老服务体系 → 养老, 服务, 体系; none of a simple word."""
    split = _split(word)
    return tuple(piece for start, end in split for piece in parts(word[start:end]) or (word[start:end],))


@_kept
def _parts(word: str) -> tuple[tuple[int, int], ...]:
    """The words inside a long dictionary word, and inside those: 人民政府 → 人民, 政府, never 民政 across them.

    jieba's search mode gives every pair that is a word, 民政 in 人民政府 too; a split that covers the word does not.
    """
    split = _split(word)
    inner = [(start, end) for start, end in split if end - start > 1]
    deeper = [(start + a, start + b) for start, end in inner for a, b in _parts(word[start:end])]
    return (*inner, *deeper)


def _split(word: str) -> list[tuple[int, int]]:
    """The likeliest way to cut a dictionary word of three characters or more into two or more shorter words."""
    known, rarest = _likelihoods(word), _reference().rarest
    if len(word) < 3 or not known.get(word):
        return []
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


def cuts(length: int, found: Iterable[tuple[int, str]]) -> bytes:
    """A bit for each offset from 0 to length: set where a word may begin or end, at any level.

    found: the words of a text of that length, each with its offset. What is not in the dictionary is guesswork, so a
    word may begin anywhere in it.
    """
    size = length // 8 + 1
    digits = bytearray(b"1" * (8 * size))  # of one number, written from its end
    for begin, word in found:
        for offset in _inside(word):
            digits[begin + offset] = _ZERO
    return int(digits[::-1], 2).to_bytes(size, "little")


_ZERO = ord("0")


@_kept
def _inside(word: str) -> tuple[int, ...]:
    """The offsets in a dictionary word at which no word of it begins or ends."""
    if len(word) < 2 or word.isascii() or not _likelihoods(word).get(word):
        return ()
    ends = {end for span in (*_parts(word), *_split(word)) for end in span}
    return tuple(offset for offset in range(1, len(word)) if offset not in ends)


def may_cross(folded: str, start: int, end: int) -> bool:
    """Whether some dictionary word reaches across either edge, so that only segmenting can tell if words end there."""
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
    return all(cuts_[at >> 3] >> (at & 7) & 1 for at in (start, end))


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


def _as_number(day: str) -> str:
    """十二 → 12, 二十 → 20, 三十一 → 31; what is no number of a day stays."""
    tens, ten, ones = day.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or (not ten and len(day) > 1):
        return day
    value = (_DIGITS.index(tens or "一") * 10 if ten else 0) + (_DIGITS.index(ones) if ones else 0)
    return str(value)


def _as_chinese(day: int) -> str:
    tens, ones = divmod(day, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _as_arabic(year: str) -> str:
    return "".join("0" if char == "零" else str(_DIGITS.index(char)) for char in year)


@cache
def _folds() -> dict[str, str]:
    """Character -> the one it is compared as, where that is another; by width, look, script and case in this order."""
    looks = {**_ZEROS, **{row[0]: row[1] for name in ("radicals.tsv", "variants.tsv") for row in rows(name)}}
    simple = _simple()
    chars = [chr(code) for begin, end in _FOLDABLE for code in range(begin, end)]
    wide = unicodedata.normalize("NFKC", "\n".join(looks.get(char, char) for char in chars)).split("\n")
    folded = {
        char: _one(one, char)
        for char, one in zip(chars, wide, strict=True)
        if one != char or char in simple or char.lower() != char
    }
    for table in (looks, simple, simple, looks):  # twice: 薴 is written 苧 now, and that 苎
        folded = {char: table.get(one, one) for char, one in folded.items()}
    return {char: lower for char, one in folded.items() if (lower := _one(one.lower(), one)) != char}


def _simple() -> dict[str, str]:
    """Traditional character -> simplified; OpenCC would be asked for 28,000, of which it knows 4,000."""
    tables = OpenCC("t2s").dict_cache.values()
    return {one: simple.split(" ")[0] for *_, table in tables for one, simple in table.items() if len(one) == 1}


@cache
def _folding() -> tuple[tuple[tuple[str, str], ...], re.Pattern[str]]:
    """The signs that stand in every text with what they become, and a pattern of all other characters that change.

    Replaced and searched for so, a text is folded in 7 ns a character; str.translate() takes 60.
    """
    table = _folds()
    others = (char for char in table if char not in _FREQUENT)
    return tuple((char, table[char]) for char in _FREQUENT), re.compile(f"[{''.join(map(re.escape, others))}]")


def _one(changed: str, char: str) -> str:
    return changed if len(changed) == 1 else char


@cache
def _lexicon() -> tuple[segmenter.Entry, ...]:
    """The words of lexicon/civil_affairs.txt as documents and questions are compared."""
    entries = (row[0].split() for row in rows("civil_affairs.txt"))
    return tuple((fold(word), int(frequency), kind) for word, frequency, kind in entries)


@cache
def _segmenter() -> segmenter.Segmenter:
    return segmenter.fastest(_lexicon())


@cache
def _reference() -> segmenter.Reference:
    return segmenter.reference(_lexicon())


def _likelihoods(folded: str) -> Mapping[str, float]:
    """word -> the logarithm of its share of all words, for whatever stands in a folded text; 0 for what begins one."""
    return _reference().likelihoods(folded)
