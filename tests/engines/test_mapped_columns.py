"""What lies in the files of several segments is found as if it were joined, and what is kept of terms is counted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import whoosh.writing
from conftest import document
from hypothesis import given
from hypothesis import strategies as st
from test_columns import publish

from search.engines import store_of
from search.engines.columns.mapped import Begins, Edges
from search.engines.columns.pairs import looked_up, lookup
from search.engines.columns.postings import SpanLists, narrow
from search.engines.columns.terms import TermHits
from search.matching import widening
from search.query.parsing import parse


class _File:
    """The arrays of one segment, as files.Columns has them."""

    def __init__(self, **arrays: list[int]) -> None:
        self.arrays = {
            name: memoryview(np.array(held, np.uint8 if name == "cuts" else np.uint32)) for name, held in arrays.items()
        }


@given(st.lists(st.lists(st.integers(0, 255), max_size=5), min_size=1, max_size=4), st.data())
def test_edges_of_several_segments_are_the_bits_of_all_of_them(segments: list[list[int]], data: st.DataObject) -> None:
    edges = Edges([_File(cuts=one) for one in segments], "cuts")  # type: ignore[misc]
    joined = [bit for one in segments for byte in one for bit in ((byte >> at) & 1 for at in range(8))]
    if joined:
        asked = data.draw(st.lists(st.integers(0, len(joined) - 1), max_size=9))
        assert edges.at(np.array(asked, np.int64)).tolist() == [joined[at] for at in asked]
    begin = 0
    for one in segments:
        if one:
            assert edges.between(begin, begin + 8 * len(one)) == bytes(one)
        begin += 8 * len(one)


@given(st.lists(st.lists(st.integers(1, 9), max_size=5), min_size=1, max_size=4), st.data())
def test_units_of_several_segments_are_numbered_on(segments: list[list[int]], data: st.DataObject) -> None:
    """segments: how long each unit is."""
    files = [_File(sentences=np.cumsum([0, *one])[:-1].tolist()) for one in segments]
    bodies = np.cumsum([0, *map(sum, segments)]).tolist()
    begins = Begins(files, "sentences", bodies)  # type: ignore[arg-type]
    where = [bodies[which] + sum(one[:at]) for which, one in enumerate(segments) for at in range(len(one))]
    inside = [
        number for number, length in enumerate(length for one in segments for length in one) for _ in range(length)
    ]
    assert len(begins) == len(where)
    assert begins.at(np.arange(len(where))).tolist() == where
    if inside:
        asked = data.draw(st.lists(st.integers(0, len(inside) - 1), max_size=9))
        assert begins.of(np.array(asked, np.int64)).tolist() == [inside[at] for at in asked]


@given(st.integers(0, 300), st.lists(st.integers(0, 300), min_size=1, max_size=9), st.sampled_from([6, 8]), st.data())
def test_what_an_offset_lies_in_is_found_by_blocks(
    first: int, sizes: list[int], bits: int, data: st.DataObject
) -> None:
    """Things laid end to end, some of them empty; nothing is asked before the first."""
    begins = np.cumsum([first, *sizes])
    if begins[-1] > first:
        offsets = np.array(data.draw(st.lists(st.integers(first, int(begins[-1]) - 1), max_size=20)), np.int64)
        expected = (begins.searchsorted(offsets, "right") - 1).tolist()
        for kept in (begins, narrow(begins)):
            assert looked_up(lookup(kept, bits), bits, kept, offsets).tolist() == expected


def test_offsets_beyond_thirty_two_bits_are_kept_as_they_are() -> None:
    far = (1 << 31) + 5
    held, starts = np.array([3, 7]), np.array([4, 9, far])
    spans = SpanLists(held, np.array([0, 2, 3]), starts, 2)
    kept = spans.narrow()
    assert kept.within(np.array([7])).stretches[1].tolist() == [far]
    assert [side.tolist() for side in kept.stretches] == [side.tolist() for side in spans.stretches]
    assert kept.size == 4 * 2 + 4 * 3 + 8 * 3


def test_no_more_is_kept_of_a_term_than_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh.writing, "MERGE_SMALL", whoosh.writing.NO_MERGE)
    publish(tmp_path, [document(f"{n}", "养老服务。" * (n % 7), "敬老。", title=f"养老{n}") for n in range(900)])
    publish(tmp_path, [document("z", "养老服务。")], fresh=False)
    arrays = store_of("whoosh", tmp_path).open()._columns._arrays  # type: ignore[attr-defined]
    query = parse("养老服务")
    hits = TermHits(arrays, widening.widened(query.clause, query))  # type: ignore[arg-type]
    kept = [hits.held, hits.levels]
    for one in hits.places.values():
        kept += [part for side in (one.title, one.body) for part in (side._held, side._bounds, side._starts)]
    for kind in hits.kinds:
        kept += [kind.counts, kind.shown, kind.points]
    # Some of it is kept once and counted twice, as a term found in one way alone has one array of its documents.
    assert hits.size * 0.8 < sum(one.nbytes for one in kept) <= hits.size
