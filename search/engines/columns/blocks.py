"""Postings as they are written: those of many terms at once, whoever put them in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

# Of a term its places, its documents, the most places in one of them, the first and the last document, and where in
# the block its postings begin and how many bytes they are.
Facts: TypeAlias = tuple[int, int, int, int, int, int, int]


class Block(NamedTuple):
    """Terms of a field, ascending, and the postings of all of them one after the other.

    written: of a term (document, places in it) of each document, then all positions, which a field of whole values has
    none of; 32-bit numbers in the byte order of the machine.
    """

    field: str
    terms: Sequence[str]
    facts: Iterable[Facts]
    written: bytes
