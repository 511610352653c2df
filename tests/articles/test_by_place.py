"""What a page shows is told by where it stands: apart from the headline, below who signs, above a button."""

from __future__ import annotations

import pytest
from short_report import REPORT, body

SIGNED = [*REPORT[:-1], f"{REPORT[-1]}（白露 卓一帆）"]

# --- above the headline -------------------------------------------------------------------------------------------


def test_lines_that_a_button_parts_from_the_headline_are_the_pages() -> None:
    assert body(["民情七彩桥", "放大 缩小 默认", *REPORT]) == (REPORT[0], REPORT[1:])
    assert body(["民情七彩桥", "1px", *REPORT]) == (REPORT[0], REPORT[1:])


def test_a_shoulder_straight_above_the_headline_stays() -> None:
    assert body(["放大 缩小 默认", "聚焦一老一小", *REPORT]) == (f"聚焦一老一小{REPORT[0]}", REPORT[1:])


def test_a_menu_between_strokes_is_one_though_no_entry_is_known() -> None:
    assert body(["时政|经济|热图|节会|人事变动|", *REPORT]) == (REPORT[0], REPORT[1:])


def test_the_name_of_a_paper_that_begins_as_a_lead_does_is_no_text() -> None:
    assert body(["今日云溪-数字报", "放大 缩小 默认", *REPORT]) == (REPORT[0], REPORT[1:])
    short = ["今天上午，乡里开饭。", *REPORT[1:]]
    assert body(short)[1][0] == short[0]


@pytest.mark.parametrize(
    "line",
    [
        "2024年3月5日 星期二",
        "2024年03月05星期二",
        "2024-03-05新闻9",
        "2024-03-05白露",
        "管理员2024-03-05【助餐】人已围观",
        "本地资讯 发表于 2024-3-5 18:08:28",
        "《云溪日报》（2024年3月5日 02版）",
        "助餐动态 03-05",
        "我来说两句 打印文章 发送给好友",
    ],
)
def test_what_a_page_sets_below_a_headline_goes(line: str) -> None:
    assert body([REPORT[0], line, *REPORT[1:]]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize(
    "line",
    [
        "东片 西片 南片",
        "2024-03-05至03-09",
        "白露 2024-03-05",
        "县长白露2024-03-05",
        "2024-03-05全县助餐工作会议记录",
        "《云溪日报》（增刊）",
    ],
)
def test_others_of_like_form_stay(line: str) -> None:
    assert "".join(line.split()) in "".join("".join(body([REPORT[0], line, *REPORT[1:]])[1]).split())


def test_a_headline_that_holds_a_day_in_figures_is_one() -> None:
    line = "关于做好2024-03-05助餐的通知"
    assert body([line, *REPORT[1:]]) == (line, REPORT[1:])


def test_what_several_pictures_show_above_the_dateline_goes() -> None:
    report = "云溪时刻松台5月28日讯（记者 白露）5月28日，我市召开助餐推进会。副市长卓一帆出席会议并讲话。"
    shown = ["副市长卓一帆讲话。", "副市长卓一帆出席会议。"]
    assert body([REPORT[0], *shown, report, REPORT[2]]) == (REPORT[0], [report, REPORT[2]])
    own = "热饭送上楼，老人笑开颜。"
    assert own in body([REPORT[0], own, report, REPORT[2]])[1]


def test_a_line_between_bulleted_facts_is_one_of_them() -> None:
    facts = ["•发布日期：2024-05-16", "•审核：高新区", "•信息来源：云溪台", "•0"]
    assert body([REPORT[0], *facts, *REPORT[1:]]) == (REPORT[0], REPORT[1:])
    items = ["•东乡开三十桌", "•西乡开二十桌"]
    assert "三十桌" in "".join(body([*REPORT[:2], *items, REPORT[2]])[1])


def test_many_lines_between_the_headline_and_the_pages_own_are_the_pages() -> None:
    forum = ["签到天数: 2122 天", "连续签到: 688 天", "伴坛终老", "楼主", "发表于 2024-5-16 11:28:22 | 只看该作者"]
    assert body([REPORT[0], *forum, *REPORT[1:]]) == (REPORT[0], REPORT[1:])
    # two lines may be the headline's own
    assert "伴坛终老" in "".join(map(str, body([REPORT[0], "伴坛终老", forum[-1], *REPORT[1:]])))


def test_a_label_of_a_table_keeps_its_first_word_on_the_headlines_line() -> None:
    lines = [f"{REPORT[0]}发布时间：2024-05-16 12:51 信息来源：云溪县民政局", *REPORT[1:]]
    assert body(lines) == (REPORT[0], REPORT[1:])


# --- below the text -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "below", [["好文就要点个赞再走"], ["花开时节又逢君", "岁月不居再出发", "山那边有人家盼了一年又一年"]]
)
def test_nothing_is_the_texts_below_who_signs_it(below: list[str]) -> None:
    assert body([*SIGNED, *below]) == (SIGNED[0], SIGNED[1:])
    # without a signature nothing shows whose the lines are
    assert body([*REPORT, *below])[1] == [*REPORT[1:], *below]


@pytest.mark.parametrize(
    "own",
    [
        ["附件：助餐食堂名单"],
        ["首批助餐食堂名单", "东乡食堂", "西乡食堂"],
        ["联系人：白露"],
        ["一、东乡"],
        ["白露"],
        ["云溪县民政局"],
        ["东乡　30桌　90人"],
        ["《云溪县助餐办法》"],
    ],
)
def test_what_may_follow_a_signed_text_as_its_own_stays(own: list[str]) -> None:
    assert [line.replace("　", "") for line in body([*SIGNED, *own])[1][-len(own) :]] == [
        line.replace("　", "") for line in own
    ]


def test_a_bracket_that_names_nobody_signs_nothing() -> None:
    lines = [*REPORT[:-1], f"{REPORT[-1]}（见下）", "花开时节又逢君"]
    assert body(lines)[1] == lines[1:]


def test_foreign_lines_go_with_the_pages_line_below_them_and_the_texts_own_stay() -> None:
    assert body([*REPORT, "扫描右侧图案", "在手机打开此页"]) == (REPORT[0], REPORT[1:])
    assert body([*REPORT, "云溪县民政局", "在手机打开此页"]) == (REPORT[0], [*REPORT[1:], "云溪县民政局"])


def test_the_heading_of_a_list_of_other_pages_goes_with_it() -> None:
    days = [f"- 2024年03月0{n}日 13:41:58" for n in range(1, 5)]
    assert body([*REPORT, "国内新闻精选：", *days]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize(
    "line",
    [
        "云B2-20240305-2",
        "2024年3月5日 星期二",
        "第02版：要闻 上一版3 4下一版",
        "文件下载：",
        "页：",
        f"云溪日报 要闻 00002 {REPORT[0]} 2024-03-05",
        "■整理编辑：白露",
        "■云溪网特约摄影师：卓一帆",
    ],
)
def test_whose_page_it_is_goes(line: str) -> None:
    assert body([*REPORT, line]) == (REPORT[0], REPORT[1:])


def test_a_sites_name_beside_its_address_goes_with_what_only_a_page_has_below_it() -> None:
    site = "云溪养老网 www.yunxi.example.com"
    assert body([*REPORT, site, "作者：　文章来源：云溪台", "版权声明：本文的版权归原作者所有。"])[1] == REPORT[1:]
    assert "云溪养老网" in body([*REPORT, site])[1][-1]  # it may be where to write to
    assert "报名网址" in body([*REPORT, "报名网址 www.yunxi.example.com"])[1][-1]


def test_a_line_that_stands_above_and_below_the_text_is_the_pages() -> None:
    assert body(["本页需要插件", *REPORT, "本页需要插件"]) == (REPORT[0], REPORT[1:])
    signed = [REPORT[0], "云溪县民政局", *REPORT[1:], "云溪县民政局"]
    assert body(signed)[1][-1] == "云溪县民政局"
    spoken = [REPORT[0], "副市长　卓一帆", *REPORT[1:], "副市长　卓一帆"]
    assert body(spoken)[1][-1].replace("　", "") == "副市长卓一帆"


def test_a_line_drawn_apart_is_read_as_it_is_spelt() -> None:
    assert body([*REPORT, "云 溪 日 报 社 版 权 所 有", "地址：云溪路1号"]) == (REPORT[0], REPORT[1:])


def test_the_credits_of_a_page_without_a_sentence_go() -> None:
    verse = [REPORT[0], *(f"第{n}家食堂今天也在开饭" for n in "一二三四五六七八九十")]
    credits = [
        "监制丨白露",
        "策划丨卓一帆",
        "本文仅代表作者个人观点，本网只是转载，如涉及版权请联系我们。电话：0550-1234567",
    ]
    assert body([*verse, *credits])[1] == verse[1:]


@pytest.mark.parametrize("line", ["网址：www.yunxi.example.com", "热线 0550-1234567", "记录：白露"])
def test_how_to_reach_whom_the_text_speaks_of_stays(line: str) -> None:
    assert body([*REPORT, line])[1][-1].replace("　", " ") == line
