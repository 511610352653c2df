"""Files that a keeper drops: each under a safe name in a folder of its own, never in the place of another."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import IO

from indexer.extract import why
from indexer.readers import REFUSED, too_large
from indexer.statements.statements import says_something
from search.documents.formats import BY_SUFFIX

FOLDER = "上传"  # in the corpus folder
MOST_FILES = 300  # at once
MOST_BYTES = 300_000_000  # of all of them
_LONGEST = 180  # bytes of a name; systems take 255
_NAMESAKES = 100
_FORBIDDEN = re.compile(r'[<>:"|?*/\\]')


@dataclass(frozen=True, slots=True)
class Received:
    """name: as it came, for people. kept: under which name it lies there now; empty where it was not taken. told: why
    not, or what else there is to say."""

    name: str
    kept: str
    told: str = ""


def safe(written: str) -> str:
    """The last part of what may be a path, without what steers or hides; may be empty."""
    name = written.replace("\\", "/").rpartition("/")[2]
    name = "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    stem, dot, suffix = _FORBIDDEN.sub("_", name).strip().lstrip(".~ ").rstrip(". ").rpartition(".")
    stem, suffix = (stem, suffix) if dot else (suffix, "")
    room = _LONGEST - len(suffix.encode()) - 1
    stem = stem.encode()[: max(0, room)].decode("utf-8", "ignore").strip()
    return f"{stem}{dot}{suffix}" if stem else ""


def receive(corpus: Path, written: str, stream: IO[bytes]) -> Received:
    """Takes one file; whatever is wrong with it, or with the disk, becomes a sentence."""
    name, shown = safe(written), safe(written) or "（没有文件名）"
    if reason := _refusal(name, stream):
        return Received(shown, "", reason)
    folder = corpus / FOLDER
    part = folder / f".{token_hex(8)}.part"
    try:
        folder.mkdir(exist_ok=True)
        with part.open("xb") as file:
            shutil.copyfileobj(stream, file)
            file.flush()
            os.fsync(file.fileno())
        return _placed(part, folder, name)
    except OSError as error:
        return Received(shown, "", f"没有收下：{why(error)}")
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _refusal(name: str, stream: IO[bytes]) -> str:
    suffix = Path(name).suffix.lower()
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    if not name:
        return "没有收下：文件名里没有可用的字；请改名后再放"
    if says_something(name):
        return "没有收下：这个名字留给来源表、校正等用；请改名后再放"
    if suffix in REFUSED:
        return f"没有收下：{REFUSED[suffix]}"
    if suffix not in BY_SUFFIX:
        return f"没有收下：不认识 {suffix or '没有后缀的'} 文件；请另存为 docx、txt 或有文字的 pdf"
    if reason := too_large(size):
        return f"没有收下：{reason}"
    return "" if size else "没有收下：是空文件，里面没有内容；请核对后再放"


def _placed(part: Path, folder: Path, name: str) -> Received:
    """Gives what was written its name, or another one where a file of that name is there and is not the same."""
    stem, suffix = Path(name).stem, Path(name).suffix
    for number in range(1, _NAMESAKES):
        chosen = name if number == 1 else f"{stem} ({number}){suffix}"
        try:
            os.link(part, folder / chosen)  # fails where there is one, unlike renaming
        except FileExistsError:
            if _digest(part) == _digest(folder / chosen):
                return Received(name, chosen, "已有一字不差的同名文件，不必再放")
            continue
        except OSError:
            if (folder / chosen).exists():
                continue
            part.rename(folder / chosen)  # file systems without links
        return Received(name, chosen, "" if number == 1 else f"已有同名而内容不同的文件，这一个存为“{chosen}”")
    return Received(name, "", "没有收下：同名的文件太多；请改名后再放")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
