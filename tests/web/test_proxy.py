"""Behind a proxy: the configuration in docs/deployment.md, run by a real nginx, and addresses that carry its path."""

from __future__ import annotations

import base64
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from conftest import ROOT, document
from pages import ELDERLY, FIRST

from app import MAX_IN_ADDRESS, create_app
from search.engines import store_of
from search.settings import Settings
from web import site
from web.pasted import MOST_BYTES
from web.responses import MAX_ADDRESS

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
HOST = "jianghua.example.gov.cn"
PUBLIC = f"https://{HOST}/jianghua"
DOCUMENT = document("甲.txt", "发展养老服务，规范福利彩票。", title="全省民政工作会议", region="湖北")


def links(page: str) -> set[str]:
    """The addresses of a page on this site."""
    found = re.findall(r'(?:href|src|action|data-url|data-suggest)="([^"#][^"]*)"', page)
    return {one for one in found if not one.startswith(("mailto:", "data:"))}


@pytest.fixture(scope="module")
def elsewhere(place: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The same index at a public address; another folder, for a process makes some lists once for an index."""
    folder = shutil.copytree(place.index, tmp_path_factory.mktemp("elsewhere") / "index")
    return replace(place, index=str(folder), url=PUBLIC)


ADDRESSES = [
    *("/", "/search?q=养老服务", f"/doc/{FIRST}?q=养老服务", "/browse", "/status", "/nothing"),
    *(
        "/tools",
        "/tools/matrix?q=养老服务&year=2024&year=1999",
        "/tools/timeline?q=养老服务",
        "/tools/cited?q=养老服务",
        "/tools/numbered?q=养老服务",
        "/tools/passages?q=养老服务",
        "/tools/telling?region=湖北",
        f"/tools/similar?doc={FIRST}&p=2",
        "/tools/kin?q=养老服务",
        "/tools/speaker",
        "/tools/speaker?q=卞知秋",
    ),
    *(f"/tools/figures?doc={FIRST}", "/tools/figures?q=养老服务", f"/tools/common?doc={FIRST}", "/tools/coverage"),
    *(f"/check?text={ELDERLY}", f"/basket?e={FIRST}.1", "/basket"),
]
TAKEN_AWAY = [
    *("/search.csv?q=养老服务", "/tools/matrix.csv?q=养老服务", "/tools/passages.csv?q=养老服务"),
    *("/tools/timeline.csv?q=养老服务", f"/basket.csv?e={FIRST}.1", f"/basket.md?e={FIRST}.1"),
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_on_a_page_carries_the_path_of_the_site(
    place: Settings, elsewhere: Settings, address: str
) -> None:
    client = create_app(elsewhere).test_client()
    page = client.get(address, environ_overrides={"SCRIPT_NAME": "/jianghua"}).get_data(as_text=True)
    assert {one for one in links(page) if not one.startswith(("/jianghua/", "/jianghua?", "http", "?"))} == set()
    assert len(links(page)) > 3
    plain = create_app(place).test_client().get(address).get_data(as_text=True)
    assert "/jianghua" not in plain


@pytest.mark.parametrize("asked", ["", "?theme=%E6%B0%91"])
def test_without_its_last_slash_the_path_of_the_site_leads_to_it_by_no_host(elsewhere: Settings, asked: str) -> None:
    overrides = {"SCRIPT_NAME": "/jianghua", "PATH_INFO": "", "HTTP_HOST": "forged.example"}
    response = create_app(elsewhere).test_client().get(f"/{asked}", environ_overrides=overrides)
    assert (response.status_code, response.location) == (308, f"/jianghua/{asked}")
    assert "forged.example" not in response.get_data(as_text=True)


def test_what_is_read_elsewhere_has_the_public_address(elsewhere: Settings) -> None:
    client = create_app(elsewhere).test_client()
    asked = {"environ_overrides": {"SCRIPT_NAME": "/jianghua"}, "headers": {"Host": "forged.example"}}
    page = client.get(f"/doc/{FIRST}", **asked).get_data(as_text=True)  # type: ignore[arg-type]
    assert f" {PUBLIC}/doc/{FIRST}." in page
    for address in TAKEN_AWAY:
        table = client.get(address, **asked).get_data(as_text=True)  # type: ignore[arg-type]
        assert (address, f"{PUBLIC}/" in table) == (address, True)
        assert not re.search(r"(?<!/jianghua)/(?:doc|search|tools)[/?]", table)
        assert "forged.example" not in page + table
    again = client.get("/search?q=养老服务").get_data(as_text=True)
    assert 'href="/doc/' in again  # the next request has its own


@pytest.mark.parametrize("url", ["jianghua.example.cn", "ftp://a.cn", "https://", "https://a.cn/x?y=1"])
def test_a_public_address_that_can_be_none_is_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHES_URL", url)
    with pytest.raises(ValueError, match="SPEECHES_URL"):
        Settings.from_env()


@dataclass(frozen=True)
class Proxy:
    port: int
    folder: Path

    def ask(
        self, path: str, user: str = "张三:口令", host: str = HOST, form: dict[str, str] | None = None
    ) -> tuple[int, str, dict[str, str]]:
        """form: what is posted; where there is none, it is a GET."""
        context = ssl.create_default_context(cafile=str(self.folder / "jianghua.crt"))
        context.check_hostname = False
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=context, timeout=20)
        allowed = {"Authorization": f"Basic {base64.b64encode(user.encode()).decode()}"} if user else {}
        try:
            headers = {"Host": host, "Content-Type": "application/x-www-form-urlencoded", **allowed}
            connection.request("POST" if form else "GET", path, urlencode(form or {}), headers)
            response = connection.getresponse()
            return response.status, response.read().decode(), dict(response.getheaders())
        finally:
            connection.close()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    if os.name == "nt" or not NGINX or not shutil.which("openssl"):
        pytest.skip("没有安装 nginx 或 openssl")
    folder = tmp_path_factory.mktemp("proxy")
    with store_of("whoosh", folder / "index").writer(fresh=True) as writer:
        writer.add(DOCUMENT)
        writer.publish({})
    inner, outer = free_port(), free_port()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}",
         "-keyout", folder / "jianghua.key", "-out", folder / "jianghua.crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    hashed = subprocess.run(["openssl", "passwd", "-apr1", "口令"], check=True, capture_output=True, text=True).stdout
    (folder / "jianghua.users").write_text(f"张三:{hashed}", encoding="utf-8")
    (written,) = re.findall(r"```nginx\n(.*?)```", (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8"), re.S)
    site = (
        written.replace("/etc/nginx/", f"{folder}/")
        .replace("listen 443", f"listen 127.0.0.1:{outer}")
        .replace("127.0.0.1:5000", f"127.0.0.1:{inner}")
    )
    scratch = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{'user root; ' if os.geteuid() == 0 else ''}daemon off; pid {folder}/pid; events {{}}\n"
        f"error_log {folder}/error.log;\n"
        f"http {{ access_log off; {scratch}\n{site}}}\n",
        encoding="utf-8",
    )
    settings = {"SPEECHES_URL": PUBLIC, "SPEECHES_HOSTS": HOST, "PYTHONIOENCODING": "utf-8"}
    service = [sys.executable, ROOT / "app.py", "--index", folder / "index", "--port", str(inner)]
    with (folder / "log").open("wb") as log:
        started = [
            subprocess.Popen(service, stdout=log, stderr=log, env={**os.environ, **settings}),
            subprocess.Popen([NGINX, "-p", folder, "-c", folder / "nginx.conf"], stdout=log, stderr=log),
        ]
    try:
        found = Proxy(outer, folder)
        for _ in range(100):
            try:
                if found.ask("/jianghua/healthz")[0] == 200:
                    break
            except OSError:
                pass
            time.sleep(0.2)
        else:
            pytest.fail((folder / "log").read_text()[-500:] + (folder / "error.log").read_text()[-500:])
        yield found
    finally:
        for one in started:
            one.terminate()
        for one in started:
            one.wait(10)


def test_nginx_as_documented_serves_every_page_and_what_it_links_to(proxy: Proxy) -> None:
    seen, waiting = set[str](), ["/jianghua/", "/jianghua/search?q=%E5%85%BB%E8%80%81", f"/jianghua/doc/{DOCUMENT.id}"]
    while waiting and len(seen) < 40:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        status, page, headers = proxy.ask(path)
        if "/original" not in path and "/text" not in path:  # there is no corpus
            assert (path, status) == (path, 200)
        assert headers["X-Content-Type-Options"] == "nosniff"
        if headers["Content-Type"].startswith("text/html"):
            waiting += [one.replace("&amp;", "&") for one in sorted(links(page)) if one.startswith("/")]
    assert all(path.startswith("/jianghua/") for path in seen)
    assert len(seen) > 10


def test_nginx_as_documented_lets_through_what_readers_may_hand_over(proxy: Proxy) -> None:
    draft = "会议指出，要发展养老服务，规范福利彩票。\n" * 20_000  # 1.2 MB; 3.6 MB as a form sends it
    assert len(urlencode({"text": draft})) < MOST_BYTES
    status, page, _ = proxy.ask("/jianghua/check", form={"text": draft})
    assert (status, "养老服务" in page) == (200, True)
    status, page, _ = proxy.ask("/jianghua/check", form={"text": "a" * 6_000_000})
    assert (status, "太大" in page, "nginx" in page) == (413, True, False)
    short = "要" * MAX_IN_ADDRESS
    assert proxy.ask("/jianghua/check", form={"text": short})[0] == 303
    assert proxy.ask(f"/jianghua/check?{urlencode({'text': short})}")[0] == 200
    assert proxy.ask(f"/jianghua/basket?more={'x' * (MAX_ADDRESS - 2_000)}")[0] != 414


def test_nginx_as_documented_lets_nobody_in_without_a_password_and_the_site_answers_no_other_name(proxy: Proxy) -> None:
    assert proxy.ask("/jianghua/", user="")[0] == 401
    assert proxy.ask("/jianghua/", user="张三:猜的")[0] == 401
    assert proxy.ask("/jianghua/", host="forged.example")[0] == 400
    status, _, headers = proxy.ask("/jianghua")
    assert (status, headers["Location"].endswith("/jianghua/")) == (301, True)
    assert proxy.ask("/search?q=a")[0] == 404
    assert PUBLIC + f"/doc/{DOCUMENT.id}" in proxy.ask(f"/jianghua/doc/{DOCUMENT.id}")[1]


def test_the_address_of_a_page_is_right_under_every_path_in_turn(place: Settings) -> None:
    app = create_app(place)
    for root in ("", "/jianghua", "/another", "", "/jianghua"):
        with app.test_request_context("/tools", environ_overrides={"SCRIPT_NAME": root}):
            own = [app.url_for("pages.check"), app.url_for(".check"), app.url_for("pages.document", id="x")]
            assert own == [f"{root}/check", f"{root}/check", f"{root}/doc/x"]


def test_no_more_addresses_are_kept_than_so_many(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "MOST_FIXED", 2)
    app = create_app(place)
    for number in range(4):
        with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": f"/{number}"}):
            assert app.url_for("pages.check") == f"/{number}/check"
    assert len(app._fixed) == 2  # type: ignore[attr-defined]
