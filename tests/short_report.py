"""A report of three lines, and what is left as the text of lines that were found around it."""

from __future__ import annotations

from indexer.articles.articles import split
from indexer.extract import Block, Extract

REPORT = [
    "我市召开助餐推进会",
    "5月15日，我市召开助餐推进会。副市长卓一帆出席会议并讲话。",
    "会议要求，让老人吃上热饭。",
]


def body(lines: list[str]) -> tuple[str, list[str]]:
    (article,) = split(Extract(tuple(map(Block, lines)), wrapped=False))
    return article.title.value if article.title else "", [line.bare for line in article.lines]
