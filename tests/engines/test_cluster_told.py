"""What is wrong with a cluster, or with its address, is told in a sentence."""

from __future__ import annotations

import socket
import threading
from collections.abc import Generator, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from click.testing import CliRunner

from app import create_app
from indexer.commands import index
from search.__main__ import main as search_main
from search.engines import store_of
from search.errors import IndexUnusable
from search.settings import Settings

pytest.importorskip("opensearchpy", reason="没有装 opensearch-py（requirements-opensearch.txt）")

from opensearchpy import JSONSerializer, exceptions

from search.engines.opensearch.client import Address, Cluster
from search.engines.opensearch.engine import Manifest, OpenSearchEngine
from search.engines.opensearch.generations import Generations

NO_NAMES = ["Name", "_a", "-a", "a,b", "a" * 101]


@pytest.mark.parametrize(
    "location", ["index", "http://", "http://host:9200", "ftp://host/name", *(f"http://host/{one}" for one in NO_NAMES)]
)
def test_an_address_that_is_none_is_told(location: str) -> None:
    with pytest.raises(IndexUnusable, match="地址应写成"):
        store_of("opensearch", location)


def test_a_password_in_the_address_is_never_shown() -> None:
    assert store_of("opensearch", "https://root:geheim@host:9200/a").location == "https://host:9200/a"


@pytest.mark.parametrize("location", ["http://one:9200/a", "https://one:9200,two:9201,three:1/a-b"])
def test_an_address_is_shown_as_it_is_written(location: str) -> None:
    assert store_of("opensearch", location).location == location
    assert Address.of(location).hosts[-1].startswith(location.partition(":")[0])


@pytest.mark.parametrize("given", [{"a": [1, 2.5, None, True, '养老\n"“”\x00']}, {"半个": "\ud83d"}, "已是文字\n", []])
def test_a_request_is_written_as_the_client_itself_writes_it(given: object) -> None:
    by_itself, here = JSONSerializer(), Cluster(Address.of("http://host:9200/a")).serializer
    written = here.dumps(given)
    assert written == by_itself.dumps(given)
    assert isinstance(given, str) or here.loads(written) == by_itself.loads(written) == given


def test_an_answer_that_is_no_json_is_told() -> None:
    with pytest.raises(exceptions.SerializationError):
        Cluster(Address.of("http://host:9200/a")).serializer.loads("<html>")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_a_cluster_that_is_away_is_told_and_then_left_alone_for_a_while() -> None:
    store = store_of("opensearch", f"http://127.0.0.1:{free_port()}/away")
    for _ in range(2):
        with pytest.raises(IndexUnusable, match="连不上"):
            store.open()
    assert len(store.damages()) == 1 and "连不上" in store.damages()[0]


class Pretending(BaseHTTPRequestHandler):
    """Says of itself what the server is told to."""

    def do_GET(self) -> None:
        status, body = self.server.answer  # type: ignore[attr-defined]
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def pretending() -> Iterator[HTTPServer]:
    with HTTPServer(("127.0.0.1", 0), Pretending) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (200, b'{"version":{"number":"2.19.5","distribution":"opensearch"}}', "2.19.5，本程序需要 OpenSearch 3.6"),
        (200, b'{"version":{"number":"8.1.0"}}', "别的软件 8.1.0"),
        (401, b"<html>no</html>", "不接受用户名或密码"),
        (403, b"{}", "没有权限"),
        (200, b"{}", "不是 OpenSearch"),
        (200, b"<html>welcome</html>", "不是 OpenSearch"),
        (400, b"<html>plain HTTP request was sent to HTTPS port</html>", "http 还是 https"),
        (502, b"<html>bad gateway</html>", "连不上"),
    ],
)
def test_what_the_cluster_says_is_told_in_a_sentence(
    pretending: HTTPServer, status: int, body: bytes, sentence: str
) -> None:
    pretending.answer = (status, body)  # type: ignore[attr-defined]
    with pytest.raises(IndexUnusable, match=sentence):
        store_of("opensearch", f"http://127.0.0.1:{pretending.server_port}/a{status}{len(body)}").open()


@pytest.mark.parametrize("command", [["search", "养老"], ["indexer", "check"], ["indexer", "build", "--corpus=corpus"]])
def test_a_command_ends_with_the_sentence_and_1(pretending: HTTPServer, command: list[str]) -> None:
    pretending.answer = (200, b'{"version":{"number":"2.19.5","distribution":"opensearch"}}')  # type: ignore[attr-defined]
    location = f"http://127.0.0.1:{pretending.server_port}/b"
    main = search_main if command[0] == "search" else index
    result = CliRunner().invoke(main, [*command[1:], f"--index={location}"], env={"SPEECHES_ENGINE": "opensearch"})
    assert (result.exit_code, "请升级集群" in result.output) == (1, True), result.output


def test_a_page_is_refused_with_the_sentence_while_the_cluster_is_away() -> None:
    pages = create_app(Settings(engine="opensearch", index=f"http://127.0.0.1:{free_port()}/away")).test_client()
    for address in ("/search?q=养老", "/status", "/"):
        answer = pages.get(address)
        assert (answer.status_code, "连不上" in answer.get_data(as_text=True)) == (503, True), address


class Health:
    """A client that says how its cluster is."""

    def __init__(self, status: str) -> None:
        self.cluster, self._status = self, status

    def health(self, **_: object) -> dict[str, object]:
        return {"status": self._status, "unassigned_shards": 2, "initializing_shards": 1, "number_of_nodes": 3}


@pytest.mark.parametrize(("status", "told"), [("green", ""), ("yellow", "缺 3 份分片的副本"), ("red", "其中有主分片")])
def test_what_is_missing_of_a_cluster_is_told(status: str, told: str) -> None:
    store = store_of("opensearch", f"http://127.0.0.1:1/{status}")
    store._cluster.__dict__["_quick"] = Health(status)  # type: ignore[attr-defined]
    notices = store.notices()
    assert (len(notices), all(told in one for one in notices)) == (bool(told), True)


def test_one_request_that_fails_is_no_reason_to_refuse_the_next_but_silence_is(monkeypatch: pytest.MonkeyPatch) -> None:
    cluster, now, asked = Cluster(Address.of("http://host/a")), [100.0], list[float]()
    cluster.__dict__["_quick"] = object()
    monkeypatch.setattr("search.engines.opensearch.client.time.monotonic", lambda: now[0])

    def ask(fails: bool) -> None:
        with cluster.client():
            asked.append(now[0])
            if fails:
                raise exceptions.ConnectionTimeout("TIMEOUT", "", None)

    ask(False)
    for now[0] in (101.0, 102.0, 106.0, 106.5):  # the last is not tried
        with pytest.raises(IndexUnusable, match="连不上"):
            ask(True)
    assert asked == [100.0, 101.0, 102.0, 106.0]
    now[0] = 107.5
    ask(False)


def test_the_rounds_of_a_question_share_the_time_of_one_request_and_its_second_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SPEECHES_OPENSEARCH_SECONDS", raising=False)
    now, given = [100.0], list[float]()

    class Slow:
        def searched(self, index: str, bodies: list[object], *, within: float) -> list[object]:
            given.append(round(within, 3))
            now[0] += 2.4
            return bodies

    def rounds() -> Generator[list[object], list[object], str]:
        for _ in range(3):
            yield [{}]
        return "found"

    monkeypatch.setattr("search.engines.opensearch.engine.monotonic", lambda: now[0])
    engine = OpenSearchEngine(Slow(), "generation", Manifest("", 1, 1, 0.0, {}))  # type: ignore[arg-type]
    assert engine._shared([rounds()]) == ["found"]  # type: ignore[list-item]
    assert given == [2.4, 1.2, 0.1]


@pytest.mark.parametrize("given", ["0", "601", "两秒", "nan"])
def test_a_limit_that_is_none_is_told(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHES_OPENSEARCH_SECONDS", given)
    with pytest.raises(IndexUnusable, match="SPEECHES_OPENSEARCH_SECONDS"):
        store_of("opensearch", f"http://127.0.0.1:1/limit{len(given)}").open()


@pytest.mark.parametrize(
    ("setting", "given"),
    [("SHARDS", "三"), ("SHARDS", "0"), ("SHARDS", "9" * 5000), ("REPLICAS", "-1"), ("REPLICAS", "101")],
)
def test_copies_that_are_no_number_are_told(setting: str, given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Empty:
        def __getattr__(self, _: str) -> object:
            return self

        def __call__(self, **_: object) -> dict[str, object]:
            return {}

    monkeypatch.setenv(f"SPEECHES_OPENSEARCH_{setting}", given)
    cluster = Cluster(Address.of("http://host/a"))
    cluster.__dict__["_patient"] = Empty()
    with pytest.raises(IndexUnusable, match=f"SPEECHES_OPENSEARCH_{setting} 应是"):
        Generations(cluster).begin("a-g000001-00000000", None)
