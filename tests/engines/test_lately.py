"""What was used of late, within so many bytes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from search.engines.lately import Lately


def test_what_was_used_longest_ago_gives_way() -> None:
    made: list[str] = []
    lately = Lately[str, str](10, len)

    def make(value: str) -> str:
        made.append(value)
        return value

    asked = ["aaaa", "bbbb", "aaaa", "cccc", "aaaa", "bbbb"]
    assert [lately.get(one, lambda one=one: make(one)) for one in asked] == asked  # type: ignore[misc]
    assert made == ["aaaa", "bbbb", "cccc", "bbbb"]  # cccc pushed out bbbb, as aaaa had been asked for since


def test_what_is_larger_than_all_that_may_be_kept_pushes_nothing_out() -> None:
    lately = Lately[str, str](10, len)
    kept = lately.get("a", lambda: "aaaa")
    assert lately.get("large", lambda: "x" * 11) == "x" * 11
    assert lately.get("a", lambda: "another") is kept
    assert lately.get("large", lambda: "made anew") == "made anew"


@given(st.lists(st.integers(0, 30), max_size=60))
def test_what_is_kept_stays_within_its_bytes_and_every_answer_is_right(asked: list[int]) -> None:
    lately = Lately[int, bytes](40, len)
    for one in asked:
        assert lately.get(one, lambda one=one: bytes([one]) * one) == bytes([one]) * one  # type: ignore[misc]
        assert sum(map(len, lately._kept.values())) == lately._size <= 40


def test_threads_that_make_the_same_value_count_it_once() -> None:
    lately = Lately[int, bytes](1000, len)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: lately.get(n % 5, lambda: bytes(n % 5)), range(2000)))
    assert found == [bytes(n % 5) for n in range(2000)]
    assert sum(map(len, lately._kept.values())) == lately._size == 0 + 1 + 2 + 3 + 4
