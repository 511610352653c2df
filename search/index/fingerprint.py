"""Whether an index made before still fits what queries are turned into."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from functools import cache

from search.index.schema import VERSION
from search.text import office, segmenter
from search.text.tables import LEXICON


def fingerprint() -> str:
    """Of the version of the index (schema.VERSION), the lexicon with the office's own words that are in use, the
    segmenter and the order of bytes; 16 hex digits.

    An index with another one is refused, so nothing that leaves an index usable may change it: a comment in the code
    does not. tests/index/test_fingerprint.py finds out when the code analyses otherwise and VERSION was not raised.
    """
    return _of(office.now().words)


def fits(made_by: str, own: Callable[[], str | None]) -> bool:
    """Whether an index of that fingerprint can be searched with the words kept in it (office.NOTE), which are asked for
    only where it was made with any."""
    return made_by == _of(()) or made_by == _of(office.loads(own()).words)


@cache
def _of(words: tuple[str, ...]) -> str:
    said = (
        f"{VERSION} {lexicon_digest()} jieba {segmenter.VERSION} {sys.byteorder}{''.join(f' {one}' for one in words)}"
    )
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@cache
def lexicon_digest() -> str:
    """Of what stands in the files of search/lexicon/, whatever line ends they have; 16 hex digits."""
    digest = hashlib.sha256()
    for file in sorted(LEXICON.iterdir()):
        digest.update(file.name.encode() + b"\n" + file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]
