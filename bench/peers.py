"""The engines to compare with, each behind the same three methods. They are installed for benchmarks only.

All but the stock recipe get the words that search/text/ makes, with positions, keep the text and the facts, and
answer with the ten best documents, the exact total and how many documents each year, region and genre has.
"""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.questions import Question, Record

FACETS = ("year", "region", "genre")
BEST = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """ids: the best documents; facets: field -> value -> documents; tiers: way of finding -> documents, where an engine
    tells them apart."""

    total: int
    ids: tuple[str, ...]
    facets: Mapping[str, Mapping[str, int]]
    tiers: Mapping[str, int] = field(default_factory=dict)


class Peer(Protocol):
    """One engine on one folder."""

    version: str

    def build(self, records: Iterable[Record]) -> None: ...

    def open(self) -> None: ...

    def ask(self, question: Question) -> Answer: ...


def plain(word: str) -> str:
    """Letters and digits only: the tokenizers of SQLite and tantivy cut at any other sign (94.6)."""
    return "".join(char for char in word if char.isalnum())


def row(words: Iterable[str]) -> str:
    return " ".join(filter(None, map(plain, words)))


class Fts5:
    """SQLite's full-text index beside a table of the documents."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "fts5.sqlite"
        self.version = f"SQLite {sqlite3.sqlite_version}"

    def build(self, records: Iterable[Record]) -> None:
        base = sqlite3.connect(self._file)
        base.execute("CREATE TABLE docs(id TEXT, year TEXT, region TEXT, genre TEXT, text TEXT)")
        base.execute(
            "CREATE VIRTUAL TABLE found USING fts5(words, content='', tokenize='unicode61 remove_diacritics 0')"
        )
        for number, one in enumerate(records, start=1):
            base.execute(
                "INSERT INTO docs(rowid, id, year, region, genre, text) VALUES(?, ?, ?, ?, ?, ?)",
                (number, one.id, one.year, one.region, one.genre, one.text),
            )
            base.execute("INSERT INTO found(rowid, words) VALUES(?, ?)", (number, row(one.words)))
        base.commit()
        base.execute("INSERT INTO found(found) VALUES('optimize')")
        base.commit()
        base.execute("ANALYZE")
        base.close()

    def open(self) -> None:
        self._base = sqlite3.connect(self._file)

    def ask(self, question: Question) -> Answer:
        said = [f'"{plain(word)}"' for word in question.words]
        match = {"or": " OR ".join(said), "phrase": f'"{row(question.words)}"'}.get(question.kind, " AND ".join(said))
        if question.without:
            match = f'{match} NOT "{plain(question.without)}"'
        of_year, values = (" AND year = ?", [match, question.year]) if question.year else ("", [match])
        best = self._base.execute(
            "SELECT id FROM found JOIN docs ON docs.rowid = found.rowid WHERE found MATCH ?"
            f"{of_year} ORDER BY found.rank LIMIT {BEST}",
            values,
        ).fetchall()
        counted = self._base.execute(
            "SELECT year, region, genre, count(*) FROM docs "
            "WHERE rowid IN (SELECT rowid FROM found WHERE found MATCH ?)"
            f"{of_year} GROUP BY 1, 2, 3",
            values,
        ).fetchall()
        facets: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
        for *of, documents in counted:
            for name, value in zip(FACETS, of, strict=True):
                facets[name][value] += documents
        return Answer(sum(documents for *_, documents in counted), tuple(one for (one,) in best), facets)


class Tantivy:
    """The index written in Rust that Lucene's ideas live in; one thread, one segment."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        self._folder = folder / "tantivy"
        self.version = f"tantivy {_version('tantivy')}"
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("words", index_option="position", tokenizer_name="default")
        builder.add_bytes_field("text", stored=True, indexed=False)
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for name in FACETS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        self._schema = builder.build()
        self._counts = {name: {"terms": {"field": name, "size": 100}} for name in FACETS}

    def build(self, records: Iterable[Record]) -> None:
        self._folder.mkdir(parents=True)
        index = self._tantivy.Index(self._schema, path=str(self._folder))
        writer = index.writer(heap_size=256_000_000, num_threads=1)
        for one in records:
            facts = {name: getattr(one, name) for name in FACETS}
            text = one.text.encode("utf-8")
            writer.add_document(self._tantivy.Document(words=row(one.words), id=one.id, text=text, **facts))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._index = self._tantivy.Index.open(str(self._folder))
        self._searcher = self._index.searcher()

    def ask(self, question: Question) -> Answer:
        query = self._query(question)
        found = self._searcher.search(query, BEST, count=True)
        ids = tuple(self._searcher.doc(address)["id"][0] for _, address in found.hits)
        counted = self._searcher.aggregate(query, self._counts)
        facets = {name: {one["key"]: one["doc_count"] for one in counted[name]["buckets"]} for name in FACETS}
        return Answer(found.count, ids, facets)

    def _query(self, question: Question) -> object:
        query, occur = self._tantivy.Query, self._tantivy.Occur
        if question.kind == "phrase":
            return query.phrase_query(self._schema, "words", row(question.words).split())
        asked = occur.Should if question.kind == "or" else occur.Must
        parts = [(asked, self._term("words", plain(word))) for word in question.words]
        if question.year:
            parts.append((occur.Must, query.const_score_query(self._term("year", question.year), 0.0)))
        if question.without:
            parts.append((occur.MustNot, self._term("words", plain(question.without))))
        return parts[0][1] if len(parts) == 1 else query.boolean_query(parts)

    def _term(self, field: str, value: str) -> object:
        return self._tantivy.Query.term_query(self._schema, field, value)


class Xapian:
    """The index in C++; the year is a boolean term, the facets are counted from value slots."""

    def __init__(self, folder: Path) -> None:
        import xapian

        self._xapian = xapian
        self._folder = folder / "xapian"
        self.version = f"Xapian {xapian.version_string()}"

    def build(self, records: Iterable[Record]) -> None:
        base = self._xapian.WritableDatabase(str(self._folder), self._xapian.DB_CREATE_OR_OPEN)
        for one in records:
            document = self._xapian.Document()
            document.set_data(f"{one.id}\n{one.text}")
            for position, word in enumerate(one.words, start=1):
                document.add_posting(word, position)
            document.add_boolean_term(f"XYEAR{one.year}")
            for slot, name in enumerate(FACETS):
                document.add_value(slot, getattr(one, name))
            base.add_document(document)
        base.commit()
        base.close()

    def open(self) -> None:
        self._base = self._xapian.Database(str(self._folder))

    def ask(self, question: Question) -> Answer:
        xapian = self._xapian
        ways = {"or": xapian.Query.OP_OR, "phrase": xapian.Query.OP_PHRASE}
        query = xapian.Query(ways.get(question.kind, xapian.Query.OP_AND), list(question.words))
        if question.year:
            query = xapian.Query(xapian.Query.OP_FILTER, query, xapian.Query(f"XYEAR{question.year}"))
        if question.without:
            query = xapian.Query(xapian.Query.OP_AND_NOT, query, xapian.Query(question.without))
        enquire = xapian.Enquire(self._base)
        enquire.set_query(query)
        spies = [xapian.ValueCountMatchSpy(slot) for slot in range(len(FACETS))]
        for spy in spies:
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, BEST, self._base.get_doccount())
        ids = tuple(match.document.get_data().decode("utf-8").partition("\n")[0] for match in found)
        facets = {
            name: {item.term.decode("utf-8"): item.termfreq for item in spy.values()}
            for name, spy in zip(FACETS, spies, strict=True)
        }
        return Answer(found.get_matches_estimated(), ids, facets)


class Stock:
    """Whoosh as the tutorials have it: jieba's ChineseAnalyzer, QueryParser, groupedby; with cards, its highlighter."""

    def __init__(self, folder: Path, *, cards: bool = False) -> None:
        import jieba
        import whoosh
        from jieba.analyse import ChineseAnalyzer
        from whoosh import fields, index, qparser, query

        jieba.setLogLevel(40)
        self._index, self._qparser, self._query, self._cards = index, qparser, query, cards
        self._folder = folder / "stock"
        self.version = f"whoosh {whoosh.versionstring()} + jieba {jieba.__version__}"
        analyzer = ChineseAnalyzer()
        self._schema = fields.Schema(
            id=fields.ID(stored=True, unique=True),
            content=fields.TEXT(stored=True, analyzer=analyzer),
            **{name: fields.ID(stored=True, sortable=True) for name in FACETS},
        )

    def build(self, records: Iterable[Record]) -> None:
        self._folder.mkdir(parents=True)
        writer = self._index.create_in(str(self._folder), self._schema).writer()
        for one in records:
            writer.add_document(id=one.id, content=one.text, **{name: getattr(one, name) for name in FACETS})
        writer.commit()

    def open(self) -> None:
        self._searcher = self._index.open_dir(str(self._folder)).searcher()
        self._parser = self._qparser.QueryParser("content", self._schema)

    def ask(self, question: Question) -> Answer:
        typed = " OR ".join(question.words) if question.kind == "or" else " ".join(question.words)
        typed = f'"{"".join(question.words)}"' if question.kind == "phrase" else typed
        typed = f"{typed} NOT {question.without}" if question.without else typed
        chosen = self._query.Term("year", question.year) if question.year else None
        found = self._searcher.search(self._parser.parse(typed), limit=BEST, filter=chosen, groupedby=list(FACETS))
        facets = {name: {value: len(ids) for value, ids in found.groups(name).items()} for name in FACETS}
        if self._cards:
            for hit in found:
                hit.highlights("content")
        return Answer(len(found), tuple(hit["id"] for hit in found), facets)


def _version(distribution: str) -> str:
    from importlib.metadata import version

    return version(distribution)
