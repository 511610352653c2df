"""A line without a colon, a bracket and a century states nothing, and is not read any further."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.articles import labels

_PIECES = (
    *("来源：云溪网", "発布时间:", "发布时间：", "2024-03-05 10:22", "２０２４年3月5日", "2024年3月5日", "05.03.2024"),
    *("【索引号】", "[发文日期]", "［文号］", "阅读(12)", "阅读12次", "云溪日报", "责任编辑", "A3版", "原创"),
    *("|", "｜", "：", ":", "编辑", "來源：", "20", "24-3-5", "年", "打印", "关键词：", "发布于", "云溪民政", "首页"),
)
_LINES = st.lists(st.sampled_from(_PIECES) | st.text("民政局白露。，：:1 \u3000", max_size=4), max_size=8).map("".join)


@pytest.mark.parametrize("name", ["facts_in", "is_page_facts"])
def test_a_line_states_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for kept in ("facts_in", "is_page_facts", "day_of_row"):  # nothing remembered from before
        monkeypatch.setattr(labels, kept, getattr(labels, kept).__wrapped__)
    rule: Callable[[str], object] = getattr(labels, name)

    @settings(max_examples=400, deadline=None)
    @given(_LINES)
    def same(line: str) -> None:
        told = rule(line)
        with monkeypatch.context() as patch:
            patch.setattr(labels, "_STATES", re.compile(""))
            assert rule(line) == told

    same()


def test_what_begins_a_label_is_looked_for_where_one_stands() -> None:
    for label in labels.NAMES:
        stated = labels.facts_in(f"云溪县 {label}：某某")
        assert any(label.endswith(one) or one.endswith(label) for one in stated.labels), label
