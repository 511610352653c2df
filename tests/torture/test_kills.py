"""`indexer build` is killed at a random moment, with all that it started: the index is the old one or the new one."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT
from scale import many, told

from indexer import checking
from search.engines import store_of
from search.query.parsing import parse

TEXT = "某省民政厅召开{0}工作会议\n\n5月10日，某省民政厅召开{0}工作会议，总结工作。\n\n会议指出，要做好{0}第{1}项。\n"


def started(place: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "indexer",
        "build",
        "--corpus",
        place / "corpus",
        "--index",
        place / "index",
        *more,
    ]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet, start_new_session=True)


def killed(process: subprocess.Popen[bytes], *, alone: bool) -> None:
    """With all that it started, or alone: what it started has to end by itself."""
    if alone:
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("what it started goes on")


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="this system has no groups of processes")
@pytest.mark.parametrize(
    ("new", "most", "named"),
    [(1, (3, 200), "随机时刻 kill -9"), (210, (2, 60), "几个进程各写一段时，随机时刻 kill -9")],
    ids=["few files", "many files"],
)
def test_a_killed_build_leaves_the_old_index_or_the_new_one(
    tmp_path: Path, new: int, most: tuple[int, int], named: str
) -> None:
    chance, kills = random.Random(), many(*most)
    place, found = tmp_path / "place", {"old": 0, "new": 0, "ended before": 0}
    (place / "corpus").mkdir(parents=True)
    for number in range(12):
        (place / "corpus" / f"{number}.txt").write_text(TEXT.format("养老服务", number), encoding="utf-8")
    assert started(place).wait(120) == 0
    for number in range(new):
        (place / "corpus" / f"新{number}.txt").write_text(TEXT.format("殡葬改革", number), encoding="utf-8")
    begun, whole = time.monotonic(), shutil.copytree(place, tmp_path / "whole")
    assert started(whole).wait(120) == 0
    takes = time.monotonic() - begun
    number = 0
    while number - found["ended before"] < kills:
        copy = shutil.copytree(place, tmp_path / f"copy-{number}")
        begun, process = time.monotonic(), started(copy, *(["--full"] if number % 2 else []))
        try:
            process.wait(chance.uniform(0.3, 1.2) * takes)
            found["ended before"] += 1
            takes = time.monotonic() - begun
        except subprocess.TimeoutExpired:
            killed(process, alone=number % 3 == 0)
        store = store_of("whoosh", copy / "index")
        assert checking.problems(store) == []
        hits = store.open().count([parse("养老服务"), parse("殡葬改革")])
        assert hits in ([12, 0], [12, new])
        found["new" if hits[1] else "old"] += 1
        if number % 10 == 0:
            assert started(copy).wait(120) == 0
            assert store.open().count([parse("殡葬改革")]) == [new]
            assert list((copy / "index").glob("*.tmp")) == []
        shutil.rmtree(copy)
        number += 1
    told(named, tried=number, wrong=0, **found)
