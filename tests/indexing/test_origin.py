"""An index knows where its documents come from, and nobody's documents are shown in the place of another's."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from building import OTHER, REPORT, build
from click.testing import CliRunner
from conftest import indexed

from app import build_missing, create_app
from indexer import pipeline
from indexer.commands import index as command
from search.engines import store_of
from search.index import source
from search.settings import Settings


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program is run, with samples and somebody's documents."""
    for name in ("SPEECHES_CORPUS", "SPEECHES_INDEX", "SPEECHES_ENGINE"):
        monkeypatch.delenv(name, raising=False)
    for folder, text in (("corpus", REPORT), ("讲话", OTHER), ("通知", OTHER.replace("社会救助", "地名管理"))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "甲.txt").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def chosen(*corpora: str, index: str | None = None) -> Settings:
    return Settings.from_env(index=index, corpus=tuple(map(Path, corpora)))


def titles(index: str) -> list[str]:
    return [one.metadata.title.value[5:] for one in indexed(Path(index)).values()]


def test_an_index_says_which_folders_it_was_made_from_and_updates_from_them(home: Path) -> None:
    build(Path("讲话"), Path("通知"), index=home / "我的")
    assert chosen(index="我的").corpus == (home / "讲话", home / "通知")
    (home / "讲话" / "乙.txt").write_text(OTHER.replace("社会救助", "志愿服务"), encoding="utf-8")
    ran = CliRunner().invoke(command, ["build", "--index", "我的"])
    assert (ran.exit_code, store_of("whoosh", home / "我的").open().documents) == (0, 3), ran.output
    assert create_app(chosen(index="我的")).test_client().get("/status").status_code == 200


def test_an_index_serves_the_files_it_was_made_from_whatever_the_settings_say(home: Path) -> None:
    build(Path("讲话"), index=home / "我的")
    (document,) = indexed(home / "我的").values()
    for settings in (chosen(index="我的"), Settings(index="我的")):
        client = create_app(settings).test_client()
        assert client.get(f"/doc/{document.id}/original").data == (home / "讲话" / "甲.txt").read_bytes()


def test_folders_that_were_moved_with_the_index_are_found(home: Path) -> None:
    (home / "库").mkdir()
    shutil.move(home / "讲话", home / "库" / "讲话")
    build(home / "库" / "讲话", index=home / "库" / "索引")
    shutil.move(home / "库", home / "新库")
    assert chosen(index="新库/索引").corpus == (home / "新库" / "讲话",)


def test_other_folders_have_an_index_of_their_own_and_the_samples_are_not_shown_in_their_place(home: Path) -> None:
    for corpora in ((), ("讲话",), ("通知",), ("讲话",)):
        build_missing(chosen(*corpora))
    assert (titles("index"), titles(chosen("讲话").index)) == (["召开养老服务工作会议"], ["召开社会救助工作会议"])
    assert len({chosen().index, chosen("讲话").index, chosen("通知").index, chosen("讲话", "通知").index}) == 4
    assert chosen("讲话").index == chosen(f"{home}/讲话/").index
    assert chosen("讲话", index="别处").index == "别处"
    ran = CliRunner().invoke(command, ["build", "--corpus", "讲话"])
    assert (ran.exit_code, titles("index")) == (0, ["召开养老服务工作会议"])


def test_the_first_folders_get_the_usual_index_and_a_collection_may_grow(home: Path) -> None:
    build_missing(chosen("讲话"))
    assert (chosen().corpus, titles("index")) == ((home / "讲话",), ["召开社会救助工作会议"])
    (home / "讲话" / "子").mkdir()
    assert {chosen("讲话", "通知").index, chosen("讲话/子").index, chosen(".").index} == {"index"}


def test_what_says_nothing_sensible_says_nothing(home: Path) -> None:
    build(Path("讲话"), index=home / "我的")
    for stored in (None, "", "7", "[1]", "{}", '[{"path": 1}]', '["a"]', '[{"path": "a", "beside": 2}]'):
        assert source.loads(stored, "我的") == (), stored
    (note,) = (home / "我的").glob("g*/source.note")
    note.write_bytes(b"\xff")
    assert chosen(index="我的").corpus == (Path("corpus"),)


def test_a_correction_leaves_the_folders_as_they_are(home: Path) -> None:
    build(Path("讲话"), Path("通知"), index=home / "我的")
    pipeline.refresh(home / "讲话", "甲.txt", store_of("whoosh", home / "我的"))
    assert chosen(index="我的").corpus == (home / "讲话", home / "通知")


def test_a_folder_without_files_is_known_too(home: Path) -> None:
    first = build(Path("讲话"), index=home / "我的")
    (home / "空").mkdir()
    second = build(Path("讲话"), Path("空"), index=home / "我的")
    assert (second.documents, second.generation != first.generation) == (1, True)
    assert chosen(index="我的").corpus == (home / "讲话", home / "空")


@pytest.mark.parametrize("left", [["LOCK"], ["LOCK", "g000001-00000000.tmp"], []])
def test_after_a_first_build_that_was_interrupted_the_service_builds(home: Path, left: list[str]) -> None:
    (home / "index").mkdir()
    for name in left:
        (home / "index" / name).mkdir() if name.endswith(".tmp") else (home / "index" / name).write_text("1")
    build_missing(chosen())
    client = create_app(chosen()).test_client()
    assert client.get("/healthz").get_json()["documents"] == 1


def test_a_missing_original_is_no_missing_page(home: Path) -> None:
    build(Path("讲话"), index=home / "我的")
    (document,) = indexed(home / "我的").values()
    client = create_app(replace(chosen(index="我的"), corpus=(home / "没有",))).test_client()
    address = f"/doc/{document.id}/original"
    (home / "讲话" / "甲.txt").rename(home / "讲话" / "乙.txt")
    moved = client.get(address)
    (home / "讲话").rename(home / "走了")
    away = client.get(address)
    for response, reason in ((moved, "移走或改名"), (away, "没有连上")):
        said = response.get_data(as_text=True)
        assert (response.status_code, "原文件现在取不到" in said, reason in said) == (404, True, True)
        assert ("没有这个页面" in said, str(home) in said) == (False, False)
