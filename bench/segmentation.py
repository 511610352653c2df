"""jieba against rjieba, alone and through search/text.py: python bench/segmentation.py

Both cut the same passages with the project's lexicon; characters a second of CPU, and whether the words are the same.
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

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import report
from bench.corpora import SOURCES, articles, default_source
from bench.installed import machine, python_for, pythons, run
from bench.report import Page, Range, Table, figure
from bench.searching import WORK
from search import segmenter, text

ROUNDS = 3
WAYS = {"bare": "切词器本身", "project": "切词", "words": "词", "index": "词和词里的词"}


@dataclass(frozen=True, slots=True)
class Cut:
    """version of the segmenter; seconds of CPU, the smallest of some rounds; a digest of the words of each passage."""

    version: str
    start: float  # seconds of CPU until the first word is cut
    seconds: dict[str, float]
    digests: dict[str, list[str]]


def cut(name: str, count: int, source: str) -> Cut:
    """The process that is measured; under the name jieba the accelerator is hidden from search/segmenter.py."""
    pieces = passages(count, source)
    if name == "jieba":
        segmenter.rjieba = None  # type: ignore[attr-defined]
    begun = time.process_time()
    version, bare = _jieba() if name == "jieba" else _rjieba()
    bare("民政")
    start = time.process_time() - begun
    folded = [text.fold(one) for one in pieces]
    entries = tuple(
        (text.fold(word), int(seen), kind) for word, seen, kind in map(_split, text.rows("civil_affairs.txt"))
    )
    ways: dict[str, Callable[[str], Iterable[str]]] = {
        "bare": bare,
        "project": segmenter.fastest(entries).cut,
        "words": lambda piece: (token.text for token in text.tokens(piece, fine=False)),
        "index": lambda piece: (token.text for token in text.tokens(piece, fine=True)),
    }
    seconds = {way: min(_timed(function, folded) for _ in range(ROUNDS)) for way, function in ways.items()}
    digests = {way: [_digest(function(piece)) for piece in folded] for way, function in ways.items()}
    return Cut(version, start, seconds, digests)


def _split(row: list[str]) -> list[str]:
    return row[0].split()


def _jieba() -> tuple[str, Callable[[str], Iterable[str]]]:
    import jieba

    jieba.setLogLevel(40)
    stock = jieba.Tokenizer()
    stock.initialize()
    return f"jieba {jieba.__version__}", stock.lcut


def _rjieba() -> tuple[str, Callable[[str], Iterable[str]]]:
    from importlib.metadata import version

    import rjieba

    return f"rjieba {version('rjieba')}", rjieba.Jieba().cut


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


def described(slow: Cut, fast: Cut | None, pieces: list[str], facts: dict[str, str], command: str) -> Page:
    characters = sum(map(len, pieces))
    both = [slow, fast] if fast else [slow]
    rows = [(one.version, figure(one.start), *(figure(characters / one.seconds[way]) for way in WAYS)) for one in both]
    rows += (
        [
            ("几倍", "", *(f"{figure(slow.seconds[way] / fast.seconds[way])} 倍" for way in WAYS)),
            ("切出的词相同的段落", "", *(f"{_same(slow, fast, way)} / {len(pieces)}" for way in WAYS)),
        ]
        if fast
        else [("rjieba", "没有装", "", "", "")]
    )
    return Page(
        name="segmentation",
        title="分词：jieba 与 rjieba",
        command=command,
        facts=facts,
        tables=(Table("每 CPU 秒切多少字", ("", "启动，CPU 秒", *WAYS.values()), tuple(rows), _NOTE),),
        picture=(
            "每 CPU 秒切多少字",
            tuple(
                Range(f"{one.version}，{label}", rate, rate, own=one is not slow)
                for one in both
                for way, label in WAYS.items()
                for rate in [characters / one.seconds[way]]
            ),
        ),
        raw={one.version: {"start": one.start, "seconds": one.seconds} for one in both},
        goals=_goals(slow, fast, len(pieces)),
    )


_NOTE = (
    "“切词器本身”用它自带的词典；“切词”是本项目的切词器：民政词典，两边的词必须相同；“词”“词和词里的词”是检索词和建索引所用的，"
    "时间里还有不随切词器变的部分（逐词记位置、切开长词）。相同：字母、数字、汉字的词全部相同，标点不算。"
)


def _goals(slow: Cut, fast: Cut | None, pieces: int) -> dict[str, float]:
    if fast is None:
        return {}
    same = 100 * _same(slow, fast, "index") / pieces
    return {"segmentation": slow.seconds["project"] / fast.seconds["project"], "segmentation_same": same}


def _same(one: Cut, other: Cut, way: str) -> int:
    return sum(a == b for a, b in zip(one.digests[way], other.digests[way], strict=True))


@click.command(help="比较 jieba 与 rjieba 的速度和结果，写出 docs/performance/segmentation.md。")
@click.option("--documents", default=1_000, show_default=True, help="用多少篇")
@click.option("--source", type=click.Choice(list(SOURCES)), default=default_source, help="来源；默认有新闻就用新闻")
@click.option("--work", default=WORK, type=click.Path(path_type=Path), help="放切词器的文件夹")
@click.option("--out", default=report.FOLDER, type=click.Path(path_type=Path), help="结果写到哪个文件夹")
@click.option("--cut", "name", type=click.Choice(["jieba", "rjieba"]), hidden=True)
def main(documents: int, source: str, work: Path, out: Path, name: str | None) -> None:
    if name:
        click.echo(json.dumps(asdict(cut(name, documents, source))))
        return
    asked = ("--documents", documents, "--source", source)
    slow = _read(run(sys.executable, "segmentation.py", "--cut", "jieba", *asked))
    python = python_for("rjieba", pythons(work, peers=True))
    fast = _read(run(python, "segmentation.py", "--cut", "rjieba", *asked)) if python else None
    pieces = passages(documents, source)
    sizes = {"语料": SOURCES[source], "篇数": f"{documents:,}", "段": f"{len(pieces):,}"}
    facts = {**machine(), **sizes, "字数": f"{sum(map(len, pieces)) / 1e4:,.0f} 万"}
    command = f"python bench/segmentation.py --documents {documents} --source {source}"
    click.echo(f"已写入 {report.write(described(slow, fast, pieces, facts, command), out)}")


def _read(printed: str) -> Cut:
    one = json.loads(printed)
    return Cut(one["version"], one["start"], one["seconds"], one["digests"])


if __name__ == "__main__":
    main(prog_name="python bench/segmentation.py")
