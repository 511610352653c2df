"""What an index of another kind, engine or version is told apart by, on the pages and at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import document

from app import create_app
from indexer.commands import index as command
from search.engines import store_of
from search.settings import Settings


def published(folder: Path) -> Path:
    with store_of("whoosh", folder).writer(fresh=True) as writer:
        writer.add(document("甲.txt", "发展养老服务。", region="湖北"))
        writer.publish({})
    return folder


def test_an_index_of_the_format_before_is_told_apart_and_the_page_says_what_to_run(tmp_path: Path) -> None:
    (manifest,) = published(tmp_path).glob("g*/manifest.json")
    facts = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**facts, "fingerprint": "8a1f0c2b5d3e4f67"}), encoding="utf-8")
    client = create_app(Settings(index=str(tmp_path))).test_client()
    for address in ("/", "/search?q=养老", "/status", "/healthz"):
        answer = client.get(address)
        assert (answer.status_code, "另一版本" in answer.text, "python -m indexer build" in answer.text) == (
            503,
            True,
            True,
        )
    assert not store_of(
        "whoosh", tmp_path
    ).is_empty()  # so that `python app.py` does not build the samples in its place


@pytest.mark.parametrize("engine", ["whoosh", "whoosh-plain"])
def test_every_engine_says_when_its_index_was_made(tmp_path: Path, engine: str) -> None:
    client = create_app(Settings(index=str(published(tmp_path)), engine=engine)).test_client()
    assert "不详" not in client.get("/status").text
    assert "索引更新于" in client.get("/").text


def test_an_engine_that_there_is_not_is_no_whole_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHES_ENGINE", "lucene")
    ran = CliRunner().invoke(command, ["check", "--index", str(published(tmp_path))])
    assert (ran.exit_code, "没有名为“lucene”的检索引擎" in ran.output) == (1, True)


def test_a_province_is_found_by_its_other_names(tmp_path: Path) -> None:
    client = create_app(Settings(index=str(published(tmp_path)))).test_client()
    for typed in ("养老服务 地区:鄂", "养老服务 地区:湖北省", "养老服务 地区:湖北"):
        assert client.get("/api/search", query_string={"q": typed}).get_json()["total"]["documents"] == 1
