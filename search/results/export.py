"""What a query finds as a table for Excel and WPS: one row a document, with its best passage and its doubts."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO

from search.engines import Engine
from search.query.clauses import Query
from search.results import page
from search.results.values import Hit

COLUMNS = (
    "序号",
    "标题",
    "日期",
    "日期说明",
    "地区",
    "级别",
    "讲话人",
    "文种",
    "发文单位",
    "来源",
    "引用提示",
    "匹配",
    "处数",
    "段号",
    "提纲位置",
    "摘录",
    "存疑",
    "相近版本",
    "地址",
    "文件",
)
# Excel takes a file without it for one in GBK.
_BYTE_ORDER_MARK = "\ufeff"
# What a table program would compute instead of show (OWASP, CSV injection), full-width signs too: WPS folds them.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


def as_csv(engine: Engine, query: Query) -> bytes:
    """The whole file, the first results.MOST_ROWS documents in the order of the pages; UTF-8 with a byte order mark."""
    file = StringIO(newline="")
    table = csv.writer(file)
    table.writerow(COLUMNS)
    table.writerows(_rows(engine, query))
    return f"{_BYTE_ORDER_MARK}{file.getvalue()}".encode("utf-8", "replace")


def _rows(engine: Engine, query: Query) -> Iterator[list[str | int]]:
    for number, hit in enumerate(page.cards(engine, query, limit=page.MOST_ROWS), 1):
        yield [number, *(as_text(cell) if isinstance(cell, str) else cell for cell in _cells(hit))]


def _cells(hit: Hit) -> Iterator[str | int]:
    best = hit.passages[0] if hit.passages else None
    yield hit.title + (f"（{hit.title_note}）" if hit.title_note else "")
    yield from (hit.date or "", hit.date_note, hit.region_label, hit.level or "", hit.speaker_label, hit.genre or "")
    yield from (hit.issuer or "", hit.source_label, hit.quotation_label, hit.match_label, hit.occurrences)
    yield from (best.paragraph if best else "", " › ".join(best.outline) if best else "", best.text if best else "")
    yield "；".join(warning.message for warning in hit.warnings)
    yield from (hit.near_duplicates, hit.url, hit.external_id)


def as_text(cell: str) -> str:
    """The text as text: with an apostrophe before what would be a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
