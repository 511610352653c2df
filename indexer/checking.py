"""`indexer check`: whether an index is whole, and whether all that is known of it is true of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from indexer.last_run import recorded
from indexer.ledger import Indexed, Ledger
from search.documents.filenames import shown
from search.engines import Engine, Store
from search.errors import IndexUnusable
from search.query.parsing import parse

_TOLD = 20  # problems of one kind


def problems(store: Store) -> list[str]:
    """In Chinese, the worst first; empty where every byte, every record and every count is right."""
    try:
        if damaged := store.damages():
            return damaged
        engine, ledger = store.open(), recorded(store)
        return [*_of_ledger(ledger, engine), *_of_records(ledger, engine)]
    except IndexUnusable as error:
        return [str(error)]


def _of_ledger(ledger: Ledger, engine: Engine) -> Iterator[str]:
    """What the notes say of the files against what is in the index. An index need not have been made from files."""
    if not ledger.code:
        return
    times = Counter(one.id for entry in ledger.entries.values() for one in entry.documents)
    yield from _told("文件清单里重复的编号", [id for id, often in times.items() if often > 1])
    if len(times) != engine.documents:
        yield f"文件清单里有 {len(times)} 篇，索引里有 {engine.documents} 篇"
    yield from _told("文件清单里有、索引里没有的文稿", [id for id in times if not _is_there(id, engine)])


def _of_records(ledger: Ledger, engine: Engine) -> Iterator[str]:
    known = {one.id: one for entry in ledger.entries.values() for one in entry.documents}
    found = engine.find(parse(""), limit=engine.documents, offset=0)
    ids = list(dict.fromkeys([*known, *(match.id for match in found.ranked)]))
    if found.documents > engine.documents:
        yield f"索引里有 {engine.documents} 篇，能找到的却有 {found.documents} 篇"
    wrong = [f"{id}（{what}）" for id in ids for what in _wrong(id, engine, known)]
    yield from _told("记录有误的文稿", wrong)


def _wrong(id: str, engine: Engine, known: Mapping[str, Indexed]) -> Iterator[str]:
    """A record that can be read has its passages numbered from 1 on (Document)."""
    try:
        found = engine.fetch([id]).get(id)
    except IndexUnusable:
        raise
    except Exception as error:
        yield f"读不出来：{type(error).__name__} {error}"
        return
    if found is None:
        return
    if found.document.id != id:
        yield f"记录里是 {found.document.id}"
    if not found.document.passages:
        yield "没有正文"
    if id in known and known[id].passages != len(found.document.passages):
        yield f"清单上 {known[id].passages} 段，实有 {len(found.document.passages)} 段"


def _is_there(id: str, engine: Engine) -> bool:
    try:
        return id in engine.fetch([id])
    except IndexUnusable:
        raise
    except Exception:  # it is there, and told as one that cannot be read
        return True


def _told(what: str, which: Sequence[str]) -> Iterator[str]:
    if which:
        more = f" 等 {len(which)} 处" if len(which) > _TOLD else ""
        yield f"{what}：{'、'.join(map(shown, which[:_TOLD]))}{more}"
