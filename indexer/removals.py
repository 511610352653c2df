"""When a run would take out so much that a person should say so first: a share that is not mounted, a wrong path."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from indexer.files import key_of
from indexer.ledger import Entry
from search.documents.filenames import kept, shown

MANY = 10  # documents: fewer go every day, also where they are half of a small folder


class Unasked(RuntimeError):
    """Such a removal that nobody allowed; the message is Chinese, with the numbers and the command that allows it."""

    def __init__(self, lost: int, of: int, reason: str) -> None:
        super().__init__(
            f"这次会从索引现有的 {of} 篇里移除 {lost} 篇：{reason}。索引没有改动。"
            "请先核对文件夹是否没有连上、路径是否写错、有没有权限；"
            "确实要移除，请运行 python -m indexer build --allow-removals（其余选项照旧）。"
        )


def lost(before: Mapping[str, Entry], now: Mapping[str, Entry]) -> dict[str, str]:
    """Id of each document that goes → key of its file. What was edited or moved, or is a copy now, does not go."""
    there = {one.id for entry in now.values() for one in entry.documents}
    return {
        one.id: key
        for key, entry in before.items()
        if key not in now or now[key].outcome in ("refused", "failed")
        for one in entry.documents
        if one.id not in there
    }


def reason(
    gone: Mapping[str, str], of: int, *, empty: Sequence[Path], unread: Callable[[str], bool] = lambda _: False
) -> str:
    """Why a person should allow that these of so many documents go; empty where nobody need be asked.

    gone: lost(); empty: corpus folders without any file; unread: whether the file of a key could not be read.
    """
    for corpus in empty:
        if any(key.startswith(key_of(corpus, "")) for key in gone.values()):
            return f"文档文件夹 {shown(kept(str(corpus)))} 里一个文件也没有"
    if closed := sum(map(unread, gone.values())):
        return f"其中 {closed} 篇的文件现在读不到，重新建立的索引里就不会有"
    return "超过三分之一" if _many(gone, of) else ""


def _many(gone: Collection[str], of: int) -> bool:
    return len(gone) >= MANY and 3 * len(gone) > of
