"""Which lines of a transcript begin a turn: only such are looked at closely as could."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.articles.cleaning import unwrapped
from indexer.articles.lines import Line
from indexer.articles.transcripts import asks, turn, turns

PARTS = "王和平 主持人 记者 云溪日报记者 县民政局局长 【 】 [ ： : （笑） 账目公开。"
lines = st.lists(st.sampled_from(PARTS.split()), max_size=5).map("".join)


@given(st.lists(lines, max_size=12))
def test_a_turn_begins_where_a_line_says_who_speaks(told: list[str]) -> None:
    assert all(turn(told[at]) or asks(told[at]) for at in turns(told))


@given(st.lists(lines.filter(lambda line: not turn(line) and not asks(line)), max_size=6))
def test_other_lines_take_no_part(others: list[str]) -> None:
    talk = ["【主持人】", "【王和平】", "【主持人】", "【王和平】"]
    assert turns(talk) == {0, 1, 2, 3}
    assert turns([*talk[:2], *others, *talk[2:]]) == {0, 1, len(others) + 2, len(others) + 3}


def test_a_long_line_may_say_who_speaks_at_its_beginning_only() -> None:
    assert turn(f"王和平：{'账目公开。' * 40}") == "王和平"
    assert turn(f"{'账目公开。' * 13}王和平：") == ""


def test_who_speaks_stays_alone_on_the_line_in_a_short_transcript_too() -> None:
    lines = ["云溪市助餐发布会", "【白露】", "欢迎大家。", "【鲁平野】", "账目按月张贴。", "【白露】", "怎么报名？"]
    assert [line.text for line in unwrapped([Line(line) for line in lines])] == lines
