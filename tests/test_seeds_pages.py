"""What ../shared/FEATURES.md expects of the pages on the five real files: feed, API, reports, two texts compared.

An extra: skipped where that folder is not there. The same rules are tested on made-up texts in tests/web/.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import SHARED
from flask.testing import FlaskClient
from lxml import etree
from pages import by_id, read, words

from app import create_app
from indexer import pipeline
from search.engines import store_of
from search.settings import Settings

pytestmark = pytest.mark.extra("seeds")

NEWS = "河西市民政局召开福彩工作会议\n\n2024年3月5日，河西市民政局召开福彩工作会议。\n\n会议强调，要管好福彩公益金。\n"


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """A copy, which more is put into and reported on."""
    shutil.copytree(SHARED / "seeds", tmp_path / "文稿")
    pipeline.build([tmp_path / "文稿"], store_of("whoosh", tmp_path / "index"))
    return Settings(index=str(tmp_path / "index"), corpus=(tmp_path / "文稿",), keeper=True)


@pytest.fixture
def client(own: Settings) -> FlaskClient:
    return create_app(own).test_client()


def hits(client: FlaskClient, question: str) -> dict[str, Any]:
    """000, 001#1 … -> what /api/search says of the document."""
    found = client.get(f"/api/search?q={question}").get_json()["hits"]
    names = [(hit["external_id"].partition("#"), hit) for hit in found]
    return {f"{name[:3]}{sign}{number}": hit for (name, sign, number), hit in names}


def test_the_feed_of_a_search_has_what_came_and_nothing_else(own: Settings, client: FlaskClient) -> None:
    def entries() -> set[str]:
        feed = etree.fromstring(client.get("/search.atom?q=福利彩票").data)
        return {str(title) for title in feed.xpath("//*[local-name()='entry']/*[local-name()='title']/text()")}

    before = entries()
    (Path(str(own.corpus[0])) / "新闻.txt").write_text(NEWS, encoding="utf-8")
    pipeline.build([*own.corpus], store_of("whoosh", own.index))
    assert entries() - before == {"河西市民政局召开福彩工作会议"}


def test_the_api_says_what_the_page_shows_with_places_evidence_and_doubts(client: FlaskClient) -> None:
    found, page = hits(client, "养老服务"), read(client.get("/search?q=养老服务"))
    assert [hit["title"] for hit in found.values()] == words(by_id(page, "hit-title"))
    for hit in found.values():
        assert {passage["url"].partition("#")[0] for passage in hit["passages"]} == {hit["url"].partition("#")[0]}
        record = client.get(f"/api/documents/{hit['id']}").get_json()
        assert {warning["code"] for warning in record["warnings"]} >= set(hit["warnings"])
        assert record["evidence"]["title"]


def test_a_report_waits_for_the_keeper_and_changes_nothing(client: FlaskClient, own: Settings) -> None:
    id = hits(client, "养老服务")["003"]["id"]
    before = client.get(f"/api/documents/{id}").get_json()
    said = client.post(f"/doc/{id}/report", data={"said": "地区应为延安"})
    assert "已转给管理人员" in "".join(read(said).get_text().split())
    (line,) = [json.loads(one) for one in own.beside("reports.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (line["id"], line["said"]) == (id, "地区应为延安")
    assert "127.0.0.1" not in str(line)
    assert client.get(f"/api/documents/{id}").get_json() == before


def test_two_texts_side_by_side_have_what_they_share_marked(client: FlaskClient) -> None:
    found = hits(client, "养老服务")
    page = read(client.get(f"/doc/{found['001#1']['id']}/compare/{found['004']['id']}"))
    (link,) = by_id(page, "shared")
    shared = read(client.get(str(link["href"])))
    first = by_id(shared, "wording")[0]
    assert words(first.find_all("td"))[0] == "28"
