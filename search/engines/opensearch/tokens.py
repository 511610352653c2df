"""A text as the tokens of the cluster's character fields: one token at every offset, apart by blanks.

The token at an offset carries everything that may be asked about that offset; the analyzers of mapping.py take it apart
into terms at one position. Characters that the cluster would take for blanks, or that mean something here, go to a
private plane, so that every offset has a token.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

# A word may begin at the offset; one may end where the token's characters end.
BEGINS, ENDS = "\ue000", "\ue001"
# A passage or sentence: it begins at the offset, its last character is at the offset, both at once.
PASSAGE, SENTENCE = ("\ue010", "\ue011", "\ue012"), ("\ue014", "\ue015", "\ue016")
# Where nothing is to be found: the line feeds between paragraphs.
_NOTHING = "\ue02f"
# All of these, as a class of a regular expression.
SIGNS = "\ue000-\ue02f"

_STRANGE = re.compile("[\\s\ue000-\ue02f\ud800-\udfff]")
_PRIVATE = 0xF0000


def plain(string: str) -> str:
    """The string with as many characters, none of them a blank, a sign of this file or half of a character."""
    return _STRANGE.sub(lambda one: chr(_PRIVATE + ord(one[0])), string)


def indexed(folded: str, cuts: bytes, width: int, marks: Mapping[int, str] | None = None) -> str:
    """The tokens of a text, each of so many characters; marks: offset -> what else is to be found there.

    The last character of a line is with its line feed, as in analysis.Pairs.
    """
    marks, chars = marks or {}, plain(folded) + plain("\n") * (width - 1)
    return " ".join(
        marks.get(at, "") + (_NOTHING if char == "\n" else _token(chars, cuts, at, width))
        for at, char in enumerate(folded)
    )


def _token(chars: str, cuts: bytes, at: int, width: int) -> str:
    end = at + width
    begins = BEGINS if _is_cut(cuts, at) else ""
    return f"{begins}{chars[at:end]}{ENDS if end < len(cuts) * 8 and _is_cut(cuts, end) else ''}"


def _is_cut(cuts: bytes, at: int) -> int:
    return cuts[at >> 3] >> (at & 7) & 1


def marks_of(units: Iterable[tuple[tuple[str, str, str], Sequence[int]]], length: int) -> dict[int, str]:
    """units: the signs of a kind of unit and where each begins; a unit goes on to the next, the last to the end."""
    found: dict[int, str] = {}
    for (first, last, single), begins in units:
        for begin, end in zip(begins, [*begins, length][1:], strict=True):
            if end - begin <= 1:
                found[begin] = found.get(begin, "") + single
            else:
                found[begin] = found.get(begin, "") + first
                found[end - 1] = found.get(end - 1, "") + last
    return found
