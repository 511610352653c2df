"""A transcript names its speakers before their words."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.facts.turns import turn_speakers
from indexer.understand import understand
from search.documents.document import Speaker
from tests.facts.test_metadata import facts


def test_names_in_brackets_are_speakers_with_the_post_from_the_list() -> None:
    talk = [
        "主持人：县府办主任　姜小满",
        "鲁平野　临湖县民政局副局长",
        "【姜小满】",
        "欢迎。",
        "【鲁平野】",
        "账目公开。",
        "【晚报记者】",
        "几时？",
        "【鲁平野】",
        "明天。",
    ]
    assert turn_speakers(talk) == (
        Speaker("姜小满", "县府办主任", "发言", "姜小满"),
        Speaker("鲁平野", "临湖县民政局副局长", "发言", "鲁平野"),
    )


def test_a_post_may_stand_in_brackets_behind_the_name_that_leads() -> None:
    talk = ["主持人：鲁平野（县民政局副局长）", "鲁平野：账目公开。", "姜小满：按月张贴。", "鲁平野：好。"]
    assert [(one.name, one.post) for one in turn_speakers(talk)] == [("鲁平野", "县民政局副局长"), ("姜小满", None)]


@pytest.mark.parametrize("blank", [" ", ""])
def test_who_leads_is_named_in_round_brackets(blank: str) -> None:
    talk = [f"主持人（县府办主任{blank}姜小满）：欢迎。", "鲁平野：账目公开。", "记者：几时？", "鲁平野：明天。"]
    assert turn_speakers(talk) == (
        Speaker("姜小满", "县府办主任", "主持", f"主持人（县府办主任{blank}姜小满）"),
        Speaker("鲁平野", None, "发言", "鲁平野"),
    )


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["问：补贴怎么领？", "答：到窗口领。", "问：几时？", "答：明天。"],
        ["主持人：欢迎。", "记者：几时？", "主持人：明天。"],
        ["鲁平野：把热饭送到老人手上", "账目公开。"],
        ["责任单位：县民政局", "责任单位：县财政局", "责任单位：县医保局"],
    ],
)
def test_parts_without_names_and_other_lines_name_nobody(paragraphs: list[str]) -> None:
    assert turn_speakers(paragraphs) == ()


def test_who_asks_for_a_paper_may_stand_alone_and_without_a_sign_behind() -> None:
    talk = ["云溪电视台记者", "《云溪报》记者", "补贴怎么领？", "鲁平野：到窗口领。", "临湖日报记者", "几时？"]
    assert turn_speakers(talk) == (Speaker("鲁平野", None, "发言", "鲁平野"),)
    assert turn_speakers(["云溪日报记者", "鲁平野：把热饭送到老人手上", "账目公开。"]) == ()


@pytest.mark.parametrize("form", ["{}：", "[{}]："])
def test_a_post_may_stand_before_the_name_of_each_turn(form: str) -> None:
    leader, deputy = form.format("县民政局党组书记、局长 鲁平野"), form.format("县民政局副局长 姜小满")
    talk = [
        f"{form.format('主持人 杨青')}欢迎。",
        f"{leader}账目公开。",
        f"{form.format('观察员 白露')}几时？",
        f"{deputy}明天。",
    ]
    assert turn_speakers(talk) == (
        Speaker("杨青", None, "主持", "主持人杨青"),
        Speaker("鲁平野", "县民政局党组书记、局长", "发言", "县民政局党组书记、局长鲁平野"),
        Speaker("白露", None, "发言", "观察员白露"),
        Speaker("姜小满", "县民政局副局长", "发言", "县民政局副局长姜小满"),
    )


def test_who_answers_is_named_before_the_word_for_it_and_who_spoke_before_the_talk_spoke_too(tmp_path: Path) -> None:
    lead = "3月8日，县政府举行发布会，县民政局副局长夏咏梅介绍了助餐情况。夏咏梅表示，饭要热。"
    talk = [
        "问：几时开张？",
        "诸葛瑾答：明天。",
        "问：谁来管？",
        "程家俊答：社区管。",
        "县民政局科长李晓东补充道，账目公开。",
    ]
    (tmp_path / "a.txt").write_text("\n\n".join(["助餐工作发布会", lead, *talk]), encoding="utf-8")
    (document,) = understand(tmp_path / "a.txt", "a.txt")
    assert [one.name for one in document.metadata.speakers] == ["夏咏梅", "李晓东", "诸葛瑾", "程家俊"]


@pytest.mark.parametrize("beginning", ["今天做客直播间的是", "今天的嘉宾是", "今天请来了", "今天特邀"])
def test_what_leads_to_a_guest_is_none_of_his_post(beginning: str) -> None:
    talk = [
        f"主持人：大家好。{beginning}云溪市民政局局长卓一帆。",
        "卓一帆：大家好。",
        "主持人：请讲。",
        "卓一帆：好的。",
    ]
    assert [(one.name, one.post) for one in turn_speakers(talk)] == [("卓一帆", "云溪市民政局局长")]


def test_a_province_before_a_colon_speaks_nowhere() -> None:
    talk = ["山东：社工站都有了场地。", "记者：几时？", "鲁平野：明天。", "记者：谁管？", "鲁平野：社区。"]
    assert [one.name for one in turn_speakers(talk)] == ["鲁平野"]


@pytest.mark.parametrize("label", ["时间", "单位", "方向"])
def test_a_label_that_begins_as_a_surname_does_speaks_nowhere(label: str) -> None:
    talk = [f"{label}：县政府三楼", "主持人：欢迎。", "鲁平野：账目公开。", "记者：几时？", "鲁平野：明天。"]
    assert [one.name for one in turn_speakers(talk)] == ["鲁平野"]


def test_a_post_that_only_the_report_above_the_talk_tells_is_kept(tmp_path: Path) -> None:
    lead = "3月8日，临湖县召开助餐工作发布会，县民政局局长鲁平野出席并讲话。"
    talk = ["主持人：欢迎。", "鲁平野：账目公开，按月张贴。", "记者：几时？", "鲁平野：明天。"]
    (tmp_path / "a.txt").write_text("\n".join(["助餐工作发布会", "", lead, *talk]), encoding="utf-8")
    (document,) = understand(tmp_path / "a.txt", "a.txt")
    assert [(one.name, one.post) for one in document.metadata.speakers] == [("鲁平野", "县民政局局长")]


def test_who_takes_turns_in_a_transcript_speaks_and_nobody_is_quotable_for_all() -> None:
    text = (
        "云溪市助餐发布会实录\n主持人（市政府新闻办主任 杨一帆）：\n大家好。今天请市民政局局长彭远先生答问。\n"
        "记者：饭菜多少钱？\n彭远：十元。\n记者：谁来做？\n彭远：我们请了厨师。"
    )
    found = facts(text)
    speakers = [(one.name, one.post) for one in found.speakers]
    assert (speakers, found.quotable) == ([("杨一帆", "市政府新闻办主任"), ("彭远", "市民政局局长")], False)
