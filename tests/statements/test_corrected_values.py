"""What a person may say of a document, in which form, and what becomes of the document then."""

from __future__ import annotations

import pytest
from conftest import changed, document

from indexer.statements.fields import Statement, checked, stated
from search.documents.document import Document, Evidence, Metadata, PartialDate, Speaker, Warning


@pytest.mark.parametrize(
    ("field", "written", "pairs"),
    [
        ("region", "陕西", {"region": "陕西"}),
        ("region", "陕西省", {"region": "陕西"}),
        ("region", "内蒙古自治区", {"region": "内蒙古"}),
        ("region", "全国", {"region": "全国"}),
        ("region", "陕西省延安市", {"region": "陕西", "place": "延安"}),
        ("region", "广州市天河区", {"region": "广东", "place": "天河区"}),
        ("region", "不详", {"region": None}),
        ("date", "2024-02-21", {"date": "2024-02-21"}),
        ("date", "2024年2月", {"date": "2024-02"}),
        ("date", "2024/2/1", {"date": "2024-02-01"}),
        ("date", "2024", {"date": "2024"}),
        ("level", "市级", {"level": "市级"}),
        ("quotable", "否", {"quotable": "否"}),
        ("speakers", "杨某某：厅长：主持并讲话；李某:副厅长", {"speakers": "杨某某:厅长:主持并讲话；李某:副厅长:讲话"}),
        ("title", "  全省  会议 ", {"title": "全省 会议"}),
    ],
)
def test_a_value_is_brought_into_its_one_form(field: str, written: str, pairs: dict[str, str | None]) -> None:
    assert dict(checked(field, written)) == pairs


@pytest.mark.parametrize(
    ("field", "written", "allowed"),
    [
        ("region", "火星", "可用：全国、北京、天津"),
        ("region", "陕西南昌", "可用：全国"),
        ("date", "2024-02-30", "2024-02-21、2024-02 或 2024"),
        ("date", "昨天", "2024-02-21、2024-02 或 2024"),
        ("level", "乡级", "国家、省级、市级、县级"),
        ("quotable", "也许", "是、否"),
        ("speakers", ":厅长", "姓名:职务:角色"),
        ("title", " ", "不能为空"),
        ("title", "不详", "--unset title"),
        ("title", "长" * 201, "上限 200 字"),
        ("作者", "某", "可用：title、date"),
    ],
)
def test_another_value_is_refused_with_what_is_allowed(field: str, written: str, allowed: str) -> None:
    with pytest.raises(ValueError, match=allowed):
        checked(field, written)


def codes(document: Document) -> set[str]:
    return {warning.code for warning in document.warnings}


def guessed() -> Document:
    return changed(
        document("甲.txt", "正文。", title="拟的标题", date="2024-05-10", region="江西", speakers=["张某"]),
        title=Evidence("拟的标题", "正文", "derived"),
        date=Evidence(PartialDate(2024, 5, 10), "5月10日", "inferred"),
        place="南昌",
        warnings=(
            Warning("year_inferred", "年份推定"),
            Warning("region_inferred", "地区推定"),
            Warning("title_derived", "拟题"),
            Warning("source_unknown", "来源不详"),
            Warning("truncated", "文末截断"),
            Warning("region_contradiction", "地域存疑"),
        ),
    )


def test_every_field_takes_a_statement_and_shows_whose_it_is() -> None:
    said = {
        "title": "新标题",
        "date": "2023-04",
        "region": "陕西",
        "place": "延安",
        "level": "市级",
        "issuer": "延安市民政局",
        "meeting": "全市会议",
        "source": "本单位",
        "genre": "讲话稿",
        "speakers": "李某:局长:讲话；王某::主持",
        "quotable": "否",
    }
    result = stated(guessed(), [Statement(field, value, "人工校正：某", "corrected") for field, value in said.items()])
    words = ("人工校正：某", "corrected")
    assert result.metadata == Metadata(
        title=Evidence("新标题", *words),
        date=Evidence(PartialDate(2023, 4), *words),
        region=Evidence("陕西", *words),
        place=Evidence("延安", *words),
        level=Evidence("市级", *words),
        issuer=Evidence("延安市民政局", *words),
        meeting=Evidence("全市会议", *words),
        speakers=(Speaker("李某", "局长", "讲话", words[0]), Speaker("王某", None, "主持", words[0])),
        source=Evidence("本单位", *words),
        genre=Evidence("讲话稿", *words),
        quotable=False,
    )


def test_a_statement_settles_the_doubts_about_its_field_and_no_contradiction_of_the_text() -> None:
    fields = {"title": "新标题", "date": "2023", "region": "陕西", "source": "本单位"}
    result = stated(guessed(), [Statement(field, value, "某", "corrected") for field, value in fields.items()])
    assert codes(result) == {"truncated", "region_contradiction"}


def test_a_corrected_province_takes_the_place_of_another_away_and_a_genre_says_whether_it_is_quotable() -> None:
    assert stated(guessed(), [Statement("region", "陕西", "某", "corrected")]).metadata.place is None
    assert stated(guessed(), [Statement("region", "江西", "某", "corrected")]).metadata.place == Evidence("南昌")
    assert stated(guessed(), [Statement("genre", "讲话稿", "某", "corrected")]).metadata.quotable
    assert not stated(guessed(), [Statement("genre", "会议报道", "某", "corrected")]).metadata.quotable


def test_what_nobody_knows_is_absent_and_doubted() -> None:
    result = stated(guessed(), [Statement("date", None, "某", "corrected")])
    assert result.metadata.date is None
    assert ("date_unknown" in codes(result), "year_inferred" in codes(result)) == (True, False)
