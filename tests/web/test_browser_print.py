"""What comes out on paper, in a real browser."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from urllib.parse import unquote, urlsplit

import pytest
from browsing import Open, needs_script, opened
from playwright.sync_api import expect
from pypdf import PageObject, PdfReader

from search.text import fold


def test_the_printed_document_has_its_title_source_and_paragraph_numbers(visit: Open) -> None:
    page = opened(visit)
    title, paragraphs = page.get_by_test_id("doc-title").inner_text(), page.locator(".para p").all_inner_texts()
    source = page.locator(".facts dt", has_text="来源").locator("+ dd").inner_text().split("\n")[0]
    numbers = page.locator(".number").all_inner_texts()
    printed = PdfReader(BytesIO(page.pdf(format="A4")))
    text = normalized("".join(sheet.extract_text() for sheet in printed.pages))
    for wanted in (title, source, *paragraphs, "检索词：养老服务", urlsplit(page.url).path):
        assert normalized(wanted) in text
    lines = [line.strip() for sheet in printed.pages for line in sheet.extract_text().splitlines()]
    # a number stands to the left of its paragraph; extraction puts some behind the first line
    stands = [n for n in numbers if any(re.search(rf"^{n}(?!\d)|(?<!\d){n}$", line) for line in lines)]
    assert stands == numbers
    for unwanted in ("返回结果", "上一处", "高级检索", "回到开头", "下载原文件", "复制"):
        assert unwanted not in text


def test_a_paragraph_of_one_passage_is_not_broken_by_the_end_of_a_sheet(visit: Open) -> None:
    page = opened(visit, "“一头连着逝者的尊严”")
    whole = [para.inner_text() for para in page.locator(".para:not(:has(.piece + .piece)) p").all()]
    sheets = [normalized(sheet.extract_text()) for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages]
    assert len(sheets) > 1
    assert [text for text in whole if not any(normalized(text) in sheet for sheet in sheets)] == []


# Points from the lower edge of a sheet above which a third of what can be printed on is empty.
LOWEST = 300


def lowest(sheet: PageObject) -> float:
    """Where the last line of a sheet stands, in points from its lower edge."""
    heights: list[float] = []
    sheet.extract_text(
        visitor_text=lambda text, at, line, *_: heights.append(line[5] * at[3] + at[5]) if text.strip() else None
    )
    return min(heights)


@pytest.mark.parametrize("address", ["/search?q=养老服务", "/search/region?q=养老服务", "/search/year?q=社会救助"])
def test_no_sheet_of_results_is_half_empty_and_none_ends_with_a_heading(visit: Open, address: str) -> None:
    page = visit(address)
    sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    assert len(sheets) > 1
    assert [round(lowest(sheet)) for sheet in sheets[:-1] if lowest(sheet) > LOWEST] == []
    heads = {normalized(head) for head in page.locator(".card h3, .card-head li:last-child, .where").all_inner_texts()}
    ends = [normalized(sheet.extract_text().strip().splitlines()[-1]) for sheet in sheets[:-1]]
    assert [end for end in ends if end in heads] == []


def test_a_printed_document_has_no_half_empty_sheet_and_its_address_once(visit: Open) -> None:
    page = opened(visit, "社会救助")
    sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    assert [round(lowest(sheet)) for sheet in sheets[:-1] if lowest(sheet) > LOWEST] == []
    text = normalized("".join(sheet.extract_text() for sheet in sheets))
    assert "引用本文" in text and "本文的链接" not in text


def normalized(text: str) -> str:
    """Without blanks and folded: a PDF gives some characters as radicals (⺠ for 民) or in another width."""
    return fold("".join(text.split()))


def test_on_paper_there_is_the_text_with_its_address_and_no_navigation(visit: Open) -> None:
    page = opened(visit)
    page.emulate_media(media="print")
    expect(page.locator(".on-paper")).to_contain_text("检索词：养老服务")
    expect(page.locator(".address")).to_contain_text(urlsplit(page.url).path)
    for hidden in (".top", ".hit-bar", ".bottom", ".outline"):
        for part in page.locator(hidden).all():
            expect(part).not_to_be_visible()
    for shown in ("doc-title", "text", "cite"):
        expect(page.get_by_test_id(shown)).to_be_visible()
    assert page.locator(".para mark").first.evaluate("mark => getComputedStyle(mark).textDecorationLine") == "underline"
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("address", ["/search?q=养老服务&year=2024", "/search/region?q=养老服务"])
def test_printed_results_name_the_question_the_address_and_the_day(visit: Open, address: str) -> None:
    page = visit(address)
    expect(page.locator(".on-paper")).not_to_be_visible()
    page.emulate_media(media="print")
    today = date.today()
    expect(page.locator(".on-paper")).to_have_text(
        f"检索词：养老服务　地址：{address}　打开日期：{today.year}年{today.month}月{today.day}日"
    )
    expect(page.locator(".on-paper")).to_be_visible()


@pytest.mark.parametrize("address", ["/search?q=养老服务", "/search/lines?q=养老服务", "/search/region?q=养老服务"])
def test_printed_results_have_nothing_that_is_pressed(visit: Open, address: str) -> None:
    page = visit(address)
    page.emulate_media(media="print")
    printed = PdfReader(BytesIO(page.pdf(format="A4")))
    text = fold("".join(sheet.extract_text() for sheet in printed.pages))
    assert "养老服务" in text
    for unwanted in ("摘录", "对比", "筛选", "关注", "导出", "次序", "看这几年"):
        assert unwanted not in text


@needs_script
@pytest.mark.parametrize("address", ["/search?q=养老服务", "/search/region?q=养老服务"])
def test_on_paper_the_address_is_the_whole_one(visit: Open, address: str) -> None:
    page = visit(address)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".address")).to_have_text(unquote(page.url))
    page.get_by_test_id("hit-title").first.click()
    page.wait_for_url("**/doc/**")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".address")).to_have_text(unquote(page.url))
