"""A rule is asked once about a line, and a line as long as a file is not kept."""

from __future__ import annotations

from indexer.articles import remembered
from indexer.articles.labels import facts_in, is_page_facts
from indexer.articles.transcripts import turn


def test_a_rule_is_asked_once_about_a_line_and_each_time_about_a_long_one() -> None:
    asked: list[str] = []

    @remembered.remembered
    def rule(line: str) -> int:
        asked.append(line)
        return len(line)

    short, long = "来源：某县民政局", "民" * (remembered._LONGEST + 1)
    assert [rule(one) for one in (short, long, short, long)] == [8, len(long)] * 2
    assert asked == [short, long, long]


def test_no_more_lines_are_kept_than_said() -> None:
    asked: list[str] = []

    @remembered.remembered
    def rule(line: str) -> str:
        asked.append(line)
        return line

    lines = [f"第{number}行" for number in range(remembered._LINES + 1)]
    assert [rule(line) for line in lines] == lines
    rule(lines[-1])
    assert asked == lines
    rule(lines[0])  # the oldest has given way
    assert asked[-1] == lines[0]


def test_what_is_kept_of_a_line_is_what_the_rule_says() -> None:
    for line in ("来源：某县民政局 时间：2024-03-05", "记者：请问补贴何时发放？", "会议要求抓好落实。", ""):
        for rule in (facts_in, is_page_facts, turn):
            assert rule(line) == rule(line) == rule.__wrapped__(line)  # type: ignore[attr-defined]
