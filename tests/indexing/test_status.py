"""What the pages say of the index itself: how much is in it, since when, what was left out, and ways into it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import document
from flask.testing import FlaskClient
from memory_engine import MemoryEngine

from app import create_app
from indexer.pipeline import build
from indexer.status import Status, status
from search import results
from search.documents.work_lines import LINES, query_for
from search.engines import store_of
from search.query.parsing import parse
from search.settings import Settings


def page(client: FlaskClient, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).get_data(as_text=True), "lxml")


@pytest.fixture
def built(tmp_path: Path) -> tuple[Settings, Path]:
    """An index of a folder with a speech, a copy of it, and two files that cannot be read."""
    corpus = tmp_path / "文稿"
    corpus.mkdir()
    speech = "在全省会议上的讲话\n\n同志们：\n\n要做好养老服务工作，守住底线。\n"
    for name in ("讲话.txt", "副本.txt"):
        (corpus / name).write_text(speech, encoding="utf-8")
    (corpus / "空.txt").write_bytes(b"")
    (corpus / "表.xlsx").write_bytes(b"PK")
    build([corpus], store_of("whoosh", tmp_path / "index"))
    return Settings(index=tmp_path / "index", corpus=(corpus,)), corpus


def test_every_page_ends_with_how_much_is_in_the_index_since_when_and_what_is_not(
    built: tuple[Settings, Path],
) -> None:
    settings, _ = built
    made = store_of("whoosh", settings.index).open().published
    assert made and abs((datetime.now() - made).total_seconds()) < 3600
    client = create_app(settings).test_client()
    passages = status(store_of("whoosh", settings.index)).passages
    for address in ("/", "/search?q=养老服务", "/browse"):
        shown = page(client, address).select('[data-testid="index"] .fact')
        assert [part.get_text() for part in shown] == [
            f"收录 1 篇讲话、{passages} 段",
            f"索引更新于 {made.year}年{made.month}月{made.day}日 {made.hour}:{made.minute:02d}",
            "2 个文件没有收录",
        ]
        assert shown[2].select("a")[0]["href"] == "/status#left-out"


def test_the_files_that_were_left_out_are_listed_with_the_reason_and_not_with_their_folder(
    built: tuple[Settings, Path],
) -> None:
    settings, corpus = built
    client = create_app(settings).test_client()
    names = page(client, "/status").select('[data-testid="left-out"] dt')
    assert sorted(name.get_text() for name in names) == ["空.txt", "表.xlsx"]
    assert str(corpus.parent) not in client.get("/status").get_data(as_text=True)
    assert "4 个，其中内容重复 1 个，没有收录 2 个" in client.get("/status").get_data(as_text=True)


def test_an_index_that_no_run_made_has_nothing_to_tell_and_says_nothing_wrong(tmp_path: Path) -> None:
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        writer.add(document("甲.txt", "养老服务。"))
        writer.publish({})
    assert status(store_of("whoosh", tmp_path)) == Status(store_of("whoosh", tmp_path).open().published)
    shown = page(create_app(Settings(index=tmp_path)).test_client(), "/").select('[data-testid="index"]')[0]
    assert "收录 1 篇讲话" in shown.get_text() and "没有收录" not in shown.get_text()
    assert status(store_of("whoosh", tmp_path / "nothing")) == Status(None)


def test_a_new_generation_is_told_at_once(tmp_path: Path) -> None:
    client = create_app(Settings(index=tmp_path)).test_client()
    for number, word in enumerate(("养老服务", "殡葬"), 1):
        with store_of("whoosh", tmp_path).writer(fresh=False) as writer:
            writer.add(document(f"{number}.txt", f"{word}。", title=word))
            writer.publish({})
        shown = page(client, "/")
        assert f"收录 {number} 篇讲话" in shown.select('[data-testid="index"]')[0].get_text()
        assert word in [link.get_text() for link in shown.select('[data-testid="hit-title"]')]


# --- ways into it without a question -------------------------------------------------------------------


def test_a_line_of_work_leads_to_as_many_documents_as_it_says() -> None:
    engine = MemoryEngine([document("甲", "发放低保。"), document("乙", "特困供养和殡葬。"), document("丙", "地名。")])
    (lines,) = results.browse(engine).lines
    assert [(value.label, value.count) for value in lines.values] == [
        ("社会救助", 2),
        ("婚姻和殡葬", 1),
        ("区划地名", 1),
    ]
    assert all(results.search(engine, parse(query_for(one.value))).documents == one.count for one in lines.values)


@pytest.mark.parametrize("line", LINES)
def test_the_question_of_a_line_of_work_is_a_choice_of_words_and_nothing_of_it_is_left_out(line: str) -> None:
    asked = query_for(line)
    assert parse(asked).notes == ()
    assert len(asked.split(" 或 ")) == len(set(asked.split(" 或 "))) > 1
    assert len(asked) <= 200


def test_the_pages_without_a_question_offer_the_lines_of_work(tmp_path: Path) -> None:
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        writer.add(document("甲.txt", "发放低保。"))
        writer.publish({})
    client = create_app(Settings(index=tmp_path)).test_client()
    for address in ("/", "/browse", "/search?q="):
        (lines,) = page(client, address).select('[data-testid="facet-line"]')
        assert lines.select("a")[0].get_text() == "社会救助1"
        followed = page(client, str(lines.select("a")[0]["href"]))
        assert len(followed.select('[data-testid="hit"]')) == 1
