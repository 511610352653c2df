"""同题对照: what each region says on one subject, year by year, the best passage of each; where texts are silent, and
where there are none."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from search import text
from search.documents.document import Span
from search.documents.labels import UNKNOWN_DATE, UNKNOWN_REGION
from search.engines import Engine, Entry, Stored
from search.matching.matches import Match
from search.query import read_back
from search.query.addresses import (
    Link,
    document_address,
    search_address,
    table_address,
    tool_address,
    written,
)
from search.query.clauses import RANGE, Filter, Query
from search.results import cards
from search.results.tables import as_table
from search.results.values import Hit, Snippet
from search.suggestions import corrections
from search.text import formulas
from search.tools import wording
from search.tools.collection import ON_SUBJECT, Key, by_cell, by_region, collected, unasked

# Years beside each other where the reader chose none, as many as can be read on a screen, and where he did.
YEARS, MOST_YEARS = 3, 8
# There are 34 regions of the first level; a corpus whose tables name others may have any number.
MOST_ROWS = 60
State = Literal["said", "silent", "none"]


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a passage. hit: it was looked for. alike: it stands word for word in the cells that title names."""

    text: str
    hit: bool = False
    alike: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A region in a year. said: the best passage on the subject; silent: there are documents but none is on it; none:
    there is no document."""

    region: str
    year: str
    state: State
    label: str  # 本文未提及, 语料没有; empty where something is said
    url: str  # where it leads: the passage, the silent documents, what there is; empty where there is no such page
    documents: int = 0  # on the subject
    more_url: str = ""  # all of them, where there are several
    hit: Hit | None = None
    passage: Snippet | None = None
    runs: tuple[Run, ...] = ()
    alike: tuple[str, ...] = ()  # the other cells in which a part of the passage stands word for word


@dataclass(frozen=True, slots=True)
class Row:
    region: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """documents: on the subject, in all regions and years, shown here or not."""

    text: str
    read_as: str
    notes: tuple[str, ...]
    years: tuple[str, ...]  # of the columns
    rows: tuple[Row, ...]
    others: tuple[Link, ...]  # the same for a year that is not shown
    documents: int
    back_url: str
    csv_url: str
    state: str


def matrix(engine: Engine, query: Query) -> MatrixPage:
    """Asks the engine a few times, whatever it holds; opens one document a cell."""
    regions, years = (_chosen(query, field) for field in ("region", "year"))
    rest = tuple(item for item in query.filters if not _is_cell(item))
    asked = dataclasses.replace(query, filters=rest, page=1, sort="relevance")
    if asked.clause is None:
        return _page(query, unasked(query, "请输入要对照的题目，例如“养老服务”。"))
    found = corrections.search_or_correct(engine, asked, limit=engine.documents, offset=0)
    meant = dataclasses.replace(found.query, filters=query.filters)
    entries = collected(engine, rest)
    subject = _Subject(found.matches.ranked, entries)
    columns = years[:MOST_YEARS] or subject.newest(regions)
    held = by_cell(entries)
    rows = _rows(engine, meant, subject, regions or _regions(held, columns), columns, held)
    notes = [found.note] if found.note else []
    notes += [*query.notes, *read_back.aliases(query), *_notes(rows, rest, subject)]
    if len(years) > MOST_YEARS:
        notes.append(f"一次最多对照 {MOST_YEARS} 个年份，只列出前 {MOST_YEARS} 个。")
    others = [(year, count) for year, count in subject.years(regions) if year and year not in columns]
    links = [Link(f"{year}年（{count} 篇）", tool_address("matrix", _for_year(meant, year))) for year, count in others]
    return _page(
        meant,
        tuple(notes),
        tuple(map(year_label, columns)),
        rows,
        tuple(links),
        subject.documents(regions, years[:MOST_YEARS]),
    )


def _page(
    query: Query,
    notes: tuple[str, ...],
    years: tuple[str, ...] = (),
    rows: tuple[Row, ...] = (),
    others: tuple[Link, ...] = (),
    documents: int = 0,
) -> MatrixPage:
    return MatrixPage(
        text=query.raw,
        read_as=read_back.in_words(query),
        notes=notes,
        years=years,
        rows=rows,
        others=others,
        documents=documents,
        back_url=search_address(query, page=1),
        csv_url=table_address("matrix", query) if rows else "",
        state=written(query),
    )


def _chosen(query: Query, field: str) -> tuple[str, ...]:
    return tuple(item.value for item in query.filters if item.field == field and _is_cell(item))


def _is_cell(item: Filter) -> bool:
    """Whether a filter names one row or column; what excludes some, or asks for several years, narrows all of them."""
    return item.facet in ("region", "year") and not item.excluded and RANGE not in item.value


def _for_year(query: Query, year: str) -> Query:
    kept = tuple(item for item in query.filters if item.field != "year")
    return dataclasses.replace(query, filters=(*kept, Filter("year", year)), page=1)


def year_label(year: str) -> str:
    return f"{year}年" if year else UNKNOWN_DATE


# --- which cells there are -----------------------------------------------------------------------------


class _Subject:
    """The documents on the subject by region and year, the best first.

    Of near-duplicates one alone is ranked. The others of its group may be of another region or year, so they stand
    behind, and count only where the subject is found in them.
    """

    def __init__(self, ranked: Sequence[Match], entries: Mapping[str, Entry]) -> None:
        self._ranked: dict[Key, list[Match]] = {}
        self._names: dict[Key, set[str]] = {}  # a group of near-duplicates has one
        self.by_chance = sum(match.kind not in ON_SUBJECT for match in ranked)
        met = {match.id: match for match in ranked if match.kind in ON_SUBJECT and match.id in entries}
        for id, match in met.items():
            self._ranked.setdefault(entries[id].key, []).append(match)
            self._names.setdefault(entries[id].key, set()).add(entries[id].group or id)
        groups = {entries[id].group: match for id, match in met.items() if entries[id].group}
        self._alike: dict[Key, list[Match]] = {}
        for id, entry in entries.items():
            if id not in met and (best := groups.get(entry.group)):
                self._alike.setdefault(entry.key, []).append(Match(id, best.kind, 0.0, 0))
                self._names.setdefault(entry.key, set()).add(entry.group)

    def documents(self, regions: Sequence[str] = (), years: Sequence[str] = ()) -> int:
        """How many there are of some regions and years, or of any."""
        chosen = [
            names
            for (region, year), names in self._names.items()
            if (not regions or region in regions) and (not years or year in years)
        ]
        return len(set().union(*chosen))

    def ranked(self, key: Key) -> Sequence[Match]:
        return self._ranked.get(key, ())

    def best(self, key: Key) -> Match | None:
        return next(iter((*self.ranked(key), *self._alike.get(key, ()))), None)

    def years(self, regions: Sequence[str]) -> list[tuple[str, int]]:
        """(year, documents) of some regions (or any), the newest first, the undated last."""
        years = sorted({year for _, year in self._names}, reverse=True)
        return [(year, count) for year in years if (count := self.documents(regions, (year,)))]

    def newest(self, regions: Sequence[str]) -> tuple[str, ...]:
        """The last years in which some regions (or any) said something, the newest first, and the undated."""
        years = sorted({year for region, year in self._ranked if not regions or region in regions}, reverse=True)
        return (*[year for year in years if year][:YEARS], *[year for year in years if not year])


def _regions(held: Iterable[Key], years: Sequence[str]) -> list[str]:
    """Those of which there is any document in some years."""
    return by_region({region for region, year in held if year in years})


def _rows(
    engine: Engine,
    query: Query,
    subject: _Subject,
    regions: Sequence[str],
    years: Sequence[str],
    held: Mapping[Key, Sequence[str]],
) -> tuple[Row, ...]:
    """A row a region, those that say something first."""
    speaking = [region for region in regions if any(subject.best((region, year)) for year in years)]
    silent = [region for region in regions if region not in speaking]
    keys = [(region, year) for region in (*speaking, *silent)[:MOST_ROWS] for year in years]
    best = {key: match for key in keys if (match := subject.best(key))}
    stored = engine.fetch([match.id for match in best.values()])
    said = {key: one for key, match in best.items() if (one := _said(stored, query, match))}
    alike = _alike({key: passage.text for key, (_, passage) in said.items()})
    cells = [
        _said_cell(query, key, *said[key], len(subject.ranked(key)), alike[key])
        if key in said
        else _other_cell(query, key, held.get(key, ()))
        for key in keys
    ]
    wide = max(1, len(years))
    return tuple(Row(cells[at].region, tuple(cells[at : at + wide])) for at in range(0, len(cells), wide))


def _notes(rows: Sequence[Row], rest: Sequence[Filter], subject: _Subject) -> Iterator[str]:
    said = [row for row in rows if any(cell.state == "said" for cell in row.cells)]
    if not subject.documents():
        yield "没有文献说到这个题目。"
    elif not said:
        yield "所选的地区和年份里，没有文献说到这个题目。"
    elif len(said) == 1:
        yield f"所列的地区和年份里，只有{said[0].region}一处说到，没有别的可以对照。"
    if subject.by_chance:
        yield f"另有 {subject.by_chance} 篇只含其中一部分词语，不算说到。"
    if rest:
        chosen = read_back.in_words(Query(raw="", text="", clause=None, filters=tuple(rest)))
        yield f"只看{chosen}的文献；“未提及”“语料没有”都只就这些文献说。"
    if len(rows) == MOST_ROWS:
        yield f"只列出 {MOST_ROWS} 个地区。"


# --- what stands in a cell -----------------------------------------------------------------------------


def _said(stored: Mapping[str, Stored], query: Query, match: Match) -> tuple[Hit, Snippet] | None:
    """The card of a document and its best passage: one that says the subject in words of its own, if there is any."""
    if match.id not in stored:
        return None
    one = stored[match.id]
    hit = cards.card(one.document, match, query, one.edges)
    marked = [passage for passage in (*hit.passages, *hit.more) if passage.marks]
    if not marked and not hit.title_marks:
        return None
    own = (passage for passage in marked if not _is_formula(passage))
    return hit, next(own, hit.passages[0])


def _is_formula(passage: Snippet) -> bool:
    """Whether all that is found in a passage stands inside formulas."""
    spans = [found.span() for found in formulas.pattern().finditer(text.fold(passage.text))]
    return all(any(a <= start and end <= b for a, b in spans) for start, end in passage.marks)


def _alike(passages: Mapping[Key, str]) -> dict[Key, list[tuple[Span, tuple[Key, ...]]]]:
    """Of each passage the stretches that other cells have word for word, and which cells."""
    keys = list(passages)
    found = wording.shared(list(passages.values()))
    return {
        key: [((one.start, one.end), tuple(keys[other] for other in one.others)) for one in runs]
        for key, runs in zip(keys, found, strict=True)
    }


def _said_cell(
    query: Query,
    key: Key,
    hit: Hit,
    passage: Snippet,
    documents: int,
    alike: Sequence[tuple[Span, tuple[Key, ...]]],
) -> Cell:
    region, year = key
    others = {span: "、".join(_names(key, cells)) for span, cells in alike}
    several = [Filter(field, value) for field, value in (("region", region), ("year", year)) if value]
    return Cell(
        region=region or UNKNOWN_REGION,
        year=year_label(year),
        state="said",
        label="",
        url=passage.url,
        documents=max(1, documents),
        more_url=search_address(query, filters=tuple(several), page=1) if documents > 1 and all(key) else "",
        hit=hit,
        passage=passage,
        runs=tuple(_runs(passage, others)),
        alike=tuple(dict.fromkeys(name for _, cells in alike for name in _names(key, cells))),
    )


def _names(key: Key, cells: Sequence[Key]) -> Iterator[str]:
    """What other cells are called in this one: another region by its name, the same one in another year by that."""
    for region, year in cells:
        yield (region or UNKNOWN_REGION) if region != key[0] else year_label(year)


def _runs(passage: Snippet, alike: Mapping[Span, str]) -> Iterator[Run]:
    shown = passage.text
    edges = sorted({0, len(shown), *(edge for span in (*passage.marks, *alike) for edge in span)})
    for start, end in pairwise(edges):
        hit = any(a <= start and end <= b for a, b in passage.marks)
        title = next((names for (a, b), names in alike.items() if a <= start and end <= b), "")
        yield Run(shown[start:end], hit, bool(title), f"与{title}相同" if title else "")


def _other_cell(query: Query, key: Key, held: Sequence[str]) -> Cell:
    """held: the documents of the cell, none of which is on the subject."""
    region, year = key
    narrow = tuple(Filter(field, value) for field, value in (("region", region), ("year", year)) if value)
    browsing = dataclasses.replace(query, raw="", text="", clause=None, filters=narrow, page=1)
    url = document_address(held[0]) if len(held) == 1 else search_address(browsing) if held and narrow else ""
    return Cell(
        region=region or UNKNOWN_REGION,
        year=year_label(year),
        state="silent" if held else "none",
        label=(f"{len(held)} 篇均未提及" if held[1:] else "本文未提及") if held else "语料没有",
        url=url if held else tool_address("coverage", Query(raw="", text="", clause=None)),
    )


# --- to take away --------------------------------------------------------------------------------------

COLUMNS = ("地区", "年份", "情况", "篇数", "标题", "日期", "摘录", "段号", "相同的话见于", "引用提示", "存疑", "地址")


def as_csv(page: MatrixPage) -> bytes:
    """A row a cell, silent and empty ones too."""
    return as_table(COLUMNS, (list(_columns(cell)) for row in page.rows for cell in row.cells))


def _columns(cell: Cell) -> Iterator[str | int]:
    hit, passage = cell.hit, cell.passage
    yield from (cell.region, cell.year, cell.label or "说到", cell.documents)
    if hit is None or passage is None:
        yield from ("", "", "", "", "", "", "", cell.url)
        return
    yield hit.title + (f"（{hit.title_note}）" if hit.title_note else "")
    yield from (hit.date_label, passage.text, passage.paragraph, "、".join(cell.alike), hit.quotation_label)
    yield from ("；".join(warning.message for warning in hit.warnings), cell.url)


def as_json(page: MatrixPage) -> dict[str, object]:
    return {
        "query": {"text": page.text, "read_as": page.read_as, "notes": list(page.notes)},
        "documents": page.documents,
        "years": list(page.years),
        "rows": [{"region": row.region, "cells": [_cell_as_json(cell) for cell in row.cells]} for row in page.rows],
    }


def _cell_as_json(cell: Cell) -> dict[str, object]:
    found = {"year": cell.year, "state": cell.state, "label": cell.label, "documents": cell.documents, "url": cell.url}
    if cell.hit is None or cell.passage is None:
        return found
    return found | {
        "id": cell.hit.id,
        "title": cell.hit.title,
        "date": cell.hit.date,
        "number": cell.passage.number,
        "text": cell.passage.text,
        "alike": list(cell.alike),
        "warnings": [warning.code for warning in cell.hit.warnings],
    }
