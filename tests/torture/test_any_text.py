"""Texts that nobody writes, through everything: built, each of their words searched for, opened, compared, checked,
tabled. Whatever stands in a file, no page of it fails and none takes long."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from urllib.parse import quote

import pytest
from addresses import of_every_page
from building import build
from conftest import indexed
from flask.testing import FlaskClient
from payloads import PAYLOADS
from scale import many, told

from app import create_app
from search.documents.document import Document
from search.settings import Settings
from search.text import words
from web import deadline

# What rules look for, what ends or joins something, and what is one character to one and two to another.
WRITTEN = """
民政 会议指出 养老服务 民政厅厅长 《 》 “ ” ‘ 「 （ ） ( [1] —— … · 。 ！？ ； ， 、 ： . , ; : % ％ ‰ ~ - － +
/ \\ | * # 一、 （一） 1. ① ⒈ ㈠ 第一条 其一 2023年 ２０２３年 二〇二三年 13月45日 1亿 万亿 3.5 1,234,567 １２３ ½
Ⅷ ㎡ °C 二○一九 〇 零 百分之 é ﬁ ß İ ſ Å Ω 👨‍👩‍👧 🇨🇳 𠮷 ⺟ 裏 臺灣 ㄅ 가 ア א ا ก a AbC a@b.cn AND -民政
https://a.cn/?q=1&x=%E6 " ' ` < > & &amp; &#x6c11; <p> </div> <!-- ]]> {{ ${
"""
PIECES = (
    *WRITTEN.split(),
    *(" OR ", " 或 ", "0" * 30, "9" * 400, "\t", "\u3000", "\u00a0", "\u200b", "\u200d", "\ufeff", "\u2028", "\u0085"),
    *("\x00", "\x07", "\x1b[31m", "\x1f", "\u202e", "\u0301", "\U0002f804", "\ue000", "\ufffd", "\uffff", "\U000e0001"),
)
MANY = 5  # pages, another choice for each question; all of them for the document itself
MOST_SECONDS = 8  # of work for a page; the longest texts have 200,000 characters in four versions


def text(chance: random.Random) -> str:
    """Of some characters to two hundred thousand."""
    pieces = chance.sample([*PIECES, *PAYLOADS[::20]], chance.randrange(1, 40))
    made = [_run(chance, pieces) for _ in range(chance.choice([1, 3, 30, 300]))]
    return chance.choice(["\n", "\n\n", "", "\r\n", "。"]).join(made)[:200_000]


def _run(chance: random.Random, pieces: list[str]) -> str:
    if chance.random() < 0.1:
        return chance.choice(pieces) * chance.choice([50, 700, 2_500])
    if chance.random() < 0.1:  # any character there is
        return "".join(
            chr(chance.choice([chance.randrange(0x3000), chance.randrange(0xE000, 0x110000)])) for _ in range(30)
        )
    return "".join(chance.choices(pieces, k=chance.randrange(1, 40)))


def questions(chance: random.Random, content: str, most: int) -> list[str]:
    """Its words, and pieces of it from anywhere to anywhere."""
    each = words(content[:20_000])
    starts = [chance.randrange(len(content)) for _ in range(most)]
    pieces = [content[at : at + chance.choice([1, 2, 5, 20, 150])] for at in starts]
    return [*chance.sample(each, min(most, len(each))), *pieces]


def asked(
    chance: random.Random, pages: tuple[str, ...], content: str, found: dict[str, Document], most: int
) -> Iterator[str]:
    ids = [one.id for one in found.values()] or ["0" * 16]
    asked = [(page, "民政") for page in pages]
    for question in questions(chance, content, most):
        asked += [(page, question) for page in ("/search?q={q}", "/api/search?q={q}", *chance.sample(pages, MANY))]
    for page, question in asked:
        yield page.format(q=quote(question, safe=""), id=chance.choice(ids), other=chance.choice(ids))


def statuses(client: FlaskClient, addresses: Iterator[str]) -> Iterator[tuple[str, int, float]]:
    for address in addresses:
        begun = process_time()
        response = client.get(address)
        response.get_data()  # some are made while they are sent
        yield address, response.status_code, process_time() - begun


def answers(chance: random.Random, folder: Path, most: int) -> Iterator[tuple[str, int, float]]:
    """Everything that is asked about one text: address, status, seconds."""
    content, corpus = text(chance), folder / "corpus"
    corpus.mkdir(parents=True)
    for number, suffix in enumerate((".txt", ".md", ".html", ".txt")):
        changed = content[: len(content) // 2] + "民政工作。" * number + content[len(content) // 2 :]
        head = "" if number % 2 else "某省民政厅召开会议\n\n2023年5月10日，会议指出，要做好工作。\n\n"
        (corpus / f"{number}{suffix}").write_bytes((head + changed).encode(errors="replace"))
    build(corpus)
    found = indexed(folder / "index")
    for one in found.values():
        assert [passage.number for passage in one.passages] == [*range(1, len(one.passages) + 1)]
    app = create_app(Settings(index=str(folder / "index"), corpus=(corpus,)))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = app.test_client()
    yield from statuses(client, asked(chance, of_every_page(app), content, found, most))
    for size in (1_000, 10_000, 100_000):
        at = chance.randrange(len(content))
        begun = process_time()
        response = client.post("/check", data={"text": content[at : at + size]})
        yield "/check", response.status_code, process_time() - begun


def test_whatever_stands_in_a_file_no_page_of_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Work is counted here; by the clock a page also takes as long as others have the machine.
    monkeypatch.setattr(deadline, "SECONDS", 100 * MOST_SECONDS)
    texts, asked, slowest = many(3, 40), 0, 0.0
    for seed in range(texts):
        for address, status, seconds in answers(random.Random(seed), tmp_path / str(seed), many(10, 25)):
            # 400: nothing but signs, or too much of them; 404: no text to show; 414: the sentence about it.
            assert status in (200, 302, 303, 400, 404, 414), (seed, address)
            assert seconds < MOST_SECONDS, (seed, address)
            asked, slowest = asked + 1, max(slowest, seconds)
        shutil.rmtree(tmp_path / str(seed))
    told("任意的文字，经过每一页", tried=texts, answers=asked, wrong=0, slowest_ms=round(1000 * slowest))
