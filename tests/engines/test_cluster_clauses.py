"""However much is asked at once, the cluster, which takes 1,024 clauses in a query, answers as Whoosh does."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from conftest import document
from engines.test_cluster import Pair, both, same
from hypothesis import given, settings
from hypothesis import strategies as st

from search import text
from search.engines.opensearch.counted import TIERS, Counted, counting, scored_words
from search.engines.opensearch.functions import clauses
from search.engines.opensearch.searches import Searches
from search.engines.opensearch.strings import Translation
from search.matching.matches import CROSSED
from search.query.parsing import MAX_CHARACTERS, MAX_CLAUSES, parse

# One less than the cluster's setting, which some kinds of queries count otherwise by one.
MOST = 1023
DATES = [f"{2000 + n}年{1 + n % 12}月{10 + n}日" for n in range(18)]
SUMS = [f"{n}{n + 1}.5亿元" for n in range(10, 40)]
# Those with the most other names first: each makes a query larger.
NAMED = sorted(text.synonyms(), key=lambda one: (-len(text.synonyms()[one]) / len(one), one))[:60]
PAIRED = [f"({one} OR {other})" for one, other in zip(NAMED[::2], NAMED[1::2], strict=True)]


def filled(parts: Sequence[str], between: str = "", before: str = "", behind: str = "") -> str:
    """As many of the parts as may be asked at once."""
    found = before
    for part in parts[:MAX_CLAUSES]:
        if len(found) + len(between) + len(part) + len(behind) > MAX_CHARACTERS:
            break
        found += (between if found != before else "") + part
    return found + behind


LARGE = {
    "a sentence of words with many names": filled(NAMED),
    "… as a question": filled(NAMED, behind="怎么办？"),
    "words with many names": filled(NAMED, " "),
    "any of them": filled(NAMED, " OR "),
    "two of each": filled(PAIRED, " "),
    "in one sentence": filled(NAMED, " ", "同句:(", ")"),
    "any in one paragraph": filled(NAMED, " OR ", "同段:(", ")"),
    "without them": filled(NAMED, " -", "养老 -"),
    "dates": filled(DATES, " "),
    "any of the dates": filled(DATES, " OR "),
    "dates in one sentence": filled(DATES, " ", "同句:(", ")"),
    "any date in one paragraph": filled(DATES, " OR ", "同段:(", ")"),
    "a string of dates and a word": filled(DATES, "至", behind=" 养老"),
    "… in one paragraph": filled(DATES, "至", "同段:(", " 养老)"),
    "sums": filled(SUMS, " "),
    "a list of sums and a word": filled(SUMS, "、", behind=" 养老"),
    "no two dates in one paragraph": filled([f"-同段:({a} {b})" for a, b in zip(DATES, DATES[5:], strict=False)], " "),
}


@pytest.fixture(scope="module")
def filling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Documents that hold what is asked, all, half, in other forms, in one paragraph or apart."""
    drawn = random.Random(11)
    told = [
        text.number_forms(one)[-1] if n % 2 and text.number_forms(one) else one for n, one in enumerate([*DATES, *SUMS])
    ]
    documents = [
        document("全部", "养老。" + "，".join(DATES) + "。", "、".join(SUMS) + "。", "，".join(NAMED) + "。"),
        document("相连", "至".join(DATES) + "，养老。", "、".join(SUMS) + "养老。", "".join(NAMED) + "。"),
        document("各段", *(f"{one}，养老。" for one in (*DATES, *NAMED))),
        document("别样", "，".join(told) + "，养老。", *told),
        document("别名", *("、".join(text.synonyms()[one]) + "。" for one in NAMED)),
    ]
    for n in range(40):
        some = [drawn.sample(held, drawn.randint(1, len(held))) for held in (DATES, SUMS, NAMED)]
        documents.append(document(f"{n}-一部分", *("，".join(one) + "。" for one in some), title=drawn.choice(NAMED)))
    with both(tmp_path_factory.mktemp("index"), documents) as engines:
        yield engines


@pytest.mark.cluster
@pytest.mark.parametrize("name", LARGE)
def test_what_is_large_is_answered_alike(filling: Pair, name: str) -> None:
    for sort in ("relevance", "newest"):
        same(filling, LARGE[name], sort=sort)
        same(filling, LARGE[name], sort=sort, filters=[("line", "社会救助")])


@pytest.mark.cluster
@pytest.mark.parametrize("length", [60, 120, 200])
def test_long_pastes_are_answered_alike(filling: Pair, length: int) -> None:
    drawn = random.Random(length)
    texts = ["".join(drawn.choices([*NAMED, *DATES, "，", "。", "的", "把"], k=80)) for _ in range(10)]
    for one in texts:
        same(filling, one[:length])
        same(filling, f"{one[: length // 2]} {one[80 : 80 + length // 2]}")


@pytest.mark.cluster
def test_the_cluster_counts_no_more_clauses_than_the_program(filling: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each query that is asked, filled up to what the cluster takes."""
    cluster = filling[1]._cluster  # type: ignore[attr-defined]
    asked: list[dict[str, Any]] = []
    searched = cluster.searched
    monkeypatch.setattr(
        cluster, "searched", lambda index, bodies, **how: asked.extend(bodies) or searched(index, bodies, **how)
    )
    for typed in LARGE.values():
        filling[1].find(parse(typed), limit=10, offset=0)
    queries = [body["query"] for body in asked if "query" in body]
    assert max(map(clauses, queries)) > MOST // 4
    for query in queries:
        more = [{"term": {"grams": f"w{n}"}} for n in range(MOST - clauses(query))]
        parts = [more[at : at + 1000] for at in range(0, len(more), 1000)]
        filled_up = {"bool": {"filter": [query], "should": [{"bool": {"should": part}} for part in parts]}}
        assert searched(filling[1].generation, [{"size": 0, "query": filled_up}])  # type: ignore[attr-defined]


def counted_together(body: object) -> Iterator[int]:
    """The clauses of every query in a body that the cluster counts by itself."""
    if isinstance(body, list):
        for one in body:
            yield from counted_together(one)
    if isinstance(body, dict):
        yield from (clauses(body[name]) for name in ("query", "filter") if isinstance(body.get(name), dict))
        if isinstance(filters := body.get("filters"), dict):
            yield from map(clauses, filters.get("filters", {}).values())
        for one in body.values():
            yield from counted_together(one)


def largest(typed: str) -> int:
    """Where every document holds everything, so that all of it has to be asked."""
    query = parse(typed)
    terms = Translation(query).named
    words = [5] * len(scored_words(query))
    found = []
    for first in (0, CROSSED, CROSSED + 1):
        counted = Counted({tier: 5 * (tier >= first) for tier in TIERS}, dict.fromkeys(terms, 5), words, frozenset())
        searches = Searches(replace(query, sort="newest" if first else "relevance"), 50, 500.0, counted)
        found += searches.searches(100).values()
    return max(counted_together([counting(Translation(query)), *found]))


@pytest.mark.parametrize("name", LARGE)
def test_nothing_that_is_asked_has_more_clauses_than_the_cluster_takes(name: str) -> None:
    assert largest(LARGE[name]) < MOST


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([*NAMED, *DATES, *SUMS, " ", " OR ", " -", "“", "”", "，", "怎么"]), max_size=60))
def test_nor_has_any_paste(parts: list[str]) -> None:
    assert largest("".join(parts)[:MAX_CHARACTERS]) < MOST
