"""A surname is looked up as it is found where all of them are gone through."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.articles.names import begins_as_surname
from search.text import surname_set, surnames

_ALL = surnames("frequent", "other", "compound")


@given(st.lists(st.sampled_from(_ALL) | st.text("民政局长a，", max_size=2), max_size=4).map("".join))
def test_what_begins_as_a_surname(text: str) -> None:
    for at in range(len(text) + 2):
        assert begins_as_surname(text, at) == text.startswith(_ALL, at)


def test_those_of_one_character_are_looked_up_as_one() -> None:
    assert {len(one) for one in surname_set("frequent", "other")} == {1}
    assert {len(one) for one in surname_set("compound")} == {2}
    assert sorted(surname_set("compound")) == sorted(surnames("compound"))
