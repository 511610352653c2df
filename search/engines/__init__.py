"""The seam: what an index does for the program, and nothing of how.

A store is where an index is kept; an engine is one published state of it; a writer makes the next one. Callers hold a
store or an engine and know no folders and no services. Engines find documents, count and order them: snippets, marks,
labels, paging and syntax are outside the seam.

Adding an engine: its own folder here, and one row of STORES. docs/decisions/0004 says why the seam is so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable
from weakref import WeakKeyDictionary

from search.documents.document import Document
from search.documents.masking import masked
from search.documents.siblings import Siblings
from search.engines.notes import Notes
from search.engines.waiting import Waiting
from search.errors import IndexUnusable
from search.index.analysis import Analysis
from search.index.vocabulary import Vocabulary
from search.matching.gathering import Gathering
from search.matching.matches import Matches
from search.query.clauses import Query
from search.text import office


class Stored(NamedTuple):
    """A document as the index keeps it. edges: text.cuts() of its title and of its body, as cut for the index.

    content: its content words as written_content() writes them, in UTF-8, read where somebody asks for them.
    """

    document: Document
    edges: tuple[bytes, bytes]
    content: bytes

    def shown(self, *, whole: bool) -> Stored:
        """For readers, or whole."""
        document = self.document if whole else masked(self.document)
        return self if document is self.document else self._replace(document=document)

    @property
    def content_words(self) -> Iterator[tuple[str, int]]:
        """Analysis.content: each word with how often it stands there, heaviest first; few ask for the last."""
        pairs = (line.split(b" ") for line in BytesIO(self.content))
        return ((word.decode("utf-8"), int(times)) for word, times in pairs)


@dataclass(frozen=True, slots=True)
class Entry:
    """What pages that count need to know of a document without opening it; empty where it is not known.

    date: as PartialDate writes it. characters: of the body, its line feeds aside. group: names its near-duplicates.
    """

    date: str
    region: str
    characters: int
    group: str = ""

    @property
    def year(self) -> str:
        return self.date[:4]

    @property
    def key(self) -> tuple[str, str]:
        """Region and year."""
        return self.region, self.year


def written_content(words: Iterable[tuple[str, int]]) -> str:
    """Content words as an index stores them; read again only where somebody asks."""
    return "\n".join(f"{word} {times}" for word, times in words)


# Documents that are opened one after the other to see what they have.
FEW = 30


# Characters, at least and at most.
Step = tuple[int, int]


class Engine(Protocol):
    """One published state of an index, safe to ask from several threads. Every method may raise IndexUnusable.

    A request takes one engine and asks it from first to last, so that all it shows is of one state.
    """

    @property
    def generation(self) -> str:
        """Names the state; another one after each publish."""
        ...

    @property
    def is_fallback(self) -> bool:
        """Whether something newer was published, and is damaged."""
        ...

    @property
    def documents(self) -> int: ...

    @property
    def published(self) -> datetime | None:
        """When the state was made, in local time; None where nobody noted it."""
        ...

    def find(self, query: Query, *, limit: int, offset: int) -> Matches:
        """The documents a query asks for, ordered, from offset on, limit at most; totals and facets over all, also
        where the query lists only what was found in one way.

        A query without a clause asks for every document that fits the filters.
        """
        ...

    def find_each(self, queries: Sequence[Query], *, limit: int) -> list[Matches]:
        """find() of several queries from their first document on: one trip where an engine is elsewhere. Facets may be
        left out."""
        ...

    def first(self, queries: Sequence[Query], *, limit: int) -> list[list[str]]:
        """Of each query the ids of what find() finds, from the first on, for whoever asks for nothing else: nothing is
        counted, and nothing is said of how each was met."""
        ...

    def count(self, queries: Sequence[Query]) -> list[int]:
        """How many documents each query finds."""
        ...

    def fetch(self, ids: Sequence[str], *, whole: bool = False) -> Mapping[str, Stored]:
        """id -> the document, of those that are there, in the order of ids; as masked(), for readers.

        whole: with what is masked; for what is compared or written again, and never shown.
        """
        ...

    def gather(self, ids: Sequence[str], weights: Mapping[str, float]) -> Mapping[str, Gathering]:
        """id -> the passage that gathers most of some folded strings, of those documents that hold any in a passage."""
        ...

    def holding_in_order(self, strings: Sequence[str], steps: Sequence[Step]) -> tuple[str, ...] | None:
        """The documents that may have these folded strings in this order, surely all that have; where they are few
        (FEW) and told at once. None: they would have to be looked for.

        steps: of each string but the first, how far behind the beginning of the one before it begins.
        """
        ...

    def holding_parted(self, characters: str, step: Step, *, joined: bool) -> tuple[str, ...] | None:
        """The same of folded characters between which nothing but signs stands.

        joined: also those that have them nowhere but joined, without anything between.
        """
        ...

    def catalogue(self) -> Mapping[str, Entry]:
        """id -> what is known of each document there is; made once for a state and then only read."""
        ...

    def note(self, name: str) -> str | None:
        """What was published under a name beside the documents; None where there is nothing."""
        ...

    def damage_behind(self, error: Exception) -> IndexUnusable | None:
        """What an error that nothing explains comes from, where what was read is not what was written and anything may
        come of it. None: it is a defect of the program."""
        ...

    def vocabulary(self) -> Vocabulary:
        """What the documents hold that a person may want to type; made at publish, only read here."""
        ...


# documents written, of how many
Progress = Callable[[int, int], None]


class Writer(Protocol):
    """Changes that become visible together, at publish, or not at all."""

    def add(self, document: Document, analysis: Analysis | None = None) -> None:
        """Puts a document in; one of the same id that was published before gives way. In any order.

        analysis: analysed(document), where it was made before. Raises ValueError for an id that was added already.
        """
        ...

    def remove(self, document_id: str) -> None:
        """Takes out a document that was published before; nothing happens where there is none."""
        ...

    def publish(
        self,
        notes: Notes,
        siblings: Mapping[str, Siblings] | None = None,
        progress: Progress | None = None,
        *,
        keep: bool = False,
    ) -> str:
        """Makes the changes visible in one step; the new generation.

        keep: the generation before stays, to go back to, until another is kept in its stead.

        notes: kept in the place of all notes before. siblings: id -> what is to be said of its group now,
        for documents added and for published ones alike; it is known last, when all have been compared. The documents
        it names are written whole: an engine that keeps postings cannot change a part of one.
        """
        ...


@runtime_checkable
class TakesWaiting(Protocol):
    """A writer that also takes documents by where they wait on disk, so that it need not handle each of them itself."""

    def shelf(self) -> Path:
        """The folder where they wait: any process may put some there (waiting.put()) until publish."""
        ...

    def add_waiting(self, document_id: str, waiting: Waiting) -> None:
        """add() of what waits there: pickled, as packed.dumps() makes it, and its analysis."""
        ...


class Store(Protocol):
    """Where an index is kept. engine: its row of STORES; location: as people write it, a folder or an address."""

    @property
    def engine(self) -> str: ...

    @property
    def location(self) -> str: ...

    def open(self) -> Engine:
        """What is published; raises IndexUnusable. The same object until something else is, so cheap to ask for."""
        ...

    def writer(self, *, fresh: bool) -> AbstractContextManager[Writer]:
        """Begins with what is published, or with nothing (fresh); leaving without publish undoes it.

        Raises Busy while another process writes.
        """
        ...

    def is_empty(self) -> bool:
        """Whether nothing was ever published there."""
        ...

    def is_sound(self) -> bool:
        """Reads all of what open() gives; False: it is damaged, and open() now gives what there was before it, if
        anything. Raises IndexUnusable where there is nothing."""
        ...

    def last_note(self, name: str) -> str | None:
        """What was published last under a name, also where another version of the program did it and open() fails."""
        ...

    def damages(self) -> list[str]:
        """What is wrong with what is published, in Chinese, all of it read; empty when it is whole."""
        ...

    def notices(self) -> list[str]:
        """What whoever looks after it should see to although it may answer still, in Chinese; nothing is read for it.
        Raises IndexUnusable."""
        ...


_own: WeakKeyDictionary[Engine, office.Own] = WeakKeyDictionary()


def opened(store: Store) -> Engine:
    """What is published, the office's words and synonyms that are kept in it in use. Raises IndexUnusable."""
    engine = store.open()
    if engine not in _own:
        _own[engine] = office.loads(engine.note(office.NOTE))
    office.use(_own[engine])
    return engine


# name -> module:class of the store, which takes a location; loaded when it is asked for.
STORES = {
    "whoosh": "search.engines.whoosh.store:WhooshStore",
    "whoosh-plain": "search.engines.whoosh.store:PlainWhooshStore",
    "opensearch": "search.engines.opensearch.store:OpenSearchStore",
}


def store_of(engine: str, location: object) -> Store:
    """The store of that engine at a location (a folder's path, an address); raises IndexUnusable for no such engine."""
    if engine not in STORES:
        raise IndexUnusable(f"没有名为“{engine}”的检索引擎；可用：{'、'.join(STORES)}")
    module, _, name = STORES[engine].partition(":")
    try:
        store: Callable[[str], Store] = getattr(import_module(module), name)
    except ModuleNotFoundError as error:
        raise IndexUnusable(
            f"检索引擎“{engine}”要用的软件包 {error.name} 没有安装：pip install -r requirements-{engine}.txt"
        ) from error
    return store(str(location))
