"""Which places of a document answer a clause: what meets the condition is marked and counted, and nothing beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.documents.document import Span
from search.matching.matches import CALLED, SAME
from search.matching.postings import Unit
from search.query.clauses import AllOf, AnyOf, Clause, InTitle, Near, Term, Without, as_typed

# Looser than every tier: not found.
NONE = len(CALLED)
# Whether the title holds a term literally, and where the body does.
Literally = Callable[[Term], tuple[bool, Sequence[Span]]]


class Held(Protocol):
    """What one document holds of a query."""

    def level(self, term: Term, *, title_only: bool) -> int:
        """The strictest tier as which the document has the term, SAME or looser; NONE where it has not."""
        ...

    def literally(self, term: Term) -> tuple[bool, Sequence[Span]]: ...

    def begins(self, unit: Unit) -> Sequence[int]:
        """Where the units of the body begin."""
        ...


@dataclass(frozen=True, slots=True)
class Places:
    """Where a term counts: in the title or not, and in the body where it begins in one of these units, which begin at
    begins; units None is the whole body."""

    title: bool
    begins: Sequence[int] = ()
    units: frozenset[int] | None = None

    def of(self, spans: Sequence[Span]) -> list[Span]:
        """Those spans of the body that count."""
        if self.units is None:
            return list(spans)
        return [span for span in spans if bisect_right(self.begins, span[0]) in self.units]


_EVERYWHERE = Places(title=True)
Answering = Mapping[Term, Sequence[Places]]


def is_selective(clause: Clause | None) -> bool:
    """Whether a place may not count although its term is met well enough: 同句:(低保 孤儿), (低保 孤儿) 或 特困."""
    if isinstance(clause, AllOf | AnyOf):
        choice = isinstance(clause, AnyOf) and not all(isinstance(part, Term) for part in clause.parts)
        return choice or any(map(is_selective, clause.parts))
    return isinstance(clause, Near) or (isinstance(clause, InTitle) and is_selective(clause.part))


def answering(clause: Clause, held: Held, tier: int) -> Answering:
    """The terms that count in a document that fits a clause as well as tier says, and where: of a choice, those parts
    that fit as well; of what has to stand in one unit, the units that hold it."""
    found: dict[Term, list[Places]] = {}
    _walk(clause, held, max(tier, SAME), found)
    return found


def _walk(clause: Clause, held: Held, tier: int, found: dict[Term, list[Places]]) -> None:
    if isinstance(clause, Term):
        found.setdefault(clause, []).append(_EVERYWHERE)
    elif isinstance(clause, AllOf | AnyOf):
        for part in clause.parts:
            if isinstance(clause, AllOf) or level(part, held) <= tier:
                _walk(part, held, tier, found)
    elif isinstance(clause, InTitle):
        _walk(clause.part, held, tier, found)
    elif isinstance(clause, Near):
        begins, units = near_units(clause, held.literally, held.begins)
        _inside(clause.part, held, begins, units, found)


def _inside(
    clause: Clause, held: Held, begins: Sequence[int], units: frozenset[int], found: dict[Term, list[Places]]
) -> None:
    """The terms of what has to stand in one of the units."""
    if isinstance(clause, Term):
        found.setdefault(clause, []).append(Places(0 in units, begins, units))
    elif isinstance(clause, AllOf | AnyOf):
        for part in clause.parts:
            _inside(part, held, begins, units & units_of(part, held.literally, begins), found)
    elif not isinstance(clause, Without):
        _walk(clause, held, SAME, found)  # a place of its own


def level(clause: Clause, held: Held, *, title_only: bool = False) -> int:
    """The strictest tier as which a document fits a clause, SAME or looser; NONE where it does not fit."""
    if isinstance(clause, Term):
        return held.level(clause, title_only=title_only)
    if isinstance(clause, AllOf | AnyOf):
        levels = [level(part, held, title_only=title_only) for part in clause.parts]
        return max(levels) if isinstance(clause, AllOf) else min(levels)
    if isinstance(clause, InTitle):
        return level(clause.part, held, title_only=True)
    if isinstance(clause, Without):
        return NONE if level(as_typed(clause.part), held, title_only=title_only) <= SAME else SAME
    fits = level(clause.part, held, title_only=title_only) <= SAME
    return SAME if fits and near_units(clause, held.literally, held.begins)[1] else NONE


def near_units(
    near: Near, literally: Literally, begins: Callable[[Unit], Sequence[int]]
) -> tuple[Sequence[int], frozenset[int]]:
    """Where the passages or sentences begin that a clause is about, and the numbers of those that fit it."""
    own = begins("passage" if near.unit == "passage" else "sentence")
    units = units_of(near.part, literally, own)
    return own, units & {bisect_right(own, at) for at in begins("item")} if near.unit == "item" else units


def units_of(clause: Clause, literally: Literally, begins: Sequence[int]) -> frozenset[int]:
    """The units (passages or sentences that begin at these offsets; 0: the title) of a document that fit a clause
    literally; an exclusion and a clause with a place of its own are the whole document's."""
    if isinstance(clause, Term):
        title, body = literally(clause)
        inside = {bisect_right(begins, start) for start, _ in body}
        return frozenset(inside | ({0} if title else set()))
    if isinstance(clause, Without | Near | InTitle):
        return frozenset(range(len(begins) + 1))
    parts = [units_of(part, literally, begins) for part in clause.parts]
    return frozenset.intersection(*parts) if isinstance(clause, AllOf) else frozenset.union(*parts)
