"""What a results page and a document page print."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from conftest import changed, document
from memory_engine import MemoryEngine

from search.documents.document import Evidence, PartialDate, Speaker, Warning
from search.errors import NoSuchPage
from search.matching.marks import Piece
from search.query.addresses import Link
from search.query.parsing import parse
from search.reading import ParagraphView, open_document
from search.results import BROWSE_VALUES, PER_PAGE, ResultPage, browse, grouped, page_as_json, search

HUBEI = changed(
    document("湖北.txt", "发展养老服务。", title="湖北养老服务会议", region="湖北", genre="会议报道", level="省级"),
    date=Evidence(PartialDate(2024, 2, 21), "2月21日", "inferred"),
    speakers=(Speaker("甲某某", "厅长", "作工作报告", "厅长甲某某作工作报告"),),
    source=Evidence("据湖北省民政厅"),
    warnings=(Warning("year_inferred", "年份据正文推定", "2月21日"),),
)
YUNNAN = document("云南.txt", "规范福彩销售。", title="云南会议", region="云南", date="2023")
UNKNOWN = document("不详.txt", "福利彩票和养老服务。", title="讲话")
ENGINE = MemoryEngine([HUBEI, YUNNAN, UNKNOWN])


def ask(question: str, **options: object) -> ResultPage:
    return search(ENGINE, parse(question, **options))  # type: ignore[arg-type]


def test_a_card_says_where_when_who_and_what_is_doubtful() -> None:
    card = ask("养老服务").hits[0]
    assert (
        card.region_label,
        card.date_label,
        card.speaker_label,
        card.genre,
        card.source_label,
        card.match_label,
    ) == (
        "湖北",
        "2024年2月21日（年份推定）",
        "甲某某（厅长）",
        "会议报道",
        "据湖北省民政厅",
        "精确",
    )
    assert [warning.code for warning in card.warnings] == ["year_inferred"]
    assert card.title[slice(*card.title_marks[0])] == "养老服务"


def test_a_card_says_why_it_stands_where_it_does() -> None:
    other = document("乙", "推进殡葬改革。", "抓好养老服务和婚姻登记，养老服务先行。")
    page = search(MemoryEngine([other, document("丙", "调研。")]), parse("养老服务 婚姻登记"))
    assert page.hits[0].why == (
        "“养老服务”（原词）：标题 0 次，正文 2 次，稀有度 0.69，得 0.83 分",
        "“婚姻登记”（原词）：标题 0 次，正文 1 次，稀有度 0.69，得 0.57 分",
        "最好的一段（第 2 段）：含 2 个检索词，最多 2 个同在一句，加 1.56 分",
        "排在“精确”一档；同档之内按得分排，合计 2.96 分",
    )


def test_how_many_hold_only_part_of_the_question_is_said() -> None:
    held = document("都有", "殡葬和祭扫。"), document("少见", "祭扫。")
    page = search(MemoryEngine([*held, *OTHERS]), parse("殡葬 祭扫"))
    assert ([hit.match_label for hit in page.hits], page.notes) == (
        ["精确", "部分词语"],
        ("其中 1 篇只含一部分词语，或者分散在几段里，标作“部分词语”，供参考。",),
    )


def test_a_card_quotes_three_passages_and_folds_two_more_away() -> None:
    """The best first: the passages that hold most; the sixth is only in the document."""
    many = document("多", *(f"第{n}，发展养老服务。" for n in "一二三四五六"), title="会议")
    card = search(MemoryEngine([many]), parse("养老服务")).hits[0]
    assert [quoted.number for quoted in card.passages] == [1, 2, 3]
    assert [quoted.number for quoted in card.more] == [4, 5]
    assert card.occurrences == 6


def test_what_is_not_known_is_said() -> None:
    card = next(card for card in ask("养老服务").hits if card.external_id == "不详.txt")
    assert (card.region_label, card.date_label, card.source_label, card.speaker_label) == (
        "地区不详",
        "日期不详",
        "来源不详",
        "",
    )


def test_a_synonym_is_named_on_the_card_and_can_be_switched_off() -> None:
    page = ask("福利彩票")
    assert [card.match_label for card in page.hits] == ["精确", "同义词：福彩（简称）"]
    assert "synonyms=off" in page.synonyms_url
    off = ask("福利彩票", synonyms=False)
    assert (off.documents, off.synonyms_url) == (1, page.synonyms_url.replace("&synonyms=off", ""))


def test_another_name_before_the_word_itself_is_not_said_to_stand_in_for_it() -> None:
    often = document("全称", "长期护理保险。" * 3, title="长期护理保险")
    page = search(MemoryEngine([often, document("简称", "会上问到长护险。")]), parse("长护险"))
    assert [hit.match_label for hit in page.hits] == ["同义词：长期护理保险（全称）", "精确"]
    assert page.notes == ()
    assert page.hits[0].why[-1].startswith("排在“精确”一档")


def test_a_slip_beside_the_right_word_is_shown_counted_and_said() -> None:
    both = document("甲", "关心困难群众。", "别的事一件。", "帮助因难群众。")
    page = search(MemoryEngine([both]), parse("困难群众"))
    (card,) = page.hits
    assert [passage.text for passage in card.passages] == ["关心困难群众。", "帮助因难群众。"]
    assert (card.occurrences, card.match, card.label) == (2, "exact", "精确，另有疑似错字：因难群众")
    assert page.notes == ("有的文献里另有疑似写错的（因难群众），一并标出，也算在处数里。",)


def test_a_slip_that_does_not_count_is_not_said_to() -> None:
    apart = document("甲", "关心困难群众和孤儿。", "帮助因难群众。")
    page = search(MemoryEngine([apart]), parse("同句:(困难群众 孤儿)"))
    assert ([hit.occurrences for hit in page.hits], [hit.label for hit in page.hits], page.notes) == ([2], [""], ())


def test_other_signs_beside_another_name_are_both_said_on_the_card() -> None:
    mixed = document("甲", "三清、三建，长期护理保险。")
    page = search(MemoryEngine([mixed]), replace(parse("三清三建 长护险"), signs=("三清、三建",)))
    assert [hit.match_label for hit in page.hits] == ["标点不同，同义词：长期护理保险（全称）"]


def test_when_only_synonyms_are_found_the_page_says_so() -> None:
    assert search(MemoryEngine([YUNNAN]), parse("福利彩票")).notes == (
        "没有一篇原样含有要找的词，排在最前的用了同义词“福彩”。",
    )


@pytest.mark.parametrize(
    ("body", "asked", "note"),
    [
        ("节日期间走访慰问。", "节日慰问", "没有一篇原样连着写，排在最前的在同一段里含有各个词语。"),
        (
            "农村低保每年4020元。",
            "农村低保发多少钱",
            "没有一篇在同一段里含有全部词语，以下文献只含一部分，或者分散在几段里。",
        ),
        ("关心因难群众。", "困难群众", "没有一篇写得与此完全一样，排在最前的只差一点，标签里写着差在哪里。"),
        ("省人民政府通知。", "民政", "这几个字在以下文献里只是碰巧跨在别的词里。"),
    ],
)
def test_what_is_listed_in_the_stead_of_the_term_is_said(body: str, asked: str, note: str) -> None:
    assert search(MemoryEngine([document("甲", body)]), parse(asked)).notes == (note,)


OTHERS = tuple(document(f"其{n}", "调研工作。") for n in "一二三四五六七八九十")


@pytest.mark.parametrize(
    ("bodies", "asked", "note"),
    [
        # The one term is there as it was typed, the other by its synonym.
        (["社区里卖福彩。"], "社区 福利彩票", "没有一篇原样含有要找的全部词语，排在最前的用了同义词“福彩”。"),
        # 福利彩票 stands in a document of another region.
        (["卖福彩。", "卖福利彩票。"], "福利彩票 地区:云南", "所选范围内没有一篇原样含有要找的词，排在最前的用了"),
        # Each word is there, in a passage of its own.
        (["推进农村建设。\n养老机构多。\n评估护理员。"], "农村养老护理员评估", "没有一篇在同一段里含有全部词语，"),
        (["朱雀讲话。", "朱雀厅长发言。"], "朱雀厅长 地区:云南", "所选范围内没有一篇原样这样写，"),
    ],
)
def test_what_no_document_has_is_said_no_wider_than_it_is_true(bodies: list[str], asked: str, note: str) -> None:
    held = [
        document(f"{n}", *body.split("\n"), region=region)
        for n, (body, region) in enumerate(zip(bodies, ("云南", "湖北"), strict=False))
    ]
    assert search(MemoryEngine([*held, *OTHERS]), parse(asked)).notes[0].startswith(note)


@pytest.mark.parametrize(
    ("number", "place"),
    [
        (2, ("二要抓重点", "慈善工作")),
        (3, ("二要抓重点", "慈善工作（其后）")),
        (4, ("二要抓重点", "慈善工作（其后）")),
        (5, ("二要抓重点", "区划工作")),
        (6, ("二要抓重点",)),  # another paragraph is behind nothing
    ],
)
def test_a_card_says_behind_which_item_a_passage_stands_that_is_in_none(number: int, place: tuple[str, ...]) -> None:
    top = ("二要抓重点",)
    pieces = ["抓重点。", "慈善工作，要好。", "福利彩票要规范。", "还要创新。", "区划工作，要稳。"]
    speech = document("甲", pieces, "另起一段。")
    outlines = [top, (*top, "慈善工作"), top, top, (*top, "区划工作"), top]
    passages = tuple(replace(p, outline=outline) for p, outline in zip(speech.passages, outlines, strict=True))
    question = f"“{passages[number - 1].text[:4]}”"
    page = search(MemoryEngine([replace(speech, passages=passages)]), parse(question))
    assert [(one.number, one.outline) for one in page.hits[0].passages] == [(number, place)]


@pytest.mark.parametrize(
    ("filters", "notes"),
    [
        ([("region", "火星")], ("没有地区为“火星”的讲话，有的是：云南、湖北。",)),
        ([("speaker", "无名")], ("没有讲话人为“无名”的讲话，有的是：甲某某。",)),
        ([("region", "云南"), ("genre", "会议报道")], ()),  # both are there, but of no one speech
        ([("region", "火星"), ("region", "湖北")], ()),
    ],
)
def test_a_value_that_no_speech_has_is_told(filters: list[tuple[str, str]], notes: tuple[str, ...]) -> None:
    assert ask("", filters=filters).notes == notes
    assert ask("养老服务", filters=filters).notes == notes


@pytest.mark.parametrize(
    ("typed", "filters", "notes"),
    [
        ("养老服务 地区:鄂", [], ("地区“鄂”按“湖北”检索。",)),
        ("养老服务", [("region", "荆楚")], ("地区“荆楚”按“湖北”检索。",)),
        ("养老服务 地区:湖北省", [], ()),  # its own name
        ("养老服务 地区:湖北", [("region", "鄂")], ()),  # nothing else is asked than what was typed
    ],
)
def test_a_province_may_be_called_by_another_name_and_the_reader_is_told(
    typed: str, filters: list[tuple[str, str]], notes: tuple[str, ...]
) -> None:
    page, plain = ask(typed, filters=filters), ask("养老服务 地区:湖北")
    assert page.notes == notes
    assert (page.chips, page.read_as, page.documents) == (plain.chips, plain.read_as, plain.documents)


def test_another_name_of_a_province_is_told_when_the_question_was_corrected_and_when_it_is_put_together() -> None:
    told = "地区“鄂”按“湖北”检索。"
    assert told in ask("养老腹务 地区:鄂").notes
    assert told in grouped(ENGINE, parse("养老服务 地区:鄂"), "speaker").notes


def test_facets_are_links_that_add_and_chips_are_links_that_remove() -> None:
    page = ask("养老服务 地区:湖北")
    region = next(facet for facet in page.facets if facet.field == "region")
    assert [(value.label, value.count, value.selected) for value in region.values] == [("湖北", 1, True)]
    assert page.chips == (Link("地区：湖北", "/search?q=%E5%85%BB%E8%80%81%E6%9C%8D%E5%8A%A1", name="region"),)


def test_choosing_a_facet_leaves_the_other_values_countable() -> None:
    page = ask("福利彩票 或 养老服务", filters=[("region", "湖北")])
    region = next(facet for facet in page.facets if facet.field == "region")
    assert {value.value: value.count for value in region.values} == {"湖北": 1, "云南": 1}


def test_the_page_has_the_most_frequent_values_and_the_chosen_one_and_counts_the_rest() -> None:
    regions = [document(f"{n}.txt", "养老服务。", region=f"{chr(ord('一') + n // 2)}地") for n in range(40)]
    engine, asked = MemoryEngine(regions), parse("养老服务", filters=[("region", "专地")])
    (facet,) = (one for one in search(engine, asked).facets if one.field == "region")
    assert ([value.count for value in facet.values], facet.rest) == ([2] * 9, 11)
    assert [value.value for value in facet.values if value.selected] == ["专地"]
    (facet,) = (one for one in search(engine, asked, values=BROWSE_VALUES).facets if one.field == "region")
    assert (len(facet.values), facet.rest) == (20, 0)


def test_every_facet_count_is_what_a_click_gives() -> None:
    for facet in ask("养老服务 或 福彩").facets:
        for value in facet.values:
            assert ask("养老服务 或 福彩", filters=[(facet.field, value.value)]).documents == value.count


def test_pages_are_numbered_and_one_beyond_the_last_is_an_error() -> None:
    engine = MemoryEngine([document(f"第{n}篇", "养老服务") for n in range(PER_PAGE * 9)])
    page = search(engine, parse("养老服务", page=5))
    assert [(link.label, link.name, link.current) for link in page.pager] == [
        ("上一页", "prev", False),
        *[(str(n), "page", n == 5) for n in range(1, 10)],
        ("下一页", "next", False),
    ]
    assert [link.label for link in search(engine, parse("养老服务")).pager] == ["1", "2", "3", "4", "…", "9", "下一页"]
    with pytest.raises(NoSuchPage, match="没有第 10 页"):
        search(engine, parse("养老服务", page=10))


def test_nothing_found_says_which_filter_to_drop_with_the_count() -> None:
    page = ask("养老服务", filters=[("region", "云南")])
    assert [link.label for link in page.help] == ["去掉“地区：云南”（2 篇）"]


def test_nothing_found_offers_each_term_alone() -> None:
    assert [link.label for link in ask("“养老服务” “火星”").help] == ["只找“养老服务”（2 篇）"]


def test_no_question_shows_the_newest() -> None:
    page = browse(ENGINE)
    assert [card.external_id for card in page.hits] == ["湖北.txt", "云南.txt", "不详.txt"]
    assert page.hits[0].passages[0].text == "发展养老服务。"


def test_a_meaningless_question_finds_nothing_and_says_why() -> None:
    page = ask("((")
    assert (page.documents, page.hits) == (0, ())
    assert page.notes == ("输入里没有可检索的文字。请输入要找的词句，例如：养老服务。",)


def test_the_json_has_the_keys_of_the_contract() -> None:
    found = json.loads(json.dumps(page_as_json(ask("养老服务 地区:湖北")), ensure_ascii=False))
    assert found["query"]["text"] == "养老服务 地区:湖北"
    assert found["query"]["read_as"] == "含“养老服务”，地区为湖北"
    assert found["total"] == {
        "documents": 1,
        "occurrences": 1,
        "exact": True,
        "tiers": {"exact": {"documents": 1, "occurrences": 1}},
    }
    hit = found["hits"][0]
    (start, end), *_ = hit["passages"][0]["marks"]
    assert hit["passages"][0]["text"][start:end] == "养老服务"
    assert hit["passages"][0]["url"].endswith("#p1")
    assert hit["warnings"] == ["year_inferred"]
    assert {"id", "external_id", "title", "date", "region", "issuer", "speakers", "score", "match"} <= hit.keys()


# --- the document page -----------------------------------------------------------------------------------


def pieces(paragraphs: Iterable[ParagraphView]) -> list[Piece]:
    runs = [run for paragraph in paragraphs for passage in paragraph.passages for run in passage.runs]
    return [piece for run in runs for piece in run.pieces]


def test_hits_are_numbered_through_the_document_in_reading_order() -> None:
    one = document("甲", ["养老服务一。", "养老服务二。"], "没有。", "再说养老服务。")
    page = open_document(one, parse("养老服务"))
    assert page.hits == 3
    assert [piece.hit for piece in pieces(page.paragraphs) if piece.hit] == [1, 2, 3]
    assert [passage.number for par in page.paragraphs for passage in par.passages] == [1, 2, 3, 4]


def test_a_hit_across_two_passages_keeps_one_number() -> None:
    page = open_document(document("甲", ["抓养老。", "二是慈善。"]), parse("“老。二”"))
    hits = [(piece.text, piece.hit) for piece in pieces(page.paragraphs) if piece.hit]
    assert (hits, page.hits) == ([("老。", 1), ("二", 1)], 1)


def test_the_text_on_the_page_is_the_text_of_the_document() -> None:
    one = document("甲", ["养老服务一。", "养老服务二。"], "没有。")
    page = open_document(one, parse("养老服务"))
    printed = ["".join(piece.text for piece in pieces([paragraph])) for paragraph in page.paragraphs]
    assert printed == list(one.paragraphs)


def test_the_citation_invents_nothing_and_carries_the_doubts() -> None:
    page = open_document(
        changed(HUBEI, issuer=Evidence("湖北省民政厅")), parse(""), link="http://系统/doc/1", today=date(2026, 11, 21)
    )
    assert page.cite == (
        "湖北省民政厅. 湖北养老服务会议[EB/OL]. [2026-11-21]. http://系统/doc/1.\n"
        "会议日期：2024-02-21（年份据正文推定）；来源：据湖北省民政厅；会议报道，非讲话原文"
    )
    stitched = changed(UNKNOWN, warnings=(Warning("truncated", "文末截断"),), quotable=True, genre="讲话稿")
    assert open_document(stitched, parse(""), link="L", today=date(2026, 1, 2)).cite == (
        "[作者不详]. 讲话[EB/OL]. [2026-01-02]. L.\n日期不详；来源不详；讲话稿；文末截断，引用前请核对原件"
    )
