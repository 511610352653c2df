"""同题对照 and 收录情况: what is said, where the texts are silent, and where there are none."""

from __future__ import annotations

from dataclasses import replace

from conftest import Publish, document

from search.documents.document import Evidence
from search.query.parsing import parse
from search.tools.coverage import as_csv as coverage_csv
from search.tools.coverage import coverage
from search.tools.matrix import Cell, MatrixPage, as_csv, as_json, matrix

ALIKE = "健全县乡村三级助餐网络和配送站点"
HUBEI = document(
    "鄂.txt", "总结去年工作。", f"养老助餐要扩面，{ALIKE}。", title="湖北的会", date="2024-03", region="湖北"
)
HUNAN = document("湘.txt", f"今年抓养老助餐，{ALIKE}，办好养老助餐点。", title="湖南的会", date="2024", region="湖南")
BEFORE = document("湘旧.txt", "养老助餐从头做起。", title="湖南旧会", date="2022", region="湖南")
UNDATED = document("赣.txt", "养老助餐见成效。", title="江西的会", region="江西")
SILENT = document("皖.txt", "规范公墓管理。", title="安徽的会", date="2024", region="安徽")
ALL = (HUBEI, HUNAN, BEFORE, UNDATED, SILENT)


def cells(page: MatrixPage) -> dict[tuple[str, str], Cell]:
    return {(cell.region, cell.year): cell for row in page.rows for cell in row.cells}


def test_each_region_and_year_has_its_best_passage_or_says_why_it_has_none(publish: Publish) -> None:
    page = matrix(publish(*ALL), parse("养老助餐"))
    assert (page.documents, page.years) == (4, ("2024年", "2022年", "日期不详"))
    assert [row.region for row in page.rows] == ["江西", "湖北", "湖南", "安徽"]
    found = cells(page)
    said = found["湖北", "2024年"]
    assert said.passage and (said.passage.number, said.url.partition("#")[2]) == (2, "p2")
    assert (found["安徽", "2024年"].label, found["安徽", "2024年"].url) == ("本文未提及", f"/doc/{SILENT.id}")
    assert (found["湖北", "2022年"].label, found["湖北", "2022年"].url) == ("语料没有", "/tools/coverage")
    assert [cell.state for cell in page.rows[0].cells] == ["none", "none", "said"]


def test_what_cells_say_alike_is_marked_with_those_that_say_it(publish: Publish) -> None:
    found = cells(matrix(publish(*ALL), parse("养老助餐")))
    here = found["湖北", "2024年"]
    assert (here.alike, [run.text for run in here.runs if run.alike]) == (("湖南",), [ALIKE])
    assert [run.text for run in here.runs if run.hit] == ["养老助餐"]
    assert "".join(run.text for run in here.runs) == here.passage.text if here.passage else False
    assert found["江西", "日期不详"].alike == ()


def test_a_passage_with_words_of_its_own_goes_before_a_formula(publish: Publish) -> None:
    formula = "不断增强人民群众的获得感、幸福感、安全感"
    one = document("甲.txt", f"{formula}，{formula}。", "办好养老，让老人有获得感。", date="2024", region="湖北")
    (row,) = matrix(publish(one), parse("获得感")).rows
    assert row.cells[0].passage and row.cells[0].passage.number == 2


def test_of_near_duplicates_one_counts_and_the_other_is_not_called_silent(publish: Publish) -> None:
    near = (HUBEI.id, HUNAN.id)
    engine = publish(replace(HUBEI, near=near), replace(HUNAN, near=near))
    page = matrix(engine, parse("养老助餐"))
    assert (page.documents, {cell.state for cell in cells(page).values()}) == (1, {"said"})


def test_chosen_regions_and_years_are_the_rows_and_columns(publish: Publish) -> None:
    page = matrix(publish(*ALL), parse("养老助餐 地区:湖南 地区:安徽 年份:2022"))
    assert ([row.region for row in page.rows], page.years) == (["湖南", "安徽"], ("2022年",))
    assert page.rows[1].cells[0].label == "语料没有"
    assert [link.label for link in page.others] == ["2024年（1 篇）"]
    assert "所列的地区和年份里，只有湖南一处说到，没有别的可以对照。" in page.notes  # Hubei does, too


def test_the_counts_are_those_of_the_chosen_regions_and_years(publish: Publish) -> None:
    page = matrix(publish(*ALL), parse("养老助餐 地区:湖南 年份:2022"))
    assert (page.documents, [link.label for link in page.others]) == (1, ["2024年（1 篇）"])
    assert [matrix(publish(*ALL), parse(f"养老助餐 {chosen}")).documents for chosen in ("地区:湖南", "年份:2024")] == [
        2,
        2,
    ]


def test_other_filters_narrow_what_there_is(publish: Publish) -> None:
    speech = replace(HUNAN, metadata=replace(HUNAN.metadata, genre=Evidence("讲话稿")))
    page = matrix(publish(HUBEI, speech), parse("养老助餐 文种:讲话稿"))
    assert [row.region for row in page.rows] == ["湖南"]
    assert any("文种为讲话稿" in note for note in page.notes)


def test_nothing_asked_nothing_found_and_words_met_by_chance_are_said(publish: Publish) -> None:
    engine = publish(*ALL)
    assert matrix(engine, parse("地区:湖北")).notes == ("请输入要对照的题目，例如“养老服务”。",)
    assert "没有文献说到这个题目。" in matrix(engine, parse("“火星探测”")).notes
    assert matrix(engine, parse("“火星探测”")).rows == ()
    assert "所选的地区和年份里，没有文献说到这个题目。" in matrix(engine, parse("养老助餐 地区:安徽")).notes


def test_the_table_and_the_json_say_the_same(publish: Publish) -> None:
    page = matrix(publish(*ALL), parse("养老助餐"))
    lines = as_csv(page).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(cells(page))
    assert any(line.startswith("湖北,2024年,说到,1,湖北的会,2024年3月,养老助餐要扩面") for line in lines)
    assert any(line.startswith("安徽,2024年,本文未提及,0,") for line in lines)
    rows = as_json(page)["rows"]
    assert isinstance(rows, list)
    states = [cell["state"] for row in rows for cell in row["cells"]]
    assert states == [cell.state for cell in cells(page).values()]


def test_coverage_counts_every_document_and_names_what_is_missing(publish: Publish) -> None:
    page = coverage(publish(*ALL, document("不详.txt", "一。", date="2019")))
    assert page.columns == ("2024年", "2022年", "2019年", "日期不详")
    assert {row.region: [cell.count for cell in row.counts] for row in page.rows} == {
        "安徽": [1, 0, 0, 0], "江西": [0, 0, 0, 1], "湖北": [1, 0, 0, 0], "湖南": [1, 1, 0, 0],
        "地区不详": [0, 0, 1, 0],
    }  # fmt: skip
    assert (page.totals, page.documents, page.provinces, len(page.missing)) == ((3, 1, 1, 1), 6, 34, 30)
    assert page.empty_years == ("2020", "2021", "2023")
    assert page.rows[0].counts[0].url == "/search?region=%E5%AE%89%E5%BE%BD&year=2024&sort=newest"
    assert coverage_csv(page).decode("utf-8-sig").splitlines()[-1] == "合计,3,1,1,1,6"


def test_an_index_without_documents_has_no_coverage(publish: Publish) -> None:
    page = coverage(publish())
    assert (page.rows, page.documents, len(page.missing)) == ((), 0, 34)


def test_years_beyond_the_columns_are_counted_together(publish: Publish) -> None:
    page = coverage(publish(*(document(f"{n}.txt", "一。", date=str(2000 + n), region="湖北") for n in range(20))))
    assert (page.columns[-1], page.totals[-1], len(page.columns)) == ("更早", 5, 16)
    assert page.rows[0].counts[-1].url == ""
