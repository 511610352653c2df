"""What a query may have been meant to be: "did you mean".

A correction is never made silently, and never leads to something the index does not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby

from search import text
from search.engines import Engine
from search.index.vocabulary import Vocabulary
from search.matching.matches import CALLED, MATCHES, PARTIAL, SAME, TYPO, Matches
from search.query import clauses, forms, parsing, read_back, scanning
from search.query.addresses import search_address
from search.query.clauses import AllOf, Query, Term
from search.suggestions import nearly, readings, signs, slips
from search.suggestions.slips import Candidate
from search.text import pinyin

MOST_CORRECTIONS = 3
# Terms beyond are not doubted: a query of more has other ways to find something.
_TERMS = 8
# A term that is found is doubted when so few documents hold it and so many times as many hold the other writing.
_RARE, _TIMES = 3, 20
# Up to this distance (slips.py) a correction of something that is no word is shown without asking: homophones, one or
# two sounds confused, look-alikes, two characters exchanged, one that is missing or wrong inside a term. Of two
# characters, of which there are many more: homophones, or terms of the lexicon that sound nearly so.
_CLEAR, _CLEAR_OF_TWO = 1.6, 1.0
# Up to this one, four characters or more are a slip even where they are made of words (五保供氧): one homophone, or one
# confused sound, look-alike or exchange away from a term. Two pairs in the lexicon are as close (助残服务, 助餐服务).
_SURE = 1.0

# Met in one of these ways, the query itself was found and not only something near it; in these, by its own characters.
_FOUND, _EXACT = frozenset(CALLED[:TYPO]), frozenset(CALLED[: SAME + 1])
_MET = _FOUND | {CALLED[TYPO]}
_SCRAPS = frozenset(CALLED[PARTIAL:])


@dataclass(frozen=True, slots=True)
class Correction:
    """Another query and how to offer it.

    met: it is found as it stands, not only in part. clear: so likely that its results are shown at once.
    """

    query: Query
    suggestion: Suggestion
    met: bool
    clear: bool


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Terms of a query that may be a slip, and what they may be slips of, the closest first."""

    terms: tuple[Term, ...]
    near: tuple[Candidate, ...]


def corrected(engine: Engine, query: Query, found: Matches) -> tuple[Correction, ...]:
    """Other writings of a query that find what it does not, or far more; the closest first, at most three.

    found is what query itself finds.
    """
    terms = clauses.positive_terms(query.clause)[:_TERMS]
    met = _is_of(found, _MET)
    if not terms or (met and (len(terms) > 1 or found.documents > _RARE or _is_meant(terms[0].text))):
        return ()
    groups = _doubtful(engine, query, tuple(_groups(query, terms)))
    doubts = [_Doubt(group, near) for group in groups if (near := _near(engine.vocabulary(), group))]
    if met:
        doubts = [replace(one, near=_frequent(one.near, _TIMES * found.documents)) for one in doubts]
    made: dict[str, Correction] = {}
    # As many at a time as are offered: mostly the closest are enough, and each round is one trip to the index.
    for first in range(0, slips.MOST, MOST_CORRECTIONS):
        tried = _worded(query, doubts, range(first, min(first + MOST_CORRECTIONS, slips.MOST)))
        asked = {wording: chosen for wording, chosen in tried.items() if wording not in made}
        for wording, one in _corrections(engine, query, asked, found) if asked else ():
            if sum(other.met for other in made.values()) < MOST_CORRECTIONS:
                made[wording] = one
        if sum(one.met for one in made.values()) == MOST_CORRECTIONS:
            break
    # What is met stands before what is only met in part; of both, the closest is first already.
    best = sorted(made.values(), key=lambda one: not one.met)[:MOST_CORRECTIONS]
    return tuple(replace(one, clear=one.clear and number == 0 and not met) for number, one in enumerate(best))


@dataclass(frozen=True, slots=True)
class Answered:
    """What was found and of which query: the one asked, or another in its place, which note says then.

    in_part: query is only a part of what was asked, as the rest stands nowhere.
    """

    query: Query
    matches: Matches
    note: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    in_part: bool = False

    @property
    def listed(self) -> Matches:
        """What was found, in the ways in which it meets what was asked and not only what query is."""
        return self.matches.met_in_part() if self.in_part else self.matches


def search_or_correct(engine: Engine, query: Query, *, limit: int, offset: int) -> Answered:
    """What a query finds, or else what the query finds that was clearly meant.

    Which it is depends on what there is of each kind, and not on the page, the order or the limit asked for.
    """
    if there := readings.own_places(engine, query):
        answered = search_or_correct(engine, there.query, limit=limit, offset=offset)
        return replace(answered, note=" ".join(filter(None, (there.note, answered.note))))
    page = _Page(limit, offset)
    found = page.of(engine, query)
    if query.clause is None:
        return Answered(query, found)
    reading = readings.without_search_words(query, apart=_is_of(found, _FOUND))
    if reading is None:
        return _answered(engine, query, found, page)
    meant = _answered(engine, reading.query, page.of(engine, reading.query), page)
    if not meant.matches.tiers:
        return _answered(engine, query, found, page)
    return replace(meant, note=" ".join(filter(None, (reading.note, meant.note))))


def _answered(engine: Engine, query: Query, found: Matches, page: _Page) -> Answered:
    """What a query finds, or what is found by another in its place."""
    ways = (_listed, _with_other_signs) if parsing.is_list(query) else (_with_other_signs, _listed)
    for way in (*ways, _read_otherwise):
        if answered := way(engine, query, found, page):
            return answered
    others = corrected(engine, query, found)
    offered = tuple(other.suggestion for other in others)
    if not others or not others[0].clear:
        if answered := _nearly(engine, query, found, page):
            return replace(answered, suggestions=offered)
        return replace(_of_what_is_known(engine, query, found, page), suggestions=offered)
    meant = others[0].query
    return Answered(meant, page.of(engine, meant), _note(query, meant), offered)


@dataclass(frozen=True, slots=True)
class _Page:
    """Which of the documents found are asked for."""

    limit: int
    offset: int

    def of(self, engine: Engine, query: Query) -> Matches:
        return engine.find(query, limit=self.limit, offset=self.offset)


def _with_other_signs(engine: Engine, query: Query, found: Matches, page: _Page) -> Answered | None:
    """What documents have of the wording with other signs, where none has it as it was typed."""
    if _is_of(found, _EXACT) or not (other := signs.with_other_signs(engine, query, any_found=bool(found.documents))):
        return None
    better = page.of(engine, other)
    # Where signs change nothing, as in figures, which are whole or not, other ways are tried.
    return None if better.tiers.keys() <= _SCRAPS else Answered(other, better)


def _nearly(engine: Engine, query: Query, found: Matches, page: _Page) -> Answered | None:
    """What documents have of the wording but for one character, where none has it in any better way."""
    if _is_of(found, _MET) or not (other := nearly.nearly_as_typed(engine, query)):
        return None
    return Answered(other, page.of(engine, other))


def _read_otherwise(engine: Engine, query: Query, found: Matches, page: _Page) -> Answered | None:
    """What a reading of the query finds, where nothing has its words: a name with a title, a region, a day."""
    if _is_of(found, _FOUND):
        return None
    for reading in readings.readings(engine, query):
        if _is_of(better := page.of(engine, reading.query), _EXACT):
            return Answered(reading.query, better, reading.note)
    return None


def _of_what_is_known(engine: Engine, query: Query, found: Matches, page: _Page) -> Answered:
    """What the other terms find where one stands nowhere; else what was found."""
    known = None if _is_of(found, _FOUND) else readings.without_unknown(engine, query)
    if known is None or not (better := page.of(engine, known.query)).tiers:
        return Answered(query, found)
    return Answered(known.query, better, known.note, in_part=True)


def _listed(engine: Engine, query: Query, found: Matches, page: _Page) -> Answered | None:
    """What a list typed with commas finds as separate terms, where the string itself stands nowhere and they do."""
    other = parsing.listed(query)
    if other is None or _is_of(found, _EXACT):
        return None
    other = replace(other, text=forms.written(other.clause) if other.clause else other.text)
    if not _is_of(better := page.of(engine, other), _EXACT):
        return None
    said = read_back.in_words(replace(other, filters=()))
    note = f"{read_back.none(query)}原样连写“{query.text}”，已按几个词分别检索：{said}。"
    return Answered(other, better, note)


def _note(query: Query, meant: Query) -> str:
    return f"没有找到“{query.text}”，以下是“{meant.text}”的结果。"


def _is_of(found: Matches, kinds: Set[str]) -> bool:
    """Whether some document was found in one of these ways, on whatever page it stands."""
    return not kinds.isdisjoint(found.tiers)


def _is_meant(folded: str) -> bool:
    """Whether a term that is found was surely not a slip: it is made of words, or it is a name."""
    return slips.is_name(folded) or text.is_wording(folded)


def _groups(query: Query, terms: Sequence[Term]) -> Iterator[tuple[Term, ...]]:
    """Each term by itself, but pinyin that was typed with blanks together. Numbers are never doubted."""
    plain = isinstance(query.clause, AllOf)
    for latin, run in groupby(terms, lambda term: plain and bool(pinyin.letters(term.shown))):
        together = tuple(run)
        groups = [together] if latin else [(term,) for term in together]
        yield from (group for group in groups if not any(char.isdigit() for term in group for char in term.text))


def _doubtful(engine: Engine, query: Query, groups: Sequence[tuple[Term, ...]]) -> list[tuple[Term, ...]]:
    """The groups of which some term is met in no document, the filters aside."""
    if not groups or (not query.filters and query.clause == groups[0][0]):
        return list(groups)  # a single term, as was found out before
    terms = list(dict.fromkeys(term for group in groups for term in group))
    alone = [replace(query, clause=term, filters=(), sort="relevance", page=1) for term in terms]
    met = {term for term, found in zip(terms, engine.find_each(alone, limit=1), strict=True) if _is_of(found, _MET)}
    return [group for group in groups if not met.issuperset(group)]


def _near(vocabulary: Vocabulary, group: tuple[Term, ...]) -> tuple[Candidate, ...]:
    return slips.candidates(vocabulary, group[0].text if len(group) == 1 else " ".join(term.shown for term in group))


def _frequent(near: Iterable[Candidate], documents: int) -> tuple[Candidate, ...]:
    return tuple(one for one in near if one.documents >= documents)


_Chosen = Sequence[tuple[_Doubt, Candidate]]


def _wording(query: Query, chosen: _Chosen) -> str:
    """The query with the words chosen in place of what was typed."""
    instead: dict[Term, Term | None] = {}
    for doubt, near in chosen:
        first, *others = doubt.terms
        instead |= {first: scanning.term(near.text, quoted=first.quoted), **dict.fromkeys(others)}
    meant = clauses.replaced(query.clause, instead) if query.clause else None
    return forms.written(meant) if meant else query.text


def _worded(query: Query, doubts: Sequence[_Doubt], ranks: Iterable[int]) -> dict[str, _Chosen]:
    """The query with the words of each rank in the place of what is doubted, as it is worded then."""
    tried: dict[str, _Chosen] = {}
    for rank in ranks:
        chosen = [(doubt, doubt.near[min(rank, len(doubt.near) - 1)]) for doubt in doubts if doubt.near]
        tried.setdefault(_wording(query, chosen), chosen)
    tried.pop(_wording(query, ()), None)
    return tried


def _corrections(
    engine: Engine, query: Query, asked: Mapping[str, _Chosen], found: Matches
) -> Iterator[tuple[str, Correction]]:
    """Of these wordings those that find something, in their order."""
    others = {wording: _reworded(query, wording) for wording in asked}
    first = [replace(other, sort="relevance", page=1) for other in others.values()]
    for (wording, other), better in zip(others.items(), engine.find_each(first, limit=1), strict=True):
        if correction := _correction(query, other, better, asked[wording], found):
            yield wording, correction


def _reworded(query: Query, wording: str) -> Query:
    read = parsing.parse(wording)
    return replace(query, raw=wording, text=read.text, clause=read.clause, notes=read.notes)


def _correction(query: Query, other: Query, better: Matches, chosen: _Chosen, found: Matches) -> Correction | None:
    """other, a rewording of query, which finds better; None when that is nothing, only something less like what was
    asked, or only some of its terms."""
    met = _is_of(better, _MET)
    one_term = isinstance(query.clause, Term)
    if not better.documents or (found.documents and _rank(better) > _rank(found)) or not (met or one_term):
        return None
    reason = "pinyin" if any(near.reason == "pinyin" for _, near in chosen) else "spelling"
    suggestion = Suggestion(other.raw, reason, better.documents, search_address(other, page=1))
    return Correction(other, suggestion, met, met and all(_is_clear(doubt, near) for doubt, near in chosen))


def _rank(found: Matches) -> int:
    return min(map(MATCHES.index, found.tiers))


def _is_clear(doubt: _Doubt, near: Candidate) -> bool:
    """Quoted terms and real words were meant as they stand, however close another one is; so were most names."""
    typed = doubt.terms[0].text
    if not near.sure or any(term.quoted for term in doubt.terms):
        return False
    if near.reason == "pinyin":
        return near.distance <= _CLEAR
    if slips.is_name(typed) and near.text[0] != typed[0]:
        return False
    if text.is_wording(typed):
        return len(typed) > 3 and near.distance <= _SURE
    return near.distance <= (_CLEAR if len(typed) > 2 else _CLEAR_OF_TWO)


# --- while typing --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    reason: str  # spelling, pinyin
    documents: int
    url: str
