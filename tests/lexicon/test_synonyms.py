"""What must be true of the synonyms."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from lexicon_tables import SYNONYMS, TYPOS

from search import text


def folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


def test_synonyms_have_a_direction_a_kind_and_two_characters_or_more() -> None:
    assert {entry.direction for entry in SYNONYMS} == {"<->", "->"}
    assert {entry.kind for entry in SYNONYMS} == {"abbreviation", "old_name", "official_name", "everyday", "variant"}
    assert [entry for entry in SYNONYMS if min(len(entry.term), len(entry.synonym)) < 2] == []
    assert len(SYNONYMS) >= 400


def test_a_pair_of_synonyms_is_listed_once() -> None:
    pairs = Counter(frozenset((folded(entry.term), folded(entry.synonym))) for entry in SYNONYMS)
    assert [set(pair) for pair, count in pairs.items() if count > 1 or len(pair) < 2] == []


def test_a_word_that_contains_its_synonym_leads_to_it_and_not_back() -> None:
    useless = [entry for entry in SYNONYMS if entry.term in entry.synonym]
    both_ways = [entry for entry in SYNONYMS if entry.synonym in entry.term and entry.direction == "<->"]
    assert (useless, both_ways) == ([], [])


def synonyms_of(word: str) -> set[str]:
    """What a search for word looks for as well."""
    there = {entry.synonym for entry in SYNONYMS if entry.term == word}
    return there | {entry.term for entry in SYNONYMS if entry.synonym == word and entry.direction == "<->"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("福利彩票", "福彩"),
        ("福彩", "福利彩票"),
        ("最低生活保障", "低保"),
        ("低保", "最低生活保障"),
        ("五保户", "特困人员"),
        ("特困", "五保"),
        ("残疾人两项补贴", "两项补贴"),
        ("农村留守儿童", "留守儿童"),
        ("反腐倡廉", "党风廉政"),
        ("预备金", "备用金"),
        ("长护险", "长期护理保险"),
        ("敬老院", "养老机构"),
        ("养老院", "养老机构"),
        ("领证", "结婚登记"),
        ("事实孤儿", "事实无人抚养儿童"),
        ("聋哑人", "听力残疾人"),
        ("墓地", "公益性公墓"),
        ("长者饭堂", "老年助餐"),
        ("民办非企业单位", "社会服务机构"),
        ("居委会", "居民委员会"),
    ],
)
def test_a_search_finds_the_other_name(query: str, found: str) -> None:
    assert found in synonyms_of(query)


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("福利彩票", "体育彩票"),
        ("彩票公益金", "体育彩票"),
        ("养老", "赡养老人"),
        ("村规民约", "居民公约"),
        ("空巢老人", "独居老人"),
        ("家庭养老床位", "家庭病床"),
        ("慈善", "公益"),
    ],
)
def test_related_things_are_no_synonyms(query: str, other: str) -> None:
    assert (other in synonyms_of(query), query in synonyms_of(other)) == (False, False)


@pytest.mark.parametrize("word", ["残废", "智障", "乞丐", "流浪汉", "要饭"])
def test_a_disparaging_word_is_understood_but_not_offered(word: str) -> None:
    offered = {found for entry in SYNONYMS for found in synonyms_of(entry.term) | synonyms_of(entry.synonym)}
    assert synonyms_of(word) != set()
    assert word not in offered


def test_synonyms_and_typos_do_not_contradict_each_other() -> None:
    wrong = {typo.wrong for typo in TYPOS}
    assert [entry for entry in SYNONYMS if {entry.term, entry.synonym} & wrong] == []


def test_two_names_of_one_thing_stand_for_each_other() -> None:
    assert "长护险" in text.synonyms()["长照险"]
    assert all(term not in others for term, others in text.synonyms().items())
