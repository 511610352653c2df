"""Text as it is compared: width, case, traditional, variant and radical characters made one.

fold() is made of one-to-one replacements of single characters and knows no context. So fold(a + b) ==
fold(a) + fold(b) and offsets into the folded text are offsets into the displayed text: whatever stands in a
document is found when it is typed, and marks need no map.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from opencc import OpenCC

from search.text.tables import rows

# Where characters stand that are compared as another: capitals, signs, forms of other widths. Of the Chinese ones in
# between, whose width and case are the only ones there are, the tables name those that are.
_FOLDABLE = ((0x41, 0x5B), (0x80, 0x3400), (0xF900, 0xFB00), (0xFE00, 0x10000))
_CHINESE = ((0x3400, 0x4DC0), (0x4E00, 0xA000))
# Signs typed or scanned in the place of 〇 in years.
_ZEROS = {"○": "〇", "◯": "〇"}
# Signs that fold and stand in nearly every text: more than 99 in 100 of all characters that do.
_FREQUENT = "，；：（）！？"
# Invisible characters that copying leaves behind, as a class of a pattern; cleaning removes them from documents,
# searching from queries.
INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad"
_INVISIBLE = re.compile(f"[{INVISIBLE}]")


def fold(text: str) -> str:
    """Text as the index compares it: width, case, traditional, variant and radical characters made one.

    Same length as text; never for display.
    """
    frequent, others = _folding()
    for char, folded in frequent:
        text = text.replace(char, folded)
    table = folds()
    return others.sub(lambda one: table[one[0]], text)


def fold_query(text: str) -> str:
    """fold() for what a person typed: invisible characters dropped, so the length may change."""
    return fold(_INVISIBLE.sub("", text))


@cache
def radicals() -> dict[int, str]:
    """For str.translate(): each radical sign of Unicode to the character it looks like, ⺠ to 民."""
    return {ord(radical): character for radical, character, *_ in rows("radicals.tsv")}


@cache
def folds() -> dict[str, str]:
    """Character -> the one it is compared as, where that is another; by width, look, script and case in this order."""
    looks = {**_ZEROS, **{row[0]: row[1] for name in ("radicals.tsv", "variants.tsv") for row in rows(name)}}
    simple = _simple()
    chars = [chr(code) for begin, end in _FOLDABLE for code in range(begin, end)]
    chars += [char for char in {**looks, **simple} if any(begin <= ord(char) < end for begin, end in _CHINESE)]
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
    table = folds()
    others = (char for char in table if char not in _FREQUENT)
    return tuple((char, table[char]) for char in _FREQUENT), re.compile(f"[{''.join(map(re.escape, others))}]")


def _one(changed: str, char: str) -> str:
    return changed if len(changed) == 1 else char
