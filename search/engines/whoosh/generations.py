"""Folders of an index, published one after the other in one step each; knows files, not what is in them.

    index/CURRENT               the name of the generation that readers use
    index/g000007-5c0e9b21/     its files, and manifest.json with their sizes and sha256, counts and fingerprint
    index/g000008-a91d7f34.tmp/ one being written
    index/LOCK                  held by the one writer
    index/KEPT                  the name of the generation before the last large removal, where there was one

A name is a number, which orders, and something random: a folder that was deleted and built anew counts from one again,
and whoever has the old g000001 open must see that this is another. Older indexes have the number only.

A generation is written whole, checked, synced to disk and renamed before CURRENT is replaced, so that a crash at any
moment leaves the one before. The previous one is kept, to fall back on when the current one is damaged. The one in KEPT
stays through later publishes until the next large removal: its name written into CURRENT brings it back.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import logging
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import IO, TypedDict

from search.engines.notes import Note, Notes, pieces
from search.errors import Busy, IndexUnusable
from search.index import fingerprint
from search.text import office

log = logging.getLogger(__name__)

_NAME = re.compile(r"g\d{6,}(?:-[0-9a-f]{8})?")
_MANIFEST = "manifest.json"
# Files with these endings an index can do without: whoever reads one trusts nothing but its checksum.
SPARE = ".columns"
NOTE = ".note"
# What a lock that somebody else has is told by; anything else is a file system that has none.
_HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)
BUILD = "请运行 python -m indexer build"


class FileFacts(TypedDict):
    size: int
    sha256: str


class Manifest(TypedDict):
    fingerprint: str
    documents: int
    files: dict[str, FileFacts]


@dataclass(frozen=True, slots=True)
class Generation:
    path: Path
    manifest: Manifest


def current_name(location: Path) -> str:
    """What CURRENT says; empty when there is nothing published or it says nothing sensible."""
    return _named(location / "CURRENT")


def _named(file: Path) -> str:
    """The generation that a file names; empty when it names none."""
    try:
        name = file.read_bytes().decode("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return name if _NAME.fullmatch(name) else ""


def published(location: Path) -> Generation:
    """The generation to read: the current one, or loudly the one before if that is damaged.

    Raises IndexUnusable where there is none, or other code wrote it.
    """
    if is_empty(location):
        log.warning("没有索引：%s", location)  # where it lies is the administrator's business, not the readers'
        raise IndexUnusable(f"还没有建立索引。{BUILD}。")
    current, name = current_name(location), whole(location)
    if not name:
        log.warning("索引已损坏：%s", location)
        raise IndexUnusable(f"索引已损坏。{BUILD} --full 重建。")
    if name != current:
        log.warning("索引 %s 已损坏，暂用上一版 %s；%s --full", current or "CURRENT", name, BUILD)
    return _fitting(read(location / name))


def read(folder: Path) -> Generation:
    """Raises OSError or ValueError where its manifest cannot be read."""
    return Generation(folder, _manifest(folder))


def whole(location: Path) -> str:
    """The newest generation up to the current one that is not damaged; empty where there is none."""
    current = current_name(location)
    for name in reversed(_names(location)):
        if (current and _number(name) > _number(current)) or location / name in _condemned:
            continue
        if not (problems := damages(location / name, thorough=False)):
            return name
        log.warning("索引 %s 有问题：%s", name, "；".join(problems))
    return ""


# Generations that have other bytes than were written, as this process has found; names are never used again.
_condemned: set[Path] = set()


def condemn(folder: Path) -> None:
    _condemned.add(folder)


def is_empty(location: Path) -> bool:
    """Whether nothing was ever published there; what an interrupted first run left behind is nothing."""
    return not current_name(location) and not _names(location)


def made_at(folder: Path) -> datetime | None:
    """When a generation was finished, in local time."""
    try:
        return datetime.fromtimestamp((folder / _MANIFEST).stat().st_mtime)
    except OSError:
        return None


def damages(folder: Path, *, thorough: bool) -> list[str]:
    """What is wrong with a generation, in Chinese; thorough reads every byte, otherwise the sizes of what it needs."""
    try:
        manifest = _manifest(folder)
    except (OSError, ValueError):
        return [f"{folder.name}/{_MANIFEST} 缺失或无法读取"]
    found = []
    for name, facts in manifest["files"].items():
        file = folder / name
        if name.endswith((SPARE, NOTE)) and not thorough:
            continue
        if not file.is_file():
            found.append(f"缺少文件 {folder.name}/{name}")
        elif file.stat().st_size != facts["size"]:
            found.append(f"文件大小不符 {folder.name}/{name}：{file.stat().st_size}，应为 {facts['size']}")
        elif thorough and sha256(file) != facts["sha256"]:
            found.append(f"文件内容不符 {folder.name}/{name}")
    return found


@contextlib.contextmanager
def locked(location: Path) -> Iterator[None]:
    """Holds the one writer's lock; raises Busy, naming the holder, when someone else does, and IndexUnusable where
    nothing can be locked. Freed by the system when the process dies."""
    location.mkdir(parents=True, exist_ok=True)
    with (location / "LOCK").open("a+", encoding="ascii") as file:
        if not _try_lock(file):
            file.seek(0)
            holder = file.read().strip() or "未知"
            raise Busy(f"另一个程序正在更新这个索引（进程 {holder}，{location}）。请等它结束后再运行。")
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield


def begin(location: Path, *, fresh: bool) -> Path:
    """A folder for the next generation: empty, or holding what readers use as links. Leftovers are removed."""
    for leftover in location.glob("g*.tmp"):
        shutil.rmtree(leftover, ignore_errors=True)
    names = _names(location)
    following = _number(names[-1]) + 1 if names else 1
    building = location / f"g{following:06d}-{token_hex(4)}.tmp"
    building.mkdir()
    try:
        if not fresh and (source := whole(location)):
            _link_all(location / source, building)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return building


def _link_all(source: Path, building: Path) -> None:
    for name in _manifest(source)["files"]:
        with contextlib.suppress(FileNotFoundError) if name.endswith((SPARE, NOTE)) else contextlib.nullcontext():
            _link(source / name, building / name)


def hashes(building: Path, known: Mapping[str, str]) -> dict[str, str]:
    """Of each file of a generation under way its sha256; what is known of them, or stands in the current generation
    already, is not read again."""
    known = {name: facts["sha256"] for name, facts in linked(building).items()} | dict(known)
    names = (file.name for file in sorted(building.iterdir()) if file.name != _MANIFEST)
    return {name: known.get(name) or sha256(building / name) for name in names}


def seal(
    building: Path,
    *,
    fingerprint: str,
    documents: int,
    notes: Notes,
    known: Mapping[str, str],
    keep: bool = False,
) -> str:
    """Publishes what stands in building, with notes as files beside it; known: the sha256 of those of its files that
    were read already; keep: the generation before goes into KEPT. Returns the generation's name."""
    location, name = building.parent, building.stem
    for note, content in notes.items():
        _replace(building / f"{note}{NOTE}", content)
    same = linked(building)
    files = {
        file: FileFacts(size=(building / file).stat().st_size, sha256=digest)
        for file, digest in hashes(building, known).items()
    }
    manifest = Manifest(fingerprint=fingerprint, documents=documents, files=files)
    _replace(building / _MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    for file in building.iterdir():
        if file.name not in same:
            _sync(file)
    _sync(building)
    before = current_name(location)
    building.rename(location / name)
    try:
        _sync(location)
        if keep and before:
            _replace(location / "KEPT", before + "\n")
        _replace(location / "CURRENT", name + "\n")
        _sync(location)
    except OSError:
        if current_name(location) == before:  # what nobody will read must not keep a full disk full
            shutil.rmtree(location / name, ignore_errors=True)
        raise
    for old in _names(location):
        if old not in (name, before, _named(location / "KEPT")):
            shutil.rmtree(location / old, ignore_errors=True)  # Windows: stays while a reader has it open
    return name


def note_in(folder: Path, note: str) -> str | None:
    """What a generation, finished or not, keeps under a name; None where there is nothing, or it is damaged.

    Nobody depends on a note: without one something is not shown, or is made anew.
    """
    file = folder / f"{note}{NOTE}"
    try:
        content = file.read_bytes()
        known = _known(folder).get(file.name)
        if known is None or hashlib.sha256(content).hexdigest() == known["sha256"]:
            return content.decode("utf-8")
        problem = "内容不符"
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        problem = str(error)
    log.warning("索引里的 %s/%s 已损坏（%s），当作没有，下次更新索引时重写。", folder.name, file.name, problem)
    return None


def _known(folder: Path) -> dict[str, FileFacts]:
    """What is known of the files of a generation, finished or not."""
    try:
        return linked(folder) if folder.suffix == ".tmp" else _manifest(folder)["files"]
    except (OSError, ValueError):
        return {}


def _fitting(generation: Generation) -> Generation:
    if not fingerprint.fits(generation.manifest["fingerprint"], lambda: note_in(generation.path, office.NOTE)):
        raise IndexUnusable(f"索引是另一版本的程序或词典建立的，不能与现在的混用。{BUILD} 更新。")
    return generation


def _names(location: Path) -> list[str]:
    """The finished generations, oldest first."""
    try:
        return sorted((item.name for item in location.iterdir() if _NAME.fullmatch(item.name)), key=_number)
    except OSError:
        return []


def _number(name: str) -> int:
    """Of a generation, by its name."""
    return int(name[1:].partition("-")[0])


def _manifest(folder: Path) -> Manifest:
    """Raises OSError or ValueError where there is none, or not all that is asked of it."""
    manifest: Manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    try:
        sound = isinstance(manifest["fingerprint"], str) and isinstance(manifest["documents"], int)
        for facts in manifest["files"].values():
            sound &= isinstance(facts["size"], int) and isinstance(facts["sha256"], str)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(_MANIFEST) from error
    if not sound:
        raise ValueError(_MANIFEST)
    return manifest


def _link(source: Path, target: Path) -> None:
    """A second name for a file that is never changed in place; a copy where the file system has no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def linked(building: Path) -> dict[str, FileFacts]:
    """What is known of the files that are those of the current generation, not copies: they need no reading again."""
    before = building.parent / current_name(building.parent)
    try:
        files = _manifest(before)["files"]
        return {
            name: facts
            for name, facts in files.items()
            if (building / name).exists() and (building / name).samefile(before / name)
        }
    except (OSError, ValueError):
        return {}


def _replace(file: Path, content: Note) -> None:
    """Writes a whole file so that readers see the old or the new one; never through a link's shared content."""
    temporary = file.with_name(file.name + ".new")
    try:
        with temporary.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(pieces(content))
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _sync(path: Path) -> None:
    """Makes a file or folder survive a power cut; folders can't be opened on Windows, which needs none."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256(file: Path) -> str:
    """Of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _try_lock(file: IO[str]) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            # Byte 4096 lies beyond the text, so that the holder's number stays readable.
            file.seek(4096)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        log.exception("%s", file.name)
        raise IndexUnusable(
            f"索引所在的磁盘或共享不能加锁（{error.strerror}），没有动索引。请用 --index 把索引放到本机磁盘上。"
        ) from error
    return True
