"""Points of a document for a query: BM25 over what was met, and what its best passage adds. Numbers in, numbers out."""

from __future__ import annotations

import math
import operator
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from search.documents.document import Span
from search.index.schema import TITLE_WEIGHT
from search.matching.matches import BestPassage

# Okapi BM25's constants. K1 as usual; B below the usual 0.75, because a report of many parts is long without saying
# less in each: nDCG@10 over the sample and the shared queries .836/.890 at .75, .841/.891 at .5, .841/.889 at .3.
K1, B = 1.2, 0.5

# A synonym says nearly the same, words apart in one passage often do not.
STRENGTHS = {
    "literal": 1.0,
    "name": 0.85,
    "punctuation": 0.95,
    "synonym": 0.7,
    "scattered": 0.4,
    "typo": 0.5,
    "crossed": 0.2,
}
# Documents of an order whose passages are looked at: re-ranking more changed no figure of the judged queries.
CANDIDATES = 50
# What is added to BM25: the best passage, the terms of its closest sentence, the terms in headings. nDCG@10 over the
# sample and the shared queries .8983/.8969 without, .8989/.8980 with; twice as much of it .8958/.8950. Sentences and
# headings move neither by more than .0003; at three times their weight sentences cost .001.
PASSAGE, SENTENCE, HEADING = 0.7, 0.1, 0.3
# What a passage is worth that says no quantity when one is asked for; nDCG@10 of the shared queries .740 at a half,
# .789 at a quarter, .794 at a tenth, of the sample's the same.
NO_FIGURE = 0.25
# Characters of a passage that is neither long nor short: passages are cut to read well, at 220 at most.
USUAL_PASSAGE = 120
# What the words of a document add to its best passage, and for a question the title and BM25 of all of it, which counts
# less where a figure is asked for, as that stands in one passage. Other weights, from .8 to 1.2, move MRR@10 of 1,300
# questions and headings of five public sets by .003 at most.
SHARE, TITLE, WHOLE, WHOLE_OF_FIGURE = 0.3, 1.0, 1.0, 0.3
# Its length is measured by that of a text of one subject and not by the mean: a long report must say a word often. With
# mean length and B the same sets are equal, but nDCG@10 of the shared questions is lower by .02 to .04.
USUAL_TEXT, B_OF_TEXT = 800, 0.75


def saturated(times: float, length: int) -> float:
    """How much a word counts that stands so many times in a passage of so many characters; once in a usual one: 1."""
    return times * (K1 + 1) / (times + K1 * (1 - B + B * length / USUAL_PASSAGE))


def partial_score(best_passage: float, share: float) -> float:
    """Of a document that holds some of the keywords: what its best passage gathers, and what all of it holds."""
    return best_passage + SHARE * share


def question_score(best_passage: float, title: float, whole: float, *, figure: bool) -> float:
    """Of a document that holds some of a question: what its best passage, its title and all of it gather; figure:
    whether one is asked for."""
    return best_passage + TITLE * title + (WHOLE_OF_FIGURE if figure else WHOLE) * whole


def text_norm(length: float) -> float:
    """As length_norm(), for all of a document that a question is asked of."""
    return K1 * (1 - B_OF_TEXT + B_OF_TEXT * length / USUAL_TEXT)


class Occurrences(NamedTuple):
    """Where one kind of string stands of one term in one document: times in the title, spans of the body; of words
    apart (scattered), (passage, passage) for each passage that holds them."""

    kind: str  # a key of STRENGTHS
    title: int
    body: Sequence[Span]


def points(found: Sequence[Occurrences], rare: float, length: int, mean_length: float) -> tuple[float, ...]:
    """BM25 of one term in one document, shared out over the kinds of strings it was met by.

    rare is rarity() of the term, lengths are in characters.
    """
    times = [STRENGTHS[one.kind] * (one.title * TITLE_WEIGHT + len(one.body)) for one in found]
    norm = length_norm(length, mean_length)
    of_times = sum(times)
    return tuple([points_of(one, of_times, rare, norm) for one in times])


def total(points: Iterable[float]) -> float:
    """Their sum, added up one after the other: sum() of newer Pythons rounds otherwise than an array does."""
    return reduce(operator.add, points, 0.0)


def length_norm(length: float, mean_length: float) -> float:
    """How many occurrences bring a document of that length half of what they can."""
    return K1 * (1 - B + B * length / mean_length) if mean_length else K1


def points_of(times: float, of_times: float, rare: float, norm: float) -> float:
    """What of BM25 falls to some of the weighted occurrences of a term."""
    return rare * times * (K1 + 1) / (of_times + norm)


@dataclass(frozen=True, slots=True)
class Layout:
    """The offsets at which the passages, sentences and headings of a body begin, ascending; headings are passages."""

    passages: Sequence[int]
    sentences: Sequence[int]
    headings: Sequence[int]
    length: int


def best_passage(terms: Sequence[Sequence[Occurrences]], rarities: Sequence[float], layout: Layout) -> BestPassage:
    """What the best passage of a document adds to its BM25; terms: of each, the kinds that count, with its rarity.

    Three sums over the terms of their rarity, each times its weight. Passage: times saturated(occurrences by strength,
    length of the passage), in the passage where that is most, the first of equals; the title is passage 0. Sentence,
    where there are several terms: of those that begin in one sentence, where that is most; the title is a sentence.
    Heading: of those that begin in a heading. Words apart stand in a passage, not in a sentence or heading.
    """
    ends = [*layout.passages[1:], layout.length]
    headings = {bisect_right(layout.passages, begin) for begin in layout.headings}
    gathered: dict[int, float] = {}
    held: dict[int, int] = {}
    near: dict[int, tuple[float, int]] = {}
    headed: list[float] = []
    for term, rare in zip(terms, rarities, strict=True):
        times, sentences, begun = _spread(term, layout)
        for passage, count in times.items():
            length = ends[passage - 1] - layout.passages[passage - 1] if passage else 0
            gathered[passage] = gathered.get(passage, 0.0) + rare * saturated(count, length)
            held[passage] = held.get(passage, 0) + 1
        for sentence in sentences:
            points, count = near.get(sentence, (0.0, 0))
            near[sentence] = (points + rare, count + 1)
        if not headings.isdisjoint(begun):
            headed.append(rare)
    number = min(gathered, key=lambda passage: (-gathered[passage], passage))
    closest, together = max(near.values(), default=(0.0, 0)) if len(terms) > 1 else (0.0, 0)
    points = PASSAGE * gathered[number] + SENTENCE * closest + HEADING * total(headed)
    return BestPassage(number, held[number], together, len(headed), points)


def _spread(term: Sequence[Occurrences], layout: Layout) -> tuple[dict[int, float], set[int], set[int]]:
    """passage -> occurrences of a term by their strength; and the sentences and passages it begins in."""
    times: dict[int, float] = {}
    sentences: set[int] = set()
    begun: set[int] = set()
    for one in term:
        inside = _passages(one, layout)
        counts = {0: one.title} if one.title else {}
        for passage in inside:
            counts[passage] = counts.get(passage, 0) + 1
        for passage, count in counts.items():
            times[passage] = times.get(passage, 0.0) + STRENGTHS[one.kind] * count
        if one.kind != "scattered":
            begun.update(inside)
            sentences.update([bisect_right(layout.sentences, start) for start, _ in one.body])
            if one.title:
                sentences.add(0)
    return times, sentences, begun


def _passages(one: Occurrences, layout: Layout) -> list[int]:
    if one.kind == "scattered":
        return [passage for passage, _ in one.body]
    return [bisect_right(layout.passages, start) for start, _ in one.body]


def rarity(documents_with: int, documents: int) -> float:
    """Lucene's idf: never negative, so a term in every document still counts a little."""
    return math.log(1 + (documents - documents_with + 0.5) / (documents_with + 0.5))
