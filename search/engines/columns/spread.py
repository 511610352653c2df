"""The columns of many documents, laid out by numpy: the same bytes as files.py writes term by term, in an eighth of the
time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from search.index.analysis import PASSAGE_STRIDE

if TYPE_CHECKING:
    from search.engines.columns.files import Out, Segment, TermBlock

_Numbers = npt.NDArray[np.int64]


class _Terms(NamedTuple):
    """A block of terms, apart. documents, times: of each term one after the other, as many as documents_of says; of:
    for each place the document it is in, positions: where there."""

    terms: Sequence[str]
    documents_of: _Numbers
    places_of: _Numbers
    documents: _Numbers
    times: _Numbers
    of: _Numbers
    positions: _Numbers


def _apart(block: TermBlock) -> _Terms:
    numbers = np.frombuffer(block.numbers, np.uint32)
    documents_of, sizes = np.array(block.documents, np.int64), np.array(block.sizes, np.int64)
    places_of, begins = sizes - 2 * documents_of, sizes.cumsum() - sizes
    pairs = 2 * np.arange(documents_of.sum())
    pairs += (begins - 2 * (documents_of.cumsum() - documents_of)).repeat(documents_of)
    places = np.arange(places_of.sum())
    places += (begins + 2 * documents_of - (places_of.cumsum() - places_of)).repeat(places_of)
    documents, times = (numbers[pairs + at].astype(np.int64) for at in (0, 1))
    of = documents.repeat(times) if len(places) else np.zeros(0, np.int64)
    return _Terms(block.terms, documents_of, places_of, documents, times, of, numbers[places].astype(np.int64))


def _none_yet() -> list[npt.NDArray[np.uint64]]:
    """What is added up to where things end, which begins with nothing."""
    return [np.zeros(1, np.uint64)]


def pairs(out: Out, segment: Segment, field: str, begins: Sequence[int], units: Sequence[str]) -> dict[str, bytes]:
    """Writes a field of pairs of characters; returns what stands of the units among them."""
    starts, keys, counts, apart = np.array(begins, np.int64), list[bytes](), _none_yet(), dict[str, bytes]()

    def offsets() -> Iterator[bytes]:
        for found in map(_apart, segment.blocks(field)):
            placed = (starts[found.of] + found.positions).astype(np.uint32)
            ends = found.places_of.cumsum()
            ordinary = np.ones(len(found.terms), np.bool_)
            for at in [at for at, term in enumerate(found.terms) if term[0] == "\n" and term in units]:
                ordinary[at] = False
                apart[found.terms[at]] = placed[ends[at] - found.places_of[at] : ends[at]].tobytes()
            letters = "".join(term for term, kept in zip(found.terms, ordinary.tolist(), strict=True) if kept)
            codes = np.frombuffer(letters.encode(_CHARACTERS), np.uint32).astype(np.uint64)
            keys.append((codes[0::2] << np.uint64(21) | codes[1::2]).tobytes())
            counts.append(found.places_of[ordinary].astype(np.uint64))
            yield placed[ordinary.repeat(found.places_of)].tobytes()

    out.put(field, "I", offsets())
    out.put(f"{field}_keys", "Q", keys)
    out.put(f"{field}_ends", "Q", [np.concatenate(counts).cumsum(dtype=np.uint64).tobytes()])
    return apart


_CHARACTERS = "utf-32-le" if np.little_endian else "utf-32-be"


def words(out: Out, segment: Segment, begins: Sequence[int]) -> None:
    """Writes of each word the passages that hold it, and how often."""
    starts, times, counts = np.array(begins, np.int64), list[bytes](), _none_yet()
    written, ends = list[bytes](), list[int]()

    def passages() -> Iterator[bytes]:
        for found in map(_apart, segment.blocks("words")):
            held = starts[found.of] + found.positions // PASSAGE_STRIDE
            # What a term has in a passage stands together: its places ascend.
            new = np.ones(len(held), np.bool_)
            new[1:] = held[1:] != held[:-1]
            new[(found.places_of.cumsum() - found.places_of)] = True
            heads = new.nonzero()[0]
            often = np.diff(heads, append=len(held))
            if len(often) and often.max() > _MOST_TIMES:
                raise ValueError("一段里同一个词太多")
            times.append(often.astype(np.uint16).tobytes())
            counts.append(np.add.reduceat(new, found.places_of.cumsum() - found.places_of, dtype=np.uint64))
            letters = [term.encode("utf-8") for term in found.terms]
            written.extend(letters)
            ends.extend(map(len, letters))
            yield held[heads].astype(np.uint32).tobytes()

    out.put("words", "I", passages())
    out.put("words_times", "H", times)
    out.put("words_letters", "B", written)
    out.put("words_letter_ends", "Q", [np.fromiter(accumulate(ends, initial=0), np.uint64).tobytes()])
    out.put("words_ends", "Q", [np.concatenate(counts).cumsum(dtype=np.uint64).tobytes()])


_MOST_TIMES = (1 << 16) - 1


def values(out: Out, segment: Segment, field: str) -> list[str]:
    """Writes of each value of a facet its documents; returns the values."""
    held, counts = list[str](), _none_yet()

    def documents() -> Iterator[bytes]:
        for found in map(_apart, segment.blocks(field)):
            held.extend(found.terms)
            counts.append(found.documents_of.astype(np.uint64))
            yield found.documents.astype(np.uint32).tobytes()

    out.put(f"facet_{field}", "I", documents())
    out.put(f"facet_{field}_ends", "Q", [np.concatenate(counts).cumsum(dtype=np.uint64).tobytes()])
    return held
