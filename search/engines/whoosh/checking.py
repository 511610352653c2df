"""Whether an index says the same in all its parts: its columns what its postings say, its count what it holds."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Mapping
from pathlib import Path

from whoosh import index
from whoosh.reading import IndexReader

from search.engines.columns import files as column_files
from search.engines.whoosh import codec, generations
from search.engines.whoosh.beside import Segment
from search.engines.whoosh.fields import schema
from search.engines.whoosh.segments import column_file, identity_of, leaves


def contradictions(generation: generations.Generation) -> list[str]:
    """In Chinese; of a generation whose bytes are as they were written."""
    folder, manifest = generation.path, generation.manifest
    try:
        with contextlib.closing(index.open_dir(str(folder), readonly=True, schema=schema()).reader()) as reader:
            hashes = {name: facts["sha256"] for name, facts in manifest["files"].items()}
            wrong = [name for leaf in leaves(reader) if (name := _other_columns(leaf, folder, hashes))]
            held = reader.doc_count()
    except Exception as error:  # Whoosh raises what it meets
        return [f"索引 {folder.name} 打不开或读不完（{type(error).__name__}: {error}）"]
    found = [f"列文件与索引里的内容不一致 {folder.name}/{name}" for name in wrong]
    if held != manifest["documents"]:
        found.append(f"索引 {folder.name} 里有 {held} 篇，清单上是 {manifest['documents']} 篇")
    return found


def _other_columns(leaf: IndexReader, folder: Path, hashes: Mapping[str, str]) -> str:
    """The name of a segment's columns where they are not what would be written now; a segment may have none."""
    file = folder / column_file(leaf)
    if not file.exists():
        return ""
    postings = folder / f"{file.stem}{codec.POSTINGS}"
    with tempfile.TemporaryDirectory() as scratch:
        again = Path(scratch) / file.name
        column_files.write(again, Segment(leaf, identity_of(leaf, hashes), postings))
        return "" if generations.sha256(again) == generations.sha256(file) else file.name
