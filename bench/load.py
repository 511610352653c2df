"""The service under load, over real HTTP: python bench/load.py

`python app.py` on one core, the readers on the other. Requests leave at random times of a given mean rate, whether or
not earlier ones are answered (an open loop), and an answer's time counts from the moment its request was due: a service
that stalls is charged for everybody who waits. What is asked follows Zipf's law over real questions: the n-th most
asked is asked 1/n as often as the first. How many answers it gives in all is measured by readers who ask again as soon
as they are answered (a closed loop), beside the same server with a page of one line.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import report
from bench.asking import LITERALS, QUESTIONS, RECORDS
from bench.corpora import ROOT, Corpus, prepare
from bench.installed import machine
from bench.options import sized, spoken
from bench.questions import read_questions, read_records
from bench.report import Page, Range, Table, figure, percentile
from bench.searching import OURS, forget_own, indexed
from bench.service import Service, hello, keep_to, service

JUDGED = (ROOT / "tests" / "relevance" / "queries.tsv", ROOT.parent / "shared" / "data" / "queries.tsv")
# Of all requests so many are results, suggestions while typing, a document that was opened; the rest are tables to take
# away.
_RESULTS, _SUGGESTIONS, _DOCUMENTS = 0.78, 0.1, 0.1
_READERS = 8  # who ask again at once
_GOOD = (200, 304)
_PATIENCE = 30.0  # seconds a reader waits
_ADDED = 10  # documents of one update while others search
_ASKED_EVERY = 0.25  # seconds between two looks whether the service is well


@dataclass(frozen=True, slots=True)
class Phase:
    """rate: requests a second. tags: readers' browsers keep what they saw. updates: the index is written meanwhile."""

    label: str
    rate: int
    tags: bool = False
    distinct: bool = False
    updates: bool = False


@dataclass(frozen=True, slots=True)
class Served:
    """What became of the requests of a phase; milliseconds from when each was due to its last byte.

    cpu: seconds the server's process used. healthz: the slowest answer to whoever asked whether it is well, also
    milliseconds. updates: how many times something new was published meanwhile.
    """

    phase: Phase
    seconds: float
    milliseconds: tuple[float, ...]
    statuses: dict[int, int]
    cpu: float
    healthz: float
    updates: int = 0

    @property
    def failed(self) -> int:
        return sum(count for status, count in self.statuses.items() if status not in _GOOD)


@dataclass(frozen=True, slots=True)
class Most:
    """What readers were answered who asked again at once; milliseconds of each answer, and how many were none."""

    label: str
    seconds: float
    milliseconds: tuple[float, ...]
    failed: int

    @property
    def rate(self) -> float:
        """Answers a second."""
        return (len(self.milliseconds) - self.failed) / self.seconds


# --- the readers ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class Readers:
    """Connections that are kept, as browsers keep them, and the tags of the pages seen."""

    port: int
    tags: dict[str, str] = field(default_factory=dict)
    idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)

    async def get(self, address: str, *, tagged: bool) -> int:
        """The status of one answer, read to its end; 0 when the connection broke or nobody answered in time."""
        try:
            return await asyncio.wait_for(self._get(address, tagged=tagged), _PATIENCE)
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError):
            return 0

    async def _get(self, address: str, *, tagged: bool) -> int:
        reader, writer = self.idle.pop() if self.idle else await asyncio.open_connection("127.0.0.1", self.port)
        tag = f"If-None-Match: {self.tags[address]}\r\n" if tagged and address in self.tags else ""
        asked = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept-Encoding: gzip\r\n{tag}\r\n"
        writer.write(asked.encode("ascii"))
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        status = int(head[0].split()[1])
        if status != 304:  # which may give the length of what it does not send
            await reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection", "").lower() == "close":
            writer.close()
        else:
            self.idle.append((reader, writer))
        if tagged and "etag" in headers:
            self.tags[address] = headers["etag"]
        return status

    async def leave(self) -> None:
        for _, writer in self.idle:
            writer.close()
            await writer.wait_closed()


Answers = list[tuple[float, int]]  # milliseconds, status


async def _look(readers: Readers, took: list[float]) -> None:
    """Asks whether the service is well until it is stopped: milliseconds; where it is not, as long as anybody waits."""
    while True:
        begun = time.perf_counter()
        status = await readers.get("/healthz", tagged=False)
        took.append((time.perf_counter() - begun if status == 200 else _PATIENCE) * 1000)
        await asyncio.sleep(_ASKED_EVERY)


async def _visit(readers: Readers, phase: Phase, asked: Iterator[str], seconds: float, seed: int) -> Answers:
    """Of each request that was due within so many seconds."""
    chance, begun = random.Random(seed), time.perf_counter()
    due, waiting = begun, []

    async def one(address: str, at: float) -> tuple[float, int]:
        status = await readers.get(address, tagged=phase.tags)
        return (time.perf_counter() - at) * 1000, status

    while (due := due + chance.expovariate(phase.rate)) < begun + seconds:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        waiting.append(asyncio.create_task(one(next(asked), due)))
    return list(await asyncio.gather(*waiting))


async def _again_and_again(port: int, asked: Iterator[str], seconds: float) -> Answers:
    """Of readers who ask the next as soon as they are answered, for so many seconds."""
    readers, end = Readers(port), time.perf_counter() + seconds
    found: Answers = []

    async def one() -> None:
        while (begun := time.perf_counter()) < end:
            status = await readers.get(next(asked), tagged=False)
            found.append(((time.perf_counter() - begun) * 1000, status))

    await asyncio.gather(*(one() for _ in range(_READERS)))
    await readers.leave()
    return found


def addresses(corpus: Corpus, *, distinct: bool, seed: int = 5) -> Iterator[str]:
    """What readers ask for, without end; distinct: nothing a second time, as long as there is something new."""
    chance = random.Random(seed)
    asked = real_questions() + [one.typed for one in read_questions(corpus.folder / QUESTIONS)]
    if distinct:
        asked += [one.typed for one in read_questions(corpus.folder / LITERALS)]
    chance.shuffle(asked)
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(asked) + 1)))
    ids = [record.id for record in itertools.islice(read_records(corpus.folder / RECORDS), 200)]
    for number in itertools.count():
        typed = asked[number % len(asked)] if distinct else chance.choices(asked, cum_weights=weights)[0]
        kind = chance.random()
        if distinct or kind < _RESULTS:
            yield f"/search?{urlencode({'q': typed})}"
        elif kind < _RESULTS + _SUGGESTIONS:
            yield f"/api/suggest?q={quote(typed[:2])}"
        elif kind < _RESULTS + _SUGGESTIONS + _DOCUMENTS:
            yield f"/doc/{chance.choice(ids)}?{urlencode({'q': typed})}"
        else:
            yield f"/search.csv?{urlencode({'q': typed})}"


def real_questions() -> list[str]:
    """The judged questions, as people typed them."""
    files = [file for file in JUDGED if file.exists()]
    return [line.split("\t")[1] for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]


# --- what goes on meanwhile ----------------------------------------------------------------------------


@contextmanager
def updating(index: Path, corpus: Corpus) -> Iterator[list[int]]:
    """Another process adds some documents and publishes, again and again; the list then has one entry, how often."""
    counted: list[int] = []
    script, records = Path(__file__).with_name("ours.py"), corpus.folder / RECORDS
    asked = [sys.executable, str(script), str(records), str(index), str(_ADDED)]
    process = subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if hasattr(os, "sched_setaffinity"):  # not only the core of the readers, as it would inherit
        os.sched_setaffinity(process.pid, range(os.cpu_count() or 1))
    try:
        yield counted
    finally:
        printed, errors = process.communicate("")  # the end of its input ends it
        if process.returncode:
            raise RuntimeError(errors[-2000:])
        counted.append(int(printed))


# --- measuring -----------------------------------------------------------------------------------------


def phases(rates: Sequence[int]) -> list[Phase]:
    middle = rates[len(rates) // 2]
    return [
        Phase("刚启动", middle),
        *(Phase("热", rate) for rate in rates),
        *(Phase("热，每问都不同", rate, distinct=True) for rate in rates[:-1]),
        Phase("热，浏览器有缓存", middle, tags=True),
        Phase("同时在更新索引", middle, updates=True),
    ]


def measure(corpus: Corpus, rates: Sequence[int], seconds: float) -> tuple[list[Served], list[Most]]:
    """All phases on one service, the first as soon as it answers; works on a copy of the index."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    with tempfile.TemporaryDirectory() as place:
        index = Path(place) / "index"
        shutil.copytree(corpus.folder / "index", index)
        with service(index) as running:
            keep_to(0, -1)
            try:
                served = [serve(running, corpus, one, index, seconds, seed) for seed, one in enumerate(phases(rates))]
                most = [
                    most_of("同样的请求", running, addresses(corpus, distinct=False), seconds),
                    most_of("只有结果页，每问都不同", running, addresses(corpus, distinct=True), seconds),
                ]
                with hello() as least:
                    return served, [*most, most_of("waitress 的一行网页", least, itertools.repeat("/"), seconds)]
            finally:
                if cores:
                    os.sched_setaffinity(0, cores)


def most_of(label: str, running: Service, asked: Iterator[str], seconds: float) -> Most:
    click.echo(f"  {label}，{_READERS} 个读者答完就问 …", err=True)
    found = asyncio.run(_again_and_again(running.port, asked, seconds))
    failed = sum(status not in _GOOD for _, status in found)
    return Most(label, seconds, tuple(milliseconds for milliseconds, _ in found), failed)


def serve(running: Service, corpus: Corpus, phase: Phase, index: Path, seconds: float, seed: int) -> Served:
    click.echo(f"  {phase.label}，每秒 {phase.rate} 个请求 …", err=True)
    used = running.cpu()
    asked = addresses(corpus, distinct=phase.distinct, seed=5 if phase.tags else 5 + seed)
    counted = [0]
    with updating(index, corpus) if phase.updates else nullcontext(counted) as counted:
        found, healthz = asyncio.run(_phase(running.port, phase, asked, seconds, seed))
    statuses = {status: sum(one == status for _, one in found) for status in sorted({one for _, one in found})}
    times = tuple(milliseconds for milliseconds, _ in found)
    return Served(phase, seconds, times, statuses, running.cpu() - used, healthz, counted[0])


async def _phase(port: int, phase: Phase, asked: Iterator[str], seconds: float, seed: int) -> tuple[Answers, float]:
    """The answers, and the slowest of /healthz meanwhile."""
    readers, took = Readers(port), list[float]()
    looking = asyncio.create_task(_look(readers, took))
    try:
        return await _visit(readers, phase, asked, seconds, seed), max(took, default=0.0)
    finally:
        looking.cancel()
        await asyncio.wait([looking])
        await readers.leave()


# --- the page ------------------------------------------------------------------------------------------


def described(corpus: Corpus, done: Sequence[Served], most: Sequence[Most], command: str) -> Page:
    return Page(
        name="load",
        title=f"并发：{corpus.documents:,} 篇，真实 HTTP",
        command=command,
        facts={**machine(), **corpus.facts, "每段": f"{done[0].seconds:g} 秒"},
        tables=(
            Table("从该发出的时刻到收完，毫秒", _HEADS, tuple(map(_row, done)), _NOTE),
            Table(
                f"最多能答多少：{_READERS} 个读者答完就问下一个",
                ("", "每秒答出", "一行网页的", "p50", "p95", "p99", "没有答成"),
                tuple(_most_row(one, most[-1]) for one in most),
            ),
        ),
        picture=("毫秒，p50 → p95", tuple(map(_range, done))),
        raw={
            "phases": [{**asdict(one), "milliseconds": [round(t, 2) for t in one.milliseconds]} for one in done],
            "most": [{**asdict(one), "milliseconds": [round(t, 2) for t in one.milliseconds]} for one in most],
        },
        goals={},
    )


_HEADS = (
    *("", "每秒请求", "请求数", "p50", "p95", "p99", "最长", "没有答成", "/healthz 最慢", "服务 CPU 占用"),
    "每个请求 CPU 毫秒",
)
_NOTE = (
    "服务是 `python app.py`（waitress），固定在一个核上，客户端在另一个核上。请求按泊松过程发出，不等前面的答完；"
    "78% 是结果页，一成是输入建议，一成是打开全文，2% 是把结果存成表格；"
    "问题是评判过的真实检索词和语料里抽的问题，按齐普夫定律重复。"
    f"“更新索引”是另一个进程反复加入 {_ADDED} 篇并发布，两个核都用得到。"
    f"/healthz 另外每 {_ASKED_EVERY:g} 秒问一次。"
    "“没有答成”是 200、304 以外的回答（忙时的 503）和断开的连接。这里是挂钟时间，机器上别的事会算进来。"
)


def _row(one: Served) -> tuple[str, ...]:
    times = one.milliseconds
    label = f"{one.phase.label}（发布 {one.updates} 次）" if one.phase.updates else one.phase.label
    return (
        label,
        str(one.phase.rate),
        str(len(times)),
        *(figure(percentile(times, share)) for share in (0.5, 0.95, 0.99, 1.0)),
        str(one.failed),
        figure(one.healthz),
        f"{100 * one.cpu / one.seconds:.0f}%",
        figure(1000 * one.cpu / len(times)),
    )


def _most_row(one: Most, least: Most) -> tuple[str, ...]:
    return (
        one.label,
        figure(one.rate),
        f"{100 * one.rate / least.rate:.1f}%",
        *(figure(percentile(one.milliseconds, share)) for share in (0.5, 0.95, 0.99)),
        str(one.failed),
    )


def _range(one: Served) -> Range:
    low, high = (percentile(one.milliseconds, share) for share in (0.5, 0.95))
    return Range(f"{one.phase.label}，每秒 {one.phase.rate}", low, high, own=True)


@click.command(help="用真实 HTTP 请求测量服务在并发下的反应时间，写出 docs/performance/load.md。")
@sized
@click.option("--fresh", is_flag=True, help="先重建本引擎的索引（代码改过之后）")
@click.option("--rate", "rates", multiple=True, type=int, default=(5, 10, 20, 40), show_default=True, help="每秒请求数")
@click.option("--seconds", default=20.0, show_default=True, help="每段多少秒")
def main(
    documents: int,
    source: str,
    questions: int,
    work: Path,
    out: Path,
    fresh: bool,
    rates: tuple[int, ...],
    seconds: float,
) -> None:
    corpus = prepare(documents, source, work, questions=questions)
    if fresh:
        forget_own(corpus.folder)
    indexed(corpus.folder, OURS, sys.executable)
    asked = "".join(f" --rate {rate}" for rate in rates)
    command = f"{spoken('load.py', corpus, questions)}{asked} --seconds {seconds:g}"
    served, most = measure(corpus, rates, seconds)
    click.echo(f"已写入 {report.write(described(corpus, served, most, command), out)}")


if __name__ == "__main__":
    main(prog_name="python bench/load.py")
