"""The only changes of characters there are between a file and its clean text, and what a Chinese character is.

Half-width , ; : ? ! ( ) beside Chinese become full-width (one for one); zero-width characters and the blanks beside
Chinese characters go, those that part cells and names aside (boundaries.py); inserted pinyin goes by name.
"""

from __future__ import annotations

import re
from functools import cache

from indexer.articles.boundaries import SEPARATOR, parted
from indexer.articles.remembered import remembered
from search.text import folds
from search.text.folding import INVISIBLE
from search.text.patterns import lazy

_CHINESE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’…—·"
_ZERO_WIDTH = re.compile(f"[{INVISIBLE}]")
_BLANKS = re.compile(rf"(?<=[{_CHINESE}])\s+|\s+(?=[{_CHINESE}])")
_HALF = re.compile(rf"(?<=[{_CHINESE}])[,;:?!]|[,;:?!](?=[{_CHINESE}])")
_FULL = str.maketrans(",;:?!()", "，；：？！（）")
_BRACKET = re.compile(r"[()]")
_NO_WORD = re.compile(r"\W+")
# Whatever tidy() may change; most paragraphs have none of it, and one look tells.
_UNTIDY = re.compile(rf"[\s,;:?!(){INVISIBLE}]")


def tidy(text: str) -> str:
    """text as it is shown and quoted; the only changes are those the module names."""
    if not _UNTIDY.search(text):
        return text
    pieces = parted(_ZERO_WIDTH.sub("", text).replace("\xa0", " "))
    return SEPARATOR.join(tidied for piece in pieces if (tidied := _tidied(piece)))


def _tidied(text: str) -> str:
    shown = re.sub(r"\s+", " ", _BLANKS.sub("", text.strip()))
    return _fold_brackets(_HALF.sub(lambda m: m.group().translate(_FULL), shown))


def spelt(text: str) -> str:
    """Without signs and blanks: a page writes its headline and its summary again with other marks, or with none."""
    return _NO_WORD.sub("", text)


def tidy_title(text: str) -> str:
    """A headline: as tidy, but a blank between two Chinese characters stays, because it parts the headline's lines."""
    parts = re.split(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", _ZERO_WIDTH.sub("", text).strip())
    return " ".join(tidied for part in parts if (tidied := tidy(part)))


def _fold_brackets(text: str) -> str:
    """Round brackets in pairs: both become full-width when either stands beside a Chinese character."""
    if "(" not in text and ")" not in text:
        return text
    folded = list(text)
    opened: list[int] = []
    for found in _BRACKET.finditer(text):
        at = found.start()
        if text[at] == "(":
            opened.append(at)
        pair = (at,) if text[at] == "(" or not opened else (opened.pop(), at)
        if text[at] == ")" and any(_beside_chinese(text, i) for i in pair):
            for i in pair:
                folded[i] = folded[i].translate(_FULL)
    for at in opened:
        if _beside_chinese(text, at):
            folded[at] = "（"
    return "".join(folded)


def _beside_chinese(text: str, at: int) -> bool:
    return any(is_chinese(c) for c in (text[at - 1 : at], text[at + 1 : at + 2]) if c)


_IS_CHINESE = lazy(f"[{_CHINESE}]")


def is_chinese(character: str) -> bool:
    return bool(_IS_CHINESE.match(character))


_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def has_chinese(text: str) -> bool:
    return _HAN.search(text) is not None


_NARROW = re.compile("[\0-\u1fff]+")


@remembered
def cells(text: str) -> float:
    """Width in columns of a Chinese page: a full-width character 1, an ASCII one ½."""
    return len(text) - 0.5 * sum(map(len, _NARROW.findall(text)))


# 庄乾坤: a simplified character, too, and in names no 干
_BOTH = "乾"


@cache
def _readable() -> tuple[re.Pattern[str], dict[str, str]]:
    """Characters that the rules write otherwise: traditional ones, radicals, full-width figures; not punctuation."""
    forms = {
        char: folded
        for char, folded in folds().items()
        if not char.isascii()
        and char not in _BOTH
        and ((char.isalpha() and not folded.isascii()) or folded.isdecimal())
    }
    return re.compile(f"[{''.join(map(re.escape, forms))}]"), forms


@remembered
def readable(text: str) -> str:
    """text in simplified characters and ASCII figures, one for one, for the rules to read; never for display."""
    if text.isascii():
        return text
    pattern, forms = _readable()
    return pattern.sub(lambda found: forms[found[0]], text)


# --- inserted pinyin -------------------------------------------------------------------------------------------

_TONED = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ"
_TONE = re.compile(f"[{_TONED}]")
# 民(mín)政, 逄（páng）, 民mín政: a syllable with its tone mark after a Chinese character, in brackets or bare
_PINYIN = lazy(
    rf"(?<=[\u3400-\u9fff])[ ]{{0,2}}(?:[（(][ ]{{0,2}}(?=[^）)]{{0,40}}[{_TONED}])[a-zü{_TONED}' ]{{1,40}}[）)]"
    rf"|(?=[a-zü]{{0,5}}[{_TONED}])[a-zü{_TONED}]{{1,6}}(?:[ ][a-zü{_TONED}]{{1,6}}){{0,5}}(?![a-z]))[ ]{{0,2}}"
)


def without_pinyin(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without the pinyin that a word processor or a reading aid put behind its characters, and what it was.

    With it no term is found: 民mín政zhèng. Only syllables with a tone mark; Latin words stay.
    """
    if not _TONE.search(text):
        return text, ()
    removed = tuple(found.group().strip() for found in _PINYIN.finditer(text))
    return _PINYIN.sub("", text), removed
