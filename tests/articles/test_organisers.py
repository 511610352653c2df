"""Who holds a meeting is text; who runs a site is not."""

from __future__ import annotations

import pytest

from indexer.articles.furniture import furniture, site_foot
from indexer.articles.lines import lines_of
from indexer.extract import Block, Extract

SENTENCE = "助餐点的账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚。"


def kept(*lines: str) -> list[str]:
    return [line.text for line in lines_of(Extract(tuple(map(Block, lines)), wrapped=False))[0]]


def test_organisers_of_a_contest_stay_wherever_they_stand() -> None:
    lines = [SENTENCE, "主办单位：临湖县民政局", "承办单位：临湖镇敬老院", "技术支持：临湖县融媒体中心", SENTENCE]
    assert kept(*lines) == lines and kept(*lines[:-1]) == lines[:-1]


def test_the_foot_of_a_site_goes_with_its_copyright() -> None:
    foot = ["主办单位：临湖县民政局", "技术支持：某某公司", "地址：临湖县前街1号", "鄂ICP备00000000号"]
    assert kept(SENTENCE, *foot) == [SENTENCE]
    assert site_foot([SENTENCE, *foot, SENTENCE, foot[0]]) == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("主办单位：临湖县民政局　技术支持：某某公司", "版权"),
        ("主办单位：临湖县民政局网站维护：信息中心", "版权"),
        ("主办单位：临湖县民政局", ""),
        ("技术支持：某某公司", ""),
    ],
)
def test_a_line_alone_is_a_sites_where_it_says_so(line: str, kind: str) -> None:
    assert furniture(line) == kind
