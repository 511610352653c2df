"""Regular expressions that few texts need, each made when it is first asked about.

To make the 600 of reading took two thirds of the .8 s after which a process can read; ten documents ask about 400.
"""

from __future__ import annotations

import re
from typing import Any, cast

# What is used of a pattern.
_ASKED = (
    "findall",
    "finditer",
    "flags",
    "fullmatch",
    "groupindex",
    "groups",
    "match",
    "search",
    "split",
    "sub",
    "subn",
)


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern  # which stands in others
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """For what it does not have yet: from then on it has all, and is as fast as the pattern itself."""
        if name not in _ASKED:
            raise AttributeError(name)
        made = re.compile(self.pattern, self._flags)
        vars(self).update({one: getattr(made, one) for one in _ASKED})
        return getattr(made, name)


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """re.compile(), put off. Not for what most documents ask about: what stands in a process before others are split
    off is made once for all of them."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
