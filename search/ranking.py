"""Which documents come first: how a term is widened, and the score inside a tier. Pure functions.

Tiers before scores: every term literally in one passage, then in different passages, then by synonyms, then by the
words of a term inside one passage (model.MATCHES). Inside a tier BM25 over the strings that were found, a title
hit counting as several body hits. The same numbers go in on every engine, so the same order comes out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from search import text
from search.model import Query, Term
from search.schema import TITLE_WEIGHT

# Okapi BM25's usual constants; Robertson & Zaragoza 2009 give 1.2–2 and 0.75.
K1, B = 1.2, 0.75

# A term's words have to be at least two to be looked for apart: one word alone is a different question.
_FEWEST_WORDS = 2
# A synonym says nearly the same, words apart in one passage often do not.
_STRENGTHS = {"literal": 1.0, "synonym": 0.7, "scattered": 0.4}


@dataclass(frozen=True, slots=True)
class Widened:
    """A term and what may stand for it: literal strings (the term and other forms of its years), synonyms, words."""

    literals: tuple[str, ...]
    synonyms: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def widened(term: Term, query: Query) -> Widened:
    """What a term is looked for by; quoted terms are exactly themselves."""
    if term.quoted:
        return Widened((term.text,))
    literals = (term.text, *text.number_forms(term.text))
    others = text.synonyms().get(term.text, ()) if query.synonyms else ()
    parts = text.words(term.text)
    return Widened(literals, others, parts if len(parts) >= _FEWEST_WORDS else ())


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found of one term in one document: occurrences in title and body, and by which kind of string."""

    kind: str  # literal, synonym, scattered
    title: int
    body: int


def score(found: Iterable[tuple[Evidence, float]], length: int, mean_length: float) -> float:
    """BM25 of a document; each piece of evidence comes with the rarity() of its term, length in characters."""
    norm = K1 * (1 - B + B * length / mean_length) if mean_length else K1
    total = 0.0
    for evidence, weight in found:
        times = evidence.title * TITLE_WEIGHT + evidence.body
        total += weight * _STRENGTHS[evidence.kind] * times * (K1 + 1) / (times + norm)
    return total


def rarity(documents_with: int, documents: int) -> float:
    """Lucene's idf: never negative, so a term in every document still counts a little."""
    return math.log(1 + (documents - documents_with + 0.5) / (documents_with + 0.5))
