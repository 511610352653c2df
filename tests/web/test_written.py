"""How templates write what they are given."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from search.matching.marks import Piece
from web.written import anchored, marked


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


def test_of_two_pieces_of_one_mark_only_the_first_can_be_gone_to() -> None:
    seen = list[int]()
    assert anchored((Piece("<发展"), Piece("养老", 1)), seen) == '&lt;发展<mark id="hit-1">养老</mark>'
    assert anchored((Piece("服务", 1), Piece("，"), Piece("儿童", 2)), seen) == (
        '<mark>服务</mark>，<mark id="hit-2">儿童</mark>'
    )
    assert seen == [1, 2]
