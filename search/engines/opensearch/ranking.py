"""The order of the first documents and the number of all occurrences, as scores of queries.

The order is that of matching/scoring.py without what the best passage adds: which documents are scored again by that
code is decided by it, no more. Points are of single precision here, so a few documents beyond the last are taken, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from search.engines.opensearch.functions import first_of, sum_of, unless, weight
from search.engines.opensearch.mapping import Json
from search.engines.opensearch.strings import Translation, all_of, any_of, strings_of, times
from search.index.schema import TITLE_WEIGHT
from search.matching.answering import is_selective
from search.matching.matches import BESIDE, CROSSED, EXACT, KINDS, LEVELS, SHOWN
from search.matching.scoring import K1, STRENGTHS, B
from search.query.clauses import AllOf, AnyOf, Clause, InTitle, Near, Term

BM25 = (
    "double norm = params.k * (1 - params.b + params.b * doc['length'].value / params.mean);"
    "return params.weight * _score / (_score + norm);"
)
# Which kinds count may be told by a score so large: whole numbers of single precision.
_MOST_ENCODED = 1 << 24
# Occurrences of one document, overlapping ones once, as matching.spans.disjoint() counts. The score tells of each term
# which kind counts: 0 none, else one more than its place in params.terms, where what is shown of it stands.
_DISJOINT = """
List apart(List spans) {
  Collections.sort(spans);
  List kept = new ArrayList();
  long free = 0;
  for (long span : spans) {
    long begin = span / 1048576L;
    if (begin >= free) { kept.add(span); free = begin + 1048575L - span % 1048576L; }
  }
  return kept;
}
String text = doc['text'].value.utf8ToString();
def edges = doc['edges'].value;
long rest = Math.round(_score.doubleValue());
List shown = new ArrayList();
for (def kinds : params.terms) {
  int kind = (int) (rest % (kinds.size() + 1)) - 1;
  rest = rest / (kinds.size() + 1);
  if (kind < 0) { continue; }
  for (def asked : kinds[kind]) {
    List spans = new ArrayList();
    for (String string : asked.strings) {
      int at = text.indexOf(string);
      while (at >= 0) {
        spans.add(((long) at) * 1048576L + 1048575L - string.length());
        at = text.indexOf(string, at + string.length());
      }
    }
    for (long span : asked.strings.size() > 1 ? apart(spans) : spans) {
      int begin = (int) (span / 1048576L);
      int end = begin + (int) (1048575L - span % 1048576L);
      int first = asked.begin ? begin : end;
      int last = asked.end ? end : begin;
      boolean whole = !asked.begin && !asked.end
        || ((edges.bytes[edges.offset + (first >> 3)] >> (first & 7)) & 1) == 1
        && ((edges.bytes[edges.offset + (last >> 3)] >> (last & 7)) & 1) == 1;
      if (whole) { shown.add(span); }
    }
  }
}
return apart(shown).size();
"""


def order(asked: Translation, rarities: Mapping[Term, float], mean: float) -> list[Json]:
    """Scores: one for each level that a document is better than the last, and its points as a fraction."""
    shares = _shares(asked, rarities)
    return [_level(asked), *(_points(asked, term, shares[term], mean) for term in asked.terms)]


def coarse_order(asked: Translation, rarities: Mapping[Term, float]) -> list[Json]:
    """The same, with whether a document has a term for how often: no clauses, however many terms there are."""
    shares = _shares(asked, rarities)
    return [_level(asked), sum_of(weight(asked.within(term, CROSSED), shares[term]) for term in asked.terms)]


def _level(asked: Translation) -> Json:
    there = [tier for tier in range(EXACT, CROSSED) if tier in asked.tiers]
    levels = sorted({LEVELS[tier] for tier in there}, reverse=True)
    return first_of(weight(asked.fits(tier), 1.0 + levels.index(LEVELS[tier])) for tier in there)


def _shares(asked: Translation, rarities: Mapping[Term, float]) -> dict[Term, float]:
    """The rarity of each term in that of all, a little less than 1 together; of one term always the same number."""
    whole = sum(rarities[term] for term in asked.terms) or 1.0
    return {term: rarities[term] / whole / 1.001 for term in asked.terms}


def _points(asked: Translation, term: Term, rarity: float, mean: float) -> Json:
    """BM25 of one term, by its strictest kind in each document, and what counts beside that."""
    branches = []
    for kind, query, better in _strictest(asked, term):
        beside = [one for one in BESIDE.get(kind, ()) if one in asked.kinds(term)]
        counts = [
            one
            for each in (kind, *beside)
            for one in times(asked.wide(term), each, STRENGTHS[each] * TITLE_WEIGHT, STRENGTHS[each])
        ]
        branches.append(unless(all_of([query] if beside else [], should=counts), better))
    params = {"k": K1, "b": B, "mean": mean or 1.0, "weight": rarity}
    return {"script_score": {"query": any_of(branches), "script": {"source": BM25, "params": params}}}


def _strictest(asked: Translation, term: Term) -> Iterator[tuple[str, Json, list[Json]]]:
    """kind -> the documents that hold a term so; and those for which that does not count, as they hold it in a stricter
    way, or fit a stricter tier than it is good enough for."""
    least = dict(KINDS)
    stricter: list[Json] = []
    for kind in asked.kinds(term):
        query = asked.held(term, kind)
        tier = least[kind]
        # With alternatives a document may fit by another term, better than by this one.
        too_loose = [asked.fits(tier - 1)] if kind != "literal" and _has_choice(asked.query.clause) else []
        yield kind, query, [*stricter, *too_loose]
        stricter.append(query)


def _has_choice(clause: Clause | None) -> bool:
    if isinstance(clause, InTitle | Near):
        return _has_choice(clause.part)
    return isinstance(clause, AnyOf) or (isinstance(clause, AllOf) and any(map(_has_choice, clause.parts)))


# --- occurrences ---------------------------------------------------------------------------------------


def occurrences(asked: Translation) -> tuple[list[Json], Json] | None:
    """Queries to score with, and what to add up of the score; None where that cannot be told by one score."""
    if is_selective(asked.query.clause):
        return None
    shown = {term: [one for one in _strictest(asked, term) if SHOWN[one[0]]] for term in asked.terms}
    if not may_overlap(asked):
        counts = [
            unless(
                all_of([query], should=[one for each in SHOWN[kind] for one in times(asked.wide(term), each, 0, 1.0)]),
                better,
            )
            for term, kinds in shown.items()
            for kind, query, better in kinds
        ]
        return counts, {"script": {"source": "Math.round(_score.doubleValue())"}}
    encoded, place = list[Json](), 1
    for kinds in shown.values():
        encoded += [weight(all_of([query], but), number * place) for number, (_, query, but) in enumerate(kinds, 1)]
        place *= len(kinds) + 1
    terms = [
        [[_searched(asked, term, each) for each in SHOWN[kind]] for kind, *_ in kinds] for term, kinds in shown.items()
    ]
    script = {"script": {"source": _DISJOINT, "params": {"terms": terms}}}
    return ([sum_of(encoded)], script) if place <= _MOST_ENCODED else None


def _searched(asked: Translation, term: Term, kind: str) -> Json:
    strings, ends = strings_of(asked.wide(term), kind)
    return {"strings": strings, "begin": ends.begin, "end": ends.end}


def may_overlap(asked: Translation) -> bool:
    """Whether two of the strings looked for, or one and itself, can stand in one place."""
    kinds = [(term, kind) for term in asked.terms for kind in asked.kinds(term) if kind != "scattered"]
    strings = {one for term, kind in kinds for one in strings_of(asked.wide(term), kind)[0]}
    return any(_overlap(one, other) for one in strings for other in strings)


def _overlap(one: str, other: str) -> bool:
    """Whether other can begin inside one; the same string not at its beginning."""
    return any(one[at:].startswith(other[: len(one) - at]) for at in range(one == other, len(one)))
