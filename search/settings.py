"""The settings: defaults, then the settings file, then environment variables SPEECHES_*, then options of a command."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from search import settings_file
from search.documents.filenames import kept
from search.documents.switches import admits_secret, is_yes, shows_personal
from search.engines import store_of
from search.errors import IndexUnusable
from search.index import source

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the index and the documents are and how pages are served."""

    index: str = "index"  # a folder, or the address of an engine elsewhere
    corpus: tuple[Path, ...] = (Path("corpus"),)
    engine: str = "whoosh"
    host: str = "127.0.0.1"
    port: int = 5000
    url: str = ""  # under which readers reach it, with the path a proxy has it at; without / at the end
    secret: bool = False  # switches.admits_secret()
    personal: bool = False  # switches.shows_personal()
    hosts: tuple[str, ...] = ()  # names under which readers reach it; any where none is given
    keeper: bool = False  # whether there is a page for keepers (web/keeper/); from this machine only without a key
    key: str = ""  # the file with the key of that page
    searches: bool = False  # whether searches that found nothing are noted (web/searches.py)

    def beside(self, name: str) -> Path:
        """A file of that name next to the index and named for it; of an index elsewhere, where the program runs."""
        place = Path(self.index)
        return Path(name) if "://" in str(self.index) else place.parent / f"{place.name}-{name}"

    @classmethod
    def from_env(
        cls,
        *,
        index: str | Path | None = None,
        corpus: tuple[Path, ...] = (),
        engine: str | None = None,
        host: str | None = None,
        port: int | None = None,
        to_build: bool = False,
    ) -> Settings:
        """Options given here win over the environment, and that over the file; SPEECHES_CORPUS is written as PATH is.

        Where no folders are given they are those that the index was made from; where no index is given, folders other
        than those of the usual one have an index of their own.

        Raises ValueError, in Chinese, for a value that can't be; to_build: also where no folders are given and an index
        is there that does not say of which it was made, for its documents would make place for the samples.
        """
        default = cls()
        # the switches hold for every process there is, and nobody turns one by a line in a file he was sent
        names = [field.name for field in fields(cls) if field.name not in ("secret", "personal")]
        env = {name: value for name in names if (value := os.environ.get(f"SPEECHES_{name.upper()}", "").strip())}
        file = settings_file.beside(str(index or env.get("index", default.index)))
        said = {**dict.fromkeys(names, ""), **settings_file.written(file, names), **env}
        folders = corpus or tuple(Path(part) for part in said["corpus"].split(os.pathsep) if part)
        engine = engine or said["engine"] or default.engine
        place = str(index or said["index"])
        if not place:
            usual = _recorded(engine, default.index)
            place = _own(folders) if folders and usual and not _overlap(folders, usual) else default.index
        recorded = folders or _recorded(engine, place)
        if to_build and not recorded and _is_silent(engine, place):
            raise ValueError(
                f"索引 {place} 里没有写明它的文档在哪个文件夹（记录已损坏，或者不是由文件建立的）；"
                "请用 --corpus（或 SPEECHES_CORPUS）写明"
            )
        return cls(
            index=place,
            corpus=recorded or default.corpus,
            engine=engine,
            host=host or said["host"] or default.host,
            port=_port(port if port is not None else said["port"] or default.port),
            url=_url(said["url"]),
            secret=admits_secret(),
            personal=shows_personal(),
            hosts=tuple(said["hosts"].replace(",", " ").split()),
            keeper=_keeper(said["keeper"], said["key"], host or said["host"] or default.host),
            key=said["key"],
            searches=is_yes(said["searches"], "SPEECHES_SEARCHES（设置文件里的 searches）"),
        )


def _recorded(engine: str, index: str) -> tuple[Path, ...]:
    """The folders that an index was made from; none where there is no index, or it does not say."""
    try:
        return source.loads(store_of(engine, index).last_note(source.NOTE), index)
    except IndexUnusable:  # no such engine: said when it is opened
        return ()


def _is_silent(engine: str, index: str) -> bool:
    """Whether an index is there that does not say of what it was made."""
    try:
        return not store_of(engine, index).is_empty()
    except IndexUnusable:  # said when it is opened
        return False


def _overlap(some: Sequence[Path], others: Sequence[Path]) -> bool:
    """Whether they have a folder in common, one inside the other counted: then they are one collection that grows."""
    first, second = ([Path(os.path.normpath(one.absolute())) for one in folders] for folders in (some, others))
    return any(one in (other, *other.parents) or other in one.parents for one in first for other in second)


def _own(folders: Sequence[Path]) -> str:
    """The name of the index of these folders, beside the usual one."""
    whole = sorted(kept(os.path.normpath(one.absolute())) for one in folders)
    return f"index-{hashlib.sha256(chr(0).join(whole).encode()).hexdigest()[:8]}"


def _url(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise ValueError(f"公开网址应写作 https://主机名/路径，现为“{value}”；请改正 SPEECHES_URL，或设置文件里的 url")
    return value.rstrip("/")


def _keeper(written: str, key: str, host: str) -> bool:
    """Whether there is a page for keepers; raises ValueError where everybody could come in."""
    wanted = is_yes(written, "SPEECHES_KEEPER（设置文件里的 keeper）")
    if wanted and not key and host not in LOOPBACK:
        raise ValueError(
            f"监听 {host}，别人也能访问，管理页就要有钥匙：请在设置文件里用 key 写明存放钥匙的文件（SPEECHES_KEY），"
            "或去掉 keeper"
        )
    return wanted


def _port(value: int | str) -> int:
    try:
        port = int(value)
    except ValueError:
        port = 0
    if not 1 <= port <= 65535:
        raise ValueError(
            f"端口应为 1 到 65535 之间的数，现为“{value}”；请改正 SPEECHES_PORT、--port，或设置文件里的 port"
        )
    return port
