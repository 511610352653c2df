"""The options that the benchmarks on a corpus share, and the command that makes a page again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from bench import report
from bench.corpora import ROOT, SOURCES, Corpus, default_source

WORK = ROOT / ".bench"


def sized(command: Callable[..., None]) -> Callable[..., None]:
    """The options that the benchmarks on a corpus share."""
    for option in (
        click.option("--out", default=report.FOLDER, type=click.Path(path_type=Path), help="结果写到哪个文件夹"),
        click.option("--work", default=WORK, type=click.Path(path_type=Path), help="放语料和各引擎索引的文件夹"),
        click.option("--questions", default=40, show_default=True, help="每类多少个问题"),
        click.option("--source", type=click.Choice(list(SOURCES)), default=default_source, help="默认有新闻就用新闻"),
        click.option("--documents", default=20_000, show_default=True, help="多少篇"),
    ):
        command = option(command)
    return command


def spoken(script: str, corpus: Corpus, each: int) -> str:
    """The command that makes a page again."""
    return f"python bench/{script} --documents {corpus.documents} --source {corpus.source} --questions {each}"
