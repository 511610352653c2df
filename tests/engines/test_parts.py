"""An index whose segments were written by processes beside each other holds what one process writes one by one."""

from __future__ import annotations

import errno
import os
import pickle
import shutil
import signal
from array import array
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from whoosh import index, writing
from whoosh.codec.whoosh3 import W3Codec, W3Segment

from indexer.understand import understand
from search.documents.document import Copy, Document, Warning
from search.documents.siblings import Siblings
from search.engines import TakesWaiting, store_of
from search.engines.columns import files as column_files
from search.engines.team import Team
from search.engines.waiting import Waiting, put, taken
from search.engines.whoosh import checking, generations, parts
from search.engines.whoosh.fields import schema
from search.engines.whoosh.segments import column_file, identity_of, leaves
from search.engines.whoosh.writer import _beside as beside
from search.index import packed, vocabulary
from search.index.aloud import aloud
from search.index.analysis import analysed


@cache
def pages() -> tuple[Document, ...]:
    """The documents of the samples, of all formats that need no tool."""
    files = sorted(file for file in (ROOT / "corpus").iterdir() if file.suffix in (".txt", ".md", ".html", ".docx"))
    return tuple(one for file in files for one in understand(file, file.name))


def said() -> dict[str, Siblings]:
    """Of the first two documents that they are alike, and of the third that it has a copy."""
    first, second, third, *_ = (one.id for one in pages())
    doubt = Warning("near_duplicate", "文字大体相同", "某.txt")
    return {
        first: Siblings((first, second), (), doubt),
        second: Siblings((first, second), (), doubt),
        third: Siblings((), (Copy("又.txt", third),), None),
    }


def written(folder: Path, documents: Sequence[Document], *, waiting: bool, fresh: bool = True) -> Path:
    """The folder of what is published."""
    with store_of("whoosh", folder).writer(fresh=fresh) as writer:
        assert isinstance(writer, TakesWaiting)
        for one in documents:
            if waiting:
                place = put(writer.shelf(), pickle.dumps((packed.dumps(one), analysed(one))))
                assert place
                writer.add_waiting(one.id, place)
            else:
                writer.add(one)
        there = {one.id for one in documents}
        writer.publish({}, {id: one for id, one in said().items() if id in there})
    generation = generations.read(folder / generations.current_name(folder))
    assert generations.damages(generation.path, thorough=True) == checking.contradictions(generation) == []
    return generation.path


def held(folder: Path) -> tuple[dict[object, object], dict[str, dict[str, object]], vocabulary.Vocabulary]:
    """By documents' ids: all postings, all stored columns; and the vocabulary."""
    with closing(index.open_dir(str(folder), schema=schema()).reader()) as reader:
        names = [one.decode() for one in reader.column_reader("name")]
        postings: dict[object, object] = {}
        for field, term in reader.all_terms():
            matcher, found = reader.postings(field, term), {}
            while matcher.is_active():
                places = matcher.value_as("positions") if matcher.supports("positions") else None
                found[names[matcher.id()]] = matcher.weight(), places
                matcher.next()
            postings[field, term] = found
        columns = {
            column: dict(zip(names, reader.column_reader(column), strict=True))
            for column, field in schema().items()
            if field.column_type
        }
    return postings, columns, vocabulary.loads(generations.note_in(folder, vocabulary.NOTE) or "")


def arrays(folder: Path) -> list[Mapping[str, bytes]]:
    """Of each segment its columns."""
    facts = generations.read(folder).manifest["files"]
    with closing(index.open_dir(str(folder), schema=schema()).reader()) as reader:
        found = [
            column_files.read(
                folder / column_file(leaf), identity_of(leaf, {name: one["sha256"] for name, one in facts.items()})
            )
            for leaf in leaves(reader)
        ]
    return [{name: bytes(one) for name, one in segment.arrays.items()} for segment in found]


def cut_into(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(parts, "processes", lambda: number)
    monkeypatch.setattr(parts, "_LEAST", 1)


@pytest.mark.parametrize("number", [1, 3])
def test_what_waits_becomes_what_one_process_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    cut_into(monkeypatch, number)
    one_by_one = written(tmp_path / "one", pages(), waiting=False)
    beside = written(tmp_path / "beside", pages(), waiting=True)
    assert len(arrays(beside)) == number
    assert held(beside) == held(one_by_one)
    if number == 1:
        assert arrays(beside) == arrays(one_by_one)


def test_what_waits_comes_beside_what_is_published_and_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first documents are in both runs; of the second one what is said of their group is new."""
    cut_into(monkeypatch, 2)
    folder = tmp_path / "index"
    written(folder, pages()[2:], waiting=True)
    again = written(folder, pages()[:5], waiting=True, fresh=False)
    whole = written(tmp_path / "whole", pages(), waiting=False)
    assert len(arrays(again)) == 4
    store, other = store_of("whoosh", folder), store_of("whoosh", tmp_path / "whole")
    ids = [one.id for one in pages()]
    assert store.open().fetch(ids, whole=True) == other.open().fetch(ids, whole=True)
    assert held(again)[2] == held(whole)[2]


def test_there_are_never_more_segments_than_a_search_should_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_into(monkeypatch, 2)
    monkeypatch.setattr(parts, "MOST", 3)
    folder = tmp_path / "index"
    assert len(arrays(written(folder, pages()[:10], waiting=True))) == 2
    assert len(arrays(written(folder, pages()[10:], waiting=True, fresh=False))) == 3


def test_small_segments_become_one_where_there_would_be_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each run has documents of the run before it, which are deleted in its segment."""
    cut_into(monkeypatch, 1)
    monkeypatch.setattr(parts, "MOST", 3)
    monkeypatch.setattr(writing, "MERGE_SMALL", writing.NO_MERGE)
    folder, numbers = tmp_path / "index", []
    for begin in range(0, 24, 4):
        last = written(folder, pages()[max(0, begin - 1) : begin + 4], waiting=True, fresh=not begin)
        numbers.append(len(arrays(last)))
    whole = written(tmp_path / "whole", pages()[:24], waiting=False)
    assert numbers == [1, 2, 3, 3, 3, 3]
    assert held(last) == held(whole)
    ids = [one.id for one in pages()[:24]]
    assert store_of("whoosh", folder).open().fetch(ids, whole=True) == store_of(
        "whoosh", tmp_path / "whole"
    ).open().fetch(ids, whole=True)


def test_a_segment_of_which_all_is_deleted_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_into(monkeypatch, 1)
    for fresh in (True, False, False):
        last = written(tmp_path, pages()[:6], waiting=True, fresh=fresh)
        assert len(arrays(last)) == 1


@pytest.mark.parametrize(
    ("there", "coming", "merged"),
    [
        ([9, 9, 9], 1, []),  # there is room for one more
        ([9] * 8, 9, [9, 9]),
        ([9] * 9, 9, [9, 9, 9]),
        ([1, 1, 1, 1, 50, 50, 50, 50], 9, [1, 1, 1, 1]),  # as many as are coming cost no more than they do
        ([0, 0, *[9] * 7], 9, []),  # of which nothing is left
        ([900] * 8, 9, []),  # a run of nine documents does not write 1,800
    ],
)
def test_what_is_merged_is_the_smallest_and_no_more_than_a_run_is_worth(
    there: list[int], coming: int, merged: list[int]
) -> None:
    def segment(documents: int) -> W3Segment:
        made = W3Segment(W3Codec(), "index", doccount=max(1, documents))
        if not documents:
            made.delete_document(0)
        return made

    found = parts.to_merge([segment(one) for one in reversed(there)], coming)
    assert [one.doc_count() for one in found] == merged


def test_a_shelf_that_cannot_be_removed_is_told_and_nothing_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be in the way of the checksums; what failed is told, and not that a folder is no file."""
    published = written(tmp_path, pages()[:3], waiting=True)
    remove = shutil.rmtree

    def rmtree(folder: Path, **more: bool) -> None:
        if folder.name == "waiting":
            if more.get("ignore_errors"):
                return
            raise OSError(errno.EIO, "Input/output error", str(folder))
        remove(folder, **more)

    with monkeypatch.context() as patch, pytest.raises(OSError, match="waiting") as raised:
        patch.setattr(shutil, "rmtree", rmtree)
        written(tmp_path, pages()[3:6], waiting=True, fresh=False)
    assert raised.value.errno == errno.EIO
    assert tmp_path / generations.current_name(tmp_path) == published
    assert list(tmp_path.glob("*.tmp")) == []


def test_what_was_just_written_is_not_read_to_see_whether_it_is_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 171,300 documents their columns are 345 MB, which counted as memory of the process that publishes."""
    cut_into(monkeypatch, 2)
    read, looked_at = column_files.read, list[str]()

    def counted(path: Path, identity: str) -> column_files.Columns:
        looked_at.append(path.suffix)
        return read(path, identity)

    monkeypatch.setattr(column_files, "read", counted)
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        assert isinstance(writer, TakesWaiting)
        for one in pages():
            place = put(writer.shelf(), pickle.dumps((packed.dumps(one), analysed(one))))
            assert place
            writer.add_waiting(one.id, place)
        writer.publish({}, {})
    assert looked_at == []  # the parts' own processes look for columns that are not there yet
    assert len(arrays(tmp_path / generations.current_name(tmp_path))) == len(looked_at) == 2


def test_a_document_is_taken_once(tmp_path: Path) -> None:
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        assert isinstance(writer, TakesWaiting)
        writer.add(pages()[0])
        with pytest.raises(ValueError, match="added twice"):
            writer.add_waiting(pages()[0].id, Waiting(1, 0, 1))


def test_a_writer_that_is_left_leaves_nothing_behind(tmp_path: Path) -> None:
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        assert isinstance(writer, TakesWaiting)
        assert put(writer.shelf(), b"1234")
    assert [one.name for one in tmp_path.iterdir()] == ["LOCK"]


# --- where they wait -----------------------------------------------------------------------------------


def test_what_waits_is_taken_as_it_was_put(tmp_path: Path) -> None:
    first, second = put(tmp_path, b"abc"), put(tmp_path, b"")
    with (tmp_path / str(os.getpid())).open("ab") as file:
        file.write(b"of a process that was ended while it wrote")
    third = put(tmp_path, b"de")
    assert first and second and third
    assert [*taken(tmp_path, [third, second, first])] == [b"de", b"", b"abc"]


def test_a_disk_that_takes_nothing_is_no_error_of_the_file_that_is_read(tmp_path: Path) -> None:
    assert put(tmp_path / "gone", b"abc") is None


@given(st.lists(st.integers(0, 400), min_size=1, max_size=40), st.integers(1, 9), st.integers(-2, 8))
def test_shares_are_all_that_waits_in_its_order(sizes: list[int], number: int, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        cut_into(patch, number)
        patch.setattr(parts, "_LARGEST", 1000)
        found = parts.shares(array("Q", (one for size in sizes for one in (7, 1, size))), most)
    assert [size for share in found for size in share[2::3]] == sizes
    assert all(found)
    assert len(found) <= max(1, most)


# --- the processes -------------------------------------------------------------------------------------


def doubled(number: int) -> tuple[int, int]:
    """By which process."""
    if number < 0:
        raise OSError(28, "No space left on device")
    return 2 * number, os.getpid()


def killed(here: int) -> str:
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return "done here"


def test_jobs_are_done_in_processes_of_their_own() -> None:
    with Team(2) as team:
        found = dict(team.done(doubled, range(5)))
    assert {number: twice for number, (twice, _) in found.items()} == {number: 2 * number for number in range(5)}
    assert 1 <= len({process for _, process in found.values()} - {os.getpid()}) <= 2


def test_what_a_job_raises_is_raised_here() -> None:
    with Team(1) as team, pytest.raises(OSError, match="No space") as raised:
        list(team.done(doubled, [-1]))
    assert raised.value.errno == 28


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system knows no such end")
def test_the_job_of_a_process_that_is_killed_is_done_here() -> None:
    with Team(1) as team:
        assert list(team.done(killed, [os.getpid()])) == [(0, "done here")]


def test_who_reads_titles_aloud_for_a_large_run_cuts_them_as_the_many_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    monkeypatch.setattr("search.text.expect_many", lambda: told.append(True))
    asked: list[tuple[str, vocabulary.EntryKind]] = [("养老服务工作会议", "title"), ("养老", "word")]
    with Team(0) as here:
        assert list(beside(here).entries(asked, {})) == aloud(asked)
    assert told
