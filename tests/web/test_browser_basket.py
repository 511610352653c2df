"""What the scripts add to 摘录篮 and 引文核对: the drawer, kept in the browser; a selection; HTML on the clipboard."""

from __future__ import annotations

import pytest
from browsing import Open, needs_script, opened
from playwright.sync_api import expect

CLIPBOARD = """() => addEventListener('copy', event => {
    window.copied = ['text/plain', 'text/html'].map(type => event.clipboardData.getData(type));
})"""
SELECTED = """() => {
    const text = document.createTreeWalker(document.querySelector('.para p'), NodeFilter.SHOW_TEXT).nextNode();
    const range = document.createRange();
    range.setStart(text, 1);
    range.setEnd(text, 5);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return String(range);
}"""


@needs_script
def test_three_passages_into_a_file_take_six_actions(visit: Open) -> None:
    page = visit("/search?q=养老服务")  # one: the search
    for number in (0, 3, 6):  # two, three, four
        page.locator(".passage .pick").nth(number).click()
    page.locator("[data-drawer]").click()  # five
    assert page.get_by_test_id("basket-item").count() == 3
    with page.expect_download() as download:
        page.get_by_text("Word", exact=True).click()  # six
    assert download.value.suggested_filename.endswith(".docx")


@needs_script
def test_the_drawer_keeps_order_and_notes_from_page_to_page(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    for number in (0, 3):
        page.locator(".passage .pick").nth(number).click()
    page.locator("[data-drawer]").click()
    texts = page.locator("[data-testid=basket-item] span").all_inner_texts()
    page.locator(".drawer input").first.fill("引言用")
    page.get_by_label("下移第 1 段").click()
    page.goto("/browse")
    assert page.locator("[data-drawer]").inner_text() == "摘录篮 2"
    page.locator("[data-drawer]").click()
    assert page.locator("[data-testid=basket-item] span").all_inner_texts() == texts[::-1]
    assert page.locator(".drawer input").last.input_value() == "引言用"
    page.keyboard.press("Escape")
    assert page.get_by_test_id("drawer").count() == 0


@needs_script
def test_two_hundred_excerpts_with_long_notes_are_taken_away_whole(visit: Open) -> None:
    """Their address would have 360,000 characters."""
    page = visit("/search?q=养老服务")
    e = str(page.locator(".passage .pick").first.get_attribute("href")).partition("?e=")[2].partition(".")[0]
    page.evaluate(
        "e => localStorage.setItem('basket', JSON.stringify(Array.from({length: 200}, (_, at) =>"
        " ({e: e + '.1.' + at + '-' + (at + 1), text: '话', title: '', note: '备'.repeat(200)}))))",
        e,
    )
    page.reload()
    page.locator("[data-drawer]").click()
    for _ in range(2):
        with page.expect_download() as download:
            page.get_by_role("button", name="CSV").click()
        assert download.value.path().read_text("utf-8-sig").count("备" * 200) == 200
    page.get_by_role("button", name="打开").click()
    page.wait_for_url("**/basket")
    expect(page.get_by_test_id("note").last).to_contain_text("放不进一个地址")
    with page.expect_download() as download:
        page.get_by_test_id("export-csv").click()
    assert download.value.path().read_text("utf-8-sig").count("备" * 200) == 200


@needs_script
def test_what_is_selected_is_picked_and_copied_with_its_form(visit: Open) -> None:
    page = opened(visit)
    chosen = page.evaluate(SELECTED)
    page.evaluate(CLIPBOARD)
    para = page.locator(".para", has=page.locator("p")).first
    para.locator(".add").click()
    para.hover()
    page.get_by_test_id("copy-paragraph").click()
    plain, formed = page.evaluate("window.copied")
    assert plain == chosen
    assert "仿宋" in formed and chosen in formed
    page.locator("[data-drawer]").click()
    page.get_by_text("打开", exact=True).click()
    assert page.locator("blockquote").inner_text() == chosen


@needs_script
def test_a_file_that_is_chosen_is_checked_at_once(visit: Open) -> None:
    page = visit("/check")
    sentence = "老人最怕的往往不是钱少，而是喊一声没人应。"
    file = {"name": "稿子.txt", "mimeType": "text/plain", "buffer": sentence.encode()}
    page.locator("#file").set_input_files([file])
    page.get_by_test_id("verdict").wait_for()
    assert page.get_by_test_id("verdict").get_attribute("data-kind") == "same"


@needs_script
def test_a_passage_of_the_results_is_quoted_with_its_source(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    passage = page.locator(".passage").first
    page.evaluate(CLIPBOARD)
    passage.get_by_text("引用", exact=True).click()
    passage.get_by_text("已复制").wait_for()
    plain, _ = page.evaluate("window.copied")
    source = page.request.get(f"/api{passage.locator('.pick').get_attribute('href')}").json()["excerpts"][0]["source"]
    said = passage.locator("p").inner_text().replace("“", "‘").replace("”", "’")
    assert plain == f"“{said}”{source}"


@needs_script
@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("address", ["/search/lines?q=养老服务", "/search/region?q=养老服务"])
def test_a_line_and_a_row_are_copied_and_quoted_with_the_whole_of_their_passage(
    visit: Open, address: str, width: int
) -> None:
    page = visit(address, width=width)
    place = page.locator(".doings").first
    page.evaluate(CLIPBOARD)
    one = page.request.get(f"/api{place.locator('.pick').get_attribute('href')}").json()["excerpts"][0]
    place.get_by_text("复制", exact=True).click()
    place.get_by_text("已复制").wait_for()
    assert page.evaluate("window.copied")[0] == one["text"]
    place.get_by_text("引用", exact=True).click()
    expect(place.get_by_text("引用", exact=True)).to_have_count(0)
    quoted = one["text"].replace("“", "‘").replace("”", "’")
    assert page.evaluate("window.copied")[0] == f"“{quoted}”{one['source']}"
