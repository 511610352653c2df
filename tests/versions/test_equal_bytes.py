"""The same bytes under two names, which two kinds of reader may read differently: one document, the other a copy."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from building import build
from conftest import indexed

from indexer import pipeline
from indexer.prepare import Prepared, prepared

SPEECH = """某省民政厅召开养老服务工作会议

5月10日，某省民政厅召开**养老服务**工作会议，总结2023年工作，部署2024年任务。

会议强调，要抓好<b>工作落实</b>，确保各项任务按期完成。
"""
TWO = (
    "在全省民政工作会议上的讲话\n\n同志们：\n\n今天的会议很重要，要抓好养老服务工作。\n\n"
    "在全省救助工作会议上的讲话\n\n同志们：\n\n今天的会议也很重要，要抓好社会救助工作。\n"
)
SUFFIXES = ("txt", "md", "html")
PAIRS = list(permutations(SUFFIXES, 2))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "文档"
    folder.mkdir()
    return folder


def put(corpus: Path, name: str, text: str = SPEECH) -> None:
    (corpus / name).write_text(text, encoding="utf-8")


def told(corpus: Path) -> list[tuple[str, list[str]]]:
    """Each document of the index with the copies it names, all of them its own."""
    found = indexed(corpus.parent / "index").values()
    assert all(copy.of == one.id for one in found for copy in one.copies)
    return sorted((one.external_id, [copy.path for copy in one.copies]) for one in found)


def test_the_readers_make_two_texts_of_these_bytes_and_one_id(corpus: Path) -> None:
    for suffix in SUFFIXES:
        put(corpus, f"甲.{suffix}")
    read = [one.known for suffix in SUFFIXES for one in prepared(corpus / f"甲.{suffix}", f"甲.{suffix}")]
    assert (len({one.text_hash for one in read}), len({one.id for one in read})) == (3, 1)


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_of_two_that_come_together_the_first_by_name_is_the_document(
    corpus: Path, first: str, second: str, full: bool
) -> None:
    put(corpus, f"1.{first}")
    put(corpus, f"2.{second}")
    report = build(corpus, full=full)
    assert [(one.path, one.reason) for one in report.duplicates] == [(f"2.{second}", f"1.{first}")]
    assert told(corpus) == [(f"1.{first}", [f"2.{second}"])]
    again = build(corpus, full=full)
    assert (again.documents, again.removed, again.duplicates) == (1, 0, report.duplicates)


@pytest.mark.parametrize(("first", "second"), PAIRS)
@pytest.mark.parametrize("later", ["1", "3"])
def test_a_copy_that_comes_later_and_goes_again_leaves_the_document_as_it_is(
    corpus: Path, first: str, second: str, later: str
) -> None:
    put(corpus, f"2.{first}")
    build(corpus)
    put(corpus, f"{later}.{second}")
    report = build(corpus)
    assert (report.removed, [one.path for one in report.duplicates]) == (0, [f"{later}.{second}"])
    assert told(corpus) == [(f"2.{first}", [f"{later}.{second}"])]
    (corpus / f"{later}.{second}").unlink()
    assert build(corpus).duplicates == ()
    assert told(corpus) == [(f"2.{first}", [])]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_a_copy_takes_the_place_of_the_document_in_the_run_in_which_its_file_goes(
    corpus: Path, first: str, second: str
) -> None:
    put(corpus, f"1.{first}")
    put(corpus, f"2.{second}")
    put(corpus, "3.txt")
    build(corpus)
    (corpus / f"1.{first}").unlink()
    assert build(corpus).removed == 0  # the content is still there, and with it the address
    assert told(corpus) == [(f"2.{second}", ["3.txt"])]
    assert (build(corpus, full=True).documents, told(corpus)) == (1, [(f"2.{second}", ["3.txt"])])


def test_a_copy_that_was_edited_is_a_document_of_its_own(corpus: Path) -> None:
    put(corpus, "1.txt")
    put(corpus, "2.md")
    build(corpus)
    put(corpus, "1.txt", SPEECH.replace("养老服务", "社会救助"))
    assert build(corpus).duplicates == ()
    assert [name for name, _ in told(corpus)] == ["1.txt", "2.md"]


def test_a_copy_of_several_articles_is_a_copy_of_each(corpus: Path) -> None:
    put(corpus, "1.txt", TWO)
    put(corpus, "2.md", TWO)
    build(corpus)
    assert told(corpus) == [("1.txt#1", ["2.md#1"]), ("1.txt#2", ["2.md#2"])]


def test_a_kind_that_cannot_be_read_is_a_copy_of_what_can(corpus: Path) -> None:
    put(corpus, "1.txt")
    put(corpus, "2.docx")
    assert [(one.path, one.reason) for one in build(corpus).duplicates] == [("2.docx", "1.txt")]
    (corpus / "1.txt").unlink()
    assert [one.path for one in build(corpus).refused] == ["2.docx"]
    put(corpus, "3.txt")
    assert (build(corpus).documents, told(corpus)) == (1, [("3.txt", [])])


def edited(file: Path, name: str) -> tuple[Prepared, ...]:
    """prepared() of a file that changes as soon as it was read."""
    found = prepared(file, name)
    if name == "1.txt":
        file.write_text(SPEECH + "更正。", encoding="utf-8")
    return found


def test_an_id_that_is_there_already_costs_a_line_and_not_the_run(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(corpus, "1.txt")
    put(corpus, "2.md")
    monkeypatch.setattr(pipeline, "prepared", edited)
    assert [one.path for one in build(corpus).duplicates] == ["2.md"]
