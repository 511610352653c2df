"""What is said about the documents of a folder beside their text, and in which order it is believed.

A person's correction wins over sources.csv, which wins over what the page and the text say.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.statements import corrections, sources, words
from indexer.statements.corrections import Correction, Log
from indexer.statements.fields import stated
from search.documents.document import Document
from search.documents.filenames import shown


@dataclass(frozen=True, slots=True)
class Statements:
    """Everything said about the files of one corpus folder, which are asked for by their names as kept()."""

    log: Log
    rows: Mapping[str, tuple[sources.Row, ...]]  # by the file's path as shown(); the table nearest to the file last
    problems: tuple[str, ...]

    def digest(self, file: str, sha256: str) -> str:
        """Changes when anything said about a file does; empty where nothing is said."""
        if not self.rows and not self.log.lines:  # as of most folders, whose files are all asked about in each run
            return ""
        said = (*self.rows.get(shown(file), ()), *self.log.about(file, sha256))
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16] if said else ""

    def sourced(self, file: str, found: Sequence[Document]) -> tuple[Document, ...]:
        """The documents of a file as found, with what the tables say of them."""
        rows = self.rows.get(shown(file), ())
        return tuple(
            stated(document, sources.statements(rows, article, len(found)))
            for article, document in enumerate(found, start=1)
        )

    def history(self, file: str, sourced: Sequence[Document]) -> tuple[tuple[Correction, ...], ...]:
        """For each document of a file every correction there was, the first one first."""
        return corrections.placed(self.log.about(file, sourced[0].original.sha256 if sourced else ""), sourced)

    def applied(self, file: str, found: Sequence[Document]) -> tuple[Document, ...]:
        """The documents of a file with everything that is said about them."""
        documents = self.sourced(file, found)
        lines = self.history(file, documents)
        return tuple(corrected(document, mine) for document, mine in zip(documents, lines, strict=True))

    def unused(self, files: Mapping[str, str]) -> tuple[str, ...]:
        """Notes on what is said about files that are not there. files: path → sha256."""
        contents, names = set(files.values()), {shown(file) for file in files}
        rows = [file for file in self.rows if file not in names]
        lines = {one.file for one in self.log.lines if one.file not in files and one.sha256 not in contents}
        return (
            *(f"{sources.NAME} 提到的文件不在文件夹里：{file}" for file in rows),
            *(f"{corrections.NAME} 校正过的文件不在文件夹里，校正仍然保留：{shown(file)}" for file in sorted(lines)),
        )


def corrected(document: Document, lines: Sequence[Correction]) -> Document:
    """A document with people's corrections, and a doubt for each that no longer replaces what it replaced."""
    held = corrections.holding(lines)
    doubts = [doubt for line in held if (doubt := corrections.outdated(line, document))]
    result = stated(document, corrections.statements(held))
    return replace(result, warnings=(*doubts, *result.warnings))


def read(corpus: Path) -> Statements:
    """What is said in the tables and the log of a folder."""
    log = corrections.read(corpus)
    tables = [sources.read(path, corpus) for path in _tables(corpus)]
    rows: dict[str, tuple[sources.Row, ...]] = {}
    for table in tables:
        for row in table.rows:
            rows[row.file] = (*rows.get(row.file, ()), row)
    return Statements(log, rows, (*log.problems, *(problem for table in tables for problem in table.problems)))


def _tables(corpus: Path) -> list[Path]:
    """The tables in a folder, outer folders first."""
    found = []
    for folder, folders, names in os.walk(corpus):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(folder, name) for name in names if name == sources.NAME]
    return sorted(found, key=lambda path: (len(path.parts), path))


def says_something(name: str) -> bool:
    """Whether a file of this path in its corpus folder is one of those read here."""
    return name in (corrections.NAME, words.WORDS, words.SYNONYMS) or name.rpartition("/")[2] == sources.NAME
