"""Writes a generation into the cluster: in batches as documents come, seen by nobody until the alias is moved. While
the cluster takes a batch the next is made ready; no more than these two are in memory.

A document of which something else is to be said is sent again whole: what the cluster keeps of it could not make the
other fields anew.
"""

from __future__ import annotations

import contextlib
import json
import logging
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor

from search.documents.document import Document
from search.documents.siblings import Siblings
from search.engines import Progress
from search.engines.notes import Notes
from search.engines.opensearch import mapping, state, vocabulary_counts
from search.engines.opensearch.client import Cluster
from search.engines.opensearch.engine import Manifest, OpenSearchEngine
from search.engines.opensearch.generations import Generations
from search.engines.opensearch.mapping import Json
from search.errors import IndexUnusable
from search.index import fingerprint, vocabulary, vocabulary_changes
from search.index.analysis import Analysis, analysed

log = logging.getLogger(__name__)

# Bytes of a batch: larger ones are no faster and fill the memory of small nodes.
_BATCH = 5 << 20
# How often a batch is tried that the cluster cannot take now, and the seconds before the first time again, doubled
# with each.
_TRIES, _WAIT = 8, 0.5
# Ids of one question.
_AT_ONCE = 10_000
# Documents looked at before an index is published.
_SAMPLED = 5


class OpenSearchWriter:
    """Changes to an index of their own that begins as a clone of the published one."""

    def __init__(self, cluster: Cluster, lock: state.Lock, *, fresh: bool) -> None:
        self._cluster = cluster
        self._lock = lock
        self._generations = Generations(cluster)
        self._before = self._generations.current()
        self._base = None if fresh else self._before
        self.generation = self._generations.next_name()
        self._generations.begin(self.generation, self._base.generation if self._base else None)
        self._waiting: dict[str, str] = {}
        self._bytes = 0
        self._sender = ThreadPoolExecutor(1, "batches")
        self._sending: Future[None] | None = None
        self._ending = threading.Event()
        self._added: dict[str, None] = {}
        self._removed = set[str]()

    def add(self, document: Document, analysis: Analysis | None = None) -> None:
        if document.id in self._added:
            raise ValueError(f"document {document.id} added twice in one batch ({document.external_id})")
        self._added[document.id] = None
        self._send(document, analysis)

    def remove(self, document_id: str) -> None:
        self._removed.add(document_id)
        if document_id not in self._added:
            self._put(document_id, json.dumps({"delete": {"_index": self.generation, "_id": document_id}}) + "\n")

    def _send(self, document: Document, analysis: Analysis | None = None) -> None:
        action = {"index": {"_index": self.generation, "_id": document.id}}
        source = mapping.written(document, analysis or analysed(document))
        self._put(document.id, "".join(json.dumps(line) + "\n" for line in (action, source)))

    def _put(self, document_id: str, lines: str) -> None:
        self._waiting[document_id] = lines
        self._bytes += len(lines)
        if self._bytes >= _BATCH:
            self._hand_over()

    def _hand_over(self) -> None:
        """Begins to send what waits, when the batch before is sent."""
        self._end_sending()
        batch, self._waiting, self._bytes = self._waiting, {}, 0
        if batch:
            self._sending = self._sender.submit(self._send_all, batch)

    def _end_sending(self) -> None:
        sending, self._sending = self._sending, None
        if sending:
            sending.result()

    def _flush(self) -> None:
        """Everything is in the cluster afterwards."""
        self._hand_over()
        self._end_sending()
        self._lock.check()

    def _send_all(self, batch: dict[str, str]) -> None:
        """Sends a batch; what the cluster cannot take now is sent again. Ids make it safe to send twice."""
        for attempt in range(_TRIES):
            self._lock.check()
            if attempt and self._ending.wait(_WAIT * 2 ** (attempt - 1)):
                return
            try:
                items = self._cluster.written("".join(batch.values()))
            except IndexUnusable:
                if attempt + 1 == _TRIES:
                    raise
                continue
            refused = {item["_id"]: item["error"] for item in items if item["status"] >= 400 and item["status"] != 404}
            batch = {id: lines for id, lines in batch.items() if id in refused}
            if not batch:
                return
            if not any(item["status"] in (429, 503) for item in items):
                break
        log.error("集群没有收下 %d 篇：%s", len(batch), str(next(iter(refused.values())))[:500])
        raise IndexUnusable("检索集群没有收下全部文献，索引没有更新。请检查集群的磁盘和状态后重新运行。")

    def publish(
        self,
        notes: Notes,
        siblings: Mapping[str, Siblings] | None = None,
        progress: Progress | None = None,
        *,
        keep: bool = False,
    ) -> str:
        self._tell(siblings or {}, progress)
        self._flush()
        documents = self._verified()
        held = vocabulary_counts.held(self._cluster, self.generation)
        known = vocabulary.loads((self._base and self._base.note(vocabulary.NOTE)) or "")
        notes = {**notes, vocabulary.NOTE: vocabulary_changes.made(held, known).pieces()}
        manifest = Manifest(
            fingerprint=fingerprint.fingerprint(),
            documents=documents,
            characters=vocabulary_counts.characters(self._cluster, self.generation),
            published=time.time(),
            notes=state.keep_notes(self._cluster, self.generation, notes),
        )
        self._lock.check()
        before = self._before.generation if self._before else ""
        self._generations.publish(self.generation, manifest, before, keep=keep)
        return self.generation

    def _tell(self, siblings: Mapping[str, Siblings], progress: Progress | None) -> None:
        """Sends again the documents of which something else is to be said now, whether new or published before."""
        asked = sorted(siblings.keys() - (self._removed - self._added.keys()))
        self._flush()
        done, of = len(self._added), len(self._added) + len(asked)
        for at in range(0, len(asked), 100):
            if progress:
                progress(done + at, of)
            for id, one in self._here().fetch(asked[at : at + 100], whole=True).items():
                if (told := siblings[id].told(one.document)) != one.document:
                    self._added.setdefault(id)
                    self._send(told)
        if progress:
            progress(of, of)

    def _here(self) -> OpenSearchEngine:
        return OpenSearchEngine(self._cluster, self.generation, Manifest("", 0, 0, 0.0, {}))

    def _verified(self) -> int:
        """The documents that every copy of the index holds; raises IndexUnusable where they are not those expected."""
        self._generations.refresh(self.generation)
        expected = len(self._added)
        if self._base:
            changed = sorted(self._added.keys() | self._removed)
            parts = [changed[at : at + _AT_ONCE] for at in range(0, len(changed), _AT_ONCE)]
            gone = sum(self._counted(self._base.generation, {"terms": {"id": part}}) for part in parts)
            expected += self._base.documents - gone
        found = self._generations.counted_everywhere(self.generation, expected)
        sample = list(self._added)[:: max(1, len(self._added) // _SAMPLED)]
        if found != expected or self._counted(self.generation, {"terms": {"id": sample}}) != len(sample):
            raise IndexUnusable(f"集群里应有 {expected} 篇，实有 {found} 篇，索引没有更新。请检查集群后重新运行。")
        return found

    def _counted(self, index: str, query: Json) -> int:
        (answer,) = self._cluster.searched(index, [{"size": 0, "track_total_hits": True, "query": query}], patient=True)
        return int(answer["hits"]["total"]["value"])

    def cancel(self) -> None:
        self._ending.set()
        # A batch that comes after its index is removed would make one of that name.
        self._sender.shutdown(cancel_futures=True)
        self._generations.discard(self.generation)


@contextlib.contextmanager
def writing(cluster: Cluster, *, fresh: bool) -> Iterator[OpenSearchWriter]:
    """A writer under the lock; what is not published is thrown away."""
    with state.locked(cluster) as lock:
        writer = OpenSearchWriter(cluster, lock, fresh=fresh)
        try:
            yield writer
        finally:
            # Where the cluster is away undoing fails, too; it must not hide what failed.
            with contextlib.suppress(IndexUnusable):
                writer.cancel()
