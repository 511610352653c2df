"""`python app.py` as a network sees it: raw requests over a socket, broken, huge and many at once."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from conftest import document
from waitress.adjustments import Adjustments

from search.engines import store_of
from web.receiving import MAX_BODY, Channel, Held, Parser
from web.server import CONNECTIONS, SPARE_FILES, connections

ROOT = Path(__file__).parent.parent.parent
STARTS_WITHIN = 60  # seconds, on a busy machine


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("serving")
    with store_of("whoosh", folder / "index").writer(fresh=True) as writer:
        for number in range(30):
            writer.add(document(f"{number}.txt", "发展养老服务，规范福利彩票。", title=f"第{number}次会议"))
        writer.publish({})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        chosen = free.getsockname()[1]
    command = [sys.executable, str(ROOT / "app.py"), "--index", str(folder / "index"), "--port", str(chosen)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    try:
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end and server.poll() is None and not answers(chosen):
            time.sleep(0.2)
        yield chosen
    finally:
        server.terminate()
        server.wait(10)


def answers(port: int) -> bool:
    try:
        return status(asked(port, "GET /healthz HTTP/1.0")) == 200
    except OSError:
        return False


def asked(port: int, first_line: str | bytes) -> bytes:
    """The whole answer to a request of this first line."""
    line = first_line.encode() if isinstance(first_line, str) else first_line
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line_to:
        line_to.sendall(line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        received = b""
        while more := line_to.recv(65536):
            received += more
    return received


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def body(answer: bytes) -> str:
    return answer.partition(b"\r\n\r\n")[2].decode()


def test_an_address_with_its_chinese_characters_as_they_are_is_understood(port: int) -> None:
    plain = asked(port, "GET /api/search?q=养老服务&page=2 HTTP/1.0")
    encoded = asked(port, f"GET /api/search?q={quote('养老服务')}&page=2 HTTP/1.0")
    found = [{**json.loads(body(answer)), "took_ms": 0} for answer in (plain, encoded)]
    assert (found[0]["total"]["documents"], found[0]) == (30, found[1])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("GET /search?q=%zz%E5%85 HTTP/1.1", 200),
        (b"GET /search?q=\xff\xfe\x00 HTTP/1.1", 200),
        (b"GET /%ff%fe HTTP/1.1", 404),
        ("GET /search?" + "&".join(f"a{n}={n}" for n in range(10_000)) + " HTTP/1.1", 414),
        ("GET /search?" + "&".join(["a"] * 10_000) + " HTTP/1.1", 200),
        (f"GET /search?q={'a' * 65_536} HTTP/1.1", 414),
        (f"GET /{'a/' * 32_768} HTTP/1.1", 414),
        ("POST /search?q=a HTTP/1.1", 405),
        ("TRACE /search?q=a HTTP/1.1", 405),
        ("BREW /search?q=a HTTP/1.1", 405),
        ("GET /search?q=a&page=-1 HTTP/1.1", 400),
        ("GET /search?q=a&page=１ HTTP/1.1", 400),
        ("GET /search?q=养老服务&page=9 HTTP/1.1", 404),
        ("GET /search?q=养老服务&region=火星 HTTP/1.1", 200),
    ],
)
def test_a_strange_request_gets_the_right_status_and_a_page_in_chinese(
    port: int, line: str | bytes, expected: int
) -> None:
    answer = asked(port, line)
    assert status(answer) == expected
    assert '<html lang="zh-CN">' in body(answer)
    assert answers(port)


def test_a_header_beyond_all_measure_is_cut_off_and_the_next_request_is_answered(port: int) -> None:
    with suppress(ConnectionError):  # cut off while it is still being sent
        assert status(asked(port, f"GET /search?q={'a' * 400_000} HTTP/1.1")) in (400, 414, 431)
    assert answers(port)


def test_head_has_the_headers_of_get_and_no_body(port: int) -> None:
    got, headed = (asked(port, f"{method} /help HTTP/1.0") for method in ("GET", "HEAD"))
    names = [
        {line.split(b":")[0] for line in answer.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]}
        for answer in (got, headed)
    ]
    assert (status(headed), body(headed), names[0]) == (200, "", names[1])


def test_options_names_what_is_allowed(port: int) -> None:
    answer = asked(port, "OPTIONS /search HTTP/1.0")
    allowed = next(line for line in answer.split(b"\r\n") if line.startswith(b"Allow:"))
    assert (status(answer), set(allowed[7:].split(b", "))) == (200, {b"GET", b"HEAD", b"OPTIONS"})


def test_a_crowd_is_answered_or_asked_to_come_again_and_then_all_is_well(port: int) -> None:
    with ThreadPoolExecutor(50) as crowd:
        lines = [f"GET /api/search?q=养老服务&page={n % 3 + 1} HTTP/1.0" for n in range(200)]
        counts = Counter(map(status, crowd.map(lambda line: asked(port, line), lines)))
    assert set(counts) <= {200, 503}
    assert counts[200] >= 50
    assert json.loads(body(asked(port, "GET /api/search?q=福利彩票 HTTP/1.0")))["total"]["documents"] == 30


def test_a_hundred_and_twenty_idle_browsers_keep_nobody_out(port: int) -> None:
    request = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with ExitStack() as idle:
        for _ in range(120):
            line = idle.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
            line.sendall(request)
        with socket.create_connection(("127.0.0.1", port), timeout=1) as visitor:
            begun = time.monotonic()
            visitor.sendall(request)
            assert (status(visitor.recv(65536)), time.monotonic() - begun < 1) == (200, True)


def whole(line: socket.socket) -> bytes:
    """All that is answered until the connection is closed."""
    return b"".join(iter(lambda: line.recv(65536), b""))


@pytest.mark.parametrize("path", ["/", "/check", "/api/check"])
def test_who_sends_too_much_gets_to_read_why(port: int, path: str) -> None:
    """As a browser does it: everything is sent before a byte of the answer is read."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000000\r\n\r\n".encode())
        for _ in range(20):
            line.sendall(b"a" * 1_000_000)
        answer = whole(line)
    assert (status(answer), "太大" in body(answer)) == (413, True)
    assert answers(port)


@pytest.mark.parametrize("header", [b"Content-Length: 1000000000", b"Content-Length: 10000000\r\nExpect: 100-continue"])
def test_a_body_without_measure_is_not_waited_for_nor_one_that_was_asked_about(port: int, header: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(b"POST /check HTTP/1.1\r\nHost: localhost\r\n" + header + b"\r\n\r\n")
        answer = whole(line)
    assert (status(answer), "太大" in body(answer)) == (413, True)


@pytest.mark.parametrize(
    ("path", "header", "expected"),
    [
        ("/check", b"Content-Length: ten", 400),
        ("/check", b"Transfer-Encoding: gzip", 501),
        ("/check", b"X: " + b"a" * 262_130, 431),
    ],
)
def test_what_never_reaches_the_application_is_answered_in_chinese(
    port: int, path: str, header: bytes, expected: int
) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(f"POST {path} HTTP/1.1\r\nHost: localhost\r\n".encode() + header + b"\r\n\r\n")
        answer = whole(line)
    assert status(answer) == expected
    assert "generated by" not in body(answer)
    assert "<h1>" in body(answer)
    assert b"Content-Security-Policy" in answer


def request(length: int) -> Parser:
    """A request whose header has been read."""
    parser = Parser(Adjustments(max_request_body_size=MAX_BODY, inbuf_overflow=MAX_BODY + 1))
    parser.received(b"POST /check HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % length)
    return parser


def test_all_bodies_together_are_bounded_and_room_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Parser, "held", Held(10_000))
    slow, finished, refused = request(8_000), request(3_000), request(3_000)
    slow.received(b"a" * 6_000)
    finished.received(b"a" * 3_000)
    assert (finished.completed, finished.error, Parser.held.bytes) == (True, None, 9_000)
    refused.received(b"a" * 3_000)
    assert (refused.error.code, Parser.held.bytes) == (503, 9_000)
    finished.close()
    finished.close()  # waitress may do it twice
    assert Parser.held.bytes == 6_000
    slow.received(b"a" * 2_000)
    assert (slow.completed, slow.error) == (True, None)


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Channel, socket.socket]]:
    """A connection, and the end of its sender."""
    monkeypatch.setattr(Parser, "held", Held())
    server = SimpleNamespace(active_channels={}, adj=Adjustments())
    here, there = socket.socketpair()
    with here, there:
        yield Channel(server, here, "", server.adj, map={}), there


def test_what_was_sent_of_a_request_is_given_back_when_its_sender_goes_away(
    connected: tuple[Channel, socket.socket],
) -> None:
    channel, _ = connected
    channel.received(b"POST /check HTTP/1.1\r\nContent-Length: 8000\r\n\r\n" + b"a" * 5_000)
    assert Parser.held.bytes == 5_000
    channel.handle_close()
    assert Parser.held.bytes == 0


def test_what_is_sent_is_taken_in_large_pieces(connected: tuple[Channel, socket.socket]) -> None:
    """Others wait while it is taken in, for each piece a round."""
    channel, there = connected
    there.settimeout(1)
    with suppress(OSError):  # what the system does not hold
        there.sendall(b"POST /check HTTP/1.1\r\nContent-Length: 80000\r\n\r\n" + b"a" * 60_000)
    channel.handle_read()
    assert Parser.held.bytes > 20_000
    channel.handle_close()


def test_who_goes_away_while_he_is_told_to_go_on_holds_nobody_up() -> None:
    """100 Continue is sent with the lock on requests held."""
    server = SimpleNamespace(active_channels={}, adj=Adjustments())
    here, there = socket.socketpair()
    with here:
        channel = Channel(server, here, "", server.adj, map={})
        there.close()
        sending = threading.Thread(
            target=channel.received,
            args=(b"POST /check HTTP/1.1\r\nContent-Length: 8000\r\nExpect: 100-continue\r\n\r\nabc",),
            daemon=True,
        )
        sending.start()
        sending.join(5)
    assert (sending.is_alive(), Parser.held.bytes) == (False, 0)


def test_no_more_connections_are_held_than_files_may_be_open(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 4096))
    assert connections() == 1024 - SPARE_FILES
    monkeypatch.setattr(resource, "getrlimit", lambda _: (resource.RLIM_INFINITY,) * 2)
    assert connections() == CONNECTIONS
