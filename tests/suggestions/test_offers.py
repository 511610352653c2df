"""A filter is offered in one line where a term names a speaker, a region or a place, with a count that is true."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from conftest import changed, document
from memory_engine import MemoryEngine
from werkzeug.datastructures import MultiDict

from search.documents.document import Evidence
from search.query.parsing import parse, read_from
from search.results.page import search
from search.suggestions.offers import offers


class Counted(MemoryEngine):
    """Counts how often it is asked."""

    asked = 0

    def count(self, queries):  # type: ignore[no-untyped-def]
        self.asked += 1
        return super().count(queries)


DOCUMENTS = [
    document("讲", "抓养老。", speakers=["李丽"], region="湖北"),
    document("提", "李丽说，湖北要抓养老。", region="湖南"),
    changed(document("市", "抓养老，武汉先行。", region="湖北"), place=Evidence("武汉")),
]


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("李丽", ["只看讲话人李丽（1 篇）"]),
        ("李丽 养老", ["只看讲话人李丽（1 篇）"]),
        ("湖北 养老", ["只看地区湖北（2 篇）"]),
        ("武汉", ["只看地区湖北武汉（1 篇）"]),
        ("李丽 湖北", []),  # either without the other finds nothing
        ("养老", []),
        ("“李丽”", []),
        ("养老 或 李丽", []),
        ("养老 -李丽", []),
        ("长沙 养老", []),
    ],
)
def test_what_is_offered_is_what_is_found(typed: str, labels: list[str]) -> None:
    engine = Counted(DOCUMENTS)
    page = search(engine, parse(typed))
    assert [link.label for link in page.offers] == labels
    for link in page.offers:
        query = read_from(MultiDict(parse_qsl(link.url.partition("?")[2])))
        assert f"（{engine.find(query, limit=1, offset=0).documents} 篇）" in link.label


@pytest.mark.parametrize(("typed", "asked"), [("李丽 湖北 武汉 养老 抓", 1), ("养老", 0)])
def test_it_costs_one_question_and_none_without_a_name(typed: str, asked: int) -> None:
    engine = Counted(DOCUMENTS)
    offers(engine, parse(typed))
    assert engine.asked == asked
