"""An index in a cluster answers as one of Whoosh does; what only a cluster can do wrong is told in a sentence."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from secrets import token_hex

import pytest
from click.testing import CliRunner
from conftest import CLUSTER, ROOT, document, emptied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import create_app
from indexer import pipeline
from indexer.__main__ import index
from search.__main__ import main as search_main
from search.documents.document import Document
from search.engines import Engine, Store, store_of
from search.errors import Busy, IndexUnusable
from search.matching.matches import Matches
from search.query.parsing import parse
from search.settings import Settings

pytest.importorskip("opensearchpy", reason="没有装 opensearch-py（requirements-opensearch.txt）")

from search.engines.opensearch.client import Address, Cluster

Pair = tuple[Engine, Engine]


@contextmanager
def both(folder: Path, documents: list[Document]) -> Iterator[Pair]:
    """Whoosh's engine and the cluster's on the same documents."""
    address = f"{CLUSTER}/test-{token_hex(6)}"
    stores = (store_of("whoosh", folder), store_of("opensearch", address))
    for store in stores:
        with store.writer(fresh=True) as writer:
            for one in documents:
                writer.add(one)
            writer.publish({})
    yield stores[0].open(), stores[1].open()
    emptied(address)


def told(matches: Matches) -> object:
    """Everything that is answered; points to the seventh place, as sums are made in another order."""
    ranked = [
        (m.id, m.kind, round(m.score, 7), m.occurrences, [(r.term, r.kind, r.title, r.body) for r in m.reasons])
        for m in matches.ranked
    ]
    best = [m.best and (m.best.number, m.best.held, m.best.near, m.best.headed) for m in matches.ranked[:50]]
    facets = {name: dict(values) for name, values in matches.facets.items()}
    return (
        matches.documents,
        matches.occurrences,
        matches.folded,
        matches.left_out,
        dict(matches.tiers),
        facets,
        ranked,
        best,
    )


def same(engines: Pair, typed: str, *, limit: int = 100, offset: int = 0, **options: object) -> None:
    whoosh, cluster = (one.find(parse(typed, **options), limit=limit, offset=offset) for one in engines)  # type: ignore[arg-type]
    assert told(cluster) == told(whoosh), (typed, options)


# --- the sample corpus ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Built by the indexer, as people do it."""
    address = f"{CLUSTER}/test-{token_hex(6)}"
    stores = (store_of("whoosh", tmp_path_factory.mktemp("corpus")), store_of("opensearch", address))
    for store in stores:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("indexer.pipeline.workers_for", lambda files: 0)
            pipeline.build([ROOT / "corpus"], store)
    yield stores[0].open(), stores[1].open()
    emptied(address)


def judged() -> list[str]:
    lines = (ROOT / "tests" / "relevance" / "queries.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[1] for line in lines if line.count("\t")]


@pytest.mark.cluster
def test_judged_questions_are_answered_alike(corpus: Pair) -> None:
    for typed in judged():
        same(corpus, typed)
        same(corpus, typed, sort="newest", filters=[("genre", "会议报道")])


@pytest.mark.cluster
@pytest.mark.parametrize(
    "typed",
    [
        "", "养", "养老 养老服务", "民政 政", "养老 -服务", "标题:(养老 OR 救助)", "同句:(养老 服务)",
        "同段:(低保 救助) -同句:(低保 救助)", "(低保 OR 养老) 服务", "养老服务 或 儿童福利 地区:湖北", "20次",
        "怎么申请低保", "高龄津贴是多少", "“民政工作”", "火星", "扶 “扶”",
    ],
)  # fmt: skip
def test_every_kind_of_question_is_answered_alike(corpus: Pair, typed: str) -> None:
    for sort in ("relevance", "newest", "oldest"):
        same(corpus, typed, sort=sort)
        same(corpus, typed, sort=sort, filters=[("year", "2023"), ("year", "2024")])
    same(corpus, typed, limit=5, offset=3)


@pytest.mark.cluster
def test_strings_of_any_length_drawn_from_documents_are_answered_alike(corpus: Pair) -> None:
    drawn = random.Random(7)
    everything = corpus[0].find(parse(""), limit=100, offset=0).ranked
    texts = [one.document.text.replace("\n", "") for one in corpus[0].fetch([m.id for m in everything]).values()]
    for length in (1, 2, 3, 5, 20, 60) * 5:
        begin = (text := drawn.choice(texts)) and drawn.randrange(max(1, len(text) - length))
        string = text[begin : begin + length]
        same(corpus, string)
        same(corpus, f"同句:({string[:3]} {text[begin + length :][:2]})")


@pytest.mark.cluster
def test_vocabulary_and_tables_are_those_of_whoosh(corpus: Pair) -> None:
    whoosh, cluster = (one.vocabulary() for one in corpus)
    assert (list(cluster.texts), list(cluster.documents)) == (list(whoosh.texts), list(whoosh.documents))


# --- invented documents in which everything overlaps ---------------------------------------------------

FEW, MORE = "民政养老，。", "民政养老服务福利彩票工作低保经济，。2a"


def invented(letters: str, seed: int) -> list[Document]:
    drawn = random.Random(seed)

    def piece(most: int) -> str:
        return "".join(drawn.choices(letters, k=drawn.randint(1, most)))

    documents = [
        document(
            f"{seed}-{n}",
            *([piece(20) for _ in range(drawn.randint(1, 3))] for _ in range(drawn.randint(1, 3))),
            title=piece(12),
            date=drawn.choice([None, "2023", "2024-02", "2024-02-18"]),
            region=drawn.choice("湘鄂"),
        )
        for n in range(drawn.choice([6, 90, 240]))
    ]
    # Every fifth has nearly the text of the one before it.
    for n in range(1, len(documents), 5):
        group = (documents[n - 1].id, documents[n].id)
        documents[n - 1 : n + 1] = [replace(one, near=group) for one in documents[n - 1 : n + 1]]
    return documents


@pytest.fixture(scope="module", params=[(FEW, 1), (FEW, 2), (MORE, 3), (MORE, 4)], ids=str)
def overlapping(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with both(tmp_path_factory.mktemp("index"), invented(*request.param)) as engines:
        yield engines


terms = st.text(alphabet=MORE[:-4], min_size=1, max_size=5)
questions = st.lists(
    st.one_of(
        terms,
        terms.map(lambda t: f"“{t}”"),
        terms.map(lambda t: f"-{t}"),
        st.sampled_from(["或", "(", ")", "同句:(", "同段:(", "标题:", "民政", "养老", "怎么养老"]),
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


FILTERS = ([], [("region", "湘")], [("-region", "湘")], [("year", "2023..2025"), ("-date", "2024-02..2025")])


@pytest.mark.cluster
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questions, st.sampled_from(["relevance", "newest", "oldest"]), st.sampled_from(FILTERS))
def test_generated_questions_are_answered_alike(
    overlapping: Pair, typed: str, sort: str, narrowed: list[tuple[str, str]]
) -> None:
    same(overlapping, typed, sort=sort, filters=narrowed)


@pytest.mark.cluster
def test_strange_characters_are_found_where_they_stand(tmp_path: Path) -> None:
    strange = ["甲\u3000乙", "丙\u2003丁", "戊\ue000己", "庚\ue010辛", "𠮷野家𠮷", "壬\U000f0020癸", "子\x1c丑"]
    with both(tmp_path, [document(f"{n}", one, "收尾。") for n, one in enumerate(strange)]) as engines:
        for one in strange:
            for typed in (f"“{one}”", one[0], one[-1], f"{one[0]} {one[-1]}"):
                same(engines, typed)


@pytest.mark.cluster
def test_by_time_a_page_is_whole_however_many_newer_scraps_there_are(tmp_path: Path) -> None:
    """The newest say it least often, so that no order by relevance brings them."""
    scraps = [document(f"错{n}", "关心因难群众。", date="2024") for n in range(65)]
    right = [document(f"对{n}", "关心困难群众。" * (80 - n), date=f"{1900 + n}") for n in range(70)]
    with both(tmp_path, [*scraps, *right]) as engines:
        for sort in ("newest", "oldest"):
            same(engines, "困难群众", limit=20, sort=sort)


# --- rounds and threads --------------------------------------------------------------------------------


@pytest.mark.cluster
def test_a_question_takes_two_rounds_and_one_the_second_time(corpus: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster = corpus[1]._cluster  # type: ignore[attr-defined]
    asked: list[int] = []
    searched = cluster.searched
    monkeypatch.setattr(cluster, "searched", lambda index, bodies: asked.append(len(bodies)) or searched(index, bodies))
    for typed in ("殡葬改革", "殡葬改革 婚姻登记", "怎么办理婚姻登记"):
        corpus[1].find(parse(typed), limit=10, offset=0)
        assert len(asked) <= 2, typed
        asked.clear()
        corpus[1].find(parse(typed, page=2), limit=10, offset=10)
        assert len(asked) == 1, typed
        asked.clear()
    corpus[1].find_each([parse(one) for one in ("慈善", "慈善 救助", "社会组织")], limit=10)
    assert len(asked) == 2


@pytest.mark.cluster
def test_threads_get_the_answers_to_their_own_questions(corpus: Pair) -> None:
    failed: list[str] = []

    def ask(typed: str) -> None:
        for _ in range(5):
            try:
                same(corpus, typed)
            except AssertionError:
                failed.append(typed)

    threads = [threading.Thread(target=ask, args=(typed,)) for typed in ("养老", "低保 救助", "儿童福利", "彩票")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


# --- what a cluster can do wrong -----------------------------------------------------------------------


@pytest.mark.parametrize("location", ["index", "http://", "http://host:9200", "http://host/Name", "ftp://host/name"])
def test_an_address_that_is_none_is_told(location: str) -> None:
    with pytest.raises(IndexUnusable, match="地址应写成"):
        store_of("opensearch", location)


def test_a_password_in_the_address_is_never_shown() -> None:
    assert store_of("opensearch", "https://root:geheim@host:9200/a").location == "https://host:9200/a"


@pytest.mark.parametrize("location", ["http://one:9200/a", "https://one:9200,two:9201,three:1/a-b"])
def test_an_address_is_shown_as_it_is_written(location: str) -> None:
    assert store_of("opensearch", location).location == location
    assert Address.of(location).hosts[-1].startswith(location.partition(":")[0])


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
        thread = threading.Thread(target=server.serve_forever)
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
    from opensearchpy import exceptions

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


@pytest.mark.parametrize("given", ["0", "601", "两秒", "nan"])
def test_a_limit_that_is_none_is_told(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHES_OPENSEARCH_SECONDS", given)
    with pytest.raises(IndexUnusable, match="SPEECHES_OPENSEARCH_SECONDS"):
        store_of("opensearch", f"http://127.0.0.1:1/limit{len(given)}").open()


@pytest.mark.cluster
def test_documents_are_counted_without_looking_at_any(corpus: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster, sizes = corpus[1]._cluster, list[int]()  # type: ignore[attr-defined]
    searched = cluster.searched

    def heard(index: str, bodies: list[dict[str, object]]) -> object:
        sizes.extend(int(str(body["size"])) for body in bodies)
        return searched(index, bodies)

    monkeypatch.setattr(cluster, "searched", heard)
    asked = [parse(one, filters=narrowed) for one in judged()[:40] for narrowed in ([], [("genre", "会议报道")])]
    sure = [one for one in asked if "怎" not in one.raw]
    assert corpus[1].count(asked) == corpus[0].count(asked)
    assert sizes.count(0) > len(sure)
    sizes.clear()
    corpus[1].count([parse("养老服务"), parse("养老服务 -火星", filters=[("year", "2024")]), parse("")])
    assert set(sizes) == {0}


@pytest.mark.cluster
def test_a_disk_that_is_nearly_full_ends_a_build_with_a_sentence(
    in_cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a cluster does at its flood stage: the index can be read, and deleted from, and no more."""
    monkeypatch.setattr("search.engines.opensearch.writer._WAIT", 0.01)
    store = store_of("opensearch", in_cluster)
    before = publish(store, "一")
    with pytest.raises(IndexUnusable, match="请检查集群的磁盘"), store.writer(fresh=False) as writer:
        with store._cluster.client() as client:  # type: ignore[attr-defined]
            blocked = {"index.blocks.read_only_allow_delete": True}
            client.indices.put_settings(index=writer.generation, body=blocked)  # type: ignore[attr-defined]
        writer.add(document("二", "养老服务。"))
        writer.publish({})
    assert (store.open().generation, store.open().documents) == (before, 1)


@pytest.mark.cluster
def test_an_index_of_another_program_is_left_alone(in_cluster: str) -> None:
    from opensearchpy import OpenSearch

    host, _, name = in_cluster.rpartition("/")
    client = OpenSearch(hosts=[host])
    client.indices.create(index=f"{name}-other", body={"aliases": {name: {}}})
    client.close()
    store = store_of("opensearch", in_cluster)
    for asked in (store.open, store.is_empty):
        with pytest.raises(IndexUnusable, match="别的程序"):
            asked()
    with pytest.raises(IndexUnusable, match="别的程序"), store.writer(fresh=True):
        pass


def publish(store: Store, *names: str, keep: bool = False) -> str:
    with store.writer(fresh=False) as writer:
        for name in names:
            writer.add(document(name, "养老服务。"))
        return writer.publish({"files": name}, keep=keep)


@pytest.mark.cluster
def test_the_generation_before_and_one_that_is_kept_stay(in_cluster: str) -> None:
    store = store_of("opensearch", in_cluster)
    first, second = publish(store, "一"), publish(store, "二", keep=True)
    third, fourth = publish(store, "三"), publish(store, "四")
    there = store_of("opensearch", in_cluster)._generations()  # type: ignore[attr-defined]
    assert sorted(there) == [first, third, fourth]
    assert second not in there
    assert store.open().documents == 4


@pytest.mark.cluster
def test_a_writer_that_died_is_followed_by_another(in_cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_of("opensearch", in_cluster)
    with store.writer(fresh=True):
        with pytest.raises(Busy, match="进程"), store.writer(fresh=True):
            pass
        monkeypatch.setattr("search.engines.opensearch.state._DEAD", -1)
        assert publish(store, "一") == store.open().generation


@pytest.mark.cluster
def test_a_batch_the_cluster_cannot_take_now_is_sent_again(in_cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_of("opensearch", in_cluster)
    cluster = store._cluster  # type: ignore[attr-defined]
    written, answers = cluster.written, [IndexUnusable("away"), [{"_id": "x", "status": 429, "error": "full"}]]

    def unwilling(body: str) -> list[dict[str, object]]:
        if not answers:
            return written(body)  # type: ignore[no-any-return]
        answer = answers.pop()
        if isinstance(answer, IndexUnusable):
            raise answer
        return [{**answer[0], "_id": body.split('"_id": "')[1].split('"')[0]}]

    monkeypatch.setattr(cluster, "written", unwilling)
    monkeypatch.setattr("search.engines.opensearch.writer._WAIT", 0.01)
    publish(store, "一")
    assert (answers, store.open().documents) == ([], 1)
