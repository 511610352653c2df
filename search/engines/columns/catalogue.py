"""What is known of every document without opening it, read from the columns."""

from __future__ import annotations

import numpy as np

from search.engines import Entry
from search.engines.columns.arrays import Arrays


def catalogue(arrays: Arrays) -> dict[str, Entry]:
    """id -> its entry, of the documents that are not deleted."""
    lines = np.bincount(arrays.line_ends(), minlength=arrays.documents)
    characters = arrays.lengths.astype(np.int64) - np.maximum(lines - 1, 0)
    columns = (
        arrays.names.tolist(),
        arrays.written("date").tolist(),
        arrays.facets.first_of("region"),
        characters.tolist(),
        arrays.written("near").tolist(),
        arrays.live.tolist(),
    )
    return {
        name.decode("ascii"): Entry(date.decode("ascii"), region, length, group.decode("ascii"))
        for name, date, region, length, group, live in zip(*columns, strict=True)
        if live
    }
