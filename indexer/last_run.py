"""What the last run left behind: the generation that is published, and what it noted of every file."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from indexer.ledger import NOTE, Ledger
from search.documents.switches import admits_secret
from search.engines import Store
from search.errors import IndexUnusable
from search.index import fingerprint

# Nothing to go on. A run that found no file leaves an empty ledger, too, but one that names its code.
NOTHING = Ledger("", {})


def generation(store: Store) -> str:
    """What is published; empty where nothing usable is."""
    try:
        return "" if store.is_empty() else store.open().generation
    except IndexUnusable:
        return ""


def stands(store: Store, onto: str) -> bool:
    """Whether a generation is still what is published, every byte of it as it was written."""
    try:
        return store.is_sound() and store.open().generation == onto
    except IndexUnusable:
        return False


def usable(noted: Ledger, onto: str) -> Ledger:
    """What the last run noted, or NOTHING where its index (generation()) is gone or its reading code was another."""
    return noted if onto and noted.code == code() else NOTHING


def recorded(store: Store) -> Ledger:
    """What the last run noted, whatever its code was; NOTHING where it cannot be read."""
    try:
        return Ledger.loads(store.last_note(NOTE) or "")
    except (ValueError, KeyError, TypeError):
        return NOTHING


def code() -> str:
    """Changes when the code that reads files does, or what it may admit, so that every file is read again."""
    return f"{_sources()}-{fingerprint.fingerprint()}" + ("-secret" if admits_secret() else "")


@cache
def _sources() -> str:
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(source.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]
