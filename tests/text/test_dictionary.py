"""jieba's dictionary as it is read a few lines at a time."""

from __future__ import annotations

from pathlib import Path

import jieba
import pytest

from search import text
from search.text.dictionary import Dictionary

FILE = Path(jieba.__file__).with_name("dict.txt")
LINES = [line.split(" ") for line in FILE.read_text(encoding="utf-8").splitlines()]


def test_how_often_all_words_were_seen_is_known_of_the_dictionary_that_is_installed() -> None:
    whole = Dictionary(FILE)
    assert whole.seen == whole.added_up() == sum(int(frequency) for _, frequency, _ in LINES)


def test_of_another_dictionary_it_is_added_up(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("民政 7 n\n民政局 5 nt\n救助 3 v", encoding="utf-8")
    other = Dictionary(tmp_path / "other.txt")
    assert other.seen == 15
    assert [other.kind(word) for word in ("民政", "民政局", "救助", "民", "民政部", "", "\ud83d")] == [
        "n",
        "nt",
        "v",
        *[""] * 4,
    ]
    assert other.lines_of("民") == "民政 7 n\n民政局 5 nt\n".encode()


def test_each_word_has_the_kind_of_its_line() -> None:
    whole, kinds = Dictionary(FILE), dict[str, set[str]]()
    for word, _, kind in LINES:
        kinds.setdefault(word, set()).add(kind)
    asked = list(kinds)[::97]
    assert {word: whole.kind(word) for word in asked if whole.kind(word) not in kinds[word]} == {}


@pytest.mark.parametrize(
    ("words", "are", "are_not"),
    [
        (text.grammatical(), ("马上", "曾经"), ("建设", "全程全网", "上")),
        (text.proper(), ("顿珠", "米尔"), ("马上", "顿", "布达拉宫")),
        (text.doing(), ("推进", "坚决"), ("建设", "推", "民政")),
    ],
)
def test_words_are_told_by_their_kind(words: text.Words, are: tuple[str, ...], are_not: tuple[str, ...]) -> None:
    assert [word in words for word in (*are, *are_not, 7)] == [*[True] * len(are), *[False] * len(are_not), False]
