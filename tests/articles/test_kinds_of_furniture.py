"""All kinds of furniture asked at once are the first that the line is of, asked one by one."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.articles import kinds

_EACH = [(name, re.compile(words)) for name, words in kinds.KINDS]
_ENDS = st.text("。，： 图摄页12版审>", max_size=3)


def _one_by_one(line: str) -> str:
    return next((name for name, pattern in _EACH if pattern.fullmatch(line)), "")


@pytest.mark.parametrize("pattern", [pattern for _, pattern in _EACH], ids=range(len(_EACH)))
def test_a_line_of_a_kind_is_known_at_once_as_it_is_one_by_one(pattern: re.Pattern[str]) -> None:
    # what hypothesis makes of a pattern that looks ahead is mostly no line of it
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
    @given(st.from_regex(pattern, fullmatch=True) | _ENDS, _ENDS, _ENDS)
    def same(line: str, before: str, behind: str) -> None:
        assert kinds.kind_by_form(line) == _one_by_one(line)
        assert kinds.kind_by_form(before + line + behind) == _one_by_one(before + line + behind)

    same()


def test_what_is_looked_for_first_leaves_no_line_out() -> None:
    # each begins with what the rest of its pattern costs too much to be tried without
    for line, name in (
        ("白露局长看望老人。云溪日报记者 青禾 摄", "图片说明"),
        ("通讯员白露摄影报道", "图片说明"),
        ("¥ 8.00 立即下载 加入收藏", "下载"),
        ("评分：★★★★☆ 4.2分", "下载"),
        ("☆☆☆ 12 举报", "下载"),
    ):
        assert kinds.kind_by_form(line) == name
    assert kinds.kind_by_form("白露局长看望老人。云溪日报记者 青禾 报道") == ""
    assert kinds.kind_by_form("￥100 助餐补贴") == ""
