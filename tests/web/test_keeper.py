"""The page for keepers: who comes in, what may be put in and what may not, and that nothing is lost where it fails."""

from __future__ import annotations

import errno
import io
import json
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pages import FIRST, by_id, read, served, words
from waitress.adjustments import Adjustments  # type: ignore[import-untyped]
from waitress.buffers import TempfileBasedBuffer  # type: ignore[import-untyped]
from werkzeug.test import TestResponse

from app import create_app
from indexer.reviewing import Reviewed
from search.engines import Engine
from search.settings import Settings
from web.keeper import commands, gate, journal, pages, received, reports
from web.keeper.commands import Said
from web.receiving import MAX_BODY, Held, Parser, refused_files

KEY = "一把够长的钥匙-0123456789"


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """An index of its own, for files are put in."""
    return replace(served(tmp_path), keeper=True)


@pytest.fixture
def locked(own: Settings, tmp_path: Path) -> Flask:
    (tmp_path / "key").write_text(f"{KEY}\n", encoding="utf-8")
    return create_app(replace(own, key=str(tmp_path / "key")))


def word_in(response: TestResponse) -> str:
    return str(read(response).select_one("input[name=word]")["value"])  # type: ignore[index]


def come_in(app: Flask, **given: str) -> FlaskClient:
    client = app.test_client()
    client.post("/keeper/enter", data={"name": "王某", **given})
    return client


def shown(response: TestResponse, *, status: int = 200) -> str:
    assert response.status_code == status
    return "".join(read(response).get_text().split())


PAGES = ("/keeper", "/keeper/documents", f"/keeper/documents/{FIRST}", "/keeper/synonyms", "/keeper/reports")
POSTED = ("/keeper/files", "/keeper/build", *PAGES[2:])


# --- who comes in --------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [*PAGES, "/keeper/files", "/keeper/build", "/keeper/leave", f"/doc/{FIRST}/report"])
def test_off_there_is_no_such_page(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404
    assert client.post("/keeper/enter", data={"name": "王某"}).status_code == 404
    assert "报告问题" not in client.get(f"/doc/{FIRST}").get_data(as_text=True)


@pytest.mark.parametrize("given", [{}, {"key": ""}, {"key": "不对"}, {"key": KEY[:-1]}, {"key": KEY[:-1] + "x"}])
def test_nobody_is_in_without_the_key(locked: Flask, given: dict[str, str]) -> None:
    client = come_in(locked, **given)
    for address in PAGES:
        response = client.get(address)
        assert (response.status_code, "更新索引</h2>" in response.get_data(as_text=True)) == (401, False)
        assert "Set-Cookie" not in response.headers
    for address in POSTED:
        assert client.post(address, data={"word": ""}).status_code == 403
    assert not locked.config["SPEECHES"].beside("keeper.jsonl").exists()


def test_with_the_key_one_is_in_by_a_cookie_that_no_script_reads(locked: Flask) -> None:
    client = locked.test_client()
    response = client.post("/keeper/enter", data={"name": "王某", "key": KEY})
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    page = client.get("/keeper")
    assert "退出（王某）" in shown(page)
    assert page.headers["Cache-Control"] == "no-store"
    client.post("/keeper/leave", data={"word": word_in(page)})
    assert client.get("/keeper").status_code == 401


def test_wrong_keys_are_tried_ten_times_a_minute_and_no_more(locked: Flask) -> None:
    inside = come_in(locked, key=KEY)
    for _ in range(12):
        come_in(locked, key="x" * 20)
    assert "一分钟" in shown(locked.test_client().post("/keeper/enter", data={"name": "王某", "key": KEY}), status=403)
    assert inside.get("/keeper").status_code == 200  # who is in stays in


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 20, b"a" * 2000, b"two\nlines of a key that is long"])
def test_a_file_that_holds_no_key_lets_nobody_in(locked: Flask, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    client = come_in(locked, key=content.decode("latin-1"))
    assert client.get("/keeper").status_code == 401
    (tmp_path / "key").unlink()
    assert come_in(locked, key="").get("/keeper").status_code == 401


def test_without_a_key_only_this_machine_comes_in(own: Settings) -> None:
    app = create_app(own)
    assert come_in(app).get("/keeper").status_code == 200
    foreign: list[dict[str, object]] = [
        {"environ_base": {"REMOTE_ADDR": "10.1.2.3"}},
        {"headers": {"X-Forwarded-For": "10.1.2.3"}},
        {"headers": {"Forwarded": "for=10.1.2.3"}},
        {"headers": {"X-Real-IP": "127.0.0.1"}},
        {"base_url": "http://jianghua.example.cn"},
    ]
    for given in foreign:
        client = app.test_client()
        assert client.get("/keeper", **given).status_code == 404  # type: ignore[arg-type]
        assert client.post("/keeper/enter", data={"name": "王某"}, **given).status_code == 404  # type: ignore[arg-type]
    for public in (replace(own, host="0.0.0.0"), replace(own, url="https://a.cn"), replace(own, hosts=("a.cn",))):
        assert create_app(public).test_client().get("/keeper").status_code == 404


def test_the_service_does_not_start_with_a_page_that_everybody_could_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHES_KEEPER", "1")
    with pytest.raises(ValueError, match="管理页就要有钥匙"):
        Settings.from_env(host="0.0.0.0")
    assert Settings.from_env().keeper


@pytest.mark.parametrize("address", POSTED)
@pytest.mark.parametrize("word", ["", "x", "of another"])
def test_what_another_page_sends_does_nothing(own: Settings, address: str, word: str) -> None:
    app = create_app(own)
    client, other = come_in(app), come_in(app)
    word = word_in(other.get("/keeper")) if word == "of another" else word
    assert "没有做任何改动" in shown(client.post(address, data={"word": word, "title": "假"}), status=403)
    assert not own.beside("keeper.jsonl").exists()


def test_no_other_page_lets_somebody_in_under_a_name_of_its_choice(own: Settings) -> None:
    client = create_app(own).test_client()
    for site in ("cross-site", "same-site"):
        given = client.post("/keeper/enter", data={"name": "假名"}, headers={"Sec-Fetch-Site": site})
        assert (given.status_code, "Set-Cookie" in given.headers) == (403, False)
    given = client.post("/keeper/enter", data={"name": "王某"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert given.status_code == 303


def test_a_session_ends_by_itself(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    client = come_in(create_app(own))
    monkeypatch.setattr(gate.time, "monotonic", lambda: 1e12)
    assert client.get("/keeper").status_code == 401


# --- files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("讲话.txt", "讲话.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\讲话\\甲.docx", "甲.docx"),
        (".隐藏.txt", "隐藏.txt"),
        ("甲\n\x00\u202e乙.txt", "甲乙.txt"),
        ('a<b>:"|?*.txt', "a_b______.txt"),
        ("长" * 300 + ".txt", "长" * 58 + ".txt"),
        ("..", ""),
        ("", ""),
        ("/", ""),
    ],
)
def test_a_name_is_made_safe(written: str, kept: str) -> None:
    assert received.safe(written) == kept


def take(corpus: Path, name: str, content: bytes) -> received.Received:
    return received.receive(corpus, name, io.BytesIO(content))


def test_nothing_is_written_over_and_nothing_twice(tmp_path: Path) -> None:
    first, again, other = take(tmp_path, "甲.txt", b"1"), take(tmp_path, "甲.txt", b"1"), take(tmp_path, "甲.txt", b"2")
    assert (first.kept, again.kept, other.kept) == ("甲.txt", "甲.txt", "甲 (2).txt")
    assert "一字不差" in again.told
    assert "甲 (2).txt" in other.told
    assert {one.name: one.read_bytes() for one in (tmp_path / "上传").iterdir()} == {"甲.txt": b"1", "甲 (2).txt": b"2"}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("表.xlsx", b"1", "电子表格"),
        ("程序.exe", b"1", "不认识 .exe"),
        ("空.txt", b"", "空文件"),
        ("sources.csv", b"1", "来源表"),
        ("..", b"1", "文件名"),
    ],
)
def test_what_is_not_taken_is_told_why(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    got = take(tmp_path, name, content)
    assert (got.kept, told in got.told) == ("", True)
    assert not (tmp_path / "上传").exists()


def test_a_full_disk_loses_nothing_that_was_there_and_leaves_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(tmp_path, "甲.txt", b"1")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    assert "没有收下：" in take(tmp_path, "乙.txt", b"2").told
    assert [one.name for one in (tmp_path / "上传").iterdir()] == ["甲.txt"]


def drop(client: FlaskClient, *files: tuple[bytes, str]) -> TestResponse:
    given = [(io.BytesIO(content), name) for content, name in files]
    data = {"word": word_in(client.get("/keeper")), "files": given}
    return client.post("/keeper/files", data=data, follow_redirects=True)


def test_files_are_taken_each_with_its_own_answer_and_it_is_written_down_who_did_it(own: Settings) -> None:
    client = come_in(create_app(own))
    page = drop(client, ("养老".encode(), "甲.txt"), (b"PK", "乙.xlsx"))
    told = words(by_id(read(page), "received")[0].select("li"))
    assert (told[0].startswith("甲.txt已收下"), told[1].startswith("乙.xlsx没有收下：这是电子表格")) == (True, True)
    (line,) = journal.read(own.beside("keeper.jsonl"), 10_000)
    assert (line["by"], line["what"], line["about"]) == ("王某", "放入文件", "甲.txt、乙.xlsx")
    assert (own.corpus[0] / "上传" / "甲.txt").read_bytes() == "养老".encode()


def test_a_thousand_files_at_once_are_refused_in_one_sentence(own: Settings) -> None:
    client = come_in(create_app(own))
    page = drop(client, *[(b"1", f"{number}.txt") for number in range(1000)])
    assert "一次最多300个文件" in shown(page, status=413)
    assert not (own.corpus[0] / "上传").exists()


def test_more_bytes_than_are_allowed_are_refused_in_one_sentence(
    own: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "MOST_BYTES", 300_000)
    client = come_in(create_app(own))
    assert "已收下" in shown(drop(client, (b"1" * 200_000, "大.txt")))
    assert "一个也没有收下" in shown(drop(client, (b"1" * 400_000, "更大.txt")), status=413)


def test_what_cannot_be_written_down_is_not_done(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    client = come_in(create_app(own))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(journal, "append", full)
    assert "没有做任何改动" in shown(drop(client, (b"1", "甲.txt")))
    assert not (own.corpus[0] / "上传").exists()
    word = word_in(client.get("/keeper"))
    assert "没有做任何改动" in shown(client.post("/keeper/build", data={"word": word}))
    answer = client.post(
        f"/keeper/documents/{FIRST}", data={"word": word, "title": "新", "was_title": title_of(client)}
    )
    assert "没有做任何改动" in shown(answer)


@pytest.mark.parametrize(
    ("damage", "told", "options"), [("gone", "还没有建立索引", ()), ("broken", "已损坏", ("--full",))]
)
def test_an_index_that_cannot_be_used_is_made_from_the_page(
    own: Settings, monkeypatch: pytest.MonkeyPatch, damage: str, told: str, options: tuple[str, ...]
) -> None:
    heard: list[tuple[str, ...]] = []
    monkeypatch.setattr(commands.Updates, "begin", lambda _, *given: heard.append(given) or True)
    for generation in Path(own.index).glob("g*"):
        shutil.rmtree(generation) if damage == "gone" else (generation / "manifest.json").write_text("no")
    if damage == "gone":
        (Path(own.index) / "CURRENT").unlink()
    client = come_in(create_app(own))
    page = client.get("/keeper")
    assert told in shown(page)
    form = by_id(read(page), "build")[0].find_parent("form")
    assert form is not None
    fields = {str(one["name"]): str(one["value"]) for one in form.select("input")}
    client.post("/keeper/build", data=fields)
    assert heard == [options]


# --- corrections ---------------------------------------------------------------------------------------


def title_of(client: FlaskClient) -> str:
    return str(read(client.get(f"/keeper/documents/{FIRST}")).select_one("#f-title")["value"])  # type: ignore[index]


def ran(monkeypatch: pytest.MonkeyPatch, said: Said) -> list[tuple[str, ...]]:
    """What is run, which is only noted."""
    heard: list[tuple[str, ...]] = []

    def run(_: Settings, *arguments: str) -> Said:
        heard.append(arguments)
        return said

    monkeypatch.setattr(commands, "run", run)
    return heard


def test_only_what_was_changed_is_asked_for(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = ran(monkeypatch, Said(True, ("已记下。",)))
    client = come_in(create_app(own))
    form = {"word": word_in(client.get("/keeper")), "title": "--unset=\n新题", "was_title": title_of(client)}
    form |= {"date": "2024-03-05", "was_date": "2024-03-05"}
    page = client.post(f"/keeper/documents/{FIRST}", data=form, follow_redirects=True)
    assert "已记下" in shown(page)
    assert "已记下" not in shown(client.get(f"/keeper/documents/{FIRST}"))
    place = "湖北/养老服务推进会.txt#1"
    assert heard == [("correct", "--by=王某", "--set=title=--unset= 新题", "--", place)]


def test_two_keepers_at_once_do_not_undo_each_other(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = ran(monkeypatch, Said(True, ()))
    client = come_in(create_app(own))
    form = {"word": word_in(client.get("/keeper")), "title": "我的", "was_title": "从前的"}
    assert "别人已经把标题改成" in shown(client.post(f"/keeper/documents/{FIRST}", data=form))
    assert heard == []


def test_what_the_command_refuses_is_shown_and_what_was_typed_stays(
    own: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(monkeypatch, Said(False, ("错误：日期不对",)))
    client = come_in(create_app(own))
    form = {"word": word_in(client.get("/keeper")), "date": "去年", "was_date": "2024-03-05"}
    page = client.post(f"/keeper/documents/{FIRST}", data=form)
    assert "日期不对" in shown(page)
    assert read(page).select_one("#f-date")["value"] == "去年"  # type: ignore[index]


def test_the_documents_with_doubts_stand_first(own: Settings) -> None:
    client = come_in(create_app(own))
    listed = words(by_id(read(client.get("/keeper/documents")), "review")[0].select("li"))
    assert "养老服务工作推进会" in listed[0]
    assert len(words(by_id(read(client.get("/keeper/documents?all=1&page=99")), "review")[0].select("li"))) == 3


def test_a_list_that_takes_long_is_made_beside_the_request(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()
    listed = pages.documents

    def slowly(engine: Engine) -> list[Reviewed]:
        go.wait(20)
        return listed(engine)

    monkeypatch.setattr(pages, "documents", slowly)
    monkeypatch.setattr(pages, "_PATIENCE", 0.1)
    client = come_in(create_app(own))
    assert "正在把各篇" in shown(client.get("/keeper/documents"))
    go.set()
    monkeypatch.setattr(pages, "_PATIENCE", 20.0)
    assert by_id(read(client.get("/keeper/documents")), "review")


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        (Said(True, ("养老院 2→3 篇",)), True),
        (Said(True, ("已经是同义词，不必再加。",)), False),
        (Said(False, ("错误：没有索引",)), False),
        (Said(True, ("还没有做完",), going=True), False),
    ],
)
def test_a_pair_is_added_only_after_one_has_seen_what_it_changes(
    own: Settings, monkeypatch: pytest.MonkeyPatch, said: Said, offered: bool
) -> None:
    heard = ran(monkeypatch, said)
    page = come_in(create_app(own)).get("/keeper/synonyms?term=养老院&synonym=敬老堂&kind=旧称&both=0")
    assert (said.lines[0] in page.get_data(as_text=True), bool(by_id(read(page), "add-button"))) == (True, offered)
    assert heard == [("synonyms", "preview", "--kind=旧称", "--one-way", "--", "养老院", "敬老堂")]


@pytest.mark.parametrize(
    "asked", ["term=养老院&synonym=养老院", "term=养老院&synonym=x y", "term=养老院&synonym=敬老堂&kind=亲戚"]
)
def test_a_pair_that_cannot_be_is_told_before_anything_runs(
    own: Settings, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    heard = ran(monkeypatch, Said(True, ()))
    page = read(come_in(create_app(own)).get(f"/keeper/synonyms?term=养老院&{asked}"))
    assert (len(by_id(page, "problem")), heard) == (1, [])


# --- reports -------------------------------------------------------------------------------------------


def test_a_report_needs_no_name_keeps_no_address_and_hides_numbers(own: Settings) -> None:
    app = create_app(own)
    page = app.test_client().post(f"/doc/{FIRST}/report", data={"said": "日期不对，请打 13912345678"})
    assert "已转给管理人员" in shown(page)
    (line,) = [json.loads(one) for one in own.beside("reports.jsonl").read_text(encoding="utf-8").splitlines()]
    assert set(line) == {"number", "day", "id", "title", "said"}
    assert line["said"] == "日期不对，请打 139****5678"
    keeper = come_in(app)
    page = keeper.get("/keeper/reports")
    assert "139****5678" in shown(page)
    keeper.post("/keeper/reports", data={"word": word_in(page), "number": line["number"]})
    assert own.beside("reports.jsonl").read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("said", ["", "  \n ", "长" * 501])
def test_an_empty_or_endless_report_is_refused(own: Settings, said: str) -> None:
    client = create_app(own).test_client()
    assert "最多500字" in shown(client.post(f"/doc/{FIRST}/report", data={"said": said}), status=400)
    assert not own.beside("reports.jsonl").exists()


def test_there_are_never_more_reports_than_somebody_can_read(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "A_DAY", 3)
    client = create_app(own).test_client()
    told = [client.post(f"/doc/{FIRST}/report", data={"said": "错字"}) for _ in range(4)]
    assert "没有收下" in shown(told.pop(), status=400)
    assert ["已转给" in shown(one) for one in told] == [True] * 3
    assert len(reports.waiting(own.beside("reports.jsonl"))) == 3


def test_a_damaged_file_of_reports_is_read_as_far_as_it_goes(own: Settings) -> None:
    own.beside("reports.jsonl").write_bytes(b'\xff{"number"\n[1]\n{"number": 1}\n')
    assert "没有等着看的" in shown(come_in(create_app(own)).get("/keeper/reports"))


def test_files_that_cannot_be_read_leave_the_rest_of_the_page(own: Settings) -> None:
    for name in ("reports.jsonl", "keeper.jsonl"):
        own.beside(name).mkdir()
    client = come_in(create_app(own))
    assert "放入文件" in shown(client.get("/keeper"))
    assert "没有等着看的" in shown(client.get("/keeper/reports"))
    assert "没有收下" in shown(client.post(f"/doc/{FIRST}/report", data={"said": "错字"}), status=400)


# --- over the network ----------------------------------------------------------------------------------


def begun(sessions: gate.Sessions | None, token: str, size: int) -> Parser:
    """A request that puts in files, as far as its head."""
    parser = type("Own", (Parser,), {"keepers": sessions, "held": Held()})(Adjustments(max_request_body_size=MAX_BODY))
    head = f"POST /keeper/files HTTP/1.1\r\nHost: a\r\nCookie: a=b; keeper={token}\r\nContent-Length: {size}\r\n\r\n"
    parser.received(head.encode())
    return parser


def test_two_gigabytes_are_let_by_and_not_held_so_that_the_keeper_reads_why() -> None:
    sessions = gate.Sessions()
    parser = begun(sessions, sessions.begin("王某"), 2_000_000_000)
    assert (type(parser.error).__name__, parser.completed, parser.let_by) == (
        "RequestEntityTooLarge",
        False,
        2_000_000_000,
    )
    for _ in range(2000):
        parser.received(b"1" * 1_000_000)
    assert (parser.completed, parser.held.bytes) == (True, 0)


def test_what_a_keeper_puts_in_goes_to_the_disk_and_takes_nothing_of_what_readers_have() -> None:
    sessions = gate.Sessions()
    parser = begun(sessions, sessions.begin("王某"), 50_000_000)
    for _ in range(50):
        parser.received(b"1" * 1_000_000)
    assert (parser.error, parser.completed, parser.held.bytes) == (None, True, 0)
    assert isinstance(parser.body_rcv.getbuf().buf, TempfileBasedBuffer)  # type: ignore[union-attr]
    parser.close()


@pytest.mark.parametrize("token", ["", "x" * 43])
def test_nobody_else_fills_the_disk(token: str) -> None:
    parser = begun(gate.Sessions(), token, 50_000_001)
    assert (type(parser.error).__name__, parser.completed, parser.on_disk) == ("RequestEntityTooLarge", True, False)
    assert refused_files(parser) is gate.NOT_IN
    assert not begun(None, "x" * 43, 5).on_disk
    assert refused_files(begun(None, "x" * 43, 50_000_001)) is None
