"""What the live documents of an index hold, counted for its vocabulary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, TypeVar

from whoosh import index
from whoosh.reading import IndexReader

from search.engines.whoosh import deleted, generations
from search.engines.whoosh.beside import sound_columns
from search.engines.whoosh.codec import counted
from search.engines.whoosh.deleted import Gone
from search.engines.whoosh.fields import schema
from search.engines.whoosh.postings import numbers_of
from search.engines.whoosh.segments import deleted_in, leaves
from search.index import vocabulary, vocabulary_changes
from search.index.aloud import Reading
from search.index.grown import grown
from search.index.vocabulary import EMPTY, EntryKind, Vocabulary


@dataclass(frozen=True, slots=True)
class Terms:
    """Of one segment: word or term -> documents that hold it, deleted ones among them."""

    words: Counter[str]
    terms: Counter[str]


# By kind: text -> documents that hold it.
Counts: TypeAlias = dict[EntryKind, Counter[str]]


@dataclass(frozen=True, slots=True)
class Before:
    """What can be known before anything is written: the vocabulary and sound_columns(), and by the id of a segment the
    terms of the lexicon that stand in it, how many of its documents are deleted, and what the others hold if it is a
    small one: such are put into one with what comes."""

    vocabulary: Vocabulary
    columns: frozenset[str]
    terms: Mapping[str, frozenset[str]]
    gone: Mapping[str, int]
    small: Mapping[str, Counts]


_SMALL = 500  # documents; Whoosh puts segments together that have some dozens of them
NOTHING = Before(EMPTY, frozenset(), {}, {}, {})
_KINDS: tuple[EntryKind, ...] = ("word", "term", "title", *vocabulary.FILTERS)
_T = TypeVar("_T")


def expected(folder: Path) -> Future[Before]:
    """What is known of the index in a folder."""
    return _beside(_before, folder)


def counts_expected(folder: Path) -> Future[dict[str, Terms]]:
    """What the segments of the index in a folder hold, by their ids: for who has to count again what all hold."""
    return _beside(_counts, folder)


def _beside(read: Callable[[Path], _T], folder: Path) -> Future[_T]:
    """While this process has nothing else to do than to wait for those that read."""
    thread = ThreadPoolExecutor(1)
    future = thread.submit(read, folder)
    thread.shutdown(wait=False)
    return future


def _before(folder: Path) -> Before:
    written = generations.note_in(folder, vocabulary.NOTE) or ""
    gone = deleted.loads(generations.note_in(folder, deleted.NOTE))
    terms, small = dict[str, frozenset[str]](), dict[str, Counts]()
    with closing(index.open_dir(str(folder), schema=schema()).reader()) as reader:
        for leaf in leaves(reader):
            id, numbers = _id(leaf), {*deleted_in(leaf)}
            terms[id] = _lexicon_terms(leaf)
            if leaf.doc_count_all() <= _SMALL and numbers == gone.get(id, Gone()).numbers:
                small[id] = held(leaf, {id: gone[id]} if numbers else {})
    numbers_gone = {id: len(one.numbers) for id, one in gone.items()}
    return Before(vocabulary.loads(written), sound_columns(folder), terms, numbers_gone, small)


def _counts(folder: Path) -> dict[str, Terms]:
    with closing(index.open_dir(str(folder), schema=schema()).reader()) as reader:
        return {_id(leaf): _terms(leaf) for leaf in leaves(reader)}


def vocabulary_of(
    reader: IndexReader, gone: Mapping[str, Gone], before: Before, counts: Mapping[str, Terms], reading: Reading
) -> Vocabulary:
    """Of the live documents. counts: as held() has them."""
    if (more := _more(reader, gone, before)) is not None:
        terms = frozenset[str]().union(
            *(before.terms.get(_id(leaf)) or _lexicon_terms(leaf) for leaf in leaves(reader))
        )
        made = grown(before.vocabulary, more, terms, lambda word: _documents(reader, gone, word), reading)
        if made is not None:
            return made
    return vocabulary_changes.made(held(reader, gone, counts), before.vocabulary, reading)


def _more(reader: IndexReader, gone: Mapping[str, Gone], before: Before) -> Counts | None:
    """What the live documents hold that was not held before; None where it cannot be told but by counting all, or
    something is held by fewer."""
    now = {_id(leaf): leaf for leaf in leaves(reader)}
    stay, left = before.terms.keys() & now.keys(), before.terms.keys() - now.keys()
    told = before.vocabulary is not EMPTY  # which is also what is read where the note is damaged
    as_many = all(before.gone.get(id, 0) == (len(gone[id].numbers) if id in gone else 0) for id in stay)
    if not (told and as_many and left <= before.small.keys()):
        return None
    more: Counts = {kind: Counter() for kind in _KINDS}
    come = [held(leaf, {}) for id, leaf in now.items() if id not in stay]
    for kind, counter in more.items():
        for one in come:
            counter.update(one[kind])
        for id in left:
            counter.subtract(before.small[id][kind])
    return more if all(number >= 0 for counter in more.values() for number in counter.values()) else None


def _lexicon_terms(leaf: IndexReader) -> frozenset[str]:
    return frozenset(term for term, _ in counted(leaf, "terms"))


def _documents(reader: IndexReader, gone: Mapping[str, Gone], word: str) -> int:
    """How many live documents hold a word."""
    return int(reader.doc_frequency("words", word)) - sum(one.words[word] for one in gone.values())


def held(reader: IndexReader, gone: Mapping[str, Gone], counts: Mapping[str, Terms] | None = None) -> Counts:
    """What the live documents hold, and how many of them each. counts: _terms() of some segments."""
    words, terms = Counter[str](), Counter[str]()
    for leaf in leaves(reader):  # a segment is never written again
        found = (counts or {}).get(_id(leaf)) or _terms(leaf)
        words.update(found.words)
        terms.update(found.terms)
    # Whoosh counts deleted documents until it merges their segment.
    for one in gone.values():
        words.subtract(one.words)
        terms.subtract(one.terms)
    values = {kind: [one.decode("utf-8") for one in reader.lexicon(kind)] for kind in vocabulary.FILTERS}
    facets = {
        kind: Counter({one: sum(1 for _ in numbers_of(reader, kind, one)) for one in found})
        for kind, found in values.items()
    }
    return {"word": words, "term": terms, "title": Counter(_titles(reader)), **facets}


def _id(leaf: IndexReader) -> str:
    return str(leaf.segment().segment_id())


def _terms(leaf: IndexReader) -> Terms:
    return Terms(*(Counter(dict(counted(leaf, field))) for field in ("words", "terms")))


def _titles(reader: IndexReader) -> Iterator[str]:
    """Of the live documents; by segment, which is twice as fast as by the numbers of all."""
    for leaf in leaves(reader):
        titles = leaf.column_reader("title")
        yield from (titles[at].decode("utf-8") for at in range(leaf.doc_count_all()) if not leaf.is_deleted(at))
