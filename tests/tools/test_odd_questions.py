"""What every tool says where there is little to show: a clear sentence, and never another one's documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import Publish, document

from search.documents.document import Document
from search.engines import Engine
from search.query.clauses import Query
from search.query.parsing import parse
from search.tools import cited, coverage, extracts, figures, kin, matrix, numbered, speaking, telling, timeline

Find = Callable[[Engine, Query], Any]
# Tool -> how many of what it looks for its page has.
TOOLS: dict[str, tuple[Find, Callable[[Any], int]]] = {
    "matrix": (matrix.matrix, lambda page: len(page.rows)),
    "timeline": (timeline.timeline, lambda page: sum(one.total.documents for one in page.wordings)),
    "figures": (figures.figures, lambda page: len(page.figures)),
    "cited": (cited.cited, lambda page: len(page.papers)),
    "passages": (extracts.extracts_page, lambda page: page.passages),
    "speaker": (speaking.speaking, lambda page: len(page.mentions)),
    "numbered": (numbered.numbered, lambda page: len(page.sayings)),
    "telling": (telling.telling, lambda page: len(page.words)),
    "kin": (kin.kin, lambda page: len(page.words)),
}
SAID = "助浴服务第{n}批拨款{n}万元，“五张网”建设提速，学习《助浴条例》。"
UNDATED = [document(f"甲{n}.txt", SAID.format(n=n), region="湖北" if n % 2 else "云南") for n in range(3, 9)]
ALONE = [document(f"乙{n}.txt", SAID.format(n=n), region="湖北", date=f"202{n}-01-02") for n in range(3, 9)]
WORDINGS = "，".join(f"第{n}种助浴服务" for n in range(200))


def pages(publish: Publish, documents: list[Document], typed: str) -> dict[str, tuple[int, list[str]]]:
    engine = publish(*documents)
    found = {name: (find(engine, parse(typed)), count) for name, (find, count) in TOOLS.items()}
    return {name: (count(page), [*page.notes]) for name, (page, count) in found.items()}


def test_a_subject_of_every_document_is_shown_and_where_nothing_is_left_to_compare_that_is_said(
    publish: Publish,
) -> None:
    found = pages(publish, ALONE, "助浴服务")
    counts = {name: count for name, (count, _) in found.items()}
    assert counts == {
        "matrix": 1, "timeline": 6, "figures": 6, "cited": 1, "passages": 6, "speaker": 6, "numbered": 1, "telling": 0,
        "kin": 0,
    }  # fmt: skip
    assert found["matrix"][1] == ["所列的地区和年份里，只有湖北一处说到，没有别的可以对照。"]
    assert found["telling"][1] == ["收录的文献全在里面，没有别的可以对照。"]
    assert found["kin"][1] == ["同段的词里没有明显相关的。"]


def test_undated_documents_are_shown_in_no_year(publish: Publish) -> None:
    found = pages(publish, UNDATED, "助浴服务")
    assert {name for name, (count, _) in found.items() if not count} == {"telling", "kin"}
    assert "6 篇日期不详，不在任何一年里，单独列出。" in found["timeline"][1]
    (one,) = timeline.timeline(publish(*UNDATED), parse("助浴服务")).wordings
    assert (one.years, one.undated.occurrences, one.first) == ((), 6, None)
    assert coverage.coverage(publish(*UNDATED)).columns == ("日期不详",)


@pytest.mark.parametrize("documents", [ALONE, []], ids=["none of them", "an empty index"])
def test_where_nothing_is_found_each_says_so(publish: Publish, documents: list[Document]) -> None:
    found = pages(publish, documents, "“火星探测”")
    assert {count for count, _ in found.values()} == {0}
    assert all(notes and notes[0].endswith("。") for _, notes in found.values())


@pytest.mark.parametrize("typed", ["的", "((", WORDINGS], ids=["too common", "signs", "200 wordings"])
def test_what_cannot_be_looked_for_is_no_question_for_everything(publish: Publish, typed: str) -> None:
    """And what is said is why, not that something should be typed."""
    found = pages(publish, ALONE, typed)
    said = {name: notes for name, (count, notes) in found.items() if name not in ("timeline", "speaker")}
    assert {found[name][0] for name in said} == {0}
    assert {tuple(notes) for notes in said.values()} == {parse(typed).notes}


def test_of_two_hundred_wordings_the_first_are_counted_and_that_is_all_that_is_said(publish: Publish) -> None:
    count, notes = pages(publish, ALONE, WORDINGS)["timeline"]
    assert (count, notes[0]) == (0, "一次最多比较 5 个提法，只看了前 5 个，另有 195 个没有看。")
    assert not any("200 个字" in note for note in notes)
