"""What every address makes of each kind of request: HEAD, what depends on what the browser has, a part of a file."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from addresses import of_every_page
from flask.testing import FlaskClient
from pages import FIRST, SECOND
from werkzeug.test import TestResponse

from app import create_app
from search.settings import Settings

ADDRESSES = tuple(one.format(q=quote("养老服务"), id=FIRST, other=SECOND) for one in of_every_page(create_app()))
STATIC = "/static/style.css"
ORIGINAL = f"/doc/{FIRST}/original"
CONTENT = "同志们：\n养老服务".encode()  # of ORIGINAL


@pytest.fixture(scope="module")
def client(place: Settings) -> FlaskClient:
    """One for all, for a page that was made is then asked for in other ways."""
    return create_app(place).test_client()


def headers_of(response: TestResponse) -> list[tuple[str, str]]:
    return sorted(one for one in response.headers if one[0] not in ("Date", "Expires"))


@pytest.fixture(autouse=True)
def equally_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """How long an answer took stands in it, with a digit more on a busy machine."""
    monkeypatch.setattr("search.results.page._since", lambda _: 1.0)


@pytest.mark.parametrize("address", [*ADDRESSES, STATIC, "/nothing", "/search?page=9"])
def test_a_head_request_is_told_what_a_get_is_told_without_the_content(client: FlaskClient, address: str) -> None:
    for accepted in ("gzip", "identity"):
        asked = {"Accept-Encoding": accepted}
        with client.head(address, headers=asked) as headed, client.get(address, headers=asked) as got:
            assert got.status_code < 500
            assert (headed.status_code, headed.data) == (got.status_code, b"")
            assert headers_of(headed) == headers_of(got)


@pytest.mark.parametrize("address", [*ADDRESSES, STATIC])
def test_who_has_the_page_already_is_told_so_and_nobody_else(client: FlaskClient, address: str) -> None:
    with client.get(address) as first:
        tag, content = first.headers.get("ETag", ""), first.data
    for held in (tag, tag.removeprefix("W/"), f'"other", {tag}') if tag else ():
        with client.get(address, headers={"If-None-Match": held}) as second:
            assert (second.status_code, second.data) == (304, b"")
            for name in ("ETag", "Vary", "Content-Security-Policy"):
                assert second.headers.get(name) == first.headers.get(name), name
    # A page is another by its generation and its day, which no time tells.
    others = [("If-None-Match", one) for one in ('"other"', 'W/"', ",", "x" * 9_000, "\x00")]
    others += [("If-Modified-Since", one) for one in ("Sat, 29 Oct 1994 19:43:31 GMT", "yesterday", "")]
    others += [] if address == STATIC else [("If-Modified-Since", "Fri, 1 Jan 2100 00:00:00 GMT")]
    for name, held in others:
        with client.get(address, headers={name: held}) as again:
            assert (again.status_code, len(again.data)) == (first.status_code, len(content)), (name, held)


@pytest.mark.parametrize(
    "address", ["/doc/ffffffffffffffff", "/api/documents/ffffffffffffffff", "/search?q=养老&page=9"]
)
def test_what_is_not_there_is_not_told_to_be_unchanged(client: FlaskClient, address: str) -> None:
    assert client.get(address, headers={"If-None-Match": "*"}).status_code == 404


# --- parts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "sent"),
    [
        ("bytes=0-2", CONTENT[:3]),
        ("bytes=3-", CONTENT[3:]),
        ("bytes=0-999999", CONTENT),
    ],
)
def test_a_download_that_broke_off_goes_on_where_it_did(client: FlaskClient, part: str, sent: bytes) -> None:
    whole = client.get(ORIGINAL)
    conditions: list[dict[str, str]] = [{}, {"If-Range": whole.headers["ETag"]}]
    for held in conditions:
        response = client.get(ORIGINAL, headers={"Range": part, **held})
        start = CONTENT.index(sent)
        assert (response.status_code, response.data) == (206, sent)
        assert response.headers["Content-Range"] == f"bytes {start}-{start + len(sent) - 1}/{len(CONTENT)}"
        assert response.headers["ETag"] == whole.headers["ETag"]


def test_a_file_that_is_another_by_now_is_sent_whole(client: FlaskClient) -> None:
    response = client.get(ORIGINAL, headers={"Range": "bytes=3-", "If-Range": '"other"'})
    assert (response.status_code, response.data) == (200, CONTENT)


@pytest.mark.parametrize(
    "part",
    [
        "bytes=0-1,3-4",
        f"bytes={'0-1,' * 2000}3-4",
        "bytes=5-2",
        "bytes=-4",
        "bytes=-9999",
        "bytes=a-b",
        "bytes=",
        "lines=1-2",
        "x" * 9_000,
    ],
)
def test_many_parts_or_none_that_can_be_are_the_whole(client: FlaskClient, part: str) -> None:
    response = client.get(ORIGINAL, headers={"Range": part})
    assert (response.status_code, response.data) == (200, CONTENT)


def test_a_part_beyond_the_end_says_where_the_end_is(client: FlaskClient) -> None:
    response = client.get(ORIGINAL, headers={"Range": "bytes=9999-"})
    assert (response.status_code, response.headers["Content-Range"]) == (416, f"bytes */{len(CONTENT)}")
    assert "从头下载" in response.get_data(as_text=True)


@pytest.mark.parametrize("address", [one for one in ADDRESSES if "/original" not in one])
def test_of_what_is_made_for_each_request_there_are_no_parts(client: FlaskClient, address: str) -> None:
    """It may be another by the next request, and two halves of two pages make none."""
    with client.get(address) as whole, client.get(address, headers={"Range": "bytes=0-9"}) as asked:
        assert asked.status_code == whole.status_code
        assert len(asked.data) == len(whole.data)
        assert "Accept-Ranges" not in asked.headers
