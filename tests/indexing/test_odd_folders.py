"""Folders and files that are not as they should be: in each other, touched, gone in the middle of a run."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from building import OTHER, REPORT, build
from click.testing import CliRunner
from conftest import indexed

from indexer import planning
from indexer.commands import index as command
from indexer.extract import Unreadable
from indexer.files import scan
from indexer.readers import office

NOW = time.time_ns()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "文档"
    (folder / "子").mkdir(parents=True)
    (folder / "甲.txt").write_text(REPORT, encoding="utf-8")
    (folder / "子" / "乙.txt").write_text(OTHER, encoding="utf-8")
    return folder


@pytest.mark.parametrize("other", ["", "子", "子/.."])
def test_folders_that_lie_in_each_other_give_every_file_once(corpus: Path, other: str) -> None:
    again = Path(f"{corpus}/{other}")
    report = build(corpus, again)
    assert (report.documents, set(indexed(corpus.parent / "index"))) == (2, {"甲.txt", "子/乙.txt"})
    assert (build(corpus, again).generation, report.files_seen) == (report.generation, 2)


def test_a_link_to_a_folder_beside_it_is_the_same_folder(corpus: Path) -> None:
    (link := corpus.parent / "链接").symlink_to(corpus)
    report = build(corpus, link)
    assert (report.files_seen, report.duplicates) == (2, ())


def test_an_index_among_the_documents_is_not_read(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build(corpus, index=corpus / "子" / "索引")
    monkeypatch.chdir(corpus)
    again = build(Path(), index=Path("子/索引"))
    assert (first.files_seen, again.files_seen, again.generation) == (2, 2, first.generation)


@pytest.mark.parametrize("written", ["子", "./子", "../文档/子"])
def test_the_folder_apart_is_known_however_it_is_written(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.chdir(corpus)
    assert [one.name for one in scan(Path(), Path(written))] == ["甲.txt"]


def test_a_file_that_goes_while_it_is_read_keeps_its_document_and_is_read_again(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(corpus)
    file, text = corpus / "甲.txt", REPORT.replace("健全", "建好")
    file.write_text(text, encoding="utf-8")
    facts = file.stat()
    with monkeypatch.context() as patch:
        patch.setattr("indexer.understand.read", lambda *_: pytest.fail("it is not there"))
        patch.setattr("indexer.pipeline.read_all", _without(file))
        report = build(corpus)
    assert [(one.path, one.reason) for one in report.failed] == [
        ("甲.txt", "没有这个文件，可能已移走或改名；请核对后再运行；检索里仍是上次读到的内容")
    ]
    assert set(indexed(corpus.parent / "index")) == {"甲.txt", "子/乙.txt"}
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))  # as it was when it went
    assert (build(corpus).files_indexed, build(corpus).documents) == (1, 2)
    assert "建好" in indexed(corpus.parent / "index")["甲.txt"].text


def _without(file: Path) -> object:
    """read_all() of files of which one was taken away between looking and reading."""
    from indexer.workers import read_all

    def reading(*given: object, **options: object) -> object:
        file.unlink()
        return read_all(*given, **options)  # type: ignore[arg-type]

    return reading


def test_a_file_that_is_not_there_is_said_not_to_be_there(corpus: Path) -> None:
    shown = CliRunner().invoke(command, ["show", str(corpus / "没有.txt"), "--corpus", str(corpus)])
    assert (shown.exit_code, shown.output) == (
        1,
        f"错误：{corpus / '没有.txt'}：没有这个文件，可能已移走或改名；请核对后再运行\n",
    )


def test_a_touched_file_is_known_by_its_new_time_as_soon_as_something_is_published(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "_RACY", 0)
    build(corpus)
    os.utime(corpus / "甲.txt")
    (corpus / "丙.txt").write_text(OTHER.replace("社会救助", "地名管理"), encoding="utf-8")
    assert (build(corpus).files_indexed, build(corpus).unchanged) == (1, 3)
    monkeypatch.setattr(planning, "sha256", lambda file: pytest.fail(f"{file.name} is read"))
    assert build(corpus).unchanged == 3


@pytest.mark.skipif(os.name == "nt", reason="nothing but the date of a file tells")
@pytest.mark.parametrize("how", ["written", "put in its place"])
def test_another_file_of_the_same_size_and_date_is_read(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(planning, "_RACY", 0)
    file, long_ago = corpus / "甲.txt", NOW - 10**18
    os.utime(file, ns=(long_ago, long_ago))
    build(corpus)
    other = file if how == "written" else corpus.parent / "另.txt"
    other.write_text(REPORT.replace("福利彩票", "体育彩票"), encoding="utf-8")
    os.utime(other, ns=(long_ago, long_ago))
    size = file.stat().st_size
    other.replace(file)
    assert file.stat().st_size == size
    assert (build(corpus).files_indexed, "体育彩票" in indexed(corpus.parent / "index")["甲.txt"].text) == (1, True)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_what_a_slow_program_has_started_ends_with_it_and_the_file_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = tmp_path / "started"
    script = tmp_path / "soffice"
    script.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {started}.new\nmv {started}.new {started}\nwait\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(office, "TIMEOUT", 1)
    with pytest.raises(Unreadable) as slow:
        office.read(tmp_path / "旧.doc", b"\xd0\xcf\x11\xe0")
    assert (slow.value.again, "下次运行再试" in slow.value.reason) == (True, True)
    assert _ended(int(started.read_text()))


def _ended(process: int) -> bool:
    """Whether a process has gone, or is only waiting for somebody to ask how it ended."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state in "ZX":
            return True
        time.sleep(0.05)
    return False
