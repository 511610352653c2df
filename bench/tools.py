"""What a page of a research tool costs on a large collection, and what memory the process needs: python bench/tools.py

Every tool is asked for the same questions, as a browser asks; the wall clock counts, since the promise to readers is in
seconds: 1 s at the 95th percentile, 3 s for the matrix, less than 500 MB.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import report
from bench.asking import QUESTIONS, private_memory
from bench.corpora import Corpus, prepare
from bench.installed import machine, run
from bench.options import sized, spoken
from bench.questions import read_questions
from bench.report import Page, Range, Table, figure, p50_p95, percentile
from bench.searching import OURS, forget_own, indexed
from bench.website import ask

# Seconds in which 95 of 100 pages are to be there, and megabytes of the process.
MOST_SECONDS, MOST_MATRIX, MOST_MEGABYTES = 1.0, 3.0, 500
MATRIX = "同题对照"
# Tools that are asked of documents, not of words; as many of the collection as there are questions.
_ON_A_DOCUMENT = ("common", "similar")
# Those of which the corpus has most.
REGIONS = ("广东", "山东")


def serve(folder: Path) -> dict[str, object]:
    """The process that is measured: milliseconds of each page by tool, kilobytes of its own after all of them."""
    from app import create_app
    from search.engines import store_of
    from search.settings import Settings
    from search.text import warm
    from web.tools import TOOLS

    warm()
    app = create_app(Settings(index=str(folder / "index"), corpus=(folder,)))
    typed = list(dict.fromkeys(one.typed for one in read_questions(folder / QUESTIONS)))
    ask(app, "/search", "民政")
    times: dict[str, list[float]] = {}
    for tool in (tool for tool in TOOLS if tool.name not in _ON_A_DOCUMENT):
        for question in typed if tool.asks else [""]:
            at = time.perf_counter()
            ask(app, f"/tools/{tool.name}", question)
            times.setdefault(tool.label, []).append((time.perf_counter() - at) * 1000)
    ids = list(store_of("whoosh", folder / "index").open().catalogue())
    for tool in (tool for tool in TOOLS if tool.name in _ON_A_DOCUMENT):
        for id in ids[:: max(1, len(ids) // len(typed))]:
            at = time.perf_counter()
            opened = app.test_client().get(f"/tools/{tool.name}?doc={id}&p=1")
            times.setdefault(tool.label, []).append((time.perf_counter() - at) * 1000)
            assert opened.status_code == 200, (tool.name, id)
    for question in typed:
        at = time.perf_counter()
        opened = app.test_client().get("/tools/common", query_string={"q": question, "region": REGIONS})
        times.setdefault(f"共同表述：{'和'.join(REGIONS)}", []).append((time.perf_counter() - at) * 1000)
        assert opened.status_code == 200, question
    return {"times": times, "private": private_memory(), "questions": len(typed)}


def described(corpus: Corpus, done: Mapping[str, object], command: str) -> Page:
    times: Mapping[str, Sequence[float]] = done["times"]  # type: ignore[assignment]
    memory = int(str(done["private"])) / 1024
    rows = []
    for label, found in times.items():
        most = MOST_MATRIX if label == MATRIX else MOST_SECONDS
        met = "达到" if percentile(found, 0.95) <= most * 1000 else "没有达到"
        rows.append((label, p50_p95(found), figure(max(found)), f"{most:g} 秒", met))
    rows.append(("进程独占内存，MB", figure(memory), "", f"{MOST_MEGABYTES} MB", _met(memory)))
    return Page(
        name="tools",
        title=f"研究工具：{corpus.documents:,} 篇",
        command=command,
        facts={**machine(), **corpus.facts, "问题": f"{done['questions']} 个"},
        tables=(
            Table(
                "一张工具页",
                ("", "p50 / p95，毫秒", "最慢，毫秒", "目标（p95）", ""),
                tuple(rows),
                "每个问题第一次问，墙上时间，一个进程依次答；从一篇讲话进来的问同样多的文献；别的没有检索框，只问一次。",
            ),
        ),
        picture=(
            "每张工具页的毫秒，p50 → p95",
            tuple(Range(label, percentile(one, 0.5), percentile(one, 0.95), own=True) for label, one in times.items()),
        ),
        raw=dict(done),
        goals={
            "tools_p95": max(percentile(one, 0.95) for label, one in times.items() if label != MATRIX) / 1000,
            "tools_memory": memory,
        },
    )


def _met(megabytes: float) -> str:
    return "达到" if megabytes < MOST_MEGABYTES else "没有达到"


@click.command(help="测量研究工具的每一页要多久，写出 docs/performance/tools.md。")
@sized
@click.option("--fresh", is_flag=True, help="先重建本引擎的索引（代码改过之后）")
@click.option("--worker", type=click.Path(path_type=Path), hidden=True)
def main(documents: int, source: str, questions: int, work: Path, out: Path, fresh: bool, worker: Path | None) -> None:
    if worker:
        click.echo(json.dumps(serve(worker)))
        return
    corpus = prepare(documents, source, work, questions=questions)
    if fresh:
        forget_own(corpus.folder)
    indexed(corpus.folder, OURS, sys.executable)
    done = json.loads(run(sys.executable, "tools.py", "--worker", corpus.folder))
    page = described(corpus, done, spoken("tools.py", corpus, questions))
    click.echo(f"已写入 {report.write(page, out)}")


if __name__ == "__main__":
    main(prog_name="python bench/tools.py")
