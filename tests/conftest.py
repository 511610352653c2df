"""Documents made in the tests, visible where they are used, and the engines they are asked of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from search.engines import Engine, open_engine, open_writer
from search.model import Document, Evidence, Original, PartialDate, Passage, Speaker

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def document(
    name: str,
    *paragraphs: str | Sequence[str],
    title: str = "示例标题",
    date: str | None = None,
    region: str | None = None,
    speakers: Sequence[str] = (),
    genre: str | None = None,
    level: str | None = None,
) -> Document:
    """A document of these paragraphs; a paragraph given as several strings has that many passages."""
    pieces = [(number, piece) for number, one in enumerate(paragraphs, 1) for piece in _pieces(one)]
    return Document(
        id=name.encode().hex()[:16].ljust(16, "0"),
        external_id=name,
        title=Evidence(title),
        passages=tuple(Passage(i, paragraph, piece) for i, (paragraph, piece) in enumerate(pieces, 1)),
        original=Original(name, "0" * 64),
        date=Evidence(PartialDate.parse(date)) if date else None,
        region=Evidence(region) if region else None,
        speakers=tuple(Speaker(speaker, None, "讲话", speaker) for speaker in speakers),
        genre=genre,
        level=level,
    )


def _pieces(paragraph: str | Sequence[str]) -> Sequence[str]:
    return [paragraph] if isinstance(paragraph, str) else paragraph


Publish = Callable[..., Engine]


@pytest.fixture(params=["whoosh", "memory"])
def publish(request: pytest.FixtureRequest, tmp_path: Path) -> Publish:
    """A function that indexes documents and gives the engine on them, for every engine there is."""
    if request.param == "memory":
        from memory_engine import MemoryEngine

        return lambda *documents: MemoryEngine(documents)

    def published(*documents: Document) -> Engine:
        with open_writer("whoosh", tmp_path, fresh=True) as writer:
            for one in documents:
                writer.add(one)
            writer.publish({})
        return open_engine("whoosh", tmp_path)

    return published
