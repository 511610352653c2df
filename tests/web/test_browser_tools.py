"""Each research tool in a real browser, with scripts and without: asked in its box, it shows what it found, and what
it shows leads to the place."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from urllib.parse import unquote

import docx
import pytest
from browsing import Open, in_sight
from playwright.sync_api import Page, expect

# Tool, what is typed into its box on the page of all tools, and a link of what it found.
ASKED = [
    ("同题对照", "养老服务", "[data-testid=cell] a[href*='#p']"),
    ("提法时间线", "养老服务，福利彩票", "[data-testid=first] a"),
    ("数字摘录", "福利彩票", "[data-testid=figure] a"),
    ("引用文件与会议", "养老服务", "[data-testid=name] li a"),
    ("一键汇编", "福利彩票", "[data-testid=extract] a"),
    ("讲话人", "卞知秋", "[data-testid=speech] a"),
    ("数字式提法", "五张网", "[data-testid=saying] li a"),
    ("相关说法", "养老服务", "[data-testid=word] td a"),
]


def ask(page: Page, label: str, words: str) -> None:
    """From the list of all tools."""
    entry = page.locator(".tool-list > li").filter(has=page.get_by_role("heading", name=label, exact=True))
    entry.get_by_test_id("tool-box").fill(words)
    entry.get_by_role("button").click()
    page.wait_for_url("**/tools/*?q=*")


@pytest.mark.parametrize(("label", "words", "link"), ASKED, ids=[label for label, _, _ in ASKED])
def test_what_a_tool_shows_leads_to_the_passage(visit: Open, label: str, words: str, link: str) -> None:
    page = visit("/tools")
    ask(page, label, words)
    expect(page.get_by_role("heading", level=1)).to_have_text(label)
    assert words in unquote(page.url)
    found = page.locator(link).first
    anchor = str(found.get_attribute("href")).partition("#")[2]
    found.click()
    page.wait_for_url("**/doc/**")
    assert anchor.startswith("p") and in_sight(page, f"#{anchor}")


def test_words_that_mark_a_region_lead_to_where_it_says_them(visit: Open) -> None:
    page = visit("/tools")
    ask(page, "区分词", "地区:辽宁")
    page.get_by_test_id("word").first.locator("a").click()
    page.wait_for_url("**/search?q=*")
    assert {one.get_attribute("href") for one in page.get_by_test_id("hit-title").all()}
    expect(page.get_by_test_id("total")).to_contain_text("篇讲话")


def test_a_count_of_the_coverage_leads_to_as_many_documents(visit: Open) -> None:
    page = visit("/tools/coverage")
    expect(page.get_by_test_id("gap")).to_contain_text("没有收录")
    count = page.get_by_test_id("coverage").locator("td a").first
    said = count.inner_text()
    count.click()
    page.wait_for_url("**/search?*")
    expect(page.get_by_test_id("hit")).to_have_count(int(said))


def test_from_a_passage_to_those_like_it(visit: Open) -> None:
    page = visit("/tools/matrix?q=养老服务")
    page.get_by_test_id("cell").locator("a[href^='/doc/']").first.click()
    page.wait_for_url("**/doc/**")
    id = page.url.partition("/doc/")[2][:16]
    page.goto(f"/tools/similar?doc={id}")
    page.get_by_test_id("choose").locator("a").nth(2).click()
    page.wait_for_url("**/tools/similar?doc=*&p=*")
    expect(page.get_by_test_id("asked")).to_be_visible()


def test_two_regions_and_a_draft_are_compared(visit: Open) -> None:
    page = visit("/tools/common")
    for box, region in zip(page.get_by_test_id("region").all(), ("江西", "湖南"), strict=True):
        box.fill(region)
    page.get_by_role("button", name="比一比").click()
    page.wait_for_url("**/tools/common?region=*")
    expect(page.locator(".read-as")).to_contain_text("江西 × 湖南")
    page.get_by_test_id("draft").fill("过去常说城市老得快，现在看，农村比城市老得更快，山区比平原老得更快。")
    page.get_by_role("button", name="与收录的文献比").click()
    page.wait_for_url("**/tools/common?text=*")
    first = page.get_by_test_id("wording").first
    expect(first).to_contain_text("农村比城市老得更快")
    first.locator("li a").first.click()
    page.wait_for_url("**/doc/**")


def test_what_is_ticked_is_looked_for(visit: Open) -> None:
    page = visit("/tools/kin?q=养老服务")
    boxes = page.locator("input[name=with]")
    assert not any(box.is_checked() for box in boxes.all())
    word = str(boxes.first.get_attribute("value"))
    boxes.first.check()
    page.get_by_role("button", name="连同勾上的一起检索").click()
    page.wait_for_url("**/search?q=*")
    expect(page.get_by_test_id("search-box").first).to_have_value(f"养老服务 或 “{word}”")


@pytest.mark.parametrize("form", ["docx", "md", "csv"])
def test_all_passages_are_taken_away_under_a_name_of_their_own(visit: Open, form: str) -> None:
    page = visit("/tools/passages?q=福利彩票")
    with page.expect_download() as download:
        page.locator(f"[data-testid=files] a[href*='.{form}?']").click()
    assert download.value.suggested_filename == f"民政讲话 汇编 福利彩票.{form}"
    assert Path(download.value.path()).stat().st_size > 1_000


@pytest.mark.parametrize("link", ["table", "word"])
def test_the_matrix_is_taken_away(visit: Open, link: str, tmp_path: Path) -> None:
    page = visit("/tools/matrix?q=养老服务")
    with page.expect_download() as download:
        page.get_by_test_id(link).click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    said = page.locator(".matrix p.said").first.inner_text()
    if link == "word":
        assert any(said in one.text for one in docx.Document(str(file)).paragraphs)
    else:
        rows = csv.reader(StringIO(file.read_text(encoding="utf-8-sig")))
        assert any(said in row for row in rows)


def test_on_a_phone_the_caption_of_a_list_is_as_wide_as_the_list(visit: Open) -> None:
    names = visit("/tools/kin?q=日间照料", width=390, height=800).get_by_test_id("names")
    whole, caption = names.bounding_box(), names.locator("caption").bounding_box()
    assert whole and caption and caption["width"] == whole["width"]
