"""What the tables of search/lexicon/ say of words: synonyms, slips, words of questions, terms of the trade."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from functools import cache

from search.text import folding, office, tables
from search.text.folding import fold
from search.text.keywords import Keywords
from search.text.tables import rows

# Of the pairs that synonyms.tsv calls old_name, the side that is not said today.
_OLD = (
    "低收入家庭 五保 五保对象 五保户 五保供养 五保供养对象 农村五保供养服务机构 支出型困难家庭 支出型贫困家庭 收容遣送 "
    "收容站 托老所 老年痴呆 老年性痴呆 临终关怀 孤儿院 单身证明 火葬场 民办非企业单位 民非 民间组织 非法民间组织 "
    "社区民间组织 残废 精神病人 精神病患者 精神病人福利院 严重精神病人 重性精神病 福利工厂 退伍军人 复员军人 "
    "转业军人 退伍兵 灾民 灾民救助 卫计委 社会救济 扶贫办"
)
OLD_NAMES = frozenset(_OLD.split(" "))


@office.follows
@cache
def lexicon_terms() -> tuple[str, ...]:
    """The folded terms of lexicon/civil_affairs.txt and the office's own words."""
    ours = (row[0].split()[0] for row in tables.rows("civil_affairs.txt"))
    return tuple(dict.fromkeys(map(folding.fold, (*ours, *office.now().words))))


def is_term(folded: str) -> bool:
    """Whether it is one of lexicon_terms()."""
    return folded in _every_term()


@office.follows
@cache
def _every_term() -> frozenset[str]:
    return frozenset(lexicon_terms())


def terms_in(folded: str) -> tuple[str, ...]:
    """The lexicon's terms that occur in a folded text as they stand."""
    return tuple(sorted(_sought_terms().standing_in(folded)))


@office.follows
@cache
def _sought_terms() -> Keywords:
    return Keywords(lexicon_terms())


@office.follows
@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Folded term -> what else is looked for, from lexicon/synonyms.tsv and the office's, in their order."""
    one_step = synonyms_of(frozenset({"abbreviation", "old_name", "official_name", "everyday", "variant"}))
    names = synonyms_of(_NAMES)
    return {term: _beside(term, (*others, *_two_steps(term, names))) for term, others in one_step.items()}


@office.follows
@cache
def names() -> dict[str, tuple[str, ...]]:
    """Folded term -> those of its synonyms() that are another name of the same thing.

    Abbreviations, by one step or two, and official names; not what is a part of the term, which often means more:
    彩票公益金 is not 福利彩票公益金 alone.
    """
    same, short = synonyms_of(_NAMES), synonyms_of(frozenset({"abbreviation"}))
    return {
        term: tuple(other for other in _beside(term, (*others, *_two_steps(term, short))) if other not in term)
        for term, others in same.items()
    }


_NAMES = frozenset({"abbreviation", "official_name"})


def _two_steps(term: str, others: Mapping[str, Sequence[str]]) -> list[str]:
    """长照险 is 长期护理保险, and that 长护险: two names of one thing."""
    return [two for one in others.get(term, ()) for two in others.get(one, ())]


def _beside(term: str, others: Sequence[str]) -> tuple[str, ...]:
    return tuple(other for other in dict.fromkeys(others) if other != term)


@office.follows
@cache
def synonyms_of(kinds: frozenset[str]) -> dict[str, tuple[str, ...]]:
    widened: dict[str, list[str]] = {}
    for term, synonym, kind, both in (*_rows(), *map(astuple, office.now().synonyms)):
        pairs = [(term, synonym), (synonym, term)] if both else [(term, synonym)]
        for one, other in pairs if kind in kinds else []:
            widened.setdefault(fold(one), []).append(fold(other))
    return {term: tuple(dict.fromkeys(others)) for term, others in widened.items()}


def relation(term: str, other: str) -> str:
    """What a synonym is to the folded term that it is found for: 旧称，今称特困人员; empty where that is not known."""
    return _relations().get((term, other), "")


@office.follows
@cache
def _relations() -> dict[tuple[str, str], str]:
    """Of pairs of folded terms the label; of an old and a new name the office writes the old one second."""
    found: dict[tuple[str, str], str] = {}
    ours = [(one, other, kind, OLD_NAMES) for one, other, kind, _ in _rows()]
    own = [(one.term, one.synonym, one.kind, {one.synonym}) for one in office.now().synonyms]
    for one, other, kind, old in (*ours, *own):
        for name, stead in ((fold(one), fold(other)), (fold(other), fold(one))):
            if kind == "abbreviation" and len(name) != len(stead):
                found[name, stead] = "简称" if len(stead) < len(name) else "全称"
        if kind == "old_name" and (one in old) != (other in old):
            past, present = (fold(one), fold(other)) if one in old else (fold(other), fold(one))
            found[present, past], found[past, present] = f"旧称，今称{present}", "今称"
    return found


def _rows() -> list[tuple[str, str, str, bool]]:
    return [(one, other, kind, direction == "<->") for one, other, direction, kind, *_ in rows("synonyms.tsv")]


@cache
def typos() -> tuple[tuple[str, str], ...]:
    """Folded (right, wrong): writings that are practically always slips, from lexicon/typos.tsv."""
    pairs = ((fold(right), fold(wrong)) for wrong, right, *_ in rows("typos.tsv"))
    return tuple((right, wrong) for right, wrong in pairs if right != wrong)


def typos_with(folded: str, *, right: bool) -> list[tuple[str, str]]:
    """Those typos() whose right writing, or whose wrong one, stands in a folded term, in their order. By the first
    characters: to look for all 740 takes ten times as long, twenty microseconds a term."""
    begun = _typos_by_first(right=right)
    near = sorted(one for char in set(folded) for one in begun.get(char, ()))
    return [typo for _, typo in near if typo[0 if right else 1] in folded]


@cache
def _typos_by_first(*, right: bool) -> dict[str, list[tuple[int, tuple[str, str]]]]:
    """First character -> the place and the typo of each that begins with it."""
    begun: dict[str, list[tuple[int, tuple[str, str]]]] = {}
    for place, typo in enumerate(typos()):
        begun.setdefault(typo[0 if right else 1][0], []).append((place, typo))
    return begun


@cache
def question_words() -> re.Pattern[str]:
    """What can be left out of a question in everyday words: 怎么, 多少钱, 哪些人 …; the longest first; 甚么 is 什么."""
    phrases = sorted((fold(row[0]) for row in rows("question_words.txt")), key=len, reverse=True)
    # A single character (吗, 呢, 谁) asks only at the end of a question or before a blank.
    written = "|".join(re.escape(one) + ("" if len(one) > 1 else r"(?=[\s?]|$)") for one in phrases)
    return re.compile(written.replace("什么", "[什甚]么"))


@cache
def search_words() -> re.Pattern[str]:
    """Words by which people say how they look and not what for, at either end of a term, with their 的."""
    words = "|".join(sorted((fold(row[0]) for row in rows("search_words.txt")), key=len, reverse=True))
    return re.compile(f"(?:(?:{words})的?)+|(?:的?(?:{words}))+$")


@cache
def stopwords() -> frozenset[str]:
    """Folded function words, which carry no meaning of their own in a query."""
    return frozenset(fold(row[0]) for row in rows("stopwords.txt"))


@cache
def surnames(*kinds: str) -> tuple[str, ...]:
    """The surnames of these kinds (frequent, other, compound), from lexicon/surnames.tsv."""
    return tuple(surname for surname, kind in rows("surnames.tsv") if kind in kinds)


@cache
def surname_set(*kinds: str) -> frozenset[str]:
    """surnames() to look one up in, which takes 6 us where 505 of them are gone through."""
    return frozenset(surnames(*kinds))


@cache
def province_aliases() -> dict[str, str]:
    """Other names of provinces -> their short names, from lexicon/region_aliases.tsv: 鄂, 荆楚 → 湖北."""
    provinces = {short for _, _, short, level, *_ in rows("regions.tsv") if level == "省级"}
    return {fold(alias): short for alias, short, _ in rows("region_aliases.tsv") if short in provinces}
