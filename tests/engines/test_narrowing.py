"""Filters narrow what every engine finds, and facets count beside them."""

from __future__ import annotations

import pytest
from conftest import Publish, changed, document
from contract import ALL, HUBEI, UNDATED, YUNNAN, ask, found

from search.documents.document import Document, Evidence, Warning


def test_filters_narrow_and_facets_count_under_the_other_filters(publish: Publish) -> None:
    matches = ask(publish(*ALL), "", filters=[("genre", "会议报道"), ("region", "湖北")])
    assert matches.documents == 1
    assert matches.facets == {
        "region": (("云南", 1), ("湖北", 1)),
        "place": (),
        "year": (("2024", 1),),
        "speaker": (("甲某某", 1),),
        "genre": (("会议报道", 1),),
        "level": (),
        "line": (("养老服务", 1), ("福利彩票", 1), ("老龄工作", 1)),
        "source": (),
        "quality": (("无存疑", 1),),
    }


def test_line_source_and_quality_narrow_like_the_other_facts(publish: Publish) -> None:
    doubtful = (
        Warning("year_contradiction", "年份存疑"),
        Warning("truncated", "文末截断"),
        Warning("truncated", "又一处"),
    )
    engine = publish(
        changed(HUBEI, source=Evidence("据湖北省民政厅"), warnings=doubtful),
        changed(YUNNAN, source=Evidence("湖北省民政厅")),
        UNDATED,
    )
    both = ask(engine, "", filters=[("source", "湖北省民政厅")])
    assert both.documents == 2
    assert (both.facets["source"], both.facets["quality"]) == (
        (("湖北省民政厅", 2),),
        (("年份存疑", 1), ("文末截断", 1), ("无存疑", 1)),
    )
    assert both.facets["line"] == (("福利彩票", 2), ("养老服务", 1), ("老龄工作", 1))
    narrowed = ask(engine, "", filters=[("source", "湖北省民政厅"), ("quality", "无存疑"), ("line", "福利彩票")])
    assert (narrowed.documents, narrowed.ranked[0].id) == (1, YUNNAN.id)
    assert narrowed.facets["quality"] == (("年份存疑", 1), ("文末截断", 1), ("无存疑", 1))


def test_several_values_of_one_filter_are_alternatives(publish: Publish) -> None:
    assert ask(publish(*ALL), "", filters=[("region", "湖北"), ("region", "云南")]).documents == 2


def test_a_value_that_is_excluded_leaves_its_documents_out(publish: Publish) -> None:
    engine = publish(*ALL)
    without = ask(engine, "", filters=[("-region", "湖北")])
    assert {match.id for match in without.ranked} == {YUNNAN.id, UNDATED.id}
    assert without.facets["region"] == (("云南", 1),)
    assert ask(engine, "", filters=[("-region", "湖北"), ("-region", "云南")]).documents == 1
    assert ask(engine, "", filters=[("region", "云南"), ("-region", "云南")]).documents == 0


@pytest.mark.parametrize(
    ("field", "value", "ids"),
    [
        ("year", "2023..2025", "甲乙丙"),
        ("date", "2024-02..2024", "甲"),
        ("date", "2024-02", "甲"),
        ("date", "2024..2024-06", "甲"),  # of 2024 alone nobody knows that it was before July
        ("date", "2024", "甲乙"),
        ("-date", "2024", "丙丁"),
        ("date", "2024-02-21", "甲"),
        ("date", "2024-02-2", ""),
    ],
)
def test_a_range_of_time_holds_the_dates_that_lie_in_it_whole(
    publish: Publish, field: str, value: str, ids: str
) -> None:
    engine = publish(
        document("甲", "字。", date="2024-02-21"),
        document("乙", "字。", date="2024"),
        document("丙", "字。", date="2023-12"),
        document("丁", "字。"),
    )
    matches = ask(engine, "字", filters=[(field, value)])
    assert {match.id for match in matches.ranked} == {document(one, "字。").id for one in ids}


def test_an_unknown_filter_value_finds_nothing(publish: Publish) -> None:
    assert ask(publish(*ALL), "养老", filters=[("region", "火星")]).documents == 0


def test_a_city_or_county_narrows_as_a_province_does(publish: Publish) -> None:
    def at(name: str, region: str, place: str) -> Document:
        return changed(document(name, "老年助餐。", region=region), place=Evidence(place))

    engine = publish(
        at("市", "湖北", "武汉"), at("区", "湖北", "江岸区"), at("京", "北京", "朝阳区"), at("省", "湖南", "长沙")
    )

    def narrowed(typed: str) -> set[str]:
        return {name for name, _ in found(engine, f"助餐 {typed}")}

    assert narrowed("地区:武汉") == narrowed("地区:湖北省武汉市") == {"市", "区"}
    assert narrowed("地区:江岸区") == {"区"}
    assert narrowed("-地区:武汉") == {"京", "省"}
    assert narrowed("地区:武汉、湖南") == {"市", "区", "省"}
    assert narrowed("地区:朝阳区") == {"京"}
    assert narrowed("地区:湖北 -地区:江岸区") == {"市"}
