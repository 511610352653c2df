"""What the documents hold that are deleted and still stand in their segments: it has to be taken off Whoosh's counts.

A segment is never written again, so what was counted of its deleted documents holds for the next publish: only those
deleted since are analysed. It is a note, and made anew where it is missing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from whoosh.reading import IndexReader

from search.engines.whoosh.segments import deleted_in, leaves
from search.index import packed
from search.index.analysis import analysed

# The name under which it is kept beside an index.
NOTE = "deleted"


@dataclass(slots=True)
class Gone:
    """Of one segment: which documents are counted, by number, and how many of them hold each word and term."""

    numbers: set[int] = field(default_factory=set)
    words: Counter[str] = field(default_factory=Counter)
    terms: Counter[str] = field(default_factory=Counter)


def counted(reader: IndexReader, before: Mapping[str, Gone]) -> dict[str, Gone]:
    """By segment, of those that have deleted documents. before: the same of the generation before."""
    return {
        leaf.segment().segment_id(): _of(leaf, deleted, before.get(leaf.segment().segment_id(), Gone()))
        for leaf in leaves(reader)
        if (deleted := deleted_in(leaf))
    }


def _of(leaf: IndexReader, deleted: list[int], known: Gone) -> Gone:
    if not known.numbers <= {*deleted}:  # of another segment, or of another time
        known = Gone()
    records = leaf.column_reader("record")
    for number in sorted({*deleted} - known.numbers):
        analysis = analysed(packed.loads(records[number]))
        known.words.update(set(analysis.words.terms))
        known.terms.update(analysis.terms)
        known.numbers.add(number)
    return known


def dumps(gone: Mapping[str, Gone]) -> str:
    return json.dumps(
        {id: {"numbers": sorted(one.numbers), "words": one.words, "terms": one.terms} for id, one in gone.items()},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def loads(stored: str | None) -> dict[str, Gone]:
    """The inverse of dumps(); nothing for anything else."""
    try:
        return {
            id: Gone({*map(int, one["numbers"])}, Counter(one["words"]), Counter(one["terms"]))
            for id, one in json.loads(stored or "{}").items()
        }
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}
