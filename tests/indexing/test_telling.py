"""What a person at a terminal reads when something unforeseen happens."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from building import REPORT, build
from click.testing import CliRunner
from conftest import indexed

from app import create_app
from indexer import log_lines, pipeline
from indexer.commands import index as command
from search.__main__ import main as search
from search.settings import Settings

ROOT = Path(__file__).parents[2]
FAULTS = [
    RuntimeError("inner\nwords\x1b[2J"),
    KeyError("x"),
    RecursionError(),
    ZeroDivisionError("oops"),
    MemoryError(),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_whatever_happens_a_command_ends_with_one_sentence_and_the_next_step(
    fault: Exception, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(pipeline, "build", failing)
    ran = CliRunner().invoke(command, ["build", "--index", str(tmp_path)])
    assert (ran.exit_code, ran.output.count("\n"), ran.output[:3]) == (1, 1, "错误：")
    assert "再运行" in ran.output
    assert "Traceback" not in ran.output
    told = CliRunner().invoke(command, ["-v", "build", "--index", str(tmp_path)])
    assert ("Traceback" in told.output) == (not isinstance(fault, MemoryError))


def test_who_stops_a_run_is_told_that_nothing_is_half_done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "build", stopped)
    ran = CliRunner().invoke(command, ["build", "--index", str(tmp_path)])
    told = "已中止；索引要么还是原来的，要么已经完整更新，没有只改一半。\n"
    assert (ran.exit_code, ran.output) == (130, told)


WRITTEN = [
    (["bild"], "没有“bild”这个命令，是不是 build"),
    (["-v"], "没有写命令，可以是 build、show、correct、review、synonyms、report、watch、check"),
    (["--loud"], "没有“--loud”这个选项"),
    (["build", "--ful"], "没有“--ful”这个选项，是不是 --full"),
    (["build", "--corpus"], "选项 --corpus 后面要写一个值"),
    (["build", "--json=是"], "选项 --json 不带值"),
    (["build", "--engine", "快"], "--engine 的值不对，可以是 whoosh、whoosh-plain、opensearch"),
    (["show"], "没有写 FILE"),
    (["check", "索引", "（旧）"], "多写了“索引 （旧）”"),
    (["correct", "--set"], "选项 --set 后面要写一个值"),
]


@pytest.mark.parametrize(("arguments", "told"), WRITTEN, ids=lambda one: " ".join(one) if isinstance(one, list) else "")
@pytest.mark.parametrize("flask", [False, True])
def test_a_command_that_is_written_wrong_is_told_in_one_sentence(flask: bool, arguments: list[str], told: str) -> None:
    if flask:
        ran = create_app(Settings(index="没有")).test_cli_runner().invoke(args=["index", *arguments])
    else:
        ran = CliRunner().invoke(command, arguments)
    assert (ran.exit_code, ran.output[: len(told) + 3], ran.output.count("\n")) == (2, f"错误：{told}", 1)
    assert ran.output.endswith(" --help\n") and "；写法请看 " in ran.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "请给出一个问题，或者 --batch 与 --run 两个文件"),
        (["养老", "服务"], "多写了“服务”"),
        (["养老", "--page", "二"], "--page 的值不对，应是整数"),
    ],
)
def test_a_search_that_is_written_wrong_is_told_alike(arguments: list[str], told: str) -> None:
    ran = CliRunner().invoke(search, arguments, prog_name="python -m search")
    assert (ran.exit_code, ran.output) == (2, f"错误：{told}；写法请看 python -m search --help\n")


def ran(*arguments: object) -> tuple[int, str]:
    found = CliRunner().invoke(command, list(map(str, arguments)))
    return found.exit_code, found.output


def test_a_folder_without_files_is_told(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    (tmp_path / "空" / ".隐藏.txt").write_text(REPORT, encoding="utf-8")
    _, told = ran("build", "--corpus", tmp_path / "空", "--index", tmp_path / "索引")
    assert f"注意  文档文件夹 {tmp_path / '空'} 里没有文稿；请放入后再运行" in told


def test_a_folder_that_cannot_be_listed_is_not_told_as_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(top: Path, onerror: Callable[[OSError], None] = print) -> Iterator[tuple[str, list[str], list[str]]]:
        onerror(PermissionError(13, "no", str(top)))
        yield from ()

    (tmp_path / "文档").mkdir()
    monkeypatch.setattr(os, "walk", closed)
    report = build(tmp_path / "文档")
    assert (report.notes, [one.reason for one in report.failed]) == ((), ["没有权限；请让管理员放开"])


def test_a_folder_in_the_place_of_a_file_and_the_other_way_round_are_told(tmp_path: Path) -> None:
    (tmp_path / "文档").mkdir()
    (file := tmp_path / "甲.txt").write_text(REPORT, encoding="utf-8")
    assert ran("show", tmp_path / "文档") == (1, f"错误：{tmp_path / '文档'}：这是文件夹；请写明里面的一个文件\n")
    told = f"错误：{file}：这是一个文件，不是文件夹；请核对路径，或另选一个位置\n"
    assert ran("build", "--corpus", tmp_path / "文档", "--index", file) == (1, told)


def test_an_index_that_there_is_not_is_told_with_one_next_step(tmp_path: Path) -> None:
    place = tmp_path / "索引"
    assert ran("check", "--index", place) == (1, f"还没有建立索引（{place}）。请运行 python -m indexer build。\n")


@pytest.mark.parametrize("arguments", [["build"], ["check"], ["correct", "甲.txt"], ["show", "甲.txt"]], ids=str)
def test_a_setting_that_can_be_none_is_told(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHES_PORT", "门")
    code, told = ran(*arguments)
    assert (code, told.count("\n"), "现为“门”；请改正 SPEECHES_PORT" in told) == (
        2 if "correct" in arguments else 1,
        1,
        True,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="limits are the system's")
def test_a_disk_that_is_full_is_told_with_what_to_do(tmp_path: Path) -> None:
    corpus = tmp_path / "文档"
    corpus.mkdir()
    (corpus / "甲.txt").write_text(REPORT, encoding="utf-8")
    program = (
        "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000)); "
        f"sys.argv = ['indexer', 'build', '--corpus', {str(corpus)!r}, '--index', {str(tmp_path / '索引')!r}]; "
        "__name__ == '__main__' and runpy.run_module('indexer', run_name='__main__')"
    )
    # No bytecode: Python 3.11 leaves what it could write of it, and what it compiles warns of Whoosh's `is 0`.
    python = [sys.executable, "-B", "-W", "ignore::SyntaxWarning"]
    whole = subprocess.run([*python, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (whole.returncode, whole.stderr) == (1, "错误：磁盘已满，或超过了限额；请腾出空间后再运行\n")


@pytest.mark.parametrize("verbose", [False, True])
def test_where_in_the_program_it_failed_is_told_only_to_who_asks(
    verbose: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPEECHES_VERBOSE", "1" if verbose else "")
    try:
        raise ValueError("a\nb")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "索引\x1b[2J", (), sys.exc_info())
    line = log_lines.Lines("%(levelname)s %(message)s").format(record)
    assert ("Traceback" in line, "\n" in line, record.exc_info is not None) == (verbose, verbose, True)


def test_the_names_of_files_forge_no_line_of_a_report(tmp_path: Path) -> None:
    corpus = tmp_path / "文档"
    corpus.mkdir()
    (corpus / "甲.txt").write_text(REPORT, encoding="utf-8")
    forged = "乙\n索引现有 999 篇\x1b[2J\u202e\u2028.xyz"
    (corpus / forged).write_text("没有", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "indexer", "build", "--corpus", corpus, "--index", tmp_path / "索引"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0
    printed = ran.stdout + ran.stderr
    assert [char for char in printed if not char.isprintable() and char not in "\n\u3000"] == []
    assert [line for line in printed.splitlines() if line.startswith("索引现有 999")] == []
    assert "乙\\n索引现有 999 篇\\x1b[2J\\u202e\\u2028.xyz" in printed


def test_a_link_is_not_followed_and_a_line_says_so(tmp_path: Path) -> None:
    corpus, other = tmp_path / "文档", tmp_path / "别处"
    corpus.mkdir()
    other.mkdir()
    (other / "甲.txt").write_text(REPORT, encoding="utf-8")
    (corpus / "夹").symlink_to(other)
    (corpus / "圈").symlink_to(corpus)
    (corpus / "乙.txt").symlink_to(other / "甲.txt")
    report = build(corpus)
    assert {(one.path, one.reason[:3]) for one in report.refused} == {
        (name, "是链接") for name in ("夹", "圈", "乙.txt")
    }
    assert (report.documents, build(corpus).generation) == (0, report.generation)


def test_a_name_with_an_end_of_line_is_downloaded_and_shown_on_one(tmp_path: Path) -> None:
    corpus = tmp_path / "文档"
    corpus.mkdir()
    (corpus / "讲话\n第二行\x1b.txt").write_text(REPORT, encoding="utf-8")
    build(corpus)
    (document,) = indexed(tmp_path / "index").values()
    client = create_app(Settings(index=str(tmp_path / "index"), corpus=(corpus,))).test_client()
    answer = client.get(f"/doc/{document.id}/original")
    assert (answer.status_code, answer.data) == (200, REPORT.encode())
    assert "\n" not in answer.headers["Content-Disposition"]
    assert document.external_id == "讲话\\n第二行\\x1b.txt"


def test_the_commands_are_had_from_the_package_as_it_is_run() -> None:
    from indexer import __main__, commands

    assert __main__.index is commands.index
