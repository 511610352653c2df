"""All that can be done with one file without knowing the others, in the process that reads it: understood, analysed,
packed. So the one process that writes has nothing left to do but to write.
"""

from __future__ import annotations

import hashlib
import pickle
import re
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.ledger import Indexed
from indexer.versions import near
from search.documents.document import Document
from search.engines.waiting import Waiting, put, taken
from search.index import packed
from search.index.analysis import Analysis, analysed
from search.text import expect_many


@dataclass(frozen=True, slots=True)
class Prepared:
    """known: what the ledger keeps of a document. content: sha256 of the bytes that were read. packed: the document and
    its analysis, 8 KB of a news page, or where they wait.
    """

    known: Indexed
    content: str
    packed: bytes | Waiting


def prepared(path: Path, name: str) -> tuple[Prepared, ...]:
    """The documents of a file, in its order. Raises Unreadable."""
    # Here, as only those need it that read: with all its rules it takes half of the time in which a build starts.
    from indexer.understand import understand

    return tuple(of(document) for document in understand(path, name))


def prepared_of_many(shelf: Path | None, path: Path, name: str) -> tuple[Prepared, ...]:
    """The same of one file of a large run; where there is a shelf, the documents wait there."""
    expect_many()
    return tuple(put_down(one, shelf) for one in prepared(path, name))


def put_down(one: Prepared, shelf: Path | None) -> Prepared:
    """As it is where there is no shelf, or no room on its disk: whoever writes it says what is wrong with the disk."""
    waiting = put(shelf, one.packed) if shelf and isinstance(one.packed, bytes) else None
    return replace(one, packed=waiting) if waiting else one


def of(document: Document, analysis: Analysis | None = None) -> Prepared:
    """analysis: analysed(document), where it is known."""
    analysis = analysis or analysed(document)
    folded = analysis.grams.text
    known = Indexed(
        document.id,
        document.external_id,
        document.metadata.title.value,
        _text_hash(document.metadata.title.value + document.text),
        len(document.passages),
        len(folded),
        near.dumps(near.sketch(folded)),
    )
    # The record is smaller than the pickled document and three times as fast.
    together = pickle.dumps((packed.dumps(document), analysis), pickle.HIGHEST_PROTOCOL)
    return Prepared(known, document.original.sha256, together)


def unpacked(one: Prepared, shelf: Path | None = None) -> tuple[Document, Analysis]:
    """shelf: where it waits, if it does."""
    if isinstance(one.packed, Waiting):
        assert shelf, "it waits, and nobody says where"
        (together,) = taken(shelf, [one.packed])
    else:
        together = one.packed
    stored, analysis = pickle.loads(together)
    return packed.loads(stored), analysis


# Letters, digits and signs as wide as characters, to the plain ones; those that stand in every text. Replaced and
# looked for so they take 7 us a page of news, by str.translate() 42.
_PLAIN = {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
_FREQUENT = "，：；！？（）"
_WIDE = re.compile("[\uff01-\uff5e]")


def _text_hash(text: str) -> str:
    """Equal for the same characters, whatever the encoding, width and line breaks they came in.

    Not for what is only compared as the same, 藉 and 借: two such texts are two versions, and each is quoted as it is.
    """
    for wide in _FREQUENT:
        text = text.replace(wide, _PLAIN[wide])
    words = "".join(_WIDE.sub(lambda wide: _PLAIN[wide[0]], text).split())
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
