"""The pages in a real browser, served by `python app.py` from the sample corpus: what a reader does and sees.

Needs a Chromium: its path in CHROMIUM, or one of its usual names on the search path. Without one the tests are skipped,
except where CI is set.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parent.parent
QUERIES = ("养老服务", "福利彩票")
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
STARTS_WITHIN = 120  # seconds, with building the index of the sample corpus on a busy machine

pytestmark = pytest.mark.browser


def unavailable(reason: str) -> None:
    """Skips, or fails where tests must not be skipped."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


try:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
except ImportError:  # the browser tests are an extra
    if os.environ.get("CI"):
        raise
    pytest.skip("playwright and axe-playwright-python are not installed", allow_module_level=True)


# --- a server and a browser ----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if path is None:
        unavailable("no Chromium: set CHROMIUM to its path, or install the package chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


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


Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Open]:
    """Opens an address in a new window; at the end nothing was asked of another host and nothing complained."""
    contexts: list[BrowserContext] = []
    foreign: list[str] = []
    complaints: list[str] = []

    def note(request_url: str) -> None:
        if not request_url.startswith((site, "data:")):
            foreign.append(request_url)

    def opened(address: str, *, width: int = 1366, height: int = 768, dark: bool = False, script: bool = True) -> Page:
        scheme = "dark" if dark else "light"
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, color_scheme=scheme, java_script_enabled=script, base_url=site)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: note(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        # a page that is an error on purpose is reported by the browser; nothing else may be
        page.on("console", lambda message: complaints.append(message.text) if "status of" not in message.text else None)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert (foreign, complaints) == ([], [])


def asked(site: str, query: str) -> dict[str, dict[str, int]]:
    with urlopen(f"{site}/api/search?q={quote(query)}") as answer:
        found: dict[str, dict[str, int]] = json.load(answer)
    return found


def in_sight(page: Page, selector: str) -> bool:
    """The element is in the window and nothing lies over it."""
    return page.evaluate(
        """selector => {
            const at = document.querySelector(selector), box = at.getClientRects()[0];
            const top = document.elementFromPoint(box.left + 2, box.top + box.height / 2);
            return top !== null && (at.contains(top) || top.contains(at));
        }""",
        selector,
    )


# --- from a question to its place in a document ----------------------------------------------------------


@pytest.mark.parametrize("query", QUERIES)
def test_a_typed_question_leads_to_the_passage_in_the_open_document(visit: Open, site: str, query: str) -> None:
    page = visit("/")
    page.get_by_test_id("search-box").fill(query)
    page.keyboard.press("Enter")
    total = asked(site, query)["total"]
    expect(page.get_by_test_id("total")).to_contain_text(
        f"找到 {total['documents']} 篇讲话，共 {total['occurrences']} 处"
    )
    assert page.title() == f"{query} - 民政讲话检索"
    passage = page.get_by_test_id("passage").filter(has=page.locator("mark")).first
    number = passage.get_attribute("data-number")
    passage.locator("a").click()
    assert urlsplit(page.url).fragment == f"p{number}"
    assert in_sight(page, f"#p{number}")
    assert in_sight(page, "mark.at")
    marks = page.locator(".para mark[id]").count()
    expect(page.get_by_test_id("hit-counter")).to_have_text(re.compile(rf"^第 \d+/{marks} 处$"))


def test_next_and_previous_go_round_all_hits_and_back_leads_to_the_results(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    page.get_by_test_id("hit-title").first.click()
    counter = page.get_by_test_id("hit-counter")
    first, total = map(int, re.findall(r"\d+", counter.inner_text()))
    for step in range(1, total + 1):
        page.get_by_test_id("hit-next").click()
        expect(counter).to_have_text(f"第 {(first - 1 + step) % total + 1}/{total} 处")
        assert in_sight(page, "mark.at")
    page.get_by_test_id("hit-prev").click()
    expect(counter).to_have_text(f"第 {(first - 2) % total + 1}/{total} 处")
    page.go_back()
    assert urlsplit(page.url).path == "/search"


def test_a_click_on_the_quoted_words_opens_them_and_selecting_them_does_not(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.passage p'))")
    page.evaluate("document.querySelector('.passage p').click()")
    assert urlsplit(page.url).path == "/search"
    page.evaluate("getSelection().removeAllRanges()")
    page.get_by_test_id("passage").first.locator("p").click()
    page.wait_for_url("**/doc/**")


@pytest.mark.parametrize("query", QUERIES)
def test_without_script_the_whole_way_works_and_the_counter_counts(visit: Open, query: str) -> None:
    page = visit("/", script=False)
    page.get_by_test_id("search-box").fill(query)
    page.get_by_test_id("search-button").click()
    page.get_by_test_id("passage").first.locator("a").click()
    assert re.fullmatch(r"p\d+", urlsplit(page.url).fragment)
    total = int(re.findall(r"\d+", page.get_by_test_id("hit-counter").inner_text())[-1])
    page.get_by_test_id("hit-next").click()
    expect(page.get_by_test_id("hit-counter")).to_have_text(f"第 1/{total} 处")
    assert urlsplit(page.url).fragment == "hit-1"
    page.get_by_test_id("hit-prev").click()
    expect(page.get_by_test_id("hit-counter")).to_have_text(f"第 {total}/{total} 处")


def test_an_address_that_was_mailed_shows_the_same_results(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    page.get_by_test_id("facet-region").locator("a").first.click()
    page.get_by_test_id("sort-newest").click()
    titles = page.get_by_test_id("hit-title").all_inner_texts()
    assert visit(page.url).get_by_test_id("hit-title").all_inner_texts() == titles


# --- keys and input methods ------------------------------------------------------------------------------


def test_n_and_p_go_from_hit_to_hit_unless_switched_off_or_typing(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    page.get_by_test_id("hit-title").first.click()
    counter = page.get_by_test_id("hit-counter")
    before = counter.inner_text()
    page.keyboard.press("n")
    assert counter.inner_text() != before
    page.keyboard.press("p")
    expect(counter).to_have_text(before)
    page.get_by_test_id("search-box").press("n")
    expect(counter).to_have_text(before)
    page.locator(".keys input").uncheck()
    page.reload()
    page.keyboard.press("n")
    expect(counter).to_have_text(before)


def test_enter_that_ends_a_composition_does_not_search(visit: Open) -> None:
    """Pinyin typed through an input method: the browser's own form waits, and no script of ours gets in its way."""
    page = visit("/")
    page.get_by_test_id("search-box").focus()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    method = page.context.new_cdp_session(page)
    method.send("Input.imeSetComposition", {"text": "yang'lao", "selectionStart": 8, "selectionEnd": 8})
    method.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Process", "windowsVirtualKeyCode": 229})
    assert requests == []
    method.send("Input.insertText", {"text": "养老"})
    assert requests == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert [url for url in requests if "/search" in url] == [page.url]


def test_the_first_tab_stop_skips_to_the_text(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    page.keyboard.press("Tab")
    link = page.locator(".skip")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert urlsplit(page.url).fragment == "main"


# --- what is copied and printed ---------------------------------------------------------------------------


def test_a_selected_paragraph_is_copied_as_one_clean_line(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    page.get_by_test_id("hit-title").first.click()
    shown = page.evaluate("document.querySelector('.para p').textContent")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.para'))")
    assert page.evaluate("String(getSelection())").strip() == shown


def test_on_paper_there_is_the_text_with_its_address_and_no_navigation(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    page.get_by_test_id("hit-title").first.click()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".on-paper")).to_contain_text("检索词：养老服务")
    expect(page.locator(".address")).to_contain_text(page.url)
    for hidden in (".top", ".hit-bar", ".bottom", ".outline"):
        for part in page.locator(hidden).all():
            expect(part).not_to_be_visible()
    for shown in ("doc-title", "text", "cite"):
        expect(page.get_by_test_id(shown)).to_be_visible()
    assert page.locator(".para mark").first.evaluate("mark => getComputedStyle(mark).textDecorationLine") == "underline"
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_the_citation_names_the_whole_address(visit: Open, site: str) -> None:
    page = visit("/search?q=养老服务")
    page.get_by_test_id("hit-title").first.click()
    expect(page.get_by_test_id("cite")).to_contain_text(f"{site}{urlsplit(page.url).path}")


# --- every state on every window --------------------------------------------------------------------------

STATES = {
    "home": "/",
    "results": "/search?q=养老服务",
    "filtered": "/search?q=养老服务&year=2024",
    "nothing found": "/search?q=量子纠缠",
    "too long": f"/search?q={'民' * 5000}",
    "document": "/search?q=养老服务",
    "browse": "/browse",
    "help": "/help",
    "status": "/status",
    "not found": "/nothing",
    "refused": "/search?q=养老&page=-1",
}


def show(visit: Open, state: str, **window: object) -> Page:
    page = visit(STATES[state], **window)
    if state == "document":
        page.get_by_test_id("hit-title").first.click()
    return page


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1366])
@pytest.mark.parametrize("state", STATES)
def test_nothing_is_wider_than_the_window(visit: Open, state: str, width: int) -> None:
    page = show(visit, state, width=width, height=740)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_to_object_to(visit: Open, state: str, dark: bool) -> None:
    page = show(visit, state, dark=dark)
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    violations = Axe().run(page, options=options).response["violations"]
    assert [(found["id"], [node["html"] for node in found["nodes"]]) for found in violations] == []


@pytest.mark.parametrize("state", ["results", "document"])
def test_axe_finds_nothing_to_object_to_on_a_phone(visit: Open, state: str) -> None:
    page = show(visit, state, width=360, height=740)
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    violations = Axe().run(page, options=options).response["violations"]
    assert [(found["id"], [node["html"] for node in found["nodes"]]) for found in violations] == []


def test_a_line_of_the_text_is_not_longer_than_forty_characters(visit: Open) -> None:
    page = show(visit, "document", width=1920, height=1080)
    width, size = page.locator(".para p").first.evaluate(
        "p => [p.getBoundingClientRect().width, parseFloat(getComputedStyle(p).fontSize)]"
    )
    assert width / size <= 40
