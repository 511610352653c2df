"""What a text says of itself: date, place, body, speakers, form — and what it does not say stays absent."""

from __future__ import annotations

import pytest
from conftest import value

from indexer.articles.articles import split
from indexer.articles.headlines import is_byline
from indexer.articles.names import is_name
from indexer.extract import Block, Extract, Hints
from indexer.facts.metadata import Described, describe
from indexer.facts.places import leading, places, provinces
from indexer.understand import clean
from search.documents.document import Metadata


def described(text: str, **hints: str) -> Described:
    blocks = tuple(Block(line) for line in text.split("\n"))
    (article,) = split(Extract(blocks, wrapped=True, hints=Hints(**hints)))
    return describe(article, clean(article))


def facts(text: str, **hints: str) -> Metadata:
    return described(text, **hints).metadata


def date(text: str, **hints: str) -> tuple[str, str] | None:
    found = facts(text, **hints).date
    return (str(found.value), found.how) if found else None


# --- date ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # under the headline of a speech
        ("在全市民政工作会议上的讲话\n（2023年5月10日）\n同志们：\n要实干。", ("2023-05-10", "stated")),
        ("在全市民政工作会议上的讲话\n（二〇二三年五月十日）\n同志们：\n要实干。", ("2023-05-10", "stated")),
        ("某市养老服务经验交流材料\n（2022年11月）\n我们建成助餐点。", ("2022-11", "stated")),
        # the first words of a report, the year from what it plans
        ("2月18日，甲省民政厅召开会议，部署2024年工作。", ("2024-02-18", "inferred")),
        ("1月19日，全省民政工作会议召开，总结2023年工作。", ("2024-01-19", "inferred")),
        ("12月28日，全省民政工作会议召开，总结2023年工作，部署2024年工作。", ("2023-12-28", "inferred")),
        # a meeting at the end of a year that only looks ahead may be of either year
        ("12月28日，全省民政工作会议召开，部署2024年工作。", None),
        ("2月18日，甲省民政厅召开会议，落实2030年可持续发展议程。", None),
        ("3月5日，全省民政工作会议召开，总结2022年工作，做好2024年春节保障。", None),  # two years
        ("2月18日，甲省民政厅召开会议。", None),
        ("2024年2月18日，甲省民政厅召开会议。", ("2024-02-18", "stated")),
        ("日前，甲省民政厅举行2024年第三次党组会议。", ("2024", "stated")),
        # a signature under the name of a body; that of an attachment does not count
        (
            "关于做好助学工作的通知\n各县（市）民政局：\n现通知如下。\n甲省民政厅\n2021年3月10日\n附件：资助办法\n甲省民政厅\n2020年1月1日",
            ("2021-03-10", "stated"),
        ),
        ("甲市2023年2月30日召开会议。", None),  # a day no calendar has
        ("在2024年全省民政工作会议上的讲话\n同志们：\n要实干。", ("2024", "stated")),
        ("2023年中小企业运行良好\n本报讯（记者 某某）企业增速加快。", None),
    ],
)
def test_a_date_has_the_digits_that_are_known_and_no_others(text: str, expected: tuple[str, str] | None) -> None:
    assert date(text) == expected


def test_the_day_of_a_report_takes_its_year_from_the_day_of_publication() -> None:
    assert date("12月30日，甲市召开养老服务现场会。", date="2024-01-02") == ("2023-12-30", "inferred")


def test_news_of_a_station_is_dated_by_its_broadcast() -> None:
    assert date("某某网消息（联播）：5月18日，某代表团来访。", date="20230521") == ("2023-05-21", "stated")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.cn/2024/01/22/x.shtml", "2024-01-22"),
        ("https://a.cn/2024/1/22/x.shtml", "2024-01-22"),
        ("https://a.cn/2024-01/22/x.shtml", "2024-01-22"),
        ("https://a.cn/n1/2024/0122/x.shtml", "2024-01-22"),
        ("https://a.cn/20240122/x.shtml", "2024-01-22"),
        ("https://a.cn/202411/t20241122_7.html", "2024-11-22"),
        # a month and no day
        ("https://a.cn/202411/7.html", None),
        ("https://a.cn/202412/20241200001.html", None),
        ("https://a.cn/2024111/x.shtml", None),
        ("https://a.cn/2024/13/05/x.shtml", None),
    ],
)
def test_the_address_of_a_page_dates_it_as_inferred(address: str, expected: str | None) -> None:
    found = date("某某网消息（联播）：甲市建成助餐点。", address=address)
    assert found == (expected and (expected, "inferred"))


# --- place and body --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "region", "level", "issuer"),
    [
        ("2月21日，湖北省民政厅在武汉召开会议。", "湖北", "省级", "湖北省民政厅"),
        ("近日，广州市天河区民政局召开会议。", "广东", "县级", "广州市天河区民政局"),
        ("近日，上海市民政局召开会议。", "上海", "省级", "上海市民政局"),
        ("2月18日，民政部召开会议，部署工作。", "全国", "国家", "民政部"),
        (
            "在全市会议上的讲话\n湖北省云泽市民政局局长　卞知秋\n同志们：\n要实干。",
            "湖北",
            "市级",
            "湖北省云泽市民政局",
        ),
        ("救助有溫度\n——廣西壯族自治區桂瀾市經驗交流材料\n我們堅持自願受助。", "广西", "市级", None),
        (
            "2026年安徽省政府工作报告\n——2026年2月5日在安徽省人民代表大会上\n各位代表：\n要实干。",
            "安徽",
            "省级",
            "安徽省人民政府",
        ),
        ("全市养老服务情况\n在宝塔区建设助餐点，抓好志丹县试点，全市推开。", "陕西", "市级", None),
        ("民生大事\n某某网消息（联播）：北京、河北开展助老活动。", None, None, "某某网（联播）"),
        ("甲乙丙丁\n大家要实干。", None, None, None),
    ],
)
def test_region_level_and_body(text: str, region: str | None, level: str | None, issuer: str | None) -> None:
    found = facts(text)
    assert (found.region and found.region.value, value(found.level), found.issuer and found.issuer.value) == (
        region,
        level,
        issuer,
    )


def test_a_region_concluded_from_counties_is_inferred_and_a_named_one_stated() -> None:
    inferred = facts("全市养老情况\n在宝塔区建设助餐点，抓好志丹县试点，全市推开。")
    assert inferred.region and (inferred.region.how, inferred.region.text, value(inferred.place)) == (
        "inferred",
        "宝塔区、志丹县",
        "延安",
    )
    stated = facts("全省养老情况\n谱写中国式现代化的云南篇章，数字云南建设加快，全省推开。")
    assert stated.region and (stated.region.value, stated.region.how) == ("云南", "stated")


def test_a_provincial_speech_that_speaks_as_a_city_has_no_body_and_says_why() -> None:
    text = (
        "在2024年全省民政工作会议上的讲话\n同志们：\n市委六届四次全会作出部署。我代表市政府表示感谢。\n"
        "江西经验，江西特色，全省推广。"
    )
    found = described(text)
    assert (found.metadata.issuer, found.metadata.region and found.metadata.region.value) == (None, "江西")
    assert found.region_doubt == ("全省（在2024年全省民政工作会议上的讲话）", "市委六届", "代表市政府")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("湖北省民政厅", "湖北省"),
        ("广州市天河区教育局", "天河区"),
        ("北京市朝阳区民政局", "朝阳区"),  # two districts have the name; the city in front tells which
        ("朝阳区民政局", None),
        ("吉林市民政局", "吉林市"),
        ("民政部", None),
    ],
)
def test_the_region_a_body_is_of(words: str, name: str | None) -> None:
    found = leading(words)
    assert (found.name if found else None) == name


def test_a_city_named_like_a_province_is_no_province() -> None:
    assert [short for short, _ in provinces("吉林市和海南州，吉林省")] == ["吉林"]
    assert [region.name for region, _ in places("在宝塔区和志丹县")] == ["宝塔区", "志丹县"]


# --- people ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "2月1日，会议召开。厅党组书记、厅长卞知秋出席会议并讲话。",
            [("卞知秋", "厅党组书记、厅长", "出席会议并讲话")],
        ),
        (
            "2月1日，会议召开。厅党组书记卞知秋主持会议并讲话，厅长窦望舒作工作报告。",
            [("卞知秋", "厅党组书记", "主持会议并讲话"), ("窦望舒", "厅长", "作工作报告")],
        ),
        (
            "2月1日，会议召开。局长亓怀远以《暖心事，一件件办》为题讲党课。",
            [("亓怀远", "局长", "以《暖心事，一件件办》为题讲党课")],
        ),
        ("2月1日，会议召开，副局长窦望舒参加会议。", []),  # attending is not speaking
        ("会议学习了习近平总书记重要讲话精神。", []),
        ("在全市会议上的讲话\n同志们：\n刚才，怀山同志通报了情况，讲得很好。", []),
        ("在全市会议上的讲话\n云泽市民政局局长　卞知秋\n同志们：\n要实干。", [("卞知秋", "云泽市民政局局长", "讲话")]),
        (
            "2026年甲省政府工作报告\n自治区主席 艾某尔·买买提\n各位代表：\n要实干。",
            [("艾某尔·买买提", "自治区主席", "作政府工作报告")],
        ),
        ("近日，记者采访了云泽市民政局副局长詹霁。", [("詹霁", "云泽市民政局副局长", "答记者问")]),
    ],
)
def test_who_spoke(text: str, speakers: list[tuple[str, str, str]]) -> None:
    assert [(s.name, s.post, s.role) for s in facts(text).speakers] == speakers


@pytest.mark.parametrize(
    ("text", "expected"), [("卞知秋", True), ("欧阳修远", True), ("会议", False), ("同志们", False), ("王同志", False)]
)
def test_what_looks_like_a_name(text: str, expected: bool) -> None:
    assert is_name(text) is expected


# --- meeting, source, form, title ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meeting"),
    [
        ("在全市养老服务推进会上的讲话\n同志们：\n要实干。", "全市养老服务推进会"),
        ("甲省民政厅召开2024年全省民政工作会议\n会议指出，要实干。", "2024年全省民政工作会议"),
        ("1月19日，全省民政工作视频会议召开。", "全省民政工作视频会议"),
        ("8月24日，由云溪市福彩中心主办的“圆梦未来”捐赠仪式在青禾举行。", "“圆梦未来”捐赠仪式"),
        (
            "助餐点的灶台要常查\n\n新华社北京10月23日电 全国老龄工作会议23日在京召开。\n\n副市长章明讲话。",
            "全国老龄工作会议",
        ),
        ("助餐点的灶台要常查\n\n云溪市老龄工作会议召开在即，食堂备好了饭菜。\n\n饭菜是热的。", None),
        ("云溪市老龄工作会议23日上午在市民政局召开。副市长章明讲话。", "云溪市老龄工作会议"),
        ("5月28日，云溪市民政局召开安全工作会议暨消防培训。副局长章明讲话。", "安全工作会议暨消防培训"),
        ("6月13日，全市社区工作者培训班在云溪市委党校开班。", "全市社区工作者培训班"),
        ("近日，甲省推进养老服务。", None),
    ],
)
def test_the_meeting(text: str, meeting: str | None) -> None:
    found = facts(text).meeting
    assert (found.value if found else None) == meeting


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("会议召开，大家表示要抓好落实。（据甲省民政厅）", "据甲省民政厅"),
        ("民政部官网消息，2月18日，会议召开。", "民政部官网消息"),
        ("甲市推进助餐\n来源：甲市民政局　发布时间：2024-03-05\n　　建成助餐点。\n　　群众满意。", "甲市民政局"),
        ("会议召开。（来源：某某日报）", "某某日报"),
        ("甲市推进助餐\n来源：本站原创　发布时间：2024-03-05\n　　建成助餐点。\n　　群众满意。", None),
        ("会议召开。\n（省厅社会事务处供稿）", "省厅社会事务处"),
        ("会议召开。\n（作者单位：云溪市民政局）", "云溪市民政局"),
        ("助餐会议召开\n新华社北京3月5日电 会议召开。", "新华社北京3月5日电"),
        ("助餐会议召开\n本报讯（记者 白露）会议召开。", None),  # which paper it is is not said
        ("助餐会议召开\n本报云溪3月5日电 会议召开。", None),
        ("会议召开。", None),
    ],
)
def test_the_source(text: str, source: str | None) -> None:
    found = facts(text).source
    assert (found.value if found else None) == source


@pytest.mark.parametrize(
    ("text", "genre", "quotable"),
    [
        ("在全市会议上的讲话\n同志们：\n要实干。", "讲话稿", True),
        ("2026年甲省政府工作报告\n各位代表：\n要实干。", "政府工作报告", True),
        ("2月1日，甲省民政厅召开工作会议。会议指出，要实干。", "会议报道", False),
        ("2月1日，甲省民政厅举行集体学习会。会议指出，要实干。", "学习会报道", False),
        ("关于做好助学工作的通知\n各县民政局：\n现通知如下。", "通知", False),
        ("甲省养老服务条例\n第一条 为了规范服务。", "法规", False),
        ("织密“五张网”\n——某市经验交流材料\n我们建成助餐点。", "经验交流", True),
        ("某某网消息（联播）：甲市建成助餐点。", "新闻报道", False),
        ("建成助餐点\n群众很满意。", None, False),
        ("在开放日上的致辞\n各位来宾：\n感谢到来。", "致辞", True),
        ("新年致辞\n各位朋友：\n我代表全体职工问好。", "致辞", True),
        ("张三同志的重要讲话\n要实干。", "讲话稿", True),
        ("大会发言\n我就养老服务谈三点体会。", "发言稿", True),
        # a verb that tells of somebody who spoke
        ("厅长在座谈会上发表重要讲话\n要实干。", None, False),
        ("厅长出席开放日并致辞\n要实干。", None, False),
        ("厅长到会致开幕词\n要实干。", None, False),
        ("甲县作交流发言\n要实干。", None, False),
    ],
)
def test_the_form_and_whether_the_words_are_a_persons_own(text: str, genre: str | None, quotable: bool) -> None:
    found = facts(text)
    assert (value(found.genre), found.quotable) == (genre, quotable)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("日前，内蒙古自治区民政厅举行2024年第七次党组会议。", "内蒙古自治区民政厅2024年第七次党组会议"),
        ("1月19日，全省民政工作会议召开，部署2024年工作。", "全省民政工作会议（2024年1月19日）"),
        (
            "近年来，我们建成助餐点，老人满意，子女放心。后来又扩大了范围。",
            "近年来，我们建成助餐点，老人满意，子女放心",
        ),
    ],
)
def test_a_text_without_a_headline_gets_a_derived_one(text: str, title: str) -> None:
    found = facts(text).title
    assert (found.value, found.how) == (title, "derived")


@pytest.mark.parametrize(("form", "doubted"), [("讲话", True), ("致辞", False), ("发言", False)])
def test_a_city_may_welcome_the_province(form: str, doubted: bool) -> None:
    text = f"在全省养老服务现场推进会上的{form}\n同志们：\n市委七届四次全会作了部署。我谨代表市委、市政府表示欢迎。"
    assert (described(text).region_doubt != ()) is doubted


@pytest.mark.parametrize(
    ("lead", "place"),
    [
        ("湖南省云泽市民政局召开座谈会。", "云泽市"),  # no table has it; its organ follows
        ("湖南省社区治理座谈会召开。", None),
        ("湖南省农村地区养老服务座谈会召开。", None),
        ("上海市副市长甲乙调研养老服务。", None),
        ("湖南省老城区改造座谈会召开。", None),
    ],
)
def test_a_word_that_ends_as_units_do_is_no_place(lead: str, place: str | None) -> None:
    assert value(facts(f"座谈会召开\n3月5日，{lead}\n会议指出，要实干。").place) == place


@pytest.mark.parametrize("word", ["全程", "应邀", "单位", "连续", "向大会"])
def test_a_word_after_a_post_is_no_speaker(word: str) -> None:
    assert facts(f"座谈会召开\n3月5日，座谈会召开，副市长{word}主持会议并讲话。").speakers == ()


@pytest.mark.parametrize("name", ["王平", "孟凡", "于海洲"])
def test_a_name_after_a_post_is_a_speaker(name: str) -> None:
    found = facts(f"座谈会召开\n3月5日，座谈会召开，副市长{name}主持会议并讲话。").speakers
    assert [speaker.name for speaker in found] == [name]


@pytest.mark.parametrize("post", ["局长", "秘书长", "副处长", "镇长", "校长", "理事长"])
def test_a_line_of_post_and_name_under_a_headline_is_a_byline(post: str) -> None:
    found = described(f"在座谈会上的讲话\n某市{post}　王平\n同志们：\n要实干。").metadata
    assert [(one.name, one.post) for one in found.speakers] == [("王平", f"某市{post}")]


def test_a_post_before_four_characters_that_are_no_name_makes_no_byline() -> None:
    assert not is_byline("与会代表 合影留念")
    assert is_byline("自治区主席 阿布都·热合曼")


@pytest.mark.parametrize("title", ["甲乙出席座谈会并讲话", "甲乙、丙丁在座谈会上分别讲话"])
def test_a_report_of_somebody_who_spoke_is_not_quotable(title: str) -> None:
    found = facts(f"{title}\n3月5日，座谈会召开。\n会议指出，要实干。")
    assert (value(found.genre) != "讲话稿", found.quotable) == (True, False)


@pytest.mark.parametrize(
    "line",
    ["发布时间：2023-07-31 10:12信息来源：云溪局阅读次数：编辑：甲乙", "31.07.2023  10:12", "(2023-07-31 )"],
)
def test_page_facts_without_blanks_or_day_first(line: str) -> None:
    text = f"云溪召开推进会\n{line}\n推进会研究了老年助餐工作。"
    assert date(text) == ("2023-07-31", "stated")
    assert line not in described(text).metadata.title.value


@pytest.mark.parametrize(
    ("last", "issuer"),
    [
        ("灶台每周查一次。（秭归县民政局　2022年1月10日）", "秭归县民政局"),
        ("灶台每周查一次。\n（秭归县民政局 2022-01-10）", "秭归县民政局"),
        ("灶台每周查一次。（秭归县民政局养老服务股）", "秭归县民政局"),
        ("灶台每周查一次。（秭归县茅坪镇人民政府）", "秭归县茅坪镇人民政府"),
        ("灶台每周查一次。（不含秭归县）", None),
        ("灶台每周查一次。（见附件）", None),
    ],
)
def test_who_sent_a_report_in_is_named_in_brackets_at_its_end(last: str, issuer: str | None) -> None:
    assert value(facts(f"把饭做热的一年\n　　助餐点的账目按月张贴。\n　　{last}").issuer) == issuer
