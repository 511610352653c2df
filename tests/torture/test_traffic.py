"""Readers ask while the index is published again and again, by another process as it is in use: every answer is that
of one generation, the newest is seen at once, /healthz always within a second, few answers much later than with
nothing else to do, and neither memory nor open files grow."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import document
from flask import Flask
from scale import TIMES, many, told

from app import create_app
from indexer import priority
from search.engines import store_of
from search.settings import Settings

ADDRESSES = (
    *("/api/search?q=养老服务", "/search?q=养老服务&page={page}", "/healthz", "/browse", "/search?q=福利 彩票{n}"),
    *("/check?text=规范福利彩票管理{n}", "/tools/timeline?q=福利彩票{n}", "/doc/{id}?q=彩票{n}"),
)
FIRST = 100  # documents of the first generation; each one after it has one more
SLOWER = 2.0  # times as long as with nothing else to do, at most, ninety-nine of a hundred answers


def publish(index: Path, number: int) -> str:
    """A generation with one document more, so that each has its own count."""
    fresh = number % 5 == 0
    with store_of("whoosh", index).writer(fresh=fresh) as writer:
        for one in range(FIRST + number) if fresh else (FIRST + number - 1,):
            writer.add(document(f"{one:04}.txt", f"推进养老服务第{one}项。", "规范福利彩票管理。" * 20))
        return writer.publish({})


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208


def memory() -> float:
    """MB of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def seen_after(app: Flask, name: str) -> float:
    """Seconds until an answer is of that generation."""
    begun = time.perf_counter()
    while app.test_client().get("/healthz").headers["X-Index-Generation"] != name:
        assert time.perf_counter() - begun < 10
    return time.perf_counter() - begun


class Readers:
    """Four that ask without a pause; what they were answered."""

    def __init__(self, app: Flask) -> None:
        self._app, self._over = app, threading.Event()
        self._lock, self._asked = threading.Lock(), iter(range(10**9))
        self.times, self.healthz = list[float](), list[float]()
        self.documents = defaultdict[str, set[int]](set)  # that a generation said to have
        self.statuses = defaultdict[tuple[str, int], int](int)
        self._threads = [threading.Thread(target=self._read) for _ in range(4)]

    def __enter__(self) -> Readers:
        for one in self._threads:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for one in self._threads:
            one.join()

    def _read(self) -> None:
        client = self._app.test_client()
        while not self._over.is_set():
            n = next(self._asked)
            what = ADDRESSES[n % len(ADDRESSES)]
            begun = time.perf_counter()
            response = client.get(what.format(n=n, page=1 + n % 2, id=document(f"{n % FIRST:04}.txt", "").id))
            taken = time.perf_counter() - begun
            said: Any = response.get_json() if response.is_json else {}
            held = said.get("documents", said.get("total", {}).get("documents"))
            with self._lock:
                (self.healthz if what == "/healthz" else self.times).append(taken)
                self.statuses[what, response.status_code] += 1
                if held is not None:
                    self.documents[response.headers.get("X-Index-Generation", "")].add(held)

    def wait_for(self, requests: float) -> None:
        while len(self.times) + len(self.healthz) < requests and any(one.is_alive() for one in self._threads):
            time.sleep(0.005)

    def p99(self) -> float:
        return sorted(self.times)[len(self.times) * 99 // 100]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are counted in /proc")
def test_answers_while_the_index_changes_are_of_one_generation_each(tmp_path: Path) -> None:
    index, publishes, requests = tmp_path / "index", many(4, 20), many(240, 20_000)
    app, sizes = create_app(Settings(index=str(index))), []
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), priority.step_back) as indexer:
        documents = {indexer.submit(publish, index, 0).result(): FIRST}
        with Readers(app) as idle:
            idle.wait_for(requests / 4)
        with Readers(app) as busy:
            for number in range(1, publishes + 1):
                busy.wait_for(requests * number / (publishes + 1))
                name = indexer.submit(publish, index, number).result()
                documents[name] = FIRST + number
                assert seen_after(app, name) < 1
                gc.collect()
                sizes.append((memory(), open_files()))
            busy.wait_for(requests)
    for readers in (idle, busy):
        assert {status for _, status in readers.statuses} == {200}, readers.statuses
        assert {name: {documents[name]} for name in readers.documents} == readers.documents
        assert max(readers.healthz) < 1
    middle = sizes[len(sizes) // 2]
    told(
        "发布期间的请求",
        tried=len(busy.times) + len(busy.healthz),
        publishes=publishes,
        wrong=0,
        idle_ms=round(1000 * idle.p99(), 1),
        p99_ms=round(1000 * busy.p99(), 1),
        slowest_ms=round(1000 * max(busy.times), 1),
        healthz_ms=round(1000 * max(busy.healthz), 1),
        memory_mb=f"{sizes[0][0]:.0f} → {middle[0]:.0f} → {sizes[-1][0]:.0f}",
        open_files=f"{sizes[0][1]} → {middle[1]} → {sizes[-1][1]}",
    )
    assert sizes[-1][1] <= middle[1] + 60  # a generation or two of files
    assert sizes[-1][0] <= middle[0] * 1.15 + 10
    if TIMES:  # a few hundred requests have too few slow ones to tell by
        assert len(busy.times) + len(busy.healthz) >= 20_000
        assert busy.p99() <= SLOWER * idle.p99()
