"""The columns of all segments of an index as numpy arrays: where strings and words stand, and the facts of documents.

Documents are numbered on through the segments, so are passages (files.py says how) and the characters of
bodies and titles. Every array of places is ascending.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, chain

import numpy as np
import numpy.typing as npt

from search.engines.columns.facets import Facets
from search.engines.columns.files import Columns
from search.engines.columns.mapped import Begins, Edges
from search.engines.columns.pairs import LONG_BLOCK, SHORT_BLOCK, Pairs, Ranges, array, looked_up, lookup
from search.engines.columns.postings import (
    EMPTY,
    NOWHERE,
    Kept,
    Mask,
    Numbers,
    SpanLists,
    TermPostings,
    apart,
    ends_of,
    first_of_each,
    intersection,
    narrow,
    overlaps_itself,
    runs,
    union,
    wide,
)
from search.matching.postings import Unit
from search.matching.spans import Ends
from search.query.clauses import Filter


class _Letters(Sequence[bytes]):
    """The words of a segment, ascending, to be searched by halving."""

    def __init__(self, columns: Columns) -> None:
        self._letters = columns.arrays["words_letters"]
        self._ends = columns.arrays["words_letter_ends"]

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, at: int) -> bytes:  # type: ignore[override]
        return bytes(self._letters[self._ends[at] : self._ends[at + 1]])

    def find(self, word: str) -> int | None:
        key = word.encode("utf-8")
        at = bisect_left(self, key)
        return at if at < len(self) and self[at] == key else None


class Arrays:
    """The columns of all segments of one generation; safe to ask from several threads."""

    def __init__(self, segments: Sequence[tuple[Columns, Sequence[int]]]) -> None:
        """Each segment with the numbers of its documents that are deleted."""
        columns = [one for one, _ in segments]
        first = [*accumulate((one.documents for one in columns), initial=0)]
        self.documents = first.pop()
        self._live = np.ones(self.documents, np.bool_)
        for shift, (_, deleted) in zip(first, segments, strict=True):
            self._live[[shift + number for number in deleted]] = False
        self._deleted = not self._live.all()
        self._columns, self._first = columns, first

        lengths = self._joined("lengths")
        self.lengths = lengths.astype(np.float64)
        self._live_count = int(self._live.sum())
        self.mean_length = float(lengths[self._live].sum()) / max(1, self._live_count)
        bodies, titles = ends_of((lengths // 8 + 1) * 8), ends_of(self._joined("title_lengths"))
        self._pairs = {
            False: Pairs(columns, "grams", bodies, first, block=LONG_BLOCK),
            True: Pairs(columns, "title_grams", titles, first, block=SHORT_BLOCK),
        }
        self._cuts = {False: Edges(columns, "cuts"), True: Edges(columns, "title_cuts")}
        passages = self._joined("passages")
        # The number of each document's title, which is its passage 0.
        self.titles = ends_of(passages + 1)
        # Of each passage numbers in 32 bits, where they fit: of a million passages 15 MB less.
        self._passages = np.delete(np.arange(self.titles[-1], dtype=np.int32), self.titles[:-1])
        self._sentences = Begins(columns, "sentence_begins", bodies[[*first, -1]].tolist())
        self._passage_ends = self._shifted("passage_begins", bodies, bodies[-1] + 1)
        self._passage_begins, self._passage_at = self._passage_ends[:-1], lookup(self._passage_ends, SHORT_BLOCK)
        self.is_heading = np.zeros(int(self.titles[-1]), np.bool_)
        self.is_heading[self.passage_of(wide(self._shifted("heading_begins", bodies)))] = True
        self.items = np.unique(self.sentence_of(wide(self._shifted("item_begins", bodies))))
        self._document_of = np.repeat(np.arange(self.documents, dtype=np.int32), passages + 1)
        self.passage_lengths = self._passage_lengths(bodies[:-1] + lengths, passages)
        self._words = [
            (_Letters(one), array(one, "words_ends"), array(one, "words"), array(one, "words_times")) for one in columns
        ]
        self.facets = Facets(columns, first, self.documents)

    def _joined(self, name: str) -> Numbers:
        return np.concatenate([EMPTY, *(array(one, name).astype(np.int64) for one in self._columns)])

    def _shifted(self, name: str, begins: Numbers, *last: np.int64) -> Kept:
        """Offsets of all segments, each counted from where the first body begins; the last behind them."""
        joined = chain(
            (array(one, name) + begins[shift] for one, shift in zip(self._columns, self._first, strict=True)),
            (np.array(last, np.int64),),
        )
        return np.concatenate([narrow(one) for one in joined])

    def _strings(self, name: str) -> npt.NDArray[np.bytes_]:
        arrays = [
            np.frombuffer(one.arrays[name], dtype=f"S{one.widths[name]}") if one.documents else np.zeros(0, "S1")
            for one in self._columns
        ]
        return np.concatenate(arrays) if arrays else np.zeros(0, "S1")

    def written(self, name: str) -> npt.NDArray[np.bytes_]:
        """A column of short strings (date, near); empty where a document has none."""
        return self._strings(name)

    def line_ends(self) -> Numbers:
        """Of each line of each body the document it is in; a body has a line for each paragraph."""
        pairs = self._pairs[False]
        return pairs.documents_at(np.sort(pairs.ending("\n")))

    def _passage_lengths(self, body_ends: Numbers, passages: Numbers) -> npt.NDArray[np.int32]:
        """Characters of each passage up to where the next one begins; a title counts as none.

        passages: how many each body has.
        """
        found = np.zeros(int(self.titles[-1]), np.int32)
        lengths = np.diff(self._passage_ends)
        last, having = passages.cumsum() - 1, passages > 0
        lengths[last[having]] = body_ends[having] - self._passage_begins[last[having]]
        found[self._passages] = lengths
        return found

    @cached_property
    def names(self) -> npt.NDArray[np.bytes_]:
        return self._strings("name")

    @cached_property
    def name_order(self) -> Numbers:
        """Of each document its place in the order of the names."""
        order = np.empty(self.documents, np.int64)
        order[self._by_name] = np.arange(self.documents)
        return order

    @cached_property
    def dates(self) -> Numbers:
        """Of each document a number that grows with its date; -1 without a date."""
        strings = self._strings("date")
        return np.where(strings == b"", -1, np.unique(strings, return_inverse=True)[1])

    def dated(self, filters: Sequence[Filter]) -> Mask:
        """The documents whose date fits one of the filters."""
        dates, of = np.unique(self._strings("date"), return_inverse=True)
        fitting = [any(one.fits(date.decode("ascii")) for one in filters) if date else False for date in dates]
        mask: Mask = np.array(fitting, np.bool_)[of]
        return mask

    @cached_property
    def groups(self) -> Numbers:
        """Of each document a number for its group of near-duplicates; -1 for none."""
        strings = self._strings("near")
        return np.where(strings == b"", -1, np.unique(strings, return_inverse=True)[1])

    def number(self, name: str) -> int | None:
        order, wanted = self._by_name, name.encode("utf-8")
        at = int(self.names.searchsorted(wanted, sorter=order))
        # Beside a document that is deleted stands the one that took its place.
        while at < len(order) and self.names[found := int(order[at])] == wanted:
            if self._live[found]:
                return found
            at += 1
        return None

    def edges(self, number: int) -> tuple[bytes, bytes]:
        return self._edges(True, number), self._edges(False, number)

    def _edges(self, title: bool, number: int) -> bytes:
        return self._cuts[title].between(*self._pairs[title].begins[number : number + 2].tolist())

    @cached_property
    def _by_name(self) -> Numbers:
        return self.names.argsort(kind="stable")

    @property
    def live(self) -> Mask:
        return self._live

    @property
    def live_count(self) -> int:
        return self._live_count

    # --- where strings and words stand

    def literal(self, text: str, *, title: bool) -> SpanLists:
        """Where a folded string stands, as str.count() counts."""
        pairs = self._pairs[title]
        starts = apart(pairs.starts(text), len(text))
        if not len(starts):
            return NOWHERE
        documents = pairs.documents_at(starts)
        if self._deleted:
            kept = self._live[documents]
            documents, starts = documents[kept], starts[kept]
        return SpanLists.of(documents, starts, len(text))

    def places(self, text: str) -> list[Ranges]:
        """Where a folded string begins in the bodies, and in the titles; in deleted documents, too."""
        return [pairs.places(text) for pairs in self._pairs.values()]

    def places_before(self, char: str, behind: str) -> list[Ranges]:
        """The same of a character that stands before another one or before a sign."""
        return [pairs.places_before(char, behind) for pairs in self._pairs.values()]

    def documents_of_starts(self, starts: Sequence[Numbers]) -> Numbers:
        """The documents of offsets in the bodies and in the titles, but those that are deleted."""
        sides = zip(self._pairs.values(), starts, strict=True)
        held = union(runs(pairs.documents_at(one))[0] for pairs, one in sides)
        return held[self._live[held]]

    def most(self, text: str) -> int:
        """No folded string stands in more documents than this, in title and body together."""
        return sum(places.size for places in self.places(text))

    def whole(self, spots: SpanLists, ends: Ends, *, title: bool) -> Mask:
        """Which of them begin and end where words do (text.is_whole), at the ends that count."""
        begin, end = map(self._cuts[title].at, ends.of(spots.starts, spots.ends))
        return np.asarray(begin & end, np.bool_)

    def together(self, words: tuple[str, ...]) -> tuple[Numbers, Numbers]:
        """The passages that hold all of these words, and how often the rarest of them stands there."""
        held = self._holding(words[0])
        for word in words[1:]:
            passages, times = self._holding(word)
            both = intersection(held[0], passages)
            held = (
                both,
                np.minimum(held[1][np.searchsorted(held[0], both)], times[passages.searchsorted(both)]),
            )
        if self._deleted:
            kept = self._live[self.document_of(held[0])]
            return held[0][kept], held[1][kept]
        return held

    def _holding(self, word: str) -> tuple[Numbers, Numbers]:
        found = [(EMPTY, EMPTY)]
        for (letters, ends, passages, times), first in zip(self._words, self._first, strict=True):
            at = letters.find(word)
            if at is not None:
                low, high = int(ends[at]), int(ends[at + 1])
                shift = self.titles[first]
                found.append((passages[low:high].astype(np.int64) + shift, times[low:high].astype(np.int64)))
        if len(found) == 2:
            return found[1]
        return np.concatenate([one for one, _ in found]), np.concatenate([one for _, one in found])

    def units(self, spots: TermPostings, unit: Unit) -> Numbers:
        """The units that hold a stretch, ascending: passages by number; sentences by number, titles behind them."""
        if unit == "passage":
            inside = self.passage_of(spots.body.starts)
            titles = self.titles[spots.title.held]
        else:
            inside, titles = self.sentence_of(spots.body.starts), self.title_sentence(spots.title.held)
        return union((runs(inside)[0], titles))

    def passages_with(
        self, strings: Sequence[str], stand: Sequence[SpanLists], documents: Numbers
    ) -> tuple[Numbers, Numbers]:
        """Each passage of a body that holds one of the strings whole, wherever in it, once for each of them; and which
        it is. Ascending.

        stand: literal() of each of them; documents: those looked at, ascending.
        """
        # Of the two 人人 in 人人人 the second may be the one that no passage cuts in two.
        each = [
            self._pairs[False].starts(text, documents) if overlaps_itself(text) else spots.starts_in(documents)
            for text, spots in zip(strings, stand, strict=True)
        ]
        counts = [len(starts) for starts in each]
        starts = np.concatenate([EMPTY, *each])
        which = np.arange(len(strings)).repeat(counts)
        lasts = starts + np.array([len(text) - 1 for text in strings], np.int64).repeat(counts)
        first, last = self.passage_of(np.concatenate((starts, lasts))).reshape(2, -1)
        found = (first * len(strings) + which)[first == last]
        found.sort()
        found = found[first_of_each(found)]
        passages: Numbers = found // max(1, len(strings))
        return passages, found - passages * len(strings)

    def passage_of(self, offsets: Numbers) -> Numbers:
        """The passage in which each offset of a body lies."""
        return self._passages[looked_up(self._passage_at, SHORT_BLOCK, self._passage_ends, offsets)].astype(np.int64)

    def sentence_of(self, offsets: Numbers) -> Numbers:
        return self._sentences.of(offsets)

    def document_of(self, passages: Numbers) -> Numbers:
        """The document of each of these passages."""
        return wide(self._document_of[passages])

    @property
    def sentences(self) -> int:
        """How many there are, titles among them."""
        return len(self._sentences) + self.documents

    def title_sentence(self, documents: Numbers) -> Numbers:
        """The number of a title among the sentences: behind those of all bodies."""
        return documents + len(self._sentences)

    def documents_of(self, units: Numbers, unit: Unit) -> Numbers:
        if unit == "passage":
            return self.document_of(units)
        sentences = len(self._sentences)
        inside = units[units < sentences]
        begins = self._sentences.at(inside)
        return np.concatenate((self._pairs[False].documents_at(begins), units[units >= sentences] - sentences))
