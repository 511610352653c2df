"""How large a cluster has to be, and what its readers would wait: a calculation and a simulation anyone can redo.

python bench/sizing.py                       the table of docs/scaling.md, from 10 thousand to 100 million documents
python bench/sizing.py --documents 3000000 --readers 40 --cores 8

Bytes and Lucene documents a document were measured with bench/cluster.py; times are to be measured there, too, on the
cluster in question with two numbers of documents, and given here. Standard library and click only.
"""

from __future__ import annotations

import heapq
import math
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

PAGE = Path(__file__).resolve().parent.parent / "docs" / "scaling.md"
BEGIN, END = "<!-- 由 python bench/sizing.py --write 写出 -->", "<!-- 写出的完 -->"
SIZES = (10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)

# Of a shard: what recovers in minutes, and half of what Lucene can number.
_SHARD_BYTES, _SHARD_LUCENE = 30 << 30, 1 << 30
# What the files of the index may fill of a disk, under the watermark of 85 %.
_FILLED = 0.8
# Of an index that is searched often, so much should be in the memory that the heap leaves.
_IN_MEMORY = 0.3
_HEAP, _LARGEST_HEAP = 0.5, 31  # of a node's memory; GB
_QUESTIONS = 4000  # simulated


@dataclass(frozen=True, slots=True)
class Given:
    """What is known beforehand. Times are milliseconds of one core in one shard."""

    documents: int
    characters: int = 1500  # of a document
    bytes_a_character: float = 60.0
    lucene_a_document: float = 12.0
    replicas: int = 1
    memory: int = 64  # GB of a node
    disk: int = 2000  # GB of a node
    cores: int = 16  # of a node
    readers: float = 20.0  # questions a second at the busiest time
    fixed: float = 4.0
    per_million: float = 60.0  # documents in the shard


@dataclass(frozen=True, slots=True)
class Size:
    gigabytes: float  # of one copy
    shards: int
    nodes: int


@dataclass(frozen=True, slots=True)
class Waited:
    """Milliseconds; busy: share of all cores."""

    median: float
    p95: float
    busy: float


def size(given: Given) -> Size:
    total = given.documents * given.characters * given.bytes_a_character
    lucene = given.documents * given.lucene_a_document
    shards = max(1, math.ceil(total / _SHARD_BYTES), math.ceil(lucene / _SHARD_LUCENE))
    copies = total * (1 + given.replicas) / 1e9
    beside_heap = given.memory - min(_LARGEST_HEAP, given.memory * _HEAP)
    for_disk = copies / (given.disk * _FILLED)
    for_memory = copies * _IN_MEMORY / beside_heap
    for_work = 2 * given.readers / 1000 * shards * _of_shard(given, shards) / given.cores  # half busy
    # A copy of everything elsewhere needs two nodes, and the election of a manager three.
    fewest = 3 if given.replicas else 1
    return Size(total / 1e9, shards, max(fewest, *(math.ceil(one) for one in (for_disk, for_memory, for_work))))


def _of_shard(given: Given, shards: int) -> float:
    """Milliseconds of one core for one question, in the middle."""
    return given.fixed + given.per_million * given.documents / shards / 1e6


def simulate(given: Given, nodes: int, shards: int, *, seed: int = 5) -> Waited:
    """Questions come at random; each is asked of one copy of every shard, on the node with the least to do of those
    that hold one, waits there for a core, and is answered when the last shard has."""
    chance = random.Random(seed)
    free = [[0.0] * given.cores for _ in range(nodes)]
    copies = [[(shard + copy) % nodes for copy in range(min(1 + given.replicas, nodes))] for shard in range(shards)]
    usual, now, worked, waited = _of_shard(given, shards), 0.0, 0.0, list[float]()
    for _ in range(_QUESTIONS if shards < 100 else _QUESTIONS // 10):
        now += chance.expovariate(given.readers / 1000)
        # Some questions cost everywhere ten times what others do.
        cost, end = usual * chance.lognormvariate(0, 0.8), now
        for held in copies:
            cores = free[min(held, key=lambda node: free[node][0])]
            spent = cost * chance.uniform(0.8, 1.2)
            done = max(now, heapq.heappop(cores)) + spent
            heapq.heappush(cores, done)
            worked, end = worked + spent, max(end, done)
        waited.append(end - now)
    waited.sort()
    return Waited(waited[len(waited) // 2], waited[len(waited) * 95 // 100], worked / (now * nodes * given.cores))


def table(cases: Sequence[Given]) -> str:
    heads = ("篇数", "一份，GB", "分片", "节点", "中位，毫秒", "95%，毫秒", "核的忙碌", "少一个节点时 95%")
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for given in cases:
        needed = size(given)
        usual = simulate(given, needed.nodes, needed.shards)
        less = simulate(given, needed.nodes - 1, needed.shards) if needed.nodes > 1 else None
        lines.append(
            f"| {given.documents:,} | {needed.gigabytes:,.1f} | {needed.shards} | {needed.nodes} | {usual.median:.0f} "
            f"| {usual.p95:.0f} | {usual.busy:.0%} | {f'{less.p95:.0f}' if less else '—'} |"
        )
    return "\n".join(lines)


def written(page: str) -> str:
    """The page with the table of today between its marks."""
    inside = f"{BEGIN}\n\n{table([Given(one) for one in SIZES])}\n\n{END}"
    return re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: inside, page, count=1, flags=re.S)


_OPTIONS = {
    "characters": (int, "每篇多少字"),
    "bytes_a_character": (float, "每字占盘多少字节"),
    "lucene_a_document": (float, "每篇几个 Lucene 文档（段落数加一）"),
    "replicas": (int, "副本几份"),
    "memory": (int, "每个节点的内存，GB"),
    "disk": (int, "每个节点的磁盘，GB"),
    "cores": (int, "每个节点几个核"),
    "readers": (float, "最忙时每秒几次检索"),
    "fixed": (float, "一个分片答一次最少用的毫秒"),
    "per_million": (float, "分片里每百万篇另加的毫秒"),
}


@click.command(help="按篇数和访问量算出集群要多大，并模拟读者要等多久；不给篇数时算一万到一亿篇。")
@click.option("--documents", type=click.IntRange(1, 10**10), help="多少篇")
@click.option("--write", is_flag=True, help="把不给任何选项时的表写进 docs/scaling.md")
def main(documents: int | None, write: bool, **given: float | None) -> None:
    if write:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
        return
    known = Given(0, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    click.echo(table([replace(known, documents=one) for one in ([documents] if documents else SIZES)]))


for name, (kind, told) in _OPTIONS.items():
    least = 0 if name == "replicas" else 1 if kind is int else 0.001
    checked = click.IntRange(int(least)) if kind is int else click.FloatRange(least)
    usual = Given.__dataclass_fields__[name].default
    option = f"--{name.replace('_', '-')}"
    main.params.append(click.Option([option], type=checked, help=f"{told}；默认 {usual}"))


if __name__ == "__main__":
    main(prog_name="python bench/sizing.py")
