"""What is written to a cluster: generations, writers that died, what it cannot take."""

from __future__ import annotations

import threading
import time

import pytest
from conftest import document

from search.engines import Store, store_of
from search.errors import Busy, IndexUnusable

pytest.importorskip("opensearchpy", reason="没有装 opensearch-py（requirements-opensearch.txt）")


def publish(store: Store, *names: str, keep: bool = False) -> str:
    with store.writer(fresh=False) as writer:
        for name in names:
            writer.add(document(name, "养老服务。"))
        return writer.publish({"files": name}, keep=keep)


@pytest.mark.cluster
def test_the_generation_before_and_one_that_is_kept_stay(in_cluster: str) -> None:
    store = store_of("opensearch", in_cluster)
    first, second = publish(store, "一"), publish(store, "二", keep=True)
    third, fourth = publish(store, "三"), publish(store, "四")
    there = store_of("opensearch", in_cluster)._generations()  # type: ignore[attr-defined]
    assert sorted(there) == [first, third, fourth]
    assert second not in there
    assert store.open().documents == 4


@pytest.mark.cluster
def test_a_writer_that_died_is_followed_by_another(in_cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_of("opensearch", in_cluster)
    with store.writer(fresh=True):
        with pytest.raises(Busy, match="进程"), store.writer(fresh=True):
            pass
        monkeypatch.setattr("search.engines.opensearch.state._DEAD", -1)
        assert publish(store, "一") == store.open().generation


@pytest.mark.cluster
def test_a_batch_the_cluster_cannot_take_now_is_sent_again(in_cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_of("opensearch", in_cluster)
    cluster = store._cluster  # type: ignore[attr-defined]
    written, answers = cluster.written, [IndexUnusable("away"), [{"_id": "x", "status": 429, "error": "full"}]]

    def unwilling(body: str) -> list[dict[str, object]]:
        if not answers:
            return written(body)  # type: ignore[no-any-return]
        answer = answers.pop()
        if isinstance(answer, IndexUnusable):
            raise answer
        return [{**answer[0], "_id": body.split('"_id": "')[1].split('"')[0]}]

    monkeypatch.setattr(cluster, "written", unwilling)
    monkeypatch.setattr("search.engines.opensearch.writer._WAIT", 0.01)
    publish(store, "一")
    assert (answers, store.open().documents) == ([], 1)


@pytest.mark.cluster
def test_the_next_batch_is_made_while_one_is_sent(in_cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engines.opensearch.writer._BATCH", 1)
    store = store_of("opensearch", in_cluster)
    cluster, taken, made = store._cluster, threading.Event(), list[int]()  # type: ignore[attr-defined]
    written = cluster.written

    def slow(body: str) -> list[dict[str, object]]:
        assert taken.wait(30)
        made.append(body.count("grams_single"))
        return written(body)  # type: ignore[no-any-return]

    monkeypatch.setattr(cluster, "written", slow)
    with store.writer(fresh=True) as writer:
        writer.add(document("一", "养老服务。"))
        assert made == []  # and add() has come back
        taken.set()
        writer.add(document("二", "养老服务。"))
        writer.publish({})
    assert (len(made), store.open().documents) == (2, 2)


@pytest.mark.cluster
def test_who_gives_up_does_not_wait_for_a_cluster_that_is_away(
    in_cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.opensearch.writer._BATCH", 1)
    store, tried = store_of("opensearch", in_cluster), threading.Event()

    def away(body: str) -> None:
        tried.set()
        raise IndexUnusable("away")

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt), store.writer(fresh=True) as writer:
        monkeypatch.setattr(store._cluster, "written", away)  # type: ignore[attr-defined]
        writer.add(document("一", "养老服务。"))
        assert tried.wait(30)
        raise KeyboardInterrupt
    assert time.monotonic() - begun < 30  # all tries together are a minute
    assert store.is_empty()


@pytest.mark.cluster
def test_a_disk_that_is_nearly_full_ends_a_build_with_a_sentence(
    in_cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a cluster does at its flood stage: the index can be read, and deleted from, and no more."""
    monkeypatch.setattr("search.engines.opensearch.writer._WAIT", 0.01)
    store = store_of("opensearch", in_cluster)
    before = publish(store, "一")
    with pytest.raises(IndexUnusable, match="请检查集群的磁盘"), store.writer(fresh=False) as writer:
        with store._cluster.client() as client:  # type: ignore[attr-defined]
            blocked = {"index.blocks.read_only_allow_delete": True}
            client.indices.put_settings(index=writer.generation, body=blocked)  # type: ignore[attr-defined]
        writer.add(document("二", "养老服务。"))
        writer.publish({})
    assert (store.open().generation, store.open().documents) == (before, 1)


@pytest.mark.cluster
def test_an_index_of_another_program_is_left_alone(in_cluster: str) -> None:
    from opensearchpy import OpenSearch

    host, _, name = in_cluster.rpartition("/")
    client = OpenSearch(hosts=[host])
    client.indices.create(index=f"{name}-other", body={"aliases": {name: {}}})
    client.close()
    store = store_of("opensearch", in_cluster)
    for asked in (store.open, store.is_empty):
        with pytest.raises(IndexUnusable, match="别的程序"):
            asked()
    with pytest.raises(IndexUnusable, match="别的程序"), store.writer(fresh=True):
        pass


@pytest.mark.cluster
def test_a_sign_of_life_whose_answer_was_late_is_no_other_writers(
    in_cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client tries again what was not answered in time, and the second try finds the first done."""
    monkeypatch.setattr("search.engines.opensearch.state._BEAT", 3600.0)
    store = store_of("opensearch", in_cluster)
    with store.writer(fresh=True) as writer:
        lock = writer._lock  # type: ignore[attr-defined]
        before = lock._version
        lock._said()  # and nobody heard the answer
        lock._version = before
        assert lock._said()["_seq_no"] == before["_seq_no"] + 1
        monkeypatch.setattr(lock, "_token", "another")
        with pytest.raises(IndexUnusable):
            lock._said()


@pytest.mark.cluster
def test_nothing_is_written_before_every_node_that_can_has_its_copy(in_cluster: str) -> None:
    """A node that ends would take with it what is nowhere else. Of one node alone there is nothing to wait for."""
    store = store_of("opensearch", in_cluster)
    for _ in range(2):  # an empty index, and a clone
        with store.writer(fresh=False) as writer, store._cluster.client() as client:  # type: ignore[attr-defined]
            found = client.cat.shards(index=writer.generation, params={"h": "state", "format": "json"})  # type: ignore[attr-defined]
            nodes = client.cluster.health()["number_of_data_nodes"]
            assert [one["state"] for one in found].count("STARTED") == min(2, nodes)
            writer.publish({})
