"""Passages as a document holds them: the text once, each passage made when it is asked for."""

from __future__ import annotations

from itertools import groupby

import pytest
from conftest import document
from hypothesis import given
from hypothesis import strategies as st

from search.documents.document import Passage
from search.documents.passages import Passages
from search.index import record


@st.composite
def sequences(draw: st.DrawFn) -> tuple[Passage, ...]:
    """One to seven passages in paragraphs of one or more, with a few outlines that repeat."""
    made, paragraph = list[Passage](), 1
    for number in range(1, draw(st.integers(1, 7)) + 1):
        paragraph += number > 1 and draw(st.booleans())
        outline = draw(st.sampled_from([(), ("一、养老",), ("一、养老", "（一）助餐")]))
        made.append(
            Passage(number, paragraph, draw(st.text("助餐。点", min_size=1, max_size=4)), outline, draw(st.booleans()))
        )
    return tuple(made)


@given(given_as=sequences())
def test_they_are_the_passages_that_were_given(given_as: tuple[Passage, ...]) -> None:
    held = Passages.of(given_as)
    stored = Passages(held.text, held.begins, held.numbers_of_paragraphs, held.outlines, held.outline_of, held.headings)
    for one in (held, stored):
        assert (tuple(one), len(one), one[-1], one[1:]) == (given_as, len(given_as), given_as[-1], given_as[1:])
        assert one == given_as and one == Passages.of(given_as) and hash(one) == hash(given_as)
        assert one != (*given_as, given_as[0]) and Passages.of(one) is one


@given(given_as=sequences())
def test_the_text_and_where_everything_stands_in_it(given_as: tuple[Passage, ...]) -> None:
    held = Passages.of(given_as)
    paragraphs = ["".join(one.text for one in same) for _, same in groupby(given_as, key=lambda one: one.paragraph)]
    assert held.text == "\n".join(paragraphs) and held.paragraphs == tuple(paragraphs)
    assert [held.text[begin:end] for begin, end in held.spans] == [one.text for one in given_as]
    assert [held.text[begin:end] for begin, end in held.paragraph_spans] == paragraphs
    assert tuple(held.span(at) for at in range(len(held))) == held.spans
    assert tuple(held.paragraph_span(at) for at in range(1, len(paragraphs) + 1)) == held.paragraph_spans


def test_of_a_stored_record_a_passage_is_made_only_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = record.dumps(document("甲.txt", *["助餐点要办好。"] * 300))
    asked = list[int]()
    made = Passages._made
    monkeypatch.setattr(Passages, "_made", lambda self, at: asked.append(at) or made(self, at))
    read = record.loads(stored)
    assert read.text.count("助餐点") == len(read.passages) == 300 and asked == []
    assert read.passages[200].text == "助餐点要办好。" and asked == [200]


def test_less_of_one_thing_than_of_another_is_refused() -> None:
    with pytest.raises(ValueError, match="2 passages, 1 paragraphs"):
        Passages("甲乙", (0, 1), (1,), ((),), (0, 0), ())
