"""The settings that an office writes down once: speeches.toml, beside the folder of the index."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

NAME = "speeches.toml"
_MOST_BYTES = 100_000  # of the file; it has a dozen lines


def beside(index: str) -> Path:
    """Where the settings of an index are looked for; those of an index elsewhere, or of the usual one, lie here."""
    return Path(NAME) if "://" in index else Path(index).parent / NAME


def written(path: Path, names: Collection[str]) -> dict[str, str]:
    """What the file says, as the environment would say it; empty where there is no file. names: the settings there are.

    Folders are taken from the folder of the file. Raises ValueError, in Chinese, for a file that cannot be followed.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ValueError(f"读不了设置文件 {path}（{error.strerror}）；请核对权限，或移走它") from error
    if len(content) > _MOST_BYTES:
        raise ValueError(f"设置文件 {path} 太大，不像是设置；请核对，或移走它")
    try:
        said = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"设置文件 {path} 不是 UTF-8；请用记事本另存为 UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ValueError(f'设置文件 {path} 写得不对（{error}）；每行应写作 名称 = "值"') from error
    if unknown := [name for name in said if name not in names]:
        raise ValueError(f"设置文件 {path} 里没有“{unknown[0][:40]}”这一项；可以写的有 {'、'.join(sorted(names))}")
    return {name: _text(path, name, value) for name, value in said.items()}


def _text(path: Path, name: str, value: object) -> str:
    parts = value if isinstance(value, list) else [value]
    if not all(isinstance(part, str | int) and not isinstance(part, bool) for part in parts):
        raise ValueError(f'设置文件 {path} 里 {name} 的值不对；应写作 {name} = "值"')
    texts = [str(part).strip() for part in parts]
    if name in ("index", "corpus", "key"):
        texts = [text if "://" in text or not text else str(path.parent / text) for text in texts]
    return (os.pathsep if name == "corpus" else ",").join(texts)
