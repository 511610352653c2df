"""The columns beside the segments of an index: written from the postings of each, once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from whoosh import index
from whoosh.reading import IndexReader

from search.engines.columns import files as column_files
from search.engines.whoosh import codec, generations
from search.engines.whoosh.fields import schema
from search.engines.whoosh.segments import column_file, identity_of, leaves


def write_columns(building: Path, hashes: Mapping[str, str]) -> None:
    """Writes the columns of the segments that have none, and removes those of segments that are gone."""
    with contextlib.closing(index.open_dir(str(building), schema=schema()).reader()) as reader:
        _write_columns_of(leaves(reader), building, hashes)


def _write_columns_of(leaves: Sequence[IndexReader], building: Path, hashes: Mapping[str, str]) -> None:
    wanted = {column_file(leaf) for leaf in leaves}
    for file in building.glob(f"*{generations.SPARE}"):
        if file.name not in wanted:
            file.unlink()
    for leaf in leaves:
        file = building / column_file(leaf)
        identity = identity_of(leaf, hashes)
        try:
            column_files.read(file, identity)
        except (OSError, ValueError, KeyError, TypeError):
            with contextlib.suppress(ValueError):  # too large for columns: Whoosh answers
                postings = column_files.mapped(building / f"{file.stem}{codec.POSTINGS}")
                column_files.write(file, Segment(leaf, identity, postings))


class Segment:
    """column_files.Segment over the reader of one Whoosh segment."""

    def __init__(self, reader: IndexReader, identity: str, postings: memoryview) -> None:
        self.identity = identity
        self._reader = reader
        self._postings = postings

    def column(self, name: str) -> Iterator[bytes]:
        return iter(self._reader.column_reader(name))

    def lengths(self) -> Iterator[int]:
        return iter(self._reader.column_reader("length"))

    def blocks(self, field: str) -> Iterator[column_files.TermBlock]:
        return codec.blocks(self._reader, field, self._postings)
