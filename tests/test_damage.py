"""An index whose files are not what was written: a right answer or a clear one, never a wrong one or a broken page."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from indexer import pipeline
from search.engines import store_of
from search.engines.whoosh import generations
from search.settings import Settings

REPORT = "某省民政厅召开{0}工作会议\n\n5月10日，某省民政厅召开{0}工作会议，总结2023年工作。\n\n会议指出，要做好{0}。\n"
TOPICS = ("养老服务", "社会救助", "殡葬改革")
GARBAGE = (b"", b"\xff\xfe\x00", b"[1", b"[1]", b"{}", b'{"entries":[]}', b'{"code":1,"entries":{"a":1}}', b"7")
PAGES = ("/", "/search?q=养老服务", "/search?q=ylfw", "/api/suggest?q=yl", "/api/suggest?q=养", "/status", "/browse")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus and its index, of which a document was removed."""
    folder = tmp_path_factory.mktemp("damage")
    (folder / "corpus").mkdir()
    for topic in TOPICS:
        (folder / "corpus" / f"{topic}.txt").write_text(REPORT.format(topic), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.pipeline.workers_for", lambda files: 0)
        pipeline.build([folder / "corpus"], store_of("whoosh", folder / "index"))
        (folder / "corpus" / f"{TOPICS[2]}.txt").unlink()
        pipeline.build([folder / "corpus"], store_of("whoosh", folder / "index"))
    return folder


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Path:
    """A copy to damage."""
    return Path(shutil.copytree(built, tmp_path / "copy"))


def published(place: Path) -> Path:
    return place / "index" / generations.current_name(place / "index")


def client(place: Path) -> FlaskClient:
    return create_app(Settings(index=place / "index", corpus=(place / "corpus",))).test_client()


@pytest.mark.parametrize("content", GARBAGE)
@pytest.mark.parametrize("note", ["files", "removed", "vocabulary"])
def test_a_damaged_note_is_no_note_and_a_line_in_the_log(
    place: Path, note: str, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (published(place) / f"{note}.note").write_bytes(content)
    browser = client(place)
    assert {address: browser.get(address).status_code for address in PAGES} == dict.fromkeys(PAGES, 200)
    assert browser.get("/doc/0123456789abcdef").status_code == 404
    assert f"{note}.note" in caplog.text


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("note", ["files", "removed", "vocabulary"])
def test_a_damaged_note_keeps_nobody_from_building(place: Path, note: str, full: bool) -> None:
    store = store_of("whoosh", place / "index")
    for content in GARBAGE:
        file = published(place) / f"{note}.note"
        file.unlink()  # it may be a link to that of the generation before
        file.write_bytes(content)
        (place / "corpus" / f"{TOPICS[0]}.txt").write_text(REPORT.format(TOPICS[0]) + "完。", encoding="utf-8")
        assert pipeline.build([place / "corpus"], store, full=full).documents == 2
        (place / "corpus" / f"{TOPICS[0]}.txt").write_text(REPORT.format(TOPICS[0]), encoding="utf-8")
        pipeline.build([place / "corpus"], store)
    assert store.damages() == []


def test_a_note_of_the_same_length_with_other_words_is_not_believed(
    place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = published(place) / "removed.note"
    file.write_bytes(file.read_bytes().replace(TOPICS[2].encode(), "殡葬改嘉".encode()))
    with caplog.at_level(logging.WARNING):
        assert store_of("whoosh", place / "index").last_note("removed") is None
    assert "removed.note" in caplog.text


def test_an_update_goes_on_from_the_generation_that_readers_use(place: Path) -> None:
    index = place / "index"
    (place / "corpus" / "新.txt").write_text(REPORT.format("志愿服务"), encoding="utf-8")
    pipeline.build([place / "corpus"], store_of("whoosh", index))
    segment = next(one for one in sorted(published(place).glob("*.pst")) if one.stat().st_nlink == 1)
    segment.write_bytes(b"")
    (place / "corpus" / f"{TOPICS[0]}.txt").write_text(REPORT.format(TOPICS[0]) + "完。", encoding="utf-8")
    # Readers have the generation before, in which 新.txt is not: it is read again, not taken for unchanged.
    report = pipeline.build([place / "corpus"], store_of("whoosh", index))
    assert (report.documents, store_of("whoosh", index).open().documents) == (3, 3)
    assert store_of("whoosh", index).damages() == []


@pytest.mark.parametrize("content", [*GARBAGE, b'{"fingerprint": "a", "documents": 2, "files": {"a": 1}}'])
def test_a_damaged_manifest_is_told_and_a_full_build_mends_it(place: Path, content: bytes) -> None:
    for generation in (place / "index").glob("g*"):
        (generation / "manifest.json").unlink()
        (generation / "manifest.json").write_bytes(content)
    store, browser = store_of("whoosh", place / "index"), client(place)
    assert {browser.get(address).status_code for address in PAGES} <= {200, 503}
    assert "--full" in browser.get("/search?q=养老服务").get_data(as_text=True)
    assert "manifest.json" in store.damages()[0]
    assert pipeline.build([place / "corpus"], store, full=True).documents == 2
    assert store.damages() == []


def test_an_index_whose_current_generation_is_not_told_is_damaged_not_missing(place: Path) -> None:
    store = store_of("whoosh", place / "index")
    (place / "index" / "CURRENT").write_bytes(b"\xff\xfe\x00")
    assert "CURRENT" in store.damages()[0]
    pipeline.build([place / "corpus"], store)
    assert (store.damages(), store.open().documents) == ([], 2)


def test_a_record_that_cannot_be_read_is_a_page_that_says_what_to_run(place: Path) -> None:
    for file in published(place).glob("*"):
        if file.suffix not in (".note", ".columns", ".json"):
            garbled = bytes(byte ^ 0x55 for byte in file.read_bytes())
            content = garbled if "stored" in file.name else file.read_bytes()
            file.unlink()
            file.write_bytes(content)
    for response in map(client(place).get, ("/search?q=养老服务", "/search?q=社会救助")):
        assert response.status_code == 503
        assert "--full" in response.get_data(as_text=True)


@pytest.mark.parametrize("suffix", [".pst", ".trm", ".dci", ".col"])
def test_other_bytes_of_the_same_size_are_never_a_broken_page(place: Path, suffix: str) -> None:
    for file in published(place).glob(f"*{suffix}"):
        content = file.read_bytes()
        file.unlink()
        file.write_bytes(content[: len(content) // 3] + bytes(len(content) - len(content) // 3))
    browser = client(place)
    assert {browser.get(address).status_code for address in PAGES} <= {200, 503}
