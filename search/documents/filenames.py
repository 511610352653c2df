"""Names of files, which on Linux are any bytes: written so that notes and records can hold them, shown so that people
can read them.

A name in UTF-8 is kept as it is. A byte that is not UTF-8 (archives from Chinese Windows have names in GBK) is kept as
one private character, U+10FE00 and the byte; such a character in a name is kept by its own bytes, so that no two names
are kept as one and every name comes back.
"""

from __future__ import annotations

import os
import re
import unicodedata

_FIRST = 0x10FE00
_ODD = re.compile("[\udc80-\udcff\U0010fe80-\U0010feff]+")
_KEPT = re.compile("[\U0010fe80-\U0010feff]")
# Control characters, marks of direction and such, ends of lines and paragraphs.
_STEERING = ("Cc", "Cf", "Zl", "Zp")


def kept(name: str) -> str:
    """A name or path as the system gives it → as it is written down; always valid UTF-8."""
    if name.isascii():
        return name
    return _ODD.sub(lambda odd: "".join(chr(_FIRST + byte) for byte in _bytes(odd[0])), _text(os.fsencode(name)))


def on_disk(name: str) -> str:
    """The inverse of kept(): what the system is to be asked for."""
    return os.fsdecode(_raw(name))


def shown(name: str) -> str:
    """A kept name or path for people, on one line; not to be undone.

    What is not UTF-8 is read as GB18030, or stands as \\xb2 for such a byte; so does what would end the line, steer a
    terminal or turn the reading order round, which a name may hold and a report, a header or a page must not obey.
    """
    read = "/".join(map(_shown, name.split("/"))) if _KEPT.search(name) else name
    return read if read.isprintable() else "".join(map(_harmless, read))


def _harmless(char: str) -> str:
    if unicodedata.category(char) not in _STEERING:
        return char
    return char.encode("unicode_escape").decode("ascii")


def _shown(part: str) -> str:
    raw = _raw(part)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def _raw(name: str) -> bytes:
    return _bytes(_KEPT.sub(lambda one: chr(0xDC00 + ord(one[0]) - _FIRST), name))


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
