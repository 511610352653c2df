"""The page for keepers: facts are put right, synonyms added, reports read."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from keepers import come_in, shown, title_of, word_in
from pages import FIRST, by_id, read, served, words

from app import create_app
from indexer.reviewing import Reviewed
from search.engines import Engine
from search.settings import Settings
from web.keeper import commands, documents, reports
from web.keeper.commands import Said


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """An index of its own, for files are put in."""
    return replace(served(tmp_path), keeper=True)


# --- corrections ---------------------------------------------------------------------------------------


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
    listed = documents.documents

    def slowly(engine: Engine) -> list[Reviewed]:
        go.wait(20)
        return listed(engine)

    monkeypatch.setattr(documents, "documents", slowly)
    monkeypatch.setattr(documents, "_PATIENCE", 0.1)
    client = come_in(create_app(own))
    assert "正在把各篇" in shown(client.get("/keeper/documents"))
    go.set()
    monkeypatch.setattr(documents, "_PATIENCE", 20.0)
    assert by_id(read(client.get("/keeper/documents")), "review")


def test_a_list_that_could_not_be_made_is_made_with_the_next_request(
    own: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: Engine) -> list[Reviewed]:
        raise MemoryError

    app = create_app(own)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = come_in(app)
    with monkeypatch.context() as patch:
        patch.setattr(documents, "documents", failing)
        assert client.get("/keeper/documents").status_code == 500
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
    page = shown(client.get("/keeper"))
    assert ("放入文件" in page, page.count("现在读不出来"), "还没有记录" in page) == (True, 2, False)
    told = shown(client.get("/keeper/reports"))
    assert ("现在读不出来" in told, "没有等着看的" in told) == (True, False)
    assert "没有收下" in shown(client.post(f"/doc/{FIRST}/report", data={"said": "错字"}), status=400)
