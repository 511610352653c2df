"""What an answer costs beside the engine: CPU time of parsing, of tiers and scores, of choosing and marking passages,
of did-you-mean, and of suggestions while typing.

python bench/answer_speed.py --index DIR [--queries FILE] — the goal over 20,000 documents: all but the engine's own
reading of postings and stored documents under 15 ms at the median, a suggestion while typing under 30 ms.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar
from unittest.mock import patch

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from search import text
from search.engines import store_of
from search.engines.columns import answers, arrays, facets
from search.engines.whoosh import engine, postings
from search.matching import evaluation, marks
from search.query.parsing import parse
from search.results import search, snippets
from search.suggestions.completions import suggest

QUERIES = Path(__file__).resolve().parent.parent / "tests" / "relevance" / "queries.tsv"
P = ParamSpec("P")
R = TypeVar("R")

# What is timed: (part, where its function stands, the function). What one part asks of another is the other's.
_PARTS: tuple[tuple[str, object, str], ...] = (
    *(
        ("engine", postings.WhooshPostings, name)
        for name in ("__init__", "literal", "is_whole", "together", "begins", "everything", "facet", "dates")
    ),
    *(("engine", arrays.Arrays, name) for name in ("literal", "whole", "together", "units")),
    *(("engine", facets.Facets, name) for name in ("having", "counts")),
    ("documents", engine.WhooshEngine, "fetch"),
    ("tiers", evaluation, "find"),
    ("tiers", answers, "find"),
    ("snippets", marks, "mark"),
    ("snippets", snippets, "quotations"),
)
_SHOWN = {
    "engine": "引擎读倒排表",
    "documents": "取出文献",
    "parse": "解析",
    "tiers": "分档打分",
    "snippets": "选段标亮",
    "page": "您是不是要找、卡片和分面",
}
_OURS = ("parse", "tiers", "snippets", "page")
_TIMES = 3  # each question is asked so often, and the median taken


class Clock:
    """CPU milliseconds by part; what runs inside another part is taken off that."""

    def __init__(self) -> None:
        self.took: defaultdict[str, float] = defaultdict(float)
        self._within: list[str] = []
        self._since = time.process_time()

    @contextmanager
    def running(self, part: str) -> Iterator[None]:
        self._turn()
        self._within.append(part)
        try:
            yield
        finally:
            self._turn()
            self._within.pop()

    def timed(self, part: str, act: Callable[P, R]) -> Callable[P, R]:
        @wraps(act)
        def timed(*args: P.args, **options: P.kwargs) -> R:
            with self.running(part):
                return act(*args, **options)

        return timed

    def _turn(self) -> None:
        now = time.process_time()
        if self._within:
            self.took[self._within[-1]] += (now - self._since) * 1000
        self._since = now


@contextmanager
def _watched(clock: Clock) -> Iterator[None]:
    patches = [patch.object(place, name, clock.timed(part, getattr(place, name))) for part, place, name in _PARTS]
    for one in patches:
        one.start()
    yield
    for one in patches:
        one.stop()


def asked(engine: object, question: str) -> Mapping[str, float]:
    """CPU milliseconds of one answer by part."""
    clock = Clock()
    with _watched(clock):
        with clock.running("parse"):
            query = parse(question)
        with clock.running("page"):
            search(engine, query)  # type: ignore[arg-type]
    return clock.took


def _median(found: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    return {part: statistics.median(one.get(part, 0.0) for one in found) for part in _SHOWN}


def _line(label: str, values: Sequence[float]) -> str:
    ranked = sorted(values)
    middle, most, last = statistics.median(ranked), ranked[len(ranked) * 9 // 10], ranked[-1]
    return f"{label}\t中位 {middle:.2f}\t九成 {most:.2f}\t最长 {last:.2f}"


@click.command(help="一次回答里，除引擎以外各步的 CPU 时间（毫秒）。")
@click.option("--index", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--queries", default=QUERIES, type=click.Path(path_type=Path))
def main(index: Path, queries: Path) -> None:
    text.warm()
    engine = store_of("whoosh", index).open()
    questions = [line.split("\t")[1] for line in queries.read_text(encoding="utf-8").splitlines()]
    for question in questions:
        asked(engine, question)  # fills the caches, as a server's are
    found = [_median([asked(engine, question) for _ in range(_TIMES)]) for question in questions]
    click.echo(f"{engine.documents} 篇，{len(questions)} 个检索词，CPU 毫秒")
    for part, label in _SHOWN.items():
        click.echo(_line(label, [one[part] for one in found]))
    click.echo(_line("引擎以外合计", [sum(one[part] for part in _OURS) for one in found]))
    click.echo(_line("输入建议", [_typing(engine, question[:at]) for question in questions for at in (1, 2, 3)]))


def _typing(engine: object, typed: str) -> float:
    begun = time.process_time()
    suggest(engine, typed)  # type: ignore[arg-type]
    return (time.process_time() - begun) * 1000


if __name__ == "__main__":
    main(prog_name="python bench/answer_speed.py")
