"""Questions that no document answers whole are met in part, on every engine, and only then."""

from __future__ import annotations

from conftest import Publish, document
from contract import ask, found


def test_a_question_in_everyday_words_is_met_in_part(publish: Publish) -> None:
    engine = publish(
        document("办法", "申请低保应当向户籍所在地提出。", "办理时限为三十日。"),
        document("标准", "农村低保每人每年4020元。"),
        document("别的", "婚姻登记实行跨省通办。"),
    )
    assert found(engine, "农村低保每年发多少钱") == [("标准", "partial")]


def test_who_asks_how_much_gets_the_passage_with_a_figure_first(publish: Publish) -> None:
    engine = publish(
        document("无数", "高龄津贴由县级民政部门发放。"), document("有数", "高龄津贴为每月100元，按月发放。")
    )
    assert [name for name, _ in found(engine, "高龄津贴是多少")] == ["有数", "无数"]


def test_a_phrase_that_is_found_stays_a_phrase(publish: Publish) -> None:
    engine = publish(document("原词", "开展冬季巡访慰问活动。"), document("部分", "活动丰富。", "冬季寒冷，注意慰问。"))
    assert found(engine, "冬季巡访慰问") == [("原词", "exact")]


def test_keywords_must_nearly_all_be_there(publish: Publish) -> None:
    engine = publish(
        document("三", "殡葬、婚姻登记和地名都有。"), document("二", "殡葬和婚姻登记。"), document("一", "殡葬。")
    )
    assert found(engine, "殡葬 婚姻登记 地名") == [("三", "exact"), ("二", "partial")]
    assert found(engine, "殡葬 火星") == []


def test_of_two_keywords_one_is_listed_only_where_it_tells(publish: Publish) -> None:
    """殡葬 stands in three of twelve documents, more than a fifth; 祭扫 in two."""
    others = [document(f"其{n}", "调研工作。") for n in "一二三四五六七八"]
    common = [document(f"常{n}", "殡葬改革。") for n in "一二"]
    engine = publish(document("都有", "殡葬和祭扫。"), document("少见", "祭扫。"), *common, *others)
    assert found(engine, "殡葬 祭扫") == [("都有", "exact"), ("少见", "partial")]


def test_with_few_answers_to_a_phrase_documents_with_its_words_fill_the_page(publish: Publish) -> None:
    """消防安全 is one word of the lexicon; the words stand in different passages, and two of twenty-two have 消防."""
    others = [document(f"其他{n:02}", "安全工作。") for n in range(20)]
    engine = publish(document("原话", "抓好消防安全。"), document("分开", "消防验收。", "安全第一。"), *others)
    assert found(engine, "消防安全") == [("原话", "exact"), ("分开", "partial")]
    assert found(engine, "“消防安全”") == [("原话", "exact")]


def test_documents_with_one_of_two_keywords_fill_a_page_and_no_more(publish: Publish) -> None:
    others = [document(f"其他{n:02}", "调研工作。") for n in range(60)]
    single = [document(f"单词{n:02}", "祭扫。") for n in range(12)]
    engine = publish(document("都有", "殡葬祭扫。"), *single, *others)
    matches = ask(engine, "殡葬 祭扫")
    assert (matches.documents, [m.kind for m in matches.ranked]) == (10, ["exact", *["partial"] * 9])
