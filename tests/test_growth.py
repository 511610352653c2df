"""Work that grows with the text and not with its square: one long paragraph must not hold a place in the queue."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import document

from indexer.readers import html
from search import reading
from search.documents.document import Document
from search.matching import marks
from search.query.parsing import parse
from search.results import snippets

# Four times as much text took sixteen times as long; linear work takes four, and a busy machine what it likes.
MOST = 9


def one_paragraph(size: int) -> Document:
    return document("甲", "民政，" * size)


def many_passages(size: int) -> Document:
    return document("甲", ["民政工作，"] * size)


def many_paragraphs(size: int) -> Document:
    return document("甲", *["发展民政工作。"] * size)


def card(one: Document) -> None:
    snippets.quotations(one, marks.mark(one, parse("民")), limit=3)


def card_of_words(one: Document) -> None:
    snippets.quotations(one, marks.mark(one, parse("民政")), limit=3)


def whole(one: Document) -> None:
    reading.open_document(one, parse("民政"))


def hostile_page(markup: str) -> Callable[[int], bytes]:
    return lambda size: (markup * size + "<p>会议强调，要做好工作。</p>").encode()


def read(page: bytes) -> None:
    html.read(Path("甲.html"), page)


def seconds(work: Callable[[Any], None], one: Any) -> float:
    """The best of three, of this process alone: on a busy machine the caches are others'."""
    found = []
    for _ in range(3):
        begun = time.process_time()
        work(one)
        found.append(time.process_time() - begun)
    return min(found)


def grows(work: Callable[[Any], None], made: Callable[[int], Any], size: int) -> float:
    """How many times the work is that four times the size takes."""
    work(made(10))  # what is loaded once
    small, large = (seconds(work, made(size * times)) for times in (1, 4))
    return large / max(small, 0.01)


@pytest.mark.parametrize("made", [one_paragraph, many_passages, many_paragraphs])
@pytest.mark.parametrize("work", [card, card_of_words, whole])
def test_four_times_the_text_is_four_times_the_work(
    work: Callable[[Document], None], made: Callable[[int], Document]
) -> None:
    assert grows(work, made, 1000) < MOST


@pytest.mark.parametrize("markup", ["<a ", "<div>", "<table><tr><td>", "<p a=1>", "<p><span>", "<!--", "&#x"])
def test_four_times_the_hostile_markup_is_four_times_the_work(markup: str) -> None:
    assert grows(read, hostile_page(markup), 5_000) < MOST
