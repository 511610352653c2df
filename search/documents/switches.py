"""Settings that are yes or no and hold for the whole process: SPEECHES_SECRET, SPEECHES_PERSONAL."""

from __future__ import annotations

import os

_YES = frozenset(("1", "yes", "true", "on", "是"))
_NO = frozenset(("", "0", "no", "false", "off", "否"))


def admits_secret() -> bool:
    """Whether papers marked 绝密, 机密 or 秘密 may be on this machine. Raises ValueError for neither yes nor no."""
    return _switch("SECRET")


def shows_personal() -> bool:
    """Whether readers see the numbers of identity cards and mobile telephones. Raises as the other."""
    return _switch("PERSONAL")


def _switch(name: str) -> bool:
    return is_yes(os.environ.get(f"SPEECHES_{name}", ""), f"SPEECHES_{name}")


def is_yes(written: str, name: str) -> bool:
    """Raises ValueError, in Chinese, for what is neither yes nor no."""
    said = written.strip().lower()
    if said not in _YES | _NO:
        raise ValueError(f"{name} 应写 1（是）或 0（否），现为“{said}”；请改正")
    return said in _YES
