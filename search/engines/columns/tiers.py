"""Which documents fit a clause, and how well: sets of documents as masks, units of texts as ascending numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from search.engines.columns.arrays import Arrays
from search.engines.columns.postings import Mask, Numbers, intersection, union
from search.engines.columns.terms import NONE, TermHits, Tiers
from search.matching.matches import EXACT, SAME
from search.matching.postings import Unit
from search.query.clauses import AllOf, AnyOf, Clause, InTitle, Near, Term, Without, as_typed

Hits = Mapping[Term, TermHits]


def tiers_of(arrays: Arrays, clause: Clause | None, found: Hits) -> Tiers:
    """Of each document the strictest tier it fits; a query without a clause fits everything exactly."""
    if clause is None:
        return np.where(arrays.live, EXACT, NONE).astype(np.int8)
    tiers = _levels(arrays, clause, found)
    same = tiers == SAME
    inside = _in_one_passage(arrays, clause, found, same)
    if inside is None:
        tiers -= same  # a tier stricter; to copy where a mask is set takes fifteen times as long
    else:
        tiers[inside] = EXACT
    return tiers


def _levels(arrays: Arrays, clause: Clause, found: Hits, *, title_only: bool = False) -> Tiers:
    """Of each document the strictest tier as which it fits a clause, SAME or looser; NONE where it does not.

    All parts fit as well as the one that fits worst, any part as the one that fits best.
    """
    if isinstance(clause, AllOf | AnyOf):
        parts = [_levels(arrays, part, found, title_only=title_only) for part in clause.parts]
        levels: Tiers = reduce(np.maximum if isinstance(clause, AllOf) else np.minimum, parts)
        return levels
    if isinstance(clause, InTitle):
        return _levels(arrays, clause.part, found, title_only=True)
    if isinstance(clause, Without):
        unwanted = _levels(arrays, as_typed(clause.part), found, title_only=title_only) <= SAME
        return np.where(arrays.live & ~unwanted, SAME, NONE).astype(np.int8)
    if isinstance(clause, Near):
        near = _levels(arrays, clause.part, found, title_only=title_only) <= SAME
        unit, units = _near_units(arrays, clause, found, near.nonzero()[0])
        if units is not None:
            near &= mask_of(arrays, arrays.documents_of(units, unit))
        return np.where(near, SAME, NONE).astype(np.int8)
    levels = np.full(arrays.documents, NONE, np.int8)
    one = found[clause]
    documents, held = one.title_levels() if title_only else (one.documents, one.levels)
    levels[documents] = held
    return levels


def mask_of(arrays: Arrays, documents: Numbers) -> Mask:
    mask = np.zeros(arrays.documents, np.bool_)
    mask[documents] = True
    return mask


def answering(arrays: Arrays, clause: Clause, found: Hits, limits: Tiers) -> list[Counting]:
    """matching.answering.answering() of all documents at once; limits: of each document the loosest tier that is good
    enough there."""
    return [*_walk(arrays, clause, found, limits, np.ones(arrays.documents, np.bool_))]


@dataclass(frozen=True, slots=True)
class Counting:
    """A term that counts in the documents of a mask; where units is there, only where it begins in one of those."""

    term: Term
    documents: Mask
    unit: Unit = "passage"
    units: Numbers | None = None


def _walk(arrays: Arrays, clause: Clause, found: Hits, limits: Tiers, documents: Mask) -> Iterator[Counting]:
    if isinstance(clause, Term):
        yield Counting(clause, documents)
    elif isinstance(clause, AllOf | AnyOf):
        for part in clause.parts:
            fitting = documents
            if isinstance(clause, AnyOf):
                fitting = documents & (_levels(arrays, part, found) <= limits)
            yield from _walk(arrays, part, found, limits, fitting)
    elif isinstance(clause, InTitle):
        yield from _walk(arrays, clause.part, found, limits, documents)
    elif isinstance(clause, Near):
        unit, units = _near_units(arrays, clause, found, documents.nonzero()[0])
        yield from _inside(arrays, clause.part, found, documents, unit, units)


def _inside(
    arrays: Arrays, clause: Clause, found: Hits, documents: Mask, unit: Unit, units: Numbers | None
) -> Iterator[Counting]:
    """The terms of what has to stand in one of the units; None is all of them."""
    if isinstance(clause, Term):
        yield Counting(clause, documents, unit, units)
    elif isinstance(clause, AllOf | AnyOf):
        for part in clause.parts:
            own = _units_of(arrays, part, found, unit, documents.nonzero()[0])
            both = own if units is None else units if own is None else intersection(units, own)
            yield from _inside(arrays, part, found, documents, unit, both)
    elif not isinstance(clause, Without):
        limits = np.full(arrays.documents, SAME, np.int8)
        yield from _walk(arrays, clause, found, limits, documents)


def _in_one_passage(arrays: Arrays, clause: Clause, found: Hits, documents: Mask) -> Numbers | None:
    """Those of some documents that fit a clause of which one passage, or the title, holds the whole of it literally;
    None is all of them."""
    if not isinstance(clause, AllOf | AnyOf):
        return None
    narrow = [part for part in clause.parts if not isinstance(part, Without | Near | InTitle)]
    if isinstance(clause, AnyOf) and (len(narrow) < len(clause.parts) or all(isinstance(one, Term) for one in narrow)):
        return None
    if len(narrow) < 2:
        return _in_one_passage(arrays, narrow[0], found, documents) if narrow else None
    units = _units_of(arrays, clause, found, "passage", documents.nonzero()[0])
    return None if units is None else arrays.documents_of(units, "passage")


def _near_units(arrays: Arrays, near: Near, found: Hits, documents: Numbers) -> tuple[Unit, Numbers | None]:
    """The passages or sentences that a clause is about and that fit it; None is every one."""
    unit: Unit = "passage" if near.unit == "passage" else "sentence"
    units = _units_of(arrays, near.part, found, unit, documents)
    if near.unit != "item":
        return unit, units
    return unit, arrays.items if units is None else intersection(units, arrays.items)


def _units_of(
    arrays: Arrays,
    clause: Clause,
    found: Hits,
    unit: Unit,
    documents: Numbers,
    known: dict[Term, Numbers] | None = None,
) -> Numbers | None:
    """The units of some documents that fit a clause literally, ascending; None is every unit, for what is the whole
    document's. known: those of terms, as a wording is parted in forty ways of the same parts."""
    known = {} if known is None else known
    if isinstance(clause, Term):
        if clause not in known:
            known[clause] = arrays.units(found[clause].places["literal"].within(documents), unit)
        return known[clause]
    if isinstance(clause, Without | Near | InTitle):
        return None
    parts = [_units_of(arrays, part, found, unit, documents, known) for part in clause.parts]
    narrow = [part for part in parts if part is not None]
    if isinstance(clause, AnyOf):
        return union(narrow) if len(narrow) == len(parts) else None
    return reduce(intersection, narrow) if narrow else None


def unwanted(arrays: Arrays, clause: Clause | None, found: Hits) -> Mask:
    """The documents that any exclusion of the query, at any depth, names."""
    if isinstance(clause, Without):
        return _levels(arrays, as_typed(clause.part), found) <= SAME
    mask = np.zeros(arrays.documents, np.bool_)
    for part in clause.parts if isinstance(clause, AllOf | AnyOf) else ():
        mask |= unwanted(arrays, part, found)
    return mask
