"""Texts that are kept beside an index; a large one is written piece by piece, and never held whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

# A text, or its pieces, which are asked for once.
Note: TypeAlias = "str | Iterable[str]"
# By name.
Notes: TypeAlias = Mapping[str, Note]


def pieces(note: Note) -> Iterable[str]:
    return (note,) if isinstance(note, str) else note


def chunks(note: Note, size: int) -> Iterator[str]:
    """The text in pieces of so many characters, the last one shorter; one that is empty where there is no text."""
    held: list[str] = []
    length, given = 0, False
    for piece in pieces(note):
        held.append(piece)
        length += len(piece)
        if length > size:
            joined, length = "".join(held), 0
            at = 0
            while len(joined) - at > size:
                yield joined[at : at + size]
                at, given = at + size, True
            held = [joined[at:]]
            length = len(held[0])
    if length or not given:
        yield "".join(held)
