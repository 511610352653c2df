"""Other readings of what nothing holds as it was typed; each is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from conftest import document
from memory_engine import MemoryEngine

from search.documents.document import Evidence
from search.matching.matches import Tier
from search.query.parsing import parse
from search.results import ResultPage, search
from search.results.arrived import feed
from search.results.grouping import grouped
from search.results.page import cards

ENGINE = MemoryEngine(
    [
        document(
            "甲", "厅长卞知秋作工作报告。", "殡葬改革要稳。", speakers=["卞知秋"], region="湖南", date="2023-05-06"
        ),
        document("乙", "向诸葛明远学习。", "“邻里食堂”办得好。", region="湖北", date="2023-05"),
        document("丙", "“邻里食堂”可以向社区申请。", "老年助餐。", region="湖南", date="2021"),
    ]
)


def asked(question: str) -> ResultPage:
    return search(ENGINE, parse(question))


def names(page: ResultPage) -> list[str]:
    return [hit.external_id for hit in page.hits]


@pytest.mark.parametrize(
    ("typed", "found", "note"),
    [
        ("卞知秋厅长", ["甲"], "“卞知秋厅长”按姓名“卞知秋”检索"),
        ("卞厅长", ["甲"], "“卞厅长”按姓名“卞知秋”检索"),
        ("诸葛明远同志", ["乙"], "按姓名“诸葛明远”检索"),
        ("湖南 老年助餐", ["丙"], "“湖南”按地区“湖南”筛选"),
        ("湘 老年助餐", ["丙"], "按地区“湖南”筛选"),
        ("2023年5月6日", ["甲"], "按日期“2023-05-06”筛选"),
        ("2023.5.6", ["甲"], "按日期“2023-05-06”筛选"),
        ("殡改", ["甲"], "“殡改”可能是“殡葬改革”的简称"),
        ("“邻里食堂”怎么申请", ["丙", "乙"], "引号里的字必须有"),
        ("“邻里食堂”是什么意思", ["乙", "丙"], "引号里的字必须有"),
        ("「邻里食堂」是甚麼意思", ["乙", "丙"], "引号里的字必须有"),
    ],
)
def test_what_nothing_holds_is_read_otherwise_and_said(typed: str, found: list[str], note: str) -> None:
    page = asked(typed)
    assert names(page) == found
    assert note in page.notes[0]


def test_what_is_quoted_in_a_question_is_there_in_every_answer() -> None:
    """丁 has the other words of the question only."""
    engine = MemoryEngine(
        [
            document("甲", "邻里食堂每周三开门。"),
            document("丁", "报名从五月开始。"),
            *(document(f"其他{n}", "调研。") for n in range(9)),
        ]
    )
    assert names(search(engine, parse("“邻里食堂”何时开始报名？"))) == ["甲"]


WISHES = MemoryEngine(
    [
        document("甲", "最新的进展是，邻里食堂开了两家。", "有关部门出席。", date="2023-05-06"),
        document("乙", "邻里食堂办得好。"),
        document("丙", "最近雨多。", "各地报来新鲜事。"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "found", "note"),
    [
        ("最新 邻里食堂", ["甲", "乙"], "“最新”是说怎么找的，没有当作检索词；要它也出现，请加引号。"),
        ("邻里食堂 提法 最近", ["甲", "乙"], "“提法”、“最近”是说怎么找的"),
        ("最近邻里食堂", ["甲", "乙"], "“最近邻里食堂”中的“邻里食堂”按要找的话检索"),
        ("有关邻里食堂的最新提法", ["甲", "乙"], "“有关邻里食堂的最新提法”中的“邻里食堂”"),
        ("“最新” 邻里食堂", ["甲"], ""),
        ("有关部门", ["甲"], ""),  # stands there
        ("邻里食堂 或 最近", ["甲", "乙", "丙"], ""),
        ("最近", ["丙"], ""),
    ],
)
def test_words_about_the_search_never_decide_and_are_told(typed: str, found: list[str], note: str) -> None:
    page = search(WISHES, parse(typed))
    assert sorted(names(page)) == sorted(found)
    assert (note in "".join(page.notes)) if note else not any("怎么找" in one for one in page.notes)


def test_years_in_words_are_a_filter_where_no_text_has_them() -> None:
    year = datetime.now().year - 1
    engine = MemoryEngine([document("旧", "老年助餐。", date="2019"), document("新", "老年助餐。", date=f"{year}-03")])
    found = search(engine, parse("去年 老年助餐"))
    assert (names(found), f"“去年”按年份“{year}”筛选" in found.notes[0]) == (["新"], True)


@pytest.mark.parametrize("typed", ["火星厅长", "2030年1月1日", "火星 老年助餐"])
def test_what_no_reading_finds_stays_as_it_was(typed: str) -> None:
    assert not any("筛选" in note or "姓名" in note for note in asked(typed).notes)


@pytest.mark.parametrize("typed", ["走丢的人该由谁来接收", "丢失儿童接收地点？"])
def test_a_sentence_in_ones_own_words_is_met_by_its_content_words(typed: str) -> None:
    engine = MemoryEngine(
        [
            document("甲", "走失人员由救助管理站接收，送回原籍；儿童送福利院，人走丢了报警。"),
            *(document(f"其他{n}", "别的事。") for n in range(9)),
        ]
    )
    assert [hit.match for hit in search(engine, parse(typed)).hits] == ["partial"]


@pytest.mark.parametrize("filters", [" 地区:湖南", ""])
def test_a_question_stays_one_with_a_filter_typed_behind_it(filters: str) -> None:
    lost = document("甲", "走失人员由救助管理站接收；儿童送福利院，人走丢了报警。", region="湖南")
    engine = MemoryEngine([lost, *(document(f"其他{n}", "别的事。") for n in range(9))])
    assert names(search(engine, parse(f"丢失儿童地点？{filters}"))) == ["甲"]


def test_what_stands_there_is_not_read_otherwise() -> None:
    assert asked("卞知秋").notes == ()


def test_the_document_is_opened_with_what_was_looked_for() -> None:
    (hit,) = asked("卞知秋厅长").hits
    assert hit.url.startswith(f"/doc/{hit.id}?q=%E5%8D%9E%E7%9F%A5%E7%A7%8B#")


def test_a_term_that_stands_nowhere_is_said_and_left_out() -> None:
    engine = MemoryEngine([document("甲", "推进殡葬改革。"), document("乙", "婚姻登记。")])
    page = search(engine, parse("殡葬改革 麒麟座"))
    assert (names(page), page.read_as) == (["甲"], "含“殡葬改革”")
    assert page.notes == (
        "“麒麟座”在所有文献里一处也没有，没有用来检索。",
        "没有一篇在同一段里含有全部词语，以下文献只含一部分，或者分散在几段里。",
    )


def test_what_has_the_other_terms_only_is_labelled_so_everywhere() -> None:
    engine = MemoryEngine(
        [
            document("甲", "推进殡葬改革。", region="云南"),
            document("乙", "改革要稳。", "殡葬改革群众有数。", region="湖北"),
            document("丙", "婚姻登记。", region="湖北"),
        ]
    )
    query = parse("殡葬改革 麒麟座")
    page = search(engine, query)
    assert (page.documents, dict(page.tiers), page.ways) == (2, {"partial": Tier(2, 2)}, ())
    groups = grouped(engine, query, "region").groups
    entries = feed(engine, query, "2026-01-01").entries
    for hits in (
        page.hits,
        cards(engine, query, limit=9),
        [hit for group in groups for hit in group.hits],
        [hit for hit, _ in entries],
    ):
        assert [hit.match_label for hit in hits] == ["部分词语"] * 2


@pytest.mark.parametrize(
    "typed",
    [
        "殡葬改革 “麒麟座”",  # quoted: a condition
        "殡葬改革 婚姻登记",  # both stand somewhere, though not together
        "麒麟座 天琴座",
        "关于 麒麟座",  # what is left says nothing
        "殡葬改革 -麒麟座",
    ],
)
def test_a_term_is_left_out_only_where_it_stands_nowhere_and_others_do(typed: str) -> None:
    engine = MemoryEngine([document("甲", "关于推进殡葬改革。"), document("乙", "婚姻登记。")])
    page = search(engine, parse(typed))
    assert not [note for note in page.notes if "一处也没有" in note]


def test_a_term_that_another_region_has_does_not_stand_nowhere() -> None:
    engine = MemoryEngine(
        [document("甲", "推进殡葬改革。", region="云南"), document("乙", "婚姻登记。", region="湖北")]
    )
    page = search(engine, parse("殡葬改革 婚姻登记 地区:云南"))
    assert not [note for note in page.notes if "一处也没有" in note]


def test_a_place_that_no_table_knows_is_one_of_those_that_documents_are_from() -> None:
    there = document("甲", "助餐。", region="湖南")
    place = replace(there.metadata, place=Evidence("榕湾市", "湖南省榕湾市"))
    engine = MemoryEngine([replace(there, metadata=place), document("乙", "助餐。", region="湖南")])
    said = "“榕湾”不在区划表里，按文献自己写的“湖南榕湾市”筛选。"
    for typed, found in (("地区:榕湾市", ["甲"]), ("助餐 地区:榕湾", ["甲"]), ("助餐 -地区:榕湾市", ["乙"])):
        page = search(engine, parse(typed))
        assert (names(page), [note for note in page.notes if "榕湾" in note]) == (found, [said])
    assert names(search(engine, parse("地区:柳岸市"))) == []
