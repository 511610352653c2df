"""What becomes of indexing with more documents and with more cores: python bench/indexing_growth.py

python -m indexer build is run as a keeper runs it, on folders of two sizes, and then on ten files more. What a machine
of more cores would do is read from the CPU time of the processes: nobody waits for more than the longest of those that
work side by side.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.corpora import ROOT
from bench.indexing import PAGES, made
from bench.installed import machine
from bench.report import FOLDER, Page, Range, Table, figure, write

CORES = (1, 4)  # as many as the program is told that there are
ADDED, TIMES = 10, 3  # so many documents more, so many times; the shortest counts
_PAUSE = 0.02  # seconds between two looks at the processes
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
# Fields of /proc/PID/stat behind the name, which may have blanks: parent, session, user and system time.
_PARENT, _SESSION, _USER, _SYSTEM = 1, 3, 11, 12
# How the program is told of cores that are not there, before anything asks.
_TOLD = "import os, runpy, sys; cores = int(sys.argv.pop(1)); os.cpu_count = lambda: cores or None; " + (
    "runpy.run_module('indexer', run_name='__main__', alter_sys=True)"
)


@dataclass(slots=True)
class Process:
    """begun, ended: seconds after the start of the command when it was first and last seen; cpu: seconds. works: it was
    split off to do a part of the work, and is none of those that the command started to make ready or to tidy up."""

    begun: float
    ended: float
    cpu: float
    works: bool = True


@dataclass(frozen=True, slots=True)
class Build:
    """wall: seconds until the command had ended; parent: the command itself; others: all it started."""

    wall: float
    parent: Process
    others: tuple[Process, ...]

    @property
    def cpu(self) -> float:
        return self.parent.cpu + sum(one.cpu for one in self.others)

    @property
    def longest(self) -> float:
        """CPU seconds of the longest process; of processes after one another, of the longest of each group."""
        return max(self.parent.cpu, sum(max(one.cpu for one in group) for group in side_by_side(self.others)))


def side_by_side(processes: Sequence[Process]) -> list[list[Process]]:
    """Those that worked at the same time."""
    groups: list[list[Process]] = []
    for one in sorted((one for one in processes if one.works), key=lambda one: one.begun):
        if groups and one.begun < max(other.ended for other in groups[-1]):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


@dataclass(frozen=True, slots=True)
class Size:
    """A folder of so many files: built, and the walls of building once more with ten files more each time."""

    documents: int
    build: Build
    added: tuple[float, ...]


def build(folder: Path, index: Path, cores: int = 0) -> Build:
    """The command, watched. cores: what it takes for the number of cores there are; 0: what is true."""
    asked = _command(folder, index, cores)
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        command = subprocess.Popen(asked, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True)
        seen: dict[int, Process] = {}
        while command.poll() is None:
            now = time.perf_counter() - begun
            for number, parent, cpu in _session(command.pid):
                one = seen.setdefault(number, Process(now, now, cpu, works=parent != command.pid))
                one.ended, one.cpu = now, cpu
            time.sleep(_PAUSE)
        wall = time.perf_counter() - begun
        said.seek(0)
        _must_have_ended_well(command.args, command.returncode, said.read())
    return Build(wall, seen.pop(command.pid), tuple(seen.values()))


def _must_have_ended_well(asked: object, code: int, said: bytes) -> None:
    if code:
        raise click.ClickException(f"没有建成索引（{asked}，退出码 {code}）：\n{said[-2000:].decode(errors='replace')}")


def _command(folder: Path, index: Path, cores: int = 0) -> list[str]:
    told = ["-c", _TOLD, str(cores)] if cores else ["-m", "indexer"]
    return [sys.executable, *told, "build", f"--corpus={folder}", f"--index={index}"]


def _session(leader: int) -> Iterator[tuple[int, int, float]]:
    """The processes of a session, each with its parent and its CPU seconds up to now; Linux only."""
    for place in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            told = place.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if int(told[_SESSION]) == leader:
                seconds = (int(told[_USER]) + int(told[_SYSTEM])) / _TICKS
                yield int(place.parent.name), int(told[_PARENT]), seconds


def grown(folder: Path, index: Path, source: Path, documents: int) -> Size:
    """Fills the folder up to so many documents, builds an index of its own, and adds ten, TIMES times."""
    made(folder, source, documents)
    first, added = build(folder, index), []
    for once_more in range(TIMES):
        made(folder, source, ADDED, begin=documents + ADDED * once_more)
        begun = time.perf_counter()  # not watched, as to look at all processes takes time of its own
        done = subprocess.run(_command(folder, index), cwd=ROOT, capture_output=True, check=False)
        added.append(time.perf_counter() - begun)
        _must_have_ended_well(done.args, done.returncode, done.stderr)
    return Size(documents, first, tuple(added))


def described(sizes: Sequence[Size], cores: Sequence[Build], command: str) -> Page:
    """sizes: ascending; cores: for CORES, of the smallest size."""
    few, many = sizes[0], sizes[-1]
    each = 1000 * (many.build.parent.cpu - few.build.parent.cpu) / (many.documents - few.documents)
    scaled = cores[0].longest / cores[-1].longest
    return Page(
        name="indexing_growth",
        title=f"建索引：{few.documents:,} → {many.documents:,} 个文件，{CORES[0]} → {CORES[-1]} 个核",
        command=command,
        facts={**machine(), "篇数": f"{few.documents:,}、{many.documents:,}"},
        tables=(
            Table(
                "篇数增多",
                (
                    "",
                    "墙上时间 s",
                    "全部进程 CPU s",
                    "每篇 CPU ms",
                    "主进程 CPU s",
                    f"再加 {ADDED} 篇，从启动到查得到，墙上时间 s",
                ),
                tuple(
                    (
                        f"{one.documents:,} 篇",
                        figure(one.build.wall),
                        figure(one.build.cpu),
                        figure(1000 * one.build.cpu / one.documents),
                        figure(one.build.parent.cpu),
                        figure(min(one.added)),
                    )
                    for one in sizes
                ),
                f"主进程每多一篇 {figure(each)} ms（两种篇数之差，启动不算）。再加 {ADDED} 篇：{TIMES} 次，取最短，"
                "是 python -m indexer build 这个命令从头到尾的时间。",
            ),
            Table(
                "核增多",
                ("", "最长的进程 CPU s", "全部进程 CPU s", "主进程 CPU s"),
                tuple(
                    (f"{number} 个核", figure(one.longest), figure(one.cpu), figure(one.parent.cpu))
                    for number, one in zip(CORES, cores, strict=True)
                ),
                f"{few.documents:,} 篇；告诉程序有几个核，它就起几个进程。最长的进程之比 **{figure(scaled)}**；先后起动"
                "的几组进程，各取最长的相加。",
            ),
        ),
        picture=(
            f"再加 {ADDED} 篇，墙上时间，秒，最短 → 最长",
            tuple(Range(f"{one.documents:,} 篇", min(one.added), max(one.added), own=True) for one in sizes),
        ),
        raw={
            "sizes": [asdict(one) for one in sizes],
            "cores": {number: asdict(one) for number, one in zip(CORES, cores, strict=True)},
        },
        goals={
            "parent_each": each,
            "cores_longest": scaled,
            "adding_ten": min(few.added),
            "adding_ten_to_many": min(many.added),
        },
    )


@click.command(help="篇数增多、核增多时建索引的时间，再加十篇要多久；写出 docs/performance/indexing_growth.md。")
@click.option("--few", default=6_000, show_default=True, help="少的篇数")
@click.option("--many", default=20_000, show_default=True, help="多的篇数")
@click.option("--pages", "source", type=click.Path(path_type=Path), default=PAGES, help="网页，JSON Lines，xz 压缩")
@click.option("--out", type=click.Path(path_type=Path), default=FOLDER, help="把结果写到哪个文件夹")
def main(few: int, many: int, source: Path, out: Path) -> None:
    if few >= many:
        raise click.UsageError("--few 要小于 --many")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "files")
        folder.mkdir()
        made(folder, source, few)
        cores = [build(folder, Path(place, f"cores-{number}"), number) for number in CORES]
        sizes = [grown(folder, Path(place, f"index-{count}"), source, count) for count in (few, many)]
        page = described(sizes, cores, "python bench/indexing_growth.py")
        click.echo(f"已写入 {write(page, out)}")


if __name__ == "__main__":
    main(prog_name="python bench/indexing_growth.py")
