"""What the last run made of the files, for whoever looks at the index: how much is in it and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from indexer.ledger import NOTE, Ledger, Rejected
from search.engines import Store
from search.errors import IndexUnusable


@dataclass(frozen=True, slots=True)
class Status:
    """As `indexer build --json` counts them; left_out: the refused and the failed files with the reason.

    published: when the index was made, in local time.
    """

    published: datetime | None = None
    files: int = 0
    documents: int = 0
    passages: int = 0
    duplicates: int = 0
    left_out: tuple[Rejected, ...] = ()


def status(store: Store) -> Status:
    """All counts zero where an index was not made from files, or its notes cannot be read."""
    made = _published(store)
    try:
        entries = Ledger.loads(store.last_note(NOTE) or "").entries
    except (ValueError, KeyError, TypeError):
        return Status(made)
    documents = [one for entry in entries.values() for one in entry.documents]
    out = {path: entry for path, entry in entries.items() if entry.outcome in ("refused", "failed")}
    return Status(
        published=made,
        files=len(entries),
        documents=len(documents),
        passages=sum(one.passages for one in documents),
        duplicates=sum(entry.outcome == "duplicate" for entry in entries.values()),
        left_out=tuple(Rejected(path, entry.reason) for path, entry in sorted(out.items())),
    )


def _published(store: Store) -> datetime | None:
    try:
        return store.open().published
    except IndexUnusable:
        return None
