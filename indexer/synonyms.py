"""What a pair of synonyms would change: how many documents each side finds now, and with the pair."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.engines import Engine
from search.query.parsing import parse
from search.text import office
from search.text.office import Synonym


@dataclass(frozen=True, slots=True)
class Change:
    """The documents that a wording finds before and with a pair."""

    wording: str
    before: int
    after: int

    @property
    def line(self) -> str:
        return f"{self.wording} {self.before}→{self.after} 篇"


def preview(engine: Engine, one: Synonym) -> tuple[Change, ...]:
    """Of the term, and of the synonym where it leads back. The words in use are the same afterwards.

    For a process of its own: while it counts, whoever else searches in this one has the pair, too.
    """
    asked = [one.term, one.synonym] if one.both else [one.term]
    queries = [parse(wording) for wording in asked]
    own, before = office.now(), engine.count(queries)
    try:
        office.use(replace(own, synonyms=(*own.synonyms, one)))
        after = engine.count(queries)
    finally:
        office.use(own)
    return tuple(map(Change, asked, before, after))
