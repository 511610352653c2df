"""`indexer watch`: the same run again and again, and a line for each that found something else than the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from indexer.removals import Unasked
from indexer.report import Report
from indexer.telling import told
from search.errors import Busy, IndexUnusable


def watch(update: Callable[[], Report], pause: Callable[[], object]) -> Iterator[str]:
    """Lines to tell, without end. A run that fails is told once and tried again after the pause: shares come back."""
    last = ""
    while True:
        line = _outcome(update)
        if line != last:
            yield line
        last = line
        pause()


def _outcome(update: Callable[[], Report]) -> str:
    try:
        done = update()
    except (OSError, ValueError, Busy, IndexUnusable, Unasked) as error:
        return f"这次没有更新：{told(error)}"
    left_out = len(done.refused) + len(done.failed)
    kept = f"；现在读不到、检索里仍是上次内容的 {len(done.kept)} 个" if done.kept else ""
    found = f"{done.files_seen} 个文件，{done.documents} 篇；没有收录的文件 {left_out} 个{kept}。"
    return f"索引第 {done.generation} 版：{found}"
