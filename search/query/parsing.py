"""What is typed, as a Query. Nothing a person types is a syntax error: what has no meaning is text or is left out
and said so. The grammar is ours and small; no engine's query parser ever sees the text.

    养老服务 社区        both            "银发经济" “…” 「…」 『…』   exactly these characters; any sign closes any
    福彩 OR 彩票, 或     either          -云南, 不含 云南               not this
    (福彩 或 彩票) 销售   brackets        地区:湖北 年份:2024 讲话人: 文种: 级别: 业务条线: 来源: 质量:
    -地区:湖北            not there       地区:湖北、云南 年份:2022-2024 日期:2024-01..2024-03 年份:近三年
    同句:(低保 五保)      in one sentence  同段:(…)  in one passage  标题:养老服务  in the title
    提纲:养老服务         in the heading or first sentence of an item
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable
from itertools import chain, takewhile
from typing import Protocol

from search import text
from search.errors import QueryError
from search.query import scanning
from search.query.clauses import (
    AllOf,
    AnyOf,
    Clause,
    InTitle,
    Near,
    Query,
    Sort,
    Term,
    Without,
    parts_of,
    positive_terms,
)
from search.query.filters import LIST, PARAMETERS
from search.query.filters import filters as values_of
from search.query.scanning import CLOSED, NOT, OPENED, OR, Chosen, Item, Sign

MAX_CHARACTERS = 200  # longest clause in the judged queries: 15; a longer paste is a paragraph, not a query
MAX_CLAUSES = 32
MAX_DEPTH = 3
PER_PAGE, MOST_A_PAGE = 10, 100  # documents
MAX_PAGE = 50  # beyond that nobody reads; the page says to refine the query

_KEYWORD = 8  # characters of the longest terms that people list
_SORTS: dict[str, Sort] = {"relevance": "relevance", "newest": "newest", "oldest": "oldest"}
_APART = re.compile(r"\s|" + LIST.pattern)


class Arguments(Protocol):
    """What a web framework or a command line hands over: named values, several of one name."""

    def get(self, name: str, default: str, /) -> str: ...
    def getlist(self, name: str, /) -> list[str]: ...


def read_from(arguments: Arguments) -> Query:
    """The query of a web address; raises QueryError for a page, sort or year that cannot be."""
    return parse(
        arguments.get("q", ""),
        filters=filters_of(arguments),
        sort=arguments.get("sort", "") or "relevance",
        page=_page(arguments.get("page", "") or "1"),
        synonyms=arguments.get("synonyms", "") != "off",
        off=[value for value in arguments.getlist("off") if value.strip()],
    )


def listed_from(arguments: Arguments) -> Query:
    """The query of an address that lists documents: way is that in which those listed were found."""
    return dataclasses.replace(read_from(arguments), way=arguments.get("way", ""))


def filters_of(arguments: Arguments) -> list[tuple[str, str]]:
    """(parameter, value) of each filter chosen in a form or an address, in the order of the facets."""
    return [(name, value) for name in PARAMETERS for value in arguments.getlist(name) if value.strip()]


def parse(
    raw: str,
    *,
    filters: Iterable[tuple[str, str]] = (),
    sort: str = "relevance",
    page: int = 1,
    synonyms: bool = True,
    off: Iterable[str] = (),
) -> Query:
    """What raw asks for, with the filters of the form; raises QueryError for an unknown sort or field."""
    if sort not in _SORTS:
        raise QueryError(f"没有“{sort[:20]}”这种排序；可用 relevance（相关）、newest（最新）、oldest（最早）")
    chosen = [
        one
        for name, value in filters
        for one in values_of(name.removeprefix("-"), value, excluded=name.startswith("-"), whole=True)
    ]
    notes: list[str] = []
    items: list[Item] = []
    if len(raw) > MAX_CHARACTERS:
        notes.append(f"输入了 {len(raw)} 个字，一次最多检索 {MAX_CHARACTERS} 个字。请只保留关键词句再检索。")
    else:
        items = scanning.items(raw, notes)
    said = len(notes)
    used = _used(items, notes)
    typed = [one for item in used for one in item.filters]
    asked = [item for item in items if not isinstance(item, Chosen)]
    kept: list[Item] = [item if _meant(item, notes) else Sign("nothing") for item in asked]
    if sum(isinstance(item, Term) for item in kept) > MAX_CLAUSES:
        notes.append(f"一次最多 {MAX_CLAUSES} 个检索词，后面的没有使用。")
        kept = _first_clauses(kept)
    is_silent = len(notes) == said
    read = _Reader(tuple(kept), notes).clause()
    clause = _positive(read, notes)
    if raw.strip() and is_silent and read is None and not typed and len(raw) <= MAX_CHARACTERS:
        notes.append("输入里没有可检索的文字。请输入要找的词句，例如：养老服务。")
    return Query(
        raw=raw,
        text=_cut(raw, used),
        clause=clause,
        filters=tuple(dict.fromkeys([*typed, *chosen])),
        sort=_SORTS[sort],
        page=page,
        synonyms=synonyms,
        off=tuple(dict.fromkeys(text.fold_query(one)[:MAX_CHARACTERS] for one in off))[:MAX_CLAUSES],
        notes=tuple(notes),
    )


def listed(query: Query) -> Query | None:
    """The query with its lists (养老服务，社会救助、低保) taken for separate terms; None where it has none."""
    apart = _apart(query.clause) if query.clause else None
    return None if apart is None or apart == query.clause else dataclasses.replace(query, clause=apart)


def is_list(query: Query) -> bool:
    """Whether what was typed with commas looks like terms and not like a sentence."""
    apart = listed(query)
    return apart is not None and all(len(term.text) <= _KEYWORD for term in positive_terms(apart.clause))


def _apart(clause: Clause) -> Clause:
    """Each term typed with ， 、 or ； as the terms between them. An exclusion stays as it was typed."""
    if isinstance(clause, Term):
        pieces = [] if clause.quoted else [scanning.term(piece, quoted=False) for piece in _APART.split(clause.shown)]
        terms: list[Clause] = [piece for piece in pieces if _meant(piece, [])]
        return _all(terms)[0] if len(terms) > 1 else clause
    if isinstance(clause, AllOf):
        return _all([*chain.from_iterable(parts_of(_apart(part)) for part in clause.parts)])[0]
    return clause


def _used(items: list[Item], notes: list[str]) -> list[Chosen]:
    """The filters that hold; one that is excluded with a bracket around it cannot, as the others of the bracket would
    have to be excluded with it."""
    used: list[Chosen] = []
    brackets: list[bool] = []  # whether each open one is excluded
    for number, item in enumerate(items):
        if item == OPENED:
            signs = takewhile(lambda one: one in _PREFIX_SIGNS, reversed(items[:number]))
            brackets.append(NOT in signs)
        elif item == CLOSED and brackets:
            brackets.pop()
        elif isinstance(item, Chosen):
            said = "、".join(one.said for one in item.filters)
            if any(brackets):
                notes.append(f"括号前的“不含”管不到括号里的筛选条件，“{said}”未使用；请单独写成：-地区:湖北。")
                continue
            used.append(item)
            if item.before:
                notes.append(f"“{said}”是筛选条件，前面的“标题:”“同句:”“同段:”“提纲:”对它没有作用。")
    if used and OR in items:
        notes.append("筛选条件管整个检索，不只管“或”的一边。")
    return used


def _cut(raw: str, chosen: Iterable[Chosen]) -> str:
    """The text of the query alone, so that a filter can be taken off by its chip."""
    kept, at = [], 0
    for item in chosen:
        kept.append(raw[at : item.begin].strip())
        at = item.end
    return scanning.beside([*filter(None, [*kept, raw[at:].strip()])])


def _meant(item: Item, notes: list[str]) -> bool:
    """Whether an item can be looked for; if not, notes says why."""
    if not isinstance(item, Term):
        return True
    if not text.has_word(item.text):
        if item.shown:
            notes.append(f"“{item.shown[:20]}”只有标点或符号，没有可检索的文字，未使用。")
        return False
    if len(item.text) == 1 and item.text in text.stopwords():
        notes.append(f"“{item.shown}”太常见，几乎每篇都有，未使用。请输入更具体的词，例如：养老服务。")
        return False
    return True


def _first_clauses(items: list[Item]) -> list[Item]:
    count = 0
    kept: list[Item] = []
    for item in items:
        count += isinstance(item, Term)
        if count > MAX_CLAUSES:
            break
        kept.append(item)
    return kept


# --- from items to a clause --------------------------------------------------------------------------


class _Reader:
    """Reads items from left to right: blanks bind closer than OR, brackets closest."""

    def __init__(self, items: tuple[Item, ...], notes: list[str]) -> None:
        self.items = items
        self.at = 0
        self.notes = notes
        self.too_deep = 0  # brackets opened beyond MAX_DEPTH and not closed yet

    def clause(self, depth: int = 0) -> Clause | None:
        choices: list[Clause] = []
        parts: list[Clause] = []
        while self.at < len(self.items):
            sign = self._sign()
            if sign == ")":
                self.at += 1
                if depth and not self.too_deep:
                    break
                self.too_deep = max(0, self.too_deep - 1)
            elif sign == "or":
                self.at += 1
                choices += _all(parts)
                parts = []
            elif part := self._part(depth):
                parts.append(part)
        choices += _all(parts)
        return _any(choices)

    def _part(self, depth: int) -> Clause | None:
        prefixes: list[str] = []
        while self._sign() in _PREFIXES:
            if self._sign() != "not" or prefixes[-1:] != ["not"]:  # nobody means to exclude an exclusion
                prefixes.append(self._sign())
            self.at += 1
        if self.at >= len(self.items) or self._sign() in (")", "or"):
            if "not" in prefixes:
                self.notes.append("“不含”后面没有要排除的词，未使用。")
            return None
        item = self.items[self.at]
        self.at += 1
        part: Clause | None = item if isinstance(item, Term) else None
        if item == OPENED:
            if depth == MAX_DEPTH:
                self.too_deep += 1
                if self.too_deep == 1:
                    self.notes.append(f"括号最多 {MAX_DEPTH} 层，更深的括号按没有括号处理。")
                return None
            part = self.clause(depth + 1)
        for prefix in reversed(prefixes):
            part = _PREFIXES[prefix](part) if part else None
        return part

    def _sign(self) -> str:
        item = self.items[self.at] if self.at < len(self.items) else None
        return item.name if isinstance(item, Sign) else ""


def _without(part: Clause) -> Clause:
    return part.part if isinstance(part, Without) else Without(part)


_PREFIXES: dict[str, Callable[[Clause], Clause]] = {
    "not": _without,
    "sentence": lambda part: Near(part, "sentence"),
    "passage": lambda part: Near(part, "passage"),
    "item": lambda part: Near(part, "item"),
    "title": InTitle,
}
_PREFIX_SIGNS = [Sign(name) for name in _PREFIXES]


def _all(parts: list[Clause]) -> list[Clause]:
    parts = list(dict.fromkeys(parts))
    if len(parts) < 2:
        return parts
    return [AllOf(tuple(parts))]


def _any(choices: list[Clause]) -> Clause | None:
    choices = list(dict.fromkeys(choices))
    if len(choices) < 2:
        return choices[0] if choices else None
    return AnyOf(tuple(choices))


def _positive(clause: Clause | None, notes: list[str]) -> Clause | None:
    """The clause if each of its branches looks for something; a branch of exclusions alone finds nothing."""
    if clause is not None and not _looks_for_something(clause):
        notes.append("只有“不含”的条件，没有要找的词；请至少输入一个要找的词，要找的就是这几个字时请加引号。")
        return None
    return clause


def _looks_for_something(clause: Clause) -> bool:
    if isinstance(clause, AllOf):
        return any(_looks_for_something(part) for part in clause.parts)
    if isinstance(clause, AnyOf):
        return all(_looks_for_something(part) for part in clause.parts)
    return _looks_for_something(clause.part) if isinstance(clause, Near | InTitle) else isinstance(clause, Term)


def read_size(arguments: Arguments) -> int:
    """How many documents a page has that a program asks for; raises QueryError for none or too many."""
    value = arguments.get("size", "") or str(PER_PAGE)
    if not (value.isdecimal() and value.isascii() and len(value) < 4 and 1 <= int(value) <= MOST_A_PAGE):
        raise QueryError(f"size 应为 1 到 {MOST_A_PAGE} 的整数，现为“{value[:20]}”")
    return int(value)


def _page(value: str) -> int:
    try:
        page = int(value) if value.isascii() and len(value) < 10 else 0
    except ValueError:
        page = 0
    if page < 1:
        raise QueryError(f"页码应为从 1 开始的数字，现为“{value[:20]}”")
    return page
