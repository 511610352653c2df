"""The date of a text by its role: the event of a report, the signature of a paper, else publication."""

from __future__ import annotations

import pytest
from conftest import cpu_seconds

from tests.facts.test_metadata import date, described, facts

MEETS = "云溪召开助餐推进会\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a report: the event, whatever stands under its headline
        # a note in brackets that closes it says when it was sent in
        (MEETS + "3月5日，云溪市召开助餐推进会。\n会议要求，抓好落实。\n（云溪市民政局 2024-03-07）", "2024-03-05"),
        (MEETS + "近日，云溪市召开助餐推进会。\n会议要求，抓好落实（通讯员：白露，2024年3月7日）", "2024-03-07"),
        # the day alone is of the month of publication or the one before; 昨天 behind a dateline
        (MEETS + "2024-03-07 09:10:00来源：云溪日报\n本报讯（记者 白露）5日，云溪市召开助餐推进会。", "2024-03-05"),
        (MEETS + "2024-03-02\n28日下午，云溪市召开助餐推进会。", "2024-02-28"),
        (MEETS + "2024-03-02\n28日一大早，云溪市召开助餐推进会。", "2024-02-28"),
        # 昨天 behind what is told of who met; a dateline with a day and a place, and then the day of the event
        (MEETS + "2024-03-07 09:10\n已走过百年的云溪市食堂，昨天召开助餐推进会。", "2024-03-06"),
        (MEETS + "2024-03-07 09:10\n云溪网3月7日南江消息 2024年3月5日上午，云溪市接待了老人。", "2024-03-05"),
        # what somebody asks or says stands before the day, behind a dateline too
        (MEETS + "2024-03-07 09:10\n本网讯 “几点开饭？热不热？”3月5日，云溪市的食堂里，助餐培训开班。", "2024-03-05"),
        (
            MEETS + "2024-03-07 09:10\n云溪快报客户端、云溪快报网云溪3月6日电“饭热。”3月5日当天，云溪召开座谈会。",
            "2024-03-05",
        ),
        # a summary stands above the first sentence
        (
            MEETS + "2024-03-07 09:10 来源：云溪网\n摘要：云溪市助餐有了新办法。\n前天下午，云溪市召开助餐推进会。",
            "2024-03-05",
        ),
        (
            MEETS + "2024-03-07 09:10 来源：云溪网\n[导读] 云溪市近日召开助餐推进会，部署今年的工作。\n"
            "本网讯 2024年3月5日,云溪市召开助餐推进会。",
            "2024-03-05",
        ),
        # 昨天 opens the second sentence, or stands behind who held it; a day alone behind what was held
        (MEETS + "2024-03-07 09:10\n金秋送爽。昨天，云溪市助餐培训班开班。", "2024-03-06"),
        (MEETS + "2024-03-07 09:10\n眼下正忙，云溪县昨日上午召开助餐推进会。", "2024-03-06"),
        (MEETS + "2024-03-07 09:10\n云溪电（章明）全市助餐工作会议5日在云溪召开。", "2024-03-05"),
        (MEETS + "2024-03-07 09:10\n助餐博览会将于4月13日至18日在云溪召开。", "2024-03-07"),
        # of several days none is the text's, which is dated by its signature
        ("9月26日至27日、11月22日至23日检查食堂。\n运行良好。\n云溪县民政局\n2023年12月13日", "2023-12-13"),
        (MEETS + "3月5日，云溪助餐论坛2024年会召开。", "2024-03-05"),
        # a meeting that is counted is of its year in November, too; one that only carries a year may be of either
        (MEETS + "11月5日，云溪县召开2024年第二次助餐联席会议。", "2024-11-05"),
        (MEETS + "11月5日，云溪县召开2024年助餐联席会议。", None),
        (MEETS + "云溪街道民政科于2024年3月5日组织了一场助餐培训。", "2024-03-05"),
        # who backs it stands between the day and the verb
        (
            MEETS
            + "2024-03-07 09:10\n为了老人，为了孩子，为了厨师，3月5日，由市民政局主办，云溪食堂承办的助餐月启动。",
            "2024-03-05",
        ),
        # a rest of the page above the first sentence
        (MEETS + "发布时间：2024-03-07 09:10云溪网【字体：放大缩小默认\n5日下午，云溪市召开助餐推进会。", "2024-03-05"),
        # the year that a meeting looks ahead to, or that an event carries beside brackets
        (MEETS + "1月5日，云溪市召开推进会。会议强调，2024年是助餐的关键之年，全市要抓好落实。", "2024-01-05"),
        (MEETS + "1月5日，云溪市召开推进会。会议指出，2023年是助餐之年，成绩很大。", None),
        ("3月5日，“饭菜热——2024助餐（云溪）论坛”在云溪举行。", "2024-03-05"),
        # 2024年度 of a meeting in January is that year or the one over, as it is not in March
        (MEETS + "1月9日，云溪市2024年度助餐会员大会召开。", None),
        (MEETS + "3月9日，云溪市2024年度助餐会员大会召开。", "2024-03-09"),
        (MEETS + "2024-03-02\n30日下午，云溪市召开助餐推进会。", "2024-03-02"),  # no 30 February: the publication
        (MEETS + "云溪日报3月7日讯（通讯员 白露）5日，云溪市2024年第一次助餐推进会召开。", "2024-03-05"),
        (MEETS + "本报岳阳讯（记者 白露）3月5日，市助餐小组2024年全体会议召开。", "2024-03-05"),
        ("往日的今天\n1949年3月5日，云溪市成立。1978年3月5日，助餐会议召开。", None),
        (MEETS + "成文日期：2024-03-07\n3月5日，云溪市召开助餐推进会。", "2024-03-05"),
        (MEETS + "2024-03-07\n本报讯 昨天下午，云溪市召开助餐推进会。", "2024-03-06"),
        (MEETS + "(2024-03-07 )\n3月5日，云溪市召开助餐推进会。", "2024-03-05"),
        (MEETS + "2024-03-07 09:10\n云溪日报讯（记者 白露）3月5日，云溪市召开助餐推进会。", "2024-03-05"),
        (MEETS + "2024-03-07 09:10\n云溪网南江讯3月5日，云溪市召开助餐推进会。", "2024-03-05"),
        (MEETS + "云溪社3月7日电/云网报道，2024年3月5日下午，云溪市召开助餐推进会。", "2024-03-05"),
        (MEETS + "2024年3月5日，市民政局请来三十位老人。", "2024-03-05"),
        # behind the words of another that it opens with; minutes by the day they are issued on
        (MEETS + "3月5日，云溪市召开推进会。\n责编：白露   来源：云溪日报   2024-03-07", "2024-03-05"),
        (MEETS + "2024-03-07 09:10\n“饭菜要热。”3月5日，云溪市召开推进会，局长白露说。", "2024-03-05"),
        (
            "云溪市民政局党组会议纪要\n云溪市民政局办公室　　2024年3月8日\n3月5日，局党组开会。现纪要如下。",
            "2024-03-08",
        ),
        ("3月5日，云溪市民政局举办2024年春季助餐月。", "2024-03-05"),
        (MEETS + "2024-03-07 09:10\n云溪社北京3月5日电（记者白露）云溪市5日召开推进会。", "2024-03-05"),
        (MEETS + "各县负责人到会，云溪市民政局于2024年3月5日召开推进会。", "2024-03-05"),
        (MEETS + "3月5日，云溪市民政局召开推进会，落实2025年规划任务。", None),
        (MEETS + "2024-03-06 09:10\n昨日上午，云溪市召开推进会。", "2024-03-05"),
        (MEETS + "2024年1月18日，民政部印发《通知》后，云溪市于3月5日召开推进会。", "2024-03-05"),
        # a title of another page under the text
        (MEETS + "3月5日，云溪市召开推进会。\n清河市举行赛龙舟活动 2024-03-01", None),
        # the date of another act before it
        (MEETS + "2024年1月8日，省民政厅印发《助餐办法》。3月5日，我市召开推进会贯彻。", "2024-03-05"),
        (MEETS + "根据2024年1月8日公布的办法，3月5日，市民政局召开推进会。", "2024-03-05"),
        # a day that lies before that of the other act is of no year that is told
        (MEETS + "2023年12月8日，省民政厅印发《助餐办法》。1月5日，我市召开推进会贯彻。", None),
        (MEETS + "2023年12月8日，省民政厅印发《助餐办法》。1月5日，我市召开会议，部署2024年工作。", "2024-01-05"),
        # January: the year that a meeting closes is the one before; the goal of a plan is no year of a meeting
        ("1月5日，云溪市民政局召开2023年第四季度调度会。", "2024-01-05"),
        ("1月9日，云溪市民政局召开2023年度总结表彰会。", "2024-01-09"),
        (MEETS + "3月5日，云溪市召开2021—2025年养老规划推进会。", None),
        # month and day in Chinese numerals
        (MEETS + "2024-12-01\n十一月二十九日上午，云溪市召开推进会。", "2024-11-29"),
        (MEETS + "2024-03-07\n本报讯 三月五日，云溪市召开推进会。", "2024-03-05"),
        (MEETS + "2024-03-07\n云溪社云溪三月五日电 云溪市今天召开推进会。", "2024-03-05"),
        (MEETS + "2024-03-07\n前天下午，云溪市召开推进会。", "2024-03-05"),
        # what a course does on a day: it opens, it ends
        (MEETS + "为办好食堂，由县民政局举办的助餐研修班，于2024年3月5日在县委党校顺利开班。", "2024-03-05"),
        (MEETS + "2024-03-07\n由县民政局主办的助餐大赛于3月5日在县委党校落下帷幕。", "2024-03-05"),
        # under a line that is no sentence
        (MEETS + "2024-03-07\n参会领导\n云溪市助餐推进会于3月5日在市民政局隆重召开。", "2024-03-05"),
        (
            MEETS + "2024-03-07\n市长在推进会上强调\n以更实举措办好助餐\n2024年3月5日，云溪市召开推进会。",
            "2024-03-05",
        ),
        # a whole date in a later clause; days that a meeting lasts; the year before what is held
        (
            MEETS + "为响应号召，办好食堂，建好网点，提升服务，2024年3月5日下午，县食堂在大家的帮助下，参与活动。",
            "2024-03-05",
        ),
        (MEETS + "2024-03-17\n云溪市助餐推进会3月5日至6日在市民政局召开。", "2024-03-05"),
        (MEETS + "3月5日，食堂举行“热饭热菜”2024老年节喜乐会，老人很高兴。", "2024-03-05"),
        (MEETS + "2024-03-07\n为办好食堂，我局安排讲座。\n3月5日，“微课堂”第一讲正式开课。", "2024-03-05"),
        (MEETS + "食堂办得好，饭菜热，2024年1—8月，全市就餐百万人次。", None),  # months, no day
        # put up again: a day that the year of the page has not reached by months, of a year that nothing tells
        (MEETS + "2024-05-13\n7月10日，云溪市召开推进会。", "2024-05-13"),
        (MEETS + "2024-05-13\n7月10日，云溪市召开2023年第二季度推进会。", "2023-07-10"),
        # a paper: its signature, the first
        ("关于做好助餐的通知\n各县民政局：\n现通知如下。\n云溪市救助队\n二О二四年三月五日", "2024-03-05"),
        (
            "云溪市助餐办法\n云溪市人民政府令\n第7号\n现公布。\n市长：白露\n2024年3月5日\n第一条　为了助餐。",
            "2024-03-05",
        ),
        # its lines run together; a body that does something on a day signs nothing
        (
            "县民政局：《关于助餐的请示》收悉。经研究，同意。云溪县人民政府办公室2024年3月5日助餐办法一、饭菜要热。",
            "2024-03-05",
        ),
        ("县民政局：《关于助餐的请示》收悉。云溪县人民政府办公室2024年3月5日答复过，饭菜要热。", None),
        ("县民政局：《关于助餐的请示》收悉。云溪县人民政府办公室2024年3月5日印发的办法照旧。", None),
        ("关于公布助餐点的公告\n现予公布。\n云溪市民政局（印章）\n2024年3月5日\n附件：名单", "2024-03-05"),
        ("关于做好助餐的通知\n各县民政局：\n现通知如下。\n2024年3月5日\n附件\n助餐点名单", "2024-03-05"),
        # behind clauses of what for; a station's mark; what is still to come is not what is told
        (
            "助餐活动\n2024-03-07\n为办好助餐，宣传好做法，展示新成果，推动新风尚，同时普及知识，3月5日，县民政局组织开展了义诊。",
            "2024-03-05",
        ),
        (
            "助餐活动\n2024-03-07\n为办好助餐，宣传好做法，展示新成果，推动新风尚，同时普及知识，3月5日，饭菜是热的。",
            "2024-03-07",
        ),
        ("【云溪网】 3月5日，县民政局召开2024年全县助餐会议。", "2024-03-05"),
        (MEETS + "2024-03-07\n2026年9月1日，运动会将举行。老人都很高兴。", "2024-03-07"),
        # 号 is said for 日, and names buildings, too
        (MEETS + "2024-03-07\n3月5号，云溪市召开助餐推进会。", "2024-03-05"),
        (MEETS + "2024-03-07\n3月5号楼的食堂开张，云溪市召开助餐推进会。", "2024-03-07"),
        # a page that was put up again years later; one that came a few weeks later
        ("云溪市召开2021年助餐推进会\n2024-02-07\n3月5日，云溪市召开2021年助餐推进会。", "2021-03-05"),
        ("云溪市召开2023年助餐推进会\n2024-03-07\n3月5日，云溪市召开2023年助餐推进会。", "2024-03-05"),
        # behind a paragraph of history the whole date before the verb
        (
            MEETS + "2024-03-07\n二十年前的5月1日，食堂开张。\n周年之际，2024年3月5日云溪市食堂召开了助餐推进会。",
            "2024-03-05",
        ),
        (MEETS + "2024-03-07\n二十年前的5月1日，食堂开张。\n2023年3月5日云溪市食堂有了新厨师。", "2024-03-07"),
        # an agency's news without a day of publication, where the text tells the year
        ("新华社云溪3月5日电（记者 白露）民政部近日要求做好2024年助餐工作。", "2024-03-05"),
        ("新华社云溪3月5日电（记者 白露）民政部近日要求做好助餐工作。", None),
        ("人民网云溪3月5日电（记者 白露）会议总结2002年第十八次会议以来的助餐工作。", None),
        ("人民网云溪3月5日电（记者 白露）会议总结2002年全省第十八次会议以来的助餐工作。", None),
        # the dateline's day, where the news says that it is the meeting's
        ("助餐发布会\n2024-03-06\n本报云溪3月5日电（记者 白露）市民政局5日召开助餐发布会。", "2024-03-05"),
        ("助餐发布会\n2024-03-06\n本报云溪3月5日电（记者 白露）记者3月5日获悉，饭菜是热的。", "2024-03-06"),
        # the day of the second to fourth paragraph, where it is the only one; 今年; what is to come is not told of
        (MEETS + "2024-03-07\n助餐是大事。\n饭菜要热。\n3月5日上午，助餐推进会在县民政局召开。", "2024-03-05"),
        (MEETS + "2024-03-07\n助餐是大事。\n3月5日，清河召开推进会。\n3月6日，云溪召开推进会。", "2024-03-07"),
        (MEETS + "2024-03-07\n助餐是大事。\n3月5日，饭菜是热的。", "2024-03-07"),
        (MEETS + "2024-03-07\n2023年12月5日，食堂建成。今年3月5日，县民政局召开推进会。", "2024-03-05"),
        (MEETS + "2024-03-07\n3月10日，助餐节将在云溪举行。3月5日，云溪县召开动员会。", "2024-03-05"),
        # behind what was held, right before the verb, where the headline tells of it and it is not passed on
        (MEETS + "2024-03-07\n云溪县助餐推进会3月5日在县民政局召开。", "2024-03-05"),
        (MEETS + "2024-03-07\n县民政局3月5日下午召开助餐推进会。", "2024-03-05"),
        (MEETS + "2024-03-07\n县民政局传达全省助餐推进会3月5日召开的要求。", "2024-03-07"),
        ("老人来信\n2024-03-07\n云溪县助餐推进会3月5日在县民政局召开。", "2024-03-07"),
        # the first of several days; the day of this month
        (MEETS + "2024-03-07\n3月5-7日，云溪县召开推进会。", "2024-03-05"),
        (MEETS + "2024-03-07\n3月5至6日，云溪县召开推进会。", "2024-03-05"),
        (MEETS + "2024-03-07\n本月5日，云溪县召开推进会。", "2024-03-05"),
        # what tells the year: a name without 年, what the year is, what is to be done in it
        ("云溪助餐论坛举行\n3月5日-6日，2024云溪助餐论坛在云溪举行。", "2024-03-05"),
        ("3月5日，云溪县召开推进会。今年是2024年，是助餐工作的开局之年。", "2024-03-05"),
        ("3月5日，云溪县召开推进会。2024年是助餐工作的开局之年。", None),
        ("3月5日，云溪县召开推进会。2024年，全县各级要抓好助餐。", "2024-03-05"),
        ("3月5日，云溪县召开推进会。2024年，全县各级抓好了助餐。", None),
        ("3月5日，2024年云溪县助餐推进会在县民政局会议室召开。", "2024-03-05"),
        # a speech: the day under its headline
        ("在助餐推进会上的讲话\n（2024—03—05）\n同志们：\n要实干。", "2024-03-05"),
        ("在助餐推进会上的讲话\n2024 年 3 月 5 日\n同志们：\n要实干。", "2024-03-05"),
        ("在助餐推进会上的讲话\n二〇二四年三月五日\n同志们：\n要实干。", "2024-03-05"),
    ],
)
def test_each_kind_of_text_is_dated_by_its_role(text: str, expected: str | None) -> None:
    found = date(text)
    assert (found[0] if found else None) == expected


def test_the_evidence_of_a_year_from_an_earlier_date_is_that_date() -> None:
    found = described(MEETS + "2024年1月8日，省民政厅印发《助餐办法》。3月5日，我市召开推进会贯彻。")
    assert (str(found.metadata.date and found.metadata.date.value), found.year_words) == ("2024-03-05", "2024年1月8日")


def test_a_day_that_no_calendar_has_is_no_date() -> None:
    assert date(MEETS + "2023年2月30日，云溪市召开助餐推进会。") is None


def test_a_label_that_no_table_has_dates_a_page_but_not_by_the_law_it_brings() -> None:
    added = facts(
        "老年食堂开业\n[ 作者：某某 | 加入时间：2008-8-1 | 点击：412 ]\n云溪市的老年食堂开业了，老人们很高兴。"
    )
    assert str(added.date.value if added.date else "") == "2008-08-01"
    law = facts("老年食堂管理规定\n生效时间：2008-08-01 浏览：12\n第一条　为了管理老年食堂，制定本规定。")
    assert law.date is None


def test_what_is_seen_on_a_page_dates_it_before_what_a_program_wrote() -> None:
    seen = "云溪助餐公报\n发布日期：2023-05-15 10:49\n助餐点建成十个。\n老人满意。"
    assert date(seen, date="2024-04-24") == ("2023-05-15", "stated")
    assert date("云溪助餐公报\n助餐点建成十个。\n老人满意。", date="2024-04-24", signed="2023-05-01") == (
        "2023-05-01",
        "stated",
    )


def test_the_time_for_a_lead_of_dates_grows_with_its_length() -> None:
    def seconds(times: int) -> float:
        return cpu_seconds(lambda: facts(MEETS + "3月5日，2024年3月5日起，" * times + "召开会议。"))

    seconds(10)
    assert seconds(8_000) < 8 * seconds(2_000) + 0.2
