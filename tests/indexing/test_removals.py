"""What cannot be seen is not taken for gone, and nothing large goes unless a person says so."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from building import build
from click.testing import CliRunner, Result
from conftest import indexed

from app import create_app
from indexer.commands import index as command
from indexer.removals import Unasked
from search.engines import store_of
from search.engines.whoosh import generations
from search.index import tombstones
from search.settings import Settings

TOPICS = [
    "养老服务",
    "社会救助",
    "儿童福利",
    "地名管理",
    "婚姻登记",
    "殡葬改革",
    "慈善事业",
    "社会组织",
    "基层治理",
    "残疾人福利",
    "流浪救助",
    "福利彩票",
]
DENIED = PermissionError(errno.EACCES, "Permission denied")
BROKEN = OSError(errno.EIO, "Input/output error")


def speech(topic: str) -> str:
    return (
        f"某省民政厅召开{topic}工作会议\n\n5月10日，某省民政厅召开{topic}工作会议，部署2024年任务。\n\n"
        f"会议强调，要把{topic}的各项任务抓实抓细，按期完成。\n"
    )


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three documents at the top and nine in a folder, which also has a copy and what cannot be read by design."""
    folder = tmp_path / "文档"
    (folder / "子文件夹").mkdir(parents=True)
    for number, topic in enumerate(TOPICS):
        place = folder if number < 3 else folder / "子文件夹"
        (place / f"{topic}.txt").write_text(speech(topic), encoding="utf-8")
    (folder / "子文件夹" / "副本.md").write_text(speech(TOPICS[0]), encoding="utf-8")
    (folder / "子文件夹" / "空.txt").write_text("", encoding="utf-8")
    return folder


Closing = Callable[[Path], None]
_LSTAT = os.lstat


@pytest.fixture(params=[DENIED, BROKEN], ids=["no permission", "a broken disk"])
def close(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Closing:
    """A function after which a file or folder answers with an error, also where the tests run as root."""
    shut: list[Path] = []
    error: OSError = request.param

    def guarded(real: Callable[..., object]) -> Callable[..., object]:
        def call(path: str | Path = ".", *args: object, **more: object) -> object:
            if not isinstance(path, int) and Path(os.fsdecode(path)) in shut:
                raise OSError(error.errno, error.strerror, os.fspath(path))
            return real(path, *args, **more)

        return call

    monkeypatch.setattr(os, "scandir", guarded(os.scandir))
    monkeypatch.setattr(Path, "open", guarded(Path.open))
    monkeypatch.setattr(Path, "read_bytes", guarded(Path.read_bytes))
    monkeypatch.setattr(os, "lstat", guarded(_LSTAT))

    def closed(path: Path) -> None:
        shut.append(path)

    return closed


def test_a_folder_that_cannot_be_listed_is_told_and_what_is_known_of_it_stays(
    corpus: Path, close: Closing, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(corpus)
    close(corpus / "子文件夹")
    report = build(corpus)
    ((path, reason),) = [(one.path, one.reason) for one in report.failed]
    assert path == "子文件夹"
    assert reason.startswith(("没有权限", "系统报错")) and reason.endswith("；里面已知的 11 个文件照旧保留")
    assert (report.unchanged, report.removed, report.documents) == (12, 0, 12)
    assert (report.duplicates, report.refused, report.generation) == (
        first.duplicates,
        first.refused,
        first.generation,
    )
    (corpus / "新.txt").write_text(speech("志愿服务"), encoding="utf-8")
    (corpus / "养老服务.txt").unlink()
    assert (build(corpus).documents, build(corpus).removed) == (12, 0)
    monkeypatch.undo()
    after = build(corpus)
    assert (after.failed, after.documents) == ((), 13)  # the copy takes the place of the file that went
    assert "子文件夹/副本.md" in indexed(corpus.parent / "index")


def test_a_whole_corpus_that_cannot_be_listed_stays(corpus: Path, close: Closing) -> None:
    build(corpus)
    close(corpus)
    report = build(corpus)
    assert ([one.path for one in report.failed], report.documents) == ([str(corpus)], 12)


def test_a_file_that_cannot_be_looked_at_stays_as_it_was_read(corpus: Path, close: Closing) -> None:
    build(corpus)
    close(corpus / "养老服务.txt")
    report = build(corpus)
    ((path, reason),) = [(one.path, one.reason) for one in report.kept]
    assert (path, reason.endswith("；索引里仍是上次读到的")) == ("养老服务.txt", True)
    assert (report.unchanged, report.failed, report.removed, report.documents) == (12, (), 0, 12)


def test_a_file_that_was_changed_and_does_not_open_stays_as_it_was_read(
    corpus: Path, close: Closing, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(corpus)
    file = corpus / "养老服务.txt"
    file.write_text(speech("居家养老"), encoding="utf-8")
    close(file)
    monkeypatch.setattr(os, "lstat", _LSTAT)  # it is seen, and does not open
    report = build(corpus)
    assert ([one.path for one in report.kept], report.removed, report.documents) == (["养老服务.txt"], 0, 12)
    monkeypatch.undo()
    assert build(corpus).indexed == 2  # and what was a copy of it stands by itself now
    assert "居家养老" in indexed(corpus.parent / "index")["养老服务.txt"].text


def test_a_new_file_that_cannot_be_looked_at_is_a_line(corpus: Path, close: Closing) -> None:
    close(corpus / "养老服务.txt")
    report = build(corpus)
    assert ([one.path for one in report.failed], report.kept) == (["养老服务.txt"], ())


def test_a_table_that_cannot_be_looked_at_stops_nothing(corpus: Path, close: Closing) -> None:
    (corpus / "sources.csv").write_text("文件,地区\n养老服务.txt,湖北\n", encoding="utf-8")
    close(corpus / "sources.csv")
    assert build(corpus).documents == 12


def test_a_rebuild_that_could_not_keep_what_it_cannot_see_stops(corpus: Path, close: Closing) -> None:
    build(corpus)
    close(corpus / "子文件夹" / "地名管理.txt")
    with pytest.raises(Unasked, match=r"12 篇里移除 1 篇：其中 1 篇的文件现在读不到.*--allow-removals"):
        build(corpus, full=True)
    assert store_of("whoosh", corpus.parent / "index").open().documents == 12
    assert build(corpus, full=True, allow_removals=True).documents == 11


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to root")
def test_folders_and_files_without_permission_stay(corpus: Path) -> None:
    build(corpus)
    for mode in (0, 0o400):  # not listed; listed, and nothing in it to be looked at
        (corpus / "子文件夹").chmod(mode)
        try:
            report = build(corpus)
        finally:
            (corpus / "子文件夹").chmod(0o700)
        assert (report.removed, report.documents, bool(report.failed or report.kept)) == (0, 12, True)


# --- large removals ------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "另一处"
    folder.mkdir()
    (folder / "养老.txt").write_text(speech("居家养老"), encoding="utf-8")
    yield folder


def run(corpus: Path, *options: str) -> Result:
    return CliRunner().invoke(
        command, ["build", "--corpus", str(corpus), "--index", str(corpus.parent / "index"), *options]
    )


def emptied(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def test_an_empty_folder_empties_no_index(corpus: Path) -> None:
    assert run(corpus).exit_code == 0
    emptied(corpus)
    (corpus / "sources.csv").write_text("文件\n", encoding="utf-8")  # says something about files and is none
    for options in ((), ("--full",)):
        stopped = run(corpus, *options)
        assert stopped.exit_code == 1
        assert "从索引现有的 12 篇里移除 12 篇" in stopped.output and "一个文件也没有" in stopped.output
        assert "python -m indexer build --allow-removals" in stopped.output
        assert generations.current_name(corpus.parent / "index")[:7] == "g000001"
    assert store_of("whoosh", corpus.parent / "index").open().documents == 12
    assert json.loads(run(corpus, "--allow-removals", "--json").stdout)["removed"] == 12


def test_in_full_an_emptied_folder_empties_the_index_too_and_says_of_what(corpus: Path) -> None:
    build(corpus)
    emptied(corpus)
    report = build(corpus, full=True, allow_removals=True)
    assert (report.documents, report.removed, report.generation[:7]) == (0, 12, "g000002")
    stones = tombstones.loads(store_of("whoosh", corpus.parent / "index").last_note(tombstones.NOTE))
    assert len(stones) == 12
    assert build(corpus).generation == report.generation  # once is enough


def test_a_folder_without_files_gives_an_index_that_says_what_to_do(corpus: Path) -> None:
    emptied(corpus)
    first = run(corpus)
    assert (first.exit_code, "索引现有 0 篇" in first.output, "WARNING" in first.output) == (0, True, False)
    client = create_app(Settings(index=str(corpus.parent / "index"), corpus=(corpus,))).test_client()
    for address in ("/", "/search?q=养老"):
        page = client.get(address)
        assert (page.status_code, "请把文件放进文档文件夹" in page.text, "错别字" in page.text) == (200, True, False)


def test_so_small_a_folder_is_guarded_too(elsewhere: Path) -> None:
    build(elsewhere)
    emptied(elsewhere)
    with pytest.raises(Unasked, match="1 篇里移除 1 篇"):
        build(elsewhere)


def test_of_two_folders_the_empty_one_is_named(corpus: Path, elsewhere: Path) -> None:
    build(corpus, elsewhere)
    emptied(elsewhere)
    with pytest.raises(Unasked, match="另一处 里一个文件也没有"):
        build(corpus, elsewhere)


def test_a_wrong_folder_replaces_no_index(corpus: Path, elsewhere: Path) -> None:
    build(corpus)
    with pytest.raises(Unasked, match=r"12 篇里移除 12 篇：超过三分之一"):
        build(elsewhere)
    assert build(elsewhere, allow_removals=True).documents == 1


def damaged(corpus: Path, name: str) -> None:
    """A note of the published generation holds something else; it may be a link to that of the one before."""
    index = corpus.parent / "index"
    note = index / generations.current_name(index) / f"{name}.note"
    note.unlink()
    note.write_bytes(b"\xff\xfe\x00")


@pytest.mark.parametrize("full", [False, True])
def test_a_wrong_folder_replaces_no_index_of_which_the_list_of_files_is_damaged(
    corpus: Path, elsewhere: Path, full: bool
) -> None:
    """What would go is known from the documents then."""
    build(corpus)
    damaged(corpus, "files")
    with pytest.raises(Unasked, match=r"12 篇里移除 12 篇：超过三分之一"):
        build(elsewhere, full=full)
    assert (store_of("whoosh", corpus.parent / "index").open().documents, build(corpus, full=full).removed) == (12, 0)


def test_what_goes_is_counted_where_the_list_of_files_is_damaged(corpus: Path) -> None:
    build(corpus)
    damaged(corpus, "files")
    for topic in TOPICS[3:6]:
        (corpus / "子文件夹" / f"{topic}.txt").unlink()
    report = build(corpus)
    assert (report.documents, report.removed) == (9, 3)


def test_an_index_that_does_not_say_of_what_it_was_made_is_not_made_of_the_samples(corpus: Path) -> None:
    build(corpus)
    damaged(corpus, "source")
    index = corpus.parent / "index"
    before = generations.current_name(index)
    done = CliRunner().invoke(command, ["build", "--index", str(index)])
    assert done.exit_code == 1
    assert "没有写明它的文档在哪个文件夹" in done.output and "--corpus" in done.output
    assert generations.current_name(index) == before
    assert CliRunner().invoke(command, ["build", "--index", str(index), "--corpus", str(corpus)]).exit_code == 0
    assert CliRunner().invoke(command, ["build", "--index", str(index)]).exit_code == 0


def test_small_and_usual_removals_ask_nobody(corpus: Path) -> None:
    build(corpus)
    for topic in TOPICS[3:12]:
        (corpus / "子文件夹" / f"{topic}.txt").unlink()
    assert build(corpus).removed == 9
    (corpus / f"{TOPICS[1]}.txt").unlink()
    assert build(corpus).removed == 1


def test_what_was_moved_or_edited_is_not_gone(corpus: Path) -> None:
    build(corpus)
    (corpus / "子文件夹").rename(corpus / "改了名")
    assert build(corpus).removed == 0
    for file in corpus.rglob("*.txt"):
        file.write_text(file.read_text("utf-8").replace("2024", "2025"), encoding="utf-8")
    assert build(corpus).documents == 13


def test_the_generation_before_a_large_removal_stays_and_can_be_brought_back(corpus: Path, elsewhere: Path) -> None:
    index = corpus.parent / "index"
    build(corpus)
    build(elsewhere, allow_removals=True)
    for topic in ("志愿服务", "社区服务"):
        (elsewhere / f"{topic}.txt").write_text(speech(topic), encoding="utf-8")
        build(elsewhere)
    assert sorted(one.name[:7] for one in index.glob("g*")) == ["g000001", "g000003", "g000004"]
    shutil.copyfile(index / "KEPT", index / "CURRENT")
    assert store_of("whoosh", index).open().documents == 12
    assert build(corpus).unchanged == 12
    emptied(elsewhere)
    build(elsewhere, allow_removals=True)
    assert (index / "KEPT").read_text("ascii").strip() in {one.name for one in index.glob("g*")}
    assert not [*index.glob("g000003*")]


def test_an_original_that_cannot_be_read_now_is_told_as_that(corpus: Path, close: Closing) -> None:
    build(corpus)
    found = indexed(corpus.parent / "index")["养老服务.txt"]
    close(corpus / "养老服务.txt")
    client = create_app(Settings(index=str(corpus.parent / "index"), corpus=(corpus,))).test_client()
    answer = client.get(f"/doc/{found.id}/original")
    assert (answer.status_code, "现在读不到这份原文件" in answer.text) == (404, True)
