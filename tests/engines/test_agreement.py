"""Engines that share no evaluation give one answer to invented questions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import document
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from memory_engine import MemoryEngine

from search.documents.document import Document
from search.engines import store_of
from search.engines.columns import scored
from search.matching import marks
from search.matching.matches import Match, Matches
from search.query.clauses import Query
from search.query.parsing import parse

CHARS = "民政养老服务福利彩票工作低保经济，。"


# As documents may write 养老服务, and queries then ask for it.
SIGNS = ("养老，服务", "养老。服务")
# Slips beside the right word, and names of one thing beside each other.
OTHERWISE = (
    "因难群众，困难群众",
    "因难群众",
    "福彩，福利彩票",
    "福彩工作",
    "最低生活保障制度，低保",
    "农村最低生活保障",
)
texts = st.one_of(st.text(alphabet=CHARS, min_size=1, max_size=30), st.sampled_from((*SIGNS, *OTHERWISE)))


paragraphs = st.lists(st.lists(texts, min_size=1, max_size=3), min_size=1, max_size=3)


corpora = st.lists(
    st.tuples(paragraphs, texts, st.sampled_from([None, "2023", "2024-02", "2024-02-18"]), st.sampled_from("湘鄂")),
    min_size=1,
    max_size=6,
)


terms = st.text(alphabet=CHARS[:-2], min_size=1, max_size=5)


questions = st.lists(
    st.one_of(
        terms,
        terms.map(lambda t: f"“{t}”"),
        terms.map(lambda t: f"-{t}"),
        st.sampled_from(
            [
                "或",
                "(",
                ")",
                "同句:(",
                "同段:(",
                "提纲:(",
                "标题:",
                "养老服务",
                "困难群众",
                "福利彩票",
                "低保",
                "农村低保",
            ]
        ),
    ),
    min_size=1,
    max_size=6,
).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    corpora,
    st.lists(questions, min_size=1, max_size=8),
    st.sampled_from(["relevance", "newest", "oldest"]),
    st.sampled_from([0, scored._RARE]),
)
@example([([["人民政府养老。"]], "工作", None, "湘")], ["民政 或 养老"], "relevance", 0)  # 民政 does not count there
def test_whoosh_and_memory_agree(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    corpus: list[tuple],
    asked: list[str],
    sort: str,
    rare: int,
) -> None:
    monkeypatch.setattr(scored, "_RARE", rare)  # with 0 what was found is looked up among all that hold a term
    documents = [
        _with_items(document(f"{n}", *body, title=title, date=date, region=region))
        for n, (body, title, date, region) in enumerate(corpus)
    ]
    folder = tmp_path_factory.mktemp("index")
    with store_of("whoosh", folder).writer(fresh=True) as writer:
        for one in documents:
            writer.add(one)
        writer.publish({})
    columns, whoosh, memory = (
        store_of("whoosh", folder).open(),
        store_of("whoosh-plain", folder).open(),
        MemoryEngine(documents),
    )
    for question in asked:
        every = list[tuple[Query, Matches]]()
        for filters in ([], [("region", "湘")], [("-region", "湘")], [("date", "2022-06..2024"), ("-year", "2023")]):
            query = replace(parse(question, sort=sort, filters=filters), signs=SIGNS)
            expected, got, on_columns = (one.find(query, limit=50, offset=0) for one in (memory, whoosh, columns))
            assert _rounded(got) == _rounded(expected), question
            assert on_columns == got, question
            every.append((query, replace(got, facets={})))
            assert columns.first([query], limit=3) == [[match.id for match in got.ranked[:3]]], question
            for way in got.tiers:
                alone = replace(query, way=way)
                expected, got_so, on_columns = (e.find(alone, limit=50, offset=0) for e in (memory, whoosh, columns))
                assert _rounded(got_so) == _rounded(expected), (question, way)
                assert on_columns == got_so, (question, way)
                assert got_so == replace(got, ranked=tuple(m for m in got.ranked if m.kind == way)), (question, way)
                every.append((alone, replace(got_so, facets={})))
        several = [query for query, _ in every]
        assert columns.find_each(several, limit=50) == [got for _, got in every], question
        ids = [[match.id for match in got.ranked] for _, got in every]
        assert columns.first(several, limit=50) == whoosh.first(several, limit=50) == ids, question


@settings(max_examples=150, deadline=None)
@given(corpora, st.lists(questions, min_size=1, max_size=8))
def test_what_is_counted_is_what_is_marked(corpus: list[tuple], asked: list[str]) -> None:
    documents = [_with_items(document(f"{n}", *body, title=title)) for n, (body, title, _, _) in enumerate(corpus)]
    engine = MemoryEngine(documents)
    for question in asked:
        query = replace(parse(question), signs=SIGNS)
        found = engine.find(query, limit=50, offset=0).ranked if query.clause else ()
        for match in found:
            if match.kind == "partial" or any(reason.kind == "scattered" for reason in match.reasons):
                continue  # words apart are marked and are no occurrences
            stored = engine.fetch([match.id])[match.id]
            marked = marks.mark(stored.document, query, stored.edges)
            assert sum(map(len, marked.paragraphs)) == match.occurrences, (question, stored.document.text)


def _with_items(one: Document) -> Document:
    """The document with every other passage a heading, which is an item of the outline."""
    return replace(one, passages=tuple(replace(each, heading=each.number % 2 == 0) for each in one.passages))


def _rounded(matches: Matches) -> object:
    ranked = [
        (
            m.id,
            m.kind,
            round(m.score, 6),
            m.occurrences,
            [(r.term, r.kind, r.title, r.body) for r in m.reasons],
            _said(m),
        )
        for m in matches.ranked
    ]
    return matches.documents, matches.occurrences, ranked, matches.facets


def _said(match: Match) -> object:
    best = match.best
    return best and (best.number, best.held, best.near, best.headed, round(best.points, 6))
