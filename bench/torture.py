"""Runs the proofs of tests/torture at full length and writes what they found into docs/reliability.md.

python bench/torture.py [--times N] [--only WORDS]

--only, as pytest's -k: a part of them, for half an hour is long; the rows of the others stay, each with its day.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- make torture -->", "<!-- /make torture -->"
NAMES = {
    "tried": "试了",
    "answers": "答了",
    "right": "答对",
    "refused": "说明不能用（503）",
    "old": "旧索引",
    "new": "新索引",
    "ended before": "没来得及杀",
    "publishes": "发布",
    "idle_ms": "没有发布时 p99 毫秒",
    "p99_ms": "p99 毫秒",
    "slowest_ms": "最慢毫秒",
    "healthz_ms": "/healthz 最慢毫秒",
    "memory_mb": "内存 MB（初、中、末）",
    "open_files": "打开的文件（初、中、末）",
    "wrong": "**错**",
}


def rows(figures: Iterable[dict[str, object]]) -> dict[str, str]:
    """Proof → its row."""
    return {
        str(one["proof"]): f"| {one['proof']} | "
        + "，".join(f"{NAMES[k]} {v}" for k, v in one.items() if k != "proof")
        + f" | {date.today()} |"
        for one in figures
    }


def rows_of(page: str) -> dict[str, str]:
    """The rows that stand in the page."""
    found = page.partition(BEGIN)[2].partition(END)[0]
    return {line.split(" | ")[0].removeprefix("| "): line for line in found.splitlines() if line.startswith("| ")}


def with_rows(page: str, known: dict[str, str], more: str = "") -> str:
    """The page with these rows, and a line below them."""
    before, _, rest = page.partition(BEGIN)
    machine = f"{platform.system()} {platform.machine()}，{os.cpu_count()} 个核，Python {platform.python_version()}。"
    table = "\n".join(["| 试什么 | 结果 | 日期 |", "|---|---|---|", *known.values()])
    return f"{before}{BEGIN}\n{machine}\n\n{table}\n{more}{END}{rest.partition(END)[2]}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1, help="how many times as much as usual")
    parser.add_argument("--only", metavar="WORDS", default="", help="as pytest's -k")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "figures"
        settings = {"SPEECHES_TORTURE": str(asked.times), "SPEECHES_TORTURE_FIGURES": str(out)}
        command = [sys.executable, "-m", "pytest", "-q", "--timeout=0", "-p", "no:cacheprovider", "tests/torture"]
        command += ["-k", asked.only] if asked.only else []
        ended = subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, check=False).returncode
        figures = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] if out.exists() else []
    page = PAGE.read_text(encoding="utf-8")
    known = {name: row for name, row in rows_of(page).items() if asked.only and name != "试什么"}
    failed = f"\n**{date.today()} 有失败的，见运行时的输出。**\n" if ended else ""
    PAGE.write_text(with_rows(page, known | rows(figures), failed), encoding="utf-8")
    return ended


if __name__ == "__main__":
    sys.exit(main())
