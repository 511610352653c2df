"""The files of search/lexicon/ as rows with names, for the tests of what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from search.text.tables import LEXICON, rows


class Region(NamedTuple):
    code: str
    name: str
    short: str
    level: str
    province: str
    prefecture: str


class Alias(NamedTuple):
    alias: str
    short: str
    note: str


class Typo(NamedTuple):
    wrong: str
    right: str
    note: str


class Synonym(NamedTuple):
    term: str
    synonym: str
    direction: str
    kind: str
    note: str


class Folded(NamedTuple):
    character: str
    into: str


def lines(name: str) -> list[str]:
    """The lines of a file that are not comments."""
    text = (LEXICON / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


REGIONS = [Region(*row) for row in rows("regions.tsv")]
ALIASES = [Alias(*row) for row in rows("region_aliases.tsv")]
TYPOS = [Typo(*row) for row in rows("typos.tsv")]
SYNONYMS = [Synonym(*row) for row in rows("synonyms.tsv")]
RADICALS = [Folded(*row) for row in rows("radicals.tsv")]
VARIANTS = [Folded(*row[:2]) for row in rows("variants.tsv")]
TERMS = [line.split(" ")[0] for line in lines("civil_affairs.txt")]
