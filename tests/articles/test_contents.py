"""A table of contents is no text; a table of figures is no table of contents."""

from __future__ import annotations

import pytest
from steps import growth

from indexer.articles.contents import places
from indexer.articles.lines import lines_of
from indexer.extract import Block, Extract

BODY = ["一、灶台检查", "灶台每周查一次。", "二、账目公开", "账目按月张贴。", "三、下步打算", "年底前补齐。"]
HEADINGS = BODY[::2]


@pytest.mark.parametrize(
    "contents",
    [
        ["目　录", *(f"{one}\t{page}" for one, page in zip(HEADINGS, (1, 3, 5), strict=True))],
        ["【目录】", *(f"{one} {page}" for one, page in zip(HEADINGS, (1, 3, 5), strict=True))],
        ["目次", *HEADINGS],
        [f"{one}……{page}" for one, page in zip(HEADINGS, (1, 3, 3), strict=True)],
        [f"{one} ........ （{page}）" for one, page in zip(HEADINGS, (1, 3, 5), strict=True)],
        [f"{one}\t{page}" for one, page in zip(HEADINGS, (1, 3, 5), strict=True)],
        ["目录", "1．灶台检查（临湖县民政局）", "2. 账目公开", "3、下步打算（石桥镇）"],
    ],
)
def test_entries_with_pages_or_that_stand_again_below_go_by_name(contents: list[str]) -> None:
    lines, left_out = lines_of(Extract(tuple(map(Block, [*contents, *BODY])), wrapped=False))
    assert ([line.text for line in lines], left_out) == (BODY, [("目录", line) for line in contents])


@pytest.mark.parametrize(
    "lines",
    [
        ["临湖镇\t12", "高桥镇\t34", "石桥镇\t56"],  # figures that go up by chance
        ["临湖镇 12", "高桥镇 34", "石桥镇 56"],
        ["……", "共……3", "……5"],
        HEADINGS,
    ],
)
def test_other_lines_stay(lines: list[str]) -> None:
    assert places([*lines, "灶台每周查一次。"]) == frozenset()


@pytest.mark.parametrize("unit", ["一、灶台 {}", "目录", "一……{}", "灶台"])
def test_the_work_grows_with_the_lines(unit: str) -> None:
    assert max(growth(lambda size: places([unit.format(n) for n in range(size)]), 100)) < 4.6
