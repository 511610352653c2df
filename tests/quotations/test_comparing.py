"""Two readings of a sentence: word for word only where they are, and every difference told for what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.quotations.comparing import Compact, compared, words_in

SAID = "要推动60%以上的社区建成养老服务站。"


@pytest.mark.parametrize(
    ("written", "likeness", "characters"),
    [
        (SAID, "same", 0),
        (SAID.replace("6", "7"), "changed", 1),
        (SAID.replace("60%", "60"), "changed", 1),
        (SAID.replace("60%", "6.0%"), "changed", 1),  # a point between two figures is no punctuation
        (SAID.replace("60%", "60％"), "form", 0),
        (SAID.replace("养", "養"), "form", 0),
        (SAID.replace("。", "，"), "punctuation", 0),
        (SAID.replace("的", "的，"), "punctuation", 0),
        (SAID.removesuffix("。"), "punctuation", 0),
        (SAID.replace("60%", "-60%"), "changed", 1),  # a minus is none either
        (SAID.replace("60%", "6⁰%"), "changed", 1),  # folded alike
        (SAID.replace("的", "的\ue0cf"), "changed", 1),  # a rare character that only some font has
        (SAID.replace("的", "的\U000323b0"), "changed", 1),  # or that this version of Unicode does not know
        (SAID.replace("以上", ""), "changed", 2),
        (SAID.replace("社区", "城乡社区"), "changed", 2),
        (SAID.replace("建成", "办好"), "changed", 2),
    ],
)
def test_what_differs_is_told_for_what_it_is(written: str, likeness: str, characters: int) -> None:
    found = compared(written, SAID)
    assert (found.likeness, found.characters) == (likeness, characters)


def test_both_readings_are_marked_where_they_differ() -> None:
    written = "要推动70%以上的社区建成养老站。"
    found = compared(written, SAID)
    assert [written[a:b] for a, b in found.marks] == ["7"]
    assert [SAID[a:b] for a, b in found.other_marks] == ["6", "服务"]


def test_single_marks_inside_a_quotation_stand_for_double_ones_and_nowhere_else() -> None:
    original, written = "落实“第一议题”制度", "落实‘第一议题’制度"
    assert compared(written, original, quoted=True).inner
    assert compared(written, original, quoted=True).likeness == "same"
    assert compared(written, original).likeness != "same"
    assert compared(original, written, quoted=True).likeness != "same"


@given(
    st.text(alphabet="民政养老服 \n1２3.%，。“”里裡", max_size=30), st.integers(0, 29), st.sampled_from("民老5，.裡")
)
def test_word_for_word_is_never_said_of_what_is_not(written: str, at: int, put: str) -> None:
    one = Compact.of(written).text
    other = one[:at] + put + one[at + 1 :]
    assert (compared(one, other).likeness == "same") == (one == other)


@given(st.text(alphabet="民政 \n\u20031a\u200b。", max_size=40))
def test_what_is_left_aside_is_blank_and_every_character_is_found_again(written: str) -> None:
    compact = Compact.of(written)
    assert [written[compact.span(at, at + 1)[0]] for at in range(len(compact.text))] == [*compact.text]
    assert "".join(compact.text.split()) == "".join(written.replace("\u200b", "").split())


def test_a_blank_between_two_figures_is_kept() -> None:
    assert Compact.of("共 10 20 人\n好").text == "共10 20人好"


def test_signs_of_figures_say_something() -> None:
    assert (words_in("3.5%"), words_in("，。“”")) == (4, 0)
