"""Patterns that are made when they are asked about are those that re.compile() makes."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from search.text.patterns import lazy

ROOT = Path(__file__).resolve().parents[2]
TEXT = "县长某某讲话，局长某某讲话。"


def test_it_finds_what_the_pattern_finds() -> None:
    made, put_off = re.compile("(?P<who>[县局]长)某", re.A), lazy("(?P<who>[县局]长)某", re.A)
    assert put_off.pattern == made.pattern
    for one in (made, put_off):
        assert [found.span("who") for found in one.finditer(TEXT, 2)] == [(7, 9)]
    assert put_off.search(TEXT, 1, 9) is None
    assert put_off.sub("长", TEXT) == made.sub("长", TEXT)
    assert put_off.split(TEXT) == made.split(TEXT)
    assert (put_off.flags, put_off.groups, put_off.groupindex) == (made.flags, made.groups, made.groupindex)


def test_it_is_made_once_and_only_when_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    compiled = re.compile

    def counted(pattern: str, flags: int = 0) -> re.Pattern[str]:
        asked.append(pattern)
        return compiled(pattern, flags)

    monkeypatch.setattr("re.compile", counted)
    put_off = lazy("某{2}")
    assert (put_off.pattern, asked) == ("某{2}", [])
    assert all([put_off.search(TEXT), put_off.findall(TEXT), put_off.search(TEXT)])
    assert asked == ["某{2}"]


def test_what_no_pattern_has_it_has_not() -> None:
    assert not hasattr(lazy("某"), "size")


def test_every_pattern_that_is_put_off_can_be_made() -> None:
    """One with a slip in it would be found by the first document that needs it."""
    names = [
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for part in ("indexer", "search")
        for file in (ROOT / part).rglob("*.py")
        if re.search(r"\blazy\(", file.read_text(encoding="utf-8"))
    ]
    found = [one for name in names for one in vars(import_module(name)).values() if isinstance(one, type(lazy("")))]
    assert len(found) > 200
    for one in found:
        re.compile(one.pattern, one._flags)  # type: ignore[attr-defined]


def test_a_process_is_ready_to_read_without_them() -> None:
    loaded = "import indexer.understand, indexer.facts.speaking as speaking; print('match' in vars(speaking.GOES_ON))"
    told = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
