"""数字式提法: what is one, what a text lists under it, and when a list is none."""

from __future__ import annotations

import time

import pytest
from conftest import Publish, document

from search.query.parsing import parse
from search.tools.numbered import MOST_DOCUMENTS, as_csv, as_json, numbered
from search.tools.sayings import listed, number_of, sayings


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("抓实“六大工程”", ["六大工程"]),
        ("围绕“两稳三提”", ["两稳三提"]),
        ("推进“十项举措”和“十二个专项”", ["十项举措", "十二个专项"]),
        ("“惠民、便民、安民”三型服务，", ["三型服务"]),
        ("履行四大职能，做好工作", ["四大职能"]),
        ("“十四五规划”“二十届三中全会”“三年行动”“第一议题”“一刻钟生活圈”", []),
        ("党的二十大精神，全国十九大代表", []),
        ("开展三项工作，抓好四个方面", []),
        ("“三公”经费，“七一”", []),
    ],
)
def test_a_saying_begins_with_a_number_and_counts_something(shown: str, found: list[str]) -> None:
    assert list(sayings(shown)) == found


@pytest.mark.parametrize(
    ("saying", "number"),
    [("六大工程", 6), ("两稳三提", 5), ("十二个专项", 12), ("二十条措施", 20), ("三个一工程", 3), ("一老一小", 2)],
)
def test_the_number_is_what_it_counts(saying: str, number: int) -> None:
    assert number_of(saying) == number


LISTS = [
    ("“三大工程”（安居、康养、育幼）", "三大工程", ["安居", "康养", "育幼"]),
    ("抓实“三大工程”，即安居工程、康养工程和育幼工程。另行部署。", "三大工程", ["安居工程", "康养工程", "育幼工程"]),
    ("实施“两个专项”：一是查低保；二是查临时救助。", "两个专项", ["查低保", "查临时救助"]),
    ("打造“惠民、便民、安民”三型服务", "三型服务", ["惠民", "便民", "安民"]),
    ("要着力打造安居工程、康养工程、育幼工程。三大工程都要抓好。", "三大工程", ["安居工程", "康养工程", "育幼工程"]),
    ("实施“敬老”行动、“助残”行动等五项行动。", "五项行动", ["“敬老”行动", "“助残”行动"]),
]  # fmt: skip


@pytest.mark.parametrize(("shown", "saying", "items"), LISTS)
def test_a_list_that_agrees_with_the_number_is_told_as_it_is_written(shown: str, saying: str, items: list[str]) -> None:
    found = listed(shown, saying)
    assert found is not None and list(found.items) == items
    assert all(item in shown for item in found.items)
    assert found.open == ("等" in shown)


NO_LISTS = [
    ("抓实“三大工程”，即安居工程、康养工程。", "三大工程"),
    ("坚定拥护“两个确立”、做到“两个维护”。", "两个维护"),
    ("抓好安居、推进康养、实施“三大工程”", "三大工程"),
    ("修好道路、桥梁、水渠。三大工程都要抓好。", "三大工程"),
    ("抓实“三大工程”。", "三大工程"),
    ("“三大工程”（详见附件）", "三大工程"),
    ("抓实“三大工程”，安居、康养、育幼都有进展。", "三大工程"),
]


@pytest.mark.parametrize(("shown", "saying"), NO_LISTS)
def test_what_does_not_agree_is_no_list(shown: str, saying: str) -> None:
    assert listed(shown, saying) is None


@pytest.mark.parametrize("piece", ["“三大工程”（", "“三大工程", "安居、", "等三大工程", "“三大工程”，即", "三大"])
def test_time_grows_with_the_text(piece: str) -> None:
    def once(times: int) -> float:
        shown, begun = piece * times, time.process_time()
        list(sayings(shown))
        listed(shown, "三大工程")
        return time.process_time() - begun

    def seconds(times: int) -> float:
        return min(once(times) for _ in range(3))  # a busy machine took five times as long for one of two

    assert seconds(4_000) < 4 * seconds(2_000) + 0.1


FIRST = document(
    "甲.txt", "推进“三大工程”。", "“三大工程”（安居、康养、育幼）要抓紧。", title="甲", date="2024", region="湖北"
)
SECOND = document("乙.txt", "推进“三大工程”和“五项机制”。", title="乙")


def test_each_text_is_told_with_its_list_or_that_it_has_none(publish: Publish) -> None:
    page = numbered(publish(FIRST, SECOND), parse(""))
    assert [one.text for one in page.sayings] == ["三大工程", "五项机制"]
    listed_here, silent = page.sayings[0].said
    assert (listed_here.items, listed_here.note, listed_here.place.number) == (("安居", "康养", "育幼"), "列出三项", 2)
    assert (silent.items, silent.note, silent.place.title) == ((), "文中未展开", "乙")


def test_what_was_asked_for_stands_first(publish: Publish) -> None:
    page = numbered(publish(FIRST, SECOND), parse("五项机制"))
    assert [one.text for one in page.sayings] == ["五项机制", "三大工程"]


def test_nothing_found_and_no_saying_are_told_apart(publish: Publish) -> None:
    engine = publish(document("丁.txt", "规范公墓管理。"))
    assert numbered(engine, parse("公墓")).notes == ("这些文献里没有数字式提法。",)
    assert "没有找到文献。" in numbered(engine, parse("“火星探测”")).notes


def test_of_many_documents_the_page_says_how_many_were_not_opened(publish: Publish) -> None:
    many = [document(f"{n:04}.txt", "推进“三大工程”。") for n in range(MOST_DOCUMENTS + 2)]
    page = numbered(publish(*many), parse("“三大工程”"))
    assert len(page.sayings[0].said) == MOST_DOCUMENTS and len(page.sayings[0].shown) == 8
    assert any("另有 2 篇没有看" in note for note in page.notes)


def test_the_table_has_a_row_a_text(publish: Publish) -> None:
    page = numbered(publish(FIRST, SECOND), parse("三大工程"))
    rows = as_csv(page).decode("utf-8-sig").splitlines()
    assert len(rows) == 4 and rows[1].startswith("三大工程,3,2,安居；康养；育幼,列出三项,甲,2024年,湖北,2,")
    answer = as_json(page)["sayings"]
    assert isinstance(answer, list) and answer[0]["documents"] == 2
