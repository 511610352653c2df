"""What the open document tells: its outline with counts, its doubts explained, and the words to cite it by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from conftest import changed, document

from search.documents.document import Document, Evidence, PartialDate, Passage, Warning
from search.documents.labels import quotation_label
from search.documents.warnings import MEANINGS
from search.query.parsing import parse
from search.reading import Doubt, OutlineItem, open_document
from search.reading.citation import source_words

TODAY = date(2026, 11, 21)
REPORT = changed(
    document("民政厅.txt", "会议强调，要抓实“一老一小”服务。", title="民政厅：要抓实服务", genre="会议报道"),
    date=Evidence(PartialDate(2024, 2, 18), "2月18日上午", "inferred"),
    issuer=Evidence("某省民政厅"),
    meeting=Evidence("厅机关全体干部大会"),
    source=Evidence("某省民政厅官网消息"),
)
SPEECH = changed(
    document(
        "讲话.txt", "同志们：", title="在全市民政工作会议上的讲话", genre="讲话稿", date="2024-03", speakers=["卞知秋"]
    ),
    quotable=True,
    meeting=Evidence("全市民政工作会议"),
)


# --- citing --------------------------------------------------------------------------------------------


def test_a_report_is_quoted_by_its_meeting_its_day_and_its_source() -> None:
    assert source_words(REPORT) == "（某省民政厅厅机关全体干部大会，2024年2月18日，据某省民政厅官网消息）"


@pytest.mark.parametrize(
    ("speech", "words"),
    [
        (SPEECH, "（卞知秋《在全市民政工作会议上的讲话》，2024年3月，来源不详）"),
        (changed(SPEECH, speakers=()), "（《在全市民政工作会议上的讲话》，2024年3月，来源不详）"),
        (changed(REPORT, meeting=None, source=None), "（《民政厅：要抓实服务》，2024年2月18日，来源不详）"),
        (changed(REPORT, source=Evidence("据新华社")), "（某省民政厅厅机关全体干部大会，2024年2月18日，据新华社）"),
        (changed(REPORT, issuer=Evidence("厅机关")), "（厅机关全体干部大会，2024年2月18日，据某省民政厅官网消息）"),
        (
            changed(REPORT, date=None, meeting=None, title=Evidence("服务会议", how="derived")),
            "（《服务会议》（拟题），日期不详，据某省民政厅官网消息）",
        ),
        (
            replace(
                SPEECH,
                warnings=(
                    Warning("truncated", "文末截断：原文到此中断"),
                    Warning("year_contradiction", "年份存疑：……"),
                    Warning("suspected_typo", "疑似错字：……"),
                ),
            ),
            "（卞知秋《在全市民政工作会议上的讲话》，2024年3月，来源不详；文末截断、年份存疑，引用前请核对原件）",
        ),
    ],
)
def test_what_is_not_known_is_said_and_grave_doubts_travel_with_the_quotation(speech: Document, words: str) -> None:
    assert open_document(speech, parse("")).source_words == words


def test_a_notice_has_a_date_and_no_day_of_a_meeting() -> None:
    notice = replace(document("通知.txt", "各市民政局：", title="关于清明祭扫的通知", genre="通知", date="2024-03-05"))
    assert open_document(notice, parse(""), link="L", today=TODAY).cite == (
        "[作者不详]. 关于清明祭扫的通知[EB/OL]. [2026-11-21]. L.\n日期：2024-03-05；来源不详；通知，非讲话原文"
    )


@pytest.mark.parametrize(
    ("speech", "author"),
    [
        (SPEECH, "卞知秋"),
        (changed(SPEECH, speakers=(), issuer=Evidence("市政府")), "[作者不详]"),
        (changed(SPEECH, speakers=(), issuer=Evidence("某市民政局"), genre="工作报告"), "某市民政局"),
        (REPORT, "某省民政厅"),
        (changed(REPORT, issuer=None), "[作者不详]"),
    ],
)
def test_a_speech_is_cited_by_its_speaker_and_a_report_or_a_paper_by_the_body(speech: Document, author: str) -> None:
    assert open_document(speech, parse(""), link="L", today=TODAY).cite.startswith(
        f"{author}. {speech.metadata.title.value}[EB/OL]"
    )


def test_a_body_that_its_title_names_is_not_named_twice() -> None:
    summary = changed(
        SPEECH, speakers=(), issuer=Evidence("某市民政局"), genre="工作报告", title=Evidence("某市民政局总结")
    )
    assert open_document(summary, parse("")).source_words == "（《某市民政局总结》，2024年3月，来源不详）"


@pytest.mark.parametrize(
    ("genre", "quotable", "label"),
    [
        ("会议报道", False, "会议报道转述，非讲话原文"),
        ("新闻报道", False, "新闻报道转述，非讲话原文"),
        (None, False, "报道转述，非讲话原文"),
        ("通知", False, "通知，非讲话原文"),
        ("讲话稿", True, "讲话稿"),
        (None, True, "讲话稿"),
    ],
)
def test_whose_words_they_are_is_said_above_the_text(genre: str | None, quotable: bool, label: str) -> None:
    assert quotation_label(changed(REPORT, genre=genre, quotable=quotable)) == label


# --- the outline and the doubts --------------------------------------------------------------------------

COUNTED = replace(
    SPEECH,
    passages=(
        Passage(1, 1, "下面，我讲三个方面意见。"),
        Passage(2, 2, "一、抓重点", ("一、抓重点",), True),
        Passage(3, 3, "今年要抓好六项重点工作：", ("一、抓重点",)),
        Passage(4, 3, "一是低保。", ("一、抓重点", "一是低保")),
        Passage(5, 4, "二、抓落实", ("二、抓落实",), True),
    ),
    warnings=(
        Warning("count_mismatch", "列项不符：文中称“讲三个方面意见”，实列2项", "讲三个方面意见。", (3, 2)),
        Warning("count_mismatch", "列项不符：文中称“六项重点工作”，实列5项", "六项重点工作：", (6, 5)),
        Warning("truncated", "文末截断：原文到此中断，没有句末标点", "文件里没有的话"),
    ),
)


def test_a_count_that_is_wrong_stands_in_the_outline_where_it_is_claimed() -> None:
    assert open_document(COUNTED, parse("")).outline == (
        OutlineItem("宣称三个方面，正文仅见两个（文末截断）", "#p1", 0, check="wrong"),
        OutlineItem("一、抓重点", "#p2", 0),
        OutlineItem("宣称六项，实列五项", "#p3", 1, check="wrong"),
        OutlineItem("一是低保", "#p4", 1),
        OutlineItem("二、抓落实", "#p5", 0),
    )


def test_the_outline_leads_to_the_headings_themselves() -> None:
    """As they are read from a file: each under its parents alone."""
    passages = (
        Passage(1, 1, "一、抓重点", (), True),
        Passage(2, 2, "（一）救助", ("一、抓重点",), True),
        Passage(3, 3, "要应救尽救。", ("一、抓重点", "（一）救助")),
        Passage(4, 4, "二、抓落实", (), True),
    )
    assert open_document(replace(SPEECH, passages=passages), parse("")).outline == (
        OutlineItem("一、抓重点", "#p1", 0),
        OutlineItem("（一）救助", "#p2", 1),
        OutlineItem("二、抓落实", "#p4", 0),
    )


def test_a_doubt_is_explained_once_for_its_kind_and_leads_to_the_words_it_is_about() -> None:
    first, second, third = COUNTED.warnings
    assert open_document(COUNTED, parse("")).doubts == (
        Doubt("count_mismatch", first.message, "讲三个方面意见。", MEANINGS["count_mismatch"], "#p1"),
        Doubt("count_mismatch", second.message, "六项重点工作：", "", "#p3"),
        Doubt("truncated", third.message, "文件里没有的话", MEANINGS["truncated"], ""),
    )


def test_only_a_file_that_is_text_has_a_page_of_its_own_text() -> None:
    assert open_document(SPEECH, parse("养老")).switch.text_url == f"/doc/{SPEECH.id}/text?q=%E5%85%BB%E8%80%81"
    word = replace(SPEECH, original=replace(SPEECH.original, path="讲话.docx"))
    assert open_document(word, parse("养老")).switch.text_url == ""
