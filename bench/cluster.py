"""The engine in a cluster beside Whoosh on one corpus: the same answers, and what they cost.

python bench/cluster.py http://127.0.0.1:9241/bench --documents 20000 --out FOLDER

Both are built from the same records and asked the same questions; --out keeps corpus, Whoosh's index and figures, and
what is there is not built again. The exit status is 1 where an answer differs.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.asking import LITERALS, QUESTIONS, RECORDS
from bench.corpora import SOURCES, Corpus, default_source, prepare
from bench.ours import document
from bench.questions import read_questions, read_records
from bench.report import percentile
from search import text
from search.engines import Engine, Store, store_of
from search.errors import IndexUnusable
from search.matching.matches import Matches
from search.query.clauses import Query
from search.query.parsing import parse
from web.server import settle

FIRST = 100  # whose order is compared
SHOWN = 10  # a page of the website: what is timed
# How often everything is asked before: a new cluster took three times as long for the first thousand questions.
_WARMING = 3


@dataclass
class Told:
    """What a cluster said of the trips of one question."""

    took: list[int] = field(default_factory=list)  # milliseconds
    sent: list[int] = field(default_factory=list)  # bytes


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds of one question: altogether, of these in the cluster; trips; bytes sent."""

    whole: float
    took: int
    trips: int
    sent: int


# --- building ------------------------------------------------------------------------------------------


def build(store: Store, corpus: Corpus) -> float:
    """Seconds until it is published."""
    begun = time.perf_counter()
    with store.writer(fresh=True) as writer:
        for record in read_records(corpus.folder / RECORDS):
            writer.add(document(record))
        writer.publish({})
    return time.perf_counter() - begun


def opened(store: Store, corpus: Corpus) -> tuple[Engine, float]:
    """Built where it is not there with as many documents; the seconds that took, 0 where it was there."""
    try:
        if (found := store.open()).documents == corpus.documents:
            return found, 0.0
    except IndexUnusable:
        pass
    seconds = build(store, corpus)
    return store.open(), seconds


# --- comparing -----------------------------------------------------------------------------------------


def told(matches: Matches) -> dict[str, object]:
    return {
        "篇数": matches.documents,
        "处数": matches.occurrences,
        "合并": matches.folded,
        "未列出": matches.left_out,
        "档次": dict(matches.tiers),
        "分面": {name: dict(values) for name, values in matches.facets.items()},
        "次序": [match.id for match in matches.ranked],
        "得分": [round(match.score, 7) for match in matches.ranked],
    }


def differences(engines: tuple[Engine, Engine], query: Query) -> list[str]:
    one, other = (told(engine.find(query, limit=FIRST, offset=0)) for engine in engines)
    return [name for name, value in one.items() if other[name] != value]


def asked(corpus: Corpus) -> Iterator[Query]:
    """Each question by relevance, every third also by date or within a region."""
    for number, question in enumerate((*_read(corpus, QUESTIONS), *_read(corpus, LITERALS))):
        yield parse(question.typed)
        if number % 3 == 0:
            yield parse(question.typed, sort=("newest", "oldest")[number % 2])
            yield parse(question.typed, filters=[("region", "广东"), ("region", "湖南")])


def _read(corpus: Corpus, name: str) -> Sequence[Any]:
    return read_questions(corpus.folder / name)


# --- timing --------------------------------------------------------------------------------------------


@contextmanager
def listening(engine: Engine) -> Iterator[Told]:
    """Hears what the cluster says of each multi-search."""
    told = Told()
    client = engine._cluster._quick  # type: ignore[attr-defined]
    perform = client.transport.perform_request

    def heard(method: str, url: str, *, params: Any = None, body: Any = None, **more: Any) -> Any:
        answer = perform(method, url, params=params, body=body, **more)
        if url.endswith("_msearch"):
            told.took.append(answer["took"])
            told.sent.append(len(body if isinstance(body, bytes | str) else json.dumps(body, ensure_ascii=False)))
        return answer

    client.transport.perform_request = heard
    try:
        yield told
    finally:
        del client.transport.perform_request


def timed(engine: Engine, queries: Sequence[Query]) -> list[Timed]:
    found = []
    with listening(engine) as heard:
        for query in queries:
            heard.took.clear()
            heard.sent.clear()
            begun = time.perf_counter()
            engine.find(query, limit=SHOWN, offset=0)
            whole = 1000 * (time.perf_counter() - begun)
            found.append(Timed(whole, sum(heard.took), len(heard.took), sum(heard.sent)))
    return found


def warmed(engine: Engine, queries: Sequence[Query]) -> None:
    """The cluster's Java compiles what it does often. What first rounds said is forgotten; the documents unpacked of
    late are not, as in a server that has been asked before."""
    for _ in range(_WARMING):
        timed(engine, queries)
    engine._known.clear()  # type: ignore[attr-defined]
    settle()


def figures(name: str, found: Sequence[Timed]) -> dict[str, object]:
    def spread(values: Sequence[float]) -> list[float]:
        return [round(percentile(values, part), 1) for part in (0.5, 0.95)]

    return {
        "问法": name,
        "次数": len(found),
        "全部 p50/p95": spread([one.whole for one in found]),
        "took p50/p95": spread([one.took for one in found]),
        "took 之外 p50/p95": spread([one.whole - one.took for one in found]),
        "往返 最多": max(one.trips for one in found),
        "请求字节 p50/p95": spread([one.sent for one in found]),
    }


# --- all of it -----------------------------------------------------------------------------------------


@click.command(help="集群里的索引与本机的索引，同样的文献、同样的问题：回答是否一样，各用多少时间。")
@click.argument("address")
@click.option("--documents", default=20_000, show_default=True, help="多少篇")
@click.option("--questions", default=25, show_default=True, help="每类问题几个")
@click.option("--source", type=click.Choice(list(SOURCES)), default=default_source, help="来源；默认有新闻就用新闻")
@click.option("--out", type=click.Path(path_type=Path), help="语料、本机索引和数字放在哪里")
@click.option("--compare/--no-compare", default=True, help="是否与本机的索引比较")
def main(address: str, documents: int, questions: int, source: str, out: Path | None, compare: bool) -> None:
    place = out or Path(tempfile.mkdtemp(prefix="speeches-cluster-"))
    corpus = prepare(documents, source, place, questions=questions)
    queries = list(asked(corpus))
    text.warm()
    cluster, seconds = opened(store_of("opensearch", address), corpus)
    report: dict[str, object] = {"语料": dict(corpus.facts)}
    if seconds:
        report["集群：每分钟篇数"] = round(60 * corpus.documents / seconds)
    report["集群"] = shape(cluster)
    alike = True
    if compare:
        whoosh, took = opened(store_of("whoosh", corpus.folder / "index"), corpus)
        report |= {"本机：每分钟篇数": round(60 * corpus.documents / took)} if took else {}
        wrong = {query.raw: found for query in queries if (found := differences((whoosh, cluster), query))}
        report["比较"] = {"问题": len(queries), "不同": len(wrong), "哪些": dict(list(wrong.items())[:20])}
        alike = not wrong
    warmed(cluster, queries)
    report["时间（毫秒）"] = [figures(name, timed(cluster, queries)) for name in ("第一次问", "再问")]
    click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    sys.exit(not alike)


def shape(engine: Engine) -> dict[str, Any]:
    """Nodes, shards, copies and size of the index."""
    with engine._cluster.client(patient=True) as client:  # type: ignore[attr-defined]
        health = client.cluster.health(index=engine.generation)
        sizes = client.indices.stats(index=engine.generation, metric="store,docs")["_all"]
    primary = sizes["primaries"]
    return {
        "节点": health["number_of_nodes"],
        "分片": health["active_primary_shards"],
        "连副本": health["active_shards"],
        "主分片每篇字节": round(primary["store"]["size_in_bytes"] / max(1, engine.documents)),
        "每篇 Lucene 文档": round(primary["docs"]["count"] / max(1, engine.documents), 1),
    }


if __name__ == "__main__":
    main(prog_name="python bench/cluster.py")
