"""The same documents put together by region or by speaker: who says what on one subject."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import document
from memory_engine import MemoryEngine

from app import create_app
from search import results
from search.documents.document import Document
from search.engines import store_of
from search.query.parsing import parse
from search.results import grouping
from search.settings import Settings


def speech(name: str, region: str | None, *speakers: str, body: str = "发展养老服务。") -> Document:
    return document(name, body, "再说养老服务。", title=name, region=region, speakers=speakers)


SPEECHES = (
    speech("甲", "湖北", "卞知秋"),
    speech("乙", "湖北", "卞知秋", "濮月明"),
    speech("丙", "云南"),
    speech("丁", None, "濮月明"),
    speech("戊", "江苏", body="规范殡葬。"),
)


def groups(field: str, asked: str, **options: object) -> dict[str, tuple[int, list[str]]]:
    page = results.grouped(MemoryEngine(SPEECHES), parse(asked, **options), field)  # type: ignore[arg-type]
    return {group.value: (group.count, sorted(hit.title for hit in group.hits)) for group in page.groups}


def test_each_region_has_its_count_and_its_speeches_the_most_frequent_first() -> None:
    assert groups("region", "养老服务") == {"湖北": (2, ["乙", "甲"]), "云南": (1, ["丙"]), "江苏": (1, ["戊"])}
    assert [*groups("region", "养老服务")][:1] == ["湖北"]


def test_a_speech_of_two_stands_under_both() -> None:
    assert groups("speaker", "养老服务") == {"卞知秋": (2, ["乙", "甲"]), "濮月明": (2, ["丁", "乙"])}


def test_a_filter_of_the_same_field_does_not_hide_the_other_groups() -> None:
    assert groups("region", "“发展养老服务”", filters=[("region", "云南")]) == groups("region", "“发展养老服务”")
    assert groups("region", "“发展养老服务”", filters=[("speaker", "濮月明")]) == {"湖北": (1, ["乙"])}


def test_a_card_of_a_group_shows_its_best_passage_alone() -> None:
    page = results.grouped(MemoryEngine(SPEECHES), parse("养老服务"), "region")
    assert {len(hit.passages) for group in page.groups for hit in group.hits} == {1}
    assert page.notes == ("另有 1 篇没有写明地区，不在其中。",)


def test_what_was_left_out_of_the_question_is_said_here_too() -> None:
    page = results.grouped(MemoryEngine(SPEECHES), parse("养老服务 ——云南"), "region")
    assert any(note.startswith("破折号没有当作“不含”") for note in page.notes), page.notes


def test_more_groups_than_a_page_has_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "MOST_GROUPS", 1)
    page = results.grouped(MemoryEngine(SPEECHES), parse("“发展养老服务”"), "region")
    assert [group.value for group in page.groups] == ["湖北"]
    assert page.notes[0] == "只列出篇数最多的 1 个地区，共有 2 个。"


def test_a_results_page_links_to_its_groups_and_each_group_to_all_of_its_speeches(tmp_path: Path) -> None:
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        for one in SPEECHES:
            writer.add(one)
        writer.publish({})
    client = create_app(Settings(index=tmp_path)).test_client()

    def page(address: str) -> BeautifulSoup:
        return BeautifulSoup(client.get(address).get_data(as_text=True), "lxml")

    links = page("/search?q=养老服务").select('[data-testid^="together-"]')
    assert [link.get_text() for link in links] == ["按地区 3", "按讲话人 2"]
    shown = page(str(links[0]["href"])).select('[data-testid="group"]')
    assert [group["aria-label"] for group in shown] == ["湖北", "云南", "江苏"]
    followed = page(str(shown[0].select("h2 a")[0]["href"]))
    assert sorted(link.get_text() for link in followed.select('[data-testid="hit-title"]')) == ["乙", "甲"]
    assert page("/search?q=殡葬").select('[data-testid^="together-"]') == []
    assert client.get("/search/region").headers["Location"] == "/search"
    assert client.get("/search/genre?q=养老").status_code == 404
    assert results.search(MemoryEngine(SPEECHES), parse("((")).views == ()


def test_the_tabs_are_the_same_whichever_of_them_the_reader_is_at(tmp_path: Path) -> None:
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        for one in SPEECHES:
            writer.add(one)
        writer.publish({})
    client = create_app(Settings(index=tmp_path)).test_client()

    def tabs(address: str) -> tuple[list[str], list[str], list[str]]:
        links = BeautifulSoup(client.get(address).get_data(as_text=True), "lxml").select(".views a")
        current = [link.get_text() for link in links if link.has_attr("aria-current")]
        return [link.get_text() for link in links], [str(link["href"]) for link in links], current

    labels, addresses, _ = tabs("/search?q=养老服务")
    assert labels == ["按篇", "逐句 9", "按地区 3", "按讲话人 2"]
    for label, address in zip(labels, addresses, strict=True):
        assert tabs(address) == (labels, addresses, [label])
    assert tabs("/search/lines") == ([], [], [])
    assert tabs("/search/year?q=养老服务")[2] == ["按年份 0"]
