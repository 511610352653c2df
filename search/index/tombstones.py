"""What is left of a document that was taken out: enough for an old link to say what stood there; of one that was
corrected its text too, so that the link leads to the same sentence and what was changed is shown."""

from __future__ import annotations

import base64
import json
import logging
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace

from search.documents.document import Document, Passage

log = logging.getLogger(__name__)

# The name under which they are kept beside an index.
NOTE = "removed"
# The latest so many are kept: about 2 MB.
_MOST = 10_000
# The texts of the latest so many, of those that have become another: a speech of 6,000 characters takes 12 KB here.
_MOST_TEXTS, _LONGEST_TEXT = 300, 60_000  # documents, bytes packed


@dataclass(frozen=True, slots=True)
class Tombstone:
    id: str
    title: str
    date: str | None  # of the document, as known
    file: str
    now: str = ""  # id of the document that has its text, or its file after a correction
    text: str = ""  # its passages, packed; empty where nothing has become of it, or where it is too long

    def passages(self) -> tuple[Passage, ...]:
        """As they were; none where the text is not kept, or is damaged."""
        try:
            kept = json.loads(zlib.decompress(base64.b64decode(self.text)))
            return tuple(Passage(number, paragraph, text) for number, (paragraph, text) in enumerate(kept, start=1))
        except (ValueError, TypeError, zlib.error):
            return ()


def of(document: Document, now: str = "") -> Tombstone:
    known = document.metadata
    date = str(known.date.value) if known.date else None
    text = _packed(document) if now else ""
    return Tombstone(document.id, known.title.value, date, document.external_id, now, text)


def _packed(document: Document) -> str:
    passages = [(one.paragraph, one.text) for one in document.passages]
    packed = base64.b64encode(zlib.compress(json.dumps(passages, ensure_ascii=False).encode())).decode()
    return packed if len(packed) <= _LONGEST_TEXT else ""


def dumps(stones: Iterable[Tombstone]) -> str:
    """The latest of each id, in order, the last _MOST of them."""
    latest = list({stone.id: stone for stone in stones}.values())[-_MOST:]
    with_text = [stone.id for stone in latest if stone.text]
    without = {*with_text[:-_MOST_TEXTS]}
    kept = [replace(stone, text="") if stone.id in without else stone for stone in latest]
    return json.dumps([asdict(stone) for stone in kept], ensure_ascii=False)


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
