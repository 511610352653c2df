"""Documents made in the tests, visible where they are used, and the engines they are asked of."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from search.engines import Engine, open_engine, open_writer
from search.model import Document, Evidence, Original, PartialDate, Passage, Speaker

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# How long an example takes is the machine's business.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")

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


def indexed(index: Path) -> dict[str, Document]:
    """Path -> each document of a published index, folded ones too."""
    with open_writer("whoosh", index, fresh=False) as writer:
        return {one.external_id: one for one in writer.documents()}


Publish = Callable[..., Engine]


@pytest.fixture(params=["whoosh", "whoosh-plain", "memory"])
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
        return open_engine(request.param, tmp_path)

    return published


# --- a browser -------------------------------------------------------------------------------------------

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium at CHROMIUM, or by one of its usual names on the search path; one for all tests.

    Without one the tests are skipped, but fail where CI is set.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _unavailable("playwright is not installed")
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if path is None:
        _unavailable("no Chromium: set CHROMIUM to its path, or install the package chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield chromium
        chromium.close()


def _unavailable(reason: str) -> None:
    """Skips, or fails where tests must not be skipped."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
