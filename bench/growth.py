"""What becomes of times and memory, of a question and of a results page, when there are four and sixteen times as many
documents: python bench/growth.py"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import report
from bench.asking import QUESTIONS
from bench.corpora import Corpus, prepare
from bench.installed import machine, pythons
from bench.options import sized, spoken
from bench.pages import Worker, workers
from bench.questions import read_questions
from bench.report import Page, Range, Table, figure, p50_p95, percentile, smallest
from bench.searching import FTS5, TANTIVY, XAPIAN, Measured, forget_own, measure, own_engines

# How many times as many documents there are, ascending.
TIMES = (1, 4, 16)


def described(corpora: Sequence[Corpus], place: Path, command: str) -> Page:
    among = (*own_engines(), TANTIVY, XAPIAN, FTS5)
    found = pythons(place, peers=True)
    measured = [measure(corpus, among, found) for corpus in corpora]
    missing = measured[-1][1]
    grown = [*zip(*(done for done, _ in measured), strict=True)]
    p95 = [[_p95(one, corpus) for one, corpus in zip(engine, corpora, strict=True)] for engine in grown]
    rows = [_row(engine, times) for engine, times in zip(grown, p95, strict=True)]
    rows += [(label, "这台机器上没有装", *[""] * (len(_HEADS) - 2)) for label in missing]
    pages = [workers(corpus, sys.executable) for corpus in corpora]
    own = grown[0]
    return Page(
        name="growth",
        title=f"篇数增至 {TIMES[-1]} 倍：{' → '.join(f'{corpus.documents:,}' for corpus in corpora)}",
        command=command,
        facts={**machine(), **corpora[-1].facts},
        tables=(
            Table("检索时间与内存", _HEADS, tuple(rows), _NOTE),
            Table("结果页和工作进程", ("", *map(_times, TIMES), "增至"), tuple(_page_rows(pages)), _PAGES_NOTE),
        ),
        picture=(
            "全部问题的 p95，CPU 毫秒，少 → 多",
            tuple(
                Range(engine[0].engine.label, times[0], times[-1], own=engine[0].engine.own)
                for engine, times in zip(grown, p95, strict=True)
            ),
        ),
        raw={
            **{
                engine[0].engine.label: {
                    "ms": [one.asked.best for one in engine],
                    "private_kb": [one.asked.private for one in engine],
                }
                for engine in grown
            },
            "pages": [[asdict(one) for one in done] for done in pages],
        },
        goals={
            "growth_p95": p95[0][-1] / p95[0][0],
            "growth_memory": own[-1].asked.private / own[0].asked.private,
        },
    )


def _times(times: int) -> str:
    return f"{times} 倍"


_HEADS = (
    "引擎",
    *(f"p95，{_times(times)}" for times in TIMES),
    "增至",
    *(f"p50，{_times(times)}" for times in TIMES),
    *(f"独占内存 MB，{_times(times)}" for times in TIMES),
    "增至",
)
_NOTE = "每个语料按自己的词频出题，所以少见、常见的意思在各处相同；CPU 毫秒，几轮中最小的。内存是答完全部问题之后的。"
_PAGES_NOTE = "CPU 毫秒，p50 / p95；“增至”比的是 p50。各行的意思见 [pages.md](pages.md)。"


def _p95(one: Measured, corpus: Corpus) -> float:
    return percentile(one.of(read_questions(corpus.folder / QUESTIONS), "all"), 0.95)


def _row(engine: Sequence[Measured], p95: Sequence[float]) -> tuple[str, ...]:
    memory = [one.asked.private / 1024 for one in engine]
    return (
        engine[0].engine.label,
        *map(figure, p95),
        _grown(p95),
        *(figure(percentile(one.asked.best, 0.5)) for one in engine),
        *map(figure, memory),
        _grown(memory),
    )


def _grown(values: Sequence[float]) -> str:
    return f"{figure(values[-1] / values[0])} 倍"


def _page_rows(pages: Sequence[Sequence[Worker]]) -> list[tuple[str, ...]]:
    """pages: the processes of each size."""
    timed = {
        "一张结果页，第一次问": [smallest(one.first for one in done) for done in pages],
        "其中检索": [smallest(one.search for one in done) for done in pages],
        "再问": [smallest(one.again for one in done) for done in pages],
    }
    rows = [
        (label, *map(p50_p95, times), _grown([percentile(one, 0.5) for one in times])) for label, times in timed.items()
    ]
    for label, values in (
        ("启动到答出第一问，秒", [min(one.seconds for one in done) for done in pages]),
        ("答完全部问题后独占内存，MB", [min(one.private_end for one in done) / 1024 for done in pages]),
    ):
        rows.append((label, *map(figure, values), _grown(values)))
    return rows


def corpora(documents: int, source: str, place: Path, each: int) -> Sequence[Corpus]:
    return [prepare(documents * times // TIMES[-1], source, place, questions=each) for times in TIMES]


@click.command(
    help=f"比较篇数增至 {TIMES[1]}、{TIMES[2]} 倍前后的检索时间、结果页和内存，写出 docs/performance/growth.md。"
)
@sized
@click.option("--fresh", is_flag=True, help="先重建本引擎的索引（代码改过之后）")
def main(documents: int, source: str, questions: int, work: Path, out: Path, fresh: bool) -> None:
    sizes = corpora(documents, source, work, questions)
    for corpus in sizes if fresh else ():
        forget_own(corpus.folder)
    page = described(sizes, work, spoken("growth.py", sizes[-1], questions))
    click.echo(f"已写入 {report.write(page, out)}")


if __name__ == "__main__":
    main(prog_name="python bench/growth.py")
