"""Twenty thousand combinations of words and signs: each is a query or a sentence that says why not, and nothing typed
is silently turned into its opposite."""

from __future__ import annotations

import random
from functools import cache
from urllib.parse import parse_qsl

from conftest import document
from memory_engine import MemoryEngine
from werkzeug.datastructures import MultiDict

from search.query import addresses, forms, parsing, read_back
from search.query.clauses import Query, excluded_terms, positive_terms
from search.query.parsing import parse
from search.results.page import search

WORDS = ("养老", "低保", "云南", "公墓管理", "3.6亿", "李丽")
MINUS = ("-", "－", "–", "- ", "--", "不含", "不含 ", "NOT ")
QUOTES = ('"', "“", "”", "„", "＂", "「", "」", "『", "』")
FIELDS = ("地区:", "地区：", "年份: ", "讲话人:", "文种:", "日期:2024-", "同句:", "同段:", "标题：", "提纲:", "省份:")
OTHERS = (" ", " ", " ", "　", "\n", "(", ")", "（", "）", " 或 ", " OR ", "|", "，", "、", "；", "。", "《", "》")
OTHERS += ("…", "——", "😀", "%", "*", "?", "\\", ":", "~", "\x00", "\u202e", "\ud800")


@cache
def combinations() -> tuple[tuple[str, ...], ...]:
    drawn = random.Random(14)
    kinds = (WORDS, WORDS, MINUS, QUOTES, FIELDS, OTHERS, OTHERS)
    return tuple(tuple(drawn.choice(drawn.choice(kinds)) for _ in range(drawn.randint(1, 12))) for _ in range(20_000))


@cache
def queries() -> tuple[tuple[tuple[str, ...], str, Query], ...]:
    typed = (("".join(pieces), pieces) for pieces in combinations())
    return tuple((pieces, one, parse(one)) for one, pieces in typed)


def test_each_is_a_query_or_says_why_not() -> None:
    for _, typed, query in queries():
        assert query.clause or query.filters or query.notes or not typed.strip(), typed
        assert read_back.in_words(query) or not (query.clause or query.filters), typed
        assert all(note.endswith("。") for note in query.notes), typed


def test_nothing_is_excluded_that_was_not_typed_so() -> None:
    for _, typed, query in queries():
        if not any(sign.strip() in typed for sign in (*MINUS, "——", "—")):
            assert not excluded_terms(query.clause) and not any(one.excluded for one in query.filters), typed


def test_what_stands_behind_a_minus_is_not_looked_for_unless_that_is_said() -> None:
    checked = 0
    for pieces, typed, query in queries():
        if query.notes or any(quote in typed for quote in QUOTES):
            continue
        wanted = {term.text for term in positive_terms(query.clause)}
        wanted |= {one.value for one in query.filters if not one.excluded}
        for before, sign, word in zip(("", *pieces), pieces, pieces[1:], strict=False):
            # Once, with the minus after a blank or at the beginning, and the word ended by what follows it.
            if sign in MINUS and (not before or before[-1].isspace()) and word in WORDS and pieces.count(word) == 1:
                checked += 1
                assert word.casefold() not in wanted, (typed, wanted)
    assert checked > 50


def test_the_address_of_a_query_asks_the_same() -> None:
    for _, typed, query in queries():
        if query.clause is None or "\ud800" in typed:
            continue
        again = parsing.read_from(MultiDict(parse_qsl(addresses.written(query), keep_blank_values=True)))
        assert (again.clause, set(again.filters)) == (query.clause, set(query.filters)), typed
        assert forms.fields_of(query) is not None


def test_the_results_of_a_sample_are_pages() -> None:
    engine = MemoryEngine(
        [
            document("甲", "养老和低保。", "公墓管理。", region="云南", date="2024-02"),
            document("乙", "低保标准提高到3.6亿元。", region="湖北", speakers=["李丽"]),
        ]
    )
    for pieces in combinations()[::250]:
        page = search(engine, parse("".join(pieces)))
        assert page.documents == sum(tier.documents for tier in page.tiers.values()), pieces
        assert all(note.endswith(("。", "：")) or "。" in note for note in page.notes), (pieces, page.notes)
