"""One bad file costs a line, never a run."""

from __future__ import annotations

import gc
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from indexer import patience
from indexer.extract import Unreadable
from indexer.workers import _AHEAD, Outcome, read_all
from search import processes


def read(path: Path, name: str) -> str:
    """A reader with every fault there is, chosen by the name."""
    if name == "hangs":
        time.sleep(600)
    if name.startswith("long"):  # long4: four parts of .8 s
        for _ in range(int(name[4:])):
            time.sleep(0.8)
            patience.still_reading()
    if name == "spins":
        while True:
            pass
    if name == "never lets go":
        re.match("(a+)+b", "a" * 60)
    if name == "eats":
        return "x" * (4 << 30)
    if name == "dies":
        os._exit(1)
    if name == "refused":
        raise Unreadable(path, "文件是空的")
    if name == "breaks":
        raise ZeroDivisionError("oops")
    return f"{path}:{name}"


def outcomes(*names: str, workers: int = 2, seconds: float = 60) -> list[Outcome[str]]:
    return list(read_all(((Path("甲"), name) for name in names), read, workers=workers, seconds=seconds))


def test_outcomes_come_in_the_order_of_the_files() -> None:
    names = [str(n) for n in range(50)]
    assert [one.value for one in outcomes(*names)] == [f"甲:{name}" for name in names]


def test_a_refusal_a_defect_and_a_death_each_cost_one_file() -> None:
    found = outcomes("a", "refused", "breaks", "dies", "b", "eats", "c")
    assert [(one.value, one.problem) for one in found] == [
        ("甲:a", ""),
        (None, "refused"),
        (None, "failed"),
        (None, "failed"),
        ("甲:b", ""),
        (None, "failed"),
        ("甲:c", ""),
    ]
    assert [one.reason for one in found if one.problem] == [
        "文件是空的",
        "读取时出错（ZeroDivisionError: oops）；请另存后再试",
        "读取时进程意外终止，可能是内存不足或文件损坏；请拆分或另存后再试",
        "读取所需内存超过上限；文件过大或结构异常，请拆分或另存后再试",
    ]


def test_a_worker_that_ends_costs_none_of_the_files_it_knew_of_beside_the_one() -> None:
    names = [name for number in range(6) for name in (f"{number}a", "dies", f"{number}b")]
    assert [one.value for one in outcomes(*names, workers=1)] == [
        None if name == "dies" else f"甲:{name}" for name in names
    ]


def test_a_worker_goes_on_while_nobody_takes_what_it_read() -> None:
    """It knows of more than one file, and of no more than may wait in memory."""
    given: list[str] = []

    def tasks() -> Iterator[tuple[Path, str]]:
        for number in range(100):
            given.append(str(number))
            yield Path("甲"), str(number)

    with closing(read_all(tasks(), read, workers=2)) as found:
        next(found)
        ahead = len(given)
        assert [one.value for one in found] == [f"甲:{number}" for number in range(1, 100)]
    assert 2 < ahead <= 1 + 2 * _AHEAD
    assert given == [str(number) for number in range(100)]


def test_a_hanging_file_is_given_up_and_the_rest_is_read() -> None:
    found = outcomes("hangs", "a", "b", seconds=5)  # to start a process takes 3 on a busy machine
    assert [(one.value, one.reason) for one in found] == [
        (None, "读取超过 5 秒，已停止；请检查文件是否损坏或过大"),
        ("甲:a", ""),
        ("甲:b", ""),
    ]


def test_a_file_that_says_it_is_still_read_has_its_time_anew_and_no_other() -> None:
    found = outcomes("long9", "a", "hangs", workers=1, seconds=5)
    assert [(one.value, one.problem) for one in found] == [("甲:long9", ""), ("甲:a", ""), (None, "failed")]


def test_nothing_to_read_gives_nothing() -> None:
    assert outcomes() == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize("name", ["spins", "hangs"])
def test_workers_end_with_the_process_that_started_them(name: str) -> None:
    parent = multiprocessing.get_context("spawn").Process(target=outcomes, args=(name, name))
    parent.start()
    try:
        workers = _descendants(
            parent.pid, 3 if processes.SPLITS else 2
        )  # two that read, and of which they are split off
    finally:
        os.kill(parent.pid or 0, signal.SIGKILL)
        parent.join()
    assert all(_gone(worker) for worker in workers)


@pytest.mark.skipif(sys.platform != "linux", reason="limits of processor time are the system's")
def test_a_worker_that_lets_nothing_else_run_is_ended_by_the_system() -> None:
    program = (
        "import sys; sys.path[:0] = ['tests/indexing', '.']\n"
        "import resource, test_workers\nfrom indexer import workers\n"
        "workers._limit_time(-9)\n"
        "test_workers.read(None, 'never lets go')"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[2], timeout=30, check=False)
    assert ran.returncode == -signal.SIGXCPU


@pytest.mark.skipif(sys.platform != "linux", reason="limits are the system's")
@pytest.mark.parametrize(("limit", "most"), [("RLIMIT_CPU", 50), ("RLIMIT_AS", 1_400_000_000)])
def test_files_are_read_where_the_system_allows_less_than_a_worker_may_take(limit: str, most: int) -> None:
    program = (
        "import sys; sys.path[:0] = ['tests/indexing', '.']\n"
        f"import resource; resource.setrlimit(resource.{limit}, ({most}, {most}))\n"
        "import test_workers\n"
        "if __name__ == '__main__': assert [one.value for one in test_workers.outcomes('a')] == ['甲:a']"
    )
    subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[2], timeout=60, check=True)


def environment(connection: Connection, name: str) -> None:
    connection.send((os.environ.get(name), os.nice(0) if hasattr(os, "nice") else 0))


def told(name: str) -> object:
    process, connection = processes.started(environment, name)
    found = connection.recv()
    process.join()
    return found


def test_a_process_has_what_was_set_since_processes_were_made_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    processes.expect([])
    here = os.nice(0) if hasattr(os, "nice") else 0
    assert told("SPEECHES_OF_THIS_TEST") == (None, here)
    monkeypatch.setenv("SPEECHES_OF_THIS_TEST", "说")
    assert told("SPEECHES_OF_THIS_TEST") == ("说", here)


@pytest.mark.skipif(not processes.SPLITS, reason="processes are not split off here")
def test_a_process_has_loaded_what_was_expected() -> None:
    program = (
        "import sys; sys.path[:0] = ['tests/indexing', '.']\n"
        "import test_workers\nfrom search import processes\n"
        "if __name__ == '__main__':\n"
        "    processes.expect(['indexer.prepare'])\n"
        "    process, connection = processes.started(test_workers.loaded)\n"
        "    assert connection.recv()\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[2], timeout=60, check=True)


def loaded(connection: Connection) -> None:
    connection.send("indexer.prepare" in sys.modules)


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="the system has no such order")
def test_who_builds_an_index_lets_who_searches_go_first(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "indexer", "watch", f"--corpus={tmp_path}", f"--index={tmp_path / 'index'}"]
    began = os.getpriority(os.PRIO_PROCESS, 0)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as builder:
        try:
            end = time.monotonic() + 60
            while (found := os.getpriority(os.PRIO_PROCESS, builder.pid)) == began and time.monotonic() < end:
                time.sleep(0.05)
        finally:
            builder.kill()
    assert found == min(19, began + 10)


def _descendants(parent: int | None, many: int) -> set[int]:
    """The processes that a process has started, and those of these, as soon as they are so many."""
    for _ in range(400):
        stats = {int(file.parent.name): _stat(file) for file in Path("/proc").glob("[0-9]*/stat")}
        above = {one: int(stat[1]) for one, stat in stats.items() if stat and stat[0] not in "ZX"}
        found = {one for one, parents in above.items() if parent in (parents, above.get(parents))}
        if len(found) >= many:
            time.sleep(0.5)  # so that they have their tasks
            return found
        time.sleep(0.05)
    pytest.fail("no workers were started")


def _stat(file: Path) -> list[str]:
    """State, parent and so on of a process; nothing of one that has gone."""
    try:
        return file.read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def _gone(process: int) -> bool:
    for _ in range(200):
        if (_stat(Path(f"/proc/{process}/stat")) or "X")[0] in "ZX":
            return True
        time.sleep(0.05)
    return False


def collected(path: Path, name: str) -> tuple[bool, int]:
    return gc.get_freeze_count() > 0, gc.get_threshold()[0]


def test_what_a_process_has_when_it_begins_to_read_is_not_looked_through_again() -> None:
    ((frozen, after),) = [one.value for one in read_all([(Path("甲"), "乙")], collected, workers=1) if one.value]
    usual = subprocess.check_output([sys.executable, "-c", "import gc; print(gc.get_threshold()[0])"])
    assert frozen
    assert after > int(usual)
