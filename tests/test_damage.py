"""An index whose files are not what was written: a right answer or a clear one, never a wrong one or a broken page."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from indexer import pipeline
from search.documents.document import Document
from search.engines import store_of
from search.engines.whoosh import generations, soundness
from search.engines.whoosh.writer import WhooshWriter
from search.index.analysis import Analysis
from search.query.parsing import parse
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


def test_what_depends_on_a_damaged_note_does_not_say_that_there_is_nothing(place: Path) -> None:
    for note, page, said, untrue in (
        ("vocabulary", "/tools/similar?doc={id}&p=2", "词表读不出来", "没有找到说同一件事"),
        ("source", "/doc/{id}/original", "没有记着原文件放在哪个文件夹", "可能移走或改名"),
    ):
        (published(place) / f"{note}.note").write_bytes(b"{")  # before anybody asks: what was read is kept
        browser = create_app(Settings(index=place / "index")).test_client()
        id = browser.get("/api/search?q=养老服务").get_json()["hits"][0]["id"]
        shown = browser.get(page.format(id=id)).get_data(as_text=True)
        assert (said in shown, untrue in shown) == (True, False)


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


def garbled(file: Path) -> None:
    """Other bytes of the same size, in this generation only."""
    content = bytes(byte ^ 0x55 for byte in file.read_bytes())
    file.unlink()
    file.write_bytes(content)


@pytest.mark.parametrize("large", [False, True])
def test_other_bytes_of_the_same_size_lead_to_the_generation_before_or_to_a_page_that_says_what_to_run(
    place: Path, large: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    if large:
        monkeypatch.setattr(soundness, "SMALL", 0)
    generations_of = sorted((place / "index").glob("g*"))
    for file in generations_of[-1].glob("*_stored.col"):
        garbled(file)
    browser = client(place)
    browser.get("/")  # a large one is looked through while it is asked
    wait_until(lambda: "的内容已损坏" in caplog.text)
    response = browser.get("/search?q=养老服务")
    assert (response.status_code, response.headers["X-Index-Generation"]) == (200, generations_of[0].name)
    assert generations_of[-1].name in caplog.text
    assert browser.get("/healthz").get_json()["status"] == "fallback"
    assert "更新的一版已损坏" in browser.get("/status").get_data(as_text=True)
    for file in generations_of[0].glob("*_stored.col"):
        garbled(file)
    response = client(Path(shutil.copytree(place, place.with_name("again")))).get("/search?q=社会救助")
    assert response.status_code in ((200, 503) if large else (503,))
    if not large:
        assert "--full" in response.get_data(as_text=True)


def test_an_index_that_stays_open_is_told_to_be_the_one_before_when_the_next_is_damaged(place: Path) -> None:
    browser, index = client(place), place / "index"
    assert browser.get("/healthz").get_json()["status"] == "ok"
    (place / "corpus" / "新.txt").write_text(REPORT.format("志愿服务"), encoding="utf-8")
    before = generations.current_name(index)
    pipeline.build([place / "corpus"], store_of("whoosh", index))
    for file in published(place).glob("*_stored.col"):
        garbled(file)
    assert browser.get("/healthz").get_json()["status"] == "fallback"
    (index / "CURRENT").write_text(before + "\n", encoding="ascii")  # as the administrator may go back to it
    assert browser.get("/healthz").get_json()["status"] == "ok"


def wait_until(true: Callable[[], bool]) -> None:
    for _ in range(100):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it never came")


def test_an_update_of_a_large_index_does_not_go_on_from_a_damaged_one(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "SMALL", 0)
    store = store_of("whoosh", place / "index")
    (place / "corpus" / "新.txt").write_text(REPORT.format("志愿服务"), encoding="utf-8")
    pipeline.build([place / "corpus"], store)
    garbled(next(one for one in sorted(published(place).glob("*.pst")) if one.stat().st_nlink == 1))
    (place / "corpus" / "又.txt").write_text(REPORT.format("地名管理"), encoding="utf-8")
    assert pipeline.build([place / "corpus"], store).documents == 4
    assert (store.damages(), store.open().documents) == ([], 4)


@pytest.mark.parametrize("fails", [False, True], ids=["to be told so", "it stands in the way"])
def test_what_is_found_to_be_damaged_while_files_are_read_is_not_gone_on_from(
    place: Path, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    store, answers, added, adding = store_of("whoosh", place / "index"), iter([False]), list[str](), WhooshWriter.add
    pipeline.build([place / "corpus"], store)
    monkeypatch.setattr("indexer.last_run.stands", lambda *_: next(answers, True))

    def add(writer: WhooshWriter, document: Document, analysis: Analysis | None = None) -> None:
        added.append(document.external_id)
        if fails and len(added) == 1:
            raise ValueError("it holds something else")
        adding(writer, document, analysis)

    monkeypatch.setattr(WhooshWriter, "add", add)
    before = published(place)
    (place / "corpus" / "又.txt").write_text(REPORT.format("地名管理"), encoding="utf-8")
    assert pipeline.build([place / "corpus"], store).documents == 3
    assert added == ["又.txt", "又.txt"]
    assert sorted(one.name for one in (place / "index").glob("g*"))[-2:] == [before.name, published(place).name]


def test_what_fails_on_a_sound_index_fails(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def add(*_: object) -> None:
        raise ValueError("a defect")

    monkeypatch.setattr(WhooshWriter, "add", add)
    (place / "corpus" / "又.txt").write_text(REPORT.format("地名管理"), encoding="utf-8")
    with pytest.raises(ValueError, match="a defect"):
        pipeline.build([place / "corpus"], store_of("whoosh", place / "index"))


def test_a_defect_of_the_program_is_not_told_as_damage(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def defect(*_: object) -> None:
        raise KeyError("inner words")

    engine = store_of("whoosh", place / "index").open()
    monkeypatch.setattr(type(engine), "_find", lambda *_, **__: defect())
    read: list[str] = []
    of = generations.sha256
    monkeypatch.setattr(generations, "sha256", lambda file: [read.append(file.name), of(file)][1])
    for _ in range(3):
        with pytest.raises(KeyError, match="inner words"):
            engine.find(parse("养老"), limit=1, offset=0)
    assert (len(read), len(set(read))) == (len(read), len(read))  # read again once, not with every such error
    assert client(place).get("/search?q=养老服务").status_code == 500


def test_what_is_read_only_where_it_is_used_and_is_damaged_is_told_as_damage(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index not yet looked through: what the engine gave was text, but no counts of words."""
    monkeypatch.setattr(soundness, "SMALL", 0)
    monkeypatch.setattr("search.engines.whoosh.engine.in_background", lambda _: None)
    for file in published(place).glob("*.content.col"):
        content = file.read_bytes()
        file.unlink()
        file.write_bytes(content.replace(b" 1", b" x"))
    browser = client(place)
    response = browser.get("/api/tools/telling?q=养老服务")
    assert (response.status_code, response.get_json()["error"]["code"]) == (503, "index_unusable")
    assert "--full" in response.get_data(as_text=True)
    response = browser.get("/api/tools/telling?q=养老服务")  # of the generation before, as of now
    assert (response.status_code, "words" in response.get_json()) == (200, True)


@pytest.mark.parametrize("form", ["csv", "md", "docx"])
def test_a_file_that_is_sent_in_pieces_does_not_begin_where_nothing_can_be_read(
    place: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "SMALL", 0)
    monkeypatch.setattr("search.engines.whoosh.engine.in_background", lambda _: None)
    for file in published(place).glob("*.record.col"):
        garbled(file)
    response = client(place).get(f"/tools/passages.{form}?q=养老服务")
    assert (response.status_code, "--full" in response.get_data(as_text=True)) == (503, True)


def test_what_stays_from_one_generation_to_the_next_is_read_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_of("whoosh", place / "index")
    store.open()
    (place / "corpus" / "新.txt").write_text(REPORT.format("志愿服务"), encoding="utf-8")
    pipeline.build([place / "corpus"], store)
    read: list[str] = []
    of = generations.sha256
    monkeypatch.setattr(generations, "sha256", lambda file: [read.append(file.name), of(file)][1])
    store.open()
    shared = {one.name for one in published(place).iterdir() if one.stat().st_nlink > 1}
    assert shared
    assert shared & {*read} == set()
