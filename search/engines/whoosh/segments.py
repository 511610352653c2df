"""The segments of an index, and the file of columns beside each."""

from __future__ import annotations

from collections.abc import Mapping

from whoosh.reading import IndexReader

from search.engines.whoosh import generations


def leaves(reader: IndexReader) -> list[IndexReader]:
    """The readers of the segments; an index without documents has none."""
    return [leaf for leaf, _ in reader.leaf_readers()] if reader.doc_count_all() else []


def column_file(leaf: IndexReader) -> str:
    return f"{leaf.segment().segment_id()}{generations.SPARE}"


def identity_of(leaf: IndexReader, hashes: Mapping[str, str]) -> str:
    """What columns carry so that they are never taken for those of another segment; hashes: file -> sha256."""
    own = f"{leaf.segment().segment_id()}."
    files = (name for name in sorted(hashes) if name.startswith(own) and not name.endswith(generations.SPARE))
    return "\n".join(f"{name} {hashes[name]}" for name in files)


def deleted_in(leaf: IndexReader) -> list[int]:
    return [number for number in range(leaf.doc_count_all()) if leaf.is_deleted(number)] if leaf.has_deletions() else []
