"""The same wording but for one character: another one in its place, one too few or one too many."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Characters of the shortest wording: half of it stands as it is, and four in a row do not meet by chance.
SHORTEST = 8
# Different writings of one wording that are taken from one text.
_MOST = 8
# Another sign is no other character (signs.py), another figure is another fact.
_WORDS = re.compile(r"[^\W\d_a-z〇零一二两三四五六七八九十百千万亿]?")


def found_in(wording: str, folded: str) -> tuple[str, ...]:
    """The stretches of a folded text that are a wording but for one character; none of a short one."""
    if len(wording) < SHORTEST:
        return ()
    half = len(wording) // 2
    found: dict[str, None] = {}
    for stretch in (*_beginning(wording, half, folded), *_ending(wording, half, folded)):
        found[stretch] = None
        if len(found) == _MOST:
            break
    return tuple(found)


def is_nearly(wording: str, written: str) -> bool:
    """Whether a text is the wording but for one character, and nothing else."""
    return len(wording) >= SHORTEST and difference(wording, written) is not None


def difference(wording: str, written: str) -> tuple[str, str] | None:
    """The one character of the wording, and what is written in its place; either may be empty. None where they are
    equal, or differ in more or in signs or figures."""
    same = _same(wording, written)
    for wanted, there in ((1, 1), (1, 0), (0, 1)):
        one, other = wording[same : same + wanted], written[same : same + there]
        if wording[same + wanted :] == written[same + there :] and len(one) == wanted and len(other) == there:
            return (one, other) if _WORDS.fullmatch(one) and _WORDS.fullmatch(other) else None
    return None


def _beginning(wording: str, half: int, folded: str) -> Iterator[str]:
    """The stretches that begin with the first half of the wording."""
    for window in dict.fromkeys(folded[at : at + len(wording) + 1] for at in _places(wording[:half], folded)):
        for length in (len(wording), len(wording) - 1, len(wording) + 1):
            if difference(wording, stretch := window[:length]):
                yield stretch
                break


def _ending(wording: str, half: int, folded: str) -> Iterator[str]:
    """Those that end with the second."""
    second = wording[half:]
    windows = (folded[max(0, at - half - 1) : at + len(second)] for at in _places(second, folded))
    for window in dict.fromkeys(windows):
        for length in (half, half - 1, half + 1):
            if difference(wording, stretch := window[-length - len(second) :]):
                yield stretch
                break


def _places(part: str, folded: str) -> Iterator[int]:
    """Where a part begins; places that overlap each other, too.

    A sign repeated without end begins everywhere: what stands around several places alike is looked at once.
    """
    at = folded.find(part)
    while at >= 0:
        yield at
        at = folded.find(part, at + 1)


def _same(one: str, other: str) -> int:
    """How many characters they begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
