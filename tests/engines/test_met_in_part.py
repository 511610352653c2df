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


def test_the_same_words_with_and_without_a_question_mark_are_two_queries(publish: Publish) -> None:
    """Nothing fits either; of keywords two fifths have to be there."""
    engine = publish(document("甲", "祭扫。"), document("乙", "预约，手续。"), document("丙", "调研。"))
    asked = ["祭扫预约手续？", "祭扫预约手续", "祭扫预约手续？"]
    alone = [("乙", "partial")]
    assert [found(engine, one) for one in asked] == [[*alone, ("甲", "partial")], alone, [*alone, ("甲", "partial")]]


def test_with_a_question_mark_what_answers_best_fills_the_page_behind_what_is_met(publish: Publish) -> None:
    """The first only cites the question; of three words 乙 has one and 甲 two."""
    others = [document(f"其他{n:02}", "调研工作。") for n in range(60)]
    cites = document("目录", "第三节：祭扫预约手续。")
    engine = publish(cites, document("甲", "预约。", "先办手续。"), document("乙", "祭扫。"), *others)
    assert found(engine, "祭扫预约手续？") == [("目录", "exact"), ("甲", "partial"), ("乙", "partial")]
    assert found(engine, "祭扫预约手续") == [("目录", "exact"), ("甲", "partial")]
    many = publish(cites, *(document(f"两{n:02}", "祭扫。", "预约。") for n in range(12)), *others)
    assert len(found(many, "祭扫预约手续？")) == 10


def test_documents_with_one_of_two_keywords_fill_a_page_and_no_more(publish: Publish) -> None:
    others = [document(f"其他{n:02}", "调研工作。") for n in range(60)]
    single = [document(f"单词{n:02}", "祭扫。") for n in range(12)]
    engine = publish(document("都有", "殡葬祭扫。"), *single, *others)
    matches = ask(engine, "殡葬 祭扫")
    assert (matches.documents, [m.kind for m in matches.ranked]) == (10, ["exact", *["partial"] * 9])


def test_a_question_is_answered_by_what_bears_its_subject_in_the_title(publish: Publish) -> None:
    """停电 is the rarer word, and in a short passage."""
    rules = document("规定", "设备由专人检修，登记在册。", "仓库配备柴油，逐级上报。", title="儿童福利院管理规定")
    others = [document(f"其他{n}", "到儿童福利院慰问。" if n < 2 else "开会。") for n in range(12)]
    engine = publish(rules, document("通报", "三个村停电。"), *others)
    assert found(engine, "儿童福利院停电了有没有柴油")[0] == ("规定", "partial")


def test_for_keywords_the_title_is_a_passage_among_others(publish: Publish) -> None:
    """All three words stand in both, two of them in one passage of the second."""
    titled = document("标题", "婚姻登记。", "祭扫。", "地名。", title="殡葬工作")
    inside = document("正文", "殡葬和祭扫。", "婚姻登记。", "地名。")
    engine = publish(titled, inside, *(document(f"其他{n}", "调研。") for n in range(9)))
    assert [name for name, _ in found(engine, "殡葬 祭扫 婚姻登记 火星")] == ["正文", "标题"]


def test_characters_of_a_name_that_nobody_knows_are_looked_for_together(publish: Publish) -> None:
    engine = publish(
        document("小传", "霍亦都，在柳溪乡工作三十年，因病离世。"),
        document("讣告", "老主任去世。"),
        document("分开", "霍家村。", "不亦乐乎。"),
    )
    assert found(engine, "霍亦都是在哪一年去世的")[0][0] == "小传"


def test_the_words_of_a_quotation_that_stands_nowhere_say_what_is_asked_about(publish: Publish) -> None:
    engine = publish(document("近", "邻里互助的灶台。"), document("远", "报名从五月开始。"))
    assert found(engine, "“灶台互助社”何时开始")[0][0] == "近"


def test_what_is_quoted_has_to_be_there_where_anything_fits(publish: Publish) -> None:
    """预约 and 登记 stand in the last as well; of alternatives only what each of them quotes has to be there."""
    others = [document(f"其他{n:02}", "调研工作。") for n in range(20)]
    first, second = document("甲", "灶台互助社每周三开门。"), document("乙", "灶台互助社预约。")
    engine = publish(first, second, document("丙", "灶台互助社预约登记。"), document("丁", "登记。"), *others)
    assert found(engine, "“灶台互助社” 预约 登记") == [("丙", "exact"), ("乙", "partial")]
    assert found(engine, "(“灶台互助社” 预约 登记) 或 (“灶台互助社” “火星” 登记)") == [
        ("丙", "exact"),
        ("乙", "partial"),
    ]
    assert sorted(found(engine, "(“灶台互助社” 预约 登记) 或 (“火星” 登记)")) == [
        ("丁", "partial"),
        ("丙", "exact"),
        ("乙", "partial"),
    ]
    assert ("丁", "partial") in found(engine, "“火星” 预约 登记")


def test_of_long_passages_that_which_says_the_word_oftenest_comes_first(publish: Publish) -> None:
    """More than an engine that chooses candidates first takes, and all of them with the word more than six times."""
    filling = "到场查看，逐项登记。" * 30
    others = [document(f"其他{n:02}", "祭扫，" * 7 + filling) for n in range(40)]
    listed = document("名单", "祭扫，" * 28 + filling)
    engine = publish(
        document("都有", "殡葬祭扫。"), listed, *others, *(document(f"无{n}", "调研。") for n in range(200))
    )
    assert found(engine, "殡葬 祭扫")[:2] == [("都有", "exact"), ("名单", "partial")]


def test_single_characters_that_are_words_say_which_answer_comes_first(publish: Publish) -> None:
    """Both hold 品种; a character alone lists no document."""
    others = [document(f"其他{n}", "调研工作。") for n in range(9)]
    engine = publish(
        document("甲", "豆的品种登记在册。"), document("乙", "稻的品种登记在册。"), document("丙", "稻。"), *others
    )
    assert found(engine, "稻有哪些品种？") == [("乙", "partial"), ("甲", "partial")]
    assert found(engine, "豆有哪些品种？") == [("甲", "partial"), ("乙", "partial")]


def test_words_inside_a_long_word_of_a_question_count_where_the_long_one_is_not_said(publish: Publish) -> None:
    others = [document(f"其他{n}", "调研工作。") for n in range(9)]
    engine = publish(
        document("甲", "豆类受到打击。"), document("乙", "民主的呼声受到打击。"), document("丙", "民主。"), *others
    )
    assert found(engine, "社会民主党何时受到打击？") == [("乙", "partial"), ("甲", "partial")]


def test_words_that_are_asked_side_by_side_count_more_where_they_stand_so(publish: Publish) -> None:
    """Both documents say the same two words equally often, in the body or in the title."""
    others = [document(f"其他{n}", "调研工作。") for n in range(9)]
    bodies = document("甲", "预约祭扫，早到早办。"), document("乙", "祭扫预约，早到早办。")
    titles = document("甲", "早到早办。", title="预约祭扫"), document("乙", "早到早办。", title="祭扫预约")
    for both in (bodies, titles):
        engine = publish(*both, *others)
        assert found(engine, "祭扫预约找哪个殡仪馆？") == [("乙", "partial"), ("甲", "partial")]
        assert found(engine, "预约祭扫找哪个殡仪馆？") == [("甲", "partial"), ("乙", "partial")]


def test_all_of_a_short_document_answers_and_not_its_best_passage_alone(publish: Publish) -> None:
    """The passage of the first says more than any of the second, whose other passage has the third word."""
    others = [document(f"其他{n}", "调研工作。") for n in range(9)]
    one = document("甲", "祭扫和迁坟。" * 2)
    two = document("乙", "祭扫和迁坟，" + "照旧办理。" * 14, "到殡仪馆去。" + "照旧办理。" * 14)
    assert [name for name, _ in found(publish(one, two, *others), "祭扫迁坟找哪个殡仪馆？")] == ["乙", "甲"]


def test_a_long_report_must_say_the_words_of_a_question_often(publish: Publish) -> None:
    """Its passages hold no more than that of the short document."""
    filling = ["照常开会，逐项部署。" * 12] * 40
    report = document("甲", *["祭扫的事。", "迁坟的事。"] * 4, *filling)
    others = [document(f"其他{n}", "调研工作。") for n in range(9)]
    assert [name for name, _ in found(publish(report, document("乙", "祭扫，迁坟。"), *others), "祭扫怎么迁坟？")] == [
        "乙",
        "甲",
    ]


def test_who_asks_for_an_age_or_a_year_does_not_get_a_sum(publish: Publish) -> None:
    """Ages and years are no figures that the index knows, nor is 西元 money."""
    others = [document(f"其他{n}", "调研工作。") for n in range(9)]
    sums = document("甲", "入托的孩子，补贴。", "收费100元。")
    engine = publish(sums, document("乙", "孩子满三岁入托。"), document("丙", "入托点四十二处，建于1911年。"), *others)
    assert found(engine, "孩子几岁入托？")[0][0] == "乙"
    assert found(engine, "西元几年入托点建成？")[0][0] == "丙"
