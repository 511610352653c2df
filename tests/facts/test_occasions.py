"""Where words are a speech: at a meeting, a ceremony, a course, before reporters; not on a visit."""

from __future__ import annotations

import pytest

from tests.facts.test_metadata import facts


def test_who_says_something_on_a_visit_gives_no_speech() -> None:
    assert facts("副市长看望厨师\n3月5日，副市长卓一帆到食堂看望厨师。\n卓一帆要求，饭菜要热。").speakers == ()


def test_a_visit_that_ended_in_a_meeting_is_one_from_there_on() -> None:
    visit = "3月5日，外市厨师来我县。\n在随后召开的座谈会上，大家看了短片。"
    found = facts(f"厨师来访\n{visit}\n市民政局副局长章明同志强调，饭菜要热。").speakers
    assert [one.name for one in found] == ["章明"]


def test_a_ceremony_that_people_attend_is_a_meeting() -> None:
    text = "食堂挂牌\n3月5日，食堂正式挂牌。县长卓一帆出席挂牌仪式，为食堂揭牌。\n卓一帆强调，饭菜要热。"
    assert [one.name for one in facts(text).speakers] == ["卓一帆"]


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("民政局科长卓一帆告诉记者，饭菜是热的。", ["卓一帆"]),
        ("3月5日，局长卓一帆参加“局长热线”活动，回答了记者的问题。", ["卓一帆"]),
        ("3月5日，局长卓一帆看了食堂，指出饭菜要热。", []),  # no speech: a visit
        ("3月5日，局长卓一帆看了食堂，要求食堂对来客作出安排。", []),
    ],
)
def test_who_talks_to_reporters_speaks_without_a_meeting(told: str, names: list[str]) -> None:
    assert [one.name for one in facts(f"老年食堂见闻\n{told}").speakers] == names


def test_a_meeting_without_a_name_is_one() -> None:
    found = facts("本报讯 日前，市民政局党组两次召开会议，学习文件。局长卓一帆要求全局抓好落实。").speakers
    assert [(one.name, one.post) for one in found] == [("卓一帆", "局长")]


def test_where_one_gave_a_speech_what_others_told_was_spoken_too() -> None:
    text = "食堂宣传周\n3月5日，食堂办宣传周。首先，副局长卓一帆介绍了食堂；接着，秘书长彭远发表了重要讲话。"
    assert [one.name for one in facts(text).speakers] == ["卓一帆", "彭远"]


def test_what_is_said_where_an_opening_was_attended_is_a_speech() -> None:
    found = facts("食堂开张\n3月5日，副县长卓一帆参加开学典礼。卓一帆勉励学员：一是要学，二是要做。").speakers
    assert [(one.name, one.post) for one in found] == [("卓一帆", "副县长")]


def test_what_is_told_at_the_place_of_an_event_is_a_speech() -> None:
    text = "救助站开放\n3月5日，在开放日的活动现场，站长卓一帆向前来参观的同志们详细介绍展板。"
    assert [one.name for one in facts(text).speakers] == ["卓一帆"]


def test_who_meets_visitors_and_tells_them_something_gives_no_speech() -> None:
    assert facts("厨师来访\n3月5日，市民政局局长卓一帆会见了厨师一行，并介绍了食堂。").speakers == ()


def test_a_course_that_is_held_is_a_meeting() -> None:
    found = facts("助餐培训班举办\n3月5日，助餐培训班在云溪顺利举办。局长卓一帆分享了做法。").speakers
    assert [one.name for one in found] == ["卓一帆"]


def test_what_is_said_at_a_ceremony_that_the_sentence_names_is_a_speech() -> None:
    text = "重阳节\n镇党委书记卓一帆在庆祝大会上，回顾了历史；向老人问好。他表示，饭菜要热。"
    assert [one.name for one in facts(text).speakers] == ["卓一帆"]


def test_a_meeting_named_in_quotation_marks_is_one() -> None:
    found = facts("为办好食堂，县里召开了“敬老月座谈会”。社区书记卓一帆向老人表示节日祝贺。").speakers
    assert [one.name for one in found] == ["卓一帆"]


def test_who_says_something_at_a_meeting_of_a_visit_speaks() -> None:
    found = facts("副市长到食堂\n3月5日，副市长卓一帆到食堂看望厨师。\n座谈会上，卓一帆要求，饭菜要热。").speakers
    assert [(one.name, one.post) for one in found] == [("卓一帆", "副市长")]


def test_what_is_said_behind_the_meeting_of_a_visit_on_one_line_is_a_speech() -> None:
    found = facts("副市长到食堂\n3月5日，副市长卓一帆到食堂。座谈会上，大家看了短片。卓一帆指出，饭菜要热。").speakers
    assert [one.name for one in found] == ["卓一帆"]


def test_what_is_told_behind_a_talk_of_two_sides_was_spoken_there() -> None:
    text = "厨师来访\n3月5日，市民政局局长卓一帆与来访的厨师协会会长彭远胜一行座谈。\n彭远胜表示，饭菜要热。"
    assert [(one.name, one.post) for one in facts(text).speakers] == [("彭远胜", "厨师协会会长")]
