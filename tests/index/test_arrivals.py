"""When documents came into the index: kept run by run, shown on the home page and in the feed of a search."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from conftest import document
from memory_engine import MemoryEngine
from pages import by_id, read, words

from app import create_app
from indexer.commands import index as command
from search.engines import store_of
from search.index import arrivals
from search.index.arrivals import Arrival, with_run
from search.query.parsing import parse
from search.results.arrived import SHOWN, arrived, feed
from search.settings import Settings

MONDAY, TUESDAY = datetime(2026, 11, 23, 9, 5), datetime(2026, 11, 24, 10, 0)
ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_run_adds_what_was_never_there_and_forgets_what_is_gone() -> None:
    first = with_run((), ["a", "b", "c"], {"a", "b", "c"}, {}, MONDAY)
    assert first == (Arrival("2026-11-23T09:05", 3, ("a", "b", "c")),)
    # b was corrected and is B now, c is gone, d came
    second = with_run(first, ["B", "d"], {"a", "B", "d"}, {"b": "B"}, TUESDAY)
    assert second == (Arrival("2026-11-24T10:00", 1, ("d",)), Arrival("2026-11-23T09:05", 2, ("a", "B")))
    assert with_run(second, [], {"a"}, {}, TUESDAY) == (Arrival("2026-11-23T09:05", 1, ("a",)),)
    assert arrivals.loads(arrivals.dumps(second)) == second


def test_no_more_than_the_latest_are_named_and_all_are_counted() -> None:
    many = [str(number) for number in range(5_000)]
    first = with_run((), many, set(many), {}, MONDAY)
    assert (first[0].count, len(first[0].ids)) == (5_000, 2_000)
    second = with_run(first, ["x"], {*many, "x"}, {}, TUESDAY)
    assert [(run.count, len(run.ids)) for run in second] == [(1, 1), (5_000, 1_999)]


def test_what_was_kept_and_cannot_be_read_is_none() -> None:
    for broken in (
        None,
        "",
        "{",
        "[1]",
        '[{"at": 1}]',
        '[{"at": "x", "count": 1, "ids": []}]',
        '[{"at": "2026-11-23T09:05", "count": 1, "ids": 3}]',
    ):
        assert arrivals.loads(broken) == ()


def built(corpus: Path, folder: Path, *options: str) -> None:
    done = CliRunner().invoke(command, ["build", f"--corpus={corpus}", f"--index={folder}", *options])
    assert done.exit_code == 0, done.output


def test_a_build_keeps_when_each_text_came_and_the_pages_say_it(tmp_path: Path) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "新.txt").write_text("全市养老服务会议\n2024年3月1日\n会议要求办好养老服务。", encoding="utf-8")
    built(corpus, folder)
    (corpus / "旧.txt").write_text("全县养老服务会议\n2019年3月1日\n会议要求建好养老服务机构。", encoding="utf-8")
    built(corpus, folder)
    built(corpus, folder, "--full")  # brings nothing that was not there
    runs = arrivals.loads(store_of("whoosh", folder).open().note(arrivals.NOTE))
    assert [(run.count, len(run.ids)) for run in runs] == [(1, 1), (1, 1)]
    client = create_app(Settings(index=folder)).test_client()
    shown = by_id(read(client.get("/")), "arrived")[0]
    assert words(shown.select("li a")) == ["全县养老服务会议", "全市养老服务会议"]
    assert [str(head["data-count"]) for head in shown.select("h3")] == ["1", "1"]


def test_the_home_page_asks_for_what_came_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [document(name, "养老服务。", title=name) for name in "甲乙丙"]
    runs = [Arrival(f"2026-11-2{day}T09:05", 1, (one.id,)) for day, one in enumerate(documents)]
    engine = MemoryEngine(documents, {arrivals.NOTE: arrivals.dumps(runs)})
    asked: list[list[str]] = []
    fetch = engine.fetch
    monkeypatch.setattr(engine, "fetch", lambda ids: asked.append(ids) or fetch(ids))
    assert [[one.title for one in run.documents] for run in arrived(engine)] == [["甲"], ["乙"], ["丙"]]
    assert len(asked) == 1


def test_an_index_of_nothing_does_not_say_that_days_were_not_kept(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    built(tmp_path / "corpus", tmp_path / "index")
    home = create_app(Settings(index=tmp_path / "index")).test_client().get("/").text
    assert "没有记下" not in home


def test_the_home_page_counts_the_runs_whose_documents_it_does_not_name(tmp_path: Path) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    for run, several in enumerate((1, 9)):
        for number in range(several):
            said = f"会议要求办好第{run}{number}号敬老院，添置床位{run + 3}{number}张。"
            (corpus / f"{run}{number}.txt").write_text(f"第{run}{number}次会议\n2024年3月1日\n{said}", encoding="utf-8")
        built(corpus, folder)
    shown = by_id(read(create_app(Settings(index=folder)).test_client().get("/")), "arrived")[0]
    assert len(shown.select("li")) == SHOWN
    assert [str(run["data-count"]) for run in shown.select("[data-came]")] == ["9", "1"]


def test_what_came_before_anything_was_kept_has_the_day_of_the_oldest_run_in_a_feed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "新.txt").write_text("全市养老服务会议\n2024年3月1日\n会议要求办好养老服务。", encoding="utf-8")
    built(corpus, folder)
    engine = store_of("whoosh", folder).open()
    known = arrivals.dumps([Arrival("2024-05-01T08:00", 1, ()), Arrival("2024-04-01T08:00", 1, ())])
    monkeypatch.setattr(type(engine), "note", lambda *_: known)
    found = feed(engine, parse("养老服务"), "2026-11-28T09:00")
    assert {at for _, at in found.entries} == {found.updated} == {"2024-04-01T08:00"}


def test_a_feed_has_what_came_last_of_all_that_is_found_and_else_says_of_how_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last to come is the least relevant of seven hundred."""
    texts = [f"养老服务，第{number}次。" for number in range(700)]
    last = document("末", "别的事说了很多很多。" * 50 + "养老服务。")
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        for number, said in enumerate(texts):
            writer.add(document(f"{number}", said, title="养老服务会议"))
        writer.add(last)
        known = [Arrival("2024-05-01T08:00", 1, (last.id,)), Arrival("2024-04-01T08:00", 700, ())]
        writer.publish({arrivals.NOTE: arrivals.dumps(known)})
    engine = store_of("whoosh", tmp_path).open()
    found = feed(engine, parse("养老服务"), "2026-11-28T09:00")
    assert (found.entries[0][0].id, found.updated, found.note) == (last.id, "2024-05-01T08:00", "")
    monkeypatch.setattr("search.results.arrived.LOOKED_AT", 500)
    found = feed(engine, parse("养老服务"), "2026-11-28T09:00")
    assert last.id not in {hit.id for hit, _ in found.entries}
    assert found.note == "共 701 篇，只从最相关的 500 篇里列出最近收录的。"
    answer = create_app(Settings(index=tmp_path)).test_client().get("/search.atom?q=养老服务")
    assert ElementTree.fromstring(answer.data).findtext(f"{ATOM}subtitle") == found.note


def test_a_search_is_a_feed_with_what_came_last_first(tmp_path: Path) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "新.txt").write_text("全市养老服务会议\n2024年3月1日\n会议要求办好养老服务。", encoding="utf-8")
    built(corpus, folder)
    store = store_of("whoosh", folder)
    (corpus / "旧.txt").write_text("全县养老服务会议\n2019年3月1日\n会议要求建好养老服务机构。", encoding="utf-8")
    built(corpus, folder)
    first, second = (run.ids[0] for run in reversed(arrivals.loads(store.open().note(arrivals.NOTE))))
    client = create_app(Settings(index=folder)).test_client()
    link = by_id(read(client.get("/search?q=养老服务")), "feed")[0]
    answer = client.get(str(link["href"]))
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert sorted(ids) == sorted([f"urn:speech:{second}", f"urn:speech:{first}"])
    links = [str(entry.find(f"{ATOM}link").attrib["href"]) for entry in feed.iter(f"{ATOM}entry")]  # type: ignore[union-attr]
    assert all(one.startswith("http://localhost/doc/") for one in links)
    for typed in ("", "?q=%00%0b<b>&", "?q=没有这样的话"):
        assert ElementTree.fromstring(client.get(f"/search.atom{typed}").data).tag == f"{ATOM}feed"
    public = create_app(Settings(index=folder, url="https://search.example.cn/speeches")).test_client()
    assert b'href="https://search.example.cn/speeches/doc/' in public.get("/search.atom?q=养老服务").data
