"""The files of the corpus as they came."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import abort, g

from search.documents import filenames
from search.documents.document import Original
from search.index import source
from web.served import engine, settings


class NoOriginal(Exception):
    """There is the document, but not now the file it was read from; the message is Chinese and says why."""


def folders() -> tuple[Path, ...]:
    """Where the files are: in the folders that were named, and in those that the index was made from. Read once a
    request: a page may name five hundred files."""
    if "folders" not in g:
        recorded = source.loads(engine().note(source.NOTE), settings().index)
        g.folders = tuple(dict.fromkeys((*settings().corpus, *recorded)))
    found: tuple[Path, ...] = g.folders
    return found


def named(file: str) -> str:
    """A file as readers know it: from its corpus folder on; where the folder lies is nobody's business.

    file: its key, as filenames.kept() writes it.
    """
    path = Path(filenames.on_disk(file)).resolve()
    inside_of = (folder.resolve() for folder in folders() if path.is_relative_to(folder.resolve()))
    name = next((path.relative_to(folder).as_posix() for folder in inside_of), path.name)
    return filenames.shown(filenames.kept(name))


def original_bytes(file: Original) -> bytes:
    """The bytes that were indexed. Raises NoOriginal where no corpus folder has the file; 409 where it has changed."""
    name, contents, unread = filenames.on_disk(file.path), list[bytes](), False
    for folder in folders():
        try:
            contents += [path.read_bytes() for path in inside(folder, name)]
        except OSError:
            unread = True
    for content in contents:
        if hashlib.sha256(content).hexdigest() == file.sha256:
            return content
    if contents:
        abort(409)
    if unread or not any(folder.is_dir() for folder in folders()):
        raise NoOriginal("现在读不到这份原文件：文件夹可能没有连上，或者没有权限。")
    if engine().note(source.NOTE) is None:
        raise NoOriginal("索引里没有记着原文件放在哪个文件夹，现在设置的文件夹里没有它。")
    raise NoOriginal("放文件的文件夹里已没有这份原文件，可能移走或改名了。")


def inside(folder: Path, name: str) -> tuple[Path, ...]:
    """The file of that name in the folder, or nothing: not outside it and not by way of a link."""
    root = folder.resolve()
    path = root / name
    genuine = path.is_file() and path.resolve() == path and root in path.parents
    return (path,) if genuine else ()
