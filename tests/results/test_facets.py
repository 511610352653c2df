"""What a document counts for in each facet, and that every value can be asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import changed, document
from memory_engine import MemoryEngine

from search import results, text
from search.documents import regions, warnings
from search.documents.document import Evidence, Speaker, Warning
from search.documents.warnings import DOUBTS
from search.documents.work_lines import LINES, lines_of, query_for
from search.index.schema import FACETS, LABELS, MAX_VALUE, facet_values, source_name
from search.query import parsing, read_back
from search.query.clauses import ASKED_BY, Filter

HUBEI = changed(
    document(
        "湖北.txt", "发展养老服务。", title="低保工作会议", region="湖北", date="2024-02", genre="讲话稿", level="省级"
    ),
    speakers=(
        Speaker("甲某某", "厅长", "讲话", ""),
        Speaker("乙某", None, "主持", ""),
        Speaker("甲某某", None, "", ""),
    ),
    place=Evidence("武汉江岸区"),
    source=Evidence("据湖北省民政厅"),
    document_number=Evidence("鄂民发[2024]7号"),
    warnings=(Warning("suspected_typo", "一"), Warning("suspected_typo", "二"), Warning("year_inferred", "三")),
)


def test_the_facets_are_those_that_a_reader_narrows_by() -> None:
    assert LABELS == {
        "region": "地区",
        "year": "年份",
        "speaker": "讲话人",
        "genre": "文种",
        "level": "级别",
        "line": "业务条线",
        "source": "来源",
        "number": "文号",
        "quality": "质量",
    }


def test_a_document_counts_once_for_each_of_its_values() -> None:
    assert {field.name: facet_values(HUBEI, field.name) for field in FACETS} == {
        "region": ("湖北",),
        "place": ("湖北/武汉", "湖北/武汉/江岸区"),
        "year": ("2024",),
        "speaker": ("甲某某", "乙某"),
        "genre": ("讲话稿",),
        "level": ("省级",),
        "line": ("社会救助", "养老服务"),
        "source": ("湖北省民政厅",),
        "number": ("鄂民发〔2024〕7号",),
        "quality": ("疑似错字",),
    }


def test_what_is_not_known_is_no_value() -> None:
    nothing = document("不详.txt", "正文。")
    found = {field.name: facet_values(nothing, field.name) for field in FACETS}
    assert found == {**dict.fromkeys(LABELS, ()), "place": (), "quality": ("无存疑",)}


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("据湖北省民政厅", "湖北省民政厅"),
        ("民政部官网消息", "民政部官网"),
        ("  新华社\n客户端 ", "新华社 客户端"),
        ("据消息", "据消息"),
    ],
)
def test_a_source_is_counted_under_its_name(stated: str, name: str) -> None:
    assert source_name(stated) == name
    assert source_name(name) == name


def test_a_value_as_long_as_a_sentence_can_still_be_asked_for() -> None:
    (value,) = facet_values(changed(HUBEI, source=Evidence("民政" * 50)), "source")
    assert len(value) == MAX_VALUE
    assert parsing.parse("", filters=[("source", value)]).filters == (Filter("source", value),)


def test_every_warning_is_a_doubt_about_the_text_or_is_said_where_the_fact_is_said() -> None:
    said = {"year_inferred", "date_unknown", "region_inferred", "title_derived", "source_unknown", "several_articles"}
    assert set(warnings.MEANINGS) - set(DOUBTS) == said


def test_quality_is_in_doubt_where_the_card_says_so() -> None:
    for code in warnings.MEANINGS:
        one = replace(HUBEI, warnings=(Warning(code, "说明"),))
        (card,) = results.search(MemoryEngine([one]), parsing.parse("养老服务")).hits
        assert (facet_values(one, "quality") == ("无存疑",)) == (card.doubts == ())


@pytest.mark.parametrize("line", LINES)
def test_a_line_holds_what_the_words_of_its_question_are_found_in(line: str) -> None:
    (*words,) = query_for(line).split(" 或 ")
    assert [text.fold(word) for word in words] == words
    speeches = [document(word, f"要做好{word}工作。") for word in words] + [document("无关", "会议开始。")]
    engine = MemoryEngine(speeches)
    asked = parsing.parse("", filters=[("line", line)])
    literally = parsing.parse(" 或 ".join(f"“{word}”" for word in words))
    found = [{match.id for match in engine.find(one, limit=20, offset=0).ranked} for one in (asked, literally)]
    assert found[0] == found[1] == {one.id for one in speeches[:-1]}


def test_a_line_is_known_in_traditional_script_and_by_the_title_too() -> None:
    assert lines_of("發展養老服務") == ("养老服务",)
    assert facet_values(document("甲", "正文。", title="福彩销售工作会议"), "line") == ("福利彩票",)


def test_every_value_can_be_typed_and_is_read_back() -> None:
    engine = MemoryEngine([HUBEI])
    for field in FACETS:
        for value in facet_values(HUBEI, field.name):
            label = LABELS[ASKED_BY.get(field.name, field.name)]
            asked = parsing.parse(f"养老服务 {label}:{value}")
            assert read_back.in_words(asked) == f"含“养老服务”，{label}为{regions.shown(value)}"
            assert engine.find(asked, limit=1, offset=0).documents == 1


def test_beside_the_results_are_the_facets_that_narrow_them_and_lists_of_ones_are_closed() -> None:
    engine = MemoryEngine(
        [
            changed(document(f"{name}.txt", "发展养老服务。", date="2024-02", region=region), speakers=(_says(name),))
            for name, region in (("甲某", "湖北"), ("乙某", "湖北"), ("丙某", "云南"))
        ]
    )
    page = results.search(engine, parsing.parse("养老服务"))
    shown = {facet.field: facet.is_open for facet in page.narrowing}
    assert (shown["region"], shown["speaker"]) == (True, False)
    assert "year" not in shown  # all three are of one year: to choose it would change nothing
    chosen = results.search(engine, parsing.parse("养老服务", filters=[("year", "2024")]))
    assert "year" in {facet.field for facet in chosen.narrowing}


def _says(name: str) -> Speaker:
    return Speaker(name, None, "讲话", name)
