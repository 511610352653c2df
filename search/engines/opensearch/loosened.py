"""Documents that hold only some of the content words of a query, as queries that say what matching/partial.py says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from search.engines.opensearch import tokens
from search.engines.opensearch.mapping import MOST_TIMES, Json, times_token
from search.engines.opensearch.strings import all_of, any_of, constant, in_passage, words_together
from search.matching import loosening, scoring
from search.matching.scoring import K1, NO_FIGURE, USUAL_PASSAGE, B

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
    """How a query is met in part; weights: the rarity of each content word; there: whether any document has it."""

    how: loosening.Loosened
    weights: Sequence[float]
    there: Sequence[bool]

    @property
    def _words(self) -> list[tuple[loosening.Content, float]]:
        counted = zip(self.how.words, self.weights, self.there, strict=True)
        return [(word, weight) for word, weight, there in counted if there]

    def enough(self, barred: Sequence[Json]) -> Json:
        """The documents that hold enough of the words."""
        telling = [said(word) for word, weight in self._words if weight >= self.how.telling]
        asked = sum(
            weight for weight, there in zip(self.weights, self.there, strict=True) if there or self.how.strange_counts
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
        """Scores: what the best passage gathers, and a share of what is held at all."""
        gathered: Json = {"bool": {"should": [self._gathered(word, weight) for word, weight in self._words]}}
        if self.how.figure:
            lacking = all_of([], [{"term": {"passages.words": tokens.plain(self.how.figure)}}])
            functions = [{"filter": lacking, "weight": NO_FIGURE}]
            gathered = {"function_score": {"query": gathered, "functions": functions, "boost_mode": "multiply"}}
        return [in_passage(gathered, "max"), *self._shares(scoring.APART)]

    def _gathered(self, word: loosening.Content, weight: float) -> Json:
        """What a passage says of a word: in its strongest way, as often as the rarest word of it stands there."""
        found: list[Json] = []
        stronger: list[Json] = []
        ways = sorted(word.ways, key=lambda way: -way[1])
        for strength, alike in groupby(ways, key=lambda way: way[1]):
            said = [words for words, _ in alike]
            found += [_passage(words, weight * strength, stronger) for words in said]
            stronger = [*stronger, *(words_together(words) for words in said)]
        return {"dis_max": {"queries": found}}


def _passage(words: Sequence[str], weight: float, but: Sequence[Json]) -> Json:
    oftener = [
        constant(all_of({"term": {"passages.words": times_token(tokens.plain(word), times)}} for word in words))
        for times in range(2, MOST_TIMES + 1)
    ]
    params = {"k": K1, "b": B, "usual": USUAL_PASSAGE, "weight": weight}
    query = all_of([words_together(words)], but, oftener)
    return {"script_score": {"query": query, "script": {"source": _SATURATED, "params": params}}}
