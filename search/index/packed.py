"""A document as an index in files keeps it: what a card does not show is not read.

Facts as a line of JSON, then numbers of 32 bits, then the folded text, which is searched, and the text, of which only
what is shown is cut out. All in the order of bytes of most machines, whatever machine reads it.
"""

from __future__ import annotations

import json
from struct import Struct, unpack_from

from search.documents.document import Document
from search.documents.passages import Passages
from search.index import record
from search.text.kept import KeptText

# How many bytes the facts are; how many passages and headings there are; how many characters the text has, and how many
# bytes each of it and of the folded text.
_HEAD = Struct("<4I2B")
_FACTS = json.JSONDecoder()  # json.loads() looks for blanks around them, too: a third more for a piece of news


def dumps(document: Document) -> bytes:
    """The stored form; of a document that was read from one before, its texts are taken as they are."""
    placed = document.laid_out
    facts = record.facts(document) | {"outlines": placed.outlines}
    written = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    text, folded = placed.kept
    passages, headings = len(placed), sorted(placed.headings)
    numbers = (*placed.begins, *placed.numbers_of_paragraphs, *placed.outline_of, *headings)
    head = _HEAD.pack(len(written), passages, len(headings), len(text), text.width, folded.width)
    return b"".join((head, written, Struct(f"<{len(numbers)}I").pack(*numbers), folded.packed, text.packed))


def loads(stored: bytes) -> Document:
    """The document of dumps(). Raises ValueError, or struct.error, where it is longer or shorter than it says."""
    size, passages, headings, characters, width, folded_width = _HEAD.unpack_from(stored)
    at_numbers = _HEAD.size + size
    numbers = unpack_from(f"<{3 * passages + headings}I", stored, at_numbers)
    at_folded = at_numbers + 4 * len(numbers)
    at_text = at_folded + folded_width * characters
    if at_text + width * characters != len(stored):
        raise ValueError(f"a record of {len(stored)} bytes that says it has {at_text + width * characters}")
    known: record.Record
    known, _ = _FACTS.raw_decode(stored[_HEAD.size : at_numbers].decode("utf-8"))
    return record.document_of(
        known,
        Passages(
            KeptText(stored[at_text:], width),
            numbers[:passages],
            numbers[passages : 2 * passages],
            map(tuple, known["outlines"]),
            numbers[2 * passages : 3 * passages],
            numbers[3 * passages :],
            folded=KeptText(stored[at_folded:at_text], folded_width),
        ),
    )
