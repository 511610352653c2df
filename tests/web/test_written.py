"""How templates write what they are given."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import Markup

from app import create_app
from search.matching.marks import Piece
from web.written import PageTemplate, anchored, marked

SIGNS = st.text("民政<>&'\" \n", max_size=8)
VALUES = st.one_of(SIGNS, SIGNS.map(Markup), st.integers(), st.floats(), st.none(), st.booleans(), st.lists(SIGNS))
PAGE = """{% macro row(one) %}<li title="{{ one }}">{{ one ~ "<" }}</li>{% endmacro -%}
{% macro around(one) %}<b>{{ caller(one) }}</b>{% endmacro -%}
{% set held %}{{ value }}{% endset %}{% for one in values %}{{ row(one) }}{% endfor %}{{ held }}{{ value|safe }}
{{ missing }}{{ value|string|upper }}{{ held|length }}{% filter trim %} {{ value }} {% endfilter %}{{ others.hidden }}
{% if held == value|e %}={% endif %}{{ [value, "<"]|join(",") }}{% call(one) around(value) %}{{ one }}{% endcall %}"""


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


@given(VALUES, st.lists(VALUES, max_size=4))
def test_templates_write_what_those_of_jinja_write(value: object, values: list[object]) -> None:
    def written(kind: type[Any]) -> str:
        jinja = Environment(autoescape=True)
        jinja.template_class = kind
        return jinja.from_string(PAGE).render(value=value, values=values, others={"hidden": "<i>"})

    assert written(PageTemplate) == written(Environment.template_class)


def test_the_pages_are_made_of_such_templates() -> None:
    assert isinstance(create_app().jinja_env.get_template("search.html"), PageTemplate)
