"""Names of things that stand in surroundings like those of what is asked for, though never beside it: 社区厨房 for
老年食堂, where both are built, and where both speak of care for the old. From this collection alone.

Two sorts of surroundings are compared: the words of the clause, which tell what is done with a thing, and the telling
words of the passage, which tell what it is about. A name has to share words of both.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from math import log

from search import text
from search.documents.passages import Passage, Span
from search.engines import Engine, Stored
from search.index.analysis import content_words, heaviest_first
from search.matching import scoring
from search.matching.gathering import Gathering
from search.query.addresses import search_address
from search.query.clauses import AllOf, AnyOf, Query, Term, Without, positive_terms
from search.query.parsing import parse
from search.reading.related import key_words
from search.tools.places import Place, place
from search.tools.quantities import COUNTERS
from search.tools.telling import fewest_documents

# Names offered, and of how many the documents are counted: a question each.
MOST, _COUNTED = 10, 40
# Words that describe the clauses; documents found by the words of the passages, those opened, clauses read of one.
_CLAUSE_WORDS, _FOUND, _OPENED, _CLAUSES = 40, 100, 50, 5
# Words in common that are no chance, and those told as the reason.
_LEAST, _TOLD = 2, 4
# Words of a name: fewer are a word of the dictionary, which says little; more are half a sentence.
_WORDS = range(2, 5)
_CLAUSE_ENDS = "，。；：！？,;:!?\n"
_HAN = re.compile("[一-鿿]{2,}")
# What stands before a name: an opening mark, the one before it in a list, how many there are of it.
_NUMBER = "[\\d一二两三四五六七八九十百千万亿几余多]"
_BEFORE = re.compile(rf"(?:[“《「、]|{_NUMBER}(?:{COUNTERS}))$")
_COUNTED_OUT = re.compile(rf"{_NUMBER}+(?:{COUNTERS})?")  # 十三个 is one word where it is cut
_LONGEST_COUNT = 5  # characters of 个平方公里, and one of its number
_BEHIND = re.compile(r"\W|等|$")

Held = tuple[str, Sequence[Span]]  # a folded passage, and what is found in it


@dataclass(frozen=True, slots=True)
class Likened:
    """A name, the documents that have it, and the clause of the first that is like the asked one's surroundings.

    around: words that stand around both, the most telling first.
    """

    text: str
    documents: int
    around: tuple[str, ...]
    clause: str
    place: Place
    url: str


@dataclass(slots=True)
class _Met:
    """What was read of a name: how alike its surroundings are, in how many documents, and the first place."""

    alike: float = 0.0
    documents: int = 0
    around: Counter[str] = field(default_factory=Counter)
    first: tuple[Stored, Passage, Span] | None = None


def likened(
    engine: Engine, query: Query, held: Mapping[str, Sequence[Held]], words: Mapping[str, int]
) -> tuple[tuple[Likened, ...], int]:
    """The names, and how many documents were opened for them. held: id -> the passages in which what is asked for is
    found. words: of those passages, how often each."""
    if query.clause is None:
        return (), 0
    passages = [passage for some in held.values() for passage, _ in some]
    own = {term.text for term in positive_terms(query.clause)}
    own |= {passage[start:end] for some in held.values() for passage, spans in some for start, end in spans}
    strange = {word: count for word, count in words.items() if not _of(word, own)}
    about = key_words(engine, heaviest_first(strange.items()))
    beside = _beside(engine, held, own)
    if len(about) < _LEAST or not beside:
        return (), 0
    met, opened = _met(engine, query, held, own, about, beside)
    known = {name for name in met if any(name in passage for passage in passages)}
    names = nlargest(_COUNTED, met.keys() - known, key=lambda name: (met[name].alike, name))
    asked = [parse(f"“{name}”") for name in names]
    found = zip(names, asked, engine.count(asked) if asked else (), strict=True)
    # A name that stands in many other surroundings, too, says little of these.
    ranked = sorted(found, key=lambda one: (-met[one[0]].alike * met[one[0]].documents / max(1, one[2]), one[0]))
    return tuple(_told(name, count, one, met[name]) for name, one, count in ranked[:MOST]), opened


def _told(name: str, count: int, asked: Query, met: _Met) -> Likened:
    assert met.first
    stored, passage, (start, end) = met.first
    around = tuple(word for word, _ in sorted(met.around.items(), key=lambda one: (-one[1], one[0]))[:_TOLD])
    document = stored.document
    return Likened(
        text=name,
        documents=count,
        around=around,
        clause=passage.text[start:end],
        place=place(document, passage, asked),
        url=search_address(asked),
    )


# --- what stands around what is asked for --------------------------------------------------------------


def _of(word: str, own: set[str]) -> bool:
    """Whether a word is a part of what is found, or the other way round."""
    return any(word in one or one in word for one in own)


def _clause(folded: str, at: int) -> Span:
    start = max(folded.rfind(mark, 0, at) for mark in _CLAUSE_ENDS) + 1
    ends = (end for mark in _CLAUSE_ENDS if (end := folded.find(mark, at)) >= 0)
    return start, min(ends, default=len(folded))


def _beside(engine: Engine, held: Mapping[str, Sequence[Held]], own: set[str]) -> dict[str, float]:
    """The words of the clauses with their weights: those of several documents, rarer ones the more."""
    counts = Counter[str]()
    for passages in held.values():
        clauses = dict.fromkeys(
            passage[slice(*_clause(passage, start))] for passage, spans in passages for start, _ in spans
        )
        counts.update({word for word, _ in content_words([*clauses][:_CLAUSES])})
    vocabulary, least = engine.vocabulary(), fewest_documents(len(held))
    weights = {}
    for word, count in counts.items():
        documents = vocabulary.documents_with(word)
        if count >= least and documents > 1 and not _of(word, own):
            weights[word] = log(1 + count) * scoring.rarity(documents, engine.documents)
    return {word: weights[word] for word in nlargest(_CLAUSE_WORDS, weights, key=lambda word: (weights[word], word))}


# --- names in like surroundings ------------------------------------------------------------------------


def _met(
    engine: Engine,
    query: Query,
    held: Mapping[str, Sequence[Held]],
    own: set[str],
    about: Mapping[str, float],
    beside: Mapping[str, float],
) -> tuple[dict[str, _Met], int]:
    """The names in the passages of other documents that are most about the same, and of how many documents."""
    assert query.clause
    subject = AnyOf(tuple(Term(word, word, quoted=True) for word in about))
    clause = AllOf((subject, Without(query.clause)))
    asked = Query(raw="", text="", clause=clause, filters=query.filters)
    (listed,) = engine.first([asked], limit=_FOUND)
    ids = [id for id in listed if id not in held]
    gathered = {id: one for id, one in engine.gather(ids, about).items() if len(one.words) >= _LEAST}
    best = nlargest(_OPENED, [id for id in ids if id in gathered], key=lambda id: gathered[id].weight)
    found: dict[str, _Met] = defaultdict(_Met)
    for id, stored in engine.fetch(best).items():
        passage = stored.document.passages[gathered[id].passage - 1]
        folded = text.fold(passage.text)
        if any(one in folded for one in own):
            continue
        for name, span, alike, around in _names_of(folded, gathered[id], about, beside):
            met = found[name]
            met.alike, met.documents = met.alike + alike, met.documents + 1
            met.around.update(around)
            met.first = met.first or (stored, passage, span)
    return found, len(best)


def _names_of(
    folded: str, gathered: Gathering, about: Mapping[str, float], beside: Mapping[str, float]
) -> Iterator[tuple[str, Span, float, dict[str, int]]]:
    """Each name of a passage once, its clause, how alike its surroundings are, and the words that they share."""
    seen = set[str]()
    for start, end in names(folded):
        name, (begin, stop) = folded[start:end], _clause(folded, start)
        near = [word for word in beside if word in folded[begin:start] or word in folded[end:stop]]
        far = [word for word in gathered.words if word not in name]
        shared = {word: round(1000 * (beside.get(word, 0) + about.get(word, 0))) for word in (*near, *far)}
        if name in seen or not near or not far or len(shared) < _LEAST:
            continue
        seen.add(name)
        alike = sum(beside[word] for word in near) / sum(beside.values())
        yield name, (begin, stop), alike * sum(about[word] for word in far) / sum(about.values()), shared


def names(folded: str) -> Iterator[Span]:
    """Where a text names a thing in two to four words: one of a list, in marks, or counted, up to the next sign. What
    begins with a verb tells what is done, and is none."""
    run: list[tuple[str, int]] = []
    for word, at in (*text.segmented(folded), ("", len(folded))):
        if _HAN.fullmatch(word) and word not in text.stopwords() and not _COUNTED_OUT.fullmatch(word):
            run.append((word, at))
            continue
        if len(run) in _WORDS and run[0][0] not in text.doing() and _BEHIND.match(folded, at):
            start = run[0][1]
            if _BEFORE.search(folded[max(0, start - _LONGEST_COUNT) : start]):
                yield start, at
        run = []
