"""相关说法: words of the same passages, with their counts; only what is ticked is looked for."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from conftest import Publish, document

from search.query.parsing import parse
from search.tools.kin import as_csv, as_json, kin, ticked

NEAR = [document(f"甲{n}.txt", f"第{n}个社区食堂配餐，助餐补贴到位。", "婚姻登记要便民。") for n in range(5)]
FAR = [document(f"乙{n}.txt", f"第{n}次强调婚姻登记要便民，规范公墓管理。") for n in range(8)]
ONE_PASSAGE = [document(f"戊{n}.txt", f"第{n}个社区食堂配餐，助餐补贴到位。") for n in range(5)]
SHARED = document("丙.txt", "助餐补贴不能少。")


def test_words_of_the_same_passage_are_offered_with_their_counts(publish: Publish) -> None:
    page = kin(publish(*NEAR, *FAR, SHARED), parse("社区食堂"))
    words = {one.text: one for one in page.words}
    assert (words["补贴"].together, words["补贴"].documents) == (5, 6)
    assert "婚姻" not in words and "婚姻登记" not in words  # in the same documents, of another passage
    assert page.documents == 5 and not any(one in "社区食堂" for one in words)


def test_what_is_ticked_is_looked_for_beside_what_was_asked(publish: Publish) -> None:
    address = ticked(parse("社区食堂 地区:湖北"), ["补贴", "助餐"])
    asked = parse_qs(urlsplit(address).query)
    assert asked["region"] == ["湖北"]
    engine = publish(*NEAR, *FAR, SHARED)
    assert engine.count([parse(asked["q"][0])]) == [6]
    assert ticked(parse("社区食堂"), []) == ticked(parse("社区食堂"), [" "])
    assert ticked(parse(""), ["补贴"]) == "/search"


def test_nothing_asked_nothing_found_and_everything_are_told_apart(publish: Publish) -> None:
    engine = publish(*NEAR)
    assert any("请输入检索词" in note for note in kin(engine, parse("")).notes)
    assert "太常见" in kin(engine, parse("“一")).notes[0]
    assert "没有文献说到它。" in kin(engine, parse("“火星探测”")).notes
    assert {"补贴", "助餐"} <= {one.text for one in kin(engine, parse("社区食堂")).words}  # it is in every document
    alone = kin(publish(*ONE_PASSAGE), parse("社区食堂"))
    assert alone.documents == 5 and alone.words == () and "同段的词里没有明显相关的。" in alone.notes


def test_a_word_of_the_other_passages_or_of_one_document_alone_is_none(publish: Publish) -> None:
    """Of five documents and more: what stands in the passage of one, and what stands in every passage alike."""
    engine = publish(*NEAR[:4], document("丁.txt", "社区食堂配餐，古树古树古树。", "规范公墓管理。"))
    words = {one.text for one in kin(engine, parse("社区食堂")).words}
    assert "配餐" in words and not words & {"古树", "公墓", "婚姻登记"}


def test_the_table_and_the_json_hold_the_counts(publish: Publish) -> None:
    page = kin(publish(*NEAR, *FAR, SHARED), parse("社区食堂"))
    assert any(line.startswith("补贴,同段,5,6,") for line in as_csv(page).decode("utf-8-sig").splitlines())
    words = as_json(page)["words"]
    keys = {"text", "together", "documents", "likelihood", "url", "place"}
    assert isinstance(words, list) and set(words[0]) == keys


def test_a_word_leads_to_the_first_passage_that_has_it_beside_what_is_asked(publish: Publish) -> None:
    words = {one.text: one.place for one in kin(publish(*NEAR, *FAR, SHARED), parse("社区食堂")).words}
    assert (words["补贴"].number, words["补贴"].id) == (1, words["配餐"].id)
    assert words["补贴"].url.endswith("#p1")
