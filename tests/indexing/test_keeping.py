"""What keeps an index for years: it is updated again and again, copied away and put back."""

from __future__ import annotations

import errno
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from building import OTHER, REPORT, build
from click.testing import CliRunner
from conftest import indexed

from indexer import commands, pipeline, watching
from indexer.commands import index as command
from indexer.ledger import Rejected
from search.engines import store_of
from search.errors import Busy

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "文档"
    folder.mkdir()
    (folder / "甲.txt").write_text(REPORT, encoding="utf-8")
    return folder


def test_each_run_that_finds_something_else_is_told_and_a_failure_ends_nothing(corpus: Path) -> None:
    store = store_of("whoosh", corpus.parent / "index")
    waits: list[Callable[[], object]] = [
        lambda: None,
        lambda: (corpus / "乙.txt").write_text(OTHER, encoding="utf-8"),
        lambda: corpus.rename(corpus.with_name("拔掉")),
        lambda: None,
        lambda: corpus.with_name("拔掉").rename(corpus),
    ]
    pauses = iter(waits)
    told = list(islice(watching.watch(lambda: pipeline.build([corpus], store), lambda: next(pauses)()), 4))
    assert [re.sub(r"第 \S+ 版", "第 n 版", line)[:23] for line in told] == [
        "索引第 n 版：1 个文件，1 篇；没有收录的",
        "索引第 n 版：2 个文件，2 篇；没有收录的",
        told[2][:23],
        "索引第 n 版：2 个文件，2 篇；没有收录的",
    ]
    assert told[2].startswith("这次没有更新：") and len(indexed(corpus.parent / "index")) == 2


def test_files_that_cannot_be_read_now_are_told_though_the_index_is_as_it_was(corpus: Path) -> None:
    done = build(corpus)
    shut = replace(done, kept=(Rejected("甲.txt", "没有权限"),))
    told = list(islice(watching.watch(iter([done, done, shut]).__next__, lambda: None), 2))
    assert told[0].endswith("没有收录的文件 0 个。")
    assert told[1].endswith("没有收录的文件 0 个；现在读不到、检索里仍是上次内容的 1 个。")


def test_somebody_else_who_updates_is_waited_for() -> None:
    def busy() -> pipeline.Report:
        raise Busy("另一个程序正在更新这个索引")

    (line,) = islice(watching.watch(busy, lambda: None), 1)
    assert line == "这次没有更新：另一个程序正在更新这个索引"


def test_what_the_system_says_is_told_with_a_next_step() -> None:
    def full() -> pipeline.Report:
        raise OSError(errno.ENOSPC, "No space left on device", "索引/a.tmp")

    (line,) = islice(watching.watch(full, lambda: None), 1)
    assert line == "这次没有更新：索引/a.tmp：磁盘已满，或超过了限额；请腾出空间后再运行"


def test_the_command_goes_on_until_it_is_stopped(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            raise KeyboardInterrupt
        (corpus / "乙.txt").write_text(OTHER, encoding="utf-8")

    monkeypatch.setattr(commands.time, "sleep", sleep)
    place = ["--corpus", str(corpus), "--index", str(corpus.parent / "index")]
    done = CliRunner().invoke(command, ["watch", "--every", "3", *place])
    assert (done.exit_code, slept) == (130, [180, 180])
    assert "1 个文件，1 篇" in done.output and "2 个文件，2 篇" in done.output


def test_what_is_put_back_from_a_copy_is_whole_with_its_corrections(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    build(corpus)
    place = ["--corpus", str(corpus), "--index", str(index)]
    CliRunner().invoke(command, ["correct", "甲.txt", "--set", "region=陕西", "--by", "鲁某", *place])
    before = indexed(index)
    shutil.copytree(corpus, tmp_path / "备份" / "文档")
    shutil.copytree(index, tmp_path / "备份" / "index")
    shutil.rmtree(corpus)
    shutil.rmtree(index)
    shutil.copytree(tmp_path / "备份" / "文档", corpus)
    shutil.copytree(tmp_path / "备份" / "index", index)
    assert CliRunner().invoke(command, ["check", "--index", str(index)]).exit_code == 0
    assert indexed(index) == before
    shutil.rmtree(index)
    build(corpus, full=True)
    assert indexed(index) == before
    (document,) = before.values()
    assert document.metadata.region and document.metadata.region.value == "陕西"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="这台机器上没有 systemd")
def test_the_documented_units_are_such_as_systemd_follows(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    units = re.findall(r"`/etc/systemd/system/(\S+)`：\n\n```ini\n(.*?)```", page, re.S)
    assert [name for name, _ in units] == ["jianghua.service", "jianghua-update.service", "jianghua-update.timer"]
    for name, unit in units:
        written = unit.replace("/opt/minzheng-search/.venv/bin/python", "/bin/true").replace(
            "User=jianghua", "User=root"
        )
        (tmp_path / name).write_text(written.replace("/opt/minzheng-search", "/tmp"), encoding="utf-8")
    for name, _ in units:
        command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert "jianghua" not in done.stderr and done.returncode == 0, done.stderr


def test_the_documented_units_run_commands_that_there_are() -> None:
    page = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    commands = re.findall(r"^ExecStart=\S+/\.venv/bin/python (.+)$", page, re.M)
    assert commands == ["app.py", "-m indexer build"]
