"""What must be true of surnames, fixed formulas and function words."""

from __future__ import annotations

from collections import Counter

import pytest
from lexicon_tables import SYNONYMS, TERMS, lines, repeated

from search.text.tables import rows


def test_a_surname_stands_in_one_row_and_the_frequent_ones_are_a_hundred() -> None:
    table = [*rows("surnames.tsv")]
    assert repeated([surname for surname, _ in table]) == []
    assert {len(surname) for surname, kind in table if kind == "compound"} == {2}
    assert {len(surname) for surname, kind in table if kind != "compound"} == {1}
    assert Counter(kind for _, kind in table)["frequent"] == 100


def test_formulas_are_long_enough_not_to_be_ordinary_words() -> None:
    formulas = lines("formulas.txt")
    assert len(formulas) >= 60
    assert [formula for formula in formulas if len(formula) < 8 or not formula.strip("，、。")] == []
    assert "以习近平新时代中国特色社会主义思想为指导" in formulas
    assert "深刻领悟“两个确立”的决定性意义" in formulas


def test_quotation_marks_in_formulas_are_curved_and_closed() -> None:
    assert [f for f in lines("formulas.txt") if f.count("“") != f.count("”") or '"' in f] == []


@pytest.mark.parametrize("name", ["stopwords.txt", "question_words.txt", "search_words.txt"])
def test_no_word_of_the_field_is_dropped_from_a_query(name: str) -> None:
    content = set(TERMS) | {word for entry in SYNONYMS for word in (entry.term, entry.synonym)}
    assert set(lines(name)) & content == set()


@pytest.mark.parametrize("word", ["不", "无", "未", "非", "要", "应", "必须", "养老", "服务", "工作"])
def test_words_that_carry_meaning_are_no_stopwords(word: str) -> None:
    assert word not in lines("stopwords.txt")


def content_words(question: str) -> str:
    """The question without its question words, the longest first."""
    for word in sorted(lines("question_words.txt"), key=len, reverse=True):
        question = question.replace(word, " ")
    return " ".join(question.split())


@pytest.mark.parametrize(
    ("question", "content"),
    [
        ("低保标准是多少", "低保标准"),
        ("重度残疾人护理补贴每月发多少钱", "重度残疾人护理补贴"),
        ("怎么办离婚登记", "离婚登记"),
        ("没有监护人的孩子谁来管", "没有监护人的孩子"),
        ("哪些人可以吃长者饭堂", "吃长者饭堂"),
        ("老年人坐公交车免费吗", "老年人坐公交车免费"),
        ("什么是时间银行", "时间银行"),
    ],
)
def test_a_question_keeps_its_content(question: str, content: str) -> None:
    assert content_words(question) == content
