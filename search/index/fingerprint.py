"""Whether an index made before still fits what queries are turned into."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

from search.text import segmenter
from search.text.tables import LEXICON


@cache
def fingerprint() -> str:
    """Changes when an index made before would no longer fit what queries are turned into."""
    digest = hashlib.sha256(f"jieba {segmenter.VERSION} {sys.byteorder}\n".encode())
    code = [
        Path(__file__).parent.parent / name
        for name in ("index/analysis.py", "documents/work_lines.py", "index/schema.py")
    ]
    code += Path(__file__).parent.parent.joinpath("text").glob("*.py")
    for file in sorted([*code, *LEXICON.iterdir()]):
        digest.update(file.name.encode() + b"\n" + file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]
