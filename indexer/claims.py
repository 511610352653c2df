"""Which file has a content or a text in the index: the one that came first, for as long as it is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indexer.ledger import Entry, Indexed, Repeat
from search.documents.filenames import shown


class Claims:
    """Begins with the entries of an index; grows as further files are read.

    A content is known by its sha256 and by the ids of its documents, which come from it: readers of two kinds can make
    two texts of the same bytes, and these would have one id.
    """

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries: dict[str, Entry] = {}
        self._contents: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        for key, entry in entries.items():
            self.add(key, entry)

    def add(self, key: str, entry: Entry) -> None:
        """Takes what a file has in the index for its own, where no other has it."""
        self._entries[key] = entry
        if entry.documents:
            self._contents.setdefault(entry.sha256, key)
        for one in entry.documents:
            self._contents.setdefault(one.id, key)
            self._texts.setdefault(one.text_hash, key)

    def text(self, text_hash: str) -> str:
        """Key of the file that has a text; empty where none has it."""
        return self._texts.get(text_hash, "")

    def original(self, key: str, sha256: str, ids: Iterable[str]) -> str:
        """Key of another file with the content of this one; empty where there is none."""
        holders = (self._contents.get(content, key) for content in (sha256, *ids) if content)
        return next((holder for holder in holders if holder != key), "")

    def repeated(self, original: str, name: str) -> tuple[Repeat, ...]:
        """What a file of this name repeats when it has the content of the original: all that is in it."""
        entry = self._entries[original]
        documents: tuple[Indexed | Repeat, ...] = (*entry.documents, *entry.repeats)
        name = shown(name)
        held = [(one.external_id, one.text_hash) for one in documents]
        return tuple(
            Repeat(f"{name}#{of.rpartition('#')[2]}" if len(held) > 1 else name, text_hash) for of, text_hash in held
        )
