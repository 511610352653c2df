"""How fast files become a published index, beside the usual recipe: python bench/indexing.py

The same files are indexed by the recipe that tutorials give (BeautifulSoup, get_text(), a Whoosh schema of TEXT fields
with jieba's ChineseAnalyzer, one process) and by python -m indexer build. Each runs in a process of its own, so that
time and memory are its own. The files are saved web pages: of --pages, a JSON line each with title, date and html, or
put together from the paragraphs of corpus/.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import lzma
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from html import escape
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.corpora import articles, default_source
from bench.installed import machine
from bench.report import Page, Range, Table, figure, markdown, write
from indexer import ahead, pipeline
from indexer.prepare import Prepared, of, unpacked
from indexer.understand import understand
from search import text
from search.engines import Writer, store_of
from search.index import analysis
from search.text import segmenter

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT.parent / "shared" / "data" / "bench" / "news-2022-2024.jsonl.xz"
_MOST = 10**7  # pages that are put together at most
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of Linux
_MB = 1 << 20 if sys.platform == "darwin" else 1 << 10  # of what the system calls maxrss


# The two steps that are neither segmentation nor Whoosh's writing.
UNDERSTOOD, ARRANGED = "读取、理解（清理、识别信息、切段）", "倒排前的整理（词位、词界）"


@dataclass(frozen=True, slots=True)
class Run:
    """wall and cpu in seconds, of all processes; parent: cpu of the one that was started; memory, child: the peaks, in
    MB, of that one and of its largest child."""

    wall: float
    cpu: float
    parent: float
    memory: float
    child: float
    disk: float  # MB


# --- the files -------------------------------------------------------------------------------------------------


def pages(source: Path) -> Iterator[tuple[str, str, str]]:
    """(title, date, html) of each page there is; of corpus/ recombined, without end, where there is no such file."""
    if source.exists():
        with lzma.open(source, "rt", encoding="utf-8") as lines:
            for page in map(json.loads, lines):
                yield page["title"], page["date"], page["html"]
        return
    files = [file for file in sorted((ROOT / "corpus").iterdir()) if file.suffix in (".txt", ".md", ".html")]
    pool = [piece for file in files for one in understand(file, file.name) for piece in one.paragraphs]
    chance = random.Random(20)
    for number in cycle(range(10_000)):
        body = "".join(f"<p>{piece}</p>" for piece in chance.sample(pool, 6))
        yield f"江南省第{number}次民政工作会议召开", f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}", body


def endless(source: Path) -> Iterator[tuple[str, str, str]]:
    """The pages, and then as many as are asked for of their sentences recombined (bench/corpora.py)."""
    there = 0
    for page in pages(source):
        there += 1
        yield page
    for one in islice(articles(_MOST, default_source()), there, None):
        yield one.title, one.date, "".join(f"<p>{escape(paragraph)}</p>" for paragraph in one.paragraphs)


def made(folder: Path, source: Path, documents: int, begin: int = 0) -> None:
    for number, (title, date, html) in enumerate(islice(endless(source), begin, begin + documents), begin):
        (folder / f"{number:06d}.html").write_text(
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>"
            f"<meta name='PubDate' content='{date}'></head><body><h1>{title}</h1><div class='content'>{html}</div>"
            "</body></html>",
            encoding="utf-8",
        )


# --- those that index --------------------------------------------------------------------------------------------


def recipe(folder: Path, index: Path) -> None:
    """Chinese full-text search with Whoosh as the tutorials show it."""
    from bs4 import BeautifulSoup
    from jieba.analyse import ChineseAnalyzer
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.index import create_in

    analyzer = ChineseAnalyzer()
    schema = Schema(
        path=ID(stored=True, unique=True),
        title=TEXT(stored=True, analyzer=analyzer),
        content=TEXT(stored=True, analyzer=analyzer),
    )
    index.mkdir()
    writer = create_in(str(index), schema).writer()
    for file in sorted(folder.iterdir()):
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        title = soup.title.get_text() if soup.title else file.name
        writer.add_document(path=file.name, title=title, content=soup.get_text())
    writer.commit()


def words_alone(folder: Path, index: Path) -> None:
    """The least that any recipe does: the text of each page, cut into words."""
    import jieba
    from bs4 import BeautifulSoup

    index.mkdir()
    for file in sorted(folder.iterdir()):
        deque(jieba.cut(BeautifulSoup(file.read_bytes(), "lxml").get_text()), maxlen=0)


def ours(folder: Path, index: Path) -> None:
    ahead.expect()
    pipeline.build([folder], store_of("whoosh", index))


INDEXERS: dict[str, Callable[[Path, Path], None]] = {
    "recipe": recipe,
    "words": words_alone,
    "ours": ours,
}


def measured(name: str, folder: Path, index: Path) -> Run:
    command = [sys.executable, __file__, "--run", name, str(folder), str(index)]
    _take_in()
    found = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    told, (cpu, peak) = Run(**json.loads(found)), _left_over()
    return replace(told, cpu=told.cpu + cpu, child=max(told.child, peak))


def run(name: str, folder: Path, index: Path) -> Run:
    begun = time.perf_counter()
    INDEXERS[name](folder, index)
    wall = time.perf_counter() - begun
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = sum(used.ru_utime + used.ru_stime for used in (own, children))
    disk = sum(file.stat().st_size for file in index.rglob("*") if file.is_file()) / 1e6
    parent = own.ru_utime + own.ru_stime
    return Run(wall, cpu, parent, own.ru_maxrss / _MB, children.ru_maxrss / _MB, disk)


def _left_over() -> tuple[float, float]:
    """CPU seconds and the peak in MB of the processes that an ended child had made ready for others (_take_in())."""
    cpu = peak = 0.0
    with contextlib.suppress(ChildProcessError):
        while True:
            _, _, used = os.wait4(-1, 0)
            cpu += used.ru_utime + used.ru_stime
            peak = max(peak, used.ru_maxrss / _MB)
    return cpu, peak


def _take_in() -> None:
    """From now on the processes of a process that has ended are children of this one."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


# --- where the time goes -----------------------------------------------------------------------------------------


def shares(folder: Path, index: Path) -> dict[str, float]:
    """CPU seconds of each part of our own indexing, one after the other in this process, dictionaries loaded."""
    text.warm()
    files = sorted(folder.iterdir())
    spent: dict[str, float] = {}

    def timed(part: str, work: Callable[[], Iterable[object]]) -> None:
        gc.freeze()  # what is kept here from part to part is not kept where files are indexed
        begun = time.process_time()
        deque(work(), maxlen=0)
        spent[part] = time.process_time() - begun

    read = [one for file in files for one in understand(file, file.name)]  # tables and the file cache
    timed(UNDERSTOOD, lambda: (understand(file, file.name) for file in files))
    folded = [text.fold(passage.text) for one in read for passage in one.passages]
    deque(map(analysis.analysed, read), maxlen=0)  # each word is looked into once
    timed("切词", lambda: (list(text.segmented(piece)) for piece in folded))
    timed(ARRANGED, lambda: map(analysis.analysed, read))
    spent[ARRANGED] -= spent["切词"]
    ready = [of(one) for one in read]
    with store_of("whoosh", index).writer(fresh=True) as writer:
        timed("解包、归到词和字对、交给 Whoosh", lambda: map(partial(_given, writer), ready))
        timed("Whoosh 写入、输入建议的词表、发布", partial(writer.publish, {}))
    return spent


def _given(writer: Writer, one: Prepared) -> None:
    writer.add(*unpacked(one))


def segmentation(folder: Path) -> tuple[float, float] | None:
    """Characters a second without rjieba and with it; None where it is not installed."""
    pieces = [
        text.fold(passage.text)
        for file in sorted(folder.iterdir())[:100]
        for one in understand(file, file.name)
        for passage in one.passages
    ]
    if find_spec("rjieba") is None:
        return None
    rapid, reference = segmenter.fastest(text.dictionary_entries()), segmenter.reference(text.dictionary_entries())
    rates, words = [], []
    for cutter in (reference, rapid):
        spent = []
        for _ in range(3):  # the best: caches are shared with whatever else runs
            begun = time.process_time()
            deque(map(list, map(cutter.cut, pieces)), maxlen=0)
            spent.append(time.process_time() - begun)
        words.append([list(cutter.cut(piece)) for piece in pieces])
        rates.append(sum(map(len, pieces)) / min(spent))
    if words[0] != words[1]:
        raise click.ClickException("rjieba 与 jieba 切出的词不同")
    return rates[0], rates[1]


# --- what is printed ---------------------------------------------------------------------------------------------


def described(
    documents: int, runs: Mapping[str, Run], spent: Mapping[str, float], rates: tuple[float, float] | None
) -> Page:
    """spent: CPU seconds of each part; rates: characters a second cut without rjieba and with it."""
    recipe_, words_, ours_ = runs["recipe"], runs["words"], runs["ours"]
    wall, cpu = recipe_.wall / ours_.wall, recipe_.cpu / ours_.cpu
    notes = [
        f"常见做法与本程序之比：墙上时间 **{figure(wall)}**，CPU {figure(cpu)}。常见做法只存词；本程序另有清理、"
        "信息识别、每两个字的位置、词界、列文件、输入建议、校验和。",
        f"本程序的 CPU 是只取文字、切词的 {figure(ours_.cpu / words_.cpu)} 倍。",
        _PARENT.format(figure(1000 * ours_.parent / documents)),
    ]
    if rates:
        plain, rapid = rates
        notes.append(
            f"切词：不装 rjieba 每秒 {plain:,.0f} 字，装了 {rapid:,.0f} 字，{figure(rapid / plain)} 倍，词逐个相同。"
        )
    whole = sum(spent.values())
    return Page(
        name="indexing",
        title=f"建索引：{documents:,} 个文件",
        command=f"python bench/indexing.py --documents {documents} --out docs/performance",
        facts={**machine(), "rjieba": "有" if find_spec("rjieba") else "无", "篇数": f"{documents:,}"},
        tables=(
            Table(
                "从文件到发布的索引",
                _HEADS,
                tuple(_row(label, runs[name]) for name, label in _NAMES),
                "\n\n".join(notes),
            ),
            Table(
                "一个进程里各步的 CPU 时间",
                ("每篇", "ms", "份额"),
                tuple((one, figure(s / documents * 1000), f"{s / whole:.0%}") for one, s in spent.items()),
            ),
        ),
        picture=(
            "墙上时间，秒",
            tuple(Range(label, runs[n].wall, runs[n].wall, own=n == "ours") for n, label in _NAMES),
        ),
        raw={"runs": {name: asdict(one) for name, one in runs.items()}, "spent": dict(spent)},
        goals={
            "indexing_stock": wall,
            "indexing_cpu": ours_.cpu / words_.cpu,
            "indexing_rest": 100
            * sum(seconds for part, seconds in spent.items() if part in (UNDERSTOOD, ARRANGED))
            / whole,
        },
    )


def described_alone(documents: int, run: Run) -> Page:
    """Of as many files as nobody waits for with the usual recipe."""
    return Page(
        name="indexing_million",
        title=f"建索引：{documents:,} 个文件",
        command=f"python bench/indexing.py --documents {documents} --alone --out docs/performance",
        facts={**machine(), "rjieba": "有" if find_spec("rjieba") else "无", "篇数": f"{documents:,}"},
        tables=(
            Table(
                "从文件到发布的索引",
                _HEADS,
                (_row("indexer build", run),),
                _PARENT.format(figure(1000 * run.parent / documents)),
            ),
        ),
        picture=("墙上时间，分钟", (Range("indexer build", run.wall / 60, run.wall / 60, own=True),)),
        raw={"run": asdict(run)},
        goals={
            "many_minutes": run.wall / 60,
            "many_parent": run.memory,
            "many_worker": run.child,
        },
    )


_PARENT = "主进程的 CPU 合每篇 {} ms，启动、装入词典在内。"
_NAMES = (
    ("recipe", "常见做法：BeautifulSoup + Whoosh + ChineseAnalyzer"),
    ("words", "只取文字、切词：BeautifulSoup（lxml）+ jieba，什么都不写"),
    ("ours", "indexer build"),
)
_HEADS = ("", "墙上时间 s", "全部进程 CPU s", "内存峰值 MB（主进程 / 最大的子进程）", "索引 MB")


def _row(label: str, one: Run) -> tuple[str, ...]:
    return label, figure(one.wall), figure(one.cpu), f"{figure(one.memory)} / {figure(one.child)}", figure(one.disk)


@click.command(help="同样的文件，用常见做法和本程序各建一次索引，比较时间、内存和各步所占的份额。")
@click.option("--documents", default=300, show_default=True, help="多少个文件")
@click.option("--pages", "source", type=click.Path(path_type=Path), default=PAGES, help="网页，JSON Lines，xz 压缩")
@click.option("--out", type=click.Path(path_type=Path), help="把结果写到哪个文件夹；不写则只打印")
@click.option("--alone", is_flag=True, help="只测本程序从文件到索引，写出 indexing_million.md：几十万个文件时用")
@click.option("--run", "name", type=click.Choice(list(INDEXERS)), hidden=True)
@click.argument("places", nargs=-1, type=click.Path(path_type=Path))
def main(
    documents: int, source: Path, out: Path | None, alone: bool, name: str | None, places: tuple[Path, ...]
) -> None:
    if name:
        click.echo(json.dumps(asdict(run(name, *places))))
        return
    page = _alone(documents, source) if alone else _beside_others(documents, source)
    click.echo(markdown(page))
    if out:
        click.echo(f"已写入 {write(page, out)}")


def _alone(documents: int, source: Path) -> Page:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "files")
        folder.mkdir()
        made(folder, source, documents)
        return described_alone(documents, measured("ours", folder, Path(place, "index")))


def _beside_others(documents: int, source: Path) -> Page:
    with tempfile.TemporaryDirectory() as place:
        folder, indexes = Path(place, "files"), Path(place, "indexes")
        folder.mkdir()
        indexes.mkdir()
        made(folder, source, documents)
        runs = {one: measured(one, folder, indexes / one) for one in INDEXERS}
        sample = Path(place, "sample")
        sample.mkdir()
        for file in sorted(folder.iterdir())[:1500]:
            shutil.copy(file, sample)
        spent, rates = shares(sample, indexes / "shares"), segmentation(sample)
        count = len(list(sample.iterdir()))
        return described(documents, runs, {p: s * documents / count for p, s in spent.items()}, rates)


if __name__ == "__main__":
    main()
