"""Where a sentence ends depends on what it is for; what the five rules make of the same words."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from search.text import sentence_rules

RULES = {
    "FOLDED": sentence_rules.FOLDED,
    "CUT": sentence_rules.CUT,
    "ITEM": sentence_rules.ITEM,
    "COMPARED": sentence_rules.COMPARED,
    "SECOND_HAND": sentence_rules.SECOND_HAND,
}


def parted(rule: re.Pattern[str], text: str) -> str:
    """The text with a stroke behind each match of a rule; the rules match either a sentence or its end."""
    offsets = sorted({0, *(match.end() for match in rule.finditer(text)), len(text)})
    return "|".join(text[begin:end] for begin, end in pairwise(offsets))


@pytest.mark.parametrize(
    ("text", "usual", "others"),
    [
        ("一是快；二是好。", "一是快；二是好。", dict.fromkeys(("ITEM", "COMPARED"), "一是快；|二是好。")),
        ("讲两点：一是快。", "讲两点：一是快。", {"ITEM": "讲两点：|一是快。"}),
        ("他说“好。”会议结束。", "他说“好。”|会议结束。", {}),
        ("（要快！）会议结束。", "（要快！）|会议结束。", {"SECOND_HAND": "（要快！|）会议结束。"}),
        ("第一段\n第二段", "第一段\n第二段", {"FOLDED": "第一段|\n第二段"}),
        ("好!再来。", "好!再来。", dict.fromkeys(("FOLDED", "CUT"), "好!|再来。")),
    ],
)
def test_the_rules_differ_where_they_are_meant_to(text: str, usual: str, others: dict[str, str]) -> None:
    assert {name: parted(rule, text) for name, rule in RULES.items()} == {**dict.fromkeys(RULES, usual), **others}
