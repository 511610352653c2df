"""区分词: the measure, what is counted, and what is no ground for a word."""

from __future__ import annotations

import pytest
from conftest import Publish, document

from search.engines import Engine
from search.query.parsing import parse
from search.text import formulas
from search.tools import telling as tool
from search.tools.telling import as_csv, as_json, measured, telling, telling_of

LAKE = "强调“双湖行动”，湖区救助要快。双湖行动要稳，湖区救助要准。"
HERE = [
    document(f"甲{n}.txt", f"第{n}次{LAKE}", title=f"甲{n}", region="湖北")
    for n in range(6)
]  # fmt: skip
REST = [document(f"乙{n}.txt", "山区公墓要管好，山区公墓要建好。养老机构要安全。", title=f"乙{n}") for n in range(6)]


def test_the_measure_is_that_of_the_handbooks() -> None:
    # Rayson and Garside's worked form: 100 of 10,000 against 50 of 10,000.
    likelihood, ratio = measured(100, 50, 10_000, 10_000)
    assert (round(likelihood, 2), round(ratio, 2)) == (16.99, 1.0)
    assert measured(5, 5, 1_000, 1_000) == (0, 0)
    assert measured(4, 0, 1_000, 1_000)[1] == 3
    with pytest.raises(ValueError, match="no words"):
        measured(1, 0, 10, 0)


def test_a_region_is_marked_off_by_what_the_rest_does_not_say(publish: Publish) -> None:
    page = telling(publish(*HERE, *REST), parse("地区:湖北"))
    words = {one.text: one for one in page.words}
    assert (page.here, page.rest) == (6, 6)
    first = page.words[0]
    assert (first.text, first.wording, first.times, first.documents, first.others) == ("双湖行动", True, 12, 6, 0)
    assert "救助" in words and "公墓" not in words
    assert "region=%E6%B9%96%E5%8C%97" in words["救助"].url


def test_a_word_of_one_document_says_nothing_of_many(publish: Publish) -> None:
    lonely = document("丙.txt", "温泉温泉温泉温泉温泉温泉。", title="丙", region="湖北")
    assert "温泉" not in {one.text for one in telling(publish(*HERE, lonely, *REST), parse("地区:湖北")).words}


def test_formulas_count_for_nobody(publish: Publish) -> None:
    formula = "始终在思想上政治上行动上同以习近平同志为核心的党中央保持高度一致"
    assert formulas.pattern().search(formula)
    loyal = [document(f"丁{n}.txt", f"坚持{formula}。坚持{formula}。", title=f"丁{n}", region="云南") for n in range(6)]
    words = {one.text for one in telling(publish(*loyal, *REST), parse("地区:云南")).words}
    assert not any(one in formula for one in words)


def test_one_document_is_held_against_all_others(publish: Publish) -> None:
    engine = publish(*HERE[:1], *REST)
    page = telling_of(engine, engine.fetch([HERE[0].id])[HERE[0].id])
    assert page.words[0].text == "双湖行动" and page.words[0].url.startswith(f"/doc/{HERE[0].id}?q=")


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "请选一部分文献"), ("地区:西藏", "没有找到文献"), ("“火星探测”", "没有找到文献"), ("要", "")],
)
def test_no_part_nothing_found_and_everything_are_told_apart(publish: Publish, typed: str, said: str) -> None:
    page = telling(publish(*HERE[:1], *REST), parse(typed))
    assert not page.words or page.rest
    assert any(said in note for note in page.notes) or typed == "要"


def test_where_all_is_of_one_region_there_is_nothing_to_compare(publish: Publish) -> None:
    page = telling(publish(*HERE), parse("地区:湖北"))
    assert page.notes == ("收录的文献全在里面，没有别的可以对照。",) and not page.words


def test_of_many_documents_some_are_counted_and_the_page_says_so(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "MOST_DOCUMENTS", 4)
    engine: Engine = publish(*HERE, *REST)
    page = telling(engine, parse("地区:湖北"))
    assert (page.here, page.rest) == (4, 4)
    assert [note for note in page.notes if "均匀抽取 4 篇" in note] == [
        "这一部分共 6 篇，只均匀抽取 4 篇来数。", "其余共 6 篇，只均匀抽取 4 篇来数。",
    ]  # fmt: skip


def test_what_the_page_leaves_to_the_table_or_does_not_count_is_told(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "MOST_WORDS", 1)
    monkeypatch.setattr(tool, "_MOST_WORDINGS", 1)
    more = [document(f"己{n}.txt", "要办“一杯热茶”。“一杯热茶”要热。", region="湖北") for n in range(2)]
    page = telling(publish(*HERE, *more, *REST), parse("地区:湖北"))
    left = len(page.words) - len(page.shown)
    assert left > 0 and as_csv(page).count(b"\r\n") == 1 + len(page.words)
    assert page.notes == (
        "加引号或以数字开头的提法只数了最常见的 1 个，另有 1 个没有数。",
        f"每类列出前 1 个，其余 {left} 个在导出的表格里。",
    )


def test_the_table_and_the_json_name_the_measure(publish: Publish) -> None:
    page = telling(publish(*HERE, *REST), parse("地区:湖北"))
    rows = as_csv(page).decode("utf-8-sig").splitlines()
    assert "对数似然 G²" in rows[0] and rows[1].startswith("双湖行动,提法,12,6,0,")
    answer = as_json(page)["words"]
    assert isinstance(answer, list) and answer[0]["likelihood"] > 3.84
