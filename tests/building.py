"""Runs of the indexer, after each of which the report is held against the index."""

from __future__ import annotations

import re
from pathlib import Path

from indexer import checking, pipeline
from indexer.report import Report
from search.engines import store_of

REPORT = """某省民政厅召开养老服务工作会议

5月10日，某省民政厅召开养老服务工作会议，总结2023年工作，部署2024年任务。

会议指出，要健全基本养老服务体系，规范福利彩票销售管理。

会议强调，要抓好工作落实，确保各项任务按期完成。
"""
OTHER = REPORT.replace("养老服务", "社会救助")


def build(*corpora: Path, index: Path | None = None, full: bool = False, allow_removals: bool = False) -> Report:
    """A run, after which every file seen is accounted for and a reason says what to do about whatever is left out.

    index: beside the first folder where none is given.
    """
    store = store_of("whoosh", index or corpora[0].parent / "index")
    report = pipeline.build(corpora, store, full=full, allow_removals=allow_removals)
    left_out = (*report.refused, *report.failed)
    assert report.files_seen == report.files_indexed + report.unchanged + len(report.duplicates) + len(left_out)
    assert report.documents == store.open().documents
    assert checking.problems(store) == []
    assert [one.reason for one in left_out if not re.search("[一-鿿]{4}.*；", one.reason)] == []
    return report
