"""What is left of a document that was taken out: enough for an old link to say what stood there."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from search.documents.document import Document

log = logging.getLogger(__name__)

# The name under which they are kept beside an index.
NOTE = "removed"
# The latest so many are kept: about 2 MB.
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Tombstone:
    id: str
    title: str
    date: str | None  # of the document, as known
    file: str
    now: str = ""  # id of the document that has its text, or its file after a correction


def of(document: Document, now: str = "") -> Tombstone:
    known = document.metadata
    date = str(known.date.value) if known.date else None
    return Tombstone(document.id, known.title.value, date, document.external_id, now)


def dumps(stones: Iterable[Tombstone]) -> str:
    """The latest of each id, in order, the last _MOST of them."""
    latest = {stone.id: stone for stone in stones}
    return json.dumps([asdict(stone) for stone in list(latest.values())[-_MOST:]], ensure_ascii=False)


def loads(stored: str | None) -> tuple[Tombstone, ...]:
    """The inverse of dumps(); none where nothing was kept, or something else."""
    try:
        return tuple(Tombstone(**stone) for stone in json.loads(stored or "[]"))
    except (ValueError, TypeError) as problem:
        log.warning("移除记录已损坏（%s），当作没有，下次更新索引时重写。", problem)
        return ()


def successor(id: str, stones: Mapping[str, Tombstone]) -> str:
    """What an id that is gone has become, in the end; empty where nobody knows. It may itself be gone."""
    seen = {id}
    while id in stones and (now := stones[id].now) and now not in seen:
        seen.add(now)
        id = now
    return id if len(seen) > 1 else ""
