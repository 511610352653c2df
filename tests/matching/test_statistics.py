"""An engine that holds its index elsewhere scores some candidates here, by numbers of the whole index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import document

from search.documents.document import Document
from search.engines import store_of
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.postings import WhooshPostings
from search.matching import evaluation, partial
from search.matching.loosening import loosened
from search.matching.matches import CROSSED, Match
from search.matching.postings import Statistics
from search.matching.widening import widened
from search.query.clauses import positive_terms
from search.query.parsing import parse

CANDIDATES = [
    document("一.txt", "发展养老服务，养老服务要惠及农村。", "临时救助标准提高到500元。"),
    document("二.txt", "养老机构提供服务。", "救助管理和临时救助。"),
    document("三.txt", "养老服务。", title="临时救助"),
]
OTHERS = [document(f"他{n}.txt", "推进地名管理" + "，健全各项制度" * n + "。", "临时安排。") for n in range(9)]


def opened(folder: Path, documents: list[Document]) -> WhooshEngine:
    with store_of("whoosh-plain", folder).writer(fresh=True) as writer:
        for one in documents:
            writer.add(one)
        writer.publish({})
    engine = store_of("whoosh-plain", folder).open()
    assert isinstance(engine, WhooshEngine)
    return engine


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[tuple[WhooshEngine, WhooshEngine]]:
    """The whole index, and one of the candidates alone."""
    yield opened(tmp_path / "whole", CANDIDATES + OTHERS), opened(tmp_path / "some", CANDIDATES)


def counted(engine: WhooshEngine, typed: str) -> Statistics:
    """What an engine elsewhere would be asked for: documents, mean length, documents with each term and word."""
    query = parse(typed)
    with engine._reading() as reading:
        postings = WhooshPostings(reading.reader, engine._facts, reading.cuts)
        terms = {
            widened(term, query): len(evaluation._look(postings, widened(term, query)).within(CROSSED))
            for term in positive_terms(query.clause)
        }
        loose = loosened(query, found=0, met=0)
        words = {word: len(partial.said_in(postings, word)) for word in (loose.words if loose else ())}
        return Statistics(len(postings.everything()), postings.mean_length(), {**terms, **words})


def ranked(engine: WhooshEngine, typed: str, statistics: Statistics | None = None) -> list[Match]:
    with engine._reading() as reading:
        postings = WhooshPostings(reading.reader, engine._facts, reading.cuts)
        found = evaluation.find(postings, parse(typed), limit=10, offset=0, statistics=statistics)
    names = {one.id for one in CANDIDATES}
    return [match for match in found.ranked if match.id in names]


@pytest.mark.parametrize("typed", ["养老服务", "养老 救助", "临时救助", "救助标准是多少", "养老服务 或 临时"])
def test_candidates_are_scored_as_in_the_whole_index(engines: tuple[WhooshEngine, WhooshEngine], typed: str) -> None:
    whole, some = engines
    expected = ranked(whole, typed)
    assert expected
    assert ranked(some, typed, counted(whole, typed)) == expected
    assert [one.score for one in ranked(some, typed)] != [one.score for one in expected]
