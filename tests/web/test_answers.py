"""What every answer gets: a tag by which an unchanged page is not made again, compression, a turn among the others."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import document
from flask import Flask, Response
from flask.testing import FlaskClient

from app import create_app
from search.engines import store_of
from search.errors import Busy
from search.settings import Settings
from web.cache import MAX_ANSWER_BYTES, AnswerCache
from web.turns import RUNNING, WAITING, Turns

SPEECH = document("甲.txt", "发展养老服务。", title="养老服务会议")


def published(folder: Path, *texts: str) -> None:
    with store_of("whoosh", folder).writer(fresh=True) as writer:
        for number, text in enumerate(texts):
            writer.add(document(f"{number}.txt", text, title="养老服务会议"))
        writer.publish({})


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    published(tmp_path, "发展养老服务。")
    yield create_app(Settings(index=tmp_path))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


# --- unchanged pages -------------------------------------------------------------------------------------

TAGGED = ("/", "/search?q=养老服务", "/browse", "/advanced", "/api/search?q=养老服务", "/api/suggest?q=养老")


@pytest.mark.parametrize("address", TAGGED)
def test_a_page_that_has_not_changed_is_not_made_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    second = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, second.status_code, second.data) == (200, 304, b"")
    assert second.headers["ETag"] == first.headers["ETag"]


def test_an_index_published_since_makes_every_page_another(app: Flask, tmp_path: Path) -> None:
    tag = app.test_client().get("/search?q=养老服务").headers["ETag"]
    published(tmp_path, "发展养老服务。", "养老服务。")
    again = app.test_client().get("/search?q=养老服务", headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert "2</b> 篇" in again.get_data(as_text=True)


def test_another_run_of_the_program_makes_every_page_another(app: Flask, tmp_path: Path) -> None:
    tag = app.test_client().get("/").headers["ETag"]
    later = create_app(Settings(index=tmp_path)).test_client()
    assert later.get("/", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("address", ["/nothing", "/search?q=养老&page=-1", "/doc/ffffffffffffffff", "/healthz"])
def test_an_error_or_a_state_of_health_has_no_tag(client: FlaskClient, address: str) -> None:
    assert "ETag" not in client.get(address).headers


# --- compression -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/api/openapi.json", "/static/style.css", "/static/reading.js"])
def test_text_is_compressed_for_who_can_unpack_it(client: FlaskClient, address: str) -> None:
    with client.get(address) as plain, client.get(address, headers={"Accept-Encoding": "gzip"}) as packed:
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"] and "Accept-Encoding" in plain.headers["Vary"]
        assert gzip.decompress(packed.data) == plain.data
        assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data)


def test_a_small_answer_is_not_worth_it(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", "br", ""])
def test_nothing_is_compressed_for_who_cannot_unpack_it(client: FlaskClient, accepted: str) -> None:
    assert "Content-Encoding" not in client.get("/", headers={"Accept-Encoding": accepted}).headers


def test_a_packed_file_of_the_pages_is_known_again_by_its_tag(client: FlaskClient) -> None:
    with client.get("/static/style.css", headers={"Accept-Encoding": "gzip"}) as first:
        headers = {"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]}
        with client.get("/static/style.css", headers=headers) as second:
            assert (second.status_code, second.data) == (304, b"")


# --- answers kept ----------------------------------------------------------------------------------------


def test_the_same_question_is_answered_again_without_a_search(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = {zipped: client.get("/search?q=养老服务", headers={"Accept-Encoding": zipped}) for zipped in ("gzip", "")}
    monkeypatch.setattr("search.results.search", None)
    for zipped, page in first.items():
        again = client.get("/search?q=养老服务", headers={"Accept-Encoding": zipped})
        assert (again.data, sorted(again.headers)) == (page.data, sorted(page.headers))
    assert client.get("/search?q=养老").status_code == 500  # what was not asked before is searched for


def test_another_index_answers_anew(app: Flask, tmp_path: Path) -> None:
    before = app.test_client().get("/search?q=养老服务").get_data(as_text=True)
    published(tmp_path, "发展养老服务。", "养老服务。")
    assert app.test_client().get("/search?q=养老服务").get_data(as_text=True) != before


def test_the_least_lately_asked_answer_gives_way() -> None:
    kept = AnswerCache(most=2)
    for asked in ("甲", "乙", "甲", "丙"):
        if not kept.get((asked,)):
            kept.put((asked,), Response(asked))
    assert [bool(kept.get((asked,))) for asked in ("甲", "乙", "丙")] == [True, False, True]


def test_a_very_long_answer_is_not_kept() -> None:
    kept = AnswerCache()
    kept.put(("长",), Response("长" * MAX_ANSWER_BYTES))
    assert kept.get(("长",)) is None


# --- turns -----------------------------------------------------------------------------------------------


def test_two_searches_run_some_wait_and_the_next_is_told_to_come_again(app: Flask) -> None:
    """The one beyond RUNNING and WAITING at once; when the others have finished there is room again."""
    go, inside, statuses = threading.Event(), threading.Semaphore(0), []

    def slow() -> str:
        app.extensions["turns"].take()
        inside.release()
        go.wait(10)
        app.extensions["turns"].give()
        return "完"

    app.add_url_rule("/slow", view_func=slow)
    crowd = [
        threading.Thread(target=lambda: statuses.append(app.test_client().get("/slow").status_code))
        for _ in range(RUNNING + WAITING)
    ]
    for one in crowd:
        one.start()
    assert inside.acquire(timeout=5) and inside.acquire(timeout=5)  # two run …
    assert not inside.acquire(timeout=0.2)  # … and no third
    refused = app.test_client().get("/search?q=养老服务")
    light = [app.test_client().get(address).status_code for address in ("/help", "/healthz")]
    go.set()
    for one in crowd:
        one.join(10)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "3")
    assert "同时检索的人太多" in refused.get_data(as_text=True)
    assert light == [200, 200]
    assert statuses == [200] * (RUNNING + WAITING)
    assert app.test_client().get("/search?q=养老服务").status_code == 200


def test_a_search_that_fails_gives_its_turn_back(app: Flask) -> None:
    for _ in range(20):
        assert app.test_client().get("/doc/ffffffffffffffff").status_code == 404
        assert app.test_client().get("/search?q=养老&page=-1").status_code == 400
    assert app.test_client().get("/search?q=养老").status_code == 200


def test_who_waits_too_long_is_told_to_come_again() -> None:
    turns = Turns(running=1, waiting=1, patience=0.05)
    turns.take()
    with pytest.raises(Busy, match="还没有完成"):
        turns.take()
    turns.give()
    turns.take()
