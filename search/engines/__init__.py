"""The seam: what an engine does for the search, and nothing of how. Adding one touches its own file and this one.

Engines find documents, count and order them. Snippets, marks, labels, paging and syntax are outside the seam.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from search.documents.document import Document
from search.errors import IndexUnusable
from search.index.analysis import Analysis, Standing
from search.index.vocabulary import Vocabulary
from search.matching.matches import Matches
from search.query.clauses import Query


class Engine(Protocol):
    """A published index, safe to ask from several threads."""

    @property
    def generation(self) -> str:
        """Names the state of the index; another one after each publish that changed something."""
        ...

    @property
    def documents(self) -> int: ...

    def find(self, query: Query, *, limit: int, offset: int) -> Matches:
        """The documents query asks for, ordered, from offset on, limit at most; totals and facets over all.

        A query without a clause asks for every document that fits the filters.
        """
        ...

    def get(self, document_id: str) -> Document | None: ...

    def edges(self, document_id: str) -> tuple[bytes, bytes]:
        """text.cuts() of a document's title and body, as they were cut for the index; empty for no document."""
        ...

    def vocabulary(self) -> Vocabulary:
        """What the documents hold that a person may want to type; made at publish, only read here."""
        ...


class Writer(Protocol):
    """Changes that become visible together, at publish, or not at all."""

    @property
    def ids(self) -> frozenset[str]:
        """The documents it began with."""
        ...

    def place(self, standing: Standing) -> None:
        """Takes what stands in a document before the document itself is known to the last word of its facts. All that
        are placed are then added, in the same order."""
        ...

    def add(self, document: Document, found: Analysis | None = None) -> None:
        """Puts a document in; one of the same id gives way. found: what else analysed() gave, where it was placed."""
        ...

    def remove(self, document_id: str) -> None: ...

    def documents(self) -> Iterator[Document]:
        """The documents it began with, in no order."""
        ...

    def publish(self, notes: dict[str, str]) -> str:
        """Makes the changes visible in one step, with notes kept beside them (name -> text); the generation."""
        ...


# whoosh-plain: the same index, its columns left aside; to compare with, and to find faults.
ENGINES = ("whoosh", "whoosh-plain")


def open_engine(name: str, location: Path | str) -> Engine:
    """The engine on what is published at location; raises IndexUnusable. Cheap enough to ask for per request."""
    if name in ENGINES:
        import search.engines.whoosh.engine as whoosh_engine

        return whoosh_engine.open_published(Path(location), columns=name == "whoosh")
    raise IndexUnusable(f"没有名为“{name}”的检索引擎；可用：{'、'.join(ENGINES)}")


def open_to_build(name: str, location: Path | str) -> Engine:
    """open_engine() for one who asks it no questions: what only they need is not read."""
    return open_engine("whoosh-plain" if name == "whoosh" else name, location)


def open_writer(name: str, location: Path | str, *, fresh: bool) -> AbstractContextManager[Writer]:
    """A writer that begins with what is published, or with nothing (fresh); leaving without publish undoes it.

    Raises Busy while another process writes.
    """
    if name in ENGINES:
        import search.engines.whoosh.writer as whoosh_writer

        return whoosh_writer.writing(Path(location), fresh=fresh)
    raise IndexUnusable(f"没有名为“{name}”的检索引擎；可用：{'、'.join(ENGINES)}")


def read_note(name: str, location: Path | str, note: str) -> str | None:
    """What was kept under a name at the last publish; None where there is no usable index or no such note."""
    if name in ENGINES:
        import search.engines.whoosh.generations as generations

        return generations.read_note(Path(location), note)
    return None


def damages(name: str, location: Path | str) -> list[str]:
    """What is wrong with the published index, in Chinese, every byte read; empty when it is whole."""
    import search.engines.whoosh.generations as generations

    current = generations.current_name(Path(location))
    if not current:
        return [f"还没有建立索引（{location}）。"]
    return generations.damages(Path(location) / current, thorough=True)


def published(name: str, location: Path | str) -> datetime | None:
    """When what is published was made, in local time; None where there is nothing or nobody noted it."""
    import search.engines.whoosh.generations as generations

    current = generations.current_name(Path(location)) if name == "whoosh" else ""
    try:
        made = Path(location, current, "manifest.json").stat().st_mtime if current else None
    except OSError:
        return None
    return datetime.fromtimestamp(made) if made else None
