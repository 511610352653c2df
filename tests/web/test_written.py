"""How templates write what they are given."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from web.written import marked


@pytest.mark.parametrize(
    ("text", "marks", "written"),
    [
        ("健全养老服务体系", ((2, 6),), "健全<mark>养老服务</mark>体系"),
        ("养老、养老", ((0, 2), (3, 5)), "<mark>养老</mark>、<mark>养老</mark>"),
        ("没有", (), "没有"),
        (
            "<b>养老</b> & '儿童' \"福利\"",
            ((1, 2), (3, 5), (9, 10)),
            "&lt;<mark>b</mark>&gt;<mark>养老</mark>&lt;/b&gt;<mark> </mark>&amp; &#39;儿童&#39; &#34;福利&#34;",
        ),
    ],
)
def test_marked_text_holds_no_other_tags_than_its_marks(
    text: str, marks: tuple[tuple[int, int], ...], written: str
) -> None:
    assert marked(text, marks) == Markup(written)
    assert Markup(written.replace("<mark>", "").replace("</mark>", "")).unescape() == text
