"""Which files a corpus folder has: all of them that could be documents, in the order of their names."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.readers import MAX_BYTES
from indexer.statements import statements
from search.documents.filenames import kept, on_disk

# What office programs and systems leave beside documents.
_LITTER = ("~$", ".~", "._", "Thumbs.db", "desktop.ini")
# By an old custom files about a folder have names in capitals (README, LICENSE, CHANGELOG, NOTES); quoting one as a
# speech would be worse than leaving it out with a reason.
_ABOUT = re.compile(r"[A-Z][A-Z_-]{3,}(?:\.[A-Za-z-]{2,5})?\.(?:md|txt)")


@dataclass(frozen=True, slots=True)
class File:
    """A file found: key is unique among all folders, name is its path in its own folder, with /; both as kept()."""

    path: Path
    corpus: Path
    name: str
    size: int
    mtime_ns: int
    key: str
    refused: str = ""  # why it is not even opened


def key_of(corpus: Path, name: str) -> str:
    """The same however the folder was written: relative, with a slash at the end, or whole."""
    return f"{kept(corpus.absolute().as_posix())}/{name}"


def scan(corpus: Path) -> Iterator[File]:
    """The files of a folder; hidden ones, links, office litter and tables about the files are left out.

    Raises FileNotFoundError where there is no such folder.
    """
    if not corpus.is_dir():
        raise FileNotFoundError(f"找不到文档文件夹 {corpus}。请用 --corpus 指明，或设置 SPEECHES_CORPUS。")
    # A path is taken apart once a folder: of 20,000 files a fifth of a second.
    whole = key_of(corpus, "")
    for folder, folders, names in os.walk(corpus):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        place = kept("".join(f"{part}/" for part in Path(folder).relative_to(corpus).parts))
        for name in sorted(names):
            if not name.startswith((".", *_LITTER)):
                written = place + kept(name)
                found = _file(corpus, Path(folder, name), written, whole + written)
                if found:
                    yield found


def file_at(corpus: Path, name: str) -> File | None:
    """The file of that name; None for a link, for what says something about files, and where there is none any more."""
    return _file(corpus, corpus / on_disk(name), name, key_of(corpus, name))


def _file(corpus: Path, path: Path, name: str, key: str) -> File | None:
    try:
        facts = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(facts.st_mode) or statements.says_something(name):
        return None
    return File(path, corpus, name, facts.st_size, facts.st_mtime_ns, key, _refusal(path.name, facts))


def sha256(found: File) -> str:
    """Of the file's bytes; empty for what is not opened or can't be."""
    try:
        return "" if found.refused else hashlib.sha256(found.path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _refusal(name: str, facts: os.stat_result) -> str:
    """Why a file is not opened at all; empty when it is."""
    if not stat.S_ISREG(facts.st_mode):
        return "不是普通文件（管道或设备）"
    if facts.st_size > MAX_BYTES:
        return f"文件太大（{facts.st_size >> 20} MB，上限 {MAX_BYTES >> 20} MB）；请拆分后再放入"
    if _ABOUT.fullmatch(name):
        return "文件名全是大写字母，应是这个文件夹的说明（如 README），不作文稿收录；确是文稿请改名"
    return ""
