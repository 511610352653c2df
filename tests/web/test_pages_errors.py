"""What is answered where something is wrong, and what every answer keeps."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from flask import Flask, abort
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from pages import FIRST, HOSTILE, SCRIPT, SCRIPTS, by_id, read, words

from app import create_app
from search.engines import store_of
from search.errors import Busy
from search.settings import Settings


def test_without_an_index_every_page_says_what_to_run(tmp_path: Path) -> None:
    client = create_app(Settings(index=tmp_path / "nothing")).test_client()
    for address in ("/", "/search?q=养老服务", "/browse", "/doc/1234", "/status"):
        response = client.get(address)
        assert (address, response.status_code) == (address, 503)
        assert "python -m indexer build" in response.get_data(as_text=True)
        assert str(tmp_path) not in response.get_data(as_text=True)
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
    sheets = [str(link["href"]) for link in read(client.get(f"/doc/{FIRST}")).select("link[rel=stylesheet]")]
    kept = {}
    for address in (*sheets, "/", f"/doc/{FIRST}/original"):
        with client.get(address) as response:
            kept[address.split("?")[0]] = response.cache_control.max_age or 0
    named = [f"/static/{name}.css" for name in ("colours", "style", "results", "document", "print")]
    assert kept == {**dict.fromkeys(named, 31_536_000), "/": 0, f"/doc/{FIRST}/original": 0}


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
    assert f"端口 {port} 已被占用" in told and "Errno" not in told
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


def test_health_names_the_generation_and_counts_the_documents(client: FlaskClient, place: Settings) -> None:
    generation = store_of("whoosh", place.index).open().generation
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


@pytest.mark.parametrize(
    "address", ["/", "/browse", "/status", "/search?q=养老服务", "/healthz", "/api/search?q=养老服务"]
)
def test_an_index_without_documents_is_no_error(tmp_path: Path, address: str) -> None:
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
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


HOSTS = ["a..b", ".", "x" * 64 + ".cn", "甲..乙", "a b", "[::1", "a:99999", "a/b", "%", "-", "a" * 300, "\x80"]


@pytest.mark.parametrize("address", ["/", "/search?q=养老服务", "/nothing", "/healthz", "/static/style.css", "/search"])
@pytest.mark.parametrize("host", HOSTS)
def test_no_host_name_breaks_an_answer_or_takes_its_headers(client: FlaskClient, host: str, address: str) -> None:
    response = client.get(address, headers={"Host": host})
    assert response.status_code in (200, 302, 400, 404)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    if response.status_code == 400:
        assert "主机名" in response.get_data(as_text=True)
    response.close()


@pytest.fixture(scope="module")
def bare() -> FlaskClient:
    """The pages where there is no index."""
    return create_app(Settings(index="没有")).test_client()


@given(host=st.text(min_size=1))
def test_no_host_name_at_all_is_a_defect(bare: FlaskClient, host: str) -> None:
    encoded = host.encode("utf-8", "surrogatepass").decode("latin-1")
    assert bare.get("/help", environ_overrides={"HTTP_HOST": encoded}).status_code in (200, 400)


def test_only_the_names_of_the_site_are_answered_where_they_are_given(place: Settings) -> None:
    client = create_app(replace(place, hosts=("jianghua.example.cn",))).test_client()
    for host, status in (("jianghua.example.cn", 200), ("127.0.0.1:5000", 200), ("forged.example", 400)):
        response = client.get("/help", headers={"Host": host})
        assert (host, response.status_code) == (host, status)
