"""How a query that is met by too few documents may be met in part, by its content words."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from search import text
from search.matching.scoring import STRENGTHS
from search.matching.widening import FEWEST_WORDS, synonyms
from search.query.clauses import AllOf, AnyOf, Clause, InTitle, Near, Query, positive_terms
from search.text import office

# Who asks for a quantity looks for a passage with figures in it, where the index knows such figures (text.figures):
# not for times and lengths, nor for small numbers, which are written in words (几个).
_QUANTITY = re.compile("多少(?!平方|公里|千米|[年月日天岁米里代届])|什么标准")
_OF_MONEY = re.compile("多少(?!比例|[人户个张所家名件次])|几元|多[高大]|什么标准")
_SUM = re.compile("[钱金价贴]|(?<![西公])元|(?<!消)费|收入|补助|标准|待遇")
# With as many stricter answers as fill a page, documents that hold only some of the words are not listed; with fewer
# answers to keywords or a phrase, the best of them fill the page and no more, so that a total stays a total.
ENOUGH = 10
# They have to hold one word that tells: what more than a fifth of all documents has is no reason to list one. nDCG@10
# over the sample and the shared questions .899/.898 with all words but a third asked for, .922/.918 so.
_TELLING = math.log(5)
# … and the least share of the question, by rarity, that a document must hold; everyday words are often not those of
# the documents. Of keywords one that no document has is the rarest, so that 宅基地审批 is not answered by 审批 alone.
# nDCG@10 of the sample's and the shared questions with .4 for both .844/.740, with .3 .921/.803, with .2 .921/.824.
_ASKED_SHARE, _KEYWORDS_SHARE = 0.2, 0.4
# So many content words in a row that nothing holds as they stand are a sentence in one's own words.
_LONG = 4
# The parts of a compound in one passage (养老 … 护理员) say nearly what a synonym does: at the strength of other
# scattered words, .4, the same questions had .921/.824, at .6 .921/.853, at .7 .921/.859.
_IN_PARTS = 0.6
# … and each of the parts alone less.
_INSIDE = 0.3


@dataclass(frozen=True, slots=True)
class Content:
    """A content word of a question and what may stand for it in a passage: the words that must all be there, and how
    nearly they say the same."""

    word: str
    ways: tuple[tuple[tuple[str, ...], float], ...]


@dataclass(frozen=True, slots=True)
class Loosened:
    """How a query may be met in part.

    words: its content words. beside: what else a question says, which no document has to hold and which only adds to
    the score of those that are met. joined: the same of two characters, where one word of it ends and the next begins,
    as they stand where a document has the words one after the other. may_lack: how many of the words a document may
    lack. least_share: the share of the words, weighted by rarity, that a document must hold. question: in that share
    words that are in no document do not count, and what the title and all of a document say is evidence, too. telling:
    a document must hold one word at least so rare. most: documents that may be listed, the best first. figure: FIGURE
    or MONEY where a quantity is asked for, so that passages without one count little; else empty.
    """

    words: tuple[Content, ...]
    figure: str
    may_lack: int
    least_share: float
    question: bool
    telling: float = 0.0
    most: int | None = None
    beside: tuple[Content, ...] = ()
    joined: tuple[str, ...] = ()

    @property
    def scored(self) -> tuple[Content, ...]:
        """All that adds to a score, the content words first."""
        return (*self.words, *self.beside)


def loosened(query: Query, *, found: int, met: int) -> Loosened | None:
    """How to meet a question in part when found documents fit it, met of them by its own words or their synonyms; None
    when it should not be.

    Of keywords all but a third must be there, of two one that tells; of a phrase all but a third of its words, one of
    them telling. In everyday words (怎么, 多少钱), and where nothing fits, people say much that official texts do not.
    With a question mark what is met may only cite what is asked: what answers best fills the page.
    """
    if found >= ENOUGH or (said := _content(query)) is None:
        return None
    words, beside, joined, figure, everyday, terms = said
    marked = _ends_as_question(query)
    everyday |= not met and (marked or (terms < 2 and len(words) >= _LONG))
    question = everyday or marked
    if not question and (met or (found and terms > 1)):
        third = len(words) // 3
        few = terms < 2 or not third  # the words of a phrase, or two keywords
        telling = _TELLING if few else 0.0
        return Loosened(words, figure, third or terms - 1, 0.0, False, telling, most=ENOUGH - found)
    least = _ASKED_SHARE if question else _KEYWORDS_SHARE
    most = ENOUGH - found if question and not everyday else None
    if not question:
        beside, joined = (), ()
    return Loosened(words, figure, len(words), least, question, most=most, beside=beside, joined=joined)


@office.follows
@lru_cache(maxsize=256)
def _content(query: Query) -> tuple[tuple[Content, ...], tuple[Content, ...], tuple[str, ...], str, bool, int] | None:
    """The content words of a question, what else it says and where its words join, FIGURE or MONEY where a quantity is
    asked for, whether it is asked in everyday words, and how many terms it has; None where it can only be met whole.
    Kept, as each card of a page asks again."""
    if _has_place(query.clause):
        return None
    terms = [term for term in positive_terms(query.clause) if not term.quoted]
    asked = [text.question_words().sub(" ", term.text) for term in terms]
    everyday = any(one != term.text for one, term in zip(asked, terms, strict=True))
    if everyday or _ends_as_question(query):
        # What is quoted and stands nowhere is still what is asked about.
        asked += [term.text for term in positive_terms(query.clause) if term.quoted]
    names = list(dict.fromkeys(name for one in asked for name in _strange(one)))
    split = list(dict.fromkeys(word for one in asked for word in text.words(one)))
    split = [word for word in split if len(word) > 1] or ([] if names else split)
    if len(split) + len(names) < FEWEST_WORDS and not everyday:
        # A compound of the lexicon is one word; its parts are looked for.
        split = [part for word in split for part in text.parts(word) if len(part) > 1]
        if len(split) < FEWEST_WORDS:
            return None
    words = tuple(Content(word, tuple(_ways(word, query).items())) for word in split)
    words += tuple(Content(name, tuple((one, float(len(name))) for one in ((name,), tuple(name)))) for name in names)
    beside = tuple(_beside(asked, split))
    joined = _joined(asked, {said for word in (*words, *beside) for way, _ in word.ways for said in way})
    return words, beside, joined, _figure([term.text for term in terms]), everyday, len(terms)


def _beside(asked: Sequence[str], words: Sequence[str]) -> Iterator[Content]:
    """What a question says beside its content words: single characters that are words (稻 的 种类), and the words
    inside long ones (民主 in 社会民主党)."""
    left_out = text.stopwords().union(words)
    strengths: dict[str, float] = {}
    for one in asked:
        whole = {token.text for token in text.tokens(one, fine=False)}
        for token in text.tokens(one, fine=True):
            if token.text not in left_out:
                strengths.setdefault(token.text, 1.0 if token.text in whole else _INSIDE)
    return (Content(word, (((word,), strength),)) for word, strength in strengths.items())


def _joined(asked: Sequence[str], words: Set[str]) -> tuple[str, ...]:
    """The last character of a word and the first of the next, as 务对 of 服务对象, but for those that count as words
    anyway and those with a function word. One character twice is left out: 人人人 may be counted in two ways."""
    left_out = text.stopwords()
    found: dict[str, None] = {}
    for one in asked:
        for before, after in itertools.pairwise(text.tokens(one, fine=False)):
            pair = before.text[-1] + after.text[0]
            meets = before.end == after.start and left_out.isdisjoint((before.text, after.text))
            is_chinese = not before.text[-1].isascii() and not after.text[0].isascii()
            if meets and is_chinese and pair not in words and pair[0] != pair[1]:
                found[pair] = None
    return tuple(found)


def _ends_as_question(query: Query) -> bool:
    return query.text.rstrip().endswith(("?", "？"))


def _strange(asked: str) -> Iterator[str]:
    """Single characters in a row, which are no words by themselves: 霍亦 of a name that no dictionary has."""
    run, end = "", 0
    for token in text.tokens(asked, fine=False):
        single = len(token.text) == 1 and not token.text.isascii() and token.text not in text.stopwords()
        if single and token.start == end:
            run += token.text
        else:
            if len(run) > 1:
                yield run
            run = token.text if single else ""
        end = token.start + 1
    if len(run) > 1:
        yield run


def _figure(asked: Sequence[str]) -> str:
    if any(map(_OF_MONEY.search, asked)) and any(map(_SUM.search, asked)):
        return text.MONEY
    return text.FIGURE if any(map(_QUANTITY.search, asked)) else ""


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
