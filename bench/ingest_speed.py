"""How fast files are read and how much memory it takes: python bench/ingest_speed.py

Makes files out of the paragraphs of corpus/, half of them text with hard wraps and page numbers, half saved web pages
with navigation, and prints megabytes of text a minute on one core, and the peak memory over few and over many files.
"""

from __future__ import annotations

import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from indexer import pipeline
from indexer.understand import understand
from indexer.workers import read_all

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
_NAVIGATION = "".join(
    f'<li><a href="/{name}">{name}</a></li>' for name in ("首页", "机构", "新闻", "政策", "服务", "互动")
)


@dataclass(frozen=True, slots=True)
class Speed:
    files: int
    megabytes: float  # of the text understood, in UTF-8
    seconds: float


@dataclass(frozen=True, slots=True)
class Memory:
    """Peaks in MB: of the process that collects and writes, and of the largest of those that read."""

    own: float
    reading: float
    seconds: float


# --- the files -----------------------------------------------------------------------------------------


def paragraphs() -> list[str]:
    """The body paragraphs of the sample corpus."""
    found = []
    for file in sorted(CORPUS.iterdir()):
        for document in understand(file, file.name) if file.suffix in (".txt", ".md", ".html") else ():
            found += [paragraph for paragraph in document.paragraphs if len(paragraph) > 30]
    return found


def made(folder: Path, files: int, characters: int, suffixes: tuple[str, ...]) -> None:
    """So many files of about so many characters; the same ones in every run."""
    pool, chance = paragraphs(), random.Random(20)
    for number in range(files):
        suffix, title = suffixes[number % len(suffixes)], f"江南省第{number}次民政工作会议召开"
        body = [f"{number % 12 + 1}月{number % 28 + 1}日，江南省民政厅召开第{number}次会议，部署2024年工作。"]
        while sum(map(len, body)) < characters:
            body.append(chance.choice(pool))
        written = wrapped(title, body) if suffix == ".txt" else page(title, body)
        (folder / f"{number:06d}{suffix}").write_text(written, encoding="utf-8")


def wrapped(title: str, body: list[str]) -> str:
    """Lines of 38 characters with a page number every 30 lines."""
    lines = [title, ""]
    for paragraph in body:
        whole = f"　　{paragraph}"
        lines += [whole[at : at + 38] for at in range(0, len(whole), 38)]
    return "\n".join(f"{line}\n— {at // 30} —" if at and at % 30 == 0 else line for at, line in enumerate(lines))


def page(title: str, body: list[str]) -> str:
    text = "".join(f"<p>　　{paragraph}</p>" for paragraph in body)
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}_江南省民政厅</title></head><body>"
        f"<div class='nav'><ul>{_NAVIGATION * 3}</ul></div><h1>{title}</h1>"
        f"<div class='info'>发布时间：2024-03-01 来源：本网</div>"
        f"<div class='content'>{text}</div>"
        "<div class='footer'>主办单位：江南省民政厅　<a href='#'>打印</a></div></body></html>"
    )


# --- what is measured ----------------------------------------------------------------------------------


def read_speed(folder: Path) -> Speed:
    """One process, one file after the other: read, split, cleaned, described, cut into passages."""
    files = sorted(folder.iterdir())
    understand(files[0], files[0].name)  # tables are loaded once
    begun, size = time.perf_counter(), 0
    for file in files:
        size += sum(len(document.text.encode()) for document in understand(file, file.name))
    return Speed(len(files), size / 1e6, time.perf_counter() - begun)


def memory(folder: Path, *, index: bool) -> Memory:
    """In a process of its own, so that the peak is of this run."""
    arguments = [sys.executable, __file__, "--worker", str(folder), *(["--index"] if index else [])]
    found: dict[str, float] = json.loads(subprocess.run(arguments, check=True, capture_output=True, text=True).stdout)
    return Memory(**found)


def work(folder: Path, *, index: bool) -> None:
    """The process that memory() measures: reads a folder, or indexes it, and prints its peaks."""
    import resource

    begun = time.perf_counter()
    if index:
        with tempfile.TemporaryDirectory() as place:
            pipeline.build([folder], Path(place))
    else:
        tasks = ((file, file.name) for file in sorted(folder.iterdir()))
        for _ in read_all(tasks, understand, workers=os.cpu_count() or 1):
            pass
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    own, children = (
        resource.getrusage(who).ru_maxrss / unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    click.echo(json.dumps({"own": own, "reading": children, "seconds": time.perf_counter() - begun}))


# --- what is printed -----------------------------------------------------------------------------------


def machine() -> Iterator[str]:
    names = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    total = next((int(line.split()[1]) >> 10 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    yield f"处理器 {names[0] if names else platform.processor() or '未知'}，{os.cpu_count()} 核"
    yield f"内存 {total} MB" if total else "内存未知"
    yield f"{platform.system()} {platform.release()}，Python {platform.python_version()}"
    yield f"开始时负载 {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "负载未知"


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


@click.command(help="测量读取文件的速度（每核每分钟多少 MB 正文）和内存峰值（文件多少倍，内存是否不变）。")
@click.option("--sample", default=300, show_default=True, help="测速度用多少个文件（每种格式）")
@click.option(
    "--files", "counts", multiple=True, type=int, default=(1000, 5000), show_default=True, help="测内存用多少个文件"
)
@click.option("--characters", default=1200, show_default=True, help="每个文件约多少字")
@click.option("--worker", "folder", type=click.Path(path_type=Path), hidden=True)
@click.option("--index", is_flag=True, hidden=True)
def main(sample: int, counts: tuple[int, ...], characters: int, folder: Path | None, index: bool) -> None:
    if folder is not None:
        work(folder, index=index)
        return
    click.echo("机器：" + "；".join(machine()))
    click.echo(f"每个文件约 {characters} 字，由 corpus/ 的段落随机拼成。")
    click.echo("\n读取速度（单进程：读取、分篇、清理、识别信息、切段）")
    for suffix in (".txt", ".html"):
        with tempfile.TemporaryDirectory() as place:
            made(Path(place), sample, characters, (suffix,))
            speed = read_speed(Path(place))
        rate = speed.megabytes / speed.seconds * 60
        click.echo(
            f"  {suffix:<6} {speed.files} 个文件，正文 {speed.megabytes:.2f} MB，{speed.seconds:.1f} 秒："
            f"每核每分钟 {rate:.1f} MB"
        )
    click.echo("\n内存峰值（MB；主进程 / 最大的读取进程）")
    for count in counts:
        with tempfile.TemporaryDirectory() as place:
            made(Path(place), count, characters, (".txt", ".html"))
            reading, whole = (memory(Path(place), index=index) for index in (False, True))
        click.echo(
            f"  {count} 个文件：只读取 {reading.own:.0f} / {reading.reading:.0f}（{reading.seconds:.0f} 秒）；"
            f"建索引 {whole.own:.0f} / {whole.reading:.0f}（{whole.seconds:.0f} 秒）"
        )


if __name__ == "__main__":
    main()
