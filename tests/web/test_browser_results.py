"""From a question to its results and its place in a document, in a real browser."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import pytest
from browsing import QUERIES, Open, asked, in_sight, needs_script
from playwright.sync_api import expect


@pytest.mark.parametrize("query", QUERIES)
def test_a_typed_question_leads_to_the_passage_in_the_open_document(visit: Open, site: str, query: str) -> None:
    page = visit("/")
    page.get_by_test_id("search-box").fill(query)
    page.get_by_test_id("search-button").click()
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
    marks = page.locator(".para mark[id]").count()
    expect(page.get_by_test_id("hit-counter")).to_have_text(re.compile(rf"^(第 \d+/|共 ){marks} 处$"))


def test_the_enter_key_asks_the_question(visit: Open) -> None:
    page = visit("/")
    page.get_by_test_id("search-box").fill("福利彩票")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert unquote(urlsplit(page.url).query) == "q=福利彩票"


@needs_script
def test_a_click_on_the_quoted_words_opens_them_and_selecting_them_does_not(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.passage p'))")
    page.evaluate("document.querySelector('.passage p').click()")
    assert urlsplit(page.url).path == "/search"
    page.evaluate("getSelection().removeAllRanges()")
    page.get_by_test_id("passage").first.locator("p").click()
    page.wait_for_url("**/doc/**")


def test_an_address_that_was_mailed_shows_the_same_results(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    page.get_by_test_id("facet-region").locator("a").first.click()
    page.get_by_test_id("sort-newest").click()
    titles = page.get_by_test_id("hit-title").all_inner_texts()
    assert visit(page.url).get_by_test_id("hit-title").all_inner_texts() == titles


def test_words_typed_with_the_box_ticked_narrow_the_results(visit: Open) -> None:
    page = visit("/search?q=养老服务&year=2024")
    before = {link.get_attribute("href").split("?")[0] for link in page.get_by_test_id("hit-title").all()}
    page.get_by_test_id("search-box").fill("会议")
    page.get_by_test_id("within").check()
    page.get_by_test_id("search-button").click()
    assert unquote(urlsplit(page.url).query) == "q=养老服务+会议&year=2024"
    after = {link.get_attribute("href").split("?")[0] for link in page.get_by_test_id("hit-title").all()}
    assert after <= before


def test_the_detailed_form_leads_to_the_results_of_its_question(visit: Open) -> None:
    page = visit("/advanced")
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
    page.wait_for_url("**#main")
