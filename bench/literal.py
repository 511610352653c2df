"""Every substring of the corpus, quoted, is found and nothing else is: drawn at random, against a plain scan. And of
fragments of its sentences, typed as they stand without quotes, a document that holds them stands first.

python bench/literal.py --corpus corpus --count 10000 --fragments 1000
"""

from __future__ import annotations

import random
import re
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
from search.suggestions import corrections

_LONGEST = 24  # characters of a drawn string
_SHORTEST_FRAGMENT, _LONGEST_FRAGMENT = 6, 30
# Of a hundred fragments so many must have a document that holds them first.
_FIRST = 0.99
_SIGNS = re.compile(r"^[\W_]+|[\W_]+$")  # at the ends of what is typed, where nobody looks for them


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


@dataclass(frozen=True, slots=True)
class Fragments:
    """asked: fragments tried; own: how often the document they are of stood first; others: how often another one that
    holds them, too; wrong: the rest, each with the kind of what stood first."""

    asked: int
    own: int
    others: int
    wrong: tuple[tuple[str, str], ...]


def check_fragments(engine: Engine, documents: list[Document], *, count: int, seed: int = 1) -> Fragments:
    """Draws 6 to 30 characters from within random sentences and asks for them without quotes."""
    rng = random.Random(seed)
    held = {one.id: f"{text.fold(one.metadata.title.value)}\n{text.fold(one.text)}" for one in documents}
    paragraphs = [(one.id, paragraph) for one in documents for paragraph in one.paragraphs]
    asked = own = others = 0
    wrong = []
    while asked < count:
        id, paragraph = rng.choice(paragraphs)
        if not (fragment := _fragment(rng, paragraph)):
            continue
        asked += 1
        found = corrections.search_or_correct(engine, parse(fragment), limit=1, offset=0).matches.ranked
        if found and found[0].id == id:
            own += 1
        elif found and _SIGNS.sub("", text.fold(fragment)) in held[found[0].id]:
            others += 1
        else:
            wrong.append((fragment, found[0].kind if found else ""))
    return Fragments(asked, own, others, tuple(wrong))


def _fragment(rng: random.Random, paragraph: str) -> str:
    """A part of one of its sentences; empty where that is too short or no text, or begins or ends inside a figure or a
    Latin word, which is another one then."""
    begins = text.sentences(text.fold(paragraph))
    number = rng.randrange(len(begins))
    sentence = paragraph[begins[number] : [*begins, len(paragraph)][number + 1]].strip()
    length = rng.randint(_SHORTEST_FRAGMENT, _LONGEST_FRAGMENT)
    start = rng.randrange(max(1, len(sentence) - length + 1))
    if any(_goes_on(sentence[max(0, at - 1) : at + 1]) for at in (start, start + length)):
        return ""
    fragment = sentence[start : start + length].strip()
    return fragment if len(fragment) >= _SHORTEST_FRAGMENT and text.has_word(text.fold(fragment)) else ""


def _goes_on(pair: str) -> bool:
    return len(pair) == 2 and pair.isascii() and pair.isalnum()


@click.command(help="随机抽取语料中的字串，加引号检索，与逐字扫描的结果对照。")
@click.option("--corpus", "corpora", multiple=True, type=click.Path(path_type=Path), default=[Path("corpus")])
@click.option("--index", type=click.Path(path_type=Path), help="不建索引，用这一个")
@click.option("--count", default=10_000, show_default=True, help="抽取多少个字串")
@click.option("--fragments", default=0, show_default=True, help="另抽多少个句子片段，不加引号检索")
@click.option("--seed", default=1, show_default=True, help="随机数种子")
def main(corpora: tuple[Path, ...], index: Path | None, count: int, fragments: int, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if index is None:
            pipeline.build(corpora, store_of("whoosh", Path(folder)))
        engine = store_of("whoosh", index or folder).open()
        documents = [one.document for one in engine.fetch(list(engine.catalogue())).values()]
        checked = check(engine, documents, count=count, seed=seed)
        parts = check_fragments(engine, documents, count=fragments, seed=seed)
    click.echo(f"{len(documents)} 篇，抽取 {checked.asked} 个字串：{checked.asked - len(checked.wrong)} 个完全正确")
    click.echo(f"最慢一问 {checked.slowest * 1000:.1f} 毫秒")
    for string, missed, extra, miscounted in checked.wrong[:20]:
        click.echo(f"  “{string}”：漏 {missed} 篇，多 {extra} 篇，处数不符 {miscounted} 篇", err=True)
    if parts.asked:
        first = parts.own + parts.others
        click.echo(f"{parts.asked} 个片段：含有它的文献排在第一的 {first} 个（{parts.own} 个就是抽出它的那一篇）")
        for fragment, kind in parts.wrong[:20]:
            click.echo(f"  {fragment}：排在第一的是 {kind or '没有'}", err=True)
    few = parts.own + parts.others < _FIRST * parts.asked
    raise SystemExit(1 if checked.wrong or few else 0)


if __name__ == "__main__":
    main()
