"""What an engine answers: the documents found, how each was met, totals and facets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

# The ways of finding, strictest first (the contract's names).
MATCHES = (
    "exact",
    "same_document",
    "punctuation",
    "synonym",
    "suspected_typo",
    "scattered",
    "partial",
    "cross_word",
)
# The tiers of documents, strictest first; NAMED has every term itself or another name of the same thing (长护险,
# 长期护理保险).
EXACT, SAME, NAMED, PUNCTUATION, SYNONYM, TYPO, SCATTERED, PARTIAL, CROSSED = range(9)
# What each is called, and where it stands in the order of the results: of one level by the score alone.
CALLED = (
    "exact",
    "same_document",
    "synonym",
    "punctuation",
    "synonym",
    "suspected_typo",
    "scattered",
    "partial",
    "cross_word",
)
LEVELS = (0, 1, 0, 3, 4, 5, 6, 7, 8)
# Ways of finding that are no more than hints; in an order by time they stand behind what was found otherwise.
SCRAPS = ("suspected_typo", "partial", "cross_word")
# The kinds of evidence for a term, strictest first, with the tier from which on each is good enough.
KINDS = (
    ("literal", SAME),
    ("name", NAMED),
    ("punctuation", PUNCTUATION),
    ("synonym", SYNONYM),
    ("typo", TYPO),
    ("scattered", SCATTERED),
    ("crossed", CROSSED),
)
# What counts for the score beside the strictest kind that a document has of a term, and what is shown of it. Slips
# beside the term are shown only: scored, they move none of 176 judged questions.
BESIDE = {"literal": ("name", "synonym"), "name": ("synonym",)}
SHOWN = {kind: (kind,) for kind, _ in KINDS} | {
    "literal": ("literal", "typo"),
    "name": ("name", "synonym"),
    "scattered": (),
}


class Reason(NamedTuple):
    """What one term added to a score: how it was met, how often in title and body, how rare it is, points.

    A named tuple, as what follows: dozens are made for a page, each in a third of the time of a frozen dataclass.
    """

    term: str
    kind: str  # of KINDS
    title: int
    body: int
    rarity: float
    points: float


class BestPassage(NamedTuple):
    """What the best passage of a document added to its score, and why.

    number is the passage's, 0 the title; held: how many of the terms stand in it; near: how many at most in one
    sentence (0 when only one is asked for); headed: how many in a heading.
    """

    number: int
    held: int
    near: int
    headed: int
    points: float


class Match(NamedTuple):
    """A document found: kind is one of MATCHES; occurrences counts in the body, titles aside.

    The points of the reasons and of the best passage add up to the score, but for a partial match, which has neither.
    best is None beyond the first candidates, too.
    """

    id: str
    kind: str
    score: float
    occurrences: int
    level: int = 0  # those of a lower one stand before it, whatever the scores
    reasons: tuple[Reason, ...] = ()
    best: BestPassage | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """What was found in one way: documents, and occurrences in their bodies."""

    documents: int
    occurrences: int


@dataclass(frozen=True, slots=True)
class Matches:
    """One page of what an engine found; ranked and folded are of the way that the query names, all else of any.

    facets: field -> ((value, documents), …), most frequent first. They count the documents that fit the query and all
    filters but those that choose a value of the same field, so that choosing a second one can be judged before the
    click.
    """

    documents: int
    occurrences: int
    ranked: tuple[Match, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    tiers: Mapping[str, Tier] = field(default_factory=dict)  # of MATCHES those there are; together the totals
    folded: int = 0  # documents not listed, a near-duplicate of theirs standing before them
    left_out: int = 0  # documents that hold the characters only across words (民政 in 人民政府) and are not listed

    def listed(self, way: str = "") -> int:
        """How many documents all pages together have, of those found in one way or in any."""
        return (self.tiers.get(way, Tier(0, 0)).documents if way else self.documents) - self.folded

    def met_in_part(self) -> Matches:
        """The same documents in the same order, none of which meets all that was asked."""
        kind = CALLED[PARTIAL]
        ranked = tuple(match._replace(kind=kind) for match in self.ranked)
        tiers = {kind: Tier(self.documents, self.occurrences)} if self.documents else {}
        return replace(self, ranked=ranked, tiers=tiers)
