"""The page for keepers: who comes in, and that nobody else fills the disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from keepers import begun, come_in, shown, word_in
from pages import FIRST, served
from waitress.buffers import TempfileBasedBuffer  # type: ignore[import-untyped]

from app import create_app
from search.settings import Settings
from web.keeper import gate
from web.receiving import refused_files

KEY = "一把够长的钥匙-0123456789"


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """An index of its own, for files are put in."""
    return replace(served(tmp_path), keeper=True)


@pytest.fixture
def locked(own: Settings, tmp_path: Path) -> Flask:
    (tmp_path / "key").write_text(f"{KEY}\n", encoding="utf-8")
    return create_app(replace(own, key=str(tmp_path / "key")))


PAGES = ("/keeper", "/keeper/documents", f"/keeper/documents/{FIRST}", "/keeper/synonyms", "/keeper/reports")
POSTED = ("/keeper/files", "/keeper/build", *PAGES[2:])


# --- who comes in --------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [*PAGES, "/keeper/files", "/keeper/build", "/keeper/leave", f"/doc/{FIRST}/report"])
def test_off_there_is_no_such_page(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404
    assert client.post("/keeper/enter", data={"name": "王某"}).status_code == 404
    assert "报告问题" not in client.get(f"/doc/{FIRST}").get_data(as_text=True)


@pytest.mark.parametrize("given", [{}, {"key": ""}, {"key": "不对"}, {"key": KEY[:-1]}, {"key": KEY[:-1] + "x"}])
def test_nobody_is_in_without_the_key(locked: Flask, given: dict[str, str]) -> None:
    client = come_in(locked, **given)
    for address in PAGES:
        response = client.get(address)
        assert (response.status_code, "更新索引</h2>" in response.get_data(as_text=True)) == (401, False)
        assert "Set-Cookie" not in response.headers
    for address in POSTED:
        assert client.post(address, data={"word": ""}).status_code == 403
    assert not locked.config["SPEECHES"].beside("keeper.jsonl").exists()


def test_with_the_key_one_is_in_by_a_cookie_that_no_script_reads(locked: Flask) -> None:
    client = locked.test_client()
    response = client.post("/keeper/enter", data={"name": "王某", "key": KEY})
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    page = client.get("/keeper")
    assert "退出（王某）" in shown(page)
    assert page.headers["Cache-Control"] == "no-store"
    client.post("/keeper/leave", data={"word": word_in(page)})
    assert client.get("/keeper").status_code == 401


def test_wrong_keys_are_tried_ten_times_a_minute_and_no_more(locked: Flask) -> None:
    inside = come_in(locked, key=KEY)
    for _ in range(12):
        come_in(locked, key="x" * 20)
    assert "一分钟" in shown(locked.test_client().post("/keeper/enter", data={"name": "王某", "key": KEY}), status=403)
    assert inside.get("/keeper").status_code == 200  # who is in stays in


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 20, b"a" * 2000, b"two\nlines of a key that is long"])
def test_a_file_that_holds_no_key_lets_nobody_in(locked: Flask, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    client = come_in(locked, key=content.decode("latin-1"))
    assert client.get("/keeper").status_code == 401
    (tmp_path / "key").unlink()
    assert come_in(locked, key="").get("/keeper").status_code == 401


def test_without_a_key_only_this_machine_comes_in(own: Settings) -> None:
    app = create_app(own)
    assert come_in(app).get("/keeper").status_code == 200
    foreign: list[dict[str, object]] = [
        {"environ_base": {"REMOTE_ADDR": "10.1.2.3"}},
        {"headers": {"X-Forwarded-For": "10.1.2.3"}},
        {"headers": {"Forwarded": "for=10.1.2.3"}},
        {"headers": {"X-Real-IP": "127.0.0.1"}},
        {"base_url": "http://jianghua.example.cn"},
    ]
    for given in foreign:
        client = app.test_client()
        assert client.get("/keeper", **given).status_code == 404  # type: ignore[arg-type]
        assert client.post("/keeper/enter", data={"name": "王某"}, **given).status_code == 404  # type: ignore[arg-type]
    for public in (replace(own, host="0.0.0.0"), replace(own, url="https://a.cn"), replace(own, hosts=("a.cn",))):
        assert create_app(public).test_client().get("/keeper").status_code == 404


def test_the_service_does_not_start_with_a_page_that_everybody_could_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHES_KEEPER", "1")
    with pytest.raises(ValueError, match="管理页就要有钥匙"):
        Settings.from_env(host="0.0.0.0")
    assert Settings.from_env().keeper


@pytest.mark.parametrize("address", POSTED)
@pytest.mark.parametrize("word", ["", "x", "of another"])
def test_what_another_page_sends_does_nothing(own: Settings, address: str, word: str) -> None:
    app = create_app(own)
    client, other = come_in(app), come_in(app)
    word = word_in(other.get("/keeper")) if word == "of another" else word
    assert "没有做任何改动" in shown(client.post(address, data={"word": word, "title": "假"}), status=403)
    assert not own.beside("keeper.jsonl").exists()


def test_no_other_page_lets_somebody_in_under_a_name_of_its_choice(own: Settings) -> None:
    client = create_app(own).test_client()
    for site in ("cross-site", "same-site"):
        given = client.post("/keeper/enter", data={"name": "假名"}, headers={"Sec-Fetch-Site": site})
        assert (given.status_code, "Set-Cookie" in given.headers) == (403, False)
    given = client.post("/keeper/enter", data={"name": "王某"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert given.status_code == 303


def test_a_session_ends_by_itself(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    client = come_in(create_app(own))
    monkeypatch.setattr(gate.time, "monotonic", lambda: 1e12)
    assert client.get("/keeper").status_code == 401


# --- over the network ----------------------------------------------------------------------------------


def test_two_gigabytes_are_let_by_and_not_held_so_that_the_keeper_reads_why() -> None:
    sessions = gate.Sessions()
    parser = begun(sessions, sessions.begin("王某"), 2_000_000_000)
    assert (type(parser.error).__name__, parser.completed, parser.let_by) == (
        "RequestEntityTooLarge",
        False,
        2_000_000_000,
    )
    for _ in range(2000):
        parser.received(b"1" * 1_000_000)
    assert (parser.completed, parser.held.bytes) == (True, 0)


def test_what_a_keeper_puts_in_goes_to_the_disk_and_takes_nothing_of_what_readers_have() -> None:
    sessions = gate.Sessions()
    parser = begun(sessions, sessions.begin("王某"), 50_000_000)
    for _ in range(50):
        parser.received(b"1" * 1_000_000)
    assert (parser.error, parser.completed, parser.held.bytes) == (None, True, 0)
    assert isinstance(parser.body_rcv.getbuf().buf, TempfileBasedBuffer)  # type: ignore[union-attr]
    parser.close()


@pytest.mark.parametrize("token", ["", "x" * 43])
def test_nobody_else_fills_the_disk(token: str) -> None:
    parser = begun(gate.Sessions(), token, 50_000_001)
    assert (type(parser.error).__name__, parser.completed, parser.on_disk) == ("RequestEntityTooLarge", True, False)
    assert refused_files(parser) is gate.NOT_IN
    assert not begun(None, "x" * 43, 5).on_disk
    assert refused_files(begun(None, "x" * 43, 50_000_001)) is None
