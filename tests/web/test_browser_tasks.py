"""Ten tasks of an office, each done in a real browser with every action counted; docs/任务.md says how many."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from browsing import Open, needs_script
from conftest import ROOT
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

# | 1 | 三个地区的说法，连同出处放进稿子 | 23 | 6 | …
ROW = re.compile(r"^\| (\d+) \| [^|]+ \| ([^|]+) \| (\d+) \|", re.MULTILINE)
SAID = {int(number): int(after) for number, _, after in ROW.findall((ROOT / "docs/任务.md").read_text("utf-8"))}


class Hand:
    """Does one thing after the other and counts them: a click, a key, a text typed or pasted, a move elsewhere."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def click(self, place: Locator) -> None:
        self.actions += 1
        place.click()
        self.page.wait_for_load_state()

    def write(self, place: Locator, text: str) -> None:
        self.actions += 1
        place.fill(text)

    def point(self, place: Locator) -> None:
        self.actions += 1
        place.hover()

    def search(self, text: str) -> None:
        self.write(self.page.get_by_test_id("search-box"), text)
        self.actions += 1
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/search?**")

    def take(self, place: Locator) -> str:
        with self.page.expect_download() as download:
            self.click(place)
        return download.value.suggested_filename


def three_regions(hand: Hand) -> None:
    hand.search("养老服务")
    hand.click(hand.page.get_by_test_id("together-region"))
    rows = hand.page.get_by_test_id("group")
    for number in range(3):
        hand.click(rows.nth(number).locator(".pick").first)
    hand.click(hand.page.locator("[data-drawer]"))
    assert hand.take(hand.page.get_by_role("button", name="Word")).endswith(".docx")


def a_quotation(hand: Hand) -> None:
    hand.click(hand.page.get_by_role("link", name="引文核对"))
    hand.write(hand.page.get_by_test_id("check-text"), "老人最怕的往往不是钱多，而是喊一声没人应。")
    hand.click(hand.page.get_by_test_id("check-button"))
    expect(hand.page.locator("main")).to_contain_text("差")


def a_figure(hand: Hand) -> None:
    hand.search("福利彩票 销售 亿元")
    assert re.search(r"\d(?:\.\d+)?亿元", hand.page.get_by_test_id("hit").first.inner_text())


def what_one_said(hand: Hand) -> None:
    hand.search("讲话人:卞知秋")
    cards = hand.page.get_by_test_id("hit").all()
    assert cards and all("卞知秋" in card.inner_text() for card in cards)


def the_newest(hand: Hand) -> None:
    hand.search("儿童福利")
    hand.click(hand.page.get_by_test_id("sort-newest"))
    expect(hand.page.get_by_test_id("sort-newest")).to_have_attribute("aria-current", "true")


def over_the_years(hand: Hand) -> None:
    hand.search("养老服务")
    hand.click(hand.page.get_by_test_id("together-year"))
    years = [int(group.get_attribute("aria-label") or 0) for group in hand.page.get_by_test_id("group").all()]
    assert years == sorted(years, reverse=True)
    assert len(years) > 3


def five_passages(hand: Hand) -> None:
    hand.search("养老服务")
    for number in (0, 1, 2, 3, 5):
        hand.click(hand.page.locator(".passage:visible .pick").nth(number))
    hand.click(hand.page.locator("[data-drawer]"))
    expect(hand.page.get_by_test_id("basket-item")).to_have_count(5)
    assert hand.take(hand.page.get_by_role("button", name="Word")).endswith(".docx")


def all_of_one_place(hand: Hand) -> None:
    hand.search("地区:广东")
    hand.click(hand.page.get_by_text("广东的市县"))
    hand.click(hand.page.get_by_test_id("facet-region").get_by_role("link", name="榕湾市"))
    expect(hand.page.get_by_test_id("chip").first).to_contain_text("榕湾市")
    cards = hand.page.locator(".card-head li:first-child").all_inner_texts()
    assert cards and all("榕湾市" in region for region in cards)


def a_link(hand: Hand) -> None:
    hand.search("养老服务")
    hand.click(hand.page.get_by_test_id("hit-title").first)
    hand.page.wait_for_url("**/doc/**")
    hand.point(hand.page.locator(".para:has(p)").nth(1))
    hand.click(hand.page.get_by_test_id("copy-link"))
    link = str(hand.page.evaluate("navigator.clipboard.readText()"))
    assert re.fullmatch(r"http://[\w.:]+/doc/\w+#\w+", link)


def what_is_new(hand: Hand) -> None:
    hand.search("养老服务")
    hand.click(hand.page.get_by_role("button", name="关注这个检索"))
    hand.click(hand.page.locator("a.brand"))
    expect(hand.page.get_by_test_id("followed")).to_contain_text("篇")


TASKS: dict[int, Callable[[Hand], None]] = {
    1: three_regions,
    2: a_quotation,
    3: a_figure,
    4: what_one_said,
    5: the_newest,
    6: over_the_years,
    7: five_passages,
    8: all_of_one_place,
    9: a_link,
    10: what_is_new,
}


def test_the_page_tells_of_all_tasks() -> None:
    assert set(SAID) == set(TASKS)


@needs_script
@pytest.mark.parametrize("number", TASKS)
def test_a_task_takes_as_many_actions_as_the_page_says(visit: Open, site: str, number: int) -> None:
    page = visit("/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    hand = Hand(page)
    TASKS[number](hand)
    assert hand.actions == SAID[number]
