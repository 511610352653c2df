"""The foot of a site, prompts of a browser, and what stands where a picture was."""

from __future__ import annotations

import pytest
from short_report import REPORT, body

from indexer.articles.articles import split
from indexer.articles.furniture import furniture
from indexer.articles.label_names import SITE
from indexer.articles.page_words import is_publishers_note
from indexer.extract import Block, Extract


def test_a_foot_is_one_block_with_blank_lines_and_buttons_between() -> None:
    foot = [
        "主办单位：云溪市民政局",
        "",
        "地址：云溪市前街1号",
        "",
        "值班电话：0000-1234567",
        "电脑版|手机版",
        "建议使用1024*768分辨率浏览",
        "网站标识码：0000000000",
    ]
    assert body([*REPORT, *foot]) == (REPORT[0], REPORT[1:])


def test_who_has_a_site_is_a_fact_of_its_pages_also_where_that_is_an_institution() -> None:
    foot = ("正文以外", "Copyright © 2020 滨海市社会福利院")
    (page,) = split(Extract(tuple(map(Block, REPORT)), wrapped=False, left_out=(foot, ("正文以外", "青禾县民政局"))))
    assert page.facts == (f"{SITE}：滨海市社会福利院",)


def test_without_a_line_that_only_sites_have_it_is_a_notices_own() -> None:
    notice = ["主办单位：云溪市民政局", "地址：云溪市前街1号", "联系电话：0000-1234567"]
    assert body([*REPORT, *notice]) == (REPORT[0], [*REPORT[1:], *notice])


def test_a_foot_run_on_behind_the_last_paragraph_goes() -> None:
    foot = "云溪市人民政府网 主办：云溪市人民政府办公室 维护：信息中心 [网站地图]"
    assert body([*REPORT[:2], REPORT[2] + foot]) == (REPORT[0], REPORT[1:])
    text = "本次大赛的主办：云溪市民政局，承办：云溪市社工协会"
    assert body([*REPORT[:2], REPORT[2] + text]) == (REPORT[0], [REPORT[1], REPORT[2] + text])


@pytest.mark.parametrize("line", ["【配图】", "（资料图）", "[图片]"])
def test_what_stands_where_a_picture_was_goes(line: str) -> None:
    assert furniture(line) == "图片"
    assert body([REPORT[0], line, *REPORT[1:]]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize("line", ["（附图）", "【意图】", "（示意）"])
def test_other_brackets_stay(line: str) -> None:
    assert furniture(line) == ""


@pytest.mark.parametrize(
    "line",
    ["当前浏览器不支持脚本，请启用后重试！", "为获得最佳效果，推荐用Chrome浏览器，最新版本为佳。"],
)
def test_what_a_page_says_of_the_program_that_shows_it_goes(line: str) -> None:
    assert is_publishers_note(line)
    assert body([*REPORT, line]) == (REPORT[0], REPORT[1:])


def test_a_guide_that_names_a_browser_is_text() -> None:
    guide = "第一步，打开电脑上的浏览器，登录全国社会组织信用信息公示平台。"
    assert body([*REPORT, guide]) == (REPORT[0], [*REPORT[1:], guide])


@pytest.mark.parametrize(
    "above",
    [
        ["便民资讯网 0000-1234567"],
        ["来稿邮箱：a@example.com", "您的位置：首页 > 要闻 > 正文"],
        ["1. 您所在的位置：首页 > 要闻"],
        ["今天是："],
        ["留 言"],
    ],
)
def test_what_a_site_has_above_a_headline_goes(above: list[str]) -> None:
    assert body([*above, *REPORT]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize(
    "others",
    [
        ["2024-05-16 09:12浏览", "2024-05-15 18:40浏览", "2024-05-14 08:05浏览"],
        [
            "天气转凉，秋衣上架！",
            "2024/05/16 青禾",
            "新车到店：谁在排队？",
            "2024/05/15 白露",
            "城南开了三家店",
            "2024/05/14 小满",
        ],
    ],
)
def test_a_list_of_other_pages_with_the_time_of_each_goes(others: list[str]) -> None:
    assert body([*REPORT, *others]) == (REPORT[0], REPORT[1:])


@pytest.mark.parametrize(
    "own",
    [
        ["云溪市助餐志愿者协会", "2024-05-16", "云溪市养老服务促进会", "2024-05-15", "云溪市社工协会", "2024-05-14"],
        ["2024-05-16 初审", "2024-05-17 复审", "2024-05-18 公示"],
    ],
)
def test_days_in_a_list_of_the_texts_own_stay(own: list[str]) -> None:
    assert body([*REPORT, *own]) == (REPORT[0], [*REPORT[1:], *own])
