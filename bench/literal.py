"""Every substring of the corpus, quoted, is found and nothing else is: drawn at random, against a plain scan.

python bench/literal.py --corpus corpus --count 10000
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from indexer import pipeline
from search import text
from search.documents.document import Document
from search.engines import Engine, store_of
from search.query.parsing import MAX_CHARACTERS, parse

_LONGEST = 24  # characters of a drawn string


@dataclass(frozen=True, slots=True)
class Checked:
    """asked: strings tried; wrong: (string, missed, extra, counted wrongly) of those that were not answered rightly."""

    asked: int
    wrong: tuple[tuple[str, int, int, int], ...]
    slowest: float  # seconds of the slowest question


def check(engine: Engine, documents: list[Document], *, count: int, seed: int = 1) -> Checked:
    """Draws substrings of 2 to 24 characters from random paragraphs; a quote of any kind ends one early."""
    rng = random.Random(seed)
    bodies = {one.id: text.fold(one.text) for one in documents}
    titles = {one.id: text.fold(one.metadata.title.value) for one in documents}
    paragraphs = [p for one in documents for p in (one.metadata.title.value, *one.paragraphs) if len(p) > 1]
    wrong, asked, slowest = [], 0, 0.0
    while asked < count:
        paragraph = rng.choice(paragraphs)
        start = rng.randrange(len(paragraph) - 1)
        string = paragraph[start : start + rng.randint(2, _LONGEST)].strip()
        if "』" in string or len(string) < 2 or len(string) > MAX_CHARACTERS or not text.has_word(text.fold(string)):
            continue
        asked += 1
        folded = text.fold(string)
        begun = time.perf_counter()
        found = engine.find(parse(f"『{string}』"), limit=len(documents), offset=0)
        slowest = max(slowest, time.perf_counter() - begun)
        expected = {i: bodies[i].count(folded) for i in bodies if folded in bodies[i] or folded in titles[i]}
        got = {match.id: match.occurrences for match in found.ranked}
        if got != expected:
            differing = sum(got[i] != expected[i] for i in got.keys() & expected.keys())
            wrong.append((string, len(expected.keys() - got.keys()), len(got.keys() - expected.keys()), differing))
    return Checked(asked, tuple(wrong), slowest)


@click.command(help="随机抽取语料中的字串，加引号检索，与逐字扫描的结果对照。")
@click.option("--corpus", "corpora", multiple=True, type=click.Path(path_type=Path), default=[Path("corpus")])
@click.option("--count", default=10_000, show_default=True, help="抽取多少个字串")
@click.option("--seed", default=1, show_default=True, help="随机数种子")
def main(corpora: tuple[Path, ...], count: int, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pipeline.build(corpora, store_of("whoosh", Path(folder)))
        engine = store_of("whoosh", folder).open()
        everything = engine.find(parse(""), limit=engine.documents, offset=0).ranked
        documents = [one.document for one in engine.fetch([match.id for match in everything]).values()]
        checked = check(engine, documents, count=count, seed=seed)
    click.echo(f"{len(documents)} 篇，抽取 {checked.asked} 个字串：{checked.asked - len(checked.wrong)} 个完全正确")
    click.echo(f"最慢一问 {checked.slowest * 1000:.1f} 毫秒")
    for string, missed, extra, miscounted in checked.wrong[:20]:
        click.echo(f"  “{string}”：漏 {missed} 篇，多 {extra} 篇，处数不符 {miscounted} 篇", err=True)
    raise SystemExit(1 if checked.wrong else 0)


if __name__ == "__main__":
    main()
