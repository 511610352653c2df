"""python -m indexer build | show | check; also mounted as `flask index …`."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import click

from indexer import pipeline
from indexer.readers import Unreadable
from indexer.understand import understand
from search import record
from search.engines import ENGINES, damages
from search.errors import Busy, IndexUnusable
from search.model import Document
from search.settings import Settings

_INDEX = click.option("--index", type=click.Path(path_type=Path), help="索引文件夹（默认 index）")
_JSON = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出到标准输出")


@click.group(help="从文档到可检索的索引。", context_settings={"help_option_names": ["-h", "--help"]})
def index() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")


@index.command(help="使索引与文档文件夹一致：只读新增和改动的文件。")
@click.option("--corpus", "corpora", multiple=True, type=click.Path(path_type=Path), help="文档文件夹，可多次给出")
@_INDEX
@click.option("--engine", type=click.Choice(ENGINES), help="检索引擎")
@click.option("--full", is_flag=True, help="全部重新读取和建立")
@_JSON
def build(corpora: tuple[Path, ...], index: Path | None, engine: str | None, full: bool, as_json: bool) -> None:
    try:
        settings = Settings.from_env(index=index, corpus=corpora, engine=engine)
        with _Bar(hidden=as_json or not sys.stderr.isatty()) as bar:
            report = pipeline.build(
                settings.corpus, settings.index, engine=settings.engine, full=full, progress=bar.show
            )
    except (FileNotFoundError, ValueError, Busy, IndexUnusable, PermissionError) as error:
        _fail(error)
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False))
    else:
        _tell(report)


@index.command(help="一个文件被理解成什么（不建索引）。")
@click.argument("file", type=click.Path(path_type=Path))
@_JSON
def show(file: Path, as_json: bool) -> None:
    try:
        documents = understand(file, file.name)
    except (Unreadable, OSError) as error:
        _fail(error)
    if as_json:
        click.echo(json.dumps([record.as_json(document) for document in documents], ensure_ascii=False, indent=1))
    else:
        click.echo("\n\n".join(_described(document) for document in documents))


@index.command(help="核对已发布的索引与清单是否一致。")
@_INDEX
@_JSON
def check(index: Path | None, as_json: bool) -> None:
    settings = Settings.from_env(index=index)
    problems = damages(settings.engine, settings.index)
    if as_json:
        click.echo(json.dumps({"ok": not problems, "problems": problems}, ensure_ascii=False))
    elif not problems:
        click.echo(f"索引完好：{settings.index}")
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        click.echo("请运行 python -m indexer build --full 重建。", err=True)
        raise SystemExit(1)


class _Bar:
    """A progress bar on the terminal, made when the number of files is known."""

    def __init__(self, *, hidden: bool) -> None:
        self._hidden = hidden
        self._at = 0
        self._bar: click.progressbar[int] | None = None  # type: ignore[valid-type]

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.render_finish()

    def show(self, done: int, total: int, name: str) -> None:
        if self._hidden:
            return
        if self._bar is None:
            self._bar = click.progressbar(length=total, label="读取文档", file=sys.stderr, item_show_func=str)
        self._bar.update(done - self._at, name[-40:])
        self._at = done


def _tell(report: pipeline.Report) -> None:
    click.echo(
        f"共 {report.files_seen} 个文件：新读 {report.files_indexed}（{report.indexed} 篇），未变 {report.unchanged}，"
        f"重复 {len(report.duplicates)}，不能读 {len(report.refused)}，出错 {len(report.failed)}；移除 {report.removed} 篇。"
    )
    for title, rejected in (("重复", report.duplicates), ("不能读", report.refused), ("出错", report.failed)):
        for one in rejected:
            click.echo(f"  {title}  {one.path}：{one.reason}", err=title != "重复")
    click.echo(
        f"索引现有 {report.documents} 篇、{report.passages} 段、{report.characters} 字，"
        f"第 {report.generation} 版，用时 {report.seconds} 秒。"
    )


def _described(document: Document) -> str:
    """A document as a person reads it in a terminal: what was understood, from which words, what is doubtful."""
    known = record.as_json(document)
    lines = [f"《{document.title.value}》"]
    for label, name in _SHOWN:
        value = known[name]  # type: ignore[literal-required]
        stated = known["evidence"].get(name)
        doubt = {"inferred": "（推定）", "derived": "（拟题）"}.get(stated["how"], "") if stated else ""
        evidence = f"  ← {stated['text']}" if stated and stated["text"] else ""
        lines.append(f"  {label}：{'不详' if value is None else value}{doubt}{evidence}")
    lines += [f"  讲话人：{s.name}  {s.post or ''}  {s.role}  ← {s.evidence}" for s in document.speakers]
    lines += [f"  ⚠ {w.message}  {w.evidence}" for w in document.warnings]
    for passage in document.passages:
        lines.append(f"  {passage.number:>3}  {' › '.join(passage.outline)}")
        lines.append(f"       {passage.text}")
    return "\n".join(lines)


_SHOWN = (
    ("标题", "title"),
    ("日期", "date"),
    ("地区", "region"),
    ("级别", "level"),
    ("发文单位", "issuer"),
    ("会议", "meeting"),
    ("来源", "source"),
    ("文种", "genre"),
    ("文件", "external_id"),
)


def _fail(error: Exception) -> NoReturn:
    click.echo(f"错误：{error}", err=True)
    raise SystemExit(1)


if __name__ == "__main__":
    index(prog_name="python -m indexer")
