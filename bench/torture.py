"""Runs the proofs of tests/torture at full length and writes what they found into docs/reliability.md.

python bench/torture.py [--times N]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
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


def table(figures: list[dict[str, object]], seconds: float) -> str:
    rows = [
        f"| {one['proof']} | " + "，".join(f"{NAMES[k]} {v}" for k, v in one.items() if k != "proof") + " |"
        for one in figures
    ]
    machine = f"{platform.system()} {platform.machine()}，{os.cpu_count()} 个核，Python {platform.python_version()}"
    return "\n".join([f"{date.today()}，{machine}，共 {seconds:.0f} 秒。", "", "| 试什么 | 结果 |", "|---|---|", *rows])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1, help="how many times as much as usual")
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "figures"
        settings = {"SPEECHES_TORTURE": str(parser.parse_args().times), "SPEECHES_TORTURE_FIGURES": str(out)}
        command = [sys.executable, "-m", "pytest", "-q", "--timeout=0", "-p", "no:cacheprovider", "tests/torture"]
        ended = subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, check=False).returncode
        figures = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] if out.exists() else []
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    said = table(figures, time.monotonic() - begun) + ("" if ended == 0 else "\n\n**有失败的，见运行时的输出。**")
    PAGE.write_text(f"{before}{BEGIN}\n{said}\n{END}{after}", encoding="utf-8")
    return ended


if __name__ == "__main__":
    sys.exit(main())
