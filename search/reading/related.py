"""Documents that speak of the same as a passage or a whole document: asked as a question of its rarest words.

Formulas (以……为指导) stand in every speech and say nothing about likeness, so their words are not asked for; nothing
of them is hidden anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heappush, heappushpop

from search import text
from search.documents.document import Document, Passage
from search.engines import Engine, Stored
from search.index.analysis import content_words
from search.matching import scoring
from search.query.clauses import AnyOf, Query, Term

# Words asked for: more of them bring documents in by chance words, fewer miss what is said with other words.
_WORDS = 12
# A likeness needs two of the words in one passage, and this share of the weight of all.
_LEAST = 2
_SHARE = 0.25
# A word of this document alone leads nowhere.
_FEWEST = 2
# What a word that is no term of the field counts where one passage is asked about: it is short, and 深入开展, 管理工作,
# 制度 together outweighed the two terms that told what it is about.
_NO_TERM = 1 / 3
# Documents looked at, best first by their words, for the passage that is most alike.
_CANDIDATES = 50


@dataclass(frozen=True, slots=True)
class Related:
    """A document, the passage of it that shares most words, and those words."""

    document: Document
    passage: Passage
    words: tuple[str, ...]


def related(engine: Engine, stored: Stored, passage: int | None = None, *, limit: int = 5) -> tuple[Related, ...]:
    """The documents most like a passage of a document (its number) or like the whole, best first, itself left out."""
    document = stored.document
    asked = [text.fold(one.text) for one in document.passages if one.number == passage]
    if asked:
        weights = key_words(engine, content_words(asked), no_term=_NO_TERM)
    else:
        weights = key_words(engine, stored.content_words)
    if len(weights) < _LEAST:
        return ()
    query = Query(raw="", text="", clause=AnyOf(tuple(Term(word, word, quoted=True) for word in weights)))
    (candidates,) = engine.first([query], limit=_CANDIDATES)
    gathered = engine.gather([id for id in candidates if id != document.id], weights)
    least = _SHARE * sum(weights.values())
    alike = [
        (id, one) for id in candidates if (one := gathered.get(id)) and len(one.words) >= _LEAST and one.weight >= least
    ]
    best = sorted(alike, key=lambda pair: -pair[1].weight)[:limit]
    others = engine.fetch([id for id, _ in best])
    found = ((others[id].document, one) for id, one in best if id in others)
    return tuple(Related(other, other.passages[one.passage - 1], one.words) for other, one in found)


def key_words(
    engine: Engine, counts: Iterable[tuple[str, int]], *, no_term: float = 1.0, fewest: int = _FEWEST
) -> dict[str, float]:
    """The words with the most weight: often here, rare elsewhere. counts: of words, heaviest first (analysis.py).
    no_term: what those count that are in no lexicon. fewest: documents that have them; of a text that is none itself
    one is enough.

    Looked up only as long as one could still be among the first: a report of 3,000 different words asks for some
    hundred.
    """
    vocabulary = engine.vocabulary()
    rarest = scoring.rarity(fewest, engine.documents)
    weights: dict[str, float] = {}
    first: list[float] = []  # a heap of the most weights so far
    for word, count in counts:
        if len(first) == _WORDS and count * len(word) * rarest < first[0]:
            break
        documents = vocabulary.documents_with(word)
        if documents >= fewest:
            rarity = scoring.rarity(documents, engine.documents)
            weights[word] = count * len(word) * rarity * (1.0 if text.is_term(word) else no_term)
            (heappush if len(first) < _WORDS else heappushpop)(first, weights[word])
    return {word: weights[word] for word in sorted(weights, key=lambda word: (-weights[word], word))[:_WORDS]}
