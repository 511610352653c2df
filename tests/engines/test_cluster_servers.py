"""A cluster behind a real nginx with TLS and a password, and two servers of ours on it behind another."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result
from conftest import CLUSTER, ROOT, document, emptied, wait_for

from indexer.commands import index
from search.engines import store_of

pytest.importorskip("opensearchpy", reason="没有装 opensearch-py（requirements-opensearch.txt）")
pytestmark = pytest.mark.cluster

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
USER, PASSWORD = "检索", "口令:geheim"
SEEN_WITHIN = 2.0  # seconds after a publish


@dataclass(frozen=True)
class Gate:
    """cluster: the address of an index behind TLS and a password; front: that of two servers of ours."""

    folder: Path
    cluster: str
    inner: tuple[int, int]
    front: str

    @property
    def settings(self) -> dict[str, str]:
        return {
            "SPEECHES_ENGINE": "opensearch",
            "SPEECHES_INDEX": self.cluster,
            "SPEECHES_OPENSEARCH_USER": USER,
            "SPEECHES_OPENSEARCH_PASSWORD": PASSWORD,
            "SPEECHES_OPENSEARCH_CA": str(self.folder / "own.crt"),
            "SPEECHES_OPENSEARCH_REPLICAS": "0",
        }

    def run(self, *arguments: str, **changed: str) -> Result:
        return CliRunner().invoke(index, list(arguments), env={**self.settings, **changed})


def free_ports(count: int) -> list[int]:
    held = [socket.socket() for _ in range(count)]
    for one in held:
        one.bind(("127.0.0.1", 0))
    found = [int(one.getsockname()[1]) for one in held]
    for one in held:
        one.close()
    return found


_CONFIGURATION = """
{user}daemon off; pid {folder}/pid; events {{}} error_log {folder}/error.log;
http {{
  access_log off; client_max_body_size 100m; {scratch}
  upstream servers {{ server 127.0.0.1:{one}; server 127.0.0.1:{other}; }}
  server {{
    listen 127.0.0.1:{gate} ssl; ssl_certificate {folder}/own.crt; ssl_certificate_key {folder}/own.key;
    auth_basic cluster; auth_basic_user_file {folder}/users;
    location / {{ proxy_pass {cluster}; proxy_set_header Authorization ""; }}
  }}
  server {{
    listen 127.0.0.1:{front};
    location / {{ proxy_pass http://servers; add_header X-Served $upstream_addr; }}
  }}
}}
"""


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    if not NGINX or not shutil.which("openssl"):
        pytest.skip("没有安装 nginx 或 openssl")
    folder = tmp_path_factory.mktemp("gate")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=cluster",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "own.key", "-out", folder / "own.crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    hashed = subprocess.run(["openssl", "passwd", "-apr1", PASSWORD], check=True, capture_output=True, text=True).stdout
    (folder / "users").write_text(f"{USER}:{hashed}", encoding="utf-8")
    one, other, inner, front = free_ports(4)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    written = _CONFIGURATION.format(
        user="user root; " if os.geteuid() == 0 else "", folder=folder, one=one, other=other, gate=inner, front=front,
        cluster=CLUSTER, scratch="".join(f"{name}_temp_path {folder}/{name}; " for name in kinds),
    )  # fmt: skip
    (folder / "nginx.conf").write_text(written, encoding="utf-8")
    name = f"test-{token_hex(6)}"
    with (folder / "log").open("wb") as log:
        nginx = subprocess.Popen([NGINX, "-p", folder, "-c", folder / "nginx.conf"], stdout=log, stderr=log)
    try:
        for _ in range(100):
            with socket.socket() as knocking:
                if not knocking.connect_ex(("127.0.0.1", front)):
                    break
            time.sleep(0.1)
        yield Gate(folder, f"https://127.0.0.1:{inner}/{name}", (one, other), f"http://127.0.0.1:{front}")
    finally:
        nginx.terminate()
        nginx.wait(10)
        emptied(f"{CLUSTER}/{name}")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "一.txt").write_text("全省养老服务工作会议\n\n会议指出，要发展普惠养老服务。\n", encoding="utf-8")
    return tmp_path


def test_an_index_is_built_and_checked_through_tls_with_a_password(gate: Gate, corpus: Path) -> None:
    built = gate.run("build", f"--corpus={corpus}")
    assert (built.exit_code, gate.run("check").exit_code) == (0, 0), built.output


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"SPEECHES_OPENSEARCH_PASSWORD": "geraten"}, "不接受用户名或密码"),
        ({"SPEECHES_OPENSEARCH_USER": "", "SPEECHES_OPENSEARCH_PASSWORD": ""}, "不接受用户名或密码"),
        ({"SPEECHES_OPENSEARCH_CA": ""}, "TLS 连接没有建立"),
        ({"SPEECHES_INDEX": "http"}, "http 还是 https"),
    ],
)
def test_what_is_wrong_on_the_way_is_told_and_no_password(
    gate: Gate, corpus: Path, caplog: pytest.LogCaptureFixture, changed: dict[str, str], sentence: str
) -> None:
    # Another name each, for a process keeps its clusters by their addresses.
    address = f"{gate.cluster}-{token_hex(3)}"
    if changed.get("SPEECHES_INDEX"):
        address = address.replace("https", changed["SPEECHES_INDEX"])
    result = gate.run("build", f"--corpus={corpus}", **{**changed, "SPEECHES_INDEX": address})
    assert (result.exit_code, sentence in result.output) == (1, True), result.output
    assert not any(secret in result.output + caplog.text for secret in (PASSWORD, "geraten"))


def shown(gate: Gate, question: str) -> tuple[str, dict[str, object]]:
    """Who served it, and what is the same whoever does."""
    with urlopen(f"{gate.front}/api/search?q={quote(question)}", timeout=30) as answer:
        found = json.load(answer)
        return answer.headers["X-Served"], {name: value for name, value in found.items() if name != "took_ms"}


def test_two_servers_answer_alike_and_see_a_publish_in_two_seconds(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHES_OPENSEARCH_REPLICAS", "0")
    direct = f"{CLUSTER}/{gate.cluster.rpartition('/')[2]}"
    with store_of("opensearch", direct).writer(fresh=True) as writer:
        for number in range(30):
            writer.add(document(f"{number}", "发展养老服务。" * (1 + number % 5), region="湘鄂"[number % 2]))
        writer.publish({})
    servers = []
    try:
        with (gate.folder / "servers").open("wb") as log:
            for port in gate.inner:
                command = [sys.executable, ROOT / "app.py", "--port", str(port)]
                environment = {**os.environ, **gate.settings, "PYTHONIOENCODING": "utf-8"}
                servers.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=gate.folder))
        for port, server in zip(gate.inner, servers, strict=True):
            wait_for(f"http://127.0.0.1:{port}/healthz", server, gate.folder / "servers")
        for question in ("养老服务", "养老 地区:湘", "“发展养老”", "老服"):
            found = [shown(gate, question) for _ in range(4)]
            assert len({who for who, _ in found}) == 2
            assert all(told == found[0][1] for _, told in found)
        with store_of("opensearch", direct).writer(fresh=False) as writer:
            writer.add(document("新", "殡葬改革。"))
            writer.publish({})
        time.sleep(SEEN_WITHIN)
        found = [shown(gate, "殡葬改革") for _ in range(4)]
        assert len({who for who, _ in found}) == 2
        assert [told["total"]["documents"] for _, told in found] == [1] * 4
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait(10)
    assert PASSWORD not in (gate.folder / "servers").read_text(encoding="utf-8")
