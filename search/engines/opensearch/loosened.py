"""Documents that hold only some of the content words of a query, as queries that say what matching/partial.py says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from search.engines.opensearch import tokens
from search.engines.opensearch.functions import affordable, at_least, clauses, plus, sum_of, weight
from search.engines.opensearch.mapping import Json
from search.engines.opensearch.ranking import BM25
from search.engines.opensearch.strings import (
    BODY,
    EVERYTHING,
    IN_TITLE,
    TITLE,
    all_of,
    any_of,
    in_passage,
    string,
    words_together,
)
from search.index.schema import TITLE_WEIGHT
from search.matching import loosening, scoring
from search.matching.scoring import B_OF_TEXT, K1, NO_FIGURE, SHARE, USUAL_PASSAGE, USUAL_TEXT, B
from search.matching.spans import NEITHER

# What a passage says of a word, out of how well (the rank of the strength) and how often, as _best_way() scores it.
_TOLD = "int told = (int) Math.round(_score); double strength = params.strengths[told / 64]; int times = told % 64;"
# Counted over all of a document, where the title counts more; and with diminishing returns, in one passage.
_TIMES = f"{_TOLD} return strength * times * (doc['passages.n'].value == 0 ? params.title : 1.0);"
_SATURATED = (
    f"{_TOLD} double norm = params.k * (1 - params.b + params.b * doc['passages.length'].value / params.usual);"
    "return params.weight * strength * times * (params.k + 1) / (times + norm);"
)
# The least of some numbers under 64, told by one score: each number times another power of 64.
_LEAST = (
    "long rest = Math.round(_score); long least = 63;"
    "while (rest > 0) { if (rest % 64 < least) { least = rest % 64; } rest /= 64; } return least;"
)
# Of numbers so large a score of single precision is exact: four numbers under 64.
_TOLD_AT_ONCE = 4
# Clauses for what tells.
_MOST_TELLING = 200
# Shares are added up in single precision.
_ROUNDED = 1 - 1e-5


def said(word: loosening.Content | str) -> Json:
    """The documents that say a content word in any way, or hold a string."""
    if isinstance(word, str):
        return any_of(string(word, NEITHER, field) for field in (TITLE, BODY))
    return in_passage(any_of(words_together(words) for words, _ in word.ways))


@dataclass(frozen=True)
class Loose:
    """How a query is met in part; weights: the rarity of each word that scores; there: whether any document has it;
    joined: what stands where two words join and in any document, with its rarity."""

    how: loosening.Loosened
    weights: Sequence[float]
    there: Sequence[bool]
    joined: Sequence[tuple[str, float]] = ()

    @property
    def _words(self) -> list[tuple[loosening.Content, float]]:
        """The content words."""
        return self._held(len(self.how.words))

    def _held(self, first: int | None = None) -> list[tuple[loosening.Content, float]]:
        """Those of the first words that score, or of all, that any document has."""
        counted = zip(self.how.scored, self.weights, self.there, strict=True)
        return [(word, weight) for word, weight, there in [*counted][:first] if there]

    def enough(self, barred: Sequence[Json]) -> Json:
        """The documents that hold enough of the words: one that tells, and of all their number and their share."""
        told = [said(word) for word, rarity in self._words if rarity >= self.how.telling]
        telling = any_of(told) if clauses(told) <= _MOST_TELLING else at_least(EVERYTHING, map(weight, told), 0.5)
        content = [*zip(self.weights, self.there, strict=True)][: len(self.how.words)]
        asked = sum(weight for weight, there in content if there or not self.how.question)
        fewest = len(self.how.words) - self.how.may_lack
        number = [weight(said(word)) for word, _ in self._words]
        found = at_least(telling, number, fewest - 0.5) if fewest > 1 else telling
        if self.how.least_share:
            found = at_least(found, self._shares(), self.how.least_share * asked * _ROUNDED)
        return all_of([found], barred)

    def _shares(self, part: float = 1.0) -> list[Json]:
        """Functions: what each word adds that a document says anywhere, in the way that says it best."""
        return [
            weight(query, rarity * strength * part)
            for word, rarity in self._words
            for strength, query in _by_strength(word)
        ]

    @cached_property
    def order(self) -> tuple[list[Json], bool]:
        """Scores: what the best passage, the title and all of a document gather; and whether that is a coarse order,
        as an exact one would be more clauses than the cluster takes."""
        return affordable(self._orders())

    def _orders(self) -> Iterator[list[Json]]:
        """The exact order, and coarser ones."""
        each = [_best_way(word, rarity, _SATURATED) for word, rarity in self._held()]
        gathered: Json = {"bool": {"should": each}}
        if self.how.figure:
            lacking = all_of([], [{"term": {"passages.words": tokens.plain(self.how.figure)}}])
            functions = [weight(lacking, NO_FIGURE)]
            gathered = {"function_score": {"query": gathered, "functions": functions, "boost_mode": "multiply"}}
        best = in_passage(gathered, "max")
        title: Json = {"bool": {"filter": [IN_TITLE], "should": each, "boost": scoring.TITLE}}
        titles = [in_passage(title, "sum")] if self.how.question else []
        shares = sum_of(self._shares(SHARE))
        yield [best, *titles, *(self._whole() if self.how.question else [shares])]
        yield [best, shares]
        yield [shares]

    def _whole(self) -> list[Json]:
        """BM25 of each word over all passages, and of what stands where two of them join."""
        params = {"k": K1, "b": B_OF_TEXT, "mean": USUAL_TEXT}
        part = scoring.WHOLE_OF_FIGURE if self.how.figure else scoring.WHOLE
        times = [(in_passage(_best_way(word, 1.0, _TIMES), "sum"), weight) for word, weight in self._held()]
        for pair, rarity in self.joined:
            places = (string(pair, NEITHER, TITLE, TITLE_WEIGHT), string(pair, NEITHER, BODY))
            times.append((any_of(places), rarity))
        return [
            {
                "script_score": {
                    "query": query,
                    "script": {"source": BM25, "params": params | {"weight": weight * part * (K1 + 1)}},
                }
            }
            for query, weight in times
        ]


def _by_strength(word: loosening.Content) -> Iterator[tuple[float, Json]]:
    """strength -> the documents that say a word so well and no better."""
    stronger: list[Json] = []
    ways = sorted(word.ways, key=lambda way: -way[1])
    for strength, alike in groupby(ways, key=lambda way: way[1]):
        so = in_passage(any_of(words_together(words) for words, _ in alike))
        yield strength, all_of([so], stronger)
        stronger = [*stronger, so]


def _best_way(word: loosening.Content, weight: float, script: str) -> Json:
    """What a passage says of a word: in its strongest way, as often as the rarest word of it stands there."""
    strengths = sorted({strength for _, strength in word.ways})
    told = [plus(_rarest(words), 64 * strengths.index(strength)) for words, strength in word.ways]
    params = {"k": K1, "b": B, "usual": USUAL_PASSAGE, "title": TITLE_WEIGHT, "weight": weight, "strengths": strengths}
    query = told[0] if len(told) == 1 else {"dis_max": {"queries": told}}
    return {"script_score": {"query": query, "script": {"source": script, "params": params}}}


def _rarest(words: Sequence[str]) -> Json:
    """Scores: how often the rarest of the words stands in a passage that holds all of them; up to MOST_TIMES."""
    times: list[Json] = [{"term": {"passages.words": {"value": tokens.plain(word)}}} for word in words]
    while len(times) > 1:
        first = [_boosted(one, 64**place) for place, one in enumerate(times[:_TOLD_AT_ONCE])]
        least: Json = {"script_score": {"query": {"bool": {"must": first}}, "script": {"source": _LEAST}}}
        times = [least, *times[_TOLD_AT_ONCE:]]
    return times[0]


def _boosted(query: Json, boost: int) -> Json:
    return {"bool": {"must": [query], "boost": boost}}
