"""Every page on every window, in a real browser: colours and sizes."""

from __future__ import annotations

import pytest
from browsing import Open, needs_script
from playwright.sync_api import expect
from states import STATES, show

# --- colours and size ------------------------------------------------------------------------------------

PAPER = "getComputedStyle(document.body).backgroundColor"
# Tells, when the body begins, what had been chosen by then.
AT_FIRST = """
new MutationObserver((_, observer) => {
    if (document.body) { window.atFirst = document.documentElement.dataset.scheme; observer.disconnect(); }
}).observe(document, {childList: true, subtree: true});
"""


@needs_script
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


@needs_script
@pytest.mark.parametrize(("label", "pixels"), [("标准", 16), ("大", 18), ("特大", 21)])
def test_the_size_of_the_letters_is_chosen_and_kept(visit: Open, label: str, pixels: int) -> None:
    page = visit("/search?q=养老服务")
    page.get_by_label(label, exact=True).check()
    page.reload()
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == pixels


@pytest.mark.parametrize("script", [False], ids=["no scripts"])
def test_without_script_the_system_chooses_and_there_is_no_switch(visit: Open) -> None:
    page = visit("/")
    for part in (page.locator(".view"), page.get_by_role("link", name="显示")):
        expect(part).not_to_be_visible()


def test_the_box_for_a_draft_grows_with_what_is_typed_and_is_never_small(visit: Open) -> None:
    page = visit("/check")
    box = page.get_by_test_id("check-text")
    empty = box.bounding_box()
    box.fill("要健全养老服务体系，让老人在家门口吃上热饭。\n" * 16)
    full = box.bounding_box()
    assert empty and full and 280 < empty["height"] < full["height"] <= page.viewport_size["height"] * 0.6 + 1  # type: ignore[index]


# --- every state on every window --------------------------------------------------------------------------

# Collects what moves that nobody moved, from before the first paint.
SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => list.getEntries().forEach(one => {
    if (!one.hadRecentInput) window.shifts.push([one.value, one.sources.map(moved => String(moved.node.className))]);
})).observe({type: "layout-shift", buffered: true});
"""
PICKED = "[{e: '0000000000000000.1', text: '原话', title: '', note: ''}]"


@needs_script
@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("state", ["home", "results", "several terms", "line by line", "put together", "checked draft"])
def test_nothing_moves_when_scripts_add_what_only_they_can_do(visit: Open, state: str, width: int) -> None:
    page = visit("/help", width=width, height=768)
    page.evaluate(f"localStorage.setItem('basket', JSON.stringify({PICKED}))")
    page.evaluate("localStorage.setItem('followed', JSON.stringify({'q=养老服务': ['养老服务', 1]}))")
    page.add_init_script(SHIFTS)
    page.goto(STATES[state])
    page.wait_for_load_state("networkidle")
    page.mouse.wheel(0, 400)
    page.wait_for_timeout(200)
    assert page.evaluate("window.shifts") == []


SHOWN = "document.documentElement.scrollWidth"


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_wider_than_the_window_with_the_largest_letters_either(visit: Open, state: str) -> None:
    page = show(visit, state, width=320, height=740)  # opened as on a phone, then widened
    shown = {320: page.evaluate(SHOWN)}
    for width in (768, 1024, 1366):
        page.set_viewport_size({"width": width, "height": 740})
        shown[width] = page.evaluate(SHOWN)
    page.set_viewport_size({"width": 320, "height": 740})
    page.evaluate("document.documentElement.dataset.size = 'larger'")
    assert [(width, seen) for width, seen in [*shown.items(), (320, page.evaluate(SHOWN))] if seen > width] == []


def test_a_line_of_the_text_is_not_longer_than_forty_characters(visit: Open) -> None:
    page = show(visit, "document", width=1920, height=1080)
    width, size = page.locator(".para p").first.evaluate(
        "p => [p.getBoundingClientRect().width, parseFloat(getComputedStyle(p).fontSize)]"
    )
    assert width / size <= 40
