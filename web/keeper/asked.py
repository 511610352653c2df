"""What keepers type, and that it is written down who does what before it is done."""

from __future__ import annotations

from flask import g

from indexer.extract import why
from web.keeper import journal
from web.served import settings

_JOURNAL = 5_000_000  # bytes of it; then it is put aside
_LONGEST = 1_000  # characters of what is typed into a field


class NotDone(Exception):
    """What was asked was not done; the message is Chinese."""


def noted(what: str, about: str) -> None:
    """Writes down who does what, before it is done. Raises NotDone: what cannot be written down is not done."""
    line = {"at": journal.now(), "by": g.keeper.name, "what": what, "about": about[:500]}
    try:
        journal.append(settings().beside("keeper.jsonl"), line, _JOURNAL)
    except OSError as error:
        raise NotDone(f"记录写不进去（{why(error)}），所以没有做任何改动。") from error


def one_line(written: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in written).split())[:_LONGEST]
