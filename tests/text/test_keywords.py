"""Many strings that are looked for at once are those that stand in a text when each is looked for."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from search.text import formulas, lexicon_terms
from search.text.keywords import Keywords

characters = st.text(alphabet="民政养老-]^\\\n", min_size=1, max_size=6)


@given(st.lists(characters), st.lists(characters).map("".join))
@example([], "民政")
@example(["民", "\n", "民民"], "民民民\n")
@example(["民政", "民政养", "政养老"], "民政养老")
def test_those_that_stand_in_a_text(strings: list[str], text: str) -> None:
    found = list(Keywords(dict.fromkeys(strings)).standing_in(text))
    assert sorted(found) == sorted({one for one in strings if one in text})


@given(st.lists(st.sampled_from([*lexicon_terms()[::20], "，", "民", "\n"])).map("".join))
def test_those_of_the_lexicon(text: str) -> None:
    assert set(Keywords(lexicon_terms()).standing_in(text)) == {one for one in lexicon_terms() if one in text}


def test_each_formula_with_a_character_missing_is_a_slip() -> None:
    wrong = [one for part in formulas._parts() for one in formulas._shortened(part)]
    assert wrong
    assert all(formulas.slips(one) for one in wrong)
