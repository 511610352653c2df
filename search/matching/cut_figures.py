"""A wording that begins or ends inside a figure, as a copied fragment may: 6亿元用于… of 3.6亿元用于…"""

from __future__ import annotations

from search.matching.nearly import SHORTEST

# Different writings of one wording that are taken from one text, and characters of a figure that are looked at.
_MOST, _LONGEST = 8, 20
_DIGITS = frozenset("0123456789")
_INSIDE = _DIGITS | {".", ","}


def found_in(wording: str, folded: str) -> tuple[str, ...]:
    """The wording with the whole of the figures at its ends, where a folded text has them longer; none of a short
    wording, which another figure may hold by chance: 100元 is not in 2100元."""
    if len(wording) < SHORTEST or not (wording[0] in _DIGITS or wording[-1] in _DIGITS):
        return ()
    found: dict[str, None] = {}
    at = folded.find(wording)
    while at >= 0 and len(found) < _MOST:
        end = at + len(wording)
        before = _rest(folded[max(0, at - _LONGEST) : at][::-1])[::-1] if wording[0] in _DIGITS else ""
        behind = _rest(folded[end : end + _LONGEST]) if wording[-1] in _DIGITS else ""
        if before or behind:
            found[before + wording + behind] = None
        at = folded.find(wording, end)
    return tuple(found)


def is_cut(wording: str, written: str) -> bool:
    """Whether a text is the wording with the whole of the figures at its ends, and nothing else."""
    return written in found_in(wording, written)


def whole_figures(wording: str, written: str) -> tuple[str, ...]:
    """The figures that the wording has only a part of, as the text has them."""
    before, _, behind = written.partition(wording)
    first = before + wording[: _figure(wording)] if before else ""
    last = wording[len(wording) - _figure(wording[::-1]) :] + behind if behind else ""
    return tuple(filter(None, (first, last)))


def _rest(folded: str) -> str:
    """How a figure goes on that stands before a text; a sign that no digit follows is none of it."""
    return folded[: _figure(folded)].rstrip(".,")


def _figure(folded: str) -> int:
    """How many characters of a figure a text begins with."""
    return next((at for at, char in enumerate(folded) if char not in _INSIDE), len(folded))
