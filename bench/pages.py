"""What a results page costs, what opening a document costs, what a worker process needs: python bench/pages.py

A page goes through the web application as a browser would have it (parse, search, ten cards with their passages,
facets, template, gzip), without a network. Every worker is a process of its own. Documents are opened where there are
real ones, not the news that are put together in any number; --opening measures that alone, and --floors FILE holds it
to floors: how many times faster than a results page of the same index, in the same process, a document is opened.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import report
from bench.asking import QUESTIONS, private_memory
from bench.corpora import Corpus, prepare
from bench.installed import machine, run
from bench.opening import PAGE as OPENING
from bench.opening import WORKERS, held_to, opening, opening_of, opening_page, read
from bench.options import sized, spoken
from bench.questions import KINDS, Question, read_questions
from bench.report import Page, Range, Table, figure, p50_p95, percentile, smallest
from bench.searching import OURS, forget_own, indexed
from bench.website import ask

PAGE = "pages"


@dataclass(frozen=True, slots=True)
class Worker:
    """seconds and cpu: from the start of the process to the first answer. Pages in CPU milliseconds of the thread.

    first: each question asked once; search: what of that was the search itself, from the question to all that is
    printed; again: the smaller of two more rounds; unchanged: with the tag a browser keeps. everyday: search, of
    questions as people ask them about words that few documents hold, first as they are and then with a slip. together:
    the same of two such words.
    private: kilobytes after the first answer, and after all of them. bytes: what is sent, compressed.
    """

    seconds: float
    cpu: float
    private_begin: int
    private_end: int
    first: tuple[float, ...]
    search: tuple[float, ...]
    again: tuple[float, ...]
    unchanged: tuple[float, ...]
    bytes: tuple[int, ...]
    everyday: tuple[float, ...]
    together: tuple[float, ...]


def serve(folder: Path, begun: float) -> Worker:
    """The process that is measured; begun: when it was started."""
    from app import create_app
    from search import results
    from search.settings import Settings
    from search.text import warm
    from web.server import settle

    warm()
    searching, spent = results.search, [0]

    def timed(*asked: object) -> object:
        at = time.thread_time_ns()
        found = searching(*asked)  # type: ignore[arg-type]
        spent[0] = time.thread_time_ns() - at
        return found

    results.search = timed  # type: ignore[assignment]
    app = create_app(Settings(index=str(folder / "index"), corpus=(folder,)))

    def page(question: Question, tag: str = "") -> tuple[float, float, int, str]:
        answered = ask(app, "/search", question.typed, tag)
        return answered.milliseconds, spent[0] / 1e6, answered.bytes, answered.tag

    questions = read_questions(folder / QUESTIONS)
    page(Question("", "民政"))
    seconds, cpu, private = time.time() - begun, time.process_time(), private_memory()
    settle()
    first = [page(question) for question in questions]
    again = [[page(question)[0] for question in questions] for _ in range(2)]
    tags = [tag for *_, tag in first]
    unchanged = [page(question, tag)[0] for question, tag in zip(questions, tags, strict=True) if tag]
    private_end = private_memory()
    everyday = [page(Question("", typed))[1] for typed in asked_daily(questions)]
    return Worker(
        seconds=seconds,
        cpu=cpu,
        private_begin=private,
        private_end=private_end,
        first=tuple(one for one, *_ in first),
        search=tuple(one for _, one, *_ in first),
        again=tuple(map(min, zip(*again, strict=True))),
        unchanged=tuple(unchanged),
        bytes=tuple(size for _, _, size, _ in first),
        everyday=tuple(everyday),
        together=tuple(page(Question("", typed))[1] for typed in asked_together(questions)),
    )


_ASKED = ("怎么办理{}", "{}在哪里？", "请问{}有什么规定")


def asked_daily(questions: Sequence[Question]) -> list[str]:
    """The rare words in questions of everyday; then all of them again with one character of the word another."""
    chance = random.Random(5)
    words = [one.words[0] for one in questions if one.kind == "rare"]
    slipped = [_slipped(chance, word) for word in words]
    return [asked.format(word) for found in (words, slipped) for word in found for asked in _ASKED]


def asked_together(questions: Sequence[Question]) -> list[str]:
    """Each rare word with the next one: both are there, and mostly in no document together."""
    words = [one.words[0] for one in questions if one.kind == "rare"]
    return [" ".join(pair) for pair in pairwise(words)]


def _slipped(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word))
    return word[:at] + chr(chance.randrange(0x4E00, 0x9FA6)) + word[at + 1 :]


def workers(corpus: Corpus, python: str) -> list[Worker]:
    indexed(corpus.folder, OURS, python)
    return [_read(run(python, "pages.py", "--worker", corpus.folder, "--begun", time.time())) for _ in range(WORKERS)]


def _read(printed: str) -> Worker:
    one = json.loads(printed)
    lists = (tuple(one[name]) for name in ("first", "search", "again", "unchanged", "bytes", "everyday", "together"))
    return Worker(one["seconds"], one["cpu"], one["private_begin"], one["private_end"], *lists)


# --- the page ------------------------------------------------------------------------------------------


def described(corpus: Corpus, done: Sequence[Worker], command: str, name: str = PAGE) -> Page:
    questions = read_questions(corpus.folder / QUESTIONS)
    first = smallest(one.first for one in done)
    again = smallest(one.again for one in done)
    unchanged = smallest(one.unchanged for one in done)
    search = smallest(one.search for one in done)
    timed = {"第一次问": first, "其中检索": search, "再问": again, "再问，浏览器里还有": unchanged}
    everyday, together = smallest(one.everyday for one in done), smallest(one.together for one in done)
    start = min(done, key=lambda one: one.seconds)
    goals = {
        "page_p50": percentile(first, 0.5),
        "page_p95": percentile(first, 0.95),
        "page_search": percentile([a / b for a, b in zip(first, search, strict=True)], 0.5),
        "everyday_p95": percentile(everyday[: len(everyday) // 2], 0.95),
        "start_seconds": start.seconds,
        "start_memory": min(one.private_end for one in done) / 1024,
    }
    return Page(
        name=name,
        title=f"结果页和工作进程：{corpus.documents:,} 篇",
        command=command,
        facts={**machine(), **corpus.facts, "问题": f"{len(questions)} 个", "进程": f"{len(done)} 个，取最小"},
        tables=(_page_table(questions, timed), _everyday_table(everyday, together), _worker_table(done, first, start)),
        picture=(
            "每张结果页的 CPU 毫秒，p50 → p95",
            tuple(Range(label, percentile(one, 0.5), percentile(one, 0.95), own=True) for label, one in timed.items()),
        ),
        raw={"kinds": [one.kind for one in questions], "workers": [asdict(one) for one in done]},
        goals={key if name == PAGE else f"{name}.{key}": value for key, value in goals.items()},
    )


def _page_table(questions: Sequence[Question], timed: dict[str, tuple[float, ...]]) -> Table:
    kinds = [kind for kind in KINDS if any(one.kind == kind for one in questions)]
    rows = []
    for label, times in timed.items():
        whole = len(times) == len(questions)
        cells = [
            p50_p95([t for t, q in zip(times, questions, strict=True) if q.kind == k]) if whole else "—" for k in kinds
        ]
        rows.append((label, *cells, p50_p95(times), figure(percentile(times, 0.99))))
    return Table(
        "一张结果页",
        ("", *(KINDS[kind] for kind in kinds), "全部", "全部 p99"),
        tuple(rows),
        "p50 / p95，CPU 毫秒。“第一次问”：这个进程头一回答这个问题，什么缓存也帮不上；"
        "“其中检索”：从问题到卡片、分面的每一个字，其余是解析地址、模板、压缩；"
        "“浏览器里还有”：带着上次的标记来问，没有变化就只答 304。",
    )


def _everyday_table(times: Sequence[float], together: Sequence[float]) -> Table:
    half = len(times) // 2
    return Table(
        "日常问法里的少见词",
        ("", "p50 / p95", "p99"),
        tuple(
            (label, p50_p95(found), figure(percentile(found, 0.99)))
            for label, found in (
                ("词是对的", times[:half]),
                ("词里有一个错字", times[half:]),
                ("两个少见词，多半不在一篇里", together),
            )
        ),
        f"前两行：{'、'.join(asked.format('…') for asked in _ASKED)}；整个回答（检索、换别的写法、纠错、十张卡片），"
        "第一次问，CPU 毫秒。",
    )


def _worker_table(done: Sequence[Worker], first: Sequence[float], start: Worker) -> Table:
    sizes = done[0].bytes
    rows = (
        ("启动到答出第一问，秒", figure(start.seconds)),
        ("其中 CPU 秒", figure(start.cpu)),
        ("答出第一问时独占内存，MB", figure(min(one.private_begin for one in done) / 1024)),
        ("答完全部问题后独占内存，MB", figure(min(one.private_end for one in done) / 1024)),
        ("一张结果页压缩后，KB，p50 / p95", p50_p95([size / 1024 for size in sizes])),
        ("一个核每秒能答的结果页（都是第一次问）", figure(1000 * len(first) / sum(first))),
    )
    return Table("一个工作进程", ("", "测得"), rows)


@click.command(
    help="测量结果页和打开讲话的 CPU 时间、工作进程的启动时间和内存，写出 docs/performance/pages.md 和 opening.md。"
)
@sized
@click.option("--fresh", is_flag=True, help="先重建本引擎的索引（代码改过之后）")
@click.option("--page", "name", default=PAGE, show_default=True, help="写成哪一页；不是默认的，打开的就是语料里的文稿")
@click.option("--opening", "opening_only", is_flag=True, help="只测打开讲话，只写 opening.md")
@click.option(
    "--floors", type=click.Path(path_type=Path), help="只测打开讲话，不写文件：比值低于这个文件里的底线即失败"
)
@click.option("--pin", "pins", is_flag=True, help="与 --floors 同用：把底线定为现在测得的一半")
@click.option("--worker", type=click.Path(path_type=Path), hidden=True)
@click.option("--begun", type=float, hidden=True)
@click.option("--reader", type=click.Path(path_type=Path), hidden=True)
def main(
    documents: int,
    source: str,
    questions: int,
    work: Path,
    out: Path,
    fresh: bool,
    name: str,
    opening_only: bool,
    floors: Path | None,
    pins: bool,
    worker: Path | None,
    begun: float,
    reader: Path | None,
) -> None:
    if pins and not floors:
        raise click.UsageError("--pin 要与 --floors 同用")
    if worker:
        click.echo(json.dumps(asdict(serve(worker, begun))))
        return
    if reader:
        click.echo(json.dumps(asdict(read(reader))))
        return
    if floors:
        held_to(partial(opening, work, sys.executable), floors, pins=pins)
        return
    if name == PAGE or opening_only:
        click.echo(f"已写入 {report.write(opening_page(opening(work, sys.executable)), out)}")
    if opening_only:
        return
    corpus = prepare(documents, source, work, questions=questions)
    if fresh:
        forget_own(corpus.folder)
    command = spoken("pages.py", corpus, questions) + (f" --page {name}" if name != PAGE else "")
    page = described(corpus, workers(corpus, sys.executable), command, name)
    click.echo(f"已写入 {report.write(page, out)}")
    if name != PAGE:
        done = opening_of(corpus, sys.executable)
        other = opening_page(done, corpus, name=name.replace(PAGE, OPENING), command=command)
        click.echo(f"已写入 {report.write(other, out)}")


if __name__ == "__main__":
    main(prog_name="python bench/pages.py")
