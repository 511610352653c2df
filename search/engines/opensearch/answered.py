"""What the second round says, as Matches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from search.engines.opensearch.candidates import Candidate, CandidatePostings
from search.engines.opensearch.filtered import fits
from search.engines.opensearch.mapping import Json
from search.engines.opensearch.searches import MET_CROSSED, MORE, Searches
from search.index.schema import LISTED
from search.matching import evaluation, partial
from search.matching.matches import CALLED, MATCHES, PARTIAL, Matches, Tier
from search.query.clauses import others_than

# The searches for documents that fit a query whole.
_OF_STRICT = ("relevance", "dated", "scraps, dated")


class Page:
    """The answers of the second round; size: the documents that each order was asked for."""

    def __init__(self, asked: Searches, answers: Mapping[str, Json], size: int) -> None:
        self._asked = asked
        self._answers = answers
        strict = {one.id: one for name in _OF_STRICT for one in self._hits(name)}
        self._listed_in_part = self._in_part()
        held = {one.id for one in self._listed_in_part}
        candidates = [*(one for one in strict.values() if one.id not in held), *self._listed_in_part]
        postings = CandidatePostings(candidates)
        partly = {doc: self._scores[one.id] for doc, one in enumerate(candidates) if one.id in held}
        order, found = evaluation.rank(postings, asked.query, asked.statistics, partly)
        self._found = {doc: found[doc] for doc in order}
        sure = order if self.complete else order[: size - MORE]
        picked = [doc for doc in sure if asked.query.way in ("", found[doc].kind)]
        self.cards = [found[doc] for doc in evaluation.folded(postings, picked)]
        self._hidden = len(picked) - len(self.cards)

    def matches(self, limit: int, offset: int) -> Matches:
        totals = self._answers["totals"]["aggregations"]
        tiers = self._tiers(totals["all"])
        groups = Counter(_values(totals["all"]["groups"]))
        if self._asked.few:
            groups.update(one.group for one in self._listed_in_part if one.group)
        return Matches(
            documents=sum(tier.documents for tier in tiers.values()),
            occurrences=sum(tier.occurrences for tier in tiers.values()),
            ranked=tuple(self.cards[offset : offset + limit]),
            facets={field.name: self._facet(field.name, totals[f"facet {field.name}"]["values"]) for field in LISTED},
            tiers=tiers,
            folded=self._hidden if self._asked.query.way else sum(groups.values()) - len(groups),
            left_out=self._total("left out") - self._crossed_in_part(),
        )

    @property
    def complete(self) -> bool:
        """Whether every document is among the candidates."""
        names = [name for name in self._answers if name not in ("totals", "left out")]
        limited = [name for name in names if not (name == "in part" and self._asked.few)]
        return all(self._total(name) == self._there(name) for name in limited)

    def _tiers(self, counted: Json) -> dict[str, Tier]:
        """Occurrences are counted here where all documents are candidates."""
        strict = [match for match in self._found.values() if match.kind != CALLED[PARTIAL]]
        in_hand = self._total("relevance") == self._there("relevance")
        tiers = {}
        for kind, one in counted.get("tiers", {"buckets": {}})["buckets"].items():
            times = one["occurrences"]["value"] if "occurrences" in one else 0
            if in_hand:
                times = sum(match.occurrences for match in strict if match.kind == kind)
            tiers[kind] = Tier(one["doc_count"], round(times))
        in_part = len(self._listed_in_part) if self._asked.few else self._total("in part")
        tiers[CALLED[PARTIAL]] = Tier(in_part, 0)
        return {kind: tiers[kind] for kind in MATCHES if kind in tiers and tiers[kind].documents}

    def _facet(self, field: str, counted: Json) -> tuple[tuple[str, int], ...]:
        counts = Counter(_values(counted))
        others = others_than(self._asked.query.filters, field)
        for one in self._best_in_part if self._asked.few else []:
            counts.update(one.facets.get(field, ()) if fits(one, others) else ())
        return tuple(sorted(((value, n) for value, n in counts.items() if n), key=lambda pair: (-pair[1], pair[0])))

    # --- documents met in part

    def _in_part(self) -> list[Candidate]:
        """Those that are listed; of a limited number the best are chosen whatever the filters say."""
        found = list({one.id: one for name in ("in part", "in part, dated") for one in self._hits(name)}.values())
        loose = self._asked.loose
        everything = set(range(len(found)))
        scores = (
            partial.scores(CandidatePostings(found), loose.how, self._asked.statistics, set(), everything)
            if loose and found
            else {}
        )
        self._scores = {found[doc].id: score for doc, score in scores.items()}
        self._best_in_part = [found[doc] for doc in scores]
        return [one for one in self._best_in_part if fits(one, self._asked.query.filters)]

    def _crossed_in_part(self) -> int:
        if not self._asked.few or not self._total("left out"):
            return 0
        listed = {one.id for one in self._listed_in_part}
        hits = self._answers["in part"]["hits"]["hits"]
        return sum(MET_CROSSED in one.get("matched_queries", ()) for one in hits if one["fields"]["id"][0] in listed)

    # --- reading

    def _total(self, name: str) -> int:
        return int(self._answers[name]["hits"]["total"]["value"]) if name in self._answers else 0

    def _there(self, name: str) -> int:
        return len(self._answers[name]["hits"]["hits"]) if name in self._answers else 0

    def _hits(self, name: str) -> list[Candidate]:
        hits = self._answers[name]["hits"]["hits"] if name in self._answers else []
        return [Candidate(one["fields"]) for one in hits]


def _values(counted: Json) -> dict[str, int]:
    return {one["key"]: one["doc_count"] for one in counted["buckets"]}
