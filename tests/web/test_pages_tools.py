"""The tools as pages: what is asked, where each cell leads, and what is taken away."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import docx
import pytest
from flask.testing import FlaskClient
from pages import FIRST, HOSTILE, SCRIPT, by_id, read, words
from werkzeug.http import parse_options_header

from web.tools import TOOLS

ASKING = [tool.name for tool in TOOLS if tool.asks]


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_each_tool_has_a_page_a_table_and_a_json_address(client: FlaskClient, tool: object) -> None:
    name = tool.name  # type: ignore[attr-defined]
    page = read(client.get(f"/tools/{name}?q=养老服务"))
    assert page.select("h1")[0].get_text() == tool.label  # type: ignore[attr-defined]
    assert f"/tools/{name}" in client.get("/tools").get_data(as_text=True)
    assert f"/tools/{name}" in client.get("/help").get_data(as_text=True)
    table = client.get(f"/tools/{name}.csv?q=养老服务&doc={FIRST}")
    assert (table.mimetype, table.status_code) == ("text/csv", 200)
    rows = list(csv.reader(StringIO(table.get_data(as_text=True).lstrip("\ufeff"))))
    assert len({len(row) for row in rows}) == 1 and (len(rows) > 1 or name not in ("matrix", "timeline", "coverage"))
    assert client.get(f"/api/tools/{name}?q=养老服务&doc={FIRST}").is_json


@pytest.mark.parametrize("name", ASKING)
@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "((",
        "*",
        "的",
        "“",
        SCRIPT,
        "火星探测",
        "养老服务 地区:湖北",
        "，".join(f"第{n}项" for n in range(200)),
    ],
)
def test_whatever_is_typed_a_tool_answers_with_a_sentence(client: FlaskClient, name: str, typed: str) -> None:
    for address in (f"/tools/{name}", f"/tools/{name}.csv", f"/api/tools/{name}"):
        assert client.get(address, query_string={"q": typed}).status_code == 200
    page = client.get(f"/tools/{name}", query_string={"q": typed}).get_data(as_text=True)
    assert "<script>alert" not in page


@pytest.mark.parametrize("name", [tool.name for tool in TOOLS if tool.on_results])
def test_a_page_of_results_leads_to_each_tool_with_the_same_words(client: FlaskClient, name: str) -> None:
    (link,) = by_id(read(client.get("/search?q=养老服务&year=2024")), f"tool-{name}")
    assert str(link["href"]).endswith(f"/tools/{name}?q=%E5%85%BB%E8%80%81%E6%9C%8D%E5%8A%A1&year=2024")


def test_all_tools_are_reached_from_a_page_of_results_with_its_words(client: FlaskClient) -> None:
    (all_of_them,) = [
        link for link in read(client.get("/search?q=养老服务")).select("a") if link.get_text() == "全部工具"
    ]
    boxes = by_id(read(client.get(str(all_of_them["href"]))), "tool-box")
    assert {str(box["value"]) for box in boxes} == {"养老服务"} and len(boxes) == len(ASKING)


@pytest.mark.parametrize("name", ASKING)
def test_the_box_of_a_tool_keeps_the_filters_that_were_chosen(client: FlaskClient, name: str) -> None:
    (form,) = read(client.get(f"/tools/{name}?q=养老服务&year=2024&region=湖北")).select(".tool-form")
    kept = {str(field["name"]): str(field["value"]) for field in form.select("input")}
    assert kept == {"q": "养老服务", "region": "湖北", "year": "2024"}


def test_a_cell_leads_to_its_passage_and_silence_to_what_is_silent(client: FlaskClient) -> None:
    page = read(client.get("/tools/matrix?q=福利彩票"))
    cells = {(cell["data-region"], cell["data-year"]): cell for cell in by_id(page, "cell")}
    said = cells["湖北", "2024年"]
    assert str(said.select("a")[0]["href"]).startswith(f"/doc/{FIRST}?q=") and said.select("mark")
    assert "存疑" in said.get_text()
    assert words(by_id(page, "total")) == ["1"]


def test_coverage_says_how_many_provinces_are_missing(client: FlaskClient) -> None:
    page = read(client.get("/tools/coverage"))
    assert "34 个省级地区中 32 个没有收录" in by_id(page, "gap")[0].get_text()
    assert by_id(page, "coverage")[0].select("td a")[0].get_text() == "1"


def test_an_opened_document_leads_to_its_figures(client: FlaskClient) -> None:
    (link,) = by_id(read(client.get(f"/doc/{FIRST}")), "doc-figures")
    assert str(link["href"]) == f"/tools/figures?doc={FIRST}"
    assert by_id(read(client.get(str(link["href"]))), "total")[0].get_text() == "0"
    assert client.get("/tools/figures?doc=ffffffffffffffff").status_code == 404


def test_a_document_leads_to_what_it_says_like_others_and_no_document_to_a_sentence(client: FlaskClient) -> None:
    (link,) = by_id(read(client.get(f"/doc/{FIRST}")), "doc-common")
    assert client.get(str(link["href"])).status_code == 200
    assert "请写两个地区" in client.get("/tools/common").get_data(as_text=True)
    assert client.get("/tools/common.csv").status_code == 404
    assert client.get("/api/tools/common?doc=ffffffffffffffff").status_code == 404


@pytest.mark.parametrize(
    "typed", [f"http://archive.example/doc/{FIRST}#p2", "《在全省养老服务工作推进会上的讲话》第 2 段"]
)
def test_a_pasted_address_or_citation_opens_its_place(client: FlaskClient, typed: str) -> None:
    answer = client.get("/search", query_string={"q": typed})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/doc/{FIRST}#p2")
    place = client.get("/api/place", query_string={"q": typed}).get_json()["place"]
    assert place == {"id": FIRST, "number": 2, "url": f"/doc/{FIRST}#p2"}
    assert client.get("/api/place?q=养老服务").get_json() == {"place": None}


def test_the_matrix_is_taken_away_as_a_word_file(client: FlaskClient) -> None:
    (link,) = by_id(read(client.get("/tools/matrix?q=福利彩票&region=湖北&region=云南&year=2024")), "word")
    answer = client.get(str(link["href"]))
    assert answer.mimetype.endswith("wordprocessingml.document")
    lines = [one.text for one in docx.Document(BytesIO(answer.data)).paragraphs]
    assert lines[0].startswith("同题对照：含“福利彩票”") and "湖北" in lines
    assert "2024年：要规范福利彩票发行。" in lines
    assert any(f"http://localhost/doc/{FIRST}" in line for line in lines)
    assert any("引用前请核对" in line and "年份存疑" in line for line in lines)
    assert "2024年：语料没有" in lines


def test_wording_in_common_is_taken_away_as_a_word_file(client: FlaskClient) -> None:
    answer = client.get(f"/tools/common.docx?doc={FIRST}")
    assert docx.Document(BytesIO(answer.data)).paragraphs[0].text.startswith("共同表述：")
    assert client.get("/tools/common.docx").status_code == 404


def test_passages_alike_are_taken_away_as_a_word_file(client: FlaskClient) -> None:
    (asked, *alike) = docx.Document(BytesIO(client.get(f"/tools/similar.docx?doc={FIRST}&p=2").data)).paragraphs
    assert asked.text.startswith("相近段落：") and alike
    assert client.get("/tools/similar.docx").status_code == 404


def test_related_words_are_offered_unticked_and_ticking_them_searches_for_any(client: FlaskClient) -> None:
    boxes = read(client.get("/tools/kin?q=福利彩票")).select('input[type="checkbox"][name="with"]')
    assert all(not box.has_attr("checked") for box in boxes)
    answer = client.get("/tools/kin", query_string={"q": "福利彩票", "with": ["婚姻登记"]})
    assert answer.status_code == 302
    found = client.get(answer.headers["Location"].replace("/search", "/api/search")).get_json()
    assert {hit["id"] for hit in found["hits"]} == {FIRST, HOSTILE}


def test_two_regions_and_a_draft_are_compared_at_an_address_of_their_own(client: FlaskClient) -> None:
    empty = read(client.get("/tools/common"))
    assert [str(box["name"]) for box in empty.select("form.tool-form [name]")] == ["region", "region", "q", "text"]
    for asked in ("region=湖北&region=云南", "text=要规范福利彩票发行。"):
        page = read(client.get(f"/tools/common?{asked}"))
        assert by_id(page, "total") and not any("请写两个地区" in one.get_text() for one in by_id(page, "note"))
        assert client.get(f"/tools/common.csv?{asked}").status_code == 200
        assert docx.Document(BytesIO(client.get(f"/tools/common.docx?{asked}").data)).paragraphs
        assert client.get(f"/api/tools/common?{asked}").get_json()["documents"] >= 1
    assert client.get("/api/tools/common?region=湖北").status_code == 404


def test_a_draft_in_an_address_is_not_kept(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[object] = []
    answers = client.application.extensions["answers"]
    monkeypatch.setattr(answers, "put", lambda asked, response: kept.append(asked))
    for address in ("/tools/common", "/api/tools/common"):
        client.get(f"{address}?text=要规范福利彩票发行。")
    assert kept == []
    client.get(f"/tools/common?doc={FIRST}")
    assert len(kept) == 1


@pytest.mark.parametrize("file", ["passages.docx", "passages.md", "passages.csv", "matrix.docx", "kin.csv"])
def test_the_name_of_a_file_goes_through_a_header_whatever_was_asked(client: FlaskClient, file: str) -> None:
    """A server sends Latin-1 there, or nothing at all."""
    said = client.get(f"/tools/{file}", query_string={"q": "福利彩票"}).headers["Content-Disposition"]
    assert said.isascii()
    name = parse_options_header(said)[1]["filename"]
    assert name.startswith("民政讲话 ") and name.endswith(f"福利彩票.{file.partition('.')[2]}")
