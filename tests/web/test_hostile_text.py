"""Scripts written into titles, speakers, file names, texts and questions stay text, in a real browser."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
import waitress
from conftest import document
from payloads import ELEMENTS, PAYLOADS

from app import create_app
from search.documents.document import Document, Original
from search.engines import store_of
from search.settings import Settings
from web.responses import SECURITY_HEADERS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request, Route
TOGETHER = 5  # payloads in one document


def hostile(number: int, payloads: Sequence[str]) -> Document:
    speech = document(
        f"{number}.txt",
        *(f"婚姻登记{payload}改革。" for payload in payloads),
        title=f"婚姻登记{payloads[0]}",
        region=payloads[1],
        speakers=payloads,
        genre=payloads[2],
        level=payloads[3],
    )
    name = f"{number}{payloads[4].replace('/', '')}.txt"
    return replace(speech, external_id=name, original=Original(name, hashlib.sha256(content(payloads)).hexdigest()))


def content(payloads: Sequence[str]) -> bytes:
    return "\n".join(payloads).encode()


GROUPS = [PAYLOADS[at : at + TOGETHER] for at in range(0, len(PAYLOADS), TOGETHER)]
SPEECHES = [hostile(number, payloads) for number, payloads in enumerate(GROUPS)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    settings = Settings(index=folder / "index", corpus=(folder,))
    with store_of("whoosh", settings.index).writer(fresh=True) as writer:
        for speech, payloads in zip(SPEECHES, GROUPS, strict=True):
            (folder / speech.original.path).write_bytes(content(payloads))
            writer.add(speech)
        writer.publish({})
    server = waitress.create_server(create_app(settings), host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    # By its own thread: while another one closes it, it may be waiting for a connection that is gone then.
    server.trigger.pull_trigger(server.close)


@dataclass
class Heard:
    """What a page did that it must not: scripts that ran, and what the policy had to stop."""

    ran: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)


@pytest.fixture
def listening(browser: Browser) -> Iterator[tuple[Page, Heard]]:
    """A page and what it is heard doing."""
    page, heard = browser.new_page(), Heard()

    def note_stopped(directive: str) -> None:
        heard.stopped.append(f"{page.url}: {directive}")

    page.expose_function("noteRun", lambda: heard.ran.append(page.url))
    page.expose_function("noteStopped", note_stopped)
    page.add_init_script(
        "window.alert = () => window.noteRun();"
        "document.addEventListener('securitypolicyviolation', event => window.noteStopped(event.effectiveDirective));"
    )
    yield page, heard
    page.close()


def test_there_are_two_hundred_different_payloads() -> None:
    assert len(set(PAYLOADS)) == 200


@pytest.mark.parametrize("guarded", [False, True])
def test_the_payloads_are_alive_and_the_listeners_hear_them(listening: tuple[Page, Heard], guarded: bool) -> None:
    """The control: on a page that escapes nothing most of them run, or are stopped by the policy where there is one."""
    page, heard = listening
    headers = SECURITY_HEADERS if guarded else {}
    loud = 0
    for payload in PAYLOADS[: len(ELEMENTS)]:
        before = len(heard.ran) + len(heard.stopped)
        unescaped = f"<!doctype html><title>x</title><p>{payload}</p>"
        page.unroute_all()
        page.route("**/bare", _answering(unescaped, headers))
        page.goto("http://127.0.0.1/bare")
        page.wait_for_timeout(30)
        loud += len(heard.ran) + len(heard.stopped) > before
    assert loud >= 18
    assert bool(heard.ran) == (not guarded)


def _answering(body: str, headers: dict[str, str]) -> Callable[[Route, Request], None]:
    return lambda route, _: route.fulfill(body=body, content_type="text/html", headers=headers)


@pytest.mark.parametrize("number", range(1, len(SPEECHES) // 10 + 1))
def test_no_page_of_results_runs_what_titles_and_texts_hold(
    listening: tuple[Page, Heard], site: str, number: int
) -> None:
    page, heard = listening
    page.goto(f"{site}/search?q=婚姻登记&page={number}")
    assert page.get_by_test_id("hit").count() == 10
    assert heard == Heard()


def test_no_open_document_and_no_file_as_it_came_runs_what_it_holds(listening: tuple[Page, Heard], site: str) -> None:
    page, heard = listening
    for speech, payloads in zip(SPEECHES, GROUPS, strict=True):
        page.goto(f"{site}/doc/{speech.id}?q=婚姻登记")
        assert page.locator(".para p").all_text_contents() == list(speech.paragraphs)
        page.goto(f"{site}/doc/{speech.id}/text", wait_until="domcontentloaded")
        assert page.get_by_test_id("raw").text_content() == "\n".join(payloads)
    assert heard == Heard()


def test_no_question_runs_what_is_typed_and_chosen(listening: tuple[Page, Heard], site: str) -> None:
    page, heard = listening
    for payload in PAYLOADS:
        page.goto(f"{site}/search?{urlencode({'q': payload, 'speaker': payload})}", wait_until="domcontentloaded")
        assert page.get_by_test_id("search-box").input_value() == payload
    for payload in PAYLOADS[::20]:
        page.goto(f"{site}/search?{urlencode({'q': '婚姻登记', 'was': f'q={quote(payload)}', 'within': 1})}")
        page.goto(f"{site}/search?{urlencode({'all': payload, 'any': payload, 'none': payload, 'region': payload})}")
    assert heard == Heard()


def test_no_form_error_page_or_way_to_browse_runs_anything(listening: tuple[Page, Heard], site: str) -> None:
    page, heard = listening
    for address in ("/", "/browse", "/advanced", "/status"):
        page.goto(site + address)
        page.wait_for_timeout(50)
    for payload in PAYLOADS[::20]:
        for address in (
            f"/advanced?q={quote(payload)}&region={quote(payload)}",
            f"/{quote(payload)}",
            f"/doc/{quote(payload, safe='')}?q={quote(payload)}",
            f"/search?sort={quote(payload)}",
        ):
            page.goto(site + address)
    assert heard == Heard()


def test_no_suggestion_runs_what_it_offers(listening: tuple[Page, Heard], site: str) -> None:
    page, heard = listening
    page.goto(site)
    page.get_by_test_id("search-box").press_sequentially("婚姻登记")
    page.get_by_role("option").first.wait_for()
    assert page.get_by_role("option").filter(has_text="alert").count() > 0
    assert heard == Heard()
