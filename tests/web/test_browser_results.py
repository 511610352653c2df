"""From a question to its results and its place in a document, in a real browser."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import pytest
from browsing import QUERIES, Open, asked, in_sight, needs_script
from playwright.sync_api import Page, expect


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
    number = str(passage.locator("a.where").get_attribute("href")).rpartition("#p")[2]
    passage.locator("a.where").click()
    assert urlsplit(page.url).fragment == f"p{number}"
    assert in_sight(page, f"#p{number}")
    page.wait_for_load_state()
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
    page.wait_for_load_state()
    titles = page.get_by_test_id("hit-title").all_inner_texts()
    assert visit(page.url).get_by_test_id("hit-title").all_inner_texts() == titles


def test_a_region_opens_to_its_places_by_a_sign_in_its_own_row(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    opening = page.get_by_text("浙江的市县")
    box, row = opening.bounding_box(), opening.locator("xpath=ancestor::li[1]/a").bounding_box()
    assert box and row
    assert (box["x"] + box["width"] <= row["x"] + 1, abs(box["y"] - row["y"]) < 4) == (True, True)
    assert min(box["width"], box["height"]) >= 24  # what a finger hits
    opening.press("Enter")
    expect(opening.locator("xpath=../ul")).to_be_visible()


def test_words_typed_with_the_box_ticked_narrow_the_results(visit: Open) -> None:
    page = visit("/search?q=养老服务&year=2024")
    before = {link.get_attribute("href").split("?")[0] for link in page.get_by_test_id("hit-title").all()}
    page.get_by_test_id("search-box").fill("会议")
    page.get_by_test_id("within").check()
    page.get_by_test_id("search-button").click()
    assert unquote(urlsplit(page.url).query) == "q=养老服务+会议&year=2024"
    page.wait_for_load_state()
    after = {link.get_attribute("href").split("?")[0] for link in page.get_by_test_id("hit-title").all()}
    assert after <= before


def test_the_detailed_form_leads_to_the_results_of_its_question(visit: Open) -> None:
    page = visit("/advanced")
    page.get_by_label("含全部词").fill("养老服务")
    page.get_by_label("不含", exact=True).fill("火星")
    page.get_by_label("年份").select_option("2024")
    page.get_by_test_id("advanced-button").click()
    assert unquote(urlsplit(page.url).query) == "q=养老服务+-火星&year=2024"
    expect(page.get_by_test_id("hit").first).to_be_visible()
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


# --- where the first hit is, and the other ways to see the same -------------------------------------------


def top(page: Page, number: int) -> float:
    """Pixels from the top of the window to the heading of a card."""
    return float(page.get_by_test_id("hit").nth(number).locator("h3").bounding_box()["y"])  # type: ignore[index]


# All that may stand above the hits: a correction, synonyms, ways of finding, what was chosen, notes.
TOLD = (
    *QUERIES,
    "社区养老",
    "福利采票",
    "养老服务&region=湖北&genre=讲话稿",
    "养老服务 低保 -火星&year=2024&sort=newest",
    "社区养老服务&way=scattered",
)


@pytest.mark.parametrize("query", TOLD)
def test_the_first_hit_is_close_to_the_head(visit: Open, query: str) -> None:
    page = visit(f"/search?q={query}", width=1366, height=768)
    head = page.locator("header.top").bounding_box()["height"]  # type: ignore[index]
    assert top(page, 0) - head <= 180


@pytest.mark.parametrize("query", [*QUERIES, "社区养老", "福利采票"])
def test_of_the_second_hit_there_is_the_title_with_what_it_is_in_the_window(visit: Open, query: str) -> None:
    page = visit(f"/search?q={query}", width=1366, height=768)
    region = page.get_by_test_id("hit").nth(1).locator(".card-head li").first.bounding_box()
    assert region and region["y"] + region["height"] <= 768


@pytest.mark.parametrize("query", TOLD)
def test_on_a_phone_the_first_hit_is_in_the_first_half_of_the_window(visit: Open, query: str) -> None:
    page = visit(f"/search?q={query}", width=390, height=844)
    assert top(page, 0) < 400


@pytest.mark.parametrize(("address", "row"), [("/search?q=养老服务", ".tools"), ("/search/lines?q=养老服务", ".tools")])
def test_on_a_phone_a_row_that_scrolls_sideways_shows_that_there_is_more(visit: Open, address: str, row: str) -> None:
    """The shade belongs to the row, the cover over it to what is scrolled: it shows until the end is reached."""
    found = visit(address, width=320, height=740).locator(row).first
    assert found.evaluate("row => row.scrollWidth > row.clientWidth")
    assert found.evaluate("row => getComputedStyle(row).backgroundAttachment") == "local, scroll"


@pytest.mark.parametrize("width", [320, 360])
def test_every_link_of_the_head_is_seen_on_a_phone(visit: Open, width: int) -> None:
    page = visit("/search?q=养老服务", width=width, height=740)
    rights = [link.bounding_box() for link in page.locator(".top .links > *:visible").all()]
    assert len(rights) >= 6
    assert max(box["x"] + box["width"] for box in rights if box) <= width


def test_on_a_phone_the_filters_fill_the_window_and_one_comes_back_to_the_results(visit: Open) -> None:
    page = visit("/search?q=养老服务", width=390, height=844)
    expect(page.get_by_test_id("facet-region")).not_to_be_visible()
    page.get_by_role("link", name="筛选").click()
    box = page.locator(".facets").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    page.get_by_role("link", name="看结果").click()
    expect(page.get_by_test_id("facet-region")).not_to_be_visible()
    page.get_by_role("link", name="筛选").click()
    page.get_by_test_id("facet-region").locator("a").first.click()
    page.wait_for_url("**region=*")
    assert top(page, 0) < 460  # with a chip for what was chosen


def test_a_range_of_years_is_chosen_beside_the_chart(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    page.get_by_test_id("from").fill("2023")
    page.get_by_test_id("to").fill("2024")
    page.get_by_test_id("range").click()
    assert unquote(urlsplit(page.url).query) == "q=养老服务&year=2023..2024"
    expect(page.get_by_test_id("hit").first).to_be_visible()


def test_the_chart_fits_its_box(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    box = page.locator(".aside").bounding_box()
    bars = [bar.bounding_box() for bar in page.get_by_test_id("year-bar").all()]
    assert box is not None
    assert all(
        bar and box["x"] - 1 <= bar["x"] and bar["x"] + bar["width"] <= box["x"] + box["width"] + 1 for bar in bars
    )


def test_any_two_texts_are_compared_by_a_tick(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    ids = [page.get_by_test_id("hit").nth(number).get_attribute("data-id") for number in (0, 2)]
    for number in (0, 2):
        page.get_by_test_id("hit").nth(number).get_by_label("对比").check()
    page.get_by_test_id("compare").click()
    page.wait_for_url(f"**/doc/{ids[0]}/compare/{ids[1]}")
    page.get_by_test_id("shared").click()
    page.wait_for_url("**/tools/common?*")


def test_the_words_stand_under_each_other_in_the_middle_of_the_lines(visit: Open) -> None:
    page = visit("/search?q=养老服务")
    page.get_by_test_id("lines").click()
    page.get_by_test_id("by-after").click()
    page.wait_for_load_state()
    places = [word.bounding_box()["x"] for word in page.locator(".kwic mark").all()[:20]]  # type: ignore[index]
    assert max(places) - min(places) < 2
    page.get_by_test_id("line").first.locator("a").first.click()
    page.wait_for_url("**/doc/**")
    assert in_sight(page, ".piece:target")


@needs_script
def test_a_line_and_a_row_are_put_into_the_basket(visit: Open) -> None:
    for address in ("/search/lines?q=养老服务", "/search/region?q=养老服务"):
        page = visit(address)
        page.locator("li .pick, tr .pick").first.click()
        page.locator("[data-drawer]").click()
        expect(page.get_by_test_id("basket-item")).to_have_count(1)
        expect(page.get_by_test_id("basket-item")).to_contain_text("养老服务")


@needs_script
def test_a_followed_search_says_on_the_home_page_how_many_more_there_are(visit: Open, site: str) -> None:
    page = visit("/search?q=养老服务")
    page.get_by_role("button", name="关注这个检索").click()
    count = asked(site, "养老服务")["total"]["documents"]
    page.evaluate("localStorage.setItem('visit', '2020-01-01T00:00')")
    page.evaluate("localStorage.setItem('followed', localStorage.getItem('followed').replace(/,\\d+\\]/, ',1]'))")
    page.goto("/")
    expect(page.get_by_test_id("followed")).to_have_text(f"养老服务{count} 篇，多了 {count - 1} 篇")
    page.evaluate("localStorage.setItem('followed', localStorage.getItem('followed').replace(/,1\\]/, ',900]'))")
    page.reload()
    expect(page.get_by_test_id("followed")).to_have_text(f"养老服务{count} 篇，少了 {900 - count} 篇")
    page.evaluate("localStorage.setItem('visit', '2020-01-01T00:00')")
    page.reload()
    expect(page.locator("#since")).to_have_text(re.compile(r"^上次打开以来 [1-9]\d* 篇$"))
    page.reload()
    expect(page.locator("#since")).to_have_text("上次打开以来 0 篇")
    page.get_by_test_id("followed").locator("a").click()
    page.get_by_role("button", name="不再关注").click()
    page.goto("/")
    expect(page.get_by_test_id("followed").locator("li")).to_have_count(0)
