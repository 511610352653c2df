"""一键汇编: every passage that holds what is asked for, by region, to take away however many there are."""

from __future__ import annotations

import csv
import io
import tracemalloc
from dataclasses import replace
from pathlib import Path

import docx
from conftest import Publish, document

from search.documents.document import Warning
from search.engines import store_of
from search.matching.matches import Match, Matches
from search.query.parsing import parse
from search.tools import extracts
from search.tools.collection import not_looked_at
from search.tools.extracts import MOST_SHOWN, collected, extracts_page, in_pieces

HOST = "http://archive.example"
WARM = "推进康养融合。"
FIRST = document("甲.txt", WARM, ("无关的话。", f"再次{WARM}"), title="甲", region="湖北", date="2024-03-01")
SECOND = replace(
    document("乙.txt", f"要{WARM}又要{WARM}", title="乙", region="全国"),
    warnings=(Warning("truncated", "文末截断"),),
)
OTHER = document("丙.txt", "规范公墓管理。", title="丙", region="云南")


def test_every_passage_is_there_region_by_region(publish: Publish) -> None:
    page = extracts_page(publish(FIRST, SECOND, OTHER), parse("康养融合"))
    assert [(region, [(one.number, one.times) for one in some]) for region, some in page.groups] == [
        ("全国", [(1, 2)]),
        ("湖北", [(1, 1), (3, 1)]),
    ]
    assert (page.passages, page.occurrences, page.documents) == (3, 4, 2)
    assert page.groups[1][1][1].excerpt.text == f"再次{WARM}"


def test_the_three_files_hold_the_same_with_source_doubts_and_whole_address(publish: Publish) -> None:
    engine, query = publish(FIRST, SECOND, OTHER), parse("康养融合")
    files = {form: b"".join(in_pieces(engine, query, form, HOST)) for form in extracts.FORMS}
    rows = list(csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig"), newline="")))
    assert [(row["地区"], row["题名"], row["处数"]) for row in rows] == [
        ("全国", "乙", "2"), ("湖北", "甲", "1"), ("湖北", "甲", "1"),
    ]  # fmt: skip
    assert all(row["地址"].startswith(f"{HOST}/doc/") and row["出处"].startswith("（") for row in rows)
    assert [row["存疑"] for row in rows] == ["文末截断", "", ""]
    lines = [one.text for one in docx.Document(io.BytesIO(files["docx"])).paragraphs]
    assert sum(line.startswith("“") for line in lines) == 3
    assert [line for line in lines if line in ("全国", "湖北")] == ["全国", "湖北"]
    assert any("文末截断" in line for line in lines) and sum(f"{HOST}/doc/" in line for line in lines) == 3
    assert files["md"].decode().count("\n> “") == 3


def test_more_than_a_thousand_rows_are_written_with_flat_memory(tmp_path: Path) -> None:
    def peak(documents: int) -> tuple[int, int]:
        store, long = store_of("whoosh", tmp_path / str(documents)), [f"{WARM}{'另有安排，' * 20}"] * 20
        with store.writer(fresh=True) as writer:
            for number in range(documents):
                writer.add(document(f"{number:04}.txt", *long, region="湖北"))
            writer.publish({})
        engine = store.open()
        tracemalloc.start()
        passages = sum(1 for _ in in_pieces(engine, parse("康养融合"), "csv", HOST))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return passages, most

    (few, small), (many, large) = peak(55), peak(110)
    assert (few, many) == (1 + 55 * 20, 1 + 110 * 20)
    assert large < small + 1_000_000


def test_of_many_documents_the_page_opens_some_and_says_so(publish: Publish) -> None:
    many = [document(f"{n:04}.txt", f"{n}号：{WARM}") for n in range(MOST_SHOWN + 5)]
    page = extracts_page(publish(*many), parse("康养融合"))
    assert (page.opened, page.documents, page.passages) == (MOST_SHOWN, MOST_SHOWN + 5, MOST_SHOWN)
    assert any(f"只列出前 {MOST_SHOWN} 篇" in note for note in page.notes)


def test_nothing_asked_and_nothing_found_are_told_apart(publish: Publish) -> None:
    engine = publish(FIRST, OTHER)
    assert "请输入检索词" in extracts_page(engine, parse("地区:湖北")).notes[0]
    common = extracts_page(engine, parse("“一")).notes
    assert len(common) == 1 and "太常见" in common[0]
    page = extracts_page(engine, parse("“火星探测”"))
    assert "没有文献说到它。" in page.notes and not page.exports
    assert b"".join(in_pieces(engine, parse("“火星探测”"), "csv", HOST)).count(b"\r\n") == 1


def test_who_holds_some_of_the_words_by_chance_is_not_counted(publish: Publish) -> None:
    found = collected(publish(FIRST, OTHER), parse("康养融合 公墓管理 火星探测"))
    assert (found.documents, found.ids) == (0, []) and "没有文献说到它。" in found.notes


def test_what_was_not_looked_at_is_told_in_numbers_that_add_up() -> None:
    """Of ten found two are near-duplicates, which no page lists."""
    looked = tuple(Match(str(number), "exact", 1.0, 1) for number in range(5))
    found = Matches(documents=10, occurrences=10, ranked=looked, facets={}, folded=2)
    assert not_looked_at(found) == ["共 8 篇，只看了最相关的 5 篇，另有 3 篇没有看。"]
    assert not_looked_at(Matches(documents=7, occurrences=7, ranked=looked, facets={}, folded=2)) == []
