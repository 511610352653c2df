"""What was found of each term on postings, and how often a body holds what meets the condition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from search.documents.document import Span
from search.matching import scoring
from search.matching.answering import NONE, Literally, answering, is_selective
from search.matching.matches import BESIDE, KINDS, SAME, SHOWN
from search.matching.postings import Postings, SpanLists, Unit
from search.matching.spans import disjoint
from search.query.clauses import Clause, Term, positive_terms

# Those that a clause may be about.
UNITS: tuple[Unit, ...] = ("passage", "sentence", "item")


@dataclass(frozen=True, slots=True)
class TermPostings:
    """Where one kind of string stands; of words apart, (passage, passage) stands for a passage that holds them."""

    title: SpanLists
    body: SpanLists

    def __contains__(self, doc: int) -> bool:
        return doc in self.body or doc in self.title


@dataclass(frozen=True)
class TermHits:
    """What was found of one term, by kind."""

    places: Mapping[str, TermPostings]

    @cached_property
    def _strictest(self) -> Mapping[int, tuple[str, int]]:
        """document -> the strictest kind that it holds, and the tier from which on that is good enough."""
        strictest: dict[int, tuple[str, int]] = {}
        for kind, least in reversed(KINDS):
            spots = self.places[kind]
            strictest |= dict.fromkeys((*spots.title, *spots.body), (kind, least))
        return strictest

    def within(self, tier: int, *, title_only: bool = False) -> set[int]:
        """The documents that hold the term in a way that is good enough for a tier."""
        kinds = [self.places[kind] for kind, least in KINDS if least <= max(tier, SAME)]
        sides = [places.title for places in kinds] + ([] if title_only else [places.body for places in kinds])
        return {doc for spots in sides for doc in spots}

    def best(self, doc: int, tier: int) -> str:
        """The strictest kind that the document holds; empty when none is good enough for the tier."""
        kind, least = self._strictest.get(doc, ("", NONE))
        return kind if least <= max(tier, SAME) else ""

    def occurrences(self, doc: int, tier: int) -> tuple[scoring.Occurrences, ...]:
        """What counts for the score: the strictest kind, and what counts beside it."""
        best = self.best(doc, tier)
        kinds = (best, *(kind for kind in BESIDE.get(best, ()) if doc in self.places[kind])) if best else ()
        return tuple(
            [
                scoring.Occurrences(kind, len(places.title.get(doc, ())), places.body.get(doc, ()))
                for kind, places in [(kind, self.places[kind]) for kind in kinds]
            ]
        )

    def shown(self, doc: int, tier: int) -> Sequence[Span]:
        """The places in the body that count as occurrences; words apart are none."""
        kinds = SHOWN.get(self.best(doc, tier), ())
        return [span for kind in kinds for span in self.places[kind].body.get(doc, ())]


def literally(found: Mapping[Term, TermHits], doc: int) -> Literally:
    literal = {term: spots.places["literal"] for term, spots in found.items()}
    return lambda term: (doc in literal[term].title, literal[term].body.get(doc, ()))


def of_document(begins: Mapping[Unit, Mapping[int, Sequence[int]]], doc: int) -> Callable[[Unit], Sequence[int]]:
    """Where the units of one document begin."""
    return lambda unit: begins[unit].get(doc, ())


def times_of(
    postings: Postings, clause: Clause | None, found: Mapping[Term, TermHits], tiers: Mapping[int, int]
) -> dict[int, int]:
    """document -> how often its body holds what meets the condition."""
    if clause is None:
        return dict.fromkeys(tiers, 0)
    terms = positive_terms(clause)
    if not is_selective(clause):
        shown = {doc: [found[term].shown(doc, tier) for term in terms] for doc, tier in tiers.items()}
        return {doc: len(disjoint([*chain.from_iterable(places)])) for doc, places in shown.items()}
    begins = {unit: postings.begins(tiers, unit) for unit in UNITS}
    times = {}
    for doc, tier in tiers.items():
        counting = answering(clause, _Held(found, doc, begins), tier)
        spans = [
            span for term, places in counting.items() for one in places for span in one.of(found[term].shown(doc, tier))
        ]
        times[doc] = len(disjoint(spans))
    return times


@dataclass(frozen=True, slots=True)
class _Held:
    """answering.Held of one document."""

    found: Mapping[Term, TermHits]
    doc: int
    unit_begins: Mapping[Unit, Mapping[int, Sequence[int]]]

    def level(self, term: Term, *, title_only: bool) -> int:
        places = self.found[term].places
        held = (least for kind, least in KINDS if self.doc in (places[kind].title if title_only else places[kind]))
        return next(held, NONE)

    def literally(self, term: Term) -> tuple[bool, Sequence[Span]]:
        return literally(self.found, self.doc)(term)

    def begins(self, unit: Unit) -> Sequence[int]:
        return of_document(self.unit_begins, self.doc)(unit)
