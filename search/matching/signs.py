"""The same wording with other signs in it: commas, quotes, brackets, dashes, dots, blanks, ends of paragraphs."""

from __future__ import annotations

import re
from functools import lru_cache

# Characters of the shortest wording: of three (一二三), one with a sign in it is mostly another.
SHORTEST = 4
# Different writings of one wording that are taken from one text.
_MOST = 8
# Signs in a row: 。”《 and the end of a paragraph; the end of a sentence only where the wording has a sign itself.
_ANY, _NO_END = r"[\W_]{0,6}", r"[^\w。!?;\n]{0,6}"
# How far a character may thus be behind the one before it, at least and at most.
APART = 1, 7
_DOTS = "·•‧・."
_DOT = re.compile(rf"(?<=[\u4e00-\u9fff])[{_DOTS}](?=[\u4e00-\u9fff])")
_SIGN = re.compile(r"[\W_]+")
_DASH = re.compile(r"[-–—~－]")


def bare(folded: str) -> str:
    """A folded text without its signs and blanks."""
    return _SIGN.sub("", folded)


def dotted(wording: str) -> tuple[str, ...]:
    """A name with the other dots that are written in it: 买买提•艾山 for 买买提·艾山."""
    if not _DOT.search(wording):
        return ()
    return tuple(one for dot in _DOTS if (one := _DOT.sub(dot, wording)) != wording)


def found_in(wording: str, folded: str) -> tuple[str, ...]:
    """The ways in which a folded text writes a wording, other than as it stands; none of a short one."""
    # Most texts lack some character of it, which is sooner seen than that none of them has its beginning anywhere, and
    # where all lack one, no pattern has to be made.
    if not all(char in folded for char in bare(wording)) or (pattern := _pattern(wording)) is None:
        return ()
    found: dict[str, None] = {}
    for match in pattern.finditer(folded):
        found[match[0]] = None
        if len(found) > _MOST:
            break
    found.pop(wording, None)
    return tuple(found)


def is_same_wording(wording: str, written: str) -> bool:
    """Whether a text is the wording and nothing else, written otherwise."""
    pattern = _pattern(wording)
    return pattern is not None and written != wording and pattern.fullmatch(written) is not None


@lru_cache(maxsize=256)
def _pattern(wording: str) -> re.Pattern[str] | None:
    if len(bare(wording)) < SHORTEST:
        return None
    at, parts = 0, []
    for sign in [*_SIGN.finditer(wording), None]:
        end = sign.start() if sign else len(wording)
        parts.append(_run(wording[at:end]))
        at = sign.end() if sign else end
        if sign and parts[0] and at < len(wording):
            parts.append(_between(wording[sign.start() - 1 : sign.start()], sign[0], wording[at]))
    return re.compile("".join(parts))


def _run(run: str) -> str:
    """A run without signs: some may stand between any two characters, but in no figure and no Latin word."""
    pieces = re.findall(r"[0-9a-z]+|[^0-9a-z]", run)
    return _NO_END.join(map(re.escape, pieces))


def _between(before: str, sign: str, behind: str) -> str:
    """What may stand in the place of a sign: in a figure only itself, nothing or any other elsewhere."""
    if before.isdecimal() and behind.isdecimal():
        return r"(?:[\W_]{1,6}|至|到)" if _DASH.search(sign) else r"[\W_]{1,6}" if sign not in ".," else re.escape(sign)
    return _ANY
