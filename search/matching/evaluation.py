"""A query answered by set algebra over postings, for engines that can list them. Knows no engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from search.documents.document import Span
from search.index.schema import LISTED
from search.matching import loosening, partial, scoring, widening
from search.matching.answering import near_units, units_of
from search.matching.hits import UNITS, TermHits, TermPostings, literally, of_document, times_of
from search.matching.matches import (
    CALLED,
    CROSSED,
    EXACT,
    KINDS,
    LEVELS,
    MATCHES,
    PARTIAL,
    SAME,
    SCRAPS,
    SYNONYM,
    Match,
    Matches,
    Reason,
    Tier,
)
from search.matching.postings import Documents, Postings, SpanLists, Statistics, Unit
from search.matching.spans import Ends, disjoint
from search.query.clauses import (
    AllOf,
    AnyOf,
    Clause,
    Filter,
    InTitle,
    Near,
    Query,
    Term,
    Without,
    as_typed,
    excluded_terms,
    others_than,
    positive_terms,
    quoted_in_all,
)


def find(postings: Postings, query: Query, *, limit: int, offset: int, statistics: Statistics | None = None) -> Matches:
    """Tiers, scores, totals, facets and order of a query.

    statistics: of the whole index, where the postings are those of a part of it.
    """
    statistics = statistics or Statistics(len(postings.everything()), postings.mean_length(), {})
    found, rarities = _looked_for(postings, query, statistics)
    tiers = _tiers(postings, query.clause, found)
    crossed = frozenset(doc for doc, tier in tiers.items() if tier == CROSSED)
    if len(crossed) < len(tiers):
        tiers = {doc: tier for doc, tier in tiers.items() if tier != CROSSED}
    loose = loosening.loosened(query, found=len(tiers), met=sum(tier <= SYNONYM for tier in tiers.values()))
    barred = tiers.keys() | _unwanted(postings, query.clause, found) if loose else tiers.keys()
    # What is quoted has to be there, but where nothing fits the query.
    for term in quoted_in_all(query.clause) if loose and tiers else ():
        barred = barred | (postings.everything() - found[term].within(SAME))
    partly = partial.scores(postings, loose, statistics, barred) if loose else {}
    tiers |= dict.fromkeys(partly, PARTIAL)
    chosen = _filtered(postings, query.filters)
    kept = {doc: tier for doc, tier in tiers.items() if doc in chosen}
    matches = _matched(postings, query.clause, found, kept, rarities, statistics, partly)
    ranked = _ordered(postings, {doc: one for doc, one in matches.items() if query.way in ("", one.kind)}, query)
    cards = folded(postings, ranked)
    return Matches(
        documents=len(kept),
        folded=len(ranked) - len(cards),
        occurrences=sum(match.occurrences for match in matches.values()),
        ranked=tuple(matches[doc] for doc in cards[offset : offset + limit]),
        facets=_facets(postings, frozenset(tiers), query.filters),
        tiers=_tiers_of(matches.values()),
        left_out=len((crossed & chosen) - tiers.keys()),
    )


def _tiers_of(matches: Iterable[Match]) -> dict[str, Tier]:
    """How many documents and occurrences there are of each kind."""
    of: dict[str, list[int]] = {kind: [] for kind in MATCHES}
    for match in matches:
        of[match.kind].append(match.occurrences)
    return {kind: Tier(len(times), sum(times)) for kind, times in of.items() if times}


def rank(
    postings: Postings, query: Query, statistics: Statistics, partly: Mapping[int, float]
) -> tuple[list[int], dict[int, Match]]:
    """The documents of the postings that fit, best first, and the match of each: for an engine that has chosen them.

    partly: the score of those that were chosen for some of their words.
    """
    found, rarities = _looked_for(postings, query, statistics)
    tiers = _tiers(postings, query.clause, found) | dict.fromkeys(partly, PARTIAL)
    matches = _matched(postings, query.clause, found, tiers, rarities, statistics, partly)
    return _ordered(postings, matches, query), matches


def _looked_for(
    postings: Postings, query: Query, statistics: Statistics
) -> tuple[dict[Term, TermHits], dict[Term, float]]:
    """What was found of each term, those excluded too, and how rare each is."""
    named = dict.fromkeys((*positive_terms(query.clause), *excluded_terms(query.clause)))
    wide = {term: widening.widened(term, query) for term in named}
    found = {term: _look(postings, one) for term, one in wide.items()}
    return found, {term: statistics.rarity(one, len(found[term].within(CROSSED))) for term, one in wide.items()}


def _matched(
    postings: Postings,
    clause: Clause | None,
    found: Mapping[Term, TermHits],
    tiers: Mapping[int, int],
    rarities: Mapping[Term, float],
    statistics: Statistics,
    partly: Mapping[int, float],
) -> dict[int, Match]:
    whole = {doc: tier for doc, tier in tiers.items() if tier != PARTIAL}
    asked = {term: found[term] for term in positive_terms(clause)}
    times = times_of(postings, clause, found, whole)
    evidence = {
        doc: {term: stands for term, spots in asked.items() if (stands := spots.occurrences(doc, tier))}
        for doc, tier in whole.items()
    }
    scored = _scored(postings, evidence, whole, rarities, statistics.mean_length, times)
    matches = _with_passages(postings, evidence, rarities, scored)
    partial_ = {doc: score for doc, score in partly.items() if doc in tiers}
    return matches | {
        doc: Match(postings.name(doc), CALLED[PARTIAL], score, 0, LEVELS[PARTIAL]) for doc, score in partial_.items()
    }


# --- which documents, and how well they fit ------------------------------------------------------------


def _look(postings: Postings, term: widening.Widened) -> TermHits:
    met = {kind: _by_words(postings, strings, whole=ends) for kind, (strings, ends) in term.strings.items()}
    together = postings.together(term.words) if term.words else {}
    scattered = TermPostings(
        title={doc: [(0, 0)] for doc, passages in together.items() if 0 in passages},
        body={doc: inside for doc, passages in together.items() if (inside := [(p, p) for p in passages if p])},
    )
    _, crossed = met["literal"]
    return TermHits({kind: kept for kind, (kept, _) in met.items()} | {"scattered": scattered, "crossed": crossed})


def _by_words(postings: Postings, strings: tuple[str, ...], *, whole: Ends) -> tuple[TermPostings, TermPostings]:
    """Where the strings stand as words, and where they only cross words; all are words when whole is not asked."""
    if not strings:
        return _NOTHING
    everywhere = {title: _any_of(postings, strings, title=title) for title in (True, False)}
    if not whole:
        return TermPostings(everywhere[True], everywhere[False]), TermPostings({}, {})
    kept: dict[bool, dict[int, list[Span]]] = {True: {}, False: {}}
    left: dict[bool, dict[int, list[Span]]] = {True: {}, False: {}}
    for title, spots in everywhere.items():
        for doc, spans in spots.items():
            for start, end in spans:
                side = kept if postings.is_whole(doc, *whole.of(start, end), title=title) else left
                side[title].setdefault(doc, []).append((start, end))
    return TermPostings(kept[True], kept[False]), TermPostings(left[True], left[False])


_NOTHING = (TermPostings({}, {}), TermPostings({}, {}))


def _any_of(postings: Postings, strings: tuple[str, ...], *, title: bool) -> SpanLists:
    """The places of several strings, overlapping ones (低保, 农村低保) once."""
    places: dict[int, list[Span]] = {}
    for string in strings:
        length = len(string)
        for doc, starts in postings.literal(string, title=title).items():
            places.setdefault(doc, []).extend([(start, start + length) for start in starts])
    return {doc: disjoint(spans) for doc, spans in places.items()} if len(strings) > 1 else places


def _tiers(postings: Postings, clause: Clause | None, found: Mapping[Term, TermHits]) -> dict[int, int]:
    """document -> the strictest tier it fits; a query without a clause fits everything exactly."""
    if clause is None:
        return dict.fromkeys(postings.everything(), EXACT)
    tiers: dict[int, int] = {}
    for _, tier in reversed(KINDS):
        for doc in _fitting(postings, clause, found, tier):
            tiers[doc] = tier
    for doc in _in_one_passage(postings, clause, found, [doc for doc, tier in tiers.items() if tier == SAME]):
        tiers[doc] = EXACT
    return tiers


def _unwanted(postings: Postings, clause: Clause | None, found: Mapping[Term, TermHits]) -> set[int]:
    """The documents that any exclusion of the query, at any depth, names."""
    if isinstance(clause, Without):
        return _fitting(postings, as_typed(clause.part), found, SAME)
    if isinstance(clause, AllOf | AnyOf):
        return set().union(*(_unwanted(postings, part, found) for part in clause.parts))
    return set()


def _fitting(
    postings: Postings, clause: Clause, found: Mapping[Term, TermHits], tier: int, *, title_only: bool = False
) -> set[int]:
    """The documents that fit a clause when its terms may be met as loosely as tier says."""
    if isinstance(clause, Term):
        return found[clause].within(tier, title_only=title_only)
    if isinstance(clause, Without):
        unwanted = as_typed(clause.part)
        return set(postings.everything()) - _fitting(postings, unwanted, found, SAME, title_only=title_only)
    if isinstance(clause, InTitle):
        return _fitting(postings, clause.part, found, tier, title_only=True)
    if isinstance(clause, Near):
        near = _fitting(postings, clause.part, found, SAME, title_only=title_only)
        begins = {unit: postings.begins(near, unit) for unit in UNITS}
        return {doc for doc in near if near_units(clause, literally(found, doc), of_document(begins, doc))[1]}
    parts = [_fitting(postings, part, found, tier, title_only=title_only) for part in clause.parts]
    return set.intersection(*parts) if isinstance(clause, AllOf) else set.union(*parts)


def _in_one_passage(
    postings: Postings, clause: Clause, found: Mapping[Term, TermHits], candidates: list[int]
) -> list[int]:
    """Those candidates of which one passage, or the title, holds the whole clause literally."""
    if isinstance(clause, Term | Near | InTitle):
        return candidates
    begins = postings.begins(candidates, "passage")
    return [doc for doc in candidates if units_of(clause, literally(found, doc), begins.get(doc, ()))]


# --- scores and order ----------------------------------------------------------------------------------

# document -> what counts for the score of each term that it holds
Evidence = Mapping[int, Mapping[Term, Sequence[scoring.Occurrences]]]


def _scored(
    postings: Postings,
    evidence: Evidence,
    tiers: Mapping[int, int],
    rarities: Mapping[Term, float],
    mean: float,
    times: Mapping[int, int],
) -> dict[int, Match]:
    matches = {}
    for doc, tier in tiers.items():
        length = postings.length(doc)
        reasons = tuple(
            Reason(term.shown, one.kind, one.title, len(one.body), rarities[term], points)
            for term, stands in evidence[doc].items()
            for one, points in zip(stands, scoring.points(stands, rarities[term], length, mean), strict=True)
        )
        matches[doc] = Match(
            id=postings.name(doc),
            kind=CALLED[tier],
            level=LEVELS[tier],
            score=scoring.total(reason.points for reason in reasons),
            occurrences=times[doc],
            reasons=reasons,
        )
    return matches


def _with_passages(
    postings: Postings,
    evidence: Evidence,
    rarities: Mapping[Term, float],
    matches: dict[int, Match],
) -> dict[int, Match]:
    """The matches, to the first of which is added what their best passage says; it only adds, so they stay first."""
    scored = {doc: match for doc, match in matches.items() if match.reasons}
    first = _best_first(scored)[: scoring.CANDIDATES]
    passages, sentences, headings = (postings.begins(first, unit) for unit in _UNITS)
    deeper = {}
    for doc in first:
        begins = (passages.get(doc, ()), sentences.get(doc, ()), headings.get(doc, ()))
        layout = scoring.Layout(*begins, postings.length(doc))
        best = scoring.best_passage([*evidence[doc].values()], [rarities[term] for term in evidence[doc]], layout)
        of = matches[doc]
        deeper[doc] = Match(of.id, of.kind, of.score + best.points, of.occurrences, of.level, of.reasons, best)
    return matches | deeper


_UNITS: tuple[Unit, ...] = ("passage", "sentence", "heading")


def _best_first(matches: Mapping[int, Match]) -> list[int]:
    """By level and score; what is equal stands in the order of the ids."""
    return sorted(matches, key=lambda doc: (matches[doc].level, -matches[doc].score, matches[doc].id))


def _ordered(postings: Postings, matches: Mapping[int, Match], query: Query) -> list[int]:
    """By relevance; or by date, the undated last and what is equal by relevance, what has it all before the scraps."""
    best_first = _best_first(matches)
    if query.sort == "relevance" and query.clause is not None:
        return best_first
    dates = postings.dates()
    dated = [doc for doc in best_first if doc in dates]
    undated = [doc for doc in best_first if doc not in dates]
    by_date = sorted(dated, key=lambda doc: dates[doc], reverse=query.sort != "oldest") + undated
    return sorted(by_date, key=lambda doc: matches[doc].kind in SCRAPS)


def folded(postings: Postings, ranked: Sequence[int]) -> list[int]:
    """The documents without those of which a near-duplicate stands before them."""
    seen: set[str] = set()
    cards = []
    for doc in ranked:
        group = postings.group(doc)
        if not group or group not in seen:
            cards.append(doc)
        seen.add(group)
    return cards


# --- filters and facets --------------------------------------------------------------------------------


def _filtered(postings: Postings, filters: Sequence[Filter]) -> Documents:
    """Every field chosen must fit, by any one of its chosen values, and by none of those excluded."""
    kept = postings.everything()
    for field, excluded in {(item.field, item.excluded) for item in filters}:
        having = _having(postings, field, [one for one in filters if (one.field, one.excluded) == (field, excluded)])
        kept = kept - having if excluded else kept & having
    return kept


def _having(postings: Postings, field: str, filters: Sequence[Filter]) -> Documents:
    """The documents of which a value of a field, or the date, fits one of the filters."""
    if field == "date":
        return frozenset(doc for doc, date in postings.dates().items() if any(one.fits(date) for one in filters))
    held = ((one, postings.facet(one.facet).items()) for one in filters)
    return frozenset().union(*(docs for one, values in held for value, docs in values if one.fits(value)))


def _facets(postings: Postings, found: Documents, filters: Sequence[Filter]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Counts a field under all filters but those that choose its values, most frequent first, zeros left out."""
    facets = {}
    for field in LISTED:
        rest = found & _filtered(postings, others_than(filters, field.name))
        counts = ((value, len(docs & rest)) for value, docs in postings.facet(field.name).items())
        facets[field.name] = tuple(sorted((pair for pair in counts if pair[1]), key=lambda pair: (-pair[1], pair[0])))
    return facets
