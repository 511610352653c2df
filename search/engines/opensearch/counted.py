"""The first round: how many documents, whatever filters there are, hold each term and fit each tier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.engines.opensearch.loosened import said
from search.engines.opensearch.mapping import Json
from search.engines.opensearch.strings import Translation
from search.matching import loosening
from search.matching.matches import CROSSED, KINDS
from search.query.clauses import Query, Term


@dataclass(frozen=True, slots=True)
class Counted:
    """What the first round says of a query without its filters: documents by tier, by term and by what a question is
    scored by, and the kinds of terms that no document holds."""

    tiers: Mapping[int, int]
    terms: Mapping[Term, int]
    words: Sequence[int]
    missing: frozenset[tuple[Term, str]]


def scored_words(query: Query) -> tuple[loosening.Content | str, ...]:
    """The words of a question that score, and what stands where two of them join."""
    loose = loosening.loosened(query, found=0, met=0)
    return (*loose.scored, *loose.joined) if loose else ()


def counting(asked: Translation) -> Json:
    """asked: of a query of which nothing is known yet."""
    filters = {f"tier {tier}": asked.fits(tier) for tier in TIERS}
    for number, term in enumerate(asked.named):
        filters[f"term {number}"] = asked.within(term, CROSSED)
        filters |= {f"kind {number} {kind}": asked.held(term, kind) for kind in asked.kinds(term)}
    filters |= {f"word {number}": said(word) for number, word in enumerate(scored_words(asked.query))}
    return {"size": 0, "track_total_hits": False, "aggs": {"counts": {"filters": {"filters": filters}}}}


def foreseen(query: Query) -> Counted | None:
    """What the first round most likely says of one term that can be met in no other way than as it is written, as far
    as it decides what is asked in the second: that it stands in some document, and in another only across words. What
    is asked then must be compared with what would be asked when it has said it."""
    term = query.clause
    if not isinstance(term, Term) or not {*Translation(query).kinds(term)} <= {"literal", "crossed"}:
        return None
    tiers = dict.fromkeys(TIERS, 1) | {CROSSED: 1 if term.quoted else 2}
    return Counted(tiers, {term: 1}, [1] * len(scored_words(query)), frozenset())


TIERS = tuple(dict.fromkeys((0, *(tier for _, tier in KINDS))))


def read(asked: Translation, answer: Json) -> Counted:
    """What counting() was answered."""
    found = {name: one["doc_count"] for name, one in answer["aggregations"]["counts"]["buckets"].items()}
    return Counted(
        tiers={tier: found[f"tier {tier}"] for tier in TIERS},
        terms={term: found[f"term {number}"] for number, term in enumerate(asked.named)},
        words=[found[f"word {number}"] for number in range(len(scored_words(asked.query)))],
        missing=frozenset(
            (term, kind)
            for number, term in enumerate(asked.named)
            for kind in asked.kinds(term)
            if not found[f"kind {number} {kind}"]
        ),
    )
