"""Three real nodes, of which one stands still, is killed, or all are: no wrong answer, nothing lost, no long wait.

    make cluster NODES=3, the two lines it prints, pytest -m faults

By themselves only: they take the nodes from under every other test.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import pytest
from conftest import ROOT, document, emptied

from app import create_app
from search.engines import Engine, Store, store_of
from search.errors import IndexUnusable
from search.query.parsing import parse
from search.settings import Settings

pytest.importorskip("opensearchpy", reason="没有装 opensearch-py（requirements-opensearch.txt）")
pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

HOSTS = "http://127.0.0.1:9241,127.0.0.1:9242,127.0.0.1:9243"
AT_MOST = 5.0  # seconds: of a search, and from a fault until all are answered again
QUESTIONS = ("养老服务", "福利彩票 养老", "“规范”", "困难群众")


class Nodes:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def signal(self, number: int, what: signal.Signals) -> None:
        os.kill(int((self._folder / f"node{number}" / "pid").read_text()), what)

    def run(self, number: int) -> None:
        from start_cluster import run

        run(self._folder, number)

    def bring_back(self) -> None:
        """Whatever stands still goes on, whatever ended starts again."""
        for number in (1, 2, 3):
            try:
                self.signal(number, signal.SIGCONT)
            except (OSError, ValueError):
                self.run(number)
        wait_for(is_green)


def client() -> object:
    from opensearchpy import OpenSearch

    return OpenSearch(hosts=[f"http://127.0.0.1:924{n}" for n in (1, 2, 3)], timeout=5, max_retries=3)


def wait_for(met: Callable[[], bool], seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if met():
                return
        except Exception:  # not there yet
            pass
        time.sleep(0.5)
    pytest.fail("the cluster did not come back")


def is_green() -> bool:
    health = client().cluster.health()  # type: ignore[attr-defined]
    return bool(health["status"] == "green" and health["number_of_nodes"] == 3)


@pytest.fixture
def nodes() -> Iterator[Nodes]:
    folder = os.environ.get("SPEECHES_TEST_NODES")
    if not folder:
        pytest.skip("no three nodes of OpenSearch: `make cluster NODES=3`, and set what it prints")
    sys.path.insert(0, str(ROOT / "tests"))
    found = Nodes(Path(folder))
    wait_for(is_green)
    yield found
    found.bring_back()


@pytest.fixture
def kept(nodes: Nodes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An index of 60 documents in three parts, each twice."""
    monkeypatch.setenv("SPEECHES_OPENSEARCH_SHARDS", "3")
    monkeypatch.setenv("SPEECHES_OPENSEARCH_REPLICAS", "1")
    monkeypatch.delenv("SPEECHES_OPENSEARCH_SECONDS")
    store = store_of("opensearch", f"{HOSTS}/test-{token_hex(6)}")
    with store.writer(fresh=True) as writer:
        for number in range(60):
            writer.add(document(f"{number}", "发展养老服务，关心困难群众。" * (1 + number % 7), "规范福利彩票。"))
        writer.publish({})
    wait_for(is_green)
    yield store
    nodes.bring_back()
    emptied(f"http://127.0.0.1:9241/{store.location.rpartition('/')[2]}")


def answer(engine: Engine, typed: str) -> object:
    found = engine.find(parse(typed), limit=20, offset=0)
    return found.documents, found.occurrences, [(one.id, round(one.score, 7)) for one in found.ranked]


def answers(engine: Engine) -> list[object]:
    return [answer(engine, typed) for typed in QUESTIONS]


@dataclass(frozen=True, slots=True)
class Seen:
    begun: float  # seconds, of the same clock
    took: float
    outcome: str  # right, wrong, or what was said


class Readers:
    """Three who search without a pause, and what they saw."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._right = answers(store.open())
        self._ending = threading.Event()
        self.seen: list[Seen] = []
        self._threads = [threading.Thread(target=self._search) for _ in range(3)]

    def _search(self) -> None:
        while not self._ending.is_set():
            begun, which = time.monotonic(), random.randrange(len(QUESTIONS))
            try:
                found = answer(self._store.open(), QUESTIONS[which])
                outcome = "right" if found == self._right[which] else "wrong"
            except IndexUnusable as error:
                outcome = str(error)
            self.seen.append(Seen(begun, time.monotonic() - begun, outcome))
            time.sleep(0.05)

    def __enter__(self) -> Readers:
        for thread in self._threads:
            thread.start()
        time.sleep(2)
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        for thread in self._threads:
            thread.join()


def bearable(readers: Readers, fault: float) -> None:
    """No answer was wrong, and nothing failed any more some seconds after the fault."""
    outcomes = [one.outcome for one in readers.seen]
    late = [one for one in readers.seen if one.outcome != "right" and one.begun > fault + AT_MOST]
    failed = [one.begun + one.took - fault for one in readers.seen if one.outcome != "right"]
    print(f"{len(outcomes)} asked, {len(failed)} failed, the last {max(failed, default=0):.1f} s after the fault")
    print(f"longest: {max(one.took for one in readers.seen):.1f} s")
    assert "wrong" not in outcomes
    assert late == []
    assert any(one.begun > fault + AT_MOST for one in readers.seen)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_node_that_stands_still_is_done_without(nodes: Nodes, kept: Store, number: int) -> None:
    with Readers(kept) as readers:
        nodes.signal(number, signal.SIGSTOP)
        fault = time.monotonic()
        time.sleep(15)
        nodes.signal(number, signal.SIGCONT)
    bearable(readers, fault)


@pytest.mark.parametrize("number", [1, 2])
def test_a_node_is_killed_while_some_search_and_one_writes(nodes: Nodes, kept: Store, number: int) -> None:
    location = kept.location
    with Readers(kept) as readers, store_of("opensearch", location).writer(fresh=False) as writer:
        for at in range(40):
            writer.add(document(f"新{at}", "殡葬改革。"))
            if at % 10 == 0:
                writer._flush()  # type: ignore[attr-defined]
            if at == 20:
                nodes.signal(number, signal.SIGKILL)
                fault = time.monotonic()
        # Before the nodes that are left make new copies: after a minute, and at once of an index made by then.
        wait_for(lambda: any("yellow" in one for one in kept.notices()), 30)
        pages = create_app(Settings(engine="opensearch", index=location)).test_client()
        assert "yellow" in pages.get("/status").get_data(as_text=True)
        time.sleep(max(0.0, fault + AT_MOST + 2 - time.monotonic()))
    bearable(readers, fault)  # what was not published is not seen
    with store_of("opensearch", location).writer(fresh=False) as writer:
        for at in range(40):
            writer.add(document(f"新{at}", "殡葬改革。"))
        writer.publish({})
    wait_for(lambda: kept.open().documents == 100, 10)
    assert kept.open().find(parse("殡葬改革"), limit=50, offset=0).documents == 40


def test_all_nodes_end_and_start_again(nodes: Nodes, kept: Store) -> None:
    before = answers(kept.open())
    pages = create_app(Settings(engine="opensearch", index=kept.location)).test_client()
    for number in (1, 2, 3):
        nodes.signal(number, signal.SIGKILL)
    time.sleep(2)
    begun = time.monotonic()
    away = pages.get("/search?q=养老")
    assert (away.status_code, "连不上" in away.get_data(as_text=True)) == (503, True)
    assert time.monotonic() - begun < AT_MOST
    for number in (1, 2, 3):
        nodes.run(number)
    wait_for(is_green)
    assert answers(kept.open()) == before
    assert pages.get("/search?q=养老").status_code == 200
