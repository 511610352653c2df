"""Captions that no word shows to be one: a short line between paragraphs heads nothing."""

from __future__ import annotations

import pytest

from indexer.articles.articles import Article, split
from indexer.articles.furniture import shown_in
from indexer.extract import Block, Extract

TITLE = "云溪县民政局开展热饭上楼活动"
FIRST = "一是开食堂。5月15日，县民政局局长白露到松台镇看望老人，询问每天吃些什么、饭菜热不热、价钱贵不贵。"
SECOND = "二是送上楼。送餐的人每天中午把饭菜送到行动不便的老人家里，顺便看看水电是否安全，再把空盒带回来。"
THIRD = "在随后的座谈会上，各乡镇说了自己的打算，大家认为，食堂要开得长久，账目要清楚，价钱要让老人吃得起。"


def read(*lines: str) -> Article:
    (found,) = split(Extract((Block(TITLE, 1), *map(Block, lines)), wrapped=False))
    return found


def shown(found: Article) -> tuple[list[str], list[str]]:
    return [line.bare for line in found.lines], [text for name, text in found.furniture if name == "图片说明"]


def test_a_line_across_which_the_text_goes_on_counting_heads_nothing() -> None:
    assert shown(read(FIRST, "松台镇第一食堂", SECOND)) == ([FIRST, SECOND], ["松台镇第一食堂"])
    assert shown(read(FIRST, "松台镇第一食堂", THIRD)) == ([FIRST, "松台镇第一食堂", THIRD], [])


def test_a_caption_that_stands_twice_between_paragraphs_heads_none_of_them() -> None:
    line = "老人用餐现场"
    assert shown(read(SECOND, line, THIRD, line, FIRST)) == ([SECOND, THIRD, FIRST], [line, line])
    assert shown(read(SECOND, "小贴士", THIRD, "小贴士", FIRST)) == ([SECOND, "小贴士", THIRD, "小贴士", FIRST], [])
    # a table of contents has every heading once more
    contents = ["账目怎样公开", "谁来送饭", "钱从哪里来", "食堂开在哪里"]
    assert shown(read(*contents, SECOND, contents[0], THIRD))[0][-3:] == [SECOND, contents[0], THIRD]


def test_a_line_that_says_the_headline_again_heads_no_part_of_the_text() -> None:
    line = "云溪县民政局热饭上楼活动"
    assert shown(read(SECOND, line, THIRD)) == ([SECOND, THIRD], [line])
    # a piece of the headline may head a part where other parts have headings, too
    parts = [SECOND, "热饭上楼", THIRD, "账目公开", FIRST]
    assert shown(read(*parts)) == (parts, [])
    assert shown(read(SECOND, "热饭上楼活动", THIRD)) == ([SECOND, THIRD], ["热饭上楼活动"])


@pytest.mark.parametrize("line", ["云溪县民政局热饭上楼办法", "附件", "云溪县民政局", "2024年5月15日", "下一步打算"])
def test_an_annex_a_body_a_day_and_a_heading_stay(line: str) -> None:
    assert shown(read(SECOND, line, THIRD)) == ([SECOND, line, THIRD], [])


def test_lines_that_show_whom_the_text_names_are_captions_in_numbers_or_at_its_end() -> None:
    lines = ["县民政局局长白露看望老人", "老人齐唱热饭谣"]
    assert shown(read(FIRST, *lines)) == ([FIRST], lines)
    assert shown(read(FIRST, *lines, THIRD)) == ([FIRST, *lines, THIRD], [])
    more = ["县民政局局长白露品尝饭菜", *lines, "学生表演", "志愿者送餐"]
    assert shown(read(FIRST, *more, THIRD)) == ([FIRST, THIRD], more)
    assert shown(read(SECOND, *more, THIRD)) == ([SECOND, *more, THIRD], [])  # nobody has named her


def test_below_a_picture_a_line_that_shows_a_person_is_its_caption() -> None:
    line = "松台镇第一食堂站长青禾介绍送餐特色"
    assert shown(read(SECOND, "图片3.png", line, THIRD)) == ([SECOND, THIRD], [line])
    assert shown(read(SECOND, line, THIRD)) == ([SECOND, line, THIRD], [])


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("云溪县民政局局长白露看望老人", ("白露看", "白露")),
        ("县委副书记卓一帆 致辞", ("卓一帆", "卓一")),
        ("县民政局局长白露", ()),
        ("县民政局局长白露说，要让老人吃上热饭", ()),
        ("局长要带头送餐", ()),
    ],
)
def test_whom_a_short_line_shows(line: str, names: tuple[str, ...]) -> None:
    assert shown_in(line) == names


def test_a_caption_may_say_who_stands_where_or_gave_the_picture() -> None:
    for line in ("白露局长（左）看望老人。", "全体人员合影", "老人在食堂用餐。卓一帆 供图"):
        assert shown(read(SECOND, line, THIRD)) == ([SECOND, THIRD], [line])
    for line in ("三、全体人员合影", "要为群众供图纸"):
        assert shown(read(SECOND, line, THIRD)) == ([SECOND, line, THIRD], [])


def test_a_clause_of_the_paragraph_above_heads_nothing() -> None:
    told = "县民政局局长白露为活动致辞，并代表全县说了食堂怎样开得长久，账目怎样公开，价钱怎样让老人吃得起。"
    assert shown(read(told, "白露为活动致辞", SECOND)) == ([told, SECOND], ["白露为活动致辞"])
    listed = "会议听取了《热饭上楼办法》、食堂验收工作方案、账目公开工作方案，大家认为要开得长久，账目要清楚。"
    for line in ("食堂验收工作方案", "热饭上楼办法", "账目公开工作方案"):
        assert shown(read(listed, line, SECOND)) == ([listed, line, SECOND], [])


def test_where_one_caption_is_found_others_of_its_form_are_captions_too() -> None:
    told = "县民政局局长白露为活动致辞，并代表全县说了食堂怎样开得长久，账目怎样公开，价钱怎样让老人吃得起。"
    assert shown(read(told, "白露为活动致辞", SECOND, "启动仪式现场", THIRD))[0] == [told, SECOND, THIRD]
    assert shown(read(told, SECOND, "用餐现场", THIRD))[0] == [told, SECOND, "用餐现场", THIRD]


def test_a_marked_sentence_between_paragraphs_is_a_caption() -> None:
    line = "▲老人在松台镇第一食堂吃饭。"
    assert shown(read(FIRST, line, SECOND, line, THIRD)) == ([FIRST, SECOND, THIRD], [line] * 2)
    headings = [FIRST, SECOND, "▲账目公开", THIRD]
    assert shown(read(*headings)) == (headings, [])
    listed = [f"▲{what}。" for what in ("食堂要开到楼下", "饭菜要送到楼上", "账目要贴到墙上")]
    assert shown(read(FIRST, "三件事：", *listed)) == ([FIRST, "三件事：", *listed], [])


def test_three_lines_in_brackets_below_a_paragraph_are_captions() -> None:
    lines = ["（老人在食堂里用餐）", "（志愿者把饭菜送上楼）", "（县民政局局长白露同志介绍做法）"]
    assert shown(read(SECOND, *lines, THIRD)) == ([SECOND, THIRD], lines)
    assert shown(read(SECOND, *lines[:2], THIRD)) == ([SECOND, *lines[:2], THIRD], [])
    numbered = ["（一）食堂开到楼下", "（二）饭菜送到楼上", "（三）账目贴到墙上"]
    assert shown(read(SECOND, *numbered, THIRD)) == ([SECOND, *numbered, THIRD], [])


def test_whom_a_paragraph_names_is_shown_where_another_caption_is_found() -> None:
    told = "县民政局局长白露，松台镇镇长章明，餐饮公司总经理青禾一起看望老人，问饭菜热不热，价钱贵不贵，谁来送饭。"
    marked, bare = "▲老人在松台镇第一食堂吃饭。", "松台镇镇长章明"
    assert shown(read(told, marked, SECOND, bare, THIRD)) == ([told, SECOND, THIRD], [marked, bare])
    assert shown(read(told, SECOND, bare, THIRD)) == ([told, SECOND, bare, THIRD], [])
    assert shown(read(told, f"▲{bare}", SECOND, THIRD)) == ([told, SECOND, THIRD], [f"▲{bare}"])
