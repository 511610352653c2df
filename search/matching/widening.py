"""What may stand for a term: its other forms, synonyms, its words apart, known slips."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from search import text
from search.matching import cut_figures, nearly, signs
from search.matching.spans import BOTH, NEITHER, Ends
from search.query.clauses import Query, Term
from search.text import formulas, office

# A term's words have to be at least two to be looked for apart: one word alone is a different query.
FEWEST_WORDS = 2
# A long term may hold several words with other names; each is put in by itself.
_MOST_RENAMED = 6
# Wrong writings of one term that are looked for: the longest fixed formula has 23 with a character missing.
_MOST_TYPOS = 24
# More characters in a row do not meet by chance, as 民政 does in 人民政府: of 109 fragments of sentences 26 were not
# among the first 20 answers while those had to be whole.
_BY_CHANCE = 4


@dataclass(frozen=True, slots=True)
class Widened:
    """What may stand for a term: literal strings (itself and other forms of its years), its wording with other signs as
    documents have it, synonyms, words, slips.

    names: those of the synonyms that are other names of the same thing. whole: the ends at which its strings count only
    where words begin or end. wording: what may be written with other signs; empty where it may not.
    """

    literals: tuple[str, ...]
    synonyms: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    typos: tuple[str, ...] = ()
    whole: Ends = NEITHER
    signs: tuple[str, ...] = ()
    wording: str = ""
    names: tuple[str, ...] = ()

    @property
    def strings(self) -> Mapping[str, tuple[tuple[str, ...], Ends]]:
        """By kind of evidence (matches.KINDS) the strings, and the ends at which they count only where words do.

        Words apart (scattered) are no string, and literals at no edge of a word are met as crossed.
        """
        return {
            "literal": (self.literals, self.whole),
            "punctuation": (self.signs, self.whole),
            "name": (self.names, BOTH),
            "synonym": (tuple(one for one in self.synonyms if one not in self.names), BOTH),
            "typo": (self.typos, NEITHER),
        }


def widened(term: Term, query: Query) -> Widened:
    """What a term is looked for by; quoted terms are exactly themselves."""
    # Made anew sooner than found: to know a question again, all of its terms are compared.
    return Widened((term.text,)) if term.quoted else _widened(term, query)


@office.follows
@lru_cache(maxsize=1024)
def _widened(term: Term, query: Query) -> Widened:
    """Kept, as each card of a page asks again."""
    parts = text.words(term.text)
    known = (term.text.replace(right, wrong) for right, wrong in text.typos_with(term.text, right=True))
    slips = itertools.chain(known, formulas.shortened(term.text))
    literals = (term.text, *text.number_forms(term.text), *signs.dotted(term.text))
    return Widened(
        literals=literals,
        synonyms=synonyms(term.text, query),
        names=names(term.text, query),
        words=parts if len(parts) >= FEWEST_WORDS else (),
        typos=(
            # What stands in the right writing, too, would be found wherever that is.
            *(one for one in itertools.islice(slips, _MOST_TYPOS) if one not in term.text),
            *(one for one in query.signs if nearly.is_nearly(term.text, one) or cut_figures.is_cut(term.text, one)),
        ),
        whole=_ends(literals),
        wording=term.text,
        signs=tuple(one for one in query.signs if signs.is_same_wording(term.text, one)),
    )


def _ends(strings: tuple[str, ...]) -> Ends:
    """Short strings have to be whole at both ends, longer ones where a figure or a Latin word might go on: 20次."""
    if 1 < len(strings[0]) <= _BY_CHANCE:
        return BOTH
    # A single Chinese character nearly always stands in a longer word.
    return Ends(
        begin=any(string[:1].isascii() for string in strings), end=any(string[-1:].isascii() for string in strings)
    )


def synonyms(string: str, query: Query) -> tuple[str, ...]:
    """What else is looked for, without what the reader switched off."""
    return _asked((*text.synonyms().get(string, ()), *_renamed(string)), query)


def names(string: str, query: Query) -> tuple[str, ...]:
    """Those of the synonyms that are other names of the same thing."""
    return _asked((*text.names().get(string, ()), *_renamed(string)), query)


@office.follows
@lru_cache(maxsize=256)
def _renamed(string: str) -> tuple[str, ...]:
    """Kept, as both are asked of each term, and the string is cut into words for it."""
    return text.renamed(string)[:_MOST_RENAMED]


def _asked(others: Iterable[str], query: Query) -> tuple[str, ...]:
    return tuple(dict.fromkeys(other for other in others if other not in query.off)) if query.synonyms else ()
