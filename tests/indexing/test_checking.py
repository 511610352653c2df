"""`indexer check` sees what no checksum can: an index that was written as it is and is not right."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from building import OTHER, REPORT, build
from click.testing import CliRunner
from conftest import document

from indexer import checking, last_run
from indexer.commands import index as command
from indexer.ledger import NOTE, Entry, Ledger
from search.documents.document import Document
from search.engines import Store, store_of
from search.engines.columns import files as column_files
from search.engines.whoosh import beside, generations
from search.index import packed


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "文档").mkdir()
    for name, text in (("甲", REPORT), ("乙", OTHER)):
        (tmp_path / "文档" / f"{name}.txt").write_text(text, encoding="utf-8")
    build(tmp_path / "文档")
    return store_of("whoosh", tmp_path / "index")


def published_with(store: Store, *more: Document, **notes: str) -> list[str]:
    """What is found after the same index was published with other documents or notes."""
    kept = {NOTE: store.last_note(NOTE) or "", **notes}
    with store.writer(fresh=False) as writing:
        for one in more:
            writing.add(one)
        writing.publish(kept)
    return checking.problems(store)


def edited(store: Store, change: Callable[[dict[str, Entry]], None]) -> str:
    ledger = last_run.recorded(store)
    entries = {**ledger.entries}
    change(entries)
    return "".join(Ledger(ledger.code, entries).pieces())


def test_a_whole_index_has_no_problem_and_the_command_says_so(store: Store) -> None:
    ran = CliRunner().invoke(command, ["check", "--index", store.location, "--json"])
    assert (ran.exit_code, json.loads(ran.output)) == (0, {"ok": True, "problems": []})


def test_a_document_that_no_file_has_is_found(store: Store) -> None:
    assert published_with(store, document("丙.txt", "推进养老服务。")) == ["文件清单里有 2 篇，索引里有 3 篇"]


def test_a_document_that_is_missing_is_found(store: Store) -> None:
    id = _first(store)
    with store.writer(fresh=False) as writing:
        writing.remove(id)
        writing.publish({NOTE: store.last_note(NOTE) or ""})
    assert checking.problems(store) == ["文件清单里有 2 篇，索引里有 1 篇", f"文件清单里有、索引里没有的文稿：{id}"]


def _first(store: Store) -> str:
    return next(entry.documents[0].id for entry in last_run.recorded(store).entries.values())


def test_a_record_that_cannot_be_read_is_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    id, loads = _first(store), packed.loads

    def skipping(stored: bytes) -> Document:
        return loads(stored[:-1] if f'"id":"{id}"'.encode() in stored else stored)

    monkeypatch.setattr(packed, "loads", skipping)
    (problem,) = checking.problems(store)
    assert problem.startswith(f"记录有误的文稿：{id}（读不出来：ValueError")


def test_a_list_of_files_that_says_something_else_is_found(store: Store) -> None:
    def more(entries: dict[str, Entry]) -> None:
        key, entry = next(iter(entries.items()))
        (one,) = entry.documents
        entries[key] = entry._replace(documents=(one._replace(passages=one.passages + 1),))

    def twice(entries: dict[str, Entry]) -> None:
        (_, first), (key, second) = entries.items()
        entries[key] = second._replace(documents=first.documents)

    assert "清单上 4 段，实有 3 段" in published_with(store, files=edited(store, more))[0]
    assert published_with(store, files=edited(store, twice))[0].startswith("文件清单里重复的编号：")


def test_columns_that_say_something_else_than_the_postings_are_found(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = column_files.write

    class Other(beside.Segment):
        def lengths(self) -> Any:
            return (length + 1 for length in super().lengths())

    def other(path: Path, segment: Any) -> None:
        write(path, Other(segment._reader, segment.identity, segment._postings))

    with monkeypatch.context() as patch:
        patch.setattr(column_files, "write", other)
        with store.writer(fresh=False) as writing:
            writing.add(document("丙.txt", "推进养老服务。"))
            writing.publish({})
    (problem, *_) = checking.problems(store)
    assert problem.startswith("列文件与索引里的内容不一致")


def test_a_wrong_count_is_found(store: Store) -> None:
    folder = Path(store.location, generations.current_name(Path(store.location)))
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (folder / "manifest.json").write_text(json.dumps({**manifest, "documents": 7}), "utf-8")
    assert checking.problems(store) == [f"索引 {folder.name} 里有 2 篇，清单上是 7 篇"]
