"""All that can be done with one file without knowing the others, in the process that reads it: understood, analysed,
packed. So the one process that writes has nothing left to do but to write.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.ledger import Indexed
from indexer.understand import understand
from indexer.versions import groups, near
from indexer.versions.groups import Kin
from search.documents.document import Document
from search.index import record
from search.index.analysis import Analysis, Standing, analysed


@dataclass(frozen=True, slots=True)
class Prepared:
    """known: what the ledger keeps of a document. standing: what stands where in it, packed: the document with the rest
    of its analysis; 4 KB each of a news page."""

    known: Indexed
    standing: bytes
    packed: bytes


def prepared(path: Path, name: str) -> tuple[Prepared, ...]:
    """The documents of a file, in its order. Raises Unreadable."""
    return tuple(of(document) for document in understand(path, name))


def of(document: Document) -> Prepared:
    standing, found = analysed(document)
    folded = standing.grams.text
    known = Indexed(
        document.id,
        document.external_id,
        document.title.value,
        _text_hash(standing.title_grams.text + folded),
        len(document.passages),
        len(folded),
        near.dumps(near.sketch(folded)),
    )
    # The record is smaller than the pickled document and three times as fast.
    return Prepared(known, _packed(standing), _packed((record.dumps(document), found)))


def _packed(one: object) -> bytes:
    return pickle.dumps(one, pickle.HIGHEST_PROTOCOL)


def standing_in(one: Prepared) -> Standing:
    standing: Standing = pickle.loads(one.standing)
    return standing


def unpacked(packed: bytes, kin: Mapping[str, Kin] | None = None) -> tuple[Document, Analysis]:
    """The document, with what is to be said of its group, and the rest of its analysis."""
    stored, found = pickle.loads(packed)
    return groups.told(record.loads(stored), kin or {}), found


def _text_hash(folded: str) -> str:
    """Equal for the same words, whatever the encoding, width and line breaks they came in."""
    words = "".join(folded.split())
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
