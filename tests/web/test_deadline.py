"""A request that takes too long is given up and says so, and leaves nothing behind that hinders the next."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from conftest import ROOT
from flask import Flask
from flask.testing import FlaskClient

from search import results
from search.errors import TooLong
from web import deadline
from web.deadline import Watch, in_time


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "SECONDS", 0.3)


def spinning(*_: object, **__: object) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        pass
    pytest.fail("nobody stopped it")


def test_a_search_that_takes_too_long_is_a_page_that_says_so(
    app: Flask, client: FlaskClient, hurried: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(results, "search", spinning)
        for address in ("/search?q=养老服务太久", "/api/search?q=养老服务太久"):
            begun = time.monotonic()
            response = client.get(address)
            assert (response.status_code, "0.3 秒还没有做完" in response.get_data(as_text=True)) == (503, True)
            assert time.monotonic() - begun < 5
        assert response.get_json()["error"]["code"] == "too_long"
    monkeypatch.setattr(deadline, "SECONDS", 20)
    for _ in range(12):  # as many as there are turns, and more
        assert client.get("/search?q=养老服务太久").status_code == 200


def test_every_page_has_a_deadline(app: Flask) -> None:
    pages = {endpoint: view for endpoint, view in app.view_functions.items() if endpoint != "static"}
    assert len(pages) > 30
    assert [endpoint for endpoint, view in pages.items() if view.__code__ is not in_time(view).__code__] == []


def test_an_error_inside_the_index_is_not_taken_for_damage(
    client: FlaskClient, hurried: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.whoosh.engine.WhooshEngine._find", spinning)
    response = client.get("/search?q=婚姻登记太久")
    assert (response.status_code, "用时太长" in response.get_data(as_text=True)) == (503, True)


def test_who_is_done_in_time_is_left_alone(hurried: None) -> None:
    watched = in_time(lambda: time.sleep(0.01) or "done")
    assert [watched() for _ in range(20)] == ["done"] * 20
    for _ in range(20):
        time.sleep(0.02)  # no exception comes later


def test_each_of_many_threads_gets_its_own(hurried: None) -> None:
    told: list[str] = []

    def late() -> None:
        try:
            in_time(spinning)()
        except TooLong:
            told.append("late")
        time.sleep(0.5)
        told.append("went on")

    threads = [threading.Thread(target=late) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(told) == ["late"] * 6 + ["went on"] * 6


def test_an_exception_on_its_way_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is done just when it is late hears nothing of it afterwards."""
    monkeypatch.setattr(deadline, "_LOOK", 0.0005)
    monkeypatch.setattr(deadline, "SECONDS", 0.001)
    monkeypatch.setattr(deadline, "_watch", Watch())

    @in_time
    def just_in_time() -> None:
        until = time.monotonic() + 0.001
        while time.monotonic() < until:
            pass

    for _ in _for(2):
        with contextlib.suppress(TooLong):
            just_in_time()
        sum(range(100))


def test_whoever_traces_a_thread_afterwards_is_not_held_up() -> None:
    code = (
        "import sys; from web.deadline import Watch; watch = Watch(); watch.begin(60); watch.forget();"
        "sys.settrace(lambda *told: None); (lambda: 1)(); sys.settrace(None); print('done')"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60, check=True)
    assert told.stdout.strip() == b"done"


def _for(seconds: float) -> Iterator[None]:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        yield
