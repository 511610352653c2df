"""The pages in a real browser, served by `python app.py` from the sample corpus: what a reader does and sees.

Needs a Chromium (conftest.browser). Without one the tests are skipped, except where CI is set.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit
from urllib.request import urlopen

import pytest
from pypdf import PdfReader

from search.text import fold

ROOT = Path(__file__).parent.parent
QUERIES = ("养老服务", "福利彩票")
PAUSE = 150  # milliseconds the suggestions wait for the next key (static/suggest.js)
STARTS_WITHIN = 120  # seconds, with building the index of the sample corpus on a busy machine

pytestmark = pytest.mark.browser


try:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Request, Route, expect
    from playwright.sync_api import TimeoutError as PlaywrightTimeout
except ImportError:  # the browser tests are an extra
    if os.environ.get("CI"):
        raise
    pytest.skip("playwright and axe-playwright-python are not installed", allow_module_level=True)


# --- a server and a browser ----------------------------------------------------------------------------


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
    """The element comes into the window, and nothing lies over it; the page may still be loading when it is asked."""
    script = """selector => {
        const at = document.querySelector(selector), box = at && at.getClientRects()[0];
        const top = box && document.elementFromPoint(box.left + 2, box.top + box.height / 2);
        return Boolean(top) && (at.contains(top) || top.contains(at));
    }"""
    try:
        page.wait_for_function(script, arg=selector, timeout=10_000)
    except PlaywrightTimeout:
        return False
    return True


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
    page.wait_for_url("**/doc/**")
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
    page.wait_for_url("**/doc/**")
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


def test_the_slash_key_leads_to_the_search_box_unless_typing_or_switched_off(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    box = page.get_by_test_id("search-box")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("养老服务")
    box.fill("")
    box.press("/")
    expect(box).to_have_value("/")
    box.evaluate("box => box.blur()")
    page.keyboard.press("Control+/")
    expect(box).not_to_be_focused()
    composing_slash = "new KeyboardEvent('keydown', {key: '/', isComposing: true, bubbles: true})"
    page.evaluate(f"document.body.dispatchEvent({composing_slash})")
    expect(box).not_to_be_focused()
    page.get_by_label("到检索框").uncheck()
    page.reload()
    page.keyboard.press("/")
    expect(box).not_to_be_focused()
    expect(page.get_by_label("到检索框")).not_to_be_checked()


def composing(page: Page, text: str) -> CDPSession:
    """Text typed through an input method and not yet confirmed."""
    method = page.context.new_cdp_session(page)
    method.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    method.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Process", "windowsVirtualKeyCode": 229})
    return method


def test_nothing_is_asked_while_an_input_method_composes_and_its_enter_does_not_search(visit: Open) -> None:
    """Pinyin typed through an input method: the browser's own form waits, and so do the suggestions."""
    page = visit("/")
    page.get_by_test_id("search-box").focus()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(urlsplit(request.url).path))
    method = composing(page, "yang'lao")
    page.wait_for_timeout(3 * PAUSE)
    assert requests == []
    with page.expect_request("**/api/suggest?*") as asked_for:
        method.send("Input.insertText", {"text": "养老"})
    assert unquote(asked_for.value.url).endswith("/api/suggest?q=养老")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert [path for path in requests if "search" in path] == ["/search"]


# --- suggestions -----------------------------------------------------------------------------------------


def typing(visit: Open, text: str, **window: bool) -> Page:
    """A page whose box shows suggestions for the text."""
    page = visit("/", **window)
    page.get_by_test_id("search-box").press_sequentially(text)
    expect(page.get_by_role("option").first).to_be_visible()
    return page


def test_a_suggestion_is_chosen_with_the_keyboard_alone(visit: Open) -> None:
    page = typing(visit, "养老")
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.get_by_role("option").nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(second.get_attribute("id")))
    address = second.get_attribute("data-url")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    assert page.get_by_test_id("hit").count() > 0


def test_a_suggestion_says_a_number_of_documents_only_where_it_was_counted(visit: Open) -> None:
    shown = [typing(visit, text).get_by_role("option").first.text_content() or "" for text in ("养老", "低保 养老")]
    assert ["篇" in one for one in shown] == [True, False]


def test_the_keys_go_round_the_suggestions_and_escape_closes_them(visit: Open) -> None:
    page = typing(visit, "养老")
    box = page.get_by_role("combobox")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("option").first).not_to_be_visible()
    expect(box).to_have_value("养老")


def test_enter_without_a_choice_asks_for_what_was_typed(visit: Open) -> None:
    page = typing(visit, "养老")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert unquote(urlsplit(page.url).query) == "q=养老"


def test_fast_typing_asks_the_server_once(visit: Open) -> None:
    page = visit("/")
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(unquote(urlsplit(request.url).query)))
    page.get_by_test_id("search-box").press_sequentially("养老服务")
    page.wait_for_timeout(4 * PAUSE)
    assert [query for query in asked_for if query.startswith("q=")] == ["q=养老服务"]


def test_the_number_of_suggestions_is_announced(visit: Open) -> None:
    page = typing(visit, "养老")
    count = page.get_by_role("option").count()
    expect(page.locator(".search [role=status]")).to_have_text(f"{count} 条建议，用上下键选择")


# --- narrowing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", [True, False])
def test_words_typed_with_the_box_ticked_narrow_the_results(visit: Open, script: bool) -> None:
    page = visit("/search?q=养老服务&year=2024", script=script)
    before = {link.get_attribute("href").split("?")[0] for link in page.get_by_test_id("hit-title").all()}
    page.get_by_test_id("search-box").fill("会议")
    page.get_by_test_id("within").check()
    page.get_by_test_id("search-button").click()
    assert unquote(urlsplit(page.url).query) == "q=养老服务+会议&year=2024"
    after = {link.get_attribute("href").split("?")[0] for link in page.get_by_test_id("hit-title").all()}
    assert after <= before


@pytest.mark.parametrize("script", [True, False])
def test_the_detailed_form_leads_to_the_results_of_its_question(visit: Open, script: bool) -> None:
    page = visit("/advanced", script=script)
    page.get_by_label("含全部词").fill("养老服务")
    page.get_by_label("不含", exact=True).fill("火星")
    page.get_by_label("年份").select_option("2024")
    page.get_by_test_id("advanced-button").click()
    assert unquote(urlsplit(page.url).query) == "q=养老服务+-火星&year=2024"
    assert page.get_by_test_id("hit").count() > 0
    page.get_by_role("link", name="高级检索").click()
    expect(page.get_by_label("不含", exact=True)).to_have_value("火星")
    expect(page.get_by_label("年份")).to_have_value("2024")


def test_a_bar_of_the_chart_leads_to_the_speeches_of_its_year(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    bar = page.get_by_test_id("year-bar").last
    year, count = re.findall(r"\d+", str(bar.get_attribute("aria-label")))
    bar.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**year=*")
    expect(page.get_by_test_id("total")).to_contain_text(f"找到 {count} 篇讲话")
    assert urlsplit(page.url).query.endswith(f"year={year}")


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
    page.wait_for_url("**/doc/**")
    shown = page.evaluate("document.querySelector('.para p').textContent")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.para'))")
    assert page.evaluate("String(getSelection())").strip() == shown


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def opened_for_copying(visit: Open, site: str) -> Page:
    page = visit("/search?q=养老服务")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.get_by_test_id("hit-title").first.click()
    page.wait_for_url("**/doc/**")
    return page


def test_a_paragraph_is_copied_as_one_line_with_or_without_its_source(visit: Open, site: str) -> None:
    page = opened_for_copying(visit, site)
    para = page.locator(".para:has(p)").nth(1)
    text = para.locator("p").evaluate("p => p.textContent")
    para.hover()
    page.get_by_test_id("copy-paragraph").click()
    assert copied(page) == text
    page.get_by_test_id("quote-paragraph").click()
    source = page.get_by_test_id("cite-official").inner_text().removeprefix("“……”")
    assert copied(page) == f"“{text.replace('“', '‘').replace('”', '’')}”{source}"
    expect(page.locator("#told")).to_contain_text("并注明出处")


def test_words_selected_in_a_paragraph_are_quoted_alone(visit: Open, site: str) -> None:
    page = opened_for_copying(visit, site)
    para = page.locator(".para:has(p)").nth(1)
    para.hover()
    words = para.locator("p").evaluate(
        "p => { const node = document.createTreeWalker(p, NodeFilter.SHOW_TEXT).nextNode();"
        " getSelection().setBaseAndExtent(node, 0, node, 6); return node.data.slice(0, 6); }"
    )
    page.get_by_test_id("copy-paragraph").click()
    assert copied(page) == words


def test_the_buttons_of_a_paragraph_are_reached_by_its_number_with_the_keyboard(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    page.get_by_test_id("hit-title").first.click()
    page.wait_for_url("**/doc/**")
    page.locator(".number").nth(2).focus()
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("copy-paragraph")).to_be_focused()
    expect(page.get_by_test_id("copy-paragraph")).to_have_attribute("title", "复制第 3 自然段")


def test_the_copy_button_gives_the_whole_citation(visit: Open, site: str) -> None:
    page = opened_for_copying(visit, site)
    page.locator("[data-copy=cite]").click()
    assert copied(page) == page.get_by_test_id("cite").text_content()
    assert f" {site}/doc/" in copied(page)


@pytest.mark.parametrize("script", [True, False])
def test_the_reader_goes_to_the_file_as_it_came_and_back(visit: Open, script: bool) -> None:
    page = visit("/search?q=社会救助", script=script)
    page.locator("[data-testid=hit-title]").first.click()
    address = page.url.split("#")[0]
    page.get_by_test_id("raw-link").click()
    expect(page.get_by_test_id("raw")).to_contain_text("社会救助")
    page.get_by_role("link", name="整理").click()
    assert page.url == address
    with page.expect_download() as download:
        page.get_by_test_id("original").click()
    assert (ROOT / "corpus" / download.value.suggested_filename).read_bytes() == download.value.path().read_bytes()


def test_the_printed_document_has_its_title_source_and_paragraph_numbers(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    page.get_by_test_id("hit-title").first.click()
    page.wait_for_url("**/doc/**")
    title, paragraphs = page.get_by_test_id("doc-title").inner_text(), page.locator(".para p").all_inner_texts()
    source = page.locator(".facts dt", has_text="来源").locator("+ dd").inner_text().split("\n")[0]
    numbers = page.locator(".number").all_inner_texts()
    printed = PdfReader(BytesIO(page.pdf(format="A4")))
    text = normalized("".join(sheet.extract_text() for sheet in printed.pages))
    for wanted in (title, source, *paragraphs, "检索词：养老服务", page.url.split("?")[0]):
        assert normalized(wanted) in text
    lines = [line.strip() for sheet in printed.pages for line in sheet.extract_text().splitlines()]
    # a number stands to the left of its paragraph; extraction puts some behind the first line
    stands = [n for n in numbers if any(re.search(rf"^{n}(?!\d)|(?<!\d){n}$", line) for line in lines)]
    assert stands == numbers
    for unwanted in ("返回结果", "上一处", "高级检索", "回到开头", "下载原文件", "复制"):
        assert unwanted not in text


def normalized(text: str) -> str:
    """Without blanks and folded: a PDF gives some characters as radicals (⺠ for 民) or in another width."""
    return fold("".join(text.split()))


def test_on_paper_there_is_the_text_with_its_address_and_no_navigation(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    page.get_by_test_id("hit-title").first.click()
    page.wait_for_url("**/doc/**")
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
    page.wait_for_url("**/doc/**")
    expect(page.get_by_test_id("cite")).to_contain_text(f"{site}{urlsplit(page.url).path}")


# --- colours and size ------------------------------------------------------------------------------------

PAPER = "getComputedStyle(document.body).backgroundColor"
# Tells, when the body begins, what had been chosen by then.
AT_FIRST = """
new MutationObserver((_, observer) => {
    if (document.body) { window.atFirst = document.documentElement.dataset.scheme; observer.disconnect(); }
}).observe(document, {childList: true, subtree: true});
"""


def test_colours_chosen_by_hand_are_there_before_the_first_paint_on_every_page(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    light = page.evaluate(PAPER)
    page.get_by_role("link", name="显示").click()
    page.get_by_label("深色").check()
    dark = page.evaluate(PAPER)
    assert dark != light
    page.add_init_script(AT_FIRST)
    page.goto("/help")
    assert (page.evaluate("window.atFirst"), page.evaluate(PAPER)) == ("dark", dark)
    page.get_by_label("跟随系统").check()
    assert page.evaluate(PAPER) == light
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(PAPER) == dark
    page.get_by_label("浅色").check()
    assert page.evaluate(PAPER) == light
    page.emulate_media(media="print")
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"


@pytest.mark.parametrize(("label", "pixels"), [("标准", 16), ("大", 18), ("特大", 21)])
def test_the_size_of_the_letters_is_chosen_and_kept(visit: Open, label: str, pixels: int) -> None:
    page = visit("/search?q=养老服务")
    page.get_by_label(label, exact=True).check()
    page.reload()
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == pixels


def test_without_script_the_system_chooses_and_there_is_no_switch(visit: Open) -> None:
    page = visit("/", script=False)
    for part in (page.locator(".view"), page.get_by_role("link", name="显示")):
        expect(part).not_to_be_visible()


# --- every state on every window --------------------------------------------------------------------------

STATES = {
    "home": "/",
    "results": "/search?q=养老服务",
    "filtered": "/search?q=养老服务&year=2024",
    "nothing found": "/search?q=量子纠缠",
    "too long": f"/search?q={'民' * 5000}",
    "document": "/search?q=养老服务",
    "detailed form": "/advanced?q=养老服务 (低保 或 特困) -云南&region=湖北",
    "several terms": "/search?q=养老服务 低保 -火星&year=2024&sort=newest",
    "suggestions": "/",
    "file as it came": "/search?q=社会救助",
    "chart and reasons": "/search?q=养老服务",
    "put together": "/search/region?q=养老服务",
    "browse": "/browse",
    "help": "/help",
    "status": "/status",
    "not found": "/nothing",
    "refused": "/search?q=养老&page=-1",
}


def unlocked(route: Route, request: Request) -> None:
    """The same answer out of the sandbox, in which no script runs, axe's neither."""
    response = route.fetch()
    policy = response.headers["content-security-policy"].partition("; sandbox")[0]
    route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy})


def show(visit: Open, state: str, **window: object) -> Page:
    page = visit(STATES[state], **window)
    if state in ("document", "file as it came"):
        page.get_by_test_id("hit-title").first.click()
        page.wait_for_url("**/doc/**")
    if state == "file as it came":
        page.route("**/text?*", unlocked)
        page.get_by_test_id("raw-link").click()
        expect(page.get_by_test_id("raw")).to_be_visible()
    page.wait_for_load_state()
    if state == "document":
        page.locator(".para:has(p)").nth(1).hover()
    if state == "suggestions":
        page.get_by_test_id("search-box").press_sequentially("养老")
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("ArrowDown")
    if state == "chart and reasons":
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    return page


@pytest.mark.parametrize("width", [320, 768, 1024, 1366])
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


@pytest.mark.parametrize("state", STATES)
def test_the_largest_letters_fit_into_the_narrowest_window(visit: Open, state: str) -> None:
    page = show(visit, state, width=320, height=740)
    page.evaluate("document.documentElement.dataset.size = 'larger'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("state", ["results", "document", "chart and reasons", "several terms"])
def test_axe_finds_nothing_to_object_to_in_high_contrast(visit: Open, state: str) -> None:
    page = show(visit, state)
    page.evaluate("document.documentElement.dataset.scheme = 'contrast'")
    options = {
        "resultTypes": ["violations"],
        "rules": {"target-size": {"enabled": True}, "color-contrast-enhanced": {"enabled": True}},
    }
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
