"""A text as the tokens of the cluster's character fields: one token at every offset, apart by blanks.

The token at an offset carries everything that may be asked about that offset; the analyzers of mapping.py take it apart
into terms at one position. Characters that the cluster would take for blanks, or that mean something here, go to a
private plane, so that every offset has a token.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from operator import add

# A word may begin at the offset; one may end where the token's characters end.
BEGINS, ENDS = "\ue000", "\ue001"
# A passage or sentence: it begins at the offset, its last character is at the offset, both at once.
PASSAGE, SENTENCE = ("\ue010", "\ue011", "\ue012"), ("\ue014", "\ue015", "\ue016")
# The same of a sentence that names an item.
ITEM = ("\ue018", "\ue019", "\ue01a")
# Where nothing is to be found: the line feeds between paragraphs.
_NOTHING = "\ue02f"
# All of these, as a class of a regular expression.
SIGNS = "\ue000-\ue02f"

_STRANGE = re.compile("[\\s\ue000-\ue02f\ud800-\udfff]")
_LINE_END = re.compile("\n")
_PRIVATE = 0xF0000


def plain(string: str) -> str:
    """The string with as many characters, none of them a blank, a sign of this file or half of a character."""
    return _STRANGE.sub(lambda one: chr(_PRIVATE + ord(one[0])), string)


def is_plain(string: str) -> bool:
    return _STRANGE.search(string) is None


def indexed(folded: str, cuts: bytes, width: int, marks: Mapping[int, str] | None = None) -> str:
    """The tokens of a text, each of so many characters; marks: offset -> what else is to be found there.

    The last character of a line is with its line feed, as in analysis.Pairs.
    """
    begin, end = _flags(cuts, len(folded) + width, BEGINS), _flags(cuts, len(folded) + width, ENDS)
    chars = plain(folded) + plain("\n") * (width - 1)
    pieces = chars if width == 1 else map(add, chars, chars[1:])
    found = list(map("".join, zip(begin, pieces, end[width:], strict=False)))
    for line_end in _LINE_END.finditer(folded):
        found[line_end.start()] = _NOTHING
    for at, signs in (marks or {}).items():
        if at < len(found):
            found[at] = signs + found[at]
    return " ".join(found)


def _flags(cuts: bytes, length: int, sign: str) -> list[str]:
    """The sign where a word may begin or end, nothing elsewhere, of so many offsets."""
    bits = bin(int.from_bytes(cuts, "little") | 1 << length)[:1:-1]
    return [sign if bit == "1" else "" for bit in bits[:length]]


def marks_of(
    units: Iterable[tuple[tuple[str, str, str], Sequence[int]]], length: int, items: Container[int] = ()
) -> dict[int, str]:
    """units: the signs of a kind of unit and where each begins; a unit goes on to the next, the last to the end.
    items: the beginnings of those sentences that have the signs of an item, too."""
    found: dict[int, str] = {}
    spans = [
        (own, begin, end)
        for signs, begins in units
        for begin, end in zip(begins, [*begins, length][1:], strict=True)
        for own in ((signs, ITEM) if signs == SENTENCE and begin in items else (signs,))
    ]
    for (first, last, single), begin, end in spans:
        if end - begin <= 1:
            found[begin] = found.get(begin, "") + single
        else:
            found[begin] = found.get(begin, "") + first
            found[end - 1] = found.get(end - 1, "") + last
    return found
