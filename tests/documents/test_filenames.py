"""Files and folders whose names are not UTF-8, as archives from Chinese Windows leave them on Linux."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from building import build
from click.testing import CliRunner
from conftest import indexed
from hypothesis import given
from hypothesis import strategies as st

from app import create_app
from indexer import pipeline
from indexer.commands import index as command
from search.documents.filenames import kept, on_disk, shown
from search.engines import store_of
from search.index import tombstones
from search.settings import Settings

SPEECH = """某省民政厅召开养老服务工作会议

5月10日，某省民政厅召开养老服务工作会议，总结2023年工作，部署2024年任务。

会议强调，要抓好工作落实，确保各项任务按期完成。
"""


def gbk(name: str) -> str:
    """The name as this system tells it where its bytes are GBK."""
    return os.fsdecode(name.encode("gb18030"))


FOLDER, FILE, BROKEN = gbk("讲话"), gbk("养老服务.txt"), os.fsdecode(b"\xff\xb2.txt")
linux = pytest.mark.skipif(sys.platform != "linux", reason="names are any bytes on Linux only")


@given(
    st.binary(min_size=1).filter(lambda name: b"\0" not in name)
    | st.text(min_size=1).map(lambda t: t.encode("utf-8", "ignore"))
)
@pytest.mark.skipif(os.name == "nt", reason="names are no bytes on Windows")
def test_every_name_can_be_written_down_and_comes_back(raw: bytes) -> None:
    name = os.fsdecode(raw)
    assert on_disk(kept(name).encode().decode()) == name
    shown(kept(name)).encode()


@given(st.lists(st.binary(), min_size=2, max_size=2, unique=True))
def test_no_two_names_are_kept_as_one(names: list[bytes]) -> None:
    one, other = map(os.fsdecode, names)
    assert kept(one) != kept(other)


def test_names_are_shown_as_people_read_them() -> None:
    assert shown(kept("/".join((FOLDER, "二○二四", FILE, BROKEN)))) == "讲话/二○二四/养老服务.txt/\\xff\\xb2.txt"
    for plain in ("讲话/养老服务.txt", r"a\xff.txt", "%B2.txt"):
        assert shown(kept(plain)) == kept(plain) == plain
    private = "\U0010fed1\U0010fef8.txt"  # what a byte is kept as, as a name of its own
    assert kept(private) != private and shown(kept(private)) == private


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Also the folder itself has such a name."""
    folder = tmp_path / gbk("文稿")
    (folder / FOLDER).mkdir(parents=True)
    for name, text in (
        (FILE, SPEECH),
        (BROKEN, SPEECH.replace("养老服务", "社会救助")),
        (gbk("空.txt"), ""),
        (gbk("报告.附件"), SPEECH),
        (gbk("副本.txt"), SPEECH),
    ):
        (folder / FOLDER / name).write_text(text, encoding="utf-8")
    return folder


@linux
def test_they_are_indexed_and_named_as_people_read_them(corpus: Path) -> None:
    report = build(corpus)
    assert [(one.path, one.reason) for one in report.duplicates] == [("讲话/养老服务.txt", "讲话/副本.txt")]
    assert {one.path: one.reason[:6] for one in report.refused} == {
        "讲话/空.txt": "文件是空的；",
        "讲话/报告.附件": "不支持的格式",
    }
    assert (report.failed, report.documents) == ((), 2)
    assert indexed(corpus.parent / "index").keys() == {"讲话/副本.txt", "讲话/\\xff\\xb2.txt"}
    again = build(corpus)
    assert (again.unchanged, again.files_indexed, again.generation) == (2, 0, report.generation)
    assert (again.duplicates, again.refused) == (report.duplicates, report.refused)
    assert build(corpus, full=True).documents == 2


@linux
def test_every_page_shows_them_and_the_original_is_found(corpus: Path) -> None:
    (corpus / FOLDER / gbk("副本.txt")).unlink()
    build(corpus)
    client = create_app(Settings(index=corpus.parent / "index", corpus=(corpus,))).test_client()
    assert client.get("/search?q=养老服务").status_code == 200
    (hit,) = client.get("/api/search?q=养老服务").json["hits"]
    assert hit["external_id"] == "讲话/养老服务.txt"
    assert "讲话/养老服务.txt" in client.get(f"/doc/{hit['id']}").text
    assert "讲话/养老服务.txt" in client.get(f"/doc/{hit['id']}/text").text
    assert "讲话/养老服务.txt" in client.get("/search.csv?q=养老服务").text
    original = client.get(f"/doc/{hit['id']}/original")
    assert (original.status_code, original.data.decode()) == (200, SPEECH)
    assert quote("养老服务.txt") in original.headers["Content-Disposition"]
    status = client.get("/status").text
    assert "讲话/空.txt" in status and "讲话/报告.附件" in status
    assert client.get(f"/api/documents/{hit['id']}").status_code == 200


@linux
def test_a_removed_one_is_remembered_by_the_name_people_read(corpus: Path) -> None:
    build(corpus)
    (corpus / FOLDER / BROKEN).unlink()
    assert build(corpus).removed == 1
    (stone,) = tombstones.loads(store_of("whoosh", corpus.parent / "index").open().note(tombstones.NOTE))
    assert stone.file == "讲话/\\xff\\xb2.txt"


@linux
def test_a_defect_in_reading_one_costs_its_line(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "prepared", broken)
    assert len(build(corpus).failed) == 5


def broken(file: Path, name: str) -> object:
    raise RecursionError(f"{file}")


@linux
def test_tables_beside_them_name_them_as_people_read_them(corpus: Path) -> None:
    (corpus / FOLDER / "sources.csv").write_bytes("文件,地区\n副本.txt,湖北\n没有.txt,湖北\n".encode("gb18030"))
    report = build(corpus)
    assert report.notes == ("sources.csv 提到的文件不在文件夹里：讲话/没有.txt",)
    region = indexed(corpus.parent / "index")["讲话/副本.txt"].metadata.region
    assert region and region.value == "湖北"


@linux
def test_they_are_shown_and_corrected_by_the_name_the_shell_gives(corpus: Path) -> None:
    build(corpus)
    runner, file = CliRunner(), f"{FOLDER}/{BROKEN}"
    folders = ["--corpus", os.fspath(corpus), "--index", str(corpus.parent / "index")]
    seen = runner.invoke(command, ["show", os.fspath(corpus / file), "--corpus", os.fspath(corpus), "--json"])
    assert json.loads(seen.stdout)[0]["external_id"] == "讲话/\\xff\\xb2.txt"
    done = runner.invoke(command, ["correct", file, "--set", "region=陕西", "--by", "张三", *folders])
    assert (done.exit_code, "索引已更新" in done.output) == (0, True), done.output
    region = indexed(corpus.parent / "index")["讲话/\\xff\\xb2.txt"].metadata.region
    assert region and region.value == "陕西"
    copy = f"{FOLDER}/{FILE}"
    told = runner.invoke(command, ["correct", copy, "--set", "region=陕西", "--by", "张三", *folders])
    assert (told.exit_code, "索引已更新" in told.output) == (0, True), told.output
    assert build(corpus).notes == ()


@linux
def test_a_correction_with_half_a_character_is_a_problem_and_no_error(corpus: Path) -> None:
    line = {"file": "\udcc4.txt", "article": 1, "field": "region", "value": "陕西"}
    (corpus / "corrections.jsonl").write_text(json.dumps(line), encoding="utf-8")
    (note,) = build(corpus).notes
    assert note == "corrections.jsonl 第 1 行看不懂，已略过：有一项含有不成字的编码"
