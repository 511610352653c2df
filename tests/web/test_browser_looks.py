"""Every page on every window, in a real browser: colours, sizes, and what axe says of it."""

from __future__ import annotations

import pytest
from browsing import Open, needs_script, violations
from playwright.sync_api import Page, Request, Route, expect

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

# A sentence of each verdict, claims right and wrong, an old name, doubts about the draft itself.
DRAFT = (
    "卞知秋局长指出，“老人最怕的往往不是钱多，而是喊一声没人应。”《没有的意见》提出：“这些短板不补上，群众就不会满意。”"
    "过去常说城市老得快、现在看，农村比城市老得更快，山区比平原老得更快。護理员平均年龄超过51岁，持证率不足六成。"
    "五保供养对象的住房要有人管。他说“没有完。"
)
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
    "two versions": "/search?q=养老服务",
    "chart and reasons": "/search?q=养老服务",
    "put together": "/search/region?q=养老服务",
    "by year": "/search/year?q=养老服务",
    "line by line": "/search/lines?q=养老服务&by=after",
    "scattered": "/search?q=社区养老",
    "found in one way": "/search?q=社区养老服务&way=scattered",
    "found in a text": "/search?q=养老服务",
    "browse": "/browse",
    "tools": "/tools",
    "matrix": "/tools/matrix?q=养老服务",
    "timeline": "/tools/timeline?q=养老服务，福利彩票",
    "figures": "/tools/figures?q=福利彩票",
    "cited": "/tools/cited",
    "nothing to compare": "/tools/common",
    "wording in common": "/tools/common?region=山东&region=湖南",
    "wording of a draft": f"/tools/common?text={DRAFT}",
    "speaker": "/tools/speaker?q=卞知秋",
    "sayings with numbers": "/tools/numbered",
    "all passages": "/tools/passages?q=福利彩票",
    "telling words": "/tools/telling?region=辽宁",
    "no passage to compare": "/tools/similar",
    "passages alike": "/search?q=养老服务",
    "related words": "/tools/kin?q=养老服务",
    "names of another passage": "/tools/kin?q=日间照料",
    "no speaker": "/tools/speaker",
    "coverage": "/tools/coverage",
    "help": "/help",
    "status": "/status",
    "draft to check": "/check",
    "checked draft": f"/check?text={DRAFT}",
    "excerpts": "/search?q=养老服务",
    "drawer": "/search?q=养老服务",
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
    if state == "found in a text":
        page.get_by_test_id("hit-title").first.click()
        page.get_by_test_id("find").fill("老人")
        page.get_by_test_id("find-button").click()
        page.wait_for_url("**find=*")
    if state == "passages alike":
        page.goto(f"/tools/similar?doc={page.get_by_test_id('hit').first.get_attribute('data-id')}&p=3")
        expect(page.get_by_test_id("asked")).to_be_visible()
    if state == "file as it came":
        page.route("**/text?*", unlocked)
        page.get_by_test_id("raw-link").click()
        expect(page.get_by_test_id("raw")).to_be_visible()
    if state == "two versions":
        one, other = (card.get_attribute("data-id") for card in page.get_by_test_id("hit").all()[:2])
        page.goto(f"/doc/{one}/compare/{other}")
        expect(page.get_by_test_id("contrasts")).to_be_visible()
    page.wait_for_load_state()
    if state == "document":
        page.locator(".para:has(p)").nth(1).hover()
    if state == "excerpts":
        ids = [card.get_attribute("data-id") for card in page.get_by_test_id("hit").all()[:3]]
        page.goto("/basket?" + "&".join(f"e={id}.2!备注" for id in ids) + f"&e={ids[0]}.999")
        expect(page.get_by_test_id("excerpt")).to_have_count(4)
    if state == "drawer" and page.get_by_role("button", name="引用").count():
        for number in (0, 3):
            page.locator(".passage .pick").nth(number).click()
        page.locator("[data-drawer]").click()
        expect(page.get_by_test_id("basket-item")).to_have_count(2)
    if state == "suggestions":
        page.get_by_test_id("search-box").press_sequentially("养老")
    if state == "suggestions" and page.get_by_role("combobox").count():  # without scripts it is a plain box
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("ArrowDown")
    if state == "chart and reasons":
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    return page


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


@pytest.mark.parametrize("width", [320, 768, 1024, 1366])
@pytest.mark.parametrize("state", STATES)
def test_nothing_is_wider_than_the_window(visit: Open, state: str, width: int) -> None:
    page = show(visit, state, width=width, height=740)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_to_object_to(visit: Open, state: str, dark: bool) -> None:
    page = show(visit, state, dark=dark, examined=True)
    assert violations(page) == []


@needs_script
@pytest.mark.parametrize("state", STATES)
def test_the_largest_letters_fit_into_the_narrowest_window(visit: Open, state: str) -> None:
    page = show(visit, state, width=320, height=740)
    page.evaluate("document.documentElement.dataset.size = 'larger'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@needs_script
@pytest.mark.parametrize("state", ["results", "document", "chart and reasons", "several terms"])
def test_axe_finds_nothing_to_object_to_in_high_contrast(visit: Open, state: str) -> None:
    page = show(visit, state)
    page.evaluate("document.documentElement.dataset.scheme = 'contrast'")
    assert violations(page, "color-contrast-enhanced") == []


@pytest.mark.parametrize("state", ["results", "document"])
def test_axe_finds_nothing_to_object_to_on_a_phone(visit: Open, state: str) -> None:
    page = show(visit, state, width=360, height=740, examined=True)
    page.evaluate("scrollTo(0, 0)")  # half a link under the bar that stays is no small one
    assert violations(page) == []


def test_a_line_of_the_text_is_not_longer_than_forty_characters(visit: Open) -> None:
    page = show(visit, "document", width=1920, height=1080)
    width, size = page.locator(".para p").first.evaluate(
        "p => [p.getBoundingClientRect().width, parseFloat(getComputedStyle(p).fontSize)]"
    )
    assert width / size <= 40
