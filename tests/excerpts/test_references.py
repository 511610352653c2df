"""A basket as an address: read, written, and whatever else stands there."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.excerpts.references import LONGEST_NOTE, Reference, basket_address, in_address, picking_address, read

ONE = "0123456789abcdef"


@given(
    st.lists(
        st.tuples(st.integers(1, 99), st.integers(0, 3), st.integers(0, 9), st.integers(1, 9), st.text(max_size=20)),
        max_size=9,
        unique_by=lambda one: one[:4],
    )
)
def test_an_address_leads_to_the_basket_it_was_made_of(picked: list[tuple[int, int, int, int, str]]) -> None:
    references = [
        Reference(ONE, first, first + more, begin, begin + length, " ".join(note.split()))
        for first, more, begin, length, note in picked
        if note.isprintable()
    ]
    asked = parse_qs(urlsplit(basket_address(references)).query).get("e", [])
    assert read(asked) == (tuple(references), 0)


def test_what_stands_twice_is_one_and_keeps_its_place() -> None:
    found, strange = read([f"{ONE}.5!甲", f"{ONE}.6", f"{ONE}.5!乙"])
    assert ([str(one) for one in found], strange) == ([f"{ONE}.5!甲", f"{ONE}.6"], 0)


@pytest.mark.parametrize(
    "written", ["", "x", ONE, f"{ONE}.", f"{ONE}.0", f"{ONE}.6-5", f"{ONE}.5.9-3", f"{ONE}.9999999", "../etc.5"]
)
def test_what_is_no_reference_is_counted(written: str) -> None:
    assert read([written, f"{ONE}.7"]) == ((Reference(ONE, 7, 7),), 1)


def test_a_note_is_one_line_of_a_bearable_length() -> None:
    (found,), _ = read([f"{ONE}.5!{'备 注' * 300}\n\n"])
    assert (len(found.note), "\n" in found.note) == (LONGEST_NOTE, False)


@pytest.mark.parametrize(
    "pasted", [f"http://x:5000/basket?e={ONE}.5", f"?e={ONE}.5", f"e={ONE}.5 ", f"/basket?e={ONE}.5#a"]
)
def test_a_pasted_address_is_read_however_it_was_copied(pasted: str) -> None:
    assert in_address(pasted) == [f"{ONE}.5"]


@pytest.mark.parametrize("pasted", ["", "http://[", "你好", "e=&" * 5000])
def test_what_is_no_address_holds_nothing(pasted: str) -> None:
    assert in_address(pasted) == []


def test_a_link_that_picks_names_its_passages_as_a_basket_reads_them() -> None:
    for first, last, written in ((5, 0, f"{'a' * 16}.5"), (5, 5, f"{'a' * 16}.5"), (5, 7, f"{'a' * 16}.5-7")):
        address = picking_address("a" * 16, first, last)
        assert address == f"/basket?e={written}"
        assert in_address(address) == [written]
