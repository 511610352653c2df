"""Documents that hold only some of the content words of a query, as queries that say what matching/partial.py says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import sub

from search.engines.opensearch import tokens
from search.engines.opensearch.mapping import TIMES, Json, times_token
from search.engines.opensearch.ranking import BM25
from search.engines.opensearch.strings import IN_TITLE, all_of, any_of, constant, in_passage, words_together
from search.index.schema import TITLE_WEIGHT
from search.matching import loosening, scoring
from search.matching.scoring import K1, NO_FIGURE, USUAL_PASSAGE, WHOLE, B

# Of a passage: how often it holds the words, times a weight; and how much that counts.
_TIMES = "return params.weight * (1 + Math.round(_score));"
_SATURATED = (
    "double times = 1 + Math.round(_score);"
    "double norm = params.k * (1 - params.b + params.b * doc['passages.length'].value / params.usual);"
    "return params.weight * times * (params.k + 1) / (times + norm);"
)
# Shares are added up in single precision.
_ROUNDED = 1 - 1e-5


def said(word: loosening.Content) -> Json:
    """The documents that say a content word in any way."""
    return any_of(in_passage(words_together(words)) for words, _ in word.ways)


@dataclass(frozen=True, slots=True)
class Loose:
    """How a query is met in part; weights: the rarity of each content word; there: whether any document has it;
    mean_length: of all bodies."""

    how: loosening.Loosened
    weights: Sequence[float]
    there: Sequence[bool]
    mean_length: float

    @property
    def _words(self) -> list[tuple[loosening.Content, float]]:
        counted = zip(self.how.words, self.weights, self.there, strict=True)
        return [(word, weight) for word, weight, there in counted if there]

    def enough(self, barred: Sequence[Json]) -> Json:
        """The documents that hold enough of the words."""
        telling = [said(word) for word, weight in self._words if weight >= self.how.telling]
        asked = sum(
            weight for weight, there in zip(self.weights, self.there, strict=True) if there or not self.how.question
        )
        fewest = max(1, len(self.how.words) - self.how.may_lack)
        shares = {"bool": {"should": self._shares(), "minimum_should_match": fewest}}
        least = self.how.least_share * asked * _ROUNDED
        share: Json = {"function_score": {"query": shares, "min_score": least}}
        return all_of([share, any_of(telling)], barred)

    def _shares(self, part: float = 1.0) -> list[Json]:
        """What each word adds that a document says anywhere, in the way that says it best."""
        return [
            {"dis_max": {"queries": [constant(in_passage(words_together(w)), weight * s * part) for w, s in word.ways]}}
            for word, weight in self._words
        ]

    def order(self) -> list[Json]:
        """Scores: what the best passage, the title and all of a document gather."""
        each = [_in_best_way(word, weight, _SATURATED) for word, weight in self._words]
        gathered: Json = {"bool": {"should": each}}
        if self.how.figure:
            lacking = all_of([], [{"term": {"passages.words": tokens.plain(self.how.figure)}}])
            functions = [{"filter": lacking, "weight": NO_FIGURE}]
            gathered = {"function_score": {"query": gathered, "functions": functions, "boost_mode": "multiply"}}
        title: Json = {"bool": {"filter": [IN_TITLE], "should": each, "boost": scoring.TITLE}}
        titles = [in_passage(title, "sum")] if self.how.question else []
        return [in_passage(gathered, "max"), *titles, *(self._whole() if self.how.whole else self._shares(WHOLE))]

    def _whole(self) -> list[Json]:
        """BM25 of each word over all passages."""
        params = {"k": K1, "b": B, "mean": self.mean_length or 1.0}
        return [
            {
                "script_score": {
                    "query": any_of([in_passage(_in_best_way(word, 1.0, _TIMES), "sum"), _titled(word)]),
                    "script": {"source": BM25, "params": params | {"weight": weight * WHOLE * (K1 + 1)}},
                }
            }
            for word, weight in self._words
        ]


def _titled(word: loosening.Content) -> Json:
    """How much oftener than once what stands in the title counts."""
    counted = _in_best_way(word, TITLE_WEIGHT - 1.0, _TIMES)
    return in_passage({"bool": {"filter": [IN_TITLE], "must": [counted]}}, "sum")


def _in_best_way(word: loosening.Content, weight: float, script: str) -> Json:
    """What a passage says of a word: in its strongest way, as often as the rarest word of it stands there."""
    found: list[Json] = []
    stronger: list[Json] = []
    ways = sorted(word.ways, key=lambda way: -way[1])
    for strength, alike in groupby(ways, key=lambda way: way[1]):
        said = [words for words, _ in alike]
        found += [_passage(words, weight * strength, stronger, script) for words in said]
        stronger = [*stronger, *(words_together(words) for words in said)]
    return {"dis_max": {"queries": found}}


def _passage(words: Sequence[str], weight: float, but: Sequence[Json], script: str) -> Json:
    oftener = [
        constant(all_of({"term": {"passages.words": times_token(tokens.plain(word), step)}} for word in words), more)
        for step, more in zip(TIMES[1:], map(sub, TIMES[1:], TIMES), strict=True)
    ]
    params = {"k": K1, "b": B, "usual": USUAL_PASSAGE, "weight": weight}
    query = all_of([words_together(words)], but, oftener)
    return {"script_score": {"query": query, "script": {"source": script, "params": params}}}
