"""What the page of a document, the file it came from and its JSON answer, asked of a real index."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from conftest import document, stored
from flask.testing import FlaskClient
from pages import FIRST, SPEECHES, by_id, read, words

from app import create_app
from search import text
from search.documents.document import Original, Warning
from search.documents.formats import FORMATS
from search.engines import store_of
from search.index import record
from search.settings import Settings


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
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
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


DOUBTED = replace(
    document("疑", "同志们：", "今年是新中国成立70周年，要过上幸福生活。会上传达了要求。", title="疑"),
    warnings=(
        Warning("year_contradiction", "年份存疑：前后不一致", "新中国成立70周年"),
        Warning("suspected_typo", "疑似错字：一处", "传达了"),
        Warning("suspected_typo", "疑似错字：另一处", "不在文中"),
        Warning("date_unknown", "日期不详", ""),
    ),
)


def test_doubts_are_one_line_on_top_and_marks_in_the_text_with_a_note_in_the_margin(tmp_path: Path) -> None:
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        writer.add(DOUBTED)
        writer.publish({})
    page = read(create_app(Settings(index=tmp_path)).test_client().get(f"/doc/{DOUBTED.id}?q=成立"))
    assert words(page.select(".doubt-box summary")) == ["引用前请核对：年份存疑·日期不详·疑似错字2处"]
    assert words(by_id(page, "margin-note")) == ["年份存疑：前后不一致", "疑似错字：一处"]
    assert "".join(words(page.select(".para .doubtful"))) == "新中国成立70周年传达了"
    assert words(page.select(".para p"))[1] == DOUBTED.passages[1].text
    assert words(page.select("mark#hit-1")) == ["成立"]


@pytest.mark.parametrize("find", ["。", "“", "(", "民" * 5000, "-养老", "地区:湖北", "<b>"])
def test_whatever_is_looked_for_inside_a_text_is_looked_for_as_it_stands(client: FlaskClient, find: str) -> None:
    response = client.get(f"/doc/{FIRST}", query_string={"find": find, "q": "养老服务"})
    page = read(response)
    assert response.status_code == 200
    assert by_id(page, "find")[0]["value"] == find[:100]
    assert {text.fold(mark) for mark in words(page.select(".para mark"))} <= {text.fold(find)}


def test_a_document_that_is_gone_is_a_page_that_says_what_may_have_happened_and_searches(client: FlaskClient) -> None:
    response = client.get("/doc/ffffffffffffffff?q=养老服务")
    page = read(response)
    assert response.status_code == 404
    assert "没有这篇讲话" in by_id(page, "problem")[0].get_text()
    assert by_id(page, "search-box")[0]["value"] == "养老服务"


def test_other_versions_of_a_text_are_named_and_compared(tmp_path: Path) -> None:
    one = document("甲.txt", "要加快养老服务。", "要规范彩票。", title="会议召开")
    other = document("乙.txt", "要加快为老服务。", "要规范彩票。", "完。", title="会议召开（转载）")
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
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
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
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
    assert "没有记着原文件放在哪个文件夹" in response.get_data(as_text=True)


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


@pytest.mark.parametrize("suffix", [suffix for one in FORMATS if one.is_text for suffix in one.suffixes])
def test_every_file_that_is_text_shows_its_own_words(tmp_path: Path, suffix: str) -> None:
    content = "养老服务".encode()
    speech = replace(SPEECHES[0][0], original=Original(f"讲话{suffix}", hashlib.sha256(content).hexdigest()))
    (tmp_path / f"讲话{suffix}").write_bytes(content)
    with store_of("whoosh", tmp_path / "index").writer(fresh=True) as writer:
        writer.add(speech)
        writer.publish({})
    client = create_app(Settings(index=tmp_path / "index", corpus=(tmp_path,))).test_client()
    (link,) = by_id(read(client.get(f"/doc/{FIRST}")), "raw-link")
    response = client.get(str(link["href"]))
    assert (response.status_code, words(by_id(read(response), "raw"))) == (200, ["养老服务"])


def test_a_file_that_is_no_text_can_only_be_downloaded(tmp_path: Path) -> None:
    speech = replace(SPEECHES[0][0], original=Original("讲话.docx", "0" * 64))
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
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
    with store_of("whoosh", tmp_path / "index").writer(fresh=True) as writer:
        writer.add(speech)
        writer.publish({})
    client = create_app(Settings(index=tmp_path / "index", corpus=(tmp_path / "corpus",))).test_client()
    assert client.get(f"/doc/{speech.id}/original").status_code == 404


def test_the_json_of_a_document_is_its_record(client: FlaskClient, place: Settings) -> None:
    found = stored(store_of("whoosh", place.index).open(), FIRST)
    assert found is not None
    assert client.get(f"/api/documents/{FIRST}").get_json() == record.as_json(found)
