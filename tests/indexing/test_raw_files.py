"""Files in the state in which they come: every document, every fact and every doubt of them, and no other."""

from __future__ import annotations

import pytest
from conftest import value
from raw_files import EXPECTED, FILES, SHAANXI_TITLE, Expected, documents

from search import reading, text
from search.documents import counts
from search.query.parsing import parse

each = pytest.mark.parametrize(("name", "expected"), EXPECTED.items(), ids=EXPECTED)


def test_a_file_of_two_articles_is_two_documents_and_every_other_is_one() -> None:
    assert list(documents()) == list(EXPECTED)


@each
def test_the_paragraphs_are_those_that_were_written(name: str, expected: Expected) -> None:
    assert documents()[name].paragraphs == expected.paragraphs


def test_the_lines_were_broken_also_behind_a_sentence_that_goes_on() -> None:
    """So that the paragraphs above prove something: a line of the column ends with a full stop inside a paragraph."""
    assert "\n\n重点，把米面油的价钱降下来。\n\n各县的订单" in FILES["1-两则.txt"]


@each
def test_titles_are_found_or_derived_and_say_which(name: str, expected: Expected) -> None:
    title = documents()[name].metadata.title
    assert (title.value, title.how) == (expected.title, expected.title_how)


@each
def test_a_date_has_only_the_digits_that_are_known(name: str, expected: Expected) -> None:
    date = documents()[name].metadata.date
    assert (str(date.value) if date else None) == expected.date
    assert (date is not None and date.inferred) == ("year_inferred" in expected.doubts)


@each
def test_place_in_the_administration(name: str, expected: Expected) -> None:
    one = documents()[name]
    assert one.metadata.region is not None and one.metadata.region.value == expected.region
    assert one.metadata.region.inferred == ("region_inferred" in expected.doubts)
    assert (value(one.metadata.place), value(one.metadata.level)) == (expected.place, expected.level)
    assert (one.metadata.issuer.value if one.metadata.issuer else None) == expected.issuer


@each
def test_meeting_speakers_source_and_genre(name: str, expected: Expected) -> None:
    one = documents()[name]
    assert one.metadata.meeting is not None and one.metadata.meeting.value == expected.meeting
    assert tuple((speaker.name, speaker.post, speaker.role) for speaker in one.metadata.speakers) == expected.speakers
    assert (one.metadata.source.value if one.metadata.source else None) == expected.source
    assert (value(one.metadata.genre), one.metadata.quotable) == (expected.genre, expected.genre == "讲话稿")


@each
def test_every_doubt_is_flagged_and_no_other(name: str, expected: Expected) -> None:
    assert {warning.code for warning in documents()[name].warnings} == expected.doubts


@pytest.mark.parametrize("furniture", ["购物车", "我的足迹", "立即下载", "TOPIC", "..."])
def test_page_furniture_is_in_no_text(furniture: str) -> None:
    assert any(furniture in content for content in FILES.values())
    assert [name for name, one in documents().items() if furniture in one.text] == []


def test_a_sentence_stands_under_its_item() -> None:
    sentence = "要让每一名流浪人员平安返乡，一个也不能落在桥洞里。"
    passage = next(one for one in documents()["0-部委.txt"].passages if sentence in one.text)
    assert passage.outline == ("会议强调", "二要盯紧两头带中间")


def test_headings_items_and_speech_verbs_make_the_outline() -> None:
    speech = documents()["3-讲话.txt"]
    assert [one.text for one in speech.passages if one.heading] == [
        "一、要把百姓的小事当大事办",
        "二、要咬住难点，办好今年的实事",
        "三、要围绕“三个到户”，建好“四本台账”",
    ]
    third = next(one for one in documents()["1-两则.txt#1"].passages if one.text.startswith("三是"))
    assert third.outline == ("会议明确", "三是以明厨亮灶为重点")
    cut = documents()["4-分享站.txt"].passages
    items = [one.outline[-1] for one in cut if one.outline[:1] == ("二、抓紧办好2023年的几件事",)]
    assert items == ["一要兜住底", "二要敬好老"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("1-两则.txt#1", ["三大任务 = 3 ✓", "四个方面 = 4 ✓", "4个市（县） = 4 ✓"]),
        ("3-讲话.txt", ["宣称六项，实列五项"]),
        ("4-分享站.txt", ["宣称三个方面，正文仅见两个（文末截断）"]),
    ],
)
def test_the_counts_of_reports_and_speeches_are_told(name: str, told: list[str]) -> None:
    found = counts.counts(documents()[name])
    assert [count.label for passage in found.values() for count in passage] == told


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("0-部委.txt", "（民政部机关业务骨干座谈会，2023年3月4日，据民政部官网消息）"),
        ("1-两则.txt#1", "（湖北省民政厅2023年全省养老助餐工作推进会，2023年4月9日，据湖北省民政厅）"),
    ],
)
def test_a_report_is_quoted_by_its_meeting(name: str, words: str) -> None:
    assert reading.open_document(documents()[name], parse("")).source_words == words


@pytest.mark.parametrize("name", FILES)
def test_every_character_of_a_file_keeps_its_place(name: str) -> None:
    assert len(text.fold(FILES[name])) == len(FILES[name])


def test_the_headline_of_the_speech_stands_once_in_its_text_and_its_first_line_once() -> None:
    raw, clean = FILES["3-讲话.txt"], documents()["3-讲话.txt"].text
    assert (raw.count(SHAANXI_TITLE), clean.count(SHAANXI_TITLE)) == (2, 0)
    assert (raw.count("四个县区介绍了做法"), clean.count("四个县区介绍了做法")) == (2, 1)
