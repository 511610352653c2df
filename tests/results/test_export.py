"""The table to take away: every document found, as Excel and WPS open it, and nothing that they would compute."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from conftest import changed, document
from memory_engine import MemoryEngine

from app import create_app
from search import results
from search.documents.document import Document, Evidence, Warning
from search.engines import store_of
from search.query.parsing import parse
from search.results import COLUMNS, as_csv, page
from search.settings import Settings


def table(*documents: Document, question: str, **options: object) -> list[dict[str, str]]:
    """The rows, each by column."""
    content = as_csv(MemoryEngine(documents), parse(question, **options))  # type: ignore[arg-type]
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_row_has_every_fact_of_a_card_and_its_doubts() -> None:
    speech = changed(
        document(
            "湖北/会议.txt",
            "同志们：",
            "要发展养老服务，守住底线。",
            title="养老服务会议",
            date="2024-03-05",
            region="湖北",
            speakers=["卞知秋"],
            genre="会议报道",
            level="省级",
        ),
        issuer=Evidence("湖北省民政厅"),
        warnings=(
            Warning("year_contradiction", "年份存疑：前后不一致"),
            Warning("source_unknown", "来源不详：没有写明"),
        ),
    )
    assert table(speech, question="养老服务") == [
        {
            "序号": "1",
            "标题": "养老服务会议",
            "日期": "2024-03-05",
            "日期说明": "",
            "地区": "湖北",
            "级别": "省级",
            "讲话人": "卞知秋",
            "文种": "会议报道",
            "发文单位": "湖北省民政厅",
            "发文字号": "",
            "来源": "来源不详",
            "引用提示": "会议报道转述，非讲话原文",
            "匹配": "精确",
            "处数": "1",
            "段号": "2",
            "提纲位置": "",
            "摘录": "要发展养老服务，守住底线。",
            "存疑": "年份存疑：前后不一致；来源不详：没有写明",
            "相近版本": "0",
            "地址": f"/doc/{speech.id}?q=%E5%85%BB%E8%80%81%E6%9C%8D%E5%8A%A1#p2",
            "文件": "湖北/会议.txt",
        }
    ]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", " =", "\r"])
def test_no_cell_begins_as_a_formula(sign: str) -> None:
    speech = document("甲.txt", "养老服务。", title=f"{sign}HYPERLINK(1)", region=f"{sign}1", speakers=[f"{sign}cmd"])
    row = table(speech, question="养老服务")[0]
    assert (row["标题"], row["地区"], row["讲话人"]) == (f"'{sign}HYPERLINK(1)", f"'{sign}1", f"'{sign}cmd")


def test_commas_quotes_and_line_breaks_stay_in_their_cell() -> None:
    speech = document("甲.txt", "养老服务。", title='甲,"乙"\n丙')
    assert [(row["标题"], row["文件"]) for row in table(speech, question="养老服务")] == [('甲,"乙"\n丙', "甲.txt")]


def test_the_table_has_every_document_of_every_page_in_their_order() -> None:
    engine = MemoryEngine([document(f"{n}.txt", "养老服务。" * (n % 7 + 1), date=f"{2000 + n}") for n in range(35)])
    for sort in ("relevance", "newest"):
        pages = [results.search(engine, parse("养老服务", sort=sort, page=number)) for number in range(1, 5)]
        shown = [hit.external_id for page in pages for hit in page.hits]
        found = csv.DictReader(StringIO(as_csv(engine, parse("养老服务", sort=sort, page=3)).decode("utf-8-sig")))
        assert [row["文件"] for row in found] == shown


def test_a_table_is_bounded_and_its_link_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST_ROWS", 3)
    many = [document(f"{n}.txt", "养老服务。") for n in range(4)]
    assert len(table(*many, question="养老服务")) == 3
    export = results.search(MemoryEngine(many), parse("养老服务")).export
    assert export and export.label == "导出前 3 篇"


@pytest.mark.parametrize("question", ["", "((", "火星"])
def test_a_question_that_finds_nothing_gives_the_names_of_the_columns(question: str) -> None:
    content = as_csv(MemoryEngine([document("甲.txt", "养老服务。")]), parse(question))
    assert content.decode("utf-8-sig") == ",".join(COLUMNS) + "\r\n"
    assert results.search(MemoryEngine([]), parse(question)).export is None


def test_the_link_of_a_results_page_sends_the_table_of_its_question_as_a_file(tmp_path: Path) -> None:
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        for n in range(12):
            writer.add(document(f"{n}.txt", "养老服务。", region=("湖北", "云南")[n % 2]))
        writer.publish({})
    client = create_app(Settings(index=tmp_path)).test_client()
    page = BeautifulSoup(client.get("/search?q=养老服务/../&region=湖北").get_data(as_text=True), "lxml")
    link = page.select('[data-testid="export"]')[0]
    assert link.get_text() == "导出 6 篇"
    response = client.get(str(link["href"]))
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert unquote(response.headers["Content-Disposition"]).endswith("民政讲话 养老服务.csv")
    rows = list(csv.DictReader(StringIO(response.data.decode("utf-8-sig"))))
    assert [row["地区"] for row in rows] == ["湖北"] * 6
    assert client.get("/search.csv?q=养老服务&page=x").status_code == 400
