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
        "《云溪日报》（2024年3月5日 02版）",
        "助餐动态 03-05",
        "我来说两句 打印文章 发送给好友",
    ],
)
def test_what_a_page_sets_below_a_headline_goes(line: str) -> None:
    assert body([REPORT[0], line, *REPORT[1:]]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize("line", ["东片 西片 南片", "2024-03-05至03-09 白露", "《云溪日报》（增刊）"])
def test_others_of_like_form_stay(line: str) -> None:
    assert "".join(line.split()) in "".join("".join(body([REPORT[0], line, *REPORT[1:]])[1]).split())


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
        "云溪养老网 www.yunxi.example.com",
        "云B2-20240305-2",
        f"云溪日报 要闻 00002 {REPORT[0]} 2024-03-05",
        "■整理编辑：白露",
        "■云溪网特约摄影师：卓一帆",
    ],
)
def test_whose_page_it_is_goes(line: str) -> None:
    assert body([*REPORT, line]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize("line", ["网址：www.yunxi.example.com", "热线 0550-1234567", "记录：白露"])
def test_how_to_reach_whom_the_text_speaks_of_stays(line: str) -> None:
    assert body([*REPORT, line])[1][-1].replace("　", " ") == line
