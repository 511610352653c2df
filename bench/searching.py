"""How fast questions are answered, beside other engines on the same documents: python bench/searching.py

Each engine runs in a process of its own and does the same for every question: the ten best, the exact total, how many
documents each year, region and genre has. --small --floors FILE is what CI runs: a few hundred documents made from the
samples, and ratios to engines that are there anyway, which may not fall below their floors.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import report
from bench.asking import LITERALS, QUESTIONS, RECORDS, Asked, Built, read_asked
from bench.corpora import Corpus, prepare
from bench.floors import held
from bench.installed import NEEDS, machine, python_for, pythons, run
from bench.options import sized, spoken
from bench.ours import has_plain
from bench.questions import KINDS, Question, read_questions, read_records
from bench.report import Page, Range, Table, figure, p50_p95, percentile, smallest
from search import text

PAGE = "searching"
_SMALL_DOCUMENTS, _SMALL_QUESTIONS = 200, 6


@dataclass(frozen=True, slots=True)
class Engine:
    """name: of asking.ENGINES; built: of the one whose index it asks."""

    label: str
    name: str
    built: str

    @property
    def own(self) -> bool:
        return self.built == "ours"


OURS = Engine("本引擎", "ours", "ours")
PLAIN = Engine("本引擎，不用列", "ours_plain", "ours")
CARDS = Engine("本引擎＋十张卡片", "ours_cards", "ours")
ALL_OF_A_PAGE = Engine("本引擎，整个检索步骤", "ours_page", "ours")
FTS5 = Engine("SQLite FTS5", "fts5", "fts5")
TANTIVY = Engine("tantivy", "tantivy", "tantivy")
XAPIAN = Engine("Xapian", "xapian", "xapian")
STOCK = Engine("Whoosh 常规做法", "stock", "stock")
STOCK_CARDS = Engine("Whoosh 常规做法＋摘要", "stock_cards", "stock")


def own_engines() -> tuple[Engine, ...]:
    return (OURS, PLAIN) if has_plain() else (OURS,)


@dataclass(frozen=True, slots=True)
class Measured:
    engine: Engine
    asked: Asked
    built: Built | None

    def of(self, questions: Sequence[Question], kind: str, *, first: bool = False) -> list[float]:
        times = self.asked.first if first else self.asked.best
        return [one for one, question in zip(times, questions, strict=True) if kind in ("all", question.kind)]


# --- measuring -----------------------------------------------------------------------------------------


def measure(
    corpus: Corpus, among: Sequence[Engine], found: list[str], file: str = QUESTIONS
) -> tuple[list[Measured], list[str]]:
    """Every engine on the corpus, and the labels of those that are not on this machine."""
    done, missing = [], []
    for engine in among:
        python = python_for(NEEDS[engine.name], found)
        if python is None:
            missing.append(engine.label)
            continue
        click.echo(f"  {engine.label}，{corpus.documents} 篇 …", err=True)
        built = indexed(corpus.folder, engine, python)
        # The stock recipe's cards take seconds a question; one more round changes nothing that matters.
        rounds = 1 if engine is STOCK_CARDS else 3
        printed = run(python, "asking.py", engine.name, corpus.folder, "ask", file, rounds)
        done.append(Measured(engine, read_asked(printed), built))
    return done, missing


def indexed(folder: Path, engine: Engine, python: str) -> Built:
    """Builds the index of an engine unless it is there; what that took."""
    note = folder / f"{engine.built}.built.json"
    if not note.exists():
        note.write_text(run(python, "asking.py", engine.built, folder, "build"), encoding="utf-8")
    return Built(**json.loads(note.read_text(encoding="utf-8")))


def forget_own(folder: Path) -> None:
    """The project's own index is made anew, because its code may have changed."""
    shutil.rmtree(folder / "index", ignore_errors=True)
    (folder / "ours.built.json").unlink(missing_ok=True)


# --- the page ------------------------------------------------------------------------------------------


_WHAT = "前十＋准确篇数＋按年份、地区、文种计数"
_NOTE = (
    "每格是 p50 / p95，CPU 毫秒（提问线程），各问取几轮中最小的；“第一次问”是进程里头一回遇到这个词。"
    "“＋十张卡片”“＋摘要”包括取出前十篇、选段、标出命中；“整个检索步骤”另有纠错、分面和地址。"
)


def latency_table(
    done: Sequence[Measured],
    missing: Sequence[str],
    questions: Sequence[Question],
    title: str = _WHAT,
    note: str = _NOTE,
    *,
    labels: Mapping[str, str] = KINDS,
) -> Table:
    """p50 / p95 of each engine by kind of question; labels: what each kind is called."""
    kinds = [kind for kind in labels if any(one.kind == kind for one in questions)]
    rows = [
        (
            one.engine.label,
            *(p50_p95(one.of(questions, kind)) for kind in [*kinds, "all"]),
            figure(percentile(one.of(questions, "all"), 0.99)),
            p50_p95(one.of(questions, "all", first=True)),
        )
        for one in done
    ]
    rows += [(label, "这台机器上没有装", *[""] * (len(kinds) + 2)) for label in missing]
    heads = ("引擎", *(labels[kind] for kind in kinds), "全部", "全部 p99", "第一次问")
    return Table(title, heads, tuple(rows), note)


def ratio_table(done: Sequence[Measured], questions: Sequence[Question]) -> Table:
    own = done[0].of(questions, "all")
    rows = []
    for one in done[1:]:
        theirs = one.of(questions, "all")
        rows.append((one.engine.label, *(f"{figure(_ratio(theirs, own, share))} 倍" for share in (0.5, 0.95, 0.99))))
    return Table(
        "与本引擎相比（它的时间 ÷ 本引擎的时间，大于 1 是本引擎快）", ("引擎", "p50", "p95", "p99"), tuple(rows)
    )


def _ratio(theirs: Sequence[float], own: Sequence[float], share: float) -> float:
    return percentile(theirs, share) / percentile(own, share)


def agreement_table(done: Sequence[Measured], questions: Sequence[Question]) -> Table:
    """How many questions have the total that SQLite FTS5 has; of the own engine only those that mean the same."""
    reference = next((one for one in done if one.engine is FTS5), None)
    rows = []
    for one in done if reference else []:
        if one is reference or reference is None:
            continue
        counted = []
        for kinds in ({"phrase"}, set(KINDS) - {"phrase"}):
            pairs = [
                (mine, theirs)
                for mine, theirs, question in zip(one.asked.totals, reference.asked.totals, questions, strict=True)
                if question.kind in kinds
            ]
            same, fewer = sum(a == b for a, b in pairs), sum(a < b for a, b in pairs)
            counted.append(f"{same} / {len(pairs)}（少 {fewer}）")
        rows.append((one.engine.label, *counted))
    return Table(
        "篇数与 SQLite FTS5 相同的问题",
        ("引擎", "引号原话", "其他"),
        tuple(rows),
        "tantivy、Xapian 拿到的词与 FTS5 相同，篇数应当全同。本引擎引号里逐字查找：切词不同的地方也找得到，所以有的多；"
        "标点也算字，不会把隔着逗号的两个词当成原话，所以有的少。不加引号时还按同义词、异写扩展，并除去跨词的假命中"
        "（民政不算在人民政府里）。"
        "常规做法的引号多半一篇也查不到：jieba 的 ChineseAnalyzer 把字的位置当成词的位置。",
    )


def built_table(done: Sequence[Measured], corpus: Corpus) -> Table:
    seen: set[str] = set()
    rows = []
    for one in done:
        if one.built and one.engine.built not in seen:
            seen.add(one.engine.built)
            rate = corpus.documents / one.built.seconds
            rows.append(
                (one.engine.label, figure(rate), figure(one.built.peak / 1024), figure(one.asked.private / 1024))
            )
    return Table(
        "建索引与内存（仅供参考）",
        ("引擎", "每 CPU 秒篇数", "建索引内存峰值 MB", "检索后独占内存 MB"),
        tuple(rows),
        "本引擎和常规做法的时间包括分词，其余引擎拿到的是切好的词；从文件开始的建索引另有一页。",
    )


def goals(done: Sequence[Measured], questions: Sequence[Question]) -> dict[str, float]:
    times = {one.engine.name: one.of(questions, "all") for one in reversed(done)}
    own = times["ours"]
    found = {f"{name}_p95": _ratio(own, times[name], 0.95) for name in ("tantivy", "fts5", "xapian") if name in times}
    if "stock" in times:
        found["stock_p95"] = _ratio(times["stock"], own, 0.95)
    if "stock_cards" in times and "ours_cards" in times:
        found["stock_cards_p95"] = _ratio(times["stock_cards"], times["ours_cards"], 0.95)
    if "ours_cards" in times:
        found["cards_more"] = percentile(times["ours_cards"], 0.5) - percentile(own, 0.5)
    return found


# --- quoted strings ------------------------------------------------------------------------------------

_LENGTHS = ((2, 2), (3, 4), (5, 9), (10, 19), (20, 30))


def literal_table(done: Sequence[Measured], questions: Sequence[Question], scanned: Sequence[int]) -> Table:
    """By length of the string; the totals against a scan of every text."""
    rows = []
    for one in done:
        right = sum(a == b for a, b in zip(one.asked.totals, scanned, strict=True))
        cells = [
            p50_p95([t for t, q in zip(one.asked.first, questions, strict=True) if low <= len(q.words[0]) <= high])
            for low, high in _LENGTHS
        ]
        said = f"{right} / {len(scanned)}"
        rows.append((one.engine.label, *cells, p50_p95(one.asked.first), p50_p95(one.asked.best), said))
    heads = (f"{low} 字" if low == high else f"{low}–{high} 字" for low, high in _LENGTHS)
    return Table(
        "引号里任意一段文字",
        ("引擎", *heads, "全部", "再问", "篇数与逐字扫描相同"),
        tuple(rows),
        "从语料里任意截取 2 到 30 个字，不管词从哪里断。p50 / p95，CPU 毫秒；除“再问”外都是第一次问。",
    )


def scan(folder: Path, questions: Sequence[Question]) -> list[int]:
    """How many documents hold each string, letter by letter after folding."""
    bodies = [text.fold(record.text) for record in read_records(folder / RECORDS)]
    return [sum(text.fold(one.words[0]) in body for body in bodies) for one in questions]


# --- floors --------------------------------------------------------------------------------------------


def ratios(done: Sequence[Measured], questions: Sequence[Question]) -> dict[str, float]:
    """How many times faster than each peer the own engine is, with cards against cards; less than 1 is slower."""
    times = {one.engine.name: one.of(questions, "all") for one in reversed(done)}
    own = {"stock_cards": "ours_cards"}
    return {
        f"{name} {said}": round(_ratio(times[name], times[own.get(name, "ours")], share), 3)
        for name in ("fts5", "stock", "stock_cards")
        for said, share in (("p50", 0.5), ("p95", 0.95))
    }


def least(one: Sequence[Measured], other: Sequence[Measured]) -> list[Measured]:
    """Of each question to each engine the smaller time of two rounds."""
    return [
        replace(a, asked=replace(a.asked, best=smallest([a.asked.best, b.asked.best])))
        for a, b in zip(one, other, strict=True)
    ]


# --- the command ---------------------------------------------------------------------------------------


def small_run(place: Path, floors: Path | None, *, pins: bool) -> None:
    corpus = prepare(_SMALL_DOCUMENTS, "sample", place, questions=_SMALL_QUESTIONS)
    forget_own(corpus.folder)
    questions = read_questions(corpus.folder / QUESTIONS)

    def once() -> list[Measured]:
        done, _ = measure(corpus, (OURS, CARDS, FTS5, STOCK, STOCK_CARDS), pythons(place, peers=False))
        return done

    def found(done: Sequence[Measured]) -> dict[str, float]:
        return ratios(done, questions)

    done, problems = held(once, least, found, floors, pins=pins) if floors else (once(), [])
    click.echo(report.plain(latency_table(done, [], questions)))
    click.echo("\n比它快几倍：" + "，".join(f"{name} {value:.2f}" for name, value in found(done).items()))
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise SystemExit(1)


def full_run(corpus: Corpus, place: Path, command: str, name: str, left_out: Sequence[str]) -> Page:
    """name: of the page; left_out: names of engines that are not asked."""
    questions, strings = (read_questions(corpus.folder / name) for name in (QUESTIONS, LITERALS))
    every = (*own_engines(), CARDS, ALL_OF_A_PAGE, TANTIVY, XAPIAN, FTS5, STOCK, STOCK_CARDS)
    among = [engine for engine in every if engine.name not in left_out]
    done, missing = measure(corpus, among, pythons(place, peers=True))
    own = [engine for engine in among if engine in own_engines()]
    quoted, _ = measure(corpus, own, pythons(place, peers=False), LITERALS)
    versions = "、".join(dict.fromkeys(one.asked.version for one in done))
    reached = {**goals(done, questions), "literal_p95": percentile(quoted[0].asked.first, 0.95)}
    return Page(
        name=name,
        title=f"检索：{corpus.documents:,} 篇，与其他引擎同机同题",
        command=command,
        facts={**machine(), **corpus.facts, "问题": f"{len(questions)} 个", "版本": versions},
        tables=(
            latency_table(done, missing, questions),
            ratio_table(done, questions),
            literal_table(quoted, strings, scan(corpus.folder, strings)),
            agreement_table(done, questions),
            built_table(done, corpus),
        ),
        picture=("每个问题的 CPU 毫秒，p50 → p95", tuple(_range(one, questions) for one in done)),
        raw={
            "kinds": [one.kind for one in questions],
            **{one.engine.label: _raw(one.asked) for one in done},
            **{f"{one.engine.label}，引号": _raw(one.asked) for one in quoted},
        },
        goals={_key(name, key): value for key, value in reached.items()},
    )


def _key(page: str, goal: str) -> str:
    """Of a goal on the usual page, or on another one."""
    return goal if page == PAGE else f"{page}.{goal}"


def _range(one: Measured, questions: Sequence[Question]) -> Range:
    values = one.of(questions, "all")
    return Range(one.engine.label, percentile(values, 0.5), percentile(values, 0.95), own=one.engine.own)


def _raw(asked: Asked) -> dict[str, object]:
    return {
        "first_ms": [round(one, 3) for one in asked.first],
        "ms": [round(one, 3) for one in asked.best],
        "totals": asked.totals,
        "private_kb": asked.private,
    }


@click.command(help="同机同题比较检索速度，写出 docs/performance/searching.md；--small 是持续集成用的小规模比较。")
@sized
@click.option("--page", "name", default=PAGE, show_default=True, help="写成哪一页")
@click.option(
    "--leave-out",
    "left_out",
    multiple=True,
    type=click.Choice(sorted(NEEDS)),
    help="不问哪个引擎，可以用几次（语料大时）",
)
@click.option("--fresh", is_flag=True, help="先重建本引擎的索引（代码改过之后）")
@click.option("--small", is_flag=True, help="只用样例文稿拼成的几百篇，不装别的引擎，不写文件")
@click.option("--floors", type=click.Path(path_type=Path), help="与 --small 同用：倍数低于这个文件里的底线就算失败")
@click.option("--pin", "pins", is_flag=True, help="与 --floors 同用：把底线定为现在测得的一半")
def main(
    documents: int,
    source: str,
    questions: int,
    work: Path,
    out: Path,
    name: str,
    left_out: tuple[str, ...],
    fresh: bool,
    small: bool,
    floors: Path | None,
    pins: bool,
) -> None:
    if (floors and not small) or (pins and not floors):
        raise click.UsageError("--floors 要与 --small 同用，--pin 要与 --floors 同用")
    if small:
        small_run(work, floors, pins=pins)
        return
    corpus = prepare(documents, source, work, questions=questions)
    if fresh:
        forget_own(corpus.folder)
    command = spoken("searching.py", corpus, questions)
    command += "".join(f" --leave-out {engine}" for engine in left_out)
    command += f" --page {name}" if name != PAGE else ""
    click.echo(f"已写入 {report.write(full_run(corpus, work, command, name, left_out), out)}")


if __name__ == "__main__":
    main(prog_name="python bench/searching.py")
