"""What a reader makes of a file: its lines or paragraphs as they stand, and what the page says of itself."""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class Unreadable(Exception):
    """A file that gives no text. reason is Chinese and says what to do; one file never stops a batch.

    again: it may be read another time (a program was too slow), so it is not refused once and for all.
    """

    def __init__(self, path: Path, reason: str, *, again: bool = False) -> None:
        super().__init__(f"{path}：{reason}")
        self.path = path
        self.reason = reason
        self.again = again


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def why(error: OSError) -> str:
    """In Chinese, why the system did not let a file or a folder be read or written."""
    if isinstance(error, FileNotFoundError):
        return "没有这个文件，可能已移走或改名；请核对后再运行"
    if isinstance(error, PermissionError):
        return "没有权限；请让管理员放开"
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return "这是一个文件，不是文件夹；请核对路径，或另选一个位置"
    if error.errno in _FULL:
        return "磁盘已满，或超过了限额；请腾出空间后再运行"
    return f"系统报错（{error.strerror or error}）；请核对磁盘或共享是否正常"


@dataclass(frozen=True, slots=True)
class Block:
    """A line or a paragraph as the file has it; empty for a blank line.

    level: 1–6 for a heading of the format. whole: a paragraph also where the other blocks are lines. page: the first
    line of a page, where the format has pages. size: of its largest letters, in times the size that most letters of
    the file have; 1 where the format does not say.
    """

    text: str
    level: int = 0
    whole: bool = False
    page: bool = False
    size: float = 1.0


def times_usual(sizes: Sequence[float], texts: Sequence[str]) -> list[float]:
    """The sizes of lines or paragraphs, as Block.size has them; 0 stands for one that is not known."""
    counted: Counter[float] = Counter()
    for size, text in zip(sizes, texts, strict=True):
        counted[round(size, 1)] += len(text)
    del counted[0.0]
    usual = max(counted, key=counted.__getitem__, default=0.0)
    return [round(size / usual, 2) if size and usual else 1.0 for size in sizes]


@dataclass(frozen=True, slots=True)
class Hints:
    """Facts the page states beside its text (meta tags, front matter); empty where it says nothing."""

    title: str = ""
    date: str = ""  # of publication
    signed: str = ""  # of the paper it shows
    number: str = ""  # of an official paper
    source: str = ""
    issuer: str = ""
    address: str = ""  # where the page was published
    publisher: str = ""  # whose site it is
    subject: str = ""  # of a mail: its title where the text has none


NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Extract:
    """blocks in reading order. wrapped: they are lines, whose ends may lie inside a sentence; else paragraphs.

    replaced: characters that could not be decoded and stand as U+FFFD. left_out: what the reader took for no part of
    the text, each with its name; blocks and left_out together are all that the file shows. recognised: in pictures of
    it, so any character may be another, and some may be missing.
    """

    blocks: tuple[Block, ...]
    wrapped: bool
    hints: Hints = NO_HINTS
    replaced: int = 0
    left_out: tuple[tuple[str, str], ...] = ()
    recognised: bool = False
