"""The whole of indexing in reading order: scan → read and understand each new file → group → add → publish.

What becomes of one file is told in understand.py and prepare.py, what is said about it from outside in statements.py.
Which files are to be read is told in planning.py, what the run is reported to have done in report.py. Here: in what
order, and what is written.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Mapping, Sequence, Set
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from indexer import ahead, last_run, planning, removals
from indexer.claims import Claims
from indexer.files import File, Unseen, file_at, found_in, key_of, once, sha256
from indexer.ledger import NOTE, Entry, Indexed, Ledger, Repeat
from indexer.planning import Plan, planned
from indexer.prepare import Prepared, of, prepared, prepared_of_many, put_down, unpacked
from indexer.readers.tools import reads_scans, tools
from indexer.report import Done, Report, report_of
from indexer.statements import statements, words
from indexer.statements.statements import Statements
from indexer.successors import successors
from indexer.versions import groups
from indexer.workers import MEGABYTES, MEGABYTES_FOR_SCANS, Outcome, read_all, workers_for
from search import text
from search.documents.document import Document
from search.documents.filenames import shown
from search.documents.siblings import ALONE, Siblings
from search.engines import Store, TakesWaiting, Writer
from search.engines.waiting import Waiting
from search.errors import Busy, IndexUnusable
from search.index import arrivals, source, tombstones
from search.text import office, pinyin

# Files of a run that is worth the .16 s that rjieba takes to load in each process: it saves 1.2 ms for a thousand
# characters, so a process has them back after some hundred documents.
_MANY = 200
# done, of how many, the file at hand
Progress = Callable[[int, int, str], None]


def build(
    corpora: Sequence[Path],
    store: Store,
    *,
    full: bool = False,
    allow_removals: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Brings the index up to date with the folders; publishes only when something changed.

    Raises FileNotFoundError for a folder that is not there, Busy while another run writes, removals.Unasked where very
    much would go.
    """
    begun, scanned = time.perf_counter(), time.time_ns()
    corpora = once(corpora)
    seen = found_in(corpora, apart=Path(store.location))
    said = {corpus: statements.read(corpus) for corpus in corpora}
    own = words.read(corpora)
    office.use(own.own)
    onto, before = last_run.generation(store), last_run.recorded(store)
    if onto and not before.code:
        before = last_run.of_documents(store, corpora)
    ledger = last_run.NOTHING if full else last_run.usable(before, onto)
    plan = planned(seen, ledger, said, onto if ledger.code else "", scanned)
    files, plan = _as_shown(plan.changed, before.entries), replace(plan, changed=())
    asked = _Asked(before.entries, _empty(corpora, seen), allow_removals)
    del seen  # see _bring()
    origin = source.dumps(corpora, store.location)
    same = not files and plan.kept.keys() == ledger.entries.keys() and _told(store, origin)
    if plan.onto and same:
        done: Done | None = Done({}, 0, onto)
    else:
        stands = last_run.standing(store, plan.onto)
        bring = partial(_bring, plan, files, said, store, origin, progress, asked, stands)
        done = last_run.unless_damaged(stands, bring)
    if done is None:  # then to go on from what readers have now
        return build(corpora, store, full=full, allow_removals=allow_removals, progress=progress)
    report = report_of(plan, done, said, engine=store.engine, begun=begun)
    return replace(report, notes=(*report.notes, *own.problems))


def _told(store: Store, origin: str) -> bool:
    """Whether what is published says where it comes from, and has the office's words and synonyms, as they are now."""
    return origin == store.last_note(source.NOTE) and office.now() == office.loads(store.last_note(office.NOTE))


@dataclass(frozen=True, slots=True)
class _Asked:
    """before: the entries of the last run, whatever code made them. empty: the corpus folders without any file.

    allowed: a person has said that what is gone may go.
    """

    before: Mapping[str, Entry]
    empty: tuple[Path, ...]
    allowed: bool

    def large(self, plan: Plan, now: Mapping[str, Entry]) -> bool:
        """Whether what goes is something to ask a person about. Raises removals.Unasked where nobody was."""

        def unread(key: str) -> bool:
            failed = key in now and now[key].outcome == "failed" and not now[key].sha256
            return not plan.onto and (failed or any(one.holds(key) for one in plan.unseen))

        gone, of = removals.lost(self.before, now), sum(len(entry.documents) for entry in self.before.values())
        reason = removals.reason(gone, of, empty=self.empty, unread=unread)
        if reason and not self.allowed:
            raise removals.Unasked(len(gone), of, reason)
        return bool(reason)


def _empty(corpora: Sequence[Path], seen: Sequence[File | Unseen]) -> tuple[Path, ...]:
    return tuple(one for one in corpora if not any(found.key.startswith(key_of(one, "")) for found in seen))


def _as_shown(files: Sequence[File], before: Mapping[str, Entry]) -> list[File]:
    """First those that were shown before, so that of several copies it is the same one again; else as they come."""
    return sorted(files, key=lambda file: not (file.key in before and before[file.key].documents))


@dataclass(frozen=True, slots=True)
class Refreshed:
    """generation: the one that now has what was said; empty where only a build can bring it in.

    instead: the file, as kept(), that is shown in the place of this one, whose text is the same in other bytes.
    """

    generation: str
    instead: str = ""


def refresh(corpus: Path, name: str, store: Store) -> Refreshed:
    """Reads one file of an index again, after something was said about it.

    A build is needed where the index does not know the file as it is now, or other code made the index. Raises Busy.
    """
    onto, key, scanned = last_run.generation(store), key_of(corpus, name), time.time_ns()
    office.use(office.loads(store.last_note(office.NOTE)))
    ledger = last_run.usable(last_run.recorded(store), onto)
    found, entry = file_at(corpus, name), ledger.entries.get(key)
    if found is None or found.refused or entry is None or sha256(found) != entry.sha256:
        return Refreshed("")
    if entry.outcome == "duplicate":
        original = entry.reason.removeprefix(key_of(corpus, ""))
        first = ledger.entries.get(entry.reason)
        same = original != entry.reason and first is not None and first.sha256 == entry.sha256
        # What is said of a file holds for its content, so for the copy that is shown.
        return refresh(corpus, original, store) if same else Refreshed("", original)
    kept = {other: one for other, one in ledger.entries.items() if other != key}
    plan = Plan(kept, (), (), ledger.entries, onto, ledger.entries, scanned)
    said = {corpus: statements.read(corpus)}
    done = _bring(plan, [found], said, store, store.last_note(source.NOTE) or "")
    return Refreshed(done.generation if done else "")


# --- doing it ------------------------------------------------------------------------------------------


def _ids(entries: Mapping[str, Entry]) -> frozenset[str]:
    return frozenset(one.id for entry in entries.values() for one in entry.documents)


def _tombstones(gone: Set[str], now: Set[str], store: Store, became: Mapping[str, str]) -> list[tombstones.Tombstone]:
    """Those of before, without what came back, and one for each document that goes now, if its index can be read.

    became: successors() of those that go.
    """
    before = [one for one in tombstones.loads(store.last_note(tombstones.NOTE)) if one.id not in now]
    if not gone:
        return before
    try:
        found = store.open().fetch(sorted(gone))
    except IndexUnusable:
        return before
    return [*before, *(tombstones.of(one.document, became.get(id, "")) for id, one in found.items())]


def _bring(
    plan: Plan,
    files: list[File],
    said: Mapping[Path, Statements],
    store: Store,
    origin: str,
    progress: Progress | None = None,
    asked: _Asked | None = None,
    stands: Future[bool] | None = None,
) -> Done | None:
    """Reads what changed and writes it, with what is now to be said of near-duplicates, in one publish. None, and
    nothing is published, where the index is damaged. stands: last_run.standing().

    files: those that changed; the list is empty when they are read, for of 170,000 files what is known of where they
    lie takes 50 MB. origin: source.dumps().
    """
    number = len(files)
    with store.writer(fresh=not plan.onto) as writer:
        if plan.onto and last_run.generation(store) != plan.onto:
            raise Busy("另一个程序刚刚更新了这个索引。请再运行一次。")
        shelf = writer.shelf() if _are_many(files) and isinstance(writer, TakesWaiting) else None
        if shelf is None:
            # The dictionaries, which publishing needs, while this process would only wait for those that read. Of what
            # waits it publishes only what others have read and cut: 87 MB it need not have.
            threading.Thread(target=_warm, args=(not plan.onto,), daemon=True).start()
        read = _read(plan, files, said, writer, progress, shelf)
        files.clear()
        if stands and not stands.result():
            return None
        added = _ids(read)
        large = asked is not None and asked.large(plan, {**plan.kept, **read})
        entries, siblings = _grouped({**plan.kept, **read}, added)
        # What failed has failed again.
        if plan.onto and entries == plan.before and _told(store, origin):
            return Done(read, 0, plan.onto)
        now = _ids(entries)
        noted = asked.before if asked else plan.before
        known = _ids(noted)
        gone = known - now
        became = successors(noted, entries, gone)
        stones = _tombstones(gone, now, store, became)
        came = [one.id for entry in read.values() for one in entry.documents if one.id not in known]
        earlier = arrivals.loads(store.last_note(arrivals.NOTE))
        for document_id in gone if plan.onto else ():
            writer.remove(document_id)
        notes = {
            NOTE: Ledger(last_run.code(), entries).pieces(),
            tombstones.NOTE: tombstones.dumps(stones),
            arrivals.NOTE: arrivals.dumps(arrivals.with_run(earlier, came, now, became, datetime.now())),
            source.NOTE: origin,
            office.NOTE: office.now().dumps(),
        }
        told = _to_be_told(plan.kept, added, siblings)
        del now, came, known  # of 170,000 files 14 MB, where this process needs most
        generation = writer.publish(notes, told, _second_half(progress, number), keep=large)
    return Done(read, len(gone), generation)


def _warm(fresh: bool) -> None:
    """fresh: whether an index is made of nothing, which knows no readings of characters yet."""
    text.warm()
    pinyin.warm(characters=fresh)


def _read(
    plan: Plan,
    files: Sequence[File],
    said: Mapping[Path, Statements],
    writer: Writer,
    progress: Progress | None,
    shelf: Path | None,
) -> dict[str, Entry]:
    """Reads the files in processes of their own and adds what is new in them, in the order of the files. shelf: where
    documents of many files wait, if the engine has one."""
    claims, entries = Claims(plan.known), dict[str, Entry]()
    readable = [file for file in files if not file.refused]
    if (many := _are_many(files)) and shelf is None:  # this process cuts their titles when it publishes
        text.expect_many()
    if workers := workers_for(len(readable)) if readable else 0:
        ahead.expect()
    reading = read_all(
        ((file.path, file.name) for file in readable),
        partial(office.with_words, office.now(), partial(prepared_of_many, shelf) if many else prepared),
        workers=workers,
        megabytes=MEGABYTES_FOR_SCANS if reads_scans() else MEGABYTES,
    )
    with contextlib.closing(reading) as outcomes:
        for done, file in enumerate(files):
            if progress:
                progress(done, 2 * len(files), shown(file.name))
            outcome = None if file.refused else next(outcomes)
            unread, before = _unread(file, outcome, said, plan.scanned), plan.before.get(file.key)
            entry = _entry(unread, file, outcome, said[file.corpus], claims, writer, shelf) if outcome else unread
            entries[file.key] = _as_before(entry, before, file.key, claims) if before else entry
            claims.add(file.key, entries[file.key])
    return entries


def _are_many(files: Sequence[File]) -> bool:
    return sum(not file.refused for file in files) >= _MANY


def _unread(
    file: File, outcome: Outcome[tuple[Prepared, ...]] | None, said: Mapping[Path, Statements], scanned: int
) -> Entry:
    content = outcome.value[0].content if outcome and outcome.value else _unless_changed(file)
    stated, mtime_ns = planning.stated(said, file, content), planning.settled(file, scanned)
    return Entry(file.size, mtime_ns, content, "refused", file.refused, stated=stated, tools=tools())


def _unless_changed(file: File) -> str:
    """The sha256 of a file that gave nothing; empty, so that it is read again, where that may have been other bytes."""
    content, now = sha256(file), file_at(file.corpus, file.name)
    return content if now and (now.size, now.mtime_ns) == (file.size, file.mtime_ns) else ""


def _as_before(entry: Entry, before: Entry, key: str, claims: Claims) -> Entry:
    """Keeps what is in the index of a file that fails now: locked by a program for a minute, it is as good as ever."""
    taken = claims.original(key, before.sha256, (one.id for one in before.documents))
    mine = all(claims.text(one.text_hash) in ("", key) for one in before.documents)
    if entry.outcome != "failed" or not before.documents or taken or not mine:
        return entry
    return before._replace(outcome="failed", reason=f"{entry.reason}；检索里仍是上次读到的内容")


def _entry(
    unread: Entry,
    file: File,
    outcome: Outcome[tuple[Prepared, ...]],
    said: Statements,
    claims: Claims,
    writer: Writer,
    shelf: Path | None,
) -> Entry:
    """Adds what is new in a file; whatever was wrong with it becomes a line of the report."""
    found = outcome.value
    # Before anything else, even where this kind of file could not be read: an id comes from the content.
    if original := claims.original(file.key, unread.sha256, (one.known.id for one in found or ())):
        repeats = claims.repeated(original, file.name)
        return unread._replace(outcome="duplicate", reason=original, repeats=repeats, tools="")
    if found is None:
        return unread._replace(outcome="failed" if outcome.problem == "failed" else "refused", reason=outcome.reason)
    unread = unread._replace(tools="")
    # By what was found, so that a corrected title makes no second document of a copy.
    hashes = [one.known.text_hash for one in found]
    new = [at for at, one in enumerate(hashes) if claims.text(one) in ("", file.key) and one not in hashes[:at]]
    old = [at for at in range(len(found)) if at not in new]
    repeats = tuple(Repeat(found[at].known.external_id, hashes[at]) for at in old)
    if not new:
        return unread._replace(outcome="duplicate", reason=claims.text(hashes[0]), repeats=repeats)
    documents = _stated_of(file, found, said, shelf) if unread.stated else found
    for at in new:
        _give(documents[at], writer)
    indexed = tuple(documents[at].known._replace(text_hash=hashes[at]) for at in new)
    return unread._replace(outcome="indexed", reason="", documents=indexed, repeats=repeats)


def _give(one: Prepared, writer: Writer) -> None:
    if isinstance(one.packed, Waiting) and isinstance(writer, TakesWaiting):
        writer.add_waiting(one.known.id, one.packed)
    else:
        writer.add(*unpacked(one))


def _stated_of(file: File, found: Sequence[Prepared], said: Statements, shelf: Path | None) -> tuple[Prepared, ...]:
    """The documents of a file as they are with what is said of it."""
    read = tuple(unpacked(one, shelf) for one in found)
    documents = said.applied(file.name, [document for document, _ in read])
    return tuple(
        put_down(of(now, analysis if _same_words(before, now) else None), shelf)
        for now, (before, analysis) in zip(documents, read, strict=True)
    )


def _same_words(one: Document, other: Document) -> bool:
    """Whether two documents are analysed alike: nothing but their title and text is."""
    return one.metadata.title.value == other.metadata.title.value and one.passages == other.passages


def _grouped(entries: Mapping[str, Entry], fresh: Set[str]) -> tuple[dict[str, Entry], dict[str, Siblings]]:
    """The entries with what their documents are alike to, and what is to be said of it."""
    documents = [one for entry in entries.values() for one in entry.documents]
    compared = groups.compared(documents, fresh)
    siblings = groups.siblings(compared, (one for entry in entries.values() for one in entry.repeats))
    changed = dict[str, Indexed]()
    for old, one in zip(documents, compared, strict=True):
        shown = _digest(siblings, one.id)
        if one is not old or one.shown != shown:
            changed[one.id] = one._replace(shown=shown)
    return {
        key: entry._replace(documents=tuple(changed.get(one.id, one) for one in entry.documents))
        if changed and not changed.keys().isdisjoint([one.id for one in entry.documents])
        else entry
        for key, entry in entries.items()
    }, siblings


def _digest(siblings: Mapping[str, Siblings], document_id: str) -> str:
    return siblings[document_id].digest if document_id in siblings else ""


def _to_be_told(kept: Mapping[str, Entry], added: Set[str], siblings: Mapping[str, Siblings]) -> dict[str, Siblings]:
    """What is to be said of groups: of documents read now, and of those not read of whom it is something else now."""
    documents = (one for entry in kept.values() for one in entry.documents)
    others = [one.id for one in documents if one.shown != _digest(siblings, one.id)]
    return {id: siblings.get(id, ALONE) for id in (*(added & siblings.keys()), *others)}


def _second_half(progress: Progress | None, files: int) -> Callable[[int, int], None] | None:
    """Publishing as the second half of what progress counts: as many steps again as there are files."""
    if progress is None:
        return None
    return lambda done, documents: progress(files + files * done // max(1, documents), 2 * files, "")
