"""Who speaks without a post: a name that could be nothing else where a subject stands, and a verb of speaking."""

from __future__ import annotations

import pytest
from conftest import cpu_seconds

from tests.facts.test_metadata import facts


def spoke(clause: str) -> list[tuple[str, str | None]]:
    found = facts(f"座谈会召开\n3月5日，老年助餐座谈会召开。{clause}").speakers
    return [(one.name, one.post) for one in found]


@pytest.mark.parametrize(
    ("clause", "speakers"),
    [
        ("会上，杨一帆、彭远胜、范立新分别作了发言。", [("杨一帆", None), ("彭远胜", None), ("范立新", None)]),
        ("杨一帆在会上说，饭菜要热。", [("杨一帆", None)]),
        ("杨一帆听取汇报后，对食堂给予肯定，并就饭菜提出要求。", [("杨一帆", None)]),
        ("杨一帆对食堂表示肯定，他指出，饭菜要热。", [("杨一帆", None)]),
        ("座谈会由杨一帆主持。", [("杨一帆", None)]),
        # behind an organ, or behind a word for people, which is shown as it stands
        ("县民政局杨一帆、县财政局范立新先后发言。", [("杨一帆", None), ("范立新", None)]),
        ("县领导杨一帆、范立新出席并讲话。", [("杨一帆", "县领导"), ("范立新", "县领导")]),
        ("来自云溪镇的杨一帆作了交流发言。", [("杨一帆", None)]),
        ("县民政局的杨一帆同志介绍了政策。", [("杨一帆", None)]),
        ("县武装部杨一帆同志和县退役军人局彭远胜同志分别介绍了政策。", [("杨一帆", None), ("彭远胜", None)]),
        ("作为食堂代表，杨一帆参加了座谈会。她在发言中说，饭菜热了。", [("杨一帆", None)]),
        ("接着，杨远同志带大家学习了文件，重点解读了政策。", [("杨远", None)]),
        ("大家谈了体会，如杨一帆同志就提到饭菜要热。", [("杨一帆", None)]),
        # behind a word for a person
        ("自强模范彭仁珍在现场分享了故事。", [("彭仁珍", "自强模范")]),
        # two characters that no dictionary has, right before the verb, and who is joined to them
        ("座谈会由雷远主持。", [("雷远", None)]),
        ("雷远主持座谈会，石敏讲话。", [("雷远", None), ("石敏", None)]),
        ("会上，雷远、石敏作交流发言。", [("雷远", None), ("石敏", None)]),
        ("座谈会由高校主持。", []),
        ("会上，武进、江夏作交流发言。", []),  # counties without their unit
        ("会上，雷远对大家作了介绍。", []),  # … where the verb is further on nothing shows it
        # in a list with a name that is nothing else two characters are a name, too
        ("会上，杨一帆、彭远、石磊等6位村民先后发言。", [("杨一帆", None), ("彭远", None), ("石磊", None)]),
        ("会上，彭远、杨一帆等先后发言。", [("彭远", None), ("杨一帆", None)]),
        ("会上，杨一帆、石磊作了发言。", [("杨一帆", None), ("石磊", None)]),
        # … and so they are where two of them are no word of any dictionary
        (
            "徐念念、荣敏、陈先锋、方丽等先后发言。",
            [("徐念念", None), ("荣敏", None), ("陈先锋", None), ("方丽", None)],
        ),
        # 同志 behind three characters shows what a word in them (运城) would speak against
        ("范运城同志向大会作了工作报告。", [("范运城", None)]),
    ],
)
def test_a_sure_name_before_a_verb_of_speaking_speaks(clause: str, speakers: list[tuple[str, str | None]]) -> None:
    assert spoke(clause) == speakers


@pytest.mark.parametrize(
    "clause",
    [
        "张家港市介绍了经验，高邮市作了发言，石景山区说明了情况。",
        "马港镇、麦市镇分别作了表态发言。温州市民政局介绍了做法。",
        "施工方表示，饭菜要热。许多人表示，饭菜热了。王家庄介绍了经验。",
        "县财政局全力支持，表示要配合。县民政局严格要求，强调饭菜要热。",
        "家属代表作了发言。相关负责同志回答提问。养老示范点提出要求。",
        "志愿者高兴地表示，饭菜热了。县领导高度评价了食堂。",
        "随后，张大妈说：“饭菜热了。”",
        "座谈会传达了杨一帆在全市会议上的讲话，通报了杨一帆同志的事迹。",
        "杨一帆同志先进事迹报告会介绍了食堂。杨一帆、范立新等到会。",
        "座谈会宣布杨一帆任镇长，强调了纪律。",
        "会上，高邮、江阴、常熟等先后发言。民政、财政等部门分别发言。",
        "会上，高桥、石桥、杨家桥分别发言。云溪镇、石桥镇、高家村分别发言。",
        "大家讨论了如何推广助餐进行说明。女同志介绍了政策，老同志进行讲解。",
        "学生高兴地分享了故事。农民增收分享了经验，人民南路进行讲解。",
        "会上，老张、小李、王大妈先后发言。音乐学院的同学们进行总结发言。",
        "会上，杨帆对厨师表示感谢。杨帆向大家致以问候。杨帆将就饭菜提出建议。",
    ],
)
def test_what_may_be_a_word_a_place_or_an_organ_speaks_as_nobody(clause: str) -> None:
    assert spoke(clause) == []


@pytest.mark.parametrize(("told", "names"), [("杨一帆同志授课", ["杨一帆"]), ("杨一帆认为，饭菜要热", [])])
def test_without_a_meeting_only_who_is_called_so_and_lectures_speaks(told: str, names: list[str]) -> None:
    found = facts(f"食堂开张\n3月5日，食堂开张。\n厨师大讲堂由县民政局{told}。").speakers
    assert [one.name for one in found] == names


def test_the_time_for_many_names_grows_with_their_number() -> None:
    def seconds(times: int) -> float:
        text = "座谈会召开\n3月5日，座谈会召开。" + "、县民政局杨一帆" * times + "分别讲话。"
        return cpu_seconds(lambda: facts(text))

    seconds(10)
    assert seconds(1600) < 8 * seconds(400) + 0.2


def test_who_has_a_post_elsewhere_in_the_text_keeps_it_behind_an_organ() -> None:
    assert spoke("县民政局局长杨一帆出席。县民政局杨一帆同志介绍了政策。") == [("杨一帆", "县民政局局长")]
