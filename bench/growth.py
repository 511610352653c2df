"""What becomes of times and memory when there are sixteen times as many documents: python bench/growth.py"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import report
from bench.asking import QUESTIONS
from bench.corpora import Corpus, prepare
from bench.installed import machine, pythons
from bench.questions import read_questions
from bench.report import Page, Range, Table, figure, percentile
from bench.searching import FTS5, TANTIVY, XAPIAN, Measured, forget_own, measure, own_engines, sized, spoken

TIMES = 16


def described(small: Corpus, large: Corpus, place: Path, command: str) -> Page:
    among = (*own_engines(), TANTIVY, XAPIAN, FTS5)
    found = pythons(place, peers=True)
    (before, _), (after, missing) = (measure(corpus, among, found) for corpus in (small, large))
    pairs = [*zip(before, after, strict=True)]
    p95 = [(_p95(one, small), _p95(other, large)) for one, other in pairs]
    rows = [_row(one, other, *times) for (one, other), times in zip(pairs, p95, strict=True)]
    rows += [(label, "这台机器上没有装", *[""] * 6) for label in missing]
    return Page(
        name="growth",
        title=f"篇数增至 {TIMES} 倍：{small.documents:,} → {large.documents:,}",
        command=command,
        facts={**machine(), **large.facts},
        tables=(Table("检索时间与内存", _HEADS, tuple(rows), _NOTE),),
        picture=(
            "全部问题的 p95，CPU 毫秒，少 → 多",
            tuple(
                Range(one.engine.label, *times, own=one.engine.own) for (one, _), times in zip(pairs, p95, strict=True)
            ),
        ),
        raw={
            one.engine.label: {
                "ms": [one.asked.best, other.asked.best],
                "private_kb": [one.asked.private, other.asked.private],
            }
            for one, other in pairs
        },
        goals={
            "growth_p95": p95[0][1] / p95[0][0],
            "growth_memory": after[0].asked.private / before[0].asked.private,
        },
    )


_HEADS = ("引擎", "p95 前", "p95 后", "增至", "p50 前", "p50 后", "独占内存前，MB", "独占内存后，MB", "增至")
_NOTE = "每个语料按自己的词频出题，所以少见、常见的意思在两边相同；CPU 毫秒，几轮中最小的。内存是答完全部问题之后的。"


def _p95(one: Measured, corpus: Corpus) -> float:
    return percentile(one.of(read_questions(corpus.folder / QUESTIONS), "all"), 0.95)


def _row(one: Measured, other: Measured, before: float, after: float) -> tuple[str, ...]:
    medians = (percentile(side.asked.best, 0.5) for side in (one, other))
    memory = [side.asked.private / 1024 for side in (one, other)]
    return (
        one.engine.label,
        figure(before),
        figure(after),
        f"{figure(after / before)} 倍",
        *map(figure, medians),
        *map(figure, memory),
        f"{figure(memory[1] / memory[0])} 倍",
    )


def corpora(documents: int, source: str, place: Path, each: int) -> Sequence[Corpus]:
    return [prepare(count, source, place, questions=each) for count in (documents // TIMES, documents)]


@click.command(help=f"比较篇数增至 {TIMES} 倍前后的检索时间和内存，写出 docs/performance/growth.md。")
@sized
@click.option("--fresh", is_flag=True, help="先重建本引擎的索引（代码改过之后）")
def main(documents: int, source: str, questions: int, work: Path, out: Path, fresh: bool) -> None:
    small, large = corpora(documents, source, work, questions)
    for corpus in (small, large) if fresh else ():
        forget_own(corpus.folder)
    page = described(small, large, work, spoken("growth.py", large, questions))
    click.echo(f"已写入 {report.write(page, out)}")


if __name__ == "__main__":
    main(prog_name="python bench/growth.py")
