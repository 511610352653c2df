"""What a query finds as a table for Excel and WPS: one row a document, with its best passage and its doubts."""

from __future__ import annotations

from collections.abc import Iterator

from search.engines import Engine
from search.query.clauses import Query
from search.results import page, tables
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
    "发文字号",
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


def as_csv(engine: Engine, query: Query) -> bytes:
    """The whole file, the first results.MOST_ROWS documents in the order of the pages; UTF-8 with a byte order mark."""
    return tables.as_table(COLUMNS, _rows(engine, query))


def _rows(engine: Engine, query: Query) -> Iterator[list[str | int]]:
    for number, hit in enumerate(page.cards(engine, query, limit=page.MOST_ROWS), 1):
        yield [number, *_cells(hit)]


def _cells(hit: Hit) -> Iterator[str | int]:
    best = hit.passages[0] if hit.passages else None
    yield hit.title + (f"（{hit.title_note}）" if hit.title_note else "")
    yield from (hit.date or "", hit.date_note, hit.region_label, hit.level or "", hit.speaker_label, hit.genre or "")
    yield from (
        hit.issuer or "",
        hit.document_number or "",
        hit.source_label,
        hit.quotation_label,
        hit.match_label,
        hit.occurrences,
    )
    yield from (best.paragraph if best else "", " › ".join(best.outline) if best else "", best.text if best else "")
    yield "；".join(warning.message for warning in hit.warnings)
    yield from (hit.near_duplicates, hit.url, hit.external_id)
