"""What the pages and the JSON addresses answer, asked through Flask's test client of a real index."""

from __future__ import annotations

import hashlib
import os
import re
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import esprima
import pytest
from bs4 import BeautifulSoup, Tag
from conftest import document
from flask import Flask, abort
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from indexer.readers import READERS
from search import labels, query, record, results
from search.engines import open_engine, open_writer
from search.errors import Busy
from search.model import Document, Evidence, Original, Warning
from search.query import parse
from search.settings import Settings

ROOT = Path(__file__).parent.parent
SCRIPTS = ["/static/view.js", "/static/reading.js", "/static/suggest.js"]  # the pages' own; no other may appear
SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(2)>'

ELDERLY = "会议指出，养老服务体系建设要加快。"
SPEECHES: tuple[tuple[Document, bytes], ...] = (
    (
        replace(
            document(
                "湖北/养老服务推进会.txt",
                "同志们：",
                (ELDERLY, "要补齐农村养老服务短板，推动养老服务提质增效。"),
                "要规范福利彩票发行。",
                title="在全省养老服务工作推进会上的讲话",
                date="2024-03-05",
                region="湖北",
                speakers=["卞知秋"],
                genre="讲话稿",
                level="省级",
            ),
            warnings=(Warning("year_contradiction", "年份存疑：前后不一致", "2024年是新中国成立70周年"),),
        ),
        "同志们：\n养老服务".encode(),
    ),
    (
        document(
            "云南/救助会议.html",
            "会议强调，社会救助要应救尽救。",
            "养老服务机构要守住安全底线。",
            title="全省社会救助工作会议召开",
            region="云南",
            genre="会议报道",
        ),
        "<html><script>alert(1)</script>养老服务</html>".encode("gb18030"),
    ),
    (document(f"{SCRIPT[2:].replace('/', '')}.txt", f"婚姻登记{SCRIPT}改革。", title=f"婚姻登记{SCRIPT}"), b"x"),
)
FIRST, SECOND, HOSTILE = (speech.id for speech, _ in SPEECHES)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An index of SPEECHES and the files they came from."""
    folder = tmp_path_factory.mktemp("pages")
    settings = Settings(index=folder / "index", corpus=(folder / "corpus",))
    with open_writer("whoosh", settings.index, fresh=True) as writer:
        for speech, content in SPEECHES:
            path = settings.corpus[0] / speech.original.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            writer.add(replace(speech, original=Original(speech.original.path, hashlib.sha256(content).hexdigest())))
        writer.publish({})
    return settings


@pytest.fixture
def app(place: Settings) -> Flask:
    return create_app(place)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def read(response: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(response.get_data(as_text=True), "lxml")


def by_id(page: BeautifulSoup | Tag, name: str) -> list[Tag]:
    return page.select(f'[data-testid="{name}"]')


def words(tags: Sequence[Tag]) -> list[str]:
    return ["".join(tag.get_text().split()) for tag in tags]


# --- searching -----------------------------------------------------------------------------------------


def test_the_home_page_offers_a_search_box_ways_to_browse_and_the_newest_speeches(client: FlaskClient) -> None:
    page = read(client.get("/"))
    assert [box["name"] for box in by_id(page, "search-box")] == ["q"]
    assert words(by_id(page, "facet-region")) == ["地区云南1湖北1"]
    assert words(by_id(page, "hit-title"))[0] == "在全省养老服务工作推进会上的讲话"


def test_a_results_page_tells_the_total_and_shows_each_speech_with_its_marked_passages(client: FlaskClient) -> None:
    page = read(client.get("/search?q=养老服务"))
    assert re.sub("（.*", "", words(by_id(page, "total"))[0]) == "找到2篇讲话，共4处"
    assert sorted(words(by_id(page, "hit-title"))) == ["全省社会救助工作会议召开", "在全省养老服务工作推进会上的讲话"]
    card = next(card for card in by_id(page, "hit") if card["data-id"] == FIRST)
    assert words(card.select(".card-head li")) == ["湖北", "2024年3月5日", "卞知秋", "讲话稿", "来源不详", "文本"]
    assert words(card.select(".passage mark")) == ["养老服务"] * 3
    assert words(by_id(card, "warning")) == ["年份存疑：前后不一致2024年是新中国成立70周年"]


def test_every_format_that_is_read_has_a_name_on_the_card() -> None:
    kinds = {"网页": "html htm shtml xhtml mht mhtml", "Word": "docx docm doc rtf", "文本": "txt text md markdown"}
    expected = {f".{suffix}": name for name, suffixes in kinds.items() for suffix in suffixes.split()}
    expected |= {".pdf": "PDF", ".wps": "WPS"}
    found = {suffix: labels.format_label(document(f"民政.{suffix[1:].upper()}")) for suffix in READERS}
    assert found == expected
    assert labels.format_label(document("没有扩展名")) == ""


def test_a_passage_leads_to_its_place_in_the_document(client: FlaskClient) -> None:
    passage = by_id(read(client.get("/search?q=福利彩票")), "passage")[0]
    link = urlsplit(str(passage.select("a")[0]["href"]))
    assert (link.path, parse_qs(link.query), link.fragment) == (f"/doc/{FIRST}", {"q": ["福利彩票"]}, "p4")


def test_the_question_stays_in_the_box_and_in_the_title(client: FlaskClient) -> None:
    page = read(client.get("/search?q=养老服务 地区:湖北"))
    assert by_id(page, "search-box")[0]["value"] == "养老服务 地区:湖北"
    assert page.title and page.title.get_text() == "养老服务 地区:湖北 - 民政讲话检索"


@pytest.mark.parametrize("address", ["/", "/search?q=养老服务", "/help", f"/doc/{FIRST}", "/nothing"])
def test_the_box_takes_no_more_than_can_be_searched_at_once(client: FlaskClient, address: str) -> None:
    (box,) = by_id(read(client.get(address)), "search-box")
    told = {name: box[name] for name in ("type", "autocomplete", "spellcheck", "maxlength")}
    assert told == {
        "type": "search",
        "autocomplete": "off",
        "spellcheck": "false",
        "maxlength": str(query.MAX_CHARACTERS),
    }


def test_a_longer_question_in_an_address_is_answered_with_the_limit_and_stays_whole_in_the_box(
    client: FlaskClient,
) -> None:
    asked = "养老服务" * 51
    page = read(client.get("/search", query_string={"q": asked}))
    assert [note.get_text() for note in by_id(page, "note")] == [
        "输入了 204 个字，一次最多检索 200 个字。请只保留关键词句再检索。"
    ]
    assert by_id(page, "search-box")[0]["value"] == asked


def test_a_facet_and_its_chip_are_links_that_undo_each_other(client: FlaskClient) -> None:
    page = read(client.get("/search?q=养老服务"))
    hubei = next(a for a in page.select('[data-testid="facet-region"] a') if "湖北" in a.get_text())
    narrowed = read(client.get(str(hubei["href"])))
    assert words(by_id(narrowed, "hit-title")) == ["在全省养老服务工作推进会上的讲话"]
    assert words(narrowed.select('[data-testid="facet-region"] [aria-current]')) == ["湖北1"]
    widened = read(client.get(str(by_id(narrowed, "chip")[0]["href"])))
    assert len(by_id(widened, "hit")) == 2


def test_the_sort_in_force_is_told_and_the_others_are_links(client: FlaskClient) -> None:
    page = read(client.get("/search?q=养老服务&sort=newest"))
    current = [
        name for name in ("relevance", "newest", "oldest") if "aria-current" in by_id(page, f"sort-{name}")[0].attrs
    ]
    assert current == ["newest"]
    assert words(by_id(page, "hit-title"))[0] == "在全省养老服务工作推进会上的讲话"


def test_a_correction_that_was_made_is_told_once_with_its_link_and_not_offered_again(client: FlaskClient) -> None:
    page = read(client.get("/search?q=养老服物"))
    (told,) = by_id(page, "note")
    assert told.get_text() == "没有找到“养老服物”，以下是“养老服务”的结果。 检索“养老服务”"
    (link,) = by_id(page, "suggestion")
    assert parse_qs(urlsplit(str(link["href"])).query) == {"q": ["养老服务"]}
    assert page.select(".suggestions") == []


def test_a_correction_that_was_not_made_is_offered(client: FlaskClient) -> None:
    page = read(client.get("/search", query_string={"q": "“养老服物”"}))
    assert "没有找到讲话" in words(by_id(page, "total"))[0]
    assert words(by_id(page, "suggestion"))[0] == "“养老服务”2篇"


def test_nothing_found_tells_what_else_to_try(client: FlaskClient) -> None:
    page = read(client.get("/search?q=婚姻登记 地区:湖北"))
    assert "没有找到讲话" in words(by_id(page, "total"))[0]
    assert "去掉“地区：湖北”（1篇）" in words(page.select(".helps a"))


def test_nothing_found_names_questions_that_find_something(client: FlaskClient) -> None:
    (examples,) = by_id(read(client.get("/search?q=量子纠缠")), "examples")
    for link in examples.select("a"):
        found = read(client.get(str(link["href"])))
        assert len(by_id(found, "hit-title")) > 0, link
    assert by_id(read(client.get("/search?q=养老服务")), "examples") == []


def test_nothing_to_narrow_offers_nothing_to_narrow_with(client: FlaskClient) -> None:
    page = read(client.get("/search?q=量子纠缠"))
    assert page.select(".facets, .to-facets") == []


def test_no_question_is_answered_with_what_there_is_to_browse(client: FlaskClient) -> None:
    assert len(by_id(read(client.get("/search?q=")), "hit-title")) == 3


@pytest.mark.parametrize("typed", ["((", '"', "*", "的", "，", "<script>", "民" * 5000, "\x00", "-", "地区:", "\ud7ff"])
def test_whatever_is_typed_is_answered_and_a_question_without_meaning_with_a_sentence(
    client: FlaskClient, typed: str
) -> None:
    response = client.get("/search", query_string={"q": typed})
    page = read(response)
    assert response.status_code == 200
    assert by_id(page, "note") or by_id(page, "hit") or by_id(page, "nothing")
    assert [str(script["src"]).split("?")[0] for script in page.select("script")] == SCRIPTS


@pytest.mark.parametrize("typed", ["((", '"', "*", "，"])
def test_a_question_without_a_word_is_not_called_a_search_that_found_nothing(client: FlaskClient, typed: str) -> None:
    page = read(client.get("/search", query_string={"q": typed}))
    assert "没有找到" not in by_id(page, "total")[0].get_text()
    assert by_id(page, "note")


@pytest.mark.parametrize("asked", ["page=-1", "page=0", "page=１", "page=1000000000000000000", "page=NaN", "sort=best"])
def test_a_page_or_order_that_cannot_be_is_refused_with_a_sentence(client: FlaskClient, asked: str) -> None:
    response = client.get(f"/search?q=养老服务&{asked}")
    page = read(response)
    assert response.status_code == 400
    assert by_id(page, "search-box")[0]["value"] == "养老服务"
    assert re.search("[一-鿿]{3}", by_id(page, "problem")[0].get_text())


def test_a_page_beyond_the_last_is_a_page_that_is_not_there(client: FlaskClient) -> None:
    response = client.get("/search?q=养老服务&page=40")
    assert response.status_code == 404
    assert "没有第 40 页" in by_id(read(response), "problem")[0].get_text()
    assert client.get("/api/search?q=养老服务&page=40").get_json()["error"]["code"] == "no_such_page"


# --- the open document ---------------------------------------------------------------------------------


def test_the_document_shows_every_paragraph_as_it_is_with_nothing_added_between(client: FlaskClient) -> None:
    page = read(client.get(f"/doc/{FIRST}?q=养老服务"))
    shown = [para.select("p, h2")[0].get_text() for para in page.select(".para")]
    assert shown == list(SPEECHES[0][0].paragraphs)


def test_every_hit_has_its_anchor_and_every_passage_its_own(client: FlaskClient) -> None:
    page = read(client.get(f"/doc/{FIRST}?q=养老服务"))
    assert [mark.get("id") for mark in page.select(".para mark")] == ["hit-1", "hit-2", "hit-3"]
    assert [piece.get("id") for piece in page.select(".piece")] == ["p1", "p2", "p3", "p4"]
    assert [number["href"] for number in page.select(".number")] == ["#p1", "#p2", "#p4"]


def test_a_mark_across_two_passages_has_one_anchor(tmp_path: Path) -> None:
    speech = document("a.txt", ("推进养老", "服务。", "养老服务。"), title="工作会议")
    with open_writer("whoosh", tmp_path, fresh=True) as writer:
        writer.add(speech)
        writer.publish({})
    page = read(create_app(Settings(index=tmp_path)).test_client().get(f"/doc/{speech.id}?q=养老服务"))
    assert [(mark.get_text(), mark.get("id")) for mark in page.select(".para mark")] == [
        ("养老", "hit-1"),
        ("服务", None),
        ("养老服务", "hit-2"),
    ]


@pytest.mark.parametrize(
    ("at", "counter", "before", "after"),
    [("", "共3处", 3, 1), ("&hit=1", "第1/3处", 3, 2), ("&hit=3", "第3/3处", 2, 1), ("&hit=99", "第3/3处", 2, 1)],
)
def test_the_hit_counter_needs_no_script(client: FlaskClient, at: str, counter: str, before: int, after: int) -> None:
    page = read(client.get(f"/doc/{FIRST}?q=养老服务{at}"))
    assert words(by_id(page, "hit-counter")) == [counter]
    for name, number in (("hit-prev", before), ("hit-next", after)):
        link = urlsplit(str(by_id(page, name)[0]["href"]))
        assert (link.path, parse_qs(link.query)) == (f"/doc/{FIRST}", {"q": ["养老服务"], "hit": [str(number)]})
        assert link.fragment == f"hit-{number}"


def test_a_document_without_a_question_has_no_marks_and_no_counter(client: FlaskClient) -> None:
    page = read(client.get(f"/doc/{FIRST}"))
    assert (page.select("mark"), by_id(page, "hit-counter")) == ([], [])


def test_doubts_and_the_citation_stand_in_the_document(client: FlaskClient) -> None:
    page = read(client.get(f"/doc/{FIRST}"))
    assert words(by_id(page, "warning")) == [
        "年份存疑：前后不一致2024年是新中国成立70周年"
        "文中的年份互相矛盾，可能是旧稿改写。引用数字和提法之前，请核对是哪一年的。"
    ]
    assert "在全省养老服务工作推进会上的讲话" in by_id(page, "cite")[0].get_text()
    assert words(by_id(page, "cite-official")) == [
        "“……”（《在全省养老服务工作推进会上的讲话》，2024年3月5日，来源不详；年份存疑，引用前请核对原件）"
    ]


def test_a_document_that_is_gone_is_a_page_that_says_what_may_have_happened_and_searches(client: FlaskClient) -> None:
    response = client.get("/doc/ffffffffffffffff?q=养老服务")
    page = read(response)
    assert response.status_code == 404
    assert "没有这篇讲话" in by_id(page, "problem")[0].get_text()
    assert by_id(page, "search-box")[0]["value"] == "养老服务"


def test_other_versions_of_a_text_are_named_and_compared(tmp_path: Path) -> None:
    one = document("甲.txt", "要加快养老服务。", "要规范彩票。", title="会议召开")
    other = document("乙.txt", "要加快为老服务。", "要规范彩票。", "完。", title="会议召开（转载）")
    with open_writer("whoosh", tmp_path, fresh=True) as writer:
        for speech in (one, other):
            writer.add(replace(speech, near=(one.id, other.id)))
        writer.publish({})
    client = create_app(Settings(index=tmp_path)).test_client()
    assert "另有 1 个相近版本" in client.get("/search?q=规范彩票").get_data(as_text=True)
    link = by_id(read(client.get(f"/doc/{one.id}")), "versions")[0].select("a")[1]
    rows = read(client.get(str(link["href"]))).select("tbody tr")
    assert [[cell.get_text() for cell in row.select("td")] for row in rows] == [
        ["要加快养老服务。", "要加快为老服务。"],
        ["", "完。"],
    ]
    assert words(rows[0].select("mark")) == ["养", "为"]
    assert client.get(f"/doc/{one.id}/compare/{one.id}").status_code == 200
    assert client.get(f"/doc/{one.id}/compare/ffffffffffffffff").status_code == 404


def test_speeches_on_the_same_subject_are_offered_at_the_passage_that_is_alike(tmp_path: Path) -> None:
    one = document("甲", "加强地名规范管理，深入实施乡村著名行动，提升行政区划设置的科学性。", title="地名工作会议")
    alike = document("乙", "会议开始。", "健全行政区划调整机制，开展乡村著名行动，规范地名管理。", title="区划工作会议")
    with open_writer("whoosh", tmp_path, fresh=True) as writer:
        for speech in (one, alike, document("丙", "发放残疾人两项补贴。", title="补贴工作会议")):
            writer.add(speech)
        writer.publish({})
    page = read(create_app(Settings(index=tmp_path)).test_client().get(f"/doc/{one.id}"))
    assert [str(link["href"]) for link in by_id(page, "related")[0].select("a")] == [f"/doc/{alike.id}#p2"]


# --- the original file ---------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, 1])
def test_the_original_is_sent_byte_for_byte_as_a_download_of_a_harmless_kind(client: FlaskClient, number: int) -> None:
    speech, content = SPEECHES[number]
    response = client.get(f"/doc/{speech.id}/original")
    assert (response.status_code, response.data) == (200, content)
    assert response.headers["Content-Type"] == "text/plain"
    assert response.headers["Content-Disposition"].startswith("attachment;")


def moved(place: Settings, folder: Path) -> FlaskClient:
    """The pages of the same index with the documents in another folder."""
    return create_app(replace(place, corpus=(folder,))).test_client()


def test_a_file_that_changed_since_it_was_indexed_is_not_sent(place: Settings, tmp_path: Path) -> None:
    path = tmp_path / SPEECHES[0][0].original.path
    path.parent.mkdir()
    path.write_bytes("改过的内容".encode())
    response = moved(place, tmp_path).get(f"/doc/{FIRST}/original")
    assert response.status_code == 409
    assert "改动过" in response.get_data(as_text=True)


def test_a_file_that_is_gone_is_a_page_that_says_so(place: Settings, tmp_path: Path) -> None:
    response = moved(place, tmp_path).get(f"/doc/{FIRST}/original")
    assert response.status_code == 404
    assert "已没有这份原文件" in response.get_data(as_text=True)


@pytest.mark.parametrize("number", [0, 1])
def test_the_text_of_a_file_is_shown_as_it_came_and_no_script_of_it_runs(client: FlaskClient, number: int) -> None:
    speech, content = SPEECHES[number]
    response = client.get(f"/doc/{speech.id}/text?q=养老服务")
    page = read(response)
    shown = by_id(page, "raw")[0].get_text()  # browsers leave out the line break that a pre begins with
    assert shown.removeprefix("\n") == content.decode(("utf-8", "gb18030")[number])
    assert page.select("script") == []
    policy = response.headers["Content-Security-Policy"]
    assert "sandbox" in policy and "allow-scripts" not in policy and "script-src" not in policy
    back, download = (str(link["href"]) for link in page.select(".switch a"))
    assert unquote(back) == f"/doc/{speech.id}?q=养老服务"
    assert client.get(download).data == content


def test_a_file_that_is_no_text_can_only_be_downloaded(tmp_path: Path) -> None:
    speech = replace(SPEECHES[0][0], original=Original("讲话.docx", "0" * 64))
    with open_writer("whoosh", tmp_path, fresh=True) as writer:
        writer.add(speech)
        writer.publish({})
    client = create_app(Settings(index=tmp_path)).test_client()
    assert by_id(read(client.get(f"/doc/{FIRST}")), "raw-link") == []
    response = client.get(f"/doc/{FIRST}/text")
    assert (response.status_code, "请下载" in response.get_data(as_text=True)) == (404, True)


def test_a_link_out_of_the_documents_folder_is_not_followed(place: Settings, tmp_path: Path) -> None:
    speech, content = SPEECHES[0]
    outside = tmp_path / "outside"
    outside.write_bytes(content)
    folder = tmp_path / "corpus"
    link = folder / speech.original.path
    link.parent.mkdir(parents=True)
    try:
        link.symlink_to(outside)
    except OSError:
        pytest.skip("no symbolic links here")
    assert moved(place, folder).get(f"/doc/{speech.id}/original").status_code == 404


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "a/../../secret.txt", "..\\secret.txt", "a\x00b"])
def test_a_stored_path_that_leads_outside_is_not_followed(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (tmp_path / "corpus" / "a").mkdir(parents=True)
    speech = replace(document("a.txt", "正文。"), original=Original(name, hashlib.sha256(b"secret").hexdigest()))
    with open_writer("whoosh", tmp_path / "index", fresh=True) as writer:
        writer.add(speech)
        writer.publish({})
    client = create_app(Settings(index=tmp_path / "index", corpus=(tmp_path / "corpus",))).test_client()
    assert client.get(f"/doc/{speech.id}/original").status_code == 404


# --- for other systems ---------------------------------------------------------------------------------


def test_the_json_of_a_search_is_that_of_the_page(client: FlaskClient, place: Settings) -> None:
    engine = open_engine("whoosh", place.index)
    expected = results.page_as_json(results.search(engine, parse("养老服务", filters=[("region", "湖北")])))
    answered = client.get("/api/search?q=养老服务&region=湖北").get_json()
    assert {**answered, "took_ms": 0} == {**expected, "took_ms": 0}


def test_the_json_of_a_document_is_its_record(client: FlaskClient, place: Settings) -> None:
    stored = open_engine("whoosh", place.index).get(FIRST)
    assert stored is not None
    assert client.get(f"/api/documents/{FIRST}").get_json() == record.as_json(stored)


def test_health_names_the_generation_and_counts_the_documents(client: FlaskClient, place: Settings) -> None:
    generation = open_engine("whoosh", place.index).generation
    response = client.get("/healthz")
    assert response.get_json() == {"status": "ok", "generation": generation, "documents": 3}
    assert response.headers["X-Index-Generation"] == generation


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/nothing", 404, "not_found"),
        ("/api/documents/ffffffffffffffff", 404, "not_found"),
        ("/api/search?q=养老&page=-1", 400, "bad_query"),
        (f"/api/search?q={'a' * 61_000}", 414, "address_too_long"),
    ],
)
def test_a_program_gets_an_error_as_json(client: FlaskClient, address: str, status: int, code: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.get_json()["error"]["code"]) == (status, code)
    assert set(response.get_json()["error"]) == {"code", "message", "hint"}


# --- when something is wrong ---------------------------------------------------------------------------


def test_without_an_index_every_page_says_what_to_run(tmp_path: Path) -> None:
    client = create_app(Settings(index=tmp_path / "nothing")).test_client()
    for address in ("/", "/search?q=养老服务", "/browse", "/doc/1234", "/status"):
        response = client.get(address)
        assert (address, response.status_code) == (address, 503)
        assert "python -m indexer build" in response.get_data(as_text=True)
    assert client.get("/healthz").get_json()["error"]["code"] == "index_unusable"
    assert client.get("/help").status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "words_shown"),
    [
        ("/nothing", 404, "没有这个页面"),
        ("/doc/ffffffffffffffff?q=养老服务", 404, "没有这篇讲话"),
        ("/doc/%2e%2e%2fsecret", 404, "没有"),
        (f"/search?q={'a' * 61_000}", 414, "地址太长"),
    ],
)
def test_an_address_that_leads_nowhere_is_a_page_in_plain_chinese(
    client: FlaskClient, address: str, status: int, words_shown: str
) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert words_shown in response.get_data(as_text=True)


def test_files_of_the_pages_may_be_kept_and_pages_and_originals_are_asked_for_again(client: FlaskClient) -> None:
    style = str(read(client.get("/")).select("link[rel=stylesheet]")[0]["href"])
    kept = {}
    for address in (style, "/", f"/doc/{FIRST}/original"):
        with client.get(address) as response:
            kept[address.split("?")[0]] = response.cache_control.max_age or 0
    assert kept == {"/static/style.css": 31_536_000, "/": 0, f"/doc/{FIRST}/original": 0}


def test_only_looking_is_allowed(client: FlaskClient) -> None:
    response = client.post("/search", data={"q": "养老"})
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert "只能查看" in response.get_data(as_text=True)


def failing(app: Flask) -> FlaskClient:
    """The same application with addresses that fail in the ways a defect, a crowd and a limit do."""

    def defect() -> str:
        raise RuntimeError("inner words")

    def crowded() -> str:
        raise Busy("正在同时进行的检索太多")

    app.add_url_rule("/defect", view_func=defect)
    app.add_url_rule("/crowded", view_func=crowded)
    app.add_url_rule("/often", view_func=lambda: abort(429))
    return app.test_client()


def test_a_defect_is_a_page_without_inner_words(app: Flask) -> None:
    response = failing(app).get("/defect")
    assert response.status_code == 500
    assert "系统出错" in response.get_data(as_text=True)
    assert "inner words" not in response.get_data(as_text=True)
    assert "Traceback" not in response.get_data(as_text=True)


def test_what_went_wrong_with_us_has_a_number_on_the_page_and_in_the_log(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    client = failing(app)
    seen = set()
    for address in ("/defect", "/crowded"):
        response = client.get(address)
        (number,) = words(by_id(read(response), "number"))
        assert response.headers["X-Request-Id"] == number
        assert f"{number}: {response.status_code}" in caplog.text
        seen.add(number)
    assert len(seen) == 2
    assert "X-Request-Id" not in client.get("/nothing").headers


def test_a_crowd_is_asked_to_come_again_in_a_few_seconds(app: Flask) -> None:
    response = failing(app).get("/crowded")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "3")
    assert "正在同时进行的检索太多" in response.get_data(as_text=True)


def test_too_many_requests_is_a_page_in_plain_chinese(app: Flask) -> None:
    response = failing(app).get("/often")
    assert response.status_code == 429
    assert "请求过于频繁" in response.get_data(as_text=True)


def started(*options: str, **settings: str) -> tuple[int, str]:
    """Exit code and error output of `python app.py` that cannot start."""
    command = [sys.executable, str(ROOT / "app.py"), *options]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **settings}
    run = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=60)
    return run.returncode, run.stderr


def test_a_port_in_use_is_told_with_the_next_step(place: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, told = started("--index", str(place.index), "--port", str(port))
    assert code == 1
    assert f"不能在 127.0.0.1:{port} 上监听" in told
    assert "--port" in told


def test_a_setting_that_cannot_be_is_told_by_its_name() -> None:
    code, told = started(SPEECHES_PORT="八千")
    assert code == 2
    assert "SPEECHES_PORT" in told


def test_without_an_index_and_without_documents_it_says_which_folder_is_missing(tmp_path: Path) -> None:
    code, told = started("--index", str(tmp_path / "index"), SPEECHES_CORPUS=str(tmp_path / "文稿"))
    assert code == 1
    assert str(tmp_path / "文稿") in told
    assert "SPEECHES_CORPUS" in told


# --- what every answer keeps ---------------------------------------------------------------------------

ADDRESSES = (
    "/",
    "/search?q=养老服务",
    f"/doc/{FIRST}?q=养老服务",
    f"/doc/{FIRST}/original",
    f"/doc/{FIRST}/text",
    "/search.csv?q=养老服务",
    "/search/region?q=养老服务",
    "/browse",
    "/advanced",
    "/help",
    "/status",
    "/api/search?q=养老服务",
    "/api/suggest?q=养老",
    "/api/openapi.json",
    "/healthz",
    "/nothing",
    "/search?page=0",
    "/doc//1",
    f"/search?q={'a' * 61_000}",
)


@pytest.mark.parametrize("address", [*(one for one in ADDRESSES if "/text" not in one), "/static/style.css"])
def test_every_answer_forbids_foreign_content_and_sets_no_cookie(client: FlaskClient, address: str) -> None:
    with client.get(address) as response:
        headers = response.headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'self'",
        "script-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "same-origin")
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_answer_repeats_the_host_it_was_asked_under(client: FlaskClient, address: str) -> None:
    response = client.get(address, headers={"Host": "forged.example", "X-Forwarded-Host": "forged.example"})
    assert "forged.example" not in response.get_data(as_text=True)
    assert "forged.example" not in str(response.headers)


@pytest.mark.parametrize(
    "address", [f"/search?q=婚姻登记{SCRIPT}", "/search?q=婚姻登记", f"/doc/{HOSTILE}?q=婚姻登记", "/", "/browse"]
)
def test_a_script_in_a_text_title_file_name_or_question_stays_text(client: FlaskClient, address: str) -> None:
    page = read(client.get(address))
    assert [script.get("src", "").split("?")[0] for script in page.select("script")] == SCRIPTS
    assert page.select("[onerror]") == []
    assert {str(img["src"]).split("?")[0] for img in page.select("img")} == {"/static/icon.svg"}


@pytest.mark.parametrize(
    "address", [address for address in ADDRESSES if "original" not in address and "api" not in address]
)
def test_no_script_or_style_is_written_into_a_page(client: FlaskClient, address: str) -> None:
    page = read(client.get(address))
    assert page.select("style, [style], script:not([src])") == []
    assert [tag for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")] == []


# --- the files of the pages ----------------------------------------------------------------------------

# What the oldest browser we name (Chromium 78) does not have.
TOO_NEW_CSS = (
    r"&|::backdrop|:has\(|:is\(|:where\(|:not\([^)]*,|aspect-ratio|\binset:|clamp\(|\bmin\(|\bmax\("
    r"|@layer|@container|text-wrap"
)
# What is no grammar, and what esprima lets by: object spread, import(), groups with names in regular expressions.
TOO_NEW_JS = (
    r"[{,]\s*\.\.\.|\bimport\b|\(\?<|replaceAll|replaceChildren|\.at\(|hasOwn\(|structuredClone"
    r"|randomUUID|AbortSignal\.|async |await "
)


def test_the_style_sheet_uses_what_chromium_78_has() -> None:
    style = re.sub(r"/\*.*?\*/", "", (ROOT / "static/style.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(TOO_NEW_CSS, style) == []
    rules = re.findall(r"\{([^{}]*)\}", style)
    assert [rule for rule in rules if "gap" in rule and not re.search(r"grid-(row-|column-)?gap", rule)] == []


def test_dark_by_the_system_and_dark_by_hand_are_the_same_colours() -> None:
    style = (ROOT / "static/style.css").read_text(encoding="utf-8")
    by_system = re.findall(r":root:not\(\[data-scheme\]\) \{(.*?)\}", style, re.DOTALL)
    by_hand = re.findall(r':root\[data-scheme="dark"\] \{(\s*--.*?)\}', style, re.DOTALL)
    assert [rule.split() for rule in by_system] == [rule.split() for rule in by_hand] != []


def test_only_the_script_that_sets_the_colours_stands_in_the_way_of_the_first_paint(client: FlaskClient) -> None:
    head = read(client.get("/search?q=养老服务")).select("head script, head link[rel=stylesheet]")
    blocking = [tag for tag in head if "defer" not in tag.attrs]
    assert [str(tag.get("src") or tag.get("href")).split("?")[0] for tag in blocking] == [
        "/static/view.js",
        "/static/style.css",
    ]
    assert (ROOT / "static/view.js").stat().st_size < 2_500  # bytes


@pytest.mark.parametrize("file", sorted((ROOT / "static").glob("*.js")), ids=lambda file: file.name)
def test_a_script_is_written_in_the_grammar_of_es2017(file: Path) -> None:
    assert esprima.parseScript(file.read_text(encoding="utf-8")).body


@pytest.mark.parametrize("newer", ["a?.b;", "a ?? b;", "a ||= b;", "try {} catch {}", "class A { b = 1; }", "1_000;"])
def test_newer_grammar_would_be_noticed(newer: str) -> None:
    with pytest.raises(esprima.Error):
        esprima.parseScript(newer)


def test_the_scripts_are_small_and_call_what_chromium_78_has() -> None:
    script = "".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "static").glob("*.js")))
    assert len(script.encode()) <= 15 * 1024
    code = re.sub(r"/\*.*?\*/", "", script, flags=re.DOTALL)
    assert re.findall(TOO_NEW_JS, code) == []


def test_partial_templates_stay_small() -> None:
    long = {
        file.name for file in (ROOT / "templates").glob("_*.html") if len(file.read_text("utf-8").splitlines()) > 40
    }
    assert long == set()


def test_a_results_page_is_small_even_where_every_card_is_full(tmp_path: Path) -> None:
    """Ten speeches of long passages under long headings, with doubts, from ten places, years and people."""
    sentence = (
        "要坚持以人民为中心，着力健全分层分类的社会救助体系，稳步推进养老服务高质量发展，让群众有更多的获得感。" * 2
    )
    with open_writer("whoosh", tmp_path, fresh=True) as writer:
        for number in range(30):
            speech = document(
                f"{number}.txt",
                *[sentence] * 8,
                title=f"在第{number}次全省养老服务体系建设工作推进会议上的讲话",
                date=f"{2000 + number % 12}-03-05",
                region=f"某{number % 12}省",
                speakers=[f"卞知秋{number % 12}"],
                genre=f"讲话稿{number % 12}",
            )
            places = tuple(replace(p, outline=("一、健全养老服务体系", "二是补齐农村短板")) for p in speech.passages)
            doubt = Warning("year_contradiction", "年份存疑：文中称2024年，应为2019年；请勿按2024年引用", "2024年是")
            writer.add(replace(speech, passages=places, warnings=(doubt,) * 3))
        writer.publish({})
    page = create_app(Settings(index=tmp_path)).test_client().get("/search?q=养老服务")
    assert len(by_id(read(page), "passage")) > 30
    assert len(page.data) < 60_000  # bytes


@pytest.mark.parametrize(
    "address", ["/", "/browse", "/status", "/search?q=养老服务", "/healthz", "/api/search?q=养老服务"]
)
def test_an_index_without_documents_is_no_error(tmp_path: Path, address: str) -> None:
    with open_writer("whoosh", tmp_path, fresh=True) as writer:
        writer.publish({})
    assert create_app(Settings(index=tmp_path)).test_client().get(address).status_code == 200


STRANGE = (
    "/doc/%00",
    "/doc/%ED%A0%80",
    "/doc/..%5csecret/original",
    "/doc/%2e%2e%2f%2e%2e%2fetc%2fpasswd/original",
    f"/doc/{'a' * 50_000}",
    f"/doc/{FIRST}?hit=no&hit=-1",
    "/search?q=%ED%A0%80",
    "/search?q=%zz",
    "/search?q=%00&region=%00&sort=%00",
    "/search?q=a%0d%0aX-Injected:1",
    "/search?q=养老&region=火星",
    "/search?q=养老&year=abc",
    "/search?q=养老&page=１",
    "/search?" + "&".join(f"a{number}=1" for number in range(5000)),
    "/search?" + "&".join(["a=1"] * 10_000),
    "/search?was=%3Fq%3D%26%26&within=1",
    "/search?was=page%3D-1&q=养老",
    "/search?all=%00&none=((&scope=everywhere",
    "/advanced?q=((&region=%00",
    "/advanced?page=x",
    "/doc/ffffffffffffffff/text",
    "/search?" + "&".join(["q=养老"] * 1000),
    "/static/%2e%2e/app.py",
    "/static/../app.py",
)


@pytest.mark.parametrize("address", STRANGE)
def test_a_strange_address_is_answered_in_plain_chinese_and_never_a_defect(client: FlaskClient, address: str) -> None:
    response = client.get(address, follow_redirects=True)
    assert response.status_code in (200, 400, 404)
    assert "X-Injected" not in response.headers
    assert read(response).select("html[lang=zh-CN] h1")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_no_other_method_is_answered(client: FlaskClient, method: str) -> None:
    assert client.open("/search?q=养老", method=method).status_code == 405


def test_a_derived_title_says_so(tmp_path: Path) -> None:
    speech = replace(document("a.txt", "要做好养老服务。"), title=Evidence("某省民政工作会议", how="derived"))
    with open_writer("whoosh", tmp_path, fresh=True) as writer:
        writer.add(speech)
        writer.publish({})
    client = create_app(Settings(index=tmp_path)).test_client()
    assert words(read(client.get("/search?q=养老服务")).select("h3 .note")) == ["拟题"]
    assert words(read(client.get(f"/doc/{speech.id}")).select("h1 .note")) == ["拟题"]
