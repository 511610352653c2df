"""A keeper's table: documents with doubts first; what was edited comes back as corrections, and nothing else."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from building import OTHER, REPORT, build
from click.testing import CliRunner, Result
from conftest import indexed
from steps import growth

from indexer import reviewing
from indexer.commands import index as command
from indexer.statements import corrections
from search.documents.document import Document

TRUNCATED = """在全县助餐工作会议上的讲话
（2022年3月8日）
同志们：
助餐点的账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚。
下面讲三点意见。一是查灶台。二是查门锁。要把路修到每一户的门口，让老人少走
"""
Row = dict[str, str]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "文档"
    folder.mkdir()
    for name, text in (("甲.txt", REPORT), ("乙.txt", OTHER), ("丙.txt", TRUNCATED)):
        (folder / name).write_text(text, encoding="utf-8")
    build(folder)
    return folder


def run(corpus: Path, what: str, *options: str) -> Result:
    folders = [] if what == "report" else ["--corpus", str(corpus)]
    return CliRunner().invoke(command, [what, *options, *folders, "--index", str(corpus.parent / "index")])


def rows(corpus: Path) -> list[Row]:
    out = corpus.parent / "表.csv"
    out.unlink(missing_ok=True)
    assert run(corpus, "review", "--out", str(out), "--all").exit_code == 0
    return list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"), newline="")))


def edited(
    corpus: Path, edit: Callable[[dict[str, Row]], object], *options: str, encoding: str = "utf-8-sig"
) -> Result:
    table = rows(corpus)
    edit({row["文件"]: row for row in table})
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(table[0]))
    writer.writeheader()
    writer.writerows(table)
    (corpus.parent / "改.csv").write_bytes(written.getvalue().encode(encoding))
    return run(corpus, "review", "--apply", str(corpus.parent / "改.csv"), "--by", "鲁某", *options)


def documents(corpus: Path) -> dict[str, Document]:
    build(corpus)
    return {one.external_id: one for one in indexed(corpus.parent / "index").values()}


def test_the_document_whose_quotation_carries_a_doubt_comes_first_with_its_doubts(corpus: Path) -> None:
    first = rows(corpus)[0]
    assert first["文件"] == "丙.txt" and "文末截断" in first["存疑"] and first["日期"] == "2022-03-08"
    told = run(corpus, "review").output
    assert told.index("丙.txt") < told.index("甲.txt")


def test_an_edited_table_becomes_corrections_with_who_and_what_stood_there(corpus: Path) -> None:
    def edit(table: dict[str, Row]) -> None:
        table["丙.txt"] |= {"地区": "陕西省延安市", "日期": "2022/3/9", "讲话人": "鲁平野:县长"}

    done = edited(corpus, edit, encoding="gb18030")
    assert done.exit_code == 0 and "记下 4 处校正，0 行没有用上" in done.output
    lines = corrections.read(corpus).lines
    assert {(line.file, line.by) for line in lines} == {("丙.txt", "鲁某")}
    assert {line.field: (line.before, line.value) for line in lines} == {
        "date": ("2022-03-08", "2022-03-09"),
        "region": (None, "陕西"),
        "place": (None, "延安"),
        "speakers": (None, "鲁平野:县长:讲话"),
    }
    known = documents(corpus)["丙.txt"].metadata
    assert (str(known.date and known.date.value), known.region and known.region.value) == ("2022-03-09", "陕西")
    assert "人工校正过的 1 篇" in run(corpus, "report").output


def test_an_emptied_cell_undoes_and_a_table_that_was_not_edited_changes_nothing(corpus: Path) -> None:
    edited(corpus, lambda table: table["丙.txt"].update({"日期": "2022-03-09"}))
    documents(corpus)
    assert "记下 0 处校正，0 行没有用上" in edited(corpus, lambda table: None).output
    done = edited(corpus, lambda table: table["丙.txt"].update({"日期": ""}))
    assert "记下 1 处校正" in done.output
    date = documents(corpus)["丙.txt"].metadata.date
    assert date and str(date.value) == "2022-03-08"


def test_a_row_that_cannot_be_followed_is_told_and_the_others_are(corpus: Path) -> None:
    def edit(table: dict[str, Row]) -> None:
        table["丙.txt"] |= {"日期": "2022-13-01", "标题": "别的标题"}
        table["乙.txt"]["标题"] = "新的标题"
        table["甲.txt"]["标题"] = ""

    done = edited(corpus, edit)
    assert done.exit_code == 1
    assert "（丙.txt）：日期“2022-13-01”不成立" in done.output and "（甲.txt）：标题是空的" in done.output
    assert [(line.file, line.value) for line in corrections.read(corpus).lines] == [("乙.txt", "新的标题")]


def test_a_dry_run_writes_nothing(corpus: Path) -> None:
    done = edited(corpus, lambda table: table["乙.txt"].update({"标题": "新的标题"}), "--dry-run")
    assert "会记下 1 处校正" in done.output and corrections.read(corpus).lines == ()


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(corpus: Path) -> None:
    def edit(table: dict[str, Row]) -> None:
        table["乙.txt"]["标题"] = "新的标题"
        CliRunner().invoke(
            command, ["correct", "乙.txt", "--set", "title=别人改的", "--by", "姜某", "--corpus", str(corpus)]
        )

    done = edited(corpus, edit)
    assert done.exit_code == 1 and "写出这张表之后，这一篇又有改动" in done.output
    assert [line.value for line in corrections.read(corpus).lines] == ["别人改的"]


def test_a_title_that_a_table_program_would_compute_comes_back_as_it_was(corpus: Path) -> None:
    edited(corpus, lambda table: table["乙.txt"].update({"标题": "＋1的意思"}))
    documents(corpus)
    (row,) = (row for row in rows(corpus) if row["文件"] == "乙.txt")
    assert row["标题"] == "'＋1的意思"
    assert "记下 0 处校正，0 行" in edited(corpus, lambda table: None).output


def test_a_title_whose_telephone_is_masked_comes_back_as_it_was_and_may_be_edited(corpus: Path) -> None:
    text = "关于公布举报电话13812345678的通告\n\n各街道：\n请把举报电话写在助餐点的门口，让老人都看得见。\n"
    (corpus / "丁.txt").write_text(text, encoding="utf-8")
    build(corpus)
    assert next(row for row in rows(corpus) if row["文件"] == "丁.txt")["标题"] == "关于公布举报电话138****5678的通告"
    assert "记下 0 处校正，0 行没有用上" in edited(corpus, lambda table: None).output
    done = edited(corpus, lambda table: table["丁.txt"].update({"地区": "陕西"}))
    assert "记下 1 处校正，0 行没有用上" in done.output
    assert [(line.field, line.value) for line in corrections.read(corpus).lines] == [("region", "陕西")]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xff\xff", "文件,标题\n甲.txt,改\n".encode(), b'"' * 99])
def test_what_is_no_such_table_is_told(corpus: Path, content: bytes) -> None:
    (corpus.parent / "坏.csv").write_bytes(content)
    done = run(corpus, "review", "--apply", str(corpus.parent / "坏.csv"), "--by", "鲁某")
    assert done.exit_code == 1 and done.output.startswith("错误：") and corrections.read(corpus).lines == ()


@pytest.mark.parametrize("name", ["外面.txt", "../外面.txt", "{}/外面.txt", "没有.txt", "甲.txt#9"])
def test_a_row_cannot_name_what_is_not_in_the_folder(corpus: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus.parent)
    (corpus.parent / "外面.txt").write_text(REPORT, encoding="utf-8")
    done = edited(
        corpus, lambda table: table["乙.txt"].update({"文件": name.format(corpus.parent), "标题": "新的标题"})
    )
    assert done.exit_code == 1 and corrections.read(corpus).lines == ()
    assert not (corpus.parent / "corrections.jsonl").exists()


def test_a_report_says_what_was_left_out_and_how_many_have_each_doubt(corpus: Path) -> None:
    (corpus / "空.txt").write_text("", encoding="utf-8")
    build(corpus)
    told = run(corpus, "report").output
    assert "4 个文件，3 篇" in told and "没有收录的文件 1 个" in told and "空.txt：文件是空的" in told
    assert "文末截断  1 篇" in told and "来源不详  3 篇" in told
    machine = json.loads(run(corpus, "report", "--json").output)
    assert machine["documents"] == 3 and machine["doubts"]["文末截断"] == 1 and list(machine["left_out"]) == ["空.txt"]


def test_the_work_grows_with_the_rows(corpus: Path) -> None:
    (row, *_) = rows(corpus)

    def work(size: int) -> object:
        written = io.StringIO(newline="")
        writer = csv.DictWriter(written, list(row))
        writer.writeheader()
        writer.writerows([{**row, "标题": "改"}] * size)
        (corpus.parent / "多.csv").write_text(written.getvalue(), encoding="utf-8")
        return reviewing.asked(corpus.parent / "多.csv", [corpus], "鲁某")

    assert max(growth(work, 300)) < 4.6


def test_a_table_that_somebody_works_in_is_not_written_over(corpus: Path) -> None:
    out = corpus.parent / "表.csv"
    assert run(corpus, "review", "--out", str(out)).exit_code == 0
    assert run(corpus, "review", "--out", str(out)).exit_code == 0  # the same again
    out.write_bytes(out.read_bytes() + b"edited")
    again = run(corpus, "review", "--out", str(out))
    assert (again.exit_code, "没有盖掉它" in again.output, out.read_bytes()[-6:]) == (1, True, b"edited")
