"""This project's engine, asked as the peers are: parsed, found, counted; with cards; with all that a page shows.

python bench/ours.py RECORDS INDEX COUNT adds COUNT documents and publishes, until its input ends; prints how often.
"""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Literal

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.peers import BEST, FACETS, Answer
from bench.questions import Question, Record, read_records
from indexer import priority
from search import results, text
from search.documents.document import Document, Evidence, Metadata, Original, PartialDate
from search.engines import STORES, store_of
from search.index import fingerprint
from search.matching.matches import Tier
from search.query.parsing import parse
from search.results.cards import cards_of

ENGINE, PLAIN = "whoosh", "whoosh-plain"
UpTo = Literal["found", "cards", "page"]


def has_plain() -> bool:
    """Whether this version can leave its columns aside, which it can when it has columns."""
    return PLAIN in STORES


class Ours:
    """The engine behind its seam. up_to: what is asked of it; a page has corrections and addresses, too."""

    def __init__(self, folder: Path, *, up_to: UpTo = "found", engine: str = ENGINE) -> None:
        self._location, self._up_to, self._name = folder / "index", up_to, engine
        self.version = f"{engine} {fingerprint.fingerprint()}"

    def build(self, records: Iterable[Record]) -> None:
        with store_of(ENGINE, self._location).writer(fresh=True) as writer:
            for record in records:
                writer.add(document(record))
            writer.publish({})

    def open(self) -> None:
        self._engine = store_of(self._name, self._location).open()
        text.warm()

    def ask(self, question: Question) -> Answer:
        query = parse(question.typed)
        if self._up_to == "page":
            page = results.search(self._engine, query)
            shown = {facet.field: {value.value: value.count for value in facet.values} for facet in page.facets}
            return Answer(page.documents, tuple(hit.id for hit in page.hits), shown, _documents(page.tiers))
        found = self._engine.find(query, limit=BEST, offset=0)
        shown_ids = tuple(
            one.id for one in (cards_of(self._engine, query, found.ranked) if self._up_to == "cards" else found.ranked)
        )
        counted = {name: dict(found.facets[name]) for name in FACETS}
        return Answer(found.documents, shown_ids, counted, _documents(found.tiers))


def _documents(tiers: Mapping[str, Tier]) -> dict[str, int]:
    return {way: tier.documents for way, tier in tiers.items()}


def document(record: Record) -> Document:
    """A record as the indexer would hand it over, were its file read."""
    # Here, as the process that is asked is to have loaded what a server has.
    from indexer.articles.lines import Line
    from indexer.articles.passages import passages

    sha256 = hashlib.sha256(record.id.encode()).hexdigest()
    return Document(
        id=record.id,
        external_id=f"{record.id}.html",
        metadata=Metadata(
            title=Evidence(record.title),
            date=Evidence(PartialDate.parse(record.date), record.date),
            region=Evidence(record.region),
            genre=Evidence(record.genre),
        ),
        passages=passages([Line(paragraph, whole=True) for paragraph in record.paragraphs]),
        original=Original(f"{record.id}.html", sha256),
    )


def update(records: Path, location: Path, each: int) -> int:
    """Adds copies under other ids, publish after publish, until standard input ends; how many times it published."""
    copied = list(islice(read_records(records), each))
    waiting = threading.Thread(target=sys.stdin.read, daemon=True)
    waiting.start()
    number = 0
    while waiting.is_alive():
        number += 1
        with store_of(ENGINE, location).writer(fresh=False) as writer:
            for one in copied:
                writer.add(document(replace(one, id=hashlib.sha256(f"{number} {one.id}".encode()).hexdigest()[:16])))
            writer.publish({})
    return number


if __name__ == "__main__":
    priority.step_back()  # as python -m indexer does
    print(update(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
