"""What is kept beside the generations of an index: notes, and the lock of the one writer, in a small index."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from secrets import token_hex

from search.engines.notes import Notes, chunks
from search.engines.opensearch.client import Cluster, is_conflict, is_missing
from search.engines.opensearch.mapping import Json
from search.errors import Busy, IndexUnusable

log = logging.getLogger(__name__)

# Characters of a note that are one document of the cluster.
_CHUNK = 1_000_000
_LOCK = "lock"
# Seconds: a writer says so often that it is alive; after so many without a word another takes its place.
_BEAT, _DEAD = 10.0, 90.0


def name_of(cluster: Cluster) -> str:
    return f"{cluster.address.name}-state"


def ensure(cluster: Cluster) -> None:
    settings = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}
    with cluster.client(patient=True) as client:
        if not client.indices.exists(index=name_of(cluster)):
            # 400: another writer was sooner.
            client.indices.create(
                index=name_of(cluster),
                body={"settings": settings, "mappings": {"dynamic": False, "properties": {"of": {"type": "keyword"}}}},
                params={"ignore": 400},
            )


# --- notes ---------------------------------------------------------------------------------------------


def keep_notes(cluster: Cluster, generation: str, notes: Notes) -> dict[str, int]:
    """Writes the notes of a generation; name -> in how many pieces."""
    kept = dict.fromkeys(notes, 0)
    with cluster.client(patient=True) as client:
        for name, note in notes.items():
            for number, piece in enumerate(chunks(note, _CHUNK)):
                kept[name] = number + 1
                client.index(
                    index=name_of(cluster),
                    id=f"{generation}/{name}/{number}",
                    body={"of": generation, "text": piece},
                )
        client.indices.refresh(index=name_of(cluster))
    return kept


def note(cluster: Cluster, generation: str, name: str, pieces: int) -> str | None:
    """A note of so many pieces; None, and a line in the log, where one is missing."""
    ids = [f"{generation}/{name}/{number}" for number in range(pieces)]
    with cluster.client() as client:
        found = client.mget(index=name_of(cluster), body={"ids": ids})["docs"]
    if all(one.get("found") for one in found):
        return "".join(one["_source"]["text"] for one in found)
    log.warning("集群里 %s 的 %s 不完整，当作没有，下次更新索引时重写。", generation, name)
    return None


def forget_notes(cluster: Cluster, generation: str) -> None:
    with cluster.client(patient=True) as client:
        client.delete_by_query(
            index=name_of(cluster), body={"query": {"term": {"of": generation}}}, params={"conflicts": "proceed"}
        )


# --- the lock ------------------------------------------------------------------------------------------


class Lock:
    """Held by the one writer of an index; seq_no and term name the state of its document that is ours, the token is in
    it."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._token = token_hex(8)
        self._version = _taken(cluster, self._token)
        self._ending = threading.Event()
        self._lost = False
        self._thread = threading.Thread(target=self._beat, daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Raises Busy where another has taken our place."""
        if self._lost:
            raise Busy("另一个程序接手了这个索引的更新（本程序太久没有联系上集群）。请重新运行。")

    def release(self) -> None:
        self._ending.set()
        self._thread.join(timeout=_BEAT)
        with contextlib.suppress(IndexUnusable), self._cluster.client() as client:
            client.delete(index=name_of(self._cluster), id=_LOCK, params=_only(self._version))

    def _beat(self) -> None:
        while not self._ending.wait(_BEAT):
            try:
                self._version = self._said()
            except IndexUnusable as error:
                self._lost |= is_conflict(error) or is_missing(error)

    def _said(self) -> Json:
        """Writes that we are alive. What was answered too late is done all the same, and the try after it refused."""
        try:
            with self._cluster.client() as client:
                said: Json = client.index(
                    index=name_of(self._cluster), id=_LOCK, body=_held(self._token), params=_only(self._version)
                )
                return said
        except IndexUnusable as error:
            if is_conflict(error) and _is_of(there := _there(self._cluster), self._token):
                return there
            raise


@contextlib.contextmanager
def locked(cluster: Cluster) -> Iterator[Lock]:
    """Holds the lock; raises Busy, naming the holder, while another does."""
    ensure(cluster)
    lock = Lock(cluster)
    try:
        yield lock
    finally:
        lock.release()


def _taken(cluster: Cluster, token: str) -> Json:
    try:
        with cluster.client(patient=True) as client:
            made: Json = client.create(index=name_of(cluster), id=_LOCK, body=_held(token))
            return made
    except IndexUnusable as error:
        if not is_conflict(error):
            raise
    there = _there(cluster)
    if _is_of(there, token):
        return there
    holder = there["_source"]
    if time.time() - holder["beat"] < _DEAD:
        raise Busy(f"另一个程序正在更新这个索引（{holder['holder']}）。请等它结束后再运行。")
    log.warning("更新索引的程序 %s 没有了消息，由本程序接手。", holder["holder"])
    with cluster.client(patient=True) as client:
        taken: Json = client.index(index=name_of(cluster), id=_LOCK, body=_held(token), params=_only(there))
        return taken


def _there(cluster: Cluster) -> Json:
    with cluster.client(patient=True) as client:
        found: Json = client.get(index=name_of(cluster), id=_LOCK)
        return found


def _is_of(there: Json, token: str) -> bool:
    return bool(there["_source"].get("token") == token)


def _held(token: str) -> Json:
    return {"holder": f"{socket.gethostname()} 进程 {os.getpid()}", "beat": time.time(), "token": token}


def _only(version: Json) -> Json:
    """Nothing is changed where the document is another by now."""
    return {"if_seq_no": version["_seq_no"], "if_primary_term": version["_primary_term"]}
