"""What is installed of that which reads files and which not every machine has."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from shutil import which

# LibreOffice, by the names its program goes by.
OFFICE = ("soffice", "libreoffice")
_PACKAGES = ("docx", "pypdf", "rapidocr")


@cache
def tools() -> str:
    """Names them; where it says something else than before, what was refused is worth another try."""
    return " ".join([*filter(find_spec, _PACKAGES), *filter(which, OFFICE)])


def reads_scans() -> bool:
    """Whether text in pictures is recognised: requirements-scans.txt is installed."""
    return "rapidocr" in tools()
