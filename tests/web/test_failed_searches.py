"""Searches that failed: noted where the setting says so, without a word on who asked, and never in a search's way."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pages import by_id, read, words

from app import create_app
from search.settings import Settings
from web import searches
from web.searches import FailedSearches, kept


@pytest.fixture
def noting(place: Settings, tmp_path: Path) -> Flask:
    app = create_app(replace(place, searches=True))
    app.extensions["searches"] = FailedSearches(tmp_path / "searches.sqlite")
    return app


def rows(app: Flask) -> list[tuple[str, int, int]]:
    app.extensions["searches"].written()
    return [(one.wording, one.times, one.documents) for one in app.extensions["searches"].listed()]


def test_what_nobody_found_is_listed_with_how_often_and_nothing_of_who_asked(noting: Flask) -> None:
    client = noting.test_client()
    for _ in range(3):
        client.get("/search?q=量子纠缠")
    client.get("/api/search?q=量子纠缠")
    client.get("/search?q=養老量子")
    assert rows(noting)[0] == ("量子纠缠", 4, 0)
    page = read(client.get("/status/searches"))
    assert words(by_id(page, "failed"))[0].startswith("检索词次数最近一次那次列出量子纠缠4")
    listed = client.get("/api/status/searches").get_json()["searches"]
    assert listed[0] == {"wording": "量子纠缠", "times": 4, "day": f"{date.today()}", "documents": 0}
    assert {key for one in listed for key in one} == {"wording", "times", "day", "documents"}


def test_what_was_found_or_stood_under_a_filter_is_not_noted(noting: Flask) -> None:
    client = noting.test_client()
    for asked in ("养老服务", "福利彩票", "养老服务&region=西藏", "", "&region=西藏", "量子&region=湖北", "-养老服务"):
        client.get(f"/search?q={asked}")
    assert rows(noting) == []


def test_what_only_parts_of_were_found_counts_as_failed_with_the_number_shown(noting: Flask) -> None:
    noting.test_client().get("/search?q=养老服务 量子纠缠")
    assert rows(noting) == [("养老服务 量子纠缠", 1, 2)]


@pytest.mark.parametrize(
    "typed",
    [
        "13912345678",
        "139 1234 5678 量子",
        "11010519491231002X",
        "号码110105194912310021",
        "010-62345678",
        "a@b.cn",
        "１３９１２３４５６７８",
    ],
)
def test_what_looks_like_the_number_of_a_person_is_not_kept(typed: str) -> None:
    assert kept(typed) == ""


@pytest.mark.parametrize("typed", ["民发〔2023〕12号", "2024年12月31日", "十四五 规划", "12349"])
def test_other_figures_are_kept(typed: str) -> None:
    assert kept(typed)


def test_passages_and_signs_are_not_kept() -> None:
    assert (kept("量" * 61), kept("？！"), kept("量" * 60)) == ("", "", "量" * 60)


def test_off_there_is_no_page_and_nothing_is_written(client: FlaskClient, place: Settings) -> None:
    client.get("/search?q=量子纠缠")
    response = client.get("/status/searches")
    assert (response.status_code, "searches = 1" in response.get_data(as_text=True)) == (404, True)
    assert client.get("/api/status/searches").get_json()["error"]["code"] == "not_noted"
    assert not place.beside("searches.sqlite").exists()
    assert "没有查到的检索" not in client.get("/status").get_data(as_text=True)


def test_there_are_never_more_rows_than_are_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searches, "MOST_ROWS", 20)
    monkeypatch.setattr(searches, "_TRIMMED_EVERY", 1)
    file = FailedSearches(tmp_path / "s")
    with sqlite3.connect(tmp_path / "s") as old:
        old.execute(searches._TABLE)
        old.execute("INSERT INTO failed VALUES ('旧', '2020-01-01', 9, 0)")
    old.close()
    for number in range(50):
        file.note(f"词{number}", 0)
        file.written()
    left = file.listed()
    assert (len(left), "旧" in {one.wording for one in left}) == (20, False)


def test_more_than_can_wait_is_left_out_and_said(tmp_path: Path) -> None:
    file = FailedSearches(tmp_path / "s")
    with sqlite3.connect(tmp_path / "s", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        for number in range(searches._WAITING + 5):
            file.note(f"词{number}", 0)
        assert "太多" in file.problem
        other.execute("ROLLBACK")
    other.close()


def broken(tmp_path: Path) -> Path:
    (tmp_path / "searches.sqlite").write_bytes(b"nothing of the kind" * 99)
    return tmp_path / "searches.sqlite"


def no_folder(tmp_path: Path) -> Path:
    return tmp_path / "nowhere" / "searches.sqlite"


@pytest.mark.parametrize("place_of", [broken, no_folder])
def test_a_file_that_cannot_be_written_fails_no_search(
    noting: Flask, tmp_path: Path, place_of: Callable[[Path], Path]
) -> None:
    noting.extensions["searches"] = FailedSearches(place_of(tmp_path))
    client = noting.test_client()
    assert client.get("/search?q=量子纠缠").status_code == 200
    noting.extensions["searches"].written()
    assert "没有记下" in noting.extensions["searches"].problem
    assert client.get("/status/searches").status_code in (200, 404)


def test_a_file_that_another_process_holds_delays_no_search(
    noting: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searches, "_PATIENCE", 0.5)
    client = noting.test_client()
    client.get("/search?q=量子纠缠")  # what is loaded once
    noting.extensions["searches"].written()
    with sqlite3.connect(tmp_path / "searches.sqlite", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        begun = time.monotonic()
        assert client.get("/search?q=量子纠缠").status_code == 200
        assert time.monotonic() - begun < 0.5
        noting.extensions["searches"].written()
        other.execute("ROLLBACK")
    other.close()
    assert "占用" in noting.extensions["searches"].problem
    assert "占用" in read(client.get("/status/searches")).get_text()
