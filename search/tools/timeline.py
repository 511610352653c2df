"""提法时间线: in which years and regions wordings stand, how often for ten thousand characters, and where they are
first seen in this collection."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search import text
from search.documents.document import PartialDate
from search.documents.labels import UNKNOWN_DATE, UNKNOWN_REGION, plain_date
from search.engines import Engine, Entry, Stored
from search.matching.matches import Match
from search.query import read_back
from search.query.addresses import search_address, table_address, written
from search.query.clauses import Filter, Query, Term
from search.results import cards
from search.results.tables import as_table
from search.results.values import Hit
from search.tools.collection import by_region, collected

# Wordings on a page: of those that stand in every one of 20,000 documents, each takes 0.2 s of processor.
MOST = 5
MOST_YEARS = 25  # on a page, and in a table
_APART = re.compile(r"[\s,，、;；|｜/]+")
_QUOTES = "“”\"'‘’「」『』＂()（）"
_SIGNS = re.compile(r"^[-－](?=.)")
_OPERATORS = {"OR", "AND", "NOT", "或", "或者", "且", "并且"}


@dataclass(frozen=True, slots=True)
class Count:
    """Of a year, a region or all: how often a wording stands in its documents, and what documents there are.

    rate: occurrences for ten thousand characters. height: of the bar, 0 to 100 of the highest on the page.
    """

    label: str
    documents: int
    occurrences: int
    held: int
    characters: int
    url: str = ""
    height: int = 0

    @property
    def rate(self) -> float:
        return round(self.occurrences / self.characters * 10_000, 2) if self.characters else 0.0


@dataclass(frozen=True, slots=True)
class Wording:
    """undated stand in no year; first: the card of the earliest document, whose passage is the first one."""

    text: str
    total: Count
    years: tuple[Count, ...]  # ascending, without gaps, from the first in which any wording of the page stands
    undated: Count
    regions: tuple[Count, ...]
    months: tuple[Count, ...]
    first: Hit | None
    first_note: str  # what could be earlier
    url: str


@dataclass(frozen=True, slots=True)
class TimelinePage:
    text: str
    read_as: str
    notes: tuple[str, ...]
    wordings: tuple[Wording, ...]
    documents: int  # counted
    back_url: str
    csv_url: str
    state: str


def timeline(engine: Engine, query: Query) -> TimelinePage:
    """Asks the engine a few times; no document is opened but the first of each wording."""
    asked, more = _wordings(query.text)
    if not asked:
        return _page(query, ("请输入一个或几个提法，用逗号或空格隔开，例如“银发经济，养老服务”。",), (), 0)
    queries = [_query(wording, query) for wording in asked]
    entries = _once(collected(engine, query.filters))
    ground = _Ground(entries)
    found = engine.find_each(queries, limit=engine.documents)
    names = {id: entry.group or id for id, entry in engine.catalogue().items()}
    spread = [
        _Spread(one, {names[m.id]: m for m in matches.ranked if m.kind == "exact" and m.id in names}, entries, ground)
        for one, matches in zip(queries, found, strict=True)
    ]
    stored = engine.fetch([one.first.id for one in spread if one.first])
    years = _span({year for one in spread for year in one.years})
    top = max((one.occurrences["year", year] for one in spread for year in years), default=0)
    wordings = tuple(one.told(stored, years[-MOST_YEARS:], top) for one in spread)
    # Each wording is looked for by itself: what all of them in one would have been is nobody's question.
    notes = [*(query.notes if query.clause else ()), *read_back.aliases(query)]
    if more:
        notes.append(f"一次最多比较 {MOST} 个提法，只看了前 {MOST} 个，另有 {more} 个没有看。")
    whole, those = ("所选的文献", "其中") if query.filters else ("语料", "本系统收录的文献里")
    notes.append(f"{whole}仅{len(entries)}篇，首见≠最早提出：首见只是{those}最早的一篇。")
    if undated := ground.held["year", ""]:
        notes.append(f"{undated} 篇日期不详，不在任何一年里，单独列出。")
    if len(years) > MOST_YEARS:
        notes.append(f"各年只列最近的 {MOST_YEARS} 年；合计和首见是全部年份的。")
    if any(entry.group for entry in entries.values()):
        notes.append("相近版本只算一篇。")
    return _page(query, tuple(notes), wordings, len(entries))


def _page(query: Query, notes: tuple[str, ...], wordings: tuple[Wording, ...], documents: int) -> TimelinePage:
    filters = read_back.in_words(dataclasses.replace(query, clause=None))
    said = "、".join(f"“{one.text}”" for one in wordings)
    return TimelinePage(
        text=query.raw,
        read_as="，".join(filter(None, (said, filters))),
        notes=notes,
        wordings=wordings,
        documents=documents,
        back_url=search_address(query, page=1) if wordings else "",
        csv_url=table_address("timeline", query) if wordings else "",
        state=written(query),
    )


# --- what is asked -------------------------------------------------------------------------------------


def _wordings(typed: str) -> tuple[list[str], int]:
    """The wordings that are looked for, each once, and how many more were typed."""
    pieces = (piece.strip(_QUOTES) for piece in _APART.split(typed) if not _SIGNS.match(piece))
    kept = {text.fold_query(piece): piece for piece in pieces if piece not in _OPERATORS and text.has_word(piece)}
    found = [piece for folded, piece in kept.items() if folded not in text.stopwords()]
    return found[:MOST], max(0, len(found) - MOST)


def _query(wording: str, query: Query) -> Query:
    """The wording itself and nothing in its stead."""
    clause = Term(text.fold_query(wording), wording)
    return dataclasses.replace(query, raw=wording, text=wording, clause=clause, synonyms=False, sort="oldest", page=1)


def _once(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Each group of near-duplicates once, under its name: for the best of them, where it is there."""
    kept: dict[str, Entry] = {}
    for id, entry in entries.items():
        if not entry.group or id == entry.group or entry.group not in kept:
            kept[entry.group or id] = entry
    return kept


# --- where a wording stands ----------------------------------------------------------------------------

# What documents are counted by: (all, ""), (year, 2024), (region, 湖北), (month, 2024-02); the unknown is empty.
Key = tuple[str, str]


def _keys(entry: Entry) -> Iterator[Key]:
    yield from (("all", ""), ("year", entry.year), ("region", entry.region))
    if len(entry.date) > 4:
        yield "month", entry.date[:7]


class _Ground:
    """How many documents there are, and how long they are together, by each key."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self.held, self.characters = Counter[Key](), Counter[Key]()
        for entry in entries.values():
            for key in _keys(entry):
                self.held[key] += 1
                self.characters[key] += entry.characters


class _Spread:
    """One wording over years and regions. met: name -> where it stands."""

    def __init__(self, query: Query, met: Mapping[str, Match], entries: Mapping[str, Entry], ground: _Ground) -> None:
        self._query, self._entries, self._ground = query, entries, ground
        self._met = {name: match for name, match in met.items() if name in entries}
        self.documents, self.occurrences = Counter[Key](), Counter[Key]()
        for name, match in self._met.items():
            for key in _keys(entries[name]):
                self.documents[key] += 1
                self.occurrences[key] += match.occurrences
        dated = [name for name in self._met if entries[name].date]
        self._first = min(dated, key=lambda name: (_latest(entries[name].date), name), default=None)

    @property
    def years(self) -> set[str]:
        return {value for field, value in self.documents if field == "year" and value}

    @property
    def first(self) -> Match | None:
        return self._met[self._first] if self._first else None

    def told(self, stored: Mapping[str, Stored], years: Sequence[str], top: int) -> Wording:
        first = self.first
        months = sorted(value for field, value in self.documents if field == "month" and value[:4] in years)
        regions = by_region({value for field, value in self._ground.held if field == "region"})
        return Wording(
            text=self._query.text,
            total=self._count(("all", ""), "合计"),
            years=tuple(self._count(("year", year), f"{year}年", top) for year in years),
            undated=self._count(("year", ""), UNKNOWN_DATE),
            regions=tuple(self._count(("region", region), region or UNKNOWN_REGION) for region in regions),
            months=tuple(self._count(("month", one), plain_date(PartialDate.parse(one))) for one in months),
            first=_card(stored, first, self._query) if first else None,
            first_note=self._maybe_earlier(),
            url=search_address(self._query) if self._met else "",
        )

    def _count(self, key: Key, label: str, top: int = 0) -> Count:
        occurrences = self.occurrences[key]
        return Count(
            label=label,
            documents=self.documents[key],
            occurrences=occurrences,
            held=self._ground.held[key],
            characters=self._ground.characters[key],
            url=self._url(key) if self.documents[key] else "",
            height=max(2, round(100 * occurrences / top)) if occurrences and top else 0,
        )

    def _url(self, key: Key) -> str:
        """The passages; empty where no filter names just these documents."""
        field, value = ("year", key[1][:4]) if key[0] == "month" else key
        if field == "all":
            return search_address(self._query)
        kept = tuple(item for item in self._query.filters if item.field != field)
        return search_address(self._query, filters=(*kept, Filter(field, value))) if value else ""

    def _maybe_earlier(self) -> str:
        """Says of how many documents only the year, or the month, of the first one is known."""
        if self._first is None:
            return ""
        day = self._entries[self._first].date
        count = sum(day.startswith(f"{date}-") for name in self._met if (date := self._entries[name].date))
        return f"另有 {count} 篇只知道年份或月份，可能更早。" if count else ""


def _card(stored: Mapping[str, Stored], match: Match, query: Query) -> Hit | None:
    one = stored.get(match.id)
    return cards.card(one.document, match, query, one.edges, most=1) if one else None


def _latest(date: str) -> str:
    """A date to compare by: where the day is not known, the last it can be."""
    return date + "-99" * (2 - date.count("-"))


def _span(years: Iterable[str]) -> list[str]:
    """All years from the first to the last."""
    known = sorted(years)
    return [f"{year:04d}" for year in range(int(known[0]), int(known[-1]) + 1)] if known else []


# --- to take away --------------------------------------------------------------------------------------

COLUMNS = ("提法", "分组", "值", "篇数", "处数", "收录篇数", "语料字数", "每万字处数", "首见", "地址")


def as_csv(page: TimelinePage) -> bytes:
    return as_table(COLUMNS, (row for wording in page.wordings for row in _rows(wording)))


def _rows(wording: Wording) -> Iterator[list[str | int | float]]:
    first = f"{wording.first.date_label}，{wording.first.title}" if wording.first else ""
    groups = (("合计", (wording.total,)), ("年份", (*wording.years, wording.undated)))
    for group, counts in (*groups, ("地区", wording.regions), ("月份", wording.months)):
        for one in counts:
            numbers = (one.documents, one.occurrences, one.held, one.characters, one.rate)
            yield [wording.text, group, one.label, *numbers, first if group == "合计" else "", one.url]


def as_json(page: TimelinePage) -> dict[str, object]:
    return {
        "query": {"text": page.text, "read_as": page.read_as, "notes": list(page.notes)},
        "documents": page.documents,
        "wordings": [_as_json(wording) for wording in page.wordings],
    }


def _as_json(wording: Wording) -> dict[str, object]:
    first = wording.first
    return {
        "text": wording.text,
        "total": _numbers(wording.total),
        "years": [_numbers(one) for one in wording.years],
        "undated": _numbers(wording.undated),
        "regions": [_numbers(one) for one in wording.regions],
        "months": [_numbers(one) for one in wording.months],
        "first": {"id": first.id, "date": first.date, "title": first.title, "url": first.url} if first else None,
        "first_note": wording.first_note,
    }


def _numbers(one: Count) -> dict[str, object]:
    return {
        "label": one.label,
        "documents": one.documents,
        "occurrences": one.occurrences,
        "held": one.held,
        "characters": one.characters,
        "rate": one.rate,
    }
