"""共同表述 of two regions: what one says in the words of the other, with all that have it and the earliest of them."""

from __future__ import annotations

import pytest
from conftest import Publish, document

from search.query.parsing import parse
from search.tools import shared_regions
from search.tools.shared import CommonPage
from search.tools.shared_regions import common_of_regions
from search.tools.wording import across

CARTS = "健全县乡村三级助餐网络和配送站点"
SCHOOL = "办好老年大学和老年活动中心"
FORMULA = "习近平新时代中国特色社会主义思想"
HERE = document("甲.txt", f"养老服务要{CARTS}。", f"学习{FORMULA}。", title="甲", date="2024-03-01", region="湖北")
OWN = document("乙.txt", f"{SCHOOL}。养老服务在{CARTS}。", title="乙", date="2022-01-01", region="湖北")
THERE = document("丙.txt", f"今年{CARTS}，养老服务。", f"学习{FORMULA}。", title="丙", date="2023-01-01", region="江西")
SCHOOLS = document("丁.txt", f"{SCHOOL}。", title="丁", date="2021-05-01", region="江西")
ELSEWHERE = document("戊.txt", f"{SCHOOL}，{CARTS}。", title="戊", date="2020-05-01", region="云南")
ALL = (HERE, OWN, THERE, SCHOOLS, ELSEWHERE)


def compared(publish: Publish, asked: str) -> CommonPage:
    page = common_of_regions(publish(*ALL), parse(asked))
    assert page is not None
    return page


def test_what_both_regions_say_is_told_with_all_of_them_that_say_it_and_the_earliest(publish: Publish) -> None:
    page = compared(publish, "地区:湖北 地区:江西")
    told = {
        one.text: ({holder.title for holder in (one.here, *one.others) if holder}, one.first and one.first.title)
        for one in page.wordings
    }
    assert told == {CARTS: ({"甲", "乙", "丙"}, "乙"), SCHOOL: ({"乙", "丁"}, "丁")}
    assert [one.characters for one in page.wordings] == [len(CARTS), len(SCHOOL)]
    assert (page.title, page.documents) == ("湖北 × 江西", 4)
    assert all(one.here and one.here.region_label == "湖北" for one in page.wordings)


def test_a_subject_narrows_both_sides(publish: Publish) -> None:
    page = compared(publish, "养老服务 地区:湖北 地区:江西")
    assert ([one.text for one in page.wordings], page.documents) == ([CARTS], 3)
    assert page.title == "湖北 × 江西：养老服务"
    assert page.csv_url.startswith("/tools/common.csv?") and page.csv_url.count("region=") == 2


@pytest.mark.parametrize("asked", ["", "养老服务", "地区:湖北", "-地区:湖北 地区:江西"])
def test_two_regions_have_to_be_named(publish: Publish, asked: str) -> None:
    assert common_of_regions(publish(*ALL), parse(asked)) is None


def test_a_third_region_one_without_documents_and_one_that_is_silent_are_told(publish: Publish) -> None:
    assert "一次只比两个地区，没有比云南。" in compared(publish, "地区:湖北 地区:江西 地区:云南").notes
    page = compared(publish, "地区:湖北 地区:西藏")
    assert ("没有西藏的文献。" in page.notes, page.wordings) == (True, ())
    assert "没有江西的文献说到它。" in compared(publish, "“办好老年大学和配送” 地区:湖北 地区:江西").notes


def test_of_many_documents_the_newest_are_compared_and_the_rest_is_told(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_regions, "MOST_DOCUMENTS", 1)
    page = compared(publish, "地区:湖北 地区:江西")
    assert [one.text for one in page.wordings] == [CARTS]
    assert "湖北共 2 篇，只比了最近的 1 篇，另有 1 篇没有比。" in page.notes
    monkeypatch.setattr(shared_regions, "MOST_DOCUMENTS", 60)
    monkeypatch.setattr(shared_regions, "MOST_CHARACTERS", 10)
    assert compared(publish, "地区:湖北 地区:江西").documents == 2


def test_texts_are_compared_with_the_others_alone() -> None:
    """What two of the first side share is no wording of both; the others are numbered among themselves."""
    found = across([f"要{CARTS}。", f"{CARTS}，{SCHOOL}。", f"{SCHOOL}。"], ["没有。", f"今年{CARTS}。"])
    assert [[(one.start, one.end, one.others) for one in runs] for runs in found] == [
        [(1, 1 + len(CARTS), (1,))],
        [(0, len(CARTS), (1,))],
        [],
    ]
