"""Which sentences of a document name an item: what the outline beside its text lists."""

from __future__ import annotations

from collections.abc import Iterator

from search.documents.document import Document
from search.text.item_marks import marker


def begun(before: tuple[str, ...], outline: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """The places of an outline that the one before it was not in, outermost first, each with its depth."""
    same = 0
    while same < min(len(before), len(outline)) and before[same] == outline[same]:
        same += 1
    yield from enumerate(outline[same:], same)


def item_begins(document: Document) -> Iterator[int]:
    """The offsets in the text at which headings and items (一、 （一） 一是) begin."""
    before: tuple[str, ...] = ()
    for at, passage in zip(document.offsets, document.passages, strict=True):
        begins = any(begun(before, passage.outline)) and marker(passage.text) is not None
        if passage.heading or begins:
            yield at
        before = passage.outline
