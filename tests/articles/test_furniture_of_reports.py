"""What a page sets around a report: a row of links, a line of facts with a date at its end, captions below."""

from __future__ import annotations

import pytest

from indexer.articles.articles import split
from indexer.extract import Block, Extract

REPORT = [
    "我市召开助餐推进会",
    "5月15日，我市召开助餐推进会。副市长卓一帆出席会议并讲话。",
    "会议要求，让老人吃上热饭。",
]


@pytest.mark.parametrize(
    ("line", "above", "name"),
    [
        ("首页　机构概况　新闻中心　政务公开　互动交流", True, "导航"),
        ("网站首页 | 机构概况 | 新闻中心 | 政务公开", True, "导航"),
        ("稿件来源：县民政局 | 编辑：白露 | 2024-05-16", False, "页面信息"),
        ("图为推进会现场", False, "图片说明"),
        ("（摄影：白露）", False, "图片说明"),
        ("推进会现场", True, "图片说明"),
        ("—分享—", True, "按钮"),
        ("▲推进会现场", True, "图片说明"),
        ("05-16 16:15", True, "按钮"),
        ("链接已复制", True, "按钮"),
        ("推进会现场。", True, "图片说明"),
        ("国内统一刊号:CN00-0000 云溪晨报出版", True, "版面"),
        ("2024-05-16 09:10 来源：云溪网 通讯员 白露 记者 青禾", True, "页面信息"),
        ("前言：本站为你精心整理了助餐讲话，供参考。", True, "提示"),
        ("推进会-1.jpg", True, "图片"),
        ("[an error occurred while processing the directive]", True, "按钮"),
        ("今天是2024年5月16日 星期四", True, "按钮"),
        ("打印此文 打印页面 简繁转换", False, "按钮"),
        ("【打印正文】", False, "按钮"),
        ("2024-05-16 00:22   云溪新闻客户端   张伟", True, "页面信息"),
        ("云溪新闻网 > 即时新闻 > 时政", True, "位置"),
        ("您当前所在位置：首页 >政务公开", True, "位置"),
        ("滨海市云溪区人民政府 > 街镇部门动态", True, "位置"),
        ("来 源：县民政局 作 者：白露 字 号：大 中 小", False, "页面信息"),
        ("上载日期:2024/3/6 15:18:24 来源:县民政局 增加行距 加入收藏 刷新网页", True, "页面信息"),
        ("（云溪广播电视台 编辑:白露 三审:青禾）", False, "编辑"),
        ("下面是小编为大家整理的助餐讲话，供大家参考。", True, "提示"),
        ("第03版：要闻 PDF版阅读", True, "版面"),
        ("工作信息 首页 > 信息公开目录 > 工作信息", True, "位置"),
        ("本文来源: 县民政局", False, "页面信息"),
        ("点击上方蓝字关注我们", True, "提示"),
        ("戳“阅读原文”查看更多", False, "提示"),
    ],
)
def test_it_is_left_out_by_name(line: str, above: bool, name: str) -> None:
    lines = [line, *REPORT] if above else [*REPORT, line]
    (article,) = split(Extract(tuple(map(Block, lines)), wrapped=False))
    assert article.title and article.title.value == REPORT[0]
    assert [one.bare for one in article.lines] == REPORT[1:]
    assert (name, line) in article.furniture


@pytest.mark.parametrize(("above", "kept"), [("推进会-1.jpg", False), ("老人都来了。", True)])
def test_who_speaks_in_a_picture_stands_straight_under_it(above: str, kept: bool) -> None:
    (article,) = split(Extract(tuple(map(Block, [*REPORT, above, "卓一帆副市长讲话", REPORT[2]])), wrapped=False))
    assert ("卓一帆副市长讲话" in [one.bare for one in article.lines]) is kept


def test_menus_above_the_trail_go_and_a_headline_there_stays() -> None:
    lines = ["专业版 简繁 English", "热词: 低保 养老", "要闻", "当前位置：首页 > 要闻", *REPORT]
    (article,) = split(Extract(tuple(map(Block, lines)), wrapped=True))
    assert article.title and article.title.value == REPORT[0]
    assert [one for one in article.furniture if one[0] == "导航"] == [("导航", lines[0]), ("导航", lines[1])]
    (article,) = split(Extract(tuple(map(Block, [REPORT[0], lines[3], *REPORT[1:]])), wrapped=True))
    assert article.title and article.title.value == REPORT[0]


@pytest.mark.parametrize(
    "line",
    [
        "首页设计要方便老人",
        "图为主的宣传册发到各家。助餐点都有。",
        "首页、目录、正文要一致。",
        "申请 > 审核 > 公示",
        "时　间：3月8日上午",
    ],
)
def test_what_only_begins_so_stays(line: str) -> None:
    (article,) = split(Extract(tuple(map(Block, [*REPORT, line])), wrapped=False))
    assert line in [one.bare for one in article.lines]
