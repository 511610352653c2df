"""讲话人: speeches with the post each text gives, and those that only name a person."""

from __future__ import annotations

import pytest
from conftest import Publish, changed, document

from search.documents.document import Document, Speaker
from search.query.parsing import parse
from search.tools.speaking import MOST_DOCUMENTS, as_csv, as_json, speaking


def spoken(name: str, post: str | None, date: str | None, region: str = "湖北") -> Document:
    evidence = f"{post or ''}卞知秋出席会议并讲话"
    one = document(name, "会议召开。", f"{evidence}。卞知秋要求抓好落实。", title=name, date=date, region=region)
    return changed(one, speakers=(Speaker("卞知秋", post, "出席会议并讲话", evidence),))


EARLY = spoken("早.txt", "副厅长", "2021-03-01")
LATE = spoken("晚.txt", "厅长", "2024-03-01")
UNDATED = spoken("无.txt", None, None)
NAMED = document("提.txt", "学习先进。", "刚才，卞知秋同志通报了情况；请照卞知秋同志说的办。", title="提", date="2023")
OTHER = document("别.txt", "规范公墓管理。", title="别", speakers=["路远方"])


def test_the_posts_are_those_that_each_text_states_on_its_day(publish: Publish) -> None:
    page = speaking(publish(LATE, UNDATED, EARLY, NAMED, OTHER), parse("卞知秋"))
    assert [(one.place.date, one.post, one.place.number) for one in page.speeches] == [
        ("2021-03-01", "副厅长", 2),
        ("2024-03-01", "厅长", 2),
        (None, "", 2),
    ]
    assert all(one.place.url.endswith("#p2") and one.evidence for one in page.speeches)


def test_who_is_only_named_is_no_speaker(publish: Publish) -> None:
    engine = publish(EARLY, NAMED, OTHER)
    page = speaking(engine, parse("卞知秋"))
    assert [(one.place.title, one.times, one.place.number) for one in page.mentions] == [("提", 2, 2)]
    alone = speaking(publish(NAMED, OTHER), parse("卞知秋"))
    assert (alone.speeches, len(alone.mentions)) == ((), 1)
    assert "只是被提到，不是讲话人" in alone.notes[0]


def test_a_longer_name_is_another_persons(publish: Publish) -> None:
    other = document("长.txt", "路远方华同志通报了情况。", title="长")
    page = speaking(publish(OTHER, other), parse("路远方"))
    assert len(page.speeches) == 1 and all(one.place.title != "别" for one in page.mentions)


def test_the_filters_narrow_and_a_typed_speaker_is_a_name(publish: Publish) -> None:
    elsewhere = spoken("云.txt", "局长", "2022", region="云南")
    engine = publish(EARLY, elsewhere, NAMED)
    assert [one.post for one in speaking(engine, parse("讲话人:卞知秋 地区:云南")).speeches] == ["局长"]
    assert any("同名的可能不是一个人" in note for note in speaking(engine, parse("卞知秋")).notes)


@pytest.mark.parametrize("typed", ["", "地区:湖北"])
def test_without_a_name_those_are_offered_who_spoke_most(publish: Publish, typed: str) -> None:
    page = speaking(publish(EARLY, LATE, OTHER), parse(typed))
    assert page.notes == ("请输入讲话人的姓名。",)
    assert [one.label for one in page.people] == ["卞知秋（2 篇）", "路远方（1 篇）"]


def test_nobody_of_a_name_and_what_is_none_are_told(publish: Publish) -> None:
    engine = publish(EARLY, OTHER)
    nobody = speaking(engine, parse("白守成"))
    assert nobody.notes == ("没有讲话人叫“白守成”，也没有文献提到。",) and nobody.people
    many = speaking(engine, parse("，".join(f"第{n}项" for n in range(200))))
    assert "不像姓名" in many.notes[0] and not many.speeches


def test_of_many_speeches_the_page_says_how_many_were_not_opened(publish: Publish) -> None:
    many = [
        document(f"{n:03}.txt", f"第{n}次会议。", title=f"{n}", speakers=["路远方"]) for n in range(MOST_DOCUMENTS + 2)
    ]
    page = speaking(publish(*many), parse("路远方"))
    assert (len(page.speeches), len(page.shown)) == (MOST_DOCUMENTS, 100)
    assert any(f"只看了日期最早的 {MOST_DOCUMENTS} 篇，另有 2 篇没有看" in note for note in page.notes)


def test_the_table_has_both_kinds_and_the_json_too(publish: Publish) -> None:
    page = speaking(publish(EARLY, NAMED), parse("卞知秋"))
    rows = as_csv(page).decode("utf-8-sig").splitlines()
    assert rows[1].startswith("讲话人,副厅长,出席会议并讲话,,副厅长卞知秋出席会议并讲话,早.txt,2021年3月1日,湖北,2,")
    assert rows[2].startswith("只是提到,,,2,,提,2023年,")
    answer = as_json(page)
    assert isinstance(answer["mentions"], list) and answer["mentions"][0]["times"] == 2
