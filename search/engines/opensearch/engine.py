"""One published generation in a cluster."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from time import monotonic
from typing import TypeVar

from search.engines import Entry, Step, Stored
from search.engines.opensearch import asking, state
from search.engines.opensearch.client import Cluster, seconds
from search.engines.opensearch.counted import Counted
from search.engines.opensearch.mapping import KEPT, Json
from search.errors import IndexUnusable
from search.index import record, vocabulary
from search.index.vocabulary import Vocabulary
from search.matching.gathering import Gathering, gathered
from search.matching.matches import Matches
from search.query.clauses import Query

_T = TypeVar("_T")

# Documents fetched in one request.
_AT_ONCE = 500
# Entries in one request, and what is asked of each.
_ENTRIES = 10_000
_OF_ENTRY = ("date", "region", "characters", "group")
# Seconds that a round has at the least.
_LEAST = 0.1
# First rounds that are kept.
_MOST_KNOWN = 2000
APPLICATION = "speeches"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is written into the mapping of an index when it is published."""

    fingerprint: str
    documents: int
    characters: int  # of all bodies together
    published: float  # seconds since 1970
    notes: Mapping[str, int]  # name -> pieces

    def as_meta(self) -> Json:
        return {"application": APPLICATION, **{name: getattr(self, name) for name in self.__slots__}}

    @classmethod
    def of(cls, meta: Json) -> Manifest | None:
        """None where the index is none of ours, or was not finished."""
        if meta.get("application") != APPLICATION or not all(name in meta for name in cls.__slots__):
            return None
        return cls(**{name: meta[name] for name in cls.__slots__})


class OpenSearchEngine:
    """Asks one index by its own name, so that all rounds of a question are of one state."""

    def __init__(self, cluster: Cluster, generation: str, manifest: Manifest) -> None:
        self.generation = generation
        self.documents = manifest.documents
        self.fingerprint = manifest.fingerprint
        self._cluster = cluster
        self._manifest = manifest
        self._known: dict[Query, Counted] = {}

    @property
    def is_fallback(self) -> bool:
        """A cluster mends its copies itself, or does not answer."""
        return False

    @property
    def published(self) -> datetime | None:
        return datetime.fromtimestamp(self._manifest.published)

    def find(self, query: Query, *, limit: int, offset: int) -> Matches:
        (found,) = self._shared([asking.matches(query, *self._whole, limit=limit, offset=offset)])
        return found

    def find_each(self, queries: Sequence[Query], *, limit: int) -> list[Matches]:
        return self._shared([asking.matches(query, *self._whole, limit=limit, offset=0) for query in queries])

    def first(self, queries: Sequence[Query], *, limit: int) -> list[list[str]]:
        return [[match.id for match in found.ranked] for found in self.find_each(queries, limit=limit)]

    def count(self, queries: Sequence[Query]) -> list[int]:
        return self._shared([asking.total(query, *self._whole) for query in queries])

    @property
    def _whole(self) -> tuple[int, float, dict[Query, Counted]]:
        """Documents, their mean length, and what first rounds have said."""
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        return self.documents, self._manifest.characters / max(1, self.documents), self._known

    def _shared(self, rounds: Sequence[asking.Rounds[_T]]) -> list[_T]:
        """What several questions come to; they share their rounds, and the time that one request and its second try
        may take: the more a round took of it, the less the next may. 7.3 s were seen where each round had all of it."""
        until = monotonic() + 2 * seconds()
        asked: dict[int, list[Json]] = {}
        found: dict[int, _T] = {}

        def go_on(number: int, answers: list[Json] | None) -> None:
            try:
                asked[number] = rounds[number].send(answers)  # type: ignore[arg-type]  # None begins
            except StopIteration as end:
                found[number] = end.value
                asked.pop(number, None)

        for number in range(len(rounds)):
            go_on(number, None)
        while asked:
            bodies = [body for one in asked.values() for body in one]
            within = min(seconds(), max(_LEAST, (until - monotonic()) / 2))
            answers = self._cluster.searched(self.generation, bodies, within=within)
            for number, one in list(asked.items()):
                own, answers = answers[: len(one)], answers[len(one) :]
                go_on(number, own)
        return [found[number] for number in range(len(rounds))]

    def fetch(self, ids: Sequence[str], *, whole: bool = False) -> dict[str, Stored]:
        found: dict[str, Stored] = {}
        wanted = list(dict.fromkeys(ids))
        for at in range(0, len(wanted), _AT_ONCE):
            with self._cluster.client() as client:
                docs = client.mget(index=self.generation, body={"ids": wanted[at : at + _AT_ONCE]})["docs"]
            found |= {one["_id"]: _stored(one["_source"]).shown(whole=whole) for one in docs if _is_there(one)}
        return found

    def gather(self, ids: Sequence[str], weights: Mapping[str, float]) -> dict[str, Gathering]:
        found = {id: gathered(one.document, weights) for id, one in self.fetch(ids, whole=True).items()}
        return {id: one for id, one in found.items() if one.words}

    def holding_in_order(self, strings: Sequence[str], steps: Sequence[Step]) -> tuple[str, ...] | None:
        return None

    def holding_parted(self, characters: str, step: Step, *, joined: bool) -> tuple[str, ...] | None:
        return None

    def catalogue(self) -> Mapping[str, Entry]:
        return self._catalogue

    @cached_property
    def _catalogue(self) -> Mapping[str, Entry]:
        """Page by page; each begins behind the last id of the one before."""
        found: dict[str, Entry] = {}
        page: Json = {"size": _ENTRIES, "_source": False, "sort": ["id"], "docvalue_fields": list(_OF_ENTRY)}
        while True:
            (answer,) = self._cluster.searched(self.generation, [page], patient=True)
            hits = answer["hits"]["hits"]
            found |= {hit["_id"]: _entry(hit.get("fields", {})) for hit in hits}
            if len(hits) < _ENTRIES:
                return found
            page = {**page, "search_after": hits[-1]["sort"]}

    def note(self, name: str) -> str | None:
        pieces = self._manifest.notes.get(name)
        return None if pieces is None else state.note(self._cluster, self.generation, name, pieces)

    def damages(self) -> list[str]:
        """What is wrong with it, in Chinese."""
        with self._cluster.client() as client:
            status = client.cluster.health(index=self.generation)["status"]
        if status == "red":
            return [f"{self.generation}：集群的状态是 red，有分片不可用，检索不到全部文献。"]
        (answer,) = self._cluster.searched(self.generation, [{"size": 0, "track_total_hits": True}], patient=True)
        count = answer["hits"]["total"]["value"]
        lost = [f"{self.generation}：缺少 {name}" for name in self._manifest.notes if self.note(name) is None]
        wrong = [f"{self.generation}：有 {count} 篇，应为 {self.documents} 篇"] if count != self.documents else []
        return wrong + lost

    def damage_behind(self, error: Exception) -> IndexUnusable | None:
        """The cluster keeps checksums itself: what it can no longer read is a failed shard, and no answer."""
        return None

    def vocabulary(self) -> Vocabulary:
        return self._vocabulary

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return vocabulary.loads(self.note(vocabulary.NOTE) or "")


def _entry(fields: Json) -> Entry:
    date, region, characters, group = (next(iter(fields.get(name, ())), "") for name in _OF_ENTRY)
    return Entry(date, region, int(characters or 0), group)


def _is_there(doc: Json) -> bool:
    if "error" in doc:
        raise IndexUnusable("检索集群没有完整地回答，结果不能给出，请稍后再试；管理员请检查集群的状态。")
    return bool(doc["found"])


def _stored(source: Json) -> Stored:
    kept, content, (title, body) = (source[name] for name in KEPT)
    return Stored(record.loads(kept), (b64decode(title), b64decode(body)), content.encode("utf-8"))
