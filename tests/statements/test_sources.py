"""sources.csv: what a table beside the files says of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from building import build
from conftest import indexed

from indexer import prepare
from indexer.statements import sources, statements
from search.documents.document import Document, Evidence, PartialDate, Speaker
from search.index.analysis import analysed

TEXT = "某省民政厅召开养老服务工作会议\n\n会议指出，要健全基本养老服务体系，规范福利彩票销售管理。\n"
ONE = """湖南省民政厅召开养老服务工作会议

5月10日，湖南省民政厅召开养老服务工作会议，总结2023年工作，部署2024年任务。

会议指出，要健全养老服务体系，规范福利彩票销售管理。

会议强调，要抓好工作落实，确保各项任务按期完成。

"""
TWO = ONE + ONE.replace("湖南", "云南").replace("养老服务", "社会救助")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "文档"
    (folder / "2024").mkdir(parents=True)
    (folder / "2024" / "甲.txt").write_text(TEXT, encoding="utf-8")
    (folder / "两篇.txt").write_text(TWO, encoding="utf-8")
    return folder


def documents(corpus: Path) -> dict[str, Document]:
    return indexed(corpus.parent / "index")


CHINESE = "文件,标题,日期,地区,发文单位,来源,讲话人\n"
CHINESE += "2024/甲.txt,在会上的讲话,2024年2月21日,湖北省,湖北省民政厅,某网站,杨某某:厅长、李某\n"
ENGLISH = "file,title,date,region,issuer,source,speaker\n"
ENGLISH += "2024\\甲.txt,在会上的讲话,2024-02-21,湖北,湖北省民政厅,某网站,杨某某:厅长；李某\n"


@pytest.mark.parametrize("table", [CHINESE, ENGLISH], ids=["中文列名", "英文列名"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_in_any_usual_form_states_facts(corpus: Path, table: str, encoding: str) -> None:
    (corpus / sources.NAME).write_bytes(table.replace("\n", "\r\n").encode(encoding))
    report = build(corpus)
    assert (report.files_seen, report.notes) == (2, ())  # the table is no document
    one, words = documents(corpus)["2024/甲.txt"], ("来源表 sources.csv", "stated")
    known = one.metadata
    assert known.title == Evidence("在会上的讲话", *words)
    assert known.date == Evidence(PartialDate(2024, 2, 21), *words)
    assert (known.region, known.issuer) == (Evidence("湖北", *words), Evidence("湖北省民政厅", *words))
    assert known.source == Evidence("某网站", *words)
    assert known.speakers == (Speaker("杨某某", "厅长", "讲话", words[0]), Speaker("李某", None, "讲话", words[0]))
    assert not {"date_unknown", "source_unknown", "title_derived"} & {warning.code for warning in one.warnings}


def test_a_table_names_files_from_its_own_folder_and_the_nearer_one_wins(corpus: Path) -> None:
    (corpus / sources.NAME).write_text("文件,地区,来源\n2024/甲.txt,湖北,外层\n", encoding="utf-8")
    (corpus / "2024" / sources.NAME).write_text("文件,地区\n甲.txt,湖南\n", encoding="utf-8")
    build(corpus)
    one = documents(corpus)["2024/甲.txt"]
    known = one.metadata
    assert (known.region and known.region.value, known.source and known.source.value) == ("湖南", "外层")


def test_a_row_for_a_file_of_several_says_of_all_what_can_be_true_of_all(corpus: Path) -> None:
    rows = "文件,标题,来源,地区\n两篇.txt,不用的标题,某报,湖北\n两篇.txt#2,乙的标题,,贵州\n"
    (corpus / sources.NAME).write_text(rows, encoding="utf-8")
    build(corpus)
    found = [documents(corpus)[f"两篇.txt#{n}"] for n in (1, 2)]
    known = [one.metadata for one in found]
    facts = [(one.title.value, one.source and one.source.value, one.region and one.region.value) for one in known]
    assert facts == [("湖南省民政厅召开养老服务工作会议", "某报", "湖北"), ("乙的标题", "某报", "贵州")]


def test_what_cannot_be_used_is_reported_and_the_rest_holds(corpus: Path) -> None:
    rows = (
        "文件,日期,心情,地区\n没有的.txt,2024,,湖北\n2024/甲.txt,二月三十,好,湖北\n"
        ",2024,,湖北\n,,,\n2024/甲.txt\n两篇.txt#7,2024\n"
    )
    (corpus / sources.NAME).write_text(rows, encoding="utf-8")
    report = build(corpus)
    assert report.notes == (
        "sources.csv 有不认识的列，已略过：心情",
        "sources.csv 第 3 行：日期“二月三十”不成立；应写作 2024-02-21、2024-02 或 2024（只写知道的部分）",
        "sources.csv 第 4 行：没有写文件名",
        "sources.csv 提到的文件不在文件夹里：没有的.txt",
    )
    one = documents(corpus)["2024/甲.txt"]
    assert (one.metadata.region and one.metadata.region.value, one.metadata.date) == ("湖北", None)


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (b"", "sources.csv 是空的"),
        ("标题,日期\n甲,2024\n".encode(), "sources.csv 的第一行没有“文件”（file）这一列，整张表没有用上"),
        (b"\xff\xfe\x00\xd8" * 9, "sources.csv 无法读取，其中的内容这次没有用上：文字编码不是 UTF-8 也不是 GB18030"),
        (b'file,title\n"' + b"x" * 200_000, "sources.csv 无法读取，其中的内容这次没有用上：field larger than"),
    ],
)
def test_a_table_that_cannot_be_read_stops_nothing(corpus: Path, content: bytes, note: str) -> None:
    (corpus / sources.NAME).write_bytes(content)
    report = build(corpus)
    assert (report.documents, len(report.notes), report.notes[0][: len(note)]) == (3, 1, note)


def test_a_changed_table_is_applied_to_the_files_it_names_only(corpus: Path) -> None:
    build(corpus)
    (corpus / sources.NAME).write_text("文件,地区\n2024/甲.txt,湖北\n", encoding="utf-8")
    report = build(corpus)
    assert (report.files_indexed, report.unchanged) == (1, 1)
    assert build(corpus).generation == report.generation
    (corpus / sources.NAME).unlink()
    assert build(corpus).files_indexed == 1
    assert documents(corpus)["2024/甲.txt"].metadata.region is None


def test_rows_for_documents_of_a_file(tmp_path: Path) -> None:
    (tmp_path / sources.NAME).write_text("file,level\na.txt,省级\na.txt#2,市级\n", encoding="utf-8")
    rows = statements.read(tmp_path).rows["a.txt"]
    assert [said.value for said in sources.statements(rows, 1, 2)] == ["省级"]
    assert [said.value for said in sources.statements(rows, 2, 2)] == ["省级", "市级"]


@pytest.mark.skipif(os.name == "nt", reason="这个系统的文件夹里没有管道")
@pytest.mark.parametrize("name", ["sources.csv", "corrections.jsonl"])
def test_a_pipe_or_a_giant_in_the_place_of_a_table_is_a_line_of_the_report(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert "不是普通文件" in "".join(statements.read(tmp_path).problems)
    (tmp_path / name).unlink()
    with (tmp_path / name).open("wb") as giant:
        giant.truncate(1 << 40)  # takes no room
    assert "文件太大" in "".join(statements.read(tmp_path).problems)


@pytest.mark.skipif(os.name == "nt", reason="这个系统上建链接要管理员")
def test_a_table_that_is_a_link_is_not_followed_and_a_line_of_the_report(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.csv").write_text("文件,地区\n甲.txt,湖北\n", encoding="utf-8")
    (corpus := tmp_path / "文档").mkdir()
    (corpus / sources.NAME).symlink_to(tmp_path / "elsewhere.csv")
    found = statements.read(corpus)
    assert (found.rows, len(found.problems)) == ({}, 1)
    assert "是链接，没有跟随" in found.problems[0]


@pytest.mark.parametrize(("row", "times"), [("2024/甲.txt,湖北,\n", 1), ("2024/甲.txt,,另一个标题\n", 2)])
def test_what_is_stated_beside_title_and_text_costs_no_second_analysis(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, row: str, times: int
) -> None:
    (corpus / "两篇.txt").unlink()
    (corpus / sources.NAME).write_text(f"文件,地区,标题\n{row}", encoding="utf-8")
    seen: list[str] = []
    monkeypatch.setattr("indexer.pipeline.workers_for", lambda files: 0)
    monkeypatch.setattr(prepare, "analysed", lambda document: [seen.append(document.id), analysed(document)][1])
    build(corpus)
    assert len(seen) == times
    (one,) = documents(corpus).values()
    assert (one.metadata.region is not None, one.metadata.title.value == "另一个标题") == (times == 1, times == 2)
