"""run.py does what `make serve` does, in a copy whose requirements are empty, so that nothing is fetched."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import run

ROOT = Path(__file__).parent.parent
WINDOWS = os.name == "nt"


def started(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, str(folder / "run.py"), *options]
    return subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", check=False, cwd=folder.parent
    )


def test_the_first_start_installs_and_the_next_only_starts(tmp_path: Path) -> None:
    folder = tmp_path / "程序 一"
    folder.mkdir()
    shutil.copy(ROOT / "run.py", folder)
    (folder / "requirements.txt").write_text("# 没有\n", encoding="utf-8")
    (folder / "app.py").write_text("import sys\nprint(sys.prefix, sys.argv[1:])\nsys.exit(3)\n", encoding="utf-8")
    first, second = started(folder, "--port", "1"), started(folder, "--port", "1")
    assert (first.returncode, second.returncode) == (3, 3), first.stderr
    assert "正在安装" in first.stdout and "正在安装" not in second.stdout
    assert second.stdout.strip() == f"{folder / '.venv'} ['--port', '1']"
    later = (folder / ".venv" / run.MARK).stat().st_mtime + 10
    os.utime(folder / "requirements.txt", (later, later))
    assert not run.is_installed(folder, windows=WINDOWS)
    (folder / "requirements.txt").write_text("-r nothing.txt\n", encoding="utf-8")
    os.utime(folder / "requirements.txt", (later, later))
    failed = started(folder)
    assert failed.returncode == 1 and "软件包没有装上" in failed.stderr


@pytest.mark.parametrize(("windows", "python"), [(True, "Scripts/python.exe"), (False, "bin/python")])
def test_a_folder_of_wheels_is_installed_from_without_the_internet(tmp_path: Path, windows: bool, python: str) -> None:
    assert "--no-index" not in run.install_command(tmp_path, windows=windows)
    (tmp_path / "wheelhouse").mkdir()
    command = run.install_command(tmp_path, windows=windows)
    assert command[0] == str(tmp_path / ".venv" / python)
    assert command[command.index("--no-index") + 1 :][:2] == ["--find-links", str(tmp_path / "wheelhouse")]


def test_an_old_python_is_told_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 1))
    assert run.main() == 1 and "3.10" in capsys.readouterr().err


def test_make_and_run_install_the_same_way_and_know_of_each_other() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f".venv/{run.MARK}: requirements.txt .venv/bin/python" in makefile
    assert all(option in makefile for option in run.INSTALL[1:])


def test_the_file_for_a_double_click_has_the_line_ends_of_windows_and_starts_run() -> None:
    content = (ROOT / "run.bat").read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > 3
    assert re.search(rb"py -3 run\.py %\*", content) and b"chcp 65001" in content
