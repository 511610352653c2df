"""The power fails while an index is made, and the disk has only what was synced: the old index or the new one, whole.

Two models. Strict: a folder has the names it had when it was last synced, a file the bytes. Lax: names are kept as they
are made, as file systems with a journal do, and bytes only where they were synced: a renamed file may be empty.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import document
from scale import told

from indexer.prepare import of, put_down
from search.documents.document import Document
from search.engines import TakesWaiting, Writer, store_of
from search.engines.waiting import Waiting
from search.engines.whoosh import generations
from search.query.parsing import parse

FIRST, SECOND, THIRD = (document(f"{name}.txt", "推进养老服务。") for name in "甲乙丙")


class Disk:
    """What of a folder would be there after a power cut."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._bytes: dict[int, bytes] = {}
        self._names: dict[int, dict[str, int]] = {}
        self._held: list[int] = []  # so that no inode is used again for another file
        for path in (root, *root.rglob("*")):
            self.synced(path)

    def synced(self, path: Path) -> None:
        facts = path.stat()
        self._held.append(os.open(path, os.O_RDONLY))
        if stat.S_ISDIR(facts.st_mode):
            self._names[facts.st_ino] = {one.name: one.lstat().st_ino for one in path.iterdir()}
        else:
            self._bytes[facts.st_ino] = path.read_bytes()

    def close(self) -> None:
        for one in self._held:
            os.close(one)

    def after_a_cut(self, to: Path, *, strict: bool) -> None:
        """Writes what is there: to a new folder."""
        if strict:
            self._strict(self._root.stat().st_ino, to)
            return
        for path in (self._root, *sorted(self._root.rglob("*"))):
            copy = to / path.relative_to(self._root)
            if path.is_dir():
                copy.mkdir()
            else:
                copy.write_bytes(self._bytes.get(path.stat().st_ino, b""))

    def _strict(self, folder: int, to: Path) -> None:
        to.mkdir()
        for name, inode in self._names.get(folder, {}).items():
            if inode in self._names or (inode not in self._bytes and name.startswith("g0")):
                self._strict(inode, to / name)
            else:
                (to / name).write_bytes(self._bytes.get(inode, b""))


@contextmanager
def recorded(disk: Disk, cut: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every sync and every change of a name is a moment at which the power may fail."""
    real = os.fsync

    def fsync(handle: int) -> None:
        real(handle)
        disk.synced(Path(f"/proc/self/fd/{handle}").readlink())
        cut()

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        for name in ("rename", "replace", "unlink", "link"):
            patch.setattr(os, name, _then(getattr(os, name), cut))
        for name in ("rename", "replace", "unlink"):
            patch.setattr(Path, name, _then(getattr(Path, name), cut))
        yield


def _then(real: Callable[..., object], cut: Callable[[], None]) -> Callable[..., object]:
    def call(*given: object, **named: object) -> object:
        result = real(*given, **named)
        cut()
        return result

    return call


def add(writer: Writer, document: Document) -> None:
    writer.add(document)


def add_beside(writer: Writer, document: Document) -> None:
    """As of a run of many files: it waits on the shelf for a segment that another process writes."""
    assert isinstance(writer, TakesWaiting)
    place = put_down(of(document), writer.shelf()).packed
    assert isinstance(place, Waiting)
    writer.add_waiting(document.id, place)


def cuts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, fresh: bool, adding: Callable[[Writer, Document], None] = add
) -> list[str]:
    """What was found after each cut of a publish: old, new, or what is wrong."""
    index = tmp_path / "index"
    for one in (FIRST, SECOND):
        with store_of("whoosh", index).writer(fresh=False) as writer:
            writer.add(one)
            writer.publish({})
    disk, found = Disk(index), list[str]()

    looking = False  # what is done to look at a copy is no part of the publish

    def cut() -> None:
        nonlocal looking
        if looking:
            return
        looking = True
        for strict in (True, False):
            copy = tmp_path / f"cut-{len(found)}"
            disk.after_a_cut(copy, strict=strict)
            found.append(_state(copy, fresh=fresh))
            shutil.rmtree(copy)
        looking = False

    with recorded(disk, cut, monkeypatch), store_of("whoosh", index).writer(fresh=fresh) as writer:
        adding(writer, THIRD)
        writer.publish({})
    disk.close()
    assert found[-1] == "new"
    return found


def _state(index: Path, *, fresh: bool) -> str:
    store = store_of("whoosh", index)
    try:
        engine = store.open()
        hits = engine.count([parse("养老服务")])[0]
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if engine.generation != generations.current_name(index) or store.damages():
        return f"{engine.generation} instead of {generations.current_name(index)}: {store.damages()}"
    return {2: "old", (1 if fresh else 3): "new"}.get(hits, f"{hits} hits")


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are looked up in /proc")
@pytest.mark.parametrize("fresh", [False, True], ids=["update", "full"])
@pytest.mark.parametrize(
    ("adding", "way"), [(add, ""), (add_beside, "，几个进程各写一段的写法")], ids=["alone", "beside"]
)
def test_after_a_power_cut_there_is_the_old_index_or_the_new_one(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fresh: bool,
    adding: Callable[[Writer, Document], None],
    way: str,
) -> None:
    found = cuts(tmp_path, monkeypatch, fresh=fresh, adding=adding)
    assert set(found) == {"old", "new"}
    told(
        f"断电，只留下已 fsync 的（{'全量' if fresh else '增量'}{way}，两种模型）",
        tried=len(found),
        old=found.count("old"),
        new=found.count("new"),
        wrong=len(found) - found.count("old") - found.count("new"),
    )


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are looked up in /proc")
def test_the_model_notices_what_is_not_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard taken out: files of a generation that are never synced."""
    sync = generations._sync
    monkeypatch.setattr(generations, "_sync", lambda path: sync(path) if path.is_dir() else None)
    with pytest.raises(AssertionError):
        assert set(cuts(tmp_path, monkeypatch, fresh=False)) == {"old", "new"}
