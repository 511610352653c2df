"""Which documents come first: how a term is widened, and the score inside a tier. Pure functions.

Tiers before scores: every term literally in one passage, then in different passages, then by synonyms, then by the
words of a term inside one passage (model.MATCHES). Inside a tier BM25 over the strings that were found, a title
hit counting as several body hits. The same numbers go in on every engine, so the same order comes out.
"""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass

from search import text
from search.model import AllOf, AnyOf, Clause, InTitle, Near, Query, Term
from search.query import positive_terms
from search.schema import TITLE_WEIGHT

# Okapi BM25's usual constants; Robertson & Zaragoza 2009 give 1.2–2 and 0.75.
K1, B = 1.2, 0.75

# A term's words have to be at least two to be looked for apart: one word alone is a different question.
_FEWEST_WORDS = 2
# A synonym says nearly the same, words apart in one passage often do not.
STRENGTHS = {"literal": 1.0, "synonym": 0.7, "scattered": 0.4, "typo": 0.5, "crossed": 0.2}
# Who asks for a quantity looks for a passage with figures in it.
_QUANTITY = re.compile("多少|几[个年岁天元次]|多[高大久长]|什么标准")
# With as many stricter answers as fill a page, documents that hold only some of the words are not listed.
ENOUGH = 10
# Characters of a passage that is neither long nor short: passages are cut to read well, at 220 at most.
USUAL_PASSAGE = 120
# For a question in everyday words: what words elsewhere in the document add to those in its best passage, …
_APART = 0.2
# … and the least share of the question, by rarity, that a document must hold.
LEAST_SHARE = 0.4
# Wrong writings of one term that are looked for; a term holds one or two words that are ever miswritten.
_MOST_TYPOS = 8


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


def widened(term: Term, query: Query) -> Widened:
    """What a term is looked for by; quoted terms are exactly themselves."""
    if term.quoted:
        return Widened((term.text,))
    parts = text.words(term.text)
    slips = (term.text.replace(right, wrong) for right, wrong in text.typos() if right in term.text)
    return Widened(
        literals=(term.text, *text.number_forms(term.text)),
        synonyms=synonyms(term.text, query),
        words=parts if len(parts) >= _FEWEST_WORDS else (),
        typos=tuple(itertools.islice(slips, _MOST_TYPOS)),
        whole=len(term.text) > 1,  # a single character nearly always stands in a longer word
    )


def synonyms(string: str, query: Query) -> tuple[str, ...]:
    """What else is looked for, without what the reader switched off."""
    return tuple(other for other in text.synonyms().get(string, ()) if query.synonyms and other not in query.off)


@dataclass(frozen=True, slots=True)
class Content:
    """A content word of a question and what may stand for it in a passage: the words that must all be there, and how
    nearly they say the same. asked: the document is expected to have it; else it is welcome."""

    word: str
    ways: tuple[tuple[tuple[str, ...], float], ...]
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Loosened:
    """A question to be met in part: its content words, how many of them a document may lack, what share of them by
    rarity it must hold, and whether a word that no document has counts as lacking."""

    words: tuple[Content, ...]
    may_lack: int
    least_share: float
    strange_counts: bool


def loosened(query: Query, *, found: int) -> Loosened | None:
    """How to meet a question in part when found documents meet it wholly; None when it should not be.

    A phrase that is found stays a phrase. Keywords must nearly all be there. In everyday words (怎么, 多少钱, and long
    sentences) people say much that official texts do not.
    """
    if _has_place(query.clause):
        return None
    terms = [term for term in positive_terms(query.clause) if not term.quoted]
    asked = [text.question_words().sub(" ", term.text) for term in terms]
    everyday = any(one != term.text for one, term in zip(asked, terms, strict=True))
    if found >= ENOUGH or (found and len(terms) < 2 and not everyday):
        return None
    split = list(dict.fromkeys(word for one in asked for word in text.words(one)))
    split = [word for word in split if len(word) > 1] or split
    if len(split) < _FEWEST_WORDS and not everyday:
        return None
    words = tuple(Content(word, tuple(_ways(word, query).items())) for word in split)
    if any(_QUANTITY.search(term.text) for term in terms):
        words += (Content(text.FIGURE, (((text.FIGURE,), STRENGTHS["literal"]),), asked=False),)
    if len(terms) > 1 and not everyday:
        return Loosened(words, may_lack=len(words) // 3, least_share=0.0, strange_counts=True)
    return Loosened(words, may_lack=len(words), least_share=LEAST_SHARE, strange_counts=False)


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
        ways.setdefault(parts, STRENGTHS["scattered"])
    for other in synonyms(word, query):
        ways.setdefault(text.words(other) or (other,), STRENGTHS["synonym"])
    return ways


def saturated(times: int, length: int) -> float:
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


def points(evidence: Evidence, rare: float, length: int, mean_length: float) -> float:
    """BM25 of one term in one document; rare is rarity() of the term, lengths are in characters."""
    norm = K1 * (1 - B + B * length / mean_length) if mean_length else K1
    times = evidence.title * TITLE_WEIGHT + evidence.body
    return rare * STRENGTHS[evidence.kind] * times * (K1 + 1) / (times + norm)


def rarity(documents_with: int, documents: int) -> float:
    """Lucene's idf: never negative, so a term in every document still counts a little."""
    return math.log(1 + (documents - documents_with + 0.5) / (documents_with + 0.5))
