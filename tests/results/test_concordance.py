"""逐句: each place where the words stand, one a line, in the order one asks for."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from conftest import document
from memory_engine import MemoryEngine
from pages import by_id, read, words

from app import create_app
from search import text
from search.engines import store_of
from search.errors import NoSuchPage
from search.query.parsing import parse
from search.results import concordance
from search.settings import Settings

SPEECHES = (
    document("甲", ("开头。", "要办好养老服务中心。"), "养老服务", title="甲", region="云南", date="2023-05-01"),
    document("乙", "加强养老服务监管，养老服务要安全。", title="养老服务", region="湖北", date="2024-01-02"),
    document("丙", "推动养老服务发展。", title="丙"),
    document("丁", "只说殡葬。", title="丁"),
)


def lines(by: str, asked: str = "养老服务") -> list[tuple[str, str, str]]:
    page = concordance.concordance(MemoryEngine(SPEECHES), parse(asked), by)
    return [(line.before, line.word, line.after) for line in page.lines]


def test_each_place_in_a_text_is_a_line_with_what_stands_on_either_side() -> None:
    page = concordance.concordance(MemoryEngine(SPEECHES), parse("养老服务"), "")
    assert sorted((line.title, line.before, line.word, line.after) for line in page.lines) == [
        ("丙", "推动", "养老服务", "发展。"),
        ("养老服务", "加强", "养老服务", "监管，养老服务要安全。"),
        ("养老服务", "加强养老服务监管，", "养老服务", "要安全。"),
        ("甲", "", "养老服务", ""),
        ("甲", "开头。要办好", "养老服务", "中心。"),
    ]
    assert (page.total, page.documents, page.pages, page.pager) == (5, 3, 1, ())
    second = next(line for line in page.lines if line.after == "中心。")
    assert (second.passage, second.paragraph, second.url.endswith("#p2")) == (2, 1, True)


def test_lines_are_ordered_by_what_stands_beside_the_words_by_date_or_by_place() -> None:
    after = [line[2] for line in lines("after")]
    assert after == sorted(after, key=text.fold)
    before = [line[0][::-1] for line in lines("before")]
    assert before == sorted(before, key=text.fold)
    page = concordance.concordance(MemoryEngine(SPEECHES), parse("养老服务"), "date")
    assert [line.date for line in page.lines] == ["2024-01-02"] * 2 + ["2023-05-01"] * 2 + [""]
    page = concordance.concordance(MemoryEngine(SPEECHES), parse("养老服务"), "place")
    assert [line.region_label for line in page.lines] == ["云南"] * 2 + ["湖北"] * 2 + ["地区不详"]


def test_what_holds_the_words_apart_only_is_no_line_and_words_are_needed() -> None:
    assert lines("", "养老监管") == []
    page = concordance.concordance(MemoryEngine(SPEECHES), parse("", filters=[("region", "云南")]), "")
    assert (page.lines, page.notes) == ((), ("逐句要有检索词：请在上面的框里输入要看的提法。",))


def test_many_lines_are_paged_and_what_is_left_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concordance, "PER_PAGE", 2)
    first = concordance.concordance(MemoryEngine(SPEECHES), parse("养老服务"), "after")
    assert [(link.label, link.current) for link in first.pager] == [
        ("1", True),
        ("2", False),
        ("3", False),
        ("下一页", False),
    ]
    assert first.pager[1].url == "/search/lines?q=%E5%85%BB%E8%80%81%E6%9C%8D%E5%8A%A1&page=2&by=after"
    with pytest.raises(NoSuchPage):
        concordance.concordance(MemoryEngine(SPEECHES), parse("养老服务", page=4), "after")
    monkeypatch.setattr(concordance, "MOST_LINES", 4)
    monkeypatch.setattr(concordance, "MOST_DOCUMENTS", 2)
    page = concordance.concordance(MemoryEngine(SPEECHES), parse("养老服务"), "")
    assert page.notes[0] == "只列出最相关的 2 篇里的；要看其余的，请加上筛选条件。"
    monkeypatch.setattr(concordance, "MOST_DOCUMENTS", 200)
    page = concordance.concordance(MemoryEngine(SPEECHES), parse("养老服务"), "")
    assert (page.total, page.notes) == (4, ("只列出前 4 处，共有 5 处。",))


def test_the_page_the_table_and_the_json_say_the_same(tmp_path: Path) -> None:
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        for one in SPEECHES:
            writer.add(one)
        writer.publish({})
    client = create_app(Settings(index=tmp_path)).test_client()
    link = by_id(read(client.get("/search?q=养老服务")), "lines")[0]
    assert link.get_text() == "逐句 5"
    page = read(client.get(str(link["href"]) + "&by=after"))
    shown = words(page.select(".kwic p"))
    told = client.get("/api/lines?q=养老服务&by=after").get_json()
    assert [one["before"] + one["word"] + one["after"] for one in told["lines"]] == shown
    assert words(by_id(page, "total")) == ["5"]
    content = client.get(str(by_id(page, "table")[0]["href"])).data.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(content)))
    assert rows[0] == list(concordance.COLUMNS)
    assert ["".join(row[1:4]) for row in rows[1:]] == shown
    assert client.get("/search/lines?q=养老服务&by=nothing&around=9").status_code == 200
    assert client.get("/search/lines?q=养老服务&page=9").status_code == 404
    assert client.get("/search/lines").status_code == 200


def test_the_reader_chooses_how_much_stands_beside_the_words(tmp_path: Path) -> None:
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        writer.add(document("长", "前" * 100 + "养老服务" + "后" * 100))
        writer.publish({})
    client = create_app(Settings(index=tmp_path)).test_client()
    page = read(client.get("/search/lines?q=养老服务&by=date"))
    for width in (16, 32, 80):
        link = str(by_id(page, f"around-{width}")[0]["href"])
        shown = read(client.get(link))
        assert words(shown.select(".kwic p")) == ["…" + "前" * width + "养老服务" + "后" * width + "…"]
        assert [one["data-testid"] for one in shown.select(".sorts [aria-current]")] == ["by-date", f"around-{width}"]
        table = client.get(str(by_id(shown, "table")[0]["href"])).data.decode("utf-8-sig")
        assert f",…{'前' * width},养老服务,{'后' * width}…," in table
