"""How good the answers are: judged questions, asked as the web page asks them, and floors under the figures.

python bench/relevance.py --floors tests/relevance/floors.json — exit code 1 when a figure fell below its floor.
The questions, who judged them and how: tests/relevance/README.md.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from indexer import pipeline
from search.engines import Engine, store_of
from search.query.parsing import parse
from search.results import PER_PAGE, search

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "tests" / "relevance"
SHARED = ROOT.parent / "shared"

# A question of the type none has no answer in the corpus; it is measured by finding nothing.
TYPES = {
    "term": "单词",
    "synonym": "同义",
    "multi": "多词",
    "question": "问句",
    "phrase": "原句",
    "misspelling": "错字",
    "pinyin": "拼音",
    "traditional": "繁体",
    "name": "人名地名",
    "number": "数字",
    "none": "查无",
}
DEPTH = 100  # answers of a question, as python -m search --batch gives by default
NOISE = 0.002  # a 1 before a 2 at the top of one answer: 2.63 becomes 2.26, a seventh of one question in a hundred

Grades = Mapping[str, int]  # document -> 0, 1 or 2
Run = Mapping[str, Sequence[str]]  # question's number -> documents, best first
Floors = Mapping[str, Mapping[str, float]]  # type, or all -> figure -> the least it may be


@dataclass(frozen=True, slots=True)
class Question:
    number: str
    text: str
    type: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Questions and what was judged of them; sha256 of both files, so that floors know which they belong to."""

    questions: tuple[Question, ...]
    grades: Mapping[str, Grades]
    sha256: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured over some questions; values are figures of which more is better, each from 0 to 1."""

    questions: int
    empty: int
    values: Mapping[str, float]


Measured = Mapping[str, Figures]  # type, or all -> its figures


# --- the figures ---------------------------------------------------------------------------------------


def ndcg10(ranked: Sequence[str], grades: Grades) -> float:
    """Gain is the grade itself, discounted by log2 of the rank plus one, over the best order there could be."""
    best = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(name, 0) for name in ranked]) / best


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades[:10], start=1))


def reciprocal_rank(ranked: Sequence[str], grades: Grades) -> float:
    """Of the first document that is relevant at all; 0 where there is none."""
    return next((1 / rank for rank, name in enumerate(ranked, start=1) if grades.get(name, 0)), 0.0)


def recall20(ranked: Sequence[str], grades: Grades) -> float:
    relevant = {name for name, grade in grades.items() if grade}
    return len(relevant.intersection(ranked[:20])) / len(relevant)


def judged10(ranked: Sequence[str], grades: Grades) -> float:
    """The share of the first ten that somebody has judged; the rest counts as not relevant."""
    return _mean([float(name in grades) for name in ranked[:10]])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def measured(judged: Judged, run: Run) -> Measured:
    """Figures over all questions that have an answer, over those of each type, and over those without (none)."""
    answerable = [one for one in judged.questions if any(judged.grades[one.number].values())]
    groups = {"all": answerable} | {name: [one for one in answerable if one.type == name] for name in TYPES}
    figures = {name: _figures(group, judged.grades, run) for name, group in groups.items() if group}
    without = [one for one in judged.questions if one not in answerable]
    if without:
        empty = sum(not run[one.number] for one in without)
        figures["none"] = Figures(len(without), empty, {"unanswered": empty / len(without)})
    return figures


def _figures(questions: Sequence[Question], grades: Mapping[str, Grades], run: Run) -> Figures:
    asked = [(run[one.number], grades[one.number]) for one in questions]
    answered = [pair for pair in asked if pair[0]]
    values = {
        "ndcg10": _mean([ndcg10(*pair) for pair in asked]),
        "mrr": _mean([reciprocal_rank(*pair) for pair in asked]),
        "recall20": _mean([recall20(*pair) for pair in asked]),
        "judged10": _mean([judged10(*pair) for pair in answered]),
        "answered": len(answered) / len(asked),
    }
    return Figures(len(asked), len(asked) - len(answered), values)


# --- asking --------------------------------------------------------------------------------------------


def read_judged(folder: Path) -> Judged:
    """queries.tsv (number, text, type) and qrels.tsv (number, [a 0 as TREC has it,] document, grade).

    Raises ValueError for a type that is not in TYPES and for judgements of a question that is not there.
    """
    files = [folder / name for name in ("queries.tsv", "qrels.tsv")]
    rows, judgements = ([line.split("\t") for line in _lines(file)] for file in files)
    questions = tuple(Question(number, text, kind) for number, text, kind in rows)
    grades: dict[str, dict[str, int]] = {one.number: {} for one in questions}
    for number, *_, name, grade in (row if len(row) > 1 else row[0].split() for row in judgements):
        if number not in grades:
            raise ValueError(f"{files[1]}：没有编号为 {number} 的检索词")
        grades[number][name] = int(grade)
    unknown = sorted({one.type for one in questions} - set(TYPES))
    if unknown:
        raise ValueError(f"{files[0]}：没有“{unknown[0]}”这种类型；可用：{'、'.join(TYPES)}")
    return Judged(questions, grades, _sha256(files))


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _sha256(files: Sequence[Path]) -> str:
    return hashlib.sha256("\n".join(line for file in files for line in _lines(file)).encode()).hexdigest()[:16]


def answers(
    corpora: Sequence[Path], judged: Judged, names: Mapping[str, str] | None = None, *, cluster: str = ""
) -> Run:
    """Builds an index of the folders, asks every question, throws the index away; one in a cluster (the address of an
    index there) stays.

    names (file -> document as the judgements call it) is given where files are judged, not documents: the first of
    a file's documents then stands for all of them.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store = store_of("opensearch", cluster) if cluster else store_of("whoosh", Path(folder))
        report = pipeline.build(corpora, store, full=True)
        if report.failed:
            raise click.ClickException(f"{len(report.failed)} 个文件读取出错，例如 {report.failed[0]}")
        engine = store.open()
        return {one.number: tuple(_named(_external_ids(engine, one.text), names)) for one in judged.questions}


def _external_ids(engine: Engine, asked: str) -> Iterator[str]:
    """The documents on the pages of results, page after page, at most DEPTH."""
    page = search(engine, parse(asked))
    yield from (hit.external_id for hit in page.hits)
    for number in range(2, min(page.pages, DEPTH // PER_PAGE) + 1):
        yield from (hit.external_id for hit in search(engine, parse(asked, page=number)).hits)


def _named(external_ids: Iterator[str], names: Mapping[str, str] | None) -> list[str]:
    if names is None:
        return list(external_ids)
    files = (re.sub(r"#\d+$", "", name) for name in external_ids)
    return list(dict.fromkeys(names.get(file, Path(file).stem) for file in files))


# --- floors --------------------------------------------------------------------------------------------


def fallen(figures: Measured, judged: Judged, file: Path) -> list[str]:
    """What is below its floor by more than NOISE, or has none, in Chinese; empty when all is well."""
    if not file.exists():
        return [f"没有底线文件 {file}；请用 --pin 写出"]
    pinned = json.loads(file.read_text(encoding="utf-8"))
    if pinned["judgements"] != judged.sha256:
        return ["检索词或判断与定底线时不同；请用 --pin 重定"]
    new = {(kind, name) for kind, one in figures.items() for name in one.values} - set(_each(pinned["floors"]))
    return _lower(figures, pinned["floors"]) + [f"{_place(*one)} 没有底线；请用 --pin 补上" for one in sorted(new)]


def pin(figures: Measured, judged: Judged, file: Path, *, allow_lower: bool) -> list[str]:
    """Writes the floors, unless that lowers one: then says which, and writes nothing.

    A figure that is lower by no more than NOISE keeps the floor it had, so that floors don't creep down.
    """
    old: Floors = json.loads(file.read_text(encoding="utf-8"))["floors"] if file.exists() and not allow_lower else {}
    refused = _lower(figures, old)
    if not refused:
        floors = {
            kind: {name: max(round(value, 4), old.get(kind, {}).get(name, 0.0)) for name, value in one.values.items()}
            for kind, one in figures.items()
        }
        written = json.dumps({"judgements": judged.sha256, "floors": floors}, ensure_ascii=False, indent=1)
        file.write_text(written + "\n", encoding="utf-8")
    return refused


def _lower(figures: Measured, floors: Floors) -> list[str]:
    """The figures that are under floors by more than NOISE; one that is measured no more counts as lower, too."""
    said = []
    for (kind, name), floor in _each(floors).items():
        value = figures[kind].values.get(name, 0.0) if kind in figures else 0.0
        if value < floor - NOISE:
            said.append(f"{_place(kind, name)} 为 {value:.4f}，低于底线 {floor:.4f}")
    return said


def _each(floors: Floors) -> dict[tuple[str, str], float]:
    return {(kind, name): floor for kind, figures in floors.items() for name, floor in figures.items()}


def _place(kind: str, name: str) -> str:
    return f"{_LABELS[kind]}的 {name}"


# --- printing ------------------------------------------------------------------------------------------

_LABELS = {"all": "全部", **TYPES}
_COLUMNS = {"ndcg10": "nDCG@10", "mrr": "MRR", "recall20": "Recall@20", "judged10": "已判@10"}


def table(figures: Measured) -> str:
    """A line a type under a line of headings, columns flush right; 无结果 counts questions."""
    rows = [["类型", "题数", *_COLUMNS.values(), "无结果"]]
    for kind, one in figures.items():
        values = [f"{one.values[name]:.4f}" if name in one.values else "—" for name in _COLUMNS]
        rows.append([_LABELS[kind], str(one.questions), *values, str(one.empty)])
    return "\n".join(_flush_left(row[0], 10) + "".join(_flush_right(cell, 11) for cell in row[1:]) for row in rows)


def _flush_left(cell: str, width: int) -> str:
    return cell + " " * (width - _columns(cell))


def _flush_right(cell: str, width: int) -> str:
    return " " * (width - _columns(cell)) + cell


def _columns(cell: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in cell)


def weak(judged: Judged, run: Run) -> Iterator[str]:
    """Every question that is not answered in the best order, with what came instead and what is missing."""
    for one in judged.questions:
        grades, ranked = judged.grades[one.number], run[one.number]
        relevant = sorted((name for name in grades if grades[name]), key=lambda name: -grades[name])
        if relevant and (value := ndcg10(ranked, grades)) < 0.995:
            missing = "、".join(f"{name}({grades[name]})" for name in relevant if name not in ranked[:20])
            first = "、".join(f"{name}({grades.get(name, '?')})" for name in ranked[:10])
            yield f"{one.number} {one.text} 〔{TYPES[one.type]}〕 {value:.3f}\n  得到：{first}\n  缺少：{missing}"
        elif not relevant and ranked:
            yield f"{one.number} {one.text} 〔{TYPES[one.type]}〕 不应有结果，却有 {len(ranked)} 篇：{ranked[0]} …"


# --- the command ---------------------------------------------------------------------------------------


@click.command(
    help="用评判过的检索词衡量结果的好坏；低于底线时退出码为 1。",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--corpus", "corpora", multiple=True, type=click.Path(path_type=Path), help="文档文件夹（默认 corpus）")
@click.option("--judged", "folder", default=OWN, type=click.Path(path_type=Path), help="放检索词和判断的文件夹")
@click.option("--floors", type=click.Path(path_type=Path), help="底线文件：任何一项低于底线就算失败")
@click.option("--pin", "pins", is_flag=True, help="把底线提高到现在测得的值")
@click.option("--allow-lower", is_flag=True, help="与 --pin 同用：允许降低底线（理由写进提交说明）")
@click.option("--shared/--no-shared", default=None, help="是否也衡量 ../shared/data（默认：有就衡量，仅供参考）")
@click.option("--runs", type=click.Path(file_okay=False, path_type=Path), help="另把结果写进这个文件夹（TREC 格式）")
@click.option("--show", is_flag=True, help="列出没有答好的每个检索词")
@click.option("--cluster", default="", help="改用集群里的索引：它的地址，从头建立（../shared/data 的在 地址-shared）")
def main(
    corpora: tuple[Path, ...],
    folder: Path,
    floors: Path | None,
    pins: bool,
    allow_lower: bool,
    shared: bool | None,
    runs: Path | None,
    show: bool,
    cluster: str,
) -> None:
    if (pins and not floors) or (allow_lower and not pins):
        raise click.UsageError("--pin 要与 --floors 同用，--allow-lower 要与 --pin 同用")
    if shared and not (SHARED / "data").is_dir():
        raise click.UsageError("没有 ../shared/data；请去掉 --shared")
    judged = read_judged(folder)
    run = answers(corpora or (ROOT / "corpus",), judged, cluster=cluster)
    figures = _told("样例文稿", judged, run, runs and runs / "own.run", show=show)
    if shared or (shared is None and (SHARED / "data").is_dir()):
        measure_shared(runs, show=show, cluster=cluster and f"{cluster}-shared")
    if floors:
        problems = pin(figures, judged, floors, allow_lower=allow_lower) if pins else fallen(figures, judged, floors)
        _conclude(problems, floors, pins=pins)


def measure_shared(runs: Path | None, *, show: bool, cluster: str = "") -> None:
    """The same figures over ../shared/data and ../shared/seeds, where a file, not a document, is judged."""
    data = SHARED / "data"
    judged = read_judged(data)
    files = json.loads((data / "docids.json").read_text(encoding="utf-8"))
    names = {file: name for name, file in files.items()}
    run = answers((SHARED / "seeds", data / "documents"), judged, names, cluster=cluster)
    _told("../shared/data（仅供参考）", judged, run, runs and runs / "shared.run", show=show)


def _told(title: str, judged: Judged, run: Run, out: Path | None, *, show: bool) -> Measured:
    """Prints the table of a run, and keeps the run where that was asked for."""
    figures = measured(judged, run)
    click.echo(f"{title}\n{table(figures)}\n")
    if show:
        click.echo("\n".join(weak(judged, run)) + "\n")
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text("".join(f"{line}\n" for line in trec(run)), encoding="utf-8")
    return figures


def trec(run: Run) -> Iterator[str]:
    """qid Q0 docid rank score tag; the score falls with the rank."""
    for number, ranked in run.items():
        for rank, name in enumerate(ranked, start=1):
            yield f"{number} Q0 {name.replace(' ', '_')} {rank} {DEPTH + 1 - rank} minzheng"


def _conclude(problems: Sequence[str], floors: Path, *, pins: bool) -> None:
    if not problems:
        click.echo(f"底线已写入 {floors}" if pins else "各项都不低于底线。")
        return
    click.echo("\n".join(problems), err=True)
    if pins:
        click.echo("底线没有改动：它们只升不降。确须降低时加 --allow-lower，并在提交说明里写明理由。", err=True)
    raise SystemExit(1)


if __name__ == "__main__":
    main(prog_name="python bench/relevance.py")
