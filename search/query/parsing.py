"""What is typed, as a Query. Nothing a person types is a syntax error: what has no meaning is text or is left out
and said so. The grammar is ours and small; no engine's query parser ever sees the text.

    养老服务 社区        both            "银发经济" “…” 「…」 『…』   exactly these characters; any sign closes any
    福彩 OR 彩票, 或     either          -云南, 不含 云南               not this
    (福彩 或 彩票) 销售   brackets        地区:湖北 年份:2024 讲话人: 文种: 级别: 业务条线: 来源: 质量:
    同句:(低保 五保)      in one sentence  同段:(…)  in one passage  标题:养老服务  in the title
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from search import text
from search.errors import QueryError
from search.index.schema import FACETS, LABELS, MAX_VALUE, source_name
from search.query.clauses import AllOf, AnyOf, Clause, Filter, InTitle, Near, Query, Sort, Term, Without, parts_of

MAX_CHARACTERS = 200  # longest clause in the judged queries: 15; a longer paste is a paragraph, not a query
MAX_CLAUSES = 32
MAX_DEPTH = 3
MAX_PAGE = 50  # beyond that nobody reads; the page says to refine the query

# Input methods alternate “ and ” and mix them with ", so a quotation is closed by any sign of its kind.
_DOUBLE, _CORNERS = '"“”„＂〝〞', "「」『』"
_QUOTES = {**dict.fromkeys(_DOUBLE, _DOUBLE), **dict.fromkeys(_CORNERS, "」』")}
_STRAIGHT = '"＂'  # end a word in which they stand; 落实“第一议题”制度 is one term
_OPEN, _CLOSE = "(（", ")）"
_MINUS = "-－"
_OR = {"OR", "或", "或者", "|", "｜"}
_AND = {"AND", "且", "并且", "和", "与"}
_NOT = {"NOT", "不含"}
# Signs at the ends of a term that nobody looks for; inside a term they stay (具体化、项目化).
_EDGES = "".join(char for char in map(chr, range(0x21, 0x3020)) if not char.isalnum() and char not in "%‰℃〇%")
_EDGES += "！，。：；？（）［］｛｝～、．＊＃＆＋－／＜＞＝＂＇｜"
_FIELDS = {field.label: field.name for field in FACETS} | {field.name: field.name for field in FACETS}
_LIST = re.compile(r"[,，、;；]+(?!\d{3}(?!\d))")  # not the comma of 1,234
_SCOPES = {"同句": "sentence", "同段": "passage", "标题": "title", "题目": "title"}
_SCOPE = re.compile(rf"({'|'.join(_SCOPES)})[:：](?=\S)")
_FIELD = re.compile(rf"({'|'.join(_FIELDS)})[:：]", re.IGNORECASE)
_SORTS: dict[str, Sort] = {"relevance": "relevance", "newest": "newest", "oldest": "oldest"}
_REGION_ENDS = re.compile(r"(壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$")


class Arguments(Protocol):
    """What a web framework or a command line hands over: named values, several of one name."""

    def get(self, name: str, default: str, /) -> str: ...
    def getlist(self, name: str, /) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign of the grammar: one of ( ) or not sentence passage title; nothing: a left out term stood here."""

    name: str


_Item = Term | Filter | _Sign


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


def filters_of(arguments: Arguments) -> list[tuple[str, str]]:
    """(field, value) of each filter chosen in a form or an address, in the order of the facets."""
    return [(field.name, value) for field in FACETS for value in arguments.getlist(field.name) if value.strip()]


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
    chosen = [_filter(name, value) for name, value in filters]
    notes: list[str] = []
    items: list[_Item] = []
    if len(raw) > MAX_CHARACTERS:
        notes.append(f"输入了 {len(raw)} 个字，一次最多检索 {MAX_CHARACTERS} 个字。请只保留关键词句再检索。")
    else:
        items = _items(raw)
    typed = [item for item in items if isinstance(item, Filter)]
    asked = [item for item in items if not isinstance(item, Filter)]
    kept: list[_Item] = [item if _meant(item, notes) else _Sign("nothing") for item in asked]
    if sum(isinstance(item, Term) for item in kept) > MAX_CLAUSES:
        notes.append(f"一次最多 {MAX_CLAUSES} 个检索词，后面的没有使用。")
        kept = _first_clauses(kept)
    clause = _positive(_Reader(tuple(kept), notes).clause(), notes)
    if raw.strip() and not notes and clause is None and not typed:
        notes.append("输入里没有可检索的文字。请输入要找的词句，例如：养老服务。")
    return Query(
        raw=raw,
        text=_without_filters(raw) if typed else raw.strip(),
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


def _apart(clause: Clause) -> Clause:
    """Each term typed with ， 、 or ； as the terms between them. An exclusion stays as it was typed."""
    if isinstance(clause, Term):
        pieces = [] if clause.quoted else [_term(piece, quoted=False) for piece in _LIST.split(clause.shown)]
        terms: list[Clause] = [piece for piece in pieces if _meant(piece, [])]
        return _all(terms)[0] if len(terms) > 1 else clause
    if isinstance(clause, AllOf):
        return _all([*chain.from_iterable(parts_of(_apart(part)) for part in clause.parts)])[0]
    return clause


# --- from characters to items ------------------------------------------------------------------------


def _items(raw: str) -> list[_Item]:
    items: list[_Item] = []
    at = 0
    while at < len(raw):
        char = raw[at]
        if char.isspace():
            at += 1
        elif char in _OPEN + _CLOSE:
            items.append(_Sign("(" if char in _OPEN else ")"))
            at += 1
        elif char in _MINUS and at + 1 < len(raw) and not raw[at + 1].isspace() and raw[at + 1] not in _MINUS:
            items.append(_Sign("not"))
            at += 1
        elif char in _QUOTES:
            inside, at = _quoted(raw, at)
            items.append(_term(inside, quoted=True))
        elif scope := _SCOPE.match(raw, at):
            items.append(_Sign(_SCOPES[scope[1]]))
            at = scope.end()
        elif field := _FIELD.match(raw, at):
            value, at = _value(raw, field.end())
            items.append(_filter(_FIELDS[field[1].lower()], value) if value else _term(field[0], quoted=False))
        else:
            word, at = _run(raw, at)
            items.extend(_word(word, first=not items))
    return items


def _quoted(raw: str, at: int) -> tuple[str, int]:
    """What stands between the quote at raw[at] and its end, or the end of the line if it is never closed."""
    end = _end_of_quotation(raw, at)
    return (raw[at + 1 :], len(raw)) if end < 0 else (raw[at + 1 : end], end + 1)


def _end_of_quotation(raw: str, at: int) -> int:
    """Where the quotation ends that begins at raw[at]: at the sign of its kind that closes it, else at one of another
    kind; -1 if there is none."""
    depth = 0
    for place in range(at, len(raw) if raw[at] in "“" else at):
        depth += (raw[place] == "“") - (raw[place] == "”")
        if not depth:
            return place if '"' not in raw[at:place] and "＂" not in raw[at:place] else _next(raw, at, _DOUBLE)
    end = _next(raw, at, _QUOTES[raw[at]])
    return end if end >= 0 else _next(raw, at, _DOUBLE + _CORNERS)


def _next(raw: str, at: int, signs: str) -> int:
    return next((place for place in range(at + 1, len(raw)) if raw[place] in signs), -1)


def closed(raw: str) -> str:
    """The text with a quotation closed that was left open, so that more can be typed behind it."""
    at = 0
    while at < len(raw):
        begins = raw[at] in _STRAIGHT or at == 0 or raw[at - 1].isspace() or raw[at - 1] in _OPEN + _MINUS + ":："
        if raw[at] in _QUOTES and begins:
            if _end_of_quotation(raw, at) < 0:
                return f"{raw}{'」』'['「『'.index(raw[at])] if raw[at] in '「『' else '”'}"
            _, at = _quoted(raw, at)
        else:
            at += 1
    return raw


def _value(raw: str, at: int) -> tuple[str, int]:
    if at < len(raw) and raw[at] in _QUOTES:
        value, at = _quoted(raw, at)
        return value.strip(), at
    return _run(raw, at) if at < len(raw) and not raw[at].isspace() else ("", at)


def _run(raw: str, at: int) -> tuple[str, int]:
    """A run without blanks. A bracket opened inside it (公墓(骨灰堂)) belongs to it; one it never opened ends it."""
    start, depth = at, 0
    while at < len(raw) and not raw[at].isspace():
        depth += (raw[at] in _OPEN) - (raw[at] in _CLOSE)
        if depth < 0 or (raw[at] in _STRAIGHT and at > start):
            break
        at += 1
    return raw[start:at], at


def _word(word: str, *, first: bool) -> list[_Item]:
    bare = word.strip(_EDGES) or word
    if bare in _OR:
        return [_Sign("or")]
    if bare in _AND:
        return []
    if bare in _NOT:
        return [_Sign("not")]
    if bare.startswith("不含") and not first:
        return [_Sign("not"), _term(bare.removeprefix("不含"), quoted=False)]
    return [_term(word, quoted=False)]


def _term(typed: str, *, quoted: bool) -> Term:
    shown = typed.strip()
    if not quoted:
        shown = _balanced(shown.strip(_EDGES))
    return Term(text.fold_query(shown), shown, quoted)


def _balanced(shown: str) -> str:
    """Brackets at the ends are stripped as edges; put the closing one back where its partner stands inside."""
    missing = sum(shown.count(char) for char in _OPEN) - sum(shown.count(char) for char in _CLOSE)
    closing = "）" if "（" in shown else ")"
    return shown + closing * missing if missing > 0 else shown


def _meant(item: _Item, notes: list[str]) -> bool:
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


def _first_clauses(items: list[_Item]) -> list[_Item]:
    count = 0
    kept: list[_Item] = []
    for item in items:
        count += isinstance(item, Term)
        if count > MAX_CLAUSES:
            break
        kept.append(item)
    return kept


def _without_filters(raw: str) -> str:
    """The text of the query alone, so that a filter can be taken off by its chip."""
    kept: list[str] = []
    at = 0
    while at < len(raw):
        if raw[at] in _QUOTES:
            start, (_, at) = at, _quoted(raw, at)
            kept.append(raw[start:at])
        elif (field := _FIELD.match(raw, at)) and (at == 0 or raw[at - 1].isspace()):
            value, end = _value(raw, field.end())
            kept.append("" if value else raw[at:end])
            at = end
        else:
            kept.append(raw[at])
            at += 1
    return " ".join("".join(kept).split())


# --- from items to a clause --------------------------------------------------------------------------


class _Reader:
    """Reads items from left to right: blanks bind closer than OR, brackets closest."""

    def __init__(self, items: tuple[_Item, ...], notes: list[str]) -> None:
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
            prefixes.append(self._sign())
            self.at += 1
        if self.at >= len(self.items) or self._sign() in (")", "or"):
            return None
        item = self.items[self.at]
        self.at += 1
        part: Clause | None = item if isinstance(item, Term) else None
        if item == _Sign("("):
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
        return item.name if isinstance(item, _Sign) else ""


def _without(part: Clause) -> Clause:
    return part.part if isinstance(part, Without) else Without(part)


_PREFIXES: dict[str, Callable[[Clause], Clause]] = {
    "not": _without,
    "sentence": lambda part: Near(part, "sentence"),
    "passage": lambda part: Near(part, "passage"),
    "title": InTitle,
}


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
        notes.append("只有“不含”的条件，没有要找的词；请至少输入一个要找的词。")
        return None
    return clause


def _looks_for_something(clause: Clause) -> bool:
    if isinstance(clause, AllOf):
        return any(_looks_for_something(part) for part in clause.parts)
    if isinstance(clause, AnyOf):
        return all(_looks_for_something(part) for part in clause.parts)
    return _looks_for_something(clause.part) if isinstance(clause, Near | InTitle) else isinstance(clause, Term)


# --- filters, pages, reading back --------------------------------------------------------------------


def _filter(name: str, value: str) -> Filter:
    if name not in LABELS:
        raise QueryError(f"没有“{name[:20]}”这个筛选项；可用：{'、'.join(LABELS.values())}")
    value = " ".join(value.split())
    if name == "region":
        return _region(value)
    if name == "year":
        value = next((form for form in text.number_forms(text.fold(value)) if form.isascii()), text.fold(value))
        value = value.removesuffix("年")
    if name == "source":
        value = source_name(value)
    return Filter(name, value[:MAX_VALUE])


def _region(typed: str) -> Filter:
    """湖北 for 湖北省 too, and for its other names (鄂, 荆楚), of which the reader is told."""
    short = _REGION_ENDS.sub("", typed) or typed
    meant = text.province_aliases().get(text.fold(short))
    return Filter("region", meant, typed) if meant else Filter("region", short[:MAX_VALUE])


def _page(value: str) -> int:
    try:
        page = int(value) if value.isascii() and len(value) < 10 else 0
    except ValueError:
        page = 0
    if page < 1:
        raise QueryError(f"页码应为从 1 开始的数字，现为“{value[:20]}”")
    return page
