"""Documents made in the tests, visible where they are used, and the engines they are asked of."""

from __future__ import annotations

import gc
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from hypothesis import settings

from search.documents.document import EVIDENT, Document, Evidence, Metadata, Original, PartialDate, Passage, Speaker
from search.engines import STORES, Engine, Store, store_of
from search.query import addresses
from search.query.parsing import parse
from search.settings import Settings
from search.text import office

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser, BrowserContext, Page

# Its asserts are told with their values, as those of a test are.
pytest.register_assert_rewrite("building")

# How long an example takes is the machine's business.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parent.parent
# Real documents that are not part of the repository; every rule is tested without them, too.
SHARED = Path(os.environ.get("SPEECHES_EXTRA") or ROOT.parent / "shared")


# Where `make cluster` has started one: http://127.0.0.1:9241.
CLUSTER = os.environ.get("SPEECHES_TEST_CLUSTER", "").rstrip("/")


# A busy machine is no fault of the cluster; tests of what happens when it stands still say otherwise.
os.environ.setdefault("SPEECHES_OPENSEARCH_SECONDS", "30")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test marked extra("seeds") is skipped where SHARED has no seeds, one marked cluster where there is none.

    What an earlier test's request said stands before every address is forgotten: in service each request says it anew.
    """
    addresses.root.set("")
    office.use(office.NOTHING)
    if item.get_closest_marker("cluster") and not CLUSTER:
        pytest.skip("no OpenSearch: `make cluster`, and set SPEECHES_TEST_CLUSTER to the address it says")
    for mark in item.iter_markers("extra"):
        if missing := [name for name in mark.args if not (SHARED / name).exists()]:
            pytest.skip(f"material outside the repository is missing: {SHARED / missing[0]}")


@pytest.hookimpl(tryfirst=True)  # before -m chooses among them
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that opens a browser is a browser test, and what lies in tests/torture a proof, without saying so."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        if item.path.parent.name == "torture":
            item.add_marker("torture")


def pytest_collection_finish() -> None:
    """The seven thousand tests stay; to look at them anew for what may go took 16 of 46 s of collecting garbage."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What a test printed is sent from the process that ran it as UTF-8; names of any bytes are none."""
    report = yield
    report.sections = [(name, kept.encode(errors="backslashreplace").decode()) for name, kept in report.sections]
    return report


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU of this process for some work, the best of two: collecting the garbage of all tests before takes .4 s, and
    comes when it comes."""
    found = []
    for _ in range(2):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)


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
        metadata=Metadata(
            title=Evidence(title),
            date=Evidence(PartialDate.parse(date)) if date else None,
            region=Evidence(region) if region else None,
            speakers=tuple(Speaker(speaker, None, "讲话", speaker) for speaker in speakers),
            genre=Evidence(genre) if genre else None,
            level=Evidence(level) if level else None,
        ),
        passages=tuple(Passage(i, paragraph, piece) for i, (paragraph, piece) in enumerate(pieces, 1)),
        original=Original(name, "0" * 64),
    )


def changed(document: Document, **values: object) -> Document:
    """The document with other values, whether they are its own or of its metadata."""
    known = {name: _held(name, values.pop(name)) for name in Metadata.__dataclass_fields__ if name in values}
    return replace(document, metadata=replace(document.metadata, **known), **values)  # type: ignore[arg-type]


def _held(field: str, value: object) -> object:
    return Evidence(value) if field in EVIDENT and isinstance(value, str) else value


def value(held: Evidence[str] | None) -> str | None:
    """What is known, without the words that say so."""
    return held.value if held else None


def _pieces(paragraph: str | Sequence[str]) -> Sequence[str]:
    return [paragraph] if isinstance(paragraph, str) else paragraph


def indexed(index: Path) -> dict[str, Document]:
    """Path -> each document of a published index, folded ones too."""
    engine = store_of("whoosh", index).open()
    ranked = [match.id for match in engine.find(parse(""), limit=engine.documents, offset=0).ranked]
    near = [id for one in engine.fetch(ranked).values() for id in one.document.near]
    return {one.document.external_id: one.document for one in engine.fetch([*ranked, *near]).values()}


def stored(engine: Engine, id: str) -> Document | None:
    """A document as an engine has it."""
    found = engine.fetch([id])
    return found[id].document if id in found else None


@pytest.fixture(params=["whoosh", "whoosh-plain", "memory", pytest.param("opensearch", marks=pytest.mark.cluster)])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store of every engine there is; the one for tests comes in by one row, as another engine would."""
    monkeypatch.setitem(STORES, "memory", "memory_engine:MemoryStore")
    place = request.getfixturevalue("in_cluster") if request.param == "opensearch" else tmp_path / "index"
    return store_of(request.param, place)


@pytest.fixture
def in_cluster() -> Iterator[str]:
    """An address for an index in the cluster for tests; what was made there is gone afterwards."""
    address = f"{CLUSTER}/test-{token_hex(6)}"
    yield address
    emptied(address)


@pytest.fixture(autouse=True)
def read_in_this_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build of a few files starts no process to read them in, except in a test marked `processes`."""
    if request.node.get_closest_marker("processes") is None:
        monkeypatch.setattr("indexer.pipeline.workers_for", lambda files: 0)


def emptied(address: str) -> None:
    """Removes an index for tests from the cluster, with its generations, aliases and notes."""
    from opensearchpy import OpenSearch

    host, _, name = address.rpartition("/")
    client = OpenSearch(hosts=[host], timeout=60)
    client.indices.delete(index=f"{name}-*", params={"allow_no_indices": "true"})
    client.close()


Publish = Callable[..., Engine]


@pytest.fixture
def publish(store: Store) -> Publish:
    """A function that indexes documents and gives the engine on them, for every engine there is."""

    def published(*documents: Document) -> Engine:
        with store.writer(fresh=True) as writer:
            for one in documents:
                writer.add(one)
            writer.publish({})
        return store.open()

    return published


# --- the pages, without a browser -------------------------------------------------------------------------


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    from pages import served

    return served(tmp_path_factory.mktemp("pages"))


@pytest.fixture
def app(place: Settings) -> Flask:
    from app import create_app

    return create_app(place)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


# --- a browser and a server for it ------------------------------------------------------------------------

STARTS_WITHIN = 120  # seconds, with building the index of the sample corpus on a busy machine

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
    # the first has no windows to draw, and opens a page in a third of the time (.14 against .49 s)
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `python app.py`, which finds no index and builds one."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("served")
    command = [sys.executable, str(ROOT / "app.py"), "--index", str(folder / "index"), "--port", str(port)]
    settings = {**os.environ, "SPEECHES_CORPUS": str(ROOT / "corpus"), "PYTHONIOENCODING": "utf-8"}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, env=settings, stdout=log, stderr=log, cwd=folder)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", server, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and server.poll() is None:
        try:
            urlopen(address).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{log.read_text('utf-8', 'replace')}")


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def script(request: pytest.FixtureRequest) -> bool:
    """Whether the pages' scripts run: every page works without, so each browser test runs both ways.

    A test of what only a script can do is marked browsing.needs_script.
    """
    return bool(request.param)


def _complains(told: str) -> bool:
    """A page that is an error on purpose is reported by the browser; and on a busy machine that a test put the focus
    somewhere before the page was there, which keeps it."""
    return "status of" not in told and not told.startswith("Autofocus processing was blocked")


@pytest.fixture
def visit(browser: Browser, site: str, script: bool) -> Iterator[Callable[..., Page]]:
    """Opens an address in a new window; at the end nothing was asked of another host and nothing complained.

    examined: for axe, which is a script itself and could not run in a browser without: the pages' own are empty there.
    """
    contexts: list[BrowserContext] = []
    foreign: list[str] = []
    complaints: list[str] = []

    def note(request_url: str) -> None:
        if not request_url.startswith((site, "data:")):
            foreign.append(request_url)

    def opened(
        address: str, *, width: int = 1366, height: int = 768, dark: bool = False, examined: bool = False
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script or examined,
            base_url=site,
        )
        contexts.append(context)
        if examined and not script:
            context.route("**/static/*.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))
        page = context.new_page()
        page.on("request", lambda request: note(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if _complains(message.text) else None)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert (foreign, complaints) == ([], [])
