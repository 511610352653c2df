"""What an engine lists, and the numbers of a whole index: what queries are evaluated on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from search.documents.document import Span
from search.matching import loosening, scoring, widening

Documents = frozenset[int]


Unit = Literal["sentence", "passage", "heading", "item"]


# document -> where it occurs, ascending, not overlapping
SpanLists = Mapping[int, Sequence[Span]]


class Postings(Protocol):
    """What an engine lists. Documents are small numbers of its own; offsets count characters of the body."""

    def literal(self, text: str, *, title: bool) -> Mapping[int, Sequence[int]]:
        """document -> the offsets where a folded string begins in its title or body; as str.count() would count."""
        ...

    def is_whole(self, document: int, start: int, end: int, *, title: bool) -> bool:
        """Whether that stretch begins and ends where words do."""
        ...

    def together(self, words: tuple[str, ...]) -> Mapping[int, Mapping[int, int]]:
        """document -> the passages (0: the title) that hold all of these words -> how often the rarest of them."""
        ...

    def begins(self, documents: Iterable[int], unit: Unit) -> Mapping[int, Sequence[int]]:
        """document -> the offset at which each passage, sentence, heading or item of its body begins; a heading is a
        passage, an item is known by its first sentence. Documents that have none may be left out."""
        ...

    def everything(self) -> Documents: ...

    def facet(self, field: str) -> Mapping[str, Documents]: ...

    def dates(self) -> Mapping[int, str]:
        """2024-02-21, 2024-02 or 2024 of the documents that have a date."""
        ...

    def group(self, document: int) -> str:
        """Names the group of near-duplicates it belongs to; empty for most."""
        ...

    def length(self, document: int) -> int: ...

    def mean_length(self) -> float: ...

    def name(self, document: int) -> str:
        """The document's id."""
        ...


# A term, a content word, or what stands where two words of a question join.
LookedFor = widening.Widened | loosening.Content | str


@dataclass(frozen=True, slots=True)
class Statistics:
    """Numbers of a whole index that scores are made of, for an engine whose postings here are those of some candidates.

    documents: of the index. mean_length: of their bodies, in characters. documents_with: a term or word as it is looked
    for -> the documents that hold it in any way.
    """

    documents: int
    mean_length: float
    documents_with: Mapping[LookedFor, int]

    def rarity(self, looked_for: LookedFor, here: int) -> float:
        """here: the documents that hold it among the postings at hand, which count where the index was not asked."""
        return scoring.rarity(self.documents_with.get(looked_for, here), self.documents)
