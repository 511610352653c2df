"""The open document in a real browser: from hit to hit, to the file as it came, and what is copied."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import pytest
from browsing import Open, in_sight, needs_script, opened
from conftest import ROOT
from playwright.sync_api import Page, expect


def standing(page: Page) -> tuple[int, int]:
    """At which hit the reader is, 0 at none yet, and of how many."""
    *at, total = map(int, re.findall(r"\d+", page.get_by_test_id("hit-counter").inner_text()))
    return (at[0] if at else 0), total


def test_next_and_previous_go_round_all_hits(visit: Open) -> None:
    page = opened(visit)
    first, total = standing(page)
    for step in range(1, total + 1):
        page.get_by_test_id("hit-next").click()
        number = (first - 1 + step) % total + 1
        expect(page.get_by_test_id("hit-counter")).to_have_text(f"第 {number}/{total} 处")
        assert urlsplit(page.url).fragment == f"hit-{number}"
        assert in_sight(page, f"#hit-{number}")
    at, _ = standing(page)
    page.get_by_test_id("hit-prev").click()
    expect(page.get_by_test_id("hit-counter")).to_have_text(f"第 {(at - 2) % total + 1}/{total} 处")


def test_the_way_back_leads_to_the_results(visit: Open) -> None:
    page = opened(visit)
    page.get_by_test_id("hit-next").click()
    page.get_by_role("link", name="返回结果").click()
    assert urlsplit(page.url).path == "/search"


def test_the_way_back_leads_to_the_card_one_came_from(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    card = page.get_by_test_id("hit").nth(7)
    name = card.get_attribute("id")
    card.get_by_test_id("hit-title").click()
    page.wait_for_url("**/doc/**")
    page.get_by_role("link", name="返回结果").click()
    page.wait_for_url("**/search?**")
    assert in_sight(page, f"#{name} h3")


def test_the_bar_says_what_one_reads_wherever_one_is(visit: Open) -> None:
    page = opened(visit)
    title = page.get_by_test_id("doc-title").inner_text()
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    assert in_sight(page, "[data-testid=now]")
    expect(page.get_by_test_id("now")).to_contain_text(title)


def test_words_are_found_inside_the_opened_text_and_the_results_stay_the_way_back(visit: Open) -> None:
    page = opened(visit)
    word = page.locator(".para p").nth(3).inner_text()[2:6]
    page.get_by_test_id("find").fill(word)
    page.get_by_test_id("find-button").click()
    page.wait_for_url("**find=*")
    assert in_sight(page, "#hit-1")
    assert set(page.locator(".para mark").all_inner_texts()) == {word}
    page.get_by_role("link", name="返回结果").click()
    assert unquote(urlsplit(page.url).query) == "q=养老服务"


@needs_script
def test_the_outline_marks_where_one_is(visit: Open) -> None:
    page = opened(visit)
    links = page.locator(".outline li:not(.check) a")
    for link in links.all():
        link.click()
        expect(link).to_have_attribute("aria-current", "true")
        expect(page.locator(".outline [aria-current]")).to_have_count(1)
        assert in_sight(page, str(link.get_attribute("href")))


def test_on_a_phone_the_bar_says_what_one_reads_and_a_number_stands_over_its_paragraph(visit: Open) -> None:
    page = visit("/search?q=养老服务", width=390, height=844)
    page.get_by_test_id("hit-title").first.click()
    page.wait_for_url("**/doc/**")
    title, bar = page.locator(".now a").bounding_box(), page.locator(".hit-bar").bounding_box()
    find = page.get_by_test_id("find").bounding_box()
    assert title and bar and find
    assert (title["width"] > 200, bar["height"] <= 76, find["width"] >= 40) == (True, True, True)
    paragraphs = page.locator(".para:has(p)").all()
    for paragraph, before in zip(paragraphs[1:6], paragraphs[:5], strict=True):
        number, own = paragraph.locator(".number").bounding_box(), paragraph.locator("p").bounding_box()
        other = before.locator("p").bounding_box()
        assert number and own and other
        assert other["y"] + other["height"] <= number["y"] and number["y"] + number["height"] <= own["y"] + 1


@needs_script
def test_the_link_of_a_paragraph_is_copied_without_the_question(visit: Open, site: str) -> None:
    page = opened_for_copying(visit, site)
    page.locator(".para:has(p)").nth(1).hover()
    page.get_by_test_id("copy-link").click()
    number = page.locator(".para:has(p)").nth(1).locator(".number").get_attribute("href")
    assert copied(page) == f"{site}{urlsplit(page.url).path}{number}"
    page.locator("[data-copy=link]").click()
    assert copied(page) == f"{site}{urlsplit(page.url).path}"


@needs_script
def test_the_document_opens_at_a_hit_and_back_skips_the_hits_that_were_looked_at(visit: Open) -> None:
    page = opened(visit)
    assert in_sight(page, "mark.at")
    assert standing(page)[0] > 0
    page.get_by_test_id("hit-next").click()
    page.go_back()
    assert urlsplit(page.url).path == "/search"


@needs_script
def test_n_and_p_go_from_hit_to_hit_unless_switched_off_or_typing(visit: Open) -> None:
    page = opened(visit)
    counter = page.get_by_test_id("hit-counter")
    before = counter.inner_text()
    page.keyboard.press("n")
    assert counter.inner_text() != before
    page.keyboard.press("p")
    expect(counter).to_have_text(before)
    page.get_by_test_id("search-box").press("n")
    expect(counter).to_have_text(before)
    page.locator("input[name=keys]").uncheck()
    page.reload()
    page.keyboard.press("n")
    expect(counter).to_have_text(before)


@pytest.mark.parametrize("heading", ["related", "cite-title"])
def test_a_heading_that_is_gone_to_is_not_under_the_bar(visit: Open, heading: str) -> None:
    page = opened(visit)
    page.goto(f"{page.url.split('#')[0]}#{heading}")
    assert in_sight(page, f"#{heading}")


def test_the_reader_goes_to_the_file_as_it_came_and_back(visit: Open) -> None:
    page = opened(visit, "社会救助")
    address = page.url.split("#")[0]
    page.get_by_test_id("raw-link").click()
    expect(page.get_by_test_id("raw")).to_contain_text("社会救助")
    page.get_by_role("link", name="整理").click()
    assert page.url == address
    with page.expect_download() as download:
        page.get_by_test_id("original").click()
    assert (ROOT / "corpus" / download.value.suggested_filename).read_bytes() == download.value.path().read_bytes()


# --- what is copied --------------------------------------------------------------------------------------


def test_a_selected_paragraph_is_copied_as_one_clean_line(visit: Open) -> None:
    page = opened(visit)
    shown = page.evaluate("document.querySelector('.para p').textContent")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.para'))")
    assert page.evaluate("String(getSelection())").strip() == shown


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def opened_for_copying(visit: Open, site: str, query: str = "养老服务") -> Page:
    page = opened(visit, query)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    return page


@needs_script
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


@needs_script
def test_of_a_long_paragraph_the_passage_that_was_opened_is_copied(visit: Open, site: str) -> None:
    page = opened_for_copying(visit, site, "骨灰寄存")
    piece = page.locator(".piece:target")
    paragraph = page.locator(".para", has=piece)
    assert paragraph.locator(".piece").count() > 1
    paragraph.hover()
    expect(page.get_by_test_id("copy-paragraph")).to_have_attribute("title", "复制标出的几句")
    page.get_by_test_id("copy-paragraph").click()
    assert copied(page) == piece.text_content()


@needs_script
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


@needs_script
def test_the_buttons_of_a_paragraph_are_reached_by_its_number_with_the_keyboard(visit: Open) -> None:
    page = opened(visit)
    page.locator(".number").nth(2).focus()
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("copy-paragraph")).to_be_focused()
    expect(page.get_by_test_id("copy-paragraph")).to_have_attribute("title", "复制第 3 自然段")


@needs_script
def test_the_copy_button_gives_the_whole_citation(visit: Open, site: str) -> None:
    page = opened_for_copying(visit, site)
    page.locator("[data-copy=cite]").click()
    assert copied(page) == page.get_by_test_id("cite").text_content()
    assert f" {site}/doc/" in copied(page)


@needs_script
def test_the_citation_names_the_whole_address(visit: Open, site: str) -> None:
    page = opened(visit)
    expect(page.get_by_test_id("cite")).to_contain_text(f"{site}{urlsplit(page.url).path}")
