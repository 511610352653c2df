"""发文字号 from the file to the page: stored, shown, cited, exported, and found however its brackets are typed."""

from __future__ import annotations

import csv
import time

import pytest
from building import build
from flask.testing import FlaskClient

from app import create_app
from search.query import parsing, read_back
from search.query.clauses import Filter
from search.settings import Settings
from search.text.document_numbers import number_of

WAYS = [
    "松民发〔2024〕8号",
    "松民发[2024]8号",
    "松民发(2024)8号",
    "松民发（2024）8号",
    "松民发【2024】8号",
    "松民发2024年8号",
    "松民发〔2024〕第8号",
    "松民发 〔2024〕 8号",
    "松民发［２０２４］８号",
    "松民發〔2024〕008号",
]
PAPER = """松涛县民政局文件
松民发［2024］8号
关于做好老年助餐服务的通知

各街道办事处：
    现将老年助餐服务有关事项通知如下，请认真落实。
    一、合理布点。二、保证质量。

    松涛县民政局
    2024年11月5日
"""
PAGE = """<html><head><title>关于规范社会救助工作的通知</title></head><body>
<table><tr><td>发文字号：</td><td>松民函〔2023〕31号</td></tr>
</table><h1>关于规范社会救助工作的通知</h1><div><p>各街道办事处：</p><p>为规范社会救助工作，现将有关事项通知如下，请遵照执行。</p>
<p>松涛县民政局</p><p>2023年3月2日</p></div></body></html>"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("papers")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "甲.txt").write_text(PAPER, encoding="utf-8")
    (corpus / "乙.html").write_text(PAGE, encoding="utf-8")
    (corpus / "丙.txt").write_text("老年助餐服务工作总结\n\n2024年，全县养老工作取得新成绩。\n", encoding="utf-8")
    build(corpus, index=folder / "index")
    return create_app(Settings(index=str(folder / "index"), corpus=(corpus,))).test_client()


def found(client: FlaskClient, **asked: str) -> list[str]:
    return [hit["external_id"] for hit in client.get("/api/search", query_string=asked).get_json()["hits"]]


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_write_a_number_is_one(way: str) -> None:
    assert number_of(way) == "松民发〔2024〕8号"


@pytest.mark.parametrize(
    "other", ["松民发〔2024〕18号", "松民发8号", "2024年8号", "〔2024〕8号", "今年11月8号", "松民发〔1824〕8号"]
)
def test_what_is_no_number_or_another_is_not_taken_for_it(other: str) -> None:
    assert number_of(other) != "松民发〔2024〕8号"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["文号", "发文字号", "number"])
def test_a_filter_takes_any_way(client: FlaskClient, way: str, name: str) -> None:
    query = parsing.parse(f"助餐 {name}:{way}")
    assert query.filters == (Filter("number", "松民发〔2024〕8号"),)
    assert read_back.in_words(query) == "含“助餐”，文号为松民发〔2024〕8号"
    assert found(client, q=f"助餐 {name}:{way}") == ["甲.txt"]
    assert found(client, number=way) == ["甲.txt"]


def test_several_numbers_and_one_excluded(client: FlaskClient) -> None:
    assert sorted(found(client, q="文号:松民发(2024)8号、松民函[2023]31号")) == ["乙.html", "甲.txt"]
    assert found(client, q="助餐 -文号:松民发(2024)8号") == ["丙.txt"]
    assert found(client, q="文号:松民发(2024)8号 总结", number="松民函[2023]31号") == []


@pytest.mark.parametrize("way", WAYS)
def test_a_number_that_is_typed_alone_finds_the_paper_first(client: FlaskClient, way: str) -> None:
    assert found(client, q=way)[:1] == ["甲.txt"]


def test_a_number_that_stands_beside_the_text_only_is_found(client: FlaskClient) -> None:
    assert found(client, q="松民函2023年31号") == found(client, q="松民函〔2023〕31号") == ["乙.html"]


def test_the_number_is_shown_cited_and_exported_as_it_is_written(client: FlaskClient) -> None:
    (hit,) = client.get("/api/search?number=松民发〔2024〕8号").get_json()["hits"]
    assert hit["document_number"] == "松民发［2024］8号"
    card = client.get("/search?q=助餐").get_data(as_text=True)
    assert "<li>松民发［2024］8号</li>" in card
    page = client.get(f"/doc/{hit['id']}").get_data(as_text=True)
    assert "发文字号：松民发［2024］8号" in page  # the reference
    assert "《关于做好老年助餐服务的通知》（松民发［2024］8号）" in page  # behind a quotation
    rows = list(csv.reader(client.get("/search.csv?q=助餐").get_data(as_text=True).lstrip("\ufeff").splitlines()))
    assert {dict(zip(rows[0], row, strict=True))["发文字号"] for row in rows[1:]} == {"松民发［2024］8号", ""}


def test_numbers_are_no_list_of_values_beside_the_results(client: FlaskClient) -> None:
    assert "number" not in client.get("/api/search?q=助餐").get_json()["facets"]


@pytest.mark.parametrize("piece", ["松民发〔2024〕8号、", "民", "〔2024〕", "文号:", "松民发2024年", "8号"])
def test_the_time_grows_with_the_length(piece: str) -> None:
    begun = time.process_time()
    number_of(piece * 100_000)
    parsing.parse("文号:" + piece * 200)
    assert time.process_time() - begun < 3
