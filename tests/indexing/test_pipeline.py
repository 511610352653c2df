"""From a folder to a published index, and what a second run does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from building import OTHER, REPORT, build
from click.testing import CliRunner
from conftest import ROOT, indexed, stored

from app import create_app
from indexer import last_run, pipeline
from indexer.commands import index as command
from indexer.extract import Unreadable
from indexer.prepare import prepared
from indexer.readers import READERS, _when_needed
from indexer.status import status
from search.engines import store_of
from search.engines.whoosh import engine
from search.index import tombstones
from search.query.parsing import parse
from search.settings import Settings


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "文档 夹"
    (folder / "子文件夹").mkdir(parents=True)
    (folder / "甲.txt").write_text(REPORT, encoding="utf-8")
    (folder / "子文件夹" / "乙.txt").write_bytes(OTHER.encode("gb18030"))
    return folder


def names(corpus: Path, question: str) -> list[str]:
    engine = store_of("whoosh", corpus.parent / "index").open()
    matches = engine.find(parse(question), limit=20, offset=0)
    return sorted(one.external_id for m in matches.ranked if (one := stored(engine, m.id)))


@pytest.mark.processes
def test_every_file_is_indexed_under_its_path(corpus: Path) -> None:
    report = build(corpus)
    assert (report.files_seen, report.files_indexed, report.indexed, report.documents) == (2, 2, 2, 2)
    assert names(corpus, "福利彩票") == ["子文件夹/乙.txt", "甲.txt"]
    assert names(corpus, "养老服务") == ["甲.txt"]


NAMES = "、".join(
    f"{family}{a}{b}"
    for family in "王李陈"
    for a in "明华国建文志春秋江河山海"
    for b in "芳强伟军平云霞勇涛波峰辉林森杰宁"
)
LISTED = f"现将拟表彰的民政系统先进个人名单公示如下：{NAMES}、张霞伟"
ENDLESS = "；".join(["推进养老服务提质增效"] * 600)


@pytest.mark.parametrize(
    "paragraphs",
    [(LISTED + "。",), (LISTED,), (LISTED + "。", "请各地做好张霞伟等同志事迹的宣传。"), (ENDLESS + "张霞伟",)],
    ids=["a list at the end", "without a full stop", "a list in the middle", "semicolons only"],
)
def test_a_sentence_longer_than_a_passage_is_found_and_shown(corpus: Path, paragraphs: tuple[str, ...]) -> None:
    text = "\n\n".join(("某省民政厅关于先进个人的公示", "某省民政厅开展了评选工作，部署2024年任务。", *paragraphs))
    (corpus / "丙.txt").write_text(text, encoding="utf-8")
    build(corpus)
    client = create_app(Settings(index=corpus.parent / "index", corpus=(corpus,))).test_client()
    answer = client.get("/search", query_string={"q": "张霞伟"})
    assert answer.status_code == 200
    (found,) = (one for one in indexed(corpus.parent / "index").values() if one.external_id == "丙.txt")
    assert [passage.number for passage in found.passages] == list(range(1, len(found.passages) + 1))
    page = client.get(f"/doc/{found.id}?q=张霞伟").text
    assert [page.count(f'id="p{passage.number}"') for passage in found.passages] == [1] * len(found.passages)
    (hit,) = client.get("/api/search", query_string={"q": "张霞伟"}).json["hits"]
    for quoted in hit["passages"]:
        assert "张霞伟" in found.passages[quoted["number"] - 1].text


def test_an_unchanged_folder_writes_nothing(corpus: Path) -> None:
    first = build(corpus)
    index = corpus.parent / "index"
    before = {file: file.stat().st_mtime_ns for file in index.rglob("*") if file.is_file()}
    second = build(corpus)
    assert (second.unchanged, second.indexed, second.generation) == (2, 0, first.generation)
    assert {file: file.stat().st_mtime_ns for file in index.rglob("*") if file.is_file()} == before
    assert (second.passages, second.characters) == (first.passages, first.characters)


def test_a_build_asks_no_questions_and_reads_no_columns(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(corpus)
    monkeypatch.setattr(engine, "_columns", None)
    (corpus / "丙.txt").write_text(OTHER.replace("社会救助", "地名管理"), encoding="utf-8")
    assert pipeline.build([corpus], store_of("whoosh", corpus.parent / "index")).documents == 3


def test_only_a_touched_date_is_no_change(corpus: Path) -> None:
    build(corpus)
    os.utime(corpus / "甲.txt", (1, 1))
    assert build(corpus).unchanged == 2


def test_changed_new_and_removed_files_are_noticed(corpus: Path) -> None:
    build(corpus)
    (corpus / "甲.txt").write_text(REPORT.replace("养老服务", "儿童福利"), encoding="utf-8")
    (corpus / "丙.txt").write_text(REPORT.replace("养老服务", "地名管理"), encoding="utf-8")
    (corpus / "子文件夹" / "乙.txt").unlink()
    report = build(corpus)
    assert (report.indexed, report.unchanged, report.removed, report.documents) == (2, 0, 2, 2)
    assert names(corpus, "养老服务") == []
    assert names(corpus, "社会救助") == []
    assert names(corpus, "福利彩票") == ["丙.txt", "甲.txt"]


def test_the_same_text_is_indexed_once_and_the_copy_is_named(corpus: Path) -> None:
    (corpus / "甲-副本.txt").write_bytes(b"\xef\xbb\xbf" + REPORT.replace("\n", "\r\n").encode())
    report = build(corpus)
    assert report.documents == 2
    assert [(one.path, one.reason) for one in report.duplicates] == [("甲.txt", "甲-副本.txt")]


def test_when_the_first_copy_goes_the_second_takes_its_place(corpus: Path) -> None:
    (corpus / "副本.txt").write_text(REPORT, encoding="utf-8")
    build(corpus)
    (corpus / "副本.txt").unlink()
    assert build(corpus).duplicates == ()
    assert names(corpus, "养老服务") == ["甲.txt"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空.txt", b""),
        ("空白.txt", " \n\u3000\n".encode()),
        ("图片.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
        ("程序.exe", b"MZ" + bytes(200)),
        ("README.zh-CN.md", REPORT.replace("养老服务", "使用说明").encode()),
        ("文稿.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ],
)
def test_a_bad_file_is_named_with_a_reason_and_stops_nothing(corpus: Path, name: str, content: bytes) -> None:
    (corpus / name).write_bytes(content)
    report = build(corpus)
    assert report.documents == 2
    assert [one.path for one in report.refused] == [name]
    assert any("\u4e00" <= char <= "\u9fff" for char in report.refused[0].reason)
    assert [one.path for one in build(corpus).refused] == [name]  # and is named again by the next run


def test_a_bad_file_that_is_removed_is_not_named_any_more(corpus: Path) -> None:
    (corpus / "空.txt").write_bytes(b"")
    build(corpus)
    (corpus / "空.txt").unlink()
    assert (build(corpus).refused, names(corpus, "福利彩票")) == ((), ["子文件夹/乙.txt", "甲.txt"])
    assert status(store_of("whoosh", corpus.parent / "index")).left_out == ()


def broken(file: Path, name: str) -> object:
    """prepared() with a defect that shows in one file."""
    if name == "甲.txt":
        raise RecursionError("too deep")
    return prepared(file, name)


def test_a_defect_in_reading_one_file_stops_nothing(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "prepared", broken)
    report = build(corpus)
    assert report.documents == 1
    assert [(one.path, one.reason) for one in report.failed] == [
        ("甲.txt", "读取时出错（RecursionError: too deep）；请另存后再试")
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_what_is_not_a_file_or_too_large_is_not_opened(corpus: Path) -> None:
    os.mkfifo(corpus / "管道.txt")
    with (corpus / "巨大.txt").open("wb") as sparse:
        sparse.truncate(1 << 30)
    assert [(one.path, one.reason[:5]) for one in build(corpus).refused] == [
        ("巨大.txt", "文件太大（"),
        ("管道.txt", "不是普通文"),
    ]


def test_hidden_files_and_litter_are_left_out(corpus: Path) -> None:
    (corpus / ".隐藏.txt").write_text(REPORT, encoding="utf-8")
    (corpus / "~$甲.txt").write_text("x", encoding="utf-8")
    assert build(corpus).files_seen == 2


def test_a_missing_folder_says_how_to_name_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="--corpus"):
        pipeline.build([tmp_path / "没有"], store_of("whoosh", tmp_path / "index"))


def test_new_reading_code_reads_everything_again(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(corpus)
    monkeypatch.setattr(last_run, "code", lambda: "another")
    assert build(corpus).indexed == 2


def test_the_same_name_in_two_folders_is_two_files(corpus: Path, tmp_path: Path) -> None:
    second = tmp_path / "第二"
    second.mkdir()
    (second / "甲.txt").write_text(OTHER.replace("某省", "另一省"), encoding="utf-8")
    report = pipeline.build([corpus, second], store_of("whoosh", tmp_path / "index"))
    assert (report.files_seen, report.documents) == (3, 3)


def test_the_commands_speak_json_and_chinese(corpus: Path) -> None:
    runner = CliRunner()
    folders = ["--index", str(corpus.parent / "index")]
    built = runner.invoke(command, ["build", "--corpus", str(corpus), *folders, "--json"])
    assert built.exit_code == 0, built.output
    report = json.loads(built.stdout)
    assert {"files_seen", "indexed", "unchanged", "duplicates", "refused", "failed", "removed", "documents"} <= set(
        report
    )
    assert {"passages", "characters", "seconds", "generation", "engine", "fingerprint"} <= set(report)
    again = runner.invoke(command, ["build", "--corpus", str(corpus), *folders])
    assert "未变 2" in again.output
    assert json.loads(runner.invoke(command, ["check", *folders, "--json"]).stdout) == {"ok": True, "problems": []}
    shown = runner.invoke(command, ["show", str(corpus / "甲.txt"), "--json"])
    assert json.loads(shown.stdout)[0]["title"] == "某省民政厅召开养老服务工作会议"
    assert "某省民政厅召开养老服务工作会议" in runner.invoke(command, ["show", str(corpus / "甲.txt")]).output


def test_commands_fail_with_the_next_step(tmp_path: Path) -> None:
    runner = CliRunner()
    checked = runner.invoke(command, ["check", "--index", str(tmp_path)])
    assert (checked.exit_code, "python -m indexer build" in checked.output) == (1, True)
    built = runner.invoke(command, ["build", "--corpus", str(tmp_path / "没有"), "--index", str(tmp_path)])
    assert (built.exit_code, "--corpus" in built.output) == (1, True)
    assert runner.invoke(command, ["build", "--engine", "没有"]).exit_code == 2
    assert runner.invoke(command, ["show", str(tmp_path / "没有.txt")]).exit_code == 1


def test_a_removed_document_leaves_its_name_behind_until_it_comes_back(corpus: Path) -> None:
    build(corpus)
    index = corpus.parent / "index"
    (corpus / "甲.txt").unlink()
    build(corpus)
    (stone,) = tombstones.loads(store_of("whoosh", index).open().note(tombstones.NOTE))
    assert (stone.title, stone.file) == ("某省民政厅召开养老服务工作会议", "甲.txt")
    assert stored(store_of("whoosh", index).open(), stone.id) is None
    (corpus / "丙.txt").write_text(OTHER.replace("社会救助", "地名管理"), encoding="utf-8")
    build(corpus)
    assert tombstones.loads(store_of("whoosh", index).open().note(tombstones.NOTE)) == (stone,)
    (corpus / "甲.txt").write_text(REPORT, encoding="utf-8")
    build(corpus)
    assert tombstones.loads(store_of("whoosh", index).open().note(tombstones.NOTE)) == ()


def test_the_page_of_a_removed_document_says_what_stood_there(corpus: Path) -> None:
    build(corpus)
    index = corpus.parent / "index"
    (gone,) = store_of("whoosh", index).open().find(parse("养老服务"), limit=1, offset=0).ranked
    (corpus / "甲.txt").unlink()
    build(corpus)
    client = create_app(Settings(index=index, corpus=(corpus,))).test_client()
    answer = client.get(f"/doc/{gone.id}")
    assert (answer.status_code, "《某省民政厅召开养老服务工作会议》" in answer.text, "甲.txt" in answer.text) == (
        404,
        True,
        True,
    )
    assert "已从语料中移除" in client.get(f"/api/documents/{gone.id}").json["error"]["message"]
    assert "已从语料中移除" not in client.get("/doc/0123456789abcdef").text


def test_what_failed_is_read_in_the_next_run(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "prepared", locked("甲.txt"))
        first, again = build(corpus), build(corpus)
    assert (len(first.failed), len(again.failed), again.generation) == (1, 1, first.generation)
    after = build(corpus)
    assert (len(after.failed), after.files_indexed, after.documents) == (0, 1, 2)


def test_a_file_that_cannot_be_read_now_keeps_its_document_and_says_so(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(corpus)
    (corpus / "甲.txt").write_text(REPORT + "改了。", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "prepared", locked("甲.txt"))
        report = build(corpus)
    assert (report.documents, report.removed, names(corpus, "福利彩票")) == (2, 0, ["子文件夹/乙.txt", "甲.txt"])
    assert "仍是上次读到的内容" in report.failed[0].reason
    assert names(corpus, "改了") == []
    assert (build(corpus).failed, names(corpus, "改了")) == ((), ["甲.txt"])


def locked(name: str) -> object:
    """prepared(), but for a file that another program holds."""

    def read(path: Path, written: str) -> object:
        if path.name == name:
            raise PermissionError(13, "另一个程序正在使用此文件")
        return prepared(path, written)

    return read


def test_what_was_refused_for_want_of_a_tool_is_read_when_the_tool_is_there(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = (Path(__file__).parent.parent.parent / "corpus" / "2024-fujian-hunyin-tongzhi.docx").read_bytes()
    (corpus / "通知.docx").write_bytes(content)
    (corpus / "表.xlsx").write_bytes(b"PK")
    with monkeypatch.context() as patch:
        for asking in ("indexer.planning.tools", "indexer.pipeline.tools"):
            patch.setattr(asking, lambda: "pypdf")
        patch.setitem(READERS, ".docx", _when_needed("no_such", "python-docx"))
        first, again = build(corpus), build(corpus)
    assert (len(first.refused), again.generation) == (2, first.generation)
    after = build(corpus)
    assert (len(after.refused), after.files_indexed) == (1, 1)
    assert build(corpus).generation == after.generation


def corrected_meanwhile(path: Path, name: str) -> object:
    """prepared() of a file in which a word is corrected, to one of the same length, as soon as it was read."""
    found = prepared(path, name)
    if name == "甲.txt":
        path.write_text(REPORT.replace("福利彩票", "体育彩票"), encoding="utf-8")
    return found


def test_a_file_edited_while_it_is_read_is_read_again(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.utime(corpus / "甲.txt", (1_700_000_000, 1_700_000_000))
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "prepared", corrected_meanwhile)
        build(corpus)
    assert (build(corpus).files_indexed, names(corpus, "体育彩票")) == (1, ["甲.txt"])


def refused_and_mended(path: Path, name: str) -> object:
    if name == "甲.txt":
        path.write_text(REPORT, encoding="utf-8")
        raise Unreadable(path, "文件是空的；请重新保存")
    return prepared(path, name)


def test_a_file_mended_while_it_is_refused_is_read_again(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.utime(corpus / "甲.txt", (1_700_000_000, 1_700_000_000))
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "prepared", refused_and_mended)
        build(corpus)
    assert build(corpus).files_indexed == 1


def test_the_time_of_a_file_just_written_is_not_trusted(corpus: Path) -> None:
    build(corpus)
    facts = (corpus / "甲.txt").stat()
    (corpus / "甲.txt").write_text(REPORT.replace("福利彩票", "体育彩票"), encoding="utf-8")
    os.utime(corpus / "甲.txt", ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert (build(corpus).files_indexed, names(corpus, "体育彩票")) == (1, ["甲.txt"])


@pytest.mark.parametrize(("files", "many"), [(3, False), (4, True)])
def test_what_takes_long_to_load_is_loaded_only_for_many_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: int, many: bool
) -> None:
    told: list[bool] = []
    monkeypatch.setattr("indexer.prepare.expect_many", lambda: told.append(True))
    monkeypatch.setattr(pipeline, "_MANY", 4)
    for number in range(files):
        (tmp_path / f"{number}.txt").write_text(f"某市民政局部署第{number}项工作，办好养老服务。", encoding="utf-8")
    build(tmp_path, index=tmp_path.parent / f"{tmp_path.name}-index")
    assert bool(told) is many


DICTIONARIES = """
import sys
from pathlib import Path
from indexer import pipeline
from search.engines import store_of
from search.text import pinyin
pipeline._MANY = 4
report = pipeline.build([Path(sys.argv[1])], store_of("whoosh", sys.argv[2]))
print(report.files_indexed, pinyin._modern.cache_info().currsize, {"rjieba", "numpy"} & {*sys.modules})
"""


@pytest.mark.processes
def test_of_many_files_the_process_that_publishes_holds_no_dictionary(tmp_path: Path) -> None:
    """What is read aloud, cut and sorted is so by those that have read or write: 100 MB that it need not have."""
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    for number in range(5):
        (corpus / f"{number}.txt").write_text(f"某市民政局部署第{number}项工作，办好养老服务。", encoding="utf-8")
    asked = [sys.executable, "-c", DICTIONARIES, str(corpus), str(index)]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["5", "0", "set()"], done.stderr[-2000:]
    assert store_of("whoosh", index).open().vocabulary().characters["政"] == "zheng"
