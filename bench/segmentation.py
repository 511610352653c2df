"""jieba against rjieba, and both against what the project makes of them: python bench/segmentation.py

All cut the same passages with the project's lexicon; characters a second of CPU, and whether the words are the same.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from jieba import Tokenizer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import report
from bench.corpora import SOURCES, articles, default_source
from bench.installed import machine, python_for, pythons, run
from bench.options import WORK
from bench.report import Page, Range, Table, figure
from search import text
from search.text import segmenter

ROUNDS = 3
WAYS = {"bare": "自带词典", "project": "民政词典", "words": "词", "index": "词和词里的词"}
CUTTERS = {"jieba": "jieba {}", "own": "本项目，不装 rjieba", "rjieba": "本项目，rjieba {}"}


@dataclass(frozen=True, slots=True)
class Cut:
    """seconds of CPU, the smallest of some rounds; a digest of the words of each passage; by way."""

    label: str
    start: float  # seconds of CPU until the first word is cut
    seconds: dict[str, float]
    digests: dict[str, list[str]]


def cut(name: str, count: int, source: str) -> Cut:
    """The process that is measured: jieba as it comes, the project without its accelerator, or with it."""
    pieces = passages(count, source)
    if name == "own":
        sys.modules["rjieba"] = None  # type: ignore[assignment]  # an import of it fails
    begun = time.process_time()
    version, ways = _STARTED[name]()
    next(iter(ways.values()))("民政")
    start = time.process_time() - begun
    folded = [text.fold(one) for one in pieces]
    seconds = {way: min(_timed(function, folded) for _ in range(ROUNDS)) for way, function in ways.items()}
    digests = {way: [_digest(function(piece)) for piece in folded] for way, function in ways.items()}
    return Cut(CUTTERS[name].format(version), start, seconds, digests)


Ways = dict[str, Callable[[str], Iterable[str]]]


def _jieba() -> tuple[str, Ways]:
    import jieba

    jieba.setLogLevel(40)
    stock, taught = jieba.Tokenizer(), jieba.Tokenizer()
    stock.initialize()
    return jieba.__version__, {"bare": stock.lcut, "project": lambda piece: _taught(taught).cut(piece)}


def _taught(tokenizer: Tokenizer) -> Tokenizer:
    """jieba with the project's words, each counted once; made when it is first asked."""
    if not tokenizer.initialized:
        tokenizer.initialize()
        for word, seen, kind in text.dictionary_entries():
            tokenizer.total -= tokenizer.FREQ.get(word, 0)
            tokenizer.add_word(word, seen, kind)
    return tokenizer


def _own() -> tuple[str, Ways]:
    return "", {
        "project": segmenter.fastest(text.dictionary_entries()).cut,
        "words": lambda piece: (token.text for token in text.tokens(piece, fine=False)),
        "index": lambda piece: (token.text for token in text.tokens(piece, fine=True)),
    }


def _rjieba() -> tuple[str, Ways]:
    from importlib.metadata import version

    import rjieba

    text.expect_many()
    return version("rjieba"), {"bare": rjieba.Jieba().cut, **_own()[1]}


_STARTED: dict[str, Callable[[], tuple[str, Ways]]] = {"jieba": _jieba, "own": _own, "rjieba": _rjieba}


def _timed(function: Callable[[str], Iterable[str]], pieces: list[str]) -> float:
    begun = time.process_time()
    for piece in pieces:
        for _ in function(piece):
            pass
    return time.process_time() - begun


def _digest(words: Iterable[str]) -> str:
    """Of the words without what is no letter, digit or Chinese character: signs alone are no words."""
    return hashlib.sha256("\n".join(word for word in words if text.has_word(word)).encode()).hexdigest()[:12]


def passages(count: int, source: str) -> list[str]:
    return [paragraph for one in articles(count, source) for paragraph in one.paragraphs]


# --- the page ------------------------------------------------------------------------------------------


def described(done: dict[str, Cut], pieces: list[str], facts: dict[str, str], command: str) -> Page:
    characters = sum(map(len, pieces))
    rates = {name: {way: characters / spent for way, spent in one.seconds.items()} for name, one in done.items()}
    rows = [(one.label, figure(one.start), *_cells(rates[name])) for name, one in done.items()]
    compared = [pair for pair in _COMPARED if pair.keys() <= done.keys()]
    for (fast, label), (slow, other) in (pair.items() for pair in compared):
        times = {way: rates[fast][way] / rates[slow][way] for way in rates[fast] if way in rates[slow]}
        same = {way: f"{_same(done[fast], done[slow], way)} / {len(pieces)}" for way in times}
        rows.append((f"{label}是{other}的几倍", "", *_cells(times)))
        rows.append(("切出的词相同的段落", "", *(same.get(way, "—") for way in WAYS)))
    return Page(
        name="segmentation",
        title="分词：jieba 与 rjieba",
        command=command,
        facts=facts,
        tables=(Table("每 CPU 秒切多少字", ("", "启动，CPU 秒", *WAYS.values()), tuple(rows), _NOTE),),
        picture=(
            "每 CPU 秒切多少字",
            tuple(
                Range(f"{done[name].label}，{WAYS[way]}", rate, rate, own=name != "jieba")
                for name, ways in rates.items()
                for way, rate in ways.items()
            ),
        ),
        raw={one.label: {"start": one.start, "seconds": one.seconds} for one in done.values()},
        goals=_goals(done, len(pieces)),
    )


_COMPARED = (
    {"own": "不装 rjieba ", "jieba": " jieba "},
    {"rjieba": "装 rjieba ", "jieba": " jieba "},
    {"rjieba": "装 rjieba ", "own": "不装"},
)
_NOTE = (
    "“自带词典”是切词器本身；“民政词典”加上本项目的词，切出的词必须相同；“词”“词和词里的词”是检索词和建索引所用的，"
    "时间里还有不随切词器变的部分（逐词记位置、切开长词）。"
    "不装 rjieba 时用 jieba 的词典、模型和算法，循环是本项目自己的。相同：字母、数字、汉字的词全部相同，标点不算。"
)


def _cells(values: dict[str, float]) -> tuple[str, ...]:
    return tuple(figure(values[way]) if way in values else "—" for way in WAYS)


def _goals(done: dict[str, Cut], pieces: int) -> dict[str, float]:
    """Of rjieba with the project's words against jieba with them."""
    if "rjieba" not in done:
        return {}
    slow, fast = done["jieba"], done["rjieba"]
    same = 100 * _same(slow, fast, "project") / pieces
    return {"segmentation": slow.seconds["project"] / fast.seconds["project"], "segmentation_same": same}


def _same(one: Cut, other: Cut, way: str) -> int:
    return sum(a == b for a, b in zip(one.digests[way], other.digests[way], strict=True))


@click.command(help="比较 jieba 与 rjieba 的速度和结果，写出 docs/performance/segmentation.md。")
@click.option("--documents", default=1_000, show_default=True, help="用多少篇")
@click.option("--source", type=click.Choice(list(SOURCES)), default=default_source, help="来源；默认有新闻就用新闻")
@click.option("--work", default=WORK, type=click.Path(path_type=Path), help="放切词器的文件夹")
@click.option("--out", default=report.FOLDER, type=click.Path(path_type=Path), help="结果写到哪个文件夹")
@click.option("--cut", "name", type=click.Choice(list(CUTTERS)), hidden=True)
def main(documents: int, source: str, work: Path, out: Path, name: str | None) -> None:
    if name:
        click.echo(json.dumps(asdict(cut(name, documents, source))))
        return
    asked = ("--documents", documents, "--source", source)
    accelerated = python_for("rjieba", pythons(work, peers=True))
    under = {"jieba": sys.executable, "own": sys.executable, "rjieba": accelerated}
    done = {
        one: Cut(**json.loads(run(python, "segmentation.py", "--cut", one, *asked)))
        for one, python in under.items()
        if python
    }
    pieces = passages(documents, source)
    sizes = {"语料": SOURCES[source], "篇数": f"{documents:,}", "段": f"{len(pieces):,}"}
    facts = {**machine(), **sizes, "字数": f"{sum(map(len, pieces)) / 1e4:,.0f} 万"}
    command = f"python bench/segmentation.py --documents {documents} --source {source}"
    click.echo(f"已写入 {report.write(described(done, pieces, facts, command), out)}")


if __name__ == "__main__":
    main(prog_name="python bench/segmentation.py")
