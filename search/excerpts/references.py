"""What of a document was picked, as it stands in an address: 1b2c….5, 1b2c….5-6, 1b2c….5.3-20, a note behind a !.

A list of them in their order is a basket, whose address is all there is of it: no server keeps any.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from search.query.addresses import root

# Excerpts of a basket and characters of a note; more of either are told, not shown.
MOST, LONGEST_NOTE = 200, 200
_REFERENCE = re.compile(r"([0-9a-f]{16})\.(\d{1,6})(?:-(\d{1,6}))?(?:\.(\d{1,6})-(\d{1,6}))?(?:!(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reference:
    """Passages first to last of a document; begin and end: of their text, where only a part of it was picked."""

    document: str
    first: int
    last: int
    begin: int = 0
    end: int = 0
    note: str = ""

    def __str__(self) -> str:
        part = f".{self.begin}-{self.end}" if self.end else ""
        return _place(self.document, self.first, self.last) + part + (f"!{self.note}" if self.note else "")


def picking_address(document: str, first: int, last: int = 0) -> str:
    """The basket of passages first to last of a document alone, to which its link ＋摘录 leads: forty on a page, and
    hundreds on that of a document, so it is written and not looked up as a route."""
    return f"{root.get()}/basket?e={_place(document, first, last)}"


def _place(document: str, first: int, last: int) -> str:
    return f"{document}.{first}-{last}" if last > first else f"{document}.{first}"


def read(written: Iterable[str]) -> tuple[tuple[Reference, ...], int]:
    """The references in their order, none twice, and how many of those written are none."""
    found: dict[tuple[object, ...], Reference] = {}
    strange = 0
    for one in written:
        if reference := _reference(one):
            place = (reference.document, reference.first, reference.last, reference.begin, reference.end)
            found.setdefault(place, reference)
        else:
            strange += 1
    return tuple(found.values()), strange


def _reference(written: str) -> Reference | None:
    found = _REFERENCE.fullmatch(written.strip())
    if not found:
        return None
    document, first, last, begin, end, note = found.groups(default="")
    reference = Reference(
        document, int(first), int(last or first), int(begin or 0), int(end or 0), " ".join(note.split())[:LONGEST_NOTE]
    )
    turned = reference.last < reference.first or (bool(end) and reference.end <= reference.begin)
    return None if turned or reference.first < 1 else reference


def in_address(address: str) -> list[str]:
    """The references that somebody pastes: the address of a basket, or its part behind the question mark."""
    try:
        asked = urlsplit(address.strip()).query or address.strip().lstrip("?")
        return parse_qs(asked, max_num_fields=10 * MOST).get("e", [])
    except ValueError:
        return []


def written(references: Sequence[Reference]) -> str:
    return "&".join(f"e={quote(str(one), safe='!.-')}" for one in references)


def basket_address(references: Sequence[Reference], form: str = "") -> str:
    """The page of a basket; form: .docx, .md, .csv for a file to take away."""
    return f"{root.get()}/basket{form}" + (f"?{written(references)}" if references else "")
