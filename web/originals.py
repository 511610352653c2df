"""The files of the corpus as they came."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import (
    abort,
)

from search.documents import filenames
from search.documents.document import Original
from web.served import settings


def named(file: str) -> str:
    """A file as readers know it: from its corpus folder on; where the folder lies is nobody's business.

    file: its key, as filenames.kept() writes it.
    """
    path = Path(filenames.on_disk(file)).resolve()
    inside_of = (folder.resolve() for folder in settings().corpus if path.is_relative_to(folder.resolve()))
    name = next((path.relative_to(folder).as_posix() for folder in inside_of), path.name)
    return filenames.shown(filenames.kept(name))


def original_bytes(file: Original) -> bytes:
    """The bytes that were indexed. 404 where no corpus folder has the file, 409 where it has changed since."""
    name = filenames.on_disk(file.path)
    try:
        contents = [path.read_bytes() for folder in settings().corpus for path in inside(folder, name)]
    except OSError:
        abort(404, "现在读不到这份原文件：文件夹可能没有连上，或者没有权限。")
    for content in contents:
        if hashlib.sha256(content).hexdigest() == file.sha256:
            return content
    return abort(409 if contents else 404, None if contents else "语料文件夹里已没有这份原文件。")


def inside(folder: Path, name: str) -> tuple[Path, ...]:
    """The file of that name in the folder, or nothing: not outside it and not by way of a link."""
    root = folder.resolve()
    path = root / name
    genuine = path.is_file() and path.resolve() == path and root in path.parents
    return (path,) if genuine else ()
