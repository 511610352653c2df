"""数字摘录: which figures stand in a text, what they count, and which of them belong to what is looked for."""

from __future__ import annotations

import pytest
from conftest import Publish, cpu_seconds, document

from search.query.parsing import parse
from search.tools.figures import as_csv, as_json, figures, figures_of
from search.tools.quantities import quantities


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("全年发放救助资金84.5亿元。", [("84.5亿元", "全年发放救助资金")]),
        ("保障了159万困难群众。", [("159万", "困难群众")]),
        ("惠及老年人600万人次，", [("600万人次", "惠及老年人")]),
        ("建设380个助餐点、20所学校", [("380个", "助餐点"), ("20所", "学校")]),
        ("有3245户9485人", [("3245户", "有"), ("9485人", "")]),
        ("占比为30.35%。", [("30.35%", "占比为")]),
        ("提高６个百分点", [("６个百分点", "提高")]),
        ("服务1,234人，支出1,234.5万元", [("1,234人", "服务"), ("1,234.5万元", "支出")]),
        ("现有社工8600余人", [("8600余人", "现有社工")]),
        ("每人每月1250元", [("1250元", "每人每月")]),
    ],
)
def test_a_number_with_a_unit_is_told_with_what_stands_beside_it(shown: str, found: list[tuple[str, str]]) -> None:
    assert [(shown[one.start : one.end], one.about) for one in quantities(shown)] == found


NONE = (
    "2024年2月21日召开",
    "鄂民发〔2024〕3号",
    "第12条规定",
    "“3815”目标",
    "综合评估进入前10名",
    "上午9:30人员到齐",
    "一是抓好六项工作",
    "1.抓好落实",
)


@pytest.mark.parametrize("shown", NONE)
def test_dates_numbers_of_papers_and_ordinals_are_no_figures(shown: str) -> None:
    assert list(quantities(shown)) == []


def test_the_clause_is_between_its_signs() -> None:
    shown = "据统计，全年救助8.6万人；其中儿童1.2万人。"
    assert [shown[one.clause_start : one.clause_end] for one in quantities(shown)] == [
        "全年救助8.6万人",
        "其中儿童1.2万人",
    ]


def test_time_grows_with_the_text() -> None:
    def seconds(times: int) -> float:
        return cpu_seconds(lambda: list(quantities("建设380个助餐点，" * times)))

    assert seconds(8_000) < 4 * seconds(4_000) + 0.05


FIRST = document(
    "甲.txt",
    "全年发放救助资金84.5亿元，有效保障159万人。接受捐赠2亿元。",
    "培育社会组织1.8万家。",
    title="甲",
    date="2024-01",
    region="湖北",
)
OTHER = document("乙.txt", "建设20个站点。", title="乙")


def test_the_nearest_figures_come_first_and_those_of_other_passages_not_at_all(publish: Publish) -> None:
    page = figures(publish(FIRST, OTHER), parse("救助资金"))
    assert [(one.figure, one.near, one.number) for one in page.figures] == [
        ("84.5亿元", "clause", 1),
        ("159万人", "sentence", 1),
        ("2亿元", "passage", 1),
    ]
    first = page.figures[0]
    assert (first.clause, first.title, first.date, first.url.partition("#")[2]) == (
        "全年发放救助资金84.5亿元", "甲", "2024-01", "p1",
    )  # fmt: skip


def test_all_figures_of_one_document_stand_in_its_order() -> None:
    page = figures_of(FIRST)
    assert [one.figure for one in page.figures] == ["84.5亿元", "159万人", "2亿元", "1.8万家"]
    assert page.back_url == f"/doc/{FIRST.id}"
    assert figures_of(document("丙.txt", "没有数字。")).notes == ("这一篇里没有带单位的数字。",)


def test_nothing_asked_nothing_found_and_no_figure_are_told_apart(publish: Publish) -> None:
    engine = publish(FIRST, document("丙.txt", "规范公墓管理。"))
    assert figures(engine, parse("地区:湖北")).notes[0].startswith("请输入数字说的是什么")
    assert "没有文献说到它。" in figures(engine, parse("“火星探测”")).notes
    assert "说到它的段落里没有带单位的数字。" in figures(engine, parse("公墓管理")).notes


def test_of_many_documents_the_best_are_opened_and_the_page_says_so(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.tools.figures.MOST_DOCUMENTS", 20)
    monkeypatch.setattr("search.tools.figures.MOST_ROWS", 12)
    page = figures(publish(*(document(f"{n}.txt", f"第{n}批资助5人。") for n in range(23))), parse("资助"))
    assert (page.documents, len(page.shown)) == (20, 12)
    assert any("只看了最相关的 20 篇，另有 3 篇没有看" in note for note in page.notes)


def test_the_table_and_the_json_hold_the_figures(publish: Publish) -> None:
    page = figures(publish(FIRST), parse("救助资金"))
    assert as_csv(page).decode("utf-8-sig").splitlines()[1].startswith("84.5亿元,亿元,全年发放救助资金,")
    assert as_json(page)["total"] == 3
