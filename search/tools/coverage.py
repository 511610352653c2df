"""收录情况: how many documents there are of each region and year, noughts too, so that a gap is not read as silence."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from search.documents.labels import UNKNOWN_DATE, UNKNOWN_REGION
from search.engines import Engine
from search.query.addresses import search_address
from search.query.clauses import Filter, Query
from search.results import tables
from search.tools.collection import NATION, by_cell, by_region, collected, provinces

# Years that are columns; of a corpus that reaches further back, those before are one.
MOST_YEARS = 15
_ANYTHING = Query(raw="", text="", clause=None, sort="newest")


@dataclass(frozen=True, slots=True)
class Count:
    """Documents of a region and a column; url: their list, empty where there is none to open."""

    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    region: str
    counts: tuple[Count, ...]
    total: Count


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """The columns are years, the newest first, 更早 where there are too many, and 日期不详 where there are such."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]  # those that have documents
    totals: tuple[int, ...]
    documents: int
    provinces: int
    missing: tuple[str, ...]  # provinces of which there is no document
    empty_years: tuple[str, ...]  # between the first and the last year, without a document
    notes: tuple[str, ...]


def coverage(engine: Engine) -> CoveragePage:
    """Asks the engine once."""
    cells = {key: len(ids) for key, ids in by_cell(collected(engine)).items()}
    years = sorted({year for _, year in cells if year}, reverse=True)
    columns = _columns(years, undated=any(not year for _, year in cells))
    totals = Counter[str]()
    for (_, year), count in cells.items():
        totals[_column(year, columns)] += count
    held = {region for region, _ in cells}
    missing = tuple(name for name in provinces() if name not in held)
    span = range(int(years[-1]), int(years[0])) if years else range(0)
    return CoveragePage(
        columns=columns,
        rows=tuple(_row(region, cells, columns) for region in by_region(held)),
        totals=tuple(totals[column] for column in columns),
        documents=sum(cells.values()),
        provinces=len(provinces()),
        missing=missing,
        empty_years=tuple(str(year) for year in span if str(year) not in years)[-MOST_YEARS:],
        notes=tuple(_notes(len(years), held)),
    )


_EARLIER = "更早"


def _columns(years: Sequence[str], *, undated: bool) -> tuple[str, ...]:
    shown = [f"{year}年" for year in years[:MOST_YEARS]]
    return (*shown, *([_EARLIER] if len(years) > MOST_YEARS else []), *([UNKNOWN_DATE] if undated else []))


def _column(year: str, columns: Sequence[str]) -> str:
    if not year:
        return UNKNOWN_DATE
    return f"{year}年" if f"{year}年" in columns else _EARLIER


def _row(region: str, cells: dict[tuple[str, str], int], columns: Sequence[str]) -> Row:
    counts = Counter[str]()
    for (of, year), count in cells.items():
        if of == region:
            counts[_column(year, columns)] += count
    return Row(
        region or UNKNOWN_REGION,
        tuple(Count(counts[column], _url(region, column) if counts[column] else "") for column in columns),
        Count(sum(counts.values()), _url(region, "")),
    )


def _url(region: str, column: str) -> str:
    """The list of the documents; empty where no filter names just these."""
    year = column.removesuffix("年") if column not in (_EARLIER, UNKNOWN_DATE) else ""
    if not region or (column and not year):
        return ""
    chosen = [Filter("region", region), *([Filter("year", year)] if year else [])]
    return search_address(dataclasses.replace(_ANYTHING, filters=tuple(chosen)))


def _notes(years: int, held: set[str]) -> list[str]:
    notes = []
    if years > MOST_YEARS:
        notes.append(f"最近 {MOST_YEARS} 个有文献的年份各占一列，以前的合在“{_EARLIER}”里。")
    if NATION in held:
        notes.append(f"“{NATION}”是国家机关的文献，不算一个省级地区。")
    if "" in held:
        notes.append(f"“{UNKNOWN_REGION}”的文献可能属于任何地区。")
    return notes


# --- to take away --------------------------------------------------------------------------------------


def as_csv(page: CoveragePage) -> bytes:
    """A row a region; the provinces without documents too."""
    rows: list[tables.Row] = [[row.region, *(cell.count for cell in row.counts), row.total.count] for row in page.rows]
    rows += [[region, *(0 for _ in page.columns), 0] for region in page.missing]
    return tables.as_table(("地区", *page.columns, "合计"), [*rows, ["合计", *page.totals, page.documents]])


def as_json(page: CoveragePage) -> dict[str, object]:
    return {
        "documents": page.documents,
        "columns": list(page.columns),
        "rows": [
            {"region": row.region, "counts": [cell.count for cell in row.counts], "total": row.total.count}
            for row in page.rows
        ],
        "provinces": page.provinces,
        "missing": list(page.missing),
        "empty_years": list(page.empty_years),
    }
