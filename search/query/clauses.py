"""What is asked: a tree of clauses over terms, the filters, the order. All values are frozen."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from search.documents.regions import BELOW, shown


@dataclass(frozen=True, slots=True)
class Term:
    """A run of characters looked for as it stands: folded as the index folds, shown as the person typed it.

    quoted: exactly these characters and nothing in their stead.
    """

    text: str
    shown: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Without:
    part: Clause


NearUnit = Literal["sentence", "passage", "item"]


@dataclass(frozen=True, slots=True)
class Near:
    """part must be met inside one unit of the body: 同句:(…), 同段:(…), where the title is a unit, too, and 提纲:…, the
    first sentence of an item, which is mostly its heading."""

    part: Clause
    unit: NearUnit


@dataclass(frozen=True, slots=True)
class InTitle:
    part: Clause


Clause = Term | AllOf | AnyOf | Without | Near | InTitle
Sort = Literal["relevance", "newest", "oldest"]


RANGE = ".."  # between the first and the last value of a range
RANGED = ("year", "date")
LATE = "~"  # sorts behind the - and the digits of a date


@dataclass(frozen=True, slots=True)
class Filter:
    """field is a facet's name in the schema (region, year, …) or date; several values of one field are alternatives.

    value: of a year or date also a range, 2022..2024 or 2024-01..2024-03. typed: what was typed, where that is another
    name of the value: 鄂 for 湖北. Two filters that mean the same are one. excluded: documents of this value are not
    wanted, whatever else is chosen.
    """

    field: str
    value: str
    typed: str = dataclasses.field(default="", compare=False)
    excluded: bool = False

    def fits(self, value: str) -> bool:
        """Whether a document's value is the one meant, excluded or not. A date known to the month or year only (2024)
        lies in a range when all of it does."""
        if self.field not in RANGED:
            return value == self.value
        first, _, last = self.value.partition(RANGE)
        return first <= value and value + LATE <= (last or first) + LATE

    @property
    def facet(self) -> str:
        """The facet that holds the value: of a region that is no province, the places below them (ASKED_BY)."""
        return "place" if self.field == "region" and BELOW in self.value else self.field

    @property
    def parameter(self) -> str:
        """The field as an address has it: -region where the value is excluded."""
        return f"-{self.field}" if self.excluded else self.field

    @property
    def said(self) -> str:
        """The value for a reader."""
        return said(self.field, self.value)


def said(field: str, value: str) -> str:
    """A value of a field for a reader: 2022至2024, 湖北武汉."""
    return shown(value) if field == "region" else value.replace(RANGE, "至")


# Facets whose values are asked for by the filters of another.
ASKED_BY = {"place": "region"}


def others_than(filters: Sequence[Filter], facet: str) -> list[Filter]:
    """The filters under which the values of a facet are counted: all but those that choose among them."""
    chosen_by = ASKED_BY.get(facet, facet)
    return [one for one in filters if one.field != chosen_by or one.excluded]


@dataclass(frozen=True, slots=True)
class Query:
    """What a person asks. clause None: nothing to look for but the filters (browse)."""

    raw: str
    text: str  # raw without the filters that were typed into it
    clause: Clause | None
    filters: tuple[Filter, ...] = ()
    sort: Sort = "relevance"
    page: int = 1
    synonyms: bool = True
    off: tuple[str, ...] = ()  # synonyms the reader switched off, folded
    # The wording of its terms with other signs, or but for one character, folded, as some documents have it.
    signs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # sentences for the reader: what was left out of the query and why
    way: str = ""  # of matches.MATCHES: of what is found, only what was found so is listed; all is counted

    def __hash__(self) -> int:
        """Without the clause, which says what the text does and takes longer than all the rest: what is kept for a
        query is asked for with each card."""
        return hash((self.raw, self.text, self.filters, self.page, self.off, self.signs, self.way))


def parts_of(clause: Clause | None) -> tuple[Clause, ...]:
    """What has to hold together: the parts of an outermost “all of”, or the one thing asked."""
    if clause is None:
        return ()
    return clause.parts if isinstance(clause, AllOf) else (clause,)


def positive_terms(clause: Clause | None) -> tuple[Term, ...]:
    """The terms looked for, in the order typed, without those excluded."""
    if isinstance(clause, Term):
        return (clause,)
    if isinstance(clause, AllOf | AnyOf):
        return tuple(dict.fromkeys(term for part in clause.parts for term in positive_terms(part)))
    return positive_terms(clause.part) if isinstance(clause, Near | InTitle) else ()


def excluded_terms(clause: Clause | None) -> tuple[Term, ...]:
    """The terms of all exclusions, at any depth; each is excluded by its own characters only."""
    if isinstance(clause, AllOf | AnyOf):
        return tuple(dict.fromkeys(term for part in clause.parts for term in excluded_terms(part)))
    if isinstance(clause, Near | InTitle):
        return excluded_terms(clause.part)
    return positive_terms(as_typed(clause.part)) + excluded_terms(clause.part) if isinstance(clause, Without) else ()


def quoted_in_all(clause: Clause | None) -> frozenset[Term]:
    """The quoted terms that have to be there whichever alternative is met."""
    if isinstance(clause, Term):
        return frozenset([clause] if clause.quoted else [])
    if isinstance(clause, AllOf | AnyOf):
        each = [quoted_in_all(part) for part in clause.parts]
        return frozenset.union(*each) if isinstance(clause, AllOf) else frozenset.intersection(*each)
    return quoted_in_all(clause.part) if isinstance(clause, Near | InTitle) else frozenset()


def replaced(clause: Clause, terms: Mapping[Term, Term | None]) -> Clause | None:
    """The clause with other terms in the place of some, or without them; None where nothing is left."""
    if isinstance(clause, Term):
        return terms.get(clause, clause)
    if isinstance(clause, AllOf | AnyOf):
        parts = tuple(dict.fromkeys(one for part in clause.parts if (one := replaced(part, terms))))
        return replace(clause, parts=parts) if len(parts) > 1 else next(iter(parts), None)
    inner = replaced(clause.part, terms)
    return replace(clause, part=inner) if inner else None


def as_typed(clause: Clause) -> Clause:
    """The clause with every term quoted: met by its own characters, wherever they stand."""
    if isinstance(clause, Term):
        return replace(clause, quoted=True)
    if isinstance(clause, AllOf | AnyOf):
        return replace(clause, parts=tuple(as_typed(part) for part in clause.parts))
    return replace(clause, part=as_typed(clause.part))
