"""The benchmarks measure what they say: the same corpora in every run, right totals of the peers, honest tables."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import pytest
from click import ClickException
from click.testing import CliRunner

from bench import cluster_growth, floors, guards, indexing_growth, load, opening, report, typing_speed
from bench import service as serving
from bench.cluster import Timed
from bench.corpora import _samples, articles, prepare, records
from bench.indexing import made as make_pages
from bench.indexing_growth import Build, Process, Size, build, side_by_side
from bench.load import Readers
from bench.peers import Fts5, Stock
from bench.questions import KINDS, Question, Record, draw, literals
from bench.report import Page, Range, Table, figure, percentile

T = TypeVar("T")

THREE = tuple(
    Record(name, title, date, region, "讲话稿", (body,), tuple(words.split()))
    for name, title, date, region, body, words in (
        ("a", "养老", "2023-01-01", "湖北", "发展养老服务。", "养老 发展 养老 服务 养老服务"),
        ("b", "救助", "2024-01-01", "湖北", "救助服务要养老。", "救助 救助 服务 要 养老"),
        ("c", "福彩", "2024-01-01", "江苏", "福利彩票。", "福彩 福利 彩票 福利彩票"),
    )
)


DOCUMENTS = 200  # as few as have words of every frequency


@pytest.fixture(scope="module")
def made() -> list[Record]:
    return records(DOCUMENTS, "sample")


def test_a_corpus_is_the_same_in_every_run_and_has_as_many_documents_as_asked_for(made: list[Record]) -> None:
    again = records(DOCUMENTS, "sample")
    assert [one.id for one in again] == [one.id for one in made]
    assert [one.text for one in again] == [one.text for one in made]
    assert len({one.id for one in made}) == DOCUMENTS


def test_what_is_put_together_has_the_shapes_and_the_characters_of_the_samples(made: list[Record]) -> None:
    samples = list(articles(len(_samples()), "sample"))
    shapes = {(len(one.paragraphs), one.date) for one in samples}
    characters = {char for one in samples for char in "".join((one.title, *one.paragraphs))}
    assert {(len(one.paragraphs), one.date) for one in made[len(samples) :]} <= shapes
    assert {char for one in made for char in one.text} - {"\n"} == characters


def test_questions_are_of_every_kind_and_those_that_should_have_an_answer_have_one(made: list[Record]) -> None:
    drawn = draw(made, each=3)
    assert {one.kind for one in drawn} == set(KINDS)
    assert drawn == draw(made, each=3)
    for one in drawn:
        if one.kind in ("rare", "mid", "common", "and"):
            assert any(set(one.words) <= set(record.words) for record in made), one
        if one.kind == "phrase":
            assert any("".join(one.words) in record.text for record in made), one


def test_a_quoted_string_of_every_length_stands_in_some_document(made: list[Record]) -> None:
    drawn = literals(made, each=2)
    assert {len(one.words[0]) for one in drawn} == set(range(2, 31))
    assert [one for one in drawn if not any(one.words[0] in record.text for record in made)] == []


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        (Question("rare", "养老", ("养老",)), {"a", "b"}),
        (Question("and", "养老 救助", ("养老", "救助")), {"b"}),
        (Question("or", "发展 OR 彩票", ("发展", "彩票")), {"a", "c"}),
        (Question("filter", "养老 年份:2024", ("养老",), year="2024"), {"b"}),
        (Question("without", "服务 -救助", ("服务",), without="救助"), {"a"}),
        (Question("phrase", "“救助服务”", ("救助", "服务")), {"b"}),
    ],
    ids=lambda value: value.kind if isinstance(value, Question) else "",
)
def test_a_peer_is_asked_what_the_question_says(question: Question, ids: set[str], tmp_path: Path) -> None:
    peer = Fts5(tmp_path)
    peer.build(THREE)
    peer.open()
    answer = peer.ask(question)
    assert (set(answer.ids), answer.total) == (ids, len(ids))
    assert answer.facets["region"] == {name: n for name in ("湖北", "江苏") if (n := _of(name, ids))}


def _of(region: str, ids: set[str]) -> int:
    return sum(one.region == region for one in THREE if one.id in ids)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_stock_recipe_finds_words_and_no_quoted_phrase(tmp_path: Path) -> None:
    stock = Stock(tmp_path, cards=True)
    stock.build(THREE)
    stock.open()
    assert stock.ask(Question("and", "养老 救助", ("养老", "救助"))).ids == ("b",)
    assert stock.ask(Question("phrase", "“救助服务”", ("救助", "服务"))).total == 0


def test_a_percentile_is_the_smallest_value_that_its_share_does_not_exceed() -> None:
    assert [percentile([4, 1, 3, 2], share) for share in (0.25, 0.5, 0.95, 1)] == [1, 2, 4, 4]


@pytest.mark.parametrize(
    ("value", "said"), [(0.0434, "0.0434"), (1.268, "1.27"), (83.42, "83.4"), (1204.4, "1,204"), (0, "0")]
)
def test_a_figure_has_three_digits_that_mean_something(value: float, said: str) -> None:
    assert figure(value) == said


def test_a_ratio_below_its_floor_is_named_and_so_is_one_without_a_floor(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    file.write_text(json.dumps({"fts5 p50": 0.5, "stock p95": 2}), encoding="utf-8")
    assert floors.below({"fts5 p50": 0.5, "stock p95": 1.9, "stock p50": 3}, file) == [
        "stock p50 没有底线；请用 --pin 补上",
        "stock p95：1.900 倍，低于底线 2.000",
    ]


@pytest.mark.parametrize(
    ("rounds", "measured", "said"),
    [
        ([1.0], 1.0, []),
        ([3.0, 1.4, 9.0], 1.4, []),  # the third round is not needed
        ([3.0, 1.6, 1.0], 1.0, []),
        ([3.0, 2.0, 2.5], 2.0, ["home p50：1.500 倍，低于底线 2.000"]),
    ],
)
def test_what_a_busy_machine_made_slow_is_measured_again_and_what_is_slow_falls_below(
    tmp_path: Path, rounds: list[float], measured: float, said: list[str]
) -> None:
    def ratio(milliseconds: float) -> dict[str, float]:
        return {"home p50": 3 / milliseconds}

    file = tmp_path / "floors.json"
    file.write_text(json.dumps({"home p50": 2}), encoding="utf-8")
    assert floors.held(iter(rounds).__next__, min, ratio, file, pins=False) == (measured, said)


def test_floors_are_pinned_at_half_of_the_first_round(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    assert floors.held(iter([3.0]).__next__, min, lambda taken: {"home p50": 3 / taken}, file, pins=True) == (3.0, [])
    assert json.loads(file.read_text(encoding="utf-8")) == {"home p50": 0.5}


def test_of_two_rounds_of_pages_the_smaller_time_of_each_counts() -> None:
    one = opening.Opening(results=(10.0, 12.0), pages={"home": (1.0, 5.0)}, cards=(3.0,), bytes=(1,))
    other = opening.Opening(results=(11.0, 11.0), pages={"home": (2.0, 2.0)}, cards=(2.0,), bytes=(1,))
    assert opening.least(one, other) == opening.Opening((10.0, 11.0), {"home": (1.0, 2.0)}, (2.0,), (1,))


def test_every_page_is_held_to_a_results_page_of_the_same_run() -> None:
    times = {"opened": (20.0, 24.0, 120.0), "home": (1.0, 1.0, 1.0)}
    done = opening.Opening(results=(10.0, 12.0, 30.0), pages=times, cards=(3.0, 1.0, 2.0), bytes=(1, 1, 1))
    assert done.ratios() == {"opened p50": 0.5, "opened p95": 0.25, "home p50": 12.0, "home p95": 30.0}
    assert opening.opening_page(done).goals == {
        "opened_p50": 2.0,
        "opened_p95": 4.0,
        "opened_ms_p50": 24.0,
        "opened_ms_p95": 120.0,
        "cards_of_long": 2.0,
    }
    assert "cards_of_long" not in opening.opening_page(replace(done, cards=())).goals
    held = Path(opening.__file__).with_name("pages_floors.json")
    least = json.loads(held.read_text(encoding="utf-8"))
    assert least["opened p50"] >= 1 / 1.25 and least["opened p95"] >= 1 / 1.5  # its goals
    below = floors.below(done.ratios(), held)
    assert [one for one in below if one.startswith(("opened", "home"))] == [
        f"opened p50：0.500 倍，低于底线 {least['opened p50']:.3f}",
        f"opened p95：0.250 倍，低于底线 {least['opened p95']:.3f}",
    ]


def test_every_page_that_is_measured_has_a_floor() -> None:
    least = json.loads(Path(opening.__file__).with_name("pages_floors.json").read_text(encoding="utf-8"))
    assert {name.split()[0] for name in least} == {"opened", *opening._OTHERS}


def test_processes_after_one_another_are_waited_for_one_after_the_other() -> None:
    parent, ready = (
        Process(0, 30, 3),
        Process(0.1, 30, 0.5, works=False),
    )  # it makes others ready, and is there all the time
    reading, writing = (Process(1, 20, 12), Process(1, 19, 13)), (Process(21, 29, 4), Process(21, 28, 5))
    built = Build(30, parent, (ready, *reading, *writing))
    assert (built.longest, built.cpu) == (13 + 5, 3 + 0.5 + 12 + 13 + 4 + 5)
    assert Build(30, Process(0, 30, 20), reading).longest == 20  # nothing is done before the command itself is


def test_a_build_that_is_told_of_more_cores_reads_with_more_processes(tmp_path: Path) -> None:
    make_pages(tmp_path, Path("no such pages"), 61)  # a process for each thirty files
    groups = [side_by_side(build(tmp_path, tmp_path.with_name(f"index-{n}"), n).others)[0] for n in (1, 3)]
    assert [len(group) for group in groups] == [1, 3]


def test_what_a_document_more_costs_the_parent_is_told_without_its_start() -> None:
    few, many = (Build(wall, Process(0, wall, cpu), ()) for wall, cpu in ((5, 2.0), (12, 5.0)))
    sizes = (Size(6_000, few, (1.5, 1.2)), Size(16_000, many, (2.0, 1.8)))
    page = indexing_growth.described(sizes, (Build(9, Process(0, 9, 8), ()), few), "python bench/indexing_growth.py")
    assert page.goals == {"parent_each": 0.3, "cores_longest": 4.0, "adding_ten": 1.2, "adding_ten_to_many": 1.8}


def test_the_goals_table_says_what_is_reached_what_is_not_and_what_nobody_measured(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(f"前\n{report._BEGIN}\n旧\n{report._END}\n后\n", encoding="utf-8")
    report.write(
        Page(
            name="searching",
            title="检索",
            command="python bench/searching.py",
            facts={"篇数": "300"},
            tables=(Table("表", ("引擎", "p50"), (("本引擎", "1"),)),),
            picture=("毫秒", (Range("本引擎", 0.5, 20, own=True), Range("另一个", 1, 1))),
            raw={},
            goals={"tantivy_p95": 1.2, "stock_p95": 7},
        ),
        tmp_path,
    )
    written = (tmp_path / "README.md").read_text(encoding="utf-8")
    rows = [line.split(" | ")[1:] for line in written.splitlines() if line.startswith("| ")][1:]
    assert written.startswith("前\n") and written.endswith("\n后\n") and "旧" not in written
    assert rows[0] == ["≤ 3.2 倍", "[1.20 倍](searching.md)", "是", "300 |"]
    assert rows[1] == ["≥ 50 倍", "[7.00 倍](searching.md)", "**否**", "300 |"]
    assert rows[2] == ["≥ 50 倍", "未测", "", " |"]
    assert len(rows) == len(report.GOALS)


async def _answered(tags: bool) -> list[int]:
    """Asks the same address twice of a service that knows one page and its tag."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(2):
            seen = b'If-None-Match: "one"' in await reader.readuntil(b"\r\n\r\n")
            status = b"304 Not Modified" if seen else b"200 OK"
            body = b"" if seen else "养老".encode()
            head = b'HTTP/1.1 %s\r\nETag: "one"\r\nContent-Length: %d\r\n\r\n' % (status, len(body))
            writer.write(head + body)
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as service:
        readers = Readers(service.sockets[0].getsockname()[1])
        statuses = [await readers.get("/search?q=a", tagged=tags) for _ in range(2)]
        assert len(readers.idle) == 1  # the second request went over the connection of the first
        await readers.leave()
        return statuses


def ran(work: Coroutine[object, object, T]) -> T:
    """In a thread of its own: a browser that other tests have open keeps a loop running in this one."""
    with ThreadPoolExecutor() as pool:
        return pool.submit(asyncio.run, work).result()


@pytest.mark.parametrize(("tags", "statuses"), [(False, [200, 200]), (True, [200, 304])])
def test_readers_keep_their_connection_and_with_a_browser_s_cache_the_tag(tags: bool, statuses: list[int]) -> None:
    assert ran(_answered(tags)) == statuses


async def _looked(status: bytes) -> list[float]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % status)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as service:
        took: list[float] = []
        readers = load.Readers(service.sockets[0].getsockname()[1])
        await asyncio.wait([asyncio.create_task(load._look(readers, took))], timeout=0.2)
        return took


async def _at_once(seconds: float) -> tuple[list[str], load.Answers]:
    """What a service was asked that says no to every third, and what its readers saw."""
    asked: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                asked.append(head.split()[1].decode("ascii"))
                status = b"200 OK" if len(asked) % 3 else b"503 Service Unavailable"
                writer.write(b"HTTP/1.1 %s\r\nContent-Length: 0\r\n\r\n" % status)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as service:
        port = service.sockets[0].getsockname()[1]
        return asked, await load._again_and_again(port, map("/{}".format, itertools.count()), seconds)


def test_readers_who_ask_at_once_count_each_answer_and_what_was_none() -> None:
    asked, found = ran(_at_once(0.3))
    assert asked == [f"/{number}" for number in range(len(asked))]
    assert len(asked) > load._READERS
    assert [status for _, status in found].count(503) == len(asked) // 3
    most = load.Most("", 2.0, tuple(took for took, _ in found), len(asked) // 3)
    assert most.rate == (len(asked) - len(asked) // 3) / 2


def test_readers_ask_for_every_kind_of_page(tmp_path: Path) -> None:
    corpus = prepare(DOCUMENTS, "sample", tmp_path, questions=3)
    asked = list(itertools.islice(load.addresses(corpus, distinct=False), 400))
    assert {urlsplit(one).path.split("/")[1] for one in asked} == {"search", "api", "doc", "search.csv"}


@pytest.mark.parametrize(("status", "well"), [(b"200 OK", True), (b"503 Service Unavailable", False)])
def test_a_service_that_says_it_is_not_well_counts_as_never_answering(status: bytes, well: bool) -> None:
    (took,) = ran(_looked(status))
    assert (took < 1_000) == well


def test_a_service_that_is_not_there_counts_as_not_answered() -> None:
    assert ran(Readers(1).get("/search", tagged=False)) == 0


def test_a_server_that_ends_before_it_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_PATIENCE", float("inf"))
    with (
        pytest.raises(ClickException, match="单独运行它，看它说什么") as said,
        serving._running(lambda port: ["-c", "0"]),
    ):
        pytest.fail("it does not answer")
    assert said.value.message.endswith(f"{sys.executable} -c 0")


@pytest.mark.parametrize("guard", guards.GUARDS, ids=lambda guard: guard.name)
def test_a_guard_that_is_taken_out_to_try_its_proof_stands_where_it_is_looked_for(guard: guards.Guard) -> None:
    assert (guards.ROOT / guard.file).read_text(encoding="utf-8").count(guard.text) == 1
    assert all((guards.ROOT / one).exists() for one in guard.proof.split(" -k ")[0].split())


def test_typing_is_measured_on_a_vocabulary_of_any_size() -> None:
    told = CliRunner().invoke(typing_speed.main, ["200"], catch_exceptions=False)
    assert [line.partition(":")[0] for line in told.output.splitlines()] == [
        "made",
        "read",
        "made again, all known",
        "suggest",
        "candidates for a correction",
    ]


def test_the_page_of_a_cluster_tells_what_each_size_took_and_how_much_of_it_was_its_own() -> None:
    quick, slow = [Timed(8.5, 3, 1, 900), Timed(20.0, 12, 2, 900)], [Timed(9.0, 3, 1, 900), Timed(31.0, 25, 2, 900)]
    found = [
        cluster_growth.Measured(nodes, documents, 30.0, 35_840, first, quick, 91.3)
        for nodes, first in ((1, quick), (3, slow))
        for documents in (1_250, 20_000)
    ]
    page = cluster_growth.described(found, {"篇数": "20,000"}, "python bench/cluster_growth.py")
    assert page.goals == {"cluster_beside": 6.0, "cluster_indexing": 40_000.0}
    assert page.tables[0].rows[-1] == (
        "3 个节点，20,000 篇", "40,000", "35.0", "9.00 / 31.0", "3.00 / 25.0", "6.00 / 6.00",
        "8.50 / 20.0", "5.50 / 8.00", "91.3",
    )  # fmt: skip
    assert [*page.raw] == [row[0] for row in page.tables[0].rows]
    assert page.raw["3 个节点，20,000 篇"] == {
        "seconds": 30.0, "bytes": 35_840, "answered": 91.3,
        "first": [[9.0, 3], [31.0, 25]], "again": [[8.5, 3], [20.0, 12]],
    }  # fmt: skip
