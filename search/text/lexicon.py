"""What the tables of search/lexicon/ say of words: synonyms, slips, words of questions, terms of the trade."""

from __future__ import annotations

import re
from functools import cache

from search.text import folding, tables
from search.text.folding import fold
from search.text.tables import rows


@cache
def lexicon_terms() -> tuple[str, ...]:
    """The folded terms of lexicon/civil_affairs.txt."""
    return tuple(dict.fromkeys(folding.fold(row[0].split()[0]) for row in tables.rows("civil_affairs.txt")))


def terms_in(folded: str) -> tuple[str, ...]:
    """The lexicon's terms that occur in a folded text as they stand."""
    beginnings, beginning = _lexicon_beginnings()
    pairs = beginning.keys() & set(beginnings.findall(folded))
    return tuple(sorted(term for pair in pairs for term in beginning[pair] if term in folded))


@cache
def _lexicon_beginnings() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """Finds pairs of a first and a second character of terms, and the terms by their first two characters.

    To make all pairs of a text and look them up takes twice as long.
    """
    beginning: dict[str, list[str]] = {}
    for term in lexicon_terms():
        beginning.setdefault(term[:2], []).append(term)
    first, second = ("".join(map(re.escape, {pair[at : at + 1] for pair in beginning})) for at in (0, 1))
    return re.compile(f"(?=([{first}][{second}]))"), beginning


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Folded term -> what else is looked for, from lexicon/synonyms.tsv, in the order of the file."""
    one_step = synonyms_of(frozenset({"abbreviation", "old_name", "official_name", "everyday", "variant"}))
    names = synonyms_of(frozenset({"abbreviation", "official_name"}))
    # 长照险 is 长期护理保险, and that 长护险: two names of one thing.
    further = {term: [two for one in names.get(term, ()) for two in names.get(one, ())] for term in one_step}
    return {
        term: tuple(other for other in dict.fromkeys((*others, *further[term])) if other != term)
        for term, others in one_step.items()
    }


@cache
def synonyms_of(kinds: frozenset[str]) -> dict[str, tuple[str, ...]]:
    widened: dict[str, list[str]] = {}
    for term, synonym, direction, kind, *_ in rows("synonyms.tsv"):
        pairs = [(term, synonym), (synonym, term)] if direction == "<->" else [(term, synonym)]
        for one, other in pairs if kind in kinds else []:
            widened.setdefault(fold(one), []).append(fold(other))
    return {term: tuple(dict.fromkeys(others)) for term, others in widened.items()}


@cache
def typos() -> tuple[tuple[str, str], ...]:
    """Folded (right, wrong): writings that are practically always slips, from lexicon/typos.tsv."""
    pairs = ((fold(right), fold(wrong)) for wrong, right, *_ in rows("typos.tsv"))
    return tuple((right, wrong) for right, wrong in pairs if right != wrong)


@cache
def question_words() -> re.Pattern[str]:
    """What can be left out of a question in everyday words: 怎么, 多少钱, 哪些人 …; the longest first."""
    phrases = sorted((fold(row[0]) for row in rows("question_words.txt")), key=len, reverse=True)
    # A single character (吗, 呢, 谁) asks only at the end of a question or before a blank.
    return re.compile("|".join(re.escape(one) + ("" if len(one) > 1 else r"(?=[\s?]|$)") for one in phrases))


@cache
def stopwords() -> frozenset[str]:
    """Folded function words, which carry no meaning of their own in a query."""
    return frozenset(fold(row[0]) for row in rows("stopwords.txt"))


@cache
def surnames(*kinds: str) -> tuple[str, ...]:
    """The surnames of these kinds (frequent, other, compound), from lexicon/surnames.tsv."""
    return tuple(surname for surname, kind in rows("surnames.tsv") if kind in kinds)


@cache
def province_aliases() -> dict[str, str]:
    """Other names of provinces -> their short names, from lexicon/region_aliases.tsv: 鄂, 荆楚 → 湖北."""
    provinces = {short for _, _, short, level, *_ in rows("regions.tsv") if level == "省级"}
    return {fold(alias): short for alias, short, _ in rows("region_aliases.tsv") if short in provinces}
