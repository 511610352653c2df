"""Old names in a draft with today's: 五保户 → 特困人员. The pairs are the lexicon's."""

from __future__ import annotations

import re
from functools import cache

from search import text
from search.documents.document import Span
from search.quotations.values import Renamed
from search.text.lexicon import OLD_NAMES


@cache
def todays() -> dict[str, tuple[str, str]]:
    """Old name -> today's, the fullest, and since when where the lexicon says it."""
    found: dict[str, tuple[str, str]] = {}
    for term, synonym, _, kind, note in text.rows("synonyms.tsv"):
        if kind == "old_name" and (term in OLD_NAMES) != (synonym in OLD_NAMES):
            old, new = (term, synonym) if term in OLD_NAMES else (synonym, term)
            if len(new) > len(found.get(old, ("", ""))[0]):
                found[old] = new, "" if note == "-" else note
    return found


@cache
def _pattern() -> re.Pattern[str]:
    """Old and new names, the longest first: 支出型困难家庭 inside 刚性支出困难家庭 is none."""
    names = {*todays(), *(new for new, _ in todays().values())}
    return re.compile("|".join(map(re.escape, sorted(map(text.fold, names), key=lambda one: (-len(one), one)))))


def renamed(draft: str, span: Span) -> tuple[Renamed, ...]:
    """The old names in a stretch of a draft, in its order."""
    begin, end = span
    found = []
    for name in _pattern().finditer(text.fold(draft[begin:end])):
        if old := todays().get(name.group()):
            found.append(Renamed(name.group(), *old, begin + name.start(), begin + name.end()))
    return tuple(found)
