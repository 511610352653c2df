"""The addresses of files in static/."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import request

A_YEAR = 31_536_000  # seconds a browser may keep a file of static/: its address changes with its content
_FOLDER = Path(__file__).resolve().parent.parent / "static"


def asset(name: str) -> str:
    """Address of a file in static/ that changes with its content, so that browsers may keep it."""
    return f"{request.script_root}/static/{name}?v={_digest(name)}"


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((_FOLDER / name).read_bytes()).hexdigest()[:12]
