"""What a page costs beside a results page of the same index: an opened document, a table, an export, the home page.

Run by bench/pages.py, which says what is measured; the documents are real ones where there are any, or some of the
news that are put together in any number.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from pathlib import Path

import click
from flask import Flask

from bench import report
from bench.asking import QUESTIONS
from bench.corpora import ROOT, SAMPLES, Corpus
from bench.floors import held
from bench.installed import machine, run
from bench.load import real_questions
from bench.questions import read_questions
from bench.report import Page, Range, Table, figure, percentile, smallest
from bench.website import ask

WORKERS = 3  # a page is new to a worker once only, so the smallest of several workers is taken
_REAL = ROOT.parent / "shared" / "data" / "documents"
SPEECHES = _REAL if _REAL.exists() else SAMPLES  # the documents that are opened
OPENED = "opened.json"  # the addresses of the documents, each with a word of its title, and what is asked beside
_SOME = 100  # of very many documents so many are opened
_SHARES = {"p50": 0.5, "p95": 0.95}  # at which a page is held to a results page
OPENED_PAGE = "打开一篇讲话"
# name -> what readers call it, its address, whether each judged question is asked there; otherwise so many times, new.
_OTHERS = {
    "region": ("按地区", "/search/region", True),
    "lines": ("逐句", "/search/lines", True),
    "export": ("导出表格", "/search.csv", True),
    "feed": ("订阅", "/search.atom", True),
    "home": ("首页", "/", False),
    "browse": ("浏览", "/browse", False),
    "status": ("索引状态", "/status", False),
}
_TIMES = 20
_CARDS = 10
_ROUNDS = 5  # in which the ten cards of a question are made; the smallest counts
_LABELS = {"opened": OPENED_PAGE, **{name: label for name, (label, *_) in _OTHERS.items()}}


@dataclass(frozen=True, slots=True)
class Opening:
    """CPU milliseconds of the thread. results: of the judged questions; pages: name of _LABELS -> of each time asked.
    Every answer is made, none taken from a cache. cards: of ten cards, once found, of each judged question that finds
    so many. bytes: of the documents' pages, compressed.
    """

    results: tuple[float, ...]
    pages: dict[str, tuple[float, ...]]
    cards: tuple[float, ...]
    bytes: tuple[int, ...]

    def times(self, name: str, share: float) -> float:
        """How many times as long as a results page a page takes, at this percentile of both."""
        return percentile(self.pages[name], share) / percentile(self.results, share)

    def ratios(self) -> dict[str, float]:
        """How many times faster than a results page each is made; less than 1 is slower."""
        return {
            f"{name} {said}": round(1 / self.times(name, share), 3)
            for name in self.pages
            for said, share in _SHARES.items()
        }


def opening(place: Path, python: str) -> Opening:
    """Every document of SPEECHES and every other page, by several processes; of each the smallest."""
    folder = place / ("samples" if SPEECHES == SAMPLES else "real")
    brought_up_to_date(folder, python)
    _noted(folder, addresses(folder / "index"), [*dict.fromkeys(real_questions())])
    return _measured(folder, python)


def opening_of(corpus: Corpus, python: str) -> Opening:
    """Some documents of a corpus that is indexed, as far apart as they are many, and every other page."""
    every = addresses(corpus.folder / "index", _SOME)
    _noted(corpus.folder, every, [one.typed for one in read_questions(corpus.folder / QUESTIONS)])
    return _measured(corpus.folder, python)


def _noted(folder: Path, documents: Sequence[tuple[str, str]], questions: Sequence[str]) -> None:
    noted = {"documents": dict(documents), "questions": list(questions)}
    (folder / OPENED).write_text(json.dumps(noted), encoding="utf-8")


def _measured(folder: Path, python: str) -> Opening:
    printed = [json.loads(run(python, "pages.py", "--reader", folder)) for _ in range(WORKERS)]
    return reduce(least, (Opening(**{**one, "bytes": tuple(one["bytes"])}) for one in printed))


def least(one: Opening, other: Opening) -> Opening:
    """Of each page the smaller of both: of two workers, or of two rounds."""
    return Opening(
        results=smallest([one.results, other.results]),
        pages={name: smallest([times, other.pages[name]]) for name, times in one.pages.items()},
        cards=smallest([one.cards, other.cards]),
        bytes=one.bytes,
    )


def brought_up_to_date(folder: Path, python: str) -> None:
    """An index in folder as the program makes it now, and what will be opened; raises RuntimeError where it fails."""
    folder.mkdir(parents=True, exist_ok=True)
    asked = [python, "-m", "indexer", "build", f"--corpus={SPEECHES}", f"--index={folder / 'index'}"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(asked)}\n{done.stderr[-2000:]}")


def addresses(index: Path, most: int | None = None) -> list[tuple[str, str]]:
    """The address of each document, by its number, and the longest word of its title; most: of so many of them."""
    from search import text
    from search.engines import store_of
    from search.query.parsing import parse

    engine = store_of("whoosh", index).open()
    (ids,) = map(sorted, engine.first([parse("")], limit=engine.documents))
    documents = [one.document for one in engine.fetch(ids[:: len(ids) // most if most else 1][:most]).values()]
    titles = {f"/doc/{one.id}": text.fold(one.metadata.title.value) for one in documents}
    return sorted((path, max(text.words(title), key=len, default=title)) for path, title in titles.items())


def read(folder: Path) -> Opening:
    """The process that is measured."""
    from app import create_app
    from search.settings import Settings
    from search.text import warm
    from web.server import settle

    warm()
    app = create_app(Settings(index=str(folder / "index"), corpus=(SPEECHES,)))
    noted = json.loads((folder / OPENED).read_text(encoding="utf-8"))
    documents: dict[str, str] = noted["documents"]
    questions: list[str] = noted["questions"]
    ask(app, "/search", "民政")
    settle()
    results = [ask(app, "/search", typed).milliseconds for typed in questions]
    opened = [ask(app, path, typed) for path, typed in documents.items()]
    pages = {"opened": tuple(one.milliseconds for one in opened)}
    for name, (_, path, asks) in _OTHERS.items():
        pages[name] = tuple(_afresh(app, path, typed) for typed in (questions if asks else [""] * _TIMES))
    return Opening(tuple(results), pages, tuple(_cards(folder, questions)), tuple(one.bytes for one in opened))


def _cards(folder: Path, questions: Iterable[str]) -> Iterator[float]:
    """CPU milliseconds that ten cards take beside finding, of each question that has so many."""
    from search.engines import store_of
    from search.query.parsing import parse
    from search.results.cards import cards_of

    engine = store_of("whoosh", folder / "index").open()
    for query in map(parse, questions):
        ranked = engine.find(query, limit=_CARDS, offset=0).ranked
        if len(ranked) == _CARDS:
            yield min(_spent(partial(cards_of, engine, query, ranked)) for _ in range(_ROUNDS))


def _spent(work: Callable[[], object]) -> float:
    at = time.thread_time_ns()
    work()
    return (time.thread_time_ns() - at) / 1e6


def _afresh(app: Flask, path: str, typed: str) -> float:
    from web.cache import AnswerCache

    app.extensions["answers"] = AnswerCache()
    return ask(app, path, typed).milliseconds


PAGE, _COMMAND = "opening", "python bench/pages.py --opening"


def opening_page(done: Opening, of: Corpus | None = None, *, name: str = PAGE, command: str = _COMMAND) -> Page:
    """of: the corpus that the documents are of, where they are not SPEECHES."""
    opened = done.pages["opened"]
    shown = {_LABELS[name]: times for name, times in done.pages.items()} | {"一张结果页": done.results}
    return Page(
        name=name,
        title=f"打开一篇讲话和别的网页：{of.documents if of else len(opened):,} 篇",
        command=command,
        facts={
            **machine(),
            **(of.facts if of else {"语料": "样例文稿" if SPEECHES == SAMPLES else "真实文稿"}),
            "篇数": f"{of.documents if of else len(opened):,}",
            "打开的": f"{len(opened):,} 篇",
            "检索词": f"{len(done.results)} 个",
            "进程": f"{WORKERS} 个，取最小",
        },
        tables=(opening_table(done),),
        picture=(
            "CPU 毫秒，p50 → p95",
            tuple(
                Range(label, percentile(times, 0.5), percentile(times, 0.95), own=label == OPENED_PAGE)
                for label, times in shown.items()
            ),
        ),
        raw={name: [round(one, 3) for one in times] for name, times in _all_of(done).items()},
        goals={}
        if of
        else {
            **{f"opened_{said}": done.times("opened", share) for said, share in _SHARES.items()},
            **{f"opened_ms_{said}": percentile(opened, share) for said, share in _SHARES.items()},
            **({"cards_of_long": percentile(done.cards, 0.5)} if done.cards else {}),
        },
    )


def _all_of(done: Opening) -> dict[str, tuple[float, ...]]:
    return {**done.pages, "results": done.results, "cards": done.cards}


def opening_table(done: Opening) -> Table:
    ratios = {name: " / ".join(figure(done.times(name, share)) for share in _SHARES.values()) for name in done.pages}
    rows = (
        ("一张结果页", *_row(done.results), ""),
        *((_LABELS[name], *_row(times), ratios[name]) for name, times in done.pages.items()),
        *([("十张卡片，检索以外", *_row(done.cards), "")] if done.cards else []),  # the samples are too few for ten
        ("打开一篇，压缩后 KB", *_row([size / 1024 for size in done.bytes]), ""),
    )
    return Table(
        "各种网页，与同一索引的结果页相比",
        ("", "p50", "p95", "p99", "最多", "是结果页的几倍，p50 / p95"),
        rows,
        "CPU 毫秒。每篇带着标题里的一个词打开一次；每个检索词在结果页、按地区、逐句、表格、订阅各问一次，都是"
        f"这个进程头一回；首页、浏览、索引状态各 {_TIMES} 次，每次先清空网页缓存。命中处、列项核对、相近版本、同类讲话"
        f"、引用格式、模板、压缩都算在内。十张卡片：{len(done.cards)} 个找得到十篇的检索词，{_ROUNDS} 次取最小，不算"
        "检索和网页。底线定在比值上：比值不随机器快慢变。",
    )


def _row(values: Sequence[float]) -> tuple[str, ...]:
    return tuple(figure(percentile(values, share)) for share in (0.5, 0.95, 0.99, 1.0))


def held_to(measure: Callable[[], Opening], floors: Path, *, pins: bool) -> None:
    """Prints what was measured; exits with 1 where it is below a floor."""
    done, problems = held(measure, least, Opening.ratios, floors, pins=pins)
    click.echo(report.plain(opening_table(done)))
    click.echo("\n比结果页快几倍：" + "，".join(f"{name} {value:.3f}" for name, value in done.ratios().items()))
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise SystemExit(1)
