"""One query as one or two rounds of searches: what is counted first, what is asked then, what is answered.

A generator: it yields the bodies of the searches of a round and is sent their answers, so that several queries share
their rounds. The first round counts, of all documents, whatever filters there are: how many hold each term and fit each
tier. With that known, the second asks for the first documents, the totals, and what is met in part.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from search.engines.opensearch.answered import Page
from search.engines.opensearch.counted import Counted, counting, foreseen, read
from search.engines.opensearch.mapping import Json
from search.engines.opensearch.searches import MORE, Searches
from search.engines.opensearch.strings import Translation
from search.matching import scoring
from search.matching.matches import Matches
from search.query.clauses import Query

_T = TypeVar("_T")
Rounds = Generator[list[Json], list[Json], _T]
# Documents that one search may ask for (index.max_result_window).
MOST_HITS = 100_000


def matches(
    query: Query, documents: int, mean_length: float, known: dict[Query, Counted], *, limit: int, offset: int
) -> Rounds[Matches]:
    """known: what first rounds have said, by query without filters, order and page; what is said now is added."""
    ahead = _Ahead({}, [])
    if _bare(query) not in known and (likely := foreseen(query)):
        searches = Searches(query, documents, mean_length, likely).searches(_size(limit, offset))
        ahead = _Ahead(searches, [])
    counted = yield from _first(query, known, ahead)
    return (yield from _second(Searches(query, documents, mean_length, counted), limit, offset, ahead))


def total(query: Query, documents: int, mean_length: float, known: dict[Query, Counted]) -> Rounds[int]:
    """Matches.documents alone: no document is looked at, but of those met in part where only the best are listed."""
    counted = yield from _first(query, known)
    asked = Searches(query, documents, mean_length, counted)
    if asked.few:
        names, bodies = zip(*asked.searches(0, counted=True).items(), strict=True)
        answers = yield [*bodies]
        return Page(asked, dict(zip(names, answers, strict=True)), 0).matches(0, 0).documents
    if not (asked.loose or query.filters):
        return asked.found
    (answer,) = yield [asked.all()]
    return int(answer["hits"]["total"]["value"])


def _bare(query: Query) -> Query:
    """What a first round is asked of, whatever filters, order and page there are."""
    # Whether it ends with a question mark is read from its text.
    return replace(query, raw="", filters=(), sort="relevance", page=1, notes=(), way="")


@dataclass
class _Ahead:
    """Searches of a second round that are asked with the first, and their answers once they are there."""

    searches: dict[str, Json]
    answers: list[Json]

    def of(self, searches: Mapping[str, Json]) -> dict[str, Json]:
        """The answers of these searches, where each of them was asked just so; else nothing."""
        if not self.answers or any(self.searches.get(name) != one for name, one in searches.items()):
            return {}
        return {name: one for name, one in zip(self.searches, self.answers, strict=True) if name in searches}


def _first(query: Query, known: dict[Query, Counted], ahead: _Ahead | None = None) -> Rounds[Counted]:
    bare = _bare(query)
    # Another thread may forget everything that is known meanwhile.
    if (counted := known.get(bare)) is None:
        asked = Translation(query)
        first, *others = yield [counting(asked), *(ahead.searches.values() if ahead else ())]
        counted = known[bare] = read(asked, first)
        if ahead:
            ahead.answers = others
    return counted


def _size(limit: int, offset: int) -> int:
    return max(scoring.CANDIDATES, offset + limit) + MORE


def _second(asked: Searches, limit: int, offset: int, ahead: _Ahead) -> Rounds[Matches]:
    wanted = offset + limit
    size = _size(limit, offset)
    # Where the cluster cannot count occurrences they are counted here, of all.
    # All, too, where those found in one way are picked out of them.
    picked = bool(asked.query.way)
    size = size if asked.counts and not picked else max(size, asked.found)
    while True:
        searches = asked.searches(size)
        answers = ahead.of(searches) or dict(zip(searches, (yield [*searches.values()]), strict=True))
        page = Page(asked, answers, size)
        if page.complete or (len(page.cards) >= wanted and not picked) or size >= MOST_HITS:
            return page.matches(limit, offset)
        size = min(MOST_HITS, 2 * size)
