"""How templates write what they are given: addresses, what stands in XML, times."""

from __future__ import annotations

import re


def here(address: str, path: str) -> str:
    """An address of the page at this path, from its question mark on: a hundred of them are a KB of a page."""
    return address.removeprefix(path) if address.startswith(f"{path}?") else address


def in_xml(shown: str) -> str:
    """Without the characters that no XML may hold."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", shown)


def seconds(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.3f}"
