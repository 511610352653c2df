"""引文核对: the page, its JSON, and what is handed over to it."""

from __future__ import annotations

import io
import logging
import tempfile
import time

import docx
import pytest
from flask.testing import FlaskClient
from pages import ELDERLY, FIRST, SCRIPT, by_id, read, words
from werkzeug.test import TestResponse

LONG = "要规范福利彩票发行。" * 120
WRONG = ELDERLY.replace("加快", "提速")


def posted(client: FlaskClient, text: str) -> str:
    response = client.post("/check", data={"text": text}, content_type="multipart/form-data", follow_redirects=True)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def handed_over(client: FlaskClient, **fields: str) -> TestResponse:
    """Posted as a browser posts a form; werkzeug's client would write a long one on disk."""
    body = b""
    for name, value in fields.items():
        named = f'name="{name}"' + ('; filename="稿子.txt"' if name == "file" else "")
        body += f"--limit\r\nContent-Disposition: form-data; {named}\r\n\r\n{value}\r\n".encode()
    return client.post("/check", data=body + b"--limit--\r\n", content_type="multipart/form-data; boundary=limit")


def word_file(*paragraphs: str) -> io.BytesIO:
    document, content = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(content)
    content.seek(0)
    return content


def test_a_short_text_has_an_address_of_its_own_and_a_long_one_is_answered_at_once(client: FlaskClient) -> None:
    short = client.post("/check", data={"text": ELDERLY})
    assert (short.status_code, short.headers["Location"].startswith("/check?text=")) == (303, True)
    assert len(by_id(read(client.get(short.headers["Location"])), "verdict")) == 1
    long = client.post("/check", data={"text": LONG})
    assert (long.status_code, long.headers["Cache-Control"]) == (200, "no-store")
    assert len(by_id(read(long), "verdict")) == 120


def test_each_sentence_is_judged_and_leads_to_its_paragraph(client: FlaskClient) -> None:
    page = read(client.get(f"/check?text={ELDERLY}{WRONG}这句话谁也没有说过。"))
    assert [tag["data-kind"] for tag in by_id(page, "verdict")] == ["same", "changed", "absent"]
    assert {tag["href"] for tag in by_id(page, "origin")[:2]} == {f"/doc/{FIRST}#p2"}
    assert "第2段" in words(by_id(page, "origin"))[0]
    marked = [mark.get_text() for mark in by_id(page, "verdict")[1].select("mark")]
    assert marked == ["提速", "加快"]
    assert "年份存疑" in words(by_id(page, "verdict"))[0]  # a doubt that a citation carries


def test_the_page_and_the_json_say_the_same(client: FlaskClient) -> None:
    draft = f"卞知秋指出，“{WRONG}”要规范福利彩票发行。"
    page = read(client.get(f"/check?text={draft}"))
    for told in (
        client.get(f"/api/check?text={draft}").get_json(),
        client.post("/api/check", json={"text": draft}).get_json(),
    ):
        judged = [part for part in told["parts"] if part["verdict"] not in ("lead", "short")]
        assert [part["label"].replace(" ", "") for part in judged] == words(page.select(".verdicts .label"))
        assert [part["found"]["url"] for part in judged] == [tag["href"] for tag in by_id(page, "origin")]
        assert draft[judged[0]["begin"] : judged[0]["end"]] == WRONG
        assert [one["standing"] for one in judged[0]["claims"]] == ["reported"]  # a report


def test_the_draft_itself_is_looked_through(client: FlaskClient) -> None:
    page = read(client.get("/check?text=我们要做好三项重点工作：\n一是抓设施。\n二是抓队伍。\n他说“没有完。"))
    assert [tag["data-code"] for tag in by_id(page, "doubt")] == ["count_mismatch", "unclosed_quote"]
    assert by_id(read(client.get("/check?text=要办好养老服务。")), "doubt") == []
    (slip,) = words(by_id(read(client.get("/check?text=送去党和政府的温暧。")), "doubt"))
    assert slip == "疑似错字：“温暧”疑为“温暖”"  # nobody else's text, which would be shown as it is


@pytest.mark.parametrize(
    ("name", "content"),
    [("稿子.docx", word_file(ELDERLY, WRONG)), ("稿子.txt", io.BytesIO(f"{ELDERLY}\n{WRONG}".encode("gb18030")))],
)
def test_a_file_is_read_by_the_readers_of_documents(client: FlaskClient, name: str, content: io.BytesIO) -> None:
    page = read(client.post("/check", data={"text": "框里的字", "file": (content, name)}))
    assert [tag["data-kind"] for tag in by_id(page, "verdict")] == ["same", "changed"]
    assert [name in words(by_id(page, "note"))[0], "框里" in words(by_id(page, "note"))[1]] == [True, True]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("坏.docx", b"PK\x03\x04 no", "已损坏"),
        ("图.jpg", b"\xff\xd8\xff", "docx"),
        ("空.txt", b"  \n", "空的"),
        ("图.txt", b"\x89PNG\r\n", "扩展名"),
    ],
)
def test_a_file_that_gives_no_text_is_refused_with_the_reason(
    client: FlaskClient, name: str, content: bytes, said: str
) -> None:
    response = client.post("/check", data={"file": (io.BytesIO(content), name)})
    assert response.status_code == 400
    assert said in words(by_id(read(response), "problem"))[0]


def test_what_packs_a_great_deal_into_little_is_refused(client: FlaskClient) -> None:
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * 50_000_000)
    packed.seek(0)
    assert client.post("/check", data={"file": (packed, "大.docx")}).status_code == 400


def test_nothing_handed_over_is_written_or_logged(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def written(*args: object, **kwargs: object) -> None:
        raise AssertionError("a file was made")

    monkeypatch.setattr(tempfile, "TemporaryFile", written)
    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", written)
    caplog.set_level(logging.DEBUG)
    text = "这是机密的文字。" * 90_000  # 2 MB
    assert handed_over(client, file=text).status_code == 200
    assert handed_over(client, text=text).status_code == 200
    assert "机密" not in caplog.text


@pytest.mark.parametrize("text", ["民政工作。" * 60_000, "“要规范福利彩票发行”" * 10_000])
def test_a_text_beyond_the_bound_is_kept_whole_and_what_was_not_checked_is_told(client: FlaskClient, text: str) -> None:
    begun = time.process_time()
    page = read(handed_over(client, text=text))
    assert time.process_time() - begun < 20
    assert page.select("textarea")[0].get_text().strip("\n") == text
    assert f"文稿共{len(text)}字" in words(by_id(page, "note"))[0]
    assert "没有核对" in words(by_id(page, "note"))[0]


def test_too_much_is_told_in_plain_chinese(client: FlaskClient) -> None:
    response = handed_over(client, text="民" * 1_500_000)
    assert response.status_code == 413
    assert "4 MB" in response.get_data(as_text=True)
    assert client.post("/api/check", json={"text": "民" * 4_500_000}).get_json()["error"]["code"] == "too_much"
    response = client.get(f"/check?text={'民' * 22_000}")
    assert (response.status_code, "引文核对" in response.get_data(as_text=True)) == (414, True)


@pytest.mark.parametrize("text", ["民", "。", "\n\n", SCRIPT, "<b>" * 50, "”“" * 30])
def test_odd_texts_have_an_answer_that_runs_nothing(client: FlaskClient, text: str) -> None:
    page = posted(client, text)
    assert "<script>alert" not in page and "onerror=alert" not in page.replace("onerror=alert(2)&gt;", "")
    if text in ("民", "。"):
        assert "没有可核对的句子" in page


def test_json_that_is_no_text_is_refused(client: FlaskClient) -> None:
    for body in ("[]", '{"text": 3}', "{", '{"text": "\\ud800民政"}'):
        response = client.post("/api/check", data=body, content_type="application/json")
        assert response.status_code == (200 if "ud800" in body else 400)


def test_a_search_that_is_too_long_is_checked_instead_and_says_so(client: FlaskClient) -> None:
    quotation = ELDERLY * 12
    assert "maxlength" not in read(client.get("/")).select("input[type=search]")[0].attrs
    page = read(client.get(f"/search?q={quotation}"))
    assert f"这里有{len(quotation)}字" in words(by_id(page, "note"))[0]
    assert len(by_id(page, "verdict")) == 12
