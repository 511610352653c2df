"""Which passage of a document gathers most of some weighted strings; the reference of all engines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from search import text
from search.documents.document import Document
from search.matching import scoring


@dataclass(frozen=True, slots=True)
class Gathering:
    """The number of a passage, the strings in it in the order of the weights, and the sum of their weights."""

    passage: int
    words: tuple[str, ...]
    weight: float


NOTHING = Gathering(0, (), 0.0)


def gathered(document: Document, weights: Mapping[str, float]) -> Gathering:
    """weights: folded string -> what it adds, however often it stands in the passage. NOTHING where none stands."""
    best = NOTHING
    for passage in document.passages:
        folded = text.fold(passage.text)
        words = tuple(word for word in weights if word in folded)
        weight = scoring.total(weights[word] for word in words)
        if weight > best.weight:
            best = Gathering(passage.number, words, weight)
    return best
