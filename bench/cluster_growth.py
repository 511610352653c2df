"""A cluster of one node and one of three, with more and more documents: python bench/cluster_growth.py

Starts OpenSearch itself, as `make cluster` does, one after the other on the ports of that; no other may run there.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import report
from bench.cluster import SHOWN, Timed, asked, build, shape, timed, warmed
from bench.corpora import Corpus
from bench.growth import TIMES, corpora
from bench.installed import machine
from bench.options import sized, spoken
from bench.report import Page, Range, Table, figure, p50_p95, percentile
from search import text
from search.engines import Engine, store_of
from search.query.clauses import Query

NODES = (1, 3)
# Those who ask at once, each as soon as answered.
READERS = 4


@dataclass(frozen=True, slots=True)
class Measured:
    """One size on one number of nodes; first, again: each question asked the first time, and once more."""

    nodes: int
    documents: int
    seconds: float  # until published
    bytes: int  # a document, of one copy
    first: Sequence[Timed]
    again: Sequence[Timed]
    answered: float  # questions a second, of READERS at once


@contextmanager
def started(nodes: int) -> Iterator[str]:
    """The address of a cluster of so many nodes, which ends with the block."""
    script = [sys.executable, str(Path(__file__).parent.parent / "tests" / "start_cluster.py")]
    with tempfile.TemporaryDirectory(prefix="speeches-growth-") as folder:
        given = ["--folder", folder, "--nodes", str(nodes)]
        try:
            said = subprocess.run([*script, *given], check=True, capture_output=True, text=True).stdout
            yield said.splitlines()[0].partition("=")[2]
        finally:
            subprocess.run([*script, "--folder", folder, "--stop"], check=True)


def measure(address: str, nodes: int, corpus: Corpus) -> Measured:
    store = store_of("opensearch", f"{address}/growth-{corpus.documents}")
    seconds = build(store, corpus)
    engine = store.open()
    queries = list(asked(corpus))
    warmed(engine, queries)
    first, again = (timed(engine, queries) for _ in range(2))
    return Measured(
        nodes, corpus.documents, seconds, shape(engine)["主分片每篇字节"], first, again, _answered(engine, queries)
    )


def _answered(engine: Engine, queries: Sequence[Query]) -> float:
    """Questions a second; each reader has every READERS-th."""

    def ask(number: int) -> None:
        for query in queries[number::READERS]:
            engine.find(query, limit=SHOWN, offset=0)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(READERS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(queries) / (time.perf_counter() - begun)


# --- the page ------------------------------------------------------------------------------------------

_HEADS = (
    "节点、篇数",
    "每分钟写入，篇",
    "一份占盘，每篇 KB",
    "第一次问，毫秒",
    "其中 took",
    "took 之外",
    "再问，毫秒",
    "took 之外",
    f"{READERS} 人同问，每秒",
)
_NOTE = (
    "p50 / p95，墙上时间，一页 10 篇。`took` 是集群说自己用的，舍去不满一毫秒的；一个问题最多两次往返，合在一起算。"
    "“再问”时第一轮问过的都还记得。节点和客户端在同一台机器的几个核上，所以三个节点不会比一个快：写入要写两份，核还是那几个。"
    "量之前先把全部问题问过三遍，Java 才编译好；第一轮问过的随后忘掉，最近拆开过的 32 MB 文稿还在。"
)


def described(found: Sequence[Measured], facts: dict[str, str], command: str) -> Page:
    largest = [one for one in found if (one.nodes, one.documents) == (NODES[-1], found[-1].documents)]
    return Page(
        name="cluster",
        title="OpenSearch 集群：一个节点、三个节点，篇数增至 16 倍",
        command=command,
        facts={**machine(), **facts},
        tables=(Table("写入和检索", _HEADS, tuple(map(_row, found)), _NOTE),),
        picture=(
            "第一次问，毫秒，p50 → p95",
            tuple(Range(_label(one), *_spread(_whole(one.first))) for one in found),
        ),
        raw={_label(one): _raw(one) for one in found},
        goals={
            "cluster_beside": percentile(_beside(largest[0].first), 0.5),
            "cluster_indexing": 60 * largest[0].documents / largest[0].seconds,
        },
    )


def _spread(values: Sequence[float]) -> tuple[float, float]:
    return percentile(values, 0.5), percentile(values, 0.95)


def _raw(one: Measured) -> dict[str, object]:
    """Of each question milliseconds in all, and those of took."""
    asked = {"first": one.first, "again": one.again}
    times = {name: [[round(each.whole, 2), each.took] for each in timed] for name, timed in asked.items()}
    return {"seconds": round(one.seconds, 1), "bytes": one.bytes, "answered": round(one.answered, 1), **times}


def _label(one: Measured) -> str:
    return f"{one.nodes} 个节点，{one.documents:,} 篇"


def _row(one: Measured) -> tuple[str, ...]:
    return (
        _label(one),
        figure(60 * one.documents / one.seconds),
        figure(one.bytes / 1024),
        p50_p95(_whole(one.first)),
        p50_p95([float(each.took) for each in one.first]),
        p50_p95(_beside(one.first)),
        p50_p95(_whole(one.again)),
        p50_p95(_beside(one.again)),
        figure(one.answered),
    )


def _whole(timed: Sequence[Timed]) -> list[float]:
    return [one.whole for one in timed]


def _beside(timed: Sequence[Timed]) -> list[float]:
    return [one.whole - one.took for one in timed]


@click.command(
    help=f"集群里的索引：{TIMES} 倍篇数，{NODES} 个节点，写入、占盘和检索，写出 docs/performance/cluster.md。"
)
@sized
def main(documents: int, source: str, questions: int, work: Path, out: Path) -> None:
    sizes = corpora(documents, source, work, questions)
    text.warm()
    found = []
    for nodes in NODES:
        with started(nodes) as address:
            for corpus in sizes:
                found.append(measure(address, nodes, corpus))
                click.echo("\t".join(_row(found[-1])))
    page = described(found, dict(sizes[-1].facts), spoken("cluster_growth.py", sizes[-1], questions))
    click.echo(f"已写入 {report.write(page, out)}")


if __name__ == "__main__":
    main(prog_name="python bench/cluster_growth.py")
