"""Numbers of official papers (GB/T 9704: 民发〔2023〕12号), whatever brackets and blanks they are typed with."""

from __future__ import annotations

import re

from search.text.folding import fold
from search.text.patterns import lazy

_B = "[ \u3000\xa0]{0,2}"
# Folded, as wide brackets and wide figures become plain ones.
_NUMBER = lazy(
    rf"([\u4e00-\u9fff]{{1,12}}){_B}"
    rf"(?:[〔\[［【(〈<{{]{_B}((?:19|20)\d\d){_B}年?{_B}[〕\]］】)〉>}}]|((?:19|20)\d\d){_B}(?:年|-)){_B}第?{_B}(\d{{1,5}}){_B}(?:号|(?=$))"
)
_LIST = frozenset("、,，;；")


def number_at(text: str, at: int) -> tuple[str, int] | None:
    """The number that stands at text[at], as 民发〔2023〕12号, and where it ends; None where there is none.

    Each has the one form by which two are compared, of folded characters and without zeros before its figures.
    """
    found = _NUMBER.match(fold(text), at)
    return (_written(found), found.end()) if found else None


def numbers_at(text: str, at: int) -> tuple[str, int]:
    """The numbers that stand there with list signs between, joined by 、, and where the last ends; empty for none."""
    found: list[str] = []
    end = at
    while one := number_at(text, at):
        found.append(one[0])
        end = one[1]
        at = end + 1 if text[end : end + 1] in _LIST else len(text)
    return "、".join(found), end


def number_of(text: str) -> str:
    """The number that a text is, from its first character to its last; empty where it is none."""
    found = _NUMBER.fullmatch(fold(text.strip()))
    return _written(found) if found else ""


def _written(found: re.Match[str]) -> str:
    body, bracketed, bare, number = found.groups()
    return f"{body}〔{bracketed or bare}〕{int(number)}号"
