"""What happens while a question is typed, in a real browser: keys, input methods, suggestions."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from browsing import Open, needs_script
from playwright.sync_api import CDPSession, Page, expect

PAUSE = 150  # milliseconds the suggestions wait for the next key (static/suggest.js)


@needs_script
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


@needs_script
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


def typing(visit: Open, text: str) -> Page:
    """A page whose box shows suggestions for the text: the whole of it, not what stood in the box on the way there. A
    machine that takes more than the pause for a key asks for 低保, too, when 低保 养老 is typed."""
    page = visit("/")
    page.get_by_test_id("search-box").press_sequentially(text)
    expect(page.get_by_role("listbox")).to_have_attribute("data-of", text)
    expect(page.get_by_role("option").first).to_be_visible()
    return page


@needs_script
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
    expect(page.get_by_test_id("hit").first).to_be_visible()


@needs_script
def test_a_suggestion_says_a_number_of_documents_only_where_it_was_counted(visit: Open) -> None:
    shown = [typing(visit, text).get_by_role("option").first.text_content() or "" for text in ("养老", "低保 养老")]
    assert ["篇" in one for one in shown] == [True, False]


@needs_script
def test_suggestions_say_which_text_they_are_for(visit: Open) -> None:
    """Those of a text stand until those of the next have come; who reads the list has to be able to tell them apart."""
    page = typing(visit, "低保")
    page.get_by_role("combobox").press_sequentially(" 养老", delay=2 * PAUSE)
    expect(page.get_by_role("listbox")).to_have_attribute("data-of", "低保 养老")
    expect(page.get_by_role("option").first).not_to_contain_text("篇")


@needs_script
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


@needs_script
def test_enter_without_a_choice_asks_for_what_was_typed(visit: Open) -> None:
    page = typing(visit, "养老")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert unquote(urlsplit(page.url).query) == "q=养老"


@needs_script
def test_fast_typing_asks_the_server_once(visit: Open) -> None:
    page = visit("/")
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(unquote(urlsplit(request.url).query)))
    page.get_by_test_id("search-box").press_sequentially("养老服务")
    page.wait_for_timeout(4 * PAUSE)
    assert [query for query in asked_for if query.startswith("q=")] == ["q=养老服务"]


@needs_script
def test_the_number_of_suggestions_is_announced(visit: Open) -> None:
    page = typing(visit, "养老")
    count = page.get_by_role("option").count()
    expect(page.locator(".search [role=status]")).to_have_text(f"{count} 条建议，用上下键选择")
