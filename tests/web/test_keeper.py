"""The page for keepers: files are put in and the index is brought up to date; nothing is lost where it fails."""

from __future__ import annotations

import errno
import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from keepers import come_in, shown, title_of, word_in
from pages import FIRST, by_id, read, served, words
from werkzeug.test import TestResponse

from app import create_app
from search.settings import Settings
from web.keeper import commands, gate, journal, received


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """An index of its own, for files are put in."""
    return replace(served(tmp_path), keeper=True)


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
    assert "没有收录的文件索引现在不能用" in shown(page)
    form = by_id(read(page), "build")[0].find_parent("form")
    assert form is not None
    fields = {str(one["name"]): str(one["value"]) for one in form.select("input")}
    client.post("/keeper/build", data=fields)
    assert heard == [options]
