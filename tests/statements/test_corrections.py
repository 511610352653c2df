"""A person's word about a document: checked, kept beside the files, stronger than anything that is read."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from building import OTHER, REPORT, build
from click.testing import CliRunner, Result
from conftest import document, indexed, value

from indexer.commands import index as command
from indexer.statements import corrections, statements
from indexer.statements.corrections import Correction
from indexer.understand import understand
from search.documents.document import Document, Evidence
from search.engines.whoosh.store import WhooshStore
from search.errors import Busy


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "文档 夹"
    (folder / "子").mkdir(parents=True)
    (folder / "甲.txt").write_text(REPORT, encoding="utf-8")
    (folder / "子" / "乙.txt").write_text(OTHER, encoding="utf-8")
    return folder


def correct(corpus: Path, *arguments: str) -> Result:
    folders = ["--corpus", str(corpus), "--index", str(corpus.parent / "index")]
    return CliRunner().invoke(command, ["correct", *arguments, *folders])


def documents(corpus: Path) -> dict[str, Document]:
    return indexed(corpus.parent / "index")


def codes(document: Document) -> set[str]:
    return {warning.code for warning in document.warnings}


def test_a_wrong_value_is_wrong_use_and_writes_nothing(corpus: Path) -> None:
    wrong = correct(corpus, "甲.txt", "--set", "level=省级", "--set", "region=火星")
    assert (wrong.exit_code, "可用：全国、北京" in wrong.output, (corpus / corrections.NAME).exists()) == (
        2,
        True,
        False,
    )
    assert correct(corpus, "甲.txt", "--set", "region").exit_code == 2
    assert correct(corpus, "没有.txt", "--set", "region=陕西").exit_code == 1
    undone = correct(corpus, "甲.txt", "--unset", "region")
    assert (undone.exit_code, "没有校正过地区" in undone.output) == (1, True)


# --- kept across runs ----------------------------------------------------------------------------------


def test_a_correction_shows_at_once_and_survives_a_deleted_index(corpus: Path) -> None:
    build(corpus)
    done = correct(corpus, "甲.txt", "--set", "region=陕西省延安市", "--set", "date=2024-05-09", "--by", "王某")
    assert (done.exit_code, "索引已更新" in done.output) == (0, True)
    shutil.copytree(corpus.parent / "index", corpus.parent / "kept")
    for _ in range(2):
        one = documents(corpus)["甲.txt"]
        known = one.metadata
        assert (known.region and known.region.value, value(known.place), known.date and str(known.date.value)) == (
            "陕西",
            "延安",
            "2024-05-09",
        )
        assert one.metadata.region and one.metadata.region.how == "corrected"
        assert one.metadata.region.text.startswith("人工校正：王某，20")
        assert "year_inferred" not in codes(one)
        shutil.rmtree(corpus.parent / "index")
        assert build(corpus).files_seen == 2  # the log is no document


def test_the_history_says_who_when_what_and_what_stood_before(corpus: Path) -> None:
    correct(corpus, "甲.txt", "--set", "地区=陕西", "--by", "王某")
    correct(corpus, "甲.txt", "--set", "region=甘肃", "--by", "李某")
    correct(corpus, "甲.txt", "--unset", "region", "--by", "王某")
    lines = [json.loads(line) for line in (corpus / corrections.NAME).read_text(encoding="utf-8").splitlines()]
    assert [(one["by"], one["before"], one["found"], one["value"], one["undo"]) for one in lines] == [
        ("王某", None, None, "陕西", False),
        ("李某", "陕西", None, "甘肃", False),
        ("王某", "甘肃", None, None, True),
    ]
    assert {(one["file"], one["article"], one["field"]) for one in lines} == {("甲.txt", 1, "region")}
    listed = correct(corpus, "甲.txt").output.splitlines()
    assert [line.split("  ", 1)[1] for line in listed] == [
        "王某  地区：不详 → 陕西",
        "李某  地区：陕西 → 甘肃",
        "王某  地区：甘肃 恢复为程序读出的值",
    ]


def test_an_undone_correction_is_what_was_found_again(corpus: Path) -> None:
    build(corpus)
    before = documents(corpus)["甲.txt"]
    correct(corpus, "甲.txt", "--set", "title=另一个标题", "--set", "date=2020")
    assert documents(corpus)["甲.txt"].metadata.title.value == "另一个标题"
    correct(corpus, "甲.txt", "--unset", "title", "--unset", "date")
    assert documents(corpus)["甲.txt"] == before


def test_a_build_reads_only_the_files_that_something_new_is_said_about(corpus: Path) -> None:
    build(corpus)
    log = corpus / corrections.NAME
    correct(corpus, "甲.txt", "--set", "region=陕西", "--by", "王某")
    said = log.read_text(encoding="utf-8")
    log.unlink()
    assert (build(corpus).indexed, documents(corpus)["甲.txt"].metadata.region) == (1, None)
    log.write_text(said, encoding="utf-8")
    report = build(corpus)
    assert (report.files_indexed, report.unchanged, report.documents, report.removed) == (1, 1, 2, 0)
    assert (found := documents(corpus)["甲.txt"].metadata.region) and found.value == "陕西"
    again = build(corpus)
    assert (again.indexed, again.unchanged, again.generation) == (0, 2, report.generation)


def test_a_changed_file_keeps_its_corrections(corpus: Path) -> None:
    correct(corpus, "甲.txt", "--set", "region=陕西", "--by", "王某")
    (corpus / "甲.txt").write_text(REPORT.replace("按期完成", "如期完成"), encoding="utf-8")
    build(corpus)
    one = documents(corpus)["甲.txt"]
    assert (one.metadata.region and one.metadata.region.value, "correction_outdated" in codes(one)) == ("陕西", False)


def test_a_correction_whose_reason_is_gone_asks_to_be_looked_at(corpus: Path) -> None:
    correct(corpus, "甲.txt", "--set", "date=2024-05-09", "--by", "王某")
    (corpus / "甲.txt").write_text(REPORT.replace("5月10日", "2024年6月11日"), encoding="utf-8")
    build(corpus)
    one = documents(corpus)["甲.txt"]
    assert one.metadata.date and str(one.metadata.date.value) == "2024-05-09"
    doubt = next(warning for warning in one.warnings if warning.code == "correction_outdated")
    assert "把日期“2024-05-10”改为“2024-05-09”，而现在文件里读出的是“2024-06-11”" in doubt.message
    # what is found now is what the person said: nothing to look at
    (corpus / "甲.txt").write_text(REPORT.replace("5月10日", "2024年5月9日"), encoding="utf-8")
    build(corpus)
    assert "correction_outdated" not in codes(documents(corpus)["甲.txt"])


def test_a_moved_file_takes_its_corrections_along(corpus: Path) -> None:
    correct(corpus, "甲.txt", "--set", "region=陕西", "--by", "王某")
    build(corpus)
    (corpus / "甲.txt").rename(corpus / "子" / "丁.txt")
    report = build(corpus)
    assert (one := documents(corpus)["子/丁.txt"].metadata.region) and one.value == "陕西"
    assert report.notes == ()


def test_a_correction_of_a_file_that_is_gone_is_mentioned_and_kept(corpus: Path) -> None:
    correct(corpus, "甲.txt", "--set", "region=陕西", "--by", "王某")
    (corpus / "甲.txt").unlink()
    assert build(corpus).notes == ("corrections.jsonl 校正过的文件不在文件夹里，校正仍然保留：甲.txt",)
    assert (corpus / corrections.NAME).exists()


def test_a_corrected_title_makes_no_second_document_of_a_copy(corpus: Path) -> None:
    (corpus / "副本.txt").write_text(REPORT, encoding="utf-8")
    copies = [(one.path, one.reason) for one in build(corpus).duplicates]
    correct(corpus, "副本.txt", "--set", "title=另一个标题")
    assert [(one.path, one.reason) for one in build(corpus).duplicates] == copies == [("甲.txt", "副本.txt")]


def test_what_is_said_of_a_copy_holds_for_the_one_that_is_shown(corpus: Path) -> None:
    (corpus / "副本.txt").write_text(REPORT, encoding="utf-8")
    (corpus / "另存.txt").write_bytes(REPORT.encode("gb18030"))
    build(corpus)
    assert "索引已更新" in correct(corpus, "甲.txt", "--set", "region=陕西").output
    assert (region := documents(corpus)["副本.txt"].metadata.region) and region.value == "陕西"
    warned = correct(corpus, "另存.txt", "--set", "region=湖北").output
    assert "另存.txt 与 副本.txt 文字相同，检索里显示的是后者；请也校正它" in warned


def test_a_full_disk_leaves_the_log_as_it_was(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    correct(corpus, "甲.txt", "--set", "region=陕西")
    before = (corpus / corrections.NAME).read_bytes()
    write = os.write
    with monkeypatch.context() as full:
        full.setattr(corrections.os, "write", lambda handle, data: write(handle, data[:10]))
        failed = correct(corpus, "甲.txt", "--set", "region=湖北")
    assert (failed.exit_code, "没有记下任何校正" in failed.output) == (1, True)
    assert (corpus / corrections.NAME).read_bytes() == before


# --- several documents in a file -----------------------------------------------------------------------


def found(*titles: str) -> tuple[Document, ...]:
    return tuple(document(f"a.txt#{n}", "正文。", title=title) for n, title in enumerate(titles, 1))


def line(article: int, title: str, **changes: object) -> Correction:
    told = Correction("a.txt", article, title, "", "region", "陕西", False, None, None, "某", "2026-01-01")
    return replace(told, **changes)


@pytest.mark.parametrize(
    ("told", "titles", "place"),
    [
        (line(2, "乙"), ("甲", "乙"), 1),
        (line(2, "乙"), ("新", "甲", "乙"), 2),  # an article came before it
        (line(2, "乙"), ("甲", "改过的乙"), 1),  # its title is found otherwise
        (line(2, "乙"), ("乙", "乙"), 1),  # two of one title: by its place
        (line(2, "乙"), ("丙",), None),
    ],
)
def test_a_correction_finds_its_article(told: Correction, titles: tuple[str, ...], place: int | None) -> None:
    placed = corrections.placed([told], found(*titles))
    assert [at for at, lines in enumerate(placed) if lines] == ([] if place is None else [place])


def test_which_of_several_documents_has_to_be_said(corpus: Path) -> None:
    two = REPORT.replace("某省", "湖南省") + "\n" + OTHER.replace("某省", "云南省")
    (corpus / "两篇.txt").write_text(two, encoding="utf-8")
    asked = correct(corpus, "两篇.txt", "--set", "region=陕西")
    assert asked.exit_code == 1
    assert "两篇.txt#1  《湖南省民政厅召开养老服务工作会议》" in asked.output
    assert "两篇.txt#2  《云南省民政厅召开社会救助工作会议》" in asked.output
    assert correct(corpus, "两篇.txt#3", "--set", "region=陕西").exit_code == 1
    assert correct(corpus, str(corpus / "两篇.txt#2"), "--set", "region=陕西").exit_code == 0
    build(corpus)
    regions = {
        name: one.metadata.region.value if one.metadata.region else None for name, one in documents(corpus).items()
    }
    assert (regions["两篇.txt#1"], regions["两篇.txt#2"]) == ("湖南", "陕西")


# --- the log -------------------------------------------------------------------------------------------


def test_the_log_gives_back_what_was_put_in_and_nothing_is_lost_after_a_torn_line(tmp_path: Path) -> None:
    first, second = line(1, "甲"), line(2, "乙", value=None, found="江西", before="湖北")
    corrections.append(tmp_path, [first])
    with (tmp_path / corrections.NAME).open("a", encoding="utf-8") as torn:
        torn.write('{"file": "a.txt", "artic')
    corrections.append(tmp_path, [second])
    log = corrections.read(tmp_path)
    assert (log.lines, len(log.problems)) == ((first, second), 1)
    assert log.problems[0].startswith("corrections.jsonl 第 2 行看不懂，已略过：")


@pytest.mark.parametrize(
    "written",
    [
        "[]",
        "null",
        "{}",
        '{"file": 1, "article": 1, "field": "region", "value": "陕西"}',
        '{"file": "甲.txt", "article": "一", "field": "region", "value": "陕西"}',
        '{"file": "甲.txt", "article": 1, "field": "作者", "value": "某"}',
        '{"file": "甲.txt", "article": 1, "field": "region", "value": "火星"}',
        '{"file": "甲.txt", "article": 1, "field": "title", "value": null}',
        "[" * 100_000,
    ],
)
def test_a_line_that_cannot_be_used_is_a_note_and_stops_nothing(corpus: Path, written: str) -> None:
    (corpus / corrections.NAME).write_text(f"{written}\n", encoding="utf-8")
    report = build(corpus)
    assert (report.documents, len(report.notes)) == (2, 1)
    assert report.notes[0].startswith("corrections.jsonl 第 1 行看不懂，已略过：")


def test_a_line_written_by_hand_needs_only_what_matters(corpus: Path) -> None:
    by_hand = (
        '\ufeff{"file": "甲.txt", "article": 1, "field": "region", "value": "陕西省", "by": "某", "note": "电话核实"}\n'
    )
    (corpus / corrections.NAME).write_text(by_hand, encoding="utf-8")
    assert build(corpus).notes == ()
    assert (one := documents(corpus)["甲.txt"].metadata.region) and one.value == "陕西"


def test_show_shows_what_was_corrected(corpus: Path) -> None:
    correct(corpus, "甲.txt", "--set", "region=陕西", "--by", "王某")
    shown = CliRunner().invoke(command, ["show", str(corpus / "甲.txt"), "--json"])
    one = json.loads(shown.stdout)[0]
    assert (one["region"], one["evidence"]["region"]["how"], one["external_id"]) == ("陕西", "corrected", "甲.txt")
    assert "〔校正〕  依据：人工校正：王某，" in CliRunner().invoke(command, ["show", str(corpus / "甲.txt")]).output


def test_a_correction_wins_over_a_table_and_a_table_over_the_text(corpus: Path) -> None:
    (corpus / "sources.csv").write_text("文件,地区,日期\n甲.txt,湖北,2023-01\n", encoding="utf-8")
    correct(corpus, "甲.txt", "--set", "region=陕西", "--by", "王某")
    said = statements.read(corpus)
    found = understand(corpus / "甲.txt", "甲.txt")
    one = said.applied("甲.txt", found)[0]
    assert (
        found[0].metadata.date and str(found[0].metadata.date.value),
        one.metadata.date and str(one.metadata.date.value),
    ) == ("2024-05-10", "2023-01")
    assert one.metadata.region == Evidence("陕西", one.metadata.region.text if one.metadata.region else "", "corrected")
    assert said.log.lines[0].found == "湖北"


def test_a_run_that_another_one_overtook_writes_nothing(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(corpus)
    (corpus / "甲.txt").write_text(REPORT.replace("养老服务", "儿童福利"), encoding="utf-8")
    opened = WhooshStore.writer

    def overtaken(*arguments: object, **options: object) -> object:
        monkeypatch.setattr(WhooshStore, "writer", opened)
        (corpus / "丙.txt").write_text(REPORT.replace("养老服务", "地名管理"), encoding="utf-8")
        build(corpus)
        return opened(*arguments, **options)

    monkeypatch.setattr(WhooshStore, "writer", overtaken)
    with pytest.raises(Busy, match="请再运行一次"):
        build(corpus)
    assert (build(corpus).unchanged, len(documents(corpus))) == (3, 3)
