"""Postings that were sorted as numbers are, byte for byte, those that were appended term by term."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index

from search.engines.columns import sorting
from search.engines.whoosh import codec, pool
from search.engines.whoosh.fields import schema
from search.index.analysis import Pairs, Words

# Of each document its text, its words in their order with their places, and its values of a facet.
One = tuple[str, Sequence[tuple[str, int]], Sequence[str]]

# Characters of every width, and such as stand before a line feed.
texts = st.text(st.sampled_from("民政府\n\t\x00㐀𠀀a\U0010ffff"), max_size=12)
words = st.text(st.sampled_from("民政府㐀𠀀a\ud7ff"), min_size=1, max_size=3)
placed = st.lists(st.tuples(words, st.integers(0, (1 << 32) - 1)), max_size=6).map(
    lambda found: sorted(found, key=lambda one: one[1])
)
documents = st.lists(st.tuples(texts, placed, st.lists(words, max_size=3, unique=True)), min_size=1, max_size=8)


def written(folder: Path, batch: Sequence[One], *, many: bool) -> Mapping[str, bytes]:
    """Ending of each file of the segment → its bytes."""
    folder.mkdir()
    writer = codec.Writer(index.create_in(str(folder), schema()), limit=1 << 20, many=many)
    for number, (text, found, values) in enumerate(batch):
        begins = Words(["\n"] * text.count("民"), array("I", (at for at, one in enumerate(text) if one == "民")))
        terms = Words([word for word, _ in found], array("I", (place for _, place in found)))
        writer.place(number, [("words", terms), ("title_grams", Pairs(text[:3])), ("grams", Pairs(text))])
        writer.place(number, [("grams", begins), ("grams", Words(["\n."], array("I", [0])))])
        writer.add_document(id=[f"{number:x}"], year=values, name=b"n")
    assert isinstance(writer.pool, sorting.SortedPool) == many
    writer.commit()
    return {file.suffix: file.read_bytes() for file in folder.iterdir() if file.suffix in (".pst", ".trm")}


@given(documents, st.sampled_from([1, 3, 1 << 22]), st.sampled_from([0, 1 << 18]))
@settings(deadline=None, max_examples=60)
def test_sorted_postings_are_those_that_were_appended(
    tmp_path_factory: pytest.TempPathFactory, batch: list[One], at_once: int, waiting: int
) -> None:
    folder = tmp_path_factory.mktemp("both")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "_AT_ONCE", at_once)
        patch.setattr(sorting, "_WAITING", waiting)
        found = written(folder / "sorted", batch, many=True)
    assert found.keys() == {".pst", ".trm"}
    assert found == written(folder / "appended", batch, many=False)


def test_segments_that_are_merged_are_the_same(tmp_path: Path) -> None:
    """Whoosh hands the postings of a small segment over one by one."""
    read = {}
    for many in (True, False):
        folder = tmp_path / str(many)
        folder.mkdir()
        into = index.create_in(str(folder), schema())
        for number in range(9):
            writer = codec.Writer(into, limit=1 << 20, many=many)
            writer.place(0, [("words", Words(["民政", f"词{number}"], array("I", [number, number])))])
            writer.add_document(id=[f"{number}"], year=["2024"])
            writer.commit()
        with into.reader() as reader:
            assert len(reader.leaf_readers()) < 9
            read[many] = [
                (term, list(reader.postings(*term).all_ids()), reader.postings(*term).value())
                for term in reader.all_terms()
            ]
    assert read[True] == read[False]


def test_more_different_characters_than_a_pair_of_them_has_numbers_for(tmp_path: Path) -> None:
    """A number of 32 bits holds the pairs of 65,536 characters: of more they are sorted in several turns."""
    every = "".join(map(chr, range(0x20000, 0x20000 + 70_000)))
    assert written(tmp_path / "a", [(every, (), ())], many=True) == written(
        tmp_path / "b", [(every, (), ())], many=False
    )


def test_without_numpy_terms_are_appended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "search.engines.columns.sorting", None)
    assert isinstance(pool.pool_of(tmp_path, 1 << 20, set(), many=True), pool.Pool)
