"""Facts of a page as a list above its text: a label to a line, its value on the next or nowhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from indexer.articles.characters import readable
from indexer.articles.labels import BULLETS, is_label, is_page_facts
from indexer.articles.marks import ADDRESS, SALUTATION
from indexer.articles.official import NUMBER
from search.text.patterns import lazy

_ALONE = re.compile(
    rf"[\s\u3000{BULLETS}]*([\u4e00-\u9fff](?:[ \u3000]{{0,4}}[\u4e00-\u9fff]){{1,7}})[ \u3000]{{0,2}}[：:]"
)
# 作者 某某: a label of the table and its value with a blank for the colon
_BLANK_BETWEEN = re.compile(r"([\u4e00-\u9fff]{2,6})(?:[ \u3000]{1,4}([^，。；：:！？]{1,24}))?")
# What such labels name stands in the text by itself: the headline, the number of a paper.
_NAMES_TEXT = lazy("标题|题名|名称")
# 12340/2024-00017: an index number is no headline
_CODE = re.compile(r"(?=.*\d)[A-Za-z\d/_.-]{5,40}")
_FIGURES = re.compile(r"(?=\S{0,12}\d{4})[\w/.:-]{6,40}", re.A)
_FEWEST = 3
_LONGEST_VALUE = 40


def label_block(lines: Sequence[str]) -> dict[int, str]:
    """Which lines are such a list, each with the fact it states ("" where the line above says it with its label).

    At least three labels, one of them of the table in labels.py. A value stands between two labels, or a label and a
    line of facts; what stands below the last label is none."""
    found: dict[int, str] = {}
    found.update(_without_colons(lines))
    found.update(_rows_without_colons(lines))
    at = 0
    while at < len(lines):
        block, labels, at = _block(lines, at)
        if len(labels) >= _FEWEST and any(map(is_label, labels)):
            found.update(block)
    return found


def _without_colons(lines: Sequence[str]) -> dict[int, str]:
    """The lines of a list whose labels, all of the table, have a value behind a blank, or none: 作者 某某 / 浏览."""
    found: dict[int, str] = {}
    pairs = [_BLANK_BETWEEN.fullmatch(line.strip()) for line in lines]
    for labelled, run in groupby(
        range(len(lines)), key=lambda at: (pair := pairs[at]) is not None and is_label(pair[1])
    ):
        places = list(run)
        stated = {at: pair.groups() for at in places if (pair := pairs[at])}
        if labelled and len(places) >= _FEWEST and any(value for _, value in stated.values()):
            found.update({at: f"{label}：{value.strip()}" if value else "" for at, (label, value) in stated.items()})
    return found


def _rows_without_colons(lines: Sequence[str]) -> dict[int, str]:
    """Rows of labels and values with blanks between them, 索引号 0121/2024-0021 文号 生成日期 2024-03-05. The first
    begins with a label of the table and has a figure among its values; further ones begin with a label."""
    found: dict[int, str] = {}
    for at, line in enumerate(lines):
        words = line.split()
        row = len(words) > 3 and is_label(words[0]) and not re.search("[，。；：:|｜]", re.sub(r"\d:\d", "", line))
        if row and (at - 1 in found or (len(words[0]) > 2 and any(map(_FIGURES.fullmatch, words)))):
            found[at] = _stated(words)
    return found


def _stated(words: Sequence[str]) -> str:
    """The labels of the table in a row, each with a colon and its value."""
    said: list[str] = []
    for word in words:
        if is_label(word):
            said.append(f"{word}：")
        elif said:
            said[-1] += word if said[-1].endswith("：") else f" {word}"
    return " ".join(said)


def _block(lines: Sequence[str], at: int) -> tuple[dict[int, str], list[str], int]:
    """The lines of the list that begins at `at`, its labels, and where to look on."""
    block: dict[int, str] = {}
    labels: list[str] = []
    while at < len(lines):
        label = _label(lines[at])
        if not label:
            if not (labels and is_page_facts(lines[at])):
                break
            block[at] = lines[at].strip()
            at += 1
            continue
        labels.append(label)
        block[at] = ""
        at += 1
        if at + 1 < len(lines) and _is_value(lines[at]) and (_label(lines[at + 1]) or is_page_facts(lines[at + 1])):
            if not _NAMES_TEXT.search(label) and not NUMBER.search(lines[at]):
                block[at] = f"{label}：{lines[at].strip()}"
            at += 1
        elif at < len(lines) and _CODE.fullmatch(lines[at].strip()):  # below the last label, too
            block[at] = f"{label}：{lines[at].strip()}"
            at += 1
    return block, labels, at if labels else at + 1


def _label(line: str) -> str:
    """The label that is all of a line, "" for another line."""
    if SALUTATION.match(line.strip()) or ADDRESS.match(line.strip()):
        return ""
    found = _ALONE.fullmatch(readable(line).rstrip())
    return re.sub(r"\s", "", found.group(1)) if found else ""


def _is_value(line: str) -> bool:
    bare = line.strip()
    return 0 < len(bare) <= _LONGEST_VALUE and not _label(line) and not re.search("[。！？；]", bare)
