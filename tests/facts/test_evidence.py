"""Place, level and genre show the words they were read from, as date and region do; what is concluded says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import document

from search.documents.document import Evidence
from search.index import record
from search.reading.facts import fact_lines
from tests.facts.test_metadata import facts as facts_of

SPEECH = (
    "在全市养老助餐工作会议上的讲话\n云溪市民政局局长　卞知秋\n同志们：\n今天召开全市养老助餐工作会议。\n助餐要可持续。"
)


NOTICE = "江西省南昌市民政局关于助餐的通知\n各县民政局：\n现将有关事项通知如下。"
MINUTES = "云溪市民政局会议纪要\n〔2024〕7号\n研究助餐点建设\n会议听取了汇报。"


@pytest.mark.parametrize(
    ("text", "field", "value", "words", "how"),
    [
        (NOTICE, "place", "南昌", "江西省南昌市民政局", "stated"),
        (NOTICE, "level", "市级", "江西省南昌市民政局", "stated"),
        ("关于助餐的通知\n各县民政局：\n现将有关事项通知如下。", "genre", "通知", "关于助餐的通知", "stated"),
        (SPEECH, "genre", "讲话稿", "在全市养老助餐工作会议上的讲话", "stated"),
        (SPEECH, "level", "市级", "在全市养老助餐工作会议上的讲话", "stated"),
        (
            "养老助餐座谈会召开\n3月5日，全县养老助餐座谈会在县民政局召开。\n会议指出，要实干。",
            "genre",
            "会议报道",
            "会议指出",
            "inferred",
        ),
        ("老人吃上热饭\n3月5日上午，副市长一行看望老人。", "genre", "新闻报道", "3月5日上午", "inferred"),
        (MINUTES, "genre", "纪要", "云溪市民政局会议纪要", "stated"),
    ],
)
def test_a_value_shows_the_words_that_say_it(text: str, field: str, value: str, words: str, how: str) -> None:
    found: Evidence[str] | None = getattr(facts_of(text), field)
    assert found is not None
    assert (found.value, found.how) == (value, how)
    assert words in found.text and found.text in text


def test_the_words_are_kept_and_shown_beside_the_value() -> None:
    one = replace(document("甲.txt", "助餐要可持续。"), metadata=facts_of(SPEECH))
    kept = record.loads(record.dumps(one))
    assert kept == one
    lines = {line.label: line for line in fact_lines(kept)}
    assert lines["文种"].evidence == lines["级别"].evidence == "在全市养老助餐工作会议上的讲话"
    stated = record.as_json(kept)
    assert (stated["genre"], stated["evidence"]["genre"]["text"]) == ("讲话稿", "在全市养老助餐工作会议上的讲话")
