"""Names of places as paths of the table of regions."""

from __future__ import annotations

import pytest
from conftest import changed, document

from search.documents.document import Evidence
from search.documents.regions import paths, places_of, province
from search.query import read_back
from search.query.clauses import Filter
from search.query.parsing import parse


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("长沙", ("湖南/长沙",)),
        ("长沙县", ("湖南/长沙/长沙县",)),
        ("湖南省长沙市浏阳", ("湖南/长沙/浏阳",)),
        ("湖南/长沙/浏阳", ("湖南/长沙/浏阳",)),
        ("仙桃市", ("湖北/仙桃",)),
        ("朝阳区", ("北京/朝阳区", "吉林/长春/朝阳区")),
        ("长春朝阳区", ("吉林/长春/朝阳区",)),
        ("恩施州", ("湖北/恩施",)),
        ("湖北长沙", ()),  # it lies elsewhere
        ("湖北", ()),
        ("", ()),
        ("长" * 500, ()),
    ],
)
def test_a_name_leads_to_every_place_that_bears_it(typed: str, expected: tuple[str, ...]) -> None:
    assert paths(typed) == expected


def test_a_city_that_bears_the_name_of_its_province_is_not_the_province() -> None:
    assert (province("吉林"), province("吉林市"), province("北京市")) == ("吉林", "", "北京")
    assert parse("地区:吉林市").filters == (Filter("region", "吉林/吉林市"),)


def test_the_places_of_a_document_are_all_that_it_lies_in() -> None:
    def of(region: str, place: str) -> list[str]:
        return places_of(changed(document("甲", "文", region=region), place=Evidence(place)))

    assert of("广东", "广州天河区") == of("广东", "天河区") == ["广东/广州", "广东/广州/天河区"]
    assert of("北京", "北京") == []
    assert of("湖北", "某处") == ["湖北/某处"]  # what no table has is kept as it is written


def test_the_place_meant_is_said_and_a_name_that_no_table_has() -> None:
    assert list(read_back.aliases(parse("养老 地区:长沙市"))) == ["地区“长沙市”按“湖南长沙”检索。"]
    assert read_back.in_words(parse("养老 -地区:长沙")) == "含“养老”，地区不是湖南长沙"
    assert list(read_back.aliases(parse("养老 -地区:某某星"))) == ["行政区划表里没有“某某星”，按字面与各篇的地区比较。"]
    assert list(read_back.aliases(parse("养老 -地区:全国 地区:某某星"))) == []  # the answer says what it lacks


def test_what_anybody_may_type_is_remembered_within_bounds() -> None:
    for number in range(5_000):
        paths(f"某地{number}")
    assert paths.cache_info().currsize <= 4_096
