"""How long suggestions while typing and corrections take with the vocabulary of a large index.

python bench/typing_speed.py [WORDS] — a vocabulary of that many words (100,000) and a fifth as many titles, put
together from the lexicon; the goal is 30 ms for a suggestion at 20,000 documents.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parent.parent))

from search import text
from search.engines import Stored
from search.index import vocabulary, vocabulary_changes
from search.index.vocabulary import EntryKind, Vocabulary
from search.matching.matches import Matches
from search.query.clauses import Query
from search.suggestions import slips
from search.suggestions.completions import suggest

CHARACTERS = ("养", "养老", "养老服务", "福利c", "老龄化", "湖", "会议", "社会", "不存在的词", "2024")
LETTERS = ("z", "zh", "sh", "y", "yl", "ylfw", "fuli", "fulicaipiao", "yanglaofuwutixi")
SLIPS = (
    "福利采票",
    "养老服物体系",
    "殡藏",
    "最底生活保障",
    "社会就助",
    "困准群众",
    "fulicaipiao",
    "yanglaofuwo",
    "flcp",
)


class Held:
    """As much of an engine as suggest() asks for: no document is found, so what is measured is the vocabulary."""

    def __init__(self, held: Vocabulary) -> None:
        self._held = held

    def vocabulary(self) -> Vocabulary:
        return self._held

    def find(self, query: Query, *, limit: int, offset: int) -> Matches:
        del query, limit, offset
        return Matches(documents=0, occurrences=0, ranked=(), facets={}, tiers={})

    def find_each(self, queries: Sequence[Query], *, limit: int) -> list[Matches]:
        return [self.find(query, limit=limit, offset=0) for query in queries]

    def first(self, queries: Sequence[Query], *, limit: int) -> list[list[str]]:
        del limit
        return [[] for _ in queries]

    def count(self, queries: Sequence[Query]) -> list[int]:
        return [0] * len(queries)

    def fetch(self, ids: Sequence[str]) -> dict[str, Stored]:
        del ids
        return {}


def large(words: int) -> dict[EntryKind, dict[str, int]]:
    """Words of two lexicon terms each, as frequent as words are, and titles of three."""
    chance = random.Random(1)
    parts = [term for term in text.lexicon_terms() if len(term) < 4]
    pairs = [one + other for one, other in product(parts, parts) if one != other]
    chosen = chance.sample(pairs, min(words, len(pairs)))
    titles = {"".join(chance.sample(parts, 5)) + "的讲话" for _ in range(words // 5)}
    return {
        "word": {word: 1 + words // 5 // rank for rank, word in enumerate(chosen, 2)},
        "term": {term: chance.randrange(1, 2 + words // 50) for term in text.lexicon_terms()},
        "title": dict.fromkeys(titles, 1),
    }


def timed(name: str, act: Callable[[str], object], typed: Iterable[str]) -> None:
    took: dict[str, float] = {}
    for one in typed:
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            act(one)
            times.append((time.perf_counter() - begun) * 1000)
        took[one] = statistics.median(times)
    slowest = max(took, key=lambda one: took[one])
    print(f"{name}: median {statistics.median(took.values()):.2f} ms, slowest {took[slowest]:.1f} ms ({slowest})")


@click.command(help="输入建议和纠错的用时（毫秒）：WORDS 个词的词表，默认十万。")
@click.argument("words", type=click.IntRange(min=1), default=100_000)
def main(words: int) -> None:
    begun = time.perf_counter()
    counts = large(words)
    held = vocabulary_changes.made(counts)
    print(f"made: {len(held.texts)} entries, {len(held.sounds)} sounds in {time.perf_counter() - begun:.1f} s")
    written = "".join(held.pieces())
    begun = time.perf_counter()
    held = vocabulary.loads(written)
    print(f"read: {len(written.encode()) / 1e6:.1f} MB in {(time.perf_counter() - begun) * 1000:.0f} ms")
    begun = time.perf_counter()
    vocabulary_changes.made(counts, held)
    print(f"made again, all known:  {time.perf_counter() - begun:.1f} s")
    engine = Held(held)
    slips.candidates(held, SLIPS[0])
    timed("suggest", lambda typed: suggest(engine, typed), CHARACTERS + LETTERS)  # type: ignore[arg-type]
    timed("candidates for a correction", lambda typed: slips.candidates(held, typed), SLIPS)


if __name__ == "__main__":
    main()
