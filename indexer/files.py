"""Which files a corpus folder has: all of them that could be documents, in the order of their names."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.extract import why
from indexer.readers import too_large
from indexer.statements import statements
from search.documents.filenames import kept, on_disk

# What office programs and systems leave beside documents.
_LITTER = ("~$", ".~", "._", "Thumbs.db", "desktop.ini")
# By an old custom files about a folder have names in capitals (README, LICENSE, CHANGELOG, NOTES); quoting one as a
# speech would be worse than leaving it out with a reason.
_ABOUT = re.compile(r"[A-Z][A-Z_-]{3,}(?:\.[A-Za-z-]{2,5})?\.(?:md|txt)")


@dataclass(frozen=True, slots=True)
class File:
    """A file found: key is unique among all folders, name is its path in its own folder, with /; both as kept().

    mtime_ns: when it was last changed, as _changed() has it.
    """

    corpus: Path
    name: str
    size: int
    mtime_ns: int
    key: str
    refused: str = ""  # why it is not even opened

    @property
    def path(self) -> Path:
        """Made when asked for: of a run of 170,000 files the paths would be 65 MB."""
        return self.corpus / on_disk(self.name)


@dataclass(frozen=True, slots=True)
class Unseen:
    """A file or a folder that is there and cannot be looked into: nobody knows what has become of what is in it."""

    name: str  # as File's; empty for the corpus folder itself
    key: str
    reason: str

    def holds(self, key: str) -> bool:
        """Whether a file is this one or in it."""
        return key == self.key or key.startswith(f"{self.key}/")


def key_of(corpus: Path, name: str) -> str:
    """The same however the folder was written: relative, with a slash at the end, or whole."""
    return f"{kept(corpus.absolute().as_posix())}/{name}"


def once(corpora: Sequence[Path]) -> tuple[Path, ...]:
    """Each folder once, as it was written first: c, c/s/.. and a link to c are the same."""
    written: dict[str, Path] = {}
    for corpus in corpora:
        written.setdefault(os.path.realpath(corpus), corpus)
    return tuple(written.values())


def found_in(corpora: Sequence[Path], *, apart: Path) -> list[File | Unseen]:
    """What is in the folders; of folders that lie in each other everything once, as the first of them has it."""
    found: dict[str, File | Unseen] = {}
    for corpus in corpora:
        for one in scan(corpus, apart):
            found.setdefault(one.key, one)
    return [*found.values()]


def scan(corpus: Path, apart: Path | None = None) -> Iterator[File | Unseen]:
    """The files of a folder; hidden ones, office litter and tables about the files are left out.

    Links are not followed, as they could lead round in a circle or out of the folder: each is a file that is refused.

    apart: a folder that is passed over, as the index is where somebody keeps it among the documents.

    What cannot be looked into is told, for a file that is not seen need not be gone.

    Raises FileNotFoundError where there is no such folder.
    """
    if not corpus.is_dir():
        problem = f"{corpus} 是一个文件，不是文件夹" if corpus.exists() else f"找不到文档文件夹 {corpus}"
        raise FileNotFoundError(f"{problem}。请用 --corpus 指明，或设置 SPEECHES_CORPUS。")
    apart = apart and _beside(corpus, apart)
    # A path is taken apart once a folder: of 20,000 files a fifth of a second.
    whole = key_of(corpus, "")
    closed: list[OSError] = []
    for folder, folders, names in os.walk(corpus, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and Path(folder, name) != apart)
        place = kept("".join(f"{part}/" for part in Path(folder).relative_to(corpus).parts))
        within = os.path.join(folder, "")  # noqa: PTH118 - a Path for each file takes half of the time of all this
        for name in sorted([*names, *(one for one in folders if _is_link(Path(folder, one)))]):
            if not name.startswith((".", *_LITTER)):
                written = place + kept(name)
                found = _file(corpus, within + name, name, written, whole + written)
                if found:
                    yield found
    yield from (_closed(corpus, error) for error in closed if not isinstance(error, FileNotFoundError))


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:  # then it cannot be listed either, which is told
        return False


def _beside(corpus: Path, folder: Path) -> Path:
    """A folder as walking the corpus names it, however it was written; as it is where it lies elsewhere."""
    whole, top = folder.resolve(), corpus.resolve()
    return corpus / whole.relative_to(top) if whole.is_relative_to(top) else folder


def file_at(corpus: Path, name: str) -> File | None:
    """The file of that name; None for what says something about files, and where there is none to see."""
    path = corpus / on_disk(name)
    found = _file(corpus, str(path), path.name, name, key_of(corpus, name))
    return found if isinstance(found, File) else None


def closed(found: File) -> Unseen | None:
    """The file as one that cannot be opened now; None for one that can, or that is gone."""
    try:
        with found.path.open("rb") as stream:
            stream.read(1)
    except FileNotFoundError:
        return None
    except OSError as error:
        return Unseen(found.name, found.key, why(error))
    return None


def _closed(corpus: Path, error: OSError) -> Unseen:
    """The folder that an error of listing is about; the whole corpus where it does not say."""
    name = kept(Path(error.filename or corpus).relative_to(corpus).as_posix())
    name = "" if name == "." else name
    return Unseen(name, key_of(corpus, name).rstrip("/"), why(error))


def _file(corpus: Path, path: str, alone: str, name: str, key: str) -> File | Unseen | None:
    """path: where it lies, alone: the last part of that; name, key: as File has them."""
    if statements.says_something(name):
        return None
    try:
        facts = os.lstat(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        return Unseen(name, key, why(error))
    return File(corpus, name, facts.st_size, _changed(facts), key, _refusal(alone, facts))


def _changed(facts: os.stat_result) -> int:
    """When a file was last changed, in ns since 1970: by its date, or by the system's own note, which is later where
    another file came in its place with the old date (cp -p, rsync -t). Windows keeps no such note."""
    return facts.st_mtime_ns if os.name == "nt" else max(facts.st_mtime_ns, facts.st_ctime_ns)


def sha256(found: File) -> str:
    """Of the file's bytes; empty for what is not opened or can't be."""
    try:
        return "" if found.refused else hashlib.sha256(found.path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _refusal(name: str, facts: os.stat_result) -> str:
    """Why a file is not opened at all; empty when it is."""
    if stat.S_ISLNK(facts.st_mode):
        return "是链接，没有跟随；请放入文件本身，链接的文件夹请另用 --corpus 指明"
    if not stat.S_ISREG(facts.st_mode):
        return "不是普通文件（管道或设备）；请移走"
    if reason := too_large(facts.st_size):
        return reason
    if _ABOUT.fullmatch(name):
        return "文件名全是大写字母，应是这个文件夹的说明（如 README），不作文稿收录；确是文稿请改名"
    return ""
