"""What came into the index last, run by run, whatever the date of a document; and the feed of a search."""

from __future__ import annotations

from dataclasses import dataclass

from search.documents import labels
from search.documents.document import Document
from search.engines import Engine
from search.index import arrivals
from search.query.addresses import document_address, search_address
from search.query.clauses import Query
from search.results.cards import card
from search.results.values import Hit
from search.suggestions import corrections

# Documents named on the home page and in a feed; those of a search, the most relevant, that a feed chooses from: more
# than most searches find, and less than 0.2 s.
SHOWN, IN_FEED, LOOKED_AT = 8, 50, 5_000


@dataclass(frozen=True, slots=True)
class NewDocument:
    title: str
    url: str
    about: str  # 湖北 · 2024年2月21日 · 讲话稿


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of indexing brought; at as the index keeps it (2026-11-28T09:05)."""

    at: str
    label: str  # 2026年11月28日 收录 5 篇
    count: int
    documents: tuple[NewDocument, ...]


def arrived(engine: Engine) -> tuple[Run, ...]:
    """The runs that brought something, the latest first; of the first SHOWN documents the names, too."""
    runs, left, named = arrivals.loads(engine.note(arrivals.NOTE)), SHOWN, list[tuple[str, ...]]()
    for run in runs:
        named.append(run.ids[:left])
        left -= len(named[-1])
    found = engine.fetch([id for ids in named for id in ids])
    shown = list[Run]()
    for run, ids in zip(runs, named, strict=True):
        new = tuple(_new(found[id].document) for id in ids if id in found)
        year, month, day = run.at[:10].split("-")
        shown.append(Run(run.at, f"{year}年{int(month)}月{int(day)}日 收录 {run.count} 篇", run.count, new))
    return tuple(shown)


def _new(document: Document) -> NewDocument:
    known = document.metadata
    said = (labels.region_label(document), labels.date_label(known.date), labels.genre_label(document))
    return NewDocument(known.title.value, document_address(document.id), " · ".join(filter(None, said)))


@dataclass(frozen=True, slots=True)
class Feed:
    """The documents that a search finds, those that came into the index last first."""

    title: str
    url: str
    updated: str
    note: str  # what it did not look at; empty where it looked at all
    entries: tuple[tuple[Hit, str], ...]  # each with when it came; the oldest run known where that is forgotten


def feed(engine: Engine, query: Query, published: str) -> Feed:
    """published: when the index was made, for an index that keeps nothing of when documents came."""
    found = corrections.search_or_correct(engine, query, limit=LOOKED_AT, offset=0)
    runs = arrivals.loads(engine.note(arrivals.NOTE))
    came = {id: run.at for run in runs for id in run.ids}
    forgotten = runs[-1].at if runs else published  # not published: every update would make all of them new
    newest = sorted(found.listed.ranked, key=lambda match: came.get(match.id, ""), reverse=True)[:IN_FEED]
    stored = engine.fetch([match.id for match in newest])
    hits = [
        (card(one.document, match, found.query, one.edges, most=1), came.get(match.id, forgotten))
        for match in newest
        if (one := stored.get(match.id))
    ]
    updated = max((at for _, at in hits), default=forgotten)
    listed = found.listed.listed()
    only = f"共 {listed} 篇，只从最相关的 {LOOKED_AT} 篇里列出最近收录的。" if listed > LOOKED_AT else ""
    return Feed(query.raw, search_address(query), updated, only, tuple(hits))
