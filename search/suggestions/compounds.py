"""Longer terms that a collection makes of a word (养老服务体系 of 养老): in no list, but read from its documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from search import text
from search.engines import Engine
from search.query.clauses import Query, Term

# Documents that are read for a word, places in each, characters of a term and words in it.
_READ, _PLACES, _LONGEST, _WORDS = 20, 20, 12, 4
# What stands in one of them only is as often no term.
_FEWEST = 2
_MOST = 4
# Words of which the terms are kept; a generation of the index is another engine.
_KEPT = 512
_known: WeakKeyDictionary[Engine, dict[str, tuple[tuple[str, int], ...]]] = WeakKeyDictionary()


def compounds(engine: Engine, word: str) -> tuple[tuple[str, int], ...]:
    """The terms that begin with a folded word, with the documents that hold each, most first. Asks the engine twice,
    the second time not at all."""
    kept = _known.setdefault(engine, {})
    if word not in kept:
        if len(kept) >= _KEPT:
            kept.clear()
        kept[word] = _found(engine, word)
    return kept[word]


def _found(engine: Engine, word: str) -> tuple[tuple[str, int], ...]:
    matches = engine.find(_of(word), limit=_READ, offset=0)
    held: Counter[str] = Counter()
    for one in engine.fetch([match.id for match in matches.ranked]).values():
        texts = (one.document.metadata.title.value, one.document.text)
        held.update(
            {term for part, cuts in zip(texts, one.edges, strict=True) for term in _terms(word, text.fold(part), cuts)}
        )
    several = [term for term, times in held.most_common(4 * _MOST) if times >= _FEWEST]
    counts = engine.count([_of(term) for term in several]) if several else []
    ranked = sorted(zip(several, counts, strict=True), key=lambda one: (-one[1], one[0]))
    return tuple(ranked[:_MOST])


def _of(term: str) -> Query:
    return Query(raw=term, text=term, clause=Term(term, term, quoted=True))


def _terms(word: str, folded: str, cuts: bytes) -> Iterator[str]:
    """What a text makes of the word where a word begins: it and the next words, up to a sign. What never ends there
    (民政部门应当) is no term."""
    at = folded.find(word)
    for _ in range(_PLACES):
        if at < 0:
            return
        if text.is_whole(cuts, at, at):
            words = [token for token, _ in text.segmented(folded[at : at + 2 * _LONGEST])]
            many = next((n for n, one in enumerate(words) if not text.has_word(one)), len(words))
            term = "".join(words[:many])
            plain = text.stopwords().isdisjoint(words[:many])
            if plain and 1 < many <= _WORDS and len(word) < len(term) <= _LONGEST and len(words[many - 1]) > 1:
                yield term
        at = folded.find(word, at + len(word))
