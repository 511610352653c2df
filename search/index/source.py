"""Where the documents of an index come from, kept in it, so that nobody has to say it again with every command."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from search.documents.filenames import kept, on_disk

# The name under which it is kept beside an index.
NOTE = "source"


def dumps(corpora: Sequence[Path], location: str) -> str:
    """The folders, whole and as they lie from where the index lies, for both may be moved together."""
    above = _above(location)
    whole = [os.path.normpath(one.absolute()) for one in corpora]
    return json.dumps(
        [{"path": kept(one), "beside": kept(os.path.relpath(one, above))} for one in whole], ensure_ascii=False
    )


def loads(stored: str | None, location: str) -> tuple[Path, ...]:
    """The inverse of dumps(); none where nothing was kept, or something else."""
    try:
        return tuple(_there(one["path"], one["beside"], location) for one in json.loads(stored or "[]"))
    except (ValueError, TypeError, KeyError, AttributeError):
        return ()


def _there(path: str, beside: str, location: str) -> Path:
    """The folder that is there of the two it may be; the first where neither is."""
    first, second = Path(on_disk(path)), Path(os.path.normpath(_above(location) / on_disk(beside)))
    return second if second.is_dir() and not first.is_dir() else first


def _above(location: str) -> Path:
    return Path(location).absolute().parent
