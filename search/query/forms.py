"""What the forms of the pages ask, written in the query language, and a query taken apart for them again."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.query import clauses, parsing, scanning
from search.query.clauses import AllOf, AnyOf, Clause, Filter, InTitle, Near, Query, Term, Without, parts_of
from search.query.scanning import Sign, in_quotes

_SCOPES = {"title": "标题", "sentence": "同句", "passage": "同段", "item": "提纲"}


@dataclass(frozen=True, slots=True)
class Fields:
    """The boxes of the detailed form, as typed: several words in one box are separated by blanks.

    scope: where all of it must stand, title, sentence or passage; anything else is the whole text.
    """

    all: str = ""
    phrase: str = ""
    any: str = ""
    none: str = ""
    scope: str = ""

    @classmethod
    def read_from(cls, values: Mapping[str, str]) -> Fields:
        return cls(**{field.name: values.get(field.name, "") for field in dataclasses.fields(cls)})


def typed(fields: Fields) -> str:
    """The boxes as one query: 社区 “居家养老” (低保 或 特困) -云南."""
    parts = [_tidy(fields.all)]
    phrase = fields.phrase.strip(' \u3000"“”')
    parts += [in_quotes(phrase)] if phrase else []
    choices = [_plain(word) for word in fields.any.split()]
    parts += [f"({' 或 '.join(choices)})" if len(choices) > 1 else "".join(choices)]
    wanted = " ".join(filter(None, parts))
    if wanted and fields.scope in _SCOPES:
        wanted = f"{_SCOPES[fields.scope]}:({wanted})"
    return " ".join(filter(None, [wanted, *(f"-{_plain(word)}" for word in fields.none.split())]))


def _tidy(words: str) -> str:
    """With one plain blank between any two, but where a quotation or a term would thereby be another one."""
    tidy = " ".join(words.split())
    return tidy if parsing.parse(tidy).clause == parsing.parse(words).clause else words.strip()


def fields_of(query: Query) -> Fields:
    """The boxes that would ask the query; what no box can say stays, as typed, in the first."""
    parts, scope = _placed(parts_of(query.clause))
    phrases = [part for part in parts if isinstance(part, Term) and part.quoted]
    choices = [part for part in parts if isinstance(part, AnyOf) and _are_words(part.parts)]
    without = [part.part for part in parts if isinstance(part, Without) and _are_words([part.part])]
    taken = (*phrases[:1], *choices[:1], *map(Without, without))
    fields = Fields(
        all=scanning.beside([written(part, inside=True) for part in parts if part not in taken]),
        phrase=phrases[0].shown if phrases else "",
        any=" ".join(written(part) for part in choices[0].parts) if choices else "",
        none=" ".join(written(part) for part in without),
        scope=scope,
    )
    # A box trims what is typed into it, so a phrase that begins with a quotation mark stays whole in the first.
    again = parsing.parse(typed(fields)).clause
    return (
        fields
        if set(parts_of(again)) == set(parts_of(query.clause))
        else Fields(all=scanning.beside([written(part, inside=True) for part in parts_of(query.clause)]))
    )


def choices(query: Query, offered: Mapping[str, Sequence[str]]) -> tuple[dict[str, str], tuple[Filter, ...]]:
    """The one value of each field that its box of the form can show, and the filters that no box can.

    offered: field -> the values that can be picked; the boxes of speakers and sources can be typed into.
    """
    shown: dict[str, str] = {}
    others: list[Filter] = []
    for item in query.filters:
        fits = (item.field in _TYPED and item.field in offered) or item.value in offered.get(item.field, ())
        if fits and not item.excluded and item.field not in shown:
            shown[item.field] = item.value
        else:
            others.append(item)
    return shown, tuple(others)


_TYPED = ("speaker", "source")


def _placed(parts: tuple[Clause, ...]) -> tuple[tuple[Clause, ...], str]:
    """The parts, taken out of the one place that all of them are looked for in, and that place."""
    wanted = [part for part in parts if not isinstance(part, Without)]
    if len(wanted) != 1 or not isinstance(wanted[0], Near | InTitle) or clauses.excluded_terms(wanted[0]):
        return parts, ""  # what is not wanted in one place only no box can say
    without = tuple(part for part in parts if isinstance(part, Without))
    if not _are_words(part.part for part in without):
        return parts, ""
    return (*parts_of(wanted[0].part), *without), _scope(wanted[0])


def _scope(clause: Near | InTitle) -> str:
    return clause.unit if isinstance(clause, Near) else "title"


def _are_words(parts: Iterable[Clause]) -> bool:
    return all(isinstance(part, Term) and not part.quoted and len(part.shown.split()) == 1 for part in parts)


def within(before: Query, more: str) -> str:
    """The query that finds, of what before finds, what more asks for as well."""
    if before.clause is None or not more.strip():
        return more.strip() or before.text
    if set(parts_of(before.clause)) <= set(parts_of(parsing.parse(more).clause)):
        return more.strip()
    return f"{_bracketed(scanning.closed(before.text))} {_bracketed(more.strip())}"


def _bracketed(text: str) -> str:
    return f"({text})" if isinstance(parsing.parse(text).clause, AnyOf) else text


def without_part(query: Query, part: Clause) -> Query | None:
    """The query less one of its parts; None where nothing would be left to look for."""
    rest = AllOf(tuple(other for other in parts_of(query.clause) if other != part))
    if not clauses.positive_terms(rest):
        return None
    return dataclasses.replace(query, text=written(rest), clause=rest, page=1)


def written(clause: Clause, *, inside: bool = False) -> str:
    """The clause in the query language; inside: other words stand beside it, so a choice needs its brackets."""
    if isinstance(clause, Term):
        return in_quotes(clause.shown) if clause.quoted else clause.shown
    if isinstance(clause, Without):
        return f"-{written(clause.part, inside=True)}"
    if isinstance(clause, Near | InTitle):
        return f"{_SCOPES[_scope(clause)]}:{written(clause.part, inside=True)}"
    if isinstance(clause, AnyOf):
        choices = " 或 ".join(written(part) for part in clause.parts)
        return f"({choices})" if inside else choices
    together = scanning.beside([written(part, inside=True) for part in clause.parts])
    return f"({together})" if inside else together


def _plain(word: str) -> str:
    """A word of a box that takes words only: quoted, unless it is read as that very word between others and behind a
    minus."""
    before, behind, read = Term("甲乙", "甲乙"), Term("丙丁", "丙丁"), scanning.term(word, quoted=False)
    is_read = all(
        scanning.items(f"{before.shown} {minus}{word} {behind.shown}", []) == [before, *signs, read, behind]
        for minus, signs in (("", []), ("-", [Sign("not")]))
    )
    return word if is_read else in_quotes(word)
