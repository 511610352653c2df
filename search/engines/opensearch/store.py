"""An index in an OpenSearch cluster."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from search.engines.opensearch.client import Address, Cluster
from search.engines.opensearch.engine import OpenSearchEngine
from search.engines.opensearch.generations import Generations
from search.engines.opensearch.writer import OpenSearchWriter, writing
from search.errors import IndexUnusable
from search.index import fingerprint
from search.text import office

_BUILD = "请运行 python -m indexer build"
# Seconds for which what is published is not asked for again; a publish by another program is seen that much later.
_FRESH = 1.0
# location -> its cluster, and what was opened last and when.
_clusters: dict[str, Cluster] = {}
_opened: dict[str, tuple[float, OpenSearchEngine]] = {}
_opening = threading.Lock()


class OpenSearchStore:
    """location: http://host:9200/name. Servers that name the same one share everything and keep nothing themselves."""

    engine = "opensearch"

    def __init__(self, location: str) -> None:
        self._cluster = _clusters.setdefault(location, Cluster(Address.of(location)))
        self._location = location
        self.location = str(self._cluster.address)

    def open(self) -> OpenSearchEngine:
        with _opening:
            at, engine = _opened.get(self._location, (0.0, None))
            if engine is None or time.monotonic() - at > _FRESH:
                now = self._current()
                engine = engine if engine and engine.generation == now.generation else now
                _opened[self._location] = (time.monotonic(), engine)
            return engine

    def _current(self) -> OpenSearchEngine:
        found = Generations(self._cluster).current()
        if found is None:
            raise IndexUnusable(f"还没有建立索引。{_BUILD}。")
        if not fingerprint.fits(found.fingerprint, lambda: found.note(office.NOTE)):
            raise IndexUnusable(f"索引是另一版本的程序或词典建立的，不能与现在的混用。{_BUILD} 更新。")
        return found

    @contextmanager
    def writer(self, *, fresh: bool) -> Iterator[OpenSearchWriter]:
        try:
            with writing(self._cluster, fresh=fresh) as writer:
                yield writer
        finally:
            with _opening:
                if known := _opened.get(self._location):
                    _opened[self._location] = (0.0, known[1])

    def is_empty(self) -> bool:
        return Generations(self._cluster).current() is None

    def is_sound(self) -> bool:
        """The cluster keeps checksums itself: what it can no longer read is a failed shard, and no answer."""
        return not self.open().damages()

    def _generations(self) -> list[str]:
        """The names of all that are in the cluster."""
        return list(Generations(self._cluster).there())

    def last_note(self, name: str) -> str | None:
        found = Generations(self._cluster).current()
        return found.note(name) if found else None

    def damages(self) -> list[str]:
        try:
            found = Generations(self._cluster).current()
        except IndexUnusable as error:
            return [str(error)]
        return found.damages() if found else [f"还没有建立索引（{self.location}）。{_BUILD}。"]

    def notices(self) -> list[str]:
        """A copy or a part that is missing."""
        with self._cluster.client() as client:
            health = client.cluster.health(index=self._cluster.address.name)
        told, missing = _STATES.get(health["status"], ""), health["unassigned_shards"] + health["initializing_shards"]
        return [told.format(missing=missing, nodes=health["number_of_nodes"])] if told else []


_STATES = {
    "yellow": "集群的状态是 yellow（{nodes} 个节点）：还缺 {missing} 份分片的副本，检索仍是完整的；"
    "再少一个节点就可能不完整。请等它自己补齐，长时间不变时请检查各节点；"
    "只有一个节点时副本数应为 0（SPEECHES_OPENSEARCH_REPLICAS）。",
    "red": "集群的状态是 red（{nodes} 个节点）：缺 {missing} 份分片，其中有主分片，检索不能完整，因此不给结果。"
    "请让停下的节点重新加入；数据已丢失的，运行 python -m indexer build --full 重建。",
}
