"""A system call fails while an index is made: whichever it is, once or from then on, or the program ends there. Readers
have the old index or the new one, whole; who ran it hears what happened; the next run goes through."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from scale import TIMES, told

HERE = Path(__file__).parent
OLD, NEW = [1, 1, 0], [1, 1, 1]


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("cc")
    if sys.platform != "linux" or not compiler:
        pytest.skip("要有 Linux 和 C 编译器，才能让系统调用失败")
    out = tmp_path_factory.mktemp("shim") / "faults.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", out, HERE / "faults.c", "-ldl"], check=True)
    return out


def runs(shim: Path, folder: Path, what: str, step: int) -> list[dict[str, Any]]:
    ran = subprocess.run(
        [sys.executable, HERE / "faults.py", folder, what, str(step)],
        env={**os.environ, "LD_PRELOAD": str(shim), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return [json.loads(line) for line in ran.stdout.splitlines()]


RUNS = {"update": "增量", "full": "全量", "beside": "全量，几个进程各写一段的写法"}
WAYS = {"once": "失败一次", "from": "起磁盘一直满", "end": "处进程终止"}


@pytest.mark.parametrize("what", list(RUNS))
def test_whichever_call_fails_readers_have_the_old_index_or_the_new_one(shim: Path, tmp_path: Path, what: str) -> None:
    whole, again, *found = runs(shim, tmp_path, what, 1 if TIMES else 17)
    assert (whole["hits"], whole["problems"], whole["again"]) == (NEW, [], True)
    assert whole["calls"] == again["calls"] > 50
    assert [one for one in found if not right(one)] == []
    for how, words in WAYS.items():
        tried = [one for one in found if one["how"] == how]
        assert OLD in [one["hits"] for one in tried]
        told(
            f"第 k 个系统调用{words}（{RUNS[what]}）",
            tried=len(tried),
            old=sum(one["hits"] == OLD for one in tried),
            new=sum(one["hits"] == NEW for one in tried),
            wrong=0,
        )


def right(one: dict[str, Any]) -> bool:
    """A process that is ended cleans nothing up; the next run does."""
    ended = one["how"] == "end"
    return (
        one["ended"] in ({"killed", "published"} if ended else {"published", "told"})
        and one["hits"] in ((NEW,) if one["ended"] == "published" else (OLD, NEW))
        and one["problems"] == []
        and one["whole"]
        and (one["left"] == [] or ended)
        and one["again"]
    )
