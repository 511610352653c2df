"""The pages that tell how the index stands, and which searches failed."""

from __future__ import annotations

from dataclasses import replace

from flask import render_template

from search import results
from search.errors import IndexUnusable
from search.reading import FactLine
from web.keeper.gate import is_open
from web.originals import named
from web.pages import page
from web.searches import found, searches
from web.served import engine, index_status, settings, store, updated

MAX_LEFT_OUT = 500  # files that the page 索引状态 lists; `indexer build --json` names all
FALLBACK = "更新的一版已损坏，暂用这一版；请管理员运行 python -m indexer build --full"


# Light: where the index is kept may be out of order whether the index is another or not, so no tag can tell.
@page("/status", light=True)
def status() -> str:
    index = engine()
    facts = [
        FactLine("索引版本", index.generation, FALLBACK if index.is_fallback else ""),
        FactLine("检索引擎", settings().engine),
        *(FactLine("要处理的事", notice) for notice in store().notices()),
    ]
    try:
        made, page = index_status(), results.browse(index)
    except IndexUnusable as error:  # what can still be told is told
        return render_template(
            "status.html", facts=[*facts, FactLine("现在的故障", str(error))], left_out=(), page=None
        )
    facts = [
        FactLine("收录讲话", f"{index.documents} 篇，{made.passages} 段"),
        FactLine("读过的文件", f"{made.files} 个，其中内容重复 {made.duplicates} 个，没有收录 {len(made.left_out)} 个"),
        FactLine("更新时间", updated() or "不详"),
        *facts,
    ]
    left_out = [replace(one, path=named(one.path)) for one in made.left_out[:MAX_LEFT_OUT]]
    return render_template("status.html", facts=facts, left_out=left_out, page=page)


@page("/status/searches", light=True)
def status_searches() -> str:
    """Searches that failed, where they are noted."""
    return render_template("failed_searches.html", searches=found(), problem=searches().problem, keeping=is_open())
