"""An index of Whoosh's in a folder."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from search.engines.whoosh import checking, generations
from search.engines.whoosh.engine import WhooshEngine, open_published
from search.engines.whoosh.writer import WhooshWriter, writing


class WhooshStore:
    """Queries are answered on the columns beside the index, where there are any."""

    engine = "whoosh"
    columns = True

    def __init__(self, location: str) -> None:
        self.location = location
        self._folder = Path(location)

    def open(self) -> WhooshEngine:
        return open_published(self._folder, columns=self.columns)

    def writer(self, *, fresh: bool) -> AbstractContextManager[WhooshWriter]:
        return writing(self._folder, fresh=fresh)

    def is_empty(self) -> bool:
        return generations.is_empty(self._folder)

    def is_sound(self) -> bool:
        return self.open().is_sound()

    def last_note(self, name: str) -> str | None:
        # Of what readers and the next run go by: of a damaged generation the one before.
        last = generations.whole(self._folder) or generations.current_name(self._folder)
        return generations.note_in(self._folder / last, name)

    def notices(self) -> list[str]:
        return []

    def damages(self) -> list[str]:
        if self.is_empty():
            return [f"还没有建立索引（{self._folder}）。{generations.BUILD}。"]
        current = generations.current_name(self._folder)
        if not current:
            return [f"{self._folder}/CURRENT 无法读取。{generations.BUILD}。"]
        found = generations.damages(self._folder / current, thorough=True)
        return found or checking.contradictions(generations.read(self._folder / current))


class PlainWhooshStore(WhooshStore):
    """The same index, its columns left aside; to compare with, and to find faults."""

    engine = "whoosh-plain"
    columns = False
