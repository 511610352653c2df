"""What may be typed next."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from conftest import Publish, document
from memory_engine import MemoryEngine
from typed import TYPING

from search.engines import Engine
from search.query.parsing import parse
from search.suggestions.completions import Completion, suggest


def offered(engine: Engine, typed: str, **options: int) -> list[tuple[str, str, int]]:
    return [(one.text, one.kind, one.documents) for one in suggest(engine, typed, **options)]


def test_characters_are_continued_to_words_then_filters_then_titles(publish: Publish) -> None:
    engine = publish(*TYPING)
    assert offered(engine, "养老服") == [("养老服务", "词语", 3), ("湖北养老服务工作会议", "标题", 1)]
    assert offered(engine, "湖") == [("湖北", "地区", 2), ("湖南", "地区", 1), ("湖北养老服务工作会议", "标题", 1)]
    assert offered(engine, "2024") == [("2024", "年份", 1)]
    assert offered(engine, "濮") == [("濮月明", "讲话人", 1)]


@pytest.mark.parametrize("typed", ["fulic", "fu li c", "FuLiC", "flc", "flcp", "福利c", "福利采", "福利cai"])
def test_pinyin_and_initials_are_continued(publish: Publish, typed: str) -> None:
    assert ("福利彩票", "词语", 2) in offered(publish(*TYPING), typed)


def test_a_title_is_offered_from_any_word_of_it_but_not_from_inside_a_word(publish: Publish) -> None:
    engine = publish(*TYPING)
    assert ("湖北养老服务工作会议", "标题", 1) in offered(engine, "工作会")
    assert ("湖北养老服务工作会议", "标题", 1) not in offered(engine, "务工")


def test_what_stands_before_the_last_word_is_kept(publish: Publish) -> None:
    first, *_ = suggest(publish(*TYPING), "低保 养老服")
    assert first == Completion(
        "低保 养老服务", "词语", None, "/search?q=%E4%BD%8E%E4%BF%9D+%E5%85%BB%E8%80%81%E6%9C%8D%E5%8A%A1"
    )


def test_regions_and_speakers_are_offered_as_filters(publish: Publish) -> None:
    addresses = {one.text: parse_qs(urlsplit(one.url).query) for one in suggest(publish(*TYPING), "养老 h")}
    assert addresses["湖北"] == {"q": ["养老"], "region": ["湖北"]}


def test_a_title_leads_to_its_document_where_only_one_has_it(publish: Publish) -> None:
    longer = document("长", "甲。", title="全省老龄工作会议纪要")
    twice = [document(name, "乙。", title="老龄工作要点") for name in ("一", "二")]
    shorter = document("短", "丙。", title="全省老龄工作会议")
    engine = publish(longer, shorter, *twice)
    found = {one.text: unquote(one.url) for one in suggest(engine, "老龄工作") if one.kind == "标题"}
    assert found["全省老龄工作会议"] == f"/doc/{shorter.id}"
    assert found["全省老龄工作会议纪要"] == f"/doc/{longer.id}"
    assert found["老龄工作要点"].startswith("/search?")


def test_every_offer_leads_to_results(publish: Publish) -> None:
    engine = publish(*TYPING)
    for typed in ("养", "湖", "y", "p", "2", "在", "会议", "通知"):
        for one in suggest(engine, typed):
            if one.url.startswith("/doc/"):
                assert unquote(one.url.removeprefix("/doc/")) in engine.catalogue()
                continue
            asked = {name: values[0] for name, values in parse_qs(urlsplit(one.url).query).items()}
            filters = [(name, value) for name, value in asked.items() if name != "q"]
            assert engine.find(parse(asked.get("q", ""), filters=filters), limit=0, offset=0).documents >= 1, one


def test_a_limit_is_kept_and_nothing_typed_offers_nothing(publish: Publish) -> None:
    engine = publish(*TYPING)
    assert len(suggest(engine, "y", limit=2)) == 2
    for typed in ("", " ", "养老 ", "“", "(", "-", "养" * 300, "\0", "𠀀", "é", "ａ", "'"):
        assert len(suggest(engine, typed)) <= 8
    assert suggest(engine, "") == suggest(engine, "养老 ") == ()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("地区:湖", [("地区:湖南", 2), ("地区:湖北", 1)]),
        ("养老 地区：湖", [("养老 地区:湖南", None), ("养老 地区:湖北", None)]),
        ("养老　-region:湖北", [("养老　-region:湖北", None)]),
        ("讲话人:卞", [("讲话人:卞知秋", 1)]),
        ("年份:20", [("年份:2023", 1)]),
        ("地区:火", []),
        ("地区:卞", []),
    ],
)
def test_the_value_of_a_field_is_completed(typed: str, offered: list[tuple[str, int | None]]) -> None:
    engine = MemoryEngine(
        [
            document("甲", "养老。", region="湖南", speakers=["卞知秋"], date="2023"),
            document("乙", "养老。", region="湖南"),
            document("丙", "养老。", region="湖北"),
        ]
    )
    assert [(one.text, one.documents) for one in suggest(engine, typed)] == offered
    assert all("q=%E5%9C%B0" not in one.url for one in suggest(engine, typed))


def test_what_stands_before_a_wide_blank_stays() -> None:
    engine = MemoryEngine([document("甲", "养老服务。"), document("乙", "养老服务。")])
    assert "社区 养老服务" in [one.text for one in suggest(engine, "社区　养老")]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("养老fw", "养老服务"),
        ("社区 养老fw", "社区 养老服务"),
        ("养老jg", "养老机构"),
        ("养老xx", None),
        ("养fw", None),
    ],
)
def test_characters_go_on_with_initials(typed: str, offered: str | None) -> None:
    engine = MemoryEngine([document(name, "养老服务和养老机构。") for name in "甲乙"])
    assert [one.text for one in suggest(engine, typed)][:1] == ([offered] if offered else [])
