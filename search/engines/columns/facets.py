"""The values of documents in every facet: which have one, and how many have each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
import numpy.typing as npt

from search.engines.columns.files import Columns
from search.engines.columns.pairs import array
from search.engines.columns.postings import EMPTY, Mask, Numbers, first_of_each, met_in
from search.index.schema import FACETS, LISTED
from search.query.clauses import Filter

# The number of a value, in as few bits as all of them need: there is one for each document and field.
Codes = npt.NDArray[np.uint16] | npt.NDArray[np.int32]


class Facets:
    """The values of all fields end to end, those of a field in order, and which of them each document has.

    The first value of each field stands in a table of a row for each document; what more a document has, apart.
    """

    def __init__(self, segments: Sequence[Columns], first: Sequence[int], documents: int) -> None:
        self.values: list[str] = []
        self._begins: dict[str, int] = {}
        held, codes = [EMPTY], [EMPTY]
        firsts = dict[str, npt.NDArray[np.int32]]()
        for field in (field.name for field in FACETS):
            self._begins[field] = len(self.values)
            having, of = self._field(segments, first, field)
            earliest = first_of_each(having)
            firsts[field] = np.full(documents, -1, np.int32)
            firsts[field][having[earliest]] = of[earliest]
            rest = np.ones(len(having), np.bool_)
            rest[earliest] = False
            held.append(having[rest])
            codes.append(of[rest])
        self._rest, self._rest_codes = np.concatenate(held), np.concatenate(codes)
        bounds = [*self._begins.values(), len(self.values)]
        self._bounds = np.array(bounds, np.int64)
        listed = [field.name for field in LISTED if len(range(*self._range_of(field.name)))]
        # Rows of what is counted are taken in a tenth of the time that columns take.
        self._listed = self._table([firsts[field] for field in listed], documents)
        others = [field for field in firsts if field not in listed]
        self._first = dict(zip(listed, self._listed.T, strict=True))
        self._first |= dict(zip(others, self._table([firsts[field] for field in others], documents).T, strict=True))
        self._of_field = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds)) * (documents + 1)

    def _table(self, columns: Sequence[npt.NDArray[np.int32]], documents: int) -> Codes:
        """A row for each document; what has no value counts for one behind the last."""
        table = np.empty((documents, len(columns)), np.uint16 if len(self.values) < 1 << 16 else np.int32)
        for number, column in enumerate(columns):
            table[:, number] = np.where(column < 0, len(self.values), column)
        return table

    def _field(self, segments: Sequence[Columns], first: Sequence[int], field: str) -> tuple[Numbers, Numbers]:
        """Adds the values of a field; the documents that have any (ascending) and which."""
        values = sorted({value for columns in segments for value in columns.facets[field]})
        number = {value: code for code, value in enumerate(values, len(self.values))}
        self.values += values
        found, codes = [EMPTY], [EMPTY]
        for columns, shift in zip(segments, first, strict=True):
            counts = np.diff(array(columns, f"facet_{field}_ends").astype(np.int64))
            own = np.array([number[value] for value in columns.facets[field]], np.int64)
            found.append(array(columns, f"facet_{field}").astype(np.int64) + shift)
            codes.append(np.repeat(own, counts))
        having, of = np.concatenate(found), np.concatenate(codes)
        order = np.lexsort((of, having))
        return having[order], of[order]

    def having(self, filters: Sequence[Filter]) -> Mask:
        """The documents that have what one of the filters asks for."""
        named = {one.facet: [other for other in filters if other.facet == one.facet] for one in filters}
        masks = [self._having(field, alike) for field, alike in named.items()]
        return reduce(np.logical_or, masks)

    def _having(self, field: str, filters: Sequence[Filter]) -> Mask:
        low, high = self._range_of(field)
        chosen = np.zeros(len(self.values) + 1, np.bool_)
        chosen[low:high] = [any(one.fits(value) for one in filters) for value in self.values[low:high]]
        mask: Mask = chosen[self._first[field]]
        mask[self._rest[chosen[self._rest_codes]]] = True
        return mask

    def _range_of(self, field: str) -> tuple[int, int]:
        """The numbers of the values of a field: the first, and one behind the last."""
        number = [*self._begins].index(field)
        low, high = self._bounds[number : number + 2].tolist()
        return low, high

    def first_of(self, field: str) -> list[str]:
        """Of each document the first of its values, empty where it has none."""
        values = [*self.values, ""]
        return [values[code] for code in self._first[field].tolist()]

    def counts(self, documents: Numbers) -> dict[str, tuple[tuple[str, int], ...]]:
        """listed field -> how many of the documents (ascending) have each value, the most first, zeros left out."""
        codes = self._listed.take(documents, axis=0).ravel()
        more = self._rest_codes[met_in(documents, self._rest)[1]]
        counts = np.bincount(np.concatenate((codes, more)) if len(more) else codes, minlength=len(self.values) + 1)[:-1]
        there = counts.nonzero()[0]
        cuts = there.searchsorted(self._bounds).tolist()
        there = there[(self._of_field[there] - counts[there]).argsort(kind="stable")]
        pairs = tuple(zip([self.values[code] for code in there.tolist()], counts[there].tolist(), strict=True))
        every = {field: pairs[low:high] for field, low, high in zip(self._begins, cuts, cuts[1:], strict=False)}
        return {field.name: every[field.name] for field in LISTED}

    def count(self, field: str, documents: Numbers) -> tuple[tuple[str, int], ...]:
        """counts() of one field alone."""
        low, high = self._range_of(field)
        own = (self._rest_codes >= low) & (self._rest_codes < high)
        more = self._rest_codes[own][met_in(documents, self._rest[own])[1]]
        codes = np.concatenate((self._first[field][documents], more))
        counts = np.bincount(codes, minlength=len(self.values) + 1)[low:high]
        order = (-counts).argsort(kind="stable")[: np.count_nonzero(counts)].tolist()
        return tuple(zip([self.values[low + at] for at in order], counts[order].tolist(), strict=True))
