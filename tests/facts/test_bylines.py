"""Who spoke, by the headline, by the line under it, and by the last lines."""

from __future__ import annotations

import pytest

from tests.facts.test_metadata import facts


@pytest.mark.parametrize("signed", ["区民政局局长 卓一帆\n2023年3月5日", "2023年3月5日\n区民政局局长 卓一帆"])
def test_a_speech_is_signed_in_its_last_lines(signed: str) -> None:
    found = facts(f"在食堂开业时的讲话\n\n同志们：\n今天食堂开业，我讲两点。\n谢谢大家！\n{signed}").speakers
    assert [(one.name, one.post) for one in found] == [("卓一帆", "区民政局局长")]


def test_the_last_lines_of_a_speech_that_name_nobody_sign_nothing() -> None:
    closing = "附：参会的有局长\n先进单位代表\n2023年3月5日"
    assert facts(f"在食堂开业时的讲话\n\n同志们：\n今天食堂开业，我讲两点。\n{closing}").speakers == ()


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("县人大常委会主任 卓一帆", ("卓一帆", "县人大常委会主任")),
        ("县民政局局长　鲜于敏", ("鲜于敏", "县民政局局长")),
        ("2023年5月6日县委常委、副县长　卓一帆", ("卓一帆", "县委常委、副县长")),
    ],
)
def test_a_line_under_the_headline_names_the_speaker(line: str, speaker: tuple[str, str]) -> None:
    found = facts(f"在助餐座谈会上的讲话\n——2023年5月6日\n{line}\n同志们：\n要实干。").speakers
    assert [(one.name, one.post) for one in found] == [speaker]


def test_who_signs_a_speech_under_it_spoke_it_and_on_that_day() -> None:
    found = facts("助餐大会致辞\n各位来宾：\n饭菜要热。\n祝大会成功！\n（云溪县民政局副局长 卓一帆 2023年9月5日）")
    assert [(one.name, one.post) for one in found.speakers] == [("卓一帆", "云溪县民政局副局长")]
    assert str(found.date.value if found.date else "") == "2023-09-05"


@pytest.mark.parametrize(
    ("headline", "role"), [("讲话", "讲话"), ("发言", "发言"), ("致辞", "致辞"), ("工作报告", "报告")]
)
def test_who_is_named_beside_a_headline_did_what_that_calls_it(headline: str, role: str) -> None:
    found = facts(f"在助餐座谈会上的{headline}\n县民政局局长　鲜于敏\n同志们：\n要实干。").speakers
    assert [(one.name, one.role) for one in found] == [("鲜于敏", role)]


@pytest.mark.parametrize("line", ["杨一帆", "安庆市", "云溪日报社　杨一帆"])
def test_a_name_alone_under_the_headline_of_a_report_is_no_speaker(line: str) -> None:
    text = f"助餐座谈会召开\n{line}\n3月5日，助餐座谈会召开。副市长卓一帆出席并讲话。"
    assert [one.name for one in facts(text).speakers] == ["卓一帆"]


@pytest.mark.parametrize("line", ["（全文）", "县民政局局长办公会"])
def test_a_line_under_the_headline_that_is_words_names_nobody(line: str) -> None:
    assert facts(f"在助餐座谈会上的讲话\n{line}\n同志们：\n要实干。").speakers == ()


@pytest.mark.parametrize(
    ("title", "speaker"),
    [
        ("卓一帆同志在全县助餐座谈会上的讲话", ("卓一帆", None)),
        ("县委书记卓一帆在全县助餐座谈会上的讲话", ("卓一帆", "县委书记")),
        ("县民政局局长卓一帆在全县助餐会议上的工作报告（摘要）", ("卓一帆", "县民政局局长")),
    ],
)
def test_the_headline_of_a_speech_may_name_its_speaker(title: str, speaker: tuple[str, str | None]) -> None:
    found = facts(f"{title}\n同志们：\n要实干。").speakers
    assert [(one.name, one.post) for one in found] == [speaker]
