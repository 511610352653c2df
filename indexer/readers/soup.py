"""BeautifulSoup as the readers use it: what selects by CSS and what guesses encodings is loaded when somebody asks it,
which none of them does.

It is more than half of the .1 s in which BeautifulSoup is loaded, before the first file can be read.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType


def put_off(name: str) -> None:
    """Has a module loaded when something of it is first asked for; does nothing where it is loaded, or not there."""
    if name in sys.modules or find_spec(name) is None:
        return
    standing_in = ModuleType(name)

    def asked(what: str) -> object:
        if sys.modules.get(name) is standing_in:
            del sys.modules[name]
        module = import_module(name)
        vars(standing_in).update(vars(module))
        return getattr(module, what)

    standing_in.__getattr__ = asked  # type: ignore[method-assign]
    sys.modules[name] = standing_in


put_off("soupsieve")
put_off("charset_normalizer")

from bs4 import BeautifulSoup, NavigableString, Tag  # noqa: E402
from bs4.element import PreformattedString  # noqa: E402

__all__ = ["BeautifulSoup", "NavigableString", "PreformattedString", "Tag"]
