"""The form of a text, and whether its words are somebody's own: only on positive signs."""

from __future__ import annotations

import pytest
from conftest import value

from tests.facts.test_metadata import facts


@pytest.mark.parametrize(
    "form",
    ["决议", "决定", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函", "纪要"],
)
def test_each_form_of_an_official_paper_is_a_genre(form: str) -> None:
    assert value(facts(f"云溪市民政局关于建设老年助餐点的{form}\n各县民政局：\n现将有关事项说明如下。").genre) == form


def test_an_order_is_known_by_its_headline_and_minutes_by_their_red_head() -> None:
    assert value(facts("云溪市人民政府令\n第7号\n云溪市人民政府关于助餐的命令\n现公布。").genre) == "命令"
    assert value(facts("云溪市民政局会议纪要\n〔2024〕7号\n研究助餐点建设\n会议听取了汇报。").genre) == "纪要"


@pytest.mark.parametrize(
    ("lead", "genre"),
    [
        ("3月5日，云溪市召开助餐推进会。", "会议报道"),
        ("2024年3月5日上午，副市长一行看望老人。", "新闻报道"),
        ("本报讯 记者白露报道：冬天来了，食堂开张了。", "新闻报道"),
        ("云上云溪报道：（全媒体记者 白露）冬天来了，食堂开张了。", "新闻报道"),
        ("2024年3月5日起，助餐点开放。", None),
        ("全市老年朋友：\n近日，助餐点开放了，我们等您。", None),
    ],
)
def test_what_somebody_else_tells_is_a_report(lead: str, genre: str | None) -> None:
    assert value(facts(f"云溪市助餐工作纪事\n{lead}").genre) == genre


@pytest.mark.parametrize(
    ("title", "lead", "genre"),
    [
        ("云溪市召开助餐座谈会", "二十年前的3月5日，第一个食堂开张。", "会议报道"),
        ("云溪市举行助餐座谈会 ——话家常", "来源：云溪网\n为让老人吃上热饭，食堂开张了。", "会议报道"),
        ("云溪市召开助餐座谈会", "各县民政局：\n请派人参加。", None),
        ("云溪市助餐大会隆重召开", "食堂开张以来，老人吃上了热饭。", "会议报道"),
        ("关于云溪市助餐大会召开", "各县民政局：\n请派人参加。", None),
        ("", "市里重视助餐，书记作了批示。3月5日上午，云溪市政府召开助餐推进会议，部署工作。", "会议报道"),
        ("", "市里重视助餐，书记作了批示。3月5日上午，我局召开助餐推进会议，部署工作。", None),
        ("", "3月5日，市民政局召开理论学习中心组学习，学习了文件。", "会议报道"),
        # without a comma behind the day who held what has to follow
        ("", "3月5日市民政局召开全市关于“助餐”和食堂试点工作阶段性推进会议，会议主要是听取汇报。", "会议报道"),
        # 会议强调 alone shows a meeting where it opens more than one paragraph
        ("", "食堂开张了。\n会议强调，饭菜要热。\n会议要求，价格要低。", "会议报道"),
        ("", "食堂开张了。\n会议强调，饭菜要热。\n价格要低。", None),
        ("", "5月8号，云溪市召开助餐动员大会，号召全市办好食堂。", "会议报道"),
        ("", "3月5日市里老人说的那些关于“助餐”和食堂试点工作的长短处我们都要记下来，以后再看。", None),
    ],
)
def test_who_tells_of_a_meeting_that_somebody_held_reports_it(title: str, lead: str, genre: str | None) -> None:
    assert value(facts(f"{title}\n{lead}".lstrip()).genre) == genre


@pytest.mark.parametrize(
    ("headline", "genre"),
    [
        ("云溪市市长卓一帆的贺辞", "致辞"),
        ("中华人民共和国慈善法", "法规"),
        ("中华人民共和国慈善法（2023年修正）", "法规"),
        ("云溪市养老助餐条例", "法规"),
        ("云溪市探索养老助餐新做法", "新闻报道"),
        ("云溪市规范殡葬执法", "新闻报道"),
        ("云溪市宣传贯彻慈善法", "新闻报道"),
    ],
)
def test_a_law_is_known_by_the_name_of_the_state(headline: str, genre: str) -> None:
    assert value(facts(f"{headline}\n发布时间：2024-03-08 来源：云溪网\n3月5日，云溪市走访老人。").genre) == genre


@pytest.mark.parametrize(("who", "genre"), [("云溪市民政局", "新闻报道"), ("我局", None)])
def test_a_day_behind_what_for_tells_of_somebody_else(who: str, genre: str | None) -> None:
    text = f"云溪市义诊活动启动\n\n为弘扬敬老传统，10月23日，{who}组织义诊，医生为老人量了血压。"
    assert value(facts(text).genre) == genre


def test_a_span_of_days_behind_what_for_is_a_day() -> None:
    text = "云溪市助餐厨师学艺\n\n为提高厨艺，9月16日至17日，云溪市民政局把厨师请来学做菜。"
    assert value(facts(text).genre) == "新闻报道"


def test_a_summary_with_a_plan_is_a_report_that_nobody_speaks() -> None:
    found = facts("云溪市民政局2019年工作总结及2020年工作计划\n2019年，我市建成助餐点12个。\n全市还要多建。")
    assert (value(found.genre), found.quotable) == ("工作报告", False)
    assert value(facts("云溪市2020年民政工作计划\n2020年，建成助餐点12个。").genre) == "方案"


@pytest.mark.parametrize(
    ("title", "genre"), [("庆重阳节领导讲话稿（一）", "讲话稿"), ("致老年朋友的一封信", None), ("敬老倡议书", None)]
)
def test_a_letter_greets_as_a_speech_does(title: str, genre: str | None) -> None:
    assert value(facts(f"{title}\n尊敬的老年朋友：\n岁岁重阳，我们代表市委向老人问好。").genre) == genre


def test_a_headline_that_calls_out_is_no_guide() -> None:
    assert facts("让老人吃上热饭！\n助餐点开张了。\n老人满意。").genre is None


@pytest.mark.parametrize(
    ("text", "quotable"),
    [
        ("在助餐会上的讲话\n同志们：\n要实干。", True),
        ("助餐工作总结\n今年，我们建成十个助餐点。\n全市老人满意。", True),
        ("助餐工作总结\n今年建成十个助餐点。\n老人满意。", False),  # nothing shows whose words these are
        ("卓一帆出席助餐会并讲话\n3月5日，助餐会召开，副市长卓一帆出席会议并讲话。", False),
        ("助餐发布会发言\n记者：饭菜多少钱？\n卓一帆：十元。\n记者：谁来做？\n卓一帆：我们做。", False),
    ],
)
def test_words_are_quotable_only_where_something_shows_whose_they_are(text: str, quotable: bool) -> None:
    assert facts(text).quotable is quotable


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("云溪市民政局文件\n云民发〔2024〕7号\n关于助餐的通知\n各县民政局：\n现通知如下。", "云民发〔2024〕7号"),
        (
            "关于助餐的通知\n发文字号：云民函[2024]12号 来源：云溪市民政局\n各县民政局：\n现通知如下。",
            "云民函[2024]12号",
        ),
        ("关于助餐的通知\n（云民发〔2024〕7号）\n各县民政局：\n现通知如下。", "云民发〔2024〕7号"),
        (
            "关于助餐的通知\n云民发〔2024〕7号 | 发布时间：2024-03-05 | 来源：云溪市民政局\n各县民政局：\n现通知如下。",
            "云民发〔2024〕7号",
        ),
        # another paper that the text only names
        ("关于助餐的通知\n各县民政局：\n根据省民发〔2023〕3号文件，现通知如下。", None),
    ],
)
def test_the_number_of_an_official_paper_is_its_own(text: str, number: str | None) -> None:
    found = facts(text).document_number
    assert (found.value if found else None) == number


def test_notes_on_a_speech_are_not_its_words() -> None:
    notes = facts("读书笔记：卓一帆在助餐会上的讲话\n卓一帆同志在讲话中指出，饭菜要热。我读后很受启发。")
    own = facts("卓一帆在助餐会上的讲话\n今天开会，我讲两点。总书记在讲话中指出，要让老人满意。")
    assert (notes.quotable, own.quotable) == (False, True)


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("饭菜热不热，听他们怎么说\n2024-03-07\n3月5日，云溪市召开助餐座谈会。会议要求，饭菜要热。", "会议报道"),
        ("助餐补贴怎么领？\n来源：云溪网 2024-03-07 09:10\n到社区登记，带上身份证。", "指引"),
        ("助餐办事指南\n3月5日起，到社区登记。", "指引"),
    ],
)
def test_a_question_heads_a_guide_unless_something_is_reported(text: str, genre: str) -> None:
    assert value(facts(text).genre) == genre


def test_what_tells_of_a_day_is_no_law_whatever_its_headline_ends_with() -> None:
    told = facts("县民政局讲堂开讲养老服务条例\n8月9日下午，县民政局讲堂开讲，科长章明授课。")
    law = facts("云溪市养老服务条例\n第一条　为了让老人吃上热饭，制定本条例。")
    assert (value(told.genre), value(law.genre)) == ("新闻报道", "法规")


TURNS = "【白露】\n欢迎大家。\n【鲁平野】\n助餐点的账目按月张贴。\n【白露】\n怎么报名？\n【鲁平野】\n到社区报名。"


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("云溪市助餐专题新闻发布会", "发布会实录"),
        ("在线访谈：云溪市怎样助餐", "访谈实录"),
        ("云溪市助餐推进会记", None),
    ],
)
def test_a_talk_of_which_every_turn_is_written_down_has_a_form_of_its_own(title: str, genre: str | None) -> None:
    assert value(facts(f"{title}\n{TURNS}").genre) == genre


def test_a_report_of_a_press_conference_is_a_report() -> None:
    assert value(facts("云溪市召开新闻发布会\n3月5日，云溪市召开新闻发布会，介绍助餐情况。").genre) == "会议报道"


@pytest.mark.parametrize("form", ["述职述廉报告", "述职报告", "述学述职述廉述法报告", "述责述廉报告"])
def test_who_accounts_for_his_office_reports_on_his_work(form: str) -> None:
    assert value(facts(f"云溪市民政局领导班子{form}\n现将履行职责的情况报告如下。").genre) == "工作报告"
