"""Files that say something about other files, which are read in the process that must not hang."""

from __future__ import annotations

import stat
from pathlib import Path

# A line for each of 20,000 files is 4 MB.
_MOST = 50_000_000  # bytes


def content(path: Path) -> bytes:
    """The bytes of an ordinary file of a bearable size; OSError for another: a pipe is read for ever, and a link, which
    is no document either, could lead out of the folder."""
    facts = path.lstat()
    if stat.S_ISLNK(facts.st_mode):
        raise OSError("是链接，没有跟随；请放入文件本身")
    if not stat.S_ISREG(facts.st_mode):
        raise OSError("不是普通文件（管道或设备）")
    if facts.st_size > _MOST:
        raise OSError(f"文件太大（{facts.st_size // 1_000_000} MB，上限 {_MOST // 1_000_000} MB）")
    return path.read_bytes()
