"""粘贴引文找出处: what names one place opens it; what names several, or none, is looked for as typed."""

from __future__ import annotations

import time

import pytest
from conftest import Publish, changed, document

from search.documents.document import Evidence
from search.query.parsing import parse
from search.reading.citation import source_words
from search.tools.pasted import MOST_CHARACTERS, pasted

MEETING = changed(
    document("甲.txt", "会议召开。", "要守住“安全底线”，不出事。", title="全省康养会议召开", date="2024-03-05"),
    meeting=Evidence("全省康养会议"),
    issuer=Evidence("某省民政厅"),
    source=Evidence("某省民政厅网站"),
    genre="会议报道",
)
OTHER = changed(
    document("乙.txt", "会议召开。", title="全市康养会议召开", date="2024-03-05"),
    meeting=Evidence("全市康养会议"),
    genre="会议报道",
)
CITED = source_words(MEETING)


def at(passage: int) -> str:
    return f"/doc/{MEETING.id}" + (f"#p{passage}" if passage else "")


@pytest.mark.parametrize(
    ("typed", "passage"),
    [
        (CITED, 0),
        (f"“要守住‘安全底线’，不出事。”{CITED}", 2),
        (f"  “守住‘安全底线’”{CITED}。 ", 2),
        (CITED.replace("（", "(").replace("）", ")").replace("，", ","), 0),
        (CITED.replace("（", "（转引自"), 0),
        (CITED.replace("）", "；年份存疑，引用前请核对原件）"), 0),
        (f"http://archive.example/jianghua/doc/{MEETING.id}#p2", 2),
        (f"/doc/{MEETING.id}?q=%E5%BA%B7%E5%85%BB&hit=1#p2", 2),
        (f"某省民政厅. 全省康养会议召开[EB/OL]. [2026-11-21]. http://archive.example/doc/{MEETING.id}.", 0),
        (f"《全省康养会议召开》第 2 段，湖北 · 2024年。/doc/{MEETING.id}#p2", 2),
        ("《全省康养会议召开》第2段", 2),
        ("《全省康养会议召开》第99段", 0),
    ],
)
def test_what_names_one_place_opens_it(publish: Publish, typed: str, passage: int) -> None:
    found = pasted(publish(MEETING, OTHER), typed)
    assert found and found.url == at(passage)


@pytest.mark.parametrize(
    "typed",
    [
        "康养",
        "",
        "（）",
        CITED.replace("5日", "6日"),
        CITED.replace("全省", "全国"),
        f"“没有这样说。”{CITED}",
        f"/doc/{MEETING.id} /doc/{OTHER.id}",
        f"/doc/{MEETING.id}0",
        "《没有这个标题》第 2 段",
        "《全省康养会议召开》",
        "x" * (MOST_CHARACTERS + 1),
    ],
)
def test_anything_else_is_looked_for_as_typed(publish: Publish, typed: str) -> None:
    assert pasted(publish(MEETING, OTHER), typed) is None


def test_a_citation_that_fits_two_documents_names_no_place(publish: Publish) -> None:
    twin = changed(MEETING, id="f" * 16, external_id="丁.txt")
    engine = publish(MEETING, twin, OTHER)
    assert pasted(engine, CITED) is None
    assert parse(CITED).clause is not None


@pytest.mark.parametrize("piece", ["（甲，", "《甲", "“甲”", "doc/", "（甲，2024年，据"])
def test_time_grows_with_what_is_pasted(publish: Publish, piece: str) -> None:
    engine = publish(MEETING)
    begun = time.process_time()
    assert pasted(engine, (piece * MOST_CHARACTERS)[:MOST_CHARACTERS]) is None
    assert time.process_time() - begun < 1
