"""Which sentences of a document name an item: what the outline beside its text lists."""

from __future__ import annotations

from collections.abc import Iterator

from search.documents.document import Document, Passage
from search.text.item_marks import TOPIC_OPENER, marker


def begun(before: tuple[str, ...], outline: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """The places of an outline that the one before it was not in, outermost first, each with its depth."""
    same = 0
    while same < min(len(before), len(outline)) and before[same] == outline[same]:
        same += 1
    yield from enumerate(outline[same:], same)


def item_begins(document: Document) -> Iterator[int]:
    """The offsets in the text at which headings, items (一、 （一） 一是) and topics (养老服务工作，要…) begin."""
    before: tuple[str, ...] = ()
    for at, passage in zip(document.offsets, document.passages, strict=True):
        if passage.heading or (any(begun(before, passage.outline)) and _names_it(passage)):
            yield at
        before = passage.outline


def _names_it(passage: Passage) -> bool:
    """Whether a passage begins with the mark or the topic that is its place; 会议强调 is a place that names nothing."""
    topic = TOPIC_OPENER.match(passage.text)
    return marker(passage.text) is not None or (topic is not None and topic[1] == passage.outline[-1])
