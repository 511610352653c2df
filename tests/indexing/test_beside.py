"""A large run, whose documents wait and become segments beside each other, ends as a small one does that writes them
one by one."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from building import OTHER, REPORT, build
from conftest import ROOT

from indexer import last_run, pipeline, prepare
from indexer.ledger import Entry
from search.documents.document import Document
from search.engines import store_of
from search.engines.waiting import Waiting
from search.engines.whoosh import parts
from search.index import vocabulary

SAID = "file,title,source\n甲.txt,省民政厅养老服务工作会议,某省民政厅\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The samples, and beside them copies, a repost, a file that is refused, and one of which something is said."""
    folder = tmp_path / "文档"
    shutil.copytree(ROOT / "corpus", folder)
    for name, text in (("甲.txt", REPORT), ("转载.txt", f"{REPORT}\n完。\n"), ("乙.txt", OTHER), ("丙.txt", "")):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "副本").mkdir()
    for name in ("乙.txt", "转载.txt"):
        shutil.copy(folder / name, folder / "副本" / name)
    (folder / "sources.csv").write_text(SAID, encoding="utf-8")
    return folder


def ended(corpus: Path, index: Path) -> tuple[dict[str, Entry], Mapping[str, Document], str, Mapping[str, Entry]]:
    """What the run noted of each file, all documents whole, the vocabulary, and what pages count by."""
    store = store_of("whoosh", index)
    # A time is trusted only some seconds after a file was written.
    entries = {key: one._replace(mtime_ns=0) for key, one in last_run.recorded(store).entries.items()}
    ids = sorted(one.id for entry in entries.values() for one in entry.documents)
    engine = store.open()
    found = {id: one.document for id, one in engine.fetch(ids, whole=True).items()}
    assert len(found) == engine.documents
    return entries, found, engine.note(vocabulary.NOTE) or "", engine.catalogue()


def large(monkeypatch: pytest.MonkeyPatch, *, is_large: bool) -> None:
    monkeypatch.setattr(pipeline, "_MANY", 1 if is_large else 1 << 30)
    monkeypatch.setattr(parts, "processes", lambda: 3)
    monkeypatch.setattr(parts, "_LEAST", 1)


@pytest.mark.processes
def test_a_large_run_ends_as_a_small_one(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for index in (one, other):
        large(monkeypatch, is_large=index is other)
        assert build(corpus, index=index).documents > 30
    assert ended(corpus, other) == ended(corpus, one)
    assert ended(corpus, one)[1] != {}
    said = [found for found in ended(corpus, other)[1].values() if found.external_id == "甲.txt"]
    assert [found.metadata.title.value for found in said] == ["省民政厅养老服务工作会议"]


def test_large_runs_after_each_other_end_as_one(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document is changed, one goes, and with the last file of its text a copy takes its place."""
    one, other = tmp_path / "one", tmp_path / "other"
    large(monkeypatch, is_large=True)
    build(corpus, index=other)
    (corpus / "甲.txt").write_text(REPORT.replace("福利彩票", "体育彩票"), encoding="utf-8")
    (corpus / "乙.txt").unlink()
    (corpus / "新.txt").write_text(OTHER.replace("福利彩票", "殡葬改革"), encoding="utf-8")
    build(corpus, index=other)
    large(monkeypatch, is_large=False)
    build(corpus, index=one)
    (_, documents, words, counted), expected = ended(corpus, other), ended(corpus, one)
    assert (documents, counted) == (expected[1], expected[3])
    assert vocabulary.loads(words) == vocabulary.loads(expected[2])


def test_where_nothing_can_wait_the_run_writes_it_itself(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every second document finds no room: a run ends well or with what is wrong with the disk, never with less."""
    large(monkeypatch, is_large=True)
    build(corpus, index=tmp_path / "one")
    put, turn = prepare.put, iter(range(1000))

    def refused(shelf: Path, packed: bytes) -> Waiting | None:
        return put(shelf, packed) if next(turn) % 2 else None

    monkeypatch.setattr(prepare, "put", refused)
    build(corpus, index=tmp_path / "other")
    assert next(turn) > 30
    assert ended(corpus, tmp_path / "other") == ended(corpus, tmp_path / "one")


def test_a_part_that_cannot_be_written_leaves_the_old_index(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(monkeypatch, is_large=True)
    index = tmp_path / "index"
    build(corpus, index=index)
    before, names = ended(corpus, index), sorted(index.iterdir())
    (corpus / "新.txt").write_text(OTHER.replace("福利彩票", "殡葬改革"), encoding="utf-8")
    monkeypatch.setattr(prepare, "put", lambda shelf, packed: Waiting(1, 0, 1))  # where nothing is
    with pytest.raises(FileNotFoundError):
        build(corpus, index=index)
    assert (ended(corpus, index), sorted(index.iterdir())) == (before, names)
