"""Documents that speak of the same as a passage or a whole document: asked as a question of its rarest words.

Formulas (以……为指导) stand in every speech and say nothing about likeness, so their words are not asked for; nothing
of them is hidden anywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from search import text
from search.documents.document import Document, Passage
from search.engines import Engine
from search.matching import scoring
from search.query.clauses import AnyOf, Query, Term
from search.text import formulas

# Words asked for: more of them bring documents in by chance words, fewer miss what is said with other words.
_WORDS = 12
# A likeness needs two of the words in one passage, and this share of the weight of all.
_LEAST = 2
_SHARE = 0.25
# Documents looked at, best first by their words, for the passage that is most alike.
_CANDIDATES = 50


@dataclass(frozen=True, slots=True)
class Related:
    """A document, the passage of it that shares most words, and those words."""

    document: Document
    passage: Passage
    words: tuple[str, ...]


def related(engine: Engine, document: Document, passage: int | None = None, *, limit: int = 5) -> tuple[Related, ...]:
    """The documents most like a passage of document (its number) or like the whole, best first, itself left out."""
    pieces = [one.text for one in document.passages if passage in (None, one.number)]
    weights = _key_words(engine, ([document.metadata.title.value] if passage is None else []) + pieces)
    if len(weights) < _LEAST:
        return ()
    query = Query(raw="", text="", clause=AnyOf(tuple(Term(word, word, quoted=True) for word in weights)))
    ranked = engine.find(query, limit=_CANDIDATES, offset=0).ranked
    stored = engine.fetch([match.id for match in ranked if match.id != document.id])
    others = [one.document for one in stored.values()]
    found = sorted(((_best(other, weights), n) for n, other in enumerate(others)), key=lambda one: (-one[0][0], one[1]))
    least = _SHARE * sum(weights.values())
    return tuple(one for (weight, one), _ in found if len(one.words) >= _LEAST and weight >= least)[:limit]


def _key_words(engine: Engine, pieces: list[str]) -> dict[str, float]:
    """The words of two characters or more with the most weight: often here, rare elsewhere."""
    folded = [formulas.pattern().sub("。", text.fold(piece)) for piece in pieces]
    counts = Counter(token.text for piece in folded for token in text.tokens(piece, fine=False))
    vocabulary = engine.vocabulary()
    weights = {}
    for word, count in counts.items():
        if len(word) < 2 or word in text.stopwords():
            continue  # before it is looked up, which takes 20 us
        documents = max((vocabulary.documents[entry] for entry in vocabulary.exactly(word)), default=0)
        if documents > 1:  # a word of this document alone leads nowhere
            weights[word] = count * len(word) * scoring.rarity(documents, engine.documents)
    return {word: weights[word] for word in sorted(weights, key=lambda word: (-weights[word], word))[:_WORDS]}


def _best(document: Document, weights: Mapping[str, float]) -> tuple[float, Related]:
    """The passage that gathers most weight, with that weight."""
    folded = [(passage, text.fold(passage.text)) for passage in document.passages]
    said = [(passage, [word for word in weights if word in piece]) for passage, piece in folded]
    passage, words = max(said, key=lambda one: (sum(weights[word] for word in one[1]), -one[0].number))
    return sum(weights[word] for word in words), Related(document, passage, tuple(words))
