"""Fixed political wording (套话, lexicon/formulas.txt): what is no reason to call two texts alike, and slips in it.

A formula is written the same way everywhere, so that one character missing or wrong in it is a slip, where the same in
free wording would be another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from search.text import folding, lexicon, tables, tokenization
from search.text.keywords import Keywords
from search.text.tokenization import is_wording

# Characters of a part of a formula that is told from free wording: shorter ones (推动共同富裕) are phrases like others.
_SHORTEST = 8
_SIGNS = re.compile(r"[^\w]+")
# Numbers change from congress to congress, and an expression with another number is another expression.
_NUMBER = re.compile(r"[\d〇零一二三四五六七八九十百千万两]")


@dataclass(frozen=True, slots=True)
class Slip:
    """A part of a formula as it is written somewhere, at text[start:end], and as it should be."""

    start: int
    end: int
    right: str


@cache
def pattern() -> re.Pattern[str]:
    """The folded formulas, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(_folded(), key=len, reverse=True))))


def slips(folded: str) -> tuple[Slip, ...]:
    """Where a folded text has a part of a formula with one character missing or wrong, in reading order, disjoint.

    Inside it, for the first and last may belong to other words: 推进共同富裕 is no slip of 促进共同富裕. One half of it
    is always intact; so the halves are looked for, and what stands beside them is compared. Over 2.6 million characters
    of news, statutes and speeches it finds two, both of them slips, in two seconds.
    """
    held = set(_sought_halves().standing_in(folded))
    found: dict[range, Slip] = {}
    for part, first, second in _halves() if held else ():
        if first not in held and second not in held:
            continue
        begins = [_beside(folded, part, at, None) for at in _places(folded, first)]
        ends = [_beside(folded, part, None, at + len(second)) for at in _places(folded, second)]
        for slip in filter(None, (*begins, *ends)):
            if all(slip.start not in place and place.start not in range(slip.start, slip.end) for place in found):
                found[range(slip.start, slip.end)] = slip
    return tuple(sorted(found.values(), key=lambda slip: slip.start))


def _places(folded: str, half: str) -> Iterator[int]:
    at = folded.find(half)
    while at >= 0:
        yield at
        at = folded.find(half, at + len(half))


def shortened(folded: str) -> Iterator[str]:
    """A text that holds a part of a formula, with one character of that missing."""
    for part in _parts():
        if part in folded:
            yield from (folded.replace(part, wrong) for wrong in _shortened(part))


def _beside(folded: str, part: str, start: int | None, end: int | None) -> Slip | None:
    """The slip that begins at start, with the first half, or that ends at end, with the second."""
    for length, is_slip in ((len(part), _is_miswritten), (len(part) - 1, _is_shortened)):
        begin = start if start is not None else (end or 0) - length
        if begin >= 0 and is_slip(folded[begin : begin + length], part):
            return Slip(begin, begin + length, part)
    return None


def _is_shortened(written: str, part: str) -> bool:
    return written in _shortened(part)


@cache
def _shortened(part: str) -> tuple[str, ...]:
    """The part without one character of a word of it, where what is left of the word is none: 以人为中心的发展思想;
    in the order of what is missing, so that the same are looked for in every process."""
    wrongs = (
        part[: word.start + at] + part[word.start + at + 1 :]
        for word in tokenization.tokens(part, fine=False)
        for at in range(len(word.text))
        if _is_broken(word.text, word.text[:at] + word.text[at + 1 :])
    )
    return tuple(dict.fromkeys(wrong for wrong in wrongs if wrong not in part))


def _is_miswritten(written: str, part: str) -> bool:
    """Whether one character of a word is another one, which makes it no word: 推进 for 推动 is none."""
    wrong = [at for at, (one, other) in enumerate(zip(written, part, strict=False)) if one != other]
    if len(written) != len(part) or len(wrong) != 1 or wrong[0] in (0, len(part) - 1):
        return False
    (at,) = wrong
    word = next(word for word in tokenization.tokens(part, fine=False) if word.start <= at < word.end)
    return tokenization.has_word(written[at]) and _is_broken(word.text, written[word.start : word.end])


def _is_broken(word: str, written: str) -> bool:
    """Whether a word so written is none, nor several, nor a function word (更 for 更加); numbers are left alone."""
    if len(word) < 2 or _NUMBER.search(word) or _NUMBER.search(written):
        return False
    return written not in lexicon.stopwords() and not is_wording(written)


@cache
def _parts() -> tuple[str, ...]:
    """What stands between the signs of the formulas and is long enough to be told, the longest first."""
    parts = {part for formula in _folded() for part in _SIGNS.split(formula) if len(part) >= _SHORTEST}
    return tuple(sorted(parts, key=lambda part: (-len(part), part)))


@cache
def _halves() -> tuple[tuple[str, str, str], ...]:
    """Each part with its two halves."""
    return tuple((part, part[: len(part) // 2], part[len(part) // 2 :]) for part in _parts())


@cache
def _sought_halves() -> Keywords:
    return Keywords({half for _, *halves in _halves() for half in halves})


@cache
def _folded() -> tuple[str, ...]:
    return tuple(folding.fold(row[0]) for row in tables.rows("formulas.txt"))
