"""The settings: defaults, then environment variables SPEECHES_*, then options of a command."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the index and the documents are and how pages are served."""

    index: str = "index"  # a folder, or the address of an engine elsewhere
    corpus: tuple[Path, ...] = (Path("corpus"),)
    engine: str = "whoosh"
    host: str = "127.0.0.1"
    port: int = 5000
    hosts: tuple[str, ...] = ()  # names under which readers reach it; any where none is given

    @classmethod
    def from_env(
        cls,
        *,
        index: str | Path | None = None,
        corpus: tuple[Path, ...] = (),
        engine: str | None = None,
        host: str | None = None,
        port: int | None = None,
    ) -> Settings:
        """Options given here win over the environment; SPEECHES_CORPUS separates folders as PATH does.

        Raises ValueError, in Chinese, for a value that can't be.
        """
        default = cls()
        folders = [Path(part) for part in _env("CORPUS").split(os.pathsep) if part]
        return cls(
            index=str(index or _env("INDEX") or default.index),
            corpus=corpus or tuple(folders) or default.corpus,
            engine=engine or _env("ENGINE") or default.engine,
            host=host or _env("HOST") or default.host,
            port=_port(port if port is not None else _env("PORT") or default.port),
            hosts=tuple(_env("HOSTS").replace(",", " ").split()),
        )


def _env(name: str) -> str:
    return os.environ.get(f"SPEECHES_{name}", "").strip()


def _port(value: int | str) -> int:
    try:
        port = int(value)
    except ValueError:
        port = 0
    if not 1 <= port <= 65535:
        raise ValueError(f"端口应为 1 到 65535 之间的数，现为“{value}”；请改正 SPEECHES_PORT 或 --port")
    return port
