"""What readers report of a document: a few words, no name, no address; kept beside the index until a keeper is done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from secrets import token_hex

from search.text import personal
from web.keeper import journal
from web.keeper.journal import Line

MOST = 500  # reports that wait; more are refused until some are done
A_DAY = 100  # taken in on one day
CHARACTERS = 500  # of a report
_BYTES = 2_000_000  # read of the file: five hundred reports of four bytes a character are one


class Full(Exception):
    """The message is Chinese and goes to the reader."""


def waiting(path: Path) -> list[Line]:
    """The oldest first. Raises OSError."""
    return [one for one in journal.read(path, _BYTES) if {"number", "id", "day", "said", "title"} <= one.keys()]


def take(path: Path, id: str, title: str, said: str) -> None:
    """Keeps a report, numbers of persons masked. Raises Full or OSError."""
    today = f"{date.today()}"
    line = {"number": token_hex(8), "day": today, "id": id, "title": title, "said": personal.masked(said)}

    def more(lines: list[Line]) -> Iterable[Line]:
        if len(lines) >= MOST or sum(one.get("day") == today for one in lines) >= A_DAY:
            raise Full("报来的问题太多，还没有看完，这一条没有收下；请过几天再报，或直接告诉管理人员。")
        return [*lines, line]

    journal.rewrite(path, _BYTES, more)


def done(path: Path, number: str) -> bool:
    """Takes a report away; whether it was there. Raises OSError."""
    there: list[Line] = []

    def fewer(lines: list[Line]) -> Iterable[Line]:
        there.extend(one for one in lines if one.get("number") == number)
        return [one for one in lines if one.get("number") != number]

    journal.rewrite(path, _BYTES, fewer)
    return bool(there)
