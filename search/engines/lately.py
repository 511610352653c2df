"""What was used of late, within so many bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class Lately(Generic[_Key, _Value]):
    """Values by key; the least lately used give way. Safe for threads."""

    def __init__(self, most: int, size: Callable[[_Value], int]) -> None:
        """most: bytes of all together; size: those of a value."""
        self._most, self._size_of = most, size
        self._kept: OrderedDict[_Key, _Value] = OrderedDict()
        self._size = 0
        self._keeping = threading.Lock()

    def get(self, key: _Key, made: Callable[[], _Value]) -> _Value:
        """The value, made where it is not there. What is larger than all that may be kept is not kept: it would push
        out all the others, and itself with them."""
        with self._keeping:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        value = made()
        if (size := self._size_of(value)) > self._most:
            return value
        with self._keeping:
            self._size += size - (self._size_of(self._kept[key]) if key in self._kept else 0)
            self._kept[key] = value
            while self._size > self._most:
                self._size -= self._size_of(self._kept.popitem(last=False)[1])
        return value
