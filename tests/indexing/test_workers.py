"""One bad file costs a line, never a run."""

from __future__ import annotations

import os
import time
from pathlib import Path

from indexer.extract import Unreadable
from indexer.workers import Outcome, read_all


def read(path: Path, name: str) -> str:
    """A reader with every fault there is, chosen by the name."""
    if name == "hangs":
        time.sleep(600)
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


def test_a_hanging_file_is_given_up_and_the_rest_is_read() -> None:
    found = outcomes("hangs", "a", "b", seconds=2)
    assert [(one.value, one.reason) for one in found] == [
        (None, "读取超过 2 秒，已停止；请检查文件是否损坏或过大"),
        ("甲:a", ""),
        ("甲:b", ""),
    ]


def test_nothing_to_read_gives_nothing() -> None:
    assert outcomes() == []
