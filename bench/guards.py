"""Takes each guard out of a copy of the program and runs the proof that is there for it, which must fail; writes which
were tried into docs/reliability.md.

python bench/guards.py [WORDS …]: those whose names hold one of the words; the rows of the others stay.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- bench/guards.py -->", "<!-- /bench/guards.py -->"
HEAD = ["| 去掉什么 | 试验 | 结果 | 日期 |", "|---|---|---|---|"]
COPIED = [*("app.py", "pyproject.toml", "indexer", "search", "web", "templates", "static", "tests", "bench")]
COPIED += ["corpus", "docs"]


@dataclass(frozen=True, slots=True)
class Guard:
    """without: what stands in the place of text, which is in the file once. proof: what pytest is called with."""

    name: str
    file: str
    text: str
    without: str
    proof: str


GENERATIONS, SERVING = "search/engines/whoosh/generations.py", "tests/web/test_serving.py"
GUARDS = (
    Guard(
        "先交出整版，再改 CURRENT",
        GENERATIONS,
        "    building.rename(location / name)\n",
        '    _replace(location / "CURRENT", name + "\\n")\n    building.rename(location / name)\n',
        "tests/torture/test_power.py",
    ),
    Guard(
        "出错时删掉半成品",
        "search/engines/whoosh/writer.py",
        "            shutil.rmtree(building, ignore_errors=True)\n",
        "            pass\n",
        "tests/torture/test_system_calls.py -k update",
    ),
    Guard(
        "发布前同步文件", GENERATIONS, "            _sync(file)\n", "            pass\n", "tests/torture/test_power.py"
    ),
    Guard(
        "每次请求看有没有新的一版",
        "search/engines/whoosh/engine.py",
        "    if before and current and known == current and",
        "    if before and current and",
        "tests/torture/test_traffic.py",
    ),
    Guard(
        "一个请求打开新的一版，别的照旧",
        "search/engines/whoosh/engine.py",
        "_opening.acquire(blocking=not goes_on)",
        "_opening.acquire(blocking=True)",
        "tests/engines/test_generations.py -k others_go_on",
    ),
    Guard(
        "更新的让检索的先用处理器",
        "indexer/__main__.py",
        "    priority.step_back()\n",
        "    pass\n",
        "tests/indexing/test_workers.py -k go_first",
    ),
    Guard(
        "打开索引时核对字节",
        "search/engines/whoosh/engine.py",
        "or soundness.is_sound(generation)",
        "or True",
        "tests/torture/test_damaged_files.py",
    ),
    Guard(
        "一次请求的时限",
        "web/deadline.py",
        "        _watch.begin(SECONDS)\n",
        "        pass\n",
        "tests/web/test_deadline.py -k search_that_takes",
    ),
    Guard("一千个连接", "web/server.py", "CONNECTIONS = 1000", "CONNECTIONS = 100", f"{SERVING} -k idle_browsers"),
    Guard(
        "提交合计的上限",
        "web/receiving.py",
        "            fits = self.bytes + more <= self._most",
        "            fits = True",
        f"{SERVING} -k bodies_together",
    ),
    Guard(
        "收完太大的提交再回答",
        "web/receiving.py",
        "self.let_by = coming if",
        "self.let_by = 0 if",
        f"{SERVING} -k too_much",
    ),
    Guard(
        "磁盘满了也收完再回答",
        "web/receiving.py",
        '            except OSError:\n                self.error = NoRoom("")',
        '            except ZeroDivisionError:\n                self.error = NoRoom("")',
        "tests/torture/test_full_disk.py -k let_by",
    ),
    Guard(
        "docx 里的实体声明",
        "indexer/readers/package.py",
        "return bool(root.getroottree().docinfo.doctype)",
        "return False",
        "tests/readers/test_docx.py -k entity",
    ),
    Guard(
        "对照两个版本时的上限",
        "search/documents/differences.py",
        "_MOST_PAIRS = 200_000",
        "_MOST_PAIRS = 10**15",
        "tests/test_growth.py -k versions",
    ),
    Guard(
        "要移除很多时停下来问",
        "indexer/removals.py",
        'return "超过三分之一" if _many(gone, of) else ""',
        'return ""',
        "tests/indexing/test_removals.py",
    ),
    Guard(
        "字节相同的先算重复",
        "indexer/claims.py",
        'return next((holder for holder in holders if holder != key), "")',
        'return ""',
        "tests/versions/test_equal_bytes.py",
    ),
    Guard(
        "段号从 1 数起",
        "search/documents/passages.py",
        "            if one.number != number:",
        "            if False:",
        "tests/index tests/articles/test_passages.py",
    ),
)


def tried(guard: Guard, scratch: Path) -> str:
    """The row of a guard: the proof run without it."""
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, scratch / name)
    file = scratch / guard.file
    file.write_text(file.read_text(encoding="utf-8").replace(guard.text, guard.without), encoding="utf-8")
    # The first failure is enough, and what grows with the square takes half an hour for the others.
    command = [sys.executable, "-m", "pytest", "-qx", "-p", "no:cacheprovider", *guard.proof.split()]
    ended = subprocess.run(command, cwd=scratch, capture_output=True, encoding="utf-8", env=os.environ, check=False)
    failed = {line.split("::")[1].split("[")[0].split(" ")[0] for line in _failures(ended.stdout)}
    without = "**没有失败**" if ended.returncode == 0 else f"**没有做完**（pytest 返回 {ended.returncode}）"
    said = f"失败：`{'`、`'.join(sorted(failed))}`" if failed else without
    return f"| {guard.name} | `{guard.proof.split()[0]}` | {said} | {date.today()} |"


def _failures(out: str) -> list[str]:
    return [line for line in out.splitlines() if line.startswith(("FAILED", "ERROR")) and "::" in line]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="those whose names hold one of them")
    words = parser.parse_args().words
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    old, _, after = rest.partition(END)
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in old.splitlines() if line.startswith("| ")}
    for guard in GUARDS:
        if not words or any(word in guard.name for word in words):
            with tempfile.TemporaryDirectory() as scratch:
                rows[guard.name] = tried(guard, Path(scratch))
            sys.stdout.write(f"{rows[guard.name]}\n")
            sys.stdout.flush()
    table = [rows[guard.name] for guard in GUARDS if guard.name in rows]
    PAGE.write_text(f"{before}{BEGIN}\n{chr(10).join([*HEAD, *table])}\n{END}{after}", encoding="utf-8")
    return any("**" in row for row in table)


if __name__ == "__main__":
    sys.exit(main())
