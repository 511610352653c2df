"""The office's own words and synonyms: read with the number of every line that is wrong, kept in the index, undone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from building import REPORT, build
from click.testing import CliRunner
from conftest import indexed
from steps import growth

from app import create_app
from indexer.commands import index as command
from indexer.statements import words
from search import results, text
from search.engines import opened, store_of
from search.query.parsing import parse
from search.settings import Settings
from search.text import office
from search.text.office import Synonym


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(2):
        (folder / f"{number}.txt").write_text(REPORT.replace("5月10日", f"5月{number + 1}日"), encoding="utf-8")
    (folder / "2.txt").write_text(REPORT.replace("福利彩票", "福彩票").replace("养老", "助残"), encoding="utf-8")
    return folder


def found(corpus: Path, asked: str) -> int:
    engine = opened(store_of("whoosh", corpus.parent / "index"))
    return results.search(engine, parse(asked)).documents


def written(corpus: Path, name: str, *lines: str) -> None:
    (corpus / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_a_pair_finds_more_after_the_next_build_and_without_it_less_again(corpus: Path) -> None:
    build(corpus)
    before = found(corpus, "福利彩票")
    written(corpus, "synonyms.tsv", words.HEAD, "福利彩票\t福彩票")
    assert build(corpus).files_indexed == 0  # no file is read for it
    assert (before, found(corpus, "福利彩票"), found(corpus, "福彩票")) == (2, 3, 3)
    (corpus / "synonyms.tsv").unlink()
    build(corpus)
    assert found(corpus, "福利彩票") == 2


def test_the_files_are_no_documents_and_outlive_the_index(corpus: Path) -> None:
    written(corpus, "words.txt", "# 本单位", "福彩票")
    written(corpus, "synonyms.tsv", "福利彩票\t福彩票")
    report = build(corpus)
    assert (report.files_seen, set(indexed(corpus.parent / "index"))) == (3, {"0.txt", "1.txt", "2.txt"})
    build(corpus, full=True)
    assert found(corpus, "福利彩票") == 3


def test_a_word_is_cut_whole_and_every_file_is_read_again_for_it(corpus: Path) -> None:
    build(corpus)
    assert "健全基本" not in text.words("健全基本养老")
    written(corpus, "words.txt", "健全基本")
    assert build(corpus).files_indexed == 3
    opened(store_of("whoosh", corpus.parent / "index"))
    assert "健全基本" in text.words("健全基本养老")
    assert "健全基本" in text.lexicon_terms()
    (corpus / "words.txt").unlink()
    build(corpus)
    assert "健全基本" not in text.words("健全基本养老")


def test_an_index_is_searched_with_its_own_words_while_the_file_is_edited(corpus: Path) -> None:
    written(corpus, "words.txt", "健全基本")
    build(corpus)
    written(corpus, "words.txt", "还没写完的")
    client = create_app(Settings(index=str(corpus.parent / "index"), corpus=(corpus,))).test_client()
    office.use(office.NOTHING)  # as a server begins
    assert client.get("/search?q=养老服务").status_code == 200
    assert office.now().words == ("健全基本",)


@pytest.mark.processes
def test_the_processes_that_read_have_the_words(corpus: Path) -> None:
    written(corpus, "words.txt", "健全基本")
    build(corpus)
    engine = store_of("whoosh", corpus.parent / "index").open()
    (one,) = [
        id
        for id, document in ((d.id, d) for d in indexed(corpus.parent / "index").values())
        if "0" in document.external_id
    ]
    assert "健全基本" in dict(engine.fetch([one])[one].content_words)


@pytest.mark.parametrize(
    ("name", "line", "told"),
    [
        ("words.txt", "一", "2 至 16 个"),
        ("words.txt", "有 空格", "2 至 16 个"),
        ("words.txt", "太" * 17, "2 至 16 个"),
        ("synonyms.tsv", "只有一个", "制表符"),
        ("synonyms.tsv", "甲乙\t甲乙", "同一个词"),
        ("synonyms.tsv", "甲乙\t丙丁\t亲戚", "没有“亲戚”这种关系"),
        ("synonyms.tsv", "甲乙\t丙丁\t旧称\t左", "双向"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_with_its_number_and_the_others_hold(
    corpus: Path, name: str, line: str, told: str
) -> None:
    good = "村寓" if name == "words.txt" else "村寓\t乡居"
    written(corpus, name, "# 说明", line, good)
    report = build(corpus)
    assert [note for note in report.notes if f"{name} 第 2 行" in note and told in note]
    own = words.read([corpus]).own
    assert own.words == ("村寓",) if name == "words.txt" else own.synonyms == (Synonym("村寓", "乡居"),)


def test_a_link_is_not_followed_out_of_the_folder(corpus: Path) -> None:
    (corpus.parent / "别处.txt").write_text("村寓\n", encoding="utf-8")
    (corpus / "words.txt").symlink_to(corpus.parent / "别处.txt")
    said = words.read([corpus])
    assert said.own.words == () and "words.txt 无法读取" in said.problems[0] and "是链接，没有跟随" in said.problems[0]


def test_a_file_of_another_kind_is_told_and_not_used(corpus: Path) -> None:
    (corpus / "words.txt").write_bytes(b"\xff\xff\xff")
    written(corpus, "synonyms.tsv", *["一"] * 5000)
    said = words.read([corpus])
    assert (said.own, len(said.problems)) == (office.NOTHING, 22)
    written(corpus, "words.txt", *(f"词语{number}" for number in range(3000)))
    assert len(words.read([corpus]).own.words) == words.MOST


def run(corpus: Path, *arguments: str) -> str:
    place = ["--corpus", str(corpus), "--index", str(corpus.parent / "index")]
    done = CliRunner().invoke(command, ["synonyms", *arguments, *place])
    return done.output


def test_the_command_shows_what_a_pair_changes_and_adds_it(corpus: Path) -> None:
    build(corpus)
    assert run(corpus, "preview", "福利彩票", "福彩票").split("\n")[:2] == ["福利彩票 2→3 篇", "福彩票 1→3 篇"]
    assert not (corpus / "synonyms.tsv").exists()
    assert run(corpus, "preview", "福利彩票", "福彩票", "--one-way") == "福利彩票 2→3 篇\n"
    assert "synonyms.tsv" in run(corpus, "add", "福利彩票", "福彩票", "--kind", "旧称", "--by", "王某")
    build(corpus)
    assert found(corpus, "福利彩票") == 3
    assert "不必再加" in run(corpus, "add", "福利彩票", "福彩票", "--by", "王某")
    assert "不必再加" in run(corpus, "preview", "低保", "最低生活保障")
    assert "同一个词" in run(corpus, "add", "福利彩票", "福利彩票", "--by", "王某")


def test_adding_keeps_what_stands_there_and_its_encoding(tmp_path: Path) -> None:
    (tmp_path / "synonyms.tsv").write_bytes("# 原有\n村寓\t乡居".encode("gb18030"))
    words.add(tmp_path, Synonym("老人", "长者"), "王某", "2026-11-28")
    said = (tmp_path / "synonyms.tsv").read_bytes().decode("gb18030")
    assert said == "# 原有\n村寓\t乡居\n老人\t长者\t近义说法\t双向\t王某 2026-11-28\n"
    assert len(words.read([tmp_path]).own.synonyms) == 2


def test_a_pair_that_is_taken_out_stays_as_a_remark_and_the_other_lines_as_they_are(corpus: Path) -> None:
    path = corpus / "synonyms.tsv"
    path.write_bytes("# 原有\r\n福利彩票\t福彩票\t旧称\r\n错的一行\r\n村寓\t乡居".encode("gb18030"))
    build(corpus)
    assert "没有“福彩票、福利彩票”这一对" in run(corpus, "remove", "福彩票", "福利彩票", "--by", "王某")
    assert "留作备注" in run(corpus, "remove", "福利彩票", "福彩票", "--by", "王某")
    day = time.strftime("%Y-%m-%d")
    remark = f"# 删去 王某 {day}：福利彩票\t福彩票\t旧称"
    assert path.read_bytes().decode("gb18030") == f"# 原有\r\n{remark}\r\n错的一行\r\n村寓\t乡居"
    assert words.read([corpus]).own.synonyms == (Synonym("村寓", "乡居"),)
    build(corpus)
    assert found(corpus, "福利彩票") == 2


def test_a_label_says_what_kind_of_synonym_it_is(corpus: Path) -> None:
    written(corpus, "synonyms.tsv", "福利彩票\t福彩票\t旧称")
    build(corpus)
    engine = opened(store_of("whoosh", corpus.parent / "index"))
    labels = {card.match_label for card in results.search(engine, parse("福利彩票")).hits}
    assert "同义词：福彩票（旧称，今称福利彩票）" in labels
    assert text.relation("特困人员", "五保") == "旧称，今称特困人员"
    assert text.relation("最低生活保障", "低保") == "简称"
    assert text.relation("养老服务", "低保") == ""


def test_the_work_grows_with_the_files(tmp_path: Path) -> None:
    def read(size: int) -> object:
        written(tmp_path, "words.txt", *(f"词语{number}" for number in range(size)), "错 的", "长" * size)
        written(tmp_path, "synonyms.tsv", *(f"词语{number}\t说法{number}" for number in range(size)), "错" * size)
        return words.read([tmp_path])

    assert max(growth(read, 2_000)) < 4.6
