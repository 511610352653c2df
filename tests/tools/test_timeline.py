"""提法时间线: what is counted by year, region and length, and what is first seen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import Publish, document

from search.query.parsing import parse
from search.tools.timeline import MOST, Count, as_csv, as_json, timeline

FIRST = document("甲.txt", "老年助餐要提质，老年助餐要扩面。", title="甲", date="2022-03-01", region="湖北")
LATER = document("乙.txt", "老年助餐见成效。", title="乙", date="2024-05", region="湖南")
VAGUE = document("丙.txt", "办好老年助餐。", title="丙", date="2022", region="湖南")
UNDATED = document("丁.txt", "老年助餐老年助餐。", title="丁")
OTHER = document("戊.txt", "规范公墓管理。", title="戊", date="2023-01-01", region="湖北")
ALL = (FIRST, LATER, VAGUE, UNDATED, OTHER)


def told(counts: tuple[Count, ...]) -> dict[str, tuple[int, int, int]]:
    return {one.label: (one.occurrences, one.documents, one.held) for one in counts}


def test_occurrences_documents_and_what_there_is_are_counted_by_year_and_region(publish: Publish) -> None:
    (one,) = timeline(publish(*ALL), parse("老年助餐")).wordings
    assert told(one.years) == {"2022年": (3, 2, 2), "2023年": (0, 0, 1), "2024年": (1, 1, 1)}
    assert told((one.undated, one.total)) == {"日期不详": (2, 1, 1), "合计": (6, 4, 5)}
    assert told(one.regions) == {"湖北": (2, 1, 2), "湖南": (2, 2, 2), "地区不详": (2, 1, 1)}
    assert told(one.months) == {"2022年3月": (2, 1, 1), "2024年5月": (1, 1, 1)}
    assert [year.url for year in one.years] == [
        "/search?q=%E8%80%81%E5%B9%B4%E5%8A%A9%E9%A4%90&year=2022&sort=oldest&synonyms=off",
        "",
        "/search?q=%E8%80%81%E5%B9%B4%E5%8A%A9%E9%A4%90&year=2024&sort=oldest&synonyms=off",
    ]


def test_the_rate_is_for_ten_thousand_characters_of_what_there_is(publish: Publish) -> None:
    (one,) = timeline(publish(*ALL), parse("老年助餐")).wordings
    assert one.total.characters == 16 + 8 + 7 + 9 + 7
    assert (one.total.rate, one.years[1].rate) == (round(6 / 47 * 10_000, 2), 0.0)


def test_the_first_is_the_first_of_the_collection_and_what_may_be_earlier_is_said(publish: Publish) -> None:
    page = timeline(publish(*ALL), parse("老年助餐"))
    (one,) = page.wordings
    assert one.first and (one.first.title, one.first.passages[0].number) == ("甲", 1)
    assert one.first_note == "另有 1 篇只知道年份或月份，可能更早。"
    assert "语料仅5篇，首见≠最早提出：首见只是本系统收录的文献里最早的一篇。" in page.notes
    assert "1 篇日期不详，不在任何一年里，单独列出。" in page.notes


def test_a_wording_of_undated_documents_or_of_none_has_no_first(publish: Publish) -> None:
    undated, nowhere = timeline(publish(UNDATED, OTHER), parse("老年助餐，火星")).wordings
    assert (undated.first, undated.total.documents, undated.years) == (None, 1, ())
    assert (nowhere.first, nowhere.total.documents, nowhere.url) == (None, 0, "")


def test_only_the_wording_itself_counts_not_its_synonyms_nor_its_words_apart(publish: Publish) -> None:
    others = document("己.txt", "农村低保标准。", "老年人用餐，助老助残。", date="2024")
    first, second = timeline(publish(others), parse("最低生活保障，老年助餐")).wordings
    assert (first.total.occurrences, second.total.documents) == (0, 0)


@pytest.mark.parametrize("typed", ["老年助餐，公墓", "老年助餐 公墓", "“老年助餐”、“公墓”", "老年助餐 或 公墓 或 公墓"])
def test_several_wordings_are_told_apart_however_they_are_typed(publish: Publish, typed: str) -> None:
    assert [one.text for one in timeline(publish(*ALL), parse(typed)).wordings] == ["老年助餐", "公墓"]


def test_of_many_wordings_the_first_are_looked_at_and_the_page_says_so(publish: Publish) -> None:
    page = timeline(publish(*ALL), parse("，".join(f"提法{chr(0x4E00 + n)}" for n in range(40))))
    assert len(page.wordings) == MOST
    assert any(note.startswith(f"一次最多比较 {MOST} 个提法") for note in page.notes)


def test_filters_narrow_what_is_counted_and_near_duplicates_count_once(publish: Publish) -> None:
    near = (FIRST.id, "f" * 16)
    twin = replace(FIRST, id="f" * 16, near=near)
    page = timeline(publish(replace(FIRST, near=near), twin, LATER), parse("老年助餐 地区:湖北"))
    (one,) = page.wordings
    assert told((one.total,)) == {"合计": (2, 1, 1)}
    assert "相近版本只算一篇。" in page.notes
    assert "所选的文献仅1篇，首见≠最早提出：首见只是其中最早的一篇。" in page.notes


def test_the_table_and_the_json_hold_every_count(publish: Publish) -> None:
    page = timeline(publish(*ALL), parse("老年助餐"))
    lines = as_csv(page).decode("utf-8-sig").splitlines()
    assert lines[1].startswith("老年助餐,合计,合计,4,6,5,47,1276.6,")
    assert len(lines) == 1 + 1 + 3 + 1 + 3 + 2
    (wording,) = as_json(page)["wordings"]  # type: ignore[misc]
    assert wording["total"]["occurrences"] == 6 and wording["first"]["id"] == FIRST.id
