"""Readers ask while the index is published again and again: every answer is that of one generation, the newest is seen
at once, and neither memory nor open files grow."""

from __future__ import annotations

import gc
import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import document
from scale import TIMES, many, told

from app import create_app
from search.engines import store_of
from search.settings import Settings

ADDRESSES = ("/api/search?q=养老服务", "/search?q=养老服务&page={n}", "/healthz", "/browse", "/search?q=福利 彩票{n}")


def publish(index: Path, number: int) -> str:
    """A generation with one document more, so that each has its own count."""
    with store_of("whoosh", index).writer(fresh=number % 5 == 0) as writer:
        for old in range(number + 1) if number % 5 == 0 else (number,):
            writer.add(document(f"{old:04}.txt", f"推进养老服务第{old}项。", "规范福利彩票管理。" * 20))
        return writer.publish({})


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208


def memory() -> float:
    """MB of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are counted in /proc")
def test_answers_while_the_index_changes_are_of_one_generation_each(tmp_path: Path) -> None:
    index, publishes, requests = tmp_path / "index", many(4, 20), many(240, 20_000)
    documents = {publish(index, 0): 1}
    app = create_app(Settings(index=str(index)))
    wrong, times, lock, asked = list[Any](), list[float](), threading.Lock(), iter(range(10**9))
    over = threading.Event()

    def reader() -> None:
        client = app.test_client()
        while not over.is_set():
            n = next(asked)
            address = ADDRESSES[n % len(ADDRESSES)].format(n=1 + n % 2 if "page" in ADDRESSES[n % 5] else n)
            begun = time.perf_counter()
            response = client.get(address)
            taken, generation = time.perf_counter() - begun, response.headers.get("X-Index-Generation", "")
            said = response.get_json() if response.is_json else {}
            held = said.get("documents", said.get("total", {}).get("documents")) if response.is_json else None
            with lock:
                times.append(taken)
                right = held is None or held == documents[generation]
                if response.status_code not in (200, 404) or not right:
                    wrong.append((address, response.status_code, generation, held))

    threads = [threading.Thread(target=reader) for _ in range(4)]
    for one in threads:
        one.start()
    sizes = []
    try:
        for number in range(1, publishes + 1):
            while len(times) < requests * number / (publishes + 1):
                time.sleep(0.005)
            with lock:  # so that readers know how many there are in the new one
                name = publish(index, number)
                documents[name] = number + 1
            begun = time.perf_counter()
            assert app.test_client().get("/healthz").headers["X-Index-Generation"] == name
            assert time.perf_counter() - begun < 1
            gc.collect()
            sizes.append((memory(), open_files()))
        while len(times) < requests:
            time.sleep(0.005)
    finally:
        over.set()
        for one in threads:
            one.join()
    assert wrong == []
    middle = sizes[len(sizes) // 2]
    assert sizes[-1][1] <= middle[1] + 60  # a generation or two of files
    assert sizes[-1][0] <= middle[0] * 1.15 + 10
    times.sort()
    told(
        "发布期间的请求",
        tried=len(times),
        publishes=publishes,
        wrong=len(wrong),
        slowest_ms=round(1000 * times[-1], 1),
        p99_ms=round(1000 * times[len(times) * 99 // 100], 1),
        memory_mb=f"{sizes[0][0]:.0f} → {middle[0]:.0f} → {sizes[-1][0]:.0f}",
        open_files=f"{sizes[0][1]} → {middle[1]} → {sizes[-1][1]}",
    )
    assert len(times) >= 20_000 or not TIMES
