"""Documents that hold only some of the content words of a query, where too few hold it all (loosening.py says when)."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence, Set

from search.index.schema import TITLE_WEIGHT
from search.matching import loosening, scoring
from search.matching.postings import Postings, Statistics


def scores(
    postings: Postings,
    loose: loosening.Loosened,
    statistics: Statistics,
    barred: Set[int],
    chosen: Set[int] | None = None,
) -> dict[int, float]:
    """document -> score, of those not barred that hold enough of the content words; the best of them, best first.

    chosen: those that do, where an engine has found them out.
    """
    said = [said_in(postings, word) for word in loose.scored]
    weights = [statistics.rarity(word, len(one)) for word, one in zip(loose.scored, said, strict=True)]
    counted = [*zip(weights, said, strict=True)][: len(loose.words)]
    asked = sum(weight for weight, one in counted if one or not loose.question)
    held: dict[int, float] = {}
    lacking: dict[int, int] = {}
    rarest: dict[int, float] = {}
    for weight, one in counted:
        for doc, passages in one.items():
            held[doc] = held.get(doc, 0.0) + weight * max(strength for strength, _ in passages.values())
            lacking[doc] = lacking.get(doc, len(counted)) - 1
            rarest[doc] = max(rarest.get(doc, 0.0), weight)
    kept = [
        doc
        for doc, share in held.items()
        if (
            share >= loose.least_share * asked
            and lacking[doc] <= loose.may_lack
            and rarest[doc] >= loose.telling
            and doc not in barred
            if chosen is None
            else doc in chosen
        )
    ]
    joined = [*_joined(postings, loose, statistics)]
    begins = postings.begins(kept, "passage")
    figures = postings.together((loose.figure,)) if loose.figure else None
    scored = {}
    for doc in kept:
        spots = [one.get(doc, {}) for one in said]
        ends = [*begins.get(doc, ()), postings.length(doc)]
        best = _best_passage(ends, spots, weights, None if figures is None else figures.get(doc, {}))
        if loose.question:
            found = [*_words(spots, weights), *((weight, times[doc]) for weight, times in joined if doc in times)]
            norm = scoring.text_norm(postings.length(doc))
            whole = scoring.total(scoring.points_of(times, times, weight, norm) for weight, times in found)
            scored[doc] = scoring.question_score(best, _title(spots, weights), whole, figure=bool(loose.figure))
        else:
            scored[doc] = scoring.partial_score(best, held[doc])
    best_first = sorted(scored, key=lambda doc: (-scored[doc], postings.name(doc)))
    return {doc: scored[doc] for doc in best_first[: loose.most]}


Said = dict[int, dict[int, tuple[float, int]]]


def said_in(postings: Postings, word: loosening.Content) -> Said:
    """document -> passage -> how well it says the word, and how often."""
    found: Said = {}
    for words, strength in word.ways:
        for doc, passages in postings.together(words).items():
            inside = found.setdefault(doc, {})
            for passage, times in passages.items():
                inside[passage] = max(inside.get(passage, (0.0, 0)), (strength, times))
    return found


def _best_passage(
    begins: Sequence[int],
    said: Sequence[Mapping[int, tuple[float, int]]],
    weights: Sequence[float],
    figures: Container[int] | None,
) -> float:
    """What the best passage of a document gathers; a long one has to say more. begins ends with the body's length,
    figures are the passages with a quantity where one is asked for."""
    gathered: dict[int, float] = {}
    for weight, passages in zip(weights, said, strict=True):
        for passage, (strength, times) in passages.items():
            length = begins[passage] - begins[passage - 1] if passage else 0
            gathered[passage] = gathered.get(passage, 0.0) + weight * strength * scoring.saturated(times, length)
    return max(
        points * (1.0 if figures is None or passage in figures else scoring.NO_FIGURE)
        for passage, points in gathered.items()
    )


def _title(said: Sequence[Mapping[int, tuple[float, int]]], weights: Sequence[float]) -> float:
    """What the title gathers."""
    counted = zip(weights, said, strict=True)
    return scoring.total(
        weight * passages[0][0] * scoring.saturated(passages[0][1], 0) for weight, passages in counted if 0 in passages
    )


def _words(said: Sequence[Mapping[int, tuple[float, int]]], weights: Sequence[float]) -> Iterator[tuple[float, float]]:
    """The weight of each word that a document says anywhere, and how often it does."""
    return ((weight, _times(passages)) for weight, passages in zip(weights, said, strict=True) if passages)


def _joined(
    postings: Postings, loose: loosening.Loosened, statistics: Statistics
) -> Iterator[tuple[float, dict[int, float]]]:
    """The weight of what stands where two words of a question join: document -> how often it is there."""
    for pair in loose.joined:
        title, body = (postings.literal(pair, title=side) for side in (True, False))
        times = {
            doc: TITLE_WEIGHT * len(title.get(doc, ())) + len(body.get(doc, ())) for doc in title.keys() | body.keys()
        }
        yield statistics.rarity(pair, len(times)), times


def _times(passages: Mapping[int, tuple[float, int]]) -> float:
    counted = sorted(passages.items())
    return scoring.total(strength * times * (1 if n else TITLE_WEIGHT) for n, (strength, times) in counted)
