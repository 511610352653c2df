"""The five real files: six documents, exactly as ../shared/seeds/TRUTH.md and metadata.json describe them.

An extra: skipped where that folder is not there. The same rules are tested on made-up files in test_raw_files.py.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest
from conftest import SHARED, value

from indexer.understand import understand
from search.documents.document import Document

SEEDS = SHARED / "seeds"
pytestmark = pytest.mark.extra("seeds")


@cache
def documents() -> dict[str, Document]:
    """The seeds' documents by the names TRUTH.md gives them."""
    found = [document for file in sorted(SEEDS.glob("*.txt")) for document in understand(file, file.name)]
    return dict(zip(("S0", "S1a", "S1b", "S2", "S3", "S4"), found, strict=True))


def truth() -> list[dict[str, Any]]:
    return json.loads((SEEDS / "metadata.json").read_text(encoding="utf-8")) if SEEDS.is_dir() else []


def reference_passages() -> list[tuple[str, str]]:
    """(document, text) of TRUTH section 7."""
    text = (SEEDS / "TRUTH.md").read_text(encoding="utf-8") if SEEDS.is_dir() else ""
    return re.findall(r"^- `(S\d[ab]?)-P[\d.]+` (.+)$", text.partition("## 7 ")[2], re.MULTILINE)


by_truth = pytest.mark.parametrize("expected", truth(), ids=lambda expected: expected["id"])


@by_truth
def test_each_document_comes_from_its_file(expected: dict[str, Any]) -> None:
    document = documents()[expected["id"]]
    place = {"S1a": "#1", "S1b": "#2"}.get(expected["id"], "")
    assert document.external_id == expected["file"] + place
    assert len(document.paragraphs) == expected["paragraphs"]


@by_truth
def test_titles_are_found_or_derived_and_say_which(expected: dict[str, Any]) -> None:
    title = documents()[expected["id"]].metadata.title
    how = {"text": "stated", "text_after_body": "after_body", "derived": "derived"}[expected["title_origin"]]
    assert (title.value, title.how) == (expected["title"] or expected["title_suggested"], how)


@by_truth
def test_a_date_has_only_the_digits_that_are_known(expected: dict[str, Any]) -> None:
    date = documents()[expected["id"]].metadata.date
    known = expected.get("meeting_date") or (str(expected["year"]) if "year" in expected else None)
    assert (str(date.value) if date else None) == known
    assert (date.inferred if date else False) == expected.get("year_inferred", False)


@by_truth
def test_place_in_the_administration(expected: dict[str, Any]) -> None:
    document = documents()[expected["id"]]
    region = document.metadata.region.value if document.metadata.region else ""
    whole = region + (value(document.metadata.place) or "") if expected["region"].startswith(region + "延") else region
    assert (whole, value(document.metadata.level)) == (expected["region"], expected["level"])
    assert (document.metadata.issuer.value if document.metadata.issuer else None) == expected["body"]
    if expected["place"]:
        assert value(document.metadata.place) == expected["place"]


@by_truth
def test_meeting_speakers_source_and_genre(expected: dict[str, Any]) -> None:
    document = documents()[expected["id"]]
    assert document.metadata.meeting is not None and document.metadata.meeting.value == expected["meeting"]
    speakers = [{"name": s.name, "post": s.post, "role": s.role} for s in document.metadata.speakers]
    assert speakers == expected["speakers"]
    assert (document.metadata.source.value if document.metadata.source else None) == expected["source"]
    assert (value(document.metadata.genre), document.metadata.quotable) == (
        expected["genre"],
        expected["genre"] == "讲话稿",
    )


FLAGS = {
    "年份推定": "year_inferred",
    "一文件多篇": "several_articles",
    "拟题": "title_derived",
    "日期不详": "date_unknown",
    "来源不详": "source_unknown",
    "疑似错字": "suspected_typo",
    "年份存疑": "year_contradiction",
    "地域推定": "region_inferred",
    "地域存疑": "region_contradiction",
    "文末截断": "truncated",
    "引号未闭合": "unclosed_quote",
}


@by_truth
def test_every_doubt_is_flagged_and_no_other(expected: dict[str, Any]) -> None:
    codes = {warning.code for warning in documents()[expected["id"]].warnings}
    flags = {FLAGS.get(flag, "count_mismatch") for flag in expected["flags"]}
    # without any date a document also says date_unknown, beside the contradiction that is the reason
    assert codes - flags <= {"date_unknown"}
    assert flags <= codes


@pytest.mark.parametrize(("name", "text"), reference_passages())
def test_the_reference_text_is_whole(name: str, text: str) -> None:
    assert text in documents()[name].text


@by_truth
def test_the_clean_text_is_the_reference_text(expected: dict[str, Any]) -> None:
    reference = "".join(text for name, text in reference_passages() if name == expected["id"])
    assert "".join(documents()[expected["id"]].paragraphs) == reference


@pytest.mark.parametrize("furniture", ["购物车", "我的足迹", "立即下载", "TOPIC", "…", "..."])
def test_page_furniture_is_in_no_text(furniture: str) -> None:
    assert [name for name, document in documents().items() if furniture in document.text] == []


def test_a_sentence_stands_under_its_item() -> None:
    sentence = "要进一步规范福利彩票发行销售管理，确保安全运行。"
    passage = next(p for p in documents()["S0"].passages if sentence in p.text)
    assert (passage.text, passage.outline) == (sentence, ("会议强调", "二要抓重点带全局"))


def test_headings_items_and_speech_verbs_make_the_outline() -> None:
    outline = [passage.text for passage in documents()["S3"].passages if passage.heading]
    assert outline == [
        "一、要践行民政为民、民政爱民的工作理念",
        "二、要紧盯追赶超越，狠抓重点工作落实",
        "三、要围绕“三最一专”创新，构建“五大体系”",
    ]
    third = next(p for p in documents()["S1a"].passages if p.text.startswith("三是"))
    assert third.outline == ("会议明确", "三是以推进构建老龄工作大格局为重点")
    items = [p.outline[-1] for p in documents()["S4"].passages if p.outline[:1] == ("二、突出抓好2024年重点工作",)]
    assert list(dict.fromkeys(items))[1:] == ["一要做好困难群众兜底保障工作", "二要实施积极应对人口老龄化国家战略"]
