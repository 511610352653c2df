"""Holders keep what a dict of lists would, so many of each number at most."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from indexer.versions.holders import Holders

NUMBERS = st.integers(0, (1 << 32) - 1) | st.integers(0, 3) | st.integers((1 << 32) - 3, (1 << 32) - 1)


@given(st.dictionaries(NUMBERS, st.integers(0, 3)), st.lists(st.lists(NUMBERS, max_size=6), max_size=8))
def test_holders_are_lists_by_number(times: dict[int, int], documents: list[list[int]]) -> None:
    known = sorted(times)
    holders, lists = Holders(known, [times[number] for number in known]), defaultdict[int, list[int]](list)
    for document, numbers in enumerate(documents):
        places = holders.places(numbers)
        assert [known[place] for place in places] == [number for number in numbers if number in times]
        assert [*holders.of(places)] == [one for place in places for one in lists[known[place]]]
        holders.put(document, places)
        for place in places:
            held = lists[known[place]]
            held += [document] * (len(held) < times[known[place]])
