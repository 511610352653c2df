"""Which documents come first: how a term is widened, and the score inside a tier. Pure functions.

Tiers before scores: every term literally in one passage, then in different passages, then by synonyms, then by the
words of a term inside one passage (model.MATCHES). Inside a tier BM25 over the strings that were found, a title
hit counting as several body hits; to the first candidates is added what their best passage says (best_passage). The
same numbers go in on every engine, so the same order comes out.
"""

from __future__ import annotations

import itertools
import math
import operator
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

from search import text
from search.documents.document import Span
from search.index.schema import TITLE_WEIGHT
from search.matches import BestPassage
from search.query.clauses import AllOf, AnyOf, Clause, InTitle, Near, Query, Term, positive_terms
from search.text import formulas

# Okapi BM25's constants. K1 as usual; B below the usual 0.75, because a report of many parts is long without saying
# less in each: nDCG@10 over the sample and the shared queries .836/.890 at .75, .841/.891 at .5, .841/.889 at .3.
K1, B = 1.2, 0.5

# A term's words have to be at least two to be looked for apart: one word alone is a different question.
_FEWEST_WORDS = 2
# A synonym says nearly the same, words apart in one passage often do not.
STRENGTHS = {"literal": 1.0, "synonym": 0.7, "scattered": 0.4, "typo": 0.5, "crossed": 0.2}
# Documents of an order whose passages are looked at: re-ranking more changed no figure of the judged questions.
CANDIDATES = 50
# What is added to BM25: the best passage, the terms of its closest sentence, the terms in headings. nDCG@10 over the
# sample and the shared queries .8983/.8969 without, .8989/.8980 with; twice as much of it .8958/.8950. Sentences and
# headings move neither by more than .0003; at three times their weight sentences cost .001.
PASSAGE, SENTENCE, HEADING = 0.7, 0.1, 0.3
# Who asks for a quantity looks for a passage with figures in it.
_QUANTITY = re.compile("多少|几[个年岁天元次]|多[高大久长]|什么标准")
_SUM = re.compile("[钱元费金价贴]|收入|补助|标准|待遇")
# What a passage is worth that says no quantity when one is asked for; nDCG@10 of the shared questions .740 at a half,
# .789 at a quarter, .794 at a tenth, of the sample's the same.
NO_FIGURE = 0.25
# With as many stricter answers as fill a page, documents that hold only some of the words are not listed; with fewer
# answers to keywords or a phrase, the best of them fill the page and no more, so that a total stays a total.
ENOUGH = 10
# They have to hold one word that tells: what more than a fifth of all documents has is no reason to list one. nDCG@10
# over the sample and the shared questions .899/.898 with all words but a third asked for, .922/.918 so.
_TELLING = math.log(5)
# Characters of a passage that is neither long nor short: passages are cut to read well, at 220 at most.
USUAL_PASSAGE = 120
# For a question in everyday words: what words elsewhere in the document add to those in its best passage, …
_APART = 0.3
# … and the least share of the question, by rarity, that a document must hold; everyday words are often not those of
# the documents. Of keywords one that no document has is the rarest, so that 宅基地审批 is not answered by 审批 alone.
# nDCG@10 of the sample's and the shared questions with .4 for both .844/.740, with .3 .921/.803, with .2 .921/.824.
_ASKED_SHARE, _KEYWORDS_SHARE = 0.2, 0.4
# The parts of a compound in one passage (养老 … 护理员) say nearly what a synonym does: at the strength of other
# scattered words, .4, the same questions had .921/.824, at .6 .921/.853, at .7 .921/.859.
_IN_PARTS = 0.6
# A long term may hold several words with other names; each is put in by itself.
_MOST_RENAMED = 6
# Wrong writings of one term that are looked for: the longest fixed formula has 23 with a character missing.
_MOST_TYPOS = 24


@dataclass(frozen=True, slots=True)
class Widened:
    """What may stand for a term: literal strings (itself and other forms of its years), synonyms, words, slips.

    whole: its strings count only where they begin and end as words do.
    """

    literals: tuple[str, ...]
    synonyms: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    typos: tuple[str, ...] = ()
    whole: bool = False


@lru_cache(maxsize=1024)
def widened(term: Term, query: Query) -> Widened:
    """What a term is looked for by; quoted terms are exactly themselves. Kept, as each card of a page asks again."""
    if term.quoted:
        return Widened((term.text,))
    parts = text.words(term.text)
    known = (term.text.replace(right, wrong) for right, wrong in text.typos() if right in term.text)
    slips = itertools.chain(known, formulas.shortened(term.text))
    return Widened(
        literals=(term.text, *text.number_forms(term.text)),
        synonyms=synonyms(term.text, query),
        words=parts if len(parts) >= _FEWEST_WORDS else (),
        typos=tuple(itertools.islice(slips, _MOST_TYPOS)),
        whole=len(term.text) > 1,  # a single character nearly always stands in a longer word
    )


@lru_cache(maxsize=256)
def wanted(query: Query) -> tuple[Widened, ...]:
    """widened() of each term of a question that is looked for, in order."""
    return tuple(widened(term, query) for term in positive_terms(query.clause))


def synonyms(string: str, query: Query) -> tuple[str, ...]:
    """What else is looked for, without what the reader switched off."""
    if not query.synonyms:
        return ()
    others = (*text.synonyms().get(string, ()), *itertools.islice(text.renamed(string), _MOST_RENAMED))
    return tuple(dict.fromkeys(other for other in others if other not in query.off))


@dataclass(frozen=True, slots=True)
class Content:
    """A content word of a question and what may stand for it in a passage: the words that must all be there, and how
    nearly they say the same."""

    word: str
    ways: tuple[tuple[tuple[str, ...], float], ...]


@dataclass(frozen=True, slots=True)
class Loosened:
    """A question to be met in part: its content words, how many of them a document may lack, what share of them by
    rarity it must hold, and whether a word that no document has belongs to that share; how rare the rarest word must be
    that it holds, and how many documents may be listed at most, the best.

    figure: FIGURE or MONEY where a quantity is asked for, so that passages without one count little; else empty.
    """

    words: tuple[Content, ...]
    figure: str
    may_lack: int
    least_share: float
    strange_counts: bool
    telling: float = 0.0
    most: int | None = None


def loosened(query: Query, *, found: int, met: int) -> Loosened | None:
    """How to meet a question in part when found documents fit it, met of them by its own words or their synonyms; None
    when it should not be.

    Of keywords all but a third must be there, of two one that tells; of a phrase all but a third of its words, one of
    them telling. In everyday words (怎么, 多少钱), and where nothing fits, people say much that official texts do not.
    """
    if found >= ENOUGH or (said := _content(query)) is None:
        return None
    words, figure, everyday, terms = said
    if not everyday and (met or (found and terms > 1)):
        third = len(words) // 3
        few = terms < 2 or not third  # the words of a phrase, or two keywords
        telling = _TELLING if few else 0.0
        return Loosened(words, figure, third or terms - 1, 0.0, True, telling, most=ENOUGH - found)
    least = _ASKED_SHARE if everyday else _KEYWORDS_SHARE
    return Loosened(words, figure, may_lack=len(words), least_share=least, strange_counts=not everyday)


@lru_cache(maxsize=256)
def _content(query: Query) -> tuple[tuple[Content, ...], str, bool, int] | None:
    """The content words of a question, FIGURE or MONEY where a quantity is asked for, whether it is asked in everyday
    words, and how many terms it has; None where it can only be met whole. Kept, as each card of a page asks again."""
    if _has_place(query.clause):
        return None
    terms = [term for term in positive_terms(query.clause) if not term.quoted]
    asked = [text.question_words().sub(" ", term.text) for term in terms]
    everyday = any(one != term.text for one, term in zip(asked, terms, strict=True))
    split = list(dict.fromkeys(word for one in asked for word in text.words(one)))
    split = [word for word in split if len(word) > 1] or split
    if len(split) < _FEWEST_WORDS and not everyday:
        # A compound of the lexicon is one word; its parts are looked for.
        split = [part for word in split for part in text.parts(word) if len(part) > 1]
        if len(split) < _FEWEST_WORDS:
            return None
    words = tuple(Content(word, tuple(_ways(word, query).items())) for word in split)
    return words, _figure([term.text for term in terms]), everyday, len(terms)


def _figure(asked: Sequence[str]) -> str:
    if not any(_QUANTITY.search(one) for one in asked):
        return ""
    return text.MONEY if any(_SUM.search(one) for one in asked) else text.FIGURE


def _has_place(clause: Clause | None) -> bool:
    """Who says where (同句, 标题) means it."""
    if isinstance(clause, AllOf | AnyOf):
        return any(_has_place(part) for part in clause.parts)
    return isinstance(clause, Near | InTitle)


def _ways(word: str, query: Query) -> dict[tuple[str, ...], float]:
    """The word itself, its parts together in a passage, its synonyms."""
    ways: dict[tuple[str, ...], float] = {(word,): STRENGTHS["literal"]}
    parts = tuple(part for part in text.parts(word) if len(part) > 1)
    if len(parts) > 1:
        ways.setdefault(parts, _IN_PARTS)
    for other in synonyms(word, query):
        ways.setdefault(text.words(other) or (other,), STRENGTHS["synonym"])
    return ways


def saturated(times: float, length: int) -> float:
    """How much a word counts that stands so many times in a passage of so many characters; once in a usual one: 1."""
    return times * (K1 + 1) / (times + K1 * (1 - B + B * length / USUAL_PASSAGE))


def partial_score(best_passage: float, document: float) -> float:
    """Of a document that holds some of the words: the rarities its best passage gathers, then those it holds at all."""
    return best_passage + _APART * document


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found of one term in one document: occurrences in title and body, and by which kind of string."""

    kind: str  # a key of STRENGTHS
    title: int
    body: int


def points(found: Sequence[Evidence], rare: float, length: int, mean_length: float) -> tuple[float, ...]:
    """BM25 of one term in one document, shared out over the kinds of strings it was met by.

    rare is rarity() of the term, lengths are in characters.
    """
    times = [STRENGTHS[one.kind] * (one.title * TITLE_WEIGHT + one.body) for one in found]
    norm = length_norm(length, mean_length)
    return tuple(points_of(one, sum(times), rare, norm) for one in times)


def total(points: Iterable[float]) -> float:
    """Their sum, added up one after the other: sum() of newer Pythons rounds otherwise than an array does."""
    return reduce(operator.add, points, 0.0)


def length_norm(length: float, mean_length: float) -> float:
    """How many occurrences bring a document of that length half of what they can."""
    return K1 * (1 - B + B * length / mean_length) if mean_length else K1


def points_of(times: float, of_times: float, rare: float, norm: float) -> float:
    """What of BM25 falls to some of the weighted occurrences of a term."""
    return rare * times * (K1 + 1) / (of_times + norm)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one kind of string stands of one term in one document: times in the title, spans of the body; of words
    apart (scattered), (passage, passage) for each passage that holds them."""

    kind: str  # a key of STRENGTHS
    title: int
    body: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Layout:
    """The offsets at which the passages, sentences and headings of a body begin, ascending; headings are passages."""

    passages: Sequence[int]
    sentences: Sequence[int]
    headings: Sequence[int]
    length: int


def best_passage(terms: Sequence[Sequence[Standing]], rarities: Sequence[float], layout: Layout) -> BestPassage:
    """What the best passage of a document adds to its BM25; terms: of each, the kinds that count, with its rarity.

    Three sums over the terms of their rarity, each times its weight. Passage: times saturated(occurrences by strength,
    length of the passage), in the passage where that is most, the first of equals; the title is passage 0. Sentence,
    where there are several terms: of those that begin in one sentence, where that is most; the title is a sentence.
    Heading: of those that begin in a heading. Words apart stand in a passage, not in a sentence or heading.
    """
    ends = [*layout.passages[1:], layout.length]
    headings = {bisect_right(layout.passages, begin) for begin in layout.headings}
    gathered: dict[int, float] = {}
    held: dict[int, int] = {}
    near: dict[int, tuple[float, int]] = {}
    headed: list[float] = []
    for term, rare in zip(terms, rarities, strict=True):
        times, sentences = _spread(term, layout)
        for passage, count in times.items():
            length = ends[passage - 1] - layout.passages[passage - 1] if passage else 0
            gathered[passage] = gathered.get(passage, 0.0) + rare * saturated(count, length)
            held[passage] = held.get(passage, 0) + 1
        for sentence in sentences:
            points, count = near.get(sentence, (0.0, 0))
            near[sentence] = (points + rare, count + 1)
        if any(headings.intersection(_passages(one, layout)) for one in term if one.kind != "scattered"):
            headed.append(rare)
    number = min(gathered, key=lambda passage: (-gathered[passage], passage))
    closest, together = max(near.values(), default=(0.0, 0)) if len(terms) > 1 else (0.0, 0)
    points = PASSAGE * gathered[number] + SENTENCE * closest + HEADING * total(headed)
    return BestPassage(number, held[number], together, len(headed), points)


def _spread(term: Sequence[Standing], layout: Layout) -> tuple[dict[int, float], set[int]]:
    """passage -> occurrences of a term by their strength; and the sentences it begins in."""
    times: dict[int, float] = {}
    sentences: set[int] = set()
    for one in term:
        for passage, count in Counter((*[0] * one.title, *_passages(one, layout))).items():
            times[passage] = times.get(passage, 0.0) + STRENGTHS[one.kind] * count
        if one.kind != "scattered":
            sentences |= {bisect_right(layout.sentences, start) for start, _ in one.body} | (
                {0} if one.title else set()
            )
    return times, sentences


def _passages(one: Standing, layout: Layout) -> list[int]:
    if one.kind == "scattered":
        return [passage for passage, _ in one.body]
    return [bisect_right(layout.passages, start) for start, _ in one.body]


def rarity(documents_with: int, documents: int) -> float:
    """Lucene's idf: never negative, so a term in every document still counts a little."""
    return math.log(1 + (documents - documents_with + 0.5) / (documents_with + 0.5))
