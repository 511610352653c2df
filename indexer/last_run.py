"""What the last run left behind: the generation that is published, and what it noted of every file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TypeVar

from indexer import prepare
from indexer.files import key_of
from indexer.ledger import NOTE, Entry, Ledger
from search.documents.filenames import on_disk
from search.documents.switches import admits_secret
from search.engines import Store
from search.errors import IndexUnusable
from search.index import fingerprint
from search.query.parsing import parse

_Done = TypeVar("_Done")

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


def standing(store: Store, onto: str) -> Future[bool]:
    """stands(), found out while this process waits for those that read: all bytes of 9,000 documents take .07 s, of
    170,000 a second. An index that is made of nothing goes on from none."""
    thread = ThreadPoolExecutor(1)
    found = thread.submit(lambda: not onto or stands(store, onto))
    thread.shutdown(wait=False)
    return found


def unless_damaged(stands: Future[bool], work: Callable[[], _Done]) -> _Done | None:
    """What comes of work on what is published; None where it fails and that is damaged, which may be why."""
    try:
        return work()
    except Exception:
        if stands.result():
            raise
        return None


def usable(noted: Ledger, onto: str) -> Ledger:
    """What the last run noted, or NOTHING where its index (generation()) is gone or its reading code was another."""
    return noted if onto and noted.code == code() else NOTHING


def recorded(store: Store) -> Ledger:
    """What the last run noted, whatever its code was; NOTHING where it cannot be read."""
    try:
        return Ledger.loads(store.last_note(NOTE) or "")
    except (ValueError, KeyError, TypeError):
        return NOTHING


_AT_ONCE = 500  # documents


def of_documents(store: Store, corpora: Sequence[Path]) -> Ledger:
    """What the published documents say of their files, for where what was noted of those cannot be read: enough to tell
    what goes, not to go on from. NOTHING where nothing usable is published.

    A file is one of the folder that has it now, else of the first.
    """
    try:
        engine = store.open()
        found = [match.id for match in engine.find(parse(""), limit=engine.documents, offset=0).ranked]
        entries: dict[str, Entry] = {}
        known = set(found)
        while found:
            these, found = found[:_AT_ONCE], found[_AT_ONCE:]
            for one in engine.fetch(these).values():
                alike = [id for id in one.document.near if id not in known]  # folded behind the one that is found
                known.update(alike)
                found += alike
                name = one.document.original.path
                place = next((corpus for corpus in corpora if (corpus / on_disk(name)).exists()), corpora[0])
                key, of_file = key_of(place, name), prepare.of(one.document).known
                before = entries.get(key, Entry(0, 0, one.document.original.sha256, "indexed"))
                entries[key] = before._replace(documents=(*before.documents, of_file))
    except IndexUnusable:
        return NOTHING
    return Ledger("", entries)


def code() -> str:
    """Changes when the code that reads files does, or what it may admit, so that every file is read again."""
    return f"{_sources()}-{fingerprint.fingerprint()}" + ("-secret" if admits_secret() else "")


@cache
def _sources() -> str:
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(source.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]
