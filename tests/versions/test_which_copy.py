"""Which of several copies is shown, and what is a copy at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import REPORT, build
from conftest import indexed

from indexer.ledger import NOTE
from search.engines import store_of

ITEM = "\n第{0}项，各县区民政局要把第{0}件实事办好，按月报告进度，年底逐项验收。\n"
TEXT = REPORT + "".join(map(ITEM.format, "一二三四五六七八"))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "文档").mkdir()
    return tmp_path / "文档"


def put(corpus: Path, name: str, text: str = TEXT, encoding: str = "utf-8") -> None:
    (corpus / name).write_text(text, encoding=encoding)


def files(corpus: Path) -> set[str]:
    return set(indexed(corpus.parent / "index"))


@pytest.mark.parametrize(
    ("one", "other"), [("办好", "辦好"), ("各县区", "各縣區"), ("逐项", "逐項"), ("第一项", "苐一项")]
)
def test_texts_that_differ_in_forms_of_characters_are_versions_and_each_is_shown(
    corpus: Path, one: str, other: str
) -> None:
    put(corpus, "甲.txt")
    put(corpus, "乙.txt", TEXT.replace(one, other, 1))
    report = build(corpus)
    assert (report.documents, report.duplicates) == (2, ())
    first, second = indexed(corpus.parent / "index").values()
    assert {*first.near, first.id} == {*second.near, second.id} == {first.id, second.id}
    assert first.near and second.near


def test_texts_that_differ_in_width_encoding_and_line_ends_are_one(corpus: Path) -> None:
    put(corpus, "甲.txt")
    put(corpus, "乙.txt", TEXT.replace("2023", "２０２３"))
    put(corpus, "丙.txt", TEXT, "gb18030")
    put(corpus, "丁.txt", TEXT.replace("\n", "\r\n"))
    assert (build(corpus).documents, len(build(corpus).duplicates)) == (1, 3)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_copy_that_is_shown_stays_so_when_all_is_built_anew(corpus: Path, encoding: str) -> None:
    put(corpus, "乙.txt", encoding=encoding)
    build(corpus)
    put(corpus, "丁.txt")  # before 乙 by name
    build(corpus)
    assert files(corpus) == {"乙.txt"}
    assert (build(corpus, full=True).documents, files(corpus)) == (1, {"乙.txt"})
    (corpus / "乙.txt").unlink()
    assert (build(corpus, full=True).documents, files(corpus)) == (1, {"丁.txt"})


def test_which_copy_is_shown_is_known_from_the_documents_where_the_list_of_files_is_damaged(corpus: Path) -> None:
    put(corpus, "乙.txt")
    build(corpus)
    put(corpus, "丁.txt")
    build(corpus)
    with store_of("whoosh", corpus.parent / "index").writer(fresh=False) as writing:
        writing.publish({NOTE: "7"})
    assert (build(corpus, full=True).documents, files(corpus)) == (1, {"乙.txt"})
