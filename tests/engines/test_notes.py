"""A note is the same text, whole or piece by piece, in however large pieces it is kept."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from search.engines import store_of
from search.engines.notes import chunks


@given(st.lists(st.text(max_size=9), max_size=12), st.integers(1, 7))
def test_chunks_are_the_text_in_equal_parts(given_: list[str], size: int) -> None:
    whole = "".join(given_)
    expected = [whole[at : at + size] for at in range(0, len(whole), size)] or [""]
    assert [*chunks(iter(given_), size)] == [*chunks(whole, size)] == expected


def test_a_note_given_in_pieces_is_read_whole(tmp_path: Path) -> None:
    store = store_of("whoosh", tmp_path / "index")
    with store.writer(fresh=True) as writer:
        writer.publish({"files": (f"第{number}行\n" for number in range(3)), "one": "整个", "none": iter(())})
    assert [store.last_note(name) for name in ("files", "one", "none")] == ["第0行\n第1行\n第2行\n", "整个", ""]
