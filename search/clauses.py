"""What is asked: a tree of clauses over terms, the filters, the order. All values are frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


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


@dataclass(frozen=True, slots=True)
class Near:
    """part must be met inside one unit of the body (the title is a unit): 同句:(…), 同段:(…)."""

    part: Clause
    unit: Literal["sentence", "passage"]


@dataclass(frozen=True, slots=True)
class InTitle:
    part: Clause


Clause = Term | AllOf | AnyOf | Without | Near | InTitle
Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Filter:
    """field is a facet's name in the schema (region, year, …); several values of one field are alternatives."""

    field: str
    value: str


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
    notes: tuple[str, ...] = ()  # sentences for the reader: what was left out of the question and why
