"""The addresses of files in static/."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import (
    current_app,
    request,
)

A_YEAR = 31_536_000  # seconds a browser may keep a file of static/: its address changes with its content


def asset(name: str) -> str:
    """Address of a file in static/ that changes with its content, so that browsers may keep it."""
    static = current_app.static_url_path
    return f"{request.script_root}{static}/{name}?v={digest(current_app.static_folder or '', name)}"


@cache
def digest(folder: str, name: str) -> str:
    return hashlib.sha256(Path(folder, name).read_bytes()).hexdigest()[:12]
