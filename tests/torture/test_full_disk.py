"""A disk that is really full: a small one is filled but for some room, and the index on it is brought up to date. Who
ran it is told in a sentence, readers keep the old index, and with room again the next run goes through. The same for
what a keeper puts in."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from addresses import of_every_page
from conftest import ROOT
from flask.testing import FlaskClient
from keepers import begun, come_in, shown, title_of, word_in
from pages import FIRST, SECOND, served
from scale import many, told
from werkzeug.test import TestResponse

from app import create_app
from indexer import checking
from search.engines import store_of
from search.query.parsing import parse
from web.keeper.commands import Updates
from web.keeper.gate import NO_ROOM, Sessions
from web.receiving import NoRoom

TEXT = "某省民政厅召开{0}工作会议\n\n5月10日，某省民政厅召开{0}工作会议，总结工作。\n\n会议指出，要做好{0}第{1}项。\n"
FULL = "磁盘已满，或超过了限额；请腾出空间后再运行"
DISK = 6_000_000  # bytes of the disk
ENOUGH = 600_000  # of it for the new index
WORDS = ("养老服务", "从来没有的词")
OLD, NEW = [12, 0], [12, 40]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("只有 Linux 的 root 能挂上一个小磁盘")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("这里不许挂磁盘（没有 CAP_SYS_ADMIN）")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def room(disk: Path) -> int:
    """Bytes that are free."""
    free = os.statvfs(disk)
    return free.f_bavail * free.f_frsize


def fill(disk: Path, left: int) -> None:
    """Takes all but so many bytes of what is free."""
    with (disk / "别的文件").open("wb") as file:
        if (taken := room(disk) - left) > 0:
            os.posix_fallocate(file.fileno(), 0, taken)


def write(folder: Path, topic: str, count: int) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{topic}{number}.txt").write_text(TEXT.format(topic, number), encoding="utf-8")


def ran(what: str, *arguments: str | Path) -> tuple[int, str]:
    """Exit status and what it said in the other stream."""
    # No bytecode, and no warning of what is compiled: only what the command says.
    command = [sys.executable, "-B", "-W", "ignore::SyntaxWarning", "-m", "indexer", what, *arguments]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return ended.returncode, ended.stderr


def hits(index: Path) -> list[int]:
    return store_of("whoosh", index).open().count([parse("养老服务"), parse("殡葬改革")])


@pytest.mark.parametrize("options", [(), ("--full",)], ids=["update", "full"])
def test_an_index_on_a_full_disk_stays_as_it_was_until_there_is_room(
    disk: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    corpus, index = tmp_path / "文档", disk / "索引"
    write(corpus, "养老服务", 12)
    place = ("--corpus", corpus, "--index", index)
    assert ran("build", *place) == (0, "")
    write(corpus, "殡葬改革", 40)
    before, tried = sorted(one.name for one in index.iterdir()), 0
    for left in range(0, ENOUGH, ENOUGH // many(3, 40)):
        fill(disk, left)
        code, said = ran("build", *place, *options)
        if code == 0:  # so much room was enough
            break
        assert (code, said.removesuffix(f"{FULL}\n")) == (1, "错误："), (left, said)
        assert hits(index) == OLD
        assert checking.problems(store_of("whoosh", index)) == []
        assert sorted(one.name for one in index.iterdir()) == before
        tried += 1
    assert tried > 1
    assert ran("check", "--index", index) == (0, "")
    (disk / "别的文件").unlink()
    assert ran("build", *place, *options) == (0, "")
    assert (hits(index), checking.problems(store_of("whoosh", index))) == (NEW, [])
    told(f"磁盘真的满了（{'全量' if options else '增量'}）", tried=tried, old=tried, wrong=0)


def test_readers_are_answered_as_before_and_told_what_is_not_kept(disk: Path) -> None:
    own = replace(served(disk), keeper=True)
    client = come_in(create_app(own))
    asked = [
        page.format(q=word, id=FIRST, other=SECOND) for page in of_every_page(client.application) for word in WORDS
    ]
    before = [client.get(address).status_code for address in asked]
    fill(disk, 0)
    kept = {path: path.read_bytes() for path in disk.rglob("*") if path.is_file() and path.name != "别的文件"}
    assert [client.get(address).status_code for address in asked] == before
    reported = client.post(f"/doc/{FIRST}/report", data={"said": "日期不对"})
    assert f"没有收下（{FULL}）" in shown(reported, status=400)
    corrected = {"word": word_in(client.get("/keeper")), "title": "新题目", "was_title": title_of(client)}
    told = shown(client.post(f"/keeper/documents/{FIRST}", data=corrected))
    assert f"记录写不进去（{FULL}），所以没有做任何改动。" in told
    now = {path: path.read_bytes() for path in disk.rglob("*") if path.is_file() and path.name != "别的文件"}
    assert {path: now.get(path) for path in kept} == kept
    assert [path for path in now if path not in kept and path.stat().st_size] == []
    (disk / "别的文件").unlink()
    assert client.post(f"/doc/{FIRST}/report", data={"said": "日期不对"}).status_code == 200


def drop(client: FlaskClient, content: bytes) -> TestResponse:
    data = {"word": word_in(client.get("/keeper")), "files": [(io.BytesIO(content), "甲.txt")]}
    return client.post("/keeper/files", data=data, follow_redirects=True)


def test_what_a_keeper_puts_on_a_full_disk_is_not_half_there(disk: Path, tmp_path: Path) -> None:
    own = replace(served(tmp_path), corpus=(disk / "文档",), keeper=True)
    own.corpus[0].mkdir()
    client, content = come_in(create_app(own)), ("养老服务。" * 20_000).encode()
    for left in (0, 4096, 100_000):
        fill(disk, left)
        assert f"没有收下：{FULL}" in shown(drop(client, content))
        assert [one for one in own.corpus[0].rglob("*") if not one.is_dir()] == []
    (disk / "别的文件").unlink()
    assert "已收下" in shown(drop(client, content))
    assert (own.corpus[0] / "上传" / "甲.txt").read_bytes() == content


BODY = (
    b'--B\r\nContent-Disposition: form-data; name="word"\r\n\r\n%s\r\n'
    b'--B\r\nContent-Disposition: form-data; name="files"; filename="1.txt"\r\n\r\n%s\r\n--B--\r\n'
)


def test_what_comes_while_the_disk_for_what_comes_is_full_is_refused_in_a_sentence(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = replace(served(tmp_path), keeper=True)
    client = come_in(create_app(own))
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    sent = BODY % (word_in(client.get("/keeper")).encode(), b"1" * 900_000)
    fill(disk, 4096)
    answer = client.post("/keeper/files", data=sent, content_type="multipart/form-data; boundary=B")
    assert f"{NO_ROOM.title}{NO_ROOM.hint}" in shown(answer, status=507)
    assert not (own.corpus[0] / "上传").exists()
    (disk / "别的文件").unlink()
    answer = client.post("/keeper/files", data=sent, content_type="multipart/form-data; boundary=B")
    assert answer.status_code == 303
    assert (own.corpus[0] / "上传" / "1.txt").read_bytes() == b"1" * 900_000


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # waitress leaves its file to Python
def test_what_is_sent_on_while_the_disk_for_it_is_full_is_let_by(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    sessions, piece = Sessions(), b"1" * 300_000
    parser = begun(sessions, sessions.begin("王某"), 10 * len(piece))
    fill(disk, 4096)
    assert [parser.received(piece) for _ in range(9)] == [len(piece)] * 9
    assert (type(parser.error), parser.completed) == (NoRoom, False)
    assert parser.received(piece) == len(piece)
    assert (parser.completed, parser.held.bytes) == (True, 0)
    parser.close()
    (disk / "别的文件").unlink()
    assert room(disk) > DISK - 10_000  # nothing of it lies there


def test_what_a_keeper_does_is_not_done_where_the_record_of_it_has_no_room(disk: Path) -> None:
    own = replace(served(disk), keeper=True)
    client = come_in(create_app(own))
    fill(disk, 0)
    assert f"记录写不进去（{FULL}），所以没有做任何改动。" in shown(drop(client, b"1"))
    assert not (own.corpus[0] / "上传").exists()
    assert client.get("/search?q=养老服务").status_code == 200
    (disk / "别的文件").unlink()
    assert "已收下" in shown(drop(client, b"1"))


def test_an_update_from_the_page_on_a_full_disk_says_so_and_goes_through_when_there_is_room(disk: Path) -> None:
    own = replace(served(disk), keeper=True)
    client = come_in(create_app(own))
    write(own.corpus[0], "殡葬改革", 40)
    fill(disk, 8192)  # for the record of it
    updated(client)
    assert f"错误：{FULL}" in shown(client.get("/keeper"))
    assert hits(own.index) == [2, 0]
    (disk / "别的文件").unlink()
    updated(client)
    assert hits(own.index) == [2, 40]


def updated(client: FlaskClient) -> None:
    client.post("/keeper/build", data={"word": word_in(client.get("/keeper"))})
    updates: Updates = client.application.extensions["updates"]
    end = time.monotonic() + 60
    while (state := updates.state()) is None or state.running:
        assert time.monotonic() < end
        time.sleep(0.1)
